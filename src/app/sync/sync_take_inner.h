/* Taking one file in, among the files of a stick; private to this room. */
#ifndef GUANAI_APP_SYNC_TAKE_INNER_H
#define GUANAI_APP_SYNC_TAKE_INNER_H

#include "sync/sync_kept_inner.h"

struct ga_taking {
    struct ga_session *session;
    const struct ga_progress *progress;
    struct ga_arena *arena;
    struct ga_vec *taken;
    struct ga_seal_key keys[2]; /* of this computer's group; the printed one, when a school is recovered */
    size_t keys_count;
    const char *copy;  /* of the file in work, on this computer */
    struct ga_str refused; /* of the file in work: which of its transactions were, and why; a line each */
    size_t unread;     /* of `taken` the last so many did not read, and nothing has since */
    bool has_backup;
    const char *school; /* that is recovered: no other's bundle is taken in; NULL: none is recovered */
};

/* Verifies the copy whole, then takes it in. What only concerns it stands in `taken`; `err` is for what ends all of it. */
enum ga_rc ga_taking_copy(struct ga_taking *t, struct ga_sync_taken *taken, struct ga_error *err);

#endif
