/*
 * Files of a stick that could not be taken in, kept on this computer.
 *
 *   DATA/quarantine  what is malformed, over-long, badly signed, with why: for somebody to look at. Nothing of it is taken
 *                    in; only what it begins with is read, to tell when all that it should have brought came otherwise.
 *   DATA/held        what is whole but cannot be judged yet (its writer was introduced by nobody here, it builds on what
 *                    is not here, a later program wrote it): tried again with each exchange, passed on as it came.
 */
#ifndef GUANAI_APP_SYNC_KEPT_H
#define GUANAI_APP_SYNC_KEPT_H

#include "guanai/app/session.h"

enum ga_sync_kept_kind { GA_SYNC_QUARANTINE, GA_SYNC_HELD, GA_SYNC_KEPT_KINDS };

/* The oldest go for what is over the count; of what is longer the reason alone is kept. */
enum {
    GA_SYNC_QUARANTINE_MAX = 20,
    GA_SYNC_QUARANTINE_BYTES_MAX = 4 << 20,
    GA_SYNC_HELD_MAX = 16,
    GA_SYNC_HELD_BYTES_MAX = 64 << 20,
    GA_SYNC_REASON_BYTES_MAX = 4096,
};

struct ga_sync_kept {
    const char *name;   /* of the file, as on the stick */
    const char *path;   /* of the copy; it may be gone where the reason alone was kept */
    const char *reason; /* in the language of when it came, lines between: what is wrong with which of it */
    int64_t came_ns;    /* for their order */
    bool is_made_good;  /* of quarantine: what it should have brought has come since */
};

/* Appends struct ga_sync_kept, the oldest first; none is fine. Texts live in the arena. */
enum ga_rc ga_sync_kept_list(struct ga_session *session, enum ga_sync_kept_kind kind, struct ga_arena *arena,
                             struct ga_vec *ret_kept, struct ga_error *err);

#endif
