/* Shows how far long work is, and notices that the user wants it stopped. */
#include "private.h"

#include <inttypes.h>
#include <signal.h>

enum { SHOWN_EVERY_MS = 200 };

/* Held back while the work runs and asked for between rows: no handler, so nothing is ever half-done. */
static void stop_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

static bool is_stop_asked(void)
{
    sigset_t pending;
    if (sigpending(&pending) != 0)
        return false;
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
           sigismember(&pending, SIGHUP) == 1;
}

static bool step(void *ctx, int64_t done, int64_t total)
{
    return ga_progress_step(ctx, done, total);
}

void ga_progress_begin(struct ga_command_progress *progress, struct ga_command_line *line)
{
    *progress = (struct ga_command_progress){.line = line, .shown_ms = ga_clock_steady_ms()};
    progress->progress = (struct ga_progress){.step = step, .ctx = progress};
    sigset_t set;
    stop_signals(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

void ga_progress_end(struct ga_command_progress *progress)
{
    sigset_t set;
    const struct timespec at_once = {0};
    stop_signals(&set);
    while (sigtimedwait(&set, NULL, &at_once) > 0) {
        /* it has been heard: the command says so itself */
    }
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    if (progress->has_shown)
        fputs("\r\033[K", progress->line->err);
}

bool ga_progress_step(struct ga_command_progress *progress, int64_t done, int64_t total)
{
    const int64_t now_ms = ga_clock_steady_ms();
    if (now_ms - progress->shown_ms >= SHOWN_EVERY_MS && progress->line->is_err_terminal) {
        fprintf(progress->line->err, "\r%" PRId64 "/%" PRId64, done, total);
        fflush(progress->line->err);
        progress->shown_ms = now_ms;
        progress->has_shown = true;
    }
    return !is_stop_asked();
}
