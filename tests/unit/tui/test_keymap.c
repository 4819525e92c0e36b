/* One table says what keys do, what the bar shows, what help says. */
#include "guanai/tui/keymap.h"

#include "guanai/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { OPEN = 1, DELETE, SECRET };

static const struct ga_tui_command rows[] = {
    {OPEN, {GA_KEY_ENTER, 'o'}, "Open", "open it", GA_COMMAND_IN_BAR},
    {DELETE, {GA_KEY_DELETE, GA_CTRL('D')}, "Delete", "take it away", 0},
    {SECRET, {GA_KEY_F(7)}, "Secret", NULL, GA_COMMAND_SECRET},
};
static const struct ga_keymap map = GA_KEYMAP(rows);

static int found(uint32_t key)
{
    const struct ga_tui_command *row = ga_keymap_find(&map, key);
    return row != NULL ? row->id : 0;
}

static void letters_match_in_either_case_and_width(void **state)
{
    (void)state;
    assert_int_equal(found('o'), OPEN);
    assert_int_equal(found('O'), OPEN);
    assert_int_equal(found(0xFF4F), OPEN); /* ｏ: the input method was on */
    assert_int_equal(found(GA_CTRL('D')), DELETE);
    assert_int_equal(found('d'), 0);
    assert_int_equal(found(GA_KEY_NONE), 0);
    assert_int_equal(found(GA_KEY_F(7)), SECRET);
}

static void help_lists_every_row_but_the_secret_ones(void **state)
{
    (void)state;
    struct ga_str help = {0};
    ga_keymap_help(&map, NULL, NULL, GA_EN, &help);
    assert_string_equal(ga_str_text(&help), "Enter / o         open it\nDel / Ctrl-D      take it away\n");
    ga_str_finish(&help);
}

static bool offers_open_alone(const void *ctx, int command)
{
    (void)ctx;
    return command == OPEN;
}

static void help_leaves_out_what_cannot_be_used_now(void **state)
{
    (void)state;
    struct ga_str help = {0};
    ga_keymap_help(&map, offers_open_alone, NULL, GA_EN, &help);
    assert_string_equal(ga_str_text(&help), "Enter / o         open it\n");
    ga_str_finish(&help);
}

static void keys_have_names(void **state)
{
    (void)state;
    char name[GA_KEY_NAME_SIZE];
    assert_string_equal(ga_key_name(GA_KEY_F(12), GA_EN, name), "F12");
    assert_string_equal(ga_key_name(GA_CTRL('S'), GA_EN, name), "Ctrl-S");
    assert_string_equal(ga_key_name(GA_KEY_ENTER, GA_ZH, name), "回车");
    assert_string_equal(ga_key_name(0x662F, GA_ZH, name), "是");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_match_in_either_case_and_width),
        cmocka_unit_test(help_lists_every_row_but_the_secret_ones),
        cmocka_unit_test(help_leaves_out_what_cannot_be_used_now),
        cmocka_unit_test(keys_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
