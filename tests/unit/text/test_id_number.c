/* What ID numbers tell, which are refused, what would mend them: text/id_number.h, text/region.h. */
#include "guanai/text/id_number.h"
#include "guanai/text/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct ga_date today = {2026, 11, 22}; /* a Sunday */

static enum ga_rc parse(const char *typed, struct ga_id_number *number, struct ga_message *warning,
                        struct ga_error *err)
{
    return ga_id_number_parse(typed, today, NULL, number, warning, err);
}

/* The n-th of a long row of right numbers, spread over regions and days. */
static void make_number(unsigned n, char text[GA_ID_NUMBER_SIZE])
{
    static const char *const regions[] = {"530326", "110105", "522401", "360722", "650103"};
    const struct ga_date birth = ga_date_from_days(-25000 + (int32_t)(n * 7919u % 45000u));
    snprintf(text, GA_ID_NUMBER_SIZE, "%s%04d%02d%02d%03u", regions[n % 5], birth.year, birth.month,
             birth.day, n % 1000);
    text[17] = ga_id_number_check_digit(text);
    text[18] = '\0';
}

static void a_right_number_tells_birth_sex_and_region(void **state)
{
    (void)state;
    struct ga_id_number number;
    struct ga_message warning;
    const char *spellings[] = {"11010519491231002X",
                               "11010519491231002x",
                               " 110105 19491231 002x ",
                               "110105-19491231-002X",
                               "１１０１０５１９４９１２３１００２Ｘ",
                               "'11010519491231002X",
                               ("\xE3\x80\x80"
                                "11010519491231002X")};
    for (size_t i = 0; i < COUNT(spellings); i++) {
        assert_int_equal(parse(spellings[i], &number, &warning, NULL), GA_OK);
        assert_string_equal(number.text, "11010519491231002X");
    }
    assert_null(warning.id);
    assert_string_equal(GA_DATE_ISO(number.birth), "1949-12-31");
    assert_int_equal(number.sex, GA_SEX_FEMALE);
    assert_string_equal(number.region, "110105");
}

static void an_impossible_date_is_refused_even_with_a_right_check_digit(void **state)
{
    (void)state;
    struct ga_id_number number = {.text = "kept"};
    struct ga_error err = {0};
    assert_int_equal(parse("999999201402290012", &number, NULL, &err), GA_REFUSED);
    assert_string_equal(err.what.id, "The birth date in the ID number does not exist: %1");
    assert_string_equal(ga_message_arg(&err.what, 0), "2014-02-29");
    assert_string_equal(number.text, "kept");
}

static void a_birth_after_today_or_long_ago_is_refused(void **state)
{
    (void)state;
    struct ga_id_number number;
    char text[GA_ID_NUMBER_SIZE] = "11010520261123001";
    text[17] = ga_id_number_check_digit(text);
    assert_int_equal(parse(text, &number, NULL, NULL), GA_REFUSED);
    memcpy(text, "11010520261122001", 17);
    text[17] = ga_id_number_check_digit(text);
    assert_int_equal(parse(text, &number, NULL, NULL), GA_OK);
    memcpy(text, "11010518791231001", 17);
    text[17] = ga_id_number_check_digit(text);
    assert_int_equal(parse(text, &number, NULL, NULL), GA_REFUSED);
}

static void an_old_number_of_15_digits_is_taken_with_a_warning(void **state)
{
    (void)state;
    struct ga_id_number number;
    struct ga_message warning;
    assert_int_equal(parse("110105491231002", &number, &warning, NULL), GA_OK);
    assert_string_equal(number.text, "110105491231002");
    assert_string_equal(number.text18, "11010519491231002X");
    assert_string_equal(ga_message_arg(&warning, 0), "11010519491231002X");
}

static void what_is_no_id_number_is_refused_with_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *what;
    } cases[] = {
        {"", "An ID number has 18 digits, this has %1"},
        {"1101051949123100", "An ID number has 18 digits, this has %1"},
        {"110105201912310", "An ID number has 18 digits, this has %1"}, /* three are still to come */
        {"110105194912310", "An ID number has 18 digits, this has %1"},
        {"110105201213100", "An ID number has 18 digits, this has %1"},
        {"11010519491231002XX", "This does not belong into an ID number: %1"},
        {"1101051949123100O2", "This does not belong into an ID number: %1"},
        {"X10105194912310021", "This does not belong into an ID number: %1"},
        {"1.10105E+17", "The spreadsheet has lost the last digits of this number"},
        {"110105194912310000", "The ID number is wrong: its check digit does not fit"},
        {"身份证", "This does not belong into an ID number: %1"},
        {"\xFF", "This text cannot be read: it is not UTF-8"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ga_id_number number;
        struct ga_error err = {0};
        assert_int_equal(parse(cases[i].typed, &number, NULL, &err), GA_REFUSED);
        assert_string_equal(err.what.id, cases[i].what);
        assert_non_null(err.hint.id == NULL ? NULL : err.hint.id);
        assert_string_not_equal(ga_tr(GA_ZH, err.what.id), err.what.id);
        assert_string_not_equal(ga_tr(GA_ZH, err.hint.id), err.hint.id);
    }
}

static void the_last_digit_is_the_first_advice(void **state)
{
    (void)state;
    struct ga_id_number number;
    struct ga_error err = {0};
    assert_int_equal(parse("110105194912310021", &number, NULL, &err), GA_REFUSED);
    assert_true(strncmp(err.hint.id, "The last digit should be %1", 27) == 0);
    assert_string_equal(ga_message_arg(&err.hint, 0), "X");
}

static bool is_offered(const char *wrong, const char *right, const struct ga_id_facts *known, bool as_first)
{
    struct ga_id_mend mends[GA_ID_MENDS_MAX];
    const size_t count = ga_id_number_mends(wrong, today, known, mends);
    for (size_t i = 0; i < count; i++)
        if (strcmp(mends[i].text, right) == 0)
            return !as_first || mends[i].agrees;
    return false;
}

static void check_error(const char *wrong, const char *right)
{
    struct ga_id_number number;
    if (strcmp(wrong, right) == 0)
        return;
    if (parse(wrong, &number, NULL, NULL) != GA_REFUSED)
        fail_msg("%s was taken for %s", wrong, right);
    if (strspn(wrong, "0123456789") >= 17 && !is_offered(wrong, right, NULL, false))
        fail_msg("%s is not offered for %s", right, wrong);
}

static void every_single_error_and_swap_is_found_and_its_mend_offered(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 60; n++) {
        char right[GA_ID_NUMBER_SIZE], wrong[GA_ID_NUMBER_SIZE];
        struct ga_id_number number;
        make_number(n, right);
        assert_int_equal(parse(right, &number, NULL, NULL), GA_OK);
        for (size_t at = 0; at < 18; at++) {
            memcpy(wrong, right, sizeof(wrong));
            for (const char *digit = "0123456789X"; digit[at < 17 ? 1 : 0] != '\0'; digit++) {
                wrong[at] = *digit;
                check_error(wrong, right);
            }
            memcpy(wrong, right, sizeof(wrong));
            if (at < 17) {
                wrong[at] = right[at + 1];
                wrong[at + 1] = right[at];
                check_error(wrong, right);
            }
        }
    }
}

static void mends_that_agree_with_what_is_known_come_first(void **state)
{
    (void)state;
    struct ga_id_mend mends[GA_ID_MENDS_MAX];
    const struct ga_id_facts known = {.birth = {1949, 12, 31}, .sex = GA_SEX_FEMALE};
    const size_t count = ga_id_number_mends("11010519491231020X", today, &known, mends);
    assert_true(count > 1);
    assert_true(mends[0].agrees);
    bool still_agrees = true;
    for (size_t i = 0; i < count; i++) {
        assert_true(still_agrees || !mends[i].agrees);
        still_agrees = mends[i].agrees;
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(mends[i].text, mends[j].text);
    }
    assert_true(is_offered("11010519491231020X", "11010519491231002X", &known, true));
}

static void regions_have_names_by_their_longest_known_prefix(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"530326", "云南省曲靖市"},
                                           {"532233", "云南省曲靖地区"},
                                           {"110105", "北京市"},
                                           {"429004", "湖北省"},
                                           {"654326", "新疆维吾尔自治区阿勒泰地区"},
                                           {"83", "台湾省"},
                                           {"130102", "河北省石家庄市"}};
    char name[80];
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(ga_region_name(cases[i][0], name, sizeof(name)), cases[i][1]);
    assert_null(ga_region_name("999999", name, sizeof(name)));
    assert_null(ga_region_name("", name, sizeof(name)));
    assert_false(ga_region_is_province("5"));
    struct ga_id_number number;
    struct ga_message warning;
    char text[GA_ID_NUMBER_SIZE] = "99999920140228001";
    text[17] = ga_id_number_check_digit(text);
    assert_int_equal(parse(text, &number, &warning, NULL), GA_OK);
    assert_string_equal(ga_message_arg(&warning, 0), "99");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_number_tells_birth_sex_and_region),
        cmocka_unit_test(an_impossible_date_is_refused_even_with_a_right_check_digit),
        cmocka_unit_test(a_birth_after_today_or_long_ago_is_refused),
        cmocka_unit_test(an_old_number_of_15_digits_is_taken_with_a_warning),
        cmocka_unit_test(what_is_no_id_number_is_refused_with_its_reason),
        cmocka_unit_test(the_last_digit_is_the_first_advice),
        cmocka_unit_test(every_single_error_and_swap_is_found_and_its_mend_offered),
        cmocka_unit_test(mends_that_agree_with_what_is_known_come_first),
        cmocka_unit_test(regions_have_names_by_their_longest_known_prefix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
