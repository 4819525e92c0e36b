/* An old copy of the database put back is noticed; a note that was torn is told apart from that. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { HEAD_BYTES = 140 };

static struct school school;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    for (int i = 0; i < 3; i++)
        school_add_child(&school, "张三");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static const char *path_of(const char *name)
{
    static char path[100];
    snprintf(path, sizeof(path), "%s/%s", school.folder, name);
    return path;
}

static void read_head(char head[HEAD_BYTES + 1])
{
    struct ga_str text = {0};
    assert_int_equal(ga_io_read_file(ga_io_system(), path_of("head"), HEAD_BYTES, &text, NULL), GA_OK);
    assert_int_equal(text.len, HEAD_BYTES);
    memcpy(head, text.data, text.len);
    head[HEAD_BYTES] = '\0';
    ga_str_finish(&text);
}

static void put_head(const char *bytes, size_t len)
{
    FILE *file = fopen(path_of("head"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

/* Opening goes on, is heard to doubt, and the next save ends the doubt. */
static void assert_damaged(void)
{
    struct ga_error err = {0};
    assert_int_equal(ga_head_check(school.store, &err), GA_OK);
    assert_true(ga_store_is_head_damaged(school.store));
}

static void assert_fits(void)
{
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_false(ga_store_is_head_damaged(school.store));
}

static void every_flipped_bit_is_noticed(void **state)
{
    (void)state;
    char head[HEAD_BYTES + 1];
    assert_fits();
    read_head(head);
    for (size_t at = 0; at < HEAD_BYTES; at++)
        for (int bit = 0; bit < 8; bit++) {
            head[at] ^= (char)(1 << bit);
            put_head(head, HEAD_BYTES);
            assert_damaged();
            head[at] ^= (char)(1 << bit);
        }
    put_head(head, HEAD_BYTES);
    assert_fits();
}

static void every_torn_head_is_noticed(void **state)
{
    (void)state;
    char head[HEAD_BYTES + 1], torn[3 * HEAD_BYTES];
    read_head(head);
    memset(torn, 0, sizeof(torn));
    for (size_t len = 1; len < HEAD_BYTES; len++) {
        memcpy(torn, head, len);
        put_head(torn, len);
        assert_damaged();
        put_head(torn, HEAD_BYTES); /* the rest never reached the disk: zeros */
        assert_damaged();
    }
    memcpy(torn, head, HEAD_BYTES);
    put_head(torn, HEAD_BYTES + 1);
    assert_damaged();
    put_head(torn, sizeof(torn));
    assert_damaged();
}

/* Killed between making the file and writing into it: nothing was said yet, so nothing is doubted. */
static void an_empty_head_says_nothing(void **state)
{
    (void)state;
    char head[HEAD_BYTES + 1];
    read_head(head);
    put_head("", 0);
    assert_fits();
    put_head(head, HEAD_BYTES);
}

/* New digits over the old fingerprint, or the other way round. */
static void half_of_one_head_and_half_of_the_next_is_noticed(void **state)
{
    (void)state;
    char before[HEAD_BYTES + 1], after[HEAD_BYTES + 1], mixed[HEAD_BYTES];
    size_t tried = 0;
    read_head(before);
    school_add_child(&school, "李四");
    read_head(after);
    for (size_t cut = 1; cut < HEAD_BYTES; cut++) {
        memcpy(mixed, after, cut);
        memcpy(mixed + cut, before + cut, HEAD_BYTES - cut);
        if (memcmp(mixed, after, HEAD_BYTES) == 0 || memcmp(mixed, before, HEAD_BYTES) == 0)
            continue;
        tried++;
        put_head(mixed, HEAD_BYTES);
        assert_damaged();
    }
    assert_true(tried > 60);
}

static void the_next_save_mends_a_damaged_head(void **state)
{
    (void)state;
    static const char *const damaged[] = {"x", "019a0000-0000-4000-8000-000000000000 3"};
    char garbage[4 * HEAD_BYTES];
    memset(garbage, '9', sizeof(garbage));
    for (size_t i = 0; i <= GA_COUNT(damaged); i++) {
        if (i < GA_COUNT(damaged))
            put_head(damaged[i], strlen(damaged[i]));
        else
            put_head(garbage, sizeof(garbage));
        assert_int_equal(school_reopen(&school, NULL), GA_OK);
        assert_true(ga_store_is_head_damaged(school.store));
        school_add_child(&school, "李四");
        assert_false(ga_store_is_head_damaged(school.store));
        assert_fits();
    }
}

static void copy(const char *from, const char *to)
{
    char command[300];
    snprintf(command, sizeof(command), "cp '%s/%s' '%s/%s'", school.folder, from, school.folder, to);
    assert_int_equal(system(command), 0);
}

static void close_school(void)
{
    ga_store_close(school.store);
    school.store = NULL;
}

/* With its way out: whoever has no newer copy removes the file. */
static void assert_refused(const char *sentence)
{
    struct ga_error err = {0};
    assert_int_equal(school_reopen(&school, &err), GA_DAMAGED);
    assert_string_equal(err.what.id, sentence);
    assert_string_equal(err.hint.id, "put the newest copy back, or use guanai restore; with neither, remove %1/head to go on");
    assert_string_equal(ga_message_arg(&err.hint, 0), school.folder);
    assert_int_equal(unlink(path_of("head")), 0);
    assert_fits();
}

static void an_old_copy_put_back_is_refused(void **state)
{
    (void)state;
    close_school();
    copy("guanai.db", "old.db");
    assert_fits();
    school_add_child(&school, "李四");
    close_school();
    copy("old.db", "guanai.db");
    assert_refused("this database is older than what was written here last (%1 against %2 saves)");
}

static void an_old_copy_under_a_torn_head_is_doubted(void **state)
{
    (void)state;
    char head[HEAD_BYTES + 1];
    close_school();
    copy("guanai.db", "old.db");
    assert_fits();
    school_add_child(&school, "李四");
    close_school();
    copy("old.db", "guanai.db");
    read_head(head);
    put_head(head, HEAD_BYTES / 2);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_true(ga_store_is_head_damaged(school.store));
}

/* As many saves, or more, but others: an old copy that was worked on elsewhere. */
static void a_copy_with_another_history_is_refused(void **state)
{
    (void)state;
    for (int more = 0; more < 3; more++) {
        school_add_child(&school, "赵六");
        close_school();
        copy("guanai.db", "old.db");
        copy("head", "old.head");
        assert_fits();
        school_add_child(&school, "李四");
        close_school();
        copy("head", "new.head");
        copy("old.db", "guanai.db");
        copy("old.head", "head");
        assert_fits();
        for (int i = 0; i <= more; i++)
            school_add_child(&school, "王五");
        close_school();
        copy("new.head", "head");
        assert_refused("this database is another one than was written here last: save %1 differs");
    }
}

static void a_head_that_lags_behind_or_is_not_there_is_fine(void **state)
{
    (void)state;
    copy("head", "old.head");
    for (int i = 0; i < 3; i++)
        school_add_child(&school, "李四");
    close_school();
    copy("old.head", "head");
    assert_fits();
    close_school();
    assert_int_equal(unlink(path_of("head")), 0);
    assert_fits();
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_flipped_bit_is_noticed),
        CASE(every_torn_head_is_noticed),
        CASE(an_empty_head_says_nothing),
        CASE(half_of_one_head_and_half_of_the_next_is_noticed),
        CASE(the_next_save_mends_a_damaged_head),
        CASE(an_old_copy_put_back_is_refused),
        CASE(an_old_copy_under_a_torn_head_is_doubted),
        CASE(a_copy_with_another_history_is_refused),
        CASE(a_head_that_lags_behind_or_is_not_there_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
