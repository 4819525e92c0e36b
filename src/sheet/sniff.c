/* What kind of file this is, told by its first bytes. */
#include "guanai/sheet/sniff.h"

#include "guanai/base/alloc.h"
#include "guanai/text/translate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEAD_BYTES = 4096, SCAN_BYTES = 64 << 10 };

struct magic {
    const char *bytes;
    size_t len;
    const char *sentence;
};

#define PICTURE GA_N_("%1 is a picture, not a table: type the rows in, or ask for the table itself (.xlsx)")
#define ARCHIVE GA_N_("%1 is a packed archive: unpack it and choose the table inside")

static const struct magic magics[] = {
    {"%PDF", 4, GA_N_("%1 is a PDF document, whatever its name says: ask for the table itself (.xlsx or .csv)")},
    {"\x89PNG", 4, PICTURE},
    {"\xff\xd8\xff", 3, PICTURE},
    {"GIF8", 4, PICTURE},
    {"Rar!", 4, ARCHIVE},
    {"7z\xbc\xaf", 4, ARCHIVE},
    {"\x1f\x8b", 2, ARCHIVE},
    {"{\\rtf", 5, GA_N_("%1 is a text document, not a table: copy the table into WPS or Excel and save as .xlsx")},
    {"SQLite format 3", 15, GA_N_("%1 is a database, not a table: choose a .xlsx or .csv file")},
};

/* Encrypted workbooks are old-style containers with a stream of this name (MS-OFFCRYPTO 2.3.4). */
static bool holds_encrypted_package(struct ga_source *source)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    char *buf = ga_alloc(SCAN_BYTES);
    bool is_found = false;
    size_t got = SCAN_BYTES;
    for (int64_t at = 0; !is_found && got == SCAN_BYTES; at += SCAN_BYTES - (int64_t)sizeof(name)) {
        got = ga_source_read(source, buf, SCAN_BYTES, at);
        is_found = memmem(buf, got, name, sizeof(name)) != NULL;
    }
    free(buf);
    return is_found;
}

static enum ga_rc refuse_compound_file(struct ga_source *source, struct ga_error *err)
{
    if (holds_encrypted_package(source))
        return ga_error_set(err, GA_REFUSED,
                            "%1 is protected by a password: open it in WPS or Excel, take the password away "
                            "and save it again",
                            source->path);
    return ga_error_set(err, GA_REFUSED,
                        "%1 is an old .xls file: open it in WPS or Excel and save as .xlsx", source->path);
}

static bool contains_word(const char *head, const char *word)
{
    return strcasestr(head, word) != NULL;
}

static bool is_markup(const char *head)
{
    static const char *const words[] = {"<html", "<table", "<meta", "<body", "<!doctype",
                                        "urn:schemas-microsoft-com:office"};
    const char *first = head + (strncmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
    first += strspn(first, " \t\r\n");
    if (*first != '<')
        return false;
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (contains_word(first, words[i]))
            return true;
    return false;
}

enum ga_rc ga_sheet_sniff(struct ga_source *source, enum ga_sheet_kind *ret_kind, struct ga_error *err)
{
    char head[HEAD_BYTES + 1] = {0};
    ga_source_read(source, head, HEAD_BYTES, 0);
    enum ga_rc rc = ga_source_check(source, err);
    if (rc != GA_OK)
        return rc;
    if (memcmp(head, "\xd0\xcf\x11\xe0", 4) == 0)
        return refuse_compound_file(source, err);
    for (size_t i = 0; i < GA_COUNT(magics); i++)
        if (memcmp(head, magics[i].bytes, magics[i].len) == 0)
            return ga_error_set(err, GA_REFUSED, magics[i].sentence, source->path);
    if (is_markup(head))
        return ga_error_set(err, GA_REFUSED,
                            "%1 is a web page, whatever its name says: open it in WPS or Excel and save as .xlsx",
                            source->path);
    bool is_zip = memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0;
    *ret_kind = is_zip ? GA_SHEET_ZIP : GA_SHEET_TEXT;
    return GA_OK;
}
