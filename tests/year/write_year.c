/* Writes a school's year, leaves a copy of its data folder as it stood on some days: for oracles in another language. */
#include "year_school.h"

#include "guanai/app/send_back.h"
#include "guanai/base/alloc.h"

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

/* FOLDER/2026-11-23.sent.json: of everybody what the first page counts as sent back; what the headteacher's list says. */
static void write_sent_back(struct year_school *year, const char *folder, const char *day)
{
    struct ga_arena arena = {0};
    struct ga_sent_back *items;
    struct ga_sent_back_counts counts;
    char path[300], id[GA_UUID_TEXT_SIZE];
    size_t count = 0;
    snprintf(path, sizeof(path), "%s/%s.sent.json", folder, day);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fprintf(out, "{\"counts\": {");
    for (size_t i = YEAR_TEACHERS; i > 0; i--) {
        ga_session_set_user(year->school.session, year_teachers[i - 1], NULL);
        assert_int_equal(ga_sent_back_count(year->school.session, &arena, &counts, NULL), GA_OK);
        fprintf(out, "\"%s\": [%d, %d, %d, %d]%s", year_teachers[i - 1], (int)counts.mine, (int)counts.open, (int)counts.mended,
                (int)counts.to_look_at, i > 1 ? ", " : "}, \"list\": {");
    }
    assert_int_equal(ga_sent_back_list(year->school.session, &arena, &items, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s\"%s\": %s", i > 0 ? ", " : "", ga_uuid_text(&items[i].id, id), items[i].is_mended ? "true" : "false");
    fprintf(out, "}}\n");
    fclose(out);
    ga_arena_finish(&arena);
}

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
            write_sent_back(&year, folders[0], folders[i]);
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
