/* Signs a class's month. */
#include "care/excuse_inner.h"
#include "care/sign_inner.h"

#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/care/past.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <stdio.h>
#include <string.h>

static void count_dues(struct ga_month *month)
{
    const struct ga_days days = ga_days_of_month(month->month);
    for (size_t i = 0; i < month->dues_count; i++) {
        const struct ga_due *due = &month->dues[i];
        const uint32_t unfinished = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_MISSED;
        const bool is_done = ga_due_is_done(due->state);
        month->done += is_done;
        if (ga_date_compare(due->window.due_on, days.to) > 0)
            continue;
        month->open += unfinished >> due->state & 1;
        month->owed += is_done || (unfinished >> due->state & 1);
    }
}

enum ga_rc ga_month_read_signed(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                                const struct ga_signature *signature, enum ga_lang lang, struct ga_arena *arena,
                                struct ga_month *ret_month, struct ga_error *err)
{
    struct ga_month read = {.class_of = class_of, .month = month, .arena = arena, .signature = signature};
    const struct ga_due_ask ask = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no,
                                   .span = ga_days_of_month(month), .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_due_list(care, &ask, arena, &read.dues, &read.dues_count, err);
    if (rc == GA_OK)
        rc = ga_excuses_waiting(session, class_of, month, lang, arena, &read.excuses, &read.excuses_count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < read.excuses_count; i++)
        read.own_excuses += read.excuses[i].is_own;
    count_dues(&read);
    *ret_month = read;
    return GA_OK;
}

enum ga_rc ga_month_read(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                         enum ga_lang lang, struct ga_arena *arena, struct ga_month *ret_month, struct ga_error *err)
{
    const enum ga_rc rc = ga_month_read_signed(session, class_of, month, NULL, lang, arena, ret_month, err);
    return rc != GA_OK ? rc : ga_signature_in_force(session, class_of, month, arena, &ret_month->signature, err);
}

/* How many of the month's things this person owes, or did; a reason given for somebody else is neither. */
static size_t count_own(const struct ga_month *month, const char *user)
{
    size_t own = 0;
    for (size_t i = 0; i < month->cells_count; i++)
        own += strcmp(month->cells[i].due->owner, user) == 0 ||
               (month->cells[i].due->record != 0 && strcmp(month->cells[i].face.doer, user) == 0);
    return own;
}

/*
 * Does anybody else owe anything in a class of the site? One who is everything there is signed for by the central school;
 * what the site itself owes is the headteacher's, who sits there.
 */
static enum ga_rc has_colleague(struct ga_session *session, const struct ga_month *month, const char *user,
                                bool *ret_has, struct ga_error *err)
{
    const struct ga_due_ask ask = {.site = month->class_of->site, .span = ga_days_of_month(month->month),
                                   .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_due_list(care, &ask, month->arena, &dues, &count, err);
    *ret_has = false;
    for (size_t i = 0; rc == GA_OK && i < count && !*ret_has; i++) {
        struct ga_roster_class of;
        ga_due_class_of(&dues[i], month->arena, &of);
        *ret_has = of.grade[0] != '\0' && dues[i].owner[0] != '\0' && strcmp(dues[i].owner, user) != 0;
    }
    return rc;
}

enum ga_rc ga_month_may_sign(struct ga_session *session, struct ga_month *month, struct ga_error *err)
{
    const char *user = ga_store_user(session->store);
    bool has_other = false;
    if (ga_session_is_for_other(session))
        return ga_error_set(err, GA_DENIED, "nobody signs for somebody else: end typing for %1 first (F12)", user);
    enum ga_rc rc = ga_month_read_cells(session, month, err);
    const size_t own = rc == GA_OK ? count_own(month, user) : 0;
    if (rc != GA_OK || own == 0)
        return rc;
    rc = has_colleague(session, month, user, &has_other, err);
    if (rc != GA_OK)
        return rc;
    return ga_error_set(err, GA_DENIED,
                        has_other ? GA_N_("nobody signs own work: in %1 %2 entries are yours, %3. The headteacher signs, or a colleague who has none of them")
                                  : GA_N_("nobody signs own work: in %1 %2 entries are yours, %3. No other teacher is written down there: the headteacher or the central school signs"),
                        month->class_of->shown, GA_NUM(own), user);
}

/* A month of a year that is over is of the class as it was called then. */
static enum ga_rc name_class(struct ga_session *session, const struct ga_month *month, char buf[GA_CLASS_NAME_SIZE], struct ga_error *err)
{
    struct ga_class_name name = {0};
    struct ga_care *care;
    const enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc != GA_OK)
        return rc;
    if (!ga_care_is_over(care, ga_days_of_month(month->month).to) &&
        ga_care_class_text(care, month->class_of, session->today, session->today, buf))
        return GA_OK;
    ga_str_copy(name.grade, sizeof(name.grade), month->class_of->grade);
    ga_str_copy(name.number, sizeof(name.number), month->class_of->class_no);
    ga_class_name_text(&name, GA_ZH, buf);
    return GA_OK;
}

static enum ga_rc write_record(struct ga_session *session, struct ga_save *save, const struct ga_month *month,
                               bool is_signed, size_t confirmed, struct ga_error *err)
{
    char class_text[GA_CLASS_NAME_SIZE], when[GA_MONTH_TEXT_SIZE];
    struct ga_str covers = {0};
    enum ga_rc rc = name_class(session, month, class_text, err);
    if (is_signed)
        ga_month_add_covers(month, &covers);
    const struct ga_written fields[] = {
        {"site", month->class_of->site}, {"class", class_text},
        {"month", ga_month_text(month->month, when)}, {"is_signed", is_signed ? "1" : "0"},
        {"done", GA_NUM(month->done)}, {"open", GA_NUM(month->open)}, {"confirmed", GA_NUM(confirmed)},
        {"signed_by", ga_store_user(session->store)}, {"signed_on", GA_DATE_ISO(session->today)},
        {"covers", ga_str_text(&covers)}};
    if (rc == GA_OK)
        rc = ga_written_make(session, save, GA_MONTH_SIGN_FORM, NULL, fields, GA_COUNT(fields), err);
    ga_str_finish(&covers);
    return rc;
}

enum ga_rc ga_months_sign(struct ga_session *session, struct ga_month *months, size_t count, size_t *ret_confirmed,
                          struct ga_error *err)
{
    struct ga_save *save;
    size_t confirmed = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count && rc == GA_OK; i++)
        rc = ga_month_may_sign(session, &months[i], err);
    if (rc == GA_OK)
        rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        size_t here = 0;
        rc = ga_excuses_confirm_within(session, save, months[i].excuses, months[i].excuses_count, &here, err);
        if (rc == GA_OK)
            rc = write_record(session, save, &months[i], true, here, err);
        confirmed += here;
    }
    rc = ga_app_end_save(save, rc, err);
    if (rc == GA_OK)
        *ret_confirmed = confirmed;
    return rc;
}

enum ga_rc ga_month_take_back(struct ga_session *session, struct ga_month *month, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_month_may_sign(session, month, err);
    if (rc == GA_OK && month->signature == NULL)
        rc = ga_error_set(err, GA_NOT_FOUND, "this month is not signed");
    if (rc == GA_OK)
        rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    return ga_app_end_save(save, write_record(session, save, month, false, 0, err), err);
}
