/*
 * Figures: who counts by each definition on any day, with the children behind every number.
 *
 *   forms/definitions ─┐
 *   (last good ones) ──┴─▶ ga_figures ──(a day, a class)──▶ one guarded SELECT over v_child ──▶ ga_headcount
 *                              ▲                                                       │
 *   status changes, presence ──┘                     yes · no · cannot be told, lists, differences, gaps
 *
 * For any day: facts are valid-time. Age and presence are those of the day; a state counts from its
 * `…_since` date, one without a date on every day; changes of status count from their day, an absence
 * while it lasts. When something was typed is never asked: a correction typed later is true of the past
 * as well. School, grade, class are those of today: they bear no date.
 * But a class that is asked for on a day of a school year that is over is the one that was called so then.
 *
 * Present on a day: not gone by the newest change of status up to it; not yet come (the first change
 * known is a return, or child.enrolled_on is later) does not count, nor does a record that was deleted.
 *
 * Three-valued: SQL's NULL is "cannot be told", never "no": yes + no + unknown = children present.
 */
#ifndef GUANAI_CARE_FIGURES_H
#define GUANAI_CARE_FIGURES_H

#include "guanai/config/config.h"
#include "guanai/form/rules.h"
#include "guanai/care/definition.h"
#include "guanai/store/store.h"

struct ga_figures; /* belongs to one store */

/* All borrowed until destroy, which comes after the store is closed: its connection calls our functions. */
struct ga_figures_options {
    struct ga_store *store;
    struct ga_rules *rules; /* lends age() and the like */
    const struct ga_config *config;
    const struct ga_io_ops *io;
    struct ga_folders folders; /* of the forms; definitions/ lies in them. None: no definition is in force */
};

/* Gives the store's connection the functions of definitions; reads none of them yet. */
enum ga_rc ga_figures_create(const struct ga_figures_options *options, struct ga_figures **ret_figures,
                             struct ga_error *err);
void ga_figures_destroy(struct ga_figures *figures); /* NULL is fine */

/*
 * Reads the definitions anew. A file with faults, or changed without a higher version, leaves its last
 * good text in force (kept as a setting of the store by the file's name); findings go to problems. A
 * file that was taken away is no longer in force.
 */
enum ga_rc ga_figures_load(struct ga_figures *figures, struct ga_problems *problems, struct ga_error *err);

/* Those in force; changed by the next load. */
const struct ga_definitions *ga_figures_definitions(const struct ga_figures *figures);

struct ga_figures_ask {
    struct ga_date day;
    const char *site, *grade, *class_no; /* of one class; each NULL: any */
    const char *school;                  /* at a county: code of one (store/school.h), as of today; NULL: any */
};

enum ga_counted { GA_COUNTED_NO, GA_COUNTED_YES, GA_COUNTED_UNKNOWN, GA_COUNTED_COUNT };

extern const char *const ga_counted_codes[GA_COUNTED_COUNT]; /* "no", "yes", "unknown" */
extern const char *const ga_counted_words[GA_COUNTED_COUNT]; /* GA_N_ */

/* What one definition says of one child. */
struct ga_child_count {
    uint8_t counted; /* enum ga_counted */
    uint8_t fact;    /* its first true fact, from 1; 0: none, or every definition says the same */
    uint32_t gaps;   /* bit i: asks[i] is to be filled in; only where it cannot be told */
};

/* The answer to one ask; owns its memory, refers to the definitions that were in force. */
struct ga_headcount {
    struct ga_date day;
    const struct ga_definitions *definitions;
    size_t children;               /* present that day */
    size_t files_later;            /* files made in a later school year than the day's: nothing of then is known of them */
    int64_t *nos;                  /* their record numbers, in roster order */
    struct ga_child_count *counts; /* definitions->count a child */
    size_t tally[GA_DEFINITIONS_MAX][GA_COUNTED_COUNT];
};

/*
 * One pass over the children, all definitions at once. GA_REFUSED with the place when a definition
 * cannot be computed, GA_NOT_FOUND without any definition.
 */
enum ga_rc ga_figures_count(struct ga_figures *figures, const struct ga_figures_ask *ask,
                            struct ga_headcount *ret_headcount, struct ga_error *err);
/* The sentence of headcount.files_later, of a class of then or of the whole school; %1 is their number. */
const char *ga_figures_say_later(bool is_of_class);

void ga_headcount_finish(struct ga_headcount *headcount);

const struct ga_child_count *ga_headcount_of(const struct ga_headcount *headcount, size_t child, size_t definition);

/* "47.0": in per cent, to the nearest tenth; "0.0" of nothing. Returns buf. */
const char *ga_share_text(size_t part, size_t whole, char buf[16]);

/* A difference between two definitions falls into lines: what a says, what b says, why. */
struct ga_difference {
    size_t a, b; /* definitions */
    enum ga_counted in_a, in_b;
    int reason;              /* a's facts, then b's, from 1; 0: none of them is true */
    struct ga_label label;   /* of the reason; zh NULL: other */
    size_t children;
};

/* The lines that have children, in the order yes→no, yes→unknown, no→yes …, then of the facts; in `arena`. */
size_t ga_headcount_differences(const struct ga_headcount *headcount, size_t a, size_t b, struct ga_arena *arena,
                                struct ga_difference **ret_lines);

/* Which children are meant: those behind a number, or behind a line. */
struct ga_figures_pick {
    bool is_difference;
    size_t definition;       /* a number: of this definition … */
    enum ga_counted counted; /* … those it says this of */
    struct ga_difference line;
};

bool ga_headcount_has(const struct ga_headcount *headcount, size_t child, const struct ga_figures_pick *pick);

/* The children of a pick, as places in `nos`, in roster order; in `arena`. */
size_t ga_headcount_list(const struct ga_headcount *headcount, const struct ga_figures_pick *pick,
                         struct ga_arena *arena, size_t **ret_children);

#endif
