/* After a power cut every acknowledged save is whole, every other one whole or not there at all. */
#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/draft.h"
#include "crash_vfs.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { STEPS_MAX = 24, CUTS_MAX = 90 };

static struct school school;
static struct crash_vfs *recorded;

/* What the database and the folder hold after each thing that was acknowledged. */
struct step {
    int64_t transactions, operations, records, drafts, forms;
    char head[200];
};

static struct step steps[STEPS_MAX];
static int64_t steps_count;
static size_t first_event;

static int64_t ask(struct ga_store *store, const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(store), sql, &answer, NULL), GA_OK);
    return answer;
}

static void look(struct ga_store *store, struct step *step)
{
    *step = (struct step){.transactions = ask(store, "SELECT count(*) FROM txn"),
                          .operations = ask(store, "SELECT count(*) FROM op"),
                          .records = ask(store, "SELECT count(*) FROM record"),
                          .drafts = ask(store, "SELECT count(*) FROM draft"),
                          .forms = ask(store, "SELECT sum(version) FROM form")};
}

static const char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof(path), "%s/%s", school.folder, name);
    return path;
}

static void acknowledge(void)
{
    assert_true(steps_count < STEPS_MAX);
    struct step *step = &steps[steps_count++];
    struct ga_str head = {0};
    look(school.store, step);
    if (ga_io_read_file(ga_io_system(), path_of("head"), 190, &head, NULL) == GA_OK)
        strcpy(step->head, ga_str_text(&head));
    ga_str_finish(&head);
    crash_vfs_acknowledge(recorded, steps_count);
}

static void record_from_here(void)
{
    first_event = crash_vfs_events(recorded);
    steps_count = 0;
    acknowledge();
}

static int start(void **state)
{
    (void)state;
    recorded = crash_vfs_create("recorded");
    school_prepare(&school, (struct school_base){.vfs = "recorded"});
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    crash_vfs_destroy(recorded);
    return 0;
}

static void put_head(const char *text)
{
    FILE *file = fopen(path_of("head"), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    if (text[0] == '\0')
        unlink(path_of("head"));
}

static bool is_same(const struct step *a, const struct step *b)
{
    return a->transactions == b->transactions && a->operations == b->operations && a->records == b->records &&
           a->drafts == b->drafts && a->forms == b->forms;
}

/* What is there has to be what was there after some step, none older than the newest acknowledged. */
static bool is_whole(struct ga_store *store, int64_t mark)
{
    struct ga_problems problems;
    struct ga_check_report report;
    struct step now;
    bool is_known = mark == 0; /* nothing was promised yet, but what there is must be sound */
    char buf[GA_MESSAGE_BYTES];
    look(store, &now);
    for (int64_t i = mark > 0 ? mark - 1 : 0; i < steps_count; i++)
        is_known |= is_same(&now, &steps[i]);
    ga_problems_init(&problems);
    const bool is_sound = ga_store_check(store, NULL, &problems, &report, NULL) == GA_OK &&
                          ga_store_rebuild(store, NULL, &problems, NULL) == GA_OK && problems.list.len == 0 &&
                          report.forks == 0 && report.gaps == 0;
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf, sizeof(buf)));
    ga_problems_finish(&problems);
    return is_known && is_sound;
}

static bool survives(size_t cut, uint64_t seed, struct crash_vfs *replayed)
{
    struct ga_store_options options = school.options;
    struct ga_store *store;
    uint64_t random_seed = 99;
    struct ga_random random = ga_random_seeded(&random_seed);
    const int64_t mark = crash_vfs_replay(recorded, cut, seed, replayed);
    put_head(mark > 0 ? steps[mark - 1].head : "");
    options.vfs = "replayed";
    options.random = &random;
    if (ga_store_open(&options, &store, NULL) != GA_OK)
        return false;
    const bool is_fine = is_whole(store, mark);
    ga_store_close(store);
    return is_fine;
}

/* Losses over all cuts since record_from_here (evenly chosen ones when there are many). */
static int count_losses(const char *what)
{
    struct crash_vfs *replayed = crash_vfs_create("replayed");
    const size_t last = crash_vfs_events(recorded), count = last - first_event + 1;
    const size_t stride = (count + CUTS_MAX - 1) / CUTS_MAX;
    int losses = 0, states = 0;
    ga_store_close(school.store); /* its later writes lie behind the last cut */
    school.store = NULL;
    for (size_t cut = first_event; cut <= last; cut += cut + stride > last && cut < last ? last - cut : stride)
        for (uint64_t seed = 0; seed < 4; seed++, states++) {
            const uint64_t mixed = seed < 2 ? seed : (cut + 1) * 0x9E3779B97F4A7C15ULL + seed;
            losses += !survives(cut, mixed, replayed);
        }
    crash_vfs_destroy(replayed);
    print_message("# %s: %d of %d states lost something (%zu events)\n", what, losses, states, count);
    return losses;
}

static void type_child(struct ga_answers *child, int i)
{
    char text[32];
    ga_answers_init(child, school_form(&school, "child"));
    snprintf(text, sizeof(text), "学生%s", (const char *[]){"甲", "乙", "丙", "丁", "戊"}[i % 5]);
    school_type(child, "name", text);
    snprintf(text, sizeof(text), "1380000%04d", i);
    school_type(child, "guardian_phone", text);
}

static struct ga_uuid save_child(int i)
{
    struct ga_answers child;
    type_child(&child, i);
    const struct ga_save_record record = {.after = &child};
    assert_int_equal(ga_store_save(school.store, &record, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = child.id;
    ga_answers_finish(&child);
    acknowledge();
    return id;
}

static void save_some(void)
{
    record_from_here();
    struct ga_uuid id = {0};
    for (int i = 0; i < 4; i++)
        id = save_child(i);
    school_edit(&school, "child", &id, "village", "石桥村");
    acknowledge();
    school_edit(&school, "child", &id, "guardian_phone", "");
    acknowledge();
}

static void saves_survive(void **state)
{
    (void)state;
    save_some();
    assert_int_equal(count_losses("saves"), 0);
}

static void saves_around_checkpoints_survive(void **state)
{
    (void)state;
    save_some();
    ga_db_checkpoint(ga_store_db(school.store), GA_CHECKPOINT_TRUNCATE, NULL);
    save_child(7);
    ga_db_checkpoint(ga_store_db(school.store), GA_CHECKPOINT_PASSIVE, NULL);
    save_child(8);
    assert_int_equal(count_losses("saves around checkpoints"), 0);
}

static void an_import_is_there_whole_or_not_at_all(void **state)
{
    (void)state;
    struct ga_save *save;
    record_from_here();
    save_child(1);
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (int i = 0; i < 500; i++) {
        struct ga_answers child;
        type_child(&child, i);
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    acknowledge();
    assert_int_equal(count_losses("import"), 0);
}

static void drafts_survive(void **state)
{
    (void)state;
    struct ga_draft draft = {0};
    record_from_here();
    type_child(&draft.answers, 3);
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    acknowledge();
    school_type(&draft.answers, "village", "石桥村");
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    acknowledge();
    const struct ga_save_record record = {.after = &draft.answers};
    assert_int_equal(ga_store_save(school.store, &record, draft.no, NULL, NULL), GA_OK);
    acknowledge(); /* the record is there and its draft gone, or neither */
    ga_draft_finish(&draft);
    assert_int_equal(count_losses("drafts"), 0);
}

/* The shipped forms with something changed by sed: expressions and the file they are for. */
static void copy_forms(char folder[64], const char *sed)
{
    char command[600];
    strcpy(folder, "/tmp/guanai-forms-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof(command), "cp -r '%s'/* '%s' && cd '%s' && sed -i %s", FORMS_FOLDER, folder, folder, sed);
    assert_int_equal(system(command), 0);
}

static void accept_copy(const char *sed)
{
    struct ga_problems problems;
    char folder[64], command[100];
    copy_forms(folder, sed);
    record_from_here();
    ga_problems_init(&problems);
    assert_int_equal(ga_store_accept_forms(school.store, folder, &problems, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    acknowledge();
    ga_problems_finish(&problems);
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* A new version of talk.yaml with one field more: tables are made anew, records projected again. */
static void a_changed_form_is_in_force_whole_or_not_at_all(void **state)
{
    (void)state;
    struct ga_answers talk;
    const struct ga_uuid child = school_add_child(&school, "张三");
    ga_answers_init(&talk, school_form(&school, "talk"));
    talk.child = child;
    school_type(&talk, "content", "想妈妈");
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &talk}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&talk);
    accept_copy("-e 's/^version: 1/version: 2/' -e 's/^fields:/fields:\\n"
                "  - {name: weather, type: text, label: {zh: 天气, en: Weather}}/' talk.yaml");
    assert_int_equal(school_form(&school, "talk")->version, 2);
    assert_int_equal(count_losses("a changed form"), 0);
}

/* Other classes come first: every child is sorted anew, or none is and the list is the old one. */
static void a_changed_list_is_in_force_whole_or_not_at_all(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        const struct ga_uuid id = school_add_child(&school, "张三");
        school_edit(&school, "child", &id, "grade", i % 2 ? "一年级" : "二年级");
    }
    accept_copy("-e '/code: g1,/d' lists/grade.yaml");
    assert_int_equal(count_losses("a changed list"), 0);
}

/* Cut at any time while the data folder is made: opening it again makes it, or finds it made. */
static void a_data_folder_half_made_can_be_opened(void **state)
{
    (void)state;
    first_event = 0;
    steps_count = 0;
    acknowledge();
    assert_int_equal(count_losses("first creation"), 0);
}

/* The first sync of a new -wal syncs the folder too; every later save waits for the disk once. */
static void a_save_waits_for_the_disk_once(void **state)
{
    (void)state;
    enum { NOTE_BYTES_MAX = 6 * (4096 + 24) }; /* six frames of the -wal */
    record_from_here();
    const struct ga_uuid id = save_child(1);
    const int64_t syncs = crash_vfs_syncs(recorded);
    save_child(2);
    assert_int_equal(crash_vfs_syncs(recorded) - syncs, 1);
    const int64_t bytes = crash_vfs_bytes_written(recorded);
    school_edit(&school, "child", &id, "note", "爱画画");
    assert_int_equal(crash_vfs_syncs(recorded) - syncs, 2);
    print_message("# a note: %lld bytes\n", (long long)(crash_vfs_bytes_written(recorded) - bytes));
    assert_true(crash_vfs_bytes_written(recorded) - bytes <= NOTE_BYTES_MAX);
}

static void without_syncs_losses_are_found(void **state)
{
    (void)state;
    crash_vfs_ignore_syncs(recorded);
    save_some();
    assert_true(count_losses("mutant: syncs ignored") > 0);
}

static void without_waiting_for_the_log_losses_are_found(void **state)
{
    (void)state;
    assert_int_equal(ga_db_sync_mode(ga_store_db(school.store), GA_SYNC_NORMAL, NULL), GA_OK);
    save_some();
    assert_true(count_losses("mutant: synchronous=NORMAL") > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(saves_survive),
        CASE(saves_around_checkpoints_survive),
        CASE(an_import_is_there_whole_or_not_at_all),
        CASE(drafts_survive),
        CASE(a_changed_form_is_in_force_whole_or_not_at_all),
        CASE(a_changed_list_is_in_force_whole_or_not_at_all),
        CASE(a_data_folder_half_made_can_be_opened),
        CASE(a_save_waits_for_the_disk_once),
        CASE(without_syncs_losses_are_found),
        CASE(without_waiting_for_the_log_losses_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
