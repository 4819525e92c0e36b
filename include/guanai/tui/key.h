/* What the user does, decoded. */
#ifndef GUANAI_TUI_KEY_H
#define GUANAI_TUI_KEY_H

#include "guanai/text/translate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A key is one number: a printable character is its code point, everything else stands above Unicode.
 * Control characters are GA_CTRL('S'); Enter, Tab, Esc, Backspace have their own names.
 */
enum ga_key {
    GA_KEY_NONE = 0,
    GA_KEY_FIRST = 0x110000,
    GA_KEY_ENTER = GA_KEY_FIRST,
    GA_KEY_TAB,
    GA_KEY_BACKTAB,
    GA_KEY_ESC,
    GA_KEY_BACKSPACE,
    GA_KEY_DELETE,
    GA_KEY_INSERT,
    GA_KEY_UP,
    GA_KEY_DOWN,
    GA_KEY_LEFT,
    GA_KEY_RIGHT,
    GA_KEY_HOME,
    GA_KEY_END,
    GA_KEY_PAGE_UP,
    GA_KEY_PAGE_DOWN,
    GA_KEY_F1 = GA_KEY_FIRST + 0x100, /* F1 … F12 in a row; F1 … F10 also as Alt and a digit */
    GA_KEY_F12 = GA_KEY_F1 + 11,
    GA_KEY_CTRL = GA_KEY_FIRST + 0x200, /* + letter */
};

#define GA_KEY_F(n) ((uint32_t)GA_KEY_F1 + (uint32_t)(n)-1)
#define GA_CTRL(letter) ((uint32_t)GA_KEY_CTRL + (uint32_t)(letter)) /* upper case */

enum ga_event_kind {
    GA_EVENT_NONE,
    GA_EVENT_KEY,    /* key ≥ GA_KEY_FIRST */
    GA_EVENT_TEXT,   /* one typed character: key is its code point */
    GA_EVENT_PASTE,  /* text, len */
    GA_EVENT_RESIZE, /* rows, cols */
    GA_EVENT_TIMER,  /* nothing came in the time asked for */
    GA_EVENT_QUIT,   /* the terminal went away, or SIGTERM: save and leave */
};

enum { GA_PASTE_MAX_BYTES = 65536 };

struct ga_event {
    enum ga_event_kind kind;
    uint32_t key;
    const char *text; /* UTF-8 as it came, not yet checked; borrowed until the next event is read */
    size_t len;
    int rows;
    int cols;
};

bool ga_event_is_key(const struct ga_event *event, uint32_t key); /* also for printable ones */

/* TEXT or PASTE: something to be typed into a field. */
bool ga_event_is_typing(const struct ga_event *event);

/* The digit of a typed 0 … 9, half or full width; -1 for anything else. */
int ga_event_digit(const struct ga_event *event);

/* "F1", "Ctrl-S", "Enter", "↑", "n": what the key bar and the help say. Writes into buf, returns it. */
enum { GA_KEY_NAME_SIZE = 24 };
const char *ga_key_name(uint32_t key, enum ga_lang lang, char buf[GA_KEY_NAME_SIZE]);

#endif
