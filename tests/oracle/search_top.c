/* Answers queries over a school of given names: prints, for each line "QUERY\tNAME", at which place NAME is found. */
#include "guanai/store/search.h"
#include "guanai/text/pinyin.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINE_BYTES = 1024, USUAL = GA_FUZZY_N_L | GA_FUZZY_Z_ZH | GA_FUZZY_C_CH | GA_FUZZY_S_SH | GA_FUZZY_EN_ENG | GA_FUZZY_IN_ING };

static bool next_line(char line[LINE_BYTES])
{
    if (fgets(line, LINE_BYTES, stdin) == NULL)
        return false;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

/* All in one save; "name\tnickname\tformer name" a line, up to an empty one. */
static void add_children(struct school *school)
{
    char line[LINE_BYTES];
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    while (next_line(line) && line[0] != '\0') {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        static const char *const fields[] = {"name", "nickname", "former_name"};
        char *rest = line;
        for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
            const char *typed = strsep(&rest, "\t");
            assert_non_null(typed);
            if (typed[0] != '\0')
                school_type(&child, fields[i], typed);
        }
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static size_t place_of(struct school *school, const char *query, const char *name)
{
    const struct ga_search_options options = {.limit = 20, .fuzzy = USUAL};
    struct ga_arena arena = {0};
    struct ga_search_hit *hits;
    size_t count, place = 0;
    assert_int_equal(ga_store_search(school->store, query, &options, &arena, &hits, &count, NULL, NULL), GA_OK);
    for (size_t i = 0; i < count && place == 0; i++)
        place = strcmp(hits[i].name, name) == 0 ? i + 1 : 0;
    ga_arena_finish(&arena);
    return place;
}

int main(void)
{
    struct school school;
    char line[LINE_BYTES];
    school_start(&school);
    add_children(&school);
    while (next_line(line)) {
        char *tab = strchr(line, '\t');
        assert_non_null(tab);
        *tab = '\0';
        printf("%zu\n", place_of(&school, line, tab + 1));
    }
    school_stop(&school);
    return 0;
}
