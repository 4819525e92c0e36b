/* A backup becomes the data folder again. */
#ifndef GUANAI_APP_RESTORE_H
#define GUANAI_APP_RESTORE_H

#include "guanai/app/session.h"

struct ga_restore_report {
    int64_t records;
    const char *folder; /* in the arena that was given */
    const char *kept;   /* where the data from before lies now; NULL: there was none */
};

/*
 * Copies `file` into a new folder beside the data folder, checks all of it there, draws a new site for it
 * (store/backup.h), then switches by rename; the folder from before stays under a dated name. config.yaml
 * and the school's own forms come from beside the backup, else from the folder before. Whatever happens in between, power cuts
 * included, the data folder is the old one or the new one: see ga_restore_settle. What is wrong with the
 * backup goes to problems. GA_BUSY: a program has the data folder open; GA_REFUSED, GA_DAMAGED: not a backup
 * to be restored (ga_backup_inspect), or a data folder that holds something else.
 */
enum ga_rc ga_restore_run(const struct ga_session_options *options, const char *file,
                          const struct ga_progress *progress, struct ga_arena *arena, struct ga_problems *problems,
                          struct ga_restore_report *ret_report, struct ga_error *err);

/*
 * The switch takes two renames. When the power went between them, the checked new folder waits under its
 * own name and no data folder is there: finishes the switch. Costs a stat; called before the folder is opened.
 */
void ga_restore_settle(const struct ga_io_ops *io, const char *folder);

#endif
