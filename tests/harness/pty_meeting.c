/* Two computers at the real program and one stick between them. */
#include "pty_meeting.h"

#include <stdlib.h>

const char pty_meeting_stick[] = "36 22 8:17 / /media/luo/BLUE rw - vfat /dev/sdb1 rw\n";

struct pty_school pty_meeting_side(char **argv, const char *user)
{
    return (struct pty_school){.program = argv[1], .forms = argv[2], .user = user, .today = "2026-11-27"};
}

int pty_meeting_start(struct fake_sticks *sticks, struct pty_school *school, struct pty_school *other, const char *name)
{
    if (fake_sticks_start_apart(sticks) != 0)
        return -1;
    fake_sticks_school(sticks, pty_meeting_stick);
    fake_sticks_put(sticks, "/media/luo/BLUE/photo.jpg", "theirs");
    setenv("GUANAI_SYSTEM_ROOT", sticks->root, 1);
    pty_school_start(school, "石桥镇中心小学");
    pty_school_start(other, name);
    return 0;
}

int pty_meeting_stop(struct fake_sticks *sticks, struct pty_school *school, struct pty_school *other)
{
    return pty_school_remove(school) | pty_school_remove(other) | fake_sticks_stop(sticks);
}

void pty_meeting_open_exchange(struct pty_school *at, struct pty *pty)
{
    pty_school_open_more(at, pty, "U盘交换", "先收U盘上的，再把本机的写上去");
}

void pty_meeting_with_stick(struct pty_school *at, struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(at, pty, key, "哪一个U盘？");
    pty_school_press(at, pty, '1', wanted);
}
