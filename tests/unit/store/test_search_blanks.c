/* Pinyin typed with blanks between its syllables finds what it finds without them. */
#include "guanai/store/search.h"

#include "guanai/base/alloc.h"
#include "guanai/text/pinyin.h"
#include "township.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROSTER "tests/data/rosters/township-700.csv"
enum { LIMIT = 20 };

static struct school school;
static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    ga_arena_init(&arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_stop(&school);
    return 0;
}

static struct ga_search_hit *find(const char *typed, size_t *ret_count)
{
    struct ga_search_hit *hits = NULL;
    const struct ga_search_options options = {.limit = LIMIT};
    assert_int_equal(ga_store_search(school.store, typed, &options, &arena, &hits, ret_count, NULL, NULL), GA_OK);
    return hits;
}

/* Where the child stands among what is found, from 0; LIMIT: not there. */
static size_t place_of(const char *typed, const struct ga_uuid *child)
{
    size_t count;
    const struct ga_search_hit *hits = find(typed, &count);
    for (size_t i = 0; i < count; i++)
        if (ga_uuid_compare(&hits[i].id, child) == 0)
            return i;
    return LIMIT;
}

static void the_name_comes_before_names_and_villages_that_hold_the_parts(void **state)
{
    static const char *const TYPED[] = {"hu qi", "h qi", "hu q", "h q", " hu  qi ", "ｈｕ　ｑｉ"};
    (void)state;
    struct ga_uuid other = school_add_child(&school, "胡大伟");
    school_edit(&school, "child", &other, "village", "七里村");
    school_add_child(&school, "祁胡");
    struct ga_uuid meant = school_add_child(&school, "胡琪");
    for (size_t i = 0; i < GA_COUNT(TYPED); i++)
        assert_int_equal(place_of(TYPED[i], &meant), 0);
    assert_true(place_of("hu qi", &other) < LIMIT); /* a name and a village are still two words */
}

static void a_blank_ends_a_syllable(void **state)
{
    (void)state;
    struct ga_uuid one = school_add_child(&school, "先明"), two = school_add_child(&school, "西安明");
    assert_int_equal(place_of("xi an m", &two), 0);
    assert_int_equal(place_of("xi an m", &one), LIMIT);
    assert_true(place_of("xian m", &one) < LIMIT);
}

struct sound {
    char full[64];
};

static void take_sound(void *context, const char *full, const char *initials)
{
    struct sound *sound = context;
    (void)initials;
    if (sound->full[0] == '\0')
        ga_str_copy(sound->full, sizeof(sound->full), full);
}

/* "xu fei chi" → "xufeichi", "x fei chi" → "xfeichi": the first syllable alone may be cut to its initial. */
static void join(const char *full, bool is_short, char *ret_parted, char *ret_joined)
{
    size_t parted = 0, joined = 0;
    for (const char *at = full; *at != '\0'; at++) {
        if (is_short && at > full && at < strchr(full, ' '))
            continue;
        ret_parted[parted++] = *at;
        if (*at != ' ')
            ret_joined[joined++] = *at;
    }
    ret_parted[parted] = ret_joined[joined] = '\0';
}

static void everybody_is_found_as_high_up_as_without_blanks(void **state)
{
    size_t count, looked_at = 0;
    (void)state;
    struct townsman *men = township_fill(&school, ROSTER, 1, &count);
    for (size_t i = 0; i < count; i += 5) {
        struct sound sound = {""};
        char parted[64], joined[64];
        ga_pinyin_name_readings(men[i].name, take_sound, &sound);
        if (strchr(sound.full, ' ') == NULL)
            continue;
        join(sound.full, i % 2 == 1, parted, joined);
        const size_t wanted = place_of(joined, &men[i].id), place = place_of(parted, &men[i].id);
        if (place > wanted)
            print_message("# '%s' %zu, '%s' %zu\n", joined, wanted, parted, place);
        assert_true(place <= wanted);
        looked_at += wanted < LIMIT;
    }
    assert_true(looked_at > count / 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_name_comes_before_names_and_villages_that_hold_the_parts, start, stop),
        cmocka_unit_test_setup_teardown(a_blank_ends_a_syllable, start, stop),
        cmocka_unit_test_setup_teardown(everybody_is_found_as_high_up_as_without_blanks, start, stop),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
