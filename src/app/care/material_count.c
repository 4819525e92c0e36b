/* Counts a term's papers. */
#include "care/material_inner.h"

#include "guanai/app/sign.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_class(const struct ga_due_tally *tally, const struct ga_roster_class *class)
{
    return strcmp(tally->site, class->site) == 0 && strcmp(tally->grade, class->grade) == 0 && strcmp(tally->class_no, class->class_no) == 0;
}

static const struct ga_roster_class *class_of(const struct ga_material_book *book, const struct ga_due_tally *tally)
{
    for (size_t i = 0; i < book->classes_count; i++)
        if (is_of_class(tally, &book->classes[i]))
            return &book->classes[i];
    return NULL;
}

static bool is_ahead(const struct ga_material_book *book, size_t column)
{
    return ga_date_compare(book->columns[column].days.from, book->session->today) > 0;
}

static enum ga_rc read_signed(struct ga_material_book *book, struct ga_material_column *column, struct ga_error *err)
{
    struct ga_signature *signatures = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_signatures_read(book->session, column->days.from, &book->arena, &signatures, &count, err);
    column->is_signed = ga_arena_array(&book->arena, book->classes_count + 1, sizeof(bool));
    for (size_t i = 0; rc == GA_OK && i < book->classes_count; i++)
        column->is_signed[i] = ga_signature_of(book->care, signatures, count, &book->classes[i]) != NULL;
    return rc;
}

enum ga_rc ga_material_tally(struct ga_material_book *book, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i <= book->months_count; i++) {
        struct ga_material_column *column = &book->columns[i];
        const struct ga_due_ask ask = {.span = column->days};
        if (is_ahead(book, i))
            continue;
        rc = ga_due_tallies(book->care, &ask, &book->arena, &column->tallies, &column->tallies_count, err);
        if (rc == GA_OK && i < book->months_count)
            rc = read_signed(book, column, err);
    }
    return rc;
}

/* The class, when given, owed something in that month. */
static bool owes(const struct ga_material_column *column, const struct ga_roster_class *class)
{
    for (size_t i = 0; i < column->tallies_count; i++)
        if (column->tallies[i].owed > 0 && is_of_class(&column->tallies[i], class))
            return true;
    return false;
}

static void count_duty(const struct ga_material_book *book, struct ga_material_line *line, size_t column)
{
    const struct ga_material_column *of = &book->columns[column];
    struct ga_material_cell *cell = &line->cells[column];
    for (size_t i = 0; i < of->tallies_count; i++)
        if (of->tallies[i].duty == (size_t)line->duty) {
            cell->there += of->tallies[i].done;
            cell->owed += of->tallies[i].owed;
        }
    cell->is_missing = cell->there < cell->owed;
}

static void count_signed(const struct ga_material_book *book, struct ga_material_line *line, size_t column)
{
    const struct ga_material_column *of = &book->columns[column];
    struct ga_material_cell *cell = &line->cells[column], *term = &line->cells[book->months_count];
    if (of->is_signed == NULL)
        return;
    for (size_t i = 0; i < book->classes_count; i++)
        if (owes(of, &book->classes[i])) {
            cell->owed++;
            cell->there += of->is_signed[i];
        }
    cell->is_missing = cell->there < cell->owed;
    term->there += cell->there;
    term->owed += cell->owed;
    term->is_missing |= cell->is_missing;
}

/* Months by their texts: a date of a record may be a month. */
static enum ga_rc prepare(struct ga_material_book *book, const struct ga_material_line *line, const char *what, const char *behind,
                          const struct ga_days *days, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    struct ga_arena arena = {0};
    char view[140];
    enum ga_rc rc = ga_store_view(book->session->store, line->row->of, view, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(book->session->store),
                             ga_arena_printf(&arena, "SELECT %s, substr(v.\"%s\", 1, 7) AS _m FROM %s AS v WHERE _m BETWEEN ?1 AND ?2 %s",
                                             what, line->row->day.text, view, behind), ret_stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_text(*ret_stmt, 1, GA_DATE_ISO(((struct ga_date){.year = days->from.year, .month = days->from.month})));
        ga_stmt_bind_text(*ret_stmt, 2, GA_DATE_ISO(((struct ga_date){.year = days->to.year, .month = days->to.month})));
    }
    ga_arena_finish(&arena);
    return rc;
}

/* Of the month's lessons in the term; of few there is nothing to show. */
static bool is_short(const struct ga_material_book *book, size_t column)
{
    struct ga_days days = book->columns[column].days;
    if (ga_date_compare(days.from, book->days.from) < 0)
        days.from = book->days.from;
    if (ga_date_compare(days.to, book->days.to) > 0)
        days.to = book->days.to;
    return ga_calendar_school_days(ga_care_calendar(book->care), days) < GA_MONTH_SCHOOL_DAYS;
}

static bool is_looked_at(const struct ga_material_book *book, size_t column)
{
    return !is_ahead(book, column) && !is_short(book, column);
}

/* In how many months the class had any, of how many it should have had; of what is due once a term in how many terms. */
struct papers {
    int64_t there, owed;
};

static struct papers papers_of(const struct ga_material_book *book, const struct ga_material_line *line, size_t column, size_t class)
{
    const bool is_term = column == book->months_count, is_once = line->row->every == GA_EVERY_TERM;
    struct papers papers = {0};
    for (size_t k = is_term ? 0 : column; k < book->months_count && (is_term || k == column); k++) {
        if (is_ahead(book, k) || (!is_once && is_short(book, k)) || !owes(&book->columns[k], &book->classes[class]))
            continue;
        papers.owed++;
        papers.there += line->has_class[k][class];
    }
    if (is_once)
        papers = (struct papers){papers.there > 0, papers.owed > 0};
    return papers;
}

size_t ga_material_classes_without(const struct ga_material_book *book, const struct ga_material_line *line, size_t column)
{
    size_t count = 0;
    for (size_t i = 0; line->has_class[0] != NULL && i < book->classes_count; i++) {
        const struct papers papers = papers_of(book, line, column, i);
        count += papers.there < papers.owed;
    }
    return count;
}

static enum ga_rc count_records(struct ga_material_book *book, struct ga_material_line *line, struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    struct ga_material_cell *term = &line->cells[book->months_count];
    bool has_row = false;
    struct ga_date month;
    enum ga_rc rc = prepare(book, line, "count(*)", "GROUP BY _m", &book->days, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (size_t i = 0; i < book->months_count && ga_date_from_iso(ga_stmt_column_text(stmt, 1), &month); i++)
            if (month.year == book->columns[i].days.from.year && month.month == book->columns[i].days.from.month) {
                line->cells[i].there = ga_stmt_column_int(stmt, 0);
                term->there += line->cells[i].there;
            }
    ga_stmt_destroy(stmt);
    if (rc == GA_OK && line->row->per == GA_PER_EACH_CLASS && line->row->every != GA_EVERY_NEVER)
        rc = ga_material_by_class(book, line, err);
    for (size_t i = 0; i < book->months_count; i++) {
        struct ga_material_cell *cell = &line->cells[i];
        cell->is_missing = line->row->every == GA_EVERY_MONTH && is_looked_at(book, i) && (cell->there == 0 || ga_material_classes_without(book, line, i) > 0);
        term->is_missing |= cell->is_missing;
    }
    term->is_missing |= line->row->every == GA_EVERY_TERM && (term->there == 0 || ga_material_classes_without(book, line, book->months_count) > 0);
    return rc;
}

static enum ga_rc count_line(struct ga_material_book *book, struct ga_material_line *line, struct ga_error *err)
{
    const bool is_form = line->row->of != NULL;
    for (size_t i = 0; i <= book->months_count; i++)
        line->cells[i] = (struct ga_material_cell){.owed = is_form ? -1 : 0, .is_ahead = is_ahead(book, i)};
    if (is_form)
        return count_records(book, line, err);
    for (size_t i = 0; i <= book->months_count; i++) {
        if (line->duty >= 0)
            count_duty(book, line, i);
        else if (i < book->months_count)
            count_signed(book, line, i);
    }
    return GA_OK;
}

enum ga_rc ga_material_count(struct ga_material_book *book, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < book->lines_count; i++)
        rc = count_line(book, &book->lines[i], err);
    return rc;
}

/* A class has a row a window: they are one gap. */
static void add_gap(struct ga_vec *gaps, const struct ga_material_gap *gap)
{
    for (size_t i = 0; i < gaps->len; i++) {
        struct ga_material_gap *same = ga_vec_at(gaps, i);
        if (same->class_of == gap->class_of && strcmp(same->shown, gap->shown) == 0) {
            same->there += gap->there;
            same->owed += gap->owed;
            return;
        }
    }
    *(struct ga_material_gap *)ga_vec_push(gaps) = *gap;
}

static void find_duty_gaps(struct ga_material_book *book, const struct ga_material_line *line, size_t column, struct ga_vec *gaps)
{
    const struct ga_material_column *of = &book->columns[column];
    for (size_t i = 0; i < of->tallies_count; i++) {
        const struct ga_due_tally *tally = &of->tallies[i];
        const struct ga_roster_class *class = class_of(book, tally);
        const char *shown = class != NULL ? class->shown : tally->site[0] != '\0' ? tally->site : ga_tr(book->lang, GA_N_("The school"));
        if (tally->duty == (size_t)line->duty && tally->done < tally->owed)
            add_gap(gaps, &(struct ga_material_gap){class, shown, tally->done, tally->owed});
    }
}

static void find_unsigned(struct ga_material_book *book, size_t column, struct ga_vec *gaps)
{
    for (size_t k = column == book->months_count ? 0 : column; k < book->months_count && (k == column || column == book->months_count); k++)
        for (size_t i = 0; book->columns[k].is_signed != NULL && i < book->classes_count; i++)
            if (!book->columns[k].is_signed[i] && owes(&book->columns[k], &book->classes[i]))
                add_gap(gaps, &(struct ga_material_gap){&book->classes[i], book->classes[i].shown, 0, 1});
}

static void find_without_papers(struct ga_material_book *book, const struct ga_material_line *line, size_t column, struct ga_vec *gaps)
{
    for (size_t i = 0; line->has_class[0] != NULL && i < book->classes_count; i++) {
        const struct papers papers = papers_of(book, line, column, i);
        if (papers.there < papers.owed)
            add_gap(gaps, &(struct ga_material_gap){&book->classes[i], book->classes[i].shown, papers.there, papers.owed});
    }
    if (gaps->len == 0)
        add_gap(gaps, &(struct ga_material_gap){NULL, ga_tr(book->lang, "The school"), 0, 1});
}

enum ga_rc ga_material_gaps(struct ga_material_book *book, size_t line, size_t column, struct ga_arena *arena,
                            struct ga_material_gap **ret_gaps, size_t *ret_count, struct ga_error *err)
{
    const struct ga_material_line *of = &book->lines[line];
    struct ga_vec gaps;
    (void)err;
    ga_vec_init(&gaps, sizeof(struct ga_material_gap));
    if (of->duty >= 0)
        find_duty_gaps(book, of, column, &gaps);
    else if (of->row->is_signatures)
        find_unsigned(book, column, &gaps);
    else if (of->cells[column].is_missing)
        find_without_papers(book, of, column, &gaps);
    *ret_count = gaps.len;
    *ret_gaps = ga_arena_array(arena, gaps.len + 1, sizeof(**ret_gaps));
    if (gaps.len > 0)
        memcpy(*ret_gaps, gaps.items, gaps.len * sizeof(**ret_gaps));
    ga_vec_finish(&gaps);
    return GA_OK;
}

bool ga_material_is_listed(const struct ga_material_book *book, size_t line, size_t column)
{
    const struct ga_material_line *of = &book->lines[line];
    const enum ga_period period = of->duty >= 0 ? ga_care_duties(book->care)->items[of->duty]->cadence.period : GA_PERIOD_MONTH;
    const bool is_by_term = of->row->every == GA_EVERY_TERM || period == GA_PERIOD_TERM || period == GA_PERIOD_YEAR;
    return of->cells[column].is_missing && is_by_term == (column == book->months_count);
}

static int by_number(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* One record may close several duties: it stands there once. In the order they were saved. */
static void leave_one_each(struct ga_vec *numbers)
{
    int64_t *items = numbers->items;
    size_t kept = 0;
    if (numbers->len < 2)
        return;
    qsort(items, numbers->len, sizeof(*items), by_number);
    for (size_t i = 0; i < numbers->len; i++)
        if (i == 0 || items[i] != items[i - 1])
            items[kept++] = items[i];
    numbers->len = kept;
}

static enum ga_rc find_done(struct ga_material_book *book, int duty, const struct ga_days *days, struct ga_vec *numbers,
                            struct ga_error *err)
{
    const struct ga_due_ask ask = {.duty = ga_care_duties(book->care)->items[duty]->name, .span = *days,
                                   .states = 1u << GA_DUE_DONE | 1u << GA_DUE_DONE_LATE};
    struct ga_arena arena = {0};
    struct ga_due *dues = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(book->care, &ask, &arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (dues[i].record != 0)
            *(int64_t *)ga_vec_push(numbers) = dues[i].record;
    leave_one_each(numbers);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc find_dated(struct ga_material_book *book, const struct ga_material_line *line, const struct ga_days *days,
                             struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = prepare(book, line, "v.no", ga_arena_printf(&arena, "ORDER BY v.\"%s\", v.no", line->row->day.text), days, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc find_signatures(struct ga_material_book *book, size_t column, struct ga_arena *arena, struct ga_vec *ids,
                                  struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t k = 0; rc == GA_OK && k < book->months_count; k++) {
        struct ga_signature *signatures = NULL;
        size_t count = 0;
        if ((column != book->months_count && column != k) || is_ahead(book, k))
            continue;
        rc = ga_signatures_read(book->session, book->columns[k].days.from, arena, &signatures, &count, err);
        for (size_t i = 0; rc == GA_OK && i < count; i++)
            *(struct ga_uuid *)ga_vec_push(ids) = signatures[i].id;
    }
    return rc;
}

static enum ga_rc add_ids(struct ga_material_book *book, const struct ga_vec *numbers, struct ga_vec *ids, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < numbers->len; i++)
        rc = ga_store_id_of(book->session->store, *GA_VEC_AT(const int64_t, numbers, i), ga_vec_push(ids), err);
    return rc;
}

enum ga_rc ga_material_records(struct ga_material_book *book, size_t line, size_t column, struct ga_arena *arena,
                               struct ga_uuid **ret_ids, size_t *ret_count, struct ga_error *err)
{
    const struct ga_material_line *of = &book->lines[line];
    const struct ga_days *days = column == book->months_count && of->row->of != NULL ? &book->days : &book->columns[column].days;
    struct ga_vec numbers, ids;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&numbers, sizeof(int64_t));
    ga_vec_init(&ids, sizeof(struct ga_uuid));
    if (of->cells[column].is_ahead)
        rc = GA_OK;
    else if (of->duty >= 0)
        rc = find_done(book, of->duty, days, &numbers, err);
    else if (of->row->is_signatures)
        rc = find_signatures(book, column, arena, &ids, err);
    else
        rc = find_dated(book, of, days, &numbers, err);
    if (rc == GA_OK)
        rc = add_ids(book, &numbers, &ids, err);
    if (rc == GA_OK) {
        *ret_count = ids.len;
        *ret_ids = ga_arena_array(arena, ids.len + 1, sizeof(**ret_ids));
        if (ids.len > 0)
            memcpy(*ret_ids, ids.items, ids.len * sizeof(**ret_ids));
    }
    ga_vec_finish(&numbers);
    ga_vec_finish(&ids);
    return rc;
}
