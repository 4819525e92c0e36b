/* What can be said of an operation without taking it apart. */
#include "guanai/store/operation.h"
#include "guanai/store/wire.h"

bool ga_operation_is_id(const char *text)
{
    return ga_wire_id_bytes(text) > 0;
}

bool ga_operation_is_group_id(const char *text)
{
    return ga_wire_group_id_bytes(text) > 0;
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
