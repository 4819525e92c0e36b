/* The values of XLSX cells as text. */
#include "guanai/sheet/value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { EXACT_DIGITS = 15, MOST_DIGITS = 21, LAST_SERIAL = 2958465, LEAP_THAT_NEVER_WAS = 60 };

static bool is_short_integer(const char *raw)
{
    const char *digits = raw + (raw[0] == '-');
    size_t len = strspn(digits, "0123456789");
    return len > 0 && len <= EXACT_DIGITS && digits[len] == '\0' && (digits[0] != '0' || digits[1] == '\0');
}

static bool looks_numeric(const char *raw)
{
    size_t len = strlen(raw);
    return len > 0 && len < GA_VALUE_TEXT_SIZE && strspn(raw, "0123456789.+-eE") == len;
}

/* "1.38E+10" → digits "138", *ret_point the place of the point behind them. */
static size_t split_digits(const char *text, char digits[32], int *ret_point)
{
    size_t len = 0;
    int point = -1;
    const char *c = text;
    for (; *c != '\0' && *c != 'e'; c++) {
        if (*c == '.')
            point = (int)len;
        else if (isdigit((unsigned char)*c))
            digits[len++] = *c;
    }
    if (point < 0)
        point = (int)len;
    *ret_point = point + (*c == 'e' ? atoi(c + 1) : 0);
    return len;
}

static void write_plain(const char *shortest, char text[GA_VALUE_TEXT_SIZE])
{
    char digits[32];
    int point;
    size_t len = split_digits(shortest, digits, &point);
    bool is_far = point > MOST_DIGITS || point < -5;
    if (is_far || strchr(shortest, 'e') == NULL) {
        snprintf(text, GA_VALUE_TEXT_SIZE, "%s", shortest);
        return;
    }
    char *out = text;
    if (shortest[0] == '-')
        *out++ = '-';
    for (int i = point < 1 ? point - 1 : 0; i < point || i < (int)len; i++) {
        if (i == point)
            *out++ = '.';
        *out++ = i >= 0 && i < (int)len ? digits[i] : '0';
    }
    *out = '\0';
}

bool ga_value_number(const char *raw, char text[GA_VALUE_TEXT_SIZE], double *ret_number)
{
    if (is_short_integer(raw)) {
        *ret_number = (double)atoll(raw);
        snprintf(text, GA_VALUE_TEXT_SIZE, "%s", strcmp(raw, "-0") == 0 ? "0" : raw);
        return true;
    }
    if (!looks_numeric(raw))
        return false;
    char *end;
    double number = strtod(raw, &end);
    if (*end != '\0' || !isfinite(number))
        return false;
    char shortest[GA_VALUE_TEXT_SIZE];
    int digits = EXACT_DIGITS;
    do
        snprintf(shortest, sizeof(shortest), "%.*g", digits++, number == 0 ? 0.0 : number);
    while (digits <= 17 && strtod(shortest, NULL) != number);
    write_plain(shortest, text);
    *ret_number = number;
    return true;
}

/* Civil date from days since 1970-01-01 (Hinnant, chrono-compatible low-level date algorithms). */
static void civil_from_days(long days, long *ret_year, int *ret_month, int *ret_day)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long doe = days - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;
    *ret_day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *ret_month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *ret_year = yoe + era * 400 + (*ret_month <= 2);
}

static char *add_time(char *out, size_t size, long seconds)
{
    int len = snprintf(out, size, "%02ld:%02ld", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60 != 0)
        snprintf(out + len, size - (size_t)len, ":%02ld", seconds % 60);
    return out;
}

bool ga_value_date(double serial, char text[GA_VALUE_TEXT_SIZE])
{
    if (!(serial >= 0 && serial < LAST_SERIAL + 1))
        return false;
    long day = (long)floor(serial);
    long seconds = lround((serial - (double)day) * 86400);
    if (seconds == 86400) {
        day++;
        seconds = 0;
    }
    if (day == LEAP_THAT_NEVER_WAS || day > LAST_SERIAL)
        return false;
    if (day == 0)
        return add_time(text, GA_VALUE_TEXT_SIZE, seconds) != NULL;
    long year;
    int month, of_month;
    /* Serial 25569 is 1970-01-01; before the false leap day everything is one day off. */
    civil_from_days(day - 25569 + (day < LEAP_THAT_NEVER_WAS), &year, &month, &of_month);
    int len = snprintf(text, GA_VALUE_TEXT_SIZE, "%04ld-%02d-%02d", year, month, of_month);
    if (seconds != 0) {
        text[len++] = ' ';
        add_time(text + len, GA_VALUE_TEXT_SIZE - (size_t)len, seconds);
    }
    return true;
}

/* Elapsed time in brackets, [h] [mm] [s], is a time; colours, conditions and locales are not. */
static bool is_elapsed(const char *bracket)
{
    size_t len = strspn(bracket, "hHmMsS");
    return len > 0 && bracket[len] == ']';
}

/* Behind what starts at c and shows nothing of the value; c itself when it does show. */
static const char *skip_literal(const char *c)
{
    const char *end = c;
    if (*c == '"')
        end = strchr(c + 1, '"');
    else if (*c == '[' && !is_elapsed(c + 1))
        end = strchr(c, ']');
    else if (*c == '\\' || *c == '_' || *c == '*')
        end = c[1] == '\0' ? NULL : c + 1;
    else
        return c;
    return end == NULL ? c + strlen(c) : end + 1;
}

bool ga_value_is_date_format(const char *format)
{
    bool has_date = false, has_digits = false, has_seconds = false;
    if (strncasecmp(format, "General", 7) == 0 || strncasecmp(format, "G/", 2) == 0)
        return false;
    for (const char *c = format; *c != '\0' && *c != ';';) {
        const char *next = skip_literal(c);
        if (next != c) {
            c = next;
            continue;
        }
        char lower = (char)tolower((unsigned char)*c);
        has_date = has_date || memchr("ymdhs", lower, 5) != NULL;
        has_seconds = has_seconds || lower == 's';
        has_digits = has_digits || *c == '0' || *c == '#' || *c == '?';
        c++;
    }
    return has_date && (!has_digits || has_seconds);
}

bool ga_value_is_date_format_id(int id)
{
    static const struct {
        int from, to;
    } ranges[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (id >= ranges[i].from && id <= ranges[i].to)
            return true;
    return false;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int lower = tolower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The character that `_xHHHH_` stands for, 0 when it stands for itself. */
static unsigned escaped_char(const char *text, size_t len)
{
    if (len < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return 0;
    unsigned code = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_value(text[i]);
        if (digit < 0)
            return 0;
        code = code * 16 + (unsigned)digit;
    }
    return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

static size_t put_utf8(char *out, unsigned code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | (code >> 6));
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | (code >> 12));
    out[1] = (char)(0x80 | ((code >> 6) & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

size_t ga_value_unescape(char *text, size_t len)
{
    if (memmem(text, len, "_x", 2) == NULL)
        return len;
    size_t out = 0;
    for (size_t in = 0; in < len;) {
        unsigned code = escaped_char(text + in, len - in);
        if (code == 0) {
            text[out++] = text[in++];
        } else {
            out += put_utf8(text + out, code);
            in += 7;
        }
    }
    return out;
}
