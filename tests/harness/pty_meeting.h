/* Two computers at the real program and one stick between them. */
#ifndef GUANAI_TESTS_PTY_MEETING_H
#define GUANAI_TESTS_PTY_MEETING_H

#include "fake_sticks.h"
#include "pty_school.h"

/* Of a test's arguments the program and its forms; 27 November 2026. */
struct pty_school pty_meeting_side(char **argv, const char *user);

/* 石桥镇中心小学, another one of that name, an own kernel with the stick BLUE, 8:17, on which lies a photo. For a cmocka set-up: 0, or −1. */
int pty_meeting_start(struct fake_sticks *sticks, struct pty_school *school, struct pty_school *other, const char *name);
int pty_meeting_stop(struct fake_sticks *sticks, struct pty_school *school, struct pty_school *other);
extern const char pty_meeting_stick[]; /* its line of mountinfo */

/* From the first page to the stick's; there the digit of a line, then the stick's. */
void pty_meeting_open_exchange(struct pty_school *at, struct pty *pty);
void pty_meeting_with_stick(struct pty_school *at, struct pty *pty, uint32_t key, const char *wanted);

#endif
