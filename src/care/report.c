/* Reads how far reports and referrals have come. */
#include "guanai/care/report.h"

#include "columns.h"
#include "guanai/base/alloc.h"
#include "guanai/base/message.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/store/number.h"

#include <stdlib.h>
#include <string.h>

const char *const ga_report_words[GA_REPORT_STATES] = {
    [GA_REPORT_OPEN] = GA_N_("not passed on"), [GA_REPORT_WAITING] = GA_N_("no answer yet"), [GA_REPORT_ANSWERED] = GA_N_("answered")};

static const char *const incident_fields[] = {"kind",       "what",       "measures",  "place",       "found_by", "happened_on",
                                              "written_on", "written_at", "told_whom", "told_person", "told_on",  "passed_on"};
enum { KIND, WHAT, MEASURES, PLACE, FOUND_BY, HAPPENED_ON, WRITTEN_ON, WRITTEN_AT, TOLD_WHOM, TOLD_PERSON, TOLD_ON, PASSED_ON, INCIDENT, INCIDENT_CHILD };

static const char *const referral_fields[] = {"sent_on",   "sent_at",     "sent_to", "person",
                                              "asked_for", "answered_on", "answer",  "incident", "closed_on"};
enum { SENT_ON, SENT_AT, SENT_TO, PERSON, ASKED_FOR, ANSWERED_ON, ANSWER, OF, CLOSED_ON, REFERRAL, REFERRAL_CHILD };

struct referral {
    int64_t no, child;
    struct ga_date sent_on, answered_on;
    int minute;
    const char *of; /* the incident's id; "" */
    const char *sent_to, *person, *asked_for, *answer;
    bool is_closed, is_taken; /* taken: stands beside its report */
};

struct reading {
    struct ga_store *store;
    struct ga_arena *arena;
    struct ga_vec reports, referrals; /* struct ga_report, struct referral */
};

static struct ga_date date_at(struct ga_stmt *stmt, int column)
{
    struct ga_date day = {0};
    const char *text = ga_stmt_column_text(stmt, column);
    if (text == NULL || !ga_date_from_iso(text, &day))
        return (struct ga_date){0};
    return day;
}

static int minute_at(struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    if (text == NULL || strlen(text) != 5 || text[2] != ':')
        return -1;
    return atoi(text) * 60 + atoi(text + 3);
}

static void take_incident(struct reading *r, struct ga_stmt *stmt)
{
    struct ga_arena *arena = r->arena;
    struct ga_report report = {
        .child = ga_stmt_column_int(stmt, INCIDENT_CHILD), .incident = ga_stmt_column_int(stmt, INCIDENT),
        .kind = ga_columns_text(stmt, KIND, arena), .what = ga_columns_text(stmt, WHAT, arena),
        .measures = ga_columns_text(stmt, MEASURES, arena), .place = ga_columns_text(stmt, PLACE, arena),
        .found_by = ga_columns_text(stmt, FOUND_BY, arena), .happened_on = date_at(stmt, HAPPENED_ON),
        .since = date_at(stmt, WRITTEN_ON), .minute = minute_at(stmt, WRITTEN_AT),
        .told_whom = ga_columns_text(stmt, TOLD_WHOM, arena), .told_person = ga_columns_text(stmt, TOLD_PERSON, arena),
        .told_on = date_at(stmt, TOLD_ON), .asked_for = "", .answer = ""};
    const bool is_told = ga_stmt_column_is_null(stmt, PASSED_ON) ? report.told_whom[0] != '\0' : ga_stmt_column_int(stmt, PASSED_ON) != 0;
    report.state = is_told ? GA_REPORT_WAITING : GA_REPORT_OPEN;
    if (report.since.year == 0) /* saved before the day of writing was kept */
        report.since = report.happened_on;
    *(struct ga_report *)ga_vec_push(&r->reports) = report;
}

static void take_referral(struct reading *r, struct ga_stmt *stmt)
{
    *(struct referral *)ga_vec_push(&r->referrals) = (struct referral){
        .no = ga_stmt_column_int(stmt, REFERRAL), .child = ga_stmt_column_int(stmt, REFERRAL_CHILD),
        .sent_on = date_at(stmt, SENT_ON), .minute = minute_at(stmt, SENT_AT), .answered_on = date_at(stmt, ANSWERED_ON),
        .is_closed = !ga_stmt_column_is_null(stmt, CLOSED_ON),
        .of = ga_columns_text(stmt, OF, r->arena), .sent_to = ga_columns_text(stmt, SENT_TO, r->arena),
        .person = ga_columns_text(stmt, PERSON, r->arena), .asked_for = ga_columns_text(stmt, ASKED_FOR, r->arena),
        .answer = ga_columns_text(stmt, ANSWER, r->arena)};
}

static enum ga_rc read_all(struct reading *r, const struct ga_columns *columns,
                           void (*take)(struct reading *r, struct ga_stmt *stmt), struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = ga_columns_prepare(r->store, columns, &stmt, err);
    while (stmt != NULL && rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(r, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

static bool is_of(const struct reading *r, const struct referral *referral, const struct ga_report *report)
{
    struct ga_uuid id;
    char text[GA_UUID_TEXT_SIZE];
    if (referral->child != report->child)
        return false;
    if (referral->of[0] == '\0')
        return ga_date_compare(referral->sent_on, report->happened_on) >= 0;
    return ga_store_id_of(r->store, report->incident, &id, NULL) == GA_OK && strcmp(ga_uuid_text(&id, text), referral->of) == 0;
}

/* An answer ends the waiting; of several referrals one without an answer goes on with it. */
static void join(struct ga_report *report, struct referral *referral)
{
    const bool is_answered = referral->answered_on.year != 0 || referral->is_closed;
    referral->is_taken = true;
    if (report->referral != 0 && report->state == GA_REPORT_WAITING && is_answered)
        return;
    report->referral = referral->no;
    report->state = is_answered ? GA_REPORT_ANSWERED : GA_REPORT_WAITING;
    report->told_whom = referral->sent_to;
    report->told_person = referral->person;
    report->told_on = report->since = referral->sent_on;
    report->minute = referral->minute;
    report->asked_for = referral->asked_for;
    report->answered_on = referral->answered_on;
    report->answer = referral->answer;
}

static void add_lone(struct reading *r, const struct referral *referral)
{
    struct ga_report report = {.child = referral->child, .kind = "", .what = "", .measures = "", .place = "", .found_by = ""};
    struct referral copy = *referral;
    join(&report, &copy);
    *(struct ga_report *)ga_vec_push(&r->reports) = report;
}

static void join_all(struct reading *r)
{
    const size_t incidents = r->reports.len;
    for (size_t k = 0; k < r->referrals.len; k++) {
        struct referral *referral = GA_VEC_AT(struct referral, &r->referrals, k);
        for (size_t i = 0; i < incidents; i++) {
            struct ga_report *report = GA_VEC_AT(struct ga_report, &r->reports, i);
            if (is_of(r, referral, report))
                join(report, referral);
        }
        if (!referral->is_taken && referral->of[0] == '\0' && referral->answered_on.year == 0 && !referral->is_closed)
            add_lone(r, referral);
    }
}

static int by_state(const void *left, const void *right)
{
    const struct ga_report *a = left, *b = right;
    const int days = ga_date_compare(a->since, b->since);
    if (a->state != b->state)
        return a->state > b->state ? 1 : -1;
    if (days != 0)
        return days;
    return a->minute != b->minute ? (a->minute > b->minute) - (a->minute < b->minute) : (a->incident > b->incident) - (a->incident < b->incident);
}

enum ga_rc ga_reports_list(struct ga_store *store, struct ga_arena *arena, struct ga_report **ret_reports, size_t *ret_count,
                           struct ga_error *err)
{
    static const struct ga_columns incidents = {"incident", incident_fields, GA_COUNT(incident_fields),
                                                "v.closed_on IS NULL AND v.must_report IS NOT 0 ORDER BY v.no"};
    static const struct ga_columns referrals = {"referral", referral_fields, GA_COUNT(referral_fields),
                                                "1 ORDER BY v.sent_on, v.no"};
    struct reading r = {.store = store, .arena = arena};
    ga_vec_init(&r.reports, sizeof(struct ga_report));
    ga_vec_init(&r.referrals, sizeof(struct referral));
    enum ga_rc rc = read_all(&r, &incidents, take_incident, err);
    if (rc == GA_OK)
        rc = read_all(&r, &referrals, take_referral, err);
    if (rc == GA_OK) {
        join_all(&r);
        if (r.reports.len > 1)
            qsort(r.reports.items, r.reports.len, sizeof(struct ga_report), by_state);
        *ret_count = r.reports.len;
        *ret_reports = ga_arena_array(arena, r.reports.len + 1, sizeof(**ret_reports));
        for (size_t i = 0; i < r.reports.len; i++)
            (*ret_reports)[i] = *GA_VEC_AT(const struct ga_report, &r.reports, i);
    }
    ga_vec_finish(&r.reports);
    ga_vec_finish(&r.referrals);
    return rc;
}

void ga_report_long_text(const struct ga_report *report, struct ga_date today, int minute_now, enum ga_lang lang,
                         struct ga_str *out)
{
    enum { HOURS_UP_TO_DAYS = 10, DAY_MINUTES = 24 * 60 };
    struct ga_message message;
    char text[80];
    if (!ga_date_is_day(report->since))
        return;
    const int64_t days = ga_date_to_days(today) - ga_date_to_days(report->since);
    const int64_t minutes = days * DAY_MINUTES + minute_now - report->minute;
    if (report->minute >= 0 && minute_now >= 0 && days < HOURS_UP_TO_DAYS && minutes >= 0)
        ga_message_set(&message, minutes < 60 ? GA_N_("< 1 hour") : minutes < 120 ? GA_N_("%1 hour") : GA_N_("%1 hours"), GA_NUM(minutes / 60));
    else
        ga_message_set(&message, days <= 0 ? GA_N_("< 1 day") : days == 1 ? GA_N_("%1 day") : GA_N_("%1 days"), GA_NUM(days));
    ga_str_add(out, ga_message_text(&message, lang, text, sizeof(text)));
}
