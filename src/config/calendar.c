/* Which days the terms of a school have, which phase a day lies in. */
#include "guanai/text/class_name.h"
#include "guanai/text/lunar.h"
#include "year.h"

#include <stdio.h>
#include <string.h>

enum { START_DAYS = 40, END_DAYS = 35, LANTERN_DAY = 15, FIRST_MONTH = 8 };

/* A term by the year its school year began in. */
struct term_key {
    int begun;
    int number; /* 1, 2 */
};

bool ga_config_read_term(const char *name, int *ret_begun, int *ret_number)
{
    if (strnlen(name, 7) != 6 || strspn(name, "0123456789") != 4 || name[4] != '-' || (name[5] != '1' && name[5] != '2'))
        return false;
    const int begun = (name[0] - '0') * 1000 + (name[1] - '0') * 100 + (name[2] - '0') * 10 + (name[3] - '0');
    if (begun < GA_DATE_YEAR_MIN || begun >= GA_DATE_YEAR_MAX)
        return false;
    *ret_begun = begun;
    *ret_number = name[5] - '0';
    return true;
}

static void write_name(struct term_key key, char ret_name[8])
{
    snprintf(ret_name, 8, "%04u-%c", (unsigned)key.begun % 10000, key.number == 1 ? '1' : '2');
}

static struct term_key beside(struct term_key key, int steps)
{
    const int at = key.begun * 2 + key.number - 1 + steps;
    return (struct term_key){at / 2, at % 2 + 1};
}

static const struct ga_term *configured(const struct ga_config *config, struct term_key key)
{
    char name[8];
    write_name(key, name);
    for (size_t i = 0; i < config->terms_count; i++)
        if (strcmp(config->terms[i].name, name) == 0)
            return &config->terms[i];
    return NULL;
}

static const struct ga_phase *configured_phase(const struct ga_term *term, const char *code)
{
    for (size_t i = 0; term != NULL && i < term->phases_count; i++)
        if (strcmp(term->phases[i].code, code) == 0)
            return &term->phases[i];
    return NULL;
}

static const char *holiday_behind(struct term_key key)
{
    return key.number == 1 ? "winter" : "summer";
}

/* Lessons begin on the Monday after 元宵; beyond the table of lunar years about then. */
static struct ga_date usual_spring(int year)
{
    struct ga_date lantern;
    if (!ga_lunar_to_date((struct ga_lunar){(int16_t)year, 1, LANTERN_DAY, false}, &lantern))
        lantern = (struct ga_date){(int16_t)year, 2, 28};
    return ga_date_add_days(lantern, 8 - ga_date_weekday(lantern));
}

static struct ga_days usual_days(struct term_key key)
{
    const int16_t next = (int16_t)(key.begun + 1);
    if (key.number == 1)
        return (struct ga_days){{(int16_t)key.begun, 9, 1}, {next, 1, 20}};
    return (struct ga_days){usual_spring(next), {next, 7, 5}};
}

/* The first day that the term before leaves free. */
static struct ga_date free_after(const struct ga_config *config, struct term_key before, struct ga_date usual)
{
    const struct ga_term *term = configured(config, before);
    const struct ga_phase *holiday = configured_phase(term, holiday_behind(before));
    if (holiday != NULL)
        return ga_date_add_days(holiday->to, 1);
    if (term != NULL && ga_date_compare(usual, term->to) <= 0)
        return ga_date_add_days(term->to, 1);
    return usual;
}

static bool days_of_term(const struct ga_config *config, struct term_key key, struct ga_days *ret_days)
{
    const struct ga_term *term = configured(config, key);
    if (term != NULL) {
        *ret_days = (struct ga_days){term->from, term->to};
        return true;
    }
    struct ga_days days = usual_days(key);
    days.from = free_after(config, beside(key, -1), days.from);
    const struct ga_term *next = configured(config, beside(key, 1));
    if (next != NULL && ga_date_compare(next->from, days.to) <= 0)
        days.to = ga_date_add_days(next->from, -1);
    if (ga_date_compare(days.from, days.to) > 0)
        return false;
    *ret_days = days;
    return true;
}

bool ga_config_term_days(const struct ga_config *config, const char *name, struct ga_days *ret_days)
{
    struct term_key key;
    return ga_config_read_term(name, &key.begun, &key.number) && days_of_term(config, key, ret_days);
}

/* So many days, but no more than a third of the term. */
static int32_t at_most_a_third(struct ga_days term, int32_t days)
{
    const int32_t third = (ga_date_to_days(term.to) - ga_date_to_days(term.from) + 1) / 3;
    return days < third ? days : third;
}

static struct ga_days start_of(const struct ga_term *conf, struct ga_days term)
{
    const struct ga_phase *start = configured_phase(conf, "start"), *middle = configured_phase(conf, "middle");
    if (start != NULL)
        return (struct ga_days){start->from, start->to};
    if (middle != NULL)
        return (struct ga_days){term.from, ga_date_add_days(middle->from, -1)};
    return (struct ga_days){term.from, ga_date_add_days(term.from, at_most_a_third(term, START_DAYS) - 1)};
}

static struct ga_days end_of(const struct ga_term *conf, struct ga_days term)
{
    const struct ga_phase *end = configured_phase(conf, "end"), *middle = configured_phase(conf, "middle");
    if (end != NULL)
        return (struct ga_days){end->from, end->to};
    if (middle != NULL)
        return (struct ga_days){ga_date_add_days(middle->to, 1), term.to};
    return (struct ga_days){ga_date_add_days(term.to, 1 - at_most_a_third(term, END_DAYS)), term.to};
}

static bool usual_phase(const struct ga_config *config, struct term_key key, const char *phase, struct ga_days term,
                        struct ga_days *ret_days)
{
    const struct ga_term *conf = configured(config, key);
    struct ga_days next;
    if (strcmp(phase, "start") == 0)
        *ret_days = start_of(conf, term);
    else if (strcmp(phase, "end") == 0)
        *ret_days = end_of(conf, term);
    else if (strcmp(phase, "middle") == 0)
        *ret_days = (struct ga_days){ga_date_add_days(start_of(conf, term).to, 1),
                                     ga_date_add_days(end_of(conf, term).from, -1)};
    else if (strcmp(phase, holiday_behind(key)) == 0 && days_of_term(config, beside(key, 1), &next))
        *ret_days = (struct ga_days){ga_date_add_days(term.to, 1), ga_date_add_days(next.from, -1)};
    else
        return false;
    return true;
}

static bool days_of_phase(const struct ga_config *config, struct term_key key, const char *phase, struct ga_days *ret_days)
{
    const struct ga_phase *own = configured_phase(configured(config, key), phase);
    struct ga_days term, days;
    if (own != NULL)
        days = (struct ga_days){own->from, own->to};
    else if (!days_of_term(config, key, &term) || !usual_phase(config, key, phase, term, &days))
        return false;
    if (ga_date_compare(days.from, days.to) > 0)
        return false;
    *ret_days = days;
    return true;
}

bool ga_config_phase_days(const struct ga_config *config, const char *term, const char *phase, struct ga_days *ret_days)
{
    struct term_key key;
    return ga_config_read_term(term, &key.begun, &key.number) && days_of_phase(config, key, phase, ret_days);
}

static const char *own_phase(const struct ga_config *config, struct ga_date day)
{
    for (size_t t = 0; t < config->terms_count; t++)
        for (size_t i = 0; i < config->terms[t].phases_count; i++) {
            const struct ga_phase *phase = &config->terms[t].phases[i];
            if (ga_days_has((struct ga_days){phase->from, phase->to}, day))
                return phase->code;
        }
    return NULL;
}

/* The terms a day can lie in or behind: those of its school year, the one before, the one that begins early. */
enum { NEAR_TERMS = 4 };

static struct term_key near_term(struct ga_date day, int i)
{
    return beside((struct term_key){ga_class_name_school_year(day), 1}, i - 1);
}

const char *ga_config_phase(const struct ga_config *config, struct ga_date day)
{
    static const char *const phases[] = {"start", "middle", "end", "winter", "summer"};
    const char *own = own_phase(config, day);
    struct ga_days days;
    if (own != NULL)
        return own;
    for (int i = 0; i < NEAR_TERMS; i++)
        for (size_t k = 0; k < sizeof(phases) / sizeof(*phases); k++)
            if (days_of_phase(config, near_term(day, i), phases[k], &days) && ga_days_has(days, day))
                return phases[k];
    for (int i = 0; i < NEAR_TERMS; i++) /* between two configured phases */
        if (days_of_term(config, near_term(day, i), &days) && ga_days_has(days, day))
            return "middle";
    return day.month <= 4 ? "winter" : "summer";
}

void ga_config_term(const struct ga_config *config, struct ga_date day, char ret_name[8])
{
    struct ga_days days;
    for (int i = 0; i < NEAR_TERMS; i++) {
        const struct term_key key = near_term(day, i);
        if (days_of_term(config, key, &days) && ga_days_has(days, day)) {
            write_name(key, ret_name);
            return;
        }
    }
    write_name((struct term_key){ga_class_name_school_year(day), day.month >= FIRST_MONTH || day.month == 1 ? 1 : 2}, ret_name);
}
