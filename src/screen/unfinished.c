/* Half-filled forms that wait to be gone on with. */
#include "unfinished.h"

#include "guanai/base/num.h"
#include "words.h"

#include <string.h>

/* "2026-11-20 15:32" without its year. */
static const char *short_time(const char *when)
{
    return strlen(when) > 5 ? when + 5 : when;
}

static const char *say_line(struct ga_session *session, const struct ga_draft_line *line, enum ga_lang lang,
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

enum ga_rc ga_unfinished_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_unfinished *ret_unfinished, struct ga_error *err)
{
    struct ga_draft_line *lines = NULL;
    size_t count = 0;
    struct ga_unfinished found = {0};
    const char *user = ga_store_user(session->store);
    enum ga_rc rc = ga_draft_list(session->store, NULL, arena, &lines, &count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++) {
        if (!ga_str_equal(lines[i].user, user)) {
            found.others++;
        } else if (found.count == GA_UNFINISHED_MAX) {
            found.more++;
        } else {
            found.no[found.count] = lines[i].no;
            found.is_sheet[found.count] = lines[i].rows > 0;
            found.what[found.count] = say_what(session, &lines[i], lang, arena);
            found.text[found.count++] = say_line(session, &lines[i], lang, arena);
        }
    }
    rc = ga_draft_find_aside(session->store, user, &found.aside, err);
    if (rc == GA_OK)
        *ret_unfinished = found;
    return rc;
}
