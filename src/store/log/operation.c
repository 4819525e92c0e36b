/* What can be said of an operation without taking it apart. */
#include "guanai/store/naming.h"
#include "guanai/store/wire.h"

#include "guanai/crypt/secret.h"

#include <string.h>

enum { LENGTH_BYTES = 3 /* of the payload's length */ };

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
    if (len < 3 || at[0] < 1 || at[0] > GA_OPERATION_FORMAT)
        return len;
    size_t header = 3 + at[1] + ((size_t)at[2] << 8);
    return header < len ? header : len;
}

/* Where the names begin; 0: it has none, or is damaged. */
static size_t open_bytes(const uint8_t *bytes, size_t len)
{
    if (len == 0 || bytes[0] != GA_NAMING_FORMAT)
        return 0;
    const size_t at = ga_operation_header_bytes(bytes, len);
    if (len - at < LENGTH_BYTES)
        return 0;
    const size_t payload = bytes[at] + ((size_t)bytes[at + 1] << 8) + ((size_t)bytes[at + 2] << 16);
    return payload < len - at - LENGTH_BYTES ? at + LENGTH_BYTES + payload : 0;
}

bool ga_naming_is_parted(const void *bytes, size_t len)
{
    return open_bytes(bytes, len) > 0;
}

/* The salt is known to nobody who has the open one. */
static void commit_names(const uint8_t salt[GA_OPERATION_SALT_BYTES], const uint8_t *names, size_t len,
                         uint8_t ret_open_salt[GA_OPERATION_SALT_BYTES], struct ga_hash *ret_commitment)
{
    struct ga_hash salts;
    struct ga_hasher hasher;
    ga_hash_bytes("guanai.salts", salt, GA_OPERATION_SALT_BYTES, &salts);
    memcpy(ret_open_salt, salts.bytes, GA_OPERATION_SALT_BYTES);
    ga_hasher_start(&hasher, "guanai.names");
    ga_hasher_add(&hasher, salts.bytes + GA_OPERATION_SALT_BYTES, GA_OPERATION_SALT_BYTES);
    ga_hasher_add(&hasher, names, len);
    ga_hasher_finish(&hasher, ret_commitment);
    ga_crypt_wipe(&salts, sizeof(salts));
}

void ga_naming_withhold(const uint8_t salt[GA_OPERATION_SALT_BYTES], const void *bytes, size_t len,
                        uint8_t ret_salt[GA_OPERATION_SALT_BYTES], struct ga_str *out)
{
    static const uint8_t format = GA_NAMELESS_FORMAT;
    const uint8_t *from = bytes;
    const size_t open = open_bytes(from, len);
    struct ga_hash commitment;
    commit_names(salt, from + open, len - open, ret_salt, &commitment);
    ga_str_add_bytes(out, &format, 1);
    ga_str_add_bytes(out, from + 1, open - 1);
    ga_str_add_bytes(out, commitment.bytes, sizeof(commitment.bytes));
}

void ga_operation_leaf(const uint8_t salt[GA_OPERATION_SALT_BYTES], const void *bytes, size_t len,
                       struct ga_hash *ret_leaf)
{
    static const uint8_t nameless = GA_NAMELESS_FORMAT;
    const uint8_t *from = bytes;
    const size_t open = open_bytes(from, len);
    struct ga_hash commitment;
    struct ga_hasher hasher;
    uint8_t open_salt[GA_OPERATION_SALT_BYTES];
    if (open > 0)
        commit_names(salt, from + open, len - open, open_salt, &commitment);
    ga_hasher_start(&hasher, "guanai.leaf");
    ga_hasher_add(&hasher, open > 0 ? open_salt : salt, GA_OPERATION_SALT_BYTES);
    if (open == 0) {
        ga_hasher_add(&hasher, bytes, len);
    } else {
        ga_hasher_add(&hasher, &nameless, 1);
        ga_hasher_add(&hasher, from + 1, open - 1);
        ga_hasher_add(&hasher, commitment.bytes, sizeof(commitment.bytes));
    }
    ga_hasher_finish(&hasher, ret_leaf);
}
