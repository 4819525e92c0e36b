/* Finds children by what was typed, best match first. */
#include "guanai/store/search.h"

#include "child/same.h"
#include "search/search_hit.h"
#include "search/search_own.h"
#include "search/search_seen.h"
#include "search/search_stretch.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_MAX = 1000,
    LOOKED_AT_MAX =
        4000, /* children a search looks at: bounds the work of a letter in a large school */
    ESTIMATE_MAX = 2000,
    ABOVE_ALL = (GA_BAND_CARD + 1) * GA_BAND_WIDTH,
    SURE_ENOUGH = 8, /* hits as typed: nobody looks for a slip of the ear behind them */
};

struct found {
    unsigned rank;
    bool is_own;      /* of a class that comes first, or called just so */
    const char *why;
    struct ga_value sort; /* texts in the scratch arena */
    struct ga_roster_row row;     /* of the file that leads: the one shown */
    struct ga_roster_row matched; /* what the words were found in */
};

struct search {
    struct ga_store *store;
    const struct ga_search_options *options;
    const struct ga_search_word *words; /* those that are looked for now */
    size_t words_count;
    struct ga_arena scratch;
    struct ga_str sort;  /* of the row in hand */
    struct ga_vec found; /* struct found */
    struct ga_search_seen seen;
    size_t looked_at;
    unsigned raised;  /* what the rank of a name found now is raised by */
    size_t enough;    /* hits after which a band is not read on */
    bool was_cut;     /* there may be more than was looked at */
    bool may_repeat;  /* a row may be found twice: for a file behind another */
    int64_t estimate; /* while counting */
    enum ga_rc rc;    /* of a range: the callback cannot answer */
    struct ga_error *err;
};

static const char *column_text(struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : text;
}

/* All words have to match; a row is as good as its words are on average. */
static enum ga_rc rank_row(struct search *search, const struct ga_search_texts *texts,
                           struct ga_search_rank *ret_rank)
{
    unsigned sum = 0;
    const char *why = NULL;
    for (size_t i = 0; i < search->words_count; i++) {
        struct ga_search_rank rank;
        enum ga_rc rc =
            ga_search_rank_word(search->store, &search->words[i], texts, &rank, search->err);
        if (rc != GA_OK || rank.rank == 0) {
            *ret_rank = rank;
            return rc;
        }
        sum += rank.rank;
        why = why == NULL ? rank.why : why;
    }
    *ret_rank = (struct ga_search_rank){sum / (unsigned)search->words_count, why};
    return GA_OK;
}

static unsigned raised(const struct search *search, unsigned rank)
{
    return rank >= GA_BAND_NAME_LATER * GA_BAND_WIDTH ? rank + search->raised : rank;
}

static struct ga_value sort_of(struct search *search, struct ga_stmt *row)
{
    ga_str_clear(&search->sort);
    ga_roster_row_sort(search->store, row, &search->sort);
    const struct ga_value sort = ga_value_blob(search->sort.data, search->sort.len);
    return ga_value_copy(&search->scratch, &sort);
}

/* A file behind another is found for the one that leads. */
static enum ga_rc show_leading(struct search *search, struct found *found)
{
    int64_t main;
    struct ga_stmt *row;
    bool has_row = false;
    enum ga_rc rc = ga_same_main_no(search->store, found->matched.no, &main, search->err);
    if (rc != GA_OK || (rc = ga_index_stmt(search->store, GA_INDEX_GET_ROW, &row, search->err)) != GA_OK)
        return rc;
    ga_stmt_bind_int(row, 1, main);
    rc = ga_stmt_step(row, &has_row, search->err);
    if (rc != GA_OK || !has_row)
        return rc;
    found->sort = sort_of(search, row);
    ga_roster_row_read(row, &search->scratch, &found->row);
    ga_stmt_reset(row);
    search->may_repeat = true;
    return GA_OK;
}

static bool is_of_own_class(const struct ga_search_options *options, const struct ga_roster_row *row)
{
    for (size_t i = 0; i < options->own_count; i++)
        if (strcmp(options->own[i].site, row->site) == 0 && strcmp(options->own[i].grade, row->grade) == 0 &&
            strcmp(options->own[i].class_no, row->class_no) == 0)
            return true;
    return false;
}

/* Whose whole name was typed in characters is meant, whatever the class. */
static bool is_own(const struct search *search, const struct ga_roster_row *row)
{
    return is_of_own_class(search->options, row) || (search->words[0].is_wide && strcmp(search->words[0].text, row->name) == 0);
}

/* One child once, by the file that matches best. */
static void add_found(struct search *search, const struct found *found)
{
    for (size_t i = 0; search->may_repeat && i < search->found.len; i++) {
        struct found *other = ga_vec_at(&search->found, i);
        if (other->row.no != found->row.no)
            continue;
        if (found->rank > other->rank)
            *other = *found;
        return;
    }
    if (!found->row.has_left || search->options->with_left)
        *(struct found *)ga_vec_push(&search->found) = *found;
}

/* A child's row that is stepped onto: kept when it matches. */
static enum ga_rc consider_row(struct search *search, struct ga_stmt *row)
{
    struct ga_search_rank rank;
    struct ga_search_texts texts = {
        ga_stmt_column_int(row, GA_ROSTER_NO), ga_stmt_column_int(row, GA_ROSTER_CARD_NO), column_text(row, GA_ROSTER_NAME),
        column_text(row, GA_ROSTER_NICKNAME), column_text(row, GA_ROSTER_FORMER_NAME), column_text(row, GA_ROSTER_GUARDIAN),
        column_text(row, GA_ROSTER_VILLAGE), column_text(row, GA_ROSTER_HAMLET), column_text(row, GA_ROSTER_ADDRESS)};
    const int64_t flags = ga_stmt_column_int(row, GA_ROSTER_FLAGS);
    const bool is_behind = flags & GA_FLAG_BEHIND;
    if (!search->options->with_left && !is_behind && (flags & GA_FLAG_GONE))
        return GA_OK;
    enum ga_rc rc = rank_row(search, &texts, &rank);
    if (rc != GA_OK || rank.rank == 0)
        return rc;
    struct found found = {.rank = raised(search, rank.rank), .why = rank.why, .sort = sort_of(search, row)};
    ga_roster_row_read(row, &search->scratch, &found.matched);
    found.row = found.matched;
    if (is_behind)
        rc = show_leading(search, &found);
    found.is_own = is_own(search, &found.row);
    if (rc == GA_OK)
        add_found(search, &found);
    return rc;
}

/* Of one word half a page more than is wanted is looked at for its best. */
static size_t enough_of_one(const struct search *search)
{
    return search->options->limit + search->options->limit / 2 + 1;
}

static bool is_enough(struct search *search)
{
    bool is = search->found.len >= search->enough || search->looked_at >= LOOKED_AT_MAX;
    search->was_cut = search->was_cut || is;
    return is;
}

/* A stretch of keys, of which some rows wait to be looked at. */
struct waiting {
    struct ga_search_stretch keys;
    size_t count;
    int64_t numbers[GA_INDEX_ROWS_AT_ONCE];
};

static enum ga_rc take_rows(struct search *search, struct waiting *waiting)
{
    struct ga_stmt *row;
    bool has_row = false;
    enum ga_rc rc = ga_index_stmt(search->store, GA_INDEX_FIND_ROWS, &row, search->err);
    for (size_t i = 0; rc == GA_OK && i < waiting->count; i++)
        ga_stmt_bind_int(row, 1 + (int)i, waiting->numbers[i]);
    while (rc == GA_OK && (rc = ga_stmt_step(row, &has_row, search->err)) == GA_OK && has_row) {
        if (is_enough(search))
            break;
        search->looked_at++;
        rc = consider_row(search, row);
    }
    if (has_row)
        ga_stmt_reset(row);
    waiting->count = 0;
    return rc;
}

static void search_range(void *ctx, const uint8_t *prefix, size_t len)
{
    struct search *search = ctx;
    struct waiting waiting = {.count = 0};
    int64_t no = 0;
    if (search->rc != GA_OK || is_enough(search))
        return;
    enum ga_rc rc = ga_search_stretch_start(&waiting.keys, search->store, prefix, len, search->err);
    while (rc == GA_OK && !is_enough(search) && (rc = ga_search_stretch_next(&waiting.keys, &no, search->err)) == GA_OK && no != 0) {
        if (ga_search_see(&search->seen, no))
            waiting.numbers[waiting.count++] = no;
        if (waiting.count == GA_INDEX_ROWS_AT_ONCE)
            rc = take_rows(search, &waiting);
    }
    if (rc == GA_OK && waiting.count > 0)
        rc = take_rows(search, &waiting);
    search->rc = rc;
}

static void count_range(void *ctx, const uint8_t *prefix, size_t len)
{
    struct search *search = ctx;
    struct ga_search_stretch keys;
    int64_t no = 0;
    if (search->rc == GA_OK && search->estimate < ESTIMATE_MAX)
        search->rc = ga_search_stretch_start(&keys, search->store, prefix, len, search->err);
    else
        return;
    while (search->rc == GA_OK && search->estimate < ESTIMATE_MAX &&
           (search->rc = ga_search_stretch_next(&keys, &no, search->err)) == GA_OK && no != 0)
        search->estimate++;
}

/* The word that the fewest keys fit: its children are looked at, the other words only judge them. */
static enum ga_rc choose_word(struct search *search, const struct ga_search_word **ret_word)
{
    int64_t best = INT64_MAX;
    *ret_word = &search->words[0];
    for (size_t i = 0; i < search->words_count && search->words_count > 1; i++) {
        search->estimate = 0;
        for (int band = GA_BAND_CARD; band > GA_BAND_TEXT && search->rc == GA_OK; band--)
            search->rc =
                ga_search_each_range(search->store, &search->words[i], (enum ga_search_band)band,
                                     count_range, search, search->err);
        if (search->estimate < best) {
            best = search->estimate;
            *ret_word = &search->words[i];
        }
    }
    return search->rc;
}

/* Band by band: once a page is full, lower bands cannot add to it. */
static enum ga_rc search_bands(struct search *search)
{
    const struct ga_search_word *word;
    enum ga_rc rc = choose_word(search, &word);
    for (int band = GA_BAND_CARD; rc == GA_OK && band > GA_BAND_TEXT; band--) {
        if ((band == GA_BAND_NAME_SOUND || band == GA_BAND_NAME_PARTS) && search->found.len >= SURE_ENOUGH)
            continue;
        rc = ga_search_each_range(search->store, word, (enum ga_search_band)band, search_range,
                                  search, search->err);
        rc = rc == GA_OK ? search->rc : rc;
        if (search->words_count == 1 && search->found.len > search->options->limit)
            break;
    }
    return rc;
}

static bool are_letters(const struct search *search)
{
    for (size_t i = 0; i < search->words_count; i++)
        if (!search->words[i].query.has_only_letters)
            return false;
    return true;
}

/* Who was found stays found; all others may be looked at anew. */
static void forget_missed(struct search *search)
{
    ga_search_seen_clear(&search->seen);
    search->looked_at = 0;
    for (size_t i = 0; i < search->found.len; i++)
        ga_search_see(&search->seen, GA_VEC_AT(const struct found, &search->found, i)->matched.no);
}

/*
 * Letters parted by blanks are one name first, its syllables parted where the blanks stand ("hu qi", "l fc"): what
 * that finds is better than a name with "hu" whose village has "qi".
 */
static enum ga_rc search_joined(struct search *search, const char *typed)
{
    const struct ga_search_word *words = search->words;
    const size_t words_count = search->words_count, enough = search->enough;
    struct ga_search_word joined;
    if (words_count < 2 || !are_letters(search) || !ga_search_join_words(typed, search->options->fuzzy, &joined))
        return GA_OK;
    search->words = &joined;
    search->words_count = 1;
    search->enough = enough_of_one(search);
    search->raised = ABOVE_ALL;
    enum ga_rc rc = search_bands(search);
    search->raised = 0;
    search->words = words;
    search->words_count = words_count;
    search->enough = enough;
    if (rc == GA_OK)
        forget_missed(search);
    return rc;
}

/* One pass over what every child's row says; for characters no prefix leads to. */
static enum ga_rc search_texts(struct search *search)
{
    const struct ga_search_word *word = NULL;
    struct ga_stmt *row;
    bool has_row;
    for (size_t i = 0; i < search->words_count && word == NULL; i++)
        word = search->words[i].is_wide ? &search->words[i] : NULL;
    if (word == NULL || search->was_cut || search->found.len >= search->options->limit)
        return GA_OK;
    enum ga_rc rc = ga_index_stmt(search->store, GA_INDEX_SCAN, &row, search->err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(row, 1, word->text);
    while ((rc = ga_stmt_step(row, &has_row, search->err)) == GA_OK && has_row) {
        if (is_enough(search))
            break;
        search->looked_at++;
        if (ga_search_see(&search->seen, ga_stmt_column_int(row, GA_ROSTER_NO)) &&
            (rc = consider_row(search, row)) != GA_OK)
            break;
    }
    if (has_row)
        ga_stmt_reset(row);
    return rc;
}

/* A child of the own class is judged by the texts at hand: no row of it is read again for each key. */
static enum ga_rc consider_own(struct search *search, const struct ga_own_child *child)
{
    const struct ga_roster_row *row = &child->row;
    const struct ga_search_texts texts = {row->no, row->card_no, row->name, row->nickname, row->former_name, row->guardian,
                                          row->village, child->hamlet, child->address};
    struct ga_search_rank rank;
    enum ga_rc rc = rank_row(search, &texts, &rank);
    if (rc != GA_OK || rank.rank == 0)
        return rc;
    add_found(search, &(struct found){.rank = raised(search, rank.rank), .why = rank.why, .is_own = true, .sort = child->sort,
                                      .row = *row, .matched = *row});
    return GA_OK;
}

/* The own class is looked through where others crowded it out. */
static enum ga_rc search_own(struct search *search)
{
    const struct ga_own_child *children;
    size_t count = 0;
    if (!search->was_cut || search->options->own_count == 0)
        return GA_OK;
    enum ga_rc rc = ga_search_own(search->store, search->options->own, search->options->own_count, &children, &count, search->err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (ga_search_see(&search->seen, children[i].row.no))
            rc = consider_own(search, &children[i]);
    return rc;
}

static int compare_found(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->is_own != y->is_own && x->rank / GA_BAND_WIDTH == y->rank / GA_BAND_WIDTH)
        return x->is_own ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return ga_value_compare(&x->sort, &y->sort);
}

static void make_hit(const struct search *search, const struct found *found, struct ga_arena *arena,
                     struct ga_search_hit *ret_hit)
{
    ga_search_make_hit(&search->words[0], found->why, &found->row, &found->matched, search->options->lang, arena, ret_hit);
    ret_hit->class_own = ret_hit->class_shown;
    ret_hit->class_shown = ga_school_class_text(search->store, found->row.site, ret_hit->class_own, search->options->lang, arena);
    ret_hit->school_shown = ga_arena_strdup(arena, ga_school_place_text(search->store, found->row.site, search->options->lang));
}

/* Rows come without their ids: only of those shown they are looked up. */
static enum ga_rc find_ids(struct search *search, struct ga_search_hit *hits, size_t count)
{
    int64_t nos[LIMIT_MAX];
    struct ga_uuid ids[LIMIT_MAX] = {0};
    for (size_t i = 0; i < count; i++)
        nos[i] = GA_VEC_AT(const struct found, &search->found, i)->row.no;
    const enum ga_rc rc = ga_roster_ids(search->store, nos, count, ids, search->err);
    for (size_t i = 0; i < count; i++)
        hits[i].id = ids[i];
    return rc;
}

static enum ga_rc make_hits(struct search *search, size_t limit, struct ga_arena *arena,
                            struct ga_search_hit **ret_hits, size_t *ret_count)
{
    size_t count = search->found.len < limit ? search->found.len : limit;
    if (search->found.len > 0)
        qsort(search->found.items, search->found.len, search->found.item_bytes, compare_found);
    struct ga_search_hit *hits = ga_arena_array(arena, count, sizeof(*hits));
    for (size_t i = 0; i < count; i++)
        make_hit(search, ga_vec_at(&search->found, i), arena, &hits[i]);
    *ret_hits = hits;
    *ret_count = count;
    return search->options->without_ids ? GA_OK : find_ids(search, hits, count);
}

static void start_search(struct search *search, struct ga_store *store,
                         const struct ga_search_options *options, struct ga_error *err)
{
    *search = (struct search){.store = store, .options = options, .err = err};
    ga_arena_init(&search->scratch);
    ga_vec_init(&search->found, sizeof(struct found));
}

static void finish_search(struct search *search)
{
    ga_arena_finish(&search->scratch);
    ga_str_finish(&search->sort);
    ga_vec_finish(&search->found);
    ga_search_seen_finish(&search->seen);
}

enum ga_rc ga_store_search(struct ga_store *store, const char *typed,
                           const struct ga_search_options *options, struct ga_arena *arena,
                           struct ga_search_hit **ret_hits, size_t *ret_count, bool *ret_more,
                           struct ga_error *err)
{
    struct search search;
    struct ga_search_word words[GA_SEARCH_WORDS_MAX];
    struct ga_search_options bounded = *options;
    bounded.limit = options->limit < LIMIT_MAX ? options->limit : LIMIT_MAX;
    start_search(&search, store, &bounded, err);
    search.words = words;
    search.words_count = ga_search_words(typed, options->fuzzy, words);
    /* More words than one: whatever the rarest of them fits. */
    search.enough = search.words_count == 1 ? enough_of_one(&search) : LOOKED_AT_MAX;
    enum ga_rc rc = search_joined(&search, typed);
    if (rc == GA_OK && search.words_count > 0 && search.found.len <= bounded.limit)
        rc = search_bands(&search);
    if (rc == GA_OK && search.words_count > 0)
        rc = search_texts(&search);
    if (rc == GA_OK && search.words_count > 0)
        rc = search_own(&search);
    if (rc == GA_OK)
        rc = make_hits(&search, bounded.limit, arena, ret_hits, ret_count);
    if (rc == GA_OK && ret_more != NULL)
        *ret_more = search.was_cut || search.found.len > bounded.limit;
    finish_search(&search);
    return rc;
}
