/* Lists the birthdays of a span of days. */
#include "guanai/care/birthday.h"

#include "guanai/base/vec.h"
#include "guanai/store/birth.h"
#include "guanai/text/lunar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct found {
    struct ga_birthday birthday;
    size_t order; /* as they came: roster order within each pass */
};

struct search {
    struct ga_days span;
    struct ga_vec list; /* struct found */
};

static void add(struct search *search, struct ga_birthday birthday)
{
    const size_t order = search->list.len;
    *(struct found *)ga_vec_push(&search->list) = (struct found){birthday, order};
}

/* In a common year who was born on 29 February keeps it on the day behind. */
static struct ga_date kept_in(struct ga_date birth, int year)
{
    const struct ga_date day = {(int16_t)year, birth.month, birth.day};
    return ga_date_is_day(day) ? day : (struct ga_date){(int16_t)year, 3, 1};
}

static void take_official(struct search *search, int64_t no, struct ga_date birth)
{
    for (int year = search->span.from.year; year <= search->span.to.year; year++) {
        const struct ga_date day = kept_in(birth, year);
        if (ga_days_has(search->span, day) && year > birth.year)
            add(search, (struct ga_birthday){.no = no, .day = day, .is_official = true, .turns = year - birth.year});
    }
}

/* The lunar year of the birth, by the official date: that is seldom far off. 0: not known. */
static int lunar_year_of(const char *birth)
{
    struct ga_date day;
    struct ga_lunar lunar;
    if (birth == NULL || !ga_date_from_iso(birth, &day))
        return 0;
    return ga_lunar_from_date(day, &lunar) ? lunar.year : day.year;
}

static void take_lunar(struct search *search, const struct ga_birth *birth)
{
    const int born = lunar_year_of(birth->birth);
    struct ga_lunar lunar;
    struct ga_date day;
    if (!ga_lunar_parse(birth->lunar, &lunar))
        return;
    for (int year = search->span.from.year - 1; year <= search->span.to.year; year++)
        if (ga_lunar_birthday(lunar, year, &day) && ga_days_has(search->span, day) && (born == 0 || year > born))
            add(search, (struct ga_birthday){.no = birth->no, .day = day, .is_lunar = true, .turns = born == 0 ? -1 : year - born});
}

static void take(void *ctx, const struct ga_birth *birth)
{
    struct search *search = ctx;
    struct ga_date day;
    if (birth->lunar != NULL)
        take_lunar(search, birth);
    else if (birth->birth != NULL && ga_date_from_iso(birth->birth, &day) && ga_date_is_day(day))
        take_official(search, birth->no, day);
}

/* Every day of the year that can be kept within the span: the 29th of February with the first of March. */
static void write_ask(struct ga_days span, char from[6], char to[6])
{
    if (span.from.month == 3 && span.from.day == 1)
        span.from = (struct ga_date){span.from.year, 2, 29};
    snprintf(from, 6, "%02u-%02u", (unsigned)span.from.month % 100, (unsigned)span.from.day % 100);
    snprintf(to, 6, "%02u-%02u", (unsigned)span.to.month % 100, (unsigned)span.to.day % 100);
}

static int by_child(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    const int days = ga_date_compare(a->birthday.day, b->birthday.day);
    if (days != 0)
        return days;
    return (a->birthday.no > b->birthday.no) - (a->birthday.no < b->birthday.no);
}

static int by_day(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    const int days = ga_date_compare(a->birthday.day, b->birthday.day);
    return days != 0 ? days : (a->order > b->order) - (a->order < b->order);
}

static void sort(struct ga_vec *list, int (*order)(const void *left, const void *right))
{
    if (list->len > 1)
        qsort(list->items, list->len, sizeof(struct found), order);
}

/* A child whose two birthdays fall on one day stands there once, in the place of the official one. */
static void join_same_days(struct ga_vec *list)
{
    sort(list, by_child);
    for (size_t i = 1; i < list->len;) {
        struct found *first = GA_VEC_AT(struct found, list, i - 1);
        const struct found *second = GA_VEC_AT(const struct found, list, i);
        if (by_child(first, second) != 0) {
            i++;
            continue;
        }
        if (second->birthday.is_official)
            first->birthday.turns = second->birthday.turns;
        first->order = first->order < second->order ? first->order : second->order;
        first->birthday.is_official = first->birthday.is_lunar = true;
        ga_vec_remove(list, i);
    }
    sort(list, by_day);
}

enum ga_rc ga_birthdays(struct ga_store *store, struct ga_days span, bool only_left_behind, struct ga_arena *arena,
                        struct ga_birthday **ret_birthdays, size_t *ret_count, struct ga_error *err)
{
    char from[6], to[6];
    struct search search = {.span = span};
    const struct ga_date bound = ga_date_add_days(span.from, GA_BIRTHDAY_DAYS_MAX - 1);
    if (ga_date_compare(bound, span.to) < 0)
        search.span.to = bound;
    write_ask(search.span, from, to);
    ga_vec_init(&search.list, sizeof(struct found));
    const struct ga_birth_ask ask = {from, to, only_left_behind};
    enum ga_rc rc = GA_OK;
    if (ga_date_compare(span.from, span.to) <= 0)
        rc = ga_store_births(store, &ask, take, &search, err);
    if (rc == GA_OK) {
        join_same_days(&search.list);
        *ret_count = search.list.len;
        *ret_birthdays = ga_arena_array(arena, search.list.len, sizeof(**ret_birthdays));
        for (size_t i = 0; i < search.list.len; i++)
            (*ret_birthdays)[i] = GA_VEC_AT(struct found, &search.list, i)->birthday;
    }
    ga_vec_finish(&search.list);
    return rc;
}
