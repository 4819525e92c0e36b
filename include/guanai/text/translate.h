/* Every word the user reads, in the user's language. */
#ifndef GUANAI_TEXT_TRANSLATE_H
#define GUANAI_TEXT_TRANSLATE_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"

#include <stddef.h>

/* Chinese first, English complete. A third language is one more file in src/text/lang/. */
enum ga_lang { GA_ZH, GA_EN, GA_LANG_COUNT };

/* A text that an author wrote in both languages: titles, labels, hints of forms. */
struct ga_label {
    const char *zh;
    const char *en; /* NULL: zh stands in */
};

/* The translation of an English literal; the English itself when there is none. Borrowed, for ever. */
const char *ga_tr(enum ga_lang lang, const char *english);

/* Marks a literal that stands in a table and is translated where it is shown. */
#define GA_N_(english) english

const char *ga_label_text(const struct ga_label *label, enum ga_lang lang); /* never NULL */
const char *ga_lang_code(enum ga_lang lang);                               /* "zh", "en" */
int ga_lang_parse(const char *code);                                       /* enum ga_lang, -1 unknown */

/* The sentence of a message with its arguments in place; returns buf. */
const char *ga_message_text(const struct ga_message *msg, enum ga_lang lang, char *buf, size_t size);

/* "where: what. hint" as one paragraph, appended to out. */
void ga_error_text(const struct ga_error *err, enum ga_lang lang, struct ga_str *out);

#endif
