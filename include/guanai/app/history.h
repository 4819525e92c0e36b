/* A record's history with everything that was decided about it. */
#ifndef GUANAI_APP_HISTORY_H
#define GUANAI_APP_HISTORY_H

#include "guanai/app/session.h"
#include "guanai/store/history.h"

/*
 * ga_store_history() with the signatures that cover the record (app/sign.h) among its entries: kind GA_HISTORY_NOTE,
 * field "", `when` the day, new_text "signed, 2026-11". Asked for one field they stand there as well: they are of all of it.
 * In doubt is also what says it was written after today.
 */
enum ga_rc ga_session_history(struct ga_session *session, const struct ga_uuid *id, const char *field, enum ga_lang lang,
                              struct ga_arena *arena, struct ga_history_entry **ret_entries, size_t *ret_count,
                              struct ga_error *err);

#endif
