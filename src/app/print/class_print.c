/* Lays a class sheet out as one page to print. */
#include "guanai/app/class_print.h"

#include "guanai/app/care.h"
#include "guanai/app/print.h"
#include "guanai/base/num.h"
#include "guanai/care/checklist.h"
#include "guanai/exchange/paper.h"
#include "guanai/text/width.h"

#include <stdio.h>
#include <string.h>

enum { COLS = 78, NUMBER_COLS = 4, NAME_COLS = 10, MONTH_AT = 5 };

struct page {
    struct ga_batch_sheet *sheet;
    enum ga_lang lang;
    struct ga_arena arena;
    const struct ga_batch *parts[GA_CLASS_SHEET_PARTS_MAX]; /* those with a column in sight */
    size_t parts_count;
    const char *title;
    struct feet {
        const char *name, **texts;
        size_t count;
    } sums, own; /* of the children's duties "Talk 11/24"; what the class itself owes "Parents' meeting 09-04" */
};

static void find_parts(struct page *page)
{
    for (size_t i = 0; i < page->sheet->parts_count; i++)
        if (page->sheet->parts[i]->columns_count > 0)
            page->parts[page->parts_count++] = page->sheet->parts[i];
}

static const char *month_of(const struct page *page)
{
    const struct ga_date from = page->sheet->month.from;
    return ga_arena_strdup((struct ga_arena *)&page->arena, GA_DATE_ISO(((struct ga_date){.year = from.year, .month = from.month})));
}

/* "11-09", of several "3× 11-09"; "" nothing yet. */
static const char *cell_text(struct page *page, const struct ga_batch *part, size_t row)
{
    const struct ga_batch_told *told = ga_batch_row(part, row)->told;
    if (told == NULL)
        return "";
    const char *day = strlen(told->day) > MONTH_AT ? told->day + MONTH_AT : told->day;
    return told->count == 1 ? day : ga_arena_printf(&page->arena, "%zu× %s", told->count, day);
}

/* The class all rows are of; shown NULL: they are of several. */
static void find_class(struct page *page, struct ga_roster_class *ret_class)
{
    struct ga_store *store = page->sheet->session->store;
    struct ga_roster_row row;
    *ret_class = (struct ga_roster_class){0};
    for (size_t i = 1; i < ga_batch_sheet_rows(page->sheet); i++)
        if (strcmp(ga_batch_sheet_row(page->sheet, i)->class_shown, ga_batch_sheet_row(page->sheet, 0)->class_shown) != 0)
            return;
    if (ga_batch_sheet_rows(page->sheet) > 0 &&
        ga_roster_row(store, &ga_batch_sheet_row(page->sheet, 0)->child, page->lang, &page->arena, &row, NULL) == GA_OK)
        *ret_class = (struct ga_roster_class){.site = row.site, .grade = row.grade, .class_no = row.class_no, .shown = row.class_shown};
}

/* A duty is of each child or of the class: one row of the class stands before the children's. */
static void add_foot(struct page *page, const struct ga_checklist *list, size_t column, const char *title)
{
    const struct ga_checklist_row *first = list->rows;
    const struct ga_checklist_cell *sum = &list->sums[column];
    char buf[GA_CHECKLIST_CELL_SIZE];
    if (list->rows_count > 0 && first->child.no == 0 && first->cells[column].due != NULL)
        page->own.texts[page->own.count++] =
            ga_arena_printf(&page->arena, "%s %s", title, ga_checklist_cell_text(&first->cells[column], page->lang, buf));
    else
        page->sums.texts[page->sums.count++] = ga_arena_printf(&page->arena, "%s %d/%d", title, sum->done, sum->owed);
}

static enum ga_rc read_feet(struct page *page, struct ga_error *err)
{
    struct ga_care *care;
    struct ga_checklist list = {0};
    struct ga_roster_class class;
    find_class(page, &class);
    if (class.shown == NULL)
        return GA_OK;
    enum ga_rc rc = ga_session_care(page->sheet->session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_checklist_read_whole(care, &class, page->sheet->month.from, page->lang, &page->arena, &list, err);
    page->sums.texts = ga_arena_array(&page->arena, list.columns_count + 1, sizeof(*page->sums.texts));
    page->own.texts = ga_arena_array(&page->arena, list.columns_count + 1, sizeof(*page->own.texts));
    for (size_t i = 0; i < list.columns_count && rc == GA_OK; i++)
        add_foot(page, &list, i, ga_label_text(&ga_care_duties(care)->items[list.columns[i]]->title, page->lang));
    return rc;
}

/* As text. */

static void put_cell(struct ga_str *out, const char *text, size_t cols)
{
    ga_width_add_padded(out, text, strlen(text), cols - 1, GA_LEFT, "~");
    ga_str_add_char(out, ' ');
}

static void put_rule(struct ga_str *out)
{
    for (int i = 0; i < COLS; i++)
        ga_str_add_char(out, '-');
    ga_str_add_char(out, '\n');
}

static size_t part_cols(const struct page *page)
{
    return page->parts_count > 0 ? (COLS - NUMBER_COLS - NAME_COLS) / page->parts_count : COLS;
}

static void put_row(struct page *page, struct ga_str *out, size_t i)
{
    const struct ga_batch_row *row = ga_batch_sheet_row(page->sheet, i);
    const char *number = ga_arena_printf(&page->arena, "%3lld", (long long)row->number);
    put_cell(out, number, NUMBER_COLS);
    put_cell(out, row->name, NAME_COLS);
    for (size_t p = 0; p < page->parts_count; p++) {
        const char *text = cell_text(page, page->parts[p], i);
        if (*text == '\0')
            text = "____________________________________________________________________________";
        struct ga_str cell = {0};
        ga_width_add_clipped(&cell, text, strlen(text), part_cols(page) - 1, "_");
        put_cell(out, ga_str_text(&cell), part_cols(page));
        ga_str_finish(&cell);
    }
    ga_str_add(out, "\n");
}

static void put_feet(struct ga_str *out, const struct feet *feet)
{
    if (feet->name != NULL && feet->count > 0)
        ga_str_addf(out, "%s  ", feet->name);
    for (size_t i = 0; i < feet->count; i++)
        ga_str_addf(out, "%s%s", i == 0 ? "" : i % 5 == 0 ? "\n" : "  ", feet->texts[i]);
    ga_str_add(out, feet->count > 0 ? "\n" : "");
}

static enum ga_rc write_text(struct page *page, const char *path, struct ga_error *err)
{
    struct ga_str out = {0};
    ga_str_addf(&out, "%s   %s\n%s\n", page->sheet->session->config.school, GA_DATE_ISO(page->sheet->session->today), page->title);
    put_rule(&out);
    put_cell(&out, "", NUMBER_COLS);
    put_cell(&out, ga_tr(page->lang, "Name"), NAME_COLS);
    for (size_t p = 0; p < page->parts_count; p++)
        put_cell(&out, ga_label_text(&page->parts[p]->form->title, page->lang), part_cols(page));
    ga_str_add(&out, "\n");
    put_rule(&out);
    for (size_t i = 0; i < ga_batch_sheet_rows(page->sheet); i++)
        if (!ga_batch_sheet_row(page->sheet, i)->is_out)
            put_row(page, &out, i);
    put_rule(&out);
    put_feet(&out, &page->sums);
    put_feet(&out, &page->own);
    ga_str_addf(&out, "%s\n", ga_print_foot(page->sheet->session));
    const enum ga_rc rc = ga_io_write_file(page->sheet->session->options->io, path, ga_str_text(&out), out.len, err);
    ga_str_finish(&out);
    return rc;
}

/* As a workbook. */

/* Where columns are few they are wider: an upright page is to be full. */
static int part_width(const struct page *page)
{
    enum { PAGE_COLS = 72, LEAST_COLS = 8, MOST_COLS = 36 };
    const int cols = page->parts_count > 0 ? (PAGE_COLS - NUMBER_COLS - NAME_COLS - 2) / (int)page->parts_count - 1 : MOST_COLS;
    return cols < LEAST_COLS ? LEAST_COLS : cols < MOST_COLS ? cols : MOST_COLS;
}

static void set_columns(const struct page *page, struct ga_print_table *table)
{
    table->columns[table->columns_count++] = (struct ga_print_column){ga_tr(page->lang, "Row"), NUMBER_COLS, true};
    table->columns[table->columns_count++] = (struct ga_print_column){ga_tr(page->lang, "Name"), NAME_COLS, false};
    for (size_t p = 0; p < page->parts_count; p++)
        table->columns[table->columns_count++] =
            (struct ga_print_column){ga_label_text(&page->parts[p]->form->title, page->lang), part_width(page), false};
}

static void set_row(struct page *page, const char **cells, size_t i)
{
    const struct ga_batch_row *row = ga_batch_sheet_row(page->sheet, i);
    cells[0] = ga_arena_printf(&page->arena, "%lld", (long long)row->number);
    cells[1] = row->name;
    for (size_t p = 0; p < page->parts_count; p++)
        cells[2 + p] = cell_text(page, page->parts[p], i);
}

/* Every duty's figure, several on a line under the parts. */
static size_t set_feet(const struct feet *feet, const char **cells, size_t columns)
{
    const size_t places = columns > 2 ? columns - 2 : 1, first = columns > 2 ? 2 : 1;
    for (size_t i = 0; i < feet->count; i++) {
        const char **row = cells + i / places * columns;
        row[first + i % places] = feet->texts[i];
        if (i == 0 && first > 1)
            row[1] = feet->name;
    }
    return (feet->count + places - 1) / places;
}

static enum ga_rc write_workbook(struct page *page, const char *path, struct ga_error *err)
{
    struct ga_session *session = page->sheet->session;
    struct ga_print_table table = {.title = page->title, .day = ga_arena_strdup(&page->arena, GA_DATE_ISO(session->today)),
                                   .row_mm = GA_PAPER_WRITE_MM};
    const size_t rows = ga_batch_sheet_rows(page->sheet);
    set_columns(page, &table);
    const char **cells = ga_arena_array(&page->arena, (rows + page->sums.count + page->own.count + 1) * table.columns_count, sizeof(*cells));
    for (size_t i = 0; i < rows; i++)
        if (!ga_batch_sheet_row(page->sheet, i)->is_out)
            set_row(page, cells + table.columns_count * table.rows_count++, i);
    page->sums.name = ga_tr(page->lang, "Done of owed");
    table.rows_count += set_feet(&page->sums, cells + table.columns_count * table.rows_count, table.columns_count);
    table.rows_count += set_feet(&page->own, cells + table.columns_count * table.rows_count, table.columns_count);
    table.cells = cells;
    return ga_print_write(session, &table, 1, path, err);
}

enum ga_rc ga_class_sheet_print(struct ga_batch_sheet *sheet, const char *path, struct ga_error *err)
{
    struct page page = {.sheet = sheet, .lang = sheet->session->lang};
    page.own.name = ga_tr(page.lang, "The class");
    find_parts(&page);
    page.title = ga_arena_printf(&page.arena, "%s %s %s", ga_batch_sheet_title(sheet, page.lang), sheet->parts[0]->title, month_of(&page));
    enum ga_rc rc = read_feet(&page, err);
    if (rc == GA_OK)
        rc = ga_str_ends(path, ".xlsx") ? write_workbook(&page, path, err) : write_text(&page, path, err);
    ga_arena_finish(&page.arena);
    return rc;
}
