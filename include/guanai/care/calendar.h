/* The school's year: terms, phases, holidays, festivals, school days. */
#ifndef GUANAI_CARE_CALENDAR_H
#define GUANAI_CARE_CALENDAR_H

#include "guanai/base/arena.h"
#include "guanai/config/config.h"

/*
 * config.yaml ──▶ terms, phases, the school's own holidays and school days ──┐
 * usual dates (config.h), festivals by table (text/lunar.h) ─────────────────┴─▶ ga_calendar ──▶ window.h, due.h
 *
 * A day is one of: school day, weekend, holiday. Of no clock: every day comes in as a parameter.
 */
struct ga_calendar {
    const struct ga_config *config; /* borrowed for as long as the calendar is used */
};

static inline struct ga_calendar ga_calendar_of(const struct ga_config *config)
{
    return (struct ga_calendar){config};
}

/* A term by its name ("2026-1") in the configuration or of the usual dates. false: no such name. */
bool ga_calendar_term(const struct ga_calendar *calendar, const char *name, struct ga_days *ret_span);

/*
 * A phase of a term or the holiday behind it, as ga_config_phase_days(); before_winter (of the first term), before_summer
 * (of the second): from the fifth to last day of lessons to the last one.
 */
bool ga_calendar_phase(const struct ga_calendar *calendar, const char *term, const char *phase, struct ga_days *ret_span);

/*
 * Between two terms, or a public or own holiday; a make-up day of the configuration is none. `ret_span` (nullable): the
 * whole holiday, others that join it included.
 */
bool ga_calendar_is_holiday(const struct ga_calendar *calendar, struct ga_date day, struct ga_days *ret_span);

/* Lessons are held: Monday to Friday in a term and no holiday, or a make-up day of the configuration (调休). */
bool ga_calendar_is_school_day(const struct ga_calendar *calendar, struct ga_date day);

/*
 * School days from the first day to the last, both included; 0 when from > to. By arithmetic over terms and holidays, a
 * day is never looked at: 46,000 instructions for a year, 96,000 for three. Who asks for many spans takes a tally.
 */
int ga_calendar_school_days(const struct ga_calendar *calendar, struct ga_days span);

/* School days of any span within one: made in 100,000 to 200,000 instructions, then some 200 a span. */
struct ga_school_tally {
    struct ga_days span;
    const int32_t *before; /* school days of the span before each of its days, one more for the end; in the arena */
};

/* The span is bounded to 10 years before its last day. */
struct ga_school_tally ga_school_tally_make(const struct ga_calendar *calendar, struct ga_days span, struct ga_arena *arena);

/* Days outside the tally's span count as none. */
int ga_school_tally_days(const struct ga_school_tally *tally, struct ga_days span);

/* Festivals of the shipped table: code of the list `festival`, its days, public holidays among them. */
struct ga_festival {
    const char *code; /* new_year spring lantern qingming labour children dragon_boat teachers mid_autumn national double_ninth */
    struct ga_label label;
    struct ga_date day;  /* the feast itself */
    struct ga_days rest; /* days without lessons; from > to: none */
};

/*
 * Those whose feast is in the civil year, by day; in `arena`. Rest is that of the State Council's regulation as in force
 * since 2025 (春节 除夕 – 初三, 清明 端午 中秋 元旦 the day itself, 劳动节 two days, 国庆 three), with the own holiday of
 * the configuration that holds the feast. Outside the table of lunar years the lunar ones are missing.
 */
size_t ga_calendar_festivals(const struct ga_calendar *calendar, int year, struct ga_arena *arena,
                             struct ga_festival **ret_festivals);

/* What a festival is called, by its code. NULL: there is none of that code. */
const struct ga_label *ga_calendar_festival_label(const char *code);

#endif
