/* Chinese telephone numbers. */
#include "guanai/text/phone.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/translate.h"
#include "guanai/text/typed.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 24, WORDS_MAX = 12 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mobile(const char *digits)
{
    return strlen(digits) == 11 && digits[0] == '1' && digits[1] >= '3' &&
           strspn(digits, "0123456789") == 11;
}

/* Digits of an area code with its 0: 010 and 02x have three, all others four. */
static size_t area_digits(const char *digits)
{
    return digits[1] == '1' || digits[1] == '2' ? 3 : 4;
}

/* What is left of a number when everything but digits is gone, the extension apart. */
struct bare_number {
    char digits[NUMBER_SIZE];
    char extension[6];
};

static void drop_country(char *digits)
{
    const size_t len = strlen(digits);
    size_t skip = 0;
    if (strncmp(digits, "0086", 4) == 0)
        skip = 4;
    else if (strncmp(digits, "86", 2) == 0 && len > 11)
        skip = 2;
    if (skip == 0)
        return;
    if (digits[skip] != '0' && digits[skip] != '1' &&
        skip + 9 <= len) /* +86 871 …: the 0 of the area fell off */
        digits[--skip] = '0';
    memmove(digits, digits + skip, len - skip + 1);
    if (strncmp(digits, "010", 3) != 0 && digits[0] == '1' && !is_mobile(digits) && len - skip < 11 &&
        len < NUMBER_SIZE - 1) {
        memmove(digits + 1, digits, strlen(digits) + 1); /* +86 10 …: Peking */
        digits[0] = '0';
    }
}

/* "-801", "转801", "ext801" behind a number. */
static void split_extension(char *text, char extension[6])
{
    extension[0] = '\0';
    char *x = strchr(text, 'x');
    char *dash = strrchr(text, '-');
    char *at = x != NULL ? x : dash != NULL && strchr(text, '-') != dash ? dash : NULL;
    if (at == NULL || strlen(at + 1) < 1 || strlen(at + 1) > 5 ||
        strspn(at + 1, "0123456789") != strlen(at + 1))
        return;
    size_t before = 0;
    for (const char *p = text; p < at; p++)
        before += is_digit(*p) ? 1 : 0;
    const bool is_whole = before >= 10 && text[0] == '0'; /* 138-0000-1111 is no extension */
    if (!is_whole && x == NULL)
        return;
    snprintf(extension, 6, "%s", at + 1);
    *at = '\0';
}

/* One number of ASCII text without blanks, into its canonical form; false when it is none. */
static bool read_number(const char *text, char ret_number[NUMBER_SIZE])
{
    char rest[GA_TYPED_BYTES + 1];
    struct bare_number bare = {.digits = ""};
    snprintf(rest, sizeof(rest), "%s", text[0] == '+' ? text + 1 : text);
    split_extension(rest, bare.extension);
    size_t count = 0;
    for (const char *p = rest; *p != '\0'; p++) {
        if (is_digit(*p) && count + 1 < sizeof(bare.digits) - 1)
            bare.digits[count++] = *p;
        else if (is_digit(*p) || strchr("-.()", *p) == NULL)
            return false;
    }
    drop_country(bare.digits);
    const char *digits = bare.digits;
    const size_t len = strlen(digits);
    const bool is_bare = bare.extension[0] == '\0';
    if (is_bare && (is_mobile(digits) || ((len == 7 || len == 8) && digits[0] >= '2') ||
                    (len == 10 && (strncmp(digits, "400", 3) == 0 || strncmp(digits, "800", 3) == 0)))) {
        snprintf(ret_number, NUMBER_SIZE, "%s", digits);
        return true;
    }
    const size_t area = area_digits(digits);
    if (len < 10 || digits[0] != '0' || digits[1] == '0' || (len != area + 7 && len != area + 8) ||
        digits[area] < '2')
        return false;
    snprintf(ret_number, NUMBER_SIZE, "%.4s-%.8s%s%.5s",
             (char[]){digits[0], digits[1], digits[2], area == 4 ? digits[3] : '\0', '\0'}, digits + area,
             is_bare ? "" : "-", bare.extension);
    return true;
}

/* Numbers of one cell found so far. */
struct number_list {
    char text[GA_PHONE_SIZE];
    size_t count;
    bool lacks_area;
};

static bool add_number(struct number_list *list, const char *number)
{
    const size_t used = strlen(list->text);
    if (list->count == GA_PHONE_NUMBERS_MAX || used + strlen(number) + 2 > sizeof(list->text))
        return false;
    snprintf(list->text + used, sizeof(list->text) - used, "%s%s", used > 0 ? " " : "", number);
    list->count++;
    list->lacks_area = list->lacks_area || strlen(number) <= 8;
    return true;
}

/* Blanks stand within numbers (138 0000 1111) as well as between two: the longest run that is one wins. */
static bool read_words(struct number_list *list, char *const *words, size_t count)
{
    for (size_t from = 0; from < count;) {
        size_t to = count;
        for (; to > from; to--) {
            char joined[GA_TYPED_BYTES + 1] = "";
            char number[NUMBER_SIZE];
            for (size_t i = from; i < to; i++)
                strcat(joined, words[i]);
            if (read_number(joined, number)) {
                if (!add_number(list, number))
                    return false;
                break;
            }
        }
        if (to == from)
            return false;
        from = to;
    }
    return true;
}

static bool read_piece(struct number_list *list, char *piece)
{
    char *words[WORDS_MAX];
    size_t count = 0;
    char *save = NULL;
    for (char *word = strtok_r(piece, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
        if (count == WORDS_MAX)
            return false;
        words[count++] = word;
    }
    return read_words(list, words, count);
}

static enum ga_rc refuse_phone(const char *text, struct ga_error *err)
{
    size_t digits = 0;
    const bool is_plain = strspn(text, "0123456789 -") == strlen(text);
    for (const char *p = text; *p != '\0'; p++)
        digits += is_digit(*p) ? 1 : 0;
    if (is_plain && text[0] == '1' && digits < 15) {
        ga_error_set(err, GA_REFUSED, "A mobile number has 11 digits and begins with 13 to 19; this has %1",
                     GA_NUM(digits));
        ga_error_hint(err, digits < 11   ? GA_N_("Digits are missing.")
                           : digits > 11 ? GA_N_("There are too many digits.")
                                         : GA_N_("Look at its first digits again."));
    } else {
        ga_error_set(err, GA_REFUSED, "This is no telephone number");
        ga_error_hint(
            err, "Digits only, the area code in front; up to three numbers with a blank between them.");
    }
    return GA_REFUSED;
}

static enum ga_rc refuse_words(struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "There are words beside the telephone number");
    ga_error_hint(err, "Write only the number here; whose it is goes into its own field.");
    return GA_REFUSED;
}

/* 1.3800001111E+10 holds all digits, 1.38E+10 does not. Leaves other texts alone. */
static bool expand_scientific(char *text)
{
    unsigned exponent = 0;
    char digits[NUMBER_SIZE] = "";
    const size_t mantissa = strspn(text, "0123456789.");
    const char e = text[mantissa];
    if (mantissa == 0 || (e != 'e' && e != 'E') || sscanf(text + mantissa + 1, "%3u", &exponent) != 1)
        return true;
    size_t count = 0;
    for (size_t i = 0; i < mantissa && count + 1 < sizeof(digits); i++)
        if (is_digit(text[i]))
            digits[count++] = text[i];
    if (text[1] != '.' || count != exponent + 1)
        return false;
    memcpy(text, digits, sizeof(digits));
    return true;
}

/* Names every separator between two numbers '/', 转 'x'; false when words remain. */
static bool flatten(struct ga_typed *typed, char *text, size_t size)
{
    static const char *const separators[] = {"、", "或", "；", "，", "｜", ";", ",", "|", "\\", "及", "和"};
    for (size_t at = 0; at < typed->count; at++) {
        for (size_t i = 0; i < GA_COUNT(separators); i++)
            if (ga_typed_word(typed, at, separators[i]) > 0)
                typed->cp[at] = '/';
        if (typed->cp[at] == 0x8F6C) /* 转 */
            typed->cp[at] = 'x';
    }
    return ga_typed_ascii(typed, text, size);
}

/* A spreadsheet's 13800001111.0 */
static void drop_fraction(char *text)
{
    const size_t len = strlen(text);
    if (len > 2 && strcmp(text + len - 2, ".0") == 0 && strspn(text, "0123456789") == len - 2)
        text[len - 2] = '\0';
}

/* Eleven digits as they should be: nearly every cell of a roster. */
static bool is_plain_mobile(const char *text)
{
    return text[0] == '1' && text[1] >= '3' && text[1] <= '9' && strspn(text, "0123456789") == 11 && text[11] == '\0';
}

enum ga_rc ga_phone_parse(const char *typed_text, char ret_text[GA_PHONE_SIZE], struct ga_message *warning,
                          struct ga_error *err)
{
    struct ga_typed typed;
    char text[GA_TYPED_BYTES + 1], whole[GA_TYPED_BYTES + 1];
    struct number_list list = {.count = 0};
    if (warning != NULL)
        warning->id = NULL;
    if (is_plain_mobile(typed_text)) {
        memcpy(ret_text, typed_text, 12);
        return GA_OK;
    }
    const enum ga_rc rc = ga_typed_read_folded(typed_text, &typed, err);
    if (rc != GA_OK)
        return rc;
    if (!flatten(&typed, text, sizeof(text)))
        return refuse_words(err);
    if (!expand_scientific(text)) {
        ga_error_set(err, GA_REFUSED, "The spreadsheet has lost the last digits of this number");
        ga_error_hint(err, "Make the column text in the spreadsheet, then type the number again.");
        return GA_REFUSED;
    }
    drop_fraction(text);
    memcpy(whole, text, sizeof(whole));
    char *save = NULL;
    for (char *piece = strtok_r(text, "/", &save); piece != NULL; piece = strtok_r(NULL, "/", &save))
        if (!read_piece(&list, piece))
            return refuse_phone(whole, err);
    if (list.count == 0)
        return refuse_phone(whole, err);
    if (list.lacks_area && warning != NULL)
        ga_message_set(warning, "This telephone number has no area code");
    memcpy(ret_text, list.text, GA_PHONE_SIZE);
    return GA_OK;
}

bool ga_phone_says_none(const char *typed_text)
{
    static const char *const words[] = {"无",   "没有", "没有电话", "无电话", "没电话", "没",
                                        "none", "/",    "-",        "--",     "x"};
    struct ga_typed typed;
    if (is_digit(*typed_text) || ga_typed_read_folded(typed_text, &typed, NULL) != GA_OK)
        return false; /* none of the words begins with a digit */
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (typed.count > 0 && ga_typed_word(&typed, 0, words[i]) == typed.count)
            return true;
    return false;
}
