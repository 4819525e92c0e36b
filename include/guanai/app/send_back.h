/* A record sent back with words, until it is mended. */
#ifndef GUANAI_APP_SEND_BACK_H
#define GUANAI_APP_SEND_BACK_H

#include "guanai/app/session.h"

/*
 * What is sent back is a record of form sent_back: which record, whose, the words, what it said then (`seen`).
 *
 *   send ──▶ open ──(the record was edited since, or answered 已补)──▶ mended ──▶ accepted
 *             │                                                          └──▶ sent back again: this one is closed, a new one opens
 *             └──▶ withdrawn
 *
 * Notes on fields (store/note.h) are for whoever reads the record; this is a task for one person, with an answer, so it
 * has fields, merges field by field, stands in exports. Whether the record was mended is seen from what it says now
 * (app/record_face.h), so every computer that has both finds the same.
 */
#define GA_SENT_BACK_FORM "sent_back"
enum { GA_SEND_BACK_CHARS = 200 };

struct ga_sent_back {
    struct ga_uuid id, record; /* its own, the one that was sent back */
    int64_t record_no;         /* its number on this computer; 0: it never was here */
    const char *about;         /* "何丽 11-21 家访", as it was called then */
    const char *words;
    const char *to_whom, *to_typist; /* "": nobody typed it for them */
    const char *by;
    struct ga_date on;
    const char *answer, *answered_by; /* "": none */
    bool is_mended;  /* edited since, or answered */
    bool is_there;   /* the record was not removed */
    bool is_mine;    /* to be mended by who is at the keys: who did it, or typed it */
    bool is_by_me;
};

/*
 * GA_REFUSED without words; GA_DENIED for own work. One of that record that is open is closed by it (`again`): one
 * transaction.
 */
enum ga_rc ga_send_back(struct ga_session *session, const struct ga_uuid *record, const char *words, struct ga_error *err);

/* All that are open, mine first, then the oldest; in `arena`. Read once, then kept until one of them or its record is saved. */
enum ga_rc ga_sent_back_list(struct ga_session *session, struct ga_arena *arena, struct ga_sent_back **ret_items,
                             size_t *ret_count, struct ga_error *err);

/* The one of that record which is open; NULL: it was not sent back, or was accepted. In `arena`. */
enum ga_rc ga_sent_back_of(struct ga_session *session, const struct ga_uuid *record, struct ga_arena *arena,
                           const struct ga_sent_back **ret_item, struct ga_error *err);

/* "已补", with a word or without. */
enum ga_rc ga_sent_back_answer(struct ga_session *session, const struct ga_sent_back *item, const char *answer,
                               struct ga_error *err);

/* Looked at: it will do (mended), or was withdrawn. GA_DENIED for who was to mend it. */
enum ga_rc ga_sent_back_accept(struct ga_session *session, const struct ga_sent_back *item, struct ga_error *err);

/* What the first screen says; one look at a kept count where nothing was ever sent back. */
struct ga_sent_back_counts {
    int64_t mine, open, mended; /* not mended by me, by anybody; mended, not looked at */
    int64_t to_look_at;         /* mended of what I sent back */
    const char *first;          /* "何丽 11-21 家访 – 写清孩子睡在哪里" of the first that is mine; "" */
};
enum ga_rc ga_sent_back_count(struct ga_session *session, struct ga_arena *arena, struct ga_sent_back_counts *ret_counts,
                              struct ga_error *err);

#endif
