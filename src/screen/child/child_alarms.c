/* Says in a child's file what must not wait about it. */
#include "child/child_state.h"
#include "guanai/care/alarm.h"
#include "guanai/tui/loop.h"
#include "parts/care_open.h"

#include <string.h>

/* Titles of all that stands, why of the first. */
static const char *text_of(struct child *child, struct ga_care *care, const struct ga_alarm *alarms, size_t count)
{
    const enum ga_lang lang = ga_screen_lang(child->screen);
    const struct ga_session *session = ga_screen_session(child->screen);
    const struct ga_alarm_now now = ga_alarm_now(session->store, session->options->clock);
    const char *text = ga_arena_printf(&child->stored, lang == GA_ZH ? "! %s：%s" : "! %s: %s",
                                       ga_label_text(&ga_care_alarms(care)->items[alarms[0].rule]->title, lang),
                                       ga_alarm_text(care, &alarms[0], &now, lang, &child->stored));
    for (size_t i = 1; i < count; i++)
        text = ga_arena_printf(&child->stored, "%s · %s", text,
                               ga_label_text(&ga_care_alarms(care)->items[alarms[i].rule]->title, lang));
    return text;
}

/* Opening the care takes a while: the file stands before. */
void child_read_alarms(struct child *child)
{
    struct ga_care *care = ga_session_open_care(ga_screen_session(child->screen));
    const struct ga_alarm_ask ask = {.child = child->row.no};
    struct ga_alarm *alarms;
    size_t count = 0;
    child->alarms = "";
    if (!child->has_row)
        return;
    if (care == NULL)
        ga_screen_start_work(child->screen);
    else if (ga_alarm_list(care, &ask, &child->stored, &alarms, &count, NULL) == GA_OK && count > 0)
        child->alarms = text_of(child, care, alarms, count);
}

void child_open_care(struct child *child)
{
    struct ga_care *care;
    struct ga_error err = {0};
    if (ga_care_open(child->screen, &care, &err) == GA_OK)
        child_read_alarms(child);
}
