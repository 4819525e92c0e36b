/* guanai year-end: who goes where when the school year turns; carries it out, takes it back, seals it. */
#include "private.h"

#include "guanai/app/year_end.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

struct ending {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    struct ga_year_plan plan;
    bool is_json, only_exceptions;
};

static const char *fate_text(const struct ga_year_goal *goal)
{
    const char *code = ga_year_fate_code(goal->fate);
    return code != NULL ? code : goal->fate == GA_YEAR_PLACED ? "placed" : "unknown";
}

static void put_classes(struct ending *e)
{
    static const char *const names[] = {"site", "grade", "class", "shown", "goes", "to_site", "to_grade", "to_class",
                                        "up", "repeats", "moves", "finishes", "placed", "unknown"};
    enum { COUNTS_AT = 8 };
    struct ga_table_out table = {.line = e->line, .names = names, .count = GA_COUNT(names),
                                 .numbers = 63u << COUNTS_AT, .is_json = e->is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < e->plan.classes_count; i++) {
        const struct ga_year_class *class = &e->plan.classes[i];
        const char *cells[GA_COUNT(names)] = {class->site, class->grade, class->class_no, class->shown, fate_text(&class->goal),
                                              class->goal.site, class->goal.grade, class->goal.class_no};
        for (size_t fate = 0; fate < GA_YEAR_FATES; fate++)
            cells[COUNTS_AT + fate] = ga_arena_strdup(&e->arena, GA_NUM((int64_t)class->counts[fate]));
        ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

static void put_exceptions(struct ending *e)
{
    static const char *const names[] = {"card_no", "child", "birth", "class", "goes", "to_site", "to_grade", "to_class"};
    struct ga_table_out table = {.line = e->line, .names = names, .count = GA_COUNT(names), .is_json = e->is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < e->plan.children_count; i++) {
        const struct ga_year_child *child = &e->plan.children[i];
        const char *const cells[] = {child->card_no > 0 ? ga_arena_strdup(&e->arena, GA_NUM(child->card_no)) : "", child->name,
                                     child->birth, e->plan.classes[child->class_at].shown, fate_text(&child->goal),
                                     child->goal.site, child->goal.grade, child->goal.class_no};
        if (ga_year_is_exception(&e->plan, child))
            ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

static enum ga_rc act(struct ending *e, struct ga_error *err)
{
    static const struct {
        const char *word;
        enum ga_rc (*run)(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err);
    } acts[] = {{"run", ga_year_run}, {"undo", ga_year_undo}, {"seal", ga_year_seal}};
    for (size_t i = 0; i < GA_COUNT(acts); i++)
        if (strcmp(acts[i].word, e->line->argv[1]) == 0)
            return acts[i].run(e->session, &e->plan, err);
    return GA_USAGE;
}

static enum ga_exit run(struct ending *e)
{
    struct ga_error err = {0};
    enum ga_rc rc = ga_year_plan_read(e->session, e->session->lang, &e->arena, &e->plan, &err);
    if (rc == GA_OK && e->line->argc > 1)
        rc = act(e, &err);
    if (rc != GA_OK)
        return rc == GA_USAGE ? ga_usage(e->line) : ga_say_error(e->line, rc, &err);
    if (e->line->argc > 1) /* as it stands now */
        rc = ga_year_plan_read(e->session, e->session->lang, &e->arena, &e->plan, &err);
    if (rc != GA_OK)
        return ga_say_error(e->line, rc, &err);
    if (e->only_exceptions)
        put_exceptions(e);
    else
        put_classes(e);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_year_end(struct ga_command_line *line)
{
    struct ending e = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--format", &format, NULL}, {"--exceptions", NULL, &e.only_exceptions}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 1);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &e.is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &e.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = run(&e);
    ga_arena_finish(&e.arena);
    ga_session_close(e.session);
    return exit;
}
