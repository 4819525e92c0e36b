/* One value as SQLite knows it. */
#include "guanai/sql/value.h"

#include "internal.h"

#include <stdlib.h>

static int rank(const struct ga_value *value)
{
    static const int ranks[] = {[GA_VALUE_NULL] = 0, [GA_VALUE_INTEGER] = 1, [GA_VALUE_REAL] = 1,
                                [GA_VALUE_TEXT] = 2, [GA_VALUE_BLOB] = 3};
    return ranks[value->kind];
}

/* Exact: 2^53 + 1 is not 2^53 here, as a cast to double would have it. */
static int compare_int_real(int64_t integer, double real)
{
    if (real != real) /* SQLite stores NaN as NULL */
        return 1;
    if (real < -9223372036854775808.0)
        return 1;
    if (real >= 9223372036854775808.0)
        return -1;
    int64_t whole = (int64_t)real;
    if (integer != whole)
        return integer < whole ? -1 : 1;
    double rest = real - (double)whole;
    return rest > 0 ? -1 : rest < 0;
}

static int compare_numbers(const struct ga_value *a, const struct ga_value *b)
{
    if (a->kind == GA_VALUE_INTEGER && b->kind == GA_VALUE_INTEGER)
        return a->integer < b->integer ? -1 : a->integer > b->integer;
    if (a->kind == GA_VALUE_INTEGER)
        return compare_int_real(a->integer, b->real);
    if (b->kind == GA_VALUE_INTEGER)
        return -compare_int_real(b->integer, a->real);
    return a->real < b->real ? -1 : a->real > b->real;
}

static int compare_bytes(const struct ga_value *a, const struct ga_value *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int order = len == 0 ? 0 : memcmp(a->text, b->text, len);
    return order != 0 ? order : a->len < b->len ? -1 : a->len > b->len;
}

int ga_value_compare(const struct ga_value *a, const struct ga_value *b)
{
    int by_rank = rank(a) - rank(b);
    if (by_rank != 0 || a->kind == GA_VALUE_NULL)
        return by_rank;
    return rank(a) == 1 ? compare_numbers(a, b) : compare_bytes(a, b);
}

bool ga_value_is_same(const struct ga_value *a, const struct ga_value *b)
{
    return a->kind == b->kind && ga_value_compare(a, b) == 0;
}

int ga_value_truth(const struct ga_value *value)
{
    switch (value->kind) {
    case GA_VALUE_NULL:
        return -1;
    case GA_VALUE_INTEGER:
        return value->integer != 0;
    case GA_VALUE_REAL:
        return value->real != 0.0;
    default: {
        char number[64]; /* the leading number is all that counts; blobs need not end in a NUL */
        size_t len = value->len < sizeof(number) - 1 ? value->len : sizeof(number) - 1;
        if (len > 0)
            memcpy(number, value->text, len);
        number[len] = '\0';
        /* strtod alone would take 0x10, inf, nan for numbers; SQL takes none of them */
        number[strspn(number, " \t\n\r\f\v0123456789.+-eE")] = '\0';
        return strtod(number, NULL) != 0.0;
    }
    }
}

struct ga_value ga_value_copy(struct ga_arena *arena, const struct ga_value *value)
{
    struct ga_value copy = *value;
    if (value->kind == GA_VALUE_TEXT || value->kind == GA_VALUE_BLOB) {
        char *bytes = ga_arena_alloc(arena, value->len + 1);
        if (value->len > 0)
            memcpy(bytes, value->text, value->len);
        copy.text = bytes;
    }
    return copy;
}

struct ga_value ga_sql_value_in(sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return ga_value_int(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
        return ga_value_real(sqlite3_value_double(value));
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_value_text(value);
        return ga_value_text_len(text, (size_t)sqlite3_value_bytes(value));
    }
    case SQLITE_BLOB: {
        const void *bytes = sqlite3_value_blob(value);
        return ga_value_blob(bytes, (size_t)sqlite3_value_bytes(value));
    }
    default:
        return ga_value_null();
    }
}
