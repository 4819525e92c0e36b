/* Keeps the children of the classes that come first in a search. */
#include "search/search_own.h"

#include "private.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { CLASS_MAX = 200 };

struct ga_search_own {
    struct ga_str key; /* what they hang on */
    struct ga_arena arena;
    struct ga_vec children; /* struct ga_own_child */
};

static struct ga_search_own *own_of(struct ga_store *store)
{
    struct ga_index *index = ga_index_of(store);
    if (index->own == NULL) {
        index->own = ga_alloc(sizeof(*index->own));
        *index->own = (struct ga_search_own){0};
        ga_arena_init(&index->own->arena);
        ga_vec_init(&index->own->children, sizeof(struct ga_own_child));
    }
    return index->own;
}

void ga_search_own_forget(struct ga_index *index)
{
    if (index->own == NULL)
        return;
    ga_str_finish(&index->own->key);
    ga_arena_finish(&index->own->arena);
    ga_vec_finish(&index->own->children);
    free(index->own);
    index->own = NULL;
}

/* Whoever saves, links files or takes something in adds to the log; who is here hangs on the day. */
static void write_key(const struct ga_store *store, const struct ga_roster_class *own, size_t count, struct ga_str *out)
{
    int32_t day, ms, offset_min;
    ga_store_now(store, &day, &ms, &offset_min);
    ga_str_addf(out, "%lld %d", (long long)store->last_op, (int)day);
    for (size_t i = 0; i < count; i++)
        ga_str_addf(out, "\n%s\t%s\t%s", own[i].site, own[i].grade, own[i].class_no);
}

static void take_child(struct ga_store *store, struct ga_stmt *row, struct ga_search_own *own)
{
    struct ga_own_child *child = ga_vec_push(&own->children);
    struct ga_str sort = {0};
    const char *hamlet = ga_stmt_column_text(row, GA_ROSTER_HAMLET), *address = ga_stmt_column_text(row, GA_ROSTER_ADDRESS);
    ga_roster_row_read(row, &own->arena, &child->row);
    ga_roster_row_sort(store, row, &sort);
    const struct ga_value value = ga_value_blob(sort.data, sort.len);
    child->sort = ga_value_copy(&own->arena, &value);
    child->hamlet = hamlet == NULL ? "" : ga_arena_strdup(&own->arena, hamlet);
    child->address = address == NULL ? "" : ga_arena_strdup(&own->arena, address);
    ga_str_finish(&sort);
}

static enum ga_rc read_rows(struct ga_store *store, const int64_t *numbers, size_t count, struct ga_search_own *own,
                            struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t at = 0; rc == GA_OK && at < count;) {
        struct ga_stmt *row;
        bool has_row = false;
        rc = ga_index_stmt(store, GA_INDEX_FIND_ROWS, &row, err);
        for (int k = 1; rc == GA_OK && k <= GA_INDEX_ROWS_AT_ONCE && at < count; k++)
            ga_stmt_bind_int(row, k, numbers[at++]);
        while (rc == GA_OK && (rc = ga_stmt_step(row, &has_row, err)) == GA_OK && has_row)
            take_child(store, row, own);
    }
    return rc;
}

static enum ga_rc read_class(struct ga_store *store, const struct ga_roster_class *class, struct ga_search_own *own,
                             struct ga_error *err)
{
    const struct ga_roster_filter filter = {.site = class->site, .grade = class->grade, .class_no = class->class_no};
    int64_t numbers[CLASS_MAX];
    size_t count = 0;
    enum ga_rc rc = ga_roster_numbers(store, &filter, CLASS_MAX, numbers, &count, err);
    return rc == GA_OK ? read_rows(store, numbers, count, own, err) : rc;
}

enum ga_rc ga_search_own(struct ga_store *store, const struct ga_roster_class *own, size_t own_count,
                         const struct ga_own_child **ret_children, size_t *ret_count, struct ga_error *err)
{
    struct ga_str key = {0};
    enum ga_rc rc = ga_index_follow(store, err);
    struct ga_search_own *kept = own_of(store);
    write_key(store, own, own_count, &key);
    if (rc == GA_OK && strcmp(ga_str_text(&kept->key), ga_str_text(&key)) != 0) {
        ga_str_clear(&kept->key);
        ga_arena_reset(&kept->arena);
        ga_vec_clear(&kept->children);
        for (size_t i = 0; rc == GA_OK && i < own_count; i++)
            rc = read_class(store, &own[i], kept, err);
        if (rc == GA_OK)
            ga_str_add(&kept->key, ga_str_text(&key));
    }
    ga_str_finish(&key);
    *ret_children = kept->children.items;
    *ret_count = kept->children.len;
    return rc;
}
