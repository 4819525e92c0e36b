/* What is set once for the school. */
#ifndef GUANAI_CONFIG_CONFIG_H
#define GUANAI_CONFIG_CONFIG_H

#include "guanai/base/arena.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/problem.h"
#include "guanai/text/date.h"
#include "guanai/text/translate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place of teaching (domain.md: 教学点, 村小, 中心校); the list `site` of the forms is made of these. */
struct ga_site {
    const char *code;
    struct ga_label label;
    const char **aka;
    size_t aka_count;
    bool is_own;   /* this computer's; the first one when none says so */
    bool is_paper; /* has no computer: its sheets are typed in here */
    const char *school; /* at a county: of which of its schools (app/county.h); NULL: of this computer's own */
    bool is_without_room; /* no 留守儿童之家: owes nothing that home rooms owe */
};

/* One window of a term: 期初 期中 期末, or a holiday; code of the list `term_phase`. */
struct ga_phase {
    const char *code;
    struct ga_date from;
    struct ga_date to; /* that day included */
};

struct ga_term {
    const char *name; /* "2026-1": first term of the school year 2026–2027 */
    struct ga_date from;
    struct ga_date to;
    struct ga_phase *phases;
    size_t phases_count;
};

/* Days off within a term: the yearly announcement, the school's own. */
struct ga_holiday {
    struct ga_label label; /* zh NULL: none was given */
    struct ga_days days;
};

/* What is said beside a name with characters that the terminal may show as a blank (text/rare.h). */
enum ga_rare_characters { GA_RARE_MARK, GA_RARE_SHOW };

enum ga_borders { GA_BORDERS_AUTO, GA_BORDERS_LINE, GA_BORDERS_ASCII };

/* All of it lives in the arena given to ga_config_load; borrowed for as long. */
struct ga_config {
    const char *school;
    struct ga_site *sites;
    size_t sites_count; /* at least one after loading */
    struct ga_term *terms; /* by their first day; no two have a day in common */
    size_t terms_count;
    struct ga_holiday *holidays;
    size_t holidays_count;
    struct ga_date *school_days; /* 调休: lessons on a weekend, in a holiday; by day */
    size_t school_days_count;
    uint32_t visit_days; /* bits 1 << weekday (1 Monday … 7 Sunday): when teachers have time for visits, after lessons if any */
    enum ga_lang language;
    enum ga_borders borders;
    enum ga_rare_characters rare_characters; /* MARK: their code points; SHOW: nothing, the font has them */
    int hide_after_minutes;  /* the page is blanked when nobody types; 0: never */
    int exchange_days;       /* without an exchange by stick, after which the first page says so; 0: never */
    unsigned similar_sounds; /* enum ga_pinyin_fuzzy: taken for each other when children are searched */
    bool is_rural;           /* households count as rural unless a child's file says otherwise */
    const char **forms_shown; /* offered at once on the first screen; the rest behind 更多… */
    size_t forms_shown_count;
};

/*
 * Reads config.yaml; every finding goes into problems with its place. GA_REFUSED when there are
 * faults (the caller may go on with ga_config_default), GA_NOT_FOUND without a file.
 */
enum ga_rc ga_config_load(const struct ga_io_ops *io, const char *path, struct ga_arena *arena,
                          struct ga_problems *problems, struct ga_config *ret_config, struct ga_error *err);

/* The same of a text that is in memory; `file` is for messages. */
enum ga_rc ga_config_read(const char *file, const char *text, size_t len, struct ga_arena *arena, struct ga_problems *problems,
                          struct ga_config *ret_config, struct ga_error *err);

/* A school with one site `main` and nothing else said. Borrows `school`. */
void ga_config_default(struct ga_arena *arena, const char *school, struct ga_config *ret_config);

/*
 * The school's year. What is not configured is as most schools keep it: the first term from 1 September to 20 January,
 * the second from the Monday after 元宵 to 5 July, moved as far as the configured terms and holidays beside it ask for.
 * Of a term the first 40 days are its start, the last 35 its end, each at most a third; between them lies its middle.
 */

/* The days of a term by its name, "2026-1". false: no name of a term, or the terms beside it leave no day. */
bool ga_config_term_days(const struct ga_config *config, const char *name, struct ga_days *ret_days);

/*
 * A phase of a term: start, middle, end; the holiday behind it: winter (of the first term), summer (of the second);
 * others as configured. false: it has no day.
 */
bool ga_config_phase_days(const struct ga_config *config, const char *term, const char *phase, struct ga_days *ret_days);

/* The phase a day lies in. Never NULL. */
const char *ga_config_phase(const struct ga_config *config, struct ga_date day);

/*
 * The term a day belongs to as "2026-1" or "2026-2". Days between two terms: those of August and January belong to the
 * first term, those of February and July to the second.
 */
void ga_config_term(const struct ga_config *config, struct ga_date day, char ret_name[8]);

const struct ga_site *ga_config_own_site(const struct ga_config *config);

/* Is the site of that code meant by what people wrote: its code, a label, another name? The code may be of no site. */
bool ga_config_is_site(const struct ga_config *config, const char *code, const char *written);

#endif
