/* What the verbs of guanai sync share; private to them. */
#ifndef GUANAI_SRC_COMMAND_SYNC_H
#define GUANAI_SRC_COMMAND_SYNC_H

#include "private.h"

struct syncing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    struct ga_table_out table;
};

/* sync_conflicts.c */
enum ga_exit ga_sync_run_conflicts(struct syncing *s, struct ga_error *err); /* lists, or writes the worksheet */
enum ga_exit ga_sync_run_resolve(struct syncing *s, struct ga_error *err);
enum ga_exit ga_sync_run_hand(struct syncing *s, struct ga_error *err);

/* sync_guest.c */
enum ga_exit ga_sync_run_guest(struct syncing *s, struct ga_error *err);

/* sync_county.c */
enum ga_exit ga_sync_run_county(struct syncing *s, struct ga_error *err);
enum ga_exit ga_sync_run_meet(struct syncing *s, struct ga_error *err);

/* sync_schools.c */
enum ga_exit ga_sync_run_schools(struct syncing *s, struct ga_error *err);

#endif
