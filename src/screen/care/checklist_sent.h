/* Which cells of a class's sheet have a record that was sent back. */
#ifndef GUANAI_SRC_SCREEN_CHECKLIST_SENT_H
#define GUANAI_SRC_SCREEN_CHECKLIST_SENT_H

#include "guanai/app/send_back.h"
#include "guanai/care/checklist.h"

struct ga_checklist_sent {
    const struct ga_sent_back **items; /* a cell each, row by row; NULL: nothing was sent back at all */
    size_t columns;
};

/* Of those that nobody has accepted; in `arena`, as the sheet. */
enum ga_rc ga_checklist_sent_read(struct ga_session *session, const struct ga_checklist *list, struct ga_arena *arena,
                                  struct ga_checklist_sent *ret_sent, struct ga_error *err);

/* NULL: that one was not. */
static inline const struct ga_sent_back *ga_checklist_sent_at(const struct ga_checklist_sent *sent, size_t row, size_t column)
{
    return sent->items == NULL ? NULL : sent->items[row * sent->columns + column];
}

/* "11-11 退回", "11-11 已补": at most 10 columns in Chinese, "11-11 redo", "11-11 look". In `arena`. */
const char *ga_checklist_sent_cell(const struct ga_sent_back *item, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena);

/* " · 退回：写清孩子睡在哪里" behind what is said of the cell; "" for NULL. */
const char *ga_checklist_sent_words(const struct ga_sent_back *item, enum ga_lang lang, struct ga_arena *arena);

#endif
