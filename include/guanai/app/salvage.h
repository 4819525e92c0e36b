/* What can still be read of a damaged data folder becomes a new one. */
#ifndef GUANAI_APP_SALVAGE_H
#define GUANAI_APP_SALVAGE_H

#include "guanai/app/session.h"
#include "guanai/store/salvage.h"

/*
 * Reads DATA/guanai.db row by row (store/salvage.h) into a new folder beside it, "DATA.salvaged-DAY-TIME", with settings and
 * own forms; *ret_folder in the arena. It bears that name only once it is complete. The damaged folder stays as it is, byte
 * for byte: nothing is switched, somebody looks at both first. GA_BUSY: a program has it open; GA_NOT_FOUND: nothing can be
 * read.
 */
enum ga_rc ga_salvage_run(const struct ga_session_options *options, const struct ga_progress *progress, struct ga_arena *arena,
                          struct ga_problems *problems, struct ga_salvage_report *ret_report, const char **ret_folder,
                          struct ga_error *err);

#endif
