/* What stands in the message line. */
#include "guanai/tui/loop.h"

#include "ui.h"

enum { PROGRESS_AFTER_MS = 500, PROGRESS_EVERY_MS = 200 };

/* More than one line of it lies over the page, which has to be painted there again. */
void ga_ui_unsay(struct ga_ui *ui)
{
    if (ui->said[0] == '\0')
        return;
    ga_ui_ask_for(ui, ui->said_rows > 1 ? GA_REDRAW : GA_TOUCHED);
    ui->said[0] = '\0';
    ui->said_rows = 0;
}

void ga_ui_say(struct ga_ui *ui, enum ga_style style, const char *text)
{
    ga_ui_unsay(ui);
    ga_str_copy(ui->said, sizeof(ui->said), text);
    ui->said_style = style;
    ga_ui_ask_for(ui, GA_TOUCHED);
}

void ga_ui_say_message(struct ga_ui *ui, enum ga_style style, const struct ga_message *msg)
{
    char text[UI_SAID_SIZE];
    ga_ui_say(ui, style, ga_message_text(msg, ui->lang, text, sizeof(text)));
}

void ga_ui_say_error(struct ga_ui *ui, const struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, ui->lang, &text);
    ga_ui_say(ui, GA_STYLE_ERROR, ga_str_text(&text));
    ga_str_finish(&text);
    ui->io->bell(ui->io->ctx);
}

/* Only Esc counts: other keys were meant for a page that is not there yet. */
static bool wants_stop(struct ga_ui *ui)
{
    struct ga_event event;
    for (ui->io->next(ui->io->ctx, 0, &event); event.kind != GA_EVENT_TIMER;
         ui->io->next(ui->io->ctx, 0, &event)) {
        if (event.kind == GA_EVENT_QUIT) {
            ga_ui_quit(ui);
            return true;
        }
        if (event.kind == GA_EVENT_RESIZE) {
            ga_canvas_resize(ui->canvas, event.rows, event.cols);
            ga_ui_lay_out(ui);
        }
        if (ga_event_is_key(&event, GA_KEY_ESC))
            return true;
    }
    return false;
}

bool ga_ui_progress(struct ga_ui *ui, const char *what, int64_t done, int64_t total)
{
    int64_t now_ms = ui->io->now_ms(ui->io->ctx);
    if (ui->progress_since_ms == 0) {
        ui->progress_since_ms = now_ms;
        ui->progress_shown_ms = 0;
    }
    if (now_ms - ui->progress_since_ms < PROGRESS_AFTER_MS ||
        now_ms - ui->progress_shown_ms < PROGRESS_EVERY_MS)
        return false;
    ui->progress_shown_ms = now_ms;
    ga_ui_paint_progress(ui, what, done, total);
    ui->io->flush(ui->io->ctx, ui->canvas);
    return wants_stop(ui);
}

bool ga_ui_is_wanted(struct ga_ui *ui)
{
    enum { PATIENCE_MS = 1000 }; /* what is done by then is not given up: begun anew it would come later than the key */
    if (ui->io->now_ms(ui->io->ctx) - ui->work_since_ms < PATIENCE_MS)
        return false;
    if (ui->held.kind == GA_EVENT_NONE) {
        ui->io->next(ui->io->ctx, 0, &ui->held);
        if (ui->held.kind == GA_EVENT_TIMER)
            ui->held.kind = GA_EVENT_NONE;
    }
    return ui->held.kind != GA_EVENT_NONE;
}
