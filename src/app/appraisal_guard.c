/* Refuses an appraisal of one's own work, whichever way it is saved. */
#include "guanai/app/appraisal.h"

#include "guanai/app/entry.h"
#include "guanai/form/type.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <string.h>

static const struct ga_answer *answer_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    return field != NULL && field->parent == NULL ? ga_answers_at(answers, field) : NULL;
}

/* "" where nothing stands there. */
static const char *text_of(const struct ga_entry *entry, const char *name)
{
    const struct ga_answer *answer = answer_of(&entry->now, name);
    return answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT ? answer->value.text : "";
}

/* A rating or a word of judgement that is new, or is of somebody else now. Figures alone are the program's. */
static bool rates(const struct ga_entry *entry)
{
    static const char *const fields[] = {"about", "site", "term", "rating", "remarks"};
    bool is_changed = false;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        const struct ga_answer *now = answer_of(&entry->now, fields[i]), *before = answer_of(&entry->before, fields[i]);
        is_changed |= now != NULL && before != NULL && !ga_answer_equal(now, before);
    }
    return is_changed && (text_of(entry, "rating")[0] != '\0' || text_of(entry, "remarks")[0] != '\0');
}

/* As the record names a class: however a hand wrote it. */
static const char *class_named(const char *about, struct ga_date day, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    return ga_class_name_parse(about, ga_class_name_school_year(day), &name, NULL, NULL) == GA_OK
               ? ga_class_name_text(&name, GA_ZH, buf) : about;
}

/* Something of the class was to be done by who is at the keys. A term the calendar does not have counts nothing. */
static bool is_of_own_class(const struct ga_entry *entry, struct ga_arena *arena)
{
    struct ga_session *session = entry->session;
    const char *site = text_of(entry, "site");
    struct ga_appraisal *rows;
    struct ga_days days;
    size_t count = 0;
    char term[16], about[GA_CLASS_NAME_SIZE];
    bool is_own = false;
    if (ga_appraisal_term(session, text_of(entry, "term"), term, &days, NULL) != GA_OK ||
        ga_appraisals_read(session, term, GA_APPRAISAL_CLASS, GA_ZH, arena, &rows, &count, NULL) != GA_OK)
        return false;
    const char *class_text = class_named(text_of(entry, "about"), days.to, about);
    for (size_t i = 0; i < count; i++)
        is_own |= rows[i].is_own && strcmp(rows[i].about, class_text) == 0 && (site[0] == '\0' || strcmp(rows[i].site, site) == 0);
    return is_own;
}

enum ga_rc ga_appraisal_refuse(struct ga_session *session, const char *shown, bool is_own, struct ga_error *err)
{
    const char *user = ga_store_user(session->store);
    if (ga_session_is_for_other(session))
        return ga_error_set(err, GA_DENIED, "nobody rates in somebody else's name: end typing for %1 first (F12)", user);
    if (is_own)
        return ga_error_set(err, GA_DENIED, "nobody rates own work: in %1 something is yours (%2); somebody who took no part rates it",
                            shown, user);
    return GA_OK;
}

enum ga_rc ga_appraisal_guard(const struct ga_entry *entry, struct ga_error *err)
{
    struct ga_arena arena = {0};
    if (strcmp(entry->form->name, GA_APPRAISAL_FORM) != 0 || !rates(entry))
        return GA_OK;
    const char *about = text_of(entry, "about");
    const bool is_own = strcmp(about, ga_store_user(entry->session->store)) == 0 || is_of_own_class(entry, &arena);
    const enum ga_rc rc = ga_appraisal_refuse(entry->session, about, is_own, err);
    ga_arena_finish(&arena);
    return rc;
}
