/* Says on the first screen what is to be done. */
#include "home_due.h"

#include "care_open.h"
#include "guanai/base/num.h"
#include "words.h"

static const char *open_text(const struct ga_brief_line *line, enum ga_lang lang, struct ga_arena *arena)
{
    char day[GA_DATE_SIZE];
    ga_date_text_short(line->due_on, lang, day);
    const char *until = line->per != GA_PER_CHILD ? ga_words_say(arena, lang, GA_N_("by %1"), day)
                        : line->open == 1         ? ga_words_say(arena, lang, GA_N_("1 child, by %1"), day)
                                          : ga_words_say(arena, lang, GA_N_("%1 children, by %2"), GA_NUM(line->open), day);
    if (line->late == 0)
        return until;
    return ga_arena_printf(arena, "%s%s", until, ga_words_say(arena, lang, GA_N_(" · %1 late"), GA_NUM(line->late)));
}

static void add_line(struct ga_home_dues *dues, const char *duty, const char *text, const char *more)
{
    if (dues->count < GA_HOME_DUES)
        dues->lines[dues->count++] = (struct ga_home_due){duty, text, more};
}

/* One line for all of the school: whose children they are is another's to look at. */
static const char *school_text(const struct ga_brief *brief, enum ga_lang lang, struct ga_arena *arena)
{
    char share[16];
    const char *done = ga_words_say(arena, lang, GA_N_("%1 of %2 done (%3 %)"), GA_NUM(brief->done), GA_NUM(brief->owed),
                                    ga_share_text((size_t)brief->done, (size_t)brief->owed, share));
    if (brief->unconfirmed == 0)
        return done;
    return ga_arena_printf(arena, "%s%s", done,
                           ga_words_say(arena, lang, GA_N_(" · %1 to confirm"), GA_NUM(brief->unconfirmed)));
}

enum ga_rc ga_home_dues_read(struct ga_home_dues *dues, struct ga_session *session, const char *user, enum ga_lang lang,
                             struct ga_arena *arena, struct ga_error *err)
{
    struct ga_brief brief;
    *dues = (struct ga_home_dues){0};
    bool is_known = false;
    const enum ga_rc rc = ga_session_brief(session, user, arena, &brief, &is_known, err);
    dues->is_unknown = rc == GA_OK && !is_known;
    if (rc != GA_OK || !is_known)
        return rc;
    for (size_t i = 0; i < brief.count; i++)
        add_line(dues, brief.lines[i].duty, ga_label_text(&brief.lines[i].title, lang),
                 open_text(&brief.lines[i], lang, arena));
    dues->is_mine = dues->count > 0;
    if (brief.owed > 0)
        add_line(dues, NULL, ga_tr(lang, "Checklists of the classes"), school_text(&brief, lang, arena));
    return GA_OK;
}

enum ga_rc ga_home_dues_make(struct ga_screen *screen, struct ga_session *session, struct ga_error *err)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_brief_make(session, ga_store_user(session->store), &problems, err);
    if (rc == GA_OK)
        ga_care_tell_problems(screen, &problems);
    ga_problems_finish(&problems);
    return rc;
}
