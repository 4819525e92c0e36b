/* Different spellings of the same text brought to one. */
#include "guanai/text/fold.h"

#include "guanai/base/alloc.h"
#include "guanai/text/gate.h"
#include "guanai/text/utf8.h"

#include "fold_tables.h"

#include <stdlib.h>
#include <string.h>

static int compare_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_compatible(const void *key, const void *row)
{
    return compare_number(*(const uint32_t *)key, ((const struct fold_compatible *)row)->cp);
}

static int compare_lower(const void *key, const void *row)
{
    return compare_number(*(const uint32_t *)key, ((const struct fold_lower *)row)->cp);
}

static int compare_composed(const void *key, const void *row)
{
    const struct fold_composed *a = key, *b = row;
    return a->base != b->base ? compare_number(a->base, b->base) : compare_number(a->mark, b->mark);
}

uint32_t ga_fold_width(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        return cp - 0xFEE0;
    return cp == 0x3000 ? ' ' : cp;
}

uint32_t ga_fold_case(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    const struct fold_lower *row =
        bsearch(&cp, fold_lower, fold_lower_len, sizeof(fold_lower[0]), compare_lower);
    return row != NULL ? row->lower : cp;
}

static void add_code_point(struct ga_str *out, uint32_t cp)
{
    char bytes[GA_UTF8_BYTES];
    ga_str_add_bytes(out, bytes, ga_utf8_encode(cp, bytes));
}

void ga_fold_add_half_width(struct ga_str *out, const char *text, size_t len)
{
    for (size_t at = 0, step; at < len; at += step) {
        uint32_t cp;
        step = ga_utf8_decode(text + at, len - at, &cp);
        if (step == 0)
            ga_str_add_bytes(out, text + at, step = 1);
        else
            add_code_point(out, ga_fold_width(cp));
    }
}

/* 0 when Unicode has no such letter. */
static uint32_t compose(uint32_t base, uint32_t mark)
{
    const struct fold_composed key = {base, mark, 0};
    const struct fold_composed *row =
        bsearch(&key, fold_composed, fold_composed_len, sizeof(fold_composed[0]), compare_composed);
    return row != NULL ? row->cp : 0;
}

/* The letter at the beginning of text with the marks it swallows; bytes consumed, 0 for a bad byte. */
static size_t read_composed(const char *text, size_t len, uint32_t *ret_cp)
{
    size_t at = ga_utf8_decode(text, len, ret_cp);
    while (at > 0 && at < len && (unsigned char)text[at] >= 0xCC) { /* U+0300 and above */
        uint32_t mark, both;
        size_t step = ga_utf8_decode(text + at, len - at, &mark);
        if (step == 0 || (both = compose(*ret_cp, mark)) == 0)
            break;
        *ret_cp = both;
        at += step;
    }
    return at;
}

void ga_fold_add_composed(struct ga_str *out, const char *text, size_t len)
{
    for (size_t at = 0, step; at < len; at += step) {
        uint32_t cp;
        step = read_composed(text + at, len - at, &cp);
        if (step == 0)
            ga_str_add_bytes(out, text + at, step = 1);
        else
            add_code_point(out, cp);
    }
}

struct span {
    uint32_t first;
    uint32_t last;
};

/* Category P of the blocks named, blanks of every kind; rising. What is no letter, digit or symbol. */
static const struct span unseen[] = {
    {0x00, 0x23},     {0x25, 0x2A},     {0x2C, 0x2F},     {0x3A, 0x3B},     {0x3F, 0x40},
    {0x5B, 0x5D},     {0x5F, 0x5F},     {0x7B, 0x7B},     {0x7D, 0x7D},     {0x7F, 0xA1},
    {0xA7, 0xA7},     {0xAB, 0xAB},     {0xAD, 0xAD},     {0xB6, 0xB7},     {0xBB, 0xBB},
    {0xBF, 0xBF},     {0x1680, 0x1680}, {0x2000, 0x2043}, {0x2045, 0x2051}, {0x2053, 0x206F},
    {0x3000, 0x3003}, {0x3008, 0x3011}, {0x3014, 0x301F}, {0x3030, 0x3030}, {0x303D, 0x303D},
    {0x30FB, 0x30FB}, {0xFE10, 0xFE19}, {0xFE30, 0xFE52},
};

static bool is_unseen(uint32_t cp)
{
    for (size_t i = 0; i < GA_COUNT(unseen) && unseen[i].first <= cp; i++)
        if (cp <= unseen[i].last)
            return true;
    return ga_gate_code_point(cp) == 0;
}

static void add_to_key(struct ga_str *out, uint32_t cp)
{
    if (!is_unseen(cp))
        add_code_point(out, ga_fold_case(cp));
}

static void add_compatible(struct ga_str *out, uint32_t cp)
{
    if (cp >= 0x4E00 && cp <= 0x9FFF) { /* an ideograph is itself: no case, no other form */
        add_code_point(out, cp);
        return;
    }
    const struct fold_compatible *row = bsearch(&cp, fold_compatible, fold_compatible_len,
                                                sizeof(fold_compatible[0]), compare_compatible);
    if (row == NULL) {
        add_to_key(out, cp);
        return;
    }
    const char *p = row->text;
    for (size_t left = strlen(p), step; left > 0; p += step, left -= step) {
        step = ga_utf8_decode(p, left, &cp);
        add_to_key(out, cp);
    }
}

void ga_fold_add_key(struct ga_str *out, const char *text, size_t len)
{
    struct ga_str bare = {0};
    for (size_t at = 0, step; at < len; at += step > 0 ? step : 1) {
        uint32_t cp;
        step = ga_utf8_decode(text + at, len - at, &cp);
        if (step > 0 && cp < 0x80)
            add_to_key(&bare, cp);
        else if (step > 0)
            add_compatible(&bare, cp);
    }
    /* Last, since leaving something out may bring an accent to its letter. */
    ga_fold_add_composed(out, ga_str_text(&bare), bare.len);
    ga_str_finish(&bare);
}
