/* A child gets another card number, because another child has the same. */
#ifndef GUANAI_APP_CARD_NO_H
#define GUANAI_APP_CARD_NO_H

#include "guanai/app/session.h"

/*
 * The next free number; the old one goes to the file's former ones, by which search finds the child still, and the
 * history tells who gave it when. GA_REFUSED when nobody else has the child's number (a number is for ever).
 */
enum ga_rc ga_card_no_renew(struct ga_session *session, const struct ga_uuid *child, int64_t *ret_number,
                            struct ga_error *err);

#endif
