/* Asks before the visits of some days become trips. */
#include "care/schedule_plan.h"

#include "guanai/app/planning.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

enum { LINES_MAX = 12 }; /* of trips in one question */

static void add_trip(struct ga_str *out, const struct ga_planning *planning, const struct ga_trip_planned *trip, enum ga_lang lang,
                     struct ga_arena *arena)
{
    ga_str_addf(out, "%s ", ga_words_day(arena, ga_date_from_days(trip->day), lang));
    for (size_t i = 0; i < trip->count; i++)
        ga_str_addf(out, " %s", planning->list.children[trip->rows[i]].child.name);
    ga_str_add_char(out, '\n');
}

/* "11月28日 周六  何丽 彭红军 …", a line a trip; who finds no day. */
static void add_trips(struct ga_str *out, const struct ga_planning *planning, enum ga_lang lang, struct ga_arena *arena)
{
    for (size_t i = 0; i < planning->trips_count && i < LINES_MAX; i++)
        add_trip(out, planning, &planning->trips[i], lang, arena);
    if (planning->trips_count > LINES_MAX)
        ga_str_add(out, "…\n");
    if (planning->left > 0)
        ga_str_addf(out, "%s\n", ga_words_say(arena, lang, GA_N_("%1 find no day: %2"), GA_NUM(planning->left),
                                              ga_planning_left_names(planning, lang, arena)));
}

bool ga_schedule_plan_ask(struct ga_screen *screen, struct ga_session *session, const char *owner, struct ga_days span, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    struct ga_planning planning;
    struct ga_error err = {0};
    struct ga_str text = {0};
    const enum ga_rc rc = ga_planning_make(session, owner, span, lang, &arena, &planning, &err);
    const bool is_asked = rc == GA_OK && planning.trips_count > 0;
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (planning.list.count == 0)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("No visit waits for a day here: all are done or on a trip."));
    else if (!is_asked)
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("%1 visits wait, but no day here is free: look at the whole month."),
                      GA_NUM(planning.list.count));
    if (is_asked) {
        add_trips(&text, &planning, lang, &arena);
        ga_str_addf(&text, "\n%s", ga_tr(lang, "Write these trips down? Each can still be changed."));
        ga_dialog_confirm(screen,
                          ga_words_say(&arena, lang, GA_N_("Plan of %1 · trips: %2 · visits: %3"), owner, GA_NUM(planning.trips_count),
                                       GA_NUM(ga_planning_visits(&planning))),
                          ga_str_text(&text), true, tag);
    }
    ga_str_finish(&text);
    ga_arena_finish(&arena);
    return is_asked;
}

void ga_schedule_plan_take(struct ga_screen *screen, struct ga_session *session, const char *owner, struct ga_days span)
{
    struct ga_arena arena = {0};
    struct ga_planning planning;
    struct ga_error err = {0};
    enum ga_rc rc = ga_planning_make(session, owner, span, ga_screen_lang(screen), &arena, &planning, &err);
    if (rc == GA_OK)
        rc = ga_planning_take(session, &planning, &err);
    if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 trips are written down. u takes them back."), GA_NUM(planning.trips_count));
    else
        ga_ui_say_error(screen->ui, &err);
    ga_arena_finish(&arena);
}

bool ga_schedule_undo_ask(struct ga_screen *screen, struct ga_session *session, const char *owner, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    struct ga_str text = {0};
    struct ga_trip *trips;
    size_t count = 0;
    const enum ga_rc rc = ga_planning_last(session, owner, &arena, &trips, &count, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (count == 0)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("There is no trip to take back: none is yet to come, or its visits are typed in."));
    for (size_t i = 0; rc == GA_OK && i < count && i < LINES_MAX; i++) /* they come the latest first */
        ga_str_addf(&text, "%s  %s\n", ga_words_day(&arena, trips[count - 1 - i].planned_on, lang),
                    ga_words_say(&arena, lang, GA_N_("%1 children · %2"), GA_NUM(trips[count - 1 - i].rows_count), trips[count - 1 - i].villages));
    if (rc == GA_OK && count > 0) {
        ga_str_addf(&text, "\n%s", ga_tr(lang, "Take back what was planned last?"));
        ga_dialog_confirm(screen, ga_words_say(&arena, lang, GA_N_("Take back trips: %1"), GA_NUM(count)), ga_str_text(&text), false, tag);
    }
    ga_str_finish(&text);
    ga_arena_finish(&arena);
    return rc == GA_OK && count > 0;
}

void ga_schedule_undo_take(struct ga_screen *screen, struct ga_session *session, const char *owner)
{
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    struct ga_trip *trips;
    size_t count = 0;
    enum ga_rc rc = ga_planning_last(session, owner, &arena, &trips, &count, &err);
    if (rc == GA_OK)
        rc = ga_planning_take_back(session, trips, count, &err);
    if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 trips are taken back."), GA_NUM(count));
    else
        ga_ui_say_error(screen->ui, &err);
    ga_arena_finish(&arena);
}
