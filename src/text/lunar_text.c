/* Lunar days as people write them. */
#include "guanai/text/lunar.h"

#include <stdio.h>
#include <string.h>

static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

static bool skip(const char **text, const char *word)
{
    const size_t len = strlen(word);
    if (strncmp(*text, word, len) != 0)
        return false;
    *text += len;
    return true;
}

static bool skip_any(const char **text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (skip(text, words[i]))
            return true;
    return false;
}

/* 1 … `max` for 一 … ; 0: no such character stands here. */
static int read_digit(const char **text, int max)
{
    for (int i = 0; i < max; i++)
        if (skip(text, digits[i]))
            return i + 1;
    return 0;
}

static int read_arabic(const char **text)
{
    int value = 0;
    for (int i = 0; i < 2 && **text >= '0' && **text <= '9'; i++)
        value = value * 10 + *(*text)++ - '0';
    return value;
}

/* 1 … 39 in figures or characters (初三, 廿三, 二十三, 三十); 0: there is none. */
static int read_number(const char **text)
{
    if (**text >= '0' && **text <= '9')
        return read_arabic(text);
    if (skip(text, "初"))
        return read_digit(text, 10);
    if (skip(text, "廿"))
        return 20 + read_digit(text, 9);
    const int first = read_digit(text, 9);
    if (skip(text, "十"))
        return (first == 0 ? 1 : first) * 10 + read_digit(text, 9);
    return first;
}

static int read_month(const char **text)
{
    static const struct {
        const char *name;
        int month;
    } names[] = {{"正", 1}, {"冬", 11}, {"腊", 12}};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (skip(text, names[i].name))
            return names[i].month;
    return read_number(text);
}

bool ga_lunar_parse(const char *text, struct ga_lunar *ret_lunar)
{
    static const char *const prefixes[] = {"农历", "阴历", "旧历"}, *const between[] = {"月", "-", ".", "/"},
                             *const suffixes[] = {"日", "号"};
    skip_any(&text, prefixes, 3);
    const bool is_leap = skip(&text, "闰");
    const int month = read_month(&text);
    if (!skip_any(&text, between, 4))
        return false;
    const int day = read_number(&text);
    skip_any(&text, suffixes, 2);
    if (month < 1 || month > 12 || day < 1 || day > 30 || *text != '\0')
        return false;
    *ret_lunar = (struct ga_lunar){.month = (int8_t)month, .day = (int8_t)day, .is_leap = is_leap};
    return true;
}

static const char *const months[] = {"正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"};

const char *ga_lunar_text(struct ga_lunar lunar, enum ga_lang lang, char *buf)
{
    static const char *const tens[] = {"初", "十", "廿", "三"};
    const int month = lunar.month >= 1 && lunar.month <= 12 ? lunar.month : 1;
    const int day = lunar.day >= 1 && lunar.day <= 30 ? lunar.day : 1;
    if (lang != GA_ZH)
        snprintf(buf, GA_DATE_SIZE, "lunar %s%d-%d", lunar.is_leap ? "leap " : "", month, day);
    else if (day == 20)
        snprintf(buf, GA_DATE_SIZE, "%s%s月二十", lunar.is_leap ? "闰" : "", months[month - 1]);
    else
        snprintf(buf, GA_DATE_SIZE, "%s%s月%s%s", lunar.is_leap ? "闰" : "", months[month - 1],
                 day == 10 ? "初" : tens[day / 10], digits[(day + 9) % 10]);
    return buf;
}
