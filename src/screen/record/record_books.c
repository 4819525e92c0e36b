/* The forms that are of no one child, each with its newest record. */
#include "guanai/screen/record_books.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/records.h"
#include "guanai/screen/value.h"
#include "guanai/store/record.h"
#include "guanai/tui/loop.h"
#include "parts/form_menu.h"
#include "parts/menu_page.h"
#include "parts/words.h"

#include <string.h>

struct books {
    struct ga_menu_page shown; /* first: menu_page.h */
    struct ga_form_menu forms;
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
    struct ga_menu_page *shown = &state_of(screen)->shown;
    struct ga_uuid id;
    struct ga_str text = {0};
    int64_t count = 0;
    size_t found = 0;
    if (ga_store_count(shown->session->store, form, &count, NULL) == GA_OK && count > 0 &&
        ga_store_newest(shown->session->store, form, 0, 1, &id, &found, NULL) == GA_OK && found > 0)
        ga_screen_add_record(shown->session, form, &id, ga_screen_lang(screen), &text);
    const char *said = count == 0 ? "   –" : ga_arena_printf(&shown->lines, "%4s  %s", GA_NUM(count), ga_str_text(&text));
    ga_str_finish(&text);
    return said;
}

static void list(struct ga_screen *screen)
{
    struct books *books = state_of(screen);
    ga_form_menu_list(&books->forms, books->shown.session, ga_screen_lang(screen), is_of_nobody);
    for (size_t i = 0; i < books->forms.count; i++)
        ga_menu_add_numbered(&books->shown.menu, (int)i + 1, books->forms.labels[i], newest_text(screen, books->forms.forms[i]->name));
}

static void open_records(struct ga_screen *screen, int id)
{
    ga_screen_records_open(screen, state_of(screen)->forms.forms[id - 1]->name, id);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    static const struct ga_menu_page_kind kind = {.list = list, .choose = open_records};
    (void)arg;
    (void)err;
    ga_menu_page_begin(screen, &kind);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_menu_page_leave(screen);
    ga_form_menu_finish(&state_of(screen)->forms);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    ga_menu_page_layout(screen, area);
    ga_screen_set_status(screen, ga_screen_tr(screen, GA_N_("A digit or Enter opens the records; there F2 writes a new one, / searches")));
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
    .paint = ga_menu_page_paint,
    .event = ga_menu_page_event,
    .resumed = ga_menu_page_resumed,
};
