/* Any XML in a workbook, or any bytes as a workbook, are read or refused in a sentence. */
#include "fuzz_sheet.h"

#include "guanai/base/str.h"

#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void add_number(struct ga_str *out, size_t bytes, uint32_t number)
{
    for (size_t i = 0; i < bytes; i++)
        ga_str_add_char(out, (char)(number >> (8 * i)));
}

/* What both headers of an entry share, from the version on. */
static void add_header(struct ga_str *out, const char *name, const char *data, size_t len)
{
    add_number(out, 2, 20); /* version */
    add_number(out, 4, 0);  /* flags, stored */
    add_number(out, 4, 33 << 16);
    add_number(out, 4, (uint32_t)crc32(0, (const Bytef *)data, (uInt)len));
    add_number(out, 4, (uint32_t)len);
    add_number(out, 4, (uint32_t)len);
    add_number(out, 2, (uint32_t)strlen(name));
    add_number(out, 2, 0);
}

static void add_entry(struct ga_str *out, struct ga_str *central, const char *name, const char *data, size_t len)
{
    uint32_t at = (uint32_t)out->len;
    ga_str_add(out, "PK\3\4");
    add_header(out, name, data, len);
    ga_str_add(out, name);
    ga_str_add_bytes(out, data, len);
    ga_str_add(central, "PK\1\2");
    add_number(central, 2, 20);
    add_header(central, name, data, len);
    add_number(central, 4, 0);
    add_number(central, 2, 0);
    add_number(central, 4, 0);
    add_number(central, 4, at);
    ga_str_add(central, name);
}

/* The input is the parts of a workbook one behind the other, a NUL between; checksums are made right. */
static void read_parts(const char *bytes, size_t len)
{
    static const char *const names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                                        "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"};
    struct ga_str out = {0}, central = {0};
    for (uint32_t i = 0; i < 5; i++) {
        const char *nul = len > 0 ? memchr(bytes, 0, len) : NULL;
        size_t part = nul == NULL ? len : (size_t)(nul - bytes);
        add_entry(&out, &central, names[i], bytes, part);
        bytes += part + (nul != NULL);
        len -= part + (nul != NULL);
    }
    uint32_t at = (uint32_t)out.len;
    ga_str_add_bytes(&out, central.data, central.len);
    ga_str_add(&out, "PK\5\6");
    add_number(&out, 4, 0);
    add_number(&out, 4, 5 << 16 | 5);
    add_number(&out, 4, (uint32_t)central.len);
    add_number(&out, 4, at);
    add_number(&out, 2, 0);
    read_book((const uint8_t *)out.data, out.len);
    ga_str_finish(&out);
    ga_str_finish(&central);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > 4 && memcmp(bytes, "PK", 2) == 0)
        read_book(bytes, len);
    else
        read_parts((const char *)bytes, len);
    return 0;
}
