/* Clock times as people type them. */
#include "guanai/text/time_of_day.h"

#include "guanai/base/alloc.h"
#include "guanai/text/typed.h"

#include <stdio.h>

enum part_of_day { ANY, MORNING, NOON, AFTERNOON, EVENING };

static const struct {
    const char *word;
    enum part_of_day part;
} day_words[] = {
    {"凌晨", MORNING}, {"清晨", MORNING}, {"早上", MORNING},   {"早晨", MORNING},   {"上午", MORNING},
    {"am", MORNING},   {"中午", NOON},    {"下午", AFTERNOON}, {"傍晚", AFTERNOON}, {"pm", AFTERNOON},
    {"晚上", EVENING}, {"夜里", EVENING}, {"晚", EVENING},
};

static enum ga_rc refuse_time(struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "This is not a time of day");
    ga_error_hint(err, "Type it like 1630 or 16:30.");
    return GA_REFUSED;
}

static size_t read_day_word(const struct ga_typed *typed, size_t at, enum part_of_day *part)
{
    for (size_t i = 0; i < GA_COUNT(day_words); i++) {
        const size_t len = ga_typed_word(typed, at, day_words[i].word);
        if (len > 0) {
            *part = day_words[i].part;
            return len;
        }
    }
    return 0;
}

static size_t read_separator(const struct ga_typed *typed, size_t at)
{
    static const char *const words[] = {":", ".", "点钟", "点", "时", "h"};
    for (size_t i = 0; i < GA_COUNT(words); i++) {
        const size_t len = ga_typed_word(typed, at, words[i]);
        if (len > 0)
            return len;
    }
    return 0;
}

static size_t read_minutes(const struct ga_typed *typed, size_t at, int *minutes)
{
    static const struct {
        const char *word;
        int minutes;
    } words[] = {{"半", 30}, {"一刻", 15}, {"三刻", 45}, {"整", 0}};
    for (size_t i = 0; i < GA_COUNT(words); i++) {
        const size_t len = ga_typed_word(typed, at, words[i].word);
        if (len > 0) {
            *minutes = words[i].minutes;
            return len;
        }
    }
    const size_t len = ga_typed_number(typed, at, 2, minutes);
    return len + (len > 0 ? ga_typed_word(typed, at + len, "分") : 0);
}

/* ":00" behind the minutes, as spreadsheets write it. */
static size_t skip_seconds(const struct ga_typed *typed, size_t at)
{
    int seconds;
    const size_t colon = ga_typed_word(typed, at, ":");
    const size_t len = colon > 0 ? ga_typed_number(typed, at + colon, 2, &seconds) : 0;
    return len > 0 && seconds < 60 ? colon + len : 0;
}

static size_t read_clock(const struct ga_typed *typed, size_t at, int *hours, int *minutes)
{
    const size_t start = at;
    size_t len = ga_typed_number(typed, at, 4, hours);
    if (len == 0)
        return 0;
    at += len;
    *minutes = 0;
    if (len > 2 && typed->cp[start] < 0x80) { /* 830, 1630 */
        *minutes = *hours % 100;
        *hours /= 100;
        return at - start;
    }
    len = read_separator(typed, at);
    if (len > 0) {
        at += len;
        at += read_minutes(typed, at, minutes);
        at += skip_seconds(typed, at);
    }
    return at - start;
}

/* 12 o'clock at night is the next day's 0:00: nobody can say which day was meant, so it is refused. */
static bool shift_hours(enum part_of_day part, int *hours)
{
    if (part == EVENING && *hours == 12)
        return false;
    const bool is_late = part == AFTERNOON || part == EVENING || (part == NOON && *hours < 10);
    if (is_late && *hours < 12)
        *hours += 12;
    return part != MORNING || *hours <= 12;
}

enum ga_rc ga_time_of_day_parse(const char *typed_text, int *ret_minutes, struct ga_error *err)
{
    struct ga_typed typed;
    enum part_of_day part = ANY;
    int hours = 0, minutes = 0;
    const enum ga_rc rc = ga_typed_read_folded(typed_text, &typed, err);
    if (rc != GA_OK)
        return rc;
    ga_typed_drop(&typed, " ");
    for (size_t i = 0; i < typed.count; i++)
        if (typed.cp[i] >= 'A' && typed.cp[i] <= 'Z')
            typed.cp[i] += 'a' - 'A';
    size_t at = read_day_word(&typed, 0, &part);
    const size_t len = read_clock(&typed, at, &hours, &minutes);
    at += len;
    if (part == ANY)
        at += read_day_word(&typed, at, &part);
    if (len == 0 || at != typed.count || !shift_hours(part, &hours) || hours > 23 || minutes > 59)
        return refuse_time(err);
    *ret_minutes = hours * 60 + minutes;
    return GA_OK;
}

const char *ga_time_of_day_text(int minutes, char *buf)
{
    const unsigned bounded = (unsigned)minutes % (24 * 60);
    snprintf(buf, GA_TIME_OF_DAY_SIZE, "%02u:%02u", bounded / 60 % 24, bounded % 60);
    return buf;
}
