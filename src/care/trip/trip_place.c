/* Reads the group out of where a child lives. */
#include "guanai/care/trip.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"

#include <string.h>

/* Longer ones first: 村民组 holds 组. */
static const char *const words[] = {"村民小组", "村民组", "小组", "组", "社", "队"};

static const char *const digits[][3] = {
    {"0", "０", "〇"}, {"1", "１", "一"}, {"2", "２", "二"}, {"3", "３", "三"}, {"4", "４", "四"},
    {"5", "５", "五"}, {"6", "６", "六"}, {"7", "７", "七"}, {"8", "８", "八"}, {"9", "９", "九"},
};

static const char TEN[] = "十";

/* How many bytes the digit at the end of text[0 … len) takes; 0: there is none. */
static size_t last_digit(const char *text, size_t len, int *ret_digit)
{
    for (int digit = 0; digit < 10; digit++) {
        for (size_t k = 0; k < 3; k++) {
            const size_t bytes = strlen(digits[digit][k]);
            if (bytes <= len && memcmp(text + len - bytes, digits[digit][k], bytes) == 0) {
                *ret_digit = digit;
                return bytes;
            }
        }
    }
    return 0;
}

static bool ends_with_ten(const char *text, size_t len)
{
    const size_t bytes = sizeof(TEN) - 1;
    return bytes <= len && memcmp(text + len - bytes, TEN, bytes) == 0;
}

/* The number at the end of text[0 … len), with where it begins; -1: none. 十二 is 12, 二十 20, 二十三 23. */
static int number_before(const char *text, size_t len, size_t *ret_begin)
{
    enum { LARGEST = 999 };
    int value = 0, weight = 1, digit = 0;
    size_t at = len;
    for (size_t bytes; weight <= 100;) {
        if (ends_with_ten(text, at) && weight <= 10) {
            at -= sizeof(TEN) - 1;
            bytes = last_digit(text, at, &digit);
            value += (bytes > 0 ? digit : 1) * 10;
            at -= bytes;
            break;
        }
        bytes = last_digit(text, at, &digit);
        if (bytes == 0)
            break;
        value += digit * weight;
        weight *= 10;
        at -= bytes;
    }
    *ret_begin = at;
    return at == len || value > LARGEST ? -1 : value;
}

/* `word` at `at` with a number before it: that is the group, the longer rest the name. */
static bool take_group(struct ga_trip_stop *stop, size_t at, size_t word_len)
{
    static const char ORDINAL[] = "第";
    const size_t ordinal = sizeof(ORDINAL) - 1, end = at + word_len, len = strlen(stop->hamlet);
    size_t begin;
    const int number = number_before(stop->hamlet, at, &begin);
    if (number < 0)
        return false;
    if (begin >= ordinal && memcmp(stop->hamlet + begin - ordinal, ORDINAL, ordinal) == 0)
        begin -= ordinal;
    stop->group = number;
    stop->named = len - end > begin ? stop->hamlet + end : stop->hamlet;
    stop->named_len = len - end > begin ? len - end : begin;
    return true;
}

void ga_trip_read_place(struct ga_trip_stop *stop)
{
    stop->group = GA_TRIP_GROUP_NONE;
    stop->named = stop->hamlet;
    stop->named_len = strlen(stop->hamlet);
    for (size_t i = 0; i < GA_COUNT(words); i++)
        for (const char *at = strstr(stop->hamlet, words[i]); at != NULL; at = strstr(at + 1, words[i]))
            if (take_group(stop, (size_t)(at - stop->hamlet), strlen(words[i])))
                return;
}
