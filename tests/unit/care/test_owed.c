/* Who owes what on a day: as the duties say, for those who are here. */
#include "../../../src/care/due/owed.h"
#include "dice.h"
#include "school_session.h"

#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/store/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_problems problems;
    struct ga_figures *figures;
    struct ga_duties set;
    struct ga_owes *owes;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, NULL);
    ga_problems_init(&office.problems);
    ga_duties_init(&office.set);
    assert_int_equal(ga_session_figures(office.school.session, &office.problems, &office.figures, NULL), GA_OK);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    ga_owes_close(office->owes);
    ga_duties_finish(&office->set);
    ga_problems_finish(&office->problems);
    school_session_stop(&office->school);
    return 0;
}

#define ADD(office, ...) school_session_add(&(office)->school, "child", NULL, __VA_ARGS__, NULL)
#define CHANGE(office, child, ...) school_session_add(&(office)->school, "status_change", (child), __VA_ARGS__, NULL)

/* Bits are in the order they are put in. `often` as in a file: "period: month". */
static void put(struct office *office, const char *when, const char *often)
{
    char text[1000];
    snprintf(text, sizeof(text), "duty: d%zu\nversion: 1\norder: %zu\ntitle: {zh: 样例, en: Sample}\nper: child\nwhen: %s\n"
                                 "%s\ndone_by: {form: talk, day: talked_on}\n",
             office->set.count, office->set.count + 1, when, often);
    assert_int_equal(ga_duties_read_text(&office->set, office->school.session->forms,
                                         ga_figures_definitions(office->figures), "d.yaml", text, strlen(text),
                                         &office->problems),
                     GA_OK);
}

static void open_owes(struct office *office)
{
    struct ga_error err = {0};
    ga_owes_close(office->owes);
    assert_int_equal(ga_owes_open(office->figures, &office->set, &office->owes, &err), GA_OK);
}

struct told {
    size_t day, children;
    int64_t no;
    uint64_t mask, untold;
    struct ga_date event; /* of the last duty */
};

enum { TOLD_MAX = 4000 };

struct all_told {
    struct told items[TOLD_MAX];
    size_t count, duties;
};

static void take(void *ctx, size_t day, const struct ga_owed *owed)
{
    struct all_told *all = ctx;
    assert_true(all->count < TOLD_MAX);
    all->items[all->count++] = (struct told){.day = day, .no = owed->no, .mask = owed->mask, .untold = owed->untold,
                                             .event = owed->events[all->duties - 1]};
}

static struct all_told read_days(struct office *office, int64_t child, const struct ga_date *days, size_t count)
{
    static struct all_told all;
    struct ga_error err = {0};
    all = (struct all_told){.duties = office->set.count};
    assert_int_equal(ga_owes_read(office->owes, child, days, count, take, &all, &err), GA_OK);
    return all;
}

/* What the only child owes on that day; told.children says whether it is there. */
static struct told owed_on(struct office *office, int year, int month, int day)
{
    const struct ga_date on = {(int16_t)year, (int8_t)month, (int8_t)day};
    if (office->owes == NULL)
        open_owes(office);
    struct all_told all = read_days(office, 0, &on, 1);
    assert_true(all.count <= 1);
    all.items[0].children = all.count;
    return all.items[0];
}

static void a_child_owes_what_is_true_of_it(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "marked_left_behind=是", "key_child=是");
    put(office, "who.school", "period: month");
    put(office, "child.key_child = 1 AND who.school", "period: week");
    put(office, "child.boarding = 1", "period: week");
    put(office, "child.grade = 'g2'", "period: week");
    put(office, "'2'", "period: week");
    const struct told told = owed_on(office, 2026, 11, 23);
    assert_int_equal(told.mask, 1 | 2 | 16);
    assert_int_equal(told.untold, 4);
}

static void who_counts_is_asked_of_the_day(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "father_state=外出务工", "father_away_since=2026-10-12", "mother_state=在家");
    put(office, "who.school", "period: month");
    put(office, "who.local", "period: month");
    assert_int_equal(owed_on(office, 2026, 10, 11).mask, 0);
    assert_int_equal(owed_on(office, 2026, 10, 12).mask, 1);
    assert_int_equal(owed_on(office, 2027, 1, 12).mask, 3);
}

static void who_is_not_here_owes_nothing(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = ADD(office, "name=严翔超", "grade=一年级", "marked_left_behind=是", "enrolled_on=2026-9-1");
    CHANGE(office, &child, "kind=转学", "from_on=2026-11-5");
    CHANGE(office, &child, "kind=返乡复学", "from_on=2026-11-20");
    put(office, "who.school", "period: month");
    assert_int_equal(owed_on(office, 2026, 8, 31).children, 0);
    assert_int_equal(owed_on(office, 2026, 9, 1).children, 1);
    assert_int_equal(owed_on(office, 2026, 11, 5).children, 0);
    assert_int_equal(owed_on(office, 2026, 11, 20).children, 1);
}

static void an_event_is_told_with_its_day(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = ADD(office, "name=严翔超", "grade=一年级", "father_away_since=2026-2");
    CHANGE(office, &child, "kind=away", "from_on=2026-11-5", "until_on=2026-11-20");
    put(office, "1", "period: after\ndays: 7\nevent: child.father_away_since");
    assert_int_equal(ga_date_to_days(owed_on(office, 2026, 11, 6).event), ga_date_to_days((struct ga_date){2026, 2, 28}));
    put(office, "1", "period: after\ndays: 7\nevent: changed.away");
    open_owes(office);
    assert_int_equal(owed_on(office, 2026, 11, 4).event.year, 0);
    assert_int_equal(ga_date_to_days(owed_on(office, 2026, 11, 20).event), ga_date_to_days((struct ga_date){2026, 11, 5}));
    assert_int_equal(owed_on(office, 2026, 11, 21).event.year, 0);
}

static void two_files_of_one_child_owe_once(void **state)
{
    struct office *office = *state;
    const struct ga_date day = {2026, 11, 23};
    const struct ga_uuid leading = ADD(office, "name=严翔超", "grade=一年级", "marked_left_behind=是");
    const struct ga_uuid behind = ADD(office, "name=严翔超", "grade=一年级", "marked_left_behind=是");
    CHANGE(office, &behind, "kind=away", "from_on=2026-11-20");
    put(office, "who.school AND changed.away IS NOT NULL", "period: month");
    open_owes(office);
    assert_int_equal(read_days(office, 0, &day, 1).count, 2);
    assert_int_equal(ga_same_say(office->school.session->store, &leading, &behind, GA_SAME_LINKED, NULL, NULL), GA_OK);
    const struct all_told all = read_days(office, 0, &day, 1);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.items[0].mask, 1);
    assert_int_equal(read_days(office, all.items[0].no, &day, 1).items[0].mask, 1);
}

/* A school of random children and changes. */
static void make_school(struct office *office, uint64_t seed, size_t children)
{
    static const char *const kinds[] = {"转学", "返乡复学", "away", "父母返乡", "辍学"};
    uint64_t dice = seed;
    for (size_t i = 0; i < children; i++) {
        char name[40], since[40], from[40];
        snprintf(name, sizeof(name), "name=孩子%zu", i);
        snprintf(since, sizeof(since), "father_away_since=2026-%u-%u", 1 + (unsigned)dice_draw(&dice, 11), 1 + (unsigned)dice_draw(&dice, 28));
        const struct ga_uuid child = ADD(office, name, "grade=一年级", "father_state=外出务工", since);
        for (uint32_t n = dice_draw(&dice, 3); n > 0; n--) {
            char kind[60];
            snprintf(kind, sizeof(kind), "kind=%s", kinds[dice_draw(&dice, GA_COUNT(kinds))]);
            snprintf(from, sizeof(from), "from_on=2026-%u-%u", 1 + (unsigned)dice_draw(&dice, 11), 1 + (unsigned)dice_draw(&dice, 28));
            CHANGE(office, &child, kind, from);
        }
    }
}

static void one_child_is_told_as_among_all(void **state)
{
    struct office *office = *state;
    struct ga_date days[24];
    enum { CHILDREN = 16 };
    make_school(office, 7, CHILDREN);
    put(office, "who.school", "period: month");
    put(office, "who.school AND changed.away IS NULL", "period: month");
    put(office, "1", "period: after\ndays: 7\nevent: ifnull(changed.parents_back, child.father_away_since)");
    open_owes(office);
    for (size_t i = 0; i < GA_COUNT(days); i++)
        days[i] = (struct ga_date){2026, (int8_t)(1 + i / 2), i % 2 == 0 ? 3 : 25};
    const struct all_told all = read_days(office, 0, days, GA_COUNT(days));
    assert_true(all.count > CHILDREN * GA_COUNT(days) / 3);
    size_t seen = 0;
    for (int64_t no = 1; no < 400; no++) {
        const struct all_told one = read_days(office, no, days, GA_COUNT(days));
        for (size_t i = 0, k = 0; i < all.count; i++) {
            if (all.items[i].no != no)
                continue;
            assert_true(k < one.count);
            assert_memory_equal(&all.items[i], &one.items[k], sizeof(struct told));
            k++;
            seen++;
        }
    }
    assert_int_equal(seen, all.count);
}

/* Whether an answer is kept from a day before or asked anew nobody can see. */
static void many_days_are_told_as_each_by_itself(void **state)
{
    struct office *office = *state;
    static struct ga_date days[110];
    static struct all_told whole;
    const struct ga_uuid sixteen = ADD(office, "name=孩子甲", "grade=八年级", "birth_date=2010-10-9", "absence_kind=双方外出");
    ADD(office, "name=孩子乙", "grade=八年级", "birth_date=2010-10", "absence_kind=双方外出", "enrolled_on=2026-9-15");
    ADD(office, "name=孩子丙", "grade=八年级", "birth_date=2008-2-29", "father_state=外出务工", "father_away_since=2026-9");
    ADD(office, "name=孩子丁", "grade=三年级", "birth_date=2017-5-5", "father_state=外出务工", "father_away_since=2026-6-30",
        "mother_state=外出务工", "mother_away_since=2026-10-31");
    CHANGE(office, &sixteen, "kind=away", "from_on=2026-9-10", "until_on=2026-9-20");
    CHANGE(office, &sixteen, "kind=parents_back", "from_on=2026-11-2");
    make_school(office, 11, 6);
    put(office, "who.school", "period: month");
    put(office, "who.civil_affairs", "period: month");
    put(office, "who.local", "period: month");
    put(office, "changed.away IS NOT NULL AND changed.parents_back IS NULL", "period: month");
    put(office, "under( child . birth_date , 16 ) AND begun(child.father_away_since, 2)", "period: month");
    put(office, "1", "period: after\ndays: 7\nevent: changed.away");
    for (size_t i = 0; i < GA_COUNT(days); i++)
        days[i] = ga_date_add_days((struct ga_date){2026, 8, 25}, (int32_t)i);
    open_owes(office);
    whole = read_days(office, 0, days, GA_COUNT(days));
    size_t at = 0;
    uint64_t seen = 0;
    for (size_t i = 0; i < GA_COUNT(days); i++) {
        const struct all_told alone = read_days(office, 0, &days[i], 1);
        for (size_t k = 0; k < alone.count; k++, at++) {
            struct told told = alone.items[k];
            told.day = i;
            assert_memory_equal(&told, &whole.items[at], sizeof(told));
            seen |= told.mask;
        }
    }
    assert_int_equal(at, whole.count);
    assert_int_equal(seen, 63);
}

/* What hangs on the day in a way of its own is asked every day. */
static void the_day_itself_may_be_asked_for(void **state)
{
    struct office *office = *state;
    const struct ga_date days[] = {{2026, 11, 22}, {2026, 11, 23}, {2026, 11, 24}};
    ADD(office, "name=孩子甲", "grade=八年级");
    put(office, "day() = '2026-11-23'", "period: month");
    put(office, "begun(ifnull(child.father_away_since, '2026-11-23'))", "period: month");
    open_owes(office);
    const struct all_told all = read_days(office, 0, days, GA_COUNT(days));
    assert_int_equal(all.count, 3);
    assert_int_equal(all.items[0].mask, 0);
    assert_int_equal(all.items[1].mask, 3);
    assert_int_equal(all.items[2].mask, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_child_owes_what_is_true_of_it),
        TEST(who_counts_is_asked_of_the_day),
        TEST(who_is_not_here_owes_nothing),
        TEST(an_event_is_told_with_its_day),
        TEST(two_files_of_one_child_owe_once),
        TEST(one_child_is_told_as_among_all),
        TEST(many_days_are_told_as_each_by_itself),
        TEST(the_day_itself_may_be_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
