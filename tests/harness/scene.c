/* An invented school with a page of the program open on a made-up terminal. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct scene scene_now;

static void note_result(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)screen;
    scene_now.last = *result;
    scene_now.last.text = NULL;
}

const struct ga_screen_ops scene_below = {
    .name = "below", .title = "首页", .state_bytes = 1, .resumed = note_result};

struct scene *scene_start(void **state, const struct school_session_form *form)
{
    memset(&scene_now, 0, sizeof(scene_now));
    school_session_start(&scene_now.school, form);
    *state = &scene_now;
    return &scene_now;
}

int scene_stop(void **state)
{
    struct scene *scene = *state;
    fake_tui_stop(&scene->fake);
    school_session_stop(&scene->school);
    return 0;
}

static void change_lang(void *app, enum ga_lang lang)
{
    ga_session_set_lang(app, lang);
}

void scene_open(struct scene *scene, const struct ga_screen_ops *ops, const void *arg)
{
    const struct ga_ui_config config = {
        .lang = GA_ZH, .program = "红岩村小学", .app = scene->school.session, .lang_changed = change_lang};
    fake_tui_stop(&scene->fake);
    fake_tui_start(&scene->fake, 24, 80, &config, ops, arg);
    if (strcmp(ops->name, "home") == 0)
        scene_let_work(scene); /* what is to be done is worked out once the page stands */
}

void scene_press(struct scene *scene, const uint32_t *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fake_tui_key(&scene->fake, keys[i]);
}

void scene_let_work(struct scene *scene)
{
    struct ga_screen *top = ga_ui_top(scene->fake.ui);
    while (top->has_work)
        top->has_work = top->ops->work(top);
    fake_tui_resize(&scene->fake, scene->fake.rows, scene->fake.cols);
}

void scene_expect(struct scene *scene, const char *text)
{
    struct ga_str page = {0};
    if (fake_tui_shows(&scene->fake, text))
        return;
    ga_canvas_dump(ga_ui_canvas(scene->fake.ui), false, &page);
    print_error("%s", ga_str_text(&page));
    ga_str_finish(&page);
    fail_msg("the page does not show: %s", text);
}

bool scene_marks(struct scene *scene, const char *text)
{
    struct ga_str page = {0};
    ga_canvas_dump(ga_ui_canvas(scene->fake.ui), false, &page);
    const char *mark = strstr(ga_str_text(&page), "▶"), *at = mark != NULL ? strstr(mark, text) : NULL;
    const bool is = at != NULL && at < mark + strcspn(mark, "\n");
    ga_str_finish(&page);
    return is;
}

void scene_expect_en(struct scene *scene, const char *golden_en)
{
    ga_ui_set_lang(scene->fake.ui, GA_EN);
    ga_ui_paint(scene->fake.ui);
    fake_tui_expect(&scene->fake, golden_en, false);
    ga_ui_set_lang(scene->fake.ui, GA_ZH);
    ga_ui_paint(scene->fake.ui);
}

void scene_expect_both(struct scene *scene, const char *golden, const char *golden_en)
{
    fake_tui_expect(&scene->fake, golden, false);
    scene_expect_en(scene, golden_en);
}

void scene_expect_everywhere(struct scene *scene, const char *name)
{
    char golden[80];
    fake_tui_expect_sizes(&scene->fake, name);
    snprintf(golden, sizeof(golden), "%s_en", name);
    scene_expect_en(scene, golden);
}
