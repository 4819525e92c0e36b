/* Finds the record that a page is about. */
#include "parts/about.h"

#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"

bool ga_about_child(struct ga_screen *screen, int64_t no, struct ga_uuid *ret_id)
{
    return no != 0 && ga_store_id_of(ga_screen_session(screen)->store, no, ret_id, NULL) == GA_OK;
}

bool ga_about_record(struct ga_screen *screen, const struct ga_uuid *record, struct ga_uuid *ret_id)
{
    struct ga_store *store = ga_screen_session(screen)->store;
    const struct ga_form *form;
    struct ga_answers answers;
    if (ga_store_form_of(store, record, &form, NULL) != GA_OK)
        return false;
    *ret_id = *record;
    if (form->of.text == NULL)
        return true;
    if (ga_store_read(store, form, record, &answers, NULL, NULL) != GA_OK)
        return false;
    *ret_id = answers.child;
    ga_answers_finish(&answers);
    return true;
}
