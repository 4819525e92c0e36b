/* guanai catch-up: what ran out while the computer stood still; one reason for it. */
#include "care.h"

#include "guanai/app/catch_up.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

struct catching_up {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    struct ga_catch_up found;
    const char *class, *site, *duty, *reason;
    struct ga_roster_class class_of; /* grade NULL: every one */
    bool is_json;
};

static bool is_meant(const struct catching_up *c, const struct ga_catch_up_row *row)
{
    if (c->duty != NULL && strcmp(ga_care_duties(c->care)->items[row->duty]->name, c->duty) != 0)
        return false;
    return c->class_of.grade == NULL ||
           (strcmp(row->class_of.site, c->class_of.site) == 0 && strcmp(row->class_of.grade, c->class_of.grade) == 0 &&
            strcmp(row->class_of.class_no, c->class_of.class_no) == 0);
}

static void put_rows(struct catching_up *c)
{
    static const char *const names[] = {"duty", "title", "site", "class", "from", "until", "ran_out", "children"};
    enum { NUMBERS = 3u << 6 };
    struct ga_table_out table = {.line = c->line, .names = names, .count = GA_COUNT(names), .numbers = NUMBERS, .is_json = c->is_json};
    const char *from = ga_arena_strdup(&c->arena, GA_DATE_ISO(c->found.pause.from)),
               *until = ga_arena_strdup(&c->arena, GA_DATE_ISO(c->found.pause.to));
    ga_table_begin(&table);
    for (size_t i = 0; i < c->found.rows_count; i++) {
        const struct ga_catch_up_row *row = &c->found.rows[i];
        const struct ga_duty *duty = ga_care_duties(c->care)->items[row->duty];
        const char *const cells[] = {duty->name, ga_label_text(&duty->title, c->line->lang), row->class_of.site, row->class_of.shown,
                                     from, until, ga_arena_strdup(&c->arena, GA_NUM(row->count)),
                                     ga_arena_strdup(&c->arena, GA_NUM(row->children))};
        if (is_meant(c, row))
            ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

/* The first row that is meant stands for its class, its duty, both. */
static enum ga_rc say(struct catching_up *c, struct ga_error *err)
{
    const bool has_class = c->class_of.grade != NULL, has_duty = c->duty != NULL;
    const enum ga_catch_up_extent extent = has_class && has_duty ? GA_CATCH_UP_ROW
                                           : has_class           ? GA_CATCH_UP_CLASS
                                           : has_duty            ? GA_CATCH_UP_DUTY
                                                                 : GA_CATCH_UP_ALL;
    size_t i = 0;
    while (i < c->found.rows_count && !is_meant(c, &c->found.rows[i]))
        i++;
    if (i == c->found.rows_count)
        return ga_error_set(err, GA_REFUSED, "nothing ran out that has no record and no reason");
    const struct ga_catch_up_counts counts = ga_catch_up_count(&c->found, extent, &c->found.rows[i]);
    const enum ga_rc rc = ga_catch_up_say(c->session, &c->found, extent, &c->found.rows[i], c->reason, err);
    if (rc == GA_OK)
        ga_say(c->line, "%1 given a reason; waits for the headteacher's word", GA_NUM(counts.dues));
    return rc;
}

static enum ga_exit run(struct catching_up *c)
{
    struct ga_error err = {0};
    enum ga_exit exit = ga_command_care(c->line, c->session, &c->care);
    if (exit == GA_EXIT_DONE && c->class != NULL)
        exit = ga_command_class(c->line, c->session, c->class, c->site, &c->arena, &c->class_of);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_catch_up_read(c->session, c->line->lang, &c->arena, &c->found, &err);
    if (rc == GA_OK && c->reason != NULL)
        rc = say(c, &err);
    if (rc != GA_OK)
        return ga_say_error(c->line, rc, &err);
    if (c->reason == NULL)
        put_rows(c);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_catch_up(struct ga_command_line *line)
{
    struct catching_up c = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--class", &c.class, NULL}, {"--site", &c.site, NULL}, {"--duty", &c.duty, NULL},
                                        {"--reason", &c.reason, NULL}, {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &c.is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &c.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = run(&c);
    ga_arena_finish(&c.arena);
    ga_session_close(c.session);
    return exit;
}
