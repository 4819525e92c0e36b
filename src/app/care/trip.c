/* Keeps planned trips as records. */
#include "guanai/app/trip.h"

#include "guanai/app/entry.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/record.h"
#include "guanai/store/view.h"
#include "private.h"

#include <string.h>

static enum ga_rc write_in_row(struct ga_entry *entry, struct ga_row *row, const struct ga_field *repeat, const char *name,
                               const char *text, struct ga_error *err)
{
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return ga_entry_set(entry, &repeat->fields.items[i], row, text, NULL, err);
    return ga_error_set(err, GA_REFUSED, "form %1 has no field %2", entry->form->name, name);
}

static enum ga_rc fill_rows(struct ga_entry *entry, const struct ga_uuid *children, size_t count, struct ga_error *err)
{
    const struct ga_field *stops = ga_form_field(entry->form, "stops");
    enum ga_rc rc = stops != NULL ? GA_OK : ga_error_set(err, GA_REFUSED, "form %1 has no field %2", entry->form->name, "stops");
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        char id[GA_UUID_TEXT_SIZE];
        struct ga_row *row = ga_entry_add_row(entry, stops);
        rc = write_in_row(entry, row, stops, "child", ga_uuid_text(&children[i], id), err);
        if (rc == GA_OK)
            rc = write_in_row(entry, row, stops, "number", GA_NUM(i + 1), err);
    }
    return rc;
}

enum ga_rc ga_trip_put(struct ga_session *session, struct ga_save *save, const struct ga_trip_new *new, struct ga_uuid *ret_id,
                       struct ga_error *err)
{
    struct ga_entry *entry;
    if (new->count == 0 || new->count > GA_TRIP_NUMBERS_MAX)
        return ga_error_set(err, GA_REFUSED, "a trip leads to 1 to %1 children", GA_NUM(GA_TRIP_NUMBERS_MAX));
    enum ga_rc rc = ga_entry_new(session, GA_TRIP_FORM, NULL, &entry, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_written fields[] = {{"planned_on", GA_DATE_ISO(new->planned_on)}, {"doer", new->doer}, {"villages", new->villages}};
    rc = ga_entry_write_all(entry, fields, GA_COUNT(fields), err);
    if (rc == GA_OK)
        rc = fill_rows(entry, new->children, new->count, err);
    if (rc == GA_OK)
        rc = ga_entry_put(entry, save, err);
    if (rc == GA_OK && ret_id != NULL)
        *ret_id = entry->now.id;
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_trip_save(struct ga_session *session, struct ga_date planned_on, const struct ga_uuid *children, size_t count,
                        const char *villages, struct ga_uuid *ret_id, struct ga_error *err)
{
    const struct ga_trip_new new = {.planned_on = planned_on, .doer = ga_store_user(session->store), .villages = villages,
                                    .children = children, .count = count};
    return ga_trip_put(session, NULL, &new, ret_id, err);
}

struct reading {
    struct ga_session *session;
    struct ga_arena *arena;
    struct ga_stmt *trips, *rows, *visits; /* visits NULL: the form is not as expected, no row is ever typed in */
};

#define TRIPS "SELECT id, no, planned_on, doer, villages, entered_on FROM v_trip WHERE "
#define LATEST_FIRST " ORDER BY planned_on DESC, no DESC LIMIT ?3"
#define ROWS "SELECT number, child, _no_child FROM v_trip__stops WHERE _record = ?1 AND child IS NOT NULL ORDER BY number, position LIMIT ?2"
#define OF_CHILD "_file IN (SELECT ?1 UNION ALL SELECT s.no FROM main._same AS s WHERE s.main = ?1)"
/* One of the day on which the sheet was written is the trip's only if it was saved after the sheet; the planned day's comes first. */
#define VISITS \
    "SELECT id, visited_on, outcome FROM v_home_visit WHERE " OF_CHILD " AND visited_on BETWEEN ?2 AND ?3" \
    " AND (visited_on > ?4 OR no > ?5) ORDER BY visited_on < ?6, visited_on, no LIMIT 1"

static enum ga_rc make_views(struct ga_session *session, bool *ret_has_visits, struct ga_error *err)
{
    const struct ga_form *trip = ga_forms_get(session->forms, GA_TRIP_FORM, err),
                         *visit = ga_forms_get(session->forms, GA_TRIP_VISIT_FORM, NULL);
    const struct ga_field *stops = trip == NULL ? NULL : ga_form_field(trip, "stops");
    if (trip == NULL)
        return GA_NOT_FOUND;
    if (stops == NULL)
        return ga_error_set(err, GA_REFUSED, "form %1 has no field %2", trip->name, "stops");
    *ret_has_visits = visit != NULL && visit->of.text != NULL && ga_form_field(visit, "visited_on") != NULL &&
                      ga_form_field(visit, "outcome") != NULL;
    enum ga_rc rc = ga_store_view(session->store, trip, NULL, err);
    if (rc == GA_OK)
        rc = ga_store_repeat_view(session->store, trip, stops, NULL, err);
    return rc == GA_OK && *ret_has_visits ? ga_store_view(session->store, visit, NULL, err) : rc;
}

static enum ga_rc begin(struct reading *r, const char *which, struct ga_error *err)
{
    struct ga_db *db = ga_store_db(r->session->store);
    bool has_visits = false;
    enum ga_rc rc = make_views(r->session, &has_visits, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, which, &r->trips, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, ROWS, &r->rows, err);
    return rc == GA_OK && has_visits ? ga_stmt_prepare(db, VISITS, &r->visits, err) : rc;
}

static void finish(struct reading *r)
{
    ga_stmt_destroy(r->trips);
    ga_stmt_destroy(r->rows);
    ga_stmt_destroy(r->visits);
}

static const char *column_text(struct reading *r, struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(r->arena, text);
}

static struct ga_date column_day(struct reading *r, struct ga_stmt *stmt, int column)
{
    struct ga_date day = {0};
    char text[GA_DATE_SIZE] = "";
    ga_str_copy(text, 11, column_text(r, stmt, column)); /* of a moment its day */
    return ga_date_from_iso(text, &day) && ga_date_is_day(day) ? day : (struct ga_date){0};
}

/* From which on a visit is that trip's. A plan writes trips weeks ahead: a visit of the month before is none of theirs. */
static struct ga_date first_day_of(const struct ga_trip *trip)
{
    if (trip->written_on.year == 0 || ga_date_compare(trip->written_on, trip->planned_on) >= 0)
        return trip->planned_on;
    const bool is_far_ahead = ga_date_compare(trip->written_on, ga_date_add_days(trip->planned_on, -GA_TRIP_TYPED_DAYS)) < 0;
    return is_far_ahead ? ga_date_add_days(trip->planned_on, -GA_TRIP_EARLY_DAYS) : trip->written_on;
}

static enum ga_rc read_visit(struct reading *r, int64_t no, const struct ga_trip *trip, struct ga_trip_row *row, struct ga_error *err)
{
    bool has_row = false;
    const struct ga_date from = first_day_of(trip);
    const bool is_ahead = ga_date_compare(from, trip->planned_on) < 0;
    if (r->visits == NULL || row->child_no == 0)
        return GA_OK;
    ga_stmt_bind_int(r->visits, 1, row->child_no);
    ga_stmt_bind_text(r->visits, 2, GA_DATE_ISO(from));
    ga_stmt_bind_text(r->visits, 3, GA_DATE_ISO(ga_date_add_days(trip->planned_on, GA_TRIP_TYPED_DAYS)));
    ga_stmt_bind_text(r->visits, 4, is_ahead ? GA_DATE_ISO(trip->written_on) : "");
    ga_stmt_bind_int(r->visits, 5, no);
    ga_stmt_bind_text(r->visits, 6, GA_DATE_ISO(trip->planned_on));
    enum ga_rc rc = ga_stmt_step(r->visits, &has_row, err);
    if (rc == GA_OK && has_row) {
        row->is_typed = ga_uuid_parse(column_text(r, r->visits, 0), &row->visit);
        row->visited_on = column_day(r, r->visits, 1);
        row->outcome = column_text(r, r->visits, 2);
    }
    ga_stmt_reset(r->visits);
    return rc;
}

static enum ga_rc read_rows(struct reading *r, int64_t no, struct ga_trip *trip, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    trip->rows = ga_arena_array(r->arena, GA_TRIP_NUMBERS_MAX, sizeof(*trip->rows));
    ga_stmt_bind_int(r->rows, 1, no);
    ga_stmt_bind_int(r->rows, 2, GA_TRIP_NUMBERS_MAX);
    while ((rc = ga_stmt_step(r->rows, &has_row, err)) == GA_OK && has_row) {
        struct ga_trip_row *row = &trip->rows[trip->rows_count];
        row->number = (int)ga_stmt_column_int(r->rows, 0);
        row->child_no = ga_stmt_column_int(r->rows, 2);
        row->outcome = "";
        trip->rows_count += ga_uuid_parse(column_text(r, r->rows, 1), &row->child);
    }
    ga_stmt_reset(r->rows);
    for (size_t i = 0; rc == GA_OK && i < trip->rows_count; i++) {
        rc = read_visit(r, no, trip, &trip->rows[i], err);
        trip->typed += trip->rows[i].is_typed;
    }
    return rc;
}

static enum ga_rc read_all(struct reading *r, struct ga_trip *trips, size_t max, size_t *ret_count, struct ga_error *err)
{
    enum { ID, NO, PLANNED_ON, DOER, VILLAGES, ENTERED_ON };
    bool has_row = false;
    size_t count = 0;
    enum ga_rc rc = GA_OK;
    while (count < max && rc == GA_OK && (rc = ga_stmt_step(r->trips, &has_row, err)) == GA_OK && has_row) {
        struct ga_trip *trip = &trips[count];
        trip->planned_on = column_day(r, r->trips, PLANNED_ON);
        if (!ga_uuid_parse(column_text(r, r->trips, ID), &trip->id) || trip->planned_on.year == 0)
            continue;
        trip->written_on = column_day(r, r->trips, ENTERED_ON);
        trip->doer = column_text(r, r->trips, DOER);
        trip->villages = column_text(r, r->trips, VILLAGES);
        rc = read_rows(r, ga_stmt_column_int(r->trips, NO), trip, err);
        count++;
    }
    ga_stmt_reset(r->trips);
    if (rc == GA_OK)
        *ret_count = count;
    return rc;
}

enum ga_rc ga_trips_read(struct ga_session *session, struct ga_days span, struct ga_arena *arena, struct ga_trip **ret_trips,
                         size_t *ret_count, struct ga_error *err)
{
    struct reading r = {.session = session, .arena = arena};
    struct ga_trip *trips = ga_arena_array(arena, GA_TRIPS_MAX, sizeof(*trips));
    if (span.from.year == 0)
        span = (struct ga_days){ga_date_add_days(session->today, -GA_TRIP_LOOK_BACK_DAYS), {GA_DATE_YEAR_MAX, 12, 31}};
    enum ga_rc rc = begin(&r, TRIPS "planned_on BETWEEN ?1 AND ?2" LATEST_FIRST, err);
    if (rc == GA_OK) {
        ga_stmt_bind_text(r.trips, 1, GA_DATE_ISO(span.from));
        ga_stmt_bind_text(r.trips, 2, GA_DATE_ISO(span.to));
        ga_stmt_bind_int(r.trips, 3, GA_TRIPS_MAX);
        rc = read_all(&r, trips, GA_TRIPS_MAX, ret_count, err);
    }
    finish(&r);
    if (rc == GA_OK)
        *ret_trips = trips;
    return rc;
}

enum ga_rc ga_trip_read(struct ga_session *session, const struct ga_uuid *id, struct ga_arena *arena, struct ga_trip *ret_trip,
                        struct ga_error *err)
{
    struct reading r = {.session = session, .arena = arena};
    struct ga_trip trip = {0};
    char text[GA_UUID_TEXT_SIZE];
    size_t count = 0;
    enum ga_rc rc = begin(&r, TRIPS "id = ?1", err);
    if (rc == GA_OK) {
        ga_stmt_bind_text(r.trips, 1, ga_uuid_text(id, text));
        rc = read_all(&r, &trip, 1, &count, err);
    }
    finish(&r);
    if (rc == GA_OK && count == 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "this trip is not there any more");
    if (rc == GA_OK)
        *ret_trip = trip;
    return rc;
}

bool ga_trips_are_there(struct ga_session *session)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const struct ga_date from = ga_date_add_days(session->today, -GA_TRIP_LOOK_BACK_DAYS);
    int64_t count = 0;
    if (ga_store_count(session->store, GA_TRIP_FORM, &count, NULL) != GA_OK || count == 0 ||
        ga_stmt_prepare(ga_store_db(session->store), "SELECT 1 FROM main.trip WHERE planned_on >= ?1 LIMIT 1", &stmt, NULL) != GA_OK)
        return false;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(from));
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK)
        has_row = false;
    ga_stmt_destroy(stmt);
    return has_row;
}

struct ga_date ga_trip_day(const struct ga_trip *trip)
{
    struct ga_date day = trip->planned_on;
    for (size_t i = 0; i < trip->rows_count; i++)
        if (trip->rows[i].is_typed)
            day = trip->rows[i].visited_on;
    return day;
}
