/* A phone's health as pages say it. */
#ifndef GUANAI_SRC_SCREEN_PHONE_WORDS_H
#define GUANAI_SRC_SCREEN_PHONE_WORDS_H

#include "guanai/base/str.h"
#include "guanai/care/phone.h"

/* "! 5 tries, never answered; ring mother": how the at-th has answered, of one that failed whom to ring instead; appended. */
void ga_phone_words_add(const struct ga_phones *phones, size_t at, enum ga_lang lang, struct ga_str *out);

#endif
