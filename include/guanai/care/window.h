/* The times in which something is owed. */
#ifndef GUANAI_CARE_WINDOW_H
#define GUANAI_CARE_WINDOW_H

#include "guanai/care/calendar.h"

/*
 * Windows of the calendar are the same for everybody and follow from the cadence alone. Those of EVERY and AFTER hang
 * on a record of the child and are made by due.c, which knows it; they have the label "".
 */
enum ga_period {
    GA_PERIOD_WEEK,     /* Monday – Sunday. 2026-W47, ISO 8601 */
    GA_PERIOD_MONTH,    /* 2026-11 */
    GA_PERIOD_TERM,     /* 2026-1 */
    GA_PERIOD_PHASE,    /* the phases named. 2026-1-middle */
    GA_PERIOD_YEAR,     /* school year, by the year it began in. 2026 */
    GA_PERIOD_FESTIVAL, /* around the feasts named: from `before` days to `after` days. 2026-mid_autumn */
    GA_PERIOD_EVERY,    /* so many days after it was done last, or after it became owed */
    GA_PERIOD_AFTER,    /* so many days after an event */
};

enum { GA_WINDOW_LABEL_SIZE = 32 };

enum {
    GA_WINDOW_YEARS_MAX = 3,   /* of a span asked for */
    GA_WINDOW_DAYS_MAX = 366,  /* of before, after, grace_days; more counts as that */
    GA_MONTH_SCHOOL_DAYS = 5,  /* a month with less owes nothing: the last days of a term are no month's work */
};

struct ga_window {
    char label[GA_WINDOW_LABEL_SIZE]; /* for ever: no edit of dates moves it */
    struct ga_date opens;             /* records of this day and later count */
    struct ga_date begins;            /* from this day on it is asked for: `opens`, or the day after the holiday it opens in */
    struct ga_date due_on;            /* the last day on time */
    struct ga_date ends;              /* the last day a record counts, as late: that of the period and its grace */
};

/* How often; texts borrowed. */
struct ga_cadence {
    enum ga_period period;
    const char *const *of; /* codes of phases or of festivals */
    size_t of_count;
    int days;              /* EVERY, AFTER: n */
    int before, after;     /* FESTIVAL: days around the feast that belong to it; `before` of others: opens so much earlier */
    int grace_days;        /* so long it may still be done, late */
    bool is_staying;       /* AFTER: for ever */
    bool is_in_holidays;   /* goes on in holidays; else a week without a school day, a month with less than a school
                              week has no window, and where a period runs out into a holiday the day before that one
                              is the last on time; one that begins in a holiday is asked for behind it. Weekends are no holiday: visits are made then. Not looked at for
                              festivals, winter, summer */
};

/*
 * Every window of the calendar of which a day opens … ends lies in `span`, by its first day; in `arena`. 0 for EVERY and
 * AFTER. Of a longer span the first GA_WINDOW_YEARS_MAX years are looked at.
 */
size_t ga_windows(const struct ga_calendar *calendar, const struct ga_cadence *cadence, struct ga_days span,
                  struct ga_arena *arena, struct ga_window **ret_windows);

/* What a label is called: 11月, 第47周, 2026年秋季学期, 期中, 2026–2027学年, 中秋; others as they are. In `arena`. */
const char *ga_window_text(const struct ga_calendar *calendar, const char *label, enum ga_lang lang,
                           struct ga_arena *arena);

#endif
