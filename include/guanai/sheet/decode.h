/* The text of a file as UTF-8, chunk by chunk. */
#ifndef GUANAI_SHEET_DECODE_H
#define GUANAI_SHEET_DECODE_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"
#include "guanai/sheet/source.h"

#include <iconv.h>
#include <stdbool.h>

enum ga_text_encoding { GA_TEXT_UTF8, GA_TEXT_UTF16LE, GA_TEXT_UTF16BE, GA_TEXT_GB18030 };
enum { GA_DECODE_RAW_BYTES = 32 << 10, GA_DECODE_TEXT_BYTES = 64 << 10 };

struct ga_text_start {
    enum ga_text_encoding encoding;
    int64_t at_bytes; /* behind the byte order mark, where there is one */
};

struct ga_decoder {
    struct ga_source *source;
    enum ga_text_encoding encoding;
    iconv_t converter; /* not for UTF-8 */
    int64_t next_at;   /* of the file, the first byte not in raw */
    size_t raw_len;    /* converter only: what is still to be converted */
    int64_t bad_at;    /* of the file, once a byte was refused; else -1 */
    bool has_nul;      /* what was refused is a NUL */
    unsigned char need, low, high; /* UTF-8: bytes still due, bounds of the next one */
    unsigned long wide_count;      /* UTF-8: characters of several bytes seen */
    char raw[GA_DECODE_RAW_BYTES];
    char text[GA_DECODE_TEXT_BYTES];
};

/* On the heap for its size; GA_IO when the C library lacks the table. */
enum ga_rc ga_decoder_create(struct ga_source *source, const struct ga_text_start *start,
                             struct ga_decoder **ret_decoder, struct ga_error *err);
void ga_decoder_destroy(struct ga_decoder *decoder);

/*
 * The next piece, borrowed until the next call; len 0 at the end. Pieces may end inside a character.
 * GA_REFUSED names the line that is not text in this encoding.
 */
enum ga_rc ga_decoder_next(struct ga_decoder *decoder, struct ga_span *ret_text, struct ga_error *err);

/*
 * Reads the whole file: a byte order mark decides, else strict UTF-8, else GB18030. A file that is UTF-8
 * but for a damaged place is refused with its line, never shown as wrong characters.
 */
enum ga_rc ga_decode_detect(struct ga_source *source, struct ga_text_start *ret_start, struct ga_error *err);

#endif
