/* Half-filled forms that survive a power cut. */
#ifndef GUANAI_STORE_DRAFT_H
#define GUANAI_STORE_DRAFT_H

#include "guanai/store/save.h"

/* A note on a field of a record that is not made yet (store/note.h). */
struct ga_draft_note {
    const char *field; /* "siblings.age" inside a repeat */
    struct ga_uuid row;
    const char *text;
};

/*
 * One draft a (form, record or child, user); saved at every field exit. Who sat at the keys, when it is not the user,
 * stands behind a tab in the column of the time: folders of older programs need no other table, and those programs
 * show the time alone.
 */
struct ga_draft {
    int64_t no; /* 0: not saved yet */
    struct ga_answers answers;
    struct ga_heads *heads; /* as they stood when the form was opened; NULL for a new record */
    char field[64];         /* where the user was */
    struct ga_uuid row;     /* of a repeat; zero at top level */
    const char *half;       /* typed there, no answer yet; NULL or "" nothing; opened: in the answers' arena */
    const struct ga_draft_note *notes; /* opened: in the answers' arena */
    size_t notes_count;
    char user[64];
    char when[17];          /* "2026-11-20 15:32" of the last keystroke saved */
};

enum ga_rc ga_draft_save(struct ga_store *store, struct ga_draft *draft, struct ga_error *err);
enum ga_rc ga_draft_drop(struct ga_store *store, int64_t no, struct ga_error *err);

/*
 * Thrown away, but not lost: the last GA_DRAFTS_ASIDE_MAX of this computer can be put back, the newest first. They
 * stand in the same table under their user's name with a sign before it that no name has, and in no list. One
 * thrown away before of the same form, record and user goes for good.
 */
enum { GA_DRAFTS_ASIDE_MAX = 20 };
enum ga_rc ga_draft_set_aside(struct ga_store *store, int64_t no, struct ga_error *err);
/* The last one of this person's, their own or typed for somebody else; 0: none. */
enum ga_rc ga_draft_find_aside(struct ga_store *store, const char *person, int64_t *ret_no, struct ga_error *err);

/* GA_REFUSED when the same has been begun again since: that one first. */
enum ga_rc ga_draft_put_back(struct ga_store *store, int64_t no, struct ga_error *err);

enum ga_rc ga_draft_open(struct ga_store *store, int64_t no, struct ga_draft *ret_draft, struct ga_error *err);
void ga_draft_finish(struct ga_draft *draft);

/* For the first screen: "继续 11-20 15:32 张三 的家访？" */
struct ga_draft_line {
    int64_t no;
    const char *form;
    struct ga_uuid record, child; /* zero when new or without */
    const char *user, *typist; /* typist: who sat at the keys, where it was typed for somebody else; NULL: the user */
    const char *when, *summary; /* summary: the child's name, else the draft's own */
    int64_t rows; /* of a sheet (store/draft_sheet.h) its records; 0: one record */
};

/* Newest first; user NULL: everybody's. Lives in `arena`. */
enum ga_rc ga_draft_list(struct ga_store *store, const char *user, struct ga_arena *arena,
                         struct ga_draft_line **ret_lines, size_t *ret_count, struct ga_error *err);

/* The draft of this form, record (or child) and user, 0 when there is none. */
enum ga_rc ga_draft_find(struct ga_store *store, const char *form, const struct ga_uuid *record,
                         const struct ga_uuid *child, const char *user, int64_t *ret_no, struct ga_error *err);

#endif
