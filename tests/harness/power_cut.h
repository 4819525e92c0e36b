/* Cuts the power at any moment of what a test does to a school, then looks what is left. */
#ifndef GUANAI_HARNESS_POWER_CUT_H
#define GUANAI_HARNESS_POWER_CUT_H

#include "crash_vfs.h"
#include "school.h"

enum { POWER_CUT_STEPS_MAX = 24 };

/* What database and folder held after a thing that was acknowledged. */
struct power_cut_step {
    uint64_t print; /* of every transaction, record, draft, form, list, setting */
    char head[200];
};

struct power_cut {
    struct school school;
    struct crash_vfs *recorded;
    struct power_cut_step steps[POWER_CUT_STEPS_MAX];
    int64_t steps_count;
    size_t first_event;
    bool may_fork; /* what a copy of it wrote is to come */
};

/* A new school whose disk is recorded; forms accepted. */
void power_cut_start(struct power_cut *cut);
void power_cut_stop(struct power_cut *cut);

/* Power may go from here on; what is there now is acknowledged. */
void power_cut_from_here(struct power_cut *cut);

/* From creation on: also while the folder was made. */
void power_cut_from_the_start(struct power_cut *cut);

/* What was done since the last call must be there from now on, whole; before this call whole or not at all. */
void power_cut_acknowledge(struct power_cut *cut);

/* Mutants: the settings that are known to lose commits. */
void power_cut_with_normal_sync(struct power_cut *cut);  /* WAL+NORMAL */
void power_cut_with_delete_journal(struct power_cut *cut); /* DELETE+FULL */

/*
 * In how many states of the disk, over all cuts (evenly chosen ones when there are many) and four draws
 * each, something acknowledged is lost, something is there by half, check or rebuild finds a fault.
 * Closes the school.
 */
int power_cut_losses(struct power_cut *cut, const char *what);

#endif
