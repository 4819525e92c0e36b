/* Screens come, go, answer: what tui/loop.h promises. */
#include "fake_tui.h"
#include "tui_demo_screen.h"

#include "guanai/tui/dialog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void moving_in_a_list_sends_three_rows(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, GA_KEY_DOWN);
    assert_int_equal(fake.rows_sent, 3); /* where the mark was, where it is, the status line */
    fake_tui_stop(&fake);
}

/* A frame that paints only what changed shows what a whole one would. */
static void partial_frames_equal_whole_ones(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 18, 60, NULL, &tui_demo_list, NULL);
    static const uint32_t keys[] = {GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_PAGE_DOWN, GA_KEY_UP, GA_KEY_END,
                                    GA_KEY_UP, GA_KEY_PAGE_UP, GA_KEY_DOWN, GA_KEY_HOME, '/', 0x4F55,
                                    GA_KEY_DOWN, GA_KEY_BACKSPACE, GA_KEY_DOWN};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        struct ga_str part = {0};
        struct ga_str whole = {0};
        fake_tui_key(&fake, keys[i]);
        ga_canvas_dump(ga_ui_canvas(fake.ui), true, &part);
        fake_tui_key(&fake, GA_CTRL('L'));
        ga_canvas_dump(ga_ui_canvas(fake.ui), true, &whole);
        assert_string_equal(ga_str_text(&part), ga_str_text(&whole));
        ga_str_finish(&part);
        ga_str_finish(&whole);
    }
    assert_int_equal(fake.repaints, 1 + sizeof(keys) / sizeof(keys[0])); /* the first frame, each Ctrl-L */
    fake_tui_stop(&fake);
}

static void a_closed_screen_answers_the_one_below(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, GA_KEY_ENTER);
    fake_tui_type(&fake, "何丽");
    fake_tui_key(&fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&fake, "tag 1 done 7 何丽"));
    fake_tui_key(&fake, GA_KEY_ENTER);
    fake_tui_key(&fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&fake, "tag 1 back"));
    fake_tui_stop(&fake);
}

static void questions_take_y_digits_and_chinese(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    static const char *const yes[] = {"y", "Y", "1", "１", "是"};
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
        fake_tui_key(&fake, 's');
        fake_tui_type(&fake, yes[i]);
        assert_true(fake_tui_shows(&fake, "tag 2 done 1"));
    }
    fake_tui_key(&fake, 's');
    fake_tui_key(&fake, GA_KEY_ENTER); /* asked with no as what Enter says */
    assert_true(fake_tui_shows(&fake, "tag 2 done 0"));
    fake_tui_stop(&fake);
}

static void a_typed_answer_is_bounded_out_loud(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, 'n');
    fake_tui_type(&fake, "一二三四五六");
    assert_int_equal(fake.bells, 0);
    fake_tui_type(&fake, "七");
    assert_int_equal(fake.bells, 1);
    assert_true(fake_tui_shows(&fake, "这里最多 6 个字"));
    fake_tui_key(&fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&fake, "tag 3 done 0 一二三四五六"));
    fake_tui_stop(&fake);
}

static void a_hidden_page_shows_nothing_until_a_key(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    struct ga_ui_config config = {.lang = GA_ZH, .hide_after_ms = 60000, .program = "红岩村小学"};
    fake_tui_start(&fake, 24, 80, &config, &tui_demo_list, NULL);
    fake_tui_key(&fake, GA_KEY_F(8));
    assert_false(fake_tui_shows(&fake, "彭"));
    assert_false(fake_tui_shows(&fake, "红岩村"));
    fake_tui_key(&fake, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&fake, " 1 / 700")); /* that key did nothing else */
    fake_tui_wait(&fake, 59999);
    assert_false(ga_ui_is_hidden(fake.ui));
    fake_tui_wait(&fake, 1);
    assert_true(ga_ui_is_hidden(fake.ui));
    assert_false(fake_tui_shows(&fake, "彭"));
    fake_tui_stop(&fake);
}

static void a_window_too_small_says_so(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_fields, NULL);
    fake_tui_type(&fake, "何丽");
    for (int rows = 1; rows < 14; rows++)
        for (int cols = 1; cols < 42; cols += 3)
            fake_tui_resize(&fake, rows, cols);
    fake_tui_resize(&fake, 8, 30);
    assert_true(fake_tui_shows(&fake, "窗口太小（30×8）"));
    fake_tui_resize(&fake, 24, 80);
    assert_true(fake_tui_shows(&fake, "何丽"));
    fake_tui_stop(&fake);
}

static void the_language_changes_everywhere_at_once(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, GA_KEY_F(1));
    assert_true(fake_tui_shows(&fake, "通用按键"));
    fake_tui_key(&fake, GA_CTRL('T'));
    assert_true(fake_tui_shows(&fake, "Keys everywhere"));
    fake_tui_key(&fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&fake, "F1 Help"));
    fake_tui_stop(&fake);
}

static void long_work_shows_itself_and_can_be_stopped(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    assert_false(ga_ui_progress(fake.ui, "导入", 1, 100));
    fake.now_ms += 499;
    assert_false(ga_ui_progress(fake.ui, "导入", 10, 100));
    assert_false(fake_tui_shows(&fake, "导入"));
    fake.now_ms += 1;
    assert_false(ga_ui_progress(fake.ui, "导入", 42, 100));
    assert_true(fake_tui_shows(&fake, "导入"));
    assert_true(fake_tui_shows(&fake, "42 %"));
    fake.now_ms += 300;
    fake.waiting = (struct ga_event){.kind = GA_EVENT_KEY, .key = GA_KEY_ESC};
    assert_true(ga_ui_progress(fake.ui, "导入", 50, 100));
    fake_tui_stop(&fake);
}

struct probe {
    int drafts;
    int left;
};

static enum ga_rc enter_probe(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    if (arg == NULL)
        return ga_error_set(err, GA_DENIED, "too many pages are open; go back with Esc first");
    *(const void **)screen->state = arg;
    return GA_OK;
}

static void save_probe(struct ga_screen *screen)
{
    (*(struct probe **)screen->state)->drafts++;
}

static void leave_probe(struct ga_screen *screen)
{
    struct probe *probe = *(struct probe **)screen->state;
    if (probe != NULL)
        probe->left++;
}

static const struct ga_screen_ops probe_ops = {
    .name = "probe", .state_bytes = sizeof(void *), .enter = enter_probe, .leave = leave_probe,
    .save_draft = save_probe,
};

static void drafts_are_saved_however_it_ends(void **state)
{
    (void)state;
    static const struct ga_event ends[] = {{.kind = GA_EVENT_QUIT}, {.kind = GA_EVENT_KEY, .key = GA_CTRL('Q')}};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct fake_tui fake = {0};
        struct probe probe = {0};
        fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
        ga_screen_push(ga_ui_top(fake.ui), &probe_ops, &probe, 0);
        assert_false(ga_ui_step(fake.ui, &ends[i]));
        assert_int_equal(probe.drafts, 1);
        assert_int_equal(probe.left, 1);
        assert_null(ga_ui_top(fake.ui));
        fake_tui_stop(&fake);
    }
}

static void a_screen_that_cannot_enter_is_not_there(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    struct ga_screen *top = ga_ui_top(fake.ui);
    assert_int_equal(ga_screen_push(top, &probe_ops, NULL, 0), GA_DENIED);
    assert_ptr_equal(ga_ui_top(fake.ui), top);
    ga_ui_paint(fake.ui);
    assert_true(fake_tui_shows(&fake, "打开的页面太多"));
    fake_tui_stop(&fake);
}

static void the_stack_is_bounded(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    struct probe probe = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    int pushed = 0;
    while (pushed < 1000 && ga_screen_push(ga_ui_top(fake.ui), &probe_ops, &probe, 0) == GA_OK)
        pushed++;
    assert_in_range(pushed, 8, 100);
    fake_tui_stop(&fake);
    assert_int_equal(probe.left, pushed);
}

struct worker {
    int slices;
    int rings;
};

static enum ga_rc enter_worker(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    *(const void **)screen->state = arg;
    ga_screen_start_work(screen);
    ga_screen_set_timer(screen, 100);
    return GA_OK;
}

static bool work_once(struct ga_screen *screen)
{
    struct worker *worker = *(struct worker **)screen->state;
    if (++worker->slices < 3)
        return true;
    ga_screen_close(screen);
    return false;
}

static enum ga_reply ring(struct ga_screen *screen, int64_t now_ms)
{
    (void)now_ms;
    (*(struct worker **)screen->state)->rings++;
    return GA_HANDLED;
}

static const struct ga_screen_ops worker_ops = {
    .name = "worker", .state_bytes = sizeof(void *), .enter = enter_worker, .work = work_once, .timer = ring,
};

static void work_is_done_in_slices_until_it_is_over(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    struct worker worker = {0};
    fake_tui_start(&fake, 24, 80, NULL, &worker_ops, &worker);
    ga_ui_run(fake.ui); /* ends because the only screen closes itself */
    assert_int_equal(worker.slices, 3);
    fake_tui_stop(&fake);
}

/* A key comes while the first slice runs: after a second it is handled, and seen; the second one begins two seconds later. */
struct giving_way {
    struct fake_tui *fake;
    int slices, keys;
    int64_t given_up_ms;
};

static bool work_until_wanted(struct ga_screen *screen)
{
    struct giving_way *work = *(struct giving_way **)screen->state;
    assert_int_equal(work->keys, work->slices);
    if (++work->slices == 2) {
        assert_in_range(work->fake->now_ms - work->given_up_ms, 2000, 2500);
        assert_false(ga_ui_is_wanted(screen->ui));
        ga_screen_close(screen);
        return false;
    }
    assert_false(ga_ui_is_wanted(screen->ui));
    work->fake->waiting = (struct ga_event){.kind = GA_EVENT_KEY, .key = 'x'};
    assert_false(ga_ui_is_wanted(screen->ui)); /* it may be done in a moment */
    work->fake->now_ms += 1000;
    assert_true(ga_ui_is_wanted(screen->ui));
    assert_true(ga_ui_is_wanted(screen->ui)); /* looked at, not lost */
    work->given_up_ms = work->fake->now_ms;
    return true;
}

static enum ga_reply count_key(struct ga_screen *screen, const struct ga_event *event)
{
    struct giving_way *work = *(struct giving_way **)screen->state;
    work->keys += ga_event_is_key(event, 'x');
    return GA_REDRAW;
}

static const struct ga_screen_ops giving_way_ops = {
    .name = "giving way", .state_bytes = sizeof(void *), .enter = enter_worker, .work = work_until_wanted, .event = count_key,
};

static void a_key_that_comes_while_work_runs_is_handled_before_the_next_slice(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    struct giving_way work = {.fake = &fake};
    fake_tui_start(&fake, 24, 80, NULL, &giving_way_ops, &work);
    fake.tick_ms = 10;
    ga_ui_run(fake.ui);
    assert_int_equal(work.slices, 2);
    assert_int_equal(work.keys, 1);
    fake_tui_stop(&fake);
}

static void a_timer_rings_once(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    struct worker worker = {0};
    fake_tui_start(&fake, 24, 80, NULL, &worker_ops, &worker);
    fake_tui_wait(&fake, 99);
    assert_int_equal(worker.rings, 0);
    fake_tui_wait(&fake, 1);
    fake_tui_wait(&fake, 1000);
    assert_int_equal(worker.rings, 1);
    fake_tui_stop(&fake);
}

static int pressed_anywhere;

static enum ga_reply press_anywhere(struct ga_screen *top, int id)
{
    pressed_anywhere += id == -20;
    ga_dialog_show(top, "anywhere", "anywhere", 0);
    return GA_REDRAW;
}

static const struct ga_tui_command anywhere_keys[] = {
    {-20, {GA_CTRL('C')}, "Anywhere", "works anywhere", 0},
    {-20, {'!'}, "Anywhere", NULL, GA_COMMAND_SECRET},
};
static const struct ga_ui_config anywhere_config = {.anywhere = GA_KEYMAP(anywhere_keys), .run_anywhere = press_anywhere};

static void a_key_for_anywhere_works_over_a_dialog_and_on_a_full_stack(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    pressed_anywhere = 0;
    fake_tui_start(&fake, 24, 80, &anywhere_config, &tui_demo_list, NULL);
    ga_dialog_show(ga_ui_top(fake.ui), "dialog", "dialog", 0);
    fake_tui_key(&fake, GA_CTRL('C'));
    assert_int_equal(pressed_anywhere, 1);
    assert_true(fake_tui_shows(&fake, "anywhere"));
    for (int i = 0; i < 40; i++)
        ga_dialog_show(ga_ui_top(fake.ui), "more", "more", 0);
    fake_tui_key(&fake, GA_KEY_ESC);
    ga_dialog_show(ga_ui_top(fake.ui), "more", "more", 0);
    fake_tui_key(&fake, GA_CTRL('C')); /* no page more would go on it otherwise */
    assert_int_equal(pressed_anywhere, 2);
    assert_true(fake_tui_shows(&fake, "anywhere"));
    fake_tui_stop(&fake);
}

static void a_letter_for_anywhere_is_typed_where_something_can_be_typed(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    pressed_anywhere = 0;
    fake_tui_start(&fake, 24, 80, &anywhere_config, &tui_demo_fields, NULL);
    fake_tui_type(&fake, "!");
    assert_int_equal(pressed_anywhere, 0);
    assert_true(fake_tui_shows(&fake, "!"));
    fake_tui_stop(&fake);
    fake_tui_start(&fake, 24, 80, &anywhere_config, &tui_demo_list, NULL);
    fake_tui_type(&fake, "!");
    assert_int_equal(pressed_anywhere, 1);
    fake_tui_stop(&fake);
}

static bool about_page(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    (void)screen;
    *ret_id = (struct ga_uuid){{7}};
    return true;
}

static void what_a_page_is_about_is_known_under_its_dialogs(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    struct ga_uuid id;
    struct ga_screen_ops ops = tui_demo_list;
    ops.about = about_page;
    fake_tui_start(&fake, 24, 80, NULL, &ops, NULL);
    ga_dialog_show(ga_ui_top(fake.ui), "dialog", "dialog", 0);
    assert_true(ga_ui_about(fake.ui, &id));
    assert_int_equal(id.bytes[0], 7);
    ga_screen_push(ga_ui_top(fake.ui), &tui_demo_list, NULL, 0); /* another page over it is about nobody */
    assert_false(ga_ui_about(fake.ui, &id));
    fake_tui_stop(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moving_in_a_list_sends_three_rows),
        cmocka_unit_test(partial_frames_equal_whole_ones),
        cmocka_unit_test(a_closed_screen_answers_the_one_below),
        cmocka_unit_test(questions_take_y_digits_and_chinese),
        cmocka_unit_test(a_typed_answer_is_bounded_out_loud),
        cmocka_unit_test(a_hidden_page_shows_nothing_until_a_key),
        cmocka_unit_test(a_window_too_small_says_so),
        cmocka_unit_test(the_language_changes_everywhere_at_once),
        cmocka_unit_test(long_work_shows_itself_and_can_be_stopped),
        cmocka_unit_test(drafts_are_saved_however_it_ends),
        cmocka_unit_test(a_screen_that_cannot_enter_is_not_there),
        cmocka_unit_test(the_stack_is_bounded),
        cmocka_unit_test(work_is_done_in_slices_until_it_is_over),
        cmocka_unit_test(a_key_that_comes_while_work_runs_is_handled_before_the_next_slice),
        cmocka_unit_test(a_timer_rings_once),
        cmocka_unit_test(a_key_for_anywhere_works_over_a_dialog_and_on_a_full_stack),
        cmocka_unit_test(a_letter_for_anywhere_is_typed_where_something_can_be_typed),
        cmocka_unit_test(what_a_page_is_about_is_known_under_its_dialogs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
