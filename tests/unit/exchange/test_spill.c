/* Rows come back as they were laid aside, and nobody finds them on the disk. */
#include "../../../src/exchange/spill.h"

#include "guanai/crypt/secret.h"
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 3000 };

/* The system's files, with a look at what is written; `fail_at` counts calls that fail from there on. */
struct watch {
    const struct ga_io_ops *system;
    int calls, fail_at;
    bool has_seen_text;
    int64_t written_bytes, flip_at;
};

static bool fails(struct watch *watch)
{
    return watch->fail_at > 0 && ++watch->calls >= watch->fail_at;
}

static int watch_open(void *ctx, const char *path, int flags, int mode)
{
    struct watch *watch = ctx;
    return fails(watch) ? -28 : watch->system->open(watch->system->ctx, path, flags, mode);
}

static int watch_close(void *ctx, int fd)
{
    struct watch *watch = ctx;
    return watch->system->close(watch->system->ctx, fd);
}

static int watch_unlink(void *ctx, const char *path)
{
    struct watch *watch = ctx;
    return watch->system->unlink(watch->system->ctx, path);
}

static int64_t watch_write(void *ctx, int fd, const void *bytes, size_t len)
{
    struct watch *watch = ctx;
    watch->has_seen_text |= memmem(bytes, len, "罗小梅", strlen("罗小梅")) != NULL;
    watch->written_bytes += (int64_t)len;
    return fails(watch) ? -28 : watch->system->write(watch->system->ctx, fd, bytes, len);
}

static int64_t watch_read_at(void *ctx, int fd, void *bytes, size_t len, int64_t at)
{
    struct watch *watch = ctx;
    if (fails(watch))
        return -5;
    const int64_t got = watch->system->read_at(watch->system->ctx, fd, bytes, len, at);
    if (watch->flip_at >= at && watch->flip_at < at + got)
        ((char *)bytes)[watch->flip_at - at] ^= 4;
    return got;
}

static struct ga_io_ops watched(struct watch *watch)
{
    *watch = (struct watch){.system = ga_io_system(), .flip_at = -1};
    struct ga_io_ops io = *watch->system;
    io.open = watch_open;
    io.close = watch_close;
    io.unlink = watch_unlink;
    io.write = watch_write;
    io.read_at = watch_read_at;
    io.ctx = watch;
    return io;
}

static void fill(struct ga_answers *row, int i)
{
    const struct ga_value name = ga_value_text("罗小梅"), card = ga_value_int(i - 5);
    ga_answers_reset(row);
    ga_answers_set(row, ga_form_field(row->form, "name"), &name);
    if (i % 3 != 0)
        ga_answers_set(row, ga_form_field(row->form, "card_no"), &card);
    if (i % 7 == 0)
        ga_answers_set_state(row, ga_form_field(row->form, "father_phone"), GA_DECLINED);
}

static enum ga_rc put_all(struct spill *spill, const struct ga_form *form)
{
    struct ga_answers row;
    enum ga_rc rc = GA_OK;
    ga_answers_init(&row, form);
    for (int i = 0; rc == GA_OK && i < ROWS; i++) {
        fill(&row, i);
        rc = ga_spill_put(spill, &row, NULL);
    }
    ga_answers_finish(&row);
    return rc == GA_OK ? ga_spill_turn(spill, NULL) : rc;
}

/* Takes rows until one cannot be had; every row that can is as it was put. */
static enum ga_rc take_all(struct spill *spill, const struct ga_form *form)
{
    struct ga_answers row, wanted;
    enum ga_rc rc = GA_OK;
    ga_answers_init(&row, form);
    ga_answers_init(&wanted, form);
    for (int i = 0; rc == GA_OK && i < ROWS; i++) {
        fill(&wanted, i);
        ga_answers_reset(&row);
        rc = ga_spill_take(spill, &row, NULL);
        for (size_t f = 0; rc == GA_OK && f < form->all_count; f++)
            assert_true(ga_answer_equal(&row.answers[f], &wanted.answers[f]));
    }
    ga_answers_finish(&row);
    ga_answers_finish(&wanted);
    return rc;
}

static int start(void **state)
{
    struct office *office = calloc(1, sizeof(*office));
    office_start(office);
    *state = office;
    return 0;
}

static int stop(void **state)
{
    office_stop(*state);
    free(*state);
    return 0;
}

static void rows_come_back_as_they_were_with_a_folder_and_without(void **state)
{
    struct office *office = *state;
    const struct ga_form *form = school_form(&office->school, "child");
    const char *const folders[] = {office->school.folder, NULL};
    for (size_t i = 0; i < 2; i++) {
        struct watch watch;
        const struct ga_io_ops io = watched(&watch);
        struct spill spill;
        ga_spill_start(&spill, &io, folders[i]);
        assert_int_equal(put_all(&spill, form), GA_OK);
        assert_int_equal(take_all(&spill, form), GA_OK);
        assert_int_equal(watch.written_bytes > 0, folders[i] != NULL);
        ga_spill_finish(&spill);
    }
}

static void what_lies_on_the_disk_has_no_name_and_cannot_be_read(void **state)
{
    struct office *office = *state;
    struct watch watch;
    const struct ga_io_ops io = watched(&watch);
    struct spill spill;
    ga_spill_start(&spill, &io, office->school.folder);
    assert_int_equal(put_all(&spill, school_form(&office->school, "child")), GA_OK);
    assert_true(watch.written_bytes > 64 << 10);
    assert_false(watch.has_seen_text);
    assert_int_equal(access(office_path(office, "aside.part"), F_OK), -1);
    ga_spill_finish(&spill);
}

static void a_full_disk_at_any_call_is_an_error_never_a_wrong_row(void **state)
{
    struct office *office = *state;
    const struct ga_form *form = school_form(&office->school, "child");
    enum ga_rc rc = GA_IO;
    int failed = 0;
    for (int n = 1; rc != GA_OK; n++) {
        struct watch watch;
        const struct ga_io_ops io = watched(&watch);
        struct spill spill;
        watch.fail_at = n;
        ga_spill_start(&spill, &io, office->school.folder);
        rc = put_all(&spill, form);
        if (rc == GA_OK)
            rc = take_all(&spill, form);
        failed += rc == GA_IO;
        assert_true(rc == GA_OK || rc == GA_IO);
        ga_spill_finish(&spill);
    }
    assert_true(failed >= 7); /* open, pages with their heads out, the same in */
}

static void a_bit_that_changed_on_the_disk_is_noticed(void **state)
{
    struct office *office = *state;
    const struct ga_form *form = school_form(&office->school, "child");
    struct watch watch;
    const struct ga_io_ops io = watched(&watch);
    for (int64_t at = 0; at < 70000; at += 4999) {
        struct spill spill;
        ga_spill_start(&spill, &io, office->school.folder);
        assert_int_equal(put_all(&spill, form), GA_OK);
        watch.flip_at = at;
        assert_int_equal(take_all(&spill, form), GA_IO);
        watch.flip_at = -1;
        ga_spill_finish(&spill);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_as_they_were_with_a_folder_and_without),
        cmocka_unit_test(what_lies_on_the_disk_has_no_name_and_cannot_be_read),
        cmocka_unit_test(a_full_disk_at_any_call_is_an_error_never_a_wrong_row),
        cmocka_unit_test(a_bit_that_changed_on_the_disk_is_noticed),
    };
    return cmocka_run_group_tests_name("exchange: spill", tests, start, stop);
}
