/* What is filled in before anybody types, and what a power cut leaves. */
#include "app_folder.h"

#include "faulty_io.h"
#include "guanai/app/names.h"
#include "guanai/store/draft.h"
#include "guanai/store/record.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct app_folder app;
static struct ga_uuid child;

static int start(void **state)
{
    (void)state;
    app_start(&app);
    child = app_add_child(&app, "何丽");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    app_stop(&app);
    return 0;
}

static struct ga_entry *new_visit(void)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(app.session, "home_visit", &child, &entry, NULL), GA_OK);
    return entry;
}

static void save_visit(const char *day, const char *companions)
{
    struct ga_entry *entry = new_visit();
    app_type(entry, "visited_on", day);
    app_type(entry, "companions", companions);
    app_type(entry, "met", "grandmother_f");
    app_type(entry, "concerns", "ok");
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

static void expect_visit(const char *day, const char *companions)
{
    struct ga_entry *entry = new_visit();
    assert_string_equal(app_text(entry, "visited_on"), day);
    assert_string_equal(app_text(entry, "companions"), companions);
    assert_string_equal(app_text(entry, "content"), "");
    ga_entry_destroy(entry);
}

static void within_one_sitting_the_last_value_goes_before_the_default(void **state)
{
    (void)state;
    expect_visit("2026-11-23", "");
    save_visit("2026-11-21", "村主任");
    expect_visit("2026-11-21", "村主任");
}

static void in_a_new_sitting_the_default_goes_before_the_last_value(void **state)
{
    (void)state;
    save_visit("2026-11-21", "村主任");
    app_reopen(&app);
    expect_visit("2026-11-23", "村主任");
}

static void what_another_user_saved_fills_in_nothing(void **state)
{
    (void)state;
    save_visit("2026-11-21", "村主任");
    ga_session_set_user(app.session, "彭老师", NULL);
    struct ga_entry *entry = new_visit();
    assert_string_equal(app_text(entry, "visitor"), "彭老师");
    assert_string_equal(app_text(entry, "companions"), "");
    ga_entry_destroy(entry);
}

static struct ga_uuid newest_visit(void)
{
    struct ga_uuid id = {0};
    size_t count = 0;
    assert_int_equal(ga_store_newest(app.session->store, "home_visit", 0, 1, &id, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    return id;
}

static void mend(const struct ga_uuid *id, const char *field, const char *typed)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(app.session, id, &entry, NULL), GA_OK);
    if (field != NULL)
        app_type(entry, field, typed);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

/* Whoever mends a colleague's visit, or only looks at it, has not made it: the next one is in their own name. */
static void what_was_only_mended_fills_in_nothing(void **state)
{
    (void)state;
    save_visit("2026-11-21", "村主任");
    const struct ga_uuid theirs = newest_visit();
    ga_session_set_user(app.session, "彭老师", NULL);
    mend(&theirs, NULL, NULL);
    mend(&theirs, "companions", "会计");
    struct ga_entry *entry = new_visit();
    assert_string_equal(app_text(entry, "visitor"), "彭老师");
    assert_string_equal(app_text(entry, "companions"), "");
    ga_entry_destroy(entry);
}

static void what_one_wrote_last_fills_in_as_it_was_mended(void **state)
{
    (void)state;
    save_visit("2026-11-21", "村主任");
    const struct ga_uuid mine = newest_visit();
    mend(&mine, "companions", "会计");
    expect_visit("2026-11-21", "会计");
}

static void commands_fill_in_nothing_but_defaults(void **state)
{
    (void)state;
    save_visit("2026-11-21", "村主任");
    app.options.is_script = true;
    app_reopen(&app);
    save_visit("2026-11-20", "会计");
    expect_visit("2026-11-23", "");
    app.options.is_script = false;
}

static void a_default_behind_a_prefill_still_follows_it(void **state)
{
    (void)state;
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(app.session, "talk", &child, &entry, NULL), GA_OK);
    assert_string_equal(app_text(entry, "talked_on"), "2026-11-23");
    assert_string_equal(app_text(entry, "next_on"), ""); /* hidden until a next step is chosen */
    app_type(entry, "next_step", "again");
    assert_string_equal(app_text(entry, "next_on"), "2026-12-07");
    app_type(entry, "talked_on", "2026-11-02");
    assert_string_equal(app_text(entry, "next_on"), "2026-11-16");
    ga_entry_destroy(entry);
}

static int64_t only_draft(char ret_form[64])
{
    struct ga_arena arena = {0};
    struct ga_draft_line *lines;
    size_t count;
    assert_int_equal(ga_draft_list(app.session->store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    const int64_t no = lines[0].no;
    ga_str_copy(ret_form, 64, lines[0].form);
    ga_arena_finish(&arena);
    return no;
}

static void a_draft_of_a_new_record_comes_back_after_a_restart_and_ends_with_the_save(void **state)
{
    (void)state;
    char form[64], field[64];
    size_t count;
    struct ga_draft_line *lines;
    struct ga_arena arena = {0};
    struct ga_entry *entry = new_visit();
    app_type(entry, "met", "grandmother_f");
    app_type(entry, "concerns", "ok");
    app_type(entry, "content", "奶奶说孩子最近");
    assert_int_equal(ga_entry_keep_draft(entry, "content", NULL), GA_OK);
    assert_false(entry->is_changed);
    ga_entry_destroy(entry);
    app_reopen(&app);
    assert_int_equal(ga_entry_resume(app.session, only_draft(form), &entry, field, NULL), GA_OK);
    assert_string_equal(form, "home_visit");
    assert_string_equal(field, "content");
    assert_true(entry->is_new);
    assert_string_equal(app_text(entry, "content"), "奶奶说孩子最近");
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    assert_int_equal(ga_draft_list(app.session->store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    ga_entry_destroy(entry);
    ga_arena_finish(&arena);
}

/* The draft holds the village; meanwhile somebody else enters the hamlet and another village. */
static void a_resumed_draft_writes_back_only_what_its_user_touched(void **state)
{
    (void)state;
    char form[64], field[64];
    struct ga_arena arena = {0};
    const char **groups;
    size_t count;
    struct ga_entry *draft, *other;
    assert_int_equal(ga_entry_open(app.session, &child, &draft, NULL), GA_OK);
    app_type(draft, "village", "上坝村");
    assert_int_equal(ga_entry_keep_draft(draft, "village", NULL), GA_OK);
    ga_entry_destroy(draft);
    assert_int_equal(ga_entry_open(app.session, &child, &other, NULL), GA_OK);
    other->mode = GA_CHECK_IMPORT;
    app_type(other, "hamlet", "3组");
    app_type(other, "village", "下坝村");
    assert_int_equal(ga_entry_save(other, NULL, NULL), GA_OK);
    ga_entry_destroy(other);
    assert_int_equal(ga_entry_resume(app.session, only_draft(form), &draft, field, NULL), GA_OK);
    assert_string_equal(app_text(draft, "hamlet"), "3组");
    assert_string_equal(app_text(draft, "village"), "上坝村");
    draft->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(draft, NULL, NULL), GA_OK);
    ga_entry_destroy(draft);
    assert_int_equal(ga_store_conflicts(app.session->store, &child, &arena, &groups, &count, NULL), GA_OK);
    assert_int_equal(count, 1); /* both villages are kept: a person decides */
    assert_string_equal(groups[0], "village");
    ga_arena_finish(&arena);
}

static void a_clock_behind_the_newest_record_is_doubted(void **state)
{
    (void)state;
    assert_false(app.session->is_day_doubtful);
    app.now_ms -= (int64_t)400 * 86400 * 1000;
    app_reopen(&app);
    assert_true(app.session->is_day_doubtful);
    app.options.today = (struct ga_date){2026, 11, 24};
    app_reopen(&app);
    assert_false(app.session->is_day_doubtful);
    assert_int_equal(app.session->today.day, 24);
    app.options.today = (struct ga_date){2025, 11, 24}; /* said, but something is written already */
    app_reopen(&app);
    assert_true(app.session->is_day_doubtful);
    app.options.today = (struct ga_date){0};
}

/* Nothing is written yet that would tell. */
static void a_clock_behind_the_day_the_program_was_built_is_doubted(void **state)
{
    (void)state;
    struct app_folder early;
    app_start(&early);
    assert_true(early.options.build_day > 0);
    early.now_ms = ((int64_t)early.options.build_day - 2) * 86400 * 1000;
    app_reopen(&early);
    assert_true(early.session->is_day_doubtful);
    early.now_ms = ((int64_t)early.options.build_day + 2) * 86400 * 1000;
    app_reopen(&early);
    assert_false(early.session->is_day_doubtful);
    app_stop(&early);
}

/* A clock that stood at 2099 for an afternoon: asked once, then believed again. */
static void a_day_that_somebody_told_ends_the_doubt_about_what_was_written_later(void **state)
{
    (void)state;
    struct app_folder early;
    app_start(&early);
    const int64_t right_ms = early.now_ms;
    early.now_ms += (int64_t)73 * 365 * 86400 * 1000;
    app_reopen(&early);
    assert_false(early.session->is_day_doubtful); /* nobody can tell */
    app_add_child(&early, "何丽");
    early.now_ms = right_ms;
    app_reopen(&early);
    assert_true(early.session->is_day_doubtful);
    const struct ga_date today = early.session->today;
    ga_session_set_today(early.session, today);
    app_add_child(&early, "何丽");
    early.now_ms += (int64_t)86400 * 1000;
    app_reopen(&early);
    assert_false(early.session->is_day_doubtful);
    early.now_ms -= (int64_t)2 * 86400 * 1000;
    app_reopen(&early);
    assert_true(early.session->is_day_doubtful); /* behind the day that was told */
    app_stop(&early);
}

/* An empty battery: what happened this week is not "after today". */
static void rules_hold_what_is_typed_to_the_day_it_must_be_at_least(void **state)
{
    (void)state;
    struct app_folder early;
    app_start(&early);
    app_add_child(&early, "何丽");
    const struct ga_date day = early.session->today;
    early.now_ms = (int64_t)14000 * 86400 * 1000; /* 2008 */
    app_reopen(&early);
    assert_true(early.session->is_day_doubtful);
    assert_int_equal(ga_date_compare(early.session->today, day), -1);
    assert_int_equal(ga_date_compare(early.session->rules_today, day), 0);
    app_stop(&early);
}

static void a_said_day_before_the_program_was_used_anywhere_is_doubted(void **state)
{
    (void)state;
    struct app_folder early;
    app_start(&early); /* nothing is written in it */
    early.options.today = (struct ga_date){2026, 1, 1};
    app_reopen(&early);
    assert_false(early.session->is_day_doubtful);
    early.options.today = (struct ga_date){2009, 1, 1};
    app_reopen(&early);
    assert_true(early.session->is_day_doubtful);
    app_stop(&early);
}

static void who_makes_the_folder_is_among_the_names_at_once(void **state)
{
    (void)state;
    struct app_folder fresh;
    struct ga_arena arena = {0};
    const char *names[GA_NAMES_MAX];
    app_start(&fresh);
    assert_int_equal(ga_names_read(fresh.session->store, &arena, names), 1);
    assert_string_equal(names[0], "周老师");
    ga_arena_finish(&arena);
    app_stop(&fresh);
}

static enum ga_rc open_with(const struct ga_session_options *options, struct ga_error *err)
{
    struct ga_session *session = NULL;
    struct ga_problems problems;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_open(options, &problems, &session, err);
    if (rc == GA_OK)
        ga_session_close(session);
    ga_problems_finish(&problems);
    return rc;
}

/* A folder by that name, no permission, a medium that cannot be read: the settings are there, but not known. */
static void settings_that_cannot_be_read_are_said_with_their_place_and_what_to_do(void **state)
{
    (void)state;
    struct ga_session_options options = app.options;
    struct ga_error err = {0};
    struct faulty_io faulty;
    faulty_io_init(&faulty);
    options.config = app.path; /* a folder */
    ga_session_close(app.session);
    app.session = NULL;
    assert_int_equal(open_with(&options, &err), GA_IO);
    assert_string_equal(err.where, app.path);
    assert_non_null(err.hint.id);
    options.config = NULL;
    options.io = &faulty.ops;
    bool is_said = false;
    for (int64_t nth = 1; !is_said && nth < 40; nth++) {
        err = (struct ga_error){0};
        faulty_io_fail(&faulty, nth, -EACCES);
        is_said = open_with(&options, &err) == GA_IO && strstr(err.where, "config.yaml") != NULL && err.hint.id != NULL;
    }
    assert_true(is_said);
    app_reopen(&app);
    assert_string_equal(app.session->config.school, "石桥小学");
}

static void a_folder_is_made_once_only(void **state)
{
    (void)state;
    ga_session_close(app.session);
    app.session = NULL;
    assert_int_equal(ga_session_init(&app.options, "别的学校", NULL), GA_REFUSED);
    app_reopen(&app);
    assert_string_equal(app.session->config.school, "石桥小学");
    assert_int_equal(ga_session_init(&app.options, "坏\n名", NULL), GA_USAGE);
}

static void a_demo_school_is_the_same_for_the_same_seed(void **state)
{
    (void)state;
    struct app_folder twin;
    int64_t counts[2] = {0}, sums[2] = {0};
    app_start(&twin);
    app_add_child(&twin, "何丽");
    struct ga_session *const sessions[] = {app.session, twin.session};
    for (int i = 0; i < 2; i++) {
        struct ga_db *db = ga_store_db(sessions[i]->store);
        assert_int_equal(ga_session_fill_demo(sessions[i], 30, 5, NULL), GA_OK);
        assert_int_equal(ga_db_query_int(db, "SELECT count(*) FROM child", &counts[i], NULL), GA_OK);
        assert_int_equal(ga_db_query_int(db, "SELECT sum(substr(id_number, 11)) FROM child", &sums[i], NULL), GA_OK);
    }
    assert_int_equal(counts[0], 31);
    assert_int_equal(counts[1], 31);
    assert_int_equal(sums[0], sums[1]);
    assert_true(sums[0] != 0);
    app_stop(&twin);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(within_one_sitting_the_last_value_goes_before_the_default),
        CASE(in_a_new_sitting_the_default_goes_before_the_last_value),
        CASE(what_was_only_mended_fills_in_nothing),
        CASE(what_one_wrote_last_fills_in_as_it_was_mended),
        CASE(what_another_user_saved_fills_in_nothing),
        CASE(commands_fill_in_nothing_but_defaults),
        CASE(a_default_behind_a_prefill_still_follows_it),
        CASE(a_draft_of_a_new_record_comes_back_after_a_restart_and_ends_with_the_save),
        CASE(a_resumed_draft_writes_back_only_what_its_user_touched),
        CASE(a_clock_behind_the_newest_record_is_doubted),
        CASE(a_day_that_somebody_told_ends_the_doubt_about_what_was_written_later),
        CASE(rules_hold_what_is_typed_to_the_day_it_must_be_at_least),
        CASE(a_clock_behind_the_day_the_program_was_built_is_doubted),
        CASE(a_said_day_before_the_program_was_used_anywhere_is_doubted),
        CASE(who_makes_the_folder_is_among_the_names_at_once),
        CASE(settings_that_cannot_be_read_are_said_with_their_place_and_what_to_do),
        CASE(a_folder_is_made_once_only),
        CASE(a_demo_school_is_the_same_for_the_same_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
