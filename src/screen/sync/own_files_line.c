/* Says on other pages how many of the school's own files wait. */
#include "sync/own_files_line.h"

#include "guanai/app/own_files.h"
#include "guanai/base/num.h"
#include "guanai/screen/form_changes.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

enum { FILES = 1000 };

void ga_own_files_line_add(struct ga_session *session, struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang)
{
    size_t counts[GA_OWN_FILE_STATES];
    if (ga_own_files_count(session, counts, NULL) != GA_OK)
        return;
    const size_t theirs = counts[GA_OWN_FILE_THEIRS] + counts[GA_OWN_FILE_BOTH], ours = counts[GA_OWN_FILE_OURS];
    if (theirs + ours > 0)
        ga_menu_add(menu, FILES, '6',
                    theirs > 0 ? ga_words_say(arena, lang, GA_N_("Own forms of the school: %1 came and wait"), GA_NUM(theirs))
                               : ga_words_say(arena, lang, GA_N_("Own forms of the school: %1 not handed on yet"), GA_NUM(ours)),
                    NULL);
}

bool ga_own_files_line_opens(struct ga_screen *screen, int id)
{
    if (id == FILES)
        ga_screen_push(screen, &ga_screen_form_changes, NULL, FILES);
    return id == FILES;
}
