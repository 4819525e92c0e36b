/*
 * A school's own definitions go from computer to computer: what was changed here is handed on, what was changed
 * elsewhere is offered, an administrator decides.
 *
 *   DATA/forms, calendar of config.yaml ──accepted──▶ records (store/shared.h) ──stick──▶ offered, checked
 *                                                                               ──accepted──▶ DATA/forms there
 *
 * What comes with the program does not travel. Files lie where a school's own lie: a second start, forms check and check
 * --rebuild need not know how they came.
 */
#ifndef GUANAI_APP_OWN_FILES_H
#define GUANAI_APP_OWN_FILES_H

#include "guanai/app/session.h"
#include "guanai/store/shared.h"
#include "guanai/store/weigh.h"

/* The name under which the calendar of config.yaml travels (config/calendar_text.h): no file of forms can have it. */
#define GA_OWN_CALENDAR "calendar"

enum ga_own_file_state {
    GA_OWN_FILE_SAME,
    GA_OWN_FILE_OURS,   /* changed here, the others do not know of it */
    GA_OWN_FILE_THEIRS, /* changed elsewhere, not in force here */
    GA_OWN_FILE_BOTH,   /* changed here and there, or on two others: somebody picks */
    GA_OWN_FILE_STATES,
};

enum { GA_OWN_PICK_NONE = -2, GA_OWN_PICK_OURS = -1 }; /* else the index of a text */

struct ga_own_file {
    const char *name;       /* within DATA/forms, "duties/visit.yaml"; GA_OWN_CALENDAR */
    struct ga_label title;  /* of what it describes; the name when it has none */
    const char *form;       /* id of the form it describes; NULL: it is something else */
    enum ga_own_file_state state;
    const char *text;       /* as it lies here; NULL: it does not */
    size_t len;
    const struct ga_shared_text *texts; /* that stand among the computers; none: nobody handed it on yet */
    size_t texts_count;
    int pick;               /* what accepting does with it; the caller may change it. BOTH: NONE to begin with */
    struct ga_message finding; /* why it cannot be handed on or taken as it is; id NULL: it can */
    int finding_line;       /* 0: the whole file */
};

/* Appends struct ga_own_file, those of DATA/forms by name. All of it lives in the arena. */
enum ga_rc ga_own_files_list(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_files, struct ga_error *err);

/* Looks at what would be picked as it would then lie beside each other: fills finding. list has done it for its picks. */
enum ga_rc ga_own_files_check(struct ga_session *session, struct ga_vec *files, struct ga_error *err);

/*
 * What each changed form would do to the records that are there (store/weigh.h), were the picks in force. Those that wait
 * here anyway are among them.
 */
enum ga_rc ga_own_files_weigh(struct ga_session *session, const struct ga_vec *files, ga_weighing_fn each, void *ctx,
                              struct ga_error *err);

struct ga_own_files_done {
    size_t handed_on, taken, refused; /* refused: by a finding */
};

/*
 * Hands on and takes what is picked and has no finding, in one save; then it is in force. is_confirmed: whatever it does
 * to records; else a form that would do harm waits as any changed one. What lay here and nobody else has is kept beside
 * it as NAME.before. GA_DENIED with the administrator's name for anybody else.
 */
enum ga_rc ga_own_files_accept(struct ga_session *session, struct ga_vec *files, bool is_confirmed, struct ga_problems *problems,
                               struct ga_own_files_done *ret_done, struct ga_error *err);

/* How many of each state, by a look at the files and the log. Notes which texts lie here, for later. */
enum ga_rc ga_own_files_count(struct ga_session *session, size_t ret_counts[GA_OWN_FILE_STATES], struct ga_error *err);

/* Were files of others waiting when that was looked at last? Costs one setting. */
bool ga_own_files_wait(struct ga_session *session);

#endif
