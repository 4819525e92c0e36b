/* A long text to read. */
#include "guanai/tui/widget/viewer.h"

#include "guanai/text/wrap.h"

#include <string.h>

struct viewer_line {
    size_t at;
    size_t len;
    bool is_heading;
};

void ga_tui_viewer_init(struct ga_tui_viewer *viewer, const char *text)
{
    memset(viewer, 0, sizeof(*viewer));
    viewer->text = text;
    ga_vec_init(&viewer->lines, sizeof(struct viewer_line));
}

void ga_tui_viewer_finish(struct ga_tui_viewer *viewer)
{
    ga_vec_finish(&viewer->lines);
}

static void wrap_lines(struct ga_tui_viewer *viewer, int cols)
{
    ga_vec_clear(&viewer->lines);
    viewer->cols = cols;
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    bool begins_line = true;
    bool is_heading = false;
    ga_wrap_begin(&wrap, viewer->text, strlen(viewer->text), cols > 0 ? (size_t)cols : 1);
    while (ga_wrap_next(&wrap, &line)) {
        struct viewer_line *made = ga_vec_push(&viewer->lines);
        made->at = line.at;
        made->len = line.len;
        if (begins_line)
            is_heading = line.len >= 2 && memcmp(viewer->text + line.at, "# ", 2) == 0;
        if (begins_line && is_heading) {
            made->at += 2;
            made->len -= 2;
        }
        made->is_heading = is_heading;
        begins_line = line.next > 0 && viewer->text[line.next - 1] == '\n';
    }
}

int ga_tui_viewer_lines(struct ga_tui_viewer *viewer, int cols)
{
    if (viewer->cols != cols)
        wrap_lines(viewer, cols);
    return (int)viewer->lines.len;
}

struct step {
    uint32_t key;
    int rows;
    bool is_pages;
};

static const struct step steps[] = {
    {GA_KEY_UP, -1, false},      {GA_KEY_DOWN, 1, false}, {GA_KEY_PAGE_UP, -1, true},
    {GA_KEY_PAGE_DOWN, 1, true}, {' ', 1, true},          {GA_KEY_HOME, -100000, false},
    {GA_KEY_END, 100000, false},
};

static void scroll(struct ga_tui_viewer *viewer, int by)
{
    int last = (int)viewer->lines.len - viewer->rows;
    viewer->first += by;
    viewer->first = viewer->first > last ? last : viewer->first;
    viewer->first = viewer->first < 0 ? 0 : viewer->first;
}

enum ga_reply ga_tui_viewer_event(struct ga_tui_viewer *viewer, const struct ga_event *event)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (!ga_event_is_key(event, steps[i].key))
            continue;
        int page = viewer->rows > 1 ? viewer->rows - 1 : 1;
        scroll(viewer, steps[i].rows * (steps[i].is_pages ? page : 1));
        return GA_REDRAW;
    }
    return GA_IGNORED;
}

void ga_tui_viewer_paint(struct ga_tui_viewer *viewer, struct ga_canvas *canvas, struct ga_area area)
{
    if (ga_area_is_empty(area))
        return;
    int cols = area.cols > 1 ? area.cols - 1 : 1; /* the last column says whether there is more */
    int count = ga_tui_viewer_lines(viewer, cols);
    viewer->rows = area.rows;
    scroll(viewer, 0);
    for (int row = 0; row < area.rows && viewer->first + row < count; row++) {
        const struct viewer_line *line =
            GA_VEC_AT(struct viewer_line, &viewer->lines, (size_t)(viewer->first + row));
        ga_canvas_text_n(canvas, area.row + row, area.col, cols,
                         line->is_heading ? GA_STYLE_STRONG : GA_STYLE_NORMAL, viewer->text + line->at,
                         line->len);
    }
    if (viewer->first > 0)
        ga_canvas_text(canvas, area.row, area.col + cols, 1, GA_STYLE_DIM,
                       ga_canvas_mark(canvas, GA_MARK_MORE_UP));
    if (viewer->first + area.rows < count)
        ga_canvas_text(canvas, area.row + area.rows - 1, area.col + cols, 1, GA_STYLE_DIM,
                       ga_canvas_mark(canvas, GA_MARK_MORE_DOWN));
}
