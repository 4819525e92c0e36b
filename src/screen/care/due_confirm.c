/* Asks whether the reasons given in a class hold, all at once. */
#include "care/due_confirm.h"

#include "guanai/app/care.h"
#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

void ga_due_confirm_finish(struct ga_due_confirm *confirm)
{
    ga_arena_finish(&confirm->arena);
}

/* "崔子乐 · 谈心：家长不愿（在外地，周老师）" */
void ga_due_confirm_add(const struct ga_excuse *excuse, const struct ga_duties *duties, enum ga_lang lang, struct ga_str *out)
{
    const bool has_reason = excuse->reason[0] != '\0', has_name = excuse->said_by[0] != '\0';
    ga_str_addf(out, "%s%s%s%s%s%s", out->len > 0 ? "\n" : "", excuse->child, excuse->child[0] != '\0' ? " · " : "",
                ga_label_text(&duties->items[excuse->due.duty]->title, lang),
                lang == GA_ZH ? "：" : ": ", excuse->outcome);
    if (has_reason || has_name)
        ga_str_addf(out, lang == GA_ZH ? "（%s%s%s）" : " (%s%s%s)", excuse->reason,
                    !has_reason || !has_name ? "" : lang == GA_ZH ? "，" : ", ", excuse->said_by);
}

static void ask(struct ga_due_confirm *confirm, struct ga_screen *screen, struct ga_care *care, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    const size_t others = confirm->count - confirm->own;
    struct ga_str text = {0};
    for (size_t i = 0; i < confirm->count; i++)
        if (!confirm->excuses[i].is_own)
            ga_due_confirm_add(&confirm->excuses[i], ga_care_duties(care), lang, &text);
    if (confirm->own > 0)
        ga_str_addf(&text, "\n\n%s",
                    ga_words_say(&confirm->arena, lang,
                                 GA_N_("Left out: %1 of your own; somebody else has to confirm those."),
                                 GA_NUM(confirm->own)));
    ga_dialog_confirm(screen,
                      ga_words_say(&confirm->arena, lang, others == 1 ? GA_N_("Confirm this reason?") : GA_N_("Confirm %1 reasons?"),
                                   GA_NUM(others)),
                      ga_str_text(&text), true, tag);
    ga_str_finish(&text);
}

void ga_due_confirm_open(struct ga_due_confirm *confirm, struct ga_screen *screen, struct ga_care *care,
                         const struct ga_roster_class *class_of, struct ga_date month, int tag)
{
    struct ga_error err = {0};
    ga_arena_reset(&confirm->arena);
    confirm->count = confirm->own = 0;
    const enum ga_rc rc = ga_excuses_waiting(confirm->session, class_of, month, ga_screen_lang(screen), &confirm->arena,
                                             &confirm->excuses, &confirm->count, &err);
    for (size_t i = 0; i < confirm->count; i++)
        confirm->own += confirm->excuses[i].is_own;
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (confirm->count == 0)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("No reason waits to be confirmed in this class in this month."));
    else if (confirm->own == confirm->count)
        ga_words_tell(screen->ui, GA_STYLE_WARNING,
                      GA_N_("What waits here are your own words (%1); somebody else has to confirm them."), GA_NUM(confirm->own));
    else
        ask(confirm, screen, care, tag);
}

bool ga_due_confirm_take(struct ga_due_confirm *confirm, struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_error err = {0};
    size_t count = 0;
    if (!result->is_done || result->code != 1)
        return false;
    if (ga_excuses_confirm(confirm->session, confirm->excuses, confirm->count, &count, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    ga_words_tell(screen->ui, GA_STYLE_NORMAL, count == 1 ? GA_N_("1 reason confirmed") : GA_N_("%1 reasons confirmed"),
                  GA_NUM(count));
    return true;
}

static int64_t count_waiting(struct ga_care *care, struct ga_date month)
{
    const struct ga_due_ask ask = {.span = ga_days_of_month(month)};
    struct ga_due_tally *tallies;
    struct ga_arena arena = {0};
    size_t count = 0;
    int64_t waiting = 0;
    if (ga_due_tallies(care, &ask, &arena, &tallies, &count, NULL) == GA_OK)
        for (size_t i = 0; i < count; i++)
            waiting += tallies[i].unconfirmed;
    ga_arena_finish(&arena);
    return waiting;
}

struct ga_date ga_due_confirm_month(struct ga_care *care, struct ga_date today, int back)
{
    struct ga_date month = today;
    for (int i = 0; i <= back; i++) {
        if (count_waiting(care, month) > 0)
            return month;
        month = ga_date_add_months((struct ga_date){month.year, month.month, 1}, -1);
    }
    return today;
}
