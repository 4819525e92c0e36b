/* Writes and reads the small files by which computers come to know each other. */
#include "guanai/sync/pairing.h"

#include "frames.h"

#include "guanai/base/num.h"
#include "guanai/crypt/box.h"
#include "guanai/crypt/secret.h"

#include <stdio.h>
#include <string.h>

static const uint8_t MAGIC[8] = {0x89, 'G', 'A', 'P', '\r', '\n', 0x1A, '\n'};
static const char PURPOSE[] = "guanai.pairing";

enum { MARK_COUNTY = 1, MARK_GUEST = 2 };

enum { FORMAT = 1, FORMAT_AT = sizeof(MAGIC) + 1, BODY_AT, SIGNATURE_BYTES = sizeof(struct ga_signature) };

enum ga_pairing_kind ga_pairing_kind(const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    if (len < BODY_AT || memcmp(at, MAGIC, sizeof(MAGIC)) != 0 || at[sizeof(MAGIC)] > GA_PAIRING_ENCLOSED)
        return GA_PAIRING_NONE;
    return (enum ga_pairing_kind)at[sizeof(MAGIC)];
}

/* Writing goes into a text of its own, so that what is signed begins where it begins. */
static void start(struct ga_str *text, enum ga_pairing_kind kind)
{
    *text = (struct ga_str){0};
    ga_str_add_bytes(text, MAGIC, sizeof(MAGIC));
    ga_str_add_char(text, (char)kind);
    ga_str_add_char(text, FORMAT);
}

static void finish(struct ga_str *text, const struct ga_bundle_sender *signer, struct ga_str *out,
                   struct ga_hash *ret_hash)
{
    struct ga_hash hash;
    struct ga_signature signature;
    ga_hash_bytes(PURPOSE, text->data, text->len, &hash);
    signer->sign(signer->ctx, &hash, &signature);
    ga_str_add_bytes(text, signature.bytes, SIGNATURE_BYTES);
    if (ret_hash != NULL)
        ga_hash_bytes(PURPOSE, text->data, text->len, ret_hash);
    ga_str_add_bytes(out, text->data, text->len);
    ga_str_finish(text);
}

static enum ga_rc check_text(const char *text, size_t most, struct ga_error *err)
{
    bool is_text = strlen(text) <= most && ga_wire_is_text(text, strlen(text));
    return is_text ? GA_OK : ga_error_set(err, GA_REFUSED, "“%1” is too long for a name, at most %2 bytes", text,
                                          GA_NUM(most));
}

enum ga_rc ga_pairing_invite(struct ga_pairing_invitation *invitation, const struct ga_bundle_sender *signer,
                             struct ga_str *out, struct ga_error *err)
{
    struct ga_str text;
    enum ga_rc rc = check_text(invitation->label, GA_SITE_LABEL_MAX, err);
    if (rc == GA_OK)
        rc = check_text(invitation->school, GA_PAIRING_SCHOOL_MAX, err);
    if (rc != GA_OK)
        return rc;
    start(&text, GA_PAIRING_INVITATION);
    ga_str_add_bytes(&text, invitation->group.bytes, sizeof(invitation->group.bytes));
    ga_str_add_bytes(&text, invitation->site.bytes, sizeof(invitation->site.bytes));
    ga_str_add_bytes(&text, invitation->key.bytes, sizeof(invitation->key.bytes));
    ga_str_add_bytes(&text, invitation->recovery.bytes, sizeof(invitation->recovery.bytes));
    ga_str_add_char(&text, (char)(invitation->is_county ? MARK_COUNTY : invitation->is_guest ? MARK_GUEST : 0));
    frame_put_text(&text, invitation->label);
    frame_put_text(&text, invitation->school);
    finish(&text, signer, out, &invitation->hash);
    return GA_OK;
}

enum ga_rc ga_pairing_request(struct ga_pairing_request *request, const struct ga_bundle_sender *signer,
                              struct ga_str *out, struct ga_error *err)
{
    struct ga_str text;
    enum ga_rc rc = check_text(request->label, GA_SITE_LABEL_MAX, err);
    if (rc != GA_OK)
        return rc;
    start(&text, GA_PAIRING_REQUEST);
    ga_str_add_bytes(&text, request->invitation.bytes, GA_HASH_BYTES);
    ga_str_add_bytes(&text, request->site.bytes, sizeof(request->site.bytes));
    ga_str_add_bytes(&text, request->key.bytes, sizeof(request->key.bytes));
    ga_str_add_bytes(&text, request->seal.bytes, sizeof(request->seal.bytes));
    frame_put_text(&text, request->label);
    finish(&text, signer, out, &request->hash);
    return GA_OK;
}

enum ga_rc ga_pairing_answer(const struct ga_pairing_answer *answer, const struct ga_pairing_request *request,
                             const struct ga_bundle_sender *signer, const struct ga_random *random, struct ga_str *out,
                             struct ga_error *err)
{
    struct ga_str text;
    uint8_t once[GA_SEAL_PUBLIC_BYTES], closed[GA_SEAL_CLOSED_BYTES];
    enum ga_rc rc = check_text(answer->introduction.label, GA_SITE_LABEL_MAX, err);
    if (rc != GA_OK)
        return rc;
    if (!ga_seal_close(random, &request->seal, 1, answer->group_secret, once, closed))
        return ga_error_set(err, GA_REFUSED, "One of the keys that a bundle is closed for is no key");
    start(&text, GA_PAIRING_ANSWER);
    ga_str_add_bytes(&text, request->hash.bytes, GA_HASH_BYTES);
    ga_str_add_bytes(&text, once, sizeof(once));
    ga_str_add_bytes(&text, closed, sizeof(closed));
    ga_str_add_bytes(&text, answer->county.bytes, sizeof(answer->county.bytes));
    ga_str_add_bytes(&text, answer->recovery.bytes, sizeof(answer->recovery.bytes));
    frame_put_text(&text, answer->introduction.label);
    ga_str_add_bytes(&text, answer->introduction.signature.bytes, SIGNATURE_BYTES);
    finish(&text, signer, out, NULL);
    return GA_OK;
}

static enum ga_rc damaged(struct ga_error *err)
{
    return ga_error_set(err, GA_DAMAGED, "This file for joining a school was altered on its way, or cut off");
}

/* The body of a text of that kind, without its signature. */
static enum ga_rc open_text(const void *bytes, size_t len, enum ga_pairing_kind kind, struct ga_wire *ret_in,
                            struct ga_error *err)
{
    const uint8_t *at = bytes;
    if (ga_pairing_kind(bytes, len) != kind)
        return ga_error_set(err, GA_REFUSED, "This is not the file that was expected for joining a school");
    if (at[FORMAT_AT] > FORMAT)
        return ga_error_set(err, GA_REFUSED, "This file was written by a newer version of the program");
    if (at[FORMAT_AT] != FORMAT || len > GA_PAIRING_BYTES_MAX || len < BODY_AT + SIGNATURE_BYTES)
        return damaged(err);
    ga_wire_start(ret_in, at + BODY_AT, len - BODY_AT - SIGNATURE_BYTES);
    return GA_OK;
}

/* All of the body was read, the signature is this key's. */
static enum ga_rc close_text(const struct ga_wire *in, const void *bytes, size_t len, const struct ga_sign_public *key,
                             struct ga_hash *ret_hash, struct ga_error *err)
{
    struct ga_hash hash;
    struct ga_signature signature;
    if (in->is_bad || in->next != in->end)
        return damaged(err);
    ga_hash_bytes(PURPOSE, bytes, len - SIGNATURE_BYTES, &hash);
    memcpy(signature.bytes, in->end, SIGNATURE_BYTES);
    if (!ga_sign_is_valid(key, &hash, &signature))
        return damaged(err);
    if (ret_hash != NULL)
        ga_hash_bytes(PURPOSE, bytes, len, ret_hash);
    return GA_OK;
}

enum ga_rc ga_pairing_read_invitation(const void *bytes, size_t len, struct ga_pairing_invitation *ret_invitation,
                                      struct ga_error *err)
{
    struct ga_pairing_invitation invitation = {0};
    struct ga_wire in;
    enum ga_rc rc = open_text(bytes, len, GA_PAIRING_INVITATION, &in, err);
    if (rc != GA_OK)
        return rc;
    frame_take_bytes(&in, invitation.group.bytes, sizeof(invitation.group.bytes));
    frame_take_bytes(&in, invitation.site.bytes, sizeof(invitation.site.bytes));
    frame_take_bytes(&in, invitation.key.bytes, sizeof(invitation.key.bytes));
    frame_take_bytes(&in, invitation.recovery.bytes, sizeof(invitation.recovery.bytes));
    const uint64_t mark = ga_wire_varint(&in, MARK_GUEST);
    invitation.is_county = mark == MARK_COUNTY;
    invitation.is_guest = mark == MARK_GUEST;
    frame_take_text(&in, invitation.label, sizeof(invitation.label));
    frame_take_text(&in, invitation.school, sizeof(invitation.school));
    rc = close_text(&in, bytes, len, &invitation.key, &invitation.hash, err);
    if (rc == GA_OK)
        *ret_invitation = invitation;
    return rc;
}

enum ga_rc ga_pairing_read_request(const void *bytes, size_t len, const struct ga_pairing_invitation *invitation,
                                   struct ga_pairing_request *ret_request, struct ga_error *err)
{
    struct ga_pairing_request request = {0};
    struct ga_wire in;
    enum ga_rc rc = open_text(bytes, len, GA_PAIRING_REQUEST, &in, err);
    if (rc != GA_OK)
        return rc;
    frame_take_bytes(&in, request.invitation.bytes, GA_HASH_BYTES);
    frame_take_bytes(&in, request.site.bytes, sizeof(request.site.bytes));
    frame_take_bytes(&in, request.key.bytes, sizeof(request.key.bytes));
    frame_take_bytes(&in, request.seal.bytes, sizeof(request.seal.bytes));
    frame_take_text(&in, request.label, sizeof(request.label));
    rc = close_text(&in, bytes, len, &request.key, &request.hash, err);
    if (rc == GA_OK && !ga_hash_equal(&request.invitation, &invitation->hash))
        rc = ga_error_set(err, GA_DENIED, "This request answers another invitation than the one made here");
    if (rc == GA_OK)
        *ret_request = request;
    return rc;
}

/* The secret has to be that of the group which the invitation named. */
static bool open_secret(const uint8_t *once, const struct ga_seal_key *seal, const struct ga_pairing_invitation *invitation,
                        uint8_t ret_secret[GA_SEAL_SECRET_BYTES])
{
    struct ga_seal_key group;
    if (!ga_seal_open(seal, once, once + GA_SEAL_PUBLIC_BYTES, 1, ret_secret))
        return false;
    ga_seal_key_restore(ret_secret, &group);
    bool is_group = memcmp(&group.public_key, &invitation->group, sizeof(group.public_key)) == 0;
    ga_crypt_wipe(&group, sizeof(group));
    return is_group;
}

static void take_answer(struct ga_wire *in, struct ga_pairing_answer *answer)
{
    frame_take_bytes(in, answer->county.bytes, sizeof(answer->county.bytes));
    frame_take_bytes(in, answer->recovery.bytes, sizeof(answer->recovery.bytes));
    frame_take_text(in, answer->introduction.label, sizeof(answer->introduction.label));
    frame_take_bytes(in, answer->introduction.signature.bytes, SIGNATURE_BYTES);
}

enum ga_rc ga_pairing_read_answer(const void *bytes, size_t len, const struct ga_pairing_invitation *invitation,
                                  const struct ga_pairing_request *request, const struct ga_seal_key *seal,
                                  struct ga_pairing_answer *ret_answer, struct ga_error *err)
{
    struct ga_pairing_answer answer = {.introduction = {.id = request->site, .key = request->key,
                                           .by = GA_SITE_ENROLLED, .introducer = invitation->site}};
    struct ga_wire in;
    struct ga_hash answered;
    uint8_t sealed[GA_SEAL_PUBLIC_BYTES + GA_SEAL_CLOSED_BYTES];
    enum ga_rc rc = open_text(bytes, len, GA_PAIRING_ANSWER, &in, err);
    if (rc != GA_OK)
        return rc;
    frame_take_bytes(&in, answered.bytes, GA_HASH_BYTES);
    frame_take_bytes(&in, sealed, sizeof(sealed));
    take_answer(&in, &answer);
    rc = close_text(&in, bytes, len, &invitation->key, NULL, err);
    if (rc != GA_OK)
        return rc;
    if (!ga_hash_equal(&answered, &request->hash) || !open_secret(sealed, seal, invitation, answer.group_secret))
        return ga_error_set(err, GA_DENIED, "This answer is meant for another computer");
    *ret_answer = answer;
    ga_crypt_wipe(&answer, sizeof(answer));
    return GA_OK;
}

/* ---- enclosed ---- */

enum { ENCLOSED_BYTES = 1024, ENCLOSED_LEN_BYTES = 2,
       ENCLOSED_FILE_BYTES = BODY_AT + GA_SEAL_PUBLIC_BYTES + GA_SEAL_CLOSED_BYTES + ENCLOSED_BYTES + GA_BOX_TAG_BYTES };

enum ga_rc ga_pairing_enclose(const void *invitation, size_t len, const struct ga_seal_public *county,
                              const struct ga_random *random, struct ga_str *out, struct ga_error *err)
{
    uint8_t key[GA_SEAL_KEY_BYTES], once[GA_SEAL_PUBLIC_BYTES], closed[GA_SEAL_CLOSED_BYTES], tag[GA_BOX_TAG_BYTES];
    uint8_t plain[ENCLOSED_BYTES] = {(uint8_t)len, (uint8_t)(len >> 8)};
    struct ga_str text;
    if (len > sizeof(plain) - ENCLOSED_LEN_BYTES)
        return ga_error_set(err, GA_REFUSED, "This is not the file that was expected for joining a school");
    memcpy(plain + ENCLOSED_LEN_BYTES, invitation, len);
    random->fill(random->ctx, key, sizeof(key));
    const bool is_closed = ga_seal_close(random, county, 1, key, once, closed);
    ga_box_close(key, 0, plain, sizeof(plain), tag);
    ga_crypt_wipe(key, sizeof(key));
    if (!is_closed)
        return ga_error_set(err, GA_REFUSED, "One of the keys that a bundle is closed for is no key");
    start(&text, GA_PAIRING_ENCLOSED);
    ga_str_add_bytes(&text, once, sizeof(once));
    ga_str_add_bytes(&text, closed, sizeof(closed));
    ga_str_add_bytes(&text, plain, sizeof(plain));
    ga_str_add_bytes(&text, tag, sizeof(tag));
    ga_str_add_bytes(out, text.data, text.len);
    ga_str_finish(&text);
    return GA_OK;
}

enum ga_rc ga_pairing_disclose(const void *bytes, size_t len, const struct ga_seal_key *county, struct ga_str *out,
                               struct ga_error *err)
{
    const uint8_t *at = (const uint8_t *)bytes + BODY_AT;
    uint8_t key[GA_SEAL_KEY_BYTES], plain[ENCLOSED_BYTES];
    if (ga_pairing_kind(bytes, len) != GA_PAIRING_ENCLOSED)
        return ga_error_set(err, GA_REFUSED, "This is not the file that was expected for joining a school");
    if (((const uint8_t *)bytes)[FORMAT_AT] > FORMAT)
        return ga_error_set(err, GA_REFUSED, "This file was written by a newer version of the program");
    if (((const uint8_t *)bytes)[FORMAT_AT] != FORMAT || len != ENCLOSED_FILE_BYTES)
        return damaged(err);
    if (!ga_seal_open(county, at, at + GA_SEAL_PUBLIC_BYTES, 1, key))
        return ga_error_set(err, GA_DENIED, "This invitation is for another county");
    at += GA_SEAL_PUBLIC_BYTES + GA_SEAL_CLOSED_BYTES;
    memcpy(plain, at, sizeof(plain));
    const bool is_open = ga_box_open(key, 0, plain, sizeof(plain), at + sizeof(plain));
    const size_t inner = (size_t)plain[0] | (size_t)plain[1] << 8;
    ga_crypt_wipe(key, sizeof(key));
    if (!is_open || inner > sizeof(plain) - ENCLOSED_LEN_BYTES)
        return damaged(err);
    ga_str_add_bytes(out, plain + ENCLOSED_LEN_BYTES, inner);
    return GA_OK;
}

const char *ga_pairing_digits(const struct ga_hash *a, const struct ga_hash *b, char buf[GA_PAIRING_DIGITS_SIZE])
{
    enum { GROUPS = 6, GROUP_BYTES = 5 };
    bool is_first = ga_hash_compare(a, b) <= 0;
    struct ga_hash hash;
    ga_hash_node("guanai.digits", is_first ? a : b, is_first ? b : a, &hash);
    for (size_t i = 0; i < GROUPS; i++) {
        uint64_t number = 0;
        for (size_t k = 0; k < GROUP_BYTES; k++)
            number = number << 8 | hash.bytes[i * GROUP_BYTES + k];
        snprintf(buf + 6 * i, 7, "%05u%s", (unsigned)(number % 100000), i + 1 < GROUPS ? " " : "");
    }
    return buf;
}

/* The next digit of what somebody typed; 0 at the end, anything else as it is. */
static char next_digit(const char **at)
{
    while (**at == ' ' || **at == '-' || strncmp(*at, "\u3000", 3) == 0)
        *at += **at == ' ' || **at == '-' ? 1 : 3;
    const unsigned char *wide = (const unsigned char *)*at;
    if (wide[0] == 0xEF && wide[1] == 0xBC && wide[2] >= 0x90 && wide[2] <= 0x99) {
        *at += 3;
        return (char)('0' + (wide[2] - 0x90));
    }
    char c = **at;
    *at += c != '\0';
    return c;
}

bool ga_pairing_digits_equal(const char *digits, const char *typed)
{
    char wanted, got;
    do {
        wanted = next_digit(&digits);
        got = next_digit(&typed);
    } while (wanted == got && wanted != '\0');
    return wanted == got;
}
