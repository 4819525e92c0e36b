/* Who made an XLSX workbook, as it says itself. */
#include "guanai/sheet/xlsx_part.h"

#include "guanai/base/alloc.h"
#include "guanai/sheet/xml.h"

#include <string.h>

static const char PART[] = "docProps/core.xml";

/* In the order in which the first that is not empty counts. */
enum { CREATOR, SAVED_BY, MODIFIED, CREATED, SAYINGS };
static const char *const NAMES[SAYINGS] = {"creator", "lastModifiedBy", "modified", "created"};

struct reader {
    struct ga_str said[SAYINGS];
    int at; /* SAYINGS: in none of them */
};

static void on_start(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs)
{
    struct reader *reader = ctx;
    (void)xml, (void)attrs;
    for (reader->at = 0; reader->at < SAYINGS && strcmp(NAMES[reader->at], name) != 0; reader->at++)
        ;
}

static void on_end(void *ctx, struct ga_xml *xml, const char *name)
{
    struct reader *reader = ctx;
    (void)xml, (void)name;
    reader->at = SAYINGS;
}

static void on_text(void *ctx, struct ga_xml *xml, const char *text, size_t len)
{
    enum { SAID_BYTES = 1024 };
    struct reader *reader = ctx;
    (void)xml;
    if (reader->at < SAYINGS && reader->said[reader->at].len + len <= SAID_BYTES)
        ga_str_add_bytes(&reader->said[reader->at], text, len);
}

static const char *first_of(const struct reader *reader, int one, int other)
{
    return ga_str_text(&reader->said[reader->said[one].len > 0 ? one : other]);
}

/* "2026-08-30T07:15:00Z": digits where they belong, else nothing. */
static void take_time(const char *said, struct ga_sheet_origin *origin)
{
    static const char SHAPE[] = "0000-00-00T00:00:00";
    size_t i = 0;
    for (; SHAPE[i] != '\0'; i++)
        if (SHAPE[i] == '0' ? said[i] < '0' || said[i] > '9' : said[i] != SHAPE[i])
            break;
    if (SHAPE[i] == '\0')
        ga_str_copy(origin->changed, sizeof(origin->changed), said);
}

void ga_xlsx_origin_read(struct ga_zip *zip, struct ga_sheet_origin *ret_origin)
{
    static const struct ga_xml_handlers handlers = {.start = on_start, .end = on_end, .text = on_text};
    struct reader reader = {.at = SAYINGS};
    if (ga_zip_has(zip, PART) && ga_xml_read(zip, PART, &handlers, &reader, NULL) == GA_OK) {
        ga_str_copy(ret_origin->author, sizeof(ret_origin->author), first_of(&reader, CREATOR, SAVED_BY));
        take_time(first_of(&reader, MODIFIED, CREATED), ret_origin);
    }
    for (int i = 0; i < SAYINGS; i++)
        ga_str_finish(&reader.said[i]);
}
