/* Citizen identity numbers of GB 11643-1999. */
#include "guanai/text/id_number.h"

#include "guanai/base/num.h"
#include "guanai/text/region.h"
#include "guanai/text/typed.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS = 18, OLD_DIGITS = 15, BIRTH_AT = 6, SEX_AT = 16, CHECK_AT = 17 };

/* 2^(17-i) mod 11 (ISO 7064 MOD 11-2). */
static const unsigned char weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

char ga_id_number_check_digit(const char *digits17)
{
    unsigned sum = 0;
    for (size_t i = 0; i < CHECK_AT; i++)
        sum += weights[i] * (unsigned)(digits17[i] - '0');
    return "10X98765432"[sum % 11];
}

static bool has_number_shape(const char *text18)
{
    return strspn(text18, "0123456789") >= CHECK_AT && strlen(text18) == DIGITS &&
           strchr("0123456789X", text18[CHECK_AT]) != NULL;
}

static int digits_value(const char *digits, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* May be no date at all; ga_date_exists tells. */
static struct ga_date birth_of(const char *text18)
{
    return (struct ga_date){.year = (int16_t)digits_value(text18 + BIRTH_AT, 4),
                            .month = (int8_t)digits_value(text18 + BIRTH_AT + 4, 2),
                            .day = (int8_t)digits_value(text18 + BIRTH_AT + 6, 2)};
}

static enum ga_sex sex_of(const char *text18)
{
    return (text18[SEX_AT] - '0') % 2 == 1 ? GA_SEX_MALE : GA_SEX_FEMALE;
}

static bool is_birth_possible(struct ga_date birth, struct ga_date today)
{
    return ga_date_is_day(birth) && ga_date_compare(birth, today) <= 0;
}

static bool contradicts_birth(struct ga_date birth, struct ga_date known)
{
    return (known.year != 0 && birth.year != known.year) ||
           (known.month != 0 && birth.month != known.month) || (known.day != 0 && birth.day != known.day);
}

static bool agrees_with(const char *text18, const struct ga_id_facts *known)
{
    if (known == NULL)
        return true;
    return !contradicts_birth(birth_of(text18), known->birth) &&
           (known->sex == GA_SEX_UNKNOWN || known->sex == sex_of(text18));
}

static bool is_right(const char *text18, struct ga_date today)
{
    return has_number_shape(text18) && ga_id_number_check_digit(text18) == text18[CHECK_AT] &&
           is_birth_possible(birth_of(text18), today);
}

/* Mends found so far, with what they are judged by. */
struct mend_list {
    struct ga_id_mend *mends;
    size_t count;
    struct ga_date today;
    const struct ga_id_facts *known;
};

static void offer_mend(struct mend_list *list, const char *text18, size_t at, bool is_swap)
{
    if (list->count == GA_ID_MENDS_MAX || !is_right(text18, list->today))
        return;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->mends[i].text, text18) == 0)
            return;
    struct ga_id_mend *mend = &list->mends[list->count++];
    memcpy(mend->text, text18, GA_ID_NUMBER_SIZE);
    mend->at = (unsigned char)at;
    mend->is_swap = is_swap;
    mend->agrees = agrees_with(text18, list->known);
}

static void offer_digits(struct mend_list *list, const char *wrong, size_t at)
{
    char text[GA_ID_NUMBER_SIZE];
    memcpy(text, wrong, sizeof(text));
    for (const char *digit = "0123456789X"; *digit != '\0'; digit++) {
        text[at] = *digit;
        offer_mend(list, text, at, false);
    }
}

static void offer_swap(struct mend_list *list, const char *wrong, size_t at)
{
    char text[GA_ID_NUMBER_SIZE];
    memcpy(text, wrong, sizeof(text));
    text[at] = wrong[at + 1];
    text[at + 1] = wrong[at];
    offer_mend(list, text, at, true);
}

/* Those that agree come first, then those of a province there is; within both as they were found. */
static int mend_rank(const struct ga_id_mend *mend)
{
    return (mend->agrees ? 0 : 2) + (ga_region_is_province(mend->text) ? 0 : 1);
}

static void sort_mends(struct mend_list *list)
{
    struct ga_id_mend sorted[GA_ID_MENDS_MAX];
    size_t count = 0;
    for (int rank = 0; rank <= 3; rank++)
        for (size_t i = 0; i < list->count; i++)
            if (mend_rank(&list->mends[i]) == rank)
                sorted[count++] = list->mends[i];
    memcpy(list->mends, sorted, count * sizeof(*sorted));
}

size_t ga_id_number_mends(const char *text18, struct ga_date today, const struct ga_id_facts *known,
                          struct ga_id_mend *ret_mends)
{
    struct mend_list list = {.mends = ret_mends, .today = today, .known = known};
    if (!has_number_shape(text18) || ga_id_number_check_digit(text18) == text18[CHECK_AT])
        return 0;
    offer_digits(&list, text18, CHECK_AT);
    for (size_t at = 0; at < CHECK_AT; at++)
        offer_swap(&list, text18, at);
    for (size_t at = 0; at < CHECK_AT; at++)
        offer_digits(&list, text18, at);
    sort_mends(&list);
    return list.count;
}

/* "530113[51]…": the changed place in brackets. */
static void add_mend(char *buf, size_t size, const struct ga_id_mend *mend)
{
    const size_t used = strlen(buf);
    const int width = mend->is_swap ? 2 : 1;
    snprintf(buf + used, size - used, "%s%.*s[%.*s]%s", used > 0 ? ", " : "", mend->at, mend->text, width,
             mend->text + mend->at, mend->text + mend->at + width);
}

static void hint_at_mends(const char *text18, struct ga_date today, const struct ga_id_facts *known,
                          struct ga_error *err)
{
    struct ga_id_mend mends[GA_ID_MENDS_MAX];
    const size_t count = ga_id_number_mends(text18, today, known, mends);
    char names[GA_ID_MENDS_NAMED * 26] = "";
    const bool is_last_digit = count > 0 && mends[0].at == CHECK_AT && !mends[0].is_swap;
    for (size_t i = is_last_digit ? 1 : 0; i < count && i < GA_ID_MENDS_NAMED; i++)
        add_mend(names, sizeof(names), &mends[i]);
    if (count == 0)
        ga_error_hint(err, "Compare it with the household register: more than one digit is wrong.");
    else if (!is_last_digit)
        ga_error_hint(err, "Look at the number in brackets; it may be: %1", names);
    else if (names[0] == '\0')
        ga_error_hint(err, "The last digit should be %1.", (char[]){mends[0].text[CHECK_AT], '\0'});
    else
        ga_error_hint(err, "The last digit should be %1; or look at the number in brackets: %2",
                      (char[]){mends[0].text[CHECK_AT], '\0'}, names);
}

static enum ga_rc refuse_check_digit(const char *text18, struct ga_date today,
                                     const struct ga_id_facts *known, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "The ID number is wrong: its check digit does not fit");
    if (strcmp(text18 + DIGITS - 3, "000") == 0)
        ga_error_hint(err,
                      "A spreadsheet has rounded its last digits to 000: type it again from the paper.");
    else
        hint_at_mends(text18, today, known, err);
    return GA_REFUSED;
}

static enum ga_rc refuse_birth(struct ga_date birth, struct ga_error *err)
{
    char shown[GA_DATE_SIZE];
    snprintf(shown, sizeof(shown), "%04d-%02d-%02d", birth.year, birth.month, birth.day);
    if (ga_date_is_day(birth))
        ga_error_set(err, GA_REFUSED, "The birth date in the ID number, %1, is after today", shown);
    else if (birth.year < GA_DATE_YEAR_MIN || birth.year > GA_DATE_YEAR_MAX)
        ga_error_set(err, GA_REFUSED, "The birth date in the ID number, %1, cannot be right", shown);
    else
        ga_error_set(err, GA_REFUSED, "The birth date in the ID number does not exist: %1", shown);
    ga_error_hint(err, "Look at digits 7 to 14 again.");
    return GA_REFUSED;
}

static enum ga_rc refuse_length(size_t digits, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "An ID number has 18 digits, this has %1", GA_NUM(digits));
    if (digits == DIGITS - 1)
        ga_error_hint(err, "One digit is missing.");
    else if (digits == DIGITS + 1)
        ga_error_hint(err, "There is one digit too many.");
    else
        ga_error_hint(err, "Compare it with the household register.");
    return GA_REFUSED;
}

static enum ga_rc refuse_letters(const struct ga_typed *typed, struct ga_error *err)
{
    struct ga_typed odd = {.count = 0};
    for (size_t i = 0; i < typed->count && odd.count == 0; i++)
        if (typed->cp[i] < '0' || typed->cp[i] > '9')
            odd.cp[odd.count++] = typed->cp[i];
    char shown[8];
    ga_error_set(err, GA_REFUSED, "This does not belong into an ID number: %1",
                 ga_typed_text(&odd, shown, sizeof(shown)));
    if (strpbrk(shown, "OoIl") != NULL)
        ga_error_hint(err, "Write the digits 0 and 1, not the letters O and l.");
    else
        ga_error_hint(err, "Only digits, and X in the last place.");
    return GA_REFUSED;
}

/* 1.10105E+17, 5.30113201409151E+17 */
static bool is_scientific(const struct ga_typed *typed)
{
    for (size_t i = 1; i + 1 < typed->count; i++)
        if ((typed->cp[i] == 'E' || typed->cp[i] == 'e') &&
            (typed->cp[i + 1] == '+' || typed->cp[1] == '.'))
            return true;
    return false;
}

/* Eighteen characters as they should be: nearly every cell of a roster. */
static bool is_plain_number(const char *text)
{
    const size_t digits = strspn(text, "0123456789");
    return (digits == DIGITS && text[DIGITS] == '\0') ||
           (digits == CHECK_AT && text[CHECK_AT] == 'X' && text[DIGITS] == '\0');
}

static enum ga_rc clean_number(const char *typed_text, char text[GA_ID_NUMBER_SIZE], struct ga_error *err)
{
    struct ga_typed typed;
    if (is_plain_number(typed_text)) {
        memcpy(text, typed_text, GA_ID_NUMBER_SIZE);
        return GA_OK;
    }
    const enum ga_rc rc = ga_typed_read_folded(typed_text, &typed, err);
    if (rc != GA_OK)
        return rc;
    if (is_scientific(&typed)) {
        ga_error_set(err, GA_REFUSED, "The spreadsheet has lost the last digits of this number");
        ga_error_hint(err, "Make the column text in the spreadsheet, then type the number again.");
        return GA_REFUSED;
    }
    ga_typed_drop(&typed, " -.'");
    size_t digits = 0;
    while (typed.cp[digits] >= '0' && typed.cp[digits] <= '9')
        digits++;
    const bool has_x = typed.cp[digits] == 'x' || typed.cp[digits] == 'X' || typed.cp[digits] == 0xD7;
    if (digits + (has_x ? 1 : 0) < typed.count)
        return refuse_letters(&typed, err);
    if (typed.count != DIGITS && (typed.count != OLD_DIGITS || has_x))
        return refuse_length(typed.count, err);
    if (has_x)
        typed.cp[digits] = 'X';
    ga_typed_text(&typed, text, GA_ID_NUMBER_SIZE);
    return GA_OK;
}

static void lengthen_number(const char *text, char text18[GA_ID_NUMBER_SIZE])
{
    memcpy(text18, text, GA_ID_NUMBER_SIZE);
    if (strlen(text) != OLD_DIGITS)
        return;
    snprintf(text18, GA_ID_NUMBER_SIZE, "%.6s19%.9s", text, text + BIRTH_AT);
    text18[CHECK_AT] = ga_id_number_check_digit(text18);
    text18[DIGITS] = '\0';
}

/*
 * The first fifteen digits of a new number have 19 or 20 where an old one has its year: born in 1919 or 1920,
 * older than anybody whose number is asked for.
 */
static bool is_cut_short(const struct ga_id_number *number, struct ga_date today)
{
    if (strlen(number->text) != OLD_DIGITS)
        return false;
    const struct ga_date birth = birth_of(number->text18);
    return birth.year == 1919 || birth.year == 1920 || !is_birth_possible(birth, today);
}

static void warn_of_number(const struct ga_id_number *number, struct ga_message *warning)
{
    if (warning == NULL)
        return;
    if (strlen(number->text) == OLD_DIGITS)
        ga_message_set(warning, "An ID number of 15 digits is an old one; today it is %1", number->text18);
    else if (!ga_region_is_province(number->region))
        ga_message_set(warning, "No province has ID numbers that begin with %1",
                       (char[]){number->region[0], number->region[1], '\0'});
}

enum ga_rc ga_id_number_parse(const char *typed, struct ga_date today, const struct ga_id_facts *known,
                              struct ga_id_number *ret_number, struct ga_message *warning,
                              struct ga_error *err)
{
    if (warning != NULL)
        warning->id = NULL;
    struct ga_id_number number = {.text = ""};
    const enum ga_rc rc = clean_number(typed, number.text, err);
    if (rc != GA_OK)
        return rc;
    lengthen_number(number.text, number.text18);
    if (is_cut_short(&number, today))
        return refuse_length(OLD_DIGITS, err);
    if (ga_id_number_check_digit(number.text18) != number.text18[CHECK_AT])
        return refuse_check_digit(number.text18, today, known, err);
    number.birth = birth_of(number.text18);
    if (!is_birth_possible(number.birth, today))
        return refuse_birth(number.birth, err);
    number.sex = sex_of(number.text18);
    memcpy(number.region, number.text18, 6);
    warn_of_number(&number, warning);
    *ret_number = number;
    return GA_OK;
}
