/* What can be said of an operation without taking it apart. */
#include "guanai/store/operation.h"
#include "guanai/store/wire.h"

#include <string.h>

static bool is_id_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Bytes of the id at the start of text, 0 when there is none. */
static size_t id_bytes(const char *text)
{
    size_t len = text[0] == '_';
    if (text[len] < 'a' || text[len] > 'z')
        return 0;
    while (len <= GA_OPERATION_ID_MAX && is_id_char(text[len]))
        len++;
    return len <= GA_OPERATION_ID_MAX ? len : 0;
}

bool ga_operation_is_id(const char *text)
{
    size_t len = id_bytes(text);
    return len > 0 && text[len] == '\0';
}

bool ga_operation_is_group_id(const char *text)
{
    size_t len = id_bytes(text);
    if (len == 0 || text[len] == '\0')
        return len > 0;
    struct ga_uuid row;
    char canonical[GA_UUID_TEXT_SIZE];
    return text[len] == '/' && ga_uuid_parse(text + len + 1, &row) &&
           strcmp(ga_uuid_text(&row, canonical), text + len + 1) == 0;
}

size_t ga_operation_header_bytes(const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    if (len < 3 || at[0] != GA_OPERATION_FORMAT)
        return len;
    size_t header = 3 + at[1] + ((size_t)at[2] << 8);
    return header < len ? header : len;
}

void ga_operation_leaf(const uint8_t salt[GA_OPERATION_SALT_BYTES], const void *bytes, size_t len,
                       struct ga_hash *ret_leaf)
{
    struct ga_hasher hasher;
    ga_hasher_start(&hasher, "guanai.leaf");
    ga_hasher_add(&hasher, salt, GA_OPERATION_SALT_BYTES);
    ga_hasher_add(&hasher, bytes, len);
    ga_hasher_finish(&hasher, ret_leaf);
}
