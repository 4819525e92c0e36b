/*
 * A bundle of 64 KiB of which one bit is another, or which was cut off, is refused by the program, and its database is as it was.
 *
 *   test_app_sync_refused [every]
 *
 * every: all 524,288 bits and 65,536 lengths; else those of the header and the end, of the rest some.
 */
#include "guanai/app/sync.h"

#include "dice.h"
#include "guanai/sql/db.h"
#include "guanai/store/backup.h"
#include "school_session.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { BUNDLE_BYTES = 65536, DENSE_BYTES = 40, STEP_BITS = 1009, STEP_BYTES = 97 };

static struct school_session school, point; /* 中心校, 石桥教学点 */
static char stick[40];
static const char *path; /* of the bundle on it */
static struct ga_arena arena;
static struct ga_io_ops io;
static bool is_every;
static int outcomes[GA_SYNC_OUTCOMES];

/* Nothing is cut off here but bundles. */
static int no_sync(void *ctx, int fd)
{
    (void)ctx, (void)fd;
    return 0;
}

/* Letters that hardly pack: some 600 bytes more in the bundle, never a cluster. */
static void add_child(uint64_t *dice)
{
    char note[1001];
    for (size_t i = 0; i < sizeof(note) - 1; i++)
        note[i] = (char)('!' + dice_draw(dice, 90));
    note[sizeof(note) - 1] = '\0';
    school_session_add(&school, "child", NULL, "name=张三", ga_arena_printf(&arena, "note=%s", note), NULL);
}

static void write_bundle(void)
{
    const struct ga_sync_export what = {.place = stick, .is_complete = true};
    struct ga_sync_written written = {0};
    uint64_t dice = 11;
    while (written.file_bytes < BUNDLE_BYTES) {
        add_child(&dice);
        assert_int_equal(ga_sync_write(school.session, &what, &arena, &written, NULL), GA_OK);
    }
    assert_int_equal(written.file_bytes, BUNDLE_BYTES);
    path = written.path;
}

static struct ga_sync_taken take(void)
{
    struct ga_arena texts = {0};
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    assert_int_equal(ga_sync_take(point.session, path, NULL, &texts, &taken, NULL), GA_OK);
    assert_true(taken.len >= 1); /* behind it those that were kept apart and came whole now */
    const struct ga_sync_taken one = GA_VEC_AT(struct ga_sync_taken, &taken, 0)[0];
    ga_vec_finish(&taken);
    ga_arena_finish(&texts);
    return one;
}

/* Said to be no good, or nobody's here; `at` for who reads of a failure. */
static void assert_refused(const char *what, size_t at)
{
    const struct ga_db *db = ga_store_db(point.session->store);
    const int64_t before = ga_db_all_changes(db);
    const struct ga_sync_taken taken = take();
    const bool is_refused = taken.outcome == GA_SYNC_DAMAGED || taken.outcome == GA_SYNC_REFUSED || taken.outcome == GA_SYNC_OTHERS ||
                            taken.outcome == GA_SYNC_STRANGER;
    if (!is_refused || ga_db_all_changes(db) != before)
        fail_msg("%s %zu: %s, %lld rows written", what, at, ga_sync_outcome_code(taken.outcome),
                 (long long)(ga_db_all_changes(db) - before));
    outcomes[taken.outcome]++;
}

static void flip(int fd, size_t bit)
{
    uint8_t byte;
    assert_int_equal(pread(fd, &byte, 1, (off_t)(bit / 8)), 1);
    byte ^= (uint8_t)(1 << bit % 8);
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)(bit / 8)), 1);
}

static bool is_dense(size_t at)
{
    return is_every || at < DENSE_BYTES || at + DENSE_BYTES >= BUNDLE_BYTES;
}

static void with_any_bit_changed_it_is_refused_and_nothing_is_written(void **state)
{
    (void)state;
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    for (size_t bit = 0; bit < 8 * BUNDLE_BYTES; bit += is_dense(bit / 8) ? 1 : STEP_BITS) {
        flip(fd, bit);
        assert_refused("bit", bit);
        flip(fd, bit);
    }
    close(fd);
}

static void cut_off_anywhere_it_is_refused_and_nothing_is_written(void **state)
{
    (void)state;
    struct ga_str whole = {0};
    assert_int_equal(ga_io_read_file(&io, path, BUNDLE_BYTES, &whole, NULL), GA_OK);
    for (size_t len = BUNDLE_BYTES; len-- > 0;) {
        assert_int_equal(truncate(path, (off_t)len), 0);
        if (is_dense(len) || len % STEP_BYTES == 0)
            assert_refused("length", len);
    }
    assert_int_equal(ga_io_write_file(&io, path, whole.data, whole.len, NULL), GA_OK);
    ga_str_finish(&whole);
}

/* The last: so it was good all along. */
static void whole_it_is_taken_in(void **state)
{
    (void)state;
    const int64_t before = ga_db_all_changes(ga_store_db(point.session->store));
    const struct ga_sync_taken taken = take();
    assert_int_equal(taken.outcome, GA_SYNC_TAKEN);
    assert_true(taken.received.transactions[GA_PARCEL_APPLIED] > 20);
    assert_true(ga_db_all_changes(ga_store_db(point.session->store)) > before);
    print_message("# %d damaged, %d refused, %d of others, %d of strangers\n", outcomes[GA_SYNC_DAMAGED], outcomes[GA_SYNC_REFUSED],
                  outcomes[GA_SYNC_OTHERS], outcomes[GA_SYNC_STRANGER]);
}

static int start(void **state)
{
    (void)state;
    char digits[GA_SYNC_DIGITS_SIZE];
    strcpy(stick, "/tmp/guanai-refused-XXXXXX");
    if (mkdtemp(stick) == NULL)
        return -1;
    io = *ga_io_system();
    io.sync = io.sync_all = io.uncache = no_sync;
    school_session_start(&school, NULL);
    school_session_start(&point, NULL);
    point.seed = 4711; /* another computer draws other numbers */
    assert_int_equal(ga_store_renew_site(point.session->store, NULL), GA_OK);
    school.options.io = point.options.io = &io;
    assert_int_equal(ga_sync_invite(school.session, stick, NULL), GA_OK);
    assert_int_equal(ga_sync_join(point.session, stick, "石桥教学点", digits, NULL), GA_OK);
    assert_int_equal(ga_sync_answer(school.session, stick, digits, digits, NULL), GA_OK);
    assert_int_equal(ga_sync_finish(point.session, stick, digits, digits, NULL), GA_OK);
    write_bundle();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", stick);
    school_session_stop(&school);
    school_session_stop(&point);
    ga_arena_finish(&arena);
    return system(command);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_any_bit_changed_it_is_refused_and_nothing_is_written),
        cmocka_unit_test(cut_off_anywhere_it_is_refused_and_nothing_is_written),
        cmocka_unit_test(whole_it_is_taken_in),
    };
    is_every = argc > 1 && strcmp(argv[1], "every") == 0;
    return cmocka_run_group_tests_name("app: bundles that are not as they were written", tests, start, stop);
}
