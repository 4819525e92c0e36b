/* What was left unfinished on the first screen: gone on with, thrown away, brought back. */
#include "home/home_state.h"

#include "guanai/screen/grid.h"
#include "guanai/screen/record.h"

static struct home *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct home, screen);
}

/* Which draft is marked below the box; the count of them when none is. */
size_t home_marked_draft(const struct home *home)
{
    const int id = ga_menu_selected(&home->facts.menu);
    const size_t count = home->facts.drafts.count;
    if (!home->is_below || home_is_finding(home) || id < GA_HOME_DRAFT || (size_t)(id - GA_HOME_DRAFT) >= count)
        return count;
    return (size_t)(id - GA_HOME_DRAFT);
}

enum ga_reply home_ask_drop(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    const size_t i = home_marked_draft(home);
    if (i == home->facts.drafts.count)
        return GA_HANDLED;
    ga_unfinished_ask_drop(&home->facts.drafts, i, screen, GA_HOME_DROP);
    return GA_REDRAW;
}

void home_drop(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    const size_t i = home_marked_draft(home);
    if (i == home->facts.drafts.count)
        return;
    ga_unfinished_drop(&home->facts.drafts, i, screen);
    home_read_again(screen);
}

enum ga_reply home_put_back(struct ga_screen *screen)
{
    ga_unfinished_put_back(&state_of(screen)->facts.drafts, screen);
    home_read_again(screen);
    return GA_REDRAW;
}

/* Typed for somebody else it is gone on with for them; the title says so from then on. */
enum ga_reply home_resume_draft(struct ga_screen *screen, size_t i)
{
    const struct ga_unfinished *drafts = &state_of(screen)->facts.drafts;
    const struct ga_store *store = state_of(screen)->session->store;
    if (i >= drafts->count)
        return GA_HANDLED;
    const int64_t no = drafts->no[i];
    const bool is_sheet = drafts->is_sheet[i];
    const char *doer = drafts->doer[i];
    if (!ga_str_equal(doer != NULL ? doer : ga_store_typist(store), ga_store_user(store)))
        home_set_doer(screen, doer); /* reads the drafts again */
    if (is_sheet)
        ga_screen_grid_resume(screen, no, GA_HOME_DRAFT);
    else
        ga_screen_record_resume(screen, no, GA_HOME_DRAFT);
    return GA_REDRAW;
}
