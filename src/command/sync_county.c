/* guanai sync county, meet: a county begins, schools meet it. */
#include "sync.h"

#include "guanai/app/county.h"
#include "guanai/app/guest.h"
#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"

#include <string.h>

enum ga_exit ga_sync_run_county(struct syncing *s, struct ga_error *err)
{
    char digits[GA_RECOVERY_DIGITS_SIZE];
    const enum ga_rc rc = ga_county_begin(s->session, digits, err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, err);
    ga_put_row(s->line, (const char *const[]){digits}, 1);
    ga_say(s->line, "this computer is the county's; print the recovery key above and lock it away: it is shown this once, and whoever has it "
                    "can read what schools write from now on");
    ga_crypt_wipe(digits, sizeof(digits));
    return GA_EXIT_DONE;
}

/* Where a stick went round, many are. */
static void put_waiting(struct syncing *s, const struct ga_county_met *met)
{
    struct ga_vec waiting;
    ga_vec_init(&waiting, sizeof(struct ga_county_met));
    ga_county_waiting(s->session, ga_path(s->line, s->line->argv[2]), &waiting, NULL);
    if (waiting.len == 0 && met->is_there)
        ga_put_row(s->line, (const char *const[]){met->label, met->digits}, 2);
    for (size_t i = 0; i < waiting.len; i++) {
        const struct ga_county_met *one = ga_vec_at(&waiting, i);
        ga_put_row(s->line, (const char *const[]){one->label, one->digits}, 2);
    }
    ga_vec_finish(&waiting);
}

static void say_round(struct syncing *s, const struct ga_county_met *met)
{
    if (ga_county_is_here(s->session))
        ga_say(s->line, "for a stick that goes round many schools: take these digits of the county along on paper: %1", met->county_digits);
    else
        ga_say(s->line, "where the stick goes round many schools: %1 must stand on the county's paper, type it then; write the digits of this "
                        "school beside its name there", met->county_digits);
}

/* What is given to it cannot be taken back, what was not given can be. */
static void say_turn(struct syncing *s, const struct ga_county_met *met, bool is_nameless)
{
    if (met->had == GA_COUNTY_HAD_NAMES && is_nameless)
        ga_say(s->line, "%1 keeps what it has, names too; what is written from now on it gets without names", met->label);
    else if (met->had == GA_COUNTY_HAD_NO_NAMES && !is_nameless)
        ga_say(s->line, "%1 had no names so far; it gets them now, also for what it has already", met->label);
}

enum ga_exit ga_sync_run_meet(struct syncing *s, struct ga_error *err)
{
    static const char *const said[] = {[GA_COUNTY_SAME] = "same", [GA_COUNTY_OTHER] = "other"};
    struct ga_county_met met;
    const bool is_nameless = s->line->argc > 3 && strcmp(s->line->argv[3], GA_GUEST_NAMELESS) == 0;
    const int next = is_nameless ? 4 : 3;
    const char *typed = s->line->argc > next ? s->line->argv[next] : NULL;
    int same = s->line->argc > next + 1 ? GA_COUNTY_OTHER : GA_COUNTY_UNSAID;
    if (s->line->argc > next + (is_nameless ? 1 : 2))
        return ga_usage(s->line);
    while (same != GA_COUNTY_UNSAID && strcmp(said[same], s->line->argv[next + 1]) != 0)
        if (--same == GA_COUNTY_UNSAID)
            return ga_usage(s->line);
    const char *place = ga_path(s->line, s->line->argv[2]);
    const enum ga_rc rc = is_nameless ? ga_county_meet_nameless(s->session, place, typed, &met, err)
                                      : ga_county_meet(s->session, place, typed, (enum ga_county_same)same, &met, err);
    if (rc != GA_OK)
        return ga_say_file_error(s->line, rc, err);
    if (typed == NULL && ga_county_is_here(s->session))
        put_waiting(s, &met);
    else if (met.is_there)
        ga_put_row(s->line, (const char *const[]){met.label, met.digits}, 2);
    if (met.is_there)
        say_turn(s, &met, is_nameless || ga_county_meets_nameless(s->session));
    if (met.is_done)
        ga_say(s->line, "%1 is known here from now on", met.label);
    else if (met.is_there && met.has_namesake)
        ga_say(s->line, "a school called %1 has met this county already: behind the digits say same if it is that one with another computer, "
                        "else other", met.label);
    if (typed == NULL && met.county_digits[0] != '\0')
        say_round(s, &met);
    if (!met.is_done && met.is_there)
        ga_say(s->line, "compare the digits with those shown at %1, then type them here behind the command", met.label);
    else if (!met.is_there)
        ga_say(s->line, "the invitation lies on the stick; now do the same on the other side");
    return GA_EXIT_DONE;
}
