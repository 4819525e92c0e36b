/* Speaks to terminals that are not UTF-8, such as those of a zh_CN.GB18030 locale. */
#include "charset.h"

#include "guanai/base/alloc.h"
#include "guanai/text/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 4096, HELD_BYTES = 4, WORD_BYTES_MAX = 1 << 20 };

/* ---- writing ---- */

struct stream {
    FILE *under;
    iconv_t converter;
    char held[HELD_BYTES]; /* the beginning of a character whose end has not come yet */
    size_t held_len;
};

/* What the terminal has no character for is a question mark, as elsewhere. */
static void skip_one(char **from, size_t *left, FILE *under)
{
    uint32_t cp;
    const size_t bytes = ga_utf8_decode(*from, *left, &cp);
    fputc('?', under);
    *from += bytes == 0 ? 1 : bytes;
    *left -= bytes == 0 ? 1 : bytes;
}

static void convert(struct stream *stream, char *from, size_t left)
{
    for (;;) {
        char out[CHUNK_BYTES], *to = out;
        size_t room = sizeof(out);
        const bool is_done = iconv(stream->converter, &from, &left, &to, &room) != (size_t)-1;
        const int why = is_done ? 0 : errno;
        fwrite(out, 1, (size_t)(to - out), stream->under);
        if (is_done || (why == EINVAL && left < HELD_BYTES))
            break;
        if (why != E2BIG)
            skip_one(&from, &left, stream->under);
    }
    memcpy(stream->held, from, left);
    stream->held_len = left;
}

static ssize_t write_some(void *cookie, const char *bytes, size_t len)
{
    struct stream *stream = cookie;
    struct ga_str text = {0};
    ga_str_add_bytes(&text, stream->held, stream->held_len);
    ga_str_add_bytes(&text, bytes, len);
    convert(stream, text.data, text.len);
    ga_str_finish(&text);
    return fflush(stream->under) == 0 && !ferror(stream->under) ? (ssize_t)len : 0;
}

static int close_stream(void *cookie)
{
    struct stream *stream = cookie;
    iconv_close(stream->converter);
    free(stream);
    return 0;
}

FILE *ga_charset_stream(const char *charset, FILE *under)
{
    const iconv_t converter = iconv_open(charset, "UTF-8");
    if (converter == (iconv_t)-1)
        return NULL;
    struct stream *stream = ga_alloc(sizeof(*stream));
    stream->under = under;
    stream->converter = converter;
    FILE *file = fopencookie(stream, "w", (cookie_io_functions_t){.write = write_some, .close = close_stream});
    if (file == NULL)
        close_stream(stream);
    return file;
}

/* ---- reading the command line ---- */

static char *convert_word(iconv_t converter, char *word, struct ga_arena *arena)
{
    size_t left = strlen(word), room = 2 * left; /* two bytes become three at most */
    if (left > WORD_BYTES_MAX)
        return NULL;
    char *text = ga_arena_alloc(arena, room + 1), *from = word, *to = text;
    iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1 || left > 0)
        return NULL;
    *to = '\0';
    return text;
}

static void remember(struct ga_vec *words, const char *text, const char *raw)
{
    *(struct ga_charset_word *)ga_vec_push(words) = (struct ga_charset_word){text, raw};
}

char **ga_charset_words(const char *charset, int argc, char **argv, struct ga_arena *arena, struct ga_vec *words)
{
    const iconv_t converter = iconv_open("UTF-8", charset);
    char **texts = ga_arena_array(arena, (size_t)argc + 1, sizeof(*texts));
    for (int i = 0; i < argc; i++) {
        char *text = i > 0 && converter != (iconv_t)-1 ? convert_word(converter, argv[i], arena) : NULL;
        texts[i] = text == NULL ? argv[i] : text;
        if (text == NULL || strcmp(text, argv[i]) == 0)
            continue;
        const char *value = strncmp(text, "--", 2) == 0 ? strchr(text, '=') : NULL;
        if (value != NULL) /* an option's name is ASCII, so the value begins where it did */
            remember(words, value + 1, argv[i] + (value + 1 - text));
        remember(words, text, argv[i]);
    }
    if (converter != (iconv_t)-1)
        iconv_close(converter);
    return texts;
}

const char *ga_charset_raw(const struct ga_vec *words, const char *text)
{
    for (size_t i = 0; i < words->len; i++)
        if (GA_VEC_AT(struct ga_charset_word, words, i)->text == text)
            return GA_VEC_AT(struct ga_charset_word, words, i)->raw;
    return text;
}

static const struct ga_charset_word *word_at(const struct ga_vec *words, const char *text)
{
    for (size_t i = 0; i < words->len; i++) {
        const struct ga_charset_word *word = GA_VEC_AT(struct ga_charset_word, words, i);
        if (word->raw[0] != '\0' && strncmp(word->raw, text, strlen(word->raw)) == 0)
            return word;
    }
    return NULL;
}

void ga_charset_show(const struct ga_vec *words, const char *text, struct ga_str *out)
{
    while (*text != '\0') {
        const struct ga_charset_word *word = word_at(words, text);
        if (word != NULL)
            ga_str_add(out, word->text);
        else
            ga_str_add_char(out, *text);
        text += word != NULL ? strlen(word->raw) : 1;
    }
}
