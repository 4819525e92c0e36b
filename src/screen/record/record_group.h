/* The children of a record that is about several. */
#ifndef GUANAI_SRC_SCREEN_RECORD_GROUP_H
#define GUANAI_SRC_SCREEN_RECORD_GROUP_H

#include "record/record_state.h"

/* The list of children the focus stands on; NULL: it stands on something else. */
const struct ga_field *record_group(const struct record *record);

bool record_is_group_key(const struct ga_event *event); /* opens that list */

/* `at`, `row` (nullable): a field of the repeat to begin in. */
void record_open_group(struct ga_screen *screen, const struct ga_field *repeat, const struct ga_field *at,
                       const struct ga_uuid *row);
void record_go_into_group(struct ga_screen *screen); /* of a draft: a cell of the list was being typed in */
void record_take_group(struct ga_screen *screen, const struct ga_tui_result *result);

/* A new record as this user's last one, dated today; of a group the list opens: who was there this time? */
void record_repeat_last(struct ga_screen *screen);

#endif
