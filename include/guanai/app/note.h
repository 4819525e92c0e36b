/* Writing a note on a field: at once for a stored record, with the save for a new one; half-typed it survives. */
#ifndef GUANAI_APP_NOTE_H
#define GUANAI_APP_NOTE_H

#include "guanai/app/entry.h"
#include "guanai/store/note.h"

/* Where a note stands. */
struct ga_note_place {
    const struct ga_form *form;
    struct ga_uuid record, child; /* record zero: one that is being filled in, of this child (zero: of none) */
    const struct ga_field *field;
    struct ga_uuid row; /* zero outside a repeat */
    struct ga_entry *entry; /* of the record that is being filled in; else NULL */
    enum ga_rc (*keep)(void *ctx, struct ga_error *err); /* its draft, where it is part of a larger one; else NULL */
    void *keep_ctx;
};

/* Writes the note, forgets the half-typed one, in one transaction; into the entry's draft when there is an entry. */
enum ga_rc ga_note_write(struct ga_session *session, const struct ga_note_place *place, const char *text,
                         struct ga_error *err);

/*
 * What is typed but not written yet: one a user, kept as the setting `note.half.USER` so that a power cut loses
 * nothing. "" forgets it. Reading answers nothing when what is kept belongs somewhere else; appended.
 */
enum ga_rc ga_note_keep_half(struct ga_session *session, const struct ga_note_place *place, const char *text,
                             struct ga_error *err);
void ga_note_read_half(struct ga_session *session, const struct ga_note_place *place, struct ga_str *out);

/* Where the half-typed note of this user belongs, for the first page: only on a stored record. False: there is none. */
bool ga_note_find_half(struct ga_session *session, struct ga_note_place *ret_place);

#endif
