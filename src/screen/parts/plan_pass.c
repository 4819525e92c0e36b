/* Asks whether the care plans of a class go with it to who takes it. */
#include "parts/plan_pass.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

/* "何丽、崔子乐 …" */
static const char *plan_names(struct ga_arena *arena, const struct ga_handover_plan *plans, size_t count, enum ga_lang lang)
{
    enum { NAMES_MAX = 6 };
    struct ga_str names = {0};
    for (size_t i = 0; i < count && i < NAMES_MAX; i++)
        ga_str_addf(&names, "%s%s", i == 0 ? "" : ga_tr(lang, ", "), plans[i].child);
    if (count > NAMES_MAX)
        ga_str_add(&names, " …");
    const char *kept = ga_arena_strdup(arena, ga_str_text(&names));
    ga_str_finish(&names);
    return kept;
}

/* A key child's plan names its helper: what it asks for would stay with who has gone. */
bool ga_plan_pass_ask(struct ga_screen *screen, const struct ga_plan_pass *pass, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_handover_plan *plans;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    size_t count = 0;
    if (ga_handover_plans_read(ga_screen_session(screen), pass, &arena, &plans, &count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    if (count > 0) {
        const char *title = ga_words_say(&arena, lang, GA_N_("%1: key children's helper?"), pass->class_of.shown);
        const char *text = ga_words_say(&arena, lang,
                                        GA_N_("Helper in the care plan is %1: %2. Is it %3 from now on? Weekly contact and looking "
                                              "at the plan are asked of %3 then; the history keeps both names."),
                                        pass->giver, plan_names(&arena, plans, count, lang), pass->taker);
        ga_dialog_confirm(screen, title, text, true, tag);
    }
    ga_arena_finish(&arena);
    return count > 0;
}

void ga_plan_pass_do(struct ga_screen *screen, const struct ga_plan_pass *pass)
{
    struct ga_error err = {0};
    size_t count = 0;
    if (ga_handover_plans_pass(ga_screen_session(screen), pass, &count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 care plans: the helper is %2"), GA_NUM(count), pass->taker);
}
