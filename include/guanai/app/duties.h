/* The headteacher decides which duties are in force. */
#ifndef GUANAI_APP_DUTIES_H
#define GUANAI_APP_DUTIES_H

#include "guanai/app/care.h"

struct ga_duty_switch {
    const char *duty;                       /* its id */
    const struct ga_roster_class *class_of; /* site, grade, class_no; NULL: the whole school, its classes' own choices end */
    bool is_on;
    struct ga_date from_on;                 /* the first day it holds */
};

/*
 * Writes a record duty_choice, decided by this user: the lists follow at the next look. GA_NOT_FOUND without such a
 * duty. GA_REFUSED: of a class what is the school's or a site's, or what begins in another school year, when the class
 * is called otherwise.
 */
enum ga_rc ga_session_switch_duty(struct ga_session *session, const struct ga_duty_switch *choice, struct ga_error *err);

#endif
