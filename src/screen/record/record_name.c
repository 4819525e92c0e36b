/* Asks what becomes of a child's name that was changed. */
#include "record/record_name.h"

#include "guanai/tui/dialog.h"

void record_ask_old_name(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    const char *old;
    char text[2 * GA_MESSAGE_BYTES];
    struct ga_message msg;
    if (!ga_entry_old_name(record->entry, &old))
        return;
    ga_message_set(&msg, "The name was %1. Keep it as the former name, so that the child is found by it as well?", old);
    ga_dialog_confirm(screen, ga_screen_tr(screen, "The name was changed"),
                      ga_message_text(&msg, ga_screen_lang(screen), text, sizeof(text)), true, TAG_OLD_NAME);
}

void record_take_old_name(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_error err = {0};
    if (!result->is_done)
        return; /* back at the form, nothing saved */
    if (result->code == 1 && ga_entry_keep_old_name(record->entry, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    record->has_asked_name = true;
    record_save(screen);
}

bool record_asks_old_name(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    const char *old;
    if (record->has_asked_name || !ga_entry_old_name(record->entry, &old) || !ga_entry_check(record->entry))
        return false;
    record_ask_old_name(screen);
    return true;
}
