/* Paints a page that is one list, hands it its keys. */
#include "parts/list_page.h"

#include "guanai/tui/widget/list.h"
#include "parts/words.h"

static struct ga_tui_list *list_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ga_tui_list, screen);
}

void ga_list_page_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_list_paint(list_of(screen), canvas, true);
}

enum ga_reply ga_list_page_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_words_list_event(screen, list_of(screen), event);
}
