/* Ticks by space, by number, by the letters of a name. */
#include "grid/ticks_state.h"

#include "guanai/base/num.h"
#include "guanai/text/pinyin.h"
#include "guanai/tui/loop.h"

#include <string.h>

static struct ticks *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ticks, screen);
}

bool ticks_is_finding(const struct ticks *list)
{
    return *ga_tui_input_text(&list->find) != '\0';
}

void ticks_forget_find(struct ticks *list)
{
    ga_tui_input_set(&list->find, "");
    list->find.is_changed = false;
}

static bool is_number(const struct ticks *list, int64_t *ret_number)
{
    return ga_num_parse(ga_tui_input_text(&list->find), ret_number);
}

static bool find_number(const struct ticks *list, int64_t number, size_t *ret_row)
{
    for (size_t i = 0; i < list->ticks.lines.len; i++)
        if (ga_ticks_line(&list->ticks, i)->number == number) {
            *ret_row = i;
            return true;
        }
    return false;
}

static enum ga_reply toggle(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    ticks_forget_find(list);
    ticks_set(screen, list->row, ga_ticks_row(&list->ticks, list->row) == NULL);
    return GA_REDRAW; /* the title counts */
}

/* Numbers. */

/* Could one more digit still be meant? After a nought as long as the numbers here have more: 07 of 24, 007 of 700. */
static bool may_go_on(const struct ticks *list, int64_t number)
{
    const char *typed = ga_tui_input_text(&list->find);
    int64_t last = 0;
    for (size_t i = 0; typed[0] == '0' && i < list->ticks.lines.len; i++)
        if (ga_ticks_line(&list->ticks, i)->number > last)
            last = ga_ticks_line(&list->ticks, i)->number;
    if (typed[0] == '0')
        return strlen(typed) < strlen(GA_NUM(last));
    for (size_t i = 0; i < list->ticks.lines.len; i++)
        for (int64_t other = ga_ticks_line(&list->ticks, i)->number; other > number; other /= 10)
            if (other / 10 == number && number > 0)
                return true;
    return false;
}

/* The number is whole as soon as none on the list goes on from it; else Space or Enter ends it. */
static enum ga_reply take_number(struct ga_screen *screen, int64_t number)
{
    struct ticks *list = state_of(screen);
    size_t row;
    if (number == 0)
        return GA_REDRAW; /* the nought before a digit */
    if (!find_number(list, number, &row)) {
        if (!may_go_on(list, number)) {
            ga_message_set(ga_screen_note(screen), "There is no number %1 here", GA_NUM(number));
            ticks_forget_find(list);
        }
        return GA_REDRAW;
    }
    list->row = row;
    ticks_scroll(list);
    if (!may_go_on(list, number))
        toggle(screen);
    return GA_REDRAW;
}

/* Names. */

enum { NOT_CALLED_SO, SOMEWHERE, FROM_THE_START };

/* How well what is typed fits the name; a surname is what most begin with. */
static int fit(const struct ticks *list, const struct ga_pinyin_query *query, const char *typed, size_t row)
{
    enum { START_AT_LEAST = 751 }; /* text/pinyin.h: 250 less when it begins behind the surname */
    const char *name = ga_ticks_line(&list->ticks, row)->name, *at = strstr(name, typed);
    unsigned score = 0;
    if (at != NULL)
        return at == name ? FROM_THE_START : SOMEWHERE;
    if (!ga_pinyin_match(query, name, &score))
        return NOT_CALLED_SO;
    return score >= START_AT_LEAST ? FROM_THE_START : SOMEWHERE;
}

/* The next one from `from` on, round the end of the list; names that begin so before others. */
static bool find_name(const struct ga_screen *screen, size_t from, size_t *ret_row)
{
    const struct ticks *list = state_of(screen);
    const char *typed = ga_tui_input_text(&list->find);
    const size_t count = list->ticks.lines.len;
    struct ga_pinyin_query query;
    int best = NOT_CALLED_SO;
    ga_pinyin_query_init(&query, typed, ga_screen_session(screen)->config.similar_sounds);
    for (size_t i = 0; i < count; i++) {
        int how = fit(list, &query, typed, (from + i) % count);
        if (how <= best)
            continue;
        best = how;
        *ret_row = (from + i) % count;
    }
    return best != NOT_CALLED_SO;
}

static enum ga_reply jump(struct ga_screen *screen, size_t from)
{
    struct ticks *list = state_of(screen);
    size_t row;
    if (!find_name(screen, from, &row)) {
        ga_message_set(ga_screen_note(screen), "nobody on this list is called so; F5 shows another class");
        return GA_REDRAW;
    }
    list->row = row;
    ticks_scroll(list);
    return GA_REDRAW;
}

static enum ga_reply take_typed(struct ga_screen *screen, const struct ga_event *event)
{
    struct ticks *list = state_of(screen);
    int64_t number;
    enum ga_reply answer = ga_tui_input_event(&list->find, event);
    if (!list->find.is_changed)
        return answer;
    list->find.is_changed = false;
    if (!ticks_is_finding(list) || event->kind == GA_EVENT_KEY) /* taken away again: nothing is ticked by that */
        return GA_REDRAW;
    return is_number(list, &number) ? take_number(screen, number) : jump(screen, list->row);
}

/* Whom the mark stands on though something else is typed is not meant. */
static bool is_meant(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    int64_t number;
    size_t row;
    if (!ticks_is_finding(list))
        return true;
    bool is_found = is_number(list, &number) ? find_number(list, number, &row) : find_name(screen, list->row, &row);
    if (is_found && row == list->row)
        return true;
    ga_message_set(ga_screen_note(screen), "nobody on this list is called so; F5 shows another class");
    return false;
}

enum ga_reply ticks_take_tick_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct ticks *list = state_of(screen);
    bool is_enter = ga_event_is_key(event, GA_KEY_ENTER), is_finding = ticks_is_finding(list);
    int64_t number;
    if (is_enter && !is_finding)
        return ga_screen_close_done(screen, TICKS_GO_ON, NULL);
    if (is_enter || ga_event_is_key(event, ' ') || ga_event_is_key(event, 0x3000))
        return is_meant(screen) ? toggle(screen) : GA_REDRAW;
    if (is_finding && ga_event_is_key(event, GA_KEY_DOWN) && !is_number(list, &number))
        return jump(screen, list->row + 1);
    if (ga_event_is_typing(event) || (is_finding && (ga_event_is_key(event, GA_KEY_BACKSPACE) ||
                                                     ga_event_is_key(event, GA_CTRL('U')))))
        return take_typed(screen, event);
    return GA_IGNORED;
}
