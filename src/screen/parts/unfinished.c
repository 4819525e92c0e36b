/* Half-filled forms that wait to be gone on with. */
#include "parts/unfinished.h"

#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

#include <string.h>

/* "2026-11-20 15:32" without its year. */
static const char *short_time(const char *when)
{
    return strlen(when) > 5 ? when + 5 : when;
}

const char *ga_unfinished_say(struct ga_session *session, const struct ga_draft_line *line, enum ga_lang lang,
                              struct ga_arena *arena)
{
    const char *form = ga_words_form(session, line->form, lang);
    if (line->rows > 0)
        return ga_words_say(arena, lang, GA_N_("Go on with several %2 for %3 of %1, %4 rows?"), short_time(line->when),
                            form, line->summary, GA_NUM(line->rows));
    if (line->summary == NULL || *line->summary == '\0')
        return ga_words_say(arena, lang, GA_N_("Go on with %2 of %1?"), short_time(line->when), form);
    return ga_words_say(arena, lang, GA_N_("Go on with %3 for %2 of %1?"), short_time(line->when), line->summary, form);
}

static const char *say_what(struct ga_session *session, const struct ga_draft_line *line, enum ga_lang lang,
                            struct ga_arena *arena)
{
    const char *form = ga_words_form(session, line->form, lang);
    if (line->summary == NULL || *line->summary == '\0')
        return ga_words_say(arena, lang, GA_N_("%2 of %1"), short_time(line->when), form);
    return ga_words_say(arena, lang, GA_N_("%3 for %2 of %1"), short_time(line->when), line->summary, form);
}

static bool is_of(const struct ga_draft_line *line, const char *person)
{
    return ga_str_equal(line->user, person) || (line->typist != NULL && ga_str_equal(line->typist, person));
}

/* Who is typed for just now has drafts of their own, too: they are as much at hand. */
static void take_line(struct ga_session *session, const struct ga_draft_line *line, enum ga_lang lang,
                      struct ga_arena *arena, struct ga_unfinished *found)
{
    const char *sitter = ga_store_typist(session->store);
    const size_t i = found->count;
    if (!is_of(line, sitter) && !ga_str_equal(line->user, ga_store_user(session->store))) {
        found->others++;
        return;
    }
    if (i == GA_UNFINISHED_MAX) {
        found->more++;
        return;
    }
    found->no[i] = line->no;
    found->is_sheet[i] = line->rows > 0;
    found->doer[i] = ga_str_equal(line->user, sitter) ? NULL : line->user;
    found->what[i] = say_what(session, line, lang, arena);
    found->text[i] = ga_unfinished_say(session, line, lang, arena);
    if (found->doer[i] != NULL)
        found->text[i] = ga_words_say(arena, lang, GA_N_("%1 (for %2)"), found->text[i], line->user);
    found->count++;
}

enum ga_rc ga_unfinished_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_unfinished *ret_unfinished, struct ga_error *err)
{
    struct ga_draft_line *lines = NULL;
    size_t count = 0;
    struct ga_unfinished found = {0};
    const char *user = ga_store_user(session->store), *typist = ga_store_typist(session->store);
    enum ga_rc rc = ga_draft_list(session->store, NULL, arena, &lines, &count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        take_line(session, &lines[i], lang, arena, &found);
    rc = ga_draft_find_aside(session->store, user, &found.aside, err);
    if (rc == GA_OK && found.aside == 0 && !ga_str_equal(user, typist))
        rc = ga_draft_find_aside(session->store, typist, &found.aside, err);
    if (rc == GA_OK)
        *ret_unfinished = found;
    return rc;
}

void ga_unfinished_ask_drop(const struct ga_unfinished *unfinished, size_t i, struct ga_screen *screen, int tag)
{
    struct ga_arena arena = {0};
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Throw this away?"),
                      ga_words_say(&arena, ga_screen_lang(screen),
                                   GA_N_("%1: what was typed and not saved goes away. What is saved already stays. "
                                         "Ctrl-Z on this page brings it back, as long as it is among the last twenty "
                                         "thrown away."),
                                   unfinished->what[i]),
                      false, tag);
    ga_arena_finish(&arena);
}

void ga_unfinished_drop(const struct ga_unfinished *unfinished, size_t i, struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (ga_draft_set_aside(ga_screen_session(screen)->store, unfinished->no[i], &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Thrown away: %1. Ctrl-Z brings it back."), unfinished->what[i]);
}

void ga_unfinished_put_back(const struct ga_unfinished *unfinished, struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (ga_draft_put_back(ga_screen_session(screen)->store, unfinished->aside, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("It stands among the unfinished again."));
}
