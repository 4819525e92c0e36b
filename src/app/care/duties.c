/* Writes down which duties are in force. */
#include "guanai/app/duties.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/care/past.h"
#include "private.h"

/* `class_text`: what is written of the class; "" for the school. */
static enum ga_rc check(struct ga_session *session, const struct ga_duty_switch *choice, char class_text[GA_CLASS_NAME_SIZE],
                        struct ga_error *err)
{
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_duties *duties = ga_care_duties(care);
    const int no = ga_duties_find(duties, choice->duty);
    if (no < 0)
        return ga_error_set(err, GA_NOT_FOUND, "there is no duty '%1'", choice->duty);
    if (choice->class_of == NULL)
        return GA_OK;
    if (duties->items[no]->per != GA_PER_CHILD && duties->items[no]->per != GA_PER_CLASS)
        return ga_error_set(err, GA_REFUSED, "this is done for the whole school, not by class");
    if (ga_class_name_school_year(choice->from_on) != ga_class_name_school_year(session->today))
        return ga_error_set(err, GA_REFUSED, "for one class it begins within this school year: in others the class has another name");
    rc = ga_care_follow(care, err);
    if (rc == GA_OK && !ga_care_class_text(care, choice->class_of, session->today, choice->from_on, class_text))
        rc = ga_error_set(err, GA_REFUSED, "this class finishes school this summer");
    return rc;
}

enum ga_rc ga_session_switch_duty(struct ga_session *session, const struct ga_duty_switch *choice, struct ga_error *err)
{
    const struct ga_roster_class *class_of = choice->class_of;
    char text[GA_CLASS_NAME_SIZE] = "";
    const enum ga_rc rc = check(session, choice, text, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_written fields[] = {{"duty", choice->duty}, {"is_on", choice->is_on ? "1" : "0"},
                                        {"from_on", GA_DATE_ISO(choice->from_on)},
                                        {"site", class_of == NULL ? "" : class_of->site}, {"class", text}};
    return ga_written_make(session, NULL, "duty_choice", NULL, fields, GA_COUNT(fields), err);
}
