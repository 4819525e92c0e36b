/* Tables that say which key does what, from which keys, key bar and help all come. */
#ifndef GUANAI_TUI_KEYMAP_H
#define GUANAI_TUI_KEYMAP_H

#include "guanai/tui/key.h"

enum {
    GA_COMMAND_IN_BAR = 1, /* shown in the key bar, in the order of the table */
    GA_COMMAND_SECRET = 2, /* not in the help either (a second spelling of another row) */
    GA_COMMAND_IF_ROOM = GA_COMMAND_IN_BAR | 4, /* in the bar while all the others have room; the last goes first */
};

enum { GA_COMMAND_KEYS = 3 };

/* One row a command. Ids are the screen's own, from 1; the framework's are negative (loop.h). */
struct ga_tui_command {
    int id;
    uint32_t keys[GA_COMMAND_KEYS]; /* the first is the one shown; 0 for none */
    const char *label;              /* GA_N_: a word or two for the key bar */
    const char *help;               /* GA_N_: one sentence */
    unsigned flags;
};

struct ga_keymap {
    const struct ga_tui_command *rows;
    size_t count;
};

#define GA_KEYMAP(table)                                                                               \
    {                                                                                                  \
        (table), sizeof(table) / sizeof((table)[0])                                                    \
    }

/* The row the key belongs to, NULL when none. Letters match in either case, also full-width ones. */
const struct ga_tui_command *ga_keymap_find(const struct ga_keymap *map, uint32_t key);

/* Says which commands can be used right now; the others are left out of the bar and not run. */
typedef bool ga_keymap_offers(const void *ctx, int command);

/* "F1   help …" one line a command that can be used now, appended to out. offers may be NULL: all. */
struct ga_str;
void ga_keymap_help(const struct ga_keymap *map, ga_keymap_offers *offers, const void *ctx, enum ga_lang lang,
                    struct ga_str *out);

#endif
