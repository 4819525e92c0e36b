/* The one loop that turns events into frames. */
#include "guanai/tui/loop.h"

#include "guanai/base/alloc.h"
#include "guanai/tui/dialog.h"
#include "ui.h"

#include <stdlib.h>

enum { DRAIN_MAX = 256, TAG_QUIT = -1 };

static const struct ga_tui_command commands[] = {
    {GA_UI_HELP, {GA_KEY_F(1), GA_CTRL('E')}, GA_N_("Help"),
     GA_N_("what this page and this field are for"), GA_COMMAND_IN_BAR},
    {GA_UI_BACK, {GA_KEY_ESC}, GA_N_("Back"), GA_N_("back; nothing typed is lost"), GA_COMMAND_IN_BAR},
    {GA_UI_HIDE, {GA_KEY_F(8), GA_CTRL('X')}, GA_N_("Hide"), /* these two mean that on every page: tests/lint */
     GA_N_("hide the page at once; any key brings it back"), GA_COMMAND_IN_BAR},
    {GA_UI_LANG, {GA_KEY_F(9), GA_CTRL('T')}, GA_N_("中文"),
     GA_N_("change between Chinese and English"), GA_COMMAND_IN_BAR},
    {GA_UI_REPAINT, {GA_CTRL('L')}, GA_N_("Repaint"),
     GA_N_("paint the screen anew when it looks torn"), 0},
    {GA_UI_QUIT, {GA_CTRL('Q')}, GA_N_("Quit"),
     GA_N_("leave the program; what is unfinished is kept"), GA_COMMAND_IN_BAR},
    {GA_UI_HELP, {'?'}, GA_N_("Help"), NULL, GA_COMMAND_SECRET}, /* only where nothing is typed: unsaid */
};

const struct ga_keymap ga_ui_keymap = GA_KEYMAP(commands);

struct ga_ui *ga_ui_create(const struct ga_ui_config *config)
{
    struct ga_ui *ui = ga_alloc(sizeof(*ui));
    ui->config = *config;
    ui->io = config->io;
    ui->lang = config->lang;
    ui->banner = config->banner;
    int rows, cols;
    ui->io->size(ui->io->ctx, &rows, &cols);
    ui->canvas = ga_canvas_create(rows, cols);
    ga_canvas_set_ascii(ui->canvas, ui->io->is_ascii(ui->io->ctx));
    ui->pending = GA_REDRAW;
    ui->last_input_ms = ui->io->now_ms(ui->io->ctx);
    return ui;
}

void ga_ui_destroy(struct ga_ui *ui)
{
    if (ui == NULL)
        return;
    while (ui->depth > 0)
        ga_ui_drop_screen(ui->stack[--ui->depth]);
    ga_canvas_destroy(ui->canvas);
    free(ui);
}

void ga_ui_ask_for(struct ga_ui *ui, enum ga_reply answer)
{
    if (answer > ui->pending)
        ui->pending = answer;
}

struct ga_screen *ga_ui_top(struct ga_ui *ui)
{
    return ui->depth > 0 ? ui->stack[ui->depth - 1] : NULL;
}

struct ga_screen *ga_ui_find(struct ga_ui *ui, const struct ga_screen_ops *ops)
{
    for (size_t i = ui->depth; i > 0; i--)
        if (ui->stack[i - 1]->ops == ops && !ui->stack[i - 1]->is_closing)
            return ui->stack[i - 1];
    return NULL;
}

bool ga_ui_about(struct ga_ui *ui, struct ga_uuid *ret_id)
{
    for (size_t i = ui->depth; i > 0; i--) {
        struct ga_screen *screen = ui->stack[i - 1];
        if (screen->ops->about != NULL && screen->ops->about(screen, ret_id))
            return true;
        if (!screen->ops->is_dialog && !screen->ops->is_about_below)
            return false;
    }
    return false;
}

void ga_ui_renew(struct ga_ui *ui)
{
    ga_ui_lay_out(ui);
}

struct ga_canvas *ga_ui_canvas(struct ga_ui *ui)
{
    return ui->canvas;
}

size_t ga_ui_keys_left_out(const struct ga_ui *ui)
{
    return ui->keys_left_out;
}

bool ga_ui_is_hidden(const struct ga_ui *ui)
{
    return ui->is_hidden;
}

void ga_ui_set_lang(struct ga_ui *ui, enum ga_lang lang)
{
    ui->lang = lang;
    if (ui->config.lang_changed != NULL)
        ui->config.lang_changed(ui->config.app, lang);
    for (size_t i = 0; i + 1 < ui->depth; i++)
        if (ui->stack[i + 1]->ops->is_dialog && ui->stack[i]->ops->reword != NULL)
            ui->stack[i]->ops->reword(ui->stack[i], ui->stack[i + 1]->result.tag);
    ga_ui_lay_out(ui);
}

void ga_ui_set_corner(struct ga_ui *ui, const char *text)
{
    ga_str_copy(ui->corner, sizeof(ui->corner), text);
    ga_ui_ask_for(ui, GA_REDRAW);
}

void ga_ui_quit(struct ga_ui *ui)
{
    ui->is_quitting = true;
    ga_ui_keep_drafts(ui);
    for (size_t i = 0; i < ui->depth; i++)
        ui->stack[i]->is_closing = true;
}

bool ga_ui_keep_drafts(struct ga_ui *ui)
{
    ga_ui_unsay(ui);
    for (size_t i = ui->depth; i > 0; i--)
        if (ui->stack[i - 1]->ops->save_draft != NULL)
            ui->stack[i - 1]->ops->save_draft(ui->stack[i - 1]);
    return ui->said[0] == '\0' || ui->said_style != GA_STYLE_ERROR;
}

void ga_ui_go_home(struct ga_ui *ui)
{
    for (size_t i = 1; i < ui->depth; i++)
        ui->stack[i]->is_closing = true;
}

static enum ga_reply go_back(struct ga_ui *ui, struct ga_screen *screen)
{
    if (screen->ops->back != NULL)
        return screen->ops->back(screen);
    if (ui->depth > 1)
        return ga_screen_close(screen);
    ga_ui_say(ui, GA_STYLE_NORMAL, ga_tr(ui->lang, "Ctrl-Q leaves the program"));
    return GA_HANDLED;
}

static enum ga_reply run_own_command(struct ga_ui *ui, struct ga_screen *screen, int id)
{
    switch (id) {
    case GA_UI_HELP:
        ga_ui_open_help(screen);
        return GA_REDRAW;
    case GA_UI_HIDE:
        ui->is_hidden = true;
        return GA_REDRAW;
    case GA_UI_LANG:
        ga_ui_set_lang(ui, (enum ga_lang)((ui->lang + 1) % GA_LANG_COUNT));
        return GA_REDRAW;
    case GA_UI_REPAINT:
        ga_canvas_forget(ui->canvas);
        return GA_REDRAW;
    case GA_UI_QUIT:
        ga_ui_quit(ui);
        return GA_HANDLED;
    default:
        return go_back(ui, screen);
    }
}

static enum ga_reply run_command(struct ga_screen *screen, uint32_t key)
{
    const struct ga_screen_ops *ops = screen->ops;
    const struct ga_tui_command *row = ga_keymap_find(&ops->commands, key);
    if (row == NULL || ops->command == NULL || (ops->offers != NULL && !ops->offers(screen, row->id)))
        return GA_IGNORED;
    return ops->command(screen, row->id);
}

static enum ga_reply run_anywhere(struct ga_ui *ui, struct ga_screen *screen, const struct ga_event *event)
{
    const struct ga_tui_command *row = ga_keymap_find(&ui->config.anywhere, event->key);
    if (row == NULL || event->kind == GA_EVENT_PASTE)
        return GA_IGNORED;
    ui->is_urgent = true;
    return ui->config.run_anywhere(screen, row->id);
}

static enum ga_reply ask_page(struct ga_ui *ui, struct ga_screen *screen, const struct ga_event *event)
{
    enum ga_reply answer = screen->ops->event != NULL ? screen->ops->event(screen, event) : GA_IGNORED;
    if (answer != GA_IGNORED || event->kind == GA_EVENT_PASTE)
        return answer;
    answer = run_command(screen, event->key);
    if (answer != GA_IGNORED)
        return answer;
    const struct ga_tui_command *own = ga_keymap_find(&ga_ui_keymap, event->key);
    return own != NULL ? run_own_command(ui, screen, own->id) : GA_IGNORED;
}

static enum ga_reply handle_input(struct ga_ui *ui, struct ga_screen *screen, const struct ga_event *event)
{
    enum ga_reply answer = event->kind == GA_EVENT_KEY ? run_anywhere(ui, screen, event) : GA_IGNORED;
    if (answer == GA_IGNORED)
        answer = ask_page(ui, screen, event);
    return answer == GA_IGNORED ? run_anywhere(ui, screen, event) : answer;
}

static void take_input(struct ga_ui *ui, const struct ga_event *event)
{
    ui->last_input_ms = ui->io->now_ms(ui->io->ctx);
    if (ui->is_hidden) { /* the key that brings the page back does nothing else */
        ui->is_hidden = false;
        ga_ui_ask_for(ui, GA_REDRAW);
        return;
    }
    ga_ui_unsay(ui);
    ga_ui_ask_for(ui, handle_input(ui, ga_ui_top(ui), event));
}

static void take_resize(struct ga_ui *ui, const struct ga_event *event)
{
    ga_canvas_resize(ui->canvas, event->rows, event->cols);
    ga_ui_lay_out(ui);
}

static void take_time(struct ga_ui *ui)
{
    int64_t now_ms = ui->io->now_ms(ui->io->ctx);
    struct ga_screen *top = ga_ui_top(ui);
    if (top->timer_ms != 0 && now_ms >= top->timer_ms) {
        top->timer_ms = 0;
        if (top->ops->timer != NULL)
            ga_ui_ask_for(ui, top->ops->timer(top, now_ms));
    }
    int after_ms = ui->config.hide_after_ms;
    if (after_ms > 0 && !ui->is_hidden && now_ms - ui->last_input_ms >= after_ms) {
        ui->is_hidden = true;
        ga_ui_ask_for(ui, GA_REDRAW);
    }
}

static void take_event(struct ga_ui *ui, const struct ga_event *event)
{
    ui->progress_since_ms = 0;
    if (event->kind == GA_EVENT_QUIT)
        ga_ui_quit(ui);
    else if (event->kind == GA_EVENT_RESIZE)
        take_resize(ui, event);
    else if (event->kind == GA_EVENT_TIMER)
        take_time(ui);
    else if (event->kind != GA_EVENT_NONE)
        take_input(ui, event);
    ga_ui_settle(ui);
    if (ui->note.id != NULL) {
        ga_ui_say_message(ui, GA_STYLE_ERROR, &ui->note);
        ui->note.id = NULL;
        ui->io->bell(ui->io->ctx);
    }
}

void ga_ui_paint(struct ga_ui *ui)
{
    if (ui->pending > GA_HANDLED)
        ga_ui_paint_page(ui, ui->pending == GA_REDRAW);
    ui->pending = GA_IGNORED;
    ui->io->flush(ui->io->ctx, ui->canvas);
}

bool ga_ui_step(struct ga_ui *ui, const struct ga_event *event)
{
    if (ui->depth == 0)
        return false;
    take_event(ui, event);
    if (ui->depth > 0 && ui->pending > GA_HANDLED)
        ga_ui_paint(ui);
    return ui->depth > 0;
}

/* Work that gave way to a key would give way to the next one as well, and cost each of them what is thrown away. */
static int64_t rest_ms(const struct ga_ui *ui)
{
    enum { REST_MS = 2000 };
    const int64_t left = ui->has_given_way ? ui->last_input_ms + REST_MS - ui->io->now_ms(ui->io->ctx) : 0;
    return left > 0 ? left : 0;
}

static int64_t sooner(int64_t wait, int64_t other) /* -1: never */
{
    return wait < 0 || other < wait ? other : wait;
}

static int wait_ms(const struct ga_ui *ui, const struct ga_screen *top)
{
    int64_t wait = top->has_work ? rest_ms(ui) : -1;
    if (wait == 0)
        return 0;
    int64_t now_ms = ui->io->now_ms(ui->io->ctx);
    if (top->timer_ms != 0)
        wait = sooner(wait, top->timer_ms > now_ms ? top->timer_ms - now_ms : 0);
    if (ui->config.hide_after_ms > 0 && !ui->is_hidden) {
        const int64_t left = ui->last_input_ms + ui->config.hide_after_ms - now_ms;
        wait = sooner(wait, left > 0 ? left : 0);
    }
    return wait > 60000 ? 60000 : (int)wait;
}

/* What was looked at while something else ran comes first. */
static void next_event(struct ga_ui *ui, int timeout_ms, struct ga_event *ret_event)
{
    if (ui->held.kind == GA_EVENT_NONE) {
        ui->io->next(ui->io->ctx, timeout_ms, ret_event);
        return;
    }
    *ret_event = ui->held;
    ui->held.kind = GA_EVENT_NONE;
}

/* What a key did is seen before: work may be long. */
static void do_work(struct ga_ui *ui)
{
    struct ga_screen *top = ga_ui_top(ui);
    if (top == NULL || !top->has_work || rest_ms(ui) > 0)
        return;
    if (ui->pending > GA_HANDLED)
        ga_ui_paint(ui);
    ui->work_since_ms = ui->io->now_ms(ui->io->ctx);
    top->has_work = top->ops->work(top);
    ui->has_given_way = ui->held.kind != GA_EVENT_NONE;
    ga_ui_ask_for(ui, GA_REDRAW);
    ga_ui_settle(ui);
}

void ga_ui_run(struct ga_ui *ui)
{
    struct ga_event event;
    while (ui->depth > 0) {
        if (ui->pending > GA_HANDLED)
            ga_ui_paint(ui);
        next_event(ui, wait_ms(ui, ga_ui_top(ui)), &event);
        bool has_input = event.kind != GA_EVENT_TIMER;
        take_event(ui, &event);
        for (int i = 0; has_input && i < DRAIN_MAX && ui->depth > 0; i++) { /* one frame for a burst */
            next_event(ui, 0, &event);
            has_input = event.kind != GA_EVENT_TIMER;
            if (has_input)
                take_event(ui, &event);
        }
        do_work(ui);
    }
}
