/* The theme: what each role of text looks like. */
#include "guanai/tui/style.h"

enum { BLACK = 0, RED = 1, YELLOW = 3, CYAN = 6, OWN = -1 };
enum { BOLD = GA_LOOK_BOLD, DIM = GA_LOOK_DIM, UNDER = GA_LOOK_UNDERLINE, REV = GA_LOOK_REVERSE };

struct row {
    char letter;
    unsigned char mono; /* marks when there is no colour */
    struct ga_look few;
    struct ga_look many;
};

/*
 * Marks differ wherever roles must be told apart, so that colour only ever adds to them. A colour without a
 * ground of its own must be readable on black and on white, for the terminal may be either: of the few colours
 * only bright red is.
 */
static const struct row theme[GA_STYLE_COUNT] = {
    [GA_STYLE_NORMAL] = {'.', 0, {OWN, OWN, 0}, {OWN, OWN, 0}},
    [GA_STYLE_TITLE] = {'T', REV, {OWN, OWN, REV}, {255, 24, BOLD}},
    [GA_STYLE_BANNER] = {'B', REV | BOLD, {BLACK, YELLOW, 0}, {16, 220, BOLD}},
    [GA_STYLE_STRONG] = {'S', BOLD, {OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
    [GA_STYLE_DIM] = {'d', 0, {OWN, OWN, DIM}, {243, OWN, 0}},
    [GA_STYLE_LABEL] = {'l', 0, {OWN, OWN, 0}, {30, OWN, 0}},
    [GA_STYLE_FIELD] = {'f', 0, {OWN, OWN, 0}, {OWN, OWN, 0}},
    [GA_STYLE_FIELD_FOCUSED] = {'F', UNDER, {OWN, OWN, UNDER}, {OWN, OWN, UNDER}},
    [GA_STYLE_PLACEHOLDER] = {'p', DIM, {OWN, OWN, DIM}, {242, OWN, 0}},
    [GA_STYLE_SELECTED] = {'>', REV, {OWN, OWN, REV}, {OWN, OWN, REV}},
    [GA_STYLE_HEADER] = {'H', UNDER, {OWN, OWN, UNDER}, {OWN, OWN, UNDER}},
    [GA_STYLE_ERROR] = {'E', REV | BOLD, {RED, OWN, BOLD}, {196, OWN, BOLD}},
    [GA_STYLE_WARNING] = {'W', BOLD, {BLACK, YELLOW, 0}, {166, OWN, BOLD}},
    [GA_STYLE_OK] = {'K', 0, {OWN, OWN, BOLD}, {28, OWN, 0}},
    [GA_STYLE_KEY] = {'k', BOLD, {OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
    [GA_STYLE_KEY_LABEL] = {'b', REV, {BLACK, CYAN, 0}, {255, 24, 0}},
    [GA_STYLE_FRAME] = {'=', 0, {OWN, OWN, 0}, {67, OWN, 0}},
};

struct ga_look ga_style_look(enum ga_style style, enum ga_theme_depth depth)
{
    const struct row *row = &theme[(unsigned)style < GA_STYLE_COUNT ? style : GA_STYLE_NORMAL];
    if (depth == GA_THEME_MONO)
        return (struct ga_look){OWN, OWN, row->mono};
    return depth == GA_THEME_256 ? row->many : row->few;
}

char ga_style_letter(enum ga_style style)
{
    return (unsigned)style < GA_STYLE_COUNT ? theme[style].letter : '?';
}
