/* Sticks are found in the kernel's tables, and nothing else is taken for one. */
#include "guanai/sync/stick.h"

#include "fake_sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct fake_sticks fake;
static struct ga_arena arena;
static struct ga_vec sticks;

static const char *path_of(const char *name)
{
    return ga_arena_printf(&arena, "%s%s", fake.root, name);
}

static size_t find(void)
{
    const struct ga_stick_places places = {.io = &fake.io, .root = fake.root};
    ga_vec_clear(&sticks);
    ga_sticks_find(&places, &arena, &sticks);
    return sticks.len;
}

static const struct ga_stick *stick_at(size_t i)
{
    return GA_VEC_AT(const struct ga_stick, &sticks, i);
}

static void a_mounted_stick_is_found_with_its_label(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "36 22 8:17 / /media/luo/关爱\\0401 rw,nosuid shared:9 - vfat /dev/sdb1 rw,fmask=0022\n");
    fake_sticks_put(&fake, "/media/luo/关爱 1/x", "");
    fake_sticks_link(&fake, "/dev/disk/by-label/\\xe5\\x85\\xb3\\xe7\\x88\\xb1\\x201", "../../sdb1");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdb1");
    assert_string_equal(stick_at(0)->folder, path_of("/media/luo/关爱 1"));
    assert_string_equal(stick_at(0)->label, "关爱 1");
    assert_string_equal(stick_at(0)->kind, "vfat");
    assert_int_equal(stick_at(0)->size_bytes, 30308352LL * 512);
    assert_true(stick_at(0)->free_bytes > 0);
    assert_false(stick_at(0)->is_read_only);
    assert_ptr_equal(ga_stick_of(&sticks, path_of("/media/luo/关爱 1/guanai/x.gab")), stick_at(0));
    assert_null(ga_stick_of(&sticks, path_of("/media/luo/关爱 10")));
}

static void a_stick_that_nobody_mounted_is_found(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdb1");
    assert_null(stick_at(0)->folder);
    assert_int_equal(stick_at(0)->free_bytes, -1);
}

static void a_stick_without_parts_is_the_whole_disk(void **state)
{
    (void)state;
    fake_sticks_disk(&fake, fake_sticks_usb, "sdc", NULL, "8:32", "4096");
    fake_sticks_put(&fake, "/proc/self/mountinfo", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdc");
}

static void ntfs_by_fuse_is_found_by_its_device(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "40 22 0:52 / /media/disk rw - fuseblk /dev/sdb1 rw,user_id=0\n");
    fake_sticks_put(&fake, "/media/disk/x", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->kind, "fuseblk");
    assert_string_equal(stick_at(0)->folder, path_of("/media/disk"));
}

static void a_stick_that_is_seen_twice_is_one(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "36 22 8:17 /guanai /srv/x rw - vfat /dev/sdb1 rw\n37 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n");
    fake_sticks_put(&fake, "/media/stick/x", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->folder, path_of("/media/stick"));
}

static void the_disk_the_computer_runs_from_is_no_stick(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "");
    fake_sticks_disk(&fake, fake_sticks_usb, "sdc", NULL, "8:32", "62521344"); /* a system on a stick, its other part too */
    fake_sticks_disk(&fake, fake_sticks_usb, "sdc1", "sdc", "8:33", "1000000");
    fake_sticks_disk(&fake, fake_sticks_usb, "sdc2", "sdc", "8:34", "60000000");
    fake_sticks_put(&fake, "/proc/self/mountinfo", "22 1 8:34 / / rw - ext4 /dev/sdc2 rw\n23 1 8:33 / /media/efi rw - vfat /dev/sdc1 rw\n");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdb1");
}

static void the_disk_with_the_schools_data_is_no_stick(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "36 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n");
    fake_sticks_put(&fake, "/media/stick/data/guanai.db", "");
    const struct ga_stick_places places = {
        .io = &fake.io, .root = fake.root, .data_folder = path_of("/media/stick/data")};
    ga_sticks_find(&places, &arena, &sticks);
    assert_int_equal(sticks.len, 0);
}

static void an_empty_card_reader_is_no_stick(void **state)
{
    (void)state;
    fake_sticks_disk(&fake, fake_sticks_usb, "sdd", NULL, "8:48", "0");
    assert_int_equal(find(), 0);
}

static void a_card_in_a_removable_drive_is_found(void **state)
{
    (void)state;
    fake_sticks_disk(&fake, fake_sticks_sata, "mmcblk0", NULL, "179:0", "100000");
    fake_sticks_put(&fake, "/sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/mmcblk0/removable", "1\n");
    fake_sticks_disk(&fake, fake_sticks_sata, "mmcblk0p1", "mmcblk0", "179:1", "99000");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/mmcblk0p1");
}

static void its_switch_is_told_from_a_stick_mounted_read_only(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "36 22 8:17 / /media/stick ro,nosuid - vfat /dev/sdb1 ro\n");
    fake_sticks_put(&fake, "/media/stick/x", "");
    assert_int_equal(find(), 1);
    assert_true(stick_at(0)->is_read_only);
    assert_false(stick_at(0)->is_protected);
    fake_sticks_put(&fake, ga_arena_printf(&arena, "/sys/devices/%s/block/sdb/ro", fake_sticks_usb), "1\n");
    assert_int_equal(find(), 1);
    assert_true(stick_at(0)->is_protected);
}

static void a_computer_without_these_tables_has_none(void **state)
{
    (void)state;
    assert_int_equal(find(), 0);
}

static void lines_that_are_no_mounts_are_passed_by(void **state)
{
    (void)state;
    fake_sticks_school(&fake, "\n - \nx\n1 2 3 4 5 6 7 8 9\n36 22 8:17 / /media/\\9\\04 rw - vfat\n"
                 "36 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n");
    fake_sticks_put(&fake, "/media/stick/x", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->folder, path_of("/media/stick"));
}

static int start(void **state)
{
    (void)state;
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    return fake_sticks_start(&fake);
}

static int stop(void **state)
{
    (void)state;
    ga_vec_finish(&sticks);
    ga_arena_finish(&arena);
    return fake_sticks_stop(&fake);
}

#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TREE(a_mounted_stick_is_found_with_its_label),
        IN_TREE(a_stick_that_nobody_mounted_is_found),
        IN_TREE(a_stick_without_parts_is_the_whole_disk),
        IN_TREE(ntfs_by_fuse_is_found_by_its_device),
        IN_TREE(a_stick_that_is_seen_twice_is_one),
        IN_TREE(the_disk_the_computer_runs_from_is_no_stick),
        IN_TREE(the_disk_with_the_schools_data_is_no_stick),
        IN_TREE(an_empty_card_reader_is_no_stick),
        IN_TREE(a_card_in_a_removable_drive_is_found),
        IN_TREE(its_switch_is_told_from_a_stick_mounted_read_only),
        IN_TREE(a_computer_without_these_tables_has_none),
        IN_TREE(lines_that_are_no_mounts_are_passed_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
