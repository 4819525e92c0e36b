/* Between what says why something is not done and what lists, signs it; private to them. */
#ifndef GUANAI_SRC_APP_EXCUSE_INNER_H
#define GUANAI_SRC_APP_EXCUSE_INNER_H

#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/text/class_name.h"

/* What the due's class is called today; "" of a site or the school. false: it has finished school. */
bool ga_due_call_class(const struct ga_care *care, const struct ga_due *due, struct ga_date today, struct ga_arena *arena,
                       struct ga_roster_class *ret_class, char text[GA_CLASS_NAME_SIZE]);

/* Site and class into the fields of that name. */
enum ga_rc ga_due_write_class(struct ga_entry *entry, const struct ga_due *due, struct ga_error *err);

/* Confirms within a save; *ret_count is raised by how many. */
enum ga_rc ga_excuses_confirm_within(struct ga_session *session, struct ga_save *save, const struct ga_excuse *excuses,
                                     size_t count, size_t *ret_count, struct ga_error *err);

#endif
