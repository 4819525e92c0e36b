/* Linked files are one child wherever children are counted, listed, found; parted they are two again. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "guanai/store/search.h"
#include "guanai/store/view.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static struct ga_uuid add_child(const char *name)
{
    school.now_ms += 1000; /* so that files rise in the order they are made in */
    return school_add_child(&school, name);
}

static void link_them(const struct ga_uuid *a, const struct ga_uuid *b)
{
    assert_int_equal(ga_same_say(school.store, a, b, GA_SAME_LINKED, "同一身份证", NULL), GA_OK);
}

static void part_them(const struct ga_uuid *a, const struct ga_uuid *b)
{
    assert_int_equal(ga_same_say(school.store, a, b, GA_SAME_DIFFERENT, NULL, NULL), GA_OK);
}

static bool leads(const struct ga_uuid *main, const struct ga_uuid *file)
{
    struct ga_uuid found;
    assert_int_equal(ga_same_main(school.store, file, &found, NULL), GA_OK);
    return ga_uuid_compare(&found, main) == 0;
}

static int64_t children_here(void)
{
    struct ga_roster_class totals;
    assert_int_equal(ga_store_totals(school.store, &totals, NULL), GA_OK);
    return totals.children;
}

static int64_t ask(const char *sql)
{
    int64_t value = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &value, NULL), GA_OK);
    return value;
}

static size_t faults_of_rebuild(void)
{
    struct ga_problems problems;
    char buf[GA_MESSAGE_BYTES];
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("%s\n",
                      ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf, sizeof(buf)));
    const size_t faults = problems.faults;
    ga_problems_finish(&problems);
    return faults;
}

static struct ga_uuid add_record(const char *form, const struct ga_uuid *child, const char *field, const char *typed,
                                 const char *day_field, const char *day)
{
    struct ga_answers answers;
    ga_answers_init(&answers, school_form(&school, form));
    answers.child = *child;
    school_type(&answers, field, typed);
    school_type(&answers, day_field, day);
    const struct ga_save_record record = {.after = &answers};
    assert_int_equal(ga_store_save(school.store, &record, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = answers.id;
    ga_answers_finish(&answers);
    return id;
}

static size_t count_found(const char *typed, struct ga_uuid *ret_first)
{
    const struct ga_search_options options = {.limit = 20};
    struct ga_search_hit *hits;
    size_t count = 0;
    assert_int_equal(ga_store_search(school.store, typed, &options, &school.arena, &hits, &count, NULL, NULL), GA_OK);
    if (count > 0)
        *ret_first = hits[0].id;
    return count;
}

static void linked_files_are_one_child_everywhere(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("李子轩"), b = add_child("李梓萱"), c = add_child("王五"), found;
    struct ga_roster_row *rows;
    size_t count;
    link_them(&a, &b);
    assert_true(leads(&a, &b) && leads(&a, &a) && leads(&c, &c));
    assert_int_equal(children_here(), 2);
    const struct ga_roster_filter filter = {.with_left = true};
    assert_int_equal(ga_roster_page_at(school.store, &filter, 0, 10, GA_ZH, &school.arena, &rows, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(count_found("梓萱", &found), 1);
    assert_int_equal(ga_uuid_compare(&found, &a), 0);
    assert_int_equal(count_found("lzx", &found), 1); /* both files match: the child stands once */
    ga_store_view(school.store, school_form(&school, "child"), NULL, NULL);
    assert_int_equal(ask("SELECT count(*) FROM v_child"), 2);
    part_them(&a, &b);
    assert_int_equal(children_here(), 3);
    assert_int_equal(ask("SELECT count(*) FROM v_child"), 3);
    assert_int_equal(count_found("梓萱", &found), 2); /* the other one by its sound, behind */
    assert_int_equal(ga_uuid_compare(&found, &b), 0);
    assert_int_equal(faults_of_rebuild(), 0);
}

static void records_of_linked_files_hang_together(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("李子轩"), b = add_child("李梓萱");
    struct ga_timeline_entry *entries;
    size_t count;
    add_record("status_change", &b, "kind", "returned", "from_on", "2026-10-01");
    add_record("status_change", &a, "kind", "returned", "from_on", "2026-10-02");
    link_them(&a, &b);
    for (int i = 0; i < 2; i++) {
        const struct ga_uuid *asked = i == 0 ? &a : &b;
        assert_int_equal(ga_store_timeline(school.store, asked, 0, 10, &school.arena, &entries, &count, NULL), GA_OK);
        assert_int_equal(count, 3); /* the verdict itself too */
    }
    ga_store_view(school.store, school_form(&school, "status_change"), NULL, NULL);
    assert_int_equal(ask("SELECT count(DISTINCT child) FROM v_status_change"), 1);
    part_them(&b, &a);
    assert_int_equal(ask("SELECT count(DISTINCT child) FROM v_status_change"), 2);
}

static void a_chain_is_one_child_and_falls_apart_where_it_is_cut(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("甲"), b = add_child("乙"), c = add_child("丙");
    struct ga_error err = {0};
    enum ga_same_verdict verdict;
    link_them(&c, &b); /* c leads b */
    link_them(&b, &a); /* b leads a: c leads all */
    assert_true(leads(&c, &a) && leads(&c, &b));
    assert_int_equal(children_here(), 1);
    assert_int_equal(ga_same_verdict(school.store, &a, &c, &verdict, NULL), GA_OK);
    assert_int_equal(verdict, GA_SAME_LINKED);
    assert_int_equal(ga_same_say(school.store, &a, &c, GA_SAME_LINKED, NULL, &err), GA_REFUSED);
    assert_int_equal(ga_same_say(school.store, &a, &c, GA_SAME_DIFFERENT, NULL, &err), GA_REFUSED);
    part_them(&c, &b);
    assert_true(leads(&b, &a) && leads(&c, &c));
    assert_int_equal(children_here(), 2);
}

static void two_leading_files_yield_to_the_one_made_first(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("甲"), b = add_child("乙"), c = add_child("丙");
    link_them(&b, &c);
    link_them(&a, &c); /* refused by nobody: c gets a second leader */
    assert_true(leads(&a, &b) && leads(&a, &c));
}

static void a_verdict_is_an_ordinary_record(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("甲"), b = add_child("乙"), record, again;
    link_them(&b, &a);
    ga_same_record_id(&a, &b, &record);
    ga_same_record_id(&b, &a, &again);
    assert_memory_equal(&record, &again, sizeof(record));
    assert_true(leads(&b, &a));
    assert_string_equal(school_read(&school, "same_child", &record, "because"), "同一身份证");
    school_edit(&school, "same_child", &record, "verdict", "not_same");
    assert_int_equal(children_here(), 2);
    school_edit(&school, "same_child", &record, "verdict", "same");
    assert_true(leads(&a, &b));
    assert_int_equal(children_here(), 1);
}

static void computers_that_disagree_leave_two_children(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("甲"), b = add_child("乙"), record;
    const struct ga_form *form = school_form(&school, "same_child");
    struct ga_answers before, after;
    struct ga_heads *heads;
    enum ga_same_verdict verdict;
    link_them(&a, &b);
    ga_same_record_id(&a, &b, &record);
    assert_int_equal(ga_store_read(school.store, form, &record, &before, &heads, NULL), GA_OK);
    for (int i = 0; i < 2; i++) { /* both replace the first verdict; neither knows of the other */
        ga_answers_copy(&after, &before);
        school_type(&after, "verdict", i == 0 ? "same_other" : "not_same");
        const struct ga_save_record save = {.after = &after, .before = &before, .heads = heads};
        assert_int_equal(ga_store_save(school.store, &save, 0, NULL, NULL), GA_OK);
        ga_answers_finish(&after);
        assert_int_equal(children_here(), i == 0 ? 1 : 2);
    }
    assert_int_equal(ga_same_verdict(school.store, &a, &b, &verdict, NULL), GA_OK);
    assert_int_equal(verdict, GA_SAME_DISPUTED);
    assert_int_equal(faults_of_rebuild(), 0);
    link_them(&a, &b); /* settles it */
    assert_int_equal(children_here(), 1);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
}

static void leaving_is_told_by_the_newest_change_of_any_file(void **state)
{
    (void)state;
    struct ga_uuid old = add_child("李子轩"), young = add_child("李子轩");
    add_record("status_change", &old, "kind", "transfer", "from_on", "2026-03-01");
    assert_int_equal(children_here(), 1);
    link_them(&young, &old); /* came back: the file made anew leads */
    assert_int_equal(children_here(), 1);
    add_record("status_change", &old, "kind", "transfer", "from_on", "2026-11-23");
    assert_int_equal(children_here(), 0); /* written into the other file since */
    ga_store_set_today(school.store, (struct ga_date){2026, 11, 24}, false);
    add_record("status_change", &young, "kind", "returned", "from_on", "2026-11-24");
    assert_int_equal(children_here(), 1);
    assert_int_equal(faults_of_rebuild(), 0);
}

static void dropping_the_forms_tables_leaves_nothing_behind(void **state)
{
    (void)state;
    struct ga_uuid a = add_child("甲"), b = add_child("乙");
    link_them(&b, &a);
    assert_int_equal(ask("SELECT count(*) FROM _same"), 1);
    assert_int_equal(faults_of_rebuild(), 0);
    assert_int_equal(ask("SELECT count(*) FROM _same"), 1);
    assert_true(leads(&b, &a));
    assert_int_equal(children_here(), 1);
    school_edit(&school, "child", &a, "nickname", "石头"); /* an edit of a file behind changes no count */
    assert_int_equal(children_here(), 1);
    assert_int_equal(faults_of_rebuild(), 0);
}

/* The rule again, without tables: every file with all that hang together with it. */
enum { FILES = 7, STEPS = 40, ROUNDS = 8 };

struct model {
    struct ga_uuid files[FILES];
    char said[FILES][FILES]; /* i < k: 0 nothing, 'i' i leads, 'k' k leads, 'n' not the same */
};

static void spread(const struct model *model, size_t from, bool *is_in)
{
    is_in[from] = true;
    for (size_t k = 0; k < FILES; k++) {
        const char said = from < k ? model->said[from][k] : model->said[k][from];
        if (!is_in[k] && k != from && (said == 'i' || said == 'k'))
            spread(model, k, is_in);
    }
}

static bool stands_behind(const struct model *model, size_t file)
{
    for (size_t k = 0; k < FILES; k++)
        if ((file < k && model->said[file][k] == 'k') || (k < file && model->said[k][file] == 'i'))
            return true;
    return false;
}

static size_t main_of(const struct model *model, size_t file)
{
    bool is_in[FILES] = {false};
    spread(model, file, is_in);
    for (size_t i = 0; i < FILES; i++) /* files rise in the order they were made in */
        if (is_in[i] && !stands_behind(model, i))
            return i;
    for (size_t i = 0; i < FILES; i++) /* said in a circle: the oldest */
        if (is_in[i])
            return i;
    return file;
}

static void check_model(const struct model *model)
{
    int64_t children = 0;
    for (size_t i = 0; i < FILES; i++) {
        const size_t main = main_of(model, i);
        children += main == i;
        assert_true(leads(&model->files[main], &model->files[i]));
    }
    assert_int_equal(children_here(), children);
}

static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static void step(struct model *model, uint64_t *seed)
{
    const size_t a = draw(seed) % FILES, b = (a + 1 + draw(seed) % (FILES - 1)) % FILES;
    const size_t i = a < b ? a : b, k = a < b ? b : a;
    const bool is_link = draw(seed) % 3 != 0;
    const enum ga_same_verdict wish = is_link ? GA_SAME_LINKED : GA_SAME_DIFFERENT;
    struct model next = *model;
    next.said[i][k] = is_link ? (a == i ? 'i' : 'k') : 'n';
    const bool are = main_of(model, i) == main_of(model, k), stay = main_of(&next, i) == main_of(&next, k);
    const bool is_refused = is_link ? are : model->said[i][k] == 'n' || stay;
    const enum ga_rc rc = ga_same_say(school.store, &model->files[a], &model->files[b], wish, NULL, NULL);
    assert_int_equal(rc, is_refused ? GA_REFUSED : GA_OK);
    if (!is_refused)
        *model = next;
}

static void any_order_of_verdicts_gives_what_they_say_together(void **state)
{
    (void)state;
    for (uint64_t round = 0, seed = 20261122; round < ROUNDS; round++) {
        struct model model = {0};
        school_stop(&school);
        school_start(&school);
        for (size_t i = 0; i < FILES; i++)
            model.files[i] = add_child("李子轩");
        for (size_t i = 0; i < STEPS; i++) {
            step(&model, &seed);
            check_model(&model);
        }
        assert_int_equal(faults_of_rebuild(), 0);
        check_model(&model);
    }
}

/* The same verdicts written in another order, before the files themselves are there. */
static void verdicts_may_come_before_the_files(void **state)
{
    (void)state;
    struct ga_answers child, verdict;
    struct ga_uuid a = add_child("甲"), b = {{0x01, 0x99, [6] = 0x70, [8] = 0x80, [15] = 7}};
    char other[GA_UUID_TEXT_SIZE];
    ga_answers_init(&verdict, school_form(&school, "same_child"));
    ga_same_record_id(&a, &b, &verdict.id);
    verdict.child = b;
    school_type(&verdict, "verdict", "same");
    const struct ga_value text = ga_value_text(ga_uuid_text(&a, other));
    ga_answers_set(&verdict, ga_form_field(verdict.form, "other"), &text);
    const struct ga_save_record early = {.after = &verdict};
    assert_int_equal(ga_store_save(school.store, &early, 0, NULL, NULL), GA_OK);
    assert_int_equal(children_here(), 1); /* who is not here leads nobody */
    assert_true(leads(&a, &a));
    ga_answers_init(&child, school_form(&school, "child"));
    child.id = b;
    school_type(&child, "name", "乙");
    const struct ga_save_record late = {.after = &child};
    assert_int_equal(ga_store_save(school.store, &late, 0, NULL, NULL), GA_OK);
    assert_int_equal(children_here(), 1);
    assert_true(leads(&b, &a));
    assert_int_equal(faults_of_rebuild(), 0);
    ga_answers_finish(&child);
    ga_answers_finish(&verdict);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(linked_files_are_one_child_everywhere, start, stop),
        cmocka_unit_test_setup_teardown(records_of_linked_files_hang_together, start, stop),
        cmocka_unit_test_setup_teardown(a_chain_is_one_child_and_falls_apart_where_it_is_cut, start, stop),
        cmocka_unit_test_setup_teardown(two_leading_files_yield_to_the_one_made_first, start, stop),
        cmocka_unit_test_setup_teardown(a_verdict_is_an_ordinary_record, start, stop),
        cmocka_unit_test_setup_teardown(computers_that_disagree_leave_two_children, start, stop),
        cmocka_unit_test_setup_teardown(leaving_is_told_by_the_newest_change_of_any_file, start, stop),
        cmocka_unit_test_setup_teardown(dropping_the_forms_tables_leaves_nothing_behind, start, stop),
        cmocka_unit_test_setup_teardown(verdicts_may_come_before_the_files, start, stop),
        cmocka_unit_test_setup_teardown(any_order_of_verdicts_gives_what_they_say_together, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
