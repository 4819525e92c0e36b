/* Who is at the keys, for whom, on which day: the right end of every title line. */
#include "parts/corner.h"

#include "guanai/screen/session.h"
#include "parts/words.h"

enum { NARROW_COLS = 72 };

static const char *corner_text(struct ga_screen *screen, struct ga_arena *arena)
{
    const struct ga_session *session = ga_screen_session(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *user = ga_store_user(session->store), *typist = ga_store_typist(session->store);
    char day[GA_DATE_SIZE];
    ga_date_text_short(session->today, lang, day);
    if (!ga_session_is_for_other(session))
        return ga_arena_printf(arena, "%s · %s ", user, day);
    if (ga_canvas_cols(ga_ui_canvas(screen->ui)) < NARROW_COLS)
        return ga_words_say(arena, lang, GA_N_("for %1"), user);
    return ga_arena_printf(arena, "%s · %s ", ga_words_say(arena, lang, GA_N_("for %1, typed by %2"), user, typist), day);
}

void ga_corner_show(struct ga_screen *screen)
{
    struct ga_arena arena = {0};
    ga_ui_set_corner(screen->ui, corner_text(screen, &arena));
    ga_arena_finish(&arena);
}

void ga_corner_tell(struct ga_screen *screen)
{
    const struct ga_session *session = ga_screen_session(screen);
    const char *user = ga_store_user(session->store), *typist = ga_store_typist(session->store);
    ga_corner_show(screen);
    if (ga_session_is_for_other(session))
        ga_words_tell(screen->ui, GA_STYLE_WARNING,
                      GA_N_("From now on everything is saved as done by %1, typed by %2. F12 ends it."), user, typist);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("From now on everything is saved as your own again: %1."), user);
}

void ga_corner_tell_doer(struct ga_screen *screen, const char *doer)
{
    const struct ga_session *session = ga_screen_session(screen);
    if (doer == NULL)
        return;
    ga_corner_show(screen);
    ga_words_tell(screen->ui, GA_STYLE_WARNING,
                  ga_session_is_for_other(session)
                      ? GA_N_("As before: everything is saved as done by %1, typed by %2. F12 ends it.")
                      : GA_N_("No longer typed for %1: what you save is your own, %2. F12: for others."),
                  doer, ga_store_typist(session->store));
}
