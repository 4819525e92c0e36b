/* One page on how this program works. */
#include "guanai/screen/guide.h"

#include "guanai/base/alloc.h"
#include "guanai/tui/widget/viewer.h"

static const char *const paragraphs[] = {
    GA_N_("# Finding a child"),
    GA_N_("On the first page just type: characters of the name, its pinyin or initials (hl), the end of an ID or "
          "phone number, the number of the file, a nickname, the guardian, the village. Up and Down choose, Enter opens the "
          "file."),
    GA_N_("# Filling in"),
    GA_N_("Enter goes to the next field, digits pick an answer, Ctrl-S saves. Nothing has to be filled in at once: "
          "what was typed is kept at every field, even when the power fails. The first page offers to go on with it."),
    GA_N_("# Nothing is lost"),
    GA_N_("Every change keeps the old value, with who changed it and when. Esc goes back and never deletes."),
    GA_N_("# Several people, one computer"),
    GA_N_("Before typing, pick your name with F6 here, with Ctrl-\\ on any page. What the person before had not finished "
          "stays for that person. "
          "F12 types the paper sheets of somebody else: that name stands in the title until F12 ends it."),
    GA_N_("# When a pupil stands behind you"),
    GA_N_("F8 blanks the page at once. Lists never show sensitive things; ID numbers are shown only when asked for."),
    GA_N_("# Rosters"),
    GA_N_("F4 takes in a roster (CSV or XLSX). You first see what would happen to every row; only what is empty is "
          "filled. Rows that cannot be taken are written to a file with the reason: mend them there and take that "
          "file in again. F5 writes a table for others."),
    GA_N_("# Help"),
    GA_N_("F1 explains the page and the field you are in. F-keys that your keyboard lacks: press Alt and the digit."),
};

struct guide {
    struct ga_str text;
    struct ga_tui_viewer viewer;
};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_tui_viewer_init(&GA_STATE(struct guide, screen)->viewer, "");
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct guide *guide = GA_STATE(struct guide, screen);
    ga_tui_viewer_finish(&guide->viewer);
    ga_str_finish(&guide->text);
}

/* Written anew for the language of the moment. */
static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct guide *guide = GA_STATE(struct guide, screen);
    ga_str_clear(&guide->text);
    for (size_t i = 0; i < GA_COUNT(paragraphs); i++)
        ga_str_addf(&guide->text, "%s%s\n", i > 0 && i % 2 == 0 ? "\n" : "", ga_screen_tr(screen, paragraphs[i]));
    ga_tui_viewer_finish(&guide->viewer);
    ga_tui_viewer_init(&guide->viewer, ga_str_text(&guide->text));
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_viewer_paint(&GA_STATE(struct guide, screen)->viewer, canvas, ga_area_inset(screen->area, 0, 1));
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return ga_screen_close(screen);
    return ga_tui_viewer_event(&GA_STATE(struct guide, screen)->viewer, event);
}

const struct ga_screen_ops ga_screen_guide = {
    .name = "guide",
    .title = GA_N_("How this program works"),
    .help = GA_N_("Read with Up, Down and PgDn; Enter or Esc goes back."),
    .state_bytes = sizeof(struct guide),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
};
