/* Reads, lays out, paints a page that is one list, hands it its keys. */
#include "parts/list_page.h"

#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

static struct ga_list_page *page_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ga_list_page, screen);
}

void ga_list_page_begin(struct ga_screen *screen, const struct ga_list_page_kind *kind)
{
    struct ga_list_page *page = page_of(screen);
    page->kind = kind;
    page->session = ga_screen_session(screen);
    ga_tui_list_init(&page->list, kind->fetch, screen);
}

void ga_list_page_leave(struct ga_screen *screen)
{
    struct ga_list_page *page = page_of(screen);
    ga_tui_list_finish(&page->list);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->row);
}

/* ---- what is shown ---- */

static void show_status(struct ga_screen *screen)
{
    const struct ga_list_page *page = page_of(screen);
    if (page->kind->status != NULL)
        page->kind->status(screen);
    else
        ga_words_show_place(screen, &page->list);
}

void ga_list_page_show(struct ga_screen *screen)
{
    struct ga_list_page *page = page_of(screen);
    ga_tui_list_reload(&page->list, page->count);
    if (page->kind->title != NULL)
        page->kind->title(screen);
    show_status(screen);
}

enum ga_rc ga_list_page_fill(struct ga_screen *screen, struct ga_error *err)
{
    struct ga_list_page *page = page_of(screen);
    ga_arena_reset(&page->arena);
    page->count = 0;
    return page->kind->read(screen, err);
}

void ga_list_page_read(struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (ga_list_page_fill(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_list_page_show(screen);
}

/* ---- the page ---- */

void ga_list_page_resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    ga_list_page_read(screen);
}

void ga_list_page_layout(struct ga_screen *screen, struct ga_area area)
{
    struct ga_list_page *page = page_of(screen);
    ga_words_list_layout(screen, &page->list, page->kind->columns, page->kind->columns_count, page->kind->empty, area);
    if (page->kind->is_worded)
        ga_list_page_read(screen);
    else
        ga_list_page_show(screen); /* the words of the language there is now */
}

void ga_list_page_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_list_paint(&page_of(screen)->list, canvas, true);
}

enum ga_reply ga_list_page_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct ga_list_page *page = page_of(screen);
    const int digit = page->kind->digit != NULL ? ga_event_digit(event) : 0;
    const bool is_row = digit > 0 && (size_t)digit <= page->count;
    if (is_row)
        ga_tui_list_select(&page->list, (size_t)digit - 1);
    const enum ga_reply answer = is_row ? GA_REDRAW : ga_tui_list_event(&page->list, event);
    if (answer != GA_IGNORED)
        show_status(screen);
    if (is_row)
        page->kind->digit(screen);
    return answer;
}

/* ---- one that is a list and no more is known of it ---- */

void ga_bare_list_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_list_paint(GA_STATE(struct ga_tui_list, screen), canvas, true);
}

enum ga_reply ga_bare_list_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_words_list_event(screen, GA_STATE(struct ga_tui_list, screen), event);
}
