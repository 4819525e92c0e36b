/* Different spellings of the same text brought to one. */
#ifndef GUANAI_TEXT_FOLD_H
#define GUANAI_TEXT_FOLD_H

#include "guanai/base/str.h"

#include <stddef.h>
#include <stdint.h>

/* Full width to half width: U+FF01–FF5E to ASCII, U+3000 to a blank; all else as it is. */
uint32_t ga_fold_width(uint32_t cp);

/*
 * Simple lower case of ASCII, full-width Latin, Latin (to U+024F, U+1E00–1EFF), Greek and Cyrillic;
 * one code point to one code point (ß stays, İ becomes i), no locale.
 */
uint32_t ga_fold_case(uint32_t cp);

/* Digits, letters and marks typed with the input method on, made half-width; appended. For numbers,
 * dates, phones. Bytes that are no UTF-8 are copied. */
void ga_fold_add_half_width(struct ga_str *out, const char *text, size_t len);

/*
 * The key by which two spellings of a heading, a choice or a class match: compatibility forms resolved,
 * lower case, blanks and punctuation left out; appended. "父亲 电话（手机）" and "父亲电话(手机)" are equal.
 *
 * Resolved (by NFKC, Unicode Standard Annex 15): full- and half-width forms, CJK and Kangxi radicals,
 * CJK compatibility ideographs, circled and bracketed numbers and letters, Roman numerals, superscripts,
 * letter-like symbols, ligatures, squared units, vertical forms. A base letter followed by its accents is
 * composed as in ga_fold_add_composed(). Nothing else of NFKC is done: Hangul and Indic scripts stay.
 * Left out: blanks, controls, zero-width characters, punctuation (category P) of ASCII, Latin-1, U+2010–205E,
 * U+3000–303F, the middle dots; bytes that are no UTF-8. Kept: 々〆〇, signs such as + < = >.
 */
void ga_fold_add_key(struct ga_str *out, const char *text, size_t len);

/*
 * NFC for what a school's keyboards produce: a Latin, Greek or Cyrillic letter followed by combining
 * marks becomes the composed letter where Unicode has one (marks in the order typed); CJK compatibility
 * ideographs are kept as typed, since names use them. Bytes that are no UTF-8 are copied; appended.
 */
void ga_fold_add_composed(struct ga_str *out, const char *text, size_t len);

#endif
