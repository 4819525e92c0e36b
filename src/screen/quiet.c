/* The moments in which nobody types. */
#include "quiet.h"

enum { QUIET_MS = 2000 };

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

/* A long wait is cut in two: after the first part the store may write what had to wait. */
static void next(void *ctx, int timeout_ms, struct ga_event *ret_event)
{
    struct ga_quiet *quiet = ctx;
    const struct ga_tui_io *below = quiet->below;
    bool is_long = timeout_ms < 0 || timeout_ms > QUIET_MS;
    if (quiet->store != NULL && !quiet->is_told && is_long) {
        below->next(below->ctx, QUIET_MS, ret_event);
        if (ret_event->kind != GA_EVENT_TIMER)
            return;
        ga_store_idle(quiet->store);
        quiet->is_told = true;
        timeout_ms = timeout_ms < 0 ? -1 : timeout_ms - QUIET_MS;
    }
    below->next(below->ctx, timeout_ms, ret_event);
    if (ret_event->kind != GA_EVENT_TIMER)
        quiet->is_told = false;
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
