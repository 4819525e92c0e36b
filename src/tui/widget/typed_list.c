/* A box to type in above the list of what it finds. */
#include "guanai/tui/widget/typed_list.h"

#include "guanai/text/fold.h"

#include <string.h>

static bool is_empty(const struct ga_tui_input *box)
{
    return *ga_tui_input_text(box) == '\0';
}

enum ga_reply ga_tui_typed_list_event(struct ga_tui_input *box, struct ga_tui_list *list,
                                      const struct ga_event *event)
{
    bool is_edge = ga_event_is_key(event, GA_KEY_HOME) || ga_event_is_key(event, GA_KEY_END);
    enum ga_reply answer = is_edge && !is_empty(box) ? GA_IGNORED : ga_tui_list_event(list, event);
    if (answer != GA_IGNORED)
        return answer;
    if (!ga_event_is_key(event, GA_KEY_ESC))
        return ga_tui_input_event(box, event);
    if (is_empty(box))
        return GA_IGNORED;
    ga_tui_input_set(box, "");
    box->is_changed = true;
    return GA_REDRAW;
}

bool ga_tui_is_no_beginning(const struct ga_tui_input *box, const struct ga_event *event)
{
    uint32_t key = event->kind == GA_EVENT_TEXT ? ga_fold_width(event->key) : GA_KEY_NONE;
    return is_empty(box) && (key == '/' || key == '?' || key == ' ');
}
