/* Yes or no. */
#include "guanai/tui/widget/boolean.h"

#include "guanai/text/fold.h"
#include "guanai/text/width.h"

#include <string.h>

int ga_tui_boolean_key(const struct ga_event *event)
{
    if (event->kind != GA_EVENT_TEXT)
        return -1;
    switch (ga_fold_case(ga_fold_width(event->key))) {
    case 'y':
    case '1':
    case 0x662F: /* 是 */
        return 1;
    case 'n':
    case '0':
    case '2':
    case 0x5426: /* 否 */
        return 0;
    default:
        return -1;
    }
}

static enum ga_reply set_value(struct ga_tui_boolean *boolean, int value)
{
    boolean->is_changed |= value != boolean->value;
    boolean->value = value;
    return GA_REDRAW;
}

enum ga_reply ga_tui_boolean_event(struct ga_tui_boolean *boolean, const struct ga_event *event)
{
    int typed = ga_tui_boolean_key(event);
    if (typed >= 0)
        return set_value(boolean, typed);
    if (ga_event_is_key(event, GA_KEY_LEFT) || ga_event_is_key(event, GA_KEY_RIGHT) ||
        ga_event_is_key(event, ' '))
        return set_value(boolean, boolean->value == 1 ? 0 : 1);
    if (ga_event_is_key(event, GA_KEY_DELETE) || ga_event_is_key(event, GA_KEY_BACKSPACE))
        return set_value(boolean, -1);
    return GA_IGNORED;
}

static int paint_side(struct ga_canvas *canvas, struct ga_area area, bool is_on, const char *number,
                      const char *label)
{
    enum ga_style style = is_on ? GA_STYLE_SELECTED : GA_STYLE_NORMAL;
    const char *mark = is_on ? ga_canvas_mark(canvas, GA_MARK_CHECKED) : " ";
    int used = ga_canvas_text(canvas, area.row, area.col, area.cols, style, mark);
    used += ga_canvas_text(canvas, area.row, area.col + used, area.cols - used, style, number);
    return used + ga_canvas_text(canvas, area.row, area.col + used, area.cols - used, style, label) + 2;
}

void ga_tui_boolean_paint(const struct ga_tui_boolean *boolean, struct ga_canvas *canvas, struct ga_area area,
                          bool is_focused, enum ga_lang lang)
{
    const char *yes = ga_tr(lang, "yes");
    const char *no = ga_tr(lang, "no");
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    if (is_focused) {
        int yes_cols = 5 + (int)ga_width_text(yes, strlen(yes));
        ga_canvas_set_caret(canvas, area.row, area.col + (boolean->value == 0 ? yes_cols : 0));
        ga_area_cut_left(&area, paint_side(canvas, area, boolean->value == 1, "1 ", yes));
        paint_side(canvas, area, boolean->value == 0, "2 ", no);
    } else if (boolean->value >= 0) {
        ga_canvas_text_fit(canvas, area.row, area.col, area.cols, GA_STYLE_FIELD,
                           boolean->value == 1 ? yes : no);
    }
}
