/* Notes on single fields of a record: who found what about an answer, when. */
#ifndef GUANAI_STORE_NOTE_H
#define GUANAI_STORE_NOTE_H

#include "guanai/store/save.h"

/*
 * A note is a group `_note/UUID` of an operation of its own: never changed, never erased, as restricted as the field
 * it is on. It can be marked done, and open again; who did so, when, is kept as well (store/own.h). Notes are no
 * answers: no column, rule, figure, search key reads them. They stand in the table _note, which is made of the log.
 */
enum { GA_NOTE_CHARS = 500, GA_NOTE_WHEN_SIZE = 17 };

struct ga_note {
    struct ga_uuid id;
    struct ga_uuid record;
    const char *field;   /* its name, "siblings.age" inside a repeat */
    struct ga_uuid row;  /* of the repeat; zero at top level */
    enum ga_protect protect; /* as it was written, or as the form has it now: the stricter */
    const char *text;
    const char *user, *typist; /* typist NULL: the user */
    char when[GA_NOTE_WHEN_SIZE]; /* "2026-11-23 12:41", the writer's local time */
    bool is_doubtful;             /* the clock was in doubt, or ahead of today's */
    const char *settled_by;       /* NULL: open */
    char settled_when[GA_NOTE_WHEN_SIZE];
};

/* All of a record, oldest first; everything lives in `arena`. */
enum ga_rc ga_notes_read(struct ga_store *store, const struct ga_uuid *record, struct ga_arena *arena,
                         struct ga_note **ret_notes, size_t *ret_count, struct ga_error *err);

/* The same of all files of a child that are linked with this one (store/same.h); of any other record, of it alone. */
enum ga_rc ga_notes_read_child(struct ga_store *store, const struct ga_uuid *child, struct ga_arena *arena,
                               struct ga_note **ret_notes, size_t *ret_count, struct ga_error *err);

/* Of every record, oldest first, those on restricted fields left out; `form` NULL: all forms. */
struct ga_note_filter {
    const char *form;
    bool with_settled;
};
enum ga_rc ga_notes_list(struct ga_store *store, const struct ga_note_filter *filter, struct ga_arena *arena,
                         struct ga_note **ret_notes, size_t *ret_count, struct ga_error *err);

/* How many are open, without those written on restricted fields; a single count. */
enum ga_rc ga_notes_count_open(struct ga_store *store, int64_t *ret_count, struct ga_error *err);

/* Is it about this field, in this row (NULL or zero: top level)? */
bool ga_note_is_on(const struct ga_note *note, const struct ga_field *field, const struct ga_uuid *row);

/* Is this a note that can be kept? GA_REFUSED for an empty text, GA_TOO_BIG past GA_NOTE_CHARS. */
enum ga_rc ga_note_check(const char *text, struct ga_error *err);

/* Within a save: `row` NULL or zero at top level. */
enum ga_rc ga_save_note(struct ga_save *save, const struct ga_uuid *record, const struct ga_field *field,
                        const struct ga_uuid *row, const char *text, struct ga_error *err);

/* Alone, in a transaction of its own. */
enum ga_rc ga_store_note(struct ga_store *store, const struct ga_uuid *record, const struct ga_field *field,
                         const struct ga_uuid *row, const char *text, struct ga_error *err);
enum ga_rc ga_store_settle_note(struct ga_store *store, const struct ga_note *note, bool is_settled, struct ga_error *err);

#endif
