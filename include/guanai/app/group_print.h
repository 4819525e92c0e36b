/* The children of one record on paper, to be signed for. */
#ifndef GUANAI_APP_GROUP_PRINT_H
#define GUANAI_APP_GROUP_PRINT_H

#include "guanai/app/session.h"

/*
 * A line a child with its class, what the record notes of it and room for a signature or a fingerprint; below how many
 * they are and, of sums of money, how much. Of form with a list of children only (form/children.h), else GA_USAGE. What is
 * sensitive stands on no such list. `title` above each page; written as ga_print_write does.
 */
enum ga_rc ga_group_print(struct ga_session *session, const struct ga_uuid *id, const char *title, const char *path,
                          struct ga_error *err);

#endif
