/* Lists a page that is one menu, opens what is chosen on it. */
#include "parts/menu_page.h"

#include "guanai/screen/session.h"

static struct ga_menu_page *page_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ga_menu_page, screen);
}

void ga_menu_page_begin(struct ga_screen *screen, const struct ga_menu_page_kind *kind)
{
    struct ga_menu_page *page = page_of(screen);
    page->kind = kind;
    page->session = ga_screen_session(screen);
    ga_menu_init(&page->menu);
}

void ga_menu_page_leave(struct ga_screen *screen)
{
    ga_menu_finish(&page_of(screen)->menu);
    ga_arena_finish(&page_of(screen)->lines);
}

/* ---- the lines ---- */

static uint32_t key_behind(uint32_t key)
{
    if (key == GA_KEY_NONE)
        return '1';
    return key == '9' ? 'a' : key == 'z' ? GA_KEY_NONE : key + 1;
}

void ga_menu_page_add_rows(struct ga_screen *screen, const struct ga_menu_page_row *rows, size_t count)
{
    struct ga_menu_page *page = page_of(screen);
    uint32_t key = GA_KEY_NONE;
    page->rows = rows;
    page->rows_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct ga_menu_page_row *row = &rows[i];
        const bool is_choice = row->ops != NULL || row->opens != NULL;
        const char *text = row->words != NULL ? row->words(screen) : ga_screen_tr(screen, row->text);
        if (is_choice)
            key = row->key != GA_KEY_NONE ? row->key : key_behind(key);
        if (text != NULL && is_choice)
            ga_menu_add(&page->menu, (int)i + 1, key, text, NULL);
        else if (text != NULL)
            ga_menu_say(&page->menu, GA_STYLE_LABEL, text, NULL);
    }
}

void ga_menu_page_say(struct ga_menu_page *page, enum ga_style style, const char *text)
{
    ga_menu_say(&page->menu, style, text, NULL);
}

void ga_menu_page_list(struct ga_screen *screen)
{
    struct ga_menu_page *page = page_of(screen);
    const int selected = ga_menu_selected(&page->menu);
    ga_menu_clear(&page->menu);
    ga_arena_reset(&page->lines);
    page->kind->list(screen);
    ga_menu_settle(&page->menu, selected);
}

/* ---- the page ---- */

void ga_menu_page_resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    ga_menu_page_list(screen);
}

void ga_menu_page_layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    ga_menu_page_list(screen);
}

void ga_menu_page_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(&page_of(screen)->menu, canvas, screen->area, true, ga_screen_lang(screen));
}

static void choose(struct ga_screen *screen, int id)
{
    const struct ga_menu_page *page = page_of(screen);
    const struct ga_menu_page_row *row = (size_t)id <= page->rows_count ? &page->rows[id - 1] : NULL;
    if (row == NULL)
        page->kind->choose(screen, id);
    else if (row->opens != NULL)
        row->opens(screen);
    else
        ga_screen_push(screen, row->ops, NULL, id);
}

enum ga_reply ga_menu_page_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct ga_menu *menu = &page_of(screen)->menu;
    int id;
    if (!ga_menu_chooses(menu, event, &id))
        return ga_menu_event(menu, event);
    if (id == 0)
        return GA_HANDLED;
    choose(screen, id);
    return GA_REDRAW;
}
