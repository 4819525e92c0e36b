/* Writes the alarms that stand into their table. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/history.h"
#include "guanai/text/time_of_day.h"

#include <string.h>

/*
 * Since when a field says what it says is told by the log. It is asked for when all alarms of these children have been:
 * what asks them is not held beside what unpacks it.
 */
struct writing {
    struct ga_care *care;
    const struct ga_due_subjects *subjects;
    struct ga_arena arena;
    struct ga_vec waiting; /* struct ga_alarm_found, texts in `arena` */
};

/* A day from 1970, a minute of it; what is known to a month begins with its first day. */
struct moment {
    bool is_known;
    int32_t day;
    int minute; /* −1: not known */
};

static struct moment moment_of(const char *text)
{
    struct moment moment = {.minute = -1};
    struct ga_date date;
    char day[GA_DATE_SIZE];
    if (text == NULL || strlen(text) < 4)
        return moment;
    ga_str_copy(day, strcspn(text, " ") + 1 < sizeof(day) ? strcspn(text, " ") + 1 : sizeof(day), text);
    if (!ga_date_from_iso(day, &date))
        return moment;
    date.month = date.month == 0 ? 1 : date.month;
    date.day = date.day == 0 ? 1 : date.day;
    moment.is_known = true;
    moment.day = ga_date_to_days(date);
    if (text[strlen(day)] == ' ' && ga_time_of_day_parse(text + strlen(day) + 1, &moment.minute, NULL) != GA_OK)
        moment.minute = -1;
    return moment;
}

/* When the field came to say what it says. */
static enum ga_rc read_changed(struct writing *w, int64_t no, const char *field, struct moment *ret_moment,
                               struct ga_error *err)
{
    struct ga_date day;
    const enum ga_rc rc = ga_store_said_on(w->care->options.store, no, field, &day, err);
    if (rc == GA_OK && day.year != 0)
        *ret_moment = (struct moment){.is_known = true, .day = ga_date_to_days(day), .minute = -1};
    return rc;
}

static enum ga_rc put(struct writing *w, const struct ga_alarm_found *found, struct ga_error *err)
{
    const struct ga_due_subject *subject = GA_VEC_AT(const struct ga_due_subject, &w->subjects->list, found->subject);
    const struct ga_alarm_rule *rule = w->care->alarms.rules.items[found->rule];
    struct moment since = moment_of(found->since);
    struct ga_stmt *stmt;
    enum ga_rc rc = GA_OK;
    if (rule->since_field.text != NULL)
        rc = read_changed(w, subject->no, rule->since_field.text, &since, err);
    if (rc == GA_OK)
        rc = ga_due_stmt(w->care, GA_ALARM_PUT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, subject->no);
    ga_stmt_bind_int(stmt, 2, (int64_t)found->rule);
    ga_stmt_bind_text(stmt, 3, subject->class_key);
    ga_stmt_bind_text(stmt, 4, subject->proxy[0] == '\0' ? NULL : subject->proxy);
    ga_stmt_bind_text(stmt, 5, subject->helper[0] == '\0' ? NULL : subject->helper);
    ga_stmt_bind_text(stmt, 6, found->birth);
    if (since.is_known)
        ga_stmt_bind_int(stmt, 7, since.day);
    if (since.minute >= 0)
        ga_stmt_bind_int(stmt, 8, since.minute);
    if (found->number >= 0)
        ga_stmt_bind_int(stmt, 9, found->number);
    ga_stmt_bind_int(stmt, 10, (int64_t)found->say);
    ga_stmt_bind_int(stmt, 11, found->record);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc take(void *ctx, const struct ga_alarm_found *found, struct ga_error *err)
{
    struct writing *w = ctx;
    if (w->care->alarms.rules.items[found->rule]->since_field.text == NULL)
        return put(w, found, err);
    struct ga_alarm_found *kept = ga_vec_push(&w->waiting);
    *kept = *found;
    kept->since = ga_arena_strdup(&w->arena, found->since);
    kept->birth = ga_arena_strdup(&w->arena, found->birth);
    return GA_OK;
}

static enum ga_rc put_waiting(struct writing *w, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (w->waiting.len > 0 && w->subjects->only == 0)
        ga_due_let_go(w->care);
    for (size_t i = 0; rc == GA_OK && i < w->waiting.len; i++)
        rc = put(w, ga_vec_at(&w->waiting, i), err);
    return rc;
}

enum ga_rc ga_alarm_drop(struct ga_care *care, int64_t child, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_due_stmt(care, GA_ALARM_DROP_CHILD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, child);
    return ga_stmt_run(stmt, err);
}

enum ga_rc ga_alarm_write_begin(struct ga_care *care, int64_t child, struct ga_error *err)
{
    const struct ga_alarm_rules *rules = &care->alarms.rules;
    struct ga_date day;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < rules->count && ga_due_is_spared(care); i++) {
        if (rules->items[i]->since_field.text == NULL)
            continue;
        rc = ga_store_said_on(care->options.store, child, rules->items[i]->since_field.text, &day, err);
        ga_due_let_go(care);
        break;
    }
    return rc;
}

enum ga_rc ga_alarm_write(struct ga_care *care, const struct ga_due_subjects *subjects, struct ga_error *err)
{
    struct writing w = {.care = care, .subjects = subjects};
    ga_vec_init(&w.waiting, sizeof(struct ga_alarm_found));
    enum ga_rc rc = subjects->only != 0 ? ga_alarm_drop(care, subjects->only, err) : GA_OK;
    if (rc == GA_OK)
        rc = ga_alarm_ask_all(care, subjects, take, &w, err);
    if (rc == GA_OK)
        rc = put_waiting(&w, err);
    ga_vec_finish(&w.waiting);
    ga_arena_finish(&w.arena);
    return rc;
}
