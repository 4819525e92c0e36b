/* guanai due: what is owed. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"

#include <string.h>

struct asking {
    struct ga_care_asking of; /* first: answer() */
    const char *duty, *from, *to, *state;
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
    const char *const *names = ga_split_names(&a->of.arena, a->state, &count);
    for (size_t i = 0; i < count; i++) {
        size_t state = 0;
        while (state < GA_DUE_STATE_COUNT && strcmp(ga_due_codes[state], names[i]) != 0)
            state++;
        if (state == GA_DUE_STATE_COUNT) {
            ga_say(a->of.line, "there is no state '%1'", names[i]);
            ga_offer(a->of.line, names[i], ga_due_codes, GA_DUE_STATE_COUNT);
            return GA_EXIT_USAGE;
        }
        a->ask.states |= 1u << state;
    }
    return GA_EXIT_DONE;
}

static enum ga_exit read_span(struct asking *a)
{
    if (a->from != NULL && !ga_read_day(a->of.line, a->from, &a->ask.span.from))
        return GA_EXIT_USAGE;
    if (a->to != NULL && !ga_read_day(a->of.line, a->to, &a->ask.span.to))
        return GA_EXIT_USAGE;
    if (a->from != NULL && a->to != NULL && !ga_read_span(a->of.line, &a->ask.span))
        return GA_EXIT_USAGE;
    return read_states(a);
}

static enum ga_exit read_class(struct asking *a)
{
    struct ga_roster_class class;
    const enum ga_exit exit = ga_command_classes_in(a->of.line, a->of.session, a->ask.span.to, a->of.class, a->of.site, &a->of.arena, &class);
    a->ask.site = class.site;
    a->ask.grade = class.grade;
    a->ask.class_no = class.class_no;
    return exit;
}

static const char *site_text(const struct asking *a, const char *code)
{
    const struct ga_config *config = &a->of.session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (ga_str_equal(config->sites[i].code, code))
            return ga_label_text(&config->sites[i].label, a->of.line->lang);
    return code;
}

/* The class of a due as people call it, a site's name; "" of the school. */
static const char *class_text(struct asking *a, const struct ga_due *due)
{
    struct ga_class_name name = {0};
    char buf[GA_CLASS_NAME_SIZE];
    struct ga_roster_class class_of;
    ga_due_class_of(due, &a->of.arena, &class_of);
    if (class_of.grade[0] == '\0')
        return site_text(a, class_of.site);
    ga_str_copy(name.grade, sizeof(name.grade), class_of.grade);
    ga_str_copy(name.number, sizeof(name.number), class_of.class_no);
    return ga_arena_strdup(&a->of.arena, ga_class_name_text(&name, a->of.line->lang, buf));
}

static enum ga_rc put_due(struct asking *a, struct ga_table_out *table, const struct ga_due *due, struct ga_error *err)
{
    struct ga_roster_row child = {.name = ""};
    char id[GA_UUID_TEXT_SIZE] = "";
    const struct ga_duty *duty = ga_care_duties(a->of.care)->items[due->duty];
    enum ga_rc rc = GA_OK;
    if (due->child != 0) {
        rc = ga_roster_row_of(a->of.session->store, due->child, a->of.line->lang, &a->of.arena, &child, err);
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

static enum ga_exit put_all(struct asking *a)
{
    static const char *const names[] = {"child_id", "child", "class", "duty", "owner", "opens", "due_on", "ends", "state", "days_late"};
    struct ga_table_out table = {.line = a->of.line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 9, .is_json = a->of.is_json};
    struct ga_error err = {0};
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(a->of.care, &a->ask, &a->of.arena, &dues, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->of.line, rc, &err);
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_due(a, &table, &dues[i], &err);
    ga_table_end(&table);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->of.line, rc, &err);
}

static enum ga_exit answer(struct ga_care_asking *asking)
{
    struct asking *a = (struct asking *)asking;
    a->ask.owner = a->of.owner;
    a->ask.duty = a->duty;
    a->ask.limit = a->of.limit;
    enum ga_exit exit = read_span(a);
    if (exit == GA_EXIT_DONE)
        exit = read_class(a);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_duty(a->of.line, a->of.care, a->duty);
    return exit == GA_EXIT_DONE ? put_all(a) : exit;
}

enum ga_exit ga_run_due(struct ga_command_line *line)
{
    struct asking a = {.of = {.line = line}};
    const struct ga_option own[] = {{"--duty", &a.duty, NULL}, {"--from", &a.from, NULL}, {"--to", &a.to, NULL}, {"--state", &a.state, NULL}};
    return ga_command_ask_care(&a.of, own, GA_COUNT(own), answer);
}
