/* The text of a file as UTF-8, chunk by chunk. */
#include "guanai/sheet/decode.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "gb18030.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* So many characters of several bytes do not come out right by chance in GB18030. */
enum { SURELY_UTF8 = 20 };

static const char *const iconv_names[] = {
    [GA_TEXT_UTF16LE] = "UTF-16LE", [GA_TEXT_UTF16BE] = "UTF-16BE", [GA_TEXT_GB18030] = "GB18030"};

enum ga_rc ga_decoder_create(struct ga_source *source, const struct ga_text_start *start,
                             struct ga_decoder **ret_decoder, struct ga_error *err)
{
    iconv_t converter = (iconv_t)-1;
    if (start->encoding != GA_TEXT_UTF8) {
        converter = iconv_open("UTF-8", iconv_names[start->encoding]);
        if (converter == (iconv_t)-1)
            return ga_error_set(err, GA_IO,
                                "this computer cannot read %1: save the table as .xlsx or as CSV UTF-8",
                                iconv_names[start->encoding]);
    }
    struct ga_decoder *decoder = ga_alloc(sizeof(*decoder));
    decoder->source = source;
    decoder->encoding = start->encoding;
    decoder->converter = converter;
    decoder->next_at = start->at_bytes;
    decoder->bad_at = -1;
    *ret_decoder = decoder;
    return GA_OK;
}

void ga_decoder_destroy(struct ga_decoder *decoder)
{
    if (decoder == NULL)
        return;
    if (decoder->encoding != GA_TEXT_UTF8)
        iconv_close(decoder->converter);
    free(decoder);
}

/* Bounds of the byte after a lead byte (Unicode 15, table 3-7); the later ones are 80..BF. */
static bool begin_sequence(struct ga_decoder *d, unsigned char lead)
{
    if (lead < 0xC2 || lead > 0xF4)
        return false;
    d->need = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    d->low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    d->high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    d->wide_count++;
    return true;
}

/* How many bytes are right; len when all are. */
static size_t check_utf8(struct ga_decoder *d, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = bytes[i];
        if (d->need > 0) {
            if (byte < d->low || byte > d->high)
                return i;
            d->need--;
            d->low = 0x80;
            d->high = 0xBF;
        } else if (byte >= 0x80 ? !begin_sequence(d, byte) : byte == 0) {
            d->has_nul = byte == 0;
            return i;
        }
    }
    return len;
}

/* Line breaks before a place; a line feed is no part of any other character in UTF-8 or GB18030. */
static int64_t line_of(struct ga_decoder *d)
{
    int unit = d->encoding == GA_TEXT_UTF16LE || d->encoding == GA_TEXT_UTF16BE ? 2 : 1;
    int low_byte = d->encoding == GA_TEXT_UTF16BE ? 1 : 0;
    int64_t line = 1;
    for (int64_t at = 0; at < d->bad_at;) {
        size_t len = ga_source_read(d->source, d->raw, sizeof(d->raw), at);
        if (len == 0)
            break;
        for (size_t i = (size_t)low_byte; i < len && at + (int64_t)i < d->bad_at; i += (size_t)unit)
            line += d->raw[i] == '\n' && (unit == 1 || d->raw[i ^ 1] == 0);
        at += (int64_t)len;
    }
    return line;
}

static enum ga_rc refuse_here(struct ga_decoder *d, struct ga_error *err)
{
    const char *sentence =
        d->has_nul ? "line %1 holds bytes that are no text: this is not a table, or it is damaged; "
                     "open it in WPS or Excel and save as .xlsx"
                   : "line %1 holds characters that cannot be read: open the table in WPS or Excel and save as "
                     ".xlsx or CSV UTF-8";
    int64_t line = line_of(d);
    ga_error_set(err, GA_REFUSED, sentence, GA_NUM(line));
    ga_error_where(err, "%s:%lld", d->source->path, (long long)line);
    return GA_REFUSED;
}

static enum ga_rc refuse_at(struct ga_decoder *d, int64_t at, struct ga_error *err)
{
    d->bad_at = at;
    return refuse_here(d, err);
}

static enum ga_rc next_utf8(struct ga_decoder *d, struct ga_span *ret_text, struct ga_error *err)
{
    size_t len = ga_source_read(d->source, d->raw, sizeof(d->raw), d->next_at);
    enum ga_rc rc = ga_source_check(d->source, err);
    if (rc != GA_OK)
        return rc;
    size_t right = check_utf8(d, (const unsigned char *)d->raw, len);
    if (right < len || (len == 0 && d->need > 0))
        return refuse_at(d, d->next_at + (int64_t)right, err);
    d->next_at += (int64_t)len;
    *ret_text = (struct ga_span){d->raw, len};
    return GA_OK;
}

/* As far as it goes; true: what stands at *from is no character. */
static bool convert_some(struct ga_decoder *d, char **from, size_t *left, char **to, size_t *room)
{
    char utf8[4];
    size_t len = 0;
    while (iconv(d->converter, from, left, to, room) == (size_t)-1 && errno == EILSEQ) {
        if (d->encoding == GA_TEXT_GB18030)
            len = ga_gb18030_four((const unsigned char *)*from, *left, utf8);
        if (len == 0)
            return true;
        if (*room < len)
            return false;
        memcpy(*to, utf8, len);
        *to += len, *room -= len;
        *from += 4, *left -= 4;
    }
    return false;
}

/* Converts what is in raw; keeps a character that is not all there for the next time. */
static enum ga_rc convert(struct ga_decoder *d, bool is_end, struct ga_span *ret_text, struct ga_error *err)
{
    char *from = d->raw, *to = d->text;
    size_t left = d->raw_len, room = sizeof(d->text) / 4 * 3; /* private characters may grow */
    int64_t raw_at = d->next_at - (int64_t)d->raw_len;
    bool is_bad = convert_some(d, &from, &left, &to, &room);
    size_t len = (size_t)(to - d->text);
    if (d->encoding == GA_TEXT_GB18030)
        len = ga_gb18030_make_real(d->text, len);
    d->has_nul = memchr(d->text, 0, len) != NULL;
    if (is_bad || d->has_nul || (is_end && left > 0 && len == 0))
        return refuse_at(d, raw_at + (from - d->raw), err);
    memmove(d->raw, from, left);
    d->raw_len = left;
    *ret_text = (struct ga_span){d->text, len};
    return GA_OK;
}

static enum ga_rc next_converted(struct ga_decoder *d, struct ga_span *ret_text, struct ga_error *err)
{
    struct ga_span text = {NULL, 0};
    for (size_t got = 1; text.len == 0 && got > 0;) {
        got = ga_source_read(d->source, d->raw + d->raw_len, sizeof(d->raw) - d->raw_len, d->next_at);
        enum ga_rc rc = ga_source_check(d->source, err);
        if (rc != GA_OK)
            return rc;
        d->next_at += (int64_t)got;
        d->raw_len += got;
        rc = convert(d, got == 0, &text, err);
        if (rc != GA_OK)
            return rc;
    }
    *ret_text = text;
    return GA_OK;
}

enum ga_rc ga_decoder_next(struct ga_decoder *d, struct ga_span *ret_text, struct ga_error *err)
{
    return d->encoding == GA_TEXT_UTF8 ? next_utf8(d, ret_text, err) : next_converted(d, ret_text, err);
}

/* Reads all of it in one encoding; *ret_is_surely says that a refusal stands whatever comes next. */
static enum ga_rc try_encoding(struct ga_source *source, const struct ga_text_start *start,
                               bool *ret_is_surely, struct ga_error *err)
{
    struct ga_decoder *decoder;
    enum ga_rc rc = ga_decoder_create(source, start, &decoder, err);
    if (rc != GA_OK)
        return rc;
    struct ga_span text = {NULL, 1};
    while (rc == GA_OK && text.len > 0)
        rc = ga_decoder_next(decoder, &text, err);
    *ret_is_surely = decoder->has_nul || decoder->wide_count >= SURELY_UTF8;
    ga_decoder_destroy(decoder);
    return rc;
}

static bool find_mark(struct ga_source *source, struct ga_text_start *ret_start)
{
    static const struct {
        const char *bytes;
        struct ga_text_start start;
    } marks[] = {
        {"\xEF\xBB\xBF", {GA_TEXT_UTF8, 3}},
        {"\xFF\xFE", {GA_TEXT_UTF16LE, 2}},
        {"\xFE\xFF", {GA_TEXT_UTF16BE, 2}},
        {"\x84\x31\x95\x33", {GA_TEXT_GB18030, 4}},
    };
    char head[4] = {0};
    ga_source_read(source, head, sizeof(head), 0);
    for (size_t i = 0; i < GA_COUNT(marks); i++) {
        if (memcmp(head, marks[i].bytes, (size_t)marks[i].start.at_bytes) == 0) {
            *ret_start = marks[i].start;
            return true;
        }
    }
    *ret_start = (struct ga_text_start){GA_TEXT_UTF8, 0};
    return false;
}

enum ga_rc ga_decode_detect(struct ga_source *source, struct ga_text_start *ret_start, struct ga_error *err)
{
    struct ga_text_start start;
    bool is_surely = false;
    bool has_mark = find_mark(source, &start);
    enum ga_rc rc = try_encoding(source, &start, &is_surely, err);
    if (rc == GA_REFUSED && !has_mark && !is_surely) {
        start.encoding = GA_TEXT_GB18030;
        rc = try_encoding(source, &start, &is_surely, err);
    }
    if (rc == GA_OK)
        *ret_start = start;
    return rc;
}
