/* guanai sync guest: a computer that gets what is of one class or site. */
#include "sync.h"

#include "guanai/app/guest.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

static enum ga_exit say_met(struct syncing *s, const struct ga_county_met *met)
{
    if (met->is_there)
        ga_put_row(s->line, (const char *const[]){met->label, met->digits}, 2);
    if (met->is_done)
        ga_say(s->line, "%1 is known here from now on", met->label);
    else if (met->is_there)
        ga_say(s->line, "compare the digits with those shown at %1, then type them here behind the command", met->label);
    else
        ga_say(s->line, "the invitation lies on the stick; now do the same on the other side");
    return GA_EXIT_DONE;
}

static enum ga_exit meet(struct syncing *s, const char *scope, const char *typed, struct ga_error *err)
{
    struct ga_county_met met;
    const enum ga_rc rc = ga_guest_meet(s->session, ga_path(s->line, s->line->argv[3]), scope, typed, &met, err);
    return rc == GA_OK ? say_met(s, &met) : ga_say_file_error(s->line, rc, err);
}

static enum ga_exit run_join(struct syncing *s, struct ga_error *err)
{
    return meet(s, NULL, s->line->argc > 4 ? s->line->argv[4] : NULL, err);
}

static enum ga_exit run_invite(struct syncing *s, struct ga_error *err)
{
    return meet(s, s->line->argv[4], s->line->argc > 5 ? s->line->argv[5] : NULL, err);
}

#define day_text(day) (ga_date_is_day(day) ? GA_DATE_ISO(day) : "")

static enum ga_exit run_list(struct syncing *s, struct ga_error *err)
{
    static const char *const names[] = {"site", "label", "scope", "ended", "since", "ended_on", "heard"};
    struct ga_vec guests;
    char id[GA_UUID_TEXT_SIZE];
    ga_vec_init(&guests, sizeof(struct ga_guest));
    const enum ga_rc rc = ga_guests_read(s->session, &s->arena, &guests, err);
    s->table = (struct ga_table_out){.line = s->line, .names = names, .count = GA_COUNT(names)};
    ga_table_begin(&s->table);
    for (size_t i = 0; i < guests.len; i++) {
        const struct ga_guest *guest = ga_vec_at(&guests, i);
        const int32_t heard = ga_guest_heard_day(s->session, guest);
        ga_table_row(&s->table, (const char *const[]){ga_uuid_text(&guest->site, id), guest->label, guest->scope_text,
                                                      guest->is_ended ? "1" : "0", day_text(guest->since), day_text(guest->ended_on),
                                                      heard == 0 ? "" : GA_DATE_ISO(ga_date_from_days(heard))});
    }
    ga_table_end(&s->table);
    ga_vec_finish(&guests);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(s->line, rc, err);
}

static enum ga_exit run_end(struct syncing *s, struct ga_error *err)
{
    const enum ga_rc rc = ga_guest_end(s->session, s->line->argv[3], err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, err);
    ga_say(s->line, "%1 is told once more that it has ended; what it has stays there, what was and is written on it still counts once its stick comes",
           s->line->argv[3]);
    return GA_EXIT_DONE;
}

static const struct {
    const char *name;
    int least, most; /* words behind it */
    enum ga_exit (*run)(struct syncing *s, struct ga_error *err);
} steps[] = {{"join", 1, 2, run_join}, {"invite", 2, 3, run_invite}, {"list", 0, 0, run_list}, {"end", 1, 1, run_end}};

enum ga_exit ga_sync_run_guest(struct syncing *s, struct ga_error *err)
{
    const int words = s->line->argc - 3;
    for (size_t i = 0; words >= 0 && i < GA_COUNT(steps); i++)
        if (strcmp(steps[i].name, s->line->argv[2]) == 0 && words >= steps[i].least && words <= steps[i].most)
            return steps[i].run(s, err);
    return ga_usage(s->line);
}
