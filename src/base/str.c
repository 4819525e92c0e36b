/* A growing, always NUL-terminated byte string. */
#include "guanai/base/str.h"

#include "guanai/base/alloc.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ga_str_finish(struct ga_str *str)
{
    if (str == NULL)
        return;
    free(str->data);
    *str = (struct ga_str){0};
}

void ga_str_clear(struct ga_str *str)
{
    str->len = 0;
    if (str->data != NULL)
        str->data[0] = '\0';
}

static void grow(struct ga_str *str, size_t need)
{
    size_t cap = str->cap < 32 ? 32 : str->cap;
    while (cap < need)
        cap *= 2;
    str->data = ga_realloc(str->data, cap);
    str->data[str->len] = '\0';
    str->cap = cap;
}

void ga_str_reserve(struct ga_str *str, size_t more_bytes)
{
    assert(more_bytes < SIZE_MAX / 4);
    if (str->len + more_bytes + 1 > str->cap)
        grow(str, str->len + more_bytes + 1);
}

void ga_str_add(struct ga_str *str, const char *text)
{
    ga_str_add_bytes(str, text, strlen(text));
}

void ga_str_add_bytes(struct ga_str *str, const void *bytes, size_t len)
{
    ga_str_reserve(str, len);
    if (len > 0)
        memcpy(str->data + str->len, bytes, len);
    str->len += len;
    str->data[str->len] = '\0';
}

void ga_str_add_char(struct ga_str *str, char c)
{
    ga_str_reserve(str, 1);
    str->data[str->len++] = c;
    str->data[str->len] = '\0';
}

void ga_str_addf(struct ga_str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    ga_str_reserve(str, (size_t)len);
    va_start(args, format);
    vsnprintf(str->data + str->len, (size_t)len + 1, format, args);
    va_end(args);
    str->len += (size_t)len;
}

const char *ga_str_text(const struct ga_str *str)
{
    return str->data == NULL ? "" : str->data;
}

char *ga_str_take(struct ga_str *str)
{
    char *data = str->data == NULL ? ga_strdup("") : str->data;
    *str = (struct ga_str){0};
    return data;
}

void ga_str_copy(char *dest, size_t size, const char *src)
{
    assert(size > 0);
    size_t len = strlen(src);
    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)src[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(dest, src, len);
    dest[len] = '\0';
}

bool ga_str_equal(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

bool ga_str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool ga_str_ends(const char *text, const char *suffix)
{
    size_t text_len = strlen(text), suffix_len = strlen(suffix);
    return text_len >= suffix_len && memcmp(text + text_len - suffix_len, suffix, suffix_len) == 0;
}

bool ga_str_has_word(const char *text, const char *word)
{
    const size_t len = strlen(word);
    for (const char *at = text; len > 0 && (at = strstr(at, word)) != NULL; at += len)
        if ((at == text || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}
