/* Lets a child's file follow where the child goes. */
#include "guanai/app/life.h"

#include "private.h"

#include "guanai/store/life.h"
#include "guanai/store/record.h"

#include <string.h>

static enum ga_rc write_return(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err)
{
    struct ga_entry *entry;
    enum ga_rc rc = ga_entry_new(session, "status_change", child, &entry, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_entry_set(entry, ga_form_field(entry->form, "kind"), NULL, "returned", NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_set(entry, ga_form_field(entry->form, "from_on"), NULL, GA_DATE_ISO(session->today), NULL, err);
    entry->mode = GA_CHECK_IMPORT;
    if (rc == GA_OK)
        rc = ga_entry_save(entry, NULL, err);
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_session_bring_back(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err)
{
    struct ga_departure departure;
    bool has_left;
    enum ga_rc rc = ga_store_departure(session->store, child, &has_left, &departure, err);
    if (rc != GA_OK)
        return rc;
    char from[11], until[11];
    bool is_away = false;
    if (!has_left)
        rc = ga_store_away(session->store, child, &is_away, from, until, err);
    if (rc != GA_OK)
        return rc;
    if (!has_left && !is_away)
        return ga_error_set(err, GA_REFUSED, "this child has not left");
    if (has_left && !departure.may_return)
        return ga_error_set(err, GA_REFUSED, "this child has died or finished school; write the change down by hand");
    return write_return(session, child, err);
}

/* A move to another site of the school. */

static const struct {
    const char *said, *of_child;
} places[] = {{"to_site", "site"}, {"to_grade", "grade"}, {"to_class", "class"}};
enum { PLACES = sizeof(places) / sizeof(*places) };

static const struct ga_answer *answer_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    return field == NULL ? NULL : ga_answers_at(answers, field);
}

static const char *text_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_answer *answer = answer_of(answers, name);
    return answer == NULL || answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT ? "" : answer->value.text;
}

/* Of a move that is mended later, what the file has from it as it was; anything else was written since. */
static bool is_to_follow(const struct ga_entry *entry, const struct ga_answers *child, int place)
{
    const char *now = text_of(&entry->now, places[place].said);
    const bool is_site_without_classes = strcmp(places[place].said, "to_class") == 0; /* an empty one says so */
    if (*now == '\0' && !is_site_without_classes)
        return false;
    return entry->is_new || (strcmp(text_of(&entry->before, "kind"), "moved") == 0 &&
                             strcmp(text_of(child, places[place].of_child), text_of(&entry->before, places[place].said)) == 0);
}

static void follow(const struct ga_entry *entry, struct ga_answers *child)
{
    bool follows[PLACES];
    for (int i = 0; i < PLACES; i++)
        follows[i] = is_to_follow(entry, child, i);
    for (int i = 0; i < PLACES; i++) {
        const struct ga_field *field = ga_form_field(child->form, places[i].of_child);
        const char *said = text_of(&entry->now, places[i].said);
        const struct ga_value value = *said == '\0' ? (struct ga_value){.kind = GA_VALUE_NULL} : ga_value_text(said);
        if (follows[i] && field != NULL)
            ga_answers_set(child, field, &value);
    }
}

enum ga_rc ga_entry_put_move(struct ga_entry *entry, struct ga_save *save, bool *ret_changed, struct ga_error *err)
{
    struct ga_store *store = entry->session->store;
    struct ga_answers before, after;
    struct ga_heads *heads;
    const struct ga_form *form;
    bool has_later = false;
    if (strcmp(entry->form->name, "status_change") != 0 || strcmp(text_of(&entry->now, "kind"), "moved") != 0)
        return GA_OK;
    enum ga_rc rc = ga_store_has_later_move(store, &entry->now.child, text_of(&entry->now, "from_on"), &has_later, err);
    if (rc != GA_OK || has_later)
        return rc;
    rc = ga_store_form_of(store, &entry->now.child, &form, err);
    if (rc == GA_OK)
        rc = ga_store_read(store, form, &entry->now.child, &before, &heads, err);
    if (rc != GA_OK)
        return rc;
    bool is_changed = false;
    ga_answers_copy(&after, &before);
    follow(entry, &after);
    rc = ga_save_put(save, &(struct ga_save_record){.after = &after, .before = &before, .heads = heads}, &is_changed, err);
    *ret_changed |= is_changed;
    ga_answers_finish(&after);
    ga_answers_finish(&before);
    ga_heads_destroy(heads);
    return rc;
}
