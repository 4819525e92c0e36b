/* Reads why what ran out in a pause was not done. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/record.h"
#include "guanai/store/view.h"

#include <stdio.h>
#include <string.h>

/* What every pause_reason says of its duties; what it is of comes behind. */
#define SAID "v.duty, v.month, v.pause_from, v.pause_until, v.confirmed_on, v.no"
#define NEWER_LAST "v.said_on, v.id"
enum { DUTY, MONTH, FROM_ON, UNTIL_ON, CONFIRMED_ON, RECORD, CHILD, CLASS = CHILD, SITE, SAID_ON };

static const char OF_CHILDREN[] = "SELECT " SAID ", r._no_child FROM v_" GA_DUE_PAUSE "__children AS r JOIN v_" GA_DUE_PAUSE
                                  " AS v ON v.no = r._record WHERE v.said_on <= ?1 AND r._no_child BETWEEN ?2 AND ?3"
                                  " AND r._raw_child IN (SELECT uuid_text(f.id) FROM main._standing AS k JOIN main.record AS f"
                                  " ON f.no = k.no WHERE k.no BETWEEN ?2 AND ?3 UNION ALL SELECT uuid_text(f.id) FROM main._same"
                                  " AS s JOIN main.record AS f ON f.no = s.no WHERE s.main BETWEEN ?2 AND ?3)"
                                  " ORDER BY r._no_child, " NEWER_LAST;
static const char OF_PLACES[] = "SELECT " SAID ", v.class, v.site, v.said_on FROM v_" GA_DUE_PAUSE
                                " AS v WHERE v.said_on <= ?1 AND v.is_place ORDER BY " NEWER_LAST;

struct reading {
    struct ga_care *care;
    struct ga_due_decisions *decisions;
    struct ga_due_places *places;
};

static int32_t day_at(struct ga_stmt *stmt, int column)
{
    struct ga_date day;
    const char *text = ga_stmt_column_text(stmt, column);
    return text != NULL && ga_date_from_iso(text, &day) && ga_date_is_day(day) ? ga_date_to_days(day) : 0;
}

/* false: nothing in force says anything by it. */
static bool read_said(struct reading *r, struct ga_stmt *stmt, struct ga_due_pause *ret_pause)
{
    const char *name = ga_stmt_column_text(stmt, DUTY), *month = ga_stmt_column_text(stmt, MONTH);
    const bool is_of_all = name == NULL || name[0] == '\0';
    const int duty = is_of_all ? -1 : ga_duties_find(&r->care->duties, name);
    struct ga_date first;
    if ((!is_of_all && duty < 0) || month == NULL || !ga_date_from_iso(month, &first) || first.month == 0)
        return false;
    *ret_pause = (struct ga_due_pause){.duty = duty, .year = first.year, .month = first.month, .from = day_at(stmt, FROM_ON),
                                       .until = day_at(stmt, UNTIL_ON), .is_confirmed = day_at(stmt, CONFIRMED_ON) != 0,
                                       .record = ga_stmt_column_int(stmt, RECORD)};
    return ret_pause->from != 0;
}

static void take_child(struct reading *r, struct ga_stmt *stmt)
{
    struct ga_due_pause pause;
    if (!read_said(r, stmt, &pause))
        return;
    pause.child = ga_stmt_column_int(stmt, CHILD);
    *(struct ga_due_pause *)ga_vec_push(&r->decisions->pauses) = pause;
}

static void take_place(struct reading *r, struct ga_stmt *stmt)
{
    struct ga_due_pause pause;
    const char *class = ga_stmt_column_text(stmt, CLASS), *site = ga_stmt_column_text(stmt, SITE);
    if (!read_said(r, stmt, &pause))
        return;
    if (class == NULL || class[0] == '\0') {
        pause.place = ga_due_site_key(&r->decisions->arena, site == NULL ? "" : site);
        *(struct ga_due_pause *)ga_vec_push(&r->decisions->place_pauses) = pause;
        return;
    }
    for (size_t i = 0; (i = ga_due_places_named(r->places, i, site, class, day_at(stmt, SAID_ON))) < r->places->count; i++) {
        pause.place = ga_arena_strdup(&r->decisions->arena, r->places->items[i].key);
        *(struct ga_due_pause *)ga_vec_push(&r->decisions->place_pauses) = pause;
    }
}

static enum ga_rc ask(struct reading *r, const char *sql, const struct ga_due_span *span,
                      void (*take)(struct reading *r, struct ga_stmt *stmt), struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(r->care->options.store), sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(ga_date_from_days(r->care->windows.today)));
    if (span != NULL) {
        ga_stmt_bind_int(stmt, 2, span->from);
        ga_stmt_bind_int(stmt, 3, span->to);
    }
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(r, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Most schools never had one: then nothing is asked at all. */
static enum ga_rc prepare(struct ga_care *care, bool *ret_has, struct ga_error *err)
{
    static const char *const fields[] = {"pause_from", "pause_until", "month", "duty", "site", "class", "is_place", "said_on",
                                         "confirmed_on"};
    struct ga_store *store = care->options.store;
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), GA_DUE_PAUSE, NULL);
    const struct ga_field *children = form == NULL ? NULL : ga_form_field(form, "children");
    int64_t count = 0;
    enum ga_rc rc = children == NULL ? GA_OK : ga_store_count(store, GA_DUE_PAUSE, &count, err);
    *ret_has = count > 0;
    for (size_t i = 0; *ret_has && i < GA_COUNT(fields); i++)
        *ret_has = ga_form_field(form, fields[i]) != NULL;
    if (rc == GA_OK && *ret_has)
        rc = ga_store_view(store, form, NULL, err);
    return rc == GA_OK && *ret_has ? ga_store_repeat_view(store, form, children, NULL, err) : rc;
}

enum ga_rc ga_due_pauses_read(struct ga_care *care, const struct ga_due_span *span, struct ga_due_decisions *decisions,
                              struct ga_error *err)
{
    struct reading r = {.care = care, .decisions = decisions};
    bool has = false;
    ga_vec_clear(&decisions->pauses);
    const enum ga_rc rc = prepare(care, &has, err);
    return rc == GA_OK && has ? ask(&r, OF_CHILDREN, span, take_child, err) : rc;
}

enum ga_rc ga_due_place_pauses_read(struct ga_care *care, struct ga_due_places *places, struct ga_due_decisions *decisions,
                                    struct ga_error *err)
{
    struct reading r = {.care = care, .decisions = decisions, .places = places};
    bool has = false;
    ga_vec_clear(&decisions->place_pauses);
    const enum ga_rc rc = prepare(care, &has, err);
    return rc == GA_OK && has ? ask(&r, OF_PLACES, NULL, take_place, err) : rc;
}

/* Those of a child, who come one behind the other. */
void ga_due_pauses_of(const struct ga_vec *pauses, int64_t child, const struct ga_due_pause **ret_first, size_t *ret_count)
{
    size_t low = 0, high = pauses->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct ga_due_pause, pauses, middle)->child < child)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_count = 0;
    *ret_first = low < pauses->len ? ga_vec_at(pauses, low) : NULL;
    while (low + *ret_count < pauses->len && (*ret_first)[*ret_count].child == child)
        (*ret_count)++;
}
