/*
 * Does one thing with what is owed, so many times, for callgrind to count.
 *
 *   care_bench DATA FORMS WHAT TIMES
 *
 * fill      a year of records of every kind (care_fill.h); sign: three months of every class, by somebody else
 * open      opens what is owed and nothing else; what the others are the differences to
 * recount   makes all of it anew
 * join      the same counts by one plain SELECT a duty over the tables: children × windows, records by child
 * save      a talk of one child is saved, then the page asked for; savealone without asking
 * page      the first 20 of the school; class: all of one class; checklist: a month of it; signed: one that is signed, all
 *           that its page reads, how much changed since with it; signedsave: the same after a save and a look at the lists
 * catchup   on 31 January what ran out since 23 November, with nothing saved in between
 * alarms    all that stand; tallies: the classes of a month; sentback: what was sent back; unreached: whom nobody reached
 */
#include "care_fill.h"

#include "guanai/app/care.h"
#include "guanai/app/catch_up.h"
#include "guanai/app/send_back.h"
#include "guanai/app/sign.h"
#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"
#include "guanai/care/checklist.h"
#include "guanai/care/priorities.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct bench {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_roster_class *classes;
    size_t classes_count;
    struct ga_arena arena;
};

/* Another day: all of it is made anew. */
static void recount(struct bench *b)
{
    struct ga_error err = {0};
    struct ga_date day = ga_store_today(b->session->store);
    day.day = day.day == 23 ? 22 : 23;
    ga_store_set_today(b->session->store, day, false);
    bench_check(ga_care_follow(b->care, &err), &err);
}

/*
 * What a programmer would write: for every child marked left behind and every window, the number and the newest day of
 * the records in it. Windows from the same table.
 */
static const char *const JOINS[][2] = {
    {"visit_phase", "SELECT visited_on AS day, child FROM home_visit WHERE outcome = 'met' OR (outcome IS NULL AND met IS NOT NULL)"},
    {"talk_month", "SELECT talked_on AS day, child FROM talk"},
    {"call_month", "SELECT called_on AS day, child FROM parent_call WHERE outcome = 'reached'"},
    {"guardian_talk_term", "SELECT talked_on AS day, child FROM guardian_talk"},
    {"contact_month", "SELECT called_on AS day, child FROM family_call WHERE outcome = 'reached' UNION ALL SELECT written_on, child FROM letter"},
};

static void join(struct bench *b)
{
    struct ga_error err = {0};
    int64_t rows = 0;
    for (size_t i = 0; i < GA_COUNT(JOINS); i++) {
        struct ga_str sql = {0};
        struct ga_stmt *stmt;
        bool has_row = false;
        ga_str_addf(&sql,
                    "SELECT c.no, w.no, count(r.day), max(r.day) FROM child AS c CROSS JOIN (SELECT no,"
                    " date(opens * 86400, 'unixepoch') AS opens, date(ends * 86400, 'unixepoch') AS ends FROM _due_window"
                    " WHERE duty = '%s') AS w LEFT JOIN (%s) AS r ON r.child = c.no AND r.day BETWEEN w.opens AND w.ends"
                    " WHERE c.marked_left_behind = 1 GROUP BY c.no, w.no",
                    JOINS[i][0], JOINS[i][1]);
        bench_check(ga_stmt_prepare(ga_store_db(b->session->store), ga_str_text(&sql), &stmt, &err), &err);
        while (ga_stmt_step(stmt, &has_row, &err) == GA_OK && has_row)
            rows += ga_stmt_column_int(stmt, 2) >= 0;
        ga_stmt_destroy(stmt);
        ga_str_finish(&sql);
    }
    printf("%lld rows\n", (long long)rows);
}

static void page(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_due_list(b->care, &(struct ga_due_ask){.limit = 20}, &arena, &dues, &count, &err), &err);
    ga_arena_finish(&arena);
}

static void class_list(struct bench *b)
{
    const struct ga_roster_class *class = &b->classes[b->classes_count / 2];
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_due_list(b->care, &(struct ga_due_ask){.site = class->site, .grade = class->grade, .class_no = class->class_no},
                      &arena, &dues, &count, &err), &err);
    ga_arena_finish(&arena);
}

static void checklist(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_checklist list;
    struct ga_error err = {0};
    bench_check(ga_checklist_read(b->care, &b->classes[b->classes_count / 2], (struct ga_date){2026, 11, 1}, GA_ZH, &arena, &list, &err), &err);
    ga_arena_finish(&arena);
}

/* The board of priorities of a class; of the school, class by class. */
static void board(struct bench *b)
{
    const struct ga_roster_class *class = &b->classes[b->classes_count / 2];
    const struct ga_priority_ask ask = {.site = class->site, .grade = class->grade, .class_no = class->class_no};
    struct ga_arena arena = {0};
    struct ga_priority_board read;
    struct ga_error err = {0};
    bench_check(ga_priority_board_read(b->care, &ask, &arena, &read, &err), &err);
    ga_arena_finish(&arena);
}

static void boards(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_priority_class *classes;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_priority_classes(b->care, &(struct ga_priority_ask){0}, &arena, &classes, &count, &err), &err);
    ga_arena_finish(&arena);
}

/* What a programmer would write for it: of every child marked left behind what it had in the month, and what it had last. */
static void board_join(struct bench *b)
{
    static const char SQL[] =
        "SELECT c.no, (SELECT count(*) FROM living_care AS r WHERE r.child = c.no AND r.cared_on LIKE '2026-11-%'),"
        " (SELECT max(cared_on) FROM living_care AS r WHERE r.child = c.no),"
        " max((SELECT max(visited_on) FROM home_visit AS r WHERE r.child = c.no AND r.outcome = 'met'),"
        " (SELECT max(called_on) FROM parent_call AS r WHERE r.child = c.no AND r.outcome = 'reached'))"
        " FROM child AS c WHERE c.marked_left_behind = 1";
    struct ga_stmt *stmt;
    struct ga_error err = {0};
    bool has_row = false;
    int64_t rows = 0;
    bench_check(ga_stmt_prepare(ga_store_db(b->session->store), SQL, &stmt, &err), &err);
    while (ga_stmt_step(stmt, &has_row, &err) == GA_OK && has_row)
        rows++;
    ga_stmt_destroy(stmt);
    printf("%lld rows\n", (long long)rows);
}

static void save_talk(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_roster_row *rows;
    struct ga_save *save;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_roster_page_at(b->session->store, &(struct ga_roster_filter){.only_left_behind = true}, 100, 1, GA_ZH, &arena, &rows, &count, &err), &err);
    bench_check(ga_save_begin(b->session->store, &save, &err), &err);
    bench_put_talk(b->session, save, &rows[0].id);
    bench_check(ga_save_commit(save, &err), &err);
    ga_arena_finish(&arena);
}

static void save_and_look(struct bench *b)
{
    save_talk(b);
    bench_check(ga_care_follow(b->care, NULL), NULL);
}

static void alarms(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_alarm *found;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_alarm_list(b->care, &(struct ga_alarm_ask){0}, &arena, &found, &count, &err), &err);
    ga_arena_finish(&arena);
}

static void tallies(struct bench *b)
{
    const struct ga_due_ask ask = {.span = ga_days_of_month((struct ga_date){2026, 11, 1})};
    struct ga_arena arena = {0};
    struct ga_due_tally *read;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_due_tallies(b->care, &ask, &arena, &read, &count, &err), &err);
    ga_arena_finish(&arena);
}

static void sent_back(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_sent_back_counts counts;
    struct ga_error err = {0};
    bench_check(ga_sent_back_count(b->session, &arena, &counts, &err), &err);
    ga_arena_finish(&arena);
}

/* As its page reads it: the sheet, what of it was sent back, who signed it, how much changed since. */
static void read_signed(struct bench *b, const struct ga_roster_class *class)
{
    const struct ga_date month = {2026, 10, 1};
    struct ga_arena arena = {0};
    struct ga_checklist list;
    struct ga_sent_back *items;
    const struct ga_signature *signature = NULL;
    size_t count = 0;
    struct ga_error err = {0};
    bench_check(ga_checklist_read_whole(b->care, class, month, GA_ZH, &arena, &list, &err), &err);
    bench_check(ga_sent_back_list(b->session, &arena, &items, &count, &err), &err);
    bench_check(ga_signature_in_force(b->session, class, month, &arena, &signature, &err), &err);
    if (signature == NULL)
        exit(1);
    bench_check(ga_signature_count_changes(b->session, signature, list.dues, list.dues_count, &count, &err), &err);
    ga_arena_finish(&arena);
}

static void signed_list(struct bench *b)
{
    read_signed(b, &b->classes[b->classes_count / 2]);
}

static void signed_after_save(struct bench *b)
{
    save_and_look(b);
    signed_list(b);
}

static void unreached(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_priority_board read;
    size_t *rows;
    struct ga_error err = {0};
    bench_check(ga_priority_board_read(b->care, &(struct ga_priority_ask){.unreached_days = GA_PRIORITY_UNREACHED_DAYS}, &arena, &read, &err), &err);
    ga_priority_unreached(&read, GA_PRIORITY_UNREACHED_DAYS, &arena, &rows);
    ga_arena_finish(&arena);
}

/* A note as the start of the program makes it: the page reads what ended with nothing recorded. */
static void catch_up(struct bench *b)
{
    struct ga_arena arena = {0};
    struct ga_catch_up read;
    struct ga_error err = {0};
    bench_check(ga_store_set_setting(b->session->store, "catch_up.pause", "2026-11-23 2027-01-31", &err), &err);
    bench_check(ga_catch_up_read(b->session, GA_ZH, &arena, &read, &err), &err);
    printf("%zu dues, %zu rows\n", read.dues_count, read.rows_count);
    ga_arena_finish(&arena);
}

static void fill(struct bench *b)
{
    bench_fill(b->session);
}

static void sign(struct bench *b)
{
    bench_sign(b->session, 3);
}

static void nothing(struct bench *b)
{
    (void)b;
}

static const struct {
    const char *name;
    void (*run)(struct bench *b);
} WHATS[] = {{"fill", fill}, {"open", nothing}, {"recount", recount}, {"join", join}, {"save", save_and_look},
             {"savealone", save_talk}, {"page", page}, {"class", class_list}, {"checklist", checklist},
             {"board", board}, {"sign", sign}, {"alarms", alarms}, {"tallies", tallies}, {"sentback", sent_back},
             {"signed", signed_list}, {"signedsave", signed_after_save}, {"unreached", unreached}, {"boards", boards}, {"boardjoin", board_join}, {"catchup", catch_up}};

static void run(struct bench *b, const char *what, int times)
{
    struct timespec from, to;
    for (size_t i = 0; i < GA_COUNT(WHATS); i++) {
        if (strcmp(WHATS[i].name, what) != 0)
            continue;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        for (int k = 0; k < times; k++)
            WHATS[i].run(b);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        printf("%s %.3f ms\n", what,
               ((double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6) / (times > 0 ? times : 1));
    }
}

int main(int argc, char **argv)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    struct bench b = {0};
    const bool is_later = argc > 3 && strcmp(argv[3], "catchup") == 0;
    if (argc < 5)
        return 2;
    const struct ga_session_options options = {.data = argv[1], .forms = argv[2], .lang = GA_ZH,
        .today = is_later ? (struct ga_date){2027, 1, 31} : (struct ga_date){2026, 11, 23},
        .user = strcmp(argv[3], "sign") == 0 ? "何校长" : "周老师", .io = ga_io_system(), .clock = ga_clock_system(), .random = ga_random_system()};
    ga_problems_init(&problems);
    bench_check(ga_session_open(&options, &problems, &b.session, &err), &err);
    if (strcmp(argv[3], "fill") != 0) {
        bench_check(ga_session_care(b.session, &problems, &b.care, &err), &err);
        bench_check(ga_care_follow(b.care, &err), &err);
        bench_check(ga_store_classes(b.session->store, GA_ZH, &b.arena, &b.classes, &b.classes_count, &err), &err);
    }
    ga_problems_finish(&problems);
    run(&b, argv[3], atoi(argv[4]));
    ga_session_close(b.session);
    ga_arena_finish(&b.arena);
    return 0;
}
