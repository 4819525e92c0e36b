/* Characters that many fonts of terminals lack. */
#ifndef GUANAI_TEXT_RARE_H
#define GUANAI_TEXT_RARE_H

#include "guanai/base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A terminal cannot be asked which characters its font has; it shows a blank or a box for the others. These are
 * the ones at risk: han of extension A (U+3400), of the planes 2 and 3 and those added to the end of the basic
 * block, private use. They are kept, found and written out like any other; pages name them by their code point.
 */
bool ga_rare_code_point(uint32_t cp);

/* "U+2CE93 U+3447", each once, in the order of the text, at most GA_RARE_MAX; appended. False: there are none. */
enum { GA_RARE_MAX = 4 };
bool ga_rare_add(const char *text, struct ga_str *out);

#endif
