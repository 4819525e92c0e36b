/* Small files by which computers come to know each other: this comment is the format's specification. */
#ifndef GUANAI_SYNC_PAIRING_H
#define GUANAI_SYNC_PAIRING_H

#include "guanai/crypt/seal.h"
#include "guanai/store/site.h"
#include "guanai/sync/bundle.h"

/*
 * text as in store/operation.h. At most 4,096 bytes each, nothing after the end.
 *
 * pairing    = magic 8 bytes: 89 47 41 50 0D 0A 1A 0A ‖ kind 1 byte ‖ format 1 byte, 1 ‖ body ‖ signature
 *   invitation  kind 1: the group's public key (X25519) 32 ‖ site 16 ‖ its public key (Ed25519) 32 ‖ recovery
 *               public key 32 (zeros: none) ‖ marks 1 byte: 0, 1 a county's, 2 a guest's ‖ label text of at
 *               most 120 bytes ‖ school text of at most 190 bytes
 *   request     kind 2: hash of the invitation 32 ‖ the new site 16 ‖ its public key 32 ‖ a public key that the
 *               answer is closed for (X25519) 32 ‖ label text of at most 120 bytes
 *   answer      kind 3: hash of the request 32 ‖ once 32 ‖ closed 48: the group's secret key (crypt/seal.h) ‖
 *               county's public key 32 ‖ recovery public key 32 (zeros: none) ‖ label text of at most 120
 *               bytes ‖ signature 64: the introduction of the new site by the inviting one (store/site.h)
 *   enclosed    kind 4: once 32 ‖ closed 48: a key, for the group of the county it is for (crypt/seal.h) ‖ 1,024 bytes: a
 *               whole invitation, its length before it in 2 bytes, low one first, zeros behind it, closed by crypt/box.h
 *               under that key, number 0 ‖ tag 16. No signature but the invitation's
 *   signature   64 bytes: Ed25519, by the inviting site (1, 3) or the new one (2), of BLAKE2b-256 for purpose
 *               "guanai.pairing" of everything before it
 *   hash        of an invitation or request: BLAKE2b-256 for purpose "guanai.pairing" of all of it
 *
 * The signatures keep a file from being patched; that it comes from the computer it speaks of, only people can
 * tell: both screens show the same 30 digits of invitation and request, and somebody who stands at one reads
 * them to somebody at the other, or carries them on paper, before the answer is written and before it is taken.
 * digits = BLAKE2b-256 for purpose "guanai.digits" of both hashes, the smaller one first; six times 5 of its
 * bytes, high one first, modulo 100,000. To find other keys with the same digits takes 2^99 attempts. School
 * and county, school and guest compare the digits of their two invitations in the same way. Where one stick goes round
 * many schools, each finds the county's invitation there, whose digits (both hashes its own) whoever carries the stick has
 * on paper; it leaves its own enclosed, so that no school learns of another, and the digits of both go onto that paper.
 */
enum {
    GA_PAIRING_BYTES_MAX = 4096,
    GA_PAIRING_SCHOOL_MAX = 190,
    GA_PAIRING_DIGITS_SIZE = 36, /* "12345 12345 12345 12345 12345 12345" */
};

enum ga_pairing_kind { GA_PAIRING_NONE, GA_PAIRING_INVITATION, GA_PAIRING_REQUEST, GA_PAIRING_ANSWER, GA_PAIRING_ENCLOSED };

struct ga_pairing_invitation {
    struct ga_seal_public group;
    struct ga_uuid site;
    struct ga_sign_public key;
    struct ga_seal_public recovery; /* zeros: none */
    bool is_county;                 /* whoever collects schools, and reads what is closed for it */
    bool is_guest;                  /* a limited receiver; never both */
    char label[GA_SITE_LABEL_MAX + 1];
    char school[GA_PAIRING_SCHOOL_MAX + 1];
    struct ga_hash hash; /* set by writing and reading */
};

struct ga_pairing_request {
    struct ga_hash invitation; /* the hash of the one it answers */
    struct ga_uuid site;
    struct ga_sign_public key;
    struct ga_seal_public seal;
    char label[GA_SITE_LABEL_MAX + 1];
    struct ga_hash hash; /* set by writing and reading */
};

struct ga_pairing_answer {
    uint8_t group_secret[GA_SEAL_SECRET_BYTES]; /* wipe it */
    struct ga_seal_public county, recovery;     /* zeros: none */
    struct ga_peer introduction;                /* of the new site, by GA_SITE_ENROLLED (ga_site_enrol) */
};

enum ga_pairing_kind ga_pairing_kind(const void *bytes, size_t len); /* by its beginning alone */

/* Writing; appends. `signer` is the site that the text is of. GA_REFUSED for labels that are too long or no text. */
enum ga_rc ga_pairing_invite(struct ga_pairing_invitation *invitation, const struct ga_bundle_sender *signer,
                             struct ga_str *out, struct ga_error *err);
enum ga_rc ga_pairing_request(struct ga_pairing_request *request, const struct ga_bundle_sender *signer,
                              struct ga_str *out, struct ga_error *err);
enum ga_rc ga_pairing_answer(const struct ga_pairing_answer *answer, const struct ga_pairing_request *request,
                             const struct ga_bundle_sender *signer, const struct ga_random *random, struct ga_str *out,
                             struct ga_error *err);

/*
 * Reading. GA_REFUSED: no such text, or of a later format; GA_DAMAGED: malformed, or not signed by whom it
 * names. GA_DENIED: it answers another invitation or request, or is closed for another key.
 */
enum ga_rc ga_pairing_read_invitation(const void *bytes, size_t len, struct ga_pairing_invitation *ret_invitation,
                                      struct ga_error *err);
enum ga_rc ga_pairing_read_request(const void *bytes, size_t len, const struct ga_pairing_invitation *invitation,
                                   struct ga_pairing_request *ret_request, struct ga_error *err);
enum ga_rc ga_pairing_read_answer(const void *bytes, size_t len, const struct ga_pairing_invitation *invitation,
                                  const struct ga_pairing_request *request, const struct ga_seal_key *seal,
                                  struct ga_pairing_answer *ret_answer, struct ga_error *err);

/* An invitation as it was written, closed for a county; appends. GA_REFUSED: that key is none, or it is too long. */
enum ga_rc ga_pairing_enclose(const void *invitation, size_t len, const struct ga_seal_public *county,
                              const struct ga_random *random, struct ga_str *out, struct ga_error *err);

/* The invitation that was enclosed; appends. GA_DENIED: for somebody else; GA_DAMAGED: altered. */
enum ga_rc ga_pairing_disclose(const void *bytes, size_t len, const struct ga_seal_key *county, struct ga_str *out,
                               struct ga_error *err);

/* The same whichever of the two comes first. Returns buf. */
const char *ga_pairing_digits(const struct ga_hash *a, const struct ga_hash *b, char buf[GA_PAIRING_DIGITS_SIZE]);

/* As typed by a person: blanks, full-width digits do not matter. */
bool ga_pairing_digits_equal(const char *digits, const char *typed);

#endif
