/* A terminal that is only a table, for tests of screens without one. */
#ifndef GUANAI_TESTS_FAKE_TUI_H
#define GUANAI_TESTS_FAKE_TUI_H

#include "guanai/tui/loop.h"

struct fake_tui {
    struct ga_tui_io io;
    int rows;
    int cols;
    bool is_ascii;
    int64_t now_ms; /* moved by the test */
    int64_t tick_ms; /* passes with every look at the clock; 0: none */
    int bells;
    int repaints;
    int rows_sent; /* dirty rows of the last frame */
    struct ga_event waiting; /* what `next` hands out once; GA_EVENT_NONE: the timer */
    struct ga_ui *ui;
};

/* Enters `ops` and paints its first frame. `config` (nullable) gives everything but io. */
void fake_tui_start(struct fake_tui *fake, int rows, int cols, const struct ga_ui_config *config,
                    const struct ga_screen_ops *ops, const void *arg);
void fake_tui_stop(struct fake_tui *fake);

void fake_tui_key(struct fake_tui *fake, uint32_t key);
void fake_tui_type(struct fake_tui *fake, const char *text); /* one event a character */
void fake_tui_paste(struct fake_tui *fake, const char *text);
void fake_tui_resize(struct fake_tui *fake, int rows, int cols);
void fake_tui_wait(struct fake_tui *fake, int ms); /* time passes, then the timer */

bool fake_tui_shows(struct fake_tui *fake, const char *text);

/*
 * Compares the frame with tests/golden/<name>.txt, failing the cmocka test with both when they differ.
 * With GUANAI_GOLDEN_UPDATE=1 in the environment the file is written instead.
 */
void fake_tui_expect(struct fake_tui *fake, const char *name, bool with_styles);

/* At 60×18, 132×43, 40×12, 80×24 (where it stays): against <name>_60x18 and so on. */
void fake_tui_expect_sizes(struct fake_tui *fake, const char *name);

#endif
