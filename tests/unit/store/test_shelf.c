/* An array keeps what was put into it, wherever its pages are; nobody reads them on the disk. */
#include "guanai/store/shelf.h"

#include "guanai/base/alloc.h"
#include "dice.h"
#include "faulty_io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ITEMS = 8000, LOOKS = 8000 };

struct item {
    uint64_t number;
    char text[40];
};

static char folder[] = "/tmp/guanai-shelf-XXXXXX";

static int start(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int stop(void **state)
{
    (void)state;
    return rmdir(folder); /* nothing with a name is left in it */
}

/* Pushes, looks, changes in any order; false once something failed, and what was read before then was right. */
static bool use(struct ga_shelf *shelf, size_t looks)
{
    uint64_t dice = 3;
    uint64_t *model = calloc(ITEMS, sizeof(*model));
    bool is_right = true;
    for (size_t i = 0; i < ITEMS; i++) {
        struct item *item = ga_shelf_push(shelf);
        is_right &= item->number == 0;
        item->number = model[i] = i * 3 + 1;
        snprintf(item->text, sizeof(item->text), "罗小梅 %zu", i);
    }
    for (size_t n = 0; n < looks && ga_shelf_check(shelf, NULL) == GA_OK; n++) {
        const size_t i = dice_draw(&dice, 4) == 0 ? dice_draw(&dice, ITEMS) : n % ITEMS;
        const bool is_same = GA_SHELF_AT(struct item, shelf, i)->number == model[i];
        is_right &= is_same || ga_shelf_check(shelf, NULL) != GA_OK;
        if (dice_draw(&dice, 50) == 0) {
            struct item *item = ga_shelf_change(shelf, i);
            item->number = model[i] = n + 7;
        }
    }
    free(model);
    assert_true(is_right || ga_shelf_check(shelf, NULL) != GA_OK);
    return ga_shelf_check(shelf, NULL) == GA_OK;
}

static void items_stay_as_they_are_with_a_folder_and_without(void **state)
{
    const char *const folders[] = {folder, NULL};
    (void)state;
    for (size_t i = 0; i < GA_COUNT(folders); i++) {
        struct ga_shelf shelf;
        ga_shelf_init(&shelf, sizeof(struct item), ga_io_system(), folders[i]);
        assert_true(use(&shelf, LOOKS));
        assert_int_equal(shelf.scratch.end_bytes > 0, folders[i] != NULL);
        ga_shelf_clear(&shelf);
        assert_int_equal(shelf.len, 0);
        assert_true(use(&shelf, 10));
        ga_shelf_finish(&shelf);
    }
}

static void looking_alone_writes_nothing_more(void **state)
{
    struct ga_shelf shelf;
    (void)state;
    ga_shelf_init(&shelf, sizeof(struct item), ga_io_system(), folder);
    for (size_t i = 0; i < ITEMS; i++)
        ((struct item *)ga_shelf_push(&shelf))->number = i;
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(GA_SHELF_AT(struct item, &shelf, i)->number, i);
    const int64_t bytes = shelf.scratch.end_bytes;
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(GA_SHELF_AT(struct item, &shelf, i)->number, i);
    assert_int_equal(shelf.scratch.end_bytes, bytes);
    ga_shelf_finish(&shelf);
}

static void what_lies_outside_cannot_be_read(void **state)
{
    struct ga_shelf shelf;
    struct ga_str bytes = {0};
    (void)state;
    ga_shelf_init(&shelf, sizeof(struct item), ga_io_system(), folder);
    assert_true(use(&shelf, 100));
    ga_str_reserve(&bytes, (size_t)shelf.scratch.end_bytes);
    assert_int_equal(pread(shelf.scratch.fd, bytes.data, (size_t)shelf.scratch.end_bytes, 0), shelf.scratch.end_bytes);
    assert_null(memmem(bytes.data, (size_t)shelf.scratch.end_bytes, "罗小梅", strlen("罗小梅")));
    ga_str_finish(&bytes);
    ga_shelf_finish(&shelf);
}

static void a_disk_that_fails_at_any_call_is_told_and_gives_no_wrong_item(void **state)
{
    int failures = 0;
    bool is_done = false;
    (void)state;
    for (int64_t n = 1; !is_done; n += 1 + n / 3) {
        struct faulty_io faulty;
        struct ga_shelf shelf;
        faulty_io_init(&faulty);
        faulty_io_fail(&faulty, n, -28);
        ga_shelf_init(&shelf, sizeof(struct item), &faulty.ops, folder);
        is_done = use(&shelf, 500) && !faulty.has_failed;
        failures += !is_done;
        if (!is_done && ga_shelf_check(&shelf, NULL) != GA_OK)
            assert_int_equal(ga_shelf_check(&shelf, NULL), GA_IO);
        ga_shelf_finish(&shelf);
    }
    assert_true(failures > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stay_as_they_are_with_a_folder_and_without),
        cmocka_unit_test(looking_alone_writes_nothing_more),
        cmocka_unit_test(what_lies_outside_cannot_be_read),
        cmocka_unit_test(a_disk_that_fails_at_any_call_is_told_and_gives_no_wrong_item),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
