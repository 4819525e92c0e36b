/* Signals, turned into something the loop can wait for. */
#ifndef GUANAI_SRC_TUI_TERM_SIGNAL_H
#define GUANAI_SRC_TUI_TERM_SIGNAL_H

enum ga_term_signal { GA_TERM_NOTHING, GA_TERM_RESIZE, GA_TERM_QUIT };

void ga_term_signal_save(void);  /* before ncurses changes the terminal's modes */
void ga_term_signal_begin(void); /* after: handlers, bracketed paste, the way back on deadly signals */
void ga_term_signal_end(void);
int ga_term_signal_fd(void); /* readable when something came */
enum ga_term_signal ga_term_signal_next(void);

#endif
