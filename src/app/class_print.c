/* Lays a class sheet out as one page to print. */
#include "guanai/app/class_print.h"

#include "guanai/app/care.h"
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
    const char *title, **feet;
    size_t feet_count;
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
        rc = ga_checklist_read(care, &class, page->sheet->month.from, page->lang, &page->arena, &list, err);
    page->feet = ga_arena_array(&page->arena, list.columns_count + 1, sizeof(*page->feet));
    for (size_t i = 0; i < list.columns_count && rc == GA_OK; i++)
        page->feet[page->feet_count++] =
            ga_arena_printf(&page->arena, "%s %d/%d", ga_label_text(&ga_care_duties(care)->items[list.columns[i]]->title, page->lang),
                            list.sums[i].done, list.sums[i].owed);
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

static enum ga_rc write_text(struct page *page, const char *path, struct ga_error *err)
{
    struct ga_str out = {0};
    ga_str_addf(&out, "%s\n", page->title);
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
    for (size_t i = 0; i < page->feet_count; i++)
        ga_str_addf(&out, "%s%s", i == 0 ? "" : i % 5 == 0 ? "\n" : "  ", page->feet[i]);
    ga_str_add(&out, page->feet_count > 0 ? "\n" : "");
    const enum ga_rc rc = ga_io_write_file(page->sheet->session->options->io, path, ga_str_text(&out), out.len, err);
    ga_str_finish(&out);
    return rc;
}

/* As a workbook. */

static enum ga_rc put_text(struct ga_paper *paper, const char *text, struct ga_error *err)
{
    return ga_paper_put(paper, *text != '\0' ? GA_PAPER_TEXT : GA_PAPER_EMPTY, text, strlen(text), err);
}

static enum ga_rc put_paper_row(struct page *page, struct ga_paper *paper, size_t i, struct ga_error *err)
{
    const struct ga_batch_row *row = ga_batch_sheet_row(page->sheet, i);
    const char *number = ga_arena_printf(&page->arena, "%lld", (long long)row->number);
    enum ga_rc rc = ga_paper_put(paper, GA_PAPER_ROW, "", 0, err);
    if (rc == GA_OK)
        rc = ga_paper_put(paper, GA_PAPER_INTEGER, number, strlen(number), err);
    if (rc == GA_OK)
        rc = put_text(paper, row->name, err);
    for (size_t p = 0; p < page->parts_count && rc == GA_OK; p++)
        rc = put_text(paper, cell_text(page, page->parts[p], i), err);
    return rc;
}

static enum ga_rc put_paper(struct page *page, struct ga_paper *paper, struct ga_error *err)
{
    enum { WIDTH_COLS = 11 };
    enum ga_rc rc = ga_paper_put_sheet(paper, page->title, err);
    if (rc == GA_OK)
        rc = ga_paper_put_column(paper, GA_PAPER_INTEGER, NUMBER_COLS, ga_tr(page->lang, "Row"), err);
    if (rc == GA_OK)
        rc = ga_paper_put_column(paper, GA_PAPER_TEXT, NAME_COLS, ga_tr(page->lang, "Name"), err);
    for (size_t p = 0; p < page->parts_count && rc == GA_OK; p++)
        rc = ga_paper_put_column(paper, GA_PAPER_TEXT, WIDTH_COLS, ga_label_text(&page->parts[p]->form->title, page->lang), err);
    for (size_t i = 0; i < ga_batch_sheet_rows(page->sheet) && rc == GA_OK; i++)
        if (!ga_batch_sheet_row(page->sheet, i)->is_out)
            rc = put_paper_row(page, paper, i, err);
    for (size_t i = 0; i < page->feet_count && rc == GA_OK; i++) {
        rc = ga_paper_put(paper, GA_PAPER_ROW, "", 0, err);
        if (rc == GA_OK)
            rc = put_text(paper, "", err);
        if (rc == GA_OK)
            rc = put_text(paper, page->feet[i], err);
    }
    return rc;
}

static enum ga_rc write_workbook(struct page *page, const char *path, struct ga_error *err)
{
    struct ga_session *session = page->sheet->session;
    struct ga_paper *paper;
    struct ga_target *target;
    enum ga_rc rc = ga_paper_start(session->helper, &paper, err);
    if (rc != GA_OK)
        return rc;
    rc = put_paper(page, paper, err);
    if (rc == GA_OK)
        rc = ga_target_open(session->options->io, path, &target, err);
    if (rc != GA_OK) {
        ga_paper_abandon(paper);
        return rc;
    }
    rc = ga_paper_finish(paper, target, err);
    if (rc == GA_OK)
        return ga_target_commit(target, err);
    ga_target_abandon(target);
    return rc;
}

enum ga_rc ga_class_sheet_print(struct ga_batch_sheet *sheet, const char *path, struct ga_error *err)
{
    struct page page = {.sheet = sheet, .lang = sheet->session->lang};
    find_parts(&page);
    page.title = ga_arena_printf(&page.arena, "%s %s %s", ga_batch_sheet_title(sheet, page.lang), sheet->parts[0]->title, month_of(&page));
    enum ga_rc rc = read_feet(&page, err);
    if (rc == GA_OK)
        rc = ga_str_ends(path, ".xlsx") ? write_workbook(&page, path, err) : write_text(&page, path, err);
    ga_arena_finish(&page.arena);
    return rc;
}
