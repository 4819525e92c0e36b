/* Card numbers: short, on every sheet, never given twice. */
#ifndef GUANAI_STORE_CARD_NO_H
#define GUANAI_STORE_CARD_NO_H

#include "guanai/base/problem.h"
#include "guanai/base/uuid.h"
#include "guanai/base/vec.h"
#include "guanai/store/school.h"
#include "guanai/store/store.h"

/* The highest that any file here ever had, also one that has another number now or is gone; 0: not known. */
int64_t ga_store_highest_card_no(struct ga_store *store);

/*
 * Who has the number: of children other than `but` (its leading file; zero: nobody is left out) the leading file of the
 * one made first, zero when the number is free.
 */
enum ga_rc ga_store_card_holder(struct ga_store *store, int64_t number, const struct ga_uuid *but,
                                struct ga_uuid *ret_holder, struct ga_error *err);

/*
 * Adds a warning for each number that stands on several children's files: two computers may give the same one.
 * Linked files (same.h) are one child's.
 */
enum ga_rc ga_store_shared_card_nos(struct ga_store *store, struct ga_problems *problems, struct ga_error *err);

/* A file whose number another child's has, too. */
struct ga_card_holder {
    int64_t number;
    int64_t no; /* of the record on this computer */
    struct ga_uuid id;
    int64_t records;     /* about the child: on so many sheets the number may stand */
    char entered_on[11]; /* YYYY-MM-DD */
    char school[GA_SCHOOL_CODE_SIZE]; /* at a county: whose number it is; else "" */
    bool keeps;          /* the number stays with it: the most records, else the oldest file; the others get new ones */
};

/* All of them (struct ga_card_holder, appended), by number, the one that keeps it first. Reads all children. */
enum ga_rc ga_store_shared_cards(struct ga_store *store, struct ga_vec *holders, struct ga_error *err);

/* How many, without looking while no number came but ever higher ones: other computers' and typed ones are looked at once. */
int64_t ga_store_shared_cards_known(struct ga_store *store);

#endif
