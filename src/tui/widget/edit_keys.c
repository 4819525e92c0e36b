/* Keys that edit text, the same in every field. */
#include "edit_keys.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/edit.h"

struct edit_key {
    uint32_t key;
    bool (*run)(struct ga_edit *edit); /* NULL: a move */
    enum ga_edit_move move;
};

static const struct edit_key keys[] = {
    {GA_KEY_LEFT, NULL, GA_EDIT_LEFT},   {GA_KEY_RIGHT, NULL, GA_EDIT_RIGHT},
    {GA_KEY_HOME, NULL, GA_EDIT_HOME},   {GA_KEY_END, NULL, GA_EDIT_END},
    {GA_KEY_BACKSPACE, ga_edit_erase, 0}, {GA_KEY_DELETE, ga_edit_delete, 0},
    {GA_CTRL('U'), ga_edit_kill_line, 0}, {GA_CTRL('W'), ga_edit_kill_word, 0},
    {GA_CTRL('Z'), ga_edit_undo, 0},      {GA_CTRL('Y'), ga_edit_redo, 0},
};

bool ga_edit_keys_run(struct ga_edit *edit, const struct ga_event *event, bool *ret_is_changed)
{
    for (size_t i = 0; i < GA_COUNT(keys); i++) {
        if (!ga_event_is_key(event, keys[i].key))
            continue;
        if (keys[i].run != NULL)
            *ret_is_changed = keys[i].run(edit);
        else
            ga_edit_move(edit, keys[i].move);
        return true;
    }
    return false;
}

void ga_edit_keys_refuse(const struct ga_edit *edit, size_t max_chars, struct ga_message *note)
{
    if (note == NULL)
        return;
    switch (ga_edit_refusal(edit)) {
    case GA_EDIT_TOO_LONG:
        ga_message_set(note, "at most %1 characters fit here; nothing was added", GA_NUM(max_chars));
        break;
    case GA_EDIT_NOT_TEXT:
        ga_message_set(note, "that cannot be shown as text; nothing was added");
        break;
    default:
        break;
    }
}
