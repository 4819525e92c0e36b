/* guanai priorities: whose turn it was, whose it is, who got nothing. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/phone.h"
#include "guanai/care/priorities.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"

#include <string.h>

enum { DAYS_MAX = 1000, NEXT_MAX = 1000 };

struct asking {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *month, *class, *site, *priority, *next, *nothing_for, *not_reached;
    bool with_all, is_proof, is_classes, is_json;
    struct ga_roster_class class_of;
    struct ga_priority_ask ask;
    struct ga_priority_board board;
    struct ga_table_out table;
};

static const char *number(struct asking *a, int64_t value)
{
    return ga_arena_strdup(&a->arena, GA_NUM(value));
}

static const char *day_text(struct asking *a, struct ga_date day)
{
    return day.year == 0 ? "" : ga_arena_strdup(&a->arena, GA_DATE_ISO(day));
}

static const char *class_shown(struct asking *a, const char *grade, const char *class_no)
{
    struct ga_class_name name = {0};
    char shown[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), grade);
    ga_str_copy(name.number, sizeof(name.number), class_no);
    return ga_arena_strdup(&a->arena, ga_class_name_text(&name, a->line->lang, shown));
}

static void begin(struct asking *a, const char *const *names, size_t count)
{
    a->table = (struct ga_table_out){.line = a->line, .names = names, .count = count, .is_json = a->is_json};
    ga_table_begin(&a->table);
}

static bool is_asked(const struct asking *a, size_t priority)
{
    return a->priority == NULL || strcmp(a->priority, a->board.rule->priorities.items[priority].name.text) == 0;
}

/* A row a child and priority. */
static void put_board(struct asking *a)
{
    static const char *const names[] = {"child_id", "child", "class", "counts", "priority", "turns", "target", "last_on", "by", "school_days"};
    const struct ga_priority_board *board = &a->board;
    begin(a, names, GA_COUNT(names));
    for (size_t i = 0; i < board->count; i++)
        for (size_t p = 0; p < board->rule->priorities.count; p++) {
            const struct ga_priority_row *row = &board->rows[i];
            const struct ga_priority_cell *cell = &row->cells[p];
            if (!is_asked(a, p))
                continue;
            const char *const cells[] = {row->id, row->name, class_shown(a, row->grade, row->class_no), row->counts ? "1" : "0",
                                         board->rule->priorities.items[p].name.text, number(a, cell->turns),
                                         number(a, board->rule->priorities.items[p].target), day_text(a, cell->last_on),
                                         ga_priority_by(a->care, p, cell->last_record, &a->arena), number(a, cell->days)};
            ga_table_row(&a->table, cells);
        }
    ga_table_end(&a->table);
}

static void put_next(struct asking *a, size_t limit)
{
    static const char *const names[] = {"priority", "rank", "child_id", "child", "class", "score", "why"};
    const struct ga_priority_board *board = &a->board;
    begin(a, names, GA_COUNT(names));
    for (size_t p = 0; p < board->rule->priorities.count; p++) {
        size_t *rows;
        const size_t count = ga_priority_next(board, p, &a->arena, &rows);
        for (size_t i = 0; i < count && i < limit && is_asked(a, p); i++) {
            const struct ga_priority_row *row = &board->rows[rows[i]];
            const struct ga_turn_case turn = ga_priority_case(board, rows[i], p);
            const char *const cells[] = {board->rule->priorities.items[p].name.text, number(a, (int64_t)i + 1), row->id, row->name,
                                         class_shown(a, row->grade, row->class_no), number(a, ga_turn_score(board->rule, &turn)),
                                         ga_priority_why(board, rows[i], p, a->line->lang, &a->arena)};
            ga_table_row(&a->table, cells);
        }
    }
    ga_table_end(&a->table);
}

static void put_quiet(struct asking *a, int days)
{
    static const char *const names[] = {"child_id", "child", "class", "last_on", "school_days"};
    size_t *rows;
    const size_t count = ga_priority_quiet(&a->board, days, &a->arena, &rows);
    begin(a, names, GA_COUNT(names));
    for (size_t i = 0; i < count; i++) {
        const struct ga_priority_row *row = &a->board.rows[rows[i]];
        const char *const cells[] = {row->id, row->name, class_shown(a, row->grade, row->class_no), day_text(a, row->quiet_on),
                                     number(a, row->quiet_days)};
        ga_table_row(&a->table, cells);
    }
    ga_table_end(&a->table);
}

/* "138… 3 次都没打通": numbers that failed, then whose to ring instead. */
static const char *failed_numbers(struct asking *a, int64_t child)
{
    struct ga_phones phones;
    struct ga_str out = {0};
    if (ga_phones_of(a->session->store, child, &a->arena, &phones, NULL) != GA_OK)
        return "";
    for (size_t i = 0; i < phones.count; i++) {
        if (!ga_phone_failed(&phones.items[i]))
            continue;
        ga_str_addf(&out, "%s%s ", out.len > 0 ? "; " : "", phones.items[i].number);
        ga_phone_text(&phones.items[i], a->line->lang, &out);
    }
    const char *text = ga_arena_strdup(&a->arena, ga_str_text(&out));
    ga_str_finish(&out);
    return text;
}

static void put_unreached(struct asking *a, int days)
{
    static const char *const names[] = {"child_id", "child", "class", "reached_on", "school_days", "failed_numbers"};
    size_t *rows;
    const size_t count = ga_priority_unreached(&a->board, days, &a->arena, &rows);
    begin(a, names, GA_COUNT(names));
    for (size_t i = 0; i < count; i++) {
        const struct ga_priority_row *row = &a->board.rows[rows[i]];
        const char *const cells[] = {row->id, row->name, class_shown(a, row->grade, row->class_no), day_text(a, row->reached_on),
                                     number(a, row->reached_days), failed_numbers(a, row->child)};
        ga_table_row(&a->table, cells);
    }
    ga_table_end(&a->table);
}

static void put_occasion(struct asking *a, const struct ga_priority_occasion *occasion)
{
    char share[16];
    const int64_t all = occasion->left_behind + occasion->others;
    const char *const cells[] = {a->board.rule->priorities.items[occasion->priority].name.text, day_text(a, occasion->on),
                                 occasion->form->name, day_text(a, occasion->asked_on),
                                 occasion->seats < 0 ? "" : number(a, occasion->seats), number(a, occasion->left_behind),
                                 number(a, all), ga_share_text((size_t)occasion->left_behind, (size_t)all, share)};
    ga_table_row(&a->table, cells);
}

/* Each occasion, then the sum of each priority. */
static enum ga_exit put_proof(struct asking *a)
{
    static const char *const names[] = {"priority", "day", "form", "asked_on", "seats", "left_behind", "all", "share"};
    struct ga_priority_occasion *list;
    struct ga_error err = {0};
    size_t count = 0;
    enum ga_rc rc = ga_priority_proof(a->care, ga_days_of_month(a->board.month), &a->arena, &list, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->line, rc, &err);
    begin(a, names, GA_COUNT(names));
    for (size_t p = 0; p < a->board.rule->priorities.count; p++) {
        int64_t part = 0, all = 0, occasions = 0, asked = 0;
        char share[16];
        for (size_t i = 0; i < count && is_asked(a, p); i++) {
            if (list[i].priority != p)
                continue;
            put_occasion(a, &list[i]);
            occasions++;
            asked += list[i].asked_on.year != 0;
            part += list[i].left_behind;
            all += list[i].left_behind + list[i].others;
        }
        const char *const sums[] = {a->board.rule->priorities.items[p].name.text, ga_tr(a->line->lang, "Total"), "",
                                    ga_arena_printf(&a->arena, "%lld/%lld", (long long)asked, (long long)occasions), "",
                                    number(a, part), number(a, all), ga_share_text((size_t)part, (size_t)all, share)};
        if (is_asked(a, p))
            ga_table_row(&a->table, sums);
    }
    ga_table_end(&a->table);
    return GA_EXIT_DONE;
}

/* A row a class and priority. */
static enum ga_exit put_classes(struct asking *a)
{
    static const char *const names[] = {"site", "class", "children", "priority", "turns", "had_any", "had_target",
                                        "nothing_for_30", "nothing_for_60", "not_reached_for_60"};
    struct ga_priority_class *classes;
    struct ga_error err = {0};
    size_t count = 0;
    enum ga_rc rc = ga_priority_classes(a->care, &a->ask, &a->arena, &classes, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->line, rc, &err);
    begin(a, names, GA_COUNT(names));
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < a->board.rule->priorities.count; p++) {
            const struct ga_priority_class *class = &classes[i];
            if (!is_asked(a, p))
                continue;
            const char *const cells[] = {class->site, class_shown(a, class->grade, class->class_no), number(a, class->children),
                                         a->board.rule->priorities.items[p].name.text, number(a, class->sums[p].turns),
                                         number(a, class->sums[p].children), number(a, class->sums[p].reached_target),
                                         number(a, class->quiet), number(a, class->very_quiet), number(a, class->unreached)};
            ga_table_row(&a->table, cells);
        }
    ga_table_end(&a->table);
    return GA_EXIT_DONE;
}

static enum ga_exit read_count(struct asking *a, const char *text, int64_t max, int64_t *ret_count)
{
    if (ga_num_parse(text, ret_count) && *ret_count >= 1 && *ret_count <= max)
        return GA_EXIT_DONE;
    ga_say(a->line, "'%1' is no number from 1 to %2", text, GA_NUM(max));
    return GA_EXIT_USAGE;
}

static enum ga_exit put_asked(struct asking *a)
{
    int64_t count = 0;
    const char *text = a->next != NULL ? a->next : a->nothing_for != NULL ? a->nothing_for : a->not_reached;
    enum ga_exit exit = text != NULL ? read_count(a, text, a->next != NULL ? NEXT_MAX : DAYS_MAX, &count) : GA_EXIT_DONE;
    if (exit != GA_EXIT_DONE)
        return exit;
    if (a->is_proof)
        return put_proof(a);
    if (a->is_classes)
        return put_classes(a);
    if (a->next != NULL)
        put_next(a, (size_t)count);
    else if (a->nothing_for != NULL)
        put_quiet(a, (int)count);
    else if (a->not_reached != NULL)
        put_unreached(a, (int)count);
    else
        put_board(a);
    return GA_EXIT_DONE;
}

static enum ga_exit check_priority(struct asking *a)
{
    for (size_t p = 0; p < a->board.rule->priorities.count; p++)
        if (is_asked(a, p))
            return GA_EXIT_DONE;
    ga_say(a->line, "there is no priority '%1'", a->priority);
    return GA_EXIT_USAGE;
}

static enum ga_exit read_board(struct asking *a)
{
    struct ga_error err = {0};
    struct ga_problems problems;
    const struct ga_priorities *rule;
    enum ga_exit exit = ga_command_class_in(a->line, a->session, a->ask.month, a->class, a->site, &a->arena, &a->class_of);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_care(a->line, a->session, &a->care);
    if (exit != GA_EXIT_DONE)
        return exit;
    a->ask.site = a->class_of.site;
    a->ask.grade = a->class_of.grade;
    a->ask.class_no = a->class_of.class_no;
    a->ask.with_all = a->with_all;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_care_priorities(a->care, &problems, &rule, &err);
    ga_say_problems(a->line, &problems, false);
    ga_problems_finish(&problems);
    if (rc == GA_OK)
        rc = ga_priority_board_read(a->care, &a->ask, &a->arena, &a->board, &err);
    return rc == GA_OK ? check_priority(a) : ga_say_error(a->line, rc, &err);
}

static enum ga_exit read_month(struct asking *a)
{
    if (a->month == NULL)
        return GA_EXIT_DONE;
    if (!ga_date_from_iso(a->month, &a->ask.month) || a->ask.month.month == 0 || a->ask.month.day != 0) {
        ga_say(a->line, "'%1' is no month; write it as 2026-11", a->month);
        return GA_EXIT_USAGE;
    }
    a->ask.month.day = 1;
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_priorities(struct ga_command_line *line)
{
    struct asking a = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {
        {"--month", &a.month, NULL},     {"--class", &a.class, NULL},
        {"--site", &a.site, NULL},       {"--priority", &a.priority, NULL},
        {"--next", &a.next, NULL},       {"--nothing-for", &a.nothing_for, NULL},
        {"--not-reached", &a.not_reached, NULL}, {"--format", &format, NULL},
        {"--all", NULL, &a.with_all},    {"--proof", NULL, &a.is_proof},
        {"--classes", NULL, &a.is_classes},
    };
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &a.is_json))
        return ga_usage(line);
    if (a.is_proof && (a.class != NULL || a.site != NULL)) {
        ga_say(line, "a lesson may be of several classes: the proof is of the whole school, without --class and --site");
        return GA_EXIT_USAGE;
    }
    exit = read_month(&a);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &a.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = read_board(&a);
    if (exit == GA_EXIT_DONE)
        exit = put_asked(&a);
    ga_arena_finish(&a.arena);
    ga_session_close(a.session);
    return exit;
}
