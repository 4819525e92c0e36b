/* For whom a new record is filled in. */
#include "record/record_doer.h"

#include "guanai/app/names.h"
#include "guanai/screen/doer.h"
#include "parts/corner.h"

void record_take_doer(struct ga_screen *screen, const char *doer)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_store *store = record->entry->session->store;
    struct ga_error err = {0};
    enum ga_rc rc = ga_entry_change_doer(record->entry, doer, &err);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    if (ga_session_is_for_other(record->entry->session) && ga_names_remember_doer(store, doer, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    const struct ga_field *field = box_is_open(&record->box) ? record->box.field : NULL;
    const struct ga_uuid row = record->box.row;
    box_close(&record->box); /* what stands in it may be the name that changed */
    if (field != NULL)
        record_focus_field(record, field, &row);
    record_renew(screen);
    record_keep_draft(screen);
    ga_corner_tell(screen);
}

enum ga_reply record_change_doer(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    if (!record_commit(screen))
        return GA_REDRAW;
    if (ga_session_is_for_other(record->entry->session))
        record_take_doer(screen, ga_store_typist(record->entry->session->store));
    else
        ga_screen_doer_ask(screen, TAG_DOER);
    return GA_REDRAW;
}
