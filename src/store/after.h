/* What a save leaves to be written by and by; private to this room. */
#ifndef GUANAI_STORE_AFTER_H
#define GUANAI_STORE_AFTER_H

#include "guanai/store/save.h"

/*
 * That a draft is done with, what the next new record is filled in from: each would cost the save a page of its own. They
 * stand in the row of the save's transaction instead, column `after` of tail, a line each; whoever reads drafts or these
 * settings does first what stands there, in a transaction that waits for no disk. The setting `after` is the last
 * operation whose line is done, written with it. So the transaction itself says that a draft is done: after a power cut
 * nothing that was saved is offered again. A draft begun later may get its number again: by then the line is done.
 */
void ga_after_add_draft(struct ga_str *after, int64_t no);
void ga_after_add_setting(struct ga_str *after, const char *name, const char *value);

/* Does at once what the lines say. */
enum ga_rc ga_after_do(struct ga_store *store, const char *lines, struct ga_error *err);

/* Does what stands in tail; costs nothing when it is known that nothing does. Before rows leave tail, too. */
enum ga_rc ga_after_follow(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_after_follow_telling(struct ga_store *store, bool *ret_has_done, struct ga_error *err);

#endif
