/* The lines of the page of figures. */
#include "care/figures_lines.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/width.h"
#include "guanai/tui/key.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

enum { WIDE_COLS = 72, MARK_COLS = 2 };

/* Where the three numbers of a definition stand, counted from the right. */
struct shape {
    bool is_wide; /* else the title has a line of its own */
    int cols[3];
};

static const struct shape wide_shape = {true, {21, 11, 13}}, narrow_shape = {false, {18, 8, 12}};
static const enum ga_counted counted_in_order[3] = {GA_COUNTED_YES, GA_COUNTED_NO, GA_COUNTED_UNKNOWN};

struct making {
    struct ga_figure_lines *out;
    const struct ga_headcount *headcount;
    const struct shape *shape;
    int cols;
    enum ga_lang lang;
};

void ga_figure_lines_init(struct ga_figure_lines *lines)
{
    *lines = (struct ga_figure_lines){0};
    ga_vec_init(&lines->lines, sizeof(struct ga_figure_line));
    ga_vec_init(&lines->stops, sizeof(struct ga_figure_stop));
}

void ga_figure_lines_finish(struct ga_figure_lines *lines)
{
    ga_vec_finish(&lines->lines);
    ga_vec_finish(&lines->stops);
    ga_arena_finish(&lines->arena);
}

static struct ga_figure_line *add_line(struct making *m, const char *left, int left_col, enum ga_style style)
{
    struct ga_figure_line *line = ga_vec_push(&m->out->lines);
    *line = (struct ga_figure_line){.left = left, .left_col = left_col, .style = style};
    return line;
}

static void add_stop(struct making *m, int col, int cols, const char *text, const struct ga_figures_pick *pick)
{
    *(struct ga_figure_stop *)ga_vec_push(&m->out->stops) =
        (struct ga_figure_stop){.line = m->out->lines.len - 1, .col = col, .cols = cols, .text = text, .pick = *pick};
}

static int numbers_col(const struct making *m)
{
    return m->cols - m->shape->cols[0] - m->shape->cols[1] - m->shape->cols[2];
}

static const char *title_of(const struct making *m, size_t definition)
{
    return ga_label_text(&m->headcount->definitions->items[definition]->title, m->lang);
}

static const char *pad_left(struct making *m, const char *text, int cols)
{
    const int used = (int)ga_width_text(text, strlen(text));
    return ga_arena_printf(&m->out->arena, "%*s%s", used < cols ? cols - used : 0, "", text);
}

/* The words over the numbers, each ending where its numbers end. */
static void add_header(struct making *m)
{
    struct ga_str text = {0};
    for (int i = 0; i < 3; i++)
        ga_str_add(&text, pad_left(m, ga_tr(m->lang, ga_counted_words[counted_in_order[i]]), m->shape->cols[i]));
    add_line(m, ga_arena_strdup(&m->out->arena, ga_str_text(&text)), numbers_col(m), GA_STYLE_HEADER);
    ga_str_finish(&text);
}

/* "329 / 700  47.0 %" for those who count, bare numbers else. */
static const char *number_text(struct making *m, size_t definition, enum ga_counted counted)
{
    const size_t count = m->headcount->tally[definition][counted], all = m->headcount->children;
    char share[16];
    if (counted != GA_COUNTED_YES)
        return ga_arena_printf(&m->out->arena, "%zu", count);
    return ga_arena_printf(&m->out->arena, "%zu / %zu %5s %%", count, all, ga_share_text(count, all, share));
}

static void add_definition(struct making *m, size_t definition)
{
    int col = numbers_col(m);
    add_line(m, title_of(m, definition), MARK_COLS, GA_STYLE_NORMAL);
    if (!m->shape->is_wide)
        add_line(m, NULL, 0, GA_STYLE_NORMAL);
    for (int i = 0; i < 3; col += m->shape->cols[i++]) {
        const struct ga_figures_pick pick = {.definition = definition, .counted = counted_in_order[i]};
        add_stop(m, col, m->shape->cols[i], number_text(m, definition, counted_in_order[i]), &pick);
    }
}

static void add_difference(struct making *m, const struct ga_difference *line, bool is_first_of_pair)
{
    enum { NUMBER_COLS = 10, ANSWERS_COLS = 26 };
    const char *reason = line->label.zh == NULL ? ga_tr(m->lang, "other reasons") : ga_label_text(&line->label, m->lang);
    const char *answers = ga_arena_printf(&m->out->arena, "%s / %s", ga_tr(m->lang, ga_counted_words[line->in_a]),
                                          ga_tr(m->lang, ga_counted_words[line->in_b]));
    const struct ga_figures_pick pick = {.is_difference = true, .line = *line};
    const int at = m->shape->is_wide ? ANSWERS_COLS + MARK_COLS : 2 * MARK_COLS;
    if (!m->shape->is_wide && is_first_of_pair)
        add_line(m, answers, MARK_COLS, GA_STYLE_DIM);
    struct ga_figure_line *shown = add_line(m, m->shape->is_wide && is_first_of_pair ? answers : NULL, MARK_COLS, GA_STYLE_DIM);
    shown->right = reason;
    shown->right_col = at;
    shown->right_cols = m->cols - at - NUMBER_COLS;
    add_stop(m, m->cols - NUMBER_COLS, NUMBER_COLS, ga_arena_printf(&m->out->arena, "%zu", line->children), &pick);
}

static void add_pair(struct making *m, size_t a, size_t b)
{
    struct ga_difference *lines;
    const size_t count = ga_headcount_differences(m->headcount, a, b, &m->out->arena, &lines);
    add_line(m, NULL, 0, GA_STYLE_NORMAL);
    add_line(m, ga_arena_printf(&m->out->arena, "%s / %s", title_of(m, a), title_of(m, b)), 0, GA_STYLE_LABEL);
    if (count == 0)
        add_line(m, ga_tr(m->lang, "both say the same of every child"), MARK_COLS, GA_STYLE_DIM);
    for (size_t i = 0; i < count; i++)
        add_difference(m, &lines[i], i == 0 || lines[i].in_a != lines[i - 1].in_a || lines[i].in_b != lines[i - 1].in_b);
}

static bool is_same_pick(const struct ga_figures_pick *a, const struct ga_figures_pick *b)
{
    if (a->is_difference != b->is_difference)
        return false;
    if (!a->is_difference)
        return a->definition == b->definition && a->counted == b->counted;
    return a->line.a == b->line.a && a->line.b == b->line.b && a->line.in_a == b->line.in_a &&
           a->line.in_b == b->line.in_b && a->line.reason == b->line.reason;
}

static void select_again(struct ga_figure_lines *lines, const struct ga_figures_pick *pick)
{
    for (size_t i = 0; i < lines->stops.len; i++)
        if (is_same_pick(&GA_VEC_AT(const struct ga_figure_stop, &lines->stops, i)->pick, pick)) {
            lines->selected = i;
            return;
        }
    if (lines->selected >= lines->stops.len)
        lines->selected = 0;
}

void ga_figure_lines_make(struct ga_figure_lines *lines, const struct ga_headcount *headcount, int cols,
                          enum ga_lang lang)
{
    const struct ga_figure_stop *selected = ga_figure_lines_selected(lines);
    const struct ga_figures_pick pick = selected == NULL ? (struct ga_figures_pick){.counted = GA_COUNTED_YES} : selected->pick;
    const size_t definitions = headcount->definitions == NULL ? 0 : headcount->definitions->count;
    struct making m = {.out = lines, .headcount = headcount, .cols = cols, .lang = lang,
                       .shape = cols >= WIDE_COLS ? &wide_shape : &narrow_shape};
    ga_vec_clear(&lines->lines);
    ga_vec_clear(&lines->stops);
    ga_arena_reset(&lines->arena);
    if (definitions > 0)
        add_header(&m);
    for (size_t i = 0; i < definitions; i++)
        add_definition(&m, i);
    for (size_t a = 0; a < definitions; a++)
        for (size_t b = a + 1; b < definitions; b++)
            add_pair(&m, a, b);
    select_again(lines, &pick);
}

const struct ga_figure_stop *ga_figure_lines_selected(const struct ga_figure_lines *lines)
{
    return lines->selected < lines->stops.len ? GA_VEC_AT(const struct ga_figure_stop, &lines->stops, lines->selected)
                                              : NULL;
}

static const struct ga_figure_stop *stop_at(const struct ga_figure_lines *lines, size_t i)
{
    return GA_VEC_AT(const struct ga_figure_stop, &lines->stops, i);
}

/* The stop of the next line that way whose column is nearest; false: there is none. */
static bool step_line(struct ga_figure_lines *lines, int by)
{
    const struct ga_figure_stop *from = ga_figure_lines_selected(lines);
    size_t best = lines->stops.len, line = 0;
    for (size_t i = lines->selected + (size_t)by; i < lines->stops.len; i += (size_t)by) {
        const struct ga_figure_stop *stop = stop_at(lines, i);
        if (stop->line == from->line)
            continue;
        if (best < lines->stops.len && stop->line != line)
            break;
        line = stop->line;
        if (best == lines->stops.len || abs(stop->col - from->col) < abs(stop_at(lines, best)->col - from->col))
            best = i;
    }
    if (best == lines->stops.len)
        return false;
    lines->selected = best;
    return true;
}

static bool step_along(struct ga_figure_lines *lines, int by)
{
    const size_t to = lines->selected + (size_t)by;
    if (to >= lines->stops.len || stop_at(lines, to)->line != stop_at(lines, lines->selected)->line)
        return false;
    lines->selected = to;
    return true;
}

bool ga_figure_lines_move(struct ga_figure_lines *lines, uint32_t key)
{
    if (lines->stops.len == 0)
        return false;
    const bool is_up = key == GA_KEY_UP || key == GA_KEY_PAGE_UP || key == GA_KEY_HOME;
    int steps = key == GA_KEY_PAGE_UP || key == GA_KEY_PAGE_DOWN ? lines->rows - 1 : 1;
    if (key == GA_KEY_LEFT || key == GA_KEY_RIGHT)
        return step_along(lines, key == GA_KEY_RIGHT ? 1 : -1);
    if (key == GA_KEY_HOME || key == GA_KEY_END)
        steps = (int)lines->stops.len;
    else if (key != GA_KEY_UP && key != GA_KEY_DOWN && key != GA_KEY_PAGE_UP && key != GA_KEY_PAGE_DOWN)
        return false;
    bool has_moved = false;
    while (steps-- > 0 && step_line(lines, is_up ? -1 : 1))
        has_moved = true;
    return has_moved;
}

/* The header is seen together with the first numbers. */
static void keep_in_sight(struct ga_figure_lines *lines, int rows)
{
    const struct ga_figure_stop *selected = ga_figure_lines_selected(lines);
    const int at = selected == NULL ? 0 : (int)selected->line, count = (int)lines->lines.len;
    lines->rows = rows;
    if (at >= lines->first + rows)
        lines->first = at - rows + 1;
    if (at < lines->first)
        lines->first = at;
    if (at < rows && lines->selected < 3)
        lines->first = 0;
    if (lines->first + rows > count)
        lines->first = count > rows ? count - rows : 0;
}

static void paint_stop(const struct ga_figure_stop *stop, bool is_selected, struct ga_canvas *canvas, struct ga_area row)
{
    const int used = (int)ga_width_text(stop->text, strlen(stop->text));
    const int col = row.col + stop->col + stop->cols - used;
    ga_canvas_text(canvas, row.row, col, used, is_selected ? GA_STYLE_SELECTED : GA_STYLE_NORMAL, stop->text);
    if (is_selected)
        ga_canvas_text(canvas, row.row, col - 1, 1, GA_STYLE_NORMAL, ga_canvas_mark(canvas, GA_MARK_SELECTED));
}

static void paint_line(const struct ga_figure_line *line, struct ga_canvas *canvas, struct ga_area row)
{
    if (line->left != NULL)
        ga_canvas_text(canvas, row.row, row.col + line->left_col, row.cols - line->left_col, line->style, line->left);
    if (line->right != NULL)
        ga_canvas_text_fit(canvas, row.row, row.col + line->right_col, line->right_cols, GA_STYLE_NORMAL, line->right);
}

void ga_figure_lines_paint(struct ga_figure_lines *lines, struct ga_canvas *canvas, struct ga_area area)
{
    keep_in_sight(lines, area.rows);
    for (int i = 0; i < area.rows && (size_t)(lines->first + i) < lines->lines.len; i++)
        paint_line(GA_VEC_AT(const struct ga_figure_line, &lines->lines, (size_t)(lines->first + i)), canvas,
                   ga_area_row(area, i));
    for (size_t i = 0; i < lines->stops.len; i++) {
        const int at = (int)stop_at(lines, i)->line - lines->first;
        if (at >= 0 && at < area.rows)
            paint_stop(stop_at(lines, i), i == lines->selected, canvas, ga_area_row(area, at));
    }
    if ((size_t)(lines->first + area.rows) < lines->lines.len)
        ga_canvas_text(canvas, area.row + area.rows - 1, area.col, 1, GA_STYLE_DIM, ga_canvas_mark(canvas, GA_MARK_MORE_DOWN));
    if (lines->first > 0)
        ga_canvas_text(canvas, area.row, area.col, 1, GA_STYLE_DIM, ga_canvas_mark(canvas, GA_MARK_MORE_UP));
}
