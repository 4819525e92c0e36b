/* The table of texts that the sheets of an XLSX workbook share. */
#include "guanai/sheet/xlsx_part.h"

#include "guanai/base/num.h"
#include "guanai/sheet/value.h"
#include "guanai/sheet/xml.h"

#include <string.h>

enum { STRINGS_MAX = 4 << 20 };

struct reader {
    struct ga_xlsx_strings *strings;
    size_t text_at;  /* where the text being read begins */
    bool is_in_t;    /* inside <t> */
    int phonetic;    /* inside <rPh>: how a text is pronounced, not the text */
};

static void on_start(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs)
{
    (void)xml;
    (void)attrs;
    struct reader *reader = ctx;
    if (strcmp(name, "si") == 0)
        reader->text_at = reader->strings->pages.open.len;
    else if (strcmp(name, "rPh") == 0)
        reader->phonetic++;
    else if (strcmp(name, "t") == 0)
        reader->is_in_t = reader->phonetic == 0;
}

static void refuse_size(struct ga_xml *xml)
{
    ga_error_set(ga_xml_error(xml), GA_TOO_BIG,
                 "the texts of this workbook are more than %1 MB: split the table into several files",
                 GA_NUM(GA_SHEET_SHARED_BYTES >> 20));
    ga_xml_fail(xml, GA_TOO_BIG);
}

static void end_text(struct reader *reader, struct ga_xml *xml)
{
    struct ga_str *texts = &reader->strings->pages.open;
    if (reader->strings->pages.starts.len >= STRINGS_MAX) {
        refuse_size(xml);
        return;
    }
    size_t len = texts->len - reader->text_at;
    if (len > 0)
        texts->len = reader->text_at + ga_value_unescape(texts->data + reader->text_at, len);
    ga_text_pages_end_text(&reader->strings->pages, reader->text_at);
}

static void on_end(void *ctx, struct ga_xml *xml, const char *name)
{
    struct reader *reader = ctx;
    if (strcmp(name, "t") == 0)
        reader->is_in_t = false;
    else if (strcmp(name, "rPh") == 0)
        reader->phonetic--;
    else if (strcmp(name, "si") == 0)
        end_text(reader, xml);
}

static void on_text(void *ctx, struct ga_xml *xml, const char *text, size_t len)
{
    struct reader *reader = ctx;
    struct ga_str *texts = &reader->strings->pages.open;
    if (!reader->is_in_t)
        return;
    if (texts->len - reader->text_at + len > GA_SHEET_CELL_BYTES) {
        ga_error_set(ga_xml_error(xml), GA_TOO_BIG, "a cell holds a text longer than %1 bytes: shorten it",
                     GA_NUM(GA_SHEET_CELL_BYTES));
        ga_xml_fail(xml, GA_TOO_BIG);
    } else if (reader->strings->pages.closed_bytes + texts->len + len > (size_t)GA_SHEET_SHARED_BYTES) {
        refuse_size(xml);
    } else {
        ga_str_add_bytes(texts, text, len);
    }
}

enum ga_rc ga_xlsx_strings_read(struct ga_zip *zip, const char *part, struct ga_xlsx_strings *strings,
                                struct ga_error *err)
{
    static const struct ga_xml_handlers handlers = {.start = on_start, .end = on_end, .text = on_text};
    struct reader reader = {.strings = strings};
    ga_text_pages_init(&strings->pages);
    return ga_xml_read(zip, part, &handlers, &reader, err);
}

void ga_xlsx_strings_finish(struct ga_xlsx_strings *strings)
{
    ga_text_pages_finish(&strings->pages);
}

const char *ga_xlsx_strings_get(struct ga_xlsx_strings *strings, size_t i, bool *ret_is_lasting)
{
    return ga_text_pages_get(&strings->pages, i, ret_is_lasting);
}
