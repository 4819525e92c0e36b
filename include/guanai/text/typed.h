/* What a person typed or a sheet held, as folded characters. */
#ifndef GUANAI_TEXT_TYPED_H
#define GUANAI_TEXT_TYPED_H

#include "guanai/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer input is refused before any work is done on it. */
enum { GA_TYPED_BYTES = 256 };

/* `cp[count]` is always 0, so that a parser may look one character ahead. */
struct ga_typed {
    uint32_t cp[GA_TYPED_BYTES + 1];
    size_t count;
};

/* The characters as they stand, nothing folded. GA_REFUSED: too long, or not UTF-8. */
enum ga_rc ga_typed_read(const char *text, struct ga_typed *ret_typed, struct ga_error *err);

/*
 * The same for numbers, dates, classes: full-width signs become ASCII, as does the 。 an input method gives
 * for '.', every kind of dash '-', every kind of blank ' ', every bracket '(' or ')'; invisible characters are gone, so are blanks at both
 * ends and the apostrophe with which spreadsheets mark text.
 */
enum ga_rc ga_typed_read_folded(const char *text, struct ga_typed *ret_typed, struct ga_error *err);

void ga_typed_drop(struct ga_typed *typed, const char *ascii); /* takes these characters out */

/* As UTF-8, cut at a character when size is too small; returns buf. */
const char *ga_typed_text(const struct ga_typed *typed, char *buf, size_t size);

/* ASCII only, e.g. for digits: false when another character is in it or it does not fit. */
bool ga_typed_ascii(const struct ga_typed *typed, char *buf, size_t size);

/* Does `word` (UTF-8) stand at place `at`? Its length in characters, else 0. */
size_t ga_typed_word(const struct ga_typed *typed, size_t at, const char *word);

/*
 * Reads a whole number at `at`: up to `digits_max` digits, or Chinese up to 九十九 (〇零两 too).
 * Returns the characters read, 0 when there is none.
 */
size_t ga_typed_number(const struct ga_typed *typed, size_t at, size_t digits_max, int *ret_value);

bool ga_typed_is_han(uint32_t cp);       /* any plane; private use counts, old rosters keep rare ones there */
bool ga_typed_is_blank(uint32_t cp);     /* any kind of blank, tab and line end too */
bool ga_typed_is_invisible(uint32_t cp); /* zero width and direction marks */

#endif
