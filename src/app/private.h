/* The insides of app/; private to this room. */
#ifndef GUANAI_APP_PRIVATE_H
#define GUANAI_APP_PRIVATE_H

#include "guanai/app/appraisal.h"
#include "guanai/app/entry.h"
#include "guanai/app/send_back.h"
#include "guanai/store/save.h"
#include "guanai/text/phone.h"

/* appraisal_guard.c: which classes of a term are the user's own, as counted last. */
struct ga_own_classes {
    struct ga_arena arena;
    int64_t op;              /* the newest operation then */
    const char *user, *term; /* NULL: nothing is kept */
    struct ga_appraisal *rows;
    size_t count;
};

/* year_waits.c: whether the school still stands in the grades of the year before, as found last. */
struct ga_year_waits {
    int school_year;  /* 0: nothing is kept */
    int64_t ends, op; /* how many of them there were, the newest operation */
    bool is_waiting;
};

/* What a session remembers for the rules and for itself. */
struct ga_session_memory {
    struct ga_store_options store_options; /* the store borrows what it points to */
    struct ga_uuid last_id;                /* of repeat rows made here */
    struct ga_stmt *card;                  /* asks for the rows since; made at first use */
    int64_t card_no, card_row;             /* highest card number among the rows of child up to this one */
    int64_t card_changes;                  /* ga_db_all_changes and one, when that was looked up; 0: never */
    struct ga_figures *figures;            /* made at first use */
    struct ga_care *care;                  /* the same; reads what the figures hold */
    struct ga_sent_back_kept *sent_back;   /* send_back.c: what is open; made at first use */
    struct ga_signed_kept *signed_kept;    /* sign_read.c: who signed a month; the same */
    struct ga_stmt *signed_changes;        /* sign_count.c; the same */
    struct ga_own_classes own_classes;
    struct ga_year_waits year_waits;
    char phone[GA_PHONE_SIZE];
    char reached[64];
};

/* places.c: guanai-paper; NULL when it is not there. */
const char *ga_session_helper(const struct ga_session_options *options, struct ga_arena *arena);

/* world.c: one more than any child's card number ever was. */
int64_t ga_session_next_card_no(struct ga_session *session);

/* world.c: tells the rules who, when and where. Called when one of these changes. */
void ga_session_set_world(struct ga_session *session);

/* session.c: GA_DENIED with the administrator's name for anybody else: the first who gave a name on this computer. */
enum ga_rc ga_session_need_administrator(struct ga_session *session, struct ga_error *err);
/* session.c: forms or the files of care are others now. */
enum ga_rc ga_session_look_again(struct ga_session *session, struct ga_problems *problems, struct ga_error *err);
/* session.c: config.yaml is another one now; what is owed and counted is made anew at the next use. */
enum ga_rc ga_session_reload_config(struct ga_session *session, struct ga_problems *problems, struct ga_error *err);

/* sitting.c */
struct ga_sitting *ga_sitting_create(void);
void ga_sitting_destroy(struct ga_sitting *sitting); /* NULL is fine */

/* The record this user saved last in this form since the program started; NULL: none. */
const struct ga_answers *ga_sitting_last(const struct ga_sitting *sitting, const char *user, const char *form);
void ga_sitting_remember(struct ga_sitting *sitting, const char *user, const struct ga_answers *saved);

/*
 * double.c: adds a warning when another child has the ID number typed now; false: nobody has it, or a reason
 * was given.
 */
bool ga_entry_find_double(struct ga_entry *entry);

/* double_known.c: a child's file was made; who is like it is counted for the first page. */
void ga_entry_count_doubles(struct ga_entry *entry);

/*
 * double.c: somebody else has the card number typed now: a finding that bars saving, for a number is never given twice;
 * the sentence alone for whoever types it. false: it is free, or of another file of this child.
 */
bool ga_entry_find_card(struct ga_entry *entry);
bool ga_entry_card_is_taken(struct ga_entry *entry, struct ga_message *ret_said);

/* prefill.c: defaults and prefills of a new record. */
void ga_entry_prefill(struct ga_entry *entry);
/* Persons and records of the last one's rows, not what was noted of them. */
void ga_prefill_rows(struct ga_entry *entry, const struct ga_field *repeat, const struct ga_answers *last);

/* What this user saved last before the program started; the caller finishes ret_last. */
bool ga_prefill_read_last(struct ga_entry *entry, struct ga_answers *ret_last);
void ga_prefill_setting(char *buf, size_t size, const struct ga_form *form, const char *user);

/* entry_class.c: is this the class beside a grade, which people write in many ways? */
bool ga_entry_is_class(const struct ga_form *form, const struct ga_field *field);
/*
 * Its own name, "2" of 三年级(2)班, which may be empty (小班); a word of the school's own as it was typed.
 * ret_grade: the grade it tells, NULL when it tells none or the record has one. GA_REFUSED: it is a class of another
 * grade.
 */
enum ga_rc ga_entry_read_class(struct ga_entry *entry, struct ga_value typed, struct ga_value *ret_value,
                               struct ga_value *ret_grade, struct ga_error *err);

/* entry.c */
void ga_entry_made_row(struct ga_entry *entry, struct ga_uuid *ret_id);

/* note.c: those of a draft that is opened again; writes them with the record that was just put. */
void ga_entry_take_notes(struct ga_entry *entry, const struct ga_draft_note *notes, size_t count);
enum ga_rc ga_entry_write_notes(struct ga_entry *entry, struct ga_save *save, struct ga_error *err);

/* verify.c: the field typed a second time is marked, in the save that put its answer. */
enum ga_rc ga_entry_mark_second(const struct ga_entry *entry, struct ga_save *save, struct ga_error *err);

/* Does an expression name this field? */
bool ga_expr_names(const char *expr, const char *field);

/* by_program.c: a field of a record that the program writes; NULL or "" leaves it as it is. */
struct ga_written {
    const char *field, *text;
};
enum ga_rc ga_entry_write(struct ga_entry *entry, const char *field, const char *text, struct ga_error *err);
enum ga_rc ga_entry_write_all(struct ga_entry *entry, const struct ga_written *fields, size_t count, struct ga_error *err);
/* Checked, then put into a save that others share; save NULL: saved by itself. */
enum ga_rc ga_entry_put(struct ga_entry *entry, struct ga_save *save, struct ga_error *err);
/* All of that with a new record (child as for ga_entry_new()), with one that is there. */
enum ga_rc ga_written_make(struct ga_session *session, struct ga_save *save, const char *form, const struct ga_uuid *child,
                           const struct ga_written *fields, size_t count, struct ga_error *err);
enum ga_rc ga_written_change(struct ga_session *session, struct ga_save *save, const struct ga_uuid *id,
                             const struct ga_written *fields, size_t count, struct ga_error *err);

/* What a save is told of it. */
struct ga_save_record ga_entry_record(struct ga_entry *entry);
/* Commits the save, where all went well until now; else it is abandoned. */
enum ga_rc ga_app_end_save(struct ga_save *save, enum ga_rc rc, struct ga_error *err);

/* sign_read.c, send_back.c: forms are others now, or the session ends. */
void ga_signed_forget(struct ga_session_memory *memory);
void ga_sent_back_forget(struct ga_session_memory *memory);

#endif
