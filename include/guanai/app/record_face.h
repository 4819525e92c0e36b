/* What others must know of a record without opening it: whose it is, who did it, whether it still says the same. */
#ifndef GUANAI_APP_RECORD_FACE_H
#define GUANAI_APP_RECORD_FACE_H

#include "guanai/app/session.h"

/*
 * The print is of the answers alone, by field name: the same on every computer that has the same values, whatever the
 * form's version, notes or the way they came. A field that is empty adds nothing, so a new one changes no print.
 */
enum { GA_PRINT_BYTES = 32 };

struct ga_record_face {
    struct ga_uuid id, child; /* child zero: of none */
    const struct ga_form *form;
    const char *doer;   /* the person whose default is user(); where none stands there, who answers for the record */
    const char *typist; /* who typed it; NULL: who answers for it */
    const char *user;   /* who answers for it */
    struct ga_date day; /* the form's first date; year 0: none */
    uint8_t print[GA_PRINT_BYTES];
};

/* Texts in `arena`. GA_NOT_FOUND: removed, or never here. */
enum ga_rc ga_record_face_read(struct ga_session *session, const struct ga_uuid *id, struct ga_arena *arena,
                               struct ga_record_face *ret_face, struct ga_error *err);

/* "何丽 11-21 家访": child, day, form. In `arena`. */
const char *ga_record_face_text(struct ga_session *session, const struct ga_record_face *face, enum ga_lang lang,
                                struct ga_arena *arena);

/* Bytes as characters of base64url (RFC 4648), `size` − 1 of them: for short marks kept in text fields. Returns buf. */
const char *ga_print_text(const uint8_t *bytes, char *buf, size_t size);

#endif
