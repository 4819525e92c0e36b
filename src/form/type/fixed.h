/* Numbers with a fixed count of decimal places, without floating point; private to this folder. */
#ifndef GUANAI_FORM_FIXED_PRIVATE_H
#define GUANAI_FORM_FIXED_PRIVATE_H

#include "guanai/base/error.h"

#include <stdint.h>

/* "12.5" with 2 places → 1250. GA_REFUSED: no number, more places than that, too large. */
enum ga_rc ga_fixed_parse(const char *text, int places, int64_t *ret_scaled, struct ga_error *err);

/* 1250 with 2 places → "12.5", with keep_zeros "12.50". Returns buf (32 bytes). */
const char *ga_fixed_text(int64_t scaled, int places, int keep_zeros, char *buf);

#endif
