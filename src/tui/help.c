/* The help screen, made from the tables that handle the keys. */
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/viewer.h"
#include "ui.h"

struct help {
    struct ga_screen *about; /* below this one on the stack, so it outlives it */
    struct ga_str text;
    struct ga_tui_viewer viewer;
};

static void add_heading(struct ga_str *out, enum ga_lang lang, const char *english)
{
    ga_str_addf(out, "%s# %s\n", out->len > 0 ? "\n" : "", ga_tr(lang, english));
}

static void add_help_here(struct ga_str *out, struct ga_screen *about, enum ga_lang lang)
{
    if (about->ops->help_here == NULL)
        return;
    struct ga_str here = {0};
    about->ops->help_here(about, &here);
    if (here.len > 0) {
        add_heading(out, lang, "Here");
        ga_str_addf(out, "%s\n", ga_str_text(&here));
    }
    ga_str_finish(&here);
}

static bool is_offered(const void *ctx, int command)
{
    const struct ga_screen *about = ctx;
    return about->ops->offers == NULL || about->ops->offers(about, command);
}

/* The framework's keys without those that mean something else on this page. */
static void add_keys_left(const struct ga_keymap *own, enum ga_lang lang, struct ga_str *out)
{
    for (size_t i = 0; i < ga_ui_keymap.count; i++) {
        struct ga_tui_command row = ga_ui_keymap.rows[i];
        size_t kept = 0;
        for (size_t k = 0; k < GA_COMMAND_KEYS; k++)
            if (row.keys[k] != GA_KEY_NONE && ga_keymap_find(own, row.keys[k]) == NULL)
                row.keys[kept++] = row.keys[k];
        if (kept < GA_COMMAND_KEYS)
            row.keys[kept] = GA_KEY_NONE;
        const struct ga_keymap left = {&row, 1};
        if (kept > 0)
            ga_keymap_help(&left, NULL, NULL, lang, out);
    }
}

static void write_text(struct help *help, enum ga_lang lang)
{
    struct ga_screen *about = help->about;
    struct ga_str *out = &help->text;
    ga_str_clear(out);
    if (about->ops->help != NULL)
        ga_str_addf(out, "%s\n", ga_tr(lang, about->ops->help));
    add_help_here(out, about, lang);
    struct ga_str keys = {0};
    ga_keymap_help(&about->ops->commands, is_offered, about, lang, &keys);
    if (keys.len > 0) {
        add_heading(out, lang, "Keys of this page");
        ga_str_add(out, ga_str_text(&keys));
    }
    ga_str_finish(&keys);
    add_heading(out, lang, "Keys everywhere");
    ga_keymap_help(&about->ui->config.anywhere, NULL, NULL, lang, out);
    add_keys_left(&about->ops->commands, lang, out);
}

static enum ga_rc enter_help(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct help *help = GA_STATE(struct help, screen);
    help->about = *(struct ga_screen *const *)arg;
    ga_tui_viewer_init(&help->viewer, "");
    return GA_OK;
}

static void leave_help(struct ga_screen *screen)
{
    struct help *help = GA_STATE(struct help, screen);
    ga_tui_viewer_finish(&help->viewer);
    ga_str_finish(&help->text);
}

/* Words change with the language: written anew whenever things are laid out. */
static void layout_help(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct help *help = GA_STATE(struct help, screen);
    write_text(help, ga_screen_lang(screen));
    ga_tui_viewer_finish(&help->viewer);
    ga_tui_viewer_init(&help->viewer, ga_str_text(&help->text));
}

static void paint_help(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_viewer_paint(&GA_STATE(struct help, screen)->viewer, canvas, screen->area);
}

static enum ga_reply take_help_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_KEY_F(1)) || ga_event_is_key(event, GA_KEY_ENTER))
        return ga_screen_close(screen);
    return ga_tui_viewer_event(&GA_STATE(struct help, screen)->viewer, event);
}

static const struct ga_screen_ops help_ops = {
    .name = "help",
    .title = GA_N_("Help"),
    .state_bytes = sizeof(struct help),
    .enter = enter_help,
    .leave = leave_help,
    .layout = layout_help,
    .paint = paint_help,
    .event = take_help_event,
    .is_about_below = true,
};

void ga_ui_open_help(struct ga_screen *screen)
{
    ga_screen_push(screen, &help_ops, &screen, 0);
}
