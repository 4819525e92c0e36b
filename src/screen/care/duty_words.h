/* How often a duty is done, what it costs, in words. */
#ifndef GUANAI_SRC_SCREEN_DUTY_WORDS_H
#define GUANAI_SRC_SCREEN_DUTY_WORDS_H

#include "guanai/care/burden.h"

/* "每月", "期初、期中、期末", "每学期 2 次", in `arena`. */
const char *ga_duty_words_often(const struct ga_duty *duty, enum ga_lang lang, struct ga_arena *arena);

/* "1,316"; "–" for none. In `arena`. */
const char *ga_duty_words_count(int64_t count, struct ga_arena *arena);

/* "启用", "停用", "部分班级". */
const char *ga_duty_words_switch(const struct ga_burden *burden, enum ga_lang lang);

/* What switching costs or saves a month, a sentence or three; `class_shown` NULL: the school. In `arena`. */
const char *ga_duty_words_cost(const struct ga_burden *burden, const char *class_shown, enum ga_lang lang,
                               struct ga_arena *arena);

/* The rule, who owes it, what closes it; lines in `arena`. */
const char *ga_duty_words_rule(const struct ga_duty *duty, const struct ga_burden *burden, enum ga_lang lang,
                               struct ga_arena *arena);

#endif
