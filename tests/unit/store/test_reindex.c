/* What finds, sorts, counts children keeps step with the lists, forms, tables of sounds it is made by. */
#include "index/index_delta.h"
#include "index/index_page.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/store/check.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "guanai/store/search.h"
#include "township.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROSTER "tests/data/rosters/township-700.csv"

static struct school school;
static char forms[64];

__attribute__((format(printf, 1, 2))) static void run(const char *format, ...)
{
    char command[600];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof(command), format, args);
    va_end(args);
    assert_int_equal(system(command), 0);
}

static int start(void **state)
{
    (void)state;
    size_t count;
    strcpy(forms, "/tmp/guanai-forms-XXXXXX");
    assert_non_null(mkdtemp(forms));
    run("cp -r '%s'/* '%s'", FORMS_FOLDER, forms);
    school_prepare(&school, (struct school_base){0});
    school.forms = forms;
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    township_fill(&school, ROSTER, 1, &count);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    run("rm -rf '%s'", forms);
    return 0;
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &answer, NULL), GA_OK);
    return answer;
}

static void exec(const char *sql)
{
    assert_int_equal(ga_db_exec(ga_store_db(school.store), sql, NULL), GA_OK);
}

static void assert_sound(void)
{
    struct ga_problems problems;
    char buf[GA_MESSAGE_BYTES];
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf,
                                                sizeof(buf)));
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

static const char *grade_of_the_first(void)
{
    struct ga_roster_row *rows;
    size_t count;
    const struct ga_roster_filter all = {0};
    assert_int_equal(ga_roster_page_at(school.store, &all, 0, 1, GA_ZH, &school.arena, &rows, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    return rows[0].grade;
}

static void classes_follow_a_changed_order_of_grades(void **state)
{
    (void)state;
    const char *last = grade_of_the_first();
    run("sed -i -e '/^choices:/q' '%s/lists/grade.yaml' && grep '  - {code' '%s/lists/grade.yaml' | tac >> '%s/lists/grade.yaml'",
        forms, FORMS_FOLDER, forms);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_not_equal(grade_of_the_first(), last);
    school_add_child(&school, "赵新");
    assert_sound();
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_not_equal(grade_of_the_first(), last);
    assert_sound();
}

static void a_grade_left_out_of_the_list_goes_to_the_end(void **state)
{
    (void)state;
    const char *first = grade_of_the_first();
    run("sed -i -e '/code: %s,/d' '%s/lists/grade.yaml'", first, forms);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_equal(grade_of_the_first(), first); /* pupils are in it: the list waits for an administrator */
    assert_int_equal(ga_store_confirm_forms(school.store, GA_FOLDER(forms), "", &school.problems, NULL), GA_OK);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_not_equal(grade_of_the_first(), first);
    assert_sound();
}

/* A label leaves the order as it is: nothing is written but the list. */
static void another_label_of_a_grade_changes_no_row(void **state)
{
    (void)state;
    exec("UPDATE _roster SET flags = flags + 1024 WHERE no = 1");
    run("sed -i -e 's/Grade 1}/First grade}/' '%s/lists/grade.yaml'", forms);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("SELECT count(*) FROM _roster WHERE flags & 1024"), 1);
}

static size_t find(const char *typed)
{
    struct ga_search_hit *hits;
    size_t count;
    bool has_more;
    const struct ga_search_options options = {.limit = 5, .lang = GA_ZH};
    assert_int_equal(ga_store_search(school.store, typed, &options, &school.arena, &hits, &count, &has_more, NULL), GA_OK);
    return count;
}

/* Nobody who may see the roster may find by it, nor read it there. */
static void a_field_made_restricted_leaves_the_roster(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "赵新");
    school_edit(&school, "child", &id, "village", "只此一村");
    assert_true(find("只此一村") > 0);
    run("sed -i -e 's/^version: .*/version: 90/' -e 's/name: village, type: text,/name: village, type: text, protect: restricted,/'"
        " '%s/child.yaml'", forms);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(school_form(&school, "child")->version, 90);
    struct ga_roster_row row;
    assert_int_equal(ga_roster_row(school.store, &id, GA_ZH, &school.arena, &row, NULL), GA_OK);
    assert_string_equal(row.village, "");
    assert_int_equal(find("只此一村"), 0);
    assert_sound();
}

/* How many keys there are, wherever they wait; appends a line each to `lines`. */
static int64_t keys_placed(struct ga_str *lines)
{
    struct ga_index_cursor cursor;
    const struct ga_index_entry *entry = &cursor.page.entry;
    int64_t count = 0;
    bool has = true;
    exec("BEGIN");
    assert_int_equal(ga_delta_merge(school.store, NULL), GA_OK);
    exec("COMMIT");
    assert_int_equal(ga_index_cursor_seek(&cursor, school.store, (const uint8_t *)"", 0, NULL), GA_OK);
    while (ga_index_cursor_next(&cursor, &has, NULL) == GA_OK && has) {
        count++;
        for (size_t i = 0; lines != NULL && i < entry->key.len; i++)
            ga_str_addf(lines, "%02X", entry->key.bytes[i]);
        if (lines != NULL)
            ga_str_addf(lines, "%lld\n", (long long)entry->no);
    }
    return count;
}

/* As a program with newer tables of sounds finds the folder. */
static void keys_of_another_edition_are_made_anew(void **state)
{
    (void)state;
    const int64_t keys = keys_placed(NULL);
    exec("UPDATE setting SET value = 'of another time' WHERE name = 'index.edition';"
         "UPDATE _roster SET sort = CAST('x' || no AS BLOB); DELETE FROM _search; UPDATE _tally SET children = 3;"
         "UPDATE _count SET records = 9; DELETE FROM _presence");
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(keys_placed(NULL), keys);
    assert_sound();
    exec("DELETE FROM setting WHERE name = 'index.edition'; DELETE FROM _search"); /* from before there were editions */
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(keys_placed(NULL), keys);
    assert_sound();
}

static void change_status_on(const struct ga_uuid *child, const char *kind, struct ga_uuid id, const char *day)
{
    struct ga_answers change;
    ga_answers_init(&change, school_form(&school, "status_change"));
    change.child = *child;
    change.id = id;
    school_type(&change, "kind", kind);
    school_type(&change, "from_on", day);
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &change}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&change);
}

static void change_status(const struct ga_uuid *child, const char *kind, struct ga_uuid id)
{
    change_status_on(child, kind, id, "2026-11-01");
}

/* Made on two computers, they arrive in one order here, in the other there: both have to say the same. */
static void of_two_changes_of_one_day_the_same_counts_everywhere(void **state)
{
    (void)state;
    const struct ga_uuid early = {{1, 1}}, late = {{1, 2}}, other_early = {{1, 3}}, other_late = {{1, 4}};
    const struct ga_uuid here = school_add_child(&school, "赵新"), there = school_add_child(&school, "钱新");
    change_status(&here, "returned", early);
    change_status(&here, "transfer", late);
    change_status(&there, "transfer", other_late);
    change_status(&there, "returned", other_early);
    assert_int_equal(ask("SELECT count(*) FROM _roster WHERE flags & 16"), 2);
    assert_sound();
}

static void a_child_who_left_stays_so(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "赵新");
    change_status(&id, "transfer", (struct ga_uuid){{0}});
    assert_int_equal(ask("SELECT count(*) FROM _roster WHERE flags & 16"), 1);
    exec("DELETE FROM setting WHERE name LIKE 'index.%'");
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("SELECT count(*) FROM _roster WHERE flags & 16"), 1);
    assert_sound();
}

/* One child with two files is counted once, also after the rows were made anew. */
static void linked_files_stay_one_child(void **state)
{
    (void)state;
    const struct ga_uuid lead = school_add_child(&school, "赵新"), behind = school_add_child(&school, "赵欣");
    assert_int_equal(ga_same_say(school.store, &lead, &behind, GA_SAME_LINKED, NULL, NULL), GA_OK);
    const int64_t children = ask("SELECT children FROM _tally WHERE place = x''");
    run("sed -i -e '/code: g1,/d' '%s/lists/grade.yaml'", forms);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("SELECT children FROM _tally WHERE place = x''"), children);
    assert_int_equal(ask("SELECT count(*) FROM _same"), 1);
    assert_sound();
    exec("DELETE FROM setting WHERE name LIKE 'index.%'; DELETE FROM _same; DELETE FROM _pair");
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("SELECT children FROM _tally WHERE place = x''"), children);
    assert_sound();
}

/* The rule of the newest change holds over both files. */
static void of_two_changes_on_linked_files_the_same_counts_everywhere(void **state)
{
    (void)state;
    const struct ga_uuid early = {{1, 5}}, late = {{1, 6}};
    const struct ga_uuid lead = school_add_child(&school, "赵新"), behind = school_add_child(&school, "赵欣");
    assert_int_equal(ga_same_say(school.store, &lead, &behind, GA_SAME_LINKED, NULL, NULL), GA_OK);
    change_status_on(&lead, "transfer", late, "2026-11-23");
    change_status_on(&lead, "returned", early, "2026-11-23");
    assert_int_equal(ask("SELECT count(*) FROM _roster WHERE flags & 16 AND NOT flags & 32"), 1);
    assert_sound();
}

static void a_usual_start_makes_nothing_anew(void **state)
{
    (void)state;
    exec("UPDATE _roster SET flags = flags + 1024 WHERE no = 1");
    for (int i = 0; i < 2; i++)
        assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("SELECT count(*) FROM _roster WHERE flags & 1024"), 1);
}

static uint64_t print_of(const char *sql)
{
    struct ga_stmt *stmt;
    struct ga_str all = {0};
    bool has_row;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), sql, &stmt, NULL), GA_OK);
    while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        ga_str_addf(&all, "%s\n", ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    const uint64_t print = ga_map_hash(ga_str_text(&all), all.len);
    ga_str_finish(&all);
    return print;
}

/*
 * Other rows for the same answers need another edition, or old folders keep the old ones. When this fails and
 * not only the data files of pinyin have changed: raise GA_INDEX_EDITION, then write down the new print.
 */
static void what_is_derived_belongs_to_its_edition(void **state)
{
    (void)state;
    struct ga_str keys = {0};
    keys_placed(&keys);
    const uint64_t rows = ga_map_hash(ga_str_text(&keys), keys.len) ^
                          print_of("SELECT hex(sort) || flags || coalesce(address, '') FROM _roster JOIN child USING (no) ORDER BY no") ^
                          print_of("SELECT part || hex(bits) FROM _sieve ORDER BY part") ^
                          print_of("SELECT hex(place) || children || left_behind || boarding FROM _tally ORDER BY place");
    print_message("# edition %d: %016llx\n", GA_INDEX_EDITION, (unsigned long long)rows);
    ga_str_finish(&keys);
    assert_int_equal(GA_INDEX_EDITION, 8);
    assert_int_equal(rows, 0x80cf76e45db5e015);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(classes_follow_a_changed_order_of_grades),
        CASE(a_grade_left_out_of_the_list_goes_to_the_end),
        CASE(another_label_of_a_grade_changes_no_row),
        CASE(a_field_made_restricted_leaves_the_roster),
        CASE(keys_of_another_edition_are_made_anew),
        CASE(of_two_changes_of_one_day_the_same_counts_everywhere),
        CASE(a_child_who_left_stays_so),
        CASE(linked_files_stay_one_child),
        CASE(of_two_changes_on_linked_files_the_same_counts_everywhere),
        CASE(a_usual_start_makes_nothing_anew),
        CASE(what_is_derived_belongs_to_its_edition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
