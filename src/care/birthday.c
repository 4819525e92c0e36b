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
    struct ga_value order; /* in the roster; in the arena of its list */
};

struct list {
    struct ga_arena arena;
    struct ga_vec found; /* struct found */
};

/* One day after the other, so that no more is held than a day's and the lunar ones of the span. */
struct search {
    struct ga_store *store;
    struct ga_days span;
    bool only_left_behind;
    struct ga_date day; /* in hand */
    struct list of_day, lunar;
};

static void list_init(struct list *list)
{
    *list = (struct list){0};
    ga_vec_init(&list->found, sizeof(struct found));
}

static void list_finish(struct list *list)
{
    ga_vec_finish(&list->found);
    ga_arena_finish(&list->arena);
}

static void add(struct list *list, const struct ga_value *order, struct ga_birthday birthday)
{
    *(struct found *)ga_vec_push(&list->found) = (struct found){birthday, ga_value_copy(&list->arena, order)};
}

/* In a common year who was born on 29 February keeps it on the day behind. */
static struct ga_date kept_in(struct ga_date birth, int year)
{
    const struct ga_date day = {(int16_t)year, birth.month, birth.day};
    return ga_date_is_day(day) ? day : (struct ga_date){(int16_t)year, 3, 1};
}

static void take_official(void *ctx, const struct ga_birth *birth)
{
    struct search *search = ctx;
    const struct ga_date day = search->day;
    struct ga_date born;
    if (birth->birth == NULL || !ga_date_from_iso(birth->birth, &born) || !ga_date_is_day(born) || born.year >= day.year ||
        ga_date_compare(kept_in(born, day.year), day) != 0)
        return;
    add(&search->of_day, &birth->order,
        (struct ga_birthday){.no = birth->no, .day = day, .is_official = true, .turns = day.year - born.year});
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

static void take_lunar(void *ctx, const struct ga_birth *birth)
{
    struct search *search = ctx;
    const int born = lunar_year_of(birth->birth);
    struct ga_lunar lunar;
    struct ga_date day;
    if (!ga_lunar_parse(birth->lunar, &lunar))
        return;
    for (int year = search->span.from.year - 1; year <= search->span.to.year; year++)
        if (ga_lunar_birthday(lunar, year, &day) && ga_days_has(search->span, day) && (born == 0 || year > born))
            add(&search->lunar, &birth->order,
                (struct ga_birthday){.no = birth->no, .day = day, .is_lunar = true, .turns = born == 0 ? -1 : year - born});
}

/* In roster order; a child's official one before its lunar one. */
static int by_roster(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    const int order = ga_value_compare(&a->order, &b->order);
    if (order != 0)
        return order;
    if (a->birthday.no != b->birthday.no)
        return a->birthday.no < b->birthday.no ? -1 : 1;
    return b->birthday.is_official - a->birthday.is_official;
}

static enum ga_rc read_day(struct search *search, struct ga_error *err)
{
    char of_year[6];
    struct list *list = &search->of_day;
    const struct ga_date day = search->day;
    ga_vec_clear(&list->found);
    ga_arena_reset(&list->arena);
    snprintf(of_year, sizeof(of_year), "%02u-%02u", (unsigned)day.month % 100, (unsigned)day.day % 100);
    enum ga_rc rc = ga_store_births(search->store, of_year, search->only_left_behind, take_official, search, err);
    if (rc == GA_OK && day.month == 3 && day.day == 1)
        rc = ga_store_births(search->store, "02-29", search->only_left_behind, take_official, search, err);
    for (size_t i = 0; i < search->lunar.found.len; i++) {
        const struct found *lunar = ga_vec_at(&search->lunar.found, i);
        if (ga_date_compare(lunar->birthday.day, day) == 0)
            *(struct found *)ga_vec_push(&list->found) = *lunar;
    }
    if (list->found.len > 1)
        qsort(list->found.items, list->found.len, sizeof(struct found), by_roster);
    return rc;
}

/* A child whose two birthdays fall on one day stands there once: the years are those of the official one. */
static enum ga_rc hand_day_on(const struct search *search, ga_birthday_fn each, void *ctx, struct ga_error *err)
{
    const struct found *found = search->of_day.found.items;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < search->of_day.found.len; i++) {
        struct ga_birthday birthday = found[i].birthday;
        if (i + 1 < search->of_day.found.len && found[i + 1].birthday.no == birthday.no) {
            birthday.is_official = birthday.is_lunar = true;
            i++;
        }
        rc = each(ctx, &birthday, err);
    }
    return rc;
}

enum ga_rc ga_birthdays_each(struct ga_store *store, struct ga_days span, bool only_left_behind, ga_birthday_fn each, void *ctx,
                             struct ga_error *err)
{
    struct search search = {.store = store, .span = span, .only_left_behind = only_left_behind, .day = span.from};
    const struct ga_date bound = ga_date_add_days(span.from, GA_BIRTHDAY_DAYS_MAX - 1);
    if (ga_date_compare(bound, span.to) < 0)
        search.span.to = bound;
    list_init(&search.of_day);
    list_init(&search.lunar);
    enum ga_rc rc = GA_OK;
    if (ga_date_compare(span.from, span.to) <= 0)
        rc = ga_store_lunar_births(store, only_left_behind, take_lunar, &search, err);
    for (; rc == GA_OK && ga_date_compare(search.day, search.span.to) <= 0; search.day = ga_date_add_days(search.day, 1)) {
        rc = read_day(&search, err);
        if (rc == GA_OK)
            rc = hand_day_on(&search, each, ctx, err);
    }
    list_finish(&search.of_day);
    list_finish(&search.lunar);
    return rc;
}

static enum ga_rc keep(void *ctx, const struct ga_birthday *birthday, struct ga_error *err)
{
    (void)err;
    *(struct ga_birthday *)ga_vec_push(ctx) = *birthday;
    return GA_OK;
}

enum ga_rc ga_birthdays(struct ga_store *store, struct ga_days span, bool only_left_behind, struct ga_arena *arena,
                        struct ga_birthday **ret_birthdays, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec list;
    ga_vec_init(&list, sizeof(struct ga_birthday));
    const enum ga_rc rc = ga_birthdays_each(store, span, only_left_behind, keep, &list, err);
    if (rc == GA_OK) {
        *ret_count = list.len;
        *ret_birthdays = ga_arena_array(arena, list.len, sizeof(**ret_birthdays));
        if (list.len > 0)
            memcpy(*ret_birthdays, list.items, list.len * sizeof(**ret_birthdays));
    }
    ga_vec_finish(&list);
    return rc;
}
