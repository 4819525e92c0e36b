/* Taking one file in, among the files of a stick; private to this room. */
#ifndef GUANAI_APP_SYNC_TAKE_INNER_H
#define GUANAI_APP_SYNC_TAKE_INNER_H

#include "guanai/store/send.h"
#include "guanai/sync/content.h"
#include "guanai/sync/manifest.h"
#include "sync/sync_kept_inner.h"

/*
 * A transaction that is refused is not here, so what a later one says by its place cannot be looked up; and what is chained
 * behind that one cannot be put together either. Such a bundle is read a second time: what stood in those that were refused
 * in the first reading is remembered then, as it came. It need not be trusted: a transaction is made of it, and what is not
 * as it was signed is refused in its turn.
 */
struct ga_refused {
    struct ga_vec txns, leaves;
    bool is_told; /* the second reading */
    bool is_open; /* the transaction at hand is one of them, the at-th */
    size_t at;
};

void ga_refused_init(struct ga_refused *refused);
void ga_refused_finish(struct ga_refused *refused);
void ga_refused_add(struct ga_refused *refused, const struct ga_parcel *parcel); /* the first reading has refused it */
bool ga_refused_has(const struct ga_refused *refused, const struct ga_parcel *parcel);

/* Of the second reading: a transaction begins, its next operation. */
void ga_refused_begin(struct ga_refused *refused, const struct ga_parcel *parcel);
void ga_refused_op(struct ga_refused *refused, const struct ga_parcel_op *op);

/* What stood there; false: nothing that was refused. */
bool ga_refused_leaf(const struct ga_refused *refused, const struct ga_place *place, struct ga_hash *ret_leaf);

/*
 * sync_refused_form.c: after both remembers in which form those came that were refused. What this computer tells of what it has says so for those
 * that never came in another form: appended to `told`, of sites that are in it (of any, if `of_all`), which is sorted again.
 */
enum ga_rc ga_refused_note(struct ga_refused *refused, struct ga_session *session, struct ga_content_in *content, struct ga_error *err);
void ga_refused_tell(struct ga_session *session, bool of_all, struct ga_vec *told);

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
    struct ga_refused *apart; /* of the file in work, while it is taken in */
    bool has_backup;
    bool brings_names; /* the file in work, at a county that has some of that school without */
    const char *school; /* that is recovered: no other's bundle is taken in; NULL: none is recovered */
};

/*
 * A bundle for a guest, a county without names: is it this one, by any of its ids? What one of the county's computers may
 * have each of them may. A school's, one of the county's own may bring names for what is here without them. Whether it gives them says its newest
 * bundle; one that lay about longer is taken in all the same.
 */
bool ga_taking_is_receiver(struct ga_taking *t, const struct ga_manifest *manifest);
bool ga_taking_brings_names(struct ga_taking *t, const struct ga_uuid *site);
enum ga_rc ga_taking_note_names(struct ga_taking *t, const struct ga_uuid *site, const struct ga_manifest *manifest, struct ga_error *err);

/* Of a copy that was kept apart: all that its maker had is here. false also where it says nothing that can be read. */
bool ga_taking_has_all(struct ga_taking *t);

/* Verifies the copy whole, then takes it in. What only concerns it stands in `taken`; `err` is for what ends all of it. */
enum ga_rc ga_taking_copy(struct ga_taking *t, struct ga_sync_taken *taken, struct ga_error *err);

#endif
