/* The roster: pages of children in the order of a printed one, without reading all of them. */
#ifndef GUANAI_STORE_ROSTER_H
#define GUANAI_STORE_ROSTER_H

#include "guanai/base/uuid.h"
#include "guanai/store/store.h"

/* The order is site, grade as in its list, class number (2 before 10), the name's sound, arrival. */
struct ga_roster_row {
    struct ga_uuid id;
    int64_t no;         /* the record's number on this computer: what pages are anchored to */
    const char *name;   /* texts are never NULL; "" when not known */
    const char *sex;    /* code */
    const char *birth;  /* YYYY-MM-DD or YYYY-MM */
    const char *site, *grade, *class_no; /* codes, class number */
    const char *class_shown;             /* 三年级(2)班; at a county its school before it */
    const char *school_shown, *class_own; /* at a county the two apart, for a list with a column for each; else "", class_shown */
    const char *village, *guardian, *nickname, *former_name;
    int64_t card_no; /* 0: none */
    bool is_left_behind, is_key_child, is_unguarded, is_boarding;
    bool has_left; /* transferred, finished … by the newest status change */
};

/* Which children: one class, only some; `{0}`: everybody who has not left. */
struct ga_roster_filter {
    const char *site, *grade, *class_no; /* of one class, as in ga_roster_class; grade NULL: all classes */
    bool only_left_behind, only_key, only_unguarded, only_boarding;
    bool with_left; /* children who left too */
    bool without_ids; /* of ga_roster_page_at: a page is read that few rows of are opened; ga_roster_find_id finds one's */
};

/* A class that has children, with its counts; `children` are those who have not left. Who is in no class: "no class". */
struct ga_roster_class {
    const char *site, *grade, *class_no, *shown;
    int64_t children, left_behind, key, unguarded, boarding, left;
};

/* In roster order; lives in `arena`. Costs a row a class. */
enum ga_rc ga_store_classes(struct ga_store *store, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err);

/* The same counts over all classes: one lookup. Its texts are "". */
enum ga_rc ga_store_totals(struct ga_store *store, struct ga_roster_class *ret_totals, struct ga_error *err);

/* How many children a filter lets through: from the counts, without reading them, unless two of the
 * `only_` are set. */
enum ga_rc ga_roster_count(struct ga_store *store, const struct ga_roster_filter *filter, int64_t *ret_count,
                           struct ga_error *err);

/*
 * The rows from the index-th on (0 is the first), at most `limit` (≤ 1,000): the counts of the classes
 * before give the place, only inside one class are rows stepped over. Lives in `arena`. Fewer rows than
 * `limit`: the end was reached.
 */
enum ga_rc ga_roster_page_at(struct ga_store *store, const struct ga_roster_filter *filter, int64_t index,
                             size_t limit, enum ga_lang lang, struct ga_arena *arena,
                             struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err);

/* The numbers of the first `limit` children let through, in roster order: no row of them is read. */
enum ga_rc ga_roster_numbers(struct ga_store *store, const struct ga_roster_filter *filter, size_t limit, int64_t *numbers,
                             size_t *ret_count, struct ga_error *err);

/* The rows before or after a child, nearest to it last or first: always in roster order; itself left out. */
enum ga_rc ga_roster_before(struct ga_store *store, const struct ga_roster_filter *filter, int64_t no,
                            size_t limit, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err);
enum ga_rc ga_roster_after(struct ga_store *store, const struct ga_roster_filter *filter, int64_t no,
                           size_t limit, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err);

/* Where a child stands, from 0: what ga_roster_page_at() would be asked for. GA_NOT_FOUND when filtered out. */
enum ga_rc ga_roster_index(struct ga_store *store, const struct ga_roster_filter *filter, int64_t no,
                           int64_t *ret_index, struct ga_error *err);

/* Fills in the id of a row that came without; one that has it is left as it is. */
enum ga_rc ga_roster_find_id(struct ga_store *store, struct ga_roster_row *row, struct ga_error *err);

/* One child; GA_NOT_FOUND when there is none. By its id, or by its number. */
enum ga_rc ga_roster_row(struct ga_store *store, const struct ga_uuid *id, enum ga_lang lang,
                         struct ga_arena *arena, struct ga_roster_row *ret_row, struct ga_error *err);
enum ga_rc ga_roster_row_of(struct ga_store *store, int64_t no, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_roster_row *ret_row, struct ga_error *err);

#endif
