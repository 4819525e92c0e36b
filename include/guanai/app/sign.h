/* A class's month, signed by somebody who did none of it. */
#ifndef GUANAI_APP_SIGN_H
#define GUANAI_APP_SIGN_H

#include "guanai/app/excuse.h"
#include "guanai/text/class_name.h"

/*
 * A signature is a record of form month_sign: class, month, how much was done, how much open, how many reasons were
 * confirmed by the same act (one transaction), who, when, which records in which words (`covers`). The newest record of
 * a class's month is in force (by its day, then its id); taking it back is a record as well, so nothing is ever deleted.
 *
 * `covers` is a text of marks, blanks between, a mark for every cell behind which there is a record: 8 characters of the
 * record's id, 5 of the cell (child, duty, window), 4 of what stands there (the answers, what counts, the reason given).
 * Another mark for a cell: it changed after the signature; a new one: it was entered afterwards. Made of ids, names and
 * answers alone, so every computer that has the records finds the same.
 *
 * Open is what was to be done by the end of the month. A window that reaches beyond it bars nobody from signing.
 */
#define GA_MONTH_SIGN_FORM "month_sign"

struct ga_signature {
    int64_t no; /* the record's number */
    struct ga_uuid id;
    const char *site, *class_text, *month; /* as written: "main", "三年级(2)班", "2026-11" */
    const char *by;
    struct ga_date on;
    bool is_signed;          /* false: taken back on that day */
    int64_t done, open, confirmed;
    struct ga_class_name class_name; /* what class_text says, where is_named: as it was called in the school year `named_in` */
    int named_in;
    bool is_named;
};

/* Every signature of the month of that day, the newest last; in `arena`. None without the form. Read once, then kept until one is saved. */
enum ga_rc ga_signatures_read(struct ga_session *session, struct ga_date month, struct ga_arena *arena,
                              struct ga_signature **ret_signatures, size_t *ret_count, struct ga_error *err);

/* The one in force for a class, NULL: not signed, or taken back. */
const struct ga_signature *ga_signature_of(struct ga_care *care, const struct ga_signature *signatures, size_t count,
                                           const struct ga_roster_class *class_of);

/* The same of one class alone: no list is made. */
enum ga_rc ga_signature_in_force(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                                 struct ga_arena *arena, const struct ga_signature **ret_signature, struct ga_error *err);

/* Those that cover a record, the newest last: for its history. */
enum ga_rc ga_signatures_of_record(struct ga_session *session, const struct ga_uuid *record, struct ga_arena *arena,
                                   struct ga_signature **ret_signatures, size_t *ret_count, struct ga_error *err);

struct ga_month_cell; /* private to app/sign*.c */

/* A class's month as it is now. */
struct ga_month {
    const struct ga_roster_class *class_of;
    struct ga_date month;
    struct ga_due *dues; /* of children and of the class itself, every state */
    size_t dues_count;
    struct ga_excuse *excuses; /* that wait to be confirmed */
    size_t excuses_count, own_excuses;
    int64_t done, open, owed; /* owed: what was to be done by the end of the month */
    const struct ga_signature *signature; /* NULL: not signed */
    struct ga_month_cell *cells;          /* NULL until they are asked for */
    size_t cells_count;
    struct ga_arena *arena;
};

/* All in `arena`; `class_of` is borrowed. `lang` of the excuses. */
enum ga_rc ga_month_read(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                         enum ga_lang lang, struct ga_arena *arena, struct ga_month *ret_month, struct ga_error *err);

/* The same where the signature in force was read already; it is borrowed. */
enum ga_rc ga_month_read_signed(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                                const struct ga_signature *signature, enum ga_lang lang, struct ga_arena *arena,
                                struct ga_month *ret_month, struct ga_error *err);

static inline bool ga_month_is_complete(const struct ga_month *month)
{
    return month->open == 0 && month->done > 0;
}

/*
 * GA_DENIED with who may instead: whoever is at the keys teaches the class, owes one of its duties or did one of them;
 * one who is the only teacher of a site is told that the central school signs; what is typed for somebody else is never
 * signed.
 */
enum ga_rc ga_month_may_sign(struct ga_session *session, struct ga_month *month, struct ga_error *err);

/* Signs them all today with what stands open, confirms their excuses: one transaction. Asks ga_month_may_sign() first. */
enum ga_rc ga_months_sign(struct ga_session *session, struct ga_month *months, size_t count, size_t *ret_confirmed,
                          struct ga_error *err);

/* Only by somebody who might sign it. */
enum ga_rc ga_month_take_back(struct ga_session *session, struct ga_month *month, struct ga_error *err);

/*
 * How much changed since a month was signed: as many as ga_month_changes() has lines. `dues` are all of the class in the
 * month (ga_checklist.dues). What was found lies beside the log with the operation up to which it is right: as long as the
 * same is owed, the same records stand behind it and none of them was saved since, no record is looked at.
 */
enum ga_rc ga_signature_count_changes(struct ga_session *session, const struct ga_signature *signature, const struct ga_due *dues,
                                      size_t count, size_t *ret_changes, struct ga_error *err);

/* The same, the class's dues being listed for it. */
enum ga_rc ga_month_count_changes(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                                  const struct ga_signature *signature, size_t *ret_changes, struct ga_error *err);

/* What was entered, changed or taken away after the signature, a sentence each, in `arena`; 0 lines: nothing. */
enum ga_rc ga_month_changes(struct ga_session *session, struct ga_month *month, enum ga_lang lang,
                            const char *const **ret_lines, size_t *ret_count, struct ga_error *err);

#endif
