/* Finding a child by whatever a teacher remembers of it. */
#ifndef GUANAI_STORE_SEARCH_H
#define GUANAI_STORE_SEARCH_H

#include "guanai/form/answers.h"
#include "guanai/store/roster.h"
#include "guanai/store/store.h"

/*
 * One box: characters from anywhere in the name, full, partial and initial pinyin in every reading,
 * tails of ID and phone numbers, card number, nickname, former name, guardian, village. Characters no keyboard gives
 * are found by code point (U+2CC56) or by their parts (龙龙龙, 弓长: text/parts.h). Letters parted by blanks are one name first
 * (hu qi, l fc), then words that may each fit another thing. A name is also found by characters
 * that sound like its own, and by sounds that many do not tell apart, behind what fits as typed. Prefix indexes answer
 * most queries; what they cannot is found by one scan over packed text. Best match first, then class, name.
 */
struct ga_search_hit {
    struct ga_uuid id; /* zero where they were not asked for: ga_search_find_id() */
    int64_t no;        /* the record's number */
    const char *name, *sex, *birth_month, *class_shown, *village, *card_no; /* enough to tell two of one name apart */
    const char *school_shown, *class_own; /* as of a row of the roster */
    const char *why;  /* the field that matched: "name", "pinyin", "sound", "id_number", "guardian_phone", … */
    const char *why_text; /* what of it may be shown: tails, never a whole ID number */
    bool is_left_behind, is_key_child;
    bool has_left; /* is gone on the store's day; ga_store_departure (life.h) says how */
};

struct ga_search_options {
    size_t limit;        /* hits wanted */
    bool with_left;      /* children who left too */
    bool without_ids;    /* of all hits of a key one is opened at most */
    unsigned fuzzy;      /* sounds taken for each other, enum ga_pinyin_fuzzy; 0: none */
    const struct ga_roster_class *own; /* classes whose children come first among those found in the same way */
    size_t own_count;
    enum ga_lang lang;
};

enum ga_rc ga_store_search(struct ga_store *store, const char *typed, const struct ga_search_options *options,
                           struct ga_arena *arena, struct ga_search_hit **ret_hits, size_t *ret_count,
                           bool *ret_more, struct ga_error *err);

/* Fills in the id of a hit that came without; one that has it is left as it is. */
enum ga_rc ga_search_find_id(struct ga_store *store, struct ga_search_hit *hit, struct ga_error *err);

/*
 * Children who may be the same as one about to be made: same ID number; same sounding name and birth
 * date; same name and class. Answers the reason in `why`.
 */
enum ga_rc ga_store_lookalikes(struct ga_store *store, const struct ga_answers *child, struct ga_arena *arena,
                               struct ga_search_hit **ret_hits, size_t *ret_count, struct ga_error *err);

#endif
