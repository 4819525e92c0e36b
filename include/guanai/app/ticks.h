/*
 * One record about several children: a repeat each row of which names a child, seen as a list to tick.
 *
 *   ga_entry + repeat ──▶ ga_ticks ──(show: whose names stand there)──▶ set ──▶ rows of the entry
 */
#ifndef GUANAI_APP_TICKS_H
#define GUANAI_APP_TICKS_H

#include "guanai/app/entry.h"
#include "guanai/app/whom.h"

enum { GA_TICKS_SHOWN_MAX = 1000 };

/* A line of the list. Texts live until the next show. */
struct ga_tick {
    struct ga_uuid child; /* zero: its row names nobody */
    struct ga_uuid row;   /* of the repeat, once ticked; stays when it is taken away again */
    int64_t number;       /* among those shown, as on the printed sheet; 0: chosen, but none of them */
    const char *name, *class_shown, *village;
    bool is_left_behind, has_left;
};

struct ga_ticks {
    struct ga_entry *entry;        /* borrowed */
    const struct ga_field *repeat;
    const struct ga_field *names;  /* which field of the row says who it is */
    const char *sex;               /* code; of those not ticked only these are shown; NULL: all */
    struct ga_vec lines;           /* struct ga_tick: who was chosen already first, then the others shown */
    struct ga_arena arena;         /* of the lines */
};

/*
 * The field of a repeat that names the row's child: its first one, `record of: child`. NULL: the repeat is no
 * list of children, its rows are added one by one. Retired fields do not count.
 */
const struct ga_field *ga_ticks_names(const struct ga_field *repeat);

/* The first such repeat of a form that is in use; NULL: none. */
const struct ga_field *ga_ticks_repeat(const struct ga_form *form);

void ga_ticks_init(struct ga_ticks *ticks, struct ga_entry *entry, const struct ga_field *repeat);
void ga_ticks_finish(struct ga_ticks *ticks);

/*
 * Makes the list anew: who is ticked, in the order of the rows, then the others meant by `whom` (NULL: nobody
 * else), of these only the left-behind if so wanted. Numbers are those of all meant.
 */
enum ga_rc ga_ticks_show(struct ga_ticks *ticks, const struct ga_whom *whom, bool only_left_behind,
                         struct ga_error *err);

struct ga_tick *ga_ticks_line(const struct ga_ticks *ticks, size_t i);
struct ga_row *ga_ticks_row(const struct ga_ticks *ticks, size_t i); /* NULL: not ticked */

/*
 * Ticked: a row that names the child, the old one when it was only just taken away, with what was noted in it.
 * Unticked: the row is gone from the record. Nothing changes when it is so already.
 */
enum ga_rc ga_ticks_set(struct ga_ticks *ticks, size_t i, bool is_on, struct ga_error *err);
enum ga_rc ga_ticks_set_all(struct ga_ticks *ticks, bool is_on, struct ga_error *err); /* the whole list */

size_t ga_ticks_count(const struct ga_entry *entry, const struct ga_field *repeat); /* rows there are */

/* "彭英俊、李福春": who is ticked; appended. */
void ga_ticks_say(struct ga_entry *entry, const struct ga_field *repeat, enum ga_lang lang, struct ga_str *out);

#endif
