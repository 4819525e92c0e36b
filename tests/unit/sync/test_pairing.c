/* A new computer joins by three small files and thirty digits: what sync/pairing.h promises. */
#include "memory_file.h"

#include "guanai/crypt/secret.h"
#include "guanai/sync/pairing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The central school, the teaching point that joins, their files. */
struct pair {
    struct memory_site central, point;
    struct ga_seal_key group, seal, county;
    struct ga_pairing_invitation invitation;
    struct ga_pairing_request request;
    struct ga_pairing_answer answer;
    struct ga_str invited, requested, answered;
};

static void make_texts(struct pair *pair)
{
    struct ga_bundle_sender central = memory_sender(&pair->central), point = memory_sender(&pair->point);
    assert_int_equal(ga_pairing_invite(&pair->invitation, &central, &pair->invited, NULL), GA_OK);
    pair->request.invitation = pair->invitation.hash;
    assert_int_equal(ga_pairing_request(&pair->request, &point, &pair->requested, NULL), GA_OK);
    assert_int_equal(ga_pairing_answer(&pair->answer, &pair->request, &central, ga_crypt_random(), &pair->answered, NULL),
                     GA_OK);
}

static void make_pair(struct pair *pair)
{
    *pair = (struct pair){0};
    memory_site_make(&pair->central, 1);
    memory_site_make(&pair->point, 2);
    ga_seal_key_make(ga_crypt_random(), &pair->group);
    ga_seal_key_make(ga_crypt_random(), &pair->seal);
    ga_seal_key_make(ga_crypt_random(), &pair->county);
    pair->invitation = (struct ga_pairing_invitation){.group = pair->group.public_key, .site = pair->central.id,
        .key = pair->central.key.public_key, .label = "中心校", .school = "青山乡中心小学"};
    pair->request = (struct ga_pairing_request){.site = pair->point.id, .key = pair->point.key.public_key,
        .seal = pair->seal.public_key, .label = "石桥教学点"};
    memcpy(pair->answer.group_secret, pair->group.secret, sizeof(pair->group.secret));
    pair->answer.county = pair->county.public_key;
    snprintf(pair->answer.introduction.label, sizeof(pair->answer.introduction.label), "石桥");
    memset(pair->answer.introduction.signature.bytes, 7, sizeof(pair->answer.introduction.signature.bytes));
    make_texts(pair);
}

static void free_pair(struct pair *pair)
{
    ga_str_finish(&pair->invited);
    ga_str_finish(&pair->requested);
    ga_str_finish(&pair->answered);
}

static enum ga_rc read_invitation(const struct pair *pair, struct ga_pairing_invitation *ret)
{
    return ga_pairing_read_invitation(pair->invited.data, pair->invited.len, ret, NULL);
}

static enum ga_rc read_request(const struct pair *pair, struct ga_pairing_request *ret)
{
    return ga_pairing_read_request(pair->requested.data, pair->requested.len, &pair->invitation, ret, NULL);
}

static enum ga_rc read_answer(const struct pair *pair, struct ga_pairing_answer *ret)
{
    return ga_pairing_read_answer(pair->answered.data, pair->answered.len, &pair->invitation, &pair->request,
                                  &pair->seal, ret, NULL);
}

static void what_was_written_is_read(void **state)
{
    (void)state;
    struct pair pair;
    struct ga_pairing_invitation invitation;
    struct ga_pairing_request request;
    struct ga_pairing_answer answer;
    make_pair(&pair);
    assert_int_equal(read_invitation(&pair, &invitation), GA_OK);
    assert_string_equal(invitation.school, "青山乡中心小学");
    assert_string_equal(invitation.label, "中心校");
    assert_memory_equal(&invitation.group, &pair.group.public_key, 32);
    assert_true(ga_hash_equal(&invitation.hash, &pair.invitation.hash));
    assert_int_equal(read_request(&pair, &request), GA_OK);
    assert_string_equal(request.label, "石桥教学点");
    assert_memory_equal(&request.seal, &pair.seal.public_key, 32);
    assert_true(ga_hash_equal(&request.hash, &pair.request.hash));
    assert_int_equal(read_answer(&pair, &answer), GA_OK);
    assert_memory_equal(answer.group_secret, pair.group.secret, 32);
    assert_memory_equal(&answer.county, &pair.county.public_key, 32);
    assert_memory_equal(&answer.recovery, &(struct ga_seal_public){{0}}, 32);
    assert_memory_equal(&answer.introduction.id, &pair.point.id, 16);
    assert_memory_equal(&answer.introduction.introducer, &pair.central.id, 16);
    assert_int_equal(answer.introduction.by, GA_SITE_ENROLLED);
    assert_string_equal(answer.introduction.label, "石桥");
    assert_int_equal(answer.introduction.signature.bytes[63], 7);
    assert_int_equal(ga_pairing_kind(pair.answered.data, pair.answered.len), GA_PAIRING_ANSWER);
    assert_int_equal(ga_pairing_kind("期末安排", 12), GA_PAIRING_NONE);
    free_pair(&pair);
}

/* Each of the three with one thing done to it. */
static void every_changed_bit_and_every_cut_is_refused(void **state)
{
    (void)state;
    struct pair pair;
    struct ga_pairing_invitation invitation;
    struct ga_pairing_request request;
    struct ga_pairing_answer answer;
    make_pair(&pair);
    struct ga_str *texts[] = {&pair.invited, &pair.requested, &pair.answered};
    for (size_t i = 0; i < 3; i++) {
        size_t whole = texts[i]->len;
        assert_true(whole <= GA_PAIRING_BYTES_MAX);
        for (size_t bit = 0; bit < 8 * whole; bit++) {
            texts[i]->data[bit / 8] ^= (char)(1 << bit % 8);
            assert_false(read_invitation(&pair, &invitation) == GA_OK && read_request(&pair, &request) == GA_OK &&
                         read_answer(&pair, &answer) == GA_OK);
            texts[i]->data[bit / 8] ^= (char)(1 << bit % 8);
        }
        for (size_t len = 0; len <= whole + 1; len++) {
            texts[i]->len = len;
            bool is_read = read_invitation(&pair, &invitation) == GA_OK && read_request(&pair, &request) == GA_OK &&
                           read_answer(&pair, &answer) == GA_OK;
            assert_int_equal(is_read, len == whole);
        }
        texts[i]->len = whole;
    }
    free_pair(&pair);
}

static void another_computers_files_are_told_apart(void **state)
{
    (void)state;
    struct pair pair, other;
    struct ga_pairing_request request;
    struct ga_pairing_answer answer;
    make_pair(&pair);
    make_pair(&other);
    assert_int_equal(ga_pairing_read_request(pair.requested.data, pair.requested.len, &other.invitation, &request, NULL),
                     GA_DENIED);
    assert_int_equal(ga_pairing_read_answer(pair.answered.data, pair.answered.len, &pair.invitation, &other.request,
                                            &other.seal, &answer, NULL), GA_DENIED);
    assert_int_equal(ga_pairing_read_answer(pair.answered.data, pair.answered.len, &pair.invitation, &pair.request,
                                            &other.seal, &answer, NULL), GA_DENIED);
    assert_int_equal(ga_pairing_read_answer(pair.answered.data, pair.answered.len, &pair.invitation, &other.request,
                                            &pair.seal, &answer, NULL), GA_DENIED); /* it opens, and answers another request */
    other.invitation.key = pair.point.key.public_key; /* not the one that invited */
    assert_int_equal(ga_pairing_read_answer(pair.answered.data, pair.answered.len, &other.invitation, &pair.request,
                                            &pair.seal, &answer, NULL), GA_DAMAGED);
    assert_int_equal(ga_pairing_read_request(pair.invited.data, pair.invited.len, &pair.invitation, &request, NULL),
                     GA_REFUSED);
    free_pair(&pair);
    free_pair(&other);
}

/* A secret that is not the invited group's would split the school without anybody noticing. */
static void another_groups_secret_is_not_taken(void **state)
{
    (void)state;
    struct pair pair;
    struct ga_pairing_answer answer;
    make_pair(&pair);
    struct ga_bundle_sender central = memory_sender(&pair.central);
    pair.answer.group_secret[5] ^= 1;
    ga_str_clear(&pair.answered);
    assert_int_equal(ga_pairing_answer(&pair.answer, &pair.request, &central, ga_crypt_random(), &pair.answered, NULL),
                     GA_OK);
    assert_int_equal(read_answer(&pair, &answer), GA_DENIED);
    free_pair(&pair);
}

static void both_sides_show_the_same_digits(void **state)
{
    (void)state;
    struct pair pair;
    char here[GA_PAIRING_DIGITS_SIZE], there[GA_PAIRING_DIGITS_SIZE];
    make_pair(&pair);
    ga_pairing_digits(&pair.invitation.hash, &pair.request.hash, here);
    ga_pairing_digits(&pair.request.hash, &pair.invitation.hash, there);
    assert_string_equal(here, there);
    assert_int_equal(strlen(here), 35);
    for (size_t i = 0; i < 35; i++)
        assert_true(i % 6 == 5 ? here[i] == ' ' : here[i] >= '0' && here[i] <= '9');
    pair.request.key.bytes[0] ^= 1; /* somebody puts in a key of their own: other digits */
    ga_str_clear(&pair.requested);
    struct ga_bundle_sender point = memory_sender(&pair.point);
    assert_int_equal(ga_pairing_request(&pair.request, &point, &pair.requested, NULL), GA_OK);
    assert_string_not_equal(ga_pairing_digits(&pair.invitation.hash, &pair.request.hash, there), here);
    free_pair(&pair);
}

/* Made by hand: hashlib.blake2b in Python, over 32 bytes 1 and 32 bytes 2. */
static void digits_follow_from_the_hashes_as_written_down(void **state)
{
    (void)state;
    struct ga_hash a, b;
    char digits[GA_PAIRING_DIGITS_SIZE];
    memset(&a, 1, sizeof(a));
    memset(&b, 2, sizeof(b));
    assert_string_equal(ga_pairing_digits(&a, &b, digits), "47190 87652 76314 33876 16673 09827");
}

static void typed_digits_are_compared_as_people_type_them(void **state)
{
    (void)state;
    static const char DIGITS[] = "01234 56789 01234 56789 01234 56789";
    assert_true(ga_pairing_digits_equal(DIGITS, "012345678901234567890123456789"));
    assert_true(ga_pairing_digits_equal(DIGITS, " 01234-56789 01234　56789 01234 ５６７８９ "));
    assert_false(ga_pairing_digits_equal(DIGITS, "01234567890123456789012345678"));
    assert_false(ga_pairing_digits_equal(DIGITS, "0123456789012345678901234567890"));
    assert_false(ga_pairing_digits_equal(DIGITS, "012345678901234567890123456788"));
    assert_false(ga_pairing_digits_equal(DIGITS, ""));
}

static void a_name_too_long_is_refused(void **state)
{
    (void)state;
    struct pair pair;
    make_pair(&pair);
    struct ga_bundle_sender central = memory_sender(&pair.central);
    size_t before = pair.invited.len;
    memset(pair.invitation.label, 'x', GA_SITE_LABEL_MAX);
    assert_int_equal(ga_pairing_invite(&pair.invitation, &central, &pair.invited, NULL), GA_OK);
    pair.invited.len = before;
    memcpy(pair.invitation.label, "\xff", 2);
    assert_int_equal(ga_pairing_invite(&pair.invitation, &central, &pair.invited, NULL), GA_REFUSED);
    assert_int_equal(pair.invited.len, before);
    free_pair(&pair);
}

/* As it lies on a stick that goes on to other schools. */
static void an_enclosed_invitation_is_read_by_its_county_alone(void **state)
{
    (void)state;
    struct pair pair;
    struct ga_str enclosed = {0}, again = {0}, inner = {0};
    struct ga_pairing_invitation found;
    make_pair(&pair);
    assert_int_equal(ga_pairing_enclose(pair.invited.data, pair.invited.len, &pair.county.public_key, ga_crypt_random(), &enclosed, NULL), GA_OK);
    assert_int_equal(ga_pairing_enclose(pair.invited.data, pair.invited.len / 2, &pair.county.public_key, ga_crypt_random(), &again, NULL), GA_OK);
    assert_int_equal(enclosed.len, again.len); /* nor does its length tell anything */
    assert_true(enclosed.len <= GA_PAIRING_BYTES_MAX);
    assert_int_equal(ga_pairing_kind(enclosed.data, enclosed.len), GA_PAIRING_ENCLOSED);
    assert_null(memmem(enclosed.data, enclosed.len, "青山", strlen("青山")));
    assert_int_equal(ga_pairing_disclose(enclosed.data, enclosed.len, &pair.seal, &inner, NULL), GA_DENIED);
    assert_int_equal(inner.len, 0);
    assert_int_equal(ga_pairing_disclose(enclosed.data, enclosed.len, &pair.county, &inner, NULL), GA_OK);
    assert_int_equal(ga_pairing_read_invitation(inner.data, inner.len, &found, NULL), GA_OK);
    assert_true(ga_hash_equal(&found.hash, &pair.invitation.hash));
    ga_str_finish(&inner);
    ga_str_finish(&again);
    ga_str_finish(&enclosed);
    free_pair(&pair);
}

static void an_enclosed_invitation_with_any_byte_altered_or_missing_is_refused(void **state)
{
    (void)state;
    struct pair pair;
    struct ga_str enclosed = {0}, inner = {0};
    make_pair(&pair);
    assert_int_equal(ga_pairing_enclose(pair.invited.data, pair.invited.len, &pair.county.public_key, ga_crypt_random(), &enclosed, NULL), GA_OK);
    for (size_t i = 0; i < enclosed.len; i++) {
        enclosed.data[i] ^= 1;
        assert_int_not_equal(ga_pairing_disclose(enclosed.data, enclosed.len, &pair.county, &inner, NULL), GA_OK);
        enclosed.data[i] ^= 1;
        assert_int_not_equal(ga_pairing_disclose(enclosed.data, i, &pair.county, &inner, NULL), GA_OK);
    }
    assert_int_equal(inner.len, 0);
    ga_str_finish(&enclosed);
    free_pair(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(every_changed_bit_and_every_cut_is_refused),
        cmocka_unit_test(another_computers_files_are_told_apart),
        cmocka_unit_test(another_groups_secret_is_not_taken),
        cmocka_unit_test(both_sides_show_the_same_digits),
        cmocka_unit_test(digits_follow_from_the_hashes_as_written_down),
        cmocka_unit_test(typed_digits_are_compared_as_people_type_them),
        cmocka_unit_test(a_name_too_long_is_refused),
        cmocka_unit_test(an_enclosed_invitation_is_read_by_its_county_alone),
        cmocka_unit_test(an_enclosed_invitation_with_any_byte_altered_or_missing_is_refused),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
