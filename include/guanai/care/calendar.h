/* The school's year: terms, phases, holidays, festivals, school days. */
#ifndef GUANAI_CARE_CALENDAR_H
#define GUANAI_CARE_CALENDAR_H

#include "guanai/base/arena.h"
#include "guanai/config/config.h"

/*
 * config.yaml ──▶ terms, phases, the school's own holidays and school days ──┐
 * usual dates, festivals by table (text/lunar.h) ────────────────────────────┴─▶ ga_calendar ──▶ window.h, due.h
 *
 * What the configuration does not say is taken from the calendar most schools keep: first term 1 September to
 * 20 January, second from the Monday after 元宵 to 5 July. Of no clock: every day comes in as a parameter.
 */
struct ga_calendar {
    const struct ga_config *config; /* borrowed for as long as the calendar is used */
};

struct ga_days { /* both days included */
    struct ga_date from, to;
};

static inline struct ga_calendar ga_calendar_of(const struct ga_config *config)
{
    return (struct ga_calendar){config};
}

/* The school year a day falls into, by the year in which it began: 1 August – 31 July. */
int ga_calendar_school_year(struct ga_date day);

/* A term by its name ("2026-1") in the configuration or of the usual dates. false: no such name. */
bool ga_calendar_term(const struct ga_calendar *calendar, const char *name, struct ga_days *ret_span);

/*
 * A phase of a term: start, middle, end; or the holiday behind it: winter (of the first term), summer (of the
 * second). As configured, else thirds by the usual calendar. false: no such phase.
 */
bool ga_calendar_phase(const struct ga_calendar *calendar, const char *term, const char *phase, struct ga_days *ret_span);

/* Between two terms, or a public or own holiday. `ret_span` (nullable): the whole holiday. */
bool ga_calendar_is_holiday(const struct ga_calendar *calendar, struct ga_date day, struct ga_days *ret_span);

/* Lessons are held: Monday to Friday in a term and no holiday, or a make-up day of the configuration (调休). */
bool ga_calendar_is_school_day(const struct ga_calendar *calendar, struct ga_date day);

/* School days from the first day to the last, both included; 0 when from > to. Cheap for spans of years. */
int ga_calendar_school_days(const struct ga_calendar *calendar, struct ga_days span);

/* Festivals of the shipped table: code of the list `festival`, its days, public holidays among them. */
struct ga_festival {
    const char *code; /* spring, lantern, qingming, labour, children, dragon_boat, mid_autumn, double_ninth, national, new_year … */
    struct ga_label label;
    struct ga_date day;   /* the feast itself */
    struct ga_days rest;  /* days without lessons; from > to: none */
};

/* Those whose feast is in the civil year, by day; in `arena`. */
size_t ga_calendar_festivals(const struct ga_calendar *calendar, int year, struct ga_arena *arena,
                             struct ga_festival **ret_festivals);

#endif
