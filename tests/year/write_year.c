/* Writes a school's year, leaves a copy of its data folder as it stood on some days: for oracles in another language. */
#include "year_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int folders_count;
static char **folders;

/* FOLDER/2026-11-23 for each of the days. */
static void leave_copies(void **state)
{
    struct year_school year;
    (void)state;
    year_school_start(&year, 20260901);
    for (struct ga_date day = YEAR_FIRST; ga_date_compare(day, YEAR_LAST) <= 0; day = ga_date_add_days(day, 1)) {
        year_school_live(&year, day);
        for (int i = 1; i < folders_count; i++) {
            char command[400];
            if (strcmp(folders[i], GA_DATE_ISO(day)) != 0)
                continue;
            year_school_close(&year);
            snprintf(command, sizeof(command), "cp -a '%s' '%s/%s'", year.school.options.data, folders[0], folders[i]);
            assert_int_equal(system(command), 0);
            year_school_open(&year);
        }
    }
    year_school_stop(&year);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(leave_copies)};
    folders_count = argc - 1;
    folders = argv + 1;
    return argc < 3 ? 2 : cmocka_run_group_tests_name("write_year", tests, NULL, NULL);
}
