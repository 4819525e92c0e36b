/* Characters of GB18030 that editions of the standard place differently; private to this room. */
#ifndef GUANAI_SHEET_GB18030_H
#define GUANAI_SHEET_GB18030_H

#include <stdbool.h>
#include <stddef.h>

/*
 * GB18030-2000 gave 25 characters places in the private area, because Unicode had none for them yet; the
 * editions of 2005 and 2022 moved them to U+1E3F, U+FE10 …, U+9FB4 …, U+20087 …, each by some of them.
 * A program may have written either code, and a C library knows either: the character is the same.
 */
/* Four bytes the C library may not know → UTF-8, its length; 0: they stand for none of these. */
size_t ga_gb18030_four(const unsigned char *bytes, size_t len, char utf8[4]);

/* Gives private characters in UTF-8 their real ones, in place; answers the new length, ≤ 4/3 of the old. */
size_t ga_gb18030_make_real(char *text, size_t len);

#endif
