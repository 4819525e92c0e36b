/* Who changed what: the log, read back as lines a person understands. */
#ifndef GUANAI_STORE_HISTORY_H
#define GUANAI_STORE_HISTORY_H

#include "guanai/base/uuid.h"
#include "guanai/store/store.h"

enum ga_history_kind {
    GA_HISTORY_VALUE,
    GA_HISTORY_NOTE,     /* a note on the field, or one that was marked done (store/note.h); new_text says it */
    GA_HISTORY_VERIFIED, /* the value was typed a second time (store/verify.h); new_text says what that came to */
};

struct ga_history_entry {
    enum ga_history_kind kind;
    const char *when;  /* "2026-11-23 12:41", the writer's local time */
    bool is_doubtful;  /* the clock was in doubt */
    const char *user;
    const char *typist; /* NULL: the user typed it */
    const char *site;   /* short name or the first 8 digits of the site's id */
    const char *field;  /* field id; "siblings[2].age" inside a repeat, "" for the record as a whole */
    const struct ga_field *definition; /* NULL when the installed form has no such field */
    const char *source; /* the file that brought it (or whose undo did), its author and day; "" when it was typed */
    const char *old_text, *new_text;   /* as shown, in the language given; "" for empty */
    bool is_current; /* of values: it stands now */
};

/* Oldest first, within one operation in the form's order. Everything lives in `arena`. `field` NULL: all. */
enum ga_rc ga_store_history(struct ga_store *store, const struct ga_uuid *id, const char *field,
                            enum ga_lang lang, struct ga_arena *arena, struct ga_history_entry **ret_entries,
                            size_t *ret_count, struct ga_error *err);

/* The day on which a field of the record (by number) came to say what it says; year 0: it never said anything. */
enum ga_rc ga_store_said_on(struct ga_store *store, int64_t no, const char *field, struct ga_date *ret_day, struct ga_error *err);

#endif
