/* The terminal, by ncursesw. */
#ifndef GUANAI_TUI_TERM_H
#define GUANAI_TUI_TERM_H

#include "guanai/base/error.h"
#include "guanai/tui/io.h"

enum ga_term_lines { GA_TERM_LINES_AUTO, GA_TERM_LINES_DRAWN, GA_TERM_LINES_ASCII };

struct ga_term_config {
    enum ga_term_lines lines; /* auto asks the terminal how wide it draws ─ */
    bool no_colour;          /* as the variable NO_COLOR does */
};

/* There is one terminal, hence one of these: the only mutable global lives in term.c. */
struct ga_term;

/*
 * Raw mode, alternate screen, bracketed paste; put back on close, on exit() and on every deadly
 * signal. GA_USAGE when stdin or stdout is no terminal or TERM is unknown. Sets the C library's locale
 * to a UTF-8 one (LC_CTYPE only).
 */
enum ga_rc ga_term_open(const struct ga_term_config *config, struct ga_term **ret_term,
                        struct ga_error *err);
void ga_term_close(struct ga_term *term); /* NULL is fine */

const struct ga_tui_io *ga_term_io(struct ga_term *term);
bool ga_term_lacks_chinese(void); /* the bare console of Linux shows no Hanzi */

#endif
