/* What writing, taking in and meeting know of guests; private to this room. */
#ifndef GUANAI_APP_GUEST_INNER_H
#define GUANAI_APP_GUEST_INNER_H

#include "guanai/app/guest.h"
#include "guanai/sync/manifest.h"

/* The guest that site is, whatever id it has now; NULL: it is none. Borrowed from `guests`. */
const struct ga_guest *ga_guest_of(const struct ga_vec *guests, const struct ga_vec *sites, const struct ga_uuid *site);

/* The site it is now. NULL: it is not known here yet. Borrowed from `sites`. */
const struct ga_peer *ga_guest_peer(const struct ga_vec *sites, const struct ga_guest *guest);

/* GA_REFUSED at a guest: it exchanges with its school, as a guest. */
enum ga_rc ga_guest_refuse(struct ga_session *session, struct ga_error *err);

/* At a guest: the key of the school's group. GA_NOT_FOUND: the digits were not confirmed yet. */
enum ga_rc ga_guest_host(struct ga_session *session, struct ga_seal_public *ret_group, struct ga_error *err);

/* Once the digits were confirmed. */
enum ga_rc ga_guest_set_host(struct ga_session *session, const struct ga_seal_public *group, struct ga_error *err);
enum ga_rc ga_guest_add(struct ga_session *session, const struct ga_peer *site, const struct ga_seal_public *group,
                        const struct ga_scope *scope, const char *scope_text, struct ga_error *err);

/* Was a county met as that site without names, whether that has ended or not? */
bool ga_guest_was_nameless(struct ga_session *session, const struct ga_uuid *site);

enum ga_rc ga_guest_end_earlier(struct ga_session *session, const struct ga_uuid *site, struct ga_error *err); /* every record of that site */

/* A county that got no names once and reads all by now: no guest any more, but a reader like the school's own. NULL is none. */
bool ga_guest_has_turned_county(struct ga_session *session, const struct ga_guest *guest);

/* At a school: what that county got so far; from now on it gets names, and what it has without them once more. */
enum ga_county_had ga_county_had(struct ga_session *session, const struct ga_uuid *county);
bool ga_county_is_past_receipt(struct ga_session *session, const struct ga_uuid *site, uint64_t number); /* of before that */
enum ga_rc ga_county_give_names(struct ga_session *session, const struct ga_peer *county, struct ga_error *err);

/* A county that gets no names, at its school; NULL is none. */
bool ga_guest_is_nameless(const struct ga_guest *guest);

/* A bundle of that site says what it took in. Nothing is kept of one that is no guest. */
enum ga_rc ga_guest_said(struct ga_session *session, const struct ga_uuid *site, const struct ga_manifest *manifest,
                         struct ga_error *err);

#endif
