/* Backups: what is there, one more now, one on a stick that is read back there. */
#include "scene.h"

#include "fake_sticks.h"
#include "guanai/app/backup.h"
#include "guanai/screen/backups.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct fake_sticks fake;

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene->school.options.system_root = fake.root;
    scene->school.options.io = &fake.io;
    return fake_sticks_start(&fake);
}

static int stop(void **state)
{
    return scene_stop(state) | fake_sticks_stop(&fake);
}

static void plug_in(const char *mounts)
{
    fake_sticks_school(&fake, mounts);
    fake_sticks_put(&fake, "/media/luo/BLUE/photo.jpg", "theirs");
    fake_sticks_link(&fake, "/dev/disk/by-label/BLUE", "../../sdb1");
}

static int note_backup(void *arg, const char *name)
{
    *(int *)arg += strstr(name, ".db") != NULL && strstr(name, ".part") == NULL;
    return 0;
}

static int backups_on_stick(void)
{
    char folder[80];
    int count = 0;
    snprintf(folder, sizeof(folder), "%s/media/luo/BLUE", fake.root);
    ga_io_system()->list(NULL, folder, note_backup, &count);
    return count;
}

static void an_archive_without_backups_says_that_they_come_by_themselves(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_backups, NULL);
    fake_tui_expect(&scene->fake, "backups_none_80x24", false);
}

static void one_made_now_stands_there_and_was_counted(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_backups, NULL);
    PRESS(scene, 'n');
    scene_let_work(scene);
    scene_expect(scene, "guanai-000001-2026-11-23-asked.db");
    scene_expect(scene, "自己要做的");
    scene_expect(scene, "最近一次备份 11月23日 12:41：");
    scene_expect(scene, "条，已打开核对");
}

static void a_stick_is_chosen_by_a_digit_and_what_lies_on_it_stays(void **state)
{
    struct scene *scene = *state;
    plug_in("36 22 8:17 / /media/luo/BLUE rw - vfat /dev/sdb1 rw\n");
    scene_open(scene, &ga_screen_backups, NULL);
    PRESS(scene, 'c');
    scene_expect(scene, "BLUE  14.4 GB");
    scene_expect(scene, "再找一次U盘");
    PRESS(scene, '1');
    scene_let_work(scene);
    assert_int_equal(backups_on_stick(), 1);
    struct ga_io_stat stat;
    char photo[100];
    snprintf(photo, sizeof(photo), "%s/media/luo/BLUE/photo.jpg", fake.root);
    assert_int_equal(ga_io_system()->stat(NULL, photo, &stat), 0);
}

static void without_a_stick_it_is_looked_for_again(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_backups, NULL);
    PRESS(scene, 'c');
    fake_tui_expect(&scene->fake, "backups_no_stick_80x24", false);
    plug_in("36 22 8:17 / /media/luo/BLUE ro - vfat /dev/sdb1 ro\n");
    PRESS(scene, '1');
    scene_expect(scene, "BLUE  14.4 GB  只能读");
}

static void a_folder_may_be_typed(void **state)
{
    struct scene *scene = *state;
    fake_sticks_put(&fake, "/media/luo/BLUE/photo.jpg", "theirs");
    scene_open(scene, &ga_screen_backups, NULL);
    PRESS(scene, 'c', '2');
    fake_tui_type(&scene->fake, "/nowhere at all");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "不是文件夹");
    PRESS(scene, 'c', '2');
    char folder[80];
    snprintf(folder, sizeof(folder), "%s/media/luo/BLUE", fake.root);
    fake_tui_type(&scene->fake, folder);
    PRESS(scene, GA_KEY_ENTER);
    scene_let_work(scene);
    scene_expect(scene, "写在那个文件夹里");
    assert_int_equal(backups_on_stick(), 1);
}

#define ON_PAGE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PAGE(an_archive_without_backups_says_that_they_come_by_themselves),
        ON_PAGE(one_made_now_stands_there_and_was_counted),
        ON_PAGE(a_stick_is_chosen_by_a_digit_and_what_lies_on_it_stays),
        ON_PAGE(without_a_stick_it_is_looked_for_again),
        ON_PAGE(a_folder_may_be_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
