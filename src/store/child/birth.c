/* Finds the children born on days of the year. */
#include "guanai/store/birth.h"

#include "fold/project.h"
#include "index/index_delta.h"
#include "index/index_page.h"

#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

/* A row to be handed out; texts in the arena. */
struct found {
    struct ga_value sort;
    struct ga_birth birth;
};

struct births {
    struct ga_store *store;
    const struct ga_birth_ask *ask;
    struct ga_arena arena;
    struct ga_str sort;    /* of the row in hand */
    struct ga_vec numbers; /* int64_t: of children born on such a day */
    struct ga_vec found;   /* struct found */
};

/* The lowest key of a day of the year, "MM-DD". */
static void key_of(const char *day, uint8_t key[3])
{
    key[0] = GA_KEY_OF_BIRTHDAY;
    key[1] = (uint8_t)strtol(day, NULL, 10);
    key[2] = (uint8_t)strtol(day + 3, NULL, 10);
}

static bool is_within(const struct ga_index_key_bytes *key, const uint8_t last[3])
{
    return key->len == 3 && memcmp(key->bytes, last, 3) <= 0;
}

static enum ga_rc add_stretch(struct births *births, const char *from, const char *to, struct ga_error *err)
{
    uint8_t first[3], last[3];
    struct ga_index_cursor cursor;
    const struct ga_index_entry *entry = &cursor.page.entry;
    const struct ga_vec *newest;
    bool has = true;
    key_of(from, first);
    key_of(to, last);
    enum ga_rc rc = ga_delta_load(births->store, &newest, err);
    if (rc == GA_OK)
        rc = ga_index_cursor_seek(&cursor, births->store, first, sizeof(first), err);
    while (rc == GA_OK && (rc = ga_index_cursor_next(&cursor, &has, err)) == GA_OK && has && is_within(&entry->key, last))
        if (!ga_delta_is_gone(newest, ga_value_blob(entry->key.bytes, entry->key.len), entry->no))
            *(int64_t *)ga_vec_push(&births->numbers) = entry->no;
    for (size_t i = rc == GA_OK ? ga_delta_from(newest, first, sizeof(first)) : 0; rc == GA_OK && i < newest->len; i++) {
        const struct ga_delta_key *key = GA_VEC_AT(const struct ga_delta_key, newest, i);
        if (!is_within(&key->key, last))
            break;
        if (!key->is_gone)
            *(int64_t *)ga_vec_push(&births->numbers) = key->no;
    }
    return rc;
}

static bool is_asked(const struct births *births, int64_t flags)
{
    return !(flags & (GA_FLAG_GONE | GA_FLAG_BEHIND)) && (!births->ask->only_left_behind || flags & GA_FLAG_LEFT_BEHIND);
}

static void add_found(struct births *births, struct ga_stmt *row, const char *lunar)
{
    const char *birth = ga_stmt_column_text(row, GA_ROSTER_BIRTH);
    if (!is_asked(births, ga_stmt_column_int(row, GA_ROSTER_FLAGS)))
        return;
    ga_str_clear(&births->sort);
    ga_roster_row_sort(births->store, row, &births->sort);
    const struct ga_value sort = ga_value_blob(births->sort.data, births->sort.len);
    *(struct found *)ga_vec_push(&births->found) = (struct found){
        .sort = ga_value_copy(&births->arena, &sort),
        .birth = {.no = ga_stmt_column_int(row, GA_ROSTER_NO),
                  .birth = birth == NULL ? NULL : ga_arena_strdup(&births->arena, birth),
                  .lunar = lunar == NULL ? NULL : ga_arena_strdup(&births->arena, lunar)}};
}

static enum ga_rc read_rows(struct births *births, struct ga_error *err)
{
    struct ga_stmt *row;
    bool has_row = false;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < births->numbers.len;) {
        rc = ga_index_stmt(births->store, GA_INDEX_FIND_ROWS, &row, err);
        for (int k = 1; rc == GA_OK && k <= GA_INDEX_ROWS_AT_ONCE && i < births->numbers.len; k++, i++)
            ga_stmt_bind_int(row, k, *GA_VEC_AT(int64_t, &births->numbers, i));
        while (rc == GA_OK && (rc = ga_stmt_step(row, &has_row, err)) == GA_OK && has_row)
            add_found(births, row, NULL);
    }
    return rc;
}

static enum ga_rc read_lunar(struct births *births, struct ga_error *err)
{
    const struct ga_form *child = ga_forms_get(&births->store->forms, "child", NULL);
    struct ga_stmt *lunar, *row;
    bool has_lunar = false, has_row = false;
    if (child == NULL || !ga_tables_have_lunar(child))
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(births->store->db,
                                    "SELECT no, lunar_birthday FROM child WHERE lunar_birthday IS NOT NULL", &lunar, err);
    if (rc != GA_OK)
        return rc;
    while (rc == GA_OK && (rc = ga_stmt_step(lunar, &has_lunar, err)) == GA_OK && has_lunar) {
        rc = ga_index_stmt(births->store, GA_INDEX_GET_ROW, &row, err);
        if (rc == GA_OK)
            ga_stmt_bind_int(row, 1, ga_stmt_column_int(lunar, 0));
        if (rc != GA_OK || (rc = ga_stmt_step(row, &has_row, err)) != GA_OK || !has_row)
            continue;
        add_found(births, row, ga_stmt_column_text(lunar, 1));
        ga_stmt_reset(row);
    }
    ga_stmt_destroy(lunar);
    return rc;
}

/* In roster order; a child's civil birthday before its lunar one. */
static int compare(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    const int order = ga_value_compare(&x->sort, &y->sort);
    return order != 0 ? order : (x->birth.lunar != NULL) - (y->birth.lunar != NULL);
}

enum ga_rc ga_store_births(struct ga_store *store, const struct ga_birth_ask *ask,
                           void (*each)(void *ctx, const struct ga_birth *birth), void *ctx, struct ga_error *err)
{
    struct births births = {.store = store, .ask = ask};
    const bool is_over_new_year = strcmp(ask->from, ask->to) > 0;
    ga_arena_init(&births.arena);
    ga_vec_init(&births.numbers, sizeof(int64_t));
    ga_vec_init(&births.found, sizeof(struct found));
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = add_stretch(&births, ask->from, is_over_new_year ? "12-31" : ask->to, err);
    if (rc == GA_OK && is_over_new_year)
        rc = add_stretch(&births, "01-01", ask->to, err);
    if (rc == GA_OK)
        rc = read_rows(&births, err);
    if (rc == GA_OK)
        rc = read_lunar(&births, err);
    if (rc == GA_OK && births.found.len > 0)
        qsort(births.found.items, births.found.len, births.found.item_bytes, compare);
    for (size_t i = 0; rc == GA_OK && i < births.found.len; i++)
        each(ctx, &GA_VEC_AT(const struct found, &births.found, i)->birth);
    ga_vec_finish(&births.numbers);
    ga_vec_finish(&births.found);
    ga_str_finish(&births.sort);
    ga_arena_finish(&births.arena);
    return rc;
}
