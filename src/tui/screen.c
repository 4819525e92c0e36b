/* The life of a screen on the stack. */
#include "guanai/tui/screen.h"

#include "guanai/base/alloc.h"
#include "ui.h"

#include <stdlib.h>

static struct ga_screen *create_screen(struct ga_ui *ui, const struct ga_screen_ops *ops, int tag)
{
    struct ga_screen *screen = ga_alloc(sizeof(*screen));
    screen->ops = ops;
    screen->ui = ui;
    screen->result.tag = tag;
    ga_arena_init(&screen->arena);
    screen->state = ga_arena_alloc(&screen->arena, ops->state_bytes > 0 ? ops->state_bytes : 1);
    return screen;
}

static void destroy_screen(struct ga_screen *screen)
{
    ga_arena_finish(&screen->arena);
    free(screen);
}

void ga_ui_drop_screen(struct ga_screen *screen)
{
    if (screen->ops->leave != NULL)
        screen->ops->leave(screen);
    destroy_screen(screen);
}

struct ga_screen *ga_ui_standing(const struct ga_screen *screen, const struct ga_screen_ops *ops, int tag)
{
    const struct ga_ui *ui = screen->ui;
    for (size_t i = 0; i + 1 < ui->depth; i++) {
        struct ga_screen *above = ui->stack[i + 1];
        if (ui->stack[i] == screen && above->ops == ops && above->result.tag == tag && !above->is_closing)
            return above;
    }
    return NULL;
}

static enum ga_rc enter_screen(struct ga_ui *ui, const struct ga_screen_ops *ops, const void *arg, int tag,
                               struct ga_error *err)
{
    if (ui->depth >= UI_STACK_MAX + (ui->is_urgent ? UI_STACK_KEPT_FREE : 0))
        return ga_error_set(err, GA_TOO_BIG, "too many pages are open; go back with Esc first");
    struct ga_screen *screen = create_screen(ui, ops, tag);
    enum ga_rc rc = ops->enter != NULL ? ops->enter(screen, arg, err) : GA_OK;
    if (rc != GA_OK) {
        ga_ui_drop_screen(screen); /* leave copes with a state half made: it began as zeroes */
        return rc;
    }
    ui->stack[ui->depth++] = screen;
    ga_ui_lay_out_screen(ui, screen);
    ga_ui_ask_for(ui, GA_REDRAW);
    return GA_OK;
}

enum ga_rc ga_ui_start(struct ga_ui *ui, const struct ga_screen_ops *ops, const void *arg,
                       struct ga_error *err)
{
    return enter_screen(ui, ops, arg, 0, err);
}

enum ga_rc ga_screen_push(struct ga_screen *screen, const struct ga_screen_ops *ops, const void *arg,
                          int tag)
{
    struct ga_error err = {0};
    enum ga_rc rc = enter_screen(screen->ui, ops, arg, tag, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    return rc;
}

enum ga_reply ga_screen_close(struct ga_screen *screen)
{
    screen->is_closing = true;
    return GA_HANDLED;
}

enum ga_reply ga_screen_close_done(struct ga_screen *screen, int code, const char *text)
{
    screen->result.is_done = true;
    screen->result.code = code;
    screen->result.text = ga_arena_strdup(&screen->arena, text);
    return ga_screen_close(screen);
}

/* The uppermost closing screen leaves; false when none is closing. */
static bool settle_one(struct ga_ui *ui)
{
    size_t i = ui->depth;
    while (i > 0 && !ui->stack[i - 1]->is_closing)
        i--;
    if (i == 0)
        return false;
    struct ga_screen *closed = ui->stack[i - 1];
    for (size_t above = i; above < ui->depth; above++)
        ui->stack[above - 1] = ui->stack[above];
    ui->depth--;
    struct ga_screen *below = i >= 2 ? ui->stack[i - 2] : NULL;
    if (below != NULL && below->ops->resumed != NULL && !below->is_closing && !ui->is_quitting)
        below->ops->resumed(below, &closed->result);
    ga_ui_drop_screen(closed);
    return true;
}

void ga_ui_settle(struct ga_ui *ui)
{
    while (settle_one(ui))
        ga_ui_ask_for(ui, GA_REDRAW);
    ui->is_urgent = ui->is_urgent && ui->depth + UI_STACK_KEPT_FREE > UI_STACK_MAX;
}

void ga_screen_set_title(struct ga_screen *screen, const char *title)
{
    ga_str_copy(screen->title, sizeof(screen->title), title);
}

void ga_screen_set_status(struct ga_screen *screen, const char *status)
{
    ga_str_copy(screen->status, sizeof(screen->status), status);
}

void ga_screen_set_timer(struct ga_screen *screen, int after_ms)
{
    const struct ga_tui_io *io = screen->ui->io;
    screen->timer_ms = after_ms > 0 ? io->now_ms(io->ctx) + after_ms : 0;
}

void ga_screen_start_work(struct ga_screen *screen)
{
    screen->has_work = screen->ops->work != NULL;
}

enum ga_lang ga_screen_lang(const struct ga_screen *screen)
{
    return screen->ui->lang;
}

const char *ga_screen_tr(const struct ga_screen *screen, const char *english)
{
    return ga_tr(screen->ui->lang, english);
}

void *ga_screen_app(const struct ga_screen *screen)
{
    return screen->ui->config.app;
}

struct ga_message *ga_screen_note(const struct ga_screen *screen)
{
    return &screen->ui->note;
}
