/* Where the caret of an input field goes. */
#include "edit_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/text/cluster.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"
#include "guanai/text/wrap.h"

enum class { BLANK, WORD, HAN, MARK };

static bool is_mark(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } marks[] = {
        {0x21, 0x2F},     {0x3A, 0x40},     {0x5B, 0x5E},     {0x60, 0x60},     {0x7B, 0x7E},
        {0xA1, 0xBF},     {0x2010, 0x206F}, {0x3001, 0x3003}, {0x3008, 0x3020}, {0xFF01, 0xFF0F},
        {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65},
    };
    for (size_t i = 0; i < GA_COUNT(marks); i++)
        if (cp >= marks[i].first && cp <= marks[i].last)
            return true;
    return false;
}

static enum class class_at(const struct ga_edit *edit, size_t at)
{
    uint32_t cp = 0;
    ga_utf8_decode(ga_edit_text(edit) + at, edit->text.len - at, &cp);
    if (cp == ' ' || cp == '\t' || cp == '\n' || cp == 0x3000)
        return BLANK;
    if (is_mark(cp))
        return MARK;
    return ga_width_shown(cp) == 2 ? HAN : WORD;
}

/* Back over whatever stands before `at` and is of that class. */
static size_t skip_back(const struct ga_edit *edit, size_t at, enum class wanted)
{
    while (at > 0) {
        size_t before = ga_cluster_prev(ga_edit_text(edit), edit->text.len, at);
        if (class_at(edit, before) != wanted)
            break;
        at = before;
    }
    return at;
}

static size_t skip_forward(const struct ga_edit *edit, size_t at, enum class wanted)
{
    while (at < edit->text.len && class_at(edit, at) == wanted)
        at = ga_cluster_next(ga_edit_text(edit), edit->text.len, at);
    return at;
}

size_t edit_word_start(const struct ga_edit *edit, size_t at)
{
    at = skip_back(edit, at, BLANK);
    if (at == 0)
        return 0;
    size_t before = ga_cluster_prev(ga_edit_text(edit), edit->text.len, at);
    return skip_back(edit, at, class_at(edit, before));
}

size_t edit_word_end(const struct ga_edit *edit, size_t at)
{
    at = skip_forward(edit, at, BLANK);
    return at < edit->text.len ? skip_forward(edit, at, class_at(edit, at)) : at;
}

size_t edit_line_start(const struct ga_edit *edit, size_t at)
{
    const char *text = ga_edit_text(edit);
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct ga_edit *edit, size_t at)
{
    const char *text = ga_edit_text(edit);
    while (at < edit->text.len && text[at] != '\n')
        at++;
    /* Not between the two of a CR LF that came from outside. */
    return ga_cluster_start(text, edit->text.len, at);
}

static size_t find_target(const struct ga_edit *edit, enum ga_edit_move move)
{
    const char *text = ga_edit_text(edit);
    switch (move) {
    case GA_EDIT_LEFT:
        return ga_cluster_prev(text, edit->text.len, edit->caret);
    case GA_EDIT_RIGHT:
        return ga_cluster_next(text, edit->text.len, edit->caret);
    case GA_EDIT_WORD_LEFT:
        return edit_word_start(edit, edit->caret);
    case GA_EDIT_WORD_RIGHT:
        return edit_word_end(edit, edit->caret);
    case GA_EDIT_HOME:
        return edit_line_start(edit, edit->caret);
    case GA_EDIT_END:
        return line_end(edit, edit->caret);
    case GA_EDIT_TOP:
        return 0;
    case GA_EDIT_BOTTOM:
        return edit->text.len;
    }
    return edit->caret;
}

static void place_caret(struct ga_edit *edit, size_t at)
{
    edit->caret = at;
    edit->is_selected = false;
    edit->history.is_open = false;
}

bool ga_edit_move(struct ga_edit *edit, enum ga_edit_move move)
{
    size_t before = edit->caret;
    place_caret(edit, find_target(edit, move));
    edit->has_goal = false;
    return edit->caret != before;
}

/* The row that holds the caret; ret_line is that row. */
static size_t find_row(const struct ga_edit *edit, size_t cols, struct ga_wrap_line *ret_line)
{
    struct ga_wrap wrap;
    size_t row = 0;
    ga_wrap_begin(&wrap, ga_edit_text(edit), edit->text.len, cols);
    while (ga_wrap_next(&wrap, ret_line) && !ret_line->is_last && edit->caret >= ret_line->next)
        row++;
    return row;
}

struct ga_edit_place ga_edit_find_caret(const struct ga_edit *edit, size_t cols)
{
    struct ga_wrap_line line;
    struct ga_edit_place place = {.row = find_row(edit, cols, &line)};
    size_t end = line.at + line.len;
    size_t at = edit->caret < end ? edit->caret : end;
    place.col = ga_width_text(ga_edit_text(edit) + line.at, at - line.at);
    return place;
}

/* The place in the line that is nearest to the goal column. */
static size_t place_in_line(const struct ga_edit *edit, const struct ga_wrap_line *line, size_t goal_col)
{
    const char *text = ga_edit_text(edit);
    size_t at = line->at + ga_width_clip(text + line->at, line->len, goal_col, NULL);
    if (at == line->next && !line->is_last) /* there it would stand in the next row */
        at = ga_cluster_prev(text, edit->text.len, at);
    return at;
}

bool ga_edit_move_rows(struct ga_edit *edit, int rows, size_t cols)
{
    struct ga_edit_place place = ga_edit_find_caret(edit, cols);
    size_t up = rows < 0 ? (size_t)-(long)rows : 0;
    size_t target = rows < 0 ? (place.row > up ? place.row - up : 0) : place.row + (size_t)rows;
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    size_t row = 0;
    ga_wrap_begin(&wrap, ga_edit_text(edit), edit->text.len, cols);
    while (ga_wrap_next(&wrap, &line) && !line.is_last && row < target)
        row++;
    if (row == place.row)
        return false;
    edit->goal_col = edit->has_goal ? edit->goal_col : place.col;
    edit->has_goal = true;
    place_caret(edit, place_in_line(edit, &line, edit->goal_col));
    return true;
}
