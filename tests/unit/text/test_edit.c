/* Typing loses nothing: what text/edit.h promises. */
#include "guanai/text/edit.h"

#include "guanai/text/cluster.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include "hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ga_edit *make(const char *text)
{
    static const struct ga_edit_limits limits = {.max_chars = 500};
    return ga_edit_create(&limits, text);
}

static struct ga_edit *make_lines(const char *text)
{
    static const struct ga_edit_limits limits = {.max_chars = 500, .is_multiline = true};
    return ga_edit_create(&limits, text);
}

static bool paste(struct ga_edit *edit, const char *text)
{
    return ga_edit_paste(edit, text, strlen(text));
}

static void type(struct ga_edit *edit, const char *text)
{
    for (size_t at = 0, len = strlen(text); at < len; at = ga_utf8_next(text, len, at)) {
        uint32_t cp;
        ga_utf8_decode(text + at, len - at, &cp);
        assert_true(ga_edit_type(edit, cp));
    }
}

/* The text with '|' where the caret stands. */
static void assert_edit(struct ga_edit *edit, const char *want)
{
    char shown[4000];
    size_t caret = ga_edit_caret(edit);
    snprintf(shown, sizeof(shown), "%.*s|%s", (int)caret, ga_edit_text(edit), ga_edit_text(edit) + caret);
    assert_string_equal(shown, want);
}

/* What stands there by itself is offered: whoever types means something else. */
static void typing_takes_the_place_of_what_is_chosen_whole(void **state)
{
    (void)state;
    struct ga_edit *edit = make("2026-11-23");
    ga_edit_select_all(edit);
    assert_true(ga_edit_is_selected(edit));
    type(edit, "9-15");
    assert_edit(edit, "9-15|");
    assert_false(ga_edit_is_selected(edit));
    assert_true(ga_edit_undo(edit)); /* one step, however much was typed */
    assert_edit(edit, "2026-11-23|");
    assert_true(ga_edit_redo(edit));
    assert_edit(edit, "9-15|");
    ga_edit_select_all(edit);
    assert_true(paste(edit, "两位数乘法"));
    assert_edit(edit, "两位数乘法|");
    assert_true(ga_edit_undo(edit));
    assert_edit(edit, "9-15|");
    ga_edit_destroy(edit);
}

static void keys_that_mend_go_on_with_what_is_chosen(void **state)
{
    (void)state;
    static const enum ga_edit_move moves[] = {GA_EDIT_LEFT, GA_EDIT_RIGHT, GA_EDIT_HOME, GA_EDIT_END};
    for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
        struct ga_edit *edit = make("13812345678");
        ga_edit_select_all(edit);
        ga_edit_move(edit, moves[i]);
        assert_false(ga_edit_is_selected(edit));
        type(edit, "0");
        assert_int_equal(ga_edit_chars(edit), 12);
        ga_edit_destroy(edit);
    }
    struct ga_edit *edit = make("13812345678");
    ga_edit_select_all(edit);
    assert_true(ga_edit_erase(edit));
    assert_edit(edit, "1381234567|");
    ga_edit_select_all(edit);
    type(edit, " 139"); /* a second number */
    assert_edit(edit, "1381234567 139|");
    ga_edit_select_all(edit);
    assert_true(ga_edit_delete(edit));
    assert_edit(edit, "|");
    assert_true(ga_edit_undo(edit));
    assert_edit(edit, "1381234567 139|");
    ga_edit_destroy(edit);
}

static void what_cannot_be_typed_takes_nothing_away(void **state)
{
    (void)state;
    struct ga_edit *edit = make("李小雷");
    ga_edit_select_all(edit);
    assert_false(ga_edit_type(edit, 0x200B)); /* cannot be seen */
    assert_false(paste(edit, "\x80\xff"));
    assert_edit(edit, "李小雷|");
    assert_true(ga_edit_is_selected(edit));
    ga_edit_destroy(edit);
    edit = make("");
    ga_edit_select_all(edit);
    assert_false(ga_edit_is_selected(edit));
    ga_edit_destroy(edit);
}

static void what_is_typed_stands_before_the_caret(void **state)
{
    (void)state;
    struct ga_edit *edit = make("李");
    type(edit, "小雷");
    assert_true(ga_edit_move(edit, GA_EDIT_HOME));
    assert_false(ga_edit_move(edit, GA_EDIT_LEFT));
    type(edit, "A");
    assert_edit(edit, "A|李小雷");
    assert_true(ga_edit_delete(edit));
    assert_true(ga_edit_erase(edit));
    assert_false(ga_edit_erase(edit));
    assert_edit(edit, "|小雷");
    assert_int_equal(ga_edit_chars(edit), 2);
    ga_edit_destroy(edit);
    ga_edit_destroy(NULL);
}

static void the_caret_steps_over_whole_characters(void **state)
{
    (void)state;
    struct ga_edit *edit = make("e\xCC\x81葛\xF3\xA0\x84\x80");
    ga_edit_move(edit, GA_EDIT_LEFT);
    assert_int_equal(ga_edit_caret(edit), 3);
    ga_edit_erase(edit);
    assert_edit(edit, "|葛\xF3\xA0\x84\x80");
    type(edit, "o");
    type(edit, "\xCC\x88");
    assert_edit(edit, "o\xCC\x88|葛\xF3\xA0\x84\x80");
    ga_edit_destroy(edit);
}

static void too_long_a_paste_is_refused_whole(void **state)
{
    (void)state;
    static const struct ga_edit_limits limits = {.max_chars = 3, .max_bytes = 8};
    struct ga_edit *edit = ga_edit_create(&limits, "ab");
    assert_false(paste(edit, "cd"));
    assert_int_equal(ga_edit_refusal(edit), GA_EDIT_TOO_LONG);
    assert_edit(edit, "ab|");
    assert_true(paste(edit, "c"));
    assert_int_equal(ga_edit_refusal(edit), GA_EDIT_FITS);
    assert_false(ga_edit_type(edit, 'd'));
    assert_true(ga_edit_set_text(edit, "留守"));
    assert_false(ga_edit_type(edit, 0x7559)); /* nine bytes */
    assert_false(ga_edit_set_text(edit, "留守儿童"));
    assert_edit(edit, "留守|");
    ga_edit_destroy(edit);
}

static void a_stored_text_over_the_limit_is_kept(void **state)
{
    (void)state;
    static const struct ga_edit_limits limits = {.max_chars = 2};
    struct ga_edit *edit = ga_edit_create(&limits, "abcd\xFF");
    assert_edit(edit, "abcd�|");
    assert_false(ga_edit_type(edit, 'x'));
    assert_true(ga_edit_erase(edit));
    assert_edit(edit, "abcd|");
    ga_edit_destroy(edit);
}

static void pasted_text_is_cleaned_of_what_cannot_be_seen(void **state)
{
    (void)state;
    struct ga_edit *edit = make("");
    assert_true(paste(edit, "\xEF\xBB\xBF\n李\xE2\x80\x8B雷\x1B[\t13\r\n8\n"));
    assert_edit(edit, "李雷[ 13 8|");
    assert_false(paste(edit, "\xE2\x80\xAE\n"));
    assert_int_equal(ga_edit_refusal(edit), GA_EDIT_FITS);
    assert_false(paste(edit, "a\xFF"));
    assert_int_equal(ga_edit_refusal(edit), GA_EDIT_NOT_TEXT);
    assert_false(ga_edit_type(edit, 0xD800));
    assert_int_equal(ga_edit_refusal(edit), GA_EDIT_NOT_TEXT);
    assert_false(ga_edit_type(edit, '\n'));
    ga_edit_destroy(edit);
    edit = make_lines("");
    assert_true(paste(edit, "a\r\nb\rc\n"));
    assert_edit(edit, "a\nb\nc\n|");
    ga_edit_destroy(edit);
}

static void words_and_lines_are_killed_backwards(void **state)
{
    (void)state;
    struct ga_edit *edit = make_lines("one\n张三 call 110，  ");
    ga_edit_kill_word(edit);
    assert_edit(edit, "one\n张三 call 110|");
    ga_edit_kill_word(edit);
    ga_edit_kill_word(edit);
    assert_edit(edit, "one\n张三 |");
    ga_edit_kill_word(edit);
    assert_edit(edit, "one\n|");
    assert_false(ga_edit_kill_line(edit));
    type(edit, "二 x");
    assert_true(ga_edit_kill_line(edit));
    assert_edit(edit, "one\n|");
    ga_edit_destroy(edit);
}

static void undo_takes_back_one_run_at_a_time(void **state)
{
    (void)state;
    struct ga_edit *edit = make("a");
    type(edit, "bcd");
    paste(edit, "留守");
    ga_edit_erase(edit);
    ga_edit_erase(edit);
    assert_edit(edit, "abcd|");
    assert_true(ga_edit_undo(edit));
    assert_edit(edit, "abcd留守|");
    assert_true(ga_edit_undo(edit));
    assert_edit(edit, "abcd|");
    assert_true(ga_edit_undo(edit));
    assert_edit(edit, "a|");
    assert_false(ga_edit_undo(edit));
    assert_true(ga_edit_redo(edit) && ga_edit_redo(edit) && ga_edit_redo(edit));
    assert_false(ga_edit_redo(edit));
    assert_edit(edit, "abcd|");
    ga_edit_undo(edit);
    type(edit, "x");
    assert_false(ga_edit_redo(edit)); /* what was undone is gone once something new is typed */
    ga_edit_destroy(edit);
}

static void moving_the_caret_ends_a_run(void **state)
{
    (void)state;
    struct ga_edit *edit = make("");
    type(edit, "ab");
    ga_edit_move(edit, GA_EDIT_LEFT);
    ga_edit_move(edit, GA_EDIT_RIGHT);
    type(edit, "c");
    ga_edit_undo(edit);
    assert_edit(edit, "ab|");
    ga_edit_move(edit, GA_EDIT_HOME);
    ga_edit_delete(edit);
    ga_edit_delete(edit);
    ga_edit_undo(edit);
    assert_edit(edit, "|ab");
    ga_edit_destroy(edit);
}

static void the_oldest_steps_give_way(void **state)
{
    (void)state;
    struct ga_edit *edit = make("");
    for (int i = 0; i < GA_EDIT_UNDO_STEPS + 10; i++)
        paste(edit, "x");
    int undone = 0;
    while (ga_edit_undo(edit))
        undone++;
    assert_int_equal(undone, GA_EDIT_UNDO_STEPS);
    assert_int_equal(ga_edit_len(edit), 10);
    ga_edit_destroy(edit);
}

static void up_and_down_keep_the_column(void **state)
{
    (void)state;
    struct ga_edit *edit = make_lines("留守儿童ab\nx\n留守儿童");
    assert_true(ga_edit_move_rows(edit, -1, 20));
    assert_edit(edit, "留守儿童ab\nx|\n留守儿童");
    assert_true(ga_edit_move_rows(edit, -1, 20));
    assert_edit(edit, "留守儿童|ab\nx\n留守儿童");
    assert_false(ga_edit_move_rows(edit, -1, 20));
    assert_true(ga_edit_move_rows(edit, 9, 20));
    assert_edit(edit, "留守儿童ab\nx\n留守儿童|");
    assert_false(ga_edit_move_rows(edit, 1, 20));
    ga_edit_destroy(edit);
}

static void rows_follow_the_wrapping(void **state)
{
    (void)state;
    struct ga_edit *edit = make_lines("留守儿童关爱");
    struct ga_edit_place place = ga_edit_find_caret(edit, 4);
    assert_int_equal(place.row, 2);
    assert_int_equal(place.col, 4);
    assert_true(ga_edit_move_rows(edit, -1, 4));
    assert_edit(edit, "留守儿|童关爱"); /* behind 童 it would stand in the last row */
    assert_true(ga_edit_move_rows(edit, 1, 4));
    assert_edit(edit, "留守儿童关爱|");
    ga_edit_destroy(edit);
}

static void the_view_holds_the_caret(void **state)
{
    (void)state;
    struct ga_edit *edit = make("留守儿童关爱");
    struct ga_edit_view view;
    ga_edit_view(edit, 6, &view);
    assert_int_equal(view.at, 12);
    assert_int_equal(view.caret_col, 4);
    assert_true(view.has_before && !view.has_after);
    ga_edit_move(edit, GA_EDIT_HOME);
    ga_edit_view(edit, 6, &view);
    assert_true(view.at == 0 && view.len == 9 && view.caret_col == 0 && view.has_after);
    ga_edit_view(edit, 20, &view);
    assert_false(view.has_before || view.has_after);
    ga_edit_destroy(edit);
}

static void keep_view(struct ga_edit *edit, size_t cols)
{
    struct ga_edit_view view;
    ga_edit_view(edit, cols, &view);
    const char *text = ga_edit_text(edit);
    size_t len = ga_edit_len(edit), caret = ga_edit_caret(edit);
    assert_true(view.at <= caret && caret <= view.at + view.len);
    assert_true(view.caret_col < cols && ga_width_text(text + view.at, view.len) <= cols);
    assert_int_equal(view.caret_col, ga_width_text(text + view.at, caret - view.at));
    assert_int_equal(ga_cluster_start(text, len, view.at), view.at);
    assert_int_equal(ga_cluster_start(text, len, view.at + view.len), view.at + view.len);
    struct ga_edit_place place = ga_edit_find_caret(edit, cols);
    assert_true(place.col <= cols);
}

static bool do_anything(struct ga_edit *edit, const struct ga_random *random)
{
    static bool (*const acts[])(struct ga_edit *) = {ga_edit_erase, ga_edit_delete, ga_edit_kill_word,
                                                     ga_edit_undo,  ga_edit_redo,   ga_edit_kill_line};
    uint64_t pick = ga_random_below(random, 20);
    if (pick < GA_COUNT(acts))
        return acts[pick](edit);
    if (pick < 9)
        return ga_edit_move(edit, (enum ga_edit_move)ga_random_below(random, 8));
    if (pick < 11)
        return ga_edit_move_rows(edit, (int)ga_random_below(random, 5) - 2, 7);
    struct ga_str text = {0};
    add_hostile(&text, random, 1 + pick % 4);
    bool is_done = pick < 13 ? paste(edit, ga_str_text(&text))
                             : ga_edit_type(edit, (unsigned char)ga_str_text(&text)[0] + 0x60u);
    ga_str_finish(&text);
    return is_done;
}

static void any_keys_leave_sound_text_and_a_caret_between_characters(void **state)
{
    (void)state;
    uint64_t seed = 9;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 60; round++) {
        struct ga_edit_limits limits = {.max_chars = 40, .is_multiline = round % 2 == 0};
        struct ga_edit *edit = ga_edit_create(&limits, "");
        for (int i = 0; i < 100; i++) {
            do_anything(edit, &random);
            const char *text = ga_edit_text(edit);
            assert_true(ga_utf8_is_valid(text, ga_edit_len(edit), NULL));
            assert_int_equal(ga_edit_chars(edit), ga_utf8_count(text, ga_edit_len(edit)));
            assert_true(ga_edit_chars(edit) <= 40);
            assert_int_equal(ga_cluster_start(text, ga_edit_len(edit), ga_edit_caret(edit)), ga_edit_caret(edit));
            keep_view(edit, 3 + (size_t)round % 9);
        }
        ga_edit_destroy(edit);
    }
}

static void undoing_all_and_redoing_all_come_back_to_the_same(void **state)
{
    (void)state;
    uint64_t seed = 10;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 60; round++) {
        struct ga_edit *edit = make_lines("起点");
        for (int i = 0; i < 50; i++)
            do_anything(edit, &random);
        while (ga_edit_redo(edit))
            continue;
        char *end = ga_strdup(ga_edit_text(edit));
        while (ga_edit_undo(edit))
            continue;
        assert_string_equal(ga_edit_text(edit), "起点");
        while (ga_edit_redo(edit))
            continue;
        assert_string_equal(ga_edit_text(edit), end);
        free(end);
        ga_edit_destroy(edit);
    }
}

/* The same keys on a plain array of characters. */
struct naive {
    const char *chars[600];
    size_t len, caret;
};

static void naive_insert(struct naive *naive, const char *c)
{
    memmove(naive->chars + naive->caret + 1, naive->chars + naive->caret,
            (naive->len++ - naive->caret) * sizeof(naive->chars[0]));
    naive->chars[naive->caret++] = c;
}

static void naive_remove(struct naive *naive, size_t at)
{
    if (at >= naive->len)
        return;
    memmove(naive->chars + at, naive->chars + at + 1, (--naive->len - at) * sizeof(naive->chars[0]));
    if (naive->caret > at)
        naive->caret--;
}

static void press_both(struct ga_edit *edit, struct naive *naive, const struct ga_random *random)
{
    static const char *const keys[] = {"a", "留", "，", "é", " ", "\xF0\xA0\xAE\xB7"};
    uint64_t pick = ga_random_below(random, 12);
    if (pick < GA_COUNT(keys)) {
        type(edit, keys[pick]);
        naive_insert(naive, keys[pick]);
    } else if (pick == 6) {
        ga_edit_erase(edit);
        naive_remove(naive, naive->caret > 0 ? naive->caret - 1 : SIZE_MAX);
    } else if (pick == 7) {
        ga_edit_delete(edit);
        naive_remove(naive, naive->caret);
    } else if (pick == 8) {
        ga_edit_move(edit, GA_EDIT_LEFT);
        naive->caret -= naive->caret > 0;
    } else if (pick == 9) {
        ga_edit_move(edit, GA_EDIT_RIGHT);
        naive->caret += naive->caret < naive->len;
    } else {
        ga_edit_move(edit, pick == 10 ? GA_EDIT_HOME : GA_EDIT_END);
        naive->caret = pick == 10 ? 0 : naive->len;
    }
}

static void random_keys_do_what_they_do_to_a_plain_array(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_edit *edit = make("");
    struct naive naive = {.len = 0};
    for (int i = 0; i < 800; i++) {
        press_both(edit, &naive, &random);
        struct ga_str want = {0};
        for (size_t at = 0; at <= naive.len; at++) {
            if (at == naive.caret)
                ga_str_add(&want, "|");
            ga_str_add(&want, at < naive.len ? naive.chars[at] : "");
        }
        assert_edit(edit, ga_str_text(&want));
        ga_str_finish(&want);
    }
    ga_edit_destroy(edit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_takes_the_place_of_what_is_chosen_whole),
        cmocka_unit_test(keys_that_mend_go_on_with_what_is_chosen),
        cmocka_unit_test(what_cannot_be_typed_takes_nothing_away),
        cmocka_unit_test(what_is_typed_stands_before_the_caret),
        cmocka_unit_test(the_caret_steps_over_whole_characters),
        cmocka_unit_test(too_long_a_paste_is_refused_whole),
        cmocka_unit_test(a_stored_text_over_the_limit_is_kept),
        cmocka_unit_test(pasted_text_is_cleaned_of_what_cannot_be_seen),
        cmocka_unit_test(words_and_lines_are_killed_backwards),
        cmocka_unit_test(undo_takes_back_one_run_at_a_time),
        cmocka_unit_test(moving_the_caret_ends_a_run),
        cmocka_unit_test(the_oldest_steps_give_way),
        cmocka_unit_test(up_and_down_keep_the_column),
        cmocka_unit_test(rows_follow_the_wrapping),
        cmocka_unit_test(the_view_holds_the_caret),
        cmocka_unit_test(any_keys_leave_sound_text_and_a_caret_between_characters),
        cmocka_unit_test(undoing_all_and_redoing_all_come_back_to_the_same),
        cmocka_unit_test(random_keys_do_what_they_do_to_a_plain_array),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
