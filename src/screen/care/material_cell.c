/* What stands behind one cell of the papers for an inspection. */
#include "care/material_cell.h"

#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/checklist.h"
#include "guanai/screen/due.h"
#include "guanai/screen/record.h"
#include "guanai/screen/records.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { OPEN = 1 };

struct cell {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_material_book book; /* its own: the page below reads its anew whenever the language changes */
    char term[16];
    size_t line, column;
    struct ga_material_gap *gaps;
    size_t gaps_count;
    struct ga_uuid *ids;
    size_t ids_count;
};

struct asked {
    const char *term;
    size_t line, column;
};

static struct cell *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct cell, screen);
}

static void put_gap(struct ga_screen *screen, const struct ga_material_gap *gap, struct ga_tui_cells *cells, size_t row, struct ga_arena *arena)
{
    const bool is_form = state_of(screen)->book.lines[state_of(screen)->line].row->of != NULL;
    ga_tui_cells_put(cells, row, 0, ga_screen_tr(screen, "Missing"));
    ga_tui_cells_put(cells, row, 1, gap->shown);
    ga_tui_cells_put(cells, row, 2, is_form && gap->owed == 1 ? ga_screen_tr(screen, GA_N_("nothing was written down"))
                                    : is_form ? ga_words_say(arena, ga_screen_lang(screen), GA_N_("in %1 of %2 months"), GA_NUM(gap->there), GA_NUM(gap->owed))
                                            : ga_words_say(arena, ga_screen_lang(screen), GA_N_("%1 of %2 there, %3 missing"), GA_NUM(gap->there),
                                                           GA_NUM(gap->owed), GA_NUM(gap->owed - gap->there)));
    ga_tui_cells_style(cells, row, GA_STYLE_WARNING);
}

static void put_record(struct ga_screen *screen, const struct ga_uuid *id, struct ga_tui_cells *cells, size_t row, struct ga_arena *arena)
{
    struct ga_session *session = ga_screen_session(screen);
    struct ga_record_face face;
    struct ga_str text = {0};
    char day[GA_DATE_SIZE] = "";
    static const struct ga_uuid none;
    if (ga_record_face_read(session, id, arena, &face, NULL) != GA_OK)
        return;
    if (face.day.year != 0)
        ga_date_text_short(face.day, ga_screen_lang(screen), day);
    ga_tui_cells_put(cells, row, 0, day);
    if (memcmp(&face.child, &none, sizeof(none)) != 0)
        ga_screen_add_record(session, "child", &face.child, ga_screen_lang(screen), &text);
    ga_tui_cells_put(cells, row, 1, text.len > 0 ? ga_str_text(&text) : face.doer);
    ga_str_clear(&text);
    ga_screen_add_record(session, face.form->name, id, ga_screen_lang(screen), &text);
    ga_tui_cells_put(cells, row, 2, ga_str_text(&text));
    ga_str_finish(&text);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    const struct cell *c = state_of(screen);
    struct ga_arena arena = {0};
    for (size_t i = 0; i < count && first + i < c->gaps_count + c->ids_count; i++)
        if (first + i < c->gaps_count)
            put_gap(screen, &c->gaps[first + i], cells, i, &arena);
        else
            put_record(screen, &c->ids[first + i - c->gaps_count], cells, i, &arena);
    ga_arena_finish(&arena);
}

/* All of it in the language there is now; the cell keeps its place unless a duty was switched off meanwhile. */
static enum ga_rc read_cell(struct ga_screen *screen, struct ga_error *err)
{
    struct cell *c = state_of(screen);
    struct ga_material_book book;
    enum ga_rc rc = ga_material_book_read(ga_screen_session(screen), c->term, ga_screen_lang(screen), NULL, &book, err);
    if (rc != GA_OK)
        return rc;
    ga_material_book_finish(&c->book);
    c->book = book;
    c->gaps_count = c->ids_count = 0;
    if (c->line >= book.lines_count || c->column > book.months_count)
        return ga_error_set(err, GA_NOT_FOUND, "%1 is not listed any more", c->term);
    rc = ga_material_gaps(&c->book, c->line, c->column, &c->book.arena, &c->gaps, &c->gaps_count, err);
    return rc == GA_OK ? ga_material_records(&c->book, c->line, c->column, &c->book.arena, &c->ids, &c->ids_count, err) : rc;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    const struct asked *asked = arg;
    struct cell *c = state_of(screen);
    ga_str_copy(c->term, sizeof(c->term), asked->term);
    c->line = asked->line;
    c->column = asked->column;
    ga_tui_list_init(&c->list, fetch, screen);
    return read_cell(screen, err);
}

static void leave(struct ga_screen *screen)
{
    ga_tui_list_finish(&state_of(screen)->list);
    ga_material_book_finish(&state_of(screen)->book);
}

static void show_title(struct ga_screen *screen)
{
    struct cell *c = state_of(screen);
    if (c->line < c->book.lines_count)
        ga_screen_set_title(screen, ga_arena_printf(&c->book.arena, "%s · %s", c->book.lines[c->line].title,
                                                    ga_material_column_text(&c->book, c->column)));
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        {.title = GA_N_("Day"), .cols = 10, .min_cols = 8},
        {.title = GA_N_("Class or child"), .cols = 22, .min_cols = 11},
        {.title = GA_N_("What stands there"), .cols = 40, .min_cols = 10, .grows = true},
    };
    struct cell *c = state_of(screen);
    struct ga_error err = {0};
    if (c->book.lang != ga_screen_lang(screen) && read_cell(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_words_list_layout(screen, &c->list, columns, GA_COUNT(columns), GA_N_("Nothing is there, nothing is owed."), area);
    ga_tui_list_reload(&c->list, c->gaps_count + c->ids_count);
    show_title(screen);
    ga_words_show_place(screen, &c->list);
}

/* A class's gap leads to its checklist of the month, the school's to the records, where the first one is written. */
static void open_gap(struct ga_screen *screen, const struct ga_material_gap *gap)
{
    const struct cell *c = state_of(screen);
    const struct ga_material_line *line = &c->book.lines[c->line];
    const struct ga_duty *duty = line->duty >= 0 ? ga_care_duties(c->book.care)->items[line->duty] : NULL;
    const struct ga_form *form = line->row->of != NULL ? line->row->of : duty != NULL && duty->done_by.count > 0 ? duty->done_by.items[0].of : NULL;
    if (gap->class_of != NULL)
        ga_screen_checklist_open(screen, gap->class_of, c->book.columns[c->column].days.to, OPEN);
    else if (form != NULL && form->of.text == NULL)
        ga_screen_records_open(screen, form->name, OPEN);
    else
        ga_screen_push(screen, &ga_screen_due, NULL, OPEN);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    const struct cell *c = state_of(screen);
    const size_t at = c->list.selected;
    (void)id;
    if (at < c->gaps_count)
        open_gap(screen, &c->gaps[at]);
    else if (at - c->gaps_count < c->ids_count)
        ga_screen_record_open(screen, &c->ids[at - c->gaps_count], 0, NULL, OPEN);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->list.count > 0;
}

/* The page below counts anew when this one closes; the records are read again at once. */
static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct cell *c = state_of(screen);
    struct ga_error err = {0};
    (void)result;
    if (read_cell(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&c->list, c->gaps_count + c->ids_count);
    show_title(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the checklist of a class something is missing from, or this record"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops cell_ops = {
    .name = "material_cell",
    .title = GA_N_("Papers for an inspection"),
    .help = GA_N_("First what is missing and from which class; Enter opens that class's checklist of the month. Below it the "
                  "records that are there; Enter opens one. Esc goes back to the same cell."),
    .state_bytes = sizeof(struct cell),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = ga_bare_list_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
};

void ga_material_cell_open(struct ga_screen *screen, const struct ga_material_book *book, size_t line, size_t column, int tag)
{
    const struct asked asked = {book->term, line, column};
    ga_screen_push(screen, &cell_ops, &asked, tag);
}
