/* Works out which files hang together, which of them leads. */
#include "child/same.h"

#include "guanai/base/alloc.h"

#include <string.h>

/* What all records say of one file beside another. */
struct link {
    int64_t other;
    bool is_linked, is_behind; /* the first file stands behind the other one */
};

/* One `same` links them; anything else said of the pair forbids it. */
static void add_said(struct ga_vec *links, int64_t other, enum ga_pair_said said)
{
    const bool is_same = said == GA_PAIR_LEADS || said == GA_PAIR_FOLLOWS;
    struct link *last = links->len == 0 ? NULL : ga_vec_at(links, links->len - 1);
    if (last == NULL || last->other != other) {
        last = ga_vec_push(links);
        *last = (struct link){.other = other, .is_linked = true};
    }
    last->is_linked &= is_same;
    last->is_behind |= said == GA_PAIR_FOLLOWS;
}

static enum ga_rc read_links(struct ga_store *store, int64_t no, struct ga_vec *links, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    ga_vec_clear(links);
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_PAIRS_OF, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        add_said(links, ga_stmt_column_int(stmt, 0), (enum ga_pair_said)ga_stmt_column_int(stmt, 1));
    return rc;
}

/* Where a number stands or would stand in a rising list. */
static size_t place_of(const struct ga_vec *numbers, int64_t no)
{
    size_t from = 0, until = numbers->len;
    while (from < until) {
        const size_t middle = (from + until) / 2;
        if (*GA_VEC_AT(int64_t, numbers, middle) < no)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

static bool is_in(const struct ga_vec *numbers, int64_t no)
{
    const size_t at = place_of(numbers, no);
    return at < numbers->len && *GA_VEC_AT(int64_t, numbers, at) == no;
}

static bool put_in(struct ga_vec *numbers, int64_t no)
{
    if (is_in(numbers, no))
        return false;
    *(int64_t *)ga_vec_insert(numbers, place_of(numbers, no)) = no;
    return true;
}

enum ga_rc ga_same_gather(struct ga_store *store, int64_t no, struct ga_vec *members, struct ga_error *err)
{
    struct ga_vec links, waiting;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&links, sizeof(struct link));
    ga_vec_init(&waiting, sizeof(int64_t));
    if (put_in(members, no))
        *(int64_t *)ga_vec_push(&waiting) = no;
    while (rc == GA_OK && waiting.len > 0) {
        const int64_t next = *GA_VEC_AT(int64_t, &waiting, waiting.len - 1);
        ga_vec_remove(&waiting, waiting.len - 1);
        rc = read_links(store, next, &links, err);
        for (size_t i = 0; rc == GA_OK && i < links.len; i++) {
            const struct link *link = ga_vec_at(&links, i);
            if (link->is_linked && put_in(members, link->other))
                *(int64_t *)ga_vec_push(&waiting) = link->other;
        }
    }
    ga_vec_finish(&links);
    ga_vec_finish(&waiting);
    return rc;
}

static enum ga_rc is_here(struct ga_store *store, int64_t no, bool *ret_is, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_IS_HERE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, ret_is, err);
    if (rc == GA_OK && *ret_is)
        ga_stmt_reset(stmt);
    return rc;
}

/* Does a verdict put it behind a file that is here? */
static enum ga_rc is_behind(struct ga_store *store, int64_t no, struct ga_vec *links, bool *ret_is,
                            struct ga_error *err)
{
    enum ga_rc rc = read_links(store, no, links, err);
    *ret_is = false;
    for (size_t i = 0; rc == GA_OK && i < links->len && !*ret_is; i++) {
        const struct link *link = ga_vec_at(links, i);
        if (link->is_linked && link->is_behind)
            rc = is_here(store, link->other, ret_is, err);
    }
    return rc;
}

struct leader {
    int64_t no; /* 0: none yet */
    bool is_behind;
    struct ga_uuid id;
};

static bool is_better(const struct leader *a, const struct leader *b)
{
    if (b->no == 0 || a->is_behind != b->is_behind)
        return b->no == 0 || !a->is_behind;
    return ga_uuid_compare(&a->id, &b->id) < 0;
}

static enum ga_rc choose_leader(struct ga_store *store, const struct ga_vec *members, int64_t *ret_no,
                                struct ga_error *err)
{
    struct leader best = {0};
    struct ga_vec links;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&links, sizeof(struct link));
    for (size_t i = 0; rc == GA_OK && i < members->len; i++) {
        struct leader one = {.no = *GA_VEC_AT(int64_t, members, i)};
        bool is = false;
        rc = is_here(store, one.no, &is, err);
        if (rc != GA_OK || !is)
            continue;
        rc = is_behind(store, one.no, &links, &one.is_behind, err);
        if (rc == GA_OK)
            rc = ga_record_id(store, one.no, &one.id, NULL, err);
        if (rc == GA_OK && is_better(&one, &best))
            best = one;
    }
    ga_vec_finish(&links);
    *ret_no = best.no;
    return rc;
}

static enum ga_rc put_main(struct ga_store *store, int64_t no, int64_t main, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const bool is_behind = main != 0 && main != no;
    enum ga_rc rc = ga_same_stmt(store, is_behind ? GA_SAME_PUT : GA_SAME_DROP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    if (is_behind)
        ga_stmt_bind_int(stmt, 2, main);
    return ga_stmt_run(stmt, err);
}

/* All of one child's files; marked once the table is whole, because a mark reads it. */
static enum ga_rc settle_one(struct ga_store *store, const struct ga_vec *members, struct ga_error *err)
{
    int64_t main = 0;
    enum ga_rc rc = choose_leader(store, members, &main, err);
    for (size_t i = 0; rc == GA_OK && i < members->len; i++)
        rc = put_main(store, *GA_VEC_AT(int64_t, members, i), main, err);
    for (size_t i = 0; rc == GA_OK && i < members->len; i++)
        rc = ga_index_mark(store, *GA_VEC_AT(int64_t, members, i), err);
    return rc;
}

enum ga_rc ga_same_settle_all(struct ga_store *store, struct ga_error *err)
{
    struct ga_vec numbers;
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_ALL_PAIRS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&numbers, sizeof(int64_t));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        *(int64_t *)ga_vec_push(&numbers) = ga_stmt_column_int(stmt, 0);
        *(int64_t *)ga_vec_push(&numbers) = ga_stmt_column_int(stmt, 1);
    }
    if (rc == GA_OK)
        rc = ga_same_settle(store, &numbers, err);
    ga_vec_finish(&numbers);
    return rc;
}

enum ga_rc ga_same_settle(struct ga_store *store, const struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_vec done, members;
    enum ga_rc rc = ga_index_follow(store, err); /* who is in the roster? */
    ga_vec_init(&done, sizeof(int64_t));
    ga_vec_init(&members, sizeof(int64_t));
    for (size_t i = 0; rc == GA_OK && i < numbers->len; i++) {
        const int64_t no = *GA_VEC_AT(int64_t, numbers, i);
        if (is_in(&done, no))
            continue;
        ga_vec_clear(&members);
        rc = ga_same_gather(store, no, &members, err);
        for (size_t k = 0; rc == GA_OK && k < members.len; k++)
            put_in(&done, *GA_VEC_AT(int64_t, &members, k));
        if (rc == GA_OK)
            rc = settle_one(store, &members, err);
    }
    ga_vec_finish(&done);
    ga_vec_finish(&members);
    return rc;
}
