/* What computers answered differently, by number: listed, printed, typed back, settled, taken back. */
#ifndef GUANAI_APP_CONFLICTS_H
#define GUANAI_APP_CONFLICTS_H

#include "guanai/app/session.h"
#include "guanai/store/conflict_obvious.h"

/*
 *   ga_conflict_list ──▶ numbers ──▶ page, command line, worksheet ──▶ "3 2" ──▶ one save ──▶ taken back by one save
 *
 * A conflict keeps its number, and each of its values the digit that means it, from the first list on to the day it is
 * settled, whatever arrives meanwhile: so a worksheet that comes back weeks later is typed in by its numbers. Both are
 * bound to the operations that first gave the values, and kept in this data folder: what is taken back has them again. What arrived after the sheet was written
 * is not settled by the sheet: it stays beside the choice and is asked about next.
 */
struct ga_numbered {
    int number;
    const struct ga_conflict *conflict; /* its values by their digit */
    const int *choices;                 /* the digit, one a value; not without gaps: values go */
    const bool *is_unseen;              /* one a value: it came after the sheet was written; none before the first sheet */
    enum ga_obvious obvious;
    size_t pick;                        /* the value that is obvious */
    const char *whose;                  /* child with class, else child, day, form */
    const char *what;                   /* the fields */
};

enum { GA_NUMBERED_MAX = 2000 };

/* By number; at most GA_NUMBERED_MAX. Gives numbers to those that have none. All of it in `arena`, in the session's language. */
enum ga_rc ga_conflicts_read(struct ga_session *session, struct ga_arena *arena, struct ga_numbered **ret_list,
                             size_t *ret_count, struct ga_error *err);

/* NULL: settled meanwhile, or never given out. */
const struct ga_numbered *ga_conflicts_find(const struct ga_numbered *list, size_t count, int64_t number);

/* A value as one text: "奶奶 · 13800001111"; what is empty in words. */
const char *ga_conflicts_value_text(const struct ga_session *session, const struct ga_conflict *conflict, size_t value,
                                    struct ga_arena *arena);
/* "王老师, 2026-11-23 12:41, 石桥教学点, 名册.xlsx": who, when (? the clock was in doubt), where, from what file. */
const char *ga_conflicts_origin_text(const struct ga_session *session, const struct ga_conflict_value *value,
                                     struct ga_arena *arena);

/* With `here` for this computer: what is read elsewhere names it. */
const char *ga_conflicts_origin_at(const struct ga_session *session, const struct ga_conflict_value *value, const char *here,
                                   struct ga_arena *arena);

/*
 * The worksheet, as ga_print_write writes it: a row a conflict with its number, the digits before the values, who said
 * each when and where, the number of the paper, room for the digit or a third value. What is sensitive stands on it without
 * its values, what was handed to somebody with that name. From then on the sheet's numbers mean what stands on it, here: it
 * says on which computer they are typed back.
 */
enum ga_rc ga_conflicts_print(struct ga_session *session, const struct ga_numbered *list, size_t count, const char *path,
                              struct ga_error *err);

/* The same without a file: the list itself was the sheet. */
enum ga_rc ga_conflicts_note_seen(struct ga_session *session, const struct ga_numbered *list, size_t count, struct ga_error *err);

struct ga_choice_made {
    const struct ga_numbered *numbered;
    size_t pick;                           /* place of the value */
    const struct ga_conflict_typed *typed; /* a third value in place of some of its fields */
    size_t typed_count;
};

/* What was typed for a field, as its form would take it; texts in `arena`. Empty text: cleared. */
enum ga_rc ga_conflicts_type(struct ga_session *session, const struct ga_conflict *conflict, size_t field, const char *text,
                             struct ga_arena *arena, struct ga_conflict_typed *ret_typed, struct ga_error *err);

/* All in one save, or none. */
enum ga_rc ga_conflicts_settle(struct ga_session *session, const struct ga_choice_made *made, size_t count, struct ga_error *err);

/* All that are obvious; ret_settled how many. */
enum ga_rc ga_conflicts_settle_obvious(struct ga_session *session, const struct ga_numbered *list, size_t count,
                                       size_t *ret_settled, struct ga_error *err);

/* What the last save of ga_conflicts_settle on this computer settled is open again, by operations. GA_NOT_FOUND: nothing to
 * take back; GA_REFUSED: somebody built on it since; GA_DENIED: some of it had been handed to somebody else, who settled it. What
 * had been handed to somebody is so again. */
enum ga_rc ga_conflicts_take_back(struct ga_session *session, size_t *ret_open, struct ga_error *err);

/* Whom it is handed to where nobody says otherwise: who founded the school here. "" when nobody did. In `arena`. */
const char *ga_conflicts_headteacher(struct ga_session *session, struct ga_arena *arena);

#endif
