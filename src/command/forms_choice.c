/* guanai forms list, on, off: which forms stand first, what they cost. */
#include "care.h"

#include "guanai/app/form_choice.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/form_load.h"

#include <string.h>

struct choosing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const struct ga_form **forms; /* those on the menus */
    struct ga_form_load *loads;
    size_t count;
    const char *const *first; /* names */
    size_t first_count;
    bool is_json, is_yes;
};

/* As on the page of forms. */
static bool is_offered(const struct ga_form *form)
{
    return form != NULL && !form->is_by_program && strcmp(form->name, "child") != 0;
}

static enum ga_exit read_forms(struct choosing *c)
{
    const char *const *names;
    size_t names_count;
    struct ga_error err = {0};
    const enum ga_exit exit = ga_command_care(c->line, c->session, &c->care);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_forms_looked_for(c->session, &c->arena, &names, &names_count);
    c->forms = ga_arena_array(&c->arena, names_count + 1, sizeof(*c->forms));
    for (size_t i = 0; i < names_count; i++) {
        const struct ga_form *form = ga_forms_get(c->session->forms, names[i], NULL);
        if (is_offered(form))
            c->forms[c->count++] = form;
    }
    const enum ga_rc rc = ga_form_loads_read(c->care, c->forms, c->count, &c->arena, &c->loads, &err);
    return rc == GA_OK ? exit : ga_say_error(c->line, rc, &err);
}

static bool is_first(const struct choosing *c, const char *name)
{
    for (size_t i = 0; i < c->first_count; i++)
        if (strcmp(c->first[i], name) == 0)
            return true;
    return false;
}

static bool is_asked(const struct choosing *c, const char *name)
{
    for (int i = 1; i < c->line->argc; i++)
        if (strcmp(c->line->argv[i], name) == 0)
            return true;
    return c->line->argc == 1;
}

/* Nothing stands where nobody knows how often it happens. */
static void put_form(const struct choosing *c, struct ga_table_out *table, size_t i)
{
    static const char *const by[] = {[GA_LOAD_UNTOLD] = "untold", [GA_LOAD_DUTIES] = "duty", [GA_LOAD_DUTY_OFF] = "duty_off",
                                     [GA_LOAD_A_YEAR] = "estimate"};
    const struct ga_form_load *load = &c->loads[i];
    const bool is_told = load->by != GA_LOAD_UNTOLD;
    const char *none = c->is_json ? "null" : "";
    const char *const cells[] = {c->forms[i]->name, ga_label_text(&c->forms[i]->title, c->line->lang),
                                 is_first(c, c->forms[i]->name) ? "on" : "off", is_told ? GA_NUM(load->records) : none,
                                 is_told ? GA_NUM(load->class_average) : none, is_told ? GA_NUM(load->class_most) : none,
                                 is_told ? GA_NUM(load->teacher_average) : none, by[load->by],
                                 load->duty != NULL ? load->duty->name : ""};
    ga_table_row(table, cells);
}

static void put_forms(struct choosing *c)
{
    static const char *const names[] = {"form", "title", "state", "records_month", "class_average", "class_most", "teacher_average", "by", "duty"};
    struct ga_table_out table = {.line = c->line, .names = names, .count = GA_COUNT(names), .numbers = 15u << 3, .is_json = c->is_json};
    ga_forms_first(c->session, &c->arena, &c->first, &c->first_count);
    ga_table_begin(&table);
    for (size_t i = 0; i < c->count; i++)
        if (is_asked(c, c->forms[i]->name))
            put_form(c, &table, i);
    ga_table_end(&table);
}

/* A name that is none is said before anything is switched. */
static enum ga_exit check_names(struct choosing *c)
{
    const char **names = ga_arena_array(&c->arena, c->count + 1, sizeof(*names));
    for (size_t i = 0; i < c->count; i++)
        names[i] = c->forms[i]->name;
    for (int k = 1; k < c->line->argc; k++) {
        size_t i = 0;
        while (i < c->count && strcmp(names[i], c->line->argv[k]) != 0)
            i++;
        if (i < c->count)
            continue;
        ga_say(c->line, "there is no form '%1' on the menus", c->line->argv[k]);
        ga_offer(c->line, c->line->argv[k], names, c->count);
        return GA_EXIT_FINDINGS;
    }
    return GA_EXIT_DONE;
}

static enum ga_exit switch_forms(struct choosing *c, bool is_on)
{
    struct ga_error err = {0};
    enum ga_rc rc = GA_OK;
    for (int k = 1; k < c->line->argc && rc == GA_OK; k++)
        rc = ga_session_switch_form(c->session, c->line->argv[k], is_on, &err);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(c->line, rc, &err);
}

/* As a duty's: who sits at a terminal reads what they make first. */
static enum ga_exit tell_before(struct choosing *c)
{
    if (c->is_yes || !ga_command_asks(c->line))
        return GA_EXIT_DONE;
    put_forms(c);
    return ga_command_ask(c->line);
}

/* `is_on` NULL: they are listed. */
static enum ga_exit run(struct ga_command_line *line, const bool *is_on)
{
    struct choosing c = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--format", &format, NULL}, {"--yes", NULL, &c.is_yes}};
    const size_t asked = is_on != NULL && *is_on ? GA_COUNT(options) : 1;
    enum ga_exit exit = ga_args_parse(line, options, asked, is_on != NULL, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE && !ga_read_format(format, &c.is_json))
        return ga_usage(line);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &c.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = read_forms(&c);
    if (exit == GA_EXIT_DONE)
        exit = check_names(&c);
    if (exit == GA_EXIT_DONE && is_on != NULL && *is_on)
        exit = tell_before(&c);
    if (exit == GA_EXIT_DONE && is_on != NULL)
        exit = switch_forms(&c, *is_on);
    if (exit == GA_EXIT_DONE)
        put_forms(&c);
    ga_arena_finish(&c.arena);
    ga_session_close(c.session);
    return exit;
}

enum ga_exit ga_run_forms_list(struct ga_command_line *line)
{
    return run(line, NULL);
}

enum ga_exit ga_run_forms_on(struct ga_command_line *line)
{
    return run(line, &(const bool){true});
}

enum ga_exit ga_run_forms_off(struct ga_command_line *line)
{
    return run(line, &(const bool){false});
}
