/* guanai excuses: why duties were not done. */
#include "care.h"

#include "guanai/app/excuse.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/store/number.h"

#include <string.h>

struct excusing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *class, *site, *month, *period;
    struct ga_roster_class class_of; /* of the school all NULL */
    struct ga_date of_month;
};

static enum ga_exit open_school(struct excusing *x)
{
    enum ga_exit exit = ga_command_open(x->line, &x->session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = ga_command_care(x->line, x->session, &x->care);
    x->of_month = x->session->today;
    if (exit == GA_EXIT_DONE && x->month != NULL)
        exit = ga_read_month(x->line, x->month, &x->of_month);
    if (exit != GA_EXIT_DONE)
        return exit;
    return ga_command_class_in(x->line, x->session, x->of_month, x->class, x->site, &x->arena, &x->class_of);
}

static void close_school(struct excusing *x)
{
    ga_session_close(x->session);
    ga_arena_finish(&x->arena);
}

/* One of a window over two months waits in both. */
static void add_excuses(struct ga_vec *all, const struct ga_excuse *excuses, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_there = false;
        for (size_t k = 0; k < all->len; k++)
            is_there |= ga_uuid_compare(&GA_VEC_AT(const struct ga_excuse, all, k)->id, &excuses[i].id) == 0;
        if (!is_there)
            *(struct ga_excuse *)ga_vec_push(all) = excuses[i];
    }
}

/* Of the month named, else of this one and the one before, as the first page counts them. */
static enum ga_rc read_waiting(struct excusing *x, struct ga_excuse **ret_excuses, size_t *ret_count, struct ga_error *err)
{
    const struct ga_date months[] = {ga_date_add_months((struct ga_date){x->of_month.year, x->of_month.month, 1}, -1), x->of_month};
    struct ga_vec all;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&all, sizeof(struct ga_excuse));
    for (size_t i = x->month != NULL; rc == GA_OK && i < GA_COUNT(months); i++) {
        struct ga_excuse *excuses;
        size_t count = 0;
        rc = ga_excuses_waiting(x->session, &x->class_of, months[i], x->line->lang, &x->arena, &excuses, &count, err);
        if (rc == GA_OK)
            add_excuses(&all, excuses, count);
    }
    if (rc == GA_OK) {
        *ret_excuses = ga_arena_array(&x->arena, all.len + 1, sizeof(**ret_excuses));
        *ret_count = all.len;
        if (all.len > 0)
            memcpy(*ret_excuses, all.items, all.len * sizeof(**ret_excuses));
    }
    ga_vec_finish(&all);
    return rc;
}

static void put_excuses(struct excusing *x, const struct ga_excuse *excuses, size_t count, bool is_json)
{
    static const char *const names[] = {"id", "of", "duty", "period", "outcome", "reason", "said_by", "own"};
    struct ga_table_out table = {.line = x->line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 7, .is_json = is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        char id[GA_UUID_TEXT_SIZE];
        const char *const cells[] = {ga_uuid_text(&excuses[i].id, id), excuses[i].child,
                                     ga_care_duties(x->care)->items[excuses[i].due.duty]->name, excuses[i].due.window.label,
                                     excuses[i].outcome, excuses[i].reason, excuses[i].said_by, excuses[i].is_own ? "1" : "0"};
        ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

enum ga_exit ga_run_excuses(struct ga_command_line *line)
{
    struct excusing x = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--class", &x.class, NULL}, {"--site", &x.site, NULL}, {"--month", &x.month, NULL},
                                        {"--format", &format, NULL}};
    struct ga_excuse *excuses;
    struct ga_error err = {0};
    size_t count = 0;
    bool is_json = false;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit == GA_EXIT_DONE && !ga_read_format(format, &is_json))
        exit = ga_usage(line);
    if (exit == GA_EXIT_DONE)
        exit = open_school(&x);
    if (exit == GA_EXIT_DONE) {
        const enum ga_rc rc = read_waiting(&x, &excuses, &count, &err);
        if (rc == GA_OK)
            put_excuses(&x, excuses, count, is_json);
        else
            exit = ga_say_error(line, rc, &err);
    }
    close_school(&x);
    return exit;
}

enum ga_exit ga_run_excuses_confirm(struct ga_command_line *line)
{
    struct excusing x = {.line = line};
    const struct ga_option options[] = {{"--class", &x.class, NULL}, {"--site", &x.site, NULL}, {"--month", &x.month, NULL}};
    struct ga_excuse *excuses;
    struct ga_error err = {0};
    size_t count = 0, confirmed = 0;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit == GA_EXIT_DONE)
        exit = open_school(&x);
    if (exit == GA_EXIT_DONE) {
        enum ga_rc rc = read_waiting(&x, &excuses, &count, &err);
        if (rc == GA_OK)
            rc = ga_excuses_confirm(x.session, excuses, count, &confirmed, &err);
        if (rc == GA_OK)
            ga_say(line, "%1 reasons confirmed; %2 are your own and wait for somebody else", GA_NUM(confirmed), GA_NUM(count - confirmed));
        exit = rc != GA_OK ? ga_say_error(line, rc, &err) : confirmed < count ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
    }
    close_school(&x);
    return exit;
}

/* Whose duty: a child's by its id, else the class's, else the school's. */
static enum ga_rc find_due(struct excusing *x, const char *child, const char *duty, struct ga_due *ret_due, struct ga_error *err)
{
    const uint32_t unfinished = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_MISSED;
    struct ga_due_ask ask = {.site = x->class_of.site, .grade = x->class_of.grade, .class_no = x->class_of.class_no, .duty = duty,
                             .span = {ga_date_add_days(x->session->today, -400), ga_date_add_days(x->session->today, 400)},
                             .states = unfinished};
    struct ga_uuid id;
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = GA_OK;
    if (child != NULL && !ga_uuid_parse(child, &id))
        return ga_error_set(err, GA_REFUSED, "'%1' is no child's id; guanai find prints it", child);
    if (child != NULL)
        rc = ga_store_child_no(x->session->store, &id, &ask.child, err);
    if (rc == GA_OK)
        rc = ga_due_list(x->care, &ask, &x->arena, &dues, &count, err);
    for (size_t i = count; rc == GA_OK && i > 0; i--) { /* the newest that it can be said of */
        const struct ga_due *due = &dues[i - 1];
        const bool is_meant = x->period != NULL ? strcmp(due->window.label, x->period) == 0
                                                : ga_date_compare(due->window.opens, x->session->today) <= 0;
        if ((due->child != 0) != (child != NULL) || !is_meant || !ga_due_takes_outcome(x->session, due))
            continue;
        *ret_due = *due;
        return GA_OK;
    }
    return rc != GA_OK ? rc : ga_error_set(err, GA_NOT_FOUND, "no duty '%1' is open there that a reason could be given for", duty);
}

struct saying {
    const char *child, *duty, *outcome, *until, *because;
};

static enum ga_exit say(struct excusing *x, const struct saying *s)
{
    struct ga_date until = {0};
    struct ga_due due;
    struct ga_error err = {0};
    enum ga_exit exit = open_school(x);
    if (exit == GA_EXIT_DONE && s->until != NULL && !ga_read_day(x->line, s->until, &until))
        exit = GA_EXIT_USAGE;
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = find_due(x, s->child, s->duty, &due, &err);
    if (rc == GA_OK)
        rc = ga_due_say_outcome(x->session, &due, s->outcome, until, s->because == NULL ? "" : s->because, &err);
    if (rc != GA_OK)
        return ga_say_error(x->line, rc, &err);
    ga_say(x->line, strcmp(s->outcome, GA_OUTCOME_POSTPONED) == 0 ? GA_N_("written down: put off until %1")
                                                                  : GA_N_("written down; it counts at once and waits to be confirmed"),
           s->until == NULL ? "" : s->until);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_excuses_say(struct ga_command_line *line)
{
    struct excusing x = {.line = line};
    struct saying s = {0};
    const struct ga_option options[] = {{"--child", &s.child, NULL}, {"--class", &x.class, NULL}, {"--site", &x.site, NULL},
                                        {"--period", &x.period, NULL}, {"--until", &s.until, NULL}, {"--because", &s.because, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 2, 2);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (s.child != NULL && x.class != NULL)
        return ga_usage(line);
    s.duty = line->argv[1];
    s.outcome = line->argv[2];
    exit = say(&x, &s);
    close_school(&x);
    return exit;
}
