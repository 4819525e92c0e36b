/* Lets a child's file follow a move to another site of the school. */
#include "log/saving.h"

#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "guanai/store/record.h"

#include <string.h>

static const struct {
    const char *said, *of_child;
} places[] = {{"to_site", "site"}, {"to_grade", "grade"}, {"to_class", "class"}};
enum { PLACES = sizeof(places) / sizeof(*places) };

static const char *text_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_answer *answer = field == NULL ? NULL : ga_answers_at(answers, field);
    return answer == NULL || answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT ? "" : answer->value.text;
}

static bool is_move(const struct ga_answers *change)
{
    return strcmp(change->form->name, "status_change") == 0 && strcmp(text_of(change, "kind"), "moved") == 0;
}

/* Of a move that is mended later, what the file has from it as it was; anything else was written since. */
static bool is_to_follow(const struct ga_save_record *move, const struct ga_answers *child, int place)
{
    const char *now = text_of(move->after, places[place].said);
    const bool is_site_without_classes = strcmp(places[place].said, "to_class") == 0; /* an empty one says so */
    if (*now == '\0' && !is_site_without_classes)
        return false;
    return move->before == NULL ||
           (is_move(move->before) &&
            strcmp(text_of(child, places[place].of_child), text_of(move->before, places[place].said)) == 0);
}

static void follow(const struct ga_save_record *move, struct ga_answers *child)
{
    bool follows[PLACES];
    for (int i = 0; i < PLACES; i++)
        follows[i] = is_to_follow(move, child, i);
    for (int i = 0; i < PLACES; i++) {
        const struct ga_field *field = ga_form_field(child->form, places[i].of_child);
        const char *said = text_of(move->after, places[i].said);
        const struct ga_value value = *said == '\0' ? (struct ga_value){.kind = GA_VALUE_NULL} : ga_value_text(said);
        if (follows[i] && field != NULL)
            ga_answers_set(child, field, &value);
    }
}

enum ga_rc ga_save_follow_move(struct ga_save *save, const struct ga_save_record *move, bool *ret_changed,
                               struct ga_error *err)
{
    struct ga_store *store = ga_save_store(save);
    struct ga_answers before, after;
    struct ga_heads *heads;
    const struct ga_form *form;
    bool has_later = false, is_changed = false;
    if (!is_move(move->after))
        return GA_OK;
    enum ga_rc rc = ga_store_has_later_move(store, &move->after->child, text_of(move->after, "from_on"), &has_later, err);
    if (rc != GA_OK || has_later)
        return rc;
    rc = ga_store_form_of(store, &move->after->child, &form, err);
    if (rc == GA_OK)
        rc = ga_store_read(store, form, &move->after->child, &before, &heads, err);
    if (rc != GA_OK)
        return rc;
    ga_answers_copy(&after, &before);
    follow(move, &after);
    rc = ga_save_put(save, &(struct ga_save_record){.after = &after, .before = &before, .heads = heads}, &is_changed, err);
    if (ret_changed != NULL)
        *ret_changed |= is_changed;
    ga_answers_finish(&after);
    ga_answers_finish(&before);
    ga_heads_destroy(heads);
    return rc;
}
