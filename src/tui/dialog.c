/* Screens that ask one thing. */
#include "guanai/tui/dialog.h"

#include "guanai/text/utf8.h"
#include "guanai/tui/widget/boolean.h"
#include "guanai/tui/widget/input.h"
#include "guanai/tui/widget/viewer.h"
#include "ui.h"

enum dialog_kind { DIALOG_SHOW, DIALOG_CONFIRM, DIALOG_CHOOSE, DIALOG_MARK, DIALOG_INTERRUPT, DIALOG_ASK };

enum { TEXT_COLS = 60, YES_OR_NO = 2 };

/* What the kinds are opened with. */
struct dialog_arg {
    enum dialog_kind kind;
    const struct ga_error *err; /* of an error: title and text come from it */
    const char *title;
    const char *text;
    const char *const *options;
    size_t count;
    size_t picked;
    const struct ga_dialog_ask *ask;
};

struct dialog {
    enum dialog_kind kind;
    enum ga_lang lang; /* of its words */
    struct ga_error *err; /* in the screen's arena; NULL: no error */
    const char *text; /* in the screen's arena, as the options */
    const char *options[GA_DIALOG_CHOICES];
    size_t count;
    size_t picked;
    struct ga_tui_viewer viewer;
    struct ga_tui_input input;
};

/* Its title, text, ways on, in the language there is now. */
static void word(struct ga_screen *screen, const struct dialog_arg *arg)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    ga_screen_set_title(screen, arg->title != NULL ? arg->title : "");
    dialog->lang = ga_screen_lang(screen);
    dialog->text = ga_arena_strdup(&screen->arena, arg->text != NULL ? arg->text : "");
    dialog->count = arg->count < GA_DIALOG_CHOICES ? arg->count : GA_DIALOG_CHOICES;
    for (size_t i = 0; i < dialog->count; i++)
        dialog->options[i] = ga_arena_strdup(&screen->arena, arg->options[i]);
    ga_tui_viewer_finish(&dialog->viewer);
    ga_tui_viewer_init(&dialog->viewer, dialog->text);
}

static void word_error(struct ga_screen *screen)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    struct ga_str text = {0};
    ga_error_text(dialog->err, ga_screen_lang(screen), &text);
    const struct dialog_arg arg = {.title = ga_screen_tr(screen, "This did not work"),
                                   .text = ga_str_text(&text)};
    word(screen, &arg);
    ga_str_finish(&text);
}

static enum ga_rc enter_dialog(struct ga_screen *screen, const void *opened_with, struct ga_error *err)
{
    (void)err;
    const struct dialog_arg *arg = opened_with;
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    dialog->kind = arg->kind;
    dialog->picked = arg->picked;
    if (arg->err != NULL) {
        dialog->err = ga_arena_alloc(&screen->arena, sizeof(*dialog->err));
        *dialog->err = *arg->err;
        word_error(screen);
    } else {
        word(screen, arg);
    }
    ga_tui_input_init(&dialog->input, arg->ask != NULL ? arg->ask->max_chars : 0, ga_screen_note(screen));
    if (arg->ask != NULL) {
        ga_tui_input_set(&dialog->input, arg->ask->initial);
        dialog->input.is_secret = arg->ask->is_secret;
        if (arg->ask->gives_way)
            ga_tui_input_select(&dialog->input);
    }
    return GA_OK;
}

static void leave_dialog(struct ga_screen *screen)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    ga_tui_viewer_finish(&dialog->viewer);
    ga_tui_input_finish(&dialog->input);
}

static int rows_below_text(const struct dialog *dialog)
{
    if (dialog->kind == DIALOG_ASK)
        return 2;
    return dialog->count > 0 ? (int)dialog->count + 1 : 0;
}

static void size_dialog(struct ga_screen *screen, int *rows, int *cols)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    if (dialog->err != NULL && dialog->lang != ga_screen_lang(screen))
        word_error(screen);
    int wanted = *cols < TEXT_COLS ? *cols : TEXT_COLS;
    int lines = ga_tui_viewer_lines(&dialog->viewer, wanted - 1) + rows_below_text(dialog);
    *cols = wanted;
    *rows = lines < *rows ? lines : *rows;
}

static void paint_options(const struct dialog *dialog, struct ga_canvas *canvas, struct ga_area area)
{
    for (size_t i = 0; i < dialog->count; i++) {
        struct ga_area row = ga_area_row(area, (int)i);
        bool is_picked = i == dialog->picked;
        if (ga_area_is_empty(row))
            return;
        if (is_picked)
            ga_canvas_set_caret(canvas, row.row, row.col);
        ga_canvas_text(canvas, row.row, row.col, 1, GA_STYLE_NORMAL,
                       is_picked ? ga_canvas_mark(canvas, GA_MARK_SELECTED) : " ");
        const char number[4] = {(char)('1' + i), ' ', '\0'};
        const bool is_numbered = dialog->kind != DIALOG_INTERRUPT; /* a digit typed there is part of a number */
        enum ga_style style = is_picked ? GA_STYLE_SELECTED : GA_STYLE_NORMAL;
        int used = 2 + ga_canvas_text(canvas, row.row, row.col + 2, row.cols - 2, style, is_numbered ? number : "");
        ga_canvas_text(canvas, row.row, row.col + used, row.cols - used, style, dialog->options[i]);
    }
}

static void paint_dialog(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    struct ga_area text = screen->area;
    struct ga_area below = ga_area_cut_bottom(&text, rows_below_text(dialog));
    ga_tui_viewer_paint(&dialog->viewer, canvas, text);
    ga_area_cut_top(&below, 1);
    if (dialog->kind == DIALOG_ASK)
        ga_tui_input_paint(&dialog->input, canvas, below, true);
    else
        paint_options(dialog, canvas, below);
}

static enum ga_reply pick(struct ga_screen *screen, size_t i)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    if (i >= dialog->count)
        return GA_HANDLED;
    int code = dialog->kind == DIALOG_CONFIRM ? i == 0 : (int)i;
    return ga_screen_close_done(screen, code, NULL);
}

/* What was typed is not for this page: it goes on to the one below. */
static enum ga_reply pass_on(struct ga_screen *screen, const struct ga_event *event)
{
    char typed[GA_UTF8_BYTES + 1] = "";
    struct ga_str text = {0};
    if (event->kind == GA_EVENT_PASTE)
        ga_str_add_bytes(&text, event->text, event->len);
    else
        ga_str_add_bytes(&text, typed, ga_utf8_encode(event->key, typed));
    ga_screen_close_done(screen, GA_DIALOG_TYPED, ga_str_text(&text));
    ga_str_finish(&text);
    return GA_REDRAW;
}

static enum ga_reply take_option_key(struct ga_screen *screen, const struct ga_event *event)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    int digit = ga_event_digit(event);
    int answer = dialog->kind == DIALOG_CONFIRM ? ga_tui_boolean_key(event) : -1;
    if (answer >= 0)
        return pick(screen, answer == 1 ? 0 : 1);
    if (dialog->kind == DIALOG_INTERRUPT && ga_event_is_typing(event))
        return pass_on(screen, event);
    if (digit > 0 && dialog->kind == DIALOG_MARK) {
        dialog->picked = (size_t)digit <= dialog->count ? (size_t)digit - 1 : dialog->picked;
        return GA_REDRAW;
    }
    if (digit > 0)
        return pick(screen, (size_t)digit - 1);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return pick(screen, dialog->picked);
    if (ga_event_is_key(event, GA_KEY_UP) && dialog->picked > 0)
        dialog->picked--;
    else if (ga_event_is_key(event, GA_KEY_DOWN) && dialog->picked + 1 < dialog->count)
        dialog->picked++;
    else
        return GA_IGNORED;
    return GA_REDRAW;
}

static enum ga_reply take_dialog_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct dialog *dialog = GA_STATE(struct dialog, screen);
    bool is_enter = ga_event_is_key(event, GA_KEY_ENTER);
    if (dialog->kind == DIALOG_ASK)
        return is_enter ? ga_screen_close_done(screen, 0, ga_tui_input_text(&dialog->input))
                        : ga_tui_input_event(&dialog->input, event);
    if (dialog->kind == DIALOG_SHOW && is_enter)
        return ga_screen_close_done(screen, 0, NULL);
    enum ga_reply answer = dialog->count > 0 ? take_option_key(screen, event) : GA_IGNORED;
    return answer != GA_IGNORED ? answer : ga_tui_viewer_event(&dialog->viewer, event);
}

/* Only where a digit marks and no more the bar must say what takes. */
static bool offers_take(const struct ga_screen *screen, int id)
{
    (void)id;
    return GA_STATE(const struct dialog, screen)->kind == DIALOG_MARK;
}

static const struct ga_tui_command commands[] = {
    {1, {GA_KEY_ENTER}, GA_N_("Take"), GA_N_("take the one the mark stands on"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops dialog_ops = {
    .name = "dialog",
    .title = GA_N_("Question"),
    .help = GA_N_("Answer by the number before a line, or with Up, Down and Enter. Esc goes back and changes nothing."),
    .is_dialog = true,
    .state_bytes = sizeof(struct dialog),
    .commands = GA_KEYMAP(commands),
    .offers = offers_take,
    .enter = enter_dialog,
    .leave = leave_dialog,
    .box = size_dialog,
    .paint = paint_dialog,
    .event = take_dialog_event,
};

/* The one that stands there already says the same in another language. */
static void open_or_reword(struct ga_screen *screen, const struct dialog_arg *arg, int tag)
{
    struct ga_screen *standing = ga_ui_standing(screen, &dialog_ops, tag);
    if (standing != NULL)
        word(standing, arg);
    else
        ga_screen_push(screen, &dialog_ops, arg, tag);
}

void ga_dialog_show(struct ga_screen *screen, const char *title, const char *text, int tag)
{
    struct dialog_arg arg = {.kind = DIALOG_SHOW, .title = title, .text = text};
    open_or_reword(screen, &arg, tag);
}

void ga_dialog_error(struct ga_screen *screen, const struct ga_error *err, int tag)
{
    const struct dialog_arg arg = {.kind = DIALOG_SHOW, .err = err};
    ga_screen_push(screen, &dialog_ops, &arg, tag);
}

void ga_dialog_confirm(struct ga_screen *screen, const char *title, const char *text, bool default_yes,
                       int tag)
{
    const char *options[YES_OR_NO] = {ga_screen_tr(screen, "yes"), ga_screen_tr(screen, "no")};
    struct dialog_arg arg = {.kind = DIALOG_CONFIRM, .title = title, .text = text, .options = options,
                             .count = YES_OR_NO, .picked = default_yes ? 0 : 1};
    open_or_reword(screen, &arg, tag);
}

void ga_dialog_choose(struct ga_screen *screen, const char *title, const char *text,
                      const char *const *options, size_t count, int tag)
{
    struct dialog_arg arg = {
        .kind = DIALOG_CHOOSE, .title = title, .text = text, .options = options, .count = count};
    open_or_reword(screen, &arg, tag);
}

void ga_dialog_mark(struct ga_screen *screen, const char *title, const char *text, const char *const *options,
                    size_t count, size_t picked, int tag)
{
    struct dialog_arg arg = {
        .kind = DIALOG_MARK, .title = title, .text = text, .options = options, .count = count, .picked = picked};
    open_or_reword(screen, &arg, tag);
}

void ga_dialog_interrupt(struct ga_screen *screen, const char *title, const char *text, const char *const *options,
                         size_t count, int tag)
{
    struct dialog_arg arg = {
        .kind = DIALOG_INTERRUPT, .title = title, .text = text, .options = options, .count = count};
    open_or_reword(screen, &arg, tag);
}

void ga_dialog_ask(struct ga_screen *screen, const struct ga_dialog_ask *ask, int tag)
{
    struct dialog_arg arg = {.kind = DIALOG_ASK, .title = ask->title, .text = ask->text, .ask = ask};
    open_or_reword(screen, &arg, tag);
}
