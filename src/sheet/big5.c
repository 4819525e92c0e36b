/* Tells a heading in Big5 that was read as GB18030. */
#include "guanai/sheet/big5.h"

#include "guanai/base/alloc.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

enum { HEADING_BYTES = 120 };

/* Of any length but the room; false when it cannot be. */
static bool convert(const char *to, const char *from, const char *text, char *buf, size_t size)
{
    char *in = (char *)(uintptr_t)text, *out = buf;
    size_t in_len = strlen(text), room = size - 1;
    iconv_t converter = iconv_open(to, from);
    if (converter == (iconv_t)-1)
        return false;
    const bool is_whole = iconv(converter, &in, &in_len, &out, &room) != (size_t)-1;
    iconv_close(converter);
    *out = '\0';
    return is_whole;
}

bool ga_big5_is_heading(const char *text)
{
    static const char *const words[] = {"姓名", "性別", "年級", "班級", "身分證", "身份證", "電話", "學號", "學籍"};
    char bytes[2 * HEADING_BYTES], read[2 * HEADING_BYTES];
    if (strlen(text) > HEADING_BYTES || !convert("GB18030", "UTF-8", text, bytes, sizeof(bytes)) ||
        !convert("UTF-8", "BIG5", bytes, read, sizeof(read)))
        return false;
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (strstr(read, words[i]) != NULL)
            return true;
    return false;
}
