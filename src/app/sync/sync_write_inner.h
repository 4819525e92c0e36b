/* What is known while bundles are written; private to sync_write. */
#ifndef GUANAI_APP_SYNC_WRITE_INNER_H
#define GUANAI_APP_SYNC_WRITE_INNER_H

#include "guanai/app/sync.h"
#include "guanai/base/target.h"
#include "guanai/sync/content.h"
#include "guanai/sync/stick_folder.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

/* One run of ga_sync_write: the same for all the bundles it writes. */
struct writing {
    struct ga_session *session;
    const struct ga_sync_export *what;
    struct ga_arena *arena;
    struct ga_sync_keys keys;
    const char *folder, *path;
    struct ga_stick_mark mark; /* of the place */
    char name[GA_STICK_NAME_SIZE];
    struct ga_vec least, runs, sites, introductions; /* struct ga_have, ga_have, ga_peer, ga_peer */
    struct ga_vec schools;             /* a county's, struct ga_county_school */
    struct ga_vec told, others;        /* struct ga_have: of the one it writes to, of everybody else */
    struct ga_vec said;                /* struct ga_have: what is here, what was refused */
    const struct ga_county_school *to; /* whom a county writes a receipt for; NULL: a bundle for one's own */
    struct ga_vec guests;              /* struct ga_guest; none at a guest */
    const struct ga_guest *guest;      /* whom this bundle is for */
    struct ga_uuid guest_site;         /* as it is now */
    struct ga_limited limited;         /* what that one may have */
    bool is_guest;                     /* this computer */
    struct ga_seal_public host;        /* at a guest, the school's group */
    struct ga_vec taken;               /* struct ga_manifest_taken: at a guest */
    struct ga_vec theirs;              /* struct ga_have: of a guest, at a guest; what is left out */
    struct ga_vec names;               /* const char *: of what was written now */
    uint64_t bundles[GA_MANIFEST_BUNDLES_MAX];
    struct ga_manifest manifest;
    struct ga_send *send;
    struct ga_target *target;
    struct ga_bundle_out *bundle;
    struct ga_sync_sink bytes, frames;
    struct ga_content_finder finder;
    struct ga_content_out *content;
    struct ga_content_counts counts;
    struct ga_sync_written written; /* of the one for its own kind */
    uint64_t file_bytes, receipts;
    int64_t reached_bytes; /* of the file, when it went no further */
};

/* sync_say.c: what the next bundle says about itself. */
void ga_writing_begin_manifest(struct writing *w);
bool ga_writing_gives_school_back(const struct writing *w); /* at a county, when the school's computers are gone */

#define GA_SYNC_NUMBER_SETTING "sync_number"
#define GA_SYNC_BUNDLES_SETTING "sync_bundles"

/* guest_write.c: the guests of this computer, or whose guest it is. */
enum ga_rc ga_writing_gather_guests(struct writing *w, struct ga_error *err);

/* Is the bundle for it written here: it was met here, or was heard of here? Sets w->guest, guest_site. */
bool ga_writing_take_guest(struct writing *w, const struct ga_guest *guest);

/* Fills w->theirs, w->limited for the bundle for w->guest; w->theirs at a guest. */
enum ga_rc ga_writing_gather_theirs(struct writing *w, struct ga_error *err);

/* After that: false for one that has ended and has said that it knows. */
bool ga_writing_has_word_for_guest(const struct writing *w);

/* Begins to hand out: limited for a guest, all that is lacking for one's own. */
enum ga_rc ga_writing_send(struct writing *w, struct ga_error *err);

#endif
