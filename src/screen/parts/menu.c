/* Lines to choose from, each with the key that chooses it at once. */
#include "parts/menu.h"

#include "guanai/text/fold.h"
#include "guanai/text/width.h"

#include <string.h>

enum { MARK_COLS = 2, KEY_COLS = 3, GAP_COLS = 2, DIGITS = 9 };

void ga_menu_init(struct ga_menu *menu)
{
    memset(menu, 0, sizeof(*menu));
    ga_vec_init(&menu->lines, sizeof(struct ga_menu_line));
}

void ga_menu_finish(struct ga_menu *menu)
{
    ga_vec_finish(&menu->lines);
}

void ga_menu_clear(struct ga_menu *menu)
{
    ga_vec_clear(&menu->lines);
    menu->text_cols = 0;
}

static const struct ga_menu_line *line_at(const struct ga_menu *menu, size_t i)
{
    return GA_VEC_AT(const struct ga_menu_line, &menu->lines, i);
}

static void add_line(struct ga_menu *menu, struct ga_menu_line line)
{
    int cols = (int)ga_width_text(line.text, strlen(line.text));
    if (line.more != NULL && cols > menu->text_cols)
        menu->text_cols = cols;
    *(struct ga_menu_line *)ga_vec_push(&menu->lines) = line;
}

void ga_menu_add(struct ga_menu *menu, int id, uint32_t key, const char *text, const char *more)
{
    add_line(menu, (struct ga_menu_line){.id = id, .key = key, .text = text, .more = more});
}

void ga_menu_add_numbered(struct ga_menu *menu, int id, const char *text, const char *more)
{
    add_line(menu, (struct ga_menu_line){.id = id, .key = GA_KEY_NONE, .text = text, .more = more, .is_numbered = true});
}

/* How many numbered lines stand before this one. */
static size_t numbered_before(const struct ga_menu *menu, size_t end)
{
    size_t count = 0;
    for (size_t i = 0; i < end && i < menu->lines.len; i++)
        count += line_at(menu, i)->is_numbered;
    return count;
}

bool ga_menu_has_more_digits(const struct ga_menu *menu)
{
    return numbered_before(menu, menu->lines.len) > DIGITS;
}

/* The nine lines that the marked one is among have the digits; below all of them the last nine. */
static void give_digits(struct ga_menu *menu)
{
    const size_t count = numbered_before(menu, menu->lines.len);
    const size_t before = numbered_before(menu, menu->selected), at = before < count ? before : count > 0 ? count - 1 : 0;
    const size_t from = at / DIGITS * DIGITS;
    size_t nth = 0;
    for (size_t i = 0; i < menu->lines.len; i++) {
        struct ga_menu_line *line = ga_vec_at(&menu->lines, i);
        if (!line->is_numbered)
            continue;
        line->key = nth >= from && nth < from + DIGITS ? '1' + (uint32_t)(nth - from) : GA_KEY_NONE;
        nth++;
    }
}

void ga_menu_say(struct ga_menu *menu, enum ga_style style, const char *text, const char *more)
{
    add_line(menu, (struct ga_menu_line){.text = text, .more = more, .style = style});
}

static void mark(struct ga_menu *menu, int id)
{
    size_t first = menu->lines.len;
    menu->selected = 0;
    for (size_t i = menu->lines.len; i > 0; i--) {
        if (line_at(menu, i - 1)->id == 0)
            continue;
        first = i - 1;
        if (id != 0 && line_at(menu, i - 1)->id == id) {
            menu->selected = i - 1;
            return;
        }
    }
    menu->selected = first < menu->lines.len ? first : 0;
}

void ga_menu_settle(struct ga_menu *menu, int id)
{
    mark(menu, id);
    give_digits(menu);
}

/* Of the line that shows this key; 0: none does. */
static int id_of(const struct ga_menu *menu, uint32_t key)
{
    for (size_t i = 0; i < menu->lines.len; i++)
        if (line_at(menu, i)->id != 0 && line_at(menu, i)->key == key)
            return line_at(menu, i)->id;
    return 0;
}

int ga_menu_selected(const struct ga_menu *menu)
{
    return menu->selected < menu->lines.len ? line_at(menu, menu->selected)->id : 0;
}

/* The next line that can be chosen; false: there is none that way. */
static bool step(struct ga_menu *menu, int by)
{
    for (size_t i = menu->selected + (size_t)by; i < menu->lines.len; i += (size_t)by) {
        if (line_at(menu, i)->id != 0) {
            menu->selected = i;
            give_digits(menu);
            return true;
        }
    }
    return false;
}

static void walk(struct ga_menu *menu, int by, int steps)
{
    while (steps-- > 0 && step(menu, by))
        ;
}

bool ga_menu_chooses(const struct ga_menu *menu, const struct ga_event *event, int *ret_id)
{
    const int digit = ga_event_digit(event);
    const uint32_t letter = event->kind == GA_EVENT_TEXT ? ga_fold_case(ga_fold_width(event->key)) : 0;
    const int lettered = letter >= 'a' && letter <= 'z' ? id_of(menu, letter) : 0;
    if (lettered != 0) {
        *ret_id = lettered;
        return true;
    }
    const bool is_choice = digit >= 0 || ga_event_is_key(event, GA_KEY_ENTER);
    if (is_choice)
        *ret_id = digit >= 0                             ? id_of(menu, (uint32_t)('0' + digit))
                  : (int)menu->selected < menu->first + menu->beyond ? 0 /* out of sight: whoever reads on chooses nothing */
                                                      : ga_menu_selected(menu);
    return is_choice;
}

/* What stands behind the last choice is read by scrolling. `by` lines; false: there is nothing more that way. */
static bool scroll(struct ga_menu *menu, int by)
{
    const int below = (int)menu->lines.len - menu->first - menu->beyond - menu->rows;
    const int left = below > 0 ? below : 0; /* all are in sight of a page that is longer than its lines */
    const int way = by > left ? left : by < -menu->beyond ? -menu->beyond : by;
    if (way == 0 || (way > 0) != (by > 0))
        return false;
    menu->beyond += way;
    return true;
}

enum ga_reply ga_menu_event(struct ga_menu *menu, const struct ga_event *event)
{
    if (event->kind != GA_EVENT_KEY)
        return GA_IGNORED;
    const int page = menu->rows > 1 ? menu->rows - 1 : 1, all = (int)menu->lines.len;
    switch (event->key) {
    case GA_KEY_UP:
        return scroll(menu, -1) || step(menu, -1) ? GA_TOUCHED : GA_IGNORED;
    case GA_KEY_DOWN:
        return step(menu, 1) || scroll(menu, 1) ? GA_TOUCHED : GA_IGNORED;
    case GA_KEY_PAGE_UP:
        if (!scroll(menu, -page))
            walk(menu, -1, page);
        return GA_TOUCHED;
    case GA_KEY_HOME:
        menu->beyond = 0;
        walk(menu, -1, all);
        return GA_TOUCHED;
    case GA_KEY_PAGE_DOWN:
        if (step(menu, 1))
            walk(menu, 1, page - 1);
        else
            scroll(menu, page);
        return GA_TOUCHED;
    case GA_KEY_END:
        walk(menu, 1, all);
        menu->beyond = all; /* painting bounds it */
        return GA_TOUCHED;
    default:
        return GA_IGNORED;
    }
}

/* Lines above the first choice are seen together with it. */
static void keep_in_sight(struct ga_menu *menu, int rows)
{
    int at = (int)menu->selected;
    int count = (int)menu->lines.len;
    menu->rows = rows;
    if (at >= menu->first + rows)
        menu->first = at - rows + 1;
    bool is_top = true;
    for (int i = 0; i < at && is_top; i++)
        is_top = line_at(menu, (size_t)i)->id == 0;
    if (is_top && at < rows)
        menu->first = 0;
    else if (at < menu->first)
        menu->first = at;
    if (menu->first + rows > count)
        menu->first = count > rows ? count - rows : 0;
    const int below = count - menu->first - rows;
    if (menu->beyond > below)
        menu->beyond = below > 0 ? below : 0;
}

/* Digits and letters work only while the keys speak to the menu. */
static bool shows_key(const struct ga_menu_line *line, bool is_focused)
{
    return line->key != GA_KEY_NONE && (is_focused || line->key >= GA_KEY_FIRST);
}

/* What is the same for all lines of one frame. */
struct look {
    struct ga_canvas *canvas;
    bool is_focused;
    enum ga_lang lang;
    int key_cols;
};

/* F12 wants a column more than the others. */
static int key_cols(const struct ga_menu *menu)
{
    for (size_t i = 0; i < menu->lines.len; i++) {
        const uint32_t key = line_at(menu, i)->key;
        if (key >= GA_KEY_F(10) && key <= GA_KEY_F(12))
            return KEY_COLS + 1;
    }
    return KEY_COLS;
}

static void paint_line(const struct ga_menu *menu, const struct ga_menu_line *line, const struct look *look,
                       bool is_selected, struct ga_area row)
{
    char name[GA_KEY_NAME_SIZE];
    struct ga_canvas *canvas = look->canvas;
    enum ga_style style = is_selected ? GA_STYLE_SELECTED : line->style;
    struct ga_area mark = ga_area_cut_left(&row, MARK_COLS);
    if (is_selected)
        ga_canvas_text(canvas, mark.row, mark.col, 1, GA_STYLE_NORMAL, ga_canvas_mark(canvas, GA_MARK_SELECTED));
    if (line->id != 0 || (line->text[0] == '\0' && line->more != NULL)) { /* what goes on from the line above stands below it */
        struct ga_area key = ga_area_cut_left(&row, look->key_cols);
        if (shows_key(line, look->is_focused))
            ga_canvas_text(canvas, key.row, key.col, key.cols, GA_STYLE_KEY, ga_key_name(line->key, look->lang, name));
    }
    if (line->more == NULL) {
        ga_canvas_text(canvas, row.row, row.col, row.cols, style, line->text);
        return;
    }
    int text_cols = menu->text_cols < row.cols / 2 ? menu->text_cols : row.cols / 2;
    struct ga_area text = ga_area_cut_left(&row, text_cols);
    ga_canvas_text_fit(canvas, text.row, text.col, text.cols, style, line->text);
    ga_area_cut_left(&row, GAP_COLS);
    if (row.cols > 0)
        ga_canvas_text_fit(canvas, row.row, row.col, row.cols, line->style, line->more);
}

void ga_menu_paint(struct ga_menu *menu, struct ga_canvas *canvas, struct ga_area area, bool is_focused,
                   enum ga_lang lang)
{
    if (ga_area_is_empty(area))
        return;
    if (!ga_canvas_is_whole(canvas)) /* a whole frame begins blank */
        ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    keep_in_sight(menu, area.rows);
    const struct look look = {canvas, is_focused, lang, key_cols(menu)};
    const int first = menu->first + menu->beyond;
    for (int i = 0; i < area.rows && (size_t)(first + i) < menu->lines.len; i++) {
        size_t at = (size_t)(first + i);
        bool is_selected = is_focused && at == menu->selected && line_at(menu, at)->id != 0;
        paint_line(menu, line_at(menu, at), &look, is_selected, ga_area_row(area, i));
    }
    if ((size_t)(first + area.rows) < menu->lines.len)
        ga_canvas_text(canvas, area.row + area.rows - 1, area.col + area.cols - 1, 1, GA_STYLE_DIM,
                       ga_canvas_mark(canvas, GA_MARK_MORE_DOWN));
}
