/* At a county: the words of an operation are those of the school that wrote it; private to this room. */
#ifndef GUANAI_STORE_SAID_BY_H
#define GUANAI_STORE_SAID_BY_H

#include "log/log.h"

#include "guanai/text/translate.h"

/* Which computers are of which school, kept in memory once it was asked for. */
struct ga_schools {
    struct ga_vec sites; /* of school.c, by id */
    bool is_read, is_county;
    int64_t first_op, last_op; /* of the transaction looked at last; 0: none */
    char code[16];             /* of its school; "": none */
};

/* school_place.c: once, at a county whose tables an earlier program wrote. A walk over what names no place. */
enum ga_rc ga_schools_place_again(struct ga_store *store, struct ga_error *err);
void ga_schools_forget(struct ga_store *store); /* a computer became known */
void ga_schools_finish(struct ga_store *store);

/* The code of the school that wrote an operation; "": none of a school, or this is no county. Borrowed until the next call. */
enum ga_rc ga_school_of_op(struct ga_store *store, int64_t no, const char **ret_code, struct ga_error *err);

/* Answers of the list `site` as they are to be read here (store/school.h); what it changes lies in the arena. */
enum ga_rc ga_school_read(struct ga_store *store, struct ga_arena *arena, struct ga_log_op *op, struct ga_error *err);

/* "石桥镇中心小学 三年级(2)班": at a county the place stands before a child's class, where a narrow column cuts it last; elsewhere `shown` as it is. */
const char *ga_school_place_text(struct ga_store *store, const char *site, enum ga_lang lang); /* borrowed; "" where this is no county */
const char *ga_school_class_text(struct ga_store *store, const char *site, const char *shown, enum ga_lang lang, struct ga_arena *arena);

#endif
