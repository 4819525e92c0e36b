/* guanai duties: which duties are in force, what they cost. */
#include "care.h"

#include "guanai/app/duties.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/burden.h"

#include <string.h>

struct duties {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *class, *site, *from;
    bool is_json, is_yes;
};

static const char *state_of(const struct ga_burden *burden)
{
    return burden->is_on ? "on" : burden->classes_on > 0 ? "part" : "off";
}

/* Nothing stands where nobody knows how often it happens. */
static void put_duty(struct duties *d, struct ga_table_out *table, const struct ga_duty *duty, const struct ga_burden *burden)
{
    const bool is_told = burden->is_told;
    const char *none = d->is_json ? "null" : "";
    const char *const cells[] = {duty->name, ga_label_text(&duty->title, d->line->lang), state_of(burden),
                                 is_told ? GA_NUM(burden->records) : none, is_told ? GA_NUM(burden->class_average) : none,
                                 is_told ? GA_NUM(burden->class_most) : none, is_told ? GA_NUM(burden->teacher_average) : none};
    ga_table_row(table, cells);
}

/* `only` NULL: all of them; in the class that is asked for, else in the school. */
static enum ga_exit put_all(struct duties *d, const char *only, const struct ga_roster_class *class_of)
{
    static const char *const names[] = {"duty", "title", "state", "records_month", "class_average", "class_most", "teacher_average"};
    struct ga_table_out table = {.line = d->line, .names = names, .count = GA_COUNT(names), .numbers = 15u << 3, .is_json = d->is_json};
    struct ga_burden *burdens;
    struct ga_error err = {0};
    const enum ga_rc rc = ga_burdens_read(d->care, class_of, &d->arena, &burdens, &err);
    if (rc != GA_OK)
        return ga_say_error(d->line, rc, &err);
    const struct ga_duties *duties = ga_care_duties(d->care);
    ga_table_begin(&table);
    for (size_t i = 0; i < duties->count; i++)
        if (only == NULL || strcmp(only, duties->items[i]->name) == 0)
            put_duty(d, &table, duties->items[i], &burdens[i]);
    ga_table_end(&table);
    return GA_EXIT_DONE;
}

/* Who sits at a terminal reads what it makes before it is switched on; a script has asked, or said it knows. */
static enum ga_exit tell_before(struct duties *d, const char *name, const struct ga_roster_class *class_of)
{
    if (d->is_yes || !ga_command_asks(d->line))
        return GA_EXIT_DONE;
    const enum ga_exit exit = put_all(d, name, class_of);
    return exit == GA_EXIT_DONE ? ga_command_ask(d->line) : exit;
}

static enum ga_exit switch_duty(struct duties *d, const char *name, const char *word, const struct ga_roster_class *class_of)
{
    struct ga_duty_switch choice = {.duty = name, .class_of = class_of, .is_on = strcmp(word, "on") == 0,
                                    .from_on = d->session->today};
    struct ga_error err = {0};
    enum ga_exit exit = ga_command_duty(d->line, d->care, name);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (d->from != NULL && !ga_read_day(d->line, d->from, &choice.from_on))
        return GA_EXIT_USAGE;
    exit = choice.is_on ? tell_before(d, name, class_of) : GA_EXIT_DONE;
    if (exit != GA_EXIT_DONE)
        return exit;
    const enum ga_rc rc = ga_session_switch_duty(d->session, &choice, &err);
    return rc == GA_OK ? put_all(d, name, class_of) : ga_say_error(d->line, rc, &err);
}

static enum ga_exit run(struct duties *d)
{
    char **words = d->line->argv + 1;
    struct ga_roster_class class;
    enum ga_exit exit = ga_command_care(d->line, d->session, &d->care);
    if (exit == GA_EXIT_DONE && d->class != NULL)
        exit = ga_command_class(d->line, d->session, d->class, d->site, &d->arena, &class);
    if (exit != GA_EXIT_DONE)
        return exit;
    const struct ga_roster_class *class_of = d->class != NULL ? &class : NULL;
    if (d->line->argc > 2)
        return switch_duty(d, words[0], words[1], class_of);
    exit = ga_command_duty(d->line, d->care, d->line->argc > 1 ? words[0] : NULL);
    return exit != GA_EXIT_DONE ? exit : put_all(d, d->line->argc > 1 ? words[0] : NULL, class_of);
}

enum ga_exit ga_run_duties(struct ga_command_line *line)
{
    struct duties d = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {
        {"--class", &d.class, NULL}, {"--site", &d.site, NULL}, {"--from", &d.from, NULL}, {"--format", &format, NULL},
        {"--yes", NULL, &d.is_yes}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 2);
    if (exit != GA_EXIT_DONE)
        return exit;
    const bool is_switch = line->argc == 3;
    if (!ga_read_format(format, &d.is_json) || ((d.from != NULL || d.is_yes) && !is_switch) ||
        (is_switch && strcmp(line->argv[2], "on") != 0 && strcmp(line->argv[2], "off") != 0))
        return ga_usage(line);
    exit = ga_command_open(line, &d.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = run(&d);
    ga_arena_finish(&d.arena);
    ga_session_close(d.session);
    return exit;
}
