/* The key that is printed and locked away: what schools wrote is opened by it when their computers are gone. */
#include "guanai/app/county.h"

#include "guanai/base/num.h"
#include "guanai/crypt/hash.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/record.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

#include <stdio.h>
#include <string.h>

enum { SECRET_GROUPS = GA_SEAL_SECRET_BYTES / 2, GROUP_DIGITS = 5, GROUP_MAX = 65535 };

/* The last groups notice what was mistyped. */
static void add_check(const uint8_t secret[GA_SEAL_SECRET_BYTES], uint16_t groups[GA_RECOVERY_GROUPS])
{
    struct ga_hash hash;
    ga_hash_bytes("guanai.recovery", secret, GA_SEAL_SECRET_BYTES, &hash);
    for (int i = SECRET_GROUPS; i < GA_RECOVERY_GROUPS; i++)
        groups[i] = (uint16_t)(hash.bytes[2 * (i - SECRET_GROUPS)] << 8 | hash.bytes[2 * (i - SECRET_GROUPS) + 1]);
}

static void write_digits(const uint8_t secret[GA_SEAL_SECRET_BYTES], char ret_digits[GA_RECOVERY_DIGITS_SIZE])
{
    uint16_t groups[GA_RECOVERY_GROUPS];
    for (int i = 0; i < SECRET_GROUPS; i++)
        groups[i] = (uint16_t)(secret[2 * i] << 8 | secret[2 * i + 1]);
    add_check(secret, groups);
    for (int i = 0; i < GA_RECOVERY_GROUPS; i++) {
        snprintf(ret_digits + (GROUP_DIGITS + 1) * i, GROUP_DIGITS + 1, "%05u", (unsigned)groups[i]);
        ret_digits[(GROUP_DIGITS + 1) * i + GROUP_DIGITS] = i + 1 < GA_RECOVERY_GROUPS ? ' ' : '\0';
    }
    ga_crypt_wipe(groups, sizeof(groups));
}

/* Of one character, ASCII or full-width; −1: it is none. */
static int digit_at(const char *at)
{
    if (*at >= '0' && *at <= '9')
        return *at - '0';
    const bool is_wide = strncmp(at, "\xEF\xBC", 2) == 0 && (uint8_t)at[2] >= 0x90 && (uint8_t)at[2] <= 0x99;
    return is_wide ? (uint8_t)at[2] - 0x90 : -1;
}

/* Whatever stands between the digits does not matter. How many digits there were. */
static size_t read_groups(const char *digits, uint32_t groups[GA_RECOVERY_GROUPS])
{
    size_t count = 0;
    for (const char *at = digits; *at != '\0'; at++) {
        const int digit = digit_at(at);
        if (digit < 0)
            continue;
        if (count < (size_t)GA_RECOVERY_GROUPS * GROUP_DIGITS)
            groups[count / GROUP_DIGITS] = groups[count / GROUP_DIGITS] * 10 + (uint32_t)digit;
        count++;
    }
    return count;
}

static enum ga_rc check_groups(const uint32_t groups[GA_RECOVERY_GROUPS], uint8_t ret_secret[GA_SEAL_SECRET_BYTES], struct ga_error *err)
{
    uint16_t check[GA_RECOVERY_GROUPS];
    for (int i = 0; i < GA_RECOVERY_GROUPS; i++)
        if (groups[i] > GROUP_MAX)
            return ga_error_set(err, GA_REFUSED, "number %1 of the recovery key is mistyped", GA_NUM(i + 1));
    for (int i = 0; i < SECRET_GROUPS; i++) {
        ret_secret[2 * i] = (uint8_t)(groups[i] >> 8);
        ret_secret[2 * i + 1] = (uint8_t)groups[i];
    }
    add_check(ret_secret, check);
    for (int i = SECRET_GROUPS; i < GA_RECOVERY_GROUPS; i++)
        if (groups[i] != check[i])
            return ga_error_set(err, GA_REFUSED, "the recovery key is mistyped: compare its numbers with the paper one by one");
    return GA_OK;
}

static enum ga_rc read_digits(const char *digits, uint8_t ret_secret[GA_SEAL_SECRET_BYTES], struct ga_error *err)
{
    uint32_t groups[GA_RECOVERY_GROUPS] = {0};
    const size_t count = read_groups(digits, groups);
    enum ga_rc rc = GA_OK;
    if (count != (size_t)GA_RECOVERY_GROUPS * GROUP_DIGITS)
        rc = ga_error_set(err, GA_REFUSED, "a recovery key has %1 digits, these are %2", GA_NUM(GA_RECOVERY_GROUPS * GROUP_DIGITS),
                          GA_NUM(count));
    if (rc == GA_OK)
        rc = check_groups(groups, ret_secret, err);
    ga_crypt_wipe(groups, sizeof(groups));
    return rc;
}

enum ga_rc ga_county_check_key(const char *digits, struct ga_error *err)
{
    uint8_t secret[GA_SEAL_SECRET_BYTES];
    const enum ga_rc rc = read_digits(digits, secret, err);
    ga_crypt_wipe(secret, sizeof(secret));
    return rc;
}

size_t ga_county_count_digits(const char *typed)
{
    uint32_t groups[GA_RECOVERY_GROUPS] = {0};
    const size_t count = read_groups(typed, groups);
    ga_crypt_wipe(groups, sizeof(groups));
    return count;
}

/* It cannot be undone, and a school's computer that did would write no bundle any more. */
enum ga_rc ga_county_may_begin(struct ga_session *session, struct ga_error *err)
{
    int64_t children = 0;
    if (ga_county_reads(session))
        return ga_error_set(err, GA_REFUSED, "this computer belongs to a school that a county collects; a county's computer has data of its own");
    if (ga_county_is_here(session))
        return GA_OK;
    const enum ga_rc rc = ga_store_count(session->store, "child", &children, err);
    if (rc != GA_OK || children == 0)
        return rc;
    return ga_error_set(err, GA_REFUSED, "a school's files lie here, %1 children: a county's computer has a data folder of its own", GA_NUM(children));
}

enum ga_rc ga_county_begin(struct ga_session *session, char ret_digits[GA_RECOVERY_DIGITS_SIZE], struct ga_error *err)
{
    struct ga_sync_keys keys;
    struct ga_seal_key recovery;
    enum ga_rc rc = ga_guest_refuse(session, err);
    if (rc == GA_OK)
        rc = ga_county_may_begin(session, err);
    if (rc == GA_OK)
        rc = ga_sync_keys_need(session, &keys, err);
    if (rc != GA_OK)
        return rc;
    ga_seal_key_make(ga_crypt_random(), &recovery);
    keys.recovery = recovery.public_key;
    rc = ga_sync_keys_write(session, &keys, err);
    if (rc == GA_OK)
        rc = ga_store_begin_county(session->store, err);
    if (rc == GA_OK)
        write_digits(recovery.secret, ret_digits);
    ga_crypt_wipe(&recovery, sizeof(recovery));
    ga_crypt_wipe(&keys, sizeof(keys));
    return rc;
}

enum ga_rc ga_county_recover(struct ga_session *session, const char *place, const char *digits,
                             const struct ga_progress *progress, struct ga_arena *arena, struct ga_vec *ret_taken,
                             struct ga_error *err)
{
    uint8_t secret[GA_SEAL_SECRET_BYTES];
    struct ga_seal_key key;
    enum ga_rc rc = read_digits(digits, secret, err);
    if (rc == GA_OK) {
        ga_seal_key_restore(secret, &key);
        rc = ga_sync_take_recovered(session, place, &key, progress, arena, ret_taken, err);
        ga_crypt_wipe(&key, sizeof(key));
    }
    ga_crypt_wipe(secret, sizeof(secret));
    return rc;
}
