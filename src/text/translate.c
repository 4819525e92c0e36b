/* Every word the user reads, in the user's language. */
#include "guanai/text/translate.h"

#include "guanai/base/alloc.h"

#include "catalog.h"

#include <stdlib.h>
#include <string.h>

struct language {
    const char *code;
    const struct catalog *catalog; /* NULL: the English literals themselves */
    const char *colon;             /* between a place and what is wrong there */
    const char *stop;              /* ends a sentence */
    const char *gap;               /* between two sentences */
};

static const struct language languages[GA_LANG_COUNT] = {
    [GA_ZH] = {"zh", &catalog_zh, "：", "。", ""},
    [GA_EN] = {"en", NULL, ": ", ".", " "},
};

static int compare_row(const void *key, const void *row)
{
    return strcmp(key, ((const struct catalog_row *)row)->english);
}

static const struct catalog_row *find_row(enum ga_lang lang, const char *english)
{
    const struct catalog *catalog = languages[lang].catalog;
    if (catalog == NULL || english == NULL)
        return NULL;
    return bsearch(english, catalog->rows, catalog->len, sizeof(catalog->rows[0]), compare_row);
}

const char *ga_tr(enum ga_lang lang, const char *english)
{
    const struct catalog_row *row = find_row(lang, english);
    return row != NULL ? row->text : english;
}

const char *ga_label_text(const struct ga_label *label, enum ga_lang lang)
{
    const char *text = lang == GA_EN && label->en != NULL ? label->en : label->zh;
    if (text == NULL)
        text = label->en;
    return text != NULL ? text : "";
}

const char *ga_lang_code(enum ga_lang lang)
{
    return languages[lang].code;
}

int ga_lang_parse(const char *code)
{
    for (int lang = 0; code != NULL && lang < GA_LANG_COUNT; lang++)
        if (strcmp(code, languages[lang].code) == 0)
            return lang;
    return -1;
}

/* Arguments are the user's own data; only those the translator marked are words of ours. */
static const char *translate_word(enum ga_lang lang, const char *word)
{
    char key[128];
    if (strlen(word) + sizeof("word\4") > sizeof(key))
        return word;
    memcpy(key, "word\4", 5);
    strcpy(key + 5, word);
    const struct catalog_row *row = find_row(lang, key);
    return row != NULL ? row->text : word;
}

static const char *format_with_words(const struct ga_message *msg, const struct catalog_row *row,
                                     enum ga_lang lang, char *buf, size_t size)
{
    const char *args[GA_MESSAGE_ARGS] = {NULL};
    for (size_t i = 0; i < msg->args_count; i++) {
        args[i] = ga_message_arg(msg, i);
        if (row->words >> (i + 1) & 1)
            args[i] = translate_word(lang, args[i]);
    }
    struct ga_message translated = {0};
    ga_message_set(&translated, msg->id, args[0], args[1], args[2], args[3], args[4]);
    return ga_message_format(&translated, row->text, buf, size);
}

const char *ga_message_text(const struct ga_message *msg, enum ga_lang lang, char *buf, size_t size)
{
    const struct catalog_row *row = find_row(lang, msg->id);
    if (row != NULL && row->words != 0)
        return format_with_words(msg, row, lang, buf, size);
    const char *format = row != NULL ? row->text : msg->id;
    return ga_message_format(msg, format != NULL ? format : "", buf, size);
}

/* Without the quotation marks that close it. */
static size_t len_unquoted(const char *text)
{
    static const char *const quotes[] = {"”", "’", "」", "\"", "'"};
    size_t len = strlen(text);
    for (size_t i = 0; i < GA_COUNT(quotes); i++) {
        size_t quote = strlen(quotes[i]);
        if (len >= quote && memcmp(text + len - quote, quotes[i], quote) == 0) {
            len -= quote;
            i = (size_t)-1; /* several may stand there */
        }
    }
    return len;
}

/* A sentence that ends in its own mark, if only inside a quotation, needs no second one. */
static bool ends_a_sentence(const char *text)
{
    static const char *const marks[] = {".", "!", "?", ":", "…", "。", "！", "？", "："};
    size_t len = len_unquoted(text);
    for (size_t i = 0; i < GA_COUNT(marks); i++) {
        size_t mark = strlen(marks[i]);
        if (len >= mark && memcmp(text + len - mark, marks[i], mark) == 0)
            return true;
    }
    return false;
}

void ga_error_text(const struct ga_error *err, enum ga_lang lang, struct ga_str *out)
{
    const struct language *language = &languages[lang];
    char sentence[2 * GA_MESSAGE_BYTES];
    if (err->where[0] != '\0') {
        ga_str_add(out, err->where);
        ga_str_add(out, language->colon);
    }
    ga_message_text(&err->what, lang, sentence, sizeof(sentence));
    ga_str_add(out, sentence);
    if (err->hint.id == NULL)
        return;
    if (!ends_a_sentence(sentence))
        ga_str_add(out, language->stop);
    ga_str_add(out, language->gap);
    ga_str_add(out, ga_message_text(&err->hint, lang, sentence, sizeof(sentence)));
    if (!ends_a_sentence(sentence))
        ga_str_add(out, language->stop);
}
