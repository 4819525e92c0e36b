/* Finds the children born on days of the year. */
#include "guanai/store/birth.h"

#include "fold/project.h"
#include "index/index_delta.h"
#include "index/index_page.h"

#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

struct births {
    struct ga_store *store;
    bool only_left_behind;
    ga_birth_fn each;
    void *ctx;
    struct ga_str order;   /* of the row in hand */
    struct ga_vec numbers; /* int64_t: of children born on such a day */
};

/* The key of a day of the year, "MM-DD". */
static void key_of(const char *day, uint8_t key[3])
{
    key[0] = GA_KEY_OF_BIRTHDAY;
    key[1] = (uint8_t)strtol(day, NULL, 10);
    key[2] = (uint8_t)strtol(day + 3, NULL, 10);
}

static bool is_of(const struct ga_index_key_bytes *key, const uint8_t day[3])
{
    return key->len == 3 && memcmp(key->bytes, day, 3) == 0;
}

static enum ga_rc list_numbers(struct births *births, const uint8_t day[3], struct ga_error *err)
{
    struct ga_index_cursor cursor;
    const struct ga_index_entry *entry = &cursor.page.entry;
    const struct ga_vec *newest;
    bool has = true;
    enum ga_rc rc = ga_delta_load(births->store, &newest, err);
    if (rc == GA_OK)
        rc = ga_index_cursor_seek(&cursor, births->store, day, 3, err);
    while (rc == GA_OK && (rc = ga_index_cursor_next(&cursor, &has, err)) == GA_OK && has && is_of(&entry->key, day))
        if (!ga_delta_is_gone(newest, ga_value_blob(entry->key.bytes, entry->key.len), entry->no))
            *(int64_t *)ga_vec_push(&births->numbers) = entry->no;
    for (size_t i = rc == GA_OK ? ga_delta_from(newest, day, 3) : 0; rc == GA_OK && i < newest->len; i++) {
        const struct ga_delta_key *key = GA_VEC_AT(const struct ga_delta_key, newest, i);
        if (!is_of(&key->key, day))
            break;
        if (!key->is_gone)
            *(int64_t *)ga_vec_push(&births->numbers) = key->no;
    }
    return rc;
}

static void hand_on(struct births *births, struct ga_stmt *row, const char *lunar)
{
    const int64_t flags = ga_stmt_column_int(row, GA_ROSTER_FLAGS);
    if (flags & (GA_FLAG_GONE | GA_FLAG_BEHIND) || (births->only_left_behind && !(flags & GA_FLAG_LEFT_BEHIND)))
        return;
    ga_str_clear(&births->order);
    ga_roster_row_sort(births->store, row, &births->order);
    const struct ga_birth birth = {.no = ga_stmt_column_int(row, GA_ROSTER_NO),
                                   .order = ga_value_blob(births->order.data, births->order.len),
                                   .birth = ga_stmt_column_text(row, GA_ROSTER_BIRTH), .lunar = lunar};
    births->each(births->ctx, &birth);
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
            hand_on(births, row, NULL);
    }
    return rc;
}

enum ga_rc ga_store_births(struct ga_store *store, const char *day, bool only_left_behind, ga_birth_fn each, void *ctx,
                           struct ga_error *err)
{
    struct births births = {.store = store, .only_left_behind = only_left_behind, .each = each, .ctx = ctx};
    uint8_t key[3];
    key_of(day, key);
    ga_vec_init(&births.numbers, sizeof(int64_t));
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = list_numbers(&births, key, err);
    if (rc == GA_OK)
        rc = read_rows(&births, err);
    ga_vec_finish(&births.numbers);
    ga_str_finish(&births.order);
    return rc;
}

enum ga_rc ga_store_lunar_births(struct ga_store *store, bool only_left_behind, ga_birth_fn each, void *ctx, struct ga_error *err)
{
    struct births births = {.store = store, .only_left_behind = only_left_behind, .each = each, .ctx = ctx};
    const struct ga_form *child = ga_forms_get(&store->forms, "child", NULL);
    struct ga_stmt *lunar, *row;
    bool has_lunar = false, has_row = false;
    if (child == NULL || !ga_tables_have_lunar(child))
        return GA_OK;
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, "SELECT no, lunar_birthday FROM child WHERE lunar_birthday IS NOT NULL", &lunar, err);
    if (rc != GA_OK)
        return rc;
    while (rc == GA_OK && (rc = ga_stmt_step(lunar, &has_lunar, err)) == GA_OK && has_lunar) {
        rc = ga_index_stmt(store, GA_INDEX_GET_ROW, &row, err);
        if (rc == GA_OK)
            ga_stmt_bind_int(row, 1, ga_stmt_column_int(lunar, 0));
        if (rc != GA_OK || (rc = ga_stmt_step(row, &has_row, err)) != GA_OK || !has_row)
            continue;
        hand_on(&births, row, ga_stmt_column_text(lunar, 1));
        ga_stmt_reset(row);
    }
    ga_stmt_destroy(lunar);
    ga_str_finish(&births.order);
    return rc;
}
