/*
 * About how many records a month a form makes: what the headteacher is told before it is switched on.
 *
 * The rule, first what holds:
 *   1. duties in force that its records close: what these make together (ga_burdens_read);
 *   2. none in force, but duties that could be: what the dearest of them would make;
 *   3. the form's own `a_year`: records a school year of ten months of lessons – for each left-behind child where the
 *      form is of a child, for each class that has such children where its rows name children, else for the school;
 *   4. nothing is told: it is written when something happens.
 */
#ifndef GUANAI_CARE_FORM_LOAD_H
#define GUANAI_CARE_FORM_LOAD_H

#include "guanai/care/burden.h"

enum ga_form_load_by { GA_LOAD_UNTOLD, GA_LOAD_DUTIES, GA_LOAD_DUTY_OFF, GA_LOAD_A_YEAR };

struct ga_form_load {
    enum ga_form_load_by by;
    const struct ga_duty *duty;                            /* DUTIES: the first of them, DUTY_OFF: that one; else NULL */
    int64_t records, class_average, class_most, teacher_average; /* as in ga_burden */
};

/* Of each of these forms, in `arena`: one pass over duties and classes for all of them. */
enum ga_rc ga_form_loads_read(struct ga_care *care, const struct ga_form *const *forms, size_t count, struct ga_arena *arena,
                              struct ga_form_load **ret_loads, struct ga_error *err);

#endif
