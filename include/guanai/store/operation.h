/* One saved change to one record as bytes: this comment is the format's specification. */
#ifndef GUANAI_STORE_OPERATION_H
#define GUANAI_STORE_OPERATION_H

#include "guanai/base/arena.h"
#include "guanai/base/error.h"
#include "guanai/base/str.h"
#include "guanai/base/uuid.h"
#include "guanai/crypt/hash.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * varint   unsigned, seven bits a byte, low ones first, top bit set on all but the last; shortest form only, at most
 *          64 bits.            zigzag n ≥ 0 → varint 2n, n < 0 → varint −2n−1
 * text     varint number of bytes ‖ valid UTF-8 without U+0000
 * id       text matching _?[a-z][a-z0-9_]*, at most 63 bytes; those with _ are the program's own
 *
 * operation = format ‖ header length ‖ header ‖ payload
 *   format          varint 1; 2 and 3 where something tells who somebody is: store/naming.h
 *   header length   2 bytes, low one first: where the payload starts, hence no byte can move between them
 *   header          kind            varint 1 = put: these fields now have these values
 *                   marks           varint; bit 0: the clock was in doubt; no other bit
 *                   protection      varint 0 public, 1 ordinary, 2 sensitive, 3 restricted
 *                   record          16 bytes, its UUID
 *                   form            id; form version: varint 1 … 2³¹−1; form hash: 32 bytes
 *                   user            text, 1 … 190 bytes: who answers for it
 *                   typist          text, up to 190 bytes; empty when it is the user
 *                   local day       zigzag days since 1970-01-01, years 1 to 9999
 *                   local time      varint milliseconds since that midnight, < 86,400,000
 *                   UTC offset      zigzag minutes east, −1080 … 1080 (nothing is decided by a time)
 *   payload         replaced        varint count ‖ that many leaf hashes of 32 bytes, rising, each used below
 *                   groups          varint count, at least 1 ‖ groups, rising by the bytes of their id
 *   group           name            varint 2 × bytes of the group id + (1 when it is a plain group) ‖ id
 *                   replaces        varint count ‖ indexes into `replaced`, varints, rising
 *                   plain           value: one field whose id is the group's (required where that is so)
 *                   otherwise       varint count of fields, at least 1 ‖ (id ‖ value), rising by id
 *   group id        id, or for a row of a repeat: id ‖ '/' ‖ the row's UUID, 36 lower-case characters; a row that was
 *                   removed has the field _gone with the integer 1
 *   value           0 cleared · 1 unknown · 2 refused · 3 not applicable · 4 zigzag integer, 64 bits
 *                   5 text of 1 … 65,536 bytes
 *                   6 decimal: text of at most 40 bytes, -?(0|[1-9][0-9]*)(\.[0-9]*[1-9])? but not -0
 *
 * "Rising" means strictly: no equal neighbours. The child of a form `of: child` is the field `child`. At most 1 MiB an
 * operation, 2,000 groups, 2,000 fields in all, 2,000 replaced hashes. There is one encoding only; anything else is
 * refused, as is any byte after the end.
 *
 * leaf = BLAKE2b-256 for purpose "guanai.leaf" of 16 random bytes of salt ‖ operation; of format 2 by store/naming.h. The
 * leaf is the operation's name everywhere. The salt keeps a name that was handed on from confirming a guess.
 *
 * Anything new gets a new format number. An operation of a later format is kept and passed on as bytes (is_opaque), never
 * dropped: its leaf is made as that of format 1, so its transaction can be verified.
 */
enum {
    GA_OPERATION_FORMAT = 3, /* the newest that is known */
    GA_OPERATION_BYTES_MAX = 1 << 20,
    GA_OPERATION_FIELDS_MAX = 2000,
    GA_OPERATION_GROUPS_MAX = 2000,
    GA_OPERATION_REPLACED_MAX = 2000,
    GA_OPERATION_ID_MAX = 63,
    GA_OPERATION_USER_MAX = 190,
    GA_OPERATION_TEXT_MAX = 65536,
    GA_OPERATION_DECIMAL_MAX = 40,
    GA_OPERATION_SALT_BYTES = 16,
};

enum ga_operation_kind { GA_OPERATION_PUT = 1 };

enum ga_operation_protection {
    GA_OPERATION_PUBLIC,
    GA_OPERATION_ORDINARY,
    GA_OPERATION_SENSITIVE,
    GA_OPERATION_RESTRICTED,
};

enum ga_operation_value_kind {
    GA_OPERATION_CLEAR,
    GA_OPERATION_UNKNOWN,
    GA_OPERATION_REFUSED,
    GA_OPERATION_NOT_APPLICABLE,
    GA_OPERATION_INTEGER,
    GA_OPERATION_TEXT,
    GA_OPERATION_DECIMAL,
    GA_OPERATION_WITHHELD, /* told to others, not to this computer: in format 3 alone */
};

struct ga_operation_value {
    enum ga_operation_value_kind kind;
    int64_t integer;  /* of GA_OPERATION_INTEGER */
    const char *text; /* of GA_OPERATION_TEXT and _DECIMAL; NUL-terminated after text_len bytes */
    size_t text_len;
    bool is_naming; /* tells who somebody is */
};

struct ga_operation_field {
    const char *id;
    struct ga_operation_value value;
};

struct ga_operation_group {
    const char *id;
    const uint32_t *replaces; /* indexes into the operation's `replaced` */
    size_t replaces_count;
    const struct ga_operation_field *fields;
    size_t fields_count;
};

struct ga_operation {
    uint64_t format;  /* set by decoding; encoding writes the first that does */
    bool is_opaque;   /* of a later format: nothing below is known */
    bool is_nameless; /* of format 3: what is_naming is withheld */
    struct ga_hash names; /* then: stands for it */
    enum ga_operation_kind kind;
    enum ga_operation_protection protection;
    bool is_clock_in_doubt;
    struct ga_uuid record;
    const char *form;
    uint32_t form_version;
    struct ga_hash form_hash;
    const char *user;
    const char *typist; /* "" or NULL: the user */
    int32_t local_day;
    int32_t local_ms;
    int32_t utc_offset_min;
    const struct ga_hash *replaced;
    size_t replaced_count;
    const struct ga_operation_group *groups;
    size_t groups_count;
};

/* Appends to `out`, which is as it was on failure. Everything must be in order already: GA_REFUSED names the group or field
 * that is not, or breaks a bound (a program's fault, except for GA_TOO_BIG). */
enum ga_rc ga_operation_encode(const struct ga_operation *operation, struct ga_str *out,
                               struct ga_error *err);

/* Arrays and texts go into the arena; `bytes` is not kept. GA_TOO_BIG past 1 MiB, GA_DAMAGED (with the
 * place in bytes) for anything else that is not the one encoding of an operation. */
enum ga_rc ga_operation_decode(const void *bytes, size_t len, struct ga_arena *arena,
                               struct ga_operation *ret_operation, struct ga_error *err);

/* Where the payload starts; `len` for a later format and for what cannot be read. */
size_t ga_operation_header_bytes(const void *bytes, size_t len);

void ga_operation_leaf(const uint8_t salt[GA_OPERATION_SALT_BYTES], const void *bytes, size_t len,
                       struct ga_hash *ret_leaf);
bool ga_operation_is_id(const char *text);       /* of a form or field */
bool ga_operation_is_group_id(const char *text); /* also of a repeat's row */

#endif
