/* Terminals that are not UTF-8; private to this room. */
#ifndef GUANAI_COMMAND_CHARSET_H
#define GUANAI_COMMAND_CHARSET_H

#include "guanai/base/arena.h"
#include "guanai/base/str.h"
#include "guanai/base/vec.h"

#include <stdio.h>

/* A stream that takes UTF-8 and writes `under` in that charset; '?' for what it lacks. NULL: unknown here. */
FILE *ga_charset_stream(const char *charset, FILE *under);

/* A word of the command line as text, and as it was typed: names of files are bytes, not text. */
struct ga_charset_word {
    const char *text, *raw;
};

/*
 * The words as UTF-8; what is no text in that charset stays as it is. Those that differ are added to
 * `words` (struct ga_charset_word), FILE of --out=FILE too. Everything lives in the arena.
 */
char **ga_charset_words(const char *charset, int argc, char **argv, struct ga_arena *arena, struct ga_vec *words);

/* The bytes behind a word; the word itself when it was UTF-8. */
const char *ga_charset_raw(const struct ga_vec *words, const char *text);

/* Appends `text` with the bytes of such words turned into their text, for people to read. */
void ga_charset_show(const struct ga_vec *words, const char *text, struct ga_str *out);

#endif
