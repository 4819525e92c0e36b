/* A township's roster becomes an archive. */
#include "office.h"

#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROSTERS "tests/data/rosters/"

static struct office office;

static int start(void **state)
{
    (void)state;
    office_start(&office);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    office_stop(&office);
    return 0;
}

static void assert_tally(struct tally tally, size_t new, size_t fills, size_t changes, size_t same, size_t refused)
{
    const size_t wanted[] = {new, fills, changes, same, refused};
    for (int v = 0; v < GA_VERDICT_COUNT; v++)
        if (tally.verdicts[v] != wanted[v])
            print_error("new %zu, fills %zu, changes %zu, same %zu, refused %zu of %zu\n", tally.verdicts[0],
                        tally.verdicts[1], tally.verdicts[2], tally.verdicts[3], tally.verdicts[4], tally.rows);
    for (int v = 0; v < GA_VERDICT_COUNT; v++)
        assert_int_equal(tally.verdicts[v], wanted[v]);
    assert_int_equal(tally.rows, new + fills + changes + same + refused);
}

static void assert_archive(int64_t children, int64_t left_behind)
{
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), children);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE marked_left_behind = 1"), left_behind);
}

/* What a clerk does after a few calls: the last digit, the sex, put right by the oracle's own arithmetic. */
static const char *mended_file(const char *rejects)
{
    const char *path = office_path(&office, "mended.csv");
    char command[512];
    snprintf(command, sizeof(command), "python3 tests/oracle/import_mend.py '%s' '%s'", rejects, path);
    assert_int_equal(system(command), 0);
    return path;
}

static void the_township_is_stored_mended_and_whole(const char *roster)
{
    const char *rejects = office_path(&office, "rejects.csv");
    assert_tally(office_import(&office, "child", roster, GA_IMPORT_FILL, rejects), 694, 0, 0, 4, 6);
    assert_archive(694, 324);
    assert_tally(office_import(&office, "child", roster, GA_IMPORT_FILL, NULL), 0, 0, 0, 698, 6);
    assert_tally(office_import(&office, "child", mended_file(rejects), GA_IMPORT_FILL, NULL), 6, 0, 0, 0, 0);
    assert_archive(700, 329);
    assert_tally(office_import(&office, "child", mended_file(rejects), GA_IMPORT_FILL, NULL), 0, 0, 0, 6, 0);
}

static void the_csv_gives_the_archive(void **state)
{
    (void)state;
    the_township_is_stored_mended_and_whole(ROSTERS "township-700.csv");
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE absence_kind = 'unguarded' AND"
                                           " guardian_kind IS NOT 'none'"), 0);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE absence_kind = 'unguarded'"), 10);
    assert_int_equal(office_count(&office, "SELECT count(DISTINCT card_no) FROM v_child"), 700);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE name GLOB '* *' OR name GLOB '*\u3000*'"), 0);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE length(birth_date) IS NOT 10"), 0);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE guardian_phone GLOB '*[^0-9]*'"), 0);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE hamlet IS NULL OR site IS NOT 'main'"), 0);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE class NOT IN ('1','2')"), 0);
}

static void the_workbook_gives_the_same_archive(void **state)
{
    (void)state;
    the_township_is_stored_mended_and_whole(ROSTERS "township-700.xlsx");
}

static void visits_find_their_children(void **state)
{
    (void)state;
    const char *rejects = office_path(&office, "rejects.csv");
    office_import(&office, "child", ROSTERS "township-700.csv", GA_IMPORT_FILL, rejects);
    office_import(&office, "child", mended_file(rejects), GA_IMPORT_FILL, NULL);
    struct tally tally = office_import(&office, "home_visit", ROSTERS "township-700-visits.csv", GA_IMPORT_FILL, NULL);
    assert_int_equal(tally.verdicts[GA_VERDICT_REFUSED], 0);
    assert_int_equal(tally.rows, 330);
    assert_tally(tally, 330, 0, 0, 0, 0);
    assert_int_equal(tally.gaps, 330); /* 家中情况 */
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_home_visit WHERE outcome = 'met'"), 330);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_home_visit WHERE visitor IS NULL OR phase IS NULL"), 0);
    tally = office_import(&office, "home_visit", ROSTERS "township-700-visits.csv", GA_IMPORT_FILL, NULL);
    assert_tally(tally, 0, 0, 0, 330, 0);
}

static void a_class_in_gb18030_is_taken(void **state)
{
    (void)state;
    assert_tally(office_import(&office, "child", ROSTERS "class-28-gb18030.csv", GA_IMPORT_FILL, NULL), 28, 0, 0, 0, 0);
    assert_archive(28, 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_class_in_gb18030_is_taken, start, stop),
        cmocka_unit_test_setup_teardown(the_csv_gives_the_archive, start, stop),
        cmocka_unit_test_setup_teardown(the_workbook_gives_the_same_archive, start, stop),
        cmocka_unit_test_setup_teardown(visits_find_their_children, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
