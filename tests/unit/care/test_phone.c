/* A phone's health is told from the calls that were written down. */
#include "guanai/care/phone.h"
#include "guanai/base/str.h"
#include "guanai/store/number.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_arena arena;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    ga_arena_init(&office.arena);
    school_session_start(&office.school, NULL);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    school_session_stop(&office->school);
    ga_arena_finish(&office->arena);
    return 0;
}

static struct ga_uuid add_child(struct office *office)
{
    return school_session_add(&office->school, "child", NULL, "name=彭英俊", "grade=g3", "class=2", "father_name=彭大山",
                              "father_phone=13800000001", "mother_phone=13800000002", "guardian_name=彭奶奶",
                              "guardian_phone=13800000001", "contact_via=村口小卖部 13800000009", NULL);
}

static void add_call(struct office *office, const struct ga_uuid *child, const char *day, const char *whom,
                     const char *outcome, const char *number)
{
    struct ga_arena *arena = &office->arena;
    school_session_add(&office->school, "parent_call", child, ga_arena_printf(arena, "called_on=%s", day),
                       ga_arena_printf(arena, "whom=%s", whom), ga_arena_printf(arena, "outcome=%s", outcome),
                       ga_arena_printf(arena, "number=%s", number), "caller=周老师", "topics=study", NULL);
}

static struct ga_phones read(struct office *office, const struct ga_uuid *child)
{
    struct ga_phones phones;
    int64_t no;
    struct ga_store *store = office->school.session->store;
    assert_int_equal(ga_store_child_no(store, child, &no, NULL), GA_OK);
    assert_int_equal(ga_phones_of(store, no, &office->arena, &phones, NULL), GA_OK);
    return phones;
}

static const char *said(struct office *office, const struct ga_phone *phone)
{
    struct ga_str text = {0};
    ga_phone_owner_text(phone, GA_ZH, &text);
    ga_str_add(&text, ": ");
    ga_phone_text(phone, GA_ZH, &text);
    const char *copy = ga_arena_strdup(&office->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return copy;
}

static void one_number_of_two_people_is_one_line(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = add_child(office);
    const struct ga_phones phones = read(office, &child);
    assert_int_equal(phones.count, 2);
    assert_string_equal(said(office, &phones.items[0]), "父亲、监护人 · 彭大山: 还没打过");
    assert_string_equal(said(office, &phones.items[1]), "母亲: 还没打过");
    assert_string_equal(phones.via, "村口小卖部 13800000009");
}

static void tries_count_from_the_last_time_it_answered(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = add_child(office);
    add_call(office, &child, "2026-11-20", "father", "cut", "13800000001"); /* typed before the older ones */
    add_call(office, &child, "2026-11-01", "father", "no_answer", "13800000001");
    add_call(office, &child, "2026-11-03", "guardian", "reached", "13800000001");
    add_call(office, &child, "2026-11-10", "both", "busy", ""); /* 父母: the father's */
    const struct ga_phones phones = read(office, &child);
    assert_string_equal(said(office, &phones.items[0]), "父亲、监护人 · 彭大山: 11月3日打通，后 2 次不通");
    assert_string_equal(phones.items[0].outcome, "cut");
    assert_int_equal(phones.items[1].tries, 0);
    assert_int_equal(phones.tries, 2);
    assert_int_equal(ga_phones_instead(&phones, 0), 1);
    assert_int_equal(ga_phones_instead(&phones, 1), -1);
}

/* A number that fails as often is no better, even if it answered once. */
static void of_two_that_fail_alike_neither_is_rung_instead(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = add_child(office);
    add_call(office, &child, "2026-11-01", "father", "reached", "13800000001");
    add_call(office, &child, "2026-11-02", "mother", "reached", "13800000002");
    add_call(office, &child, "2026-11-10", "father", "no_answer", "13800000001");
    add_call(office, &child, "2026-11-11", "mother", "no_answer", "13800000002");
    struct ga_phones phones = read(office, &child);
    assert_int_equal(ga_phones_instead(&phones, 0), -1);
    assert_int_equal(ga_phones_instead(&phones, 1), -1);
    add_call(office, &child, "2026-11-12", "father", "no_answer", "13800000001");
    phones = read(office, &child);
    assert_int_equal(ga_phones_instead(&phones, 0), 1);
    assert_int_equal(ga_phones_instead(&phones, 1), -1);
}

static void a_new_number_begins_anew_and_a_visit_at_school_rings_nothing(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = add_child(office);
    add_call(office, &child, "2026-11-01", "mother", "wrong", "13700000000"); /* her old one */
    school_session_add(&office->school, "parent_call", &child, "called_on=2026-11-02", "whom=mother", "outcome=reached",
                       "channel=at_school", "caller=周老师", "topics=study", NULL);
    const struct ga_phones phones = read(office, &child);
    assert_string_equal(said(office, &phones.items[1]), "母亲: 还没打过");
    assert_int_equal(phones.tries, 0);
    assert_string_equal(GA_DATE_ISO(phones.reached_on), "2026-11-02");
}

static void failed_numbers_of_a_class_are_listed(void **state)
{
    struct office *office = *state;
    const struct ga_uuid failing = add_child(office);
    const struct ga_phones_ask ask = {.grade = "g3", .class_no = "2", .min_tries = 1}, other = {.grade = "g4", .min_tries = 1};
    struct ga_phones *list;
    size_t count = 0;
    school_session_add(&office->school, "child", NULL, "name=安一", "grade=g3", "class=2", "father_phone=13800000005", NULL);
    add_call(office, &failing, "2026-11-20", "mother", "cut", "13800000002");
    struct ga_store *store = office->school.session->store;
    assert_int_equal(ga_phones_list(store, &ask, &office->arena, &list, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(said(office, &list[0].items[1]), "母亲: 1 次都不通");
    assert_int_equal(ga_phones_list(store, &other, &office->arena, &list, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_number_of_two_people_is_one_line, start, stop),
        cmocka_unit_test_setup_teardown(tries_count_from_the_last_time_it_answered, start, stop),
        cmocka_unit_test_setup_teardown(of_two_that_fail_alike_neither_is_rung_instead, start, stop),
        cmocka_unit_test_setup_teardown(a_new_number_begins_anew_and_a_visit_at_school_rings_nothing, start, stop),
        cmocka_unit_test_setup_teardown(failed_numbers_of_a_class_are_listed, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
