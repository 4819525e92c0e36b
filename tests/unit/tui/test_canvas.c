/* Cells hold whole characters only, whatever text comes: what tui/canvas.h promises. */
#include "guanai/tui/canvas.h"

#include "guanai/base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect_row(const struct ga_canvas *canvas, int row, const char *expected)
{
    struct ga_str dump = {0};
    ga_canvas_dump(canvas, false, &dump);
    char *line = dump.data;
    for (int i = 0; i < row; i++)
        line = strchr(line, '\n') + 1;
    *strchr(line, '\n') = '\0';
    assert_string_equal(line, expected);
    ga_str_finish(&dump);
}

static void wide_characters_are_never_cut_in_half(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(2, 10);
    assert_int_equal(ga_canvas_text(canvas, 0, 0, 5, GA_STYLE_NORMAL, "留守儿童"), 4);
    expect_row(canvas, 0, "留守");
    assert_int_equal(ga_canvas_text(canvas, 1, 7, 10, GA_STYLE_NORMAL, "留守"), 4);
    expect_row(canvas, 1, "       留");
    ga_canvas_destroy(canvas);
}

static void drawing_over_half_a_wide_character_blanks_the_other_half(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(2, 10);
    ga_canvas_text(canvas, 0, 0, 10, GA_STYLE_NORMAL, "留守儿童");
    ga_canvas_text(canvas, 0, 1, 2, GA_STYLE_NORMAL, "ab");
    expect_row(canvas, 0, " ab 儿童");
    ga_canvas_text(canvas, 0, 5, 2, GA_STYLE_NORMAL, "字");
    expect_row(canvas, 0, " ab  字");
    ga_canvas_destroy(canvas);
}

static void nothing_is_drawn_outside_the_clip(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(3, 10);
    ga_canvas_clip(canvas, (struct ga_area){1, 2, 1, 3});
    for (int row = -1; row < 5; row++)
        ga_canvas_text(canvas, row, -3, 40, GA_STYLE_NORMAL, "一二三四五六七八九");
    ga_canvas_set_caret(canvas, 0, 0);
    int row, col;
    assert_false(ga_canvas_caret(canvas, &row, &col));
    expect_row(canvas, 0, "");
    expect_row(canvas, 1, "   四"); /* half of 三 falls on column 2 */
    expect_row(canvas, 2, "");
    ga_canvas_destroy(canvas);
}

static void text_that_is_harmful_arrives_harmless(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(1, 40);
    ga_canvas_text(canvas, 0, 0, 40, GA_STYLE_NORMAL, "a\033[2Jb\xc2\x9b\xe2\x80\xae" "c\nd\xff");
    expect_row(canvas, 0, "a\xef\xbf\xbd[2Jb\xef\xbf\xbd" "c d\xef\xbf\xbd");
    ga_canvas_destroy(canvas);
}

/* Such a terminal draws every character of East Asian Width "A" two cells wide, those of names as well. */
static void a_terminal_that_draws_line_characters_wide_gets_none_of_them(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(3, 40);
    ga_canvas_set_ascii(canvas, true);
    ga_canvas_text(canvas, 0, 0, 40, GA_STYLE_NORMAL, "“一年级·Ⅲ班” ①家访… lǜ é ü ñ");
    expect_row(canvas, 0, "\"一年级.3班\" 1家访. lv e u n");
    ga_canvas_text(canvas, 1, 0, 40, GA_STYLE_NORMAL, "Я α ⑳ ‖ ╳ \xff 张");
    expect_row(canvas, 1, "? ? ? ? ? ? 张");
    ga_canvas_text(canvas, 2, 0, 40, GA_STYLE_NORMAL, "阿依古丽 ئايگۈل བཀྲ། （１）");
    struct ga_canvas *plain = ga_canvas_create(3, 40);
    ga_canvas_text(plain, 2, 0, 40, GA_STYLE_NORMAL, "阿依古丽 ئايگۈل བཀྲ། （１）");
    assert_memory_equal(ga_canvas_row(canvas, 2), ga_canvas_row(plain, 2), 40 * sizeof(struct ga_cell));
    ga_canvas_destroy(plain);
    ga_canvas_destroy(canvas);
}

static void text_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(1, 20);
    ga_canvas_text_fit(canvas, 0, 0, 6, GA_STYLE_NORMAL, "阿依古丽·买买提");
    ga_canvas_text(canvas, 0, 6, 1, GA_STYLE_NORMAL, "|");
    expect_row(canvas, 0, "阿依… |");
    ga_canvas_text_right(canvas, 0, 0, 6, GA_STYLE_NORMAL, "12");
    expect_row(canvas, 0, "    12|");
    ga_canvas_destroy(canvas);
}

static void only_rows_that_differ_are_to_be_shown(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(4, 20);
    ga_canvas_text(canvas, 1, 0, 20, GA_STYLE_NORMAL, "彭英俊");
    assert_true(ga_canvas_row_changed(canvas, 0)); /* nobody knows what the terminal shows at first */
    ga_canvas_shown(canvas);
    ga_canvas_begin(canvas);
    ga_canvas_text(canvas, 1, 0, 20, GA_STYLE_NORMAL, "彭英俊");
    ga_canvas_text(canvas, 2, 0, 20, GA_STYLE_NORMAL, "何丽");
    assert_false(ga_canvas_row_changed(canvas, 1));
    assert_true(ga_canvas_row_changed(canvas, 2));
    ga_canvas_shown(canvas);
    ga_canvas_begin(canvas);
    ga_canvas_text(canvas, 1, 0, 20, GA_STYLE_STRONG, "彭英俊");
    assert_true(ga_canvas_row_changed(canvas, 1)); /* a style is a difference too */
    ga_canvas_forget(canvas);
    assert_true(ga_canvas_row_changed(canvas, 3));
    ga_canvas_destroy(canvas);
}

/* Every right half follows a wide cell, every wide cell has its right half, whatever was drawn where. */
static void random_drawing_keeps_cells_whole(void **state)
{
    (void)state;
    uint64_t seed = 20261122;
    struct ga_random random = ga_random_seeded(&seed);
    static const char *const texts[] = {"留守儿童", "a留b守", "·é́x", "𠮷", "abc", "\033[m", "一"};
    struct ga_canvas *canvas = ga_canvas_create(3, 17);
    for (int i = 0; i < 20000; i++) {
        int row = (int)ga_random_below(&random, 5) - 1;
        int col = (int)ga_random_below(&random, 24) - 4;
        int cols = (int)ga_random_below(&random, 12);
        ga_canvas_clip(canvas, (struct ga_area){0, (int)ga_random_below(&random, 6), 3,
                                                (int)ga_random_below(&random, 17)});
        if (i % 7 == 0)
            ga_canvas_fill(canvas, (struct ga_area){row, col, 2, cols}, GA_STYLE_DIM);
        else
            ga_canvas_text_fit(canvas, row, col, cols, GA_STYLE_NORMAL, texts[ga_random_below(&random, 7)]);
        for (int r = 0; r < 3; r++) {
            const struct ga_cell *cells = ga_canvas_row(canvas, r);
            for (int c = 0; c < 17; c++) {
                assert_true(cells[c].width_cols != 0 || (c > 0 && cells[c - 1].width_cols == 2));
                assert_true(cells[c].width_cols != 2 || (c < 16 && cells[c + 1].width_cols == 0));
            }
        }
    }
    ga_canvas_destroy(canvas);
}

static void no_two_styles_that_matter_look_the_same_without_colour(void **state)
{
    (void)state;
    static const enum ga_style pairs[][2] = {
        {GA_STYLE_SELECTED, GA_STYLE_NORMAL}, {GA_STYLE_FIELD_FOCUSED, GA_STYLE_FIELD},
        {GA_STYLE_ERROR, GA_STYLE_NORMAL},    {GA_STYLE_WARNING, GA_STYLE_NORMAL},
        {GA_STYLE_ERROR, GA_STYLE_WARNING},   {GA_STYLE_KEY, GA_STYLE_KEY_LABEL},
        {GA_STYLE_BANNER, GA_STYLE_TITLE},    {GA_STYLE_PLACEHOLDER, GA_STYLE_FIELD},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        assert_int_not_equal(ga_style_look(pairs[i][0], GA_THEME_MONO).marks,
                             ga_style_look(pairs[i][1], GA_THEME_MONO).marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_characters_are_never_cut_in_half),
        cmocka_unit_test(drawing_over_half_a_wide_character_blanks_the_other_half),
        cmocka_unit_test(nothing_is_drawn_outside_the_clip),
        cmocka_unit_test(text_that_is_harmful_arrives_harmless),
        cmocka_unit_test(text_that_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(a_terminal_that_draws_line_characters_wide_gets_none_of_them),
        cmocka_unit_test(only_rows_that_differ_are_to_be_shown),
        cmocka_unit_test(random_drawing_keeps_cells_whole),
        cmocka_unit_test(no_two_styles_that_matter_look_the_same_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
