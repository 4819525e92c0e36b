/* The history of one record costs what the record is, not what the school wrote besides. */
#include "school_session.h"
#include "sql_steps.h"

#include "guanai/base/alloc.h"
#include "guanai/store/history.h"
#include "guanai/store/number.h"
#include "guanai/store/save.h"
#include "guanai/store/undo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* Operations that lie in no block yet are read whole (store/log.c): so many steps it may be more, however many there are. */
enum { TAIL_STEPS = 64 * 20 };

static struct school_session school;
static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    school_session_start(&school, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_session_stop(&school);
    ga_arena_finish(&arena);
    return 0;
}

static void add_children(int count)
{
    for (int i = 0; i < count; i++)
        school_session_add(&school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
}

static int64_t steps_of_history(const struct ga_uuid *child)
{
    struct ga_history_entry *entries;
    size_t count = 0;
    struct ga_db *db = ga_store_db(school.session->store);
    sql_steps_begin(db);
    assert_int_equal(ga_store_history(school.session->store, child, NULL, GA_ZH, &arena, &entries, &count, NULL), GA_OK);
    assert_true(count > 0);
    return sql_steps_end(db);
}

static void the_file_a_value_came_by_is_found_without_reading_the_log(void **state)
{
    (void)state;
    const struct ga_uuid child = school_session_add(&school, "child", NULL, "name=彭英俊", "grade=三年级", "class=2", NULL);
    school_session_add(&school, GA_IMPORT_FILE_FORM, NULL, "file=花名册.xlsx", NULL);
    add_children(10);
    const int64_t before = steps_of_history(&child);
    add_children(190);
    assert_in_range(steps_of_history(&child), 1, before + TAIL_STEPS);
}

static void the_day_of_a_value_is_found_without_reading_the_log(void **state)
{
    (void)state;
    const struct ga_uuid child = school_session_add(&school, "child", NULL, "name=侯乐英", "guardian_kind=none", NULL);
    struct ga_store *store = school.session->store;
    struct ga_date day;
    int64_t no, steps[2];
    assert_int_equal(ga_store_file_no(store, &child, &no, NULL), GA_OK);
    for (int i = 0; i < 2; i++) {
        sql_steps_begin(ga_store_db(store));
        assert_int_equal(ga_store_said_on(store, no, "guardian_kind", &day, NULL), GA_OK);
        steps[i] = sql_steps_end(ga_store_db(store));
        assert_string_equal(GA_DATE_ISO(day), "2026-11-23");
        add_children(190);
    }
    assert_in_range(steps[1], 1, steps[0] + TAIL_STEPS);
    assert_int_equal(ga_store_said_on(store, no, "village", &day, NULL), GA_OK);
    assert_int_equal(day.year, 0);
}

/* In one save, as an import; the ids into `children` if there is room for them. */
static void import_children(int count, struct ga_uuid *children)
{
    struct ga_store *store = school.session->store;
    struct ga_save *save;
    assert_int_equal(ga_save_begin(store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers answers;
        ga_answers_init(&answers, ga_forms_get(ga_store_forms(store), "child", NULL));
        const struct ga_value name = ga_value_text("侯冬凤");
        ga_answers_set(&answers, ga_form_field(answers.form, "name"), &name);
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &answers}, NULL, NULL), GA_OK);
        if (children != NULL)
            children[i] = answers.id;
        ga_answers_finish(&answers);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static int64_t steps_of_undo_plan(const struct ga_uuid *made, size_t hanging)
{
    struct ga_store *store = school.session->store;
    struct ga_undo_options options = {0};
    struct ga_undo *undo;
    size_t count;
    assert_int_equal(ga_store_reach_made(store, made, &options.reach, NULL), GA_OK);
    sql_steps_begin(ga_store_db(store));
    assert_int_equal(ga_undo_plan(store, &options, &undo, NULL), GA_OK);
    const int64_t steps = sql_steps_end(ga_store_db(store));
    ga_undo_findings(undo, &count);
    assert_int_equal(count, hanging);
    ga_undo_destroy(undo);
    return steps;
}

/* Which records are the import's, which operation brought what hangs on them: neither is a reason to read all there are. */
static void what_hangs_on_an_import_is_found_without_reading_the_log(void **state)
{
    (void)state;
    enum { HANGING = 24, MORE = 1500 };
    struct ga_uuid children[HANGING];
    import_children(HANGING, children);
    for (int i = 0; i < HANGING; i++)
        school_session_add(&school, "living_care", &children[i], "kind=meals", "what=早餐", NULL);
    const int64_t before = steps_of_undo_plan(&children[0], HANGING);
    import_children(MORE, NULL);
    assert_in_range(steps_of_undo_plan(&children[0], HANGING), 1, before + MORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_a_value_came_by_is_found_without_reading_the_log),
        cmocka_unit_test(the_day_of_a_value_is_found_without_reading_the_log),
        cmocka_unit_test(what_hangs_on_an_import_is_found_without_reading_the_log),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
