/* Makes what is owed anew, compares it with what was followed. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

/* A row of one of the tables: where it stands, what it says. */
struct seen {
    uint64_t key, content;
};

static const char *const DUMPS[] = {
    "SELECT no, class, proxy, helper, own_due, rows FROM _due_child ORDER BY no",
    "SELECT class, open, tallies, rows FROM _due_class ORDER BY class",
    "SELECT no, duty, place, needed, label, opens, due_on, ends FROM _due_window ORDER BY no",
    "SELECT child * 64 + rule, class, proxy, helper, birth, since, minute, number, say, record FROM _alarm ORDER BY child, rule",
};

static enum ga_rc dump(struct ga_care *care, size_t table, struct ga_vec *rows, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(care->options.store), DUMPS[table], &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct seen *)ga_vec_push(rows) =
            (struct seen){ga_stmt_hash(stmt, 0, 1), ga_stmt_hash(stmt, 1, ga_stmt_columns(stmt))};
    ga_stmt_destroy(stmt);
    return rc;
}

static int by_key(const void *a, const void *b)
{
    const uint64_t x = ((const struct seen *)a)->key, y = ((const struct seen *)b)->key;
    return (x > y) - (x < y);
}

/* Rows of one that the other has not, or has otherwise. */
static int64_t count_differences(struct ga_vec *before, struct ga_vec *after)
{
    struct seen *a = before->items, *b = after->items;
    int64_t differences = 0;
    if (before->len > 0)
        qsort(a, before->len, sizeof(*a), by_key);
    if (after->len > 0)
        qsort(b, after->len, sizeof(*b), by_key);
    size_t i = 0, k = 0;
    while (i < before->len || k < after->len) {
        if (k == after->len || (i < before->len && a[i].key < b[k].key)) {
            i++;
            differences++;
        } else if (i == before->len || b[k].key < a[i].key) {
            k++;
            differences++;
        } else {
            differences += a[i++].content != b[k++].content;
        }
    }
    return differences;
}

/* Where what was kept is of another day, of an archive without saves since, all was counted just now: nothing kept is left to compare. */
enum ga_rc ga_care_check(struct ga_care *care, int64_t *ret_differences, struct ga_error *err)
{
    struct ga_vec before[GA_COUNT(DUMPS)], after[GA_COUNT(DUMPS)];
    int64_t differences = 0;
    care->is_made_anew = false;
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc == GA_OK && care->is_made_anew)
        *ret_differences = 0;
    if (rc != GA_OK || care->is_made_anew)
        return rc;
    for (size_t i = 0; i < GA_COUNT(DUMPS); i++) {
        ga_vec_init(&before[i], sizeof(struct seen));
        ga_vec_init(&after[i], sizeof(struct seen));
        if (rc == GA_OK)
            rc = dump(care, i, &before[i], err);
    }
    if (rc == GA_OK)
        rc = ga_due_make_anew(care, err);
    for (size_t i = 0; i < GA_COUNT(DUMPS); i++) {
        if (rc == GA_OK)
            rc = dump(care, i, &after[i], err);
        if (rc == GA_OK)
            differences += count_differences(&before[i], &after[i]);
        ga_vec_finish(&before[i]);
        ga_vec_finish(&after[i]);
    }
    if (rc == GA_OK)
        *ret_differences = differences;
    return rc;
}
