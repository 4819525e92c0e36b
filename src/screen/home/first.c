/* The page of a computer that has no data folder yet. */
#include "home/first.h"

#include "guanai/tui/loop.h"
#include "guanai/tui/widget/input.h"
#include "guanai/tui/widget/viewer.h"
#include "parts/words.h"

#include <string.h>

enum { SCHOOL_CHARS = 60, BELOW_TEXT = 2 };

struct first {
    struct ga_tui_input school;
    struct ga_tui_viewer text;
};

static struct first *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct first, screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_tui_input_init(&state_of(screen)->school, SCHOOL_CHARS, ga_screen_note(screen));
    ga_tui_viewer_init(&state_of(screen)->text, "");
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_input_finish(&state_of(screen)->school);
    ga_tui_viewer_finish(&state_of(screen)->text);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    const struct ga_first *app = ga_screen_app(screen);
    struct first *first = state_of(screen);
    const char *text = ga_words_say(
        &screen->arena, ga_screen_lang(screen),
        GA_N_("There is no archive on this computer yet. It will be made in %1 and stays on this computer: nothing is "
              "sent anywhere. To try the program with invented children first, leave with Ctrl-Q and start: guanai "
              "demo"),
        app->folder);
    ga_tui_viewer_finish(&first->text);
    ga_tui_viewer_init(&first->text, text);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct first *first = state_of(screen);
    struct ga_area room = ga_area_inset(screen->area, 1, 2);
    int lines = ga_tui_viewer_lines(&first->text, room.cols - 1);
    ga_tui_viewer_paint(&first->text, canvas, ga_area_cut_top(&room, lines < room.rows - 2 ? lines : room.rows - 2));
    ga_area_cut_top(&room, 1);
    struct ga_area row = ga_area_cut_top(&room, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL,
                              ga_screen_tr(screen, "Name of the school"));
    ga_area_cut_left(&row, used + 1);
    ga_tui_input_paint(&first->school, canvas, row, true);
}

static enum ga_reply make_archive(struct ga_screen *screen)
{
    struct ga_first *app = ga_screen_app(screen);
    const char *school = ga_tui_input_text(&state_of(screen)->school);
    struct ga_error err = {0};
    if (school[strspn(school, " ")] == '\0') {
        ga_message_set(ga_screen_note(screen), "please type the name of the school");
        return GA_HANDLED;
    }
    if (ga_session_init(app->options, school, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return GA_HANDLED;
    }
    app->is_made = true;
    return ga_screen_close(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return make_archive(screen);
    return ga_tui_input_event(&state_of(screen)->school, event);
}

const struct ga_screen_ops ga_screen_first = {
    .name = "first",
    .title = GA_N_("A new archive"),
    .help = GA_N_("Type the name of the school as it stands on its papers and press Enter. It can be changed later in "
                  "config.yaml."),
    .state_bytes = sizeof(struct first),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
};
