/* Computers of a gossip (tests/unit/store/gossip.h) that are run by the program and meet by the bundles on its sticks. */
#ifndef GUANAI_TESTS_GOSSIP_PROGRAM_H
#define GUANAI_TESTS_GOSSIP_PROGRAM_H

#include "gossip.h"

#include "guanai/app/sync.h"

enum { PROGRAM_STICKS = 3 };

extern struct ga_session *program_sessions[GOSSIP_SITES];

/* ---- gossip_program.c ---- */

/* Data folders made by the program, paired by stick with the first; two have a newer form. Sets gossip.run. */
void program_start(void);
void program_stop(void);

/*
 * Another process opens that computer's data folder, does this with a random stick and is killed at a random call on files, or
 * in the midst of what it folds; it is opened again then.
 */
void program_die_in(enum ga_rc (*what)(size_t site, size_t stick, const struct ga_progress *progress));

/* A backup by the program, the last that was made of it put back by the program: of what the others say to have had from it, or
 * it from them, nothing may be believed any more. */
void program_back_up(void);
void program_restore(void);

/* ---- gossip_sticks.c ---- */

void program_sticks_start(void);
void program_sticks_stop(void);
uint64_t program_on_sticks(void);  /* versions in whole bundles */
const char *program_stick(size_t stick);
size_t program_draw_stick(void);

/* The two halves of an exchange as the program does them. What cannot be but a fault is asserted. */
enum ga_rc program_write(size_t site, size_t stick, const struct ga_progress *progress);
enum ga_rc program_take(size_t site, size_t stick, const struct ga_progress *progress);

/* Each by itself, at a random computer, with a random stick. */
void program_export(void);
void program_export_all(void); /* complete, on request */
void program_import(void);
void program_abandon_import(void);
void program_lose_bundles(void); /* written, never arrived */
void program_cut_bundle(void);
void program_keep_or_find_stick(void);

void program_empty_sticks(void);
void program_take_all_sticks(void); /* nobody throws one away */
bool program_meet(void);            /* each takes and writes, one stick for all; had anybody news? */

/* What was seen of it. */
struct program_seen {
    size_t bundles, left_out; /* written; so many of them without what all others had said to have */
    size_t copies, held, damaged;
};
extern struct program_seen program_seen;

#endif
