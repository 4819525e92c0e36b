/* The moments in which nobody types. */
#include "parts/quiet.h"

enum { QUIET_MS = 2000, REST_MS = 60000 };

static void size(void *ctx, int *ret_rows, int *ret_cols)
{
    const struct ga_tui_io *below = ((struct ga_quiet *)ctx)->below;
    below->size(below->ctx, ret_rows, ret_cols);
}

static bool is_ascii(void *ctx)
{
    const struct ga_tui_io *below = ((struct ga_quiet *)ctx)->below;
    return below->is_ascii(below->ctx);
}

/* Waits for a part of a long wait; false: an event came in it. What is left to wait is told in *timeout_ms. */
static bool is_silent(const struct ga_tui_io *below, int part_ms, int *timeout_ms, struct ga_event *ret_event)
{
    below->next(below->ctx, part_ms, ret_event);
    if (ret_event->kind != GA_EVENT_TIMER)
        return false;
    *timeout_ms = *timeout_ms < 0 ? -1 : *timeout_ms - part_ms;
    return true;
}

static bool is_longer(int timeout_ms, int part_ms)
{
    return timeout_ms < 0 || timeout_ms > part_ms;
}

/* A long wait is cut: after its first part the store may write what had to wait, after the second what takes long is done. */
static void next(void *ctx, int timeout_ms, struct ga_event *ret_event)
{
    struct ga_quiet *quiet = ctx;
    const struct ga_tui_io *below = quiet->below;
    if (quiet->store != NULL && !quiet->is_told && is_longer(timeout_ms, QUIET_MS)) {
        if (!is_silent(below, QUIET_MS, &timeout_ms, ret_event))
            return;
        ga_store_idle(quiet->store);
        quiet->is_told = true;
    }
    if (quiet->rest != NULL && !quiet->is_resting && is_longer(timeout_ms, REST_MS)) {
        if (!is_silent(below, REST_MS, &timeout_ms, ret_event)) {
            quiet->is_told = false;
            return;
        }
        quiet->rest(quiet->ctx);
        quiet->is_resting = true;
    }
    below->next(below->ctx, timeout_ms, ret_event);
    if (ret_event->kind != GA_EVENT_TIMER)
        quiet->is_told = quiet->is_resting = false;
}

static void flush(void *ctx, struct ga_canvas *canvas)
{
    const struct ga_tui_io *below = ((struct ga_quiet *)ctx)->below;
    below->flush(below->ctx, canvas);
}

static void bell(void *ctx)
{
    const struct ga_tui_io *below = ((struct ga_quiet *)ctx)->below;
    below->bell(below->ctx);
}

static int64_t now_ms(void *ctx)
{
    const struct ga_tui_io *below = ((struct ga_quiet *)ctx)->below;
    return below->now_ms(below->ctx);
}

void ga_quiet_init(struct ga_quiet *quiet, const struct ga_tui_io *below, struct ga_store *store)
{
    *quiet = (struct ga_quiet){
        .io = {size, is_ascii, next, flush, bell, now_ms, quiet}, .below = below, .store = store};
}
