/* An invented school with a page of the program open on a made-up terminal. */
#ifndef GUANAI_TESTS_SCENE_H
#define GUANAI_TESTS_SCENE_H

#include "fake_tui.h"
#include "school_session.h"

struct scene {
    struct school_session school;
    struct fake_tui fake;
    struct ga_uuid child;      /* whom the test is about; set by the test */
    struct ga_tui_result last; /* what came back to scene_below; its text is not kept */
};

/* A page that opens what a test asks for and keeps what came back. */
extern const struct ga_screen_ops scene_below;

/* The school alone; `form` as school_session_start takes it. For a cmocka set-up. */
struct scene *scene_start(void **state, const struct school_session_form *form);
int scene_stop(void **state); /* for a cmocka tear-down */

/* Opens a page at 80×24 in Chinese, after closing the one that was open. */
void scene_open(struct scene *scene, const struct ga_screen_ops *ops, const void *arg);

void scene_press(struct scene *scene, const uint32_t *keys, size_t count);
#define PRESS(scene, ...)                                                                              \
    scene_press((scene), (const uint32_t[]){__VA_ARGS__}, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

void scene_let_work(struct scene *scene); /* what the loop does when no key waits */

/* The page must show this; it is printed where it does not. */
void scene_expect(struct scene *scene, const char *text);
bool scene_marks(struct scene *scene, const char *text); /* does the mark ▶ stand on its line? */

/* The frame against a golden in Chinese and one in English; in English alone. */
void scene_expect_both(struct scene *scene, const char *golden, const char *golden_en);
void scene_expect_en(struct scene *scene, const char *golden_en);

/* The frame at all four sizes, then in English, against <name>_80x24, … and <name>_en. */
void scene_expect_everywhere(struct scene *scene, const char *name);

#endif
