/* Widgets answer keys as their headers promise, without a screen. */
#include "fake_tui.h"
#include "tui_demo_screen.h"

#include "guanai/base/alloc.h"
#include "guanai/tui/widget/boolean.h"
#include "guanai/tui/widget/choice.h"
#include "guanai/tui/widget/choices.h"
#include "guanai/tui/widget/input.h"
#include "guanai/tui/widget/line.h"
#include "guanai/tui/widget/list.h"
#include "guanai/tui/widget/memo.h"
#include "guanai/tui/widget/scale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ga_event key(uint32_t code)
{
    return (struct ga_event){.kind = code < GA_KEY_FIRST ? GA_EVENT_TEXT : GA_EVENT_KEY, .key = code};
}

static struct ga_event paste(const char *text)
{
    return (struct ga_event){.kind = GA_EVENT_PASTE, .text = text, .len = strlen(text)};
}

static const char *letter(void *ctx, size_t i)
{
    static const char *const letters[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"};
    (void)ctx;
    return letters[i];
}

static bool is_first(void *ctx, size_t i)
{
    (void)ctx;
    return i == 0;
}

static const struct ga_tui_options twelve = {.count = 12, .label = letter, .is_exclusive = is_first};

static void digits_pick_and_nought_asks_for_the_list(void **state)
{
    (void)state;
    struct ga_tui_choice choice;
    ga_tui_choice_init(&choice, &twelve, -1);
    ga_tui_choice_event(&choice, &(struct ga_event){.kind = GA_EVENT_TEXT, .key = '3'});
    assert_int_equal(choice.picked, 2);
    assert_true(choice.is_changed);
    ga_tui_choice_event(&choice, &(struct ga_event){.kind = GA_EVENT_TEXT, .key = 0xFF19}); /* ９ */
    assert_int_equal(choice.picked, 8);
    ga_tui_choice_event(&choice, &(struct ga_event){.kind = GA_EVENT_TEXT, .key = '0'});
    assert_true(choice.asks_for_list);
    struct ga_event delete = key(GA_KEY_DELETE);
    ga_tui_choice_event(&choice, &delete);
    assert_int_equal(choice.picked, -1);
    struct ga_event enter = key(GA_KEY_ENTER);
    assert_int_equal(ga_tui_choice_event(&choice, &enter), GA_IGNORED);
}

static void a_digit_beyond_the_list_changes_nothing(void **state)
{
    (void)state;
    struct ga_tui_options three = {.count = 3, .label = letter};
    struct ga_tui_choice choice;
    ga_tui_choice_init(&choice, &three, 1);
    struct ga_event seven = key('7');
    ga_tui_choice_event(&choice, &seven);
    assert_int_equal(choice.picked, 1);
    assert_false(choice.is_changed);
}

static void none_of_these_excludes_all_others(void **state)
{
    (void)state;
    struct ga_tui_choices choices;
    ga_tui_choices_init(&choices, &twelve);
    ga_tui_choices_toggle(&choices, 3);
    ga_tui_choices_toggle(&choices, 5);
    assert_true(choices.is_on[3] && choices.is_on[5]);
    ga_tui_choices_toggle(&choices, 0);
    assert_true(choices.is_on[0] && !choices.is_on[3] && !choices.is_on[5]);
    ga_tui_choices_toggle(&choices, 4);
    assert_true(!choices.is_on[0] && choices.is_on[4]);
}

static void full_width_digits_become_plain_where_digits_are_meant(void **state)
{
    (void)state;
    struct ga_tui_input input;
    ga_tui_input_init(&input, 11, NULL);
    input.folds_width = true;
    struct ga_event typed = key(0xFF11);
    struct ga_event pasted = paste("３８０");
    ga_tui_input_event(&input, &typed);
    ga_tui_input_event(&input, &pasted);
    assert_string_equal(ga_tui_input_text(&input), "1380");
    ga_tui_input_finish(&input);
}

static void what_does_not_fit_is_refused_whole(void **state)
{
    (void)state;
    struct ga_message note = {0};
    struct ga_tui_input input;
    ga_tui_input_init(&input, 4, &note);
    struct ga_event fits = paste("彭英俊");
    struct ga_event long_one = paste("和何丽");
    ga_tui_input_event(&input, &fits);
    assert_null(note.id);
    input.is_changed = false;
    ga_tui_input_event(&input, &long_one);
    assert_string_equal(ga_tui_input_text(&input), "彭英俊");
    assert_false(input.is_changed);
    assert_string_equal(ga_message_arg(&note, 0), "4");
    ga_tui_input_finish(&input);
}

static void what_is_stored_is_shown_whole_even_when_over_the_limit(void **state)
{
    (void)state;
    struct ga_tui_input input;
    ga_tui_input_init(&input, 2, NULL);
    ga_tui_input_set(&input, "阿依古丽·买买提");
    assert_string_equal(ga_tui_input_text(&input), "阿依古丽·买买提");
    struct ga_event backspace = key(GA_KEY_BACKSPACE);
    ga_tui_input_event(&input, &backspace);
    assert_string_equal(ga_tui_input_text(&input), "阿依古丽·买买");
    ga_tui_input_finish(&input);
}

static void a_secret_is_never_painted(void **state)
{
    (void)state;
    struct ga_tui_input input;
    struct ga_str dump = {0};
    struct ga_canvas *canvas = ga_canvas_create(1, 20);
    ga_tui_input_init(&input, 20, NULL);
    input.is_secret = true;
    ga_tui_input_set(&input, "123456");
    for (int is_focused = 0; is_focused < 2; is_focused++) {
        ga_tui_input_paint(&input, canvas, ga_canvas_area(canvas), is_focused);
        ga_str_clear(&dump);
        ga_canvas_dump(canvas, false, &dump);
        assert_true(ga_str_starts(ga_str_text(&dump), "******\n"));
    }
    ga_str_finish(&dump);
    ga_canvas_destroy(canvas);
    ga_tui_input_finish(&input);
}

static void arrows_leave_a_memo_at_its_ends(void **state)
{
    (void)state;
    struct ga_tui_memo memo;
    ga_tui_memo_init(&memo, 100, NULL);
    ga_tui_memo_set(&memo, "一\n二");
    struct ga_event up = key(GA_KEY_UP);
    struct ga_event down = key(GA_KEY_DOWN);
    assert_int_equal(ga_tui_memo_event(&memo, &down), GA_IGNORED);
    assert_int_equal(ga_tui_memo_event(&memo, &up), GA_TOUCHED);
    assert_int_equal(ga_tui_memo_event(&memo, &up), GA_IGNORED);
    struct ga_event feed = key(GA_CTRL('J'));
    ga_tui_memo_event(&memo, &feed);
    assert_string_equal(ga_tui_memo_text(&memo), "一\n\n二");
    assert_int_equal(ga_tui_memo_lines(&memo, 40), 3);
    ga_tui_memo_finish(&memo);
}

static void a_scale_takes_its_own_numbers_only(void **state)
{
    (void)state;
    struct ga_tui_scale scale = {.low = 1, .high = 5, .value = GA_SCALE_NONE};
    struct ga_event six = key('6');
    struct ga_event four = key('4');
    ga_tui_scale_event(&scale, &six);
    assert_int_equal(scale.value, GA_SCALE_NONE);
    ga_tui_scale_event(&scale, &four);
    assert_int_equal(scale.value, 4);
    struct ga_tui_scale ten = {.low = 1, .high = 10, .value = GA_SCALE_NONE};
    struct ga_event nought = key('0');
    ga_tui_scale_event(&ten, &nought);
    assert_int_equal(ten.value, 10);
}

static const char *mood_word(void *ctx, int value)
{
    static const char *const words[] = {"很差", "低落", "平常", "较好", "很好"};
    (void)ctx;
    return words[value - 1];
}

static void expect_scale(int value, int cols, bool is_focused, const char *painted)
{
    struct ga_tui_scale scale = {.low = 1, .high = 5, .value = value, .label = mood_word};
    struct ga_canvas *canvas = ga_canvas_create(1, cols);
    struct ga_str dump = {0};
    ga_tui_scale_paint(&scale, canvas, ga_canvas_area(canvas), is_focused);
    ga_canvas_dump(canvas, false, &dump);
    assert_true(ga_str_starts(ga_str_text(&dump), painted)); /* below it: where the caret is */
    ga_str_finish(&dump);
    ga_canvas_destroy(canvas);
}

static void a_scale_says_in_words_what_its_numbers_mean(void **state)
{
    (void)state;
    expect_scale(GA_SCALE_NONE, 46, true, " 1 很差  2 低落  3 平常  4 较好  5 很好\n");
    expect_scale(3, 46, true, " 1 很差  2 低落 [3 平常] 4 较好  5 很好\n");
    expect_scale(3, 46, false, " 3 平常\n");
    expect_scale(GA_SCALE_NONE, 30, true, " 1 很差  2  3  4  5 很好\n"); /* what the ends mean, where all do not fit */
    expect_scale(2, 20, true, " 1 [2] 3  4  5 低落\n");
}

struct fetched {
    size_t calls;
    size_t rows;
    size_t last_first;
};

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct fetched *fetched = ctx;
    fetched->calls++;
    fetched->rows += count;
    fetched->last_first = first;
    for (size_t i = 0; i < count; i++)
        ga_tui_cells_put(cells, i, 0, "孩子");
}

static void a_list_fetches_only_what_is_in_sight(void **state)
{
    (void)state;
    struct fetched fetched = {0};
    struct ga_tui_list list;
    struct ga_canvas *canvas = ga_canvas_create(11, 40);
    ga_tui_list_init(&list, fetch, &fetched);
    ga_tui_list_column(&list, &(struct ga_tui_column){.title = "姓名", .cols = 10});
    ga_tui_list_layout(&list, ga_canvas_area(canvas));
    ga_tui_list_reload(&list, 100000);
    ga_tui_list_paint(&list, canvas, true);
    assert_int_equal(fetched.rows, 10);
    struct ga_event down = key(GA_KEY_DOWN);
    ga_tui_list_event(&list, &down);
    ga_tui_list_paint(&list, canvas, true);
    assert_int_equal(fetched.calls, 1); /* the window did not move */
    struct ga_event end = key(GA_KEY_END);
    ga_tui_list_event(&list, &end);
    ga_tui_list_paint(&list, canvas, true);
    assert_int_equal(fetched.last_first, 99990);
    assert_int_equal(list.selected, 99999);
    ga_tui_list_reload(&list, 3); /* a search shortened it */
    ga_tui_list_paint(&list, canvas, true);
    assert_int_equal(list.selected, 2);
    ga_tui_list_reload(&list, 0);
    ga_tui_list_paint(&list, canvas, true);
    ga_tui_list_event(&list, &down);
    assert_int_equal(list.selected, 0);
    ga_tui_list_finish(&list);
    ga_canvas_destroy(canvas);
}

static void the_two_ends_of_a_line_never_touch(void **state)
{
    (void)state;
    struct ga_canvas *canvas = ga_canvas_create(2, 20);
    struct ga_str dump = {0};
    ga_tui_line_paint(canvas, (struct ga_area){0, 0, 1, 20}, GA_STYLE_TITLE, "家访记录·新建", "周老师");
    ga_tui_line_paint(canvas, (struct ga_area){1, 0, 1, 20}, GA_STYLE_TITLE, "家访记录·新", "周老师");
    ga_canvas_dump(canvas, false, &dump);
    assert_string_equal(ga_str_text(&dump), "家访记录·新… 周老师\n家访记录·新  周老师\n");
    for (int col = 0; col < 20; col++) /* nor is there a hole in the bar */
        assert_int_equal(ga_canvas_row(canvas, 0)[col].style, GA_STYLE_TITLE);
    ga_str_finish(&dump);
    ga_canvas_destroy(canvas);
}

static void columns_give_way_by_priority(void **state)
{
    (void)state;
    struct fetched fetched = {0};
    struct ga_tui_list list;
    ga_tui_list_init(&list, fetch, &fetched);
    ga_tui_list_column(&list, &(struct ga_tui_column){.title = "姓名", .cols = 16, .min_cols = 8});
    ga_tui_list_column(&list, &(struct ga_tui_column){.title = "班级", .cols = 12, .priority = 1});
    ga_tui_list_column(&list, &(struct ga_tui_column){.title = "村", .cols = 12, .priority = 2});
    for (int cols = 1; cols < 60; cols++) {
        ga_tui_list_layout(&list, (struct ga_area){0, 0, 5, cols});
        assert_true(list.shown_cols[0] >= 8);
        assert_true(list.shown_cols[2] == 0 || list.shown_cols[1] > 0); /* 村 goes before 班级 */
    }
    ga_tui_list_layout(&list, (struct ga_area){0, 0, 5, 26});
    assert_int_equal(list.shown_cols[2], 0);
    assert_int_equal(list.shown_cols[1], 12);
    ga_tui_list_finish(&list);
}

static void the_picker_filters_and_answers(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_fields, NULL);
    for (int i = 0; i < 3; i++)
        fake_tui_key(&fake, GA_KEY_ENTER);
    fake_tui_key(&fake, '0');
    assert_true(fake_tui_shows(&fake, "12   其他"));
    fake_tui_type(&fake, "老");
    assert_false(fake_tui_shows(&fake, "其他"));
    fake_tui_key(&fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&fake, "✓· 老师"));
    fake_tui_key(&fake, '0');
    fake_tui_type(&fake, "12");
    fake_tui_key(&fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&fake, "✓· 其他"));
    fake_tui_stop(&fake);
}

static void a_number_typed_into_the_picker_is_first_of_all_that_of_its_row(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_fields, NULL);
    for (int i = 0; i < 3; i++)
        fake_tui_key(&fake, GA_KEY_ENTER);
    fake_tui_key(&fake, '0');
    fake_tui_type(&fake, "12");
    assert_true(fake_tui_shows(&fake, "▶   12   其他"));
    assert_true(fake_tui_shows(&fake, "10   邻居12号"));
    fake_tui_stop(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_pick_and_nought_asks_for_the_list),
        cmocka_unit_test(a_digit_beyond_the_list_changes_nothing),
        cmocka_unit_test(none_of_these_excludes_all_others),
        cmocka_unit_test(full_width_digits_become_plain_where_digits_are_meant),
        cmocka_unit_test(what_does_not_fit_is_refused_whole),
        cmocka_unit_test(what_is_stored_is_shown_whole_even_when_over_the_limit),
        cmocka_unit_test(a_secret_is_never_painted),
        cmocka_unit_test(arrows_leave_a_memo_at_its_ends),
        cmocka_unit_test(a_scale_takes_its_own_numbers_only),
        cmocka_unit_test(a_scale_says_in_words_what_its_numbers_mean),
        cmocka_unit_test(a_list_fetches_only_what_is_in_sight),
        cmocka_unit_test(the_two_ends_of_a_line_never_touch),
        cmocka_unit_test(columns_give_way_by_priority),
        cmocka_unit_test(the_picker_filters_and_answers),
        cmocka_unit_test(a_number_typed_into_the_picker_is_first_of_all_that_of_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
