/*
 * At a county: which school wrote what, so that what several schools call alike is told apart.
 *
 * The codes of sites are words of a school: nearly every one has a `main`. A county that lays their records side by side
 * reads such a code in the words of whoever wrote it:
 *
 *   operation of a school's computer ──read (log.c)──▶ every answer of the list `site`:  main ──▶ s1a2b3c4d_main
 *                │                                                     └──▶ fold, tables, index, history, lists …
 *                └── its bytes, its hash, what is passed on and given back: as they were signed
 *
 * So classes, rosters, counts, past days are one school's each, and nothing above the log knows of it. The school of an
 * operation is the computer in whose name the one that signed it was introduced (store/site.h): the one that met the county. A
 * child that went on from school to school stands where its newest answer says. What the county itself writes is read as
 * it stands. A record that could name a place in its field `site` and names none is of the school that wrote it: "s1a2b3c4d",
 * which as the place of a class somebody speaks of is any of that school's. A place without a name in the configuration is
 * named by app/county.h.
 *
 * Card numbers are a school's as well: they may stand on several files of a county, on two of one school they are a finding.
 */
#ifndef GUANAI_STORE_SCHOOL_H
#define GUANAI_STORE_SCHOOL_H

#include "guanai/store/site.h"

/* "s" and the first four bytes of the id of the computer that met the county, in hexadecimal. The same on every computer. */
enum { GA_SCHOOL_CODE_SIZE = 1 + 8 + 1 };

struct ga_school {
    struct ga_uuid site; /* of the computer that met the county: the root of the others */
    char code[GA_SCHOOL_CODE_SIZE];
    char label[GA_SITE_LABEL_MAX + 1];
};

/* This computer is a county's. Costs a setting, once. */
bool ga_store_is_county(struct ga_store *store);
bool ga_store_has_schools(struct ga_store *store); /* the same with a school that met it; costs nothing where nobody else is known */
enum ga_rc ga_store_begin_county(struct ga_store *store, struct ga_error *err); /* from now on it is one */

/* Appends struct ga_school, by id; none where this is no county. */
enum ga_rc ga_store_schools(struct ga_store *store, struct ga_vec *ret_schools, struct ga_error *err);

/* "s1a2b3c4d_main" ⇄ "s1a2b3c4d", "main"; the school's code alone for a place without one. */
bool ga_school_has_place(const char *school, const char *place);
void ga_school_place(const char *school, const char *code, struct ga_str *out);

/* Of which school a place is. false: of none, which is every place where this is no county. */
bool ga_school_of_place(const char *place, char ret_code[GA_SCHOOL_CODE_SIZE]);

/* Does a record that says so mean that place: it names it, or its school alone? */
bool ga_school_means(const char *said, const char *place);

/* The school that wrote what came first of a record, by its number or its id; "": none. */
enum ga_rc ga_school_of_record(struct ga_store *store, int64_t record, char ret_code[GA_SCHOOL_CODE_SIZE], struct ga_error *err);
enum ga_rc ga_school_of_id(struct ga_store *store, const struct ga_uuid *record, char ret_code[GA_SCHOOL_CODE_SIZE], struct ga_error *err);

#endif
