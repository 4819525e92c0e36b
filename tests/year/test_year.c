/* On every day of a school's year every list, page, count, print says the same (year_look.h says what that is). */
#include "year_look.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* usage: test_year GUANAI [every-nth day [seed]]. Every day is lived, every n-th is looked at from everywhere. */
static const char *program;
static int every_nth = 1;
static uint64_t seed = 20260901;

enum { COMMANDS_EVERY = 13, ANEW_EVERY = 9, FOLLOW_EVERY = 4 };

/* From August on July is of the school year that is over: its sheets have the classes of then, the list of all those of now. */
static void look_at(struct year_school *year)
{
    struct year_look look;
    const int32_t number = (ga_date_to_days(year->today) - ga_date_to_days(YEAR_FIRST)) / every_nth;
    const struct ga_date before = ga_date_add_months(year->today, -1);
    const bool is_turn = number % 2 == 0 || year->today.month == 8;
    const struct ga_date month = is_turn || ga_date_compare(before, YEAR_FIRST) < 0 ? year->today : before;
    year_look_start(&look, year);
    year_lists_agree(&look);
    year_checklists_agree(&look, month);
    year_calendars_agree(&look, is_turn ? ga_days_of_month(look.today) : (struct ga_days){look.today, ga_date_add_days(look.today, 6)});
    year_first_pages_agree(&look);
    year_sheets_agree(&look);
    year_people_agree(&look);
    year_boards_agree(&look, month);
    if (number % ANEW_EVERY == 0)
        year_anew_agrees(&look);
    year_look_finish(&look);
    if (every_nth > 1 || number % COMMANDS_EVERY == 0)
        year_commands_agree(year, program);
}

static void follow(struct year_school *year)
{
    struct ga_care *care;
    assert_int_equal(ga_session_care(year->school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_care_follow(care, NULL), GA_OK);
}

/* What is rare happened, too. */
static void all_was_there(const struct year_school *year)
{
    const struct year_seen *seen = &year->seen;
    print_message("# excused after the pause %lld, others stood in %lld, of one class %lld, the central school signs %lld, sent back %lld,"
                  " mended %lld\n", (long long)seen->of_pause, (long long)seen->stood_in, (long long)seen->of_one_class,
                  (long long)seen->central_signs, (long long)seen->to_mend, (long long)seen->mended);
    assert_true(seen->of_pause > 0 && seen->stood_in > 0 && seen->of_one_class > 0 && seen->central_signs > 0);
    assert_true(seen->to_mend > 0 && seen->mended > 0);
}

static void all_say_the_same_on_every_day(void **state)
{
    struct year_school year;
    int number = 0;
    (void)state;
    year_school_start(&year, seed);
    for (struct ga_date day = YEAR_FIRST; ga_date_compare(day, YEAR_LAST) <= 0; day = ga_date_add_days(day, 1)) {
        year_school_live(&year, day);
        const bool is_last = ga_date_compare(day, YEAR_LAST) == 0; /* after the turn of the year */
        if (number++ % every_nth == 0 || is_last)
            look_at(&year);
        else if (number % FOLLOW_EVERY == 0)
            follow(&year);
    }
    print_message("# %lld acts, %lld refused, %zu children\n", (long long)year.saved, (long long)year.refused, year.children_count);
    assert_true(year.saved > 1000);
    assert_true(year.refused * 20 < year.saved); /* the school does what it seems to do */
    all_was_there(&year);
    year_school_stop(&year);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_say_the_same_on_every_day)};
    if (argc < 2)
        return 2;
    program = argv[1];
    if (argc > 2)
        every_nth = atoi(argv[2]);
    if (argc > 3)
        seed = strtoull(argv[3], NULL, 10);
    return cmocka_run_group_tests_name("year", tests, NULL, NULL);
}
