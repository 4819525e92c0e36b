/* What joining a school and meeting the county share; private to this room. */
#ifndef GUANAI_APP_SYNC_PAIR_INNER_H
#define GUANAI_APP_SYNC_PAIR_INNER_H

#include "guanai/app/county.h"
#include "guanai/sync/pairing.h"
#include "sync/sync_inner.h"

/* One step at one stick. */
struct ga_pair_work {
    struct ga_session *session;
    struct ga_arena arena;
    const char *folder;
    const char *asked; /* the file that `is_it` of ga_pair_find is asked about */
    const char *found; /* the file that was found last */
    const char *written; /* name of the one that was written last */
    struct ga_bundle_sender self;
    struct ga_pairing_invitation invitation;
    struct ga_pairing_request request;
    struct ga_pairing_answer answer; /* of the new computer */
    struct ga_str own_request; /* as this computer wrote it */
    struct ga_sync_keys keys;
    struct ga_seal_key seal;
    bool is_guest; /* its invitation says so */
};

void ga_pair_begin(struct ga_pair_work *p, struct ga_session *session);
void ga_pair_finish(struct ga_pair_work *p); /* wipes what is secret */

enum ga_rc ga_pair_own(struct ga_pair_work *p, struct ga_peer *ret_own, struct ga_error *err);
enum ga_rc ga_pair_open(struct ga_pair_work *p, const char *place, bool may_make, struct ga_error *err);

/* One that is to be written to: asked before anything is made there or kept here. */
enum ga_rc ga_pair_open_to_write(struct ga_pair_work *p, const char *place, bool may_make, struct ga_error *err);
enum ga_rc ga_pair_put(struct ga_pair_work *p, const struct ga_str *text, struct ga_error *err);

/*
 * Asks `is_it` of each small file of that kind until it says yes, the newest first. It keeps what it needs: nothing is
 * read a second time. GA_NOT_FOUND: none did.
 */
enum ga_rc ga_pair_find(struct ga_pair_work *p, enum ga_pairing_kind kind,
                        bool (*is_it)(struct ga_pair_work *p, const struct ga_str *text), struct ga_error *err);
bool ga_pair_drop_found(const struct ga_pair_work *p); /* a step that was done leaves nothing to be done again */

/* Of the invitation and `other`. `typed` NULL: nobody has compared yet, the digits are told only. */
enum ga_rc ga_pair_compare(const struct ga_pair_work *p, const struct ga_hash *other, const char *typed,
                           char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err);

/* Into p->invitation too. It says the same whenever it is written. */
enum ga_rc ga_pair_make_invitation(struct ga_pair_work *p, struct ga_str *text, struct ga_error *err);
bool ga_pair_is_own_invitation(struct ga_pair_work *p, const struct ga_str *text);

#endif
