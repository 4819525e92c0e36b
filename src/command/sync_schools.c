/* guanai sync schools: the computers that met this county, of one school or of two. */
#include "sync.h"

#include "guanai/app/county_same.h"
#include "guanai/base/alloc.h"

#include <string.h>

static enum ga_exit put_all(struct syncing *s, const struct ga_vec *met)
{
    static const char *const names[] = {"site", "school", "heard", "joined", "other"};
    s->table = (struct ga_table_out){.line = s->line, .names = names, .count = GA_COUNT(names)};
    ga_table_begin(&s->table);
    for (size_t i = 0; i < met->len; i++) {
        const struct ga_county_computer *one = ga_vec_at(met, i);
        char site[GA_UUID_TEXT_SIZE], other[GA_UUID_TEXT_SIZE] = "", day[GA_DATE_SIZE] = "";
        if (!ga_uuid_is_zero(&one->other))
            ga_uuid_text(&one->other, other);
        if (one->heard_day > 0)
            ga_str_copy(day, sizeof(day), GA_DATE_ISO(ga_date_from_days(one->heard_day)));
        ga_table_row(&s->table, (const char *const[]){ga_uuid_text(&one->site, site), one->label, day, one->is_joined ? "1" : "0", other});
    }
    ga_table_end(&s->table);
    return GA_EXIT_DONE;
}

/* By the computer's id, or the name of its school where just one of that name can be meant. */
static enum ga_rc find(const struct ga_vec *met, const char *said, bool is_joined, const struct ga_county_computer **ret_one, struct ga_error *err)
{
    struct ga_uuid id;
    const bool is_id = ga_uuid_parse(said, &id);
    size_t found = 0;
    for (size_t i = 0; i < met->len; i++) {
        const struct ga_county_computer *one = ga_vec_at(met, i);
        if (is_id ? ga_uuid_compare(&one->site, &id) != 0 : strcmp(one->label, said) != 0 || one->is_joined != is_joined || ga_uuid_is_zero(&one->other))
            continue;
        *ret_one = one;
        found++;
    }
    return found == 1 ? GA_OK : ga_error_set(err, GA_NOT_FOUND, "say which computer of %1 is meant, by its site: guanai sync schools", said);
}

static enum ga_rc change(struct syncing *s, const struct ga_vec *met, struct ga_error *err)
{
    const bool is_part = strcmp(s->line->argv[2], "part") == 0;
    const struct ga_county_computer *one = NULL;
    enum ga_rc rc = find(met, s->line->argv[3], is_part, &one, err);
    if (rc == GA_OK && is_part)
        rc = ga_county_part(s->session, &one->site, err);
    else if (rc == GA_OK)
        rc = ga_county_join(s->session, &one->site, &one->other, err);
    if (rc == GA_OK)
        ga_say(s->line, is_part ? GA_N_("%1: two schools from now on; guanai sync schools join takes them for one again")
                                : GA_N_("%1: one school from now on; guanai sync schools part makes two of it again"), one->label);
    return rc;
}

enum ga_exit ga_sync_run_schools(struct syncing *s, struct ga_error *err)
{
    struct ga_vec met;
    const bool is_list = s->line->argc == 2;
    if (!is_list && (s->line->argc != 4 || (strcmp(s->line->argv[2], "part") != 0 && strcmp(s->line->argv[2], "join") != 0)))
        return ga_usage(s->line);
    ga_vec_init(&met, sizeof(struct ga_county_computer));
    enum ga_rc rc = ga_county_computers(s->session, &s->arena, &met, err);
    if (rc == GA_OK && !is_list)
        rc = change(s, &met, err);
    const enum ga_exit exit = rc != GA_OK ? ga_say_error(s->line, rc, err) : is_list ? put_all(s, &met) : GA_EXIT_DONE;
    ga_vec_finish(&met);
    return exit;
}
