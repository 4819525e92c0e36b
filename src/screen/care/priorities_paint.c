/* Paints the board of priorities. */
#include "care/priorities_state.h"

#include "guanai/base/num.h"
#include "guanai/care/phone.h"
#include "guanai/text/class_name.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

#include <stdio.h>

enum { NUMBER_COLS = 5, NAME_COLS = 14, CLASS_COLS = 16, CELL_COLS = 14, HEAD_ROWS = 2, NARROW_COLS = 60 };

size_t priorities_room(const struct ga_screen *screen)
{
    return screen->area.rows > HEAD_ROWS + 1 ? (size_t)screen->area.rows - HEAD_ROWS : 1;
}

static bool is_narrow(const struct ga_screen *screen)
{
    return screen->area.cols < NARROW_COLS;
}

static int first_col(const struct ga_screen *screen)
{
    const bool with_class = !priorities_of(screen)->has_class && !is_narrow(screen);
    return screen->area.col + NUMBER_COLS + NAME_COLS + (with_class ? CLASS_COLS : 0);
}

/* In a narrow window the marked column alone has room. */
static int column_at(const struct ga_screen *screen, size_t column)
{
    const struct priorities *p = priorities_of(screen);
    const int room = (screen->area.col + screen->area.cols - first_col(screen)) / CELL_COLS;
    const size_t shown = room < 1 ? 1 : (size_t)room, from = p->mark.column >= shown ? p->mark.column - shown + 1 : 0;
    return column < from || column >= from + shown ? -1 : first_col(screen) + (int)(column - from) * CELL_COLS;
}

/* What stands first in the title: the board's own name, or what it is cut down to, which says enough by itself. */
static const char *view_text(const struct priorities *p, enum ga_lang lang)
{
    switch (p->view) {
    case GA_PRIORITIES_QUIET:
        return ga_tr(lang, GA_N_("Nothing for 30 school days"));
    case GA_PRIORITIES_VERY_QUIET:
        return ga_tr(lang, GA_N_("Nothing for 60 school days"));
    case GA_PRIORITIES_UNREACHED:
        return ga_tr(lang, GA_N_("Nobody reached for 60 school days"));
    default:
        return ga_label_text(&p->board.rule->title, lang);
    }
}

void priorities_show_title(struct ga_screen *screen)
{
    const struct priorities *p = priorities_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    char month[GA_WINDOW_LABEL_SIZE], title[200], shown[GA_CLASS_NAME_SIZE];
    snprintf(month, sizeof(month), "%04d-%02d", p->month.year, p->month.month);
    snprintf(title, sizeof(title), "%s · %s · %s%s%s", view_text(p, lang),
             p->has_class ? ga_class_pick_shown(&p->class_of, lang, shown) : ga_tr(lang, "the whole school"),
             ga_window_text(ga_care_calendar(p->care), month, lang, &arena), p->view == GA_PRIORITIES_NEXT ? " · " : "",
             p->view == GA_PRIORITIES_NEXT ? ga_tr(lang, GA_N_("next ones first")) : "");
    ga_screen_set_title(screen, title);
    ga_arena_finish(&arena);
}

/* "138… 3 次都没打通", whose to ring instead. */
static void say_numbers(const struct priorities *p, const struct ga_priority_row *row, enum ga_lang lang, struct ga_arena *arena,
                        struct ga_str *out)
{
    struct ga_phones phones;
    if (ga_phones_of(p->session->store, row->child, arena, &phones, NULL) != GA_OK)
        return;
    for (size_t i = 0; i < phones.count; i++) {
        if (!ga_phone_failed(&phones.items[i]))
            continue;
        ga_str_addf(out, " · %s ", phones.items[i].number);
        ga_phone_text(&phones.items[i], lang, out);
    }
    if (phones.via[0] != '\0')
        ga_str_addf(out, " · %s", ga_words_say(arena, lang, GA_N_("ring instead: %1"), phones.via));
}

void priorities_show_status(struct ga_screen *screen)
{
    const struct priorities *p = priorities_of(screen);
    const struct ga_priority_row *row = priorities_row(p);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    struct ga_str text = {0};
    if (row != NULL)
        ga_str_addf(&text, "%zu/%zu %s", p->mark.row + 1, p->count, row->name);
    if (row != NULL && p->view == GA_PRIORITIES_UNREACHED)
        say_numbers(p, row, lang, &arena, &text);
    else if (row != NULL)
        ga_str_addf(&text, " · %s", ga_priority_why(&p->board, p->order[p->mark.row], p->mark.column, lang, &arena));
    ga_screen_set_status(screen, ga_str_text(&text));
    ga_str_finish(&text);
    ga_arena_finish(&arena);
}

static void paint_heads(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct priorities *p = priorities_of(screen);
    const struct ga_area area = screen->area;
    const int name = area.col + NUMBER_COLS;
    ga_canvas_text(canvas, area.row, name, NAME_COLS - 1, GA_STYLE_LABEL, ga_screen_tr(screen, "Child"));
    if (first_col(screen) > name + NAME_COLS)
        ga_canvas_text(canvas, area.row, name + NAME_COLS, CLASS_COLS - 1, GA_STYLE_LABEL, ga_screen_tr(screen, "Class"));
    if (p->view == GA_PRIORITIES_UNREACHED) {
        ga_canvas_text(canvas, area.row, first_col(screen), area.col + area.cols - first_col(screen), GA_STYLE_LABEL,
                       ga_screen_tr(screen, GA_N_("Reached last")));
        return;
    }
    ga_canvas_text(canvas, area.row + 1, name, NAME_COLS - 1, GA_STYLE_LABEL, ga_screen_tr(screen, GA_N_("On target")));
    for (size_t i = 0; i < p->board.rule->priorities.count; i++) {
        const struct ga_priority *priority = &p->board.rule->priorities.items[i];
        int64_t having = 0;
        char sum[48];
        for (size_t k = 0; k < p->count; k++)
            having += p->board.rows[p->order[k]].cells[i].turns >= priority->target;
        snprintf(sum, sizeof(sum), "%lld/%zu", (long long)having, p->count);
        if (column_at(screen, i) < 0)
            continue;
        ga_canvas_text_fit(canvas, area.row, column_at(screen, i), CELL_COLS - 1, i == p->mark.column ? GA_STYLE_STRONG : GA_STYLE_LABEL,
                           ga_label_text(&priority->title, ga_screen_lang(screen)));
        ga_canvas_text(canvas, area.row + 1, column_at(screen, i), CELL_COLS - 1, GA_STYLE_NORMAL, sum);
    }
}

/* "!0/2 10-15", " 2/2 11-20", "!0/2 从没有" */
static void paint_cell(struct ga_screen *screen, struct ga_canvas *canvas, int at, size_t i, size_t column)
{
    const struct priorities *p = priorities_of(screen);
    const struct ga_priority_cell *cell = &p->board.rows[p->order[i]].cells[column];
    const int64_t target = p->board.rule->priorities.items[column].target;
    const bool lacks = cell->turns < target;
    char text[80], last[16];
    snprintf(last, sizeof(last), "%02d-%02d", cell->last_on.month, cell->last_on.day);
    snprintf(text, sizeof(text), "%s%d/%lld %s", lacks ? "!" : " ", cell->turns, (long long)target,
             cell->last_on.year == 0 ? ga_screen_tr(screen, GA_N_("never")) : last);
    ga_canvas_text_fit(canvas, at, column_at(screen, column), CELL_COLS - 1,
                       i == p->mark.row && column == p->mark.column ? GA_STYLE_SELECTED : lacks ? GA_STYLE_WARNING : GA_STYLE_NORMAL, text);
}

/* Of whom nobody reached: since when, and how many school days. */
static void paint_reached(struct ga_screen *screen, struct ga_canvas *canvas, int at, size_t i)
{
    const struct priorities *p = priorities_of(screen);
    const struct ga_priority_row *row = &p->board.rows[p->order[i]];
    struct ga_arena arena = {0};
    const char *text = row->reached_on.year == 0
                           ? ga_words_say(&arena, ga_screen_lang(screen), GA_N_("never reached, %1 school days"), GA_NUM(row->reached_days))
                           : ga_words_say(&arena, ga_screen_lang(screen), GA_N_("reached on %1, %2 school days ago"), GA_DATE_ISO(row->reached_on), GA_NUM(row->reached_days));
    ga_canvas_text_fit(canvas, at, first_col(screen), screen->area.col + screen->area.cols - first_col(screen),
                       i == p->mark.row ? GA_STYLE_SELECTED : GA_STYLE_NORMAL, text);
    ga_arena_finish(&arena);
}

static const char *class_text(const struct ga_priority_row *row, enum ga_lang lang, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    ga_str_copy(name.grade, sizeof(name.grade), row->grade);
    ga_str_copy(name.number, sizeof(name.number), row->class_no);
    return ga_class_name_text(&name, lang, buf);
}

static void paint_row(struct ga_screen *screen, struct ga_canvas *canvas, int at, size_t i)
{
    const struct priorities *p = priorities_of(screen);
    const struct ga_priority_row *row = &p->board.rows[p->order[i]];
    const int name = screen->area.col + NUMBER_COLS;
    char class[GA_CLASS_NAME_SIZE];
    ga_canvas_text_right(canvas, at, screen->area.col, NUMBER_COLS - 1, GA_STYLE_DIM, GA_NUM(i + 1));
    ga_canvas_text_fit(canvas, at, name, NAME_COLS - 1, i == p->mark.row ? GA_STYLE_STRONG : GA_STYLE_NORMAL, row->name);
    if (first_col(screen) > name + NAME_COLS)
        ga_canvas_text_fit(canvas, at, name + NAME_COLS, CLASS_COLS - 1, GA_STYLE_NORMAL, class_text(row, ga_screen_lang(screen), class));
    if (p->view == GA_PRIORITIES_UNREACHED) {
        paint_reached(screen, canvas, at, i);
        return;
    }
    for (size_t k = 0; k < p->board.rule->priorities.count; k++)
        if (column_at(screen, k) >= 0)
            paint_cell(screen, canvas, at, i, k);
}

void priorities_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct priorities *p = priorities_of(screen);
    if (p->count == 0) {
        ga_canvas_text(canvas, screen->area.row + 1, screen->area.col + 2, screen->area.cols - 2, GA_STYLE_NORMAL,
                       ga_screen_tr(screen, p->view == GA_PRIORITIES_BOARD || p->view == GA_PRIORITIES_NEXT ? "No children here."
                                                                                                         : GA_N_("Nobody stands here.")));
        return;
    }
    paint_heads(screen, canvas);
    for (size_t i = 0; i < priorities_room(screen) && p->mark.first_row + i < p->count; i++)
        paint_row(screen, canvas, screen->area.row + HEAD_ROWS + (int)i, p->mark.first_row + i);
}
