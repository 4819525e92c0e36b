/* Keys that edit text, the same in every field. */
#ifndef GUANAI_SRC_TUI_EDIT_KEYS_H
#define GUANAI_SRC_TUI_EDIT_KEYS_H

#include "guanai/base/message.h"
#include "guanai/tui/key.h"

struct ga_edit;

/* False: no editing key. */
bool ga_edit_keys_run(struct ga_edit *edit, const struct ga_event *event, bool *ret_is_changed);

/* Says in `note` (nullable) why the last insertion was refused, if it was. */
void ga_edit_keys_refuse(const struct ga_edit *edit, size_t max_chars, struct ga_message *note);

#endif
