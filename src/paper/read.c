/* Takes the stream of rows apart into records. */
#include "read.h"

#include "guanai/base/num.h"
#include "guanai/text/utf8.h"

#include <string.h>

static enum ga_rc refuse(const struct ga_paper_reader *reader, const char *why, struct ga_error *err)
{
    return ga_error_set(err, GA_REFUSED, "record %1 of the input %2", GA_NUM(reader->at_record), why);
}

static bool is_kind(int letter)
{
    return letter > 0 && strchr("PSACRTIDYEZ", letter) != NULL;
}

/* Letter and length of the next record; a stream that just stops is cut off, for it ends with Z. */
static enum ga_rc read_head(struct ga_paper_reader *reader, size_t *ret_len, struct ga_error *err)
{
    unsigned char head[GA_PAPER_HEAD_BYTES];
    if (fread(head, 1, sizeof(head), reader->in) != sizeof(head))
        return refuse(reader, "is cut off", err);
    size_t len = head[1] | (size_t)head[2] << 8 | (size_t)head[3] << 16 | (size_t)head[4] << 24;
    if (!is_kind(head[0]))
        return refuse(reader, "is of no known kind", err);
    if (len > GA_PAPER_TEXT_BYTES)
        return refuse(reader, "is too long", err);
    reader->record.kind = (enum ga_paper_kind)head[0];
    *ret_len = len;
    return GA_OK;
}

/* A column's first two bytes are no text. */
static bool is_text(const struct ga_paper_record *record)
{
    size_t skip = record->kind == GA_PAPER_COLUMN && record->len >= 2 ? 2 : 0;
    return memchr(record->text + skip, '\0', record->len - skip) == NULL &&
           ga_utf8_is_valid(record->text + skip, record->len - skip, NULL);
}

enum ga_rc ga_paper_read(struct ga_paper_reader *reader, struct ga_error *err)
{
    struct ga_paper_record *record = &reader->record;
    reader->at_record++;
    enum ga_rc rc = read_head(reader, &record->len, err);
    if (rc != GA_OK)
        return rc;
    if (fread(record->text, 1, record->len, reader->in) != record->len)
        return refuse(reader, "is cut off", err);
    record->text[record->len] = '\0';
    if (!is_text(record))
        return refuse(reader, "is not UTF-8", err);
    if (record->len > 0 && (record->kind == GA_PAPER_ROW || record->kind == GA_PAPER_EMPTY ||
                            record->kind == GA_PAPER_END))
        return refuse(reader, "should be empty", err);
    return GA_OK;
}
