/* What the steps of an exchange share; private to this room. */
#ifndef GUANAI_APP_SYNC_INNER_H
#define GUANAI_APP_SYNC_INNER_H

#include "guanai/app/sync.h"
#include "guanai/crypt/seal.h"
#include "guanai/sync/bundle.h"

/* The keys bundles are closed for. Wipe with ga_crypt_wipe. */
struct ga_sync_keys {
    struct ga_seal_key group;
    bool has_group;
    struct ga_seal_public county, recovery; /* zeros: none */
};

/* GA_DAMAGED when what is kept is none. */
enum ga_rc ga_sync_keys_read(struct ga_session *session, struct ga_sync_keys *ret_keys, struct ga_error *err);
enum ga_rc ga_sync_keys_write(struct ga_session *session, const struct ga_sync_keys *keys, struct ga_error *err);

/* It wrote or read a stick, or joined: others may be known. */
bool ga_sync_has_begun(struct ga_session *session);

/* The same; a computer that belongs to no group yet begins one. */
enum ga_rc ga_sync_keys_need(struct ga_session *session, struct ga_sync_keys *ret_keys, struct ga_error *err);

/* This computer as the maker of what it signs; its ctx is the store. */
struct ga_bundle_sender ga_sync_sender(struct ga_session *session);

/* Known signatures, for ga_bundle_verify; its ctx is the store. */
struct ga_bundle_signers ga_sync_signers(struct ga_session *session);

/* What all others who still take part have acknowledged: sorted struct ga_have; empty when one never did. */
enum ga_rc ga_sync_least(struct ga_session *session, struct ga_vec *ret_runs, struct ga_error *err);

/* What the others call this computer: its name, else the school's. In `arena` or borrowed from the settings. */
const char *ga_sync_own_label(const struct ga_session *session, struct ga_arena *arena);

/* The computers that take part: neither this one nor what it once was, none that went on under another id. */
bool ga_sync_takes_part(const struct ga_vec *sites, const struct ga_peer *site);

/* Who vouches for that site in the end: a computer that a person trusted, or this one. Borrowed from sites. */
const struct ga_peer *ga_sync_root(const struct ga_vec *sites, const struct ga_uuid *site);

/* A computer that met the county for its school (store/school_list.h). */
struct ga_county_school {
    struct ga_uuid site;
    struct ga_uuid same; /* the one its school goes by; the site itself unless it met the county after another of the school */
    struct ga_seal_public group;
    int32_t heard_day;   /* as another computer of the county told */
    int turns;           /* odd: it gives no names now */
    int parted;          /* how often people said anew whose `same` it is */
};

enum ga_rc ga_county_set_site(struct ga_session *session, const struct ga_uuid *site, struct ga_error *err);

/* Appends struct ga_county_school; none where this is no county. */
enum ga_rc ga_county_schools(struct ga_session *session, struct ga_vec *ret_schools, struct ga_error *err);
enum ga_rc ga_county_keep_schools(struct ga_session *session, const struct ga_vec *schools, struct ga_error *err); /* all of them */
enum ga_rc ga_county_add_school(struct ga_session *session, const struct ga_county_school *school, struct ga_error *err);

/* By an introduction: two computers that met the county apart from each other are of one school. */
void ga_county_learn_same(struct ga_session *session, const struct ga_peer *introduction);

/* Hands on when schools were heard of, where the county has another computer. */
enum ga_rc ga_county_tell_heard(struct ga_session *session, struct ga_error *err);

/* Brings what is read in order once computers came to be of one school that were of two. */
enum ga_rc ga_county_settle(struct ga_session *session, struct ga_error *err);

/* The school of that computer; false: it is of none, or this is no county. `ret_school` nullable. */
bool ga_county_site_school(struct ga_session *session, const struct ga_uuid *site, struct ga_county_school *ret_school);

/* ga_county_full_label of a computer called `label`; "" stays "". */
const char *ga_county_label_with_school(struct ga_session *session, const struct ga_uuid *site, const char *label, struct ga_arena *arena);

/*
 * At a county: schools of which something is here without names. Kept on each of its computers for itself, by the computer by
 * whose code the school goes (county_names.c).
 */
bool ga_county_has_nameless(struct ga_session *session); /* any */
bool ga_county_is_nameless(struct ga_session *session, const struct ga_county_school *school);

/* Of one that gives its names by now: what is here counts as lacking until all of them came, here and in what is told of it. */
bool ga_county_awaits_names(struct ga_session *session, const struct ga_county_school *school);

/* A bundle of that computer came, newer than those before it: one for a county without names, or one with all. */
enum ga_rc ga_county_note_names(struct ga_session *session, const struct ga_uuid *site, bool has_names, struct ga_error *err);

/* A bundle came: of the schools that give their names, which are here with all of them? Looks at what came since it was asked last. */
enum ga_rc ga_county_settle_names(struct ga_session *session, struct ga_error *err);

/* One of the county's own told what may lack names: so does what is here. */
enum ga_rc ga_county_doubt_names(struct ga_session *session, struct ga_error *err);

/*
 * A computer that joined its school before the county was met closes what it writes for the county as well, once a stick
 * told it the keys. They travel as a file of the school (store/shared.h) that nobody is asked about, named
 * GA_COUNTY_KEYS_FILE: "county KEY\nrecovery KEY\n", both in hexadecimal. Only what a computer of this school wrote
 * counts: its digits were compared. Where two met the county anew, the newest by the day it was written.
 */
#define GA_COUNTY_KEYS_FILE "county"
enum ga_rc ga_county_keys_hand_on(struct ga_session *session, const struct ga_sync_keys *keys, struct ga_error *err);
enum ga_rc ga_county_keys_learn(struct ga_session *session, struct ga_error *err);

/* Its entry; NULL: it did not meet the county. */
const struct ga_county_school *ga_county_school_of(const struct ga_vec *schools, const struct ga_uuid *site);

/* Who met the county, and everybody known: struct ga_county_school, struct ga_peer by id. To be finished whatever reading it said. */
struct ga_county_lists {
    struct ga_vec schools, sites;
};

enum ga_rc ga_county_lists_read(struct ga_session *session, struct ga_county_lists *ret_lists, struct ga_error *err);
void ga_county_lists_finish(struct ga_county_lists *lists);

/* Of the computer that met the county for that one: itself, or in whose name it was introduced; NULL: it is of no school. */
const struct ga_county_school *ga_county_school_at(const struct ga_vec *schools, const struct ga_vec *sites, const struct ga_uuid *site);

/*
 * Takes in what is not known yet of those whose introducers are known, over and over until nothing more follows.
 * Those that nobody signed for are taken in when the sender is believed, and only then.
 */
void ga_sync_introduce(struct ga_session *session, const struct ga_manifest *manifest, bool believes_sender);

/* The same from what lies there, opened by `key` too, and believing the makers' word for each other (county.h). */
enum ga_rc ga_sync_take_recovered(struct ga_session *session, const char *place, const struct ga_seal_key *key,
                                  const struct ga_progress *progress, struct ga_arena *arena, struct ga_vec *ret_taken,
                                  struct ga_error *err);

/* Bytes kept as a setting, in hexadecimal; none: empty. */
enum ga_rc ga_sync_bytes_keep(struct ga_session *session, const char *setting, const void *bytes, size_t len,
                              struct ga_error *err);
enum ga_rc ga_sync_bytes_recall(struct ga_session *session, const char *setting, struct ga_str *bytes, struct ga_error *err);

/* A short list of words kept as a setting, the newest last, at most `most`. */
bool ga_sync_words_has(struct ga_session *session, const char *setting, const char *word);
enum ga_rc ga_sync_words_add(struct ga_session *session, const char *setting, const char *word, size_t most,
                             struct ga_error *err);
enum ga_rc ga_sync_words_drop(struct ga_session *session, const char *setting, const char *word, struct ga_error *err);

#endif
