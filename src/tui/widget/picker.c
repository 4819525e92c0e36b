/* A dialog that shows a whole list of options to filter. */
#include "guanai/tui/widget/picker.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/tui/widget/typed_list.h"
#include "guanai/text/width.h"
#include "guanai/text/wrap.h"
#include "../ui.h"

#include <string.h>

enum { FILTER_CHARS = 30, PICKER_COLS = 60, FOUND_MAX = 10000, BEFORE_LABEL_COLS = 8, WHOLE_ROWS_MAX = 4 };

struct picker {
    const struct ga_tui_options *options;
    bool is_multiple;
    bool picks_by_digit, says_whole;
    int whole_rows; /* below the list, for the marked label; 0: every label fits its row */
    bool *is_on;   /* options->count, in the arena */
    size_t *found; /* indexes that match the filter, in the arena */
    size_t found_count;
    size_t count; /* of options, bounded */
    struct ga_tui_input filter;
    struct ga_tui_list list;
};

static bool is_match(const struct picker *picker, size_t i, const char *filter)
{
    const struct ga_tui_options *options = picker->options;
    if (*filter == '\0')
        return true;
    if (options->matches != NULL)
        return options->matches(options->ctx, i, filter);
    return strstr(options->label(options->ctx, i), filter) != NULL;
}

/* A number is first of all that of its row, whatever labels hold the digits. */
static size_t numbered_by(const struct picker *picker, const char *filter)
{
    int64_t number;
    const bool is_row = ga_num_parse(filter, &number) && number >= 1 && number <= (int64_t)picker->count;
    return is_row ? (size_t)number - 1 : picker->count;
}

static void find(struct picker *picker)
{
    const char *filter = ga_tui_input_text(&picker->filter);
    const size_t numbered = numbered_by(picker, filter);
    picker->found_count = 0;
    if (numbered < picker->count)
        picker->found[picker->found_count++] = numbered;
    for (size_t i = 0; i < picker->count; i++)
        if (i != numbered && is_match(picker, i, filter))
            picker->found[picker->found_count++] = i;
    ga_tui_list_reload(&picker->list, picker->found_count);
    picker->filter.is_changed = false;
}

static void fetch_rows(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct picker *picker = ctx;
    for (size_t row = 0; row < count; row++) {
        size_t i = picker->found[first + row];
        ga_tui_cells_put(cells, row, 0, GA_NUM(i + 1));
        ga_tui_cells_put(cells, row, 1, picker->is_on[i] ? "x" : "");
        ga_tui_cells_put(cells, row, 2, picker->options->label(picker->options->ctx, i));
    }
}

static void make_list(struct picker *picker)
{
    ga_tui_list_init(&picker->list, fetch_rows, picker);
    picker->list.has_header = false;
    ga_tui_list_column(&picker->list, &(struct ga_tui_column){.title = "", .cols = 4, .is_right = true});
    ga_tui_list_column(&picker->list, &(struct ga_tui_column){.title = "", .cols = 1});
    ga_tui_list_column(&picker->list,
                       &(struct ga_tui_column){.title = "", .cols = 20, .min_cols = 8, .grows = true});
}

static enum ga_rc enter_picker(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ga_tui_pick *pick = arg;
    struct picker *picker = GA_STATE(struct picker, screen);
    ga_screen_set_title(screen, pick->title != NULL ? pick->title : "");
    picker->options = pick->options;
    picker->is_multiple = pick->is_multiple;
    picker->picks_by_digit = pick->picks_by_digit;
    picker->says_whole = pick->says_whole;
    picker->count = pick->options->count < FOUND_MAX ? pick->options->count : FOUND_MAX;
    picker->found = ga_arena_array(&screen->arena, picker->count + 1, sizeof(*picker->found));
    picker->is_on = ga_arena_array(&screen->arena, picker->count + 1, sizeof(*picker->is_on));
    for (size_t i = 0; i < picker->count; i++)
        picker->is_on[i] =
            pick->is_on != NULL ? pick->is_on[i] : pick->picked == (int)i && !pick->is_multiple;
    ga_tui_input_init(&picker->filter, FILTER_CHARS, ga_screen_note(screen));
    make_list(picker);
    find(picker);
    if (pick->picked > 0)
        ga_tui_list_select(&picker->list, (size_t)pick->picked);
    return GA_OK;
}

static void leave_picker(struct ga_screen *screen)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    ga_tui_input_finish(&picker->filter);
    ga_tui_list_finish(&picker->list);
}

/* For the longest label: the list keeps its height while the mark moves. */
static int count_whole_rows(const struct picker *picker, int cols)
{
    size_t most = 0;
    bool is_cut = false;
    for (size_t i = 0; picker->says_whole && i < picker->count; i++) {
        const char *label = picker->options->label(picker->options->ctx, i);
        const size_t len = strlen(label), rows = ga_wrap_count(label, len, (size_t)cols);
        is_cut |= (int)ga_width_text(label, len) > cols - BEFORE_LABEL_COLS;
        most = rows > most ? rows : most;
    }
    return !is_cut ? 0 : most < WHOLE_ROWS_MAX ? (int)most : WHOLE_ROWS_MAX;
}

static void size_picker(struct ga_screen *screen, int *rows, int *cols)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    *cols = *cols < PICKER_COLS ? *cols : PICKER_COLS;
    picker->whole_rows = count_whole_rows(picker, *cols);
    /* of all: the box stays as it is while the filter changes */
    int wanted = (int)picker->count + 2 + (picker->whole_rows > 0 ? picker->whole_rows + 1 : 0);
    *rows = wanted < *rows ? wanted : *rows;
}

static void layout_picker(struct ga_screen *screen, struct ga_area area)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    picker->filter.placeholder = ga_screen_tr(screen, "type to find");
    picker->list.empty = ga_screen_tr(screen, "nothing found; Backspace takes the last letter away");
    ga_area_cut_top(&area, 2);
    ga_area_cut_bottom(&area, picker->whole_rows > 0 ? picker->whole_rows + 1 : 0);
    ga_tui_list_layout(&picker->list, area);
}

static void paint_whole(const struct picker *picker, struct ga_canvas *canvas, struct ga_area area)
{
    struct ga_area below = ga_area_cut_bottom(&area, picker->whole_rows);
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_canvas_fill(canvas, below, GA_STYLE_NORMAL);
    if (picker->found_count == 0 || ga_area_is_empty(below))
        return;
    const char *text = picker->options->label(picker->options->ctx, picker->found[picker->list.selected]);
    ga_wrap_begin(&wrap, text, strlen(text), (size_t)below.cols);
    for (int i = 0; i < below.rows && ga_wrap_next(&wrap, &line); i++)
        ga_canvas_text_n(canvas, below.row + i, below.col, below.cols, GA_STYLE_WARNING, text + line.at, line.len);
}

static void paint_picker(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    ga_tui_list_paint(&picker->list, canvas, true);
    if (picker->whole_rows > 0)
        paint_whole(picker, canvas, screen->area);
    ga_tui_input_paint(&picker->filter, canvas, ga_area_row(screen->area, 0), true);
}

static enum ga_reply finish_multiple(struct ga_screen *screen)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    struct ga_str text = {0};
    for (size_t i = 0; i < picker->count; i++)
        if (picker->is_on[i])
            ga_str_addf(&text, "%s%zu", text.len > 0 ? " " : "", i);
    enum ga_reply answer = ga_screen_close_done(screen, 0, ga_str_text(&text));
    ga_str_finish(&text);
    return answer;
}

static void tick(struct picker *picker, size_t i)
{
    const struct ga_tui_options *options = picker->options;
    bool is_on = !picker->is_on[i];
    for (size_t k = 0; is_on && options->is_exclusive != NULL && k < picker->count; k++)
        if (options->is_exclusive(options->ctx, i) || options->is_exclusive(options->ctx, k))
            picker->is_on[k] = false;
    picker->is_on[i] = is_on;
    ga_tui_list_reload(&picker->list, picker->found_count);
}

static enum ga_reply finish(struct ga_screen *screen)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    if (picker->is_multiple)
        return finish_multiple(screen);
    if (picker->found_count == 0)
        return GA_HANDLED;
    return ga_screen_close_done(screen, (int)picker->found[picker->list.selected], NULL);
}

/* As everywhere: a digit is the whole answer while no number has two. */
static bool are_digits_enough(const struct picker *picker)
{
    return picker->picks_by_digit && picker->count <= GA_OPTIONS_NUMBERED && *ga_tui_input_text(&picker->filter) == '\0';
}

static enum ga_reply take_digit(struct ga_screen *screen, size_t i)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    if (!picker->is_multiple)
        return ga_screen_close_done(screen, (int)i, NULL);
    tick(picker, i);
    return GA_REDRAW;
}

static enum ga_reply take_picker_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct picker *picker = GA_STATE(struct picker, screen);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return finish(screen);
    if (picker->is_multiple && ga_event_is_key(event, ' ') && picker->found_count > 0) {
        tick(picker, picker->found[picker->list.selected]);
        return GA_REDRAW;
    }
    int digit = ga_event_digit(event);
    if (digit > 0 && are_digits_enough(picker) && (size_t)digit <= picker->count)
        return take_digit(screen, (size_t)digit - 1);
    if (ga_event_is_key(event, GA_KEY_ESC))
        return GA_IGNORED; /* closes, whatever stands in the box */
    enum ga_reply answer = ga_tui_typed_list_event(&picker->filter, &picker->list, event);
    if (picker->filter.is_changed) {
        find(picker);
        ga_tui_list_select(&picker->list, 0);
    }
    return answer;
}

static const struct ga_tui_command commands[] = {
    {1, {GA_KEY_ENTER}, GA_N_("Take"), GA_N_("take the one the mark stands on"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops picker_ops = {
    .name = "picker",
    .title = GA_N_("Choose"),
    .help = GA_N_("Type a few letters or the number to shorten the list, then Enter. Where several can be "
                  "chosen the space bar ticks."),
    .is_dialog = true,
    .state_bytes = sizeof(struct picker),
    .commands = GA_KEYMAP(commands),
    .enter = enter_picker,
    .leave = leave_picker,
    .box = size_picker,
    .layout = layout_picker,
    .paint = paint_picker,
    .event = take_picker_event,
};

void ga_tui_pick_open(struct ga_screen *screen, const struct ga_tui_pick *pick, int tag)
{
    struct ga_screen *standing = ga_ui_standing(screen, &picker_ops, tag);
    if (standing == NULL) {
        ga_screen_push(screen, &picker_ops, pick, tag);
        return;
    }
    ga_screen_set_title(standing, pick->title != NULL ? pick->title : "");
    find(GA_STATE(struct picker, standing)); /* the labels come in another language now */
}
