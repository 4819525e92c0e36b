/* Writes down which duties are in force. */
#include "guanai/app/duties.h"

#include "guanai/base/str.h"
#include "guanai/text/class_name.h"
#include "private.h"

static enum ga_rc check(struct ga_session *session, const struct ga_duty_switch *choice, struct ga_error *err)
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
    return GA_OK;
}

static enum ga_rc fill_class(struct ga_entry *entry, const struct ga_roster_class *class_of, struct ga_error *err)
{
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), class_of->grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->class_no);
    enum ga_rc rc = ga_entry_set(entry, ga_form_field(entry->form, "site"), NULL, class_of->site, NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_set(entry, ga_form_field(entry->form, "class"), NULL, ga_class_name_text(&name, GA_ZH, text), NULL, err);
    return rc;
}

enum ga_rc ga_session_switch_duty(struct ga_session *session, const struct ga_duty_switch *choice, struct ga_error *err)
{
    struct ga_entry *entry;
    enum ga_rc rc = check(session, choice, err);
    if (rc == GA_OK)
        rc = ga_entry_new(session, "duty_choice", NULL, &entry, err);
    if (rc != GA_OK)
        return rc;
    entry->mode = GA_CHECK_IMPORT;
    rc = ga_entry_set(entry, ga_form_field(entry->form, "duty"), NULL, choice->duty, NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_set(entry, ga_form_field(entry->form, "is_on"), NULL, choice->is_on ? "1" : "0", NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_set(entry, ga_form_field(entry->form, "from_on"), NULL, GA_DATE_ISO(choice->from_on), NULL, err);
    if (rc == GA_OK && choice->class_of != NULL)
        rc = fill_class(entry, choice->class_of, err);
    if (rc == GA_OK)
        rc = ga_entry_save(entry, NULL, err);
    ga_entry_destroy(entry);
    return rc;
}
