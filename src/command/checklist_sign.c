/* guanai checklist sign: a class's month is signed. */
#include "care.h"

#include "guanai/app/sign.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

struct signing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    struct ga_roster_class class_of;
    struct ga_month month;
    bool with_open, is_undone;
};

/* What is open must be seen before it is signed: it is recorded. */
static enum ga_exit sign(struct signing *s)
{
    struct ga_error err = {0};
    size_t confirmed = 0;
    if (s->month.open > 0 && !s->with_open) {
        ga_say(s->line, "%1 are open in %2; --with-open signs it with them, which is recorded", GA_NUM(s->month.open), s->class_of.shown);
        return GA_EXIT_FINDINGS;
    }
    const enum ga_rc rc = ga_months_sign(s->session, &s->month, 1, &confirmed, &err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, &err);
    ga_say(s->line, "%1 is signed: %2 done, %3 open, %4 reasons confirmed", s->class_of.shown, GA_NUM(s->month.done),
           GA_NUM(s->month.open), GA_NUM(confirmed));
    return GA_EXIT_DONE;
}

static enum ga_exit take_back(struct signing *s)
{
    struct ga_error err = {0};
    const enum ga_rc rc = ga_month_take_back(s->session, &s->month, &err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, &err);
    ga_say(s->line, "the signature of %1 is taken back", s->class_of.shown);
    return GA_EXIT_DONE;
}

static enum ga_exit read_month(struct signing *s, const char *class, const char *site, const char *month)
{
    struct ga_error err = {0};
    struct ga_care *care;
    struct ga_date of_month;
    enum ga_exit exit = ga_read_month(s->line, month, &of_month);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_class_in(s->line, s->session, of_month, class, site, &s->arena, &s->class_of);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_care(s->line, s->session, &care);
    if (exit != GA_EXIT_DONE)
        return exit;
    const enum ga_rc rc = ga_month_read(s->session, &s->class_of, of_month, s->line->lang, &s->arena, &s->month, &err);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(s->line, rc, &err);
}

enum ga_exit ga_run_checklist_sign(struct ga_command_line *line)
{
    struct signing s = {.line = line};
    const char *class = NULL, *site = NULL, *month = NULL;
    const struct ga_option options[] = {{"--class", &class, NULL}, {"--site", &site, NULL}, {"--month", &month, NULL},
                                        {"--with-open", NULL, &s.with_open}, {"--undo", NULL, &s.is_undone}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (class == NULL || month == NULL)
        return ga_usage(line);
    exit = ga_command_open(line, &s.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = read_month(&s, class, site, month);
    if (exit == GA_EXIT_DONE)
        exit = s.is_undone ? take_back(&s) : sign(&s);
    ga_arena_finish(&s.arena);
    ga_session_close(s.session);
    return exit;
}
