/* Finds the record in which what is owed is closed. */
#include "care/due_again.h"

#include "guanai/store/number.h"
#include "guanai/store/record.h"

#include <string.h>

enum { RECORDS_MAX = 500 };

static bool is_of_event(const struct ga_duty *duty, const struct ga_due *due, const char *form)
{
    return due->child != 0 && duty->is_event_of_form && duty->event_form != NULL && duty->event_field != NULL &&
           strcmp(duty->event_form->name, form) == 0;
}

/* The day in the record on which it is owed; false: there is none any more, as in a plan that is closed. */
static bool read_day(struct ga_session *session, const struct ga_duty *duty, const struct ga_uuid *id, struct ga_date *ret_day)
{
    struct ga_answers answers;
    if (ga_store_read(session->store, duty->event_form, id, &answers, NULL, NULL) != GA_OK)
        return false;
    const struct ga_answer *answer = ga_answers_at(&answers, duty->event_field);
    const bool has_day = answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT && ga_date_from_iso(answer->value.text, ret_day);
    ga_answers_finish(&answers);
    return has_day;
}

static bool find_record(struct ga_session *session, const struct ga_duty *duty, const struct ga_due *due, struct ga_uuid *ret_id)
{
    struct ga_arena arena = {0};
    struct ga_timeline_entry *entries;
    struct ga_uuid child;
    size_t count = 0;
    bool is_found = false, is_same = false;
    if (ga_store_id_of(session->store, due->child, &child, NULL) != GA_OK ||
        ga_store_timeline(session->store, &child, 0, RECORDS_MAX, &arena, &entries, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count && !is_same; i++) {
        struct ga_date day;
        if (entries[i].form != duty->event_form || !read_day(session, duty, &entries[i].id, &day))
            continue;
        is_same = ga_date_compare(day, due->window.opens) == 0;
        if (is_same || !is_found)
            *ret_id = entries[i].id;
        is_found = true;
    }
    ga_arena_finish(&arena);
    return is_found;
}

/* Names of repeats stand in a calculation as tables: SELECT max(reviewed_on) FROM reviews. */
static const char *repeat_of(const struct ga_form *form, const struct ga_field *day)
{
    for (size_t i = 0; day != NULL && day->calculation.text != NULL && i < form->all_count; i++)
        if (form->all[i]->fields.count > 0 && !form->all[i]->is_retired && strstr(day->calculation.text, form->all[i]->name) != NULL)
            return form->all[i]->name;
    return NULL;
}

bool ga_due_again(struct ga_session *session, const struct ga_duty *duty, const struct ga_due *due, const char *form,
                  struct ga_uuid *ret_id, const char **ret_field)
{
    if (!is_of_event(duty, due, form) || !find_record(session, duty, due, ret_id))
        return false;
    *ret_field = NULL;
    for (size_t i = 0; *ret_field == NULL && i < duty->done_by.count; i++)
        if (strcmp(duty->done_by.items[i].form.text, form) == 0)
            *ret_field = repeat_of(duty->event_form, ga_form_field(duty->event_form, duty->done_by.items[i].on.text));
    return true;
}
