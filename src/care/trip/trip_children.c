/* Lists the children who are to be visited. */
#include "guanai/care/trip_children.h"

#include "guanai/base/vec.h"
#include "guanai/care/alarm.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct ga_care *care;
    const struct ga_trip_ask *ask;
    struct ga_arena *arena;
    struct ga_stmt *file, *visit; /* of one child: what its file says, its last visit; NULL: the form has no such fields */
    struct ga_vec found;          /* struct found */
};

struct found {
    struct ga_trip_child child;
    struct ga_trip_stop stop;
    int64_t no, index; /* the child; its place in the roster */
    uint64_t duties;   /* bits: those the stop serves */
    int alarm_need;    /* of its most urgent alarm, a part of the stop's */
};

/* Appends "name, " or "NULL, " where the form has no such field. */
static void add_column(const struct ga_form *form, const char *name, bool is_last, struct ga_str *sql)
{
    ga_str_addf(sql, "%s%s", ga_form_field(form, name) != NULL ? name : "NULL", is_last ? "" : ", ");
}

static enum ga_rc prepare_file(struct reading *r, struct ga_error *err)
{
    static const char *const columns[] = {"hamlet",       "guardian_name", "guardian_relation", "guardian_phone",
                                          "father_phone", "mother_phone",  "father_name",       "mother_name"};
    enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };
    struct ga_store *store = ga_care_store(r->care);
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), "child", err);
    struct ga_str sql = {0};
    enum ga_rc rc = form == NULL ? GA_NOT_FOUND : ga_store_view(store, form, NULL, err);
    ga_str_add(&sql, "SELECT ");
    for (size_t i = 0; rc == GA_OK && i < COLUMNS; i++)
        add_column(form, columns[i], i + 1 == COLUMNS, &sql);
    ga_str_add(&sql, " FROM v_child WHERE no = ?1");
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), &r->file, err);
    ga_str_finish(&sql);
    return rc;
}

/* The newest visit at which somebody was met; nothing to be asked where a school's own form has no such day. */
static enum ga_rc prepare_visit(struct reading *r, struct ga_error *err)
{
    struct ga_store *store = ga_care_store(r->care);
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), GA_TRIP_VISIT_FORM, NULL);
    if (form == NULL || form->of.text == NULL || ga_form_field(form, "visited_on") == NULL)
        return GA_OK;
    struct ga_str sql = {0};
    enum ga_rc rc = ga_store_view(store, form, NULL, err);
    ga_str_add(&sql, "SELECT visited_on, ");
    add_column(form, "agreed", false, &sql);
    add_column(form, "follow_up_on", true, &sql);
    ga_str_add(&sql, " FROM v_home_visit WHERE _file IN (SELECT ?1 UNION ALL SELECT s.no FROM main._same AS s WHERE s.main = ?1)"
                     " AND visited_on IS NOT NULL");
    if (ga_form_field(form, "outcome") != NULL)
        ga_str_add(&sql, " AND coalesce(outcome, 'met') IN ('met', 'school')");
    ga_str_add(&sql, " ORDER BY visited_on DESC, no DESC LIMIT 1");
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), &r->visit, err);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc begin(struct reading *r, struct ga_error *err)
{
    ga_vec_init(&r->found, sizeof(struct found));
    enum ga_rc rc = prepare_file(r, err);
    return rc == GA_OK ? prepare_visit(r, err) : rc;
}

static void finish(struct reading *r)
{
    ga_stmt_destroy(r->file);
    ga_stmt_destroy(r->visit);
    ga_vec_finish(&r->found);
}

static const char *column_text(struct reading *r, struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(r->arena, text);
}

/* The guardian's number, else the father's, else the mother's; beside it the next one that is another. */
static void choose_phones(struct ga_trip_child *child, const char *const phones[3])
{
    child->phone = child->other_phone = "";
    for (size_t i = 0; i < 3; i++) {
        if (phones[i][0] == '\0')
            continue;
        if (child->phone[0] == '\0')
            child->phone = phones[i];
        else if (child->other_phone[0] == '\0' && strcmp(phones[i], child->phone) != 0)
            child->other_phone = phones[i];
    }
}

/* Nobody stands there as guardian: beside the number stands the parent whose it is. */
static void name_parent(struct reading *r, struct ga_trip_child *child, const char *const phones[3])
{
    enum { FATHER = 1, FATHER_NAME = 6 };
    static const char *const relations[] = {"father", "mother"};
    if (child->guardian[0] != '\0' || child->relation[0] != '\0' || child->phone[0] == '\0' || child->phone == phones[0])
        return;
    const int parent = child->phone != phones[FATHER];
    child->guardian = column_text(r, r->file, FATHER_NAME + parent);
    child->relation = relations[parent];
}

static enum ga_rc read_file(struct reading *r, struct ga_trip_child *child, struct ga_error *err)
{
    enum { HAMLET, GUARDIAN, RELATION, PHONE };
    bool has_row = false;
    child->hamlet = child->guardian = child->relation = child->phone = child->other_phone = child->agreed = "";
    ga_stmt_bind_int(r->file, 1, child->child.no);
    enum ga_rc rc = ga_stmt_step(r->file, &has_row, err);
    if (rc == GA_OK && has_row) {
        child->hamlet = column_text(r, r->file, HAMLET);
        child->guardian = column_text(r, r->file, GUARDIAN);
        child->relation = column_text(r, r->file, RELATION);
        const char *const phones[] = {column_text(r, r->file, PHONE), column_text(r, r->file, PHONE + 1),
                                      column_text(r, r->file, PHONE + 2)};
        choose_phones(child, phones);
        name_parent(r, child, phones);
    }
    ga_stmt_reset(r->file);
    return rc;
}

static enum ga_rc read_visit(struct reading *r, struct ga_trip_child *child, struct ga_error *err)
{
    enum { DAY, AGREED, FOLLOW_UP };
    bool has_row = false;
    struct ga_date day;
    if (r->visit == NULL)
        return GA_OK;
    ga_stmt_bind_int(r->visit, 1, child->child.no);
    enum ga_rc rc = ga_stmt_step(r->visit, &has_row, err);
    if (rc == GA_OK && has_row && ga_date_from_iso(column_text(r, r->visit, DAY), &day) && ga_date_is_day(day)) {
        child->last_on = day;
        child->agreed = column_text(r, r->visit, AGREED);
        if (ga_date_from_iso(column_text(r, r->visit, FOLLOW_UP), &day) && ga_date_is_day(day))
            child->follow_up_on = day;
    }
    ga_stmt_reset(r->visit);
    return rc;
}

/* All but what is owed. */
static enum ga_rc read_child(struct reading *r, int64_t no, struct found *found, struct ga_error *err)
{
    static const struct ga_roster_filter all = {.with_left = true};
    struct ga_trip_child *child = &found->child;
    struct ga_store *store = ga_care_store(r->care);
    found->no = no;
    enum ga_rc rc = ga_roster_row_of(store, no, r->ask->lang, r->arena, &child->child, err);
    if (rc == GA_OK)
        rc = ga_roster_index(store, &all, no, &found->index, err);
    if (rc == GA_OK)
        rc = read_file(r, child, err);
    if (rc == GA_OK)
        rc = read_visit(r, child, err);
    if (rc != GA_OK)
        return rc;
    found->stop = (struct ga_trip_stop){
        .need = child->child.is_key_child ? GA_TRIP_NEED_KEY : GA_TRIP_NEED_NONE,
        .opens = INT32_MIN, .due_on = GA_TRIP_NO_DAY, .ends = INT32_MAX,
        .last_on = child->last_on.year == 0 ? GA_TRIP_NEVER : ga_date_to_days(child->last_on),
        .village = child->child.village, .hamlet = child->hamlet};
    ga_trip_read_place(&found->stop);
    return GA_OK;
}

static bool is_visit(const struct ga_duty *duty)
{
    for (size_t i = 0; i < duty->done_by.count; i++)
        if (strcmp(duty->done_by.items[i].form.text, GA_TRIP_VISIT_FORM) != 0)
            return false;
    return duty->per == GA_PER_CHILD && duty->done_by.count > 0;
}

static bool is_meant_for_holidays(const struct ga_duty *duty)
{
    bool is_meant = duty->cadence.is_in_holidays || duty->cadence.period == GA_PERIOD_FESTIVAL;
    for (size_t i = 0; duty->cadence.period == GA_PERIOD_PHASE && i < duty->cadence.of_count; i++)
        is_meant |= strcmp(duty->cadence.of[i], "winter") == 0 || strcmp(duty->cadence.of[i], "summer") == 0;
    return is_meant;
}

static void narrow(struct ga_trip_stop *stop, int32_t opens, int32_t due_on, int32_t ends)
{
    stop->opens = opens > stop->opens ? opens : stop->opens;
    stop->due_on = due_on < stop->due_on ? due_on : stop->due_on;
    stop->ends = ends < stop->ends ? ends : stop->ends;
}

/*
 * One visit may serve both: what they have in common of the time still to come is most of the shorter one. A month and the
 * phase it lies in do; December and a phase that begins on the 17th do not, January serves that as well.
 */
static bool share_a_visit(const struct reading *r, const struct ga_trip_stop *stop, int32_t opens, int32_t ends)
{
    const int32_t today = ga_date_to_days(ga_store_today(ga_care_store(r->care)));
    const int64_t a_from = stop->opens > today ? stop->opens : today, b_from = opens > today ? opens : today,
                  a_days = stop->ends - a_from + 1, b_days = ends - b_from + 1,
                  common = (stop->ends < ends ? stop->ends : ends) - (a_from > b_from ? a_from : b_from) + 1;
    return common * 3 >= (a_days < b_days ? a_days : b_days) * 2 && common > 0;
}

/* The child's stop that one visit would serve with this as well; NULL: it takes another one. */
static struct found *find_stop(struct reading *r, const struct ga_due *due, int32_t *opens)
{
    const int32_t ends = ga_date_to_days(due->window.ends);
    for (size_t i = 0; i < r->found.len; i++) {
        struct found *found = ga_vec_at(&r->found, i);
        if (found->no != due->child)
            continue;
        if (!(found->duties >> due->duty & 1) && share_a_visit(r, &found->stop, *opens, ends))
            return found;
        if (found->duties >> due->duty & 1 && *opens <= found->stop.ends && found->stop.ends < INT32_MAX)
            *opens = found->stop.ends + 1; /* no visit closes two times of one duty */
    }
    return NULL;
}

static enum ga_rc add_due(struct reading *r, const struct ga_due *due, struct ga_error *err)
{
    const struct ga_duty *duty = ga_care_duties(r->care)->items[due->duty];
    const int32_t due_on = ga_date_to_days(due->window.due_on), ends = ga_date_to_days(due->window.ends);
    int32_t opens = ga_date_to_days(due->window.begins);
    struct found *found = find_stop(r, due, &opens);
    enum ga_rc rc = GA_OK;
    if (found == NULL) {
        found = ga_vec_push(&r->found);
        rc = read_child(r, due->child, found, err);
        found->child.due = *due;
    }
    if (rc != GA_OK)
        return rc;
    if (due_on < found->stop.due_on)
        found->child.due = *due;
    narrow(&found->stop, opens, due_on, ends);
    found->child.is_owed = true;
    found->stop.is_in_holidays |= is_meant_for_holidays(duty);
    found->duties |= (uint64_t)1 << due->duty;
    return GA_OK;
}

/* What is yet to open counts in the span it is due in: the next term's phase is not made this month's work. */
static bool is_to_be_done(const struct ga_due_ask *ask, const struct ga_due *due)
{
    if (due->state == GA_DUE_COMING)
        return ask->span.to.year != 0 && ga_date_compare(due->window.due_on, ask->span.to) <= 0;
    return due->state == GA_DUE_OPEN || due->state == GA_DUE_LATE;
}

static enum ga_rc add_dues(struct reading *r, const struct ga_due_ask *ask, struct ga_error *err)
{
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(r->care, ask, r->arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count && r->found.len < GA_TRIP_STOPS_MAX; i++)
        if (is_visit(ga_care_duties(r->care)->items[dues[i].duty]) && is_to_be_done(ask, &dues[i]))
            rc = add_due(r, &dues[i], err);
    return rc;
}

/* Of children who are here; what only asks for another class of paper, a change of status, takes nobody to the door. */
static bool leads_to_the_door(const struct ga_alarm_rule *rule)
{
    return rule->of != GA_ALARM_OF_GONE && !ga_str_equal(rule->opens.text, "status_change");
}

static int need_of(const struct ga_alarm_rule *rule)
{
    static const int needs[] = {[GA_ALARM_NOW] = GA_TRIP_NEED_NOW, [GA_ALARM_SOON] = GA_TRIP_NEED_SOON, [GA_ALARM_WATCH] = GA_TRIP_NEED_WATCH};
    return needs[rule->urgency];
}

/* Shown is the first by the rules' order, the way hangs on the most urgent one. */
static void mark_alarm(struct reading *r, struct found *found, const struct ga_alarm_rule *rule)
{
    if (need_of(rule) > found->alarm_need) {
        found->stop.need += need_of(rule) - found->alarm_need;
        found->alarm_need = need_of(rule);
    }
    if (found->child.has_alarm)
        return; /* a more urgent one stands: they come by the rules' order */
    found->child.has_alarm = true;
    found->child.alarm = (struct ga_label){.zh = ga_arena_strdup(r->arena, rule->title.zh), .en = ga_arena_strdup(r->arena, rule->title.en)};
}

/* Over a span who may be in danger is gone to once, unless somebody was there since; an alarm that can wait waits for the visit that is owed. */
static bool is_to_be_gone_to(const struct reading *r, const struct found *found, const struct ga_alarm *alarm)
{
    if (r->ask->span.from.year == 0)
        return true;
    const struct ga_date last = found->child.last_on;
    return need_of(ga_care_alarms(r->care)->items[alarm->rule]) >= GA_TRIP_NEED_SOON &&
           (last.year == 0 || (alarm->since.year != 0 && ga_date_compare(last, alarm->since) < 0));
}

static enum ga_rc add_alarm(struct reading *r, const struct ga_alarm *alarm, struct ga_error *err)
{
    const struct ga_alarm_rule *rule = ga_care_alarms(r->care)->items[alarm->rule];
    const int32_t today = ga_date_to_days(ga_store_today(ga_care_store(r->care)));
    bool is_listed = false; /* a visit that opens next month is none that can be made now */
    for (size_t i = 0; i < r->found.len; i++) {
        struct found *found = ga_vec_at(&r->found, i);
        if (found->no != alarm->child)
            continue;
        is_listed |= found->stop.opens <= today;
        mark_alarm(r, found, rule);
    }
    if (is_listed || r->found.len == GA_TRIP_STOPS_MAX)
        return GA_OK;
    struct found found = {0};
    const enum ga_rc rc = read_child(r, alarm->child, &found, err);
    if (rc != GA_OK || !is_to_be_gone_to(r, &found, alarm))
        return rc;
    mark_alarm(r, &found, rule);
    *(struct found *)ga_vec_push(&r->found) = found;
    return GA_OK;
}

/* Children with an open alarm are offered whether a visit is owed or not. */
static enum ga_rc add_alarms(struct reading *r, int64_t child, struct ga_error *err)
{
    const struct ga_alarm_ask ask = {.owner = r->ask->owner, .child = child};
    struct ga_alarm *alarms;
    size_t count = 0;
    enum ga_rc rc = ga_alarm_list(r->care, &ask, r->arena, &alarms, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (leads_to_the_door(ga_care_alarms(r->care)->items[alarms[i].rule]))
            rc = add_alarm(r, &alarms[i], err);
    return rc;
}

/* In roster order; of one child the stop that comes first. */
static int by_place(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    return (a->stop.due_on > b->stop.due_on) - (a->stop.due_on < b->stop.due_on);
}

static void hand_over(struct reading *r, struct ga_trip_list *ret_list)
{
    const size_t count = r->found.len;
    if (count > 1)
        qsort(r->found.items, count, sizeof(struct found), by_place);
    *ret_list = (struct ga_trip_list){.children = ga_arena_array(r->arena, count + 1, sizeof(*ret_list->children)),
                                      .stops = ga_arena_array(r->arena, count + 1, sizeof(*ret_list->stops)), .count = count};
    for (size_t i = 0; i < count; i++) {
        ret_list->children[i] = GA_VEC_AT(const struct found, &r->found, i)->child;
        ret_list->stops[i] = GA_VEC_AT(const struct found, &r->found, i)->stop;
    }
}

enum ga_rc ga_trip_children(struct ga_care *care, const struct ga_trip_ask *ask, struct ga_arena *arena,
                            struct ga_trip_list *ret_list, struct ga_error *err)
{
    struct reading r = {.care = care, .ask = ask, .arena = arena};
    const bool has_span = ask->span.from.year != 0;
    const struct ga_due_ask now = {.owner = ask->owner},
                            later = {.owner = ask->owner, .span = ask->span,
                                     .states = 1u << GA_DUE_COMING}; /* what is open already is in the other one */
    enum ga_rc rc = begin(&r, err);
    if (rc == GA_OK)
        rc = add_dues(&r, &now, err);
    if (rc == GA_OK && has_span)
        rc = add_dues(&r, &later, err);
    if (rc == GA_OK)
        rc = add_alarms(&r, 0, err);
    if (rc == GA_OK)
        hand_over(&r, ret_list);
    finish(&r);
    return rc;
}

enum ga_rc ga_trip_child_of(struct ga_care *care, int64_t no, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_trip_child *ret_child, struct ga_trip_stop *ret_stop, struct ga_error *err)
{
    const struct ga_trip_ask ask = {.lang = lang};
    struct reading r = {.care = care, .ask = &ask, .arena = arena};
    const struct ga_due_ask dues = {.child = no};
    enum ga_rc rc = begin(&r, err);
    if (rc == GA_OK)
        rc = add_dues(&r, &dues, err);
    if (rc == GA_OK && r.found.len == 0)
        rc = read_child(&r, no, ga_vec_push(&r.found), err);
    if (rc == GA_OK)
        rc = add_alarms(&r, no, err);
    if (rc == GA_OK) {
        *ret_child = GA_VEC_AT(const struct found, &r.found, 0)->child;
        *ret_stop = GA_VEC_AT(const struct found, &r.found, 0)->stop;
    }
    finish(&r);
    return rc;
}
