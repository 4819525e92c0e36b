/* A growing, always NUL-terminated byte string. */
#ifndef GUANAI_BASE_STR_H
#define GUANAI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed run of bytes; not NUL-terminated. */
struct ga_span {
    const char *ptr;
    size_t len;
};

/* `{0}` is a valid empty string: `data` may be NULL until the first append; use ga_str_text(). */
struct ga_str {
    char *data;
    size_t len;
    size_t cap;
};

void ga_str_finish(struct ga_str *str); /* frees; leaves `{0}` */
void ga_str_clear(struct ga_str *str);  /* keeps the memory */
void ga_str_reserve(struct ga_str *str, size_t more_bytes);
void ga_str_add(struct ga_str *str, const char *text);
void ga_str_add_bytes(struct ga_str *str, const void *bytes, size_t len);
void ga_str_add_char(struct ga_str *str, char c);
void ga_str_addf(struct ga_str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *ga_str_text(const struct ga_str *str); /* "" when empty; borrowed until the next change */
char *ga_str_take(struct ga_str *str);             /* the caller frees; leaves `{0}` */

/* Copies at most size-1 bytes, never splitting a UTF-8 sequence, always terminating. */
void ga_str_copy(char *dest, size_t size, const char *src);

/* Is `word` one of the words of a text, blanks between? */
bool ga_str_has_word(const char *text, const char *word);

bool ga_str_equal(const char *a, const char *b); /* NULL equals only NULL */
bool ga_str_starts(const char *text, const char *prefix);
bool ga_str_ends(const char *text, const char *suffix);

#endif
