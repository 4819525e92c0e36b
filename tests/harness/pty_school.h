/* A throw-away school with the real program open on it in a pseudo-terminal. */
#ifndef GUANAI_TESTS_PTY_SCHOOL_H
#define GUANAI_TESTS_PTY_SCHOOL_H

#include "pty_term.h"

struct pty_school {
    const char *program, *forms; /* paths; borrowed */
    const char *user, *today;    /* of the next run or opening; may be changed in between */
    char folder[64];
    int pressed; /* keys since the test last set it to 0: see pty_school_key */
};

/* The data folder of a school of that name; user and today are 周老师, 23 November 2026 unless set. Fails the cmocka test when it cannot be made. */
void pty_school_start(struct pty_school *school, const char *name);
int pty_school_remove(struct pty_school *school); /* its folder, with all that is in it; 0 */
int pty_school_stop(void **state);                /* the same as a cmocka tear-down: start left the school in *state */

/* A command of the program, which must succeed; the first 16,000 bytes it prints, until the next run. */
const char *pty_school_run(const struct pty_school *school, const char *words);
int pty_school_count(const struct pty_school *school, const char *form); /* its records */

/* `count` girls of 三年级(2)班, 何小A0 to 何小Z9: what a roster of one class brings. */
void pty_school_import_class(const struct pty_school *school, int count);

/* The walks' township: the roster of 700, its refused rows mended and taken in again, the visits on paper. */
void pty_school_take_township(const struct pty_school *school);

/* The township with 三年级(2)班 as the walks have it: class teacher 周老师, the visit of the month on. */
void pty_school_begin_walk(struct pty_school *school);

/* Switches off what else a new school does: of the class only the visit of the month is owed. */
void pty_school_owe_visits_only(const struct pty_school *school);

/* A visit on paper, typed in from the command line: fields after the child's. */
void pty_school_visit(const struct pty_school *school, const char *name, const char *fields);

/* Does the mark ▶ stand on the line of this text, with or without a digit? */
bool pty_school_marks(struct pty *pty, const char *text);

/* From the first page to a row of the page More, by the key that stands before it; waits for what it opens. */
void pty_school_open_more(struct pty_school *school, struct pty *pty, const char *row, const char *wanted);

/* The digit that stands before a text on the screen. */
uint32_t pty_school_digit_of(struct pty *pty, const char *text);

/* The six groups by which two computers meet, as the page shows them, 17 characters a line. */
void pty_school_read_digits(struct pty *pty, char ret_digits[36]);

/* A command that must say this, or not; what it said is shown when it does not hold. */
void pty_school_expect(const struct pty_school *school, const char *words, const char *wanted);
void pty_school_expect_not(const struct pty_school *school, const char *words, const char *unwanted);

/* The full-screen program, once it shows what is wanted. */
struct pty *pty_school_open(const struct pty_school *school, const char *wanted);
void pty_school_leave(struct pty *pty);             /* Ctrl-Q; it must end without an error */
void pty_school_end(struct pty *pty, int signal_no); /* as when the power fails */

/* Pressed and counted; of text every character. */
void pty_school_key(struct pty_school *school, struct pty *pty, uint32_t key, int times);
void pty_school_type(struct pty_school *school, struct pty *pty, const char *text);

/* Waits for it, shows the page when it does not come; the same after one key, which is counted. */
void pty_school_wait(struct pty *pty, const char *wanted);
void pty_school_press(struct pty_school *school, struct pty *pty, uint32_t key, const char *wanted);

#endif
