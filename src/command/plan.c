/* guanai plan: visits spread over free days. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/trip_children.h"

struct planning {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *owner;
    struct ga_days span;
    struct ga_trip_list list;
    bool *is_placed; /* of the list */
};

static const char *group_text(struct planning *p, const struct ga_trip_stop *stop)
{
    return stop->group == GA_TRIP_GROUP_NONE ? "" : ga_arena_printf(&p->arena, "%d", stop->group);
}

static void put_stop(struct planning *p, struct ga_table_out *table, const struct ga_trip_planned *trip, size_t no, size_t row)
{
    const struct ga_trip_child *child = &p->list.children[trip->rows[row]];
    const struct ga_trip_stop *stop = &p->list.stops[trip->rows[row]];
    char id[GA_UUID_TEXT_SIZE];
    const char *const cells[] = {GA_DATE_ISO(ga_date_from_days(trip->day)), GA_NUM(no), GA_NUM(row + 1),
                                 ga_uuid_text(&child->child.id, id), child->child.name, stop->village, group_text(p, stop),
                                 ga_arena_strndup(&p->arena, stop->named, stop->named_len),
                                 ga_care_duties(p->care)->items[child->due.duty]->name,
                                 GA_DATE_ISO(ga_date_from_days(stop->due_on))};
    ga_table_row(table, cells);
}

static void put_trips(struct planning *p, const struct ga_trip_planned *trips, size_t count, bool is_json)
{
    static const char *const names[] = {"date", "trip", "row", "child_id", "child", "village", "group", "hamlet", "duty", "due_on"};
    struct ga_table_out table = {.line = p->line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 1 | 1u << 2, .is_json = is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < trips[i].count; row++)
            put_stop(p, &table, &trips[i], i + 1, row);
    ga_table_end(&table);
}

/* Who found no day, by name: to be seen to by hand. */
static enum ga_exit say_left(struct planning *p, const struct ga_trip_day *days, size_t count)
{
    struct ga_str names = {0};
    size_t left = 0, free = 0;
    for (size_t i = 0; i < count; i++)
        free += !days[i].is_holiday;
    for (size_t i = 0; i < p->list.count; i++) {
        if (p->is_placed[i])
            continue;
        ga_str_addf(&names, "%s%s", left++ > 0 ? ", " : "", p->list.children[i].child.name);
    }
    if (left > 0)
        ga_say(p->line, "%1 visits find no day among the %2 free ones: %3", GA_NUM(left), GA_NUM(free), ga_str_text(&names));
    ga_str_finish(&names);
    return left > 0 ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
}

static enum ga_exit plan(struct planning *p, bool is_json)
{
    const struct ga_trip_ask ask = {.owner = p->owner, .span = p->span, .lang = p->line->lang};
    struct ga_error err = {0};
    struct ga_trip_day *days;
    struct ga_trip_planned *trips;
    enum ga_exit exit = ga_command_care(p->line, p->session, &p->care);
    if (exit != GA_EXIT_DONE)
        return exit;
    const enum ga_rc rc = ga_trip_children(p->care, &ask, &p->arena, &p->list, &err);
    if (rc != GA_OK)
        return ga_say_error(p->line, rc, &err);
    const size_t days_count = ga_trip_days(ga_care_calendar(p->care), p->span, &p->arena, &days);
    p->is_placed = ga_arena_array(&p->arena, p->list.count + 1, sizeof(*p->is_placed));
    const size_t count = ga_trip_plan(p->list.stops, p->list.count, days, days_count, &p->arena, &trips, p->is_placed);
    put_trips(p, trips, count, is_json);
    return say_left(p, days, days_count);
}

enum ga_exit ga_run_plan(struct ga_command_line *line)
{
    struct planning p = {.line = line};
    const char *format = "tsv", *from = NULL, *to = NULL;
    const struct ga_option options[] = {{"--owner", &p.owner, NULL}, {"--from", &from, NULL}, {"--to", &to, NULL}, {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    bool is_json = false;
    if (exit != GA_EXIT_DONE)
        return exit;
    if (p.owner == NULL || from == NULL || to == NULL || !ga_read_format(format, &is_json))
        return ga_usage(line);
    if (!ga_read_day(line, from, &p.span.from) || !ga_read_day(line, to, &p.span.to))
        return GA_EXIT_USAGE;
    exit = ga_command_open(line, &p.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = plan(&p, is_json);
    ga_arena_finish(&p.arena);
    ga_session_close(p.session);
    return exit;
}
