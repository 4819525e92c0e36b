/* A scene with a stick in its computer, other computers without a screen: what they carry to each other. */
#ifndef GUANAI_TESTS_MEETING_H
#define GUANAI_TESTS_MEETING_H

#include "fake_sticks.h"
#include "scene.h"

/* Of the test that runs: started by meeting_start, taken away by meeting_stop. */
extern struct meeting {
    struct fake_sticks sticks;
    char stick[80]; /* BLUE, on which lies a photo */
} meeting;

/* The scene's school alone; NULL: no temporary folder could be made. */
struct scene *meeting_start(void **state);
int meeting_stop(void **state);

/* Another computer, which draws other numbers; `name` NULL: its school has none. school_session_stop ends it. */
void meeting_bring(struct school_session *other, uint64_t seed, const char *name);

/* A line of the page by its digit, the stick, what is done with it then. */
void meeting_with_stick(struct scene *scene, uint32_t line);

/* Without pages: what is there goes to the stick, what lies on it is taken in; how many children are there. */
void meeting_write(struct ga_session *session);
void meeting_take(struct ga_session *session);
int64_t meeting_count_children(struct ga_session *session);

#endif
