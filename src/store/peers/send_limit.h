/* Cuts transactions down to what a limited receiver may have; private to send. */
#ifndef GUANAI_STORE_SEND_LIMIT_H
#define GUANAI_STORE_SEND_LIMIT_H

#include "private.h"

#include "guanai/store/send.h"

struct ga_limiting;

struct ga_limiting *ga_limiting_create(struct ga_store *store, const struct ga_send_limit *limit);
void ga_limiting_destroy(struct ga_limiting *limiting); /* NULL is fine */

/* The transactions of what has to be handed out again join the others: rising, each once. */
enum ga_rc ga_limiting_add_again(struct ga_limiting *limiting, struct ga_vec *numbers, struct ga_error *err);

/* Begins with a transaction. One of which nothing is shown costs nothing, however long it is: its root says all. */
enum ga_rc ga_limiting_cut(struct ga_limiting *limiting, const struct ga_parcel *parcel, int64_t first_op, struct ga_error *err);

/* Steps on. false: what comes next is withheld, *ret_op is it. */
bool ga_limiting_shows(struct ga_limiting *limiting, struct ga_parcel_op *ret_op);

#endif
