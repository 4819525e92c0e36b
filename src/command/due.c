/* guanai due: what is owed. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"
#include "guanai/yaml/suggest.h"

#include <stdlib.h>
#include <string.h>

struct asking {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *owner, *class, *site, *duty, *from, *to, *state, *limit;
    struct ga_due_ask ask;
};

/* Without --state: what may be done now; in a span of days all that is not done. */
static enum ga_exit read_states(struct asking *a)
{
    if (a->state == NULL) {
        if (a->from != NULL || a->to != NULL)
            a->ask.states = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_MISSED | 1u << GA_DUE_COMING;
        return GA_EXIT_DONE;
    }
    if (strcmp(a->state, "all") == 0) {
        a->ask.states = (1u << GA_DUE_STATE_COUNT) - 1;
        return GA_EXIT_DONE;
    }
    size_t count;
    const char *const *names = ga_split_names(&a->arena, a->state, &count);
    for (size_t i = 0; i < count; i++) {
        size_t state = 0;
        while (state < GA_DUE_STATE_COUNT && strcmp(ga_due_codes[state], names[i]) != 0)
            state++;
        if (state == GA_DUE_STATE_COUNT) {
            ga_say(a->line, "there is no state '%1'", names[i]);
            ga_offer(a->line, names[i], ga_due_codes, GA_DUE_STATE_COUNT);
            return GA_EXIT_USAGE;
        }
        a->ask.states |= 1u << state;
    }
    return GA_EXIT_DONE;
}

static enum ga_exit read_span(struct asking *a)
{
    if (a->from != NULL && !ga_read_day(a->line, a->from, &a->ask.span.from))
        return GA_EXIT_USAGE;
    if (a->to != NULL && !ga_read_day(a->line, a->to, &a->ask.span.to))
        return GA_EXIT_USAGE;
    if (a->from != NULL && a->to != NULL && !ga_read_span(a->line, &a->ask.span))
        return GA_EXIT_USAGE;
    return read_states(a);
}

static enum ga_exit read_class(struct asking *a)
{
    struct ga_roster_class class;
    const enum ga_exit exit = ga_command_classes_in(a->line, a->session, a->ask.span.to, a->class, a->site, &a->arena, &class);
    a->ask.site = class.site;
    a->ask.grade = class.grade;
    a->ask.class_no = class.class_no;
    return exit;
}

static enum ga_exit read_duty(struct asking *a)
{
    const struct ga_duties *duties = ga_care_duties(a->care);
    const char *names[GA_DUTIES_MAX];
    if (a->duty == NULL)
        return GA_EXIT_DONE;
    a->ask.duty = a->duty;
    if (ga_duties_find(duties, a->duty) >= 0)
        return GA_EXIT_DONE;
    for (size_t i = 0; i < duties->count; i++)
        names[i] = duties->items[i]->name;
    ga_say(a->line, "there is no duty '%1'", a->duty);
    ga_offer(a->line, a->duty, names, duties->count);
    return GA_EXIT_FINDINGS;
}

static const char *site_text(const struct asking *a, const char *code)
{
    const struct ga_config *config = &a->session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (ga_str_equal(config->sites[i].code, code))
            return ga_label_text(&config->sites[i].label, a->line->lang);
    return code;
}

/* The class of a due as people call it, a site's name; "" of the school. */
static const char *class_text(struct asking *a, const struct ga_due *due)
{
    struct ga_class_name name = {0};
    char buf[GA_CLASS_NAME_SIZE];
    struct ga_roster_class class_of;
    ga_due_class_of(due, &a->arena, &class_of);
    if (class_of.grade[0] == '\0')
        return site_text(a, class_of.site);
    ga_str_copy(name.grade, sizeof(name.grade), class_of.grade);
    ga_str_copy(name.number, sizeof(name.number), class_of.class_no);
    return ga_arena_strdup(&a->arena, ga_class_name_text(&name, a->line->lang, buf));
}

static enum ga_rc put_due(struct asking *a, struct ga_table_out *table, const struct ga_due *due, struct ga_error *err)
{
    struct ga_roster_row child = {.name = ""};
    char id[GA_UUID_TEXT_SIZE] = "";
    const struct ga_duty *duty = ga_care_duties(a->care)->items[due->duty];
    enum ga_rc rc = GA_OK;
    if (due->child != 0) {
        rc = ga_roster_row_of(a->session->store, due->child, a->line->lang, &a->arena, &child, err);
        if (rc == GA_OK)
            ga_uuid_text(&child.id, id);
    }
    const bool is_open = due->window.ends.year == GA_DATE_YEAR_MAX;
    const char *const cells[] = {id, child.name, class_text(a, due), duty->name, due->owner,
                                 GA_DATE_ISO(due->window.opens), GA_DATE_ISO(due->window.due_on),
                                 is_open ? "" : GA_DATE_ISO(due->window.ends), ga_due_codes[due->state], GA_NUM(due->days_late)};
    if (rc == GA_OK)
        ga_table_row(table, cells);
    return rc;
}

static enum ga_exit put_all(struct asking *a, bool is_json)
{
    static const char *const names[] = {"child_id", "child", "class", "duty", "owner", "opens", "due_on", "ends", "state", "days_late"};
    struct ga_table_out table = {.line = a->line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 9, .is_json = is_json};
    struct ga_error err = {0};
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(a->care, &a->ask, &a->arena, &dues, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->line, rc, &err);
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_due(a, &table, &dues[i], &err);
    ga_table_end(&table);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->line, rc, &err);
}

static enum ga_exit ask(struct asking *a, bool is_json)
{
    a->ask.owner = a->owner;
    enum ga_exit exit = read_span(a);
    if (exit == GA_EXIT_DONE)
        exit = read_class(a);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_care(a->line, a->session, &a->care);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_owner(a->line, a->session, a->care, a->owner, &a->arena);
    if (exit == GA_EXIT_DONE)
        exit = read_duty(a);
    return exit == GA_EXIT_DONE ? put_all(a, is_json) : exit;
}

enum ga_exit ga_run_due(struct ga_command_line *line)
{
    struct asking a = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--owner", &a.owner, NULL}, {"--class", &a.class, NULL}, {"--site", &a.site, NULL}, {"--duty", &a.duty, NULL},
                                        {"--from", &a.from, NULL},   {"--to", &a.to, NULL},       {"--state", &a.state, NULL},
                                        {"--limit", &a.limit, NULL}, {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    bool is_json = false;
    if (exit != GA_EXIT_DONE)
        return exit;
    const long limit = a.limit == NULL ? 0 : strtol(a.limit, NULL, 10);
    if (!ga_read_format(format, &is_json) || (a.limit != NULL && (limit < 1 || limit > 1000000)))
        return ga_usage(line);
    a.ask.limit = (size_t)limit;
    exit = ga_command_open(line, &a.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = ask(&a, is_json);
    ga_arena_finish(&a.arena);
    ga_session_close(a.session);
    return exit;
}
