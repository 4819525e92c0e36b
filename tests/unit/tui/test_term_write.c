/* Frames as bytes: whatever changes between two of them, a terminal shows the second. */
#include "guanai/base/alloc.h"
#include "guanai/base/random.h"
#include "guanai/tui/canvas.h"
#include "term_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

enum { ROWS = 12, COLS = 30, FRAMES = 400 };

struct terminal {
    VTerm *vt;
    VTermScreen *screen;
    struct ga_canvas *canvas;
    struct ga_term_writer writer;
    struct ga_str out;
};

static void add_slow_move(void *ctx, int row, int col, struct ga_str *out)
{
    (void)ctx;
    ga_str_addf(out, "\033[1;1H\033[%d;%dH", row + 1, col + 1);
}

static void set_style(struct ga_term_strings *strings, enum ga_style style, const char *text, bool has_ground)
{
    struct ga_term_style *made = &strings->styles[style];
    snprintf(made->from_plain, sizeof(made->from_plain), "%s", text);
    snprintf(made->from_other, sizeof(made->from_other), "%s", strings->plain);
    if (text[0] != '\0')
        ga_term_string_join(made->from_other, text);
    made->has_ground = has_ground;
}

static void start(struct terminal *terminal)
{
    *terminal = (struct terminal){.vt = vterm_new(ROWS, COLS), .canvas = ga_canvas_create(ROWS, COLS)};
    vterm_set_utf8(terminal->vt, 1);
    terminal->screen = vterm_obtain_screen(terminal->vt);
    vterm_screen_reset(terminal->screen, 1);
    vterm_input_write(terminal->vt, "left over\033[7m", 13); /* nobody knows what stands there */
    struct ga_term_strings *strings = &terminal->writer.strings;
    *strings = (struct ga_term_strings){.plain = "\033[m", .clear = "\033[H\033[2J", .erase_to_end = "\033[K",
                                        .hide_caret = "\033[?25l", .show_caret = "\033[?25h",
                                        .moves_by_ecma48 = true, .scrolls_by_ecma48 = true, .add_move = add_slow_move};
    for (int style = 0; style < GA_STYLE_COUNT; style++)
        set_style(strings, (enum ga_style)style, "", false);
    set_style(strings, GA_STYLE_STRONG, "\033[1m", false);
    set_style(strings, GA_STYLE_SELECTED, "\033[7m", true);
    set_style(strings, GA_STYLE_HEADER, "\033[4m", true);
    set_style(strings, GA_STYLE_ERROR, "\033[1;7m", true);
    ga_term_writer_init(&terminal->writer);
}

static void stop(struct terminal *terminal)
{
    vterm_free(terminal->vt);
    ga_canvas_destroy(terminal->canvas);
    ga_str_finish(&terminal->out);
}

/* Answers the bytes the frame took. */
static size_t show(struct terminal *terminal)
{
    ga_str_clear(&terminal->out);
    ga_term_write_frame(&terminal->writer, terminal->canvas, &terminal->out);
    vterm_input_write(terminal->vt, ga_str_text(&terminal->out), terminal->out.len);
    return terminal->out.len;
}

static bool is_reversed(const struct ga_cell *cell)
{
    return cell->style == GA_STYLE_SELECTED || cell->style == GA_STYLE_ERROR;
}

static void assert_cell(const struct terminal *terminal, int row, int col, bool is_left_out)
{
    const struct ga_cell *wanted = &ga_canvas_shown_row(terminal->canvas, row)[col];
    VTermScreenCell cell;
    if (wanted->width_cols == 0)
        return;
    assert_true(vterm_screen_get_cell(terminal->screen, (VTermPos){row, col}, &cell));
    const bool is_blank = is_left_out || (wanted->points[0] == ' ' && wanted->points[1] == 0);
    assert_int_equal(cell.chars[0] == 0 ? ' ' : cell.chars[0], is_left_out ? ' ' : wanted->points[0]);
    if (is_left_out)
        return;
    assert_int_equal(cell.chars[0] == 0 ? 0 : cell.chars[1], wanted->points[1]);
    assert_int_equal(cell.width, wanted->width_cols);
    assert_int_equal(cell.attrs.reverse, is_reversed(wanted));
    assert_int_equal(cell.attrs.underline, wanted->style == GA_STYLE_HEADER);
    if (!is_blank)
        assert_int_equal(cell.attrs.bold, wanted->style == GA_STYLE_STRONG || wanted->style == GA_STYLE_ERROR);
}

static void assert_shown(const struct terminal *terminal)
{
    const bool is_short = terminal->writer.strings.scrolls_after_last;
    const struct ga_cell *last = ga_canvas_shown_row(terminal->canvas, ROWS - 1);
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++) {
            const bool is_corner = is_short && row == ROWS - 1 &&
                                   (col == COLS - 1 || (col == COLS - 2 && last[COLS - 1].width_cols == 0));
            assert_cell(terminal, row, col, is_corner);
        }
}

/* A few words anywhere, now and then a whole new page, a forgotten screen, a caret. */
static void paint_something(struct ga_canvas *canvas, struct ga_random *random)
{
    static const char *const words[] = {"a", "罗小花", "e\xcc\x81t", "   ", " ", "许家村 3", "abcdefgh", "张", "               "};
    static const enum ga_style styles[] = {GA_STYLE_NORMAL, GA_STYLE_NORMAL, GA_STYLE_STRONG, GA_STYLE_SELECTED,
                                           GA_STYLE_HEADER, GA_STYLE_ERROR,  GA_STYLE_LABEL};
    if (ga_random_below(random, 10) == 0)
        ga_canvas_begin(canvas);
    else
        ga_canvas_begin_part(canvas);
    if (ga_random_below(random, 25) == 0)
        ga_canvas_forget(canvas);
    for (uint64_t i = ga_random_below(random, 12); i > 0; i--)
        ga_canvas_text(canvas, (int)ga_random_below(random, ROWS), (int)ga_random_below(random, COLS), COLS,
                       styles[ga_random_below(random, GA_COUNT(styles))], words[ga_random_below(random, GA_COUNT(words))]);
    if (ga_random_below(random, 3) > 0)
        ga_canvas_set_caret(canvas, (int)ga_random_below(random, ROWS), (int)ga_random_below(random, COLS));
}

/* As a list does whose cursor leaves the page: every row of it moves, one comes in, one loses the mark. */
static void paint_list(struct ga_canvas *canvas, int first, int selected)
{
    char line[40];
    ga_canvas_begin(canvas);
    ga_canvas_text(canvas, 0, 0, COLS, GA_STYLE_TITLE, "石桥镇中心小学");
    for (int row = 1; row < ROWS - 2; row++) {
        snprintf(line, sizeof(line), "%c 罗小花 %d 村", first + row == selected ? '>' : ' ', 31 * (first + row));
        ga_canvas_text(canvas, row, 0, COLS, first + row == selected ? GA_STYLE_SELECTED : GA_STYLE_NORMAL, line);
    }
    snprintf(line, sizeof(line), " %d / 999", selected);
    ga_canvas_text(canvas, ROWS - 2, 0, COLS, GA_STYLE_NORMAL, line);
}

static void show_random_frames(struct terminal *terminal, uint64_t seed)
{
    struct ga_random random = ga_random_seeded(&seed);
    for (int i = 0; i < FRAMES; i++) {
        int row, col;
        VTermPos caret;
        paint_something(terminal->canvas, &random);
        show(terminal);
        assert_shown(terminal);
        vterm_state_get_cursorpos(vterm_obtain_state(terminal->vt), &caret);
        if (ga_canvas_caret(terminal->canvas, &row, &col)) {
            assert_int_equal(caret.row, row);
            assert_int_equal(caret.col, col);
        }
    }
}

static void any_frame_after_any_other_is_what_the_terminal_shows(void **state)
{
    (void)state;
    struct terminal terminal;
    start(&terminal);
    show_random_frames(&terminal, 7);
    stop(&terminal);
}

static void a_terminal_that_knows_only_how_to_move_shows_the_same(void **state)
{
    (void)state;
    struct terminal terminal;
    start(&terminal);
    terminal.writer.strings.moves_by_ecma48 = false;
    terminal.writer.strings.scrolls_by_ecma48 = false;
    terminal.writer.strings.erase_to_end[0] = '\0';
    show_random_frames(&terminal, 8);
    stop(&terminal);
}

static void the_last_cell_stays_blank_where_writing_it_would_scroll(void **state)
{
    (void)state;
    struct terminal terminal;
    start(&terminal);
    terminal.writer.strings.scrolls_after_last = true;
    show_random_frames(&terminal, 9);
    stop(&terminal);
}

static void rows_that_move_by_one_are_moved_by_the_terminal(void **state)
{
    (void)state;
    static const int firsts[] = {100, 101, 102, 101, 100, 100, 99, 100};
    struct terminal terminal;
    start(&terminal);
    for (size_t i = 0; i < GA_COUNT(firsts); i++) {
        const bool is_up = i > 0 && firsts[i] > firsts[i - 1];
        paint_list(terminal.canvas, firsts[i], firsts[i] + (is_up ? ROWS - 3 : 1));
        size_t bytes = show(&terminal);
        assert_shown(&terminal);
        if (i > 0 && i != 3 && i != 7) /* the cursor went to the other end of the page */
            assert_in_range(bytes, 0, 140);
    }
    stop(&terminal);
}

static void a_frame_like_the_last_sends_nothing(void **state)
{
    (void)state;
    struct terminal terminal;
    start(&terminal);
    ga_canvas_text(terminal.canvas, 2, 3, COLS, GA_STYLE_SELECTED, "罗小花");
    show(&terminal);
    ga_canvas_begin(terminal.canvas);
    ga_canvas_text(terminal.canvas, 2, 3, COLS, GA_STYLE_SELECTED, "罗小花");
    assert_int_equal(show(&terminal), 0);
    ga_canvas_begin(terminal.canvas); /* a blank in the colour of a label looks like any other */
    ga_canvas_text(terminal.canvas, 2, 3, COLS, GA_STYLE_SELECTED, "罗小花");
    ga_canvas_text(terminal.canvas, 5, 3, COLS, GA_STYLE_LABEL, "     ");
    assert_int_equal(show(&terminal), 0);
    stop(&terminal);
}

static void a_typed_character_costs_its_own_bytes(void **state)
{
    (void)state;
    struct terminal terminal;
    start(&terminal);
    ga_canvas_text(terminal.canvas, 2, 3, COLS, GA_STYLE_NORMAL, "fo");
    ga_canvas_set_caret(terminal.canvas, 2, 5);
    show(&terminal);
    ga_canvas_begin_part(terminal.canvas);
    ga_canvas_text(terminal.canvas, 2, 3, COLS, GA_STYLE_NORMAL, "foo");
    ga_canvas_set_caret(terminal.canvas, 2, 6);
    assert_int_equal(show(&terminal), 1);
    stop(&terminal);
}

static void strings_of_terminfo_lose_what_nobody_needs(void **state)
{
    (void)state;
    static const struct {
        const char *first, *more, *joined;
    } rows[] = {
        {"\033[m", "\033[7m", "\033[0;7m"},       {"\033[0m", "\033[38;5;255m", "\033[0;38;5;255m"},
        {"", "\033[1m$<2>", "\033[1m"},           {"\033[m\033(B", "\033[7m", "\033[m\033(B\033[7m"},
        {"\033G0", "\033G4", "\033G0\033G4"},
    };
    char text[GA_TERM_STRING_BYTES];
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        snprintf(text, sizeof(text), "%s", rows[i].first);
        ga_term_string_join(text, rows[i].more);
        assert_string_equal(text, rows[i].joined);
    }
    ga_term_string_plain(text, "\033[m\017"); /* linux, screen */
    assert_string_equal(text, "\033[m");
    ga_term_string_plain(text, "\033(B\033[m"); /* xterm */
    assert_string_equal(text, "\033[m");
    ga_term_string_copy(text, "\033[H\033[J$<50/>x"); /* vt100 */
    assert_string_equal(text, "\033[H\033[Jx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_frame_after_any_other_is_what_the_terminal_shows),
        cmocka_unit_test(a_terminal_that_knows_only_how_to_move_shows_the_same),
        cmocka_unit_test(the_last_cell_stays_blank_where_writing_it_would_scroll),
        cmocka_unit_test(rows_that_move_by_one_are_moved_by_the_terminal),
        cmocka_unit_test(a_frame_like_the_last_sends_nothing),
        cmocka_unit_test(a_typed_character_costs_its_own_bytes),
        cmocka_unit_test(strings_of_terminfo_lose_what_nobody_needs),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("term_write", tests, NULL, NULL);
}
