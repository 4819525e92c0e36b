/* A program run under a pseudo-terminal, its screen read as a person would. */
#ifndef GUANAI_TESTS_PTY_H
#define GUANAI_TESTS_PTY_H

#include "guanai/base/str.h"
#include "guanai/tui/key.h"

#include <stdint.h>
#include <sys/types.h>

struct pty;

struct pty_config {
    const char *const *argv; /* ends with NULL; argv[0] is a path */
    const char *const *env;  /* NAME=VALUE …, NULL at the end; on top of the pinned ones; may be NULL */
    int rows;
    int cols;
};

/*
 * Pinned: TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=Asia/Shanghai, HOME and TMPDIR as the test has them;
 * LINES, COLUMNS, NO_COLOR unset. Never NULL.
 */
struct pty *pty_start(const struct pty_config *config);
void pty_stop(struct pty *pty); /* kills it when it still runs */

void pty_key(struct pty *pty, uint32_t key); /* enum ga_key, GA_KEY_F, GA_CTRL, or a code point */
void pty_type(struct pty *pty, const char *text);
void pty_paste(struct pty *pty, const char *text);
void pty_resize(struct pty *pty, int rows, int cols); /* then wait for its visible effect */
void pty_signal(struct pty *pty, int number);

/* True as soon as the screen shows (no longer shows) the text; false at the deadline. */
enum { PTY_WAIT_MS = 10000 };
bool pty_wait(struct pty *pty, const char *text);
bool pty_wait_gone(struct pty *pty, const char *text);
bool pty_wait_caret(struct pty *pty, int row, int col); /* shown, and there */
bool pty_wait_bytes(struct pty *pty, uint64_t total); /* pty_bytes reached it */
bool pty_wait_exit(struct pty *pty, int *ret_status);   /* as of waitpid */

bool pty_pump(struct pty *pty, int ms); /* takes in what comes within ms; false when the program hung up */
bool pty_shows(struct pty *pty, const char *text);
void pty_dump(struct pty *pty, struct ga_str *out); /* lines without trailing blanks */
bool pty_caret(struct pty *pty, int *ret_row, int *ret_col); /* false: hidden */
uint64_t pty_bytes(const struct pty *pty); /* sent by the program so far */
const char *pty_tail(const struct pty *pty); /* the last bytes it sent, raw */
pid_t pty_pid(const struct pty *pty);

#endif
