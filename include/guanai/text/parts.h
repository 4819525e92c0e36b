/* Characters that no keyboard gives: said by their parts or by their code point. */
#ifndef GUANAI_TEXT_PARTS_H
#define GUANAI_TEXT_PARTS_H

#include "guanai/base/str.h"

#include <stddef.h>

enum {
    GA_PARTS_WAYS_MAX = 2,  /* characters that one spelling may mean: 马马马 is 骉, 驫 */
    GA_PARTS_TEXT_MAX = 32, /* characters; longer texts say nothing by parts */
};

/*
 * Calls `each` with what was typed, every stretch that spells a character by its parts taken for that character:
 * 弓长小明 and 弓长张小明 are 张小明, 龙龙龙, 三龙, 三个龙 are 龘. The longest spelling counts, from the left. Facts:
 * src/text/data/parts.txt. At most GA_PARTS_WAYS_MAX times; 0: nothing in it spells anything. `meant` is valid
 * during the call.
 */
size_t ga_parts_each_meant(const char *typed, void (*each)(void *context, const char *meant), void *context);

/*
 * Appends `typed` with code points taken for their characters: 王U+2C456, u+3bd5, without the + where no letter stands
 * before it (U2C456). Alone the U+ may be left out where a ? stands behind (2C456?) or a digit before letters tells
 * that it is no word (9f98). Only Chinese characters or those of private use; whatever else stays as it is.
 */
void ga_parts_add_code_points(struct ga_str *out, const char *typed);

#endif
