/*
 * Filling in one record, from opening to saving: the same for screens and commands.
 *
 *   new / open / resume ──▶ ga_entry ──(set field by field, defaults follow)──▶ check ──▶ save ──▶ offers
 *                              └──(at every field exit)──▶ draft
 */
#ifndef GUANAI_APP_ENTRY_H
#define GUANAI_APP_ENTRY_H

#include "guanai/app/session.h"
#include "guanai/store/draft.h"

struct ga_entry {
    struct ga_session *session;
    const struct ga_form *form;
    struct ga_answers now;      /* what is on the screen */
    struct ga_answers before;   /* as opened; of a new record: its prefilled start */
    struct ga_answers child;    /* the parent as folded when opened; form NULL: none */
    struct ga_heads *heads;     /* as opened */
    bool is_new, is_changed;    /* is_changed: differs from what the database (or draft) holds */
    bool *is_derived;           /* one per form->all: filled by another field (a birth date by an ID number) */
    enum ga_check_mode mode;    /* TYPING; commands set IMPORT, which lists `required: typing` as gaps */
    int64_t draft_no;
    struct ga_uuid row;         /* where the user is; zero outside a repeat */
    struct ga_str half;         /* typed there, no answer yet: half a date; kept in the draft as it is */
    const struct ga_field *second; /* saved because a second typing is right: marked so with it (app/verify.h); NULL */
    struct ga_vec notes;        /* struct ga_draft_note: of a record not made yet; written with it */
    struct ga_vec findings;     /* struct ga_finding, of the last check */
    struct ga_arena said;       /* sentences of findings that name somebody */
    struct ga_arena noted;      /* texts of notes */
};

/*
 * Prefill (rule 9). What this user saved last in this form fills the fields marked `prefill: last` of the
 * next one. Saved since the program started (the same sitting): it goes before the default. Saved in an
 * earlier sitting: only where the default gives nothing. A repeat brings its persons and records, not
 * what was noted of them. The last record of each user and form is kept as a setting, `last.FORM.USER`,
 * which the transaction of the save itself tells; what it holds is read from the record as it is now.
 *
 * A new record with defaults and prefills in place; `child` is needed for `of: child` forms. */
enum ga_rc ga_entry_new(struct ga_session *session, const char *form, const struct ga_uuid *child,
                        struct ga_entry **ret_entry, struct ga_error *err);
enum ga_rc ga_entry_open(struct ga_session *session, const struct ga_uuid *id, struct ga_entry **ret_entry,
                         struct ga_error *err);
enum ga_rc ga_entry_resume(struct ga_session *session, int64_t draft_no, struct ga_entry **ret_entry,
                           char ret_field[64], struct ga_error *err);
void ga_entry_destroy(struct ga_entry *entry); /* the draft, if any, stays */

/* The place rules are asked at. */
struct ga_rule_place ga_entry_place(const struct ga_entry *entry);

/*
 * Typed text into a field ("" empties, "?unknown" "?refused" "?not_applicable" are answers too); derived
 * fields that are empty are filled, defaults that name it are computed again. `field` may be in a row.
 */
enum ga_rc ga_entry_set(struct ga_entry *entry, const struct ga_field *field, struct ga_row *row, const char *text,
                        struct ga_message *ret_warning, struct ga_error *err);

/*
 * 代录 changed while a new record is filled in (ga_session_set_doer): what came from the doer before by user()
 * and was not touched comes from the new one, the draft is the new one's. GA_REFUSED when the new one has an
 * unfinished one of this already: nothing was changed then.
 */
enum ga_rc ga_entry_change_doer(struct ga_entry *entry, const char *doer, struct ga_error *err);

/* Where the user is, with what stands there without being an answer ("" nothing). `row` NULL: in no repeat. */
void ga_entry_set_half(struct ga_entry *entry, const struct ga_uuid *row, const char *text);
struct ga_row *ga_entry_add_row(struct ga_entry *entry, const struct ga_field *repeat);
void ga_entry_drop_row(struct ga_entry *entry, struct ga_row *row);
void ga_entry_take_row_back(struct ga_entry *entry, struct ga_row *row); /* one that was dropped, as it was */

/* Overrules the warning of a field (of one in a repeat: in every row) with a reason. */
void ga_entry_because(struct ga_entry *entry, const struct ga_field *field, const char *reason);

/* Of a new record: it stands there by a default, a prefill or another field, nobody typed it. `answer` is the field's. */
bool ga_entry_is_prefilled(const struct ga_entry *entry, const struct ga_field *field, const struct ga_answer *answer);

bool ga_entry_shows(const struct ga_entry *entry, const struct ga_field *field); /* relevant, not retired */

/*
 * Fills entry->findings. True when nothing bars saving; a warning without a reason bars it too. Of a
 * record that was there before, a warning is asked again only when a field it names was changed.
 * An ID number that stands in another child's file already is a warning.
 */
bool ga_entry_check(struct ga_entry *entry);

/*
 * What is wrong or unusual with this very answer, or with another that a rule of the form weighs against it: put into
 * entry->findings in place of what stood there of these fields; the first of them, NULL: nothing. Says nothing of what
 * is missing, nor of a stored record's old warnings.
 */
const struct ga_finding *ga_entry_look_at(struct ga_entry *entry, const struct ga_field *field, const struct ga_row *row);

/* Saves the draft when something changed since it was saved last. `field`: where the user is. */
enum ga_rc ga_entry_keep_draft(struct ga_entry *entry, const char *field, struct ga_error *err);
enum ga_rc ga_entry_drop_draft(struct ga_entry *entry, struct ga_error *err);

/*
 * A stored child's name was changed here, and the one before stands in no field yet: *ret_name is borrowed until the
 * entry is saved. Keeping it puts it into former_name, behind those that are there: search finds the child by it.
 */
bool ga_entry_old_name(const struct ga_entry *entry, const char **ret_name);
enum ga_rc ga_entry_keep_old_name(struct ga_entry *entry, struct ga_error *err);

/*
 * Calculations, check, one transaction; the draft goes with it. GA_REFUSED when findings bar it (they
 * are in entry->findings). ret_changed (nullable): false when there was nothing to save.
 */
enum ga_rc ga_entry_save(struct ga_entry *entry, bool *ret_changed, struct ga_error *err);

/*
 * Forms that `then` offers after this save, filled in; forms that are not installed are left out. Of several
 * rows that open one form the first that holds is offered. Of a record that was mended none that has its answer: one of
 * that form of the child, made since, which says what would be filled in (what is picked from a list; else the days).
 */
struct ga_offer {
    const struct ga_then *then;
    const struct ga_form *form;
    const struct ga_field *field; /* of the form, where it opens; NULL: at the start of its page */
    size_t page;                  /* from 0 */
};

/* What `then` says after this save beside what it offers: the first row without a form that holds; NULL: nothing. */
const struct ga_label *ga_entry_says(struct ga_entry *entry);

size_t ga_entry_offers(struct ga_entry *entry, struct ga_offer *ret_offers, size_t max);
enum ga_rc ga_entry_take_offer(struct ga_entry *entry, const struct ga_offer *offer, struct ga_entry **ret_entry,
                               struct ga_error *err);

/* Phrases used last in this field, newest first, for ↓ in an empty text. Lives in `arena`. */
size_t ga_entry_phrases(struct ga_entry *entry, const struct ga_field *field, struct ga_arena *arena,
                        const char **ret_phrases, size_t max);

#endif
