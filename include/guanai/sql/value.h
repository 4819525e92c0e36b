/* One value as SQLite knows it. */
#ifndef GUANAI_SQL_VALUE_H
#define GUANAI_SQL_VALUE_H

#include "guanai/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum ga_value_kind {
    GA_VALUE_NULL, /* `{0}` is a NULL */
    GA_VALUE_INTEGER,
    GA_VALUE_REAL,
    GA_VALUE_TEXT,
    GA_VALUE_BLOB,
};

/* Owns nothing: `text` is borrowed from wherever the value came from. */
struct ga_value {
    enum ga_value_kind kind;
    int64_t integer;  /* GA_VALUE_INTEGER only */
    double real;      /* GA_VALUE_REAL only */
    const char *text; /* text (followed by a NUL) or blob; else NULL */
    size_t len;       /* bytes of text or blob */
};

static inline struct ga_value ga_value_null(void)
{
    return (struct ga_value){.kind = GA_VALUE_NULL};
}

static inline struct ga_value ga_value_int(int64_t integer)
{
    return (struct ga_value){.kind = GA_VALUE_INTEGER, .integer = integer};
}

static inline struct ga_value ga_value_real(double real)
{
    return (struct ga_value){.kind = GA_VALUE_REAL, .real = real};
}

static inline struct ga_value ga_value_text_len(const char *text, size_t len)
{
    return (struct ga_value){.kind = GA_VALUE_TEXT, .text = text, .len = len};
}

static inline struct ga_value ga_value_text(const char *text) /* NULL gives a NULL value */
{
    return text == NULL ? ga_value_null() : ga_value_text_len(text, strlen(text));
}

static inline struct ga_value ga_value_blob(const void *bytes, size_t len)
{
    return (struct ga_value){.kind = GA_VALUE_BLOB, .text = bytes, .len = len};
}

/*
 * SQLite's order with the BINARY collation: NULL, numbers by size, text, blobs. Two NULLs are equal;
 * 1 equals 1.0. Answers below, at or above 0.
 */
int ga_value_compare(const struct ga_value *a, const struct ga_value *b);

/* Same kind, same content: 1 and 1.0 differ here. */
bool ga_value_is_same(const struct ga_value *a, const struct ga_value *b);

/* What SQL's WHERE makes of it: 1 true, 0 false, -1 NULL. Text counts by its leading number. */
int ga_value_truth(const struct ga_value *value);

/* The same value with its text or blob in the arena, NUL-terminated. */
struct ga_value ga_value_copy(struct ga_arena *arena, const struct ga_value *value);

#endif
