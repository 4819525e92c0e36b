/* The sieve loses nobody: whoever has a word somewhere in the texts is found, whatever was changed before. */
#include "guanai/store/search.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/save.h"
#include "guanai/store/undo.h"

#include "dice.h"
#include "school.h"
#include "index/sieve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { FIELDS = 5, CHILDREN_MAX = 420, TEXT_MAX = 64 };

static const char *const FIELD_NAMES[FIELDS] = {"name", "nickname", "guardian_name", "village", "address"};
static const char *const CHARACTERS[] = {"王", "李", "小", "明", "红", "坪", "村", "组", "龙", "𬬮", "镕", "3", "b"};

struct told {
    struct ga_uuid id;
    char texts[FIELDS][TEXT_MAX];
    bool is_gone;
};

static struct school school;
static struct told children[CHILDREN_MAX];
static size_t children_count;
static uint64_t dice;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    memset(children, 0, sizeof(children));
    children_count = 0;
    dice = 20261122;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

/* Of the first `kinds` characters; begins with one that no field takes for something else. */
static void draw_text(char *text, size_t most, size_t kinds)
{
    const size_t count = 1 + dice_draw(&dice, (uint32_t)most);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        strcat(text, CHARACTERS[dice_draw(&dice, (uint32_t)(i == 0 && kinds > 9 ? 9 : kinds))]);
}

static void type_texts(struct ga_answers *answers, const struct told *child)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (child->texts[i][0] != '\0')
            school_type(answers, FIELD_NAMES[i], child->texts[i]);
}

/* All in one save, as an import brings them. */
static void add_children(size_t count)
{
    struct ga_save *save;
    bool changed;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (size_t i = 0; i < count; i++) {
        struct told *child = &children[children_count++];
        struct ga_answers answers;
        for (size_t k = 0; k < FIELDS; k++)
            if (k == 0 || dice_draw(&dice, 2) == 0)
                draw_text(child->texts[k], k == 4 ? 8 : 3, children_count < 200 ? 8 : GA_COUNT(CHARACTERS));
        ga_answers_init(&answers, school_form(&school, "child"));
        type_texts(&answers, child);
        const struct ga_save_record record = {.after = &answers};
        assert_int_equal(ga_save_put(save, &record, &changed, NULL), GA_OK);
        child->id = answers.id;
        ga_answers_finish(&answers);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void edit_one(void)
{
    struct told *child = &children[dice_draw(&dice, (uint32_t)children_count)];
    const size_t field = dice_draw(&dice, FIELDS);
    if (child->is_gone)
        return;
    draw_text(child->texts[field], 4, GA_COUNT(CHARACTERS));
    school_edit(&school, "child", &child->id, FIELD_NAMES[field], child->texts[field]);
}

static void turn_one(void)
{
    struct told *child = &children[dice_draw(&dice, (uint32_t)children_count)];
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    assert_int_equal(child->is_gone ? ga_save_restore(save, &child->id, NULL) : ga_save_remove(save, &child->id, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    child->is_gone = !child->is_gone;
}

static bool holds(const struct told *child, const char *word)
{
    bool does = false;
    for (size_t i = 0; i < FIELDS && !child->is_gone; i++)
        does = does || strstr(child->texts[i], word) != NULL;
    return does;
}

static void assert_found(const char *word)
{
    struct ga_search_hit *hits;
    size_t count;
    const struct ga_search_options options = {.limit = 1000, .with_left = true};
    struct ga_arena arena = {0};
    assert_int_equal(ga_store_search(school.store, word, &options, &arena, &hits, &count, NULL, NULL), GA_OK);
    for (size_t i = 0; i < children_count; i++) {
        bool is_found = false;
        for (size_t k = 0; k < count && !is_found; k++)
            is_found = ga_uuid_compare(&hits[k].id, &children[i].id) == 0;
        if (children[i].is_gone)
            assert_false(is_found);
        else if (holds(&children[i], word) && !is_found)
            fail_msg("%s: child %zu (%s, %s, %s) is not found", word, i, children[i].texts[0], children[i].texts[3],
                     children[i].texts[4]);
    }
    ga_arena_finish(&arena);
}

static void whoever_has_a_word_is_found_whatever_changed(void **state)
{
    char word[TEXT_MAX];
    (void)state;
    add_children(300);
    for (int round = 0; round < 12; round++) {
        for (int i = 0; i < 3; i++)
            edit_one();
        turn_one();
        if (round % 4 == 3)
            add_children(2);
        for (int i = 0; i < 12; i++) {
            draw_text(word, 4, GA_COUNT(CHARACTERS));
            assert_found(word);
        }
        if (round % 5 == 4)
            assert_int_equal(school_reopen(&school, NULL), GA_OK);
    }
}

static void a_rebuilt_sieve_is_the_one_that_was_kept(void **state)
{
    struct ga_problems problems;
    (void)state;
    add_children(140);
    for (int i = 0; i < 20; i++)
        edit_one();
    for (int i = 0; i < 5; i++)
        turn_one();
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &answer, NULL), GA_OK);
    return answer;
}

static void a_character_nobody_has_leads_to_nearly_no_part(void **state)
{
    (void)state;
    add_children(150);
    assert_true(ask("SELECT count(*) FROM _sieve") >= 2);
    assert_int_equal(ask("SELECT count(*) FROM _sieve WHERE sieve_may_hold('王', bits)"), ask("SELECT count(*) FROM _sieve"));
    int64_t in_vain = 0;
    for (int i = 0; i < 200; i++) {
        char sql[96];
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM _sieve WHERE sieve_may_hold(char(%d), bits)", 0x8000 + i);
        in_vain += ask(sql);
    }
    assert_true(in_vain * 20 < 200 * ask("SELECT count(*) FROM _sieve")); /* one in forty is expected */
}

/* A change of what no text shows writes no part. */
static void what_is_no_text_leaves_the_sieve_alone(void **state)
{
    (void)state;
    add_children(3);
    assert_int_equal(ga_db_exec(ga_store_db(school.store), "UPDATE _sieve SET bits = x'00'", NULL), GA_OK);
    school_edit(&school, "child", &children[0].id, "guardian_phone", "13985551234");
    assert_int_equal(ask("SELECT count(*) FROM _sieve WHERE bits = x'00'"), 1);
    school_edit(&school, "child", &children[0].id, "village", "红岩村");
    assert_int_equal(ask("SELECT count(*) FROM _sieve WHERE bits = x'00'"), 0);
}

static void words_nobody_can_tell_of_are_looked_for(void **state)
{
    const uint8_t none[] = {0, 0};
    (void)state;
    assert_false(ga_sieve_may_hold(none, sizeof(none), "王", 3));
    assert_false(ga_sieve_may_hold(none, sizeof(none), "3组", 4));
    assert_true(ga_sieve_may_hold(none, sizeof(none), "ab3", 3));
    assert_true(ga_sieve_may_hold(none, sizeof(none), "\xe7\x8e", 2)); /* half a character */
    assert_true(ga_sieve_may_hold(none, 0, "王", 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whoever_has_a_word_is_found_whatever_changed, start, stop),
        cmocka_unit_test_setup_teardown(a_rebuilt_sieve_is_the_one_that_was_kept, start, stop),
        cmocka_unit_test_setup_teardown(a_character_nobody_has_leads_to_nearly_no_part, start, stop),
        cmocka_unit_test_setup_teardown(what_is_no_text_leaves_the_sieve_alone, start, stop),
        cmocka_unit_test(words_nobody_can_tell_of_are_looked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
