/* Sticks are found in the kernel's tables, and nothing else is taken for one. */
#include "guanai/sync/stick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char root[40];
static struct ga_arena arena;
static struct ga_vec sticks;

static const char *path_of(const char *name)
{
    return ga_arena_printf(&arena, "%s%s", root, name);
}

static void make_folder_of(const char *path)
{
    char *folder = ga_arena_strdup(&arena, path);
    *strrchr(folder, '/') = '\0';
    assert_int_equal(ga_io_make_dirs(ga_io_system(), folder, NULL), GA_OK);
}

static void put(const char *name, const char *text)
{
    make_folder_of(path_of(name));
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void add_link(const char *name, const char *to)
{
    make_folder_of(path_of(name));
    assert_int_equal(symlink(to, path_of(name)), 0);
}

/* A row of /sys/class/block and what it leads to; of: the whole disk's name, NULL for a whole disk. */
static void add_disk(const char *bus, const char *name, const char *of, const char *number, const char *sectors)
{
    char way[200], link[80];
    snprintf(way, sizeof(way), "/sys/devices/%s/block/%s%s%s", bus, of != NULL ? of : name, of != NULL ? "/" : "",
             of != NULL ? name : "");
    snprintf(link, sizeof(link), "/sys/class/block/%s", name);
    add_link(link, ga_arena_printf(&arena, "../..%s", way + strlen("/sys")));
    put(ga_arena_printf(&arena, "%s/dev", way), ga_arena_printf(&arena, "%s\n", number));
    put(ga_arena_printf(&arena, "%s/size", way), ga_arena_printf(&arena, "%s\n", sectors));
    put(ga_arena_printf(&arena, "%s/ro", way), "0\n");
    if (of != NULL)
        put(ga_arena_printf(&arena, "%s/partition", way), "1\n");
    else
        put(ga_arena_printf(&arena, "%s/removable", way), "0\n");
}

static const char usb[] = "pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/host6/target6:0:0/6:0:0:0";
static const char sata[] = "pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0";

/* The school's computer: a disk it runs from, and one stick with one part. */
static void start_school(const char *mounts)
{
    add_disk(sata, "sda", NULL, "8:0", "500118192");
    add_disk(sata, "sda1", "sda", "8:1", "500000000");
    add_disk(usb, "sdb", NULL, "8:16", "30310400");
    add_disk(usb, "sdb1", "sdb", "8:17", "30308352");
    put("/proc/self/mountinfo", ga_arena_printf(&arena, "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n%s", mounts));
}

static size_t find(void)
{
    const struct ga_stick_places places = {.io = ga_io_system(), .root = root};
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
    start_school("36 22 8:17 / /media/luo/关爱\\0401 rw,nosuid shared:9 - vfat /dev/sdb1 rw,fmask=0022\n");
    put("/media/luo/关爱 1/x", "");
    add_link("/dev/disk/by-label/\\xe5\\x85\\xb3\\xe7\\x88\\xb1\\x201", "../../sdb1");
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
    start_school("");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdb1");
    assert_null(stick_at(0)->folder);
    assert_int_equal(stick_at(0)->free_bytes, -1);
}

static void a_stick_without_parts_is_the_whole_disk(void **state)
{
    (void)state;
    add_disk(usb, "sdc", NULL, "8:32", "4096");
    put("/proc/self/mountinfo", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdc");
}

static void ntfs_by_fuse_is_found_by_its_device(void **state)
{
    (void)state;
    start_school("40 22 0:52 / /media/disk rw - fuseblk /dev/sdb1 rw,user_id=0\n");
    put("/media/disk/x", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->kind, "fuseblk");
    assert_string_equal(stick_at(0)->folder, path_of("/media/disk"));
}

static void a_stick_that_is_seen_twice_is_one(void **state)
{
    (void)state;
    start_school("36 22 8:17 /guanai /srv/x rw - vfat /dev/sdb1 rw\n37 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n");
    put("/media/stick/x", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->folder, path_of("/media/stick"));
}

static void the_disk_the_computer_runs_from_is_no_stick(void **state)
{
    (void)state;
    start_school("");
    add_disk(usb, "sdc", NULL, "8:32", "62521344"); /* a system on a stick, its other part too */
    add_disk(usb, "sdc1", "sdc", "8:33", "1000000");
    add_disk(usb, "sdc2", "sdc", "8:34", "60000000");
    put("/proc/self/mountinfo", "22 1 8:34 / / rw - ext4 /dev/sdc2 rw\n23 1 8:33 / /media/efi rw - vfat /dev/sdc1 rw\n");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/sdb1");
}

static void the_disk_with_the_schools_data_is_no_stick(void **state)
{
    (void)state;
    start_school("36 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n");
    put("/media/stick/data/guanai.db", "");
    const struct ga_stick_places places = {
        .io = ga_io_system(), .root = root, .data_folder = path_of("/media/stick/data")};
    ga_sticks_find(&places, &arena, &sticks);
    assert_int_equal(sticks.len, 0);
}

static void an_empty_card_reader_is_no_stick(void **state)
{
    (void)state;
    add_disk(usb, "sdd", NULL, "8:48", "0");
    assert_int_equal(find(), 0);
}

static void a_card_in_a_removable_drive_is_found(void **state)
{
    (void)state;
    add_disk(sata, "mmcblk0", NULL, "179:0", "100000");
    put("/sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/mmcblk0/removable", "1\n");
    add_disk(sata, "mmcblk0p1", "mmcblk0", "179:1", "99000");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->device, "/dev/mmcblk0p1");
}

static void its_switch_is_told_from_a_stick_mounted_read_only(void **state)
{
    (void)state;
    start_school("36 22 8:17 / /media/stick ro,nosuid - vfat /dev/sdb1 ro\n");
    put("/media/stick/x", "");
    assert_int_equal(find(), 1);
    assert_true(stick_at(0)->is_read_only);
    assert_false(stick_at(0)->is_protected);
    put(ga_arena_printf(&arena, "/sys/devices/%s/block/sdb/ro", usb), "1\n");
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
    start_school("\n - \nx\n1 2 3 4 5 6 7 8 9\n36 22 8:17 / /media/\\9\\04 rw - vfat\n"
                 "36 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n");
    put("/media/stick/x", "");
    assert_int_equal(find(), 1);
    assert_string_equal(stick_at(0)->folder, path_of("/media/stick"));
}

static int start(void **state)
{
    (void)state;
    strcpy(root, "/tmp/guanai-stick-XXXXXX");
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    return mkdtemp(root) == NULL;
}

static int stop(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", root);
    ga_vec_finish(&sticks);
    ga_arena_finish(&arena);
    return system(command);
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
