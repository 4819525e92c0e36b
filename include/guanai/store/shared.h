/* Files of a school that travel as its records do: this comment is the format's specification. */
#ifndef GUANAI_STORE_SHARED_H
#define GUANAI_STORE_SHARED_H

#include "guanai/crypt/hash.h"
#include "guanai/store/save.h"

/*
 * A file of definitions (forms, lists, duties …) is a record of the form `definition_file`:
 *
 *   record     the first 16 bytes of BLAKE2b-256 for purpose "guanai.deffile" of the file's name, marked as a UUID of
 *              version 8: computers that never met mean the same record
 *   file_name  plain: the name, as "duties/visit.yaml"
 *   _file      all that the file says, merged as one: {gone: 1}, or {hash: BLAKE2b-256 of the text in 64 lower-case
 *              hexadecimal digits, part_1 … part_5: the text, cut between characters into stretches of at most 65,536
 *              bytes, all but the last as long as they can be}
 *
 * A text has 1 … 262,144 bytes of UTF-8 without U+0000. A put replaces what its writer knew; what was put elsewhere
 * meanwhile stands beside it until somebody picks. `_file` is a group of the program's own: no answer, in no table,
 * hence in no list of answers that differ: whoever reads it judges.
 */
enum { GA_SHARED_TEXT_MAX = 256 * 1024, GA_SHARED_NAME_MAX = 120, GA_SHARED_PARTS_MAX = 5 };

/* One of the texts that stand; several when computers changed the file without knowing of each other. */
struct ga_shared_text {
    struct ga_hash leaf; /* of the operation that put it */
    struct ga_hash hash; /* of the text; zero: it is gone */
    const char *text;    /* NULL: the file is gone, or is_damaged */
    size_t len;
    bool is_damaged;     /* it does not hold what its hash says */
    struct ga_uuid site; /* the computer it was put on; zero: it cannot be told */
    const char *user, *site_label; /* who put it, on which computer: "" when that has no name */
    const char *school;  /* at a county: code of the school that put it (store/school.h); "": none */
    bool is_own;         /* put on this computer */
    int32_t local_day;
};

struct ga_shared {
    const char *name;
    const struct ga_shared_text *texts; /* by leaf; at least one */
    size_t texts_count;
};

/* Appends struct ga_shared of all files, in order of arrival; everything lives in the arena. Costs a fold a file. */
enum ga_rc ga_shared_list(struct ga_store *store, struct ga_arena *arena, struct ga_vec *ret_files, struct ga_error *err);

/* The one of that name; there is none: no texts, ret_file as it was. */
enum ga_rc ga_shared_find(struct ga_store *store, const char *name, struct ga_arena *arena, struct ga_shared *ret_file,
                          struct ga_error *err);

/*
 * Into a running save: from now on the file says this; `text` NULL: it is gone. `replaces`: leaves of the texts the
 * writer knew. GA_TOO_BIG past the bounds, GA_REFUSED for a text that is none, GA_NOT_FOUND
 * where the form `definition_file` is not in force.
 */
struct ga_shared_put {
    const char *name;
    const char *text;
    size_t len;
    const struct ga_hash *replaces;
    size_t replaces_count;
};
enum ga_rc ga_shared_put(struct ga_save *save, const struct ga_shared_put *put, struct ga_error *err);

void ga_shared_hash(const char *text, size_t len, struct ga_hash *ret_hash);
void ga_shared_record(const char *name, struct ga_uuid *ret_record);

#endif
