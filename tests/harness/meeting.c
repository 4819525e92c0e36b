/* A scene with a stick in its computer, other computers without a screen: what they carry to each other. */
#include "meeting.h"

#include "guanai/app/sync.h"
#include "guanai/store/backup.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct meeting meeting;

struct scene *meeting_start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    if (fake_sticks_start(&meeting.sticks) != 0)
        return NULL;
    fake_sticks_school(&meeting.sticks, "36 22 8:17 / /media/luo/BLUE rw - vfat /dev/sdb1 rw\n");
    fake_sticks_put(&meeting.sticks, "/media/luo/BLUE/photo.jpg", "theirs");
    snprintf(meeting.stick, sizeof(meeting.stick), "%s/media/luo/BLUE", meeting.sticks.root);
    scene->school.options.system_root = meeting.sticks.root;
    scene->school.options.io = &meeting.sticks.io;
    return scene;
}

int meeting_stop(void **state)
{
    return scene_stop(state) | fake_sticks_stop(&meeting.sticks);
}

void meeting_bring(struct school_session *other, uint64_t seed, const char *name)
{
    school_session_start(other, NULL);
    other->seed = seed;
    assert_int_equal(ga_store_renew_site(other->session->store, NULL), GA_OK);
    if (name != NULL)
        other->session->config.school = name;
}

void meeting_with_stick(struct scene *scene, uint32_t line)
{
    PRESS(scene, line, '1');
    scene_let_work(scene);
}

void meeting_write(struct ga_session *session)
{
    struct ga_arena arena = {0};
    struct ga_sync_written written;
    assert_int_equal(ga_sync_write(session, &(struct ga_sync_export){.place = meeting.stick}, &arena, &written, NULL), GA_OK);
    ga_arena_finish(&arena);
}

void meeting_take(struct ga_session *session)
{
    struct ga_arena arena = {0};
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    assert_int_equal(ga_sync_take(session, meeting.stick, NULL, &arena, &taken, NULL), GA_OK);
    ga_vec_finish(&taken);
    ga_arena_finish(&arena);
}

int64_t meeting_count_children(struct ga_session *session)
{
    int64_t children = -1;
    assert_int_equal(ga_store_count(session->store, "child", &children, NULL), GA_OK);
    return children;
}
