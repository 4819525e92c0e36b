/* Pages of widgets look as the golden files show them, at every size. */
#include "fake_tui.h"
#include "tui_demo_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_list_fits_every_size(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, GA_KEY_DOWN);
    fake_tui_expect_sizes(&fake, "demo_list");
    fake_tui_stop(&fake);
}

static void fields_fit_every_size(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_fields, NULL);
    fake_tui_type(&fake, "彭英俊");
    fake_tui_key(&fake, GA_KEY_ENTER);
    fake_tui_type(&fake, "１３８");
    for (int i = 0; i < 2; i++)
        fake_tui_key(&fake, GA_KEY_ENTER);
    fake_tui_expect_sizes(&fake, "demo_fields");
    fake_tui_stop(&fake);
}

static void dialogs_stand_over_the_page(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, 's');
    fake_tui_expect(&fake, "demo_confirm", true);
    fake_tui_key(&fake, GA_KEY_ESC);
    fake_tui_key(&fake, 'm');
    fake_tui_expect_sizes(&fake, "demo_choose");
    fake_tui_key(&fake, '2');
    assert_true(fake_tui_shows(&fake, "tag 4 done 1"));
    fake_tui_stop(&fake);
}

static void help_comes_from_the_tables(void **state)
{
    (void)state;
    struct fake_tui fake = {0};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_fields, NULL);
    fake_tui_key(&fake, GA_KEY_F(1));
    fake_tui_expect(&fake, "demo_help", false);
    fake_tui_key(&fake, GA_KEY_F(9));
    fake_tui_expect(&fake, "demo_help_en", false);
    fake_tui_stop(&fake);
}

static void ascii_terminals_get_ascii_lines(void **state)
{
    (void)state;
    struct fake_tui fake = {.is_ascii = true};
    fake_tui_start(&fake, 24, 80, NULL, &tui_demo_list, NULL);
    fake_tui_key(&fake, 'm');
    fake_tui_expect(&fake, "demo_ascii", false);
    fake_tui_stop(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_fits_every_size),     cmocka_unit_test(fields_fit_every_size),
        cmocka_unit_test(dialogs_stand_over_the_page), cmocka_unit_test(help_comes_from_the_tables),
        cmocka_unit_test(ascii_terminals_get_ascii_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
