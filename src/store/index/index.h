/* What index.c keeps of a child; private to search, roster, index. */
#ifndef GUANAI_STORE_INDEX_H
#define GUANAI_STORE_INDEX_H

#include "index/index_child.h"

/*
 * _roster  a row a child in roster order: `sort` (memcmp), flags, number; what it shows stands in `child` (index_shown.h)
 * _standing  the same flags, by number
 * _search  keys with numbers, in pages (index_page.h): a prefix finds the child, the first byte says what it is of
 * _search_new  keys that are not in their places yet (index_delta.h)
 * _sieve   which characters stand in the texts of a stretch of children (sieve.h)
 * _tally   a row a class, one with an empty place for all of them
 * _count   records of every other form; under the empty name the last operation that these tables show
 * _presence  the dated changes that say whether a child is still here
 */
enum ga_index_flag {
    GA_FLAG_LEFT_BEHIND = 1,
    GA_FLAG_KEY = 2,
    GA_FLAG_UNGUARDED = 4, /* guardian_kind is none */
    GA_FLAG_BOARDING = 8,
    GA_FLAG_GONE = 16, GA_FLAG_BEHIND = 32, /* behind: another file of the same child leads (same.h): in no list, in no count */
};

/* First byte of a search key. START and LATER hold name keys by where in the name they begin. */
enum ga_index_key {
    GA_KEY_OF_ID = 'd',         /* digits from the last to the first: a tail is a prefix */
    GA_KEY_OF_BIRTH = 'b',      /* year, month, day: seldom shared, so that doubles are found by it */
    GA_KEY_OF_BIRTHDAY = 'm',   /* month, day: birth.c reads them */
    GA_KEY_OF_GUARDIAN = 'g',   /* sound and initials of the whole name */
    GA_KEY_OF_CARD = 'k',
    GA_KEY_OF_NICKNAME = 'n',   /* characters, sound, initials of every part; former names too */
    GA_KEY_OF_PHONE = 'p',      /* p guardian, q father, r mother; reversed as well */
    GA_KEY_OF_VILLAGE = 'v',    /* the village as it stands, 0 */
    GA_KEY_START_CHARACTERS = 'A',
    GA_KEY_START_FULL,          /* first syllable, blank, the others: 李 before 林 and 刘 for "li" */
    GA_KEY_START_INITIALS,
    GA_KEY_LATER_CHARACTERS,
    GA_KEY_LATER_FULL,
    GA_KEY_LATER_INITIALS,
};

/* Raise it when the same answers give other rows or keys: folders of an earlier edition are brought up to it. */
enum { GA_INDEX_EDITION = 8 };

enum { GA_INDEX_ROWS_AT_ONCE = 16 }; /* of GA_INDEX_FIND_ROWS, GA_INDEX_FIND_IDS */
enum { GA_INDEX_TEXTS = 7 };         /* of a row are looked through for a word */

enum ga_index_sql {
    GA_INDEX_PUT_COUNT, GA_INDEX_GET_COUNT, GA_INDEX_DROP_COUNT, GA_INDEX_PUT_MARK,
    GA_INDEX_PUT_ROW, GA_INDEX_GET_ROW, GA_INDEX_DROP_ROW, GA_INDEX_HAS_ROW, GA_INDEX_SET_FLAGS,
    GA_INDEX_GET_STANDING, GA_INDEX_PUT_STANDING, GA_INDEX_DROP_STANDING,
    GA_INDEX_PUT_TALLY, GA_INDEX_DROP_TALLY, GA_INDEX_GET_TALLY, GA_INDEX_ALL_TALLY,
    GA_INDEX_PUT_KEYS, GA_INDEX_DROP_KEYS, GA_INDEX_KEYS_UP_TO, GA_INDEX_KEYS_BEHIND, GA_INDEX_FIND_ROWS, GA_INDEX_FIND_IDS,
    GA_INDEX_NOTE_ADDED, GA_INDEX_NOTE_GONE, GA_INDEX_UNNOTE_ADDED, GA_INDEX_UNNOTE_GONE, GA_INDEX_ALL_NOTED, GA_INDEX_DROP_NOTED,
    GA_INDEX_PUT_PRESENCE, GA_INDEX_DROP_PRESENCE, GA_INDEX_GET_PRESENCE, GA_INDEX_CHANGES_BETWEEN,
    GA_INDEX_PAGE_AT, GA_INDEX_PAGE_BARE, GA_INDEX_NUMBERS, GA_INDEX_PAGE_AFTER, GA_INDEX_PAGE_BEFORE, GA_INDEX_COUNT_ROWS, GA_INDEX_SCAN,
    GA_INDEX_TEXTS_OF_PART, GA_INDEX_PUT_SIEVE, GA_INDEX_DROP_SIEVE,
    GA_INDEX_GONE_ROWS, GA_INDEX_DROP_FORM, GA_DRAFT_PUT, GA_DRAFT_DROP, GA_DRAFT_GET, GA_DRAFT_LIST, GA_DRAFT_NAME, GA_DRAFT_FIND,
    GA_INDEX_SQL_COUNT,
};

extern const char *const ga_index_sql[GA_INDEX_SQL_COUNT];

struct ga_index {
    struct ga_stmts stmts;
    struct ga_index_shown *shown; /* index_shown.c */
    struct ga_search_own *own; /* search_own.c */
    const char *sql[GA_INDEX_SQL_COUNT]; /* of patterns NULL until they are asked for, then `made` */
    char *made[GA_INDEX_SQL_COUNT];
    struct ga_index_fields *fields; /* of the child form seen last */
    struct ga_vec old_keys, new_keys;
    struct ga_card_notes { int64_t highest, lowest; bool may_clash; } cards; /* since the last flush: card_no.c */
    struct ga_str sort, place;
    struct ga_map tallies; /* index_tally.c: what the running transaction adds to _tally */
    struct ga_vec villages; /* char *: every village once seen, found at the first search */
    bool has_villages, has_delta;
    struct ga_vec delta;     /* struct ga_delta_key: all of _search_new once has_delta (index_delta.h) */
    size_t children_changed; /* in the running transaction */
    struct ga_gather *gather; /* index_gather.h: keys of the children it brings, while is_bulk */
    bool is_bulk;            /* it brings many: their keys go to the places at once */
    struct ga_vec touched;   /* int64_t: parts of _sieve whose texts it changes */
    /*
     * index_follow.c: a save of few records writes the log and the form's tables alone. These tables follow when somebody
     * next reads them or nobody types, in a transaction that waits for no disk; after a power cut they follow from the
     * log. What a record changed in them is the difference of two folds, so nothing has to be kept for it.
     */
    struct ga_vec late;
    bool has_late, is_following;
    bool is_prompt;   /* for the rest of this transaction nothing waits */
    int64_t shown_op; /* as _count has it */
};

/* The store's index, made at first use. */
struct ga_index *ga_index_of(struct ga_store *store);
void ga_index_late_init(struct ga_index *index);
void ga_index_shows_all(struct ga_store *store); /* the tables are being made anew, from all there is */
enum ga_rc ga_index_put_mark(struct ga_store *store, struct ga_error *err); /* at the end of a transaction */

/* index.c: the tables at once; ga_index_put may let it wait. */
enum ga_rc ga_index_put_now(struct ga_store *store, int64_t no, const struct ga_answers *old,
                            const struct ga_answers *now, struct ga_error *err);

void ga_index_make_sql(struct ga_store *store, enum ga_index_sql sql); /* of a pattern */
void ga_index_forget_sql(struct ga_store *store); /* the form of a child has changed */

/* The tables are up to date then. */
static inline enum ga_rc ga_index_stmt(struct ga_store *store, enum ga_index_sql sql, struct ga_stmt **ret_stmt,
                                       struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    const enum ga_rc rc = index->has_late && index->late.len == 0 ? GA_OK : ga_index_follow(store, err);
    if (index->sql[sql] == NULL)
        ga_index_make_sql(store, sql);
    return rc == GA_OK ? ga_stmts_get(&index->stmts, sql, ret_stmt, err) : rc;
}

/*
 * Steps to the one row a statement finds by its number; the caller reads its columns, then resets it.
 * GA_NOT_FOUND, saying `none`, when there is none.
 */
enum ga_rc ga_index_row(struct ga_store *store, enum ga_index_sql sql, int64_t no, const char *none,
                        struct ga_stmt **ret_stmt, struct ga_error *err);

/* Villages as `char *`, borrowed until the next put. */
void ga_index_forget_villages(struct ga_index *index);
enum ga_rc ga_index_villages(struct ga_store *store, const struct ga_vec **ret_villages, struct ga_error *err);

/* Columns of GA_INDEX_GET_ROW and the pages; the last two are those of GA_INDEX_FIND_ROWS, GA_INDEX_SCAN alone. */
enum ga_roster_column {
    GA_ROSTER_NO, GA_ROSTER_ID, GA_ROSTER_FLAGS, GA_ROSTER_CARD_NO, GA_ROSTER_NAME,
    GA_ROSTER_NICKNAME, GA_ROSTER_FORMER_NAME, GA_ROSTER_SEX, GA_ROSTER_BIRTH, GA_ROSTER_SITE, GA_ROSTER_GRADE,
    GA_ROSTER_CLASS, GA_ROSTER_VILLAGE, GA_ROSTER_GUARDIAN, GA_ROSTER_HAMLET, GA_ROSTER_ADDRESS,
};

struct ga_roster_row;
/* All but class_shown, which is for rows that are shown; without `id` where the statement has none. */
void ga_roster_row_read(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_roster_row *ret_row);
/* The ids of records there are, in the order of `nos`. */
enum ga_rc ga_roster_ids(struct ga_store *store, const int64_t *nos, size_t count, struct ga_uuid *ids, struct ga_error *err);
/* Appends where the row the statement stands on has its place in the roster. */
void ga_roster_row_sort(struct ga_store *store, struct ga_stmt *stmt, struct ga_str *out);
const char *ga_roster_class_text(const char *grade, const char *class_no, enum ga_lang lang, struct ga_arena *arena);
/* The child's rows after a change of status, of linked files the leading one's too. */
enum ga_rc ga_index_mark_child(struct ga_store *store, const struct ga_uuid *child, struct ga_error *err);

#endif
