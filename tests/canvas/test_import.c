/* A sheet is taken in by hand: its columns looked at and changed. */
#include "scene.h"

#include "guanai/screen/import.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int start_empty(void **state)
{
    scene_start(state, NULL);
    return 0;
}

static void open_strange(struct scene *scene)
{
    scene_open(scene, &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv");
    scene_let_work(scene);
}

static void give_field(struct scene *scene, const char *typed)
{
    PRESS(scene, GA_KEY_ENTER);
    for (const char *c = typed; *c != '\0'; c++)
        PRESS(scene, (uint32_t)*c);
    PRESS(scene, GA_KEY_ENTER);
}

static void columns_are_placed_by_initials_and_kept(void **state)
{
    struct scene *scene = *state;
    open_strange(scene);
    PRESS(scene, 'c'); /* on the first column nobody knows */
    scene_expect_everywhere(scene, "import_columns");
    PRESS(scene, GA_KEY_ENTER, 'j', 'h', 'r');
    fake_tui_expect(&scene->fake, "import_column_field", false);
    PRESS(scene, GA_KEY_ESC);
    give_field(scene, "guardian_relation");
    PRESS(scene, GA_KEY_DOWN);
    give_field(scene, "guardian_phone");
    PRESS(scene, GA_KEY_DOWN, 'x');
    fake_tui_expect(&scene->fake, "import_columns_placed", false);
    PRESS(scene, GA_KEY_ESC);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "认得 7 列"));
    open_strange(scene);
    fake_tui_expect(&scene->fake, "import_recalled", false);
}

static void the_bar_follows_the_mark(void **state)
{
    struct scene *scene = *state;
    open_strange(scene);
    PRESS(scene, 'c');
    give_field(scene, "guardian_relation");
    assert_true(fake_tui_shows(&scene->fake, "z 按标题"));
    PRESS(scene, GA_KEY_DOWN); /* on a column nobody placed by hand */
    assert_false(fake_tui_shows(&scene->fake, "z 按标题"));
    PRESS(scene, GA_KEY_UP);
    assert_true(fake_tui_shows(&scene->fake, "z 按标题"));
}

static void a_field_that_has_a_column_is_refused_at_once(void **state)
{
    struct scene *scene = *state;
    open_strange(scene);
    PRESS(scene, 'c');
    give_field(scene, "xingming");
    assert_true(fake_tui_shows(&scene->fake, "“姓名”"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "认得 4 列"));
}

static void take_file(struct scene *scene, const char *path)
{
    scene_open(scene, &ga_screen_import_preview, path);
    scene_let_work(scene);
}

static void reasons_and_values_change_with_the_language(void **state)
{
    struct scene *scene = *state;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    take_file(scene, GUANAI_ROSTERS "/village-now.csv");
    PRESS(scene, '3');
    assert_true(fake_tui_shows(&scene->fake, "村：档案里是"));
    fake_tui_key(&scene->fake, GA_KEY_F(9));
    assert_true(fake_tui_shows(&scene->fake, "Village: the archive has"));
    assert_false(fake_tui_shows(&scene->fake, "；"));
}

static void differences_are_taken_and_kept_by_digits(void **state)
{
    struct scene *scene = *state;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    take_file(scene, GUANAI_ROSTERS "/village-now.csv");
    fake_tui_expect(&scene->fake, "import_differs", false);
    PRESS(scene, 'd');
    scene_let_work(scene);
    scene_expect_everywhere(scene, "import_differences");
    PRESS(scene, '1', '2', GA_KEY_HOME, GA_KEY_F(4));
    fake_tui_expect(&scene->fake, "import_differences_decided", false);
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "采用文件内容的行：1"));
    PRESS(scene, 'y');
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "修改 1；"));
    take_file(scene, GUANAI_ROSTERS "/village-now.csv"); /* one difference is left in each row but the first */
    PRESS(scene, 'd');
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, " 1 / 2"));
}

/* A thousand files are not made by the key that everybody presses. */
static void enter_takes_nothing_in(void **state)
{
    struct scene *scene = *state;
    int64_t count = 0;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    assert_true(fake_tui_shows(&scene->fake, "按 Ctrl-S 导入：新建 2"));
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ENTER);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "还没有导入"));
    assert_int_equal(ga_store_count(scene->school.session->store, "child", &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    PRESS(scene, GA_CTRL('S'));
    scene_let_work(scene);
    assert_int_equal(ga_store_count(scene->school.session->store, "child", &count, NULL), GA_OK);
    assert_int_equal(count, 2);
}

/* How files are taken is changed, what was said of single fields is not. */
static void decisions_stay_when_the_way_changes(void **state)
{
    struct scene *scene = *state;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    take_file(scene, GUANAI_ROSTERS "/village-now.csv");
    PRESS(scene, 'd');
    scene_let_work(scene);
    PRESS(scene, '1', GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "采用文件内容的行：1"));
    for (uint32_t way = '2'; way >= '1'; way--) {
        PRESS(scene, 'm', way);
        scene_let_work(scene);
    }
    assert_true(fake_tui_shows(&scene->fake, "采用文件内容的行：1"));
}

/* The reason of a difference names both numbers. */
static void numbers_in_reasons_are_hidden_until_asked_for(void **state)
{
    struct scene *scene = *state;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    take_file(scene, GUANAI_ROSTERS "/village-now.csv");
    PRESS(scene, '3', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "****2345"));
    assert_false(fake_tui_shows(&scene->fake, "13885412345"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_F(4), GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "13885412345"));
}

/* Saved on a day that stays the same: the page tells it. */
static const char *copy_of(const char *name, const char *folder, struct ga_arena *arena)
{
    const struct timespec saved[2] = {{.tv_sec = 1756540000}, {.tv_sec = 1756540000}};
    const char *path = ga_arena_printf(arena, "%s/%s", folder, name);
    struct ga_str bytes = {0};
    const struct ga_io_ops *io = ga_io_system();
    assert_int_equal(ga_io_read_file(io, ga_arena_printf(arena, GUANAI_ROSTERS "/%s", name), 1 << 16, &bytes, NULL), GA_OK);
    assert_int_equal(ga_io_write_file(io, path, bytes.data, bytes.len, NULL), GA_OK);
    assert_int_equal(utimensat(AT_FDCWD, path, saved, 0), 0);
    ga_str_finish(&bytes);
    return path;
}

static void let_leave(struct scene *scene, const char *card)
{
    struct ga_store *store = scene->school.session->store;
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), "status_change", NULL);
    struct ga_answers left;
    const struct ga_value kind = ga_value_text("transfer"), day = ga_value_text("2026-11-02");
    ga_answers_init(&left, form);
    assert_int_equal(ga_store_resolve(store, ga_forms_get(ga_store_forms(store), "child", NULL), card, &left.child, NULL), GA_OK);
    ga_answers_set(&left, ga_form_field(form, "kind"), &kind);
    ga_answers_set(&left, ga_form_field(form, "from_on"), &day);
    assert_int_equal(ga_store_save(store, &(struct ga_save_record){.after = &left}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&left);
}

/* Which imports go back first, what people wrote since: on one page, with the children's files behind it. */
static void what_builds_on_an_import_is_told_on_a_page(void **state)
{
    struct scene *scene = *state;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    take_file(scene, GUANAI_ROSTERS "/village-now.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    let_leave(scene, "1");
    scene_open(scene, &ga_screen_import_file, NULL);
    PRESS(scene, GA_KEY_F(6));
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "后来改过 1 份"));
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "import_bars");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "转学"));
}

/* The wrong file was taken in: it goes, and with it all that it brought. */
static void an_import_is_taken_back_on_its_page(void **state)
{
    struct scene *scene = *state;
    static const char *const names[] = {"village-then.csv", "village-now.csv"};
    char folder[] = "/tmp/guanai-past-XXXXXX";
    struct ga_arena arena = {0};
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 2; i++) {
        const char *path = copy_of(names[i], folder, &arena);
        take_file(scene, path);
        PRESS(scene, 'y');
        scene_let_work(scene);
        unlink(path);
    }
    rmdir(folder);
    ga_arena_finish(&arena);
    scene_open(scene, &ga_screen_import_file, NULL);
    PRESS(scene, GA_KEY_F(6));
    scene_let_work(scene);
    scene_expect_everywhere(scene, "import_past");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "import_past_barred", false);
    PRESS(scene, GA_KEY_ESC, GA_KEY_UP, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "import_past_asks", false);
    PRESS(scene, 'y');
    scene_let_work(scene);
    fake_tui_expect(&scene->fake, "import_past_undone", false);
}

/* Who left stands in the new roster: says so, asks who comes back. */
static void who_left_comes_back_or_stays_gone(void **state)
{
    struct scene *scene = *state;
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    PRESS(scene, 'y');
    scene_let_work(scene);
    let_leave(scene, "1");
    let_leave(scene, "2");
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    scene_expect_everywhere(scene, "import_returns");
    PRESS(scene, 'r');
    PRESS(scene, GA_KEY_DOWN, '2');
    fake_tui_expect(&scene->fake, "import_returns_rows", false);
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC); /* one Esc too many */
    take_file(scene, GUANAI_ROSTERS "/village-then.csv");
    assert_true(fake_tui_shows(&scene->fake, "重新启用原档案的：1 人"));
    PRESS(scene, 'y');
    scene_let_work(scene);
    int64_t changes = 0;
    assert_int_equal(ga_store_count(scene->school.session->store, "status_change", &changes, NULL), GA_OK);
    assert_int_equal(changes, 3);
}

#define IN_EMPTY(test) cmocka_unit_test_setup_teardown(test, start_empty, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY(columns_are_placed_by_initials_and_kept),
        IN_EMPTY(enter_takes_nothing_in),
        IN_EMPTY(decisions_stay_when_the_way_changes),
        IN_EMPTY(differences_are_taken_and_kept_by_digits),
        IN_EMPTY(numbers_in_reasons_are_hidden_until_asked_for),
        IN_EMPTY(an_import_is_taken_back_on_its_page),
        IN_EMPTY(what_builds_on_an_import_is_told_on_a_page),
        IN_EMPTY(who_left_comes_back_or_stays_gone),
        IN_EMPTY(the_bar_follows_the_mark),
        IN_EMPTY(reasons_and_values_change_with_the_language),
        IN_EMPTY(a_field_that_has_a_column_is_refused_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
