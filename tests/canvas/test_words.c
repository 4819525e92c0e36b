/* Every dialog speaks the language of the moment, every page says what it is for. */
#include "record_scene.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/child.h"
#include "guanai/screen/doubles.h"
#include "guanai/screen/export.h"
#include "guanai/screen/figures.h"
#include "guanai/screen/form_changes.h"
#include "guanai/screen/grid.h"
#include "guanai/screen/guide.h"
#include "guanai/screen/history.h"
#include "guanai/screen/home.h"
#include "guanai/screen/import.h"
#include "guanai/screen/name.h"
#include "guanai/screen/record.h"
#include "guanai/screen/roster.h"
#include "guanai/screen/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { KEYS_MAX = 6 };

/* A page and the keys that lead on from it. */
struct way {
    const char *what;
    const struct ga_screen_ops *ops; /* NULL: `open` */
    const void *arg;
    void (*open)(struct scene *scene);
    uint32_t keys[KEYS_MAX];
};

static void open_child(struct scene *scene)
{
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
}

static void open_visit(struct scene *scene)
{
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "home_visit", &scene->child, 1);
}

static void open_grid(struct scene *scene)
{
    ga_screen_grid_new(ga_ui_top(scene->fake.ui), 1);
}

static void go(struct scene *scene, const struct way *way, enum ga_lang lang)
{
    scene_open(scene, way->ops != NULL ? way->ops : &scene_below, way->arg);
    ga_ui_set_lang(scene->fake.ui, lang);
    if (way->open != NULL)
        way->open(scene);
    ga_ui_paint(scene->fake.ui);
    scene_let_work(scene);
    for (size_t i = 0; i < KEYS_MAX && way->keys[i] != 0; i++)
        PRESS(scene, way->keys[i]);
}

static char *frame(struct scene *scene)
{
    struct ga_str text = {0};
    ga_canvas_dump(ga_ui_canvas(scene->fake.ui), false, &text);
    return ga_str_take(&text);
}

/* F9 while it is open gives the words it would have had if opened in that language. */
static void a_dialog_changes_its_words_with_the_language(void **state)
{
    struct scene *scene = *state;
    static const struct way ways[] = {
        {"export: what", &ga_screen_export, NULL, NULL, {'1'}},
        {"export: kind", &ga_screen_export, NULL, NULL, {'2'}},
        {"export: columns", &ga_screen_export, NULL, NULL, {'3'}},
        {"import: as what", &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv", NULL, {'f'}},
        {"import: how", &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv", NULL, {'m'}},
        {"import: a row", &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv", NULL, {'1', GA_KEY_ENTER}},
        {"roster: class", &ga_screen_roster, NULL, NULL, {'c'}},
        {"figures: class", &ga_screen_figures, NULL, NULL, {'c'}},
        {"figures: rule", &ga_screen_figures, NULL, NULL, {'s'}},
        {"figures: day", &ga_screen_figures, NULL, NULL, {'d'}},
        {"child: new record", NULL, NULL, open_child, {'n'}},
        {"child: classes", NULL, NULL, open_child, {'c'}},
    };
    for (size_t i = 0; i < GA_COUNT(ways); i++) {
        go(scene, &ways[i], GA_ZH);
        assert_true(ga_ui_top(scene->fake.ui)->ops->is_dialog);
        ga_ui_set_lang(scene->fake.ui, GA_EN);
        ga_ui_paint(scene->fake.ui);
        char *changed = frame(scene);
        go(scene, &ways[i], GA_EN);
        char *opened = frame(scene);
        if (strcmp(changed, opened) != 0)
            fail_msg("%s:\n%s\nbut opened in English:\n%s", ways[i].what, changed, opened);
        free(changed);
        free(opened);
    }
}

/* What is asked about is what is written, whatever language follows. */
static void a_file_that_would_be_replaced_keeps_its_name(void **state)
{
    struct scene *scene = *state;
    static const struct way way = {"", &ga_screen_export, NULL, NULL, {'6'}};
    go(scene, &way, GA_ZH);
    PRESS(scene, GA_CTRL('U'));
    fake_tui_type(&scene->fake, GUANAI_ROSTERS "/strange-headings.csv");
    PRESS(scene, GA_KEY_ENTER, 'y');
    assert_true(fake_tui_shows(&scene->fake, "要替换"));
    PRESS(scene, GA_KEY_F(9));
    assert_true(fake_tui_shows(&scene->fake, "Replace "));
    assert_true(fake_tui_shows(&scene->fake, "strange-headings.csv"));
    PRESS(scene, 'n');
}

static const struct way pages[] = {
    {"home", &ga_screen_home, NULL, NULL, {0}},
    {"roster", &ga_screen_roster, NULL, NULL, {0}},
    {"export", &ga_screen_export, NULL, NULL, {0}},
    {"figures", &ga_screen_figures, NULL, NULL, {0}},
    {"figures_list", &ga_screen_figures, NULL, NULL, {GA_KEY_ENTER}},
    {"doubles", &ga_screen_doubles, NULL, NULL, {0}},
    {"form_changes", &ga_screen_form_changes, NULL, NULL, {0}},
    {"guide", &ga_screen_guide, NULL, NULL, {0}},
    {"import_file", &ga_screen_import_file, NULL, NULL, {0}},
    {"import", &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv", NULL, {0}},
    {"import_rows", &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv", NULL, {'1'}},
    {"import_columns", &ga_screen_import_preview, GUANAI_ROSTERS "/strange-headings.csv", NULL, {'c'}},
    {"child", NULL, NULL, open_child, {0}},
    {"history", NULL, NULL, open_child, {GA_KEY_F(6)}},
    {"record", NULL, NULL, open_visit, {0}},
    {"grid", NULL, NULL, open_grid, {0}},
    {"name", &ga_screen_home, NULL, NULL, {GA_KEY_F(6)}},
    {"dialog", &ga_screen_export, NULL, NULL, {'2'}},
    {"picker", &ga_screen_export, NULL, NULL, {'1'}},
};

static void open_class_grid(struct scene *scene)
{
    open_grid(scene);
    PRESS(scene, '1', '1');
}

static const struct way more_pages[] = {
    {"doer", &ga_screen_home, NULL, NULL, {GA_KEY_F(12)}},
    {"new child", &ga_screen_home, NULL, NULL, {GA_KEY_F(2)}},
};

/* And some states of them, for their keys. */
static const struct way states[] = {
    {"verify", &ga_screen_verify, NULL, NULL, {0}},
    {"import_past", &ga_screen_import_file, NULL, NULL, {GA_KEY_F(6)}},
    {"notes", NULL, NULL, open_child, {GA_KEY_F(11)}},
    {"child: parents", NULL, NULL, open_child, {'2'}},
    {"child: records", NULL, NULL, open_child, {'5'}},
    {"child: timeline", NULL, NULL, open_child, {'5', GA_KEY_F(6)}},
    {"the rows of a grid", NULL, NULL, open_class_grid, {GA_KEY_DOWN}},
    {"roster, narrowed", &ga_screen_roster, NULL, NULL, {'l'}},
    {"a page of a file", NULL, NULL, open_child, {'2', 'e'}},
};

/* F1 says what the page is for, then its keys from the table that handles them; Esc leads back to it. */
static void f1_explains_every_page(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < GA_COUNT(pages); i++) {
        for (int lang = GA_ZH; lang <= GA_EN; lang++) {
            go(scene, &pages[i], (enum ga_lang)lang);
            const struct ga_screen_ops *about = ga_ui_top(scene->fake.ui)->ops;
            char start[25] = "";
            if (about->help == NULL)
                fail_msg("%s: says nothing", pages[i].what);
            PRESS(scene, GA_KEY_F(1));
            if (strcmp(ga_ui_top(scene->fake.ui)->ops->name, "help") != 0)
                fail_msg("%s (%s): no help", pages[i].what, about->name);
            strncat(start, ga_tr((enum ga_lang)lang, about->help), 21); /* whole characters of three bytes */
            if (!fake_tui_shows(&scene->fake, start))
                fail_msg("%s: %s is not shown", pages[i].what, start);
            PRESS(scene, GA_KEY_ESC);
            assert_ptr_equal(ga_ui_top(scene->fake.ui)->ops, about);
        }
    }
}

/* A key that the page has taken is not promised to do something else everywhere. */
static void help_promises_no_key_twice(void **state)
{
    struct scene *scene = *state;
    static const struct way home = {"", &ga_screen_home, NULL, NULL, {GA_KEY_F(1)}};
    go(scene, &home, GA_EN);
    char *text = frame(scene);
    const char *first = strstr(text, "Ctrl-B");
    assert_non_null(first);
    assert_null(strstr(first + 1, "Ctrl-B"));
    free(text);
    static const struct way doubles = {"", &ga_screen_doubles, NULL, NULL, {GA_KEY_F(1)}};
    go(scene, &doubles, GA_EN);
    assert_false(fake_tui_shows(&scene->fake, "Keys of this page")); /* nothing to be done where nobody is alike */
}

/* The sentences of every page are whole at 80×24 in English, its own name before the school's. */
static void no_english_sentence_is_cut(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < GA_COUNT(pages) + GA_COUNT(more_pages); i++) {
        const struct way *way = i < GA_COUNT(pages) ? &pages[i] : &more_pages[i - GA_COUNT(pages)];
        if (strcmp(way->what, "import_rows") == 0)
            continue; /* reasons are as long as they are; Enter shows them whole */
        go(scene, way, GA_EN);
        char *text = frame(scene);
        for (const char *cut = strstr(text, "…"); cut != NULL; cut = strstr(cut + 1, "…"))
            if (cut > text && cut[-1] != ' ') /* "more …" is no cut */
                fail_msg("%s:\n%s", way->what, text);
        free(text);
    }
    static const struct way home = {"", &ga_screen_home, NULL, NULL, {0}};
    go(scene, &home, GA_EN);
    assert_true(fake_tui_shows(&scene->fake, "nickname, village"));
}

/* As in use: the first page is the lowest one, the others lie over another. */
static void go_above(struct scene *scene, const struct way *way, enum ga_lang lang)
{
    if (way->ops == NULL || way->ops == &ga_screen_home) {
        go(scene, way, lang);
        return;
    }
    scene_open(scene, &scene_below, NULL);
    ga_ui_set_lang(scene->fake.ui, lang);
    ga_screen_push(ga_ui_top(scene->fake.ui), way->ops, way->arg, 1);
    ga_ui_paint(scene->fake.ui);
    scene_let_work(scene);
    for (size_t i = 0; i < KEYS_MAX && way->keys[i] != 0; i++)
        PRESS(scene, way->keys[i]);
}

/* At 80 columns every key of a bar is shown, F8 that hides the page with them, in either language. */
static void no_key_of_a_bar_is_left_out(void **state)
{
    struct scene *scene = *state;
    struct ga_str bars = {0};
    for (size_t i = 0; i < GA_COUNT(pages) + GA_COUNT(more_pages) + GA_COUNT(states); i++) {
        const struct way *way = i < GA_COUNT(pages)                          ? &pages[i]
                                : i < GA_COUNT(pages) + GA_COUNT(more_pages) ? &more_pages[i - GA_COUNT(pages)]
                                                                             : &states[i - GA_COUNT(pages) - GA_COUNT(more_pages)];
        for (int lang = GA_ZH; lang <= GA_EN; lang++) {
            go_above(scene, way, (enum ga_lang)lang);
            if (ga_ui_keys_left_out(scene->fake.ui) == 0 || strcmp(ga_ui_top(scene->fake.ui)->ops->name, "help") == 0)
                continue;
            char *text = frame(scene);
            ga_str_addf(&bars, "%s (%zu):%s\n", way->what, ga_ui_keys_left_out(scene->fake.ui), strstr(text, "\n F1"));
            free(text);
        }
    }
    if (bars.len > 0)
        fprintf(stderr, "left out:\n%s", ga_str_text(&bars));
    const bool is_whole = bars.len == 0;
    ga_str_finish(&bars);
    assert_true(is_whole);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, record_scene_start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_dialog_changes_its_words_with_the_language),
        CASE(a_file_that_would_be_replaced_keeps_its_name),
        CASE(f1_explains_every_page),
        CASE(help_promises_no_key_twice),
        CASE(no_english_sentence_is_cut),
        CASE(no_key_of_a_bar_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
