/* guanai plan: visits spread over free days. */
#include "care.h"

#include "guanai/app/planning.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

struct planning {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *owner;
    struct ga_days span;
    struct ga_planning planning;
};

static const char *group_text(struct planning *p, const struct ga_trip_stop *stop)
{
    return stop->group == GA_TRIP_GROUP_NONE ? "" : ga_arena_printf(&p->arena, "%d", stop->group);
}

static void put_stop(struct planning *p, struct ga_table_out *table, const struct ga_trip_planned *trip, size_t no, size_t row)
{
    const struct ga_trip_child *child = &p->planning.list.children[trip->rows[row]];
    const struct ga_trip_stop *stop = &p->planning.list.stops[trip->rows[row]];
    char id[GA_UUID_TEXT_SIZE];
    const char *const cells[] = {GA_DATE_ISO(ga_date_from_days(trip->day)), GA_NUM(no), GA_NUM(row + 1),
                                 ga_uuid_text(&child->child.id, id), child->child.name, stop->village, group_text(p, stop),
                                 ga_arena_strndup(&p->arena, stop->named, stop->named_len),
                                 child->is_owed ? ga_care_duties(p->care)->items[child->due.duty]->name : "",
                                 child->is_owed ? GA_DATE_ISO(ga_date_from_days(stop->due_on)) : "",
                                 child->has_alarm ? ga_label_text(&child->alarm, p->line->lang) : ""};
    ga_table_row(table, cells);
}

static void put_trips(struct planning *p, bool is_json)
{
    const struct ga_trip_planned *trips = p->planning.trips;
    static const char *const names[] = {"date", "trip", "row", "child_id", "child", "village", "group", "hamlet", "duty", "due_on", "alarm"};
    struct ga_table_out table = {.line = p->line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 1 | 1u << 2, .is_json = is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < p->planning.trips_count; i++)
        for (size_t row = 0; row < trips[i].count; row++)
            put_stop(p, &table, &trips[i], i + 1, row);
    ga_table_end(&table);
}

/* Who found no day, by name: to be seen to by hand. */
static enum ga_exit say_left(struct planning *p)
{
    const struct ga_planning *planning = &p->planning;
    if (planning->left > 0)
        ga_say(p->line, "%1 visits find no day among the %2 free ones: %3", GA_NUM(planning->left), GA_NUM(planning->free_days),
               ga_planning_left_names(planning, p->line->lang, &p->arena));
    return planning->left > 0 ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
}

static enum ga_exit plan(struct planning *p, bool is_kept, bool is_json)
{
    struct ga_error err = {0};
    enum ga_exit exit = ga_command_care(p->line, p->session, &p->care);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_owner(p->line, p->session, p->care, p->owner, &p->arena);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_planning_make(p->session, p->owner, p->span, p->line->lang, &p->arena, &p->planning, &err);
    if (rc == GA_OK && is_kept)
        rc = ga_planning_take(p->session, &p->planning, &err);
    if (rc != GA_OK)
        return ga_say_error(p->line, rc, &err);
    put_trips(p, is_json);
    if (is_kept)
        ga_say(p->line, "%1 trips with %2 visits are written down; guanai plan undo takes them back", GA_NUM(p->planning.trips_count),
               GA_NUM(ga_planning_visits(&p->planning)));
    return say_left(p);
}

enum ga_exit ga_run_plan(struct ga_command_line *line)
{
    struct planning p = {.line = line};
    const char *format = "tsv", *from = NULL, *to = NULL;
    bool is_json = false, is_kept = false;
    const struct ga_option options[] = {{"--owner", &p.owner, NULL}, {"--from", &from, NULL}, {"--to", &to, NULL},
                                        {"--keep", NULL, &is_kept}, {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (p.owner == NULL || from == NULL || to == NULL || !ga_read_format(format, &is_json))
        return ga_usage(line);
    if (!ga_read_day(line, from, &p.span.from) || !ga_read_day(line, to, &p.span.to) || !ga_read_span(line, &p.span))
        return GA_EXIT_USAGE;
    exit = ga_command_open(line, &p.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = plan(&p, is_kept, is_json);
    ga_arena_finish(&p.arena);
    ga_session_close(p.session);
    return exit;
}

enum ga_exit ga_run_plan_undo(struct ga_command_line *line)
{
    struct planning p = {.line = line};
    const struct ga_option options[] = {{"--owner", &p.owner, NULL}};
    struct ga_error err = {0};
    struct ga_trip *trips;
    size_t count = 0;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit == GA_EXIT_DONE && p.owner == NULL)
        exit = ga_usage(line);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &p.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_planning_last(p.session, p.owner, &p.arena, &trips, &count, &err);
    if (rc == GA_OK)
        rc = ga_planning_take_back(p.session, trips, count, &err);
    if (rc == GA_OK)
        ga_say(line, "%1 trips are taken back", GA_NUM(count));
    exit = rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
    ga_arena_finish(&p.arena);
    ga_session_close(p.session);
    return exit;
}
