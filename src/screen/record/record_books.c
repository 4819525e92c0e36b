/* The forms that are of no one child, each with its newest record. */
#include "guanai/screen/record_books.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/records.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/store/record.h"
#include "guanai/tui/loop.h"
#include "parts/form_menu.h"
#include "parts/menu.h"
#include "parts/words.h"

#include <string.h>

struct books {
    struct ga_menu menu;
    struct ga_form_menu forms;
    struct ga_arena words;
};

static struct books *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct books, screen);
}

static bool is_of_nobody(const struct ga_form *form)
{
    return form->of.text == NULL && strcmp(form->name, "child") != 0;
}

/* "12 · 2026-11-03 领导小组 …"; nothing where none was written. */
static const char *newest_text(struct ga_screen *screen, const char *form)
{
    struct ga_session *session = ga_screen_session(screen);
    struct ga_arena *arena = &state_of(screen)->words;
    struct ga_uuid id;
    struct ga_str text = {0};
    int64_t count = 0;
    size_t found = 0;
    if (ga_store_count(session->store, form, &count, NULL) == GA_OK && count > 0 &&
        ga_store_newest(session->store, form, 0, 1, &id, &found, NULL) == GA_OK && found > 0)
        ga_screen_add_record(session, form, &id, ga_screen_lang(screen), &text);
    const char *said = count == 0 ? "   –" : ga_arena_printf(arena, "%4s  %s", GA_NUM(count), ga_str_text(&text));
    ga_str_finish(&text);
    return said;
}

static void list_forms(struct ga_screen *screen)
{
    struct books *books = state_of(screen);
    const int selected = ga_menu_selected(&books->menu);
    ga_menu_clear(&books->menu);
    ga_arena_reset(&books->words);
    ga_form_menu_list(&books->forms, ga_screen_session(screen), ga_screen_lang(screen), is_of_nobody);
    for (size_t i = 0; i < books->forms.count; i++)
        ga_menu_add_numbered(&books->menu, (int)i + 1, books->forms.labels[i], newest_text(screen, books->forms.forms[i]->name));
    ga_menu_settle(&books->menu, selected);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_menu_init(&state_of(screen)->menu);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct books *books = state_of(screen);
    ga_menu_finish(&books->menu);
    ga_form_menu_finish(&books->forms);
    ga_arena_finish(&books->words);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    list_forms(screen);
    ga_screen_set_status(screen, ga_screen_tr(screen, GA_N_("A digit or Enter opens the records; there F2 writes a new one, / searches")));
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(&state_of(screen)->menu, canvas, screen->area, true, ga_screen_lang(screen));
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct books *books = state_of(screen);
    int id;
    if (!ga_menu_chooses(&books->menu, event, &id))
        return ga_menu_event(&books->menu, event);
    if (id > 0)
        ga_screen_records_open(screen, books->forms.forms[id - 1]->name, id);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    list_forms(screen);
}

const struct ga_screen_ops ga_screen_record_books = {
    .name = "record_books",
    .title = GA_N_("Records of the school"),
    .help = GA_N_("What is written down of no one child, or of a whole group: meetings, hazards, the home room, plans, inspections, "
                  "tutoring, activities … A line a form: how many records there are, the newest one. A digit or Enter opens them all, newest "
                  "first; there F2 writes a new one."),
    .state_bytes = sizeof(struct books),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .resumed = resumed,
};
