/* Says on the first screen what of the exchange with other computers is not well, until it is. */
#include "guanai/app/county.h"
#include "guanai/app/sync_matters.h"
#include "guanai/base/num.h"
#include "guanai/screen/conflicts.h"
#include "guanai/screen/county.h"
#include "guanai/screen/sync.h"
#include "home/home_lines.h"
#include "parts/words.h"
#include "sync/sync_words.h"

enum { GAPS_SAID = 3, SCHOOLS_NAMED = 5 }; /* the page behind them says all */

static const char *name_of(const struct ga_home_lines *lines, const char *label)
{
    return label[0] != '\0' ? label : ga_tr(lines->lang, "a computer without a name");
}

static void add_gap(struct ga_home_lines *lines, const struct ga_sync_gap *gap)
{
    ga_home_lines_add(lines, ga_sync_words_gap(lines->arena, lines->lang, gap), ga_tr(lines->lang, "9 there writes all once more"),
                      &ga_screen_sync, NULL);
}

/* Whose stick is waited for; the page behind it says since when. */
static bool add_schools(struct ga_home_lines *lines)
{
    struct ga_vec schools;
    const char *names = "";
    size_t missing = 0;
    ga_vec_init(&schools, sizeof(struct ga_county_heard));
    ga_county_heard(lines->session, lines->arena, &schools, NULL);
    for (size_t i = 0; i < schools.len; i++) {
        const struct ga_county_heard *school = ga_vec_at(&schools, i);
        if (school->is_missing && missing++ < SCHOOLS_NAMED)
            names = ga_arena_printf(lines->arena, "%s%s%s", names, names[0] != '\0' ? "  " : "", school->school);
    }
    if (missing > 0)
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Not heard from for %1 days: %2 of %3 schools"),
                                              GA_NUM(lines->session->config.exchange_days), GA_NUM(missing), GA_NUM(schools.len)),
                          missing > SCHOOLS_NAMED ? ga_arena_printf(lines->arena, "%s …", names) : names, &ga_screen_county, NULL);
    ga_vec_finish(&schools);
    return missing > 0;
}

static void add_quiet(struct ga_home_lines *lines, const struct ga_sync_matters *matters)
{
    const char *text =
        matters->quiet_count > 1  ? ga_words_say(lines->arena, lines->lang, GA_N_("%1 computers: no exchange for %2 days and more"),
                                                 GA_NUM(matters->quiet_count), GA_NUM(lines->session->config.exchange_days))
        : matters->quiet_days < 0 ? ga_words_say(lines->arena, lines->lang, GA_N_("%1: no exchange yet"),
                                                 name_of(lines, matters->quiet_label))
                                  : ga_words_say(lines->arena, lines->lang, GA_N_("%1: no exchange for %2 days"),
                                                 name_of(lines, matters->quiet_label), GA_NUM(matters->quiet_days));
    const bool is_county = ga_county_is_here(lines->session); /* its page names them all */
    ga_home_lines_add(lines, text, ga_tr(lines->lang, "carry the stick there and back"),
                      is_county ? &ga_screen_county : &ga_screen_sync, NULL);
}

void ga_home_add_exchange(struct ga_home_lines *lines)
{
    struct ga_sync_matters matters;
    if (ga_sync_matters(lines->session, lines->arena, &matters, NULL) != GA_OK)
        return;
    if (matters.conflicts > 0)
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Answered differently: %1"), GA_NUM(matters.conflicts)),
                          ga_tr(lines->lang, "somebody says which counts"), &ga_screen_conflicts, NULL);
    for (size_t i = 0; i < matters.gaps_count && i < GAPS_SAID; i++)
        add_gap(lines, &matters.gaps[i]);
    if (matters.quiet_count > 0 && !(ga_county_is_here(lines->session) && add_schools(lines)))
        add_quiet(lines, &matters);
}
