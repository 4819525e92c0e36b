/* Colours can be read on a black terminal, on a white one. */
#include "guanai/tui/style.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { READABLE_TENTHS = 30, PALETTES = 3 };

/* The eight colours, plain then bright: xterm, the Linux console, and xterm when bold does not brighten. */
static const uint32_t few[PALETTES][16] = {
    {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
     0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff},
    {0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
     0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff},
    {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
     0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5},
};

/* Colours 16 to 255 are the same everywhere: a cube of six steps a side, then greys. */
static uint32_t many_colour(int number)
{
    static const uint32_t steps[6] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    assert_in_range(number, 16, 255);
    if (number >= 232)
        return (uint32_t)(8 + 10 * (number - 232)) * 0x010101;
    int at = number - 16;
    return steps[at / 36] << 16 | steps[at / 6 % 6] << 8 | steps[at % 6];
}

static double light_of(uint32_t channel)
{
    double part = channel / 255.0;
    return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* Contrast as WCAG 2.1 defines it: 1 for equal colours, 21 for black on white. */
static double contrast(uint32_t a, uint32_t b)
{
    double light[2];
    const uint32_t colours[2] = {a, b};
    for (int i = 0; i < 2; i++)
        light[i] = 0.05 + 0.2126 * light_of(colours[i] >> 16 & 255) + 0.7152 * light_of(colours[i] >> 8 & 255) +
                   0.0722 * light_of(colours[i] & 255);
    return light[0] > light[1] ? light[0] / light[1] : light[1] / light[0];
}

static uint32_t colour_of(struct ga_look look, short number, enum ga_theme_depth depth, int palette)
{
    if (depth == GA_THEME_256)
        return many_colour(number);
    assert_in_range(number, 0, 7);
    return few[palette][number + (look.marks & GA_LOOK_BOLD && number == look.text ? 8 : 0)];
}

static void check_look(struct ga_look look, enum ga_theme_depth depth, int palette, uint32_t own_ground)
{
    uint32_t own_text = own_ground ^ 0xffffff;
    uint32_t text = look.text < 0 ? own_text : colour_of(look, look.text, depth, palette);
    uint32_t ground = look.ground < 0 ? own_ground : colour_of(look, look.ground, depth, palette);
    assert_in_range((int)(contrast(text, ground) * 10), READABLE_TENTHS, 210);
}

static void every_style_is_readable_on_black_and_on_white(void **state)
{
    (void)state;
    for (int style = 0; style < GA_STYLE_COUNT; style++)
        for (int depth = GA_THEME_16; depth < GA_THEME_DEPTHS; depth++)
            for (int palette = 0; palette < PALETTES; palette++) {
                struct ga_look look = ga_style_look((enum ga_style)style, (enum ga_theme_depth)depth);
                check_look(look, (enum ga_theme_depth)depth, palette, 0x000000);
                check_look(look, (enum ga_theme_depth)depth, palette, 0xffffff);
            }
}

/* A ground of one's own under text in the terminal's colour would be readable on one of the two only. */
static void a_ground_comes_with_its_text_colour(void **state)
{
    (void)state;
    for (int style = 0; style < GA_STYLE_COUNT; style++)
        for (int depth = 0; depth < GA_THEME_DEPTHS; depth++) {
            struct ga_look look = ga_style_look((enum ga_style)style, (enum ga_theme_depth)depth);
            assert_true(look.ground < 0 || look.text >= 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_style_is_readable_on_black_and_on_white),
        cmocka_unit_test(a_ground_comes_with_its_text_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
