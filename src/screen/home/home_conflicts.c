/* Says on the first screen what waits to be settled by the one who reads it. */
#include "guanai/screen/conflicts.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/conflict.h"
#include "home/home_lines.h"
#include "parts/words.h"

void ga_home_add_handed(struct ga_home_lines *lines)
{
    struct ga_store *store = lines->session->store;
    int64_t count = 0;
    if (ga_conflict_count_handed(store, ga_store_typist(store), &count, NULL) == GA_OK && count > 0)
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Answered differently, for you to settle: %1"), GA_NUM(count)),
                          ga_tr(lines->lang, GA_N_("handed to you")), &ga_screen_conflicts, NULL);
}
