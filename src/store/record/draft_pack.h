/* A draft's answers as bytes; private to draft. */
#ifndef GUANAI_STORE_DRAFT_PACK_H
#define GUANAI_STORE_DRAFT_PACK_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"
#include "guanai/store/draft.h"

/* Begins the place of a draft that holds many records, no name of a field; how many follows. */
enum { GA_DRAFT_SHEET_MARK = '#' };

/*
 * varint and text as in store/operation.h:
 * draft   = varint 3 ‖ answers of the form ‖ varint count ‖ repeats ‖ 16 bytes of the row the user is in
 *           ‖ text typed there that is no answer yet ‖ varint count ‖ notes: field, 16 bytes of its row, text;
 *           as varint 2 (read only) without the notes, as varint 1 also without row and text
 * answers = varint count ‖ (field name ‖ varint state ‖ varint marks: 1 touched, 2 overruled
 *           ‖ the reason when overruled ‖ the value when answered)
 * value   = varint 1 ‖ zigzag  or  2 ‖ 8 bytes of a double, low one first  or  3 ‖ text
 * repeat  = field name ‖ varint count ‖ rows: 16 bytes ‖ varint 1 when gone ‖ answers
 * Empty, untouched answers are left out.
 */
void ga_draft_pack(const struct ga_draft *draft, struct ga_str *out);

/* What the column of the time holds: "2026-11-20 15:32", then a tab and the typist where it is not the user. */
void ga_draft_add_stamp(struct ga_store *store, const char *when, const char *user, struct ga_str *out);
const char *ga_draft_stamp_typist(const char *stamp); /* within it; NULL: the user typed it */

/* Answers, row and half; the answers are initialised for the form. Fields it has no more are passed over. */
enum ga_rc ga_draft_unpack(const void *bytes, size_t len, struct ga_draft *draft, struct ga_error *err);

#endif
