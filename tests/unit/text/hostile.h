/* Random text of the kind nobody sane types. */
#ifndef GUANAI_TESTS_TEXT_HOSTILE_H
#define GUANAI_TESTS_TEXT_HOSTILE_H

#include "guanai/base/alloc.h"
#include "guanai/base/random.h"
#include "guanai/base/str.h"

static const char *const hostile_pieces[] = {
    "a", "Z", " ", "-", "7", ".", "留", "守", "，", "。", "（", "）", "“", "”", "·", "—", "Ａ", "　", "\n", "\r\n",
    "\t", "e\xCC\x81", "\xCC\x81", "\xCC\x88", "\xE2\x80\x8D", "\xEF\xB8\x8F", "\xE2\x80\xAE", "\xE2\x80\x8B",
    "\xF0\x9F\x91\xA9", "\xF0\x9F\x8F\xBD", "\xF0\xA0\xAE\xB7", "\xF0\xB0\x80\x80", "\xF0\x9F\x87\xA8", "\x1B[2J",
    "\xC2\x9B", "\x7F", "\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE7\x95", "\xEF\xBF\xBD",
    "\xE1\x84\x80", "\xE1\x85\xA1", "\xF3\xA0\x84\x80", "\xEF\xB7\x90", "一", "word",
};

/* count pieces, or random bytes now and then. */
static inline void add_hostile(struct ga_str *out, const struct ga_random *random, size_t count)
{
    while (count-- > 0) {
        uint64_t pick = ga_random_below(random, GA_COUNT(hostile_pieces) + 3);
        if (pick < GA_COUNT(hostile_pieces))
            ga_str_add(out, hostile_pieces[pick]);
        else
            ga_str_add_char(out, (char)ga_random_below(random, 256));
    }
}

#endif
