/* Everything that is open while the program runs. */
#ifndef GUANAI_APP_SESSION_H
#define GUANAI_APP_SESSION_H

#include "guanai/config/config.h"
#include "guanai/exchange/export.h"
#include "guanai/form/rules.h"
#include "guanai/store/store.h"

/* What the command line or the first screen said; NULL and zero: the usual. Borrowed until close. */
struct ga_session_options {
    const char *config;   /* NULL: config.yaml in the data folder */
    const char *data;     /* NULL: $XDG_DATA_HOME/guanai, else ~/.local/share/guanai */
    const char *forms;    /* what the school's own forms lie over; NULL: those beside the program (build tree) or
                             installed with it */
    const char *program;  /* argv[0], to find what stands beside it */
    int lang;             /* enum ga_lang; -1: the configuration's */
    struct ga_date today; /* zero: the clock's */
    const char *user;     /* NULL: the last one who used this computer, else the login name */
    const char *doer;     /* who did what is typed, when that is somebody else; NULL: the user */
    const struct ga_io_ops *io;
    const struct ga_clock *clock;
    const struct ga_random *random;
    int32_t build_day;    /* days since 1970 before which no clock can be; 0: this build's */
    const char *system_root; /* before /sys and /proc, where sticks are looked for; NULL: nothing. Tests build their own */
    bool may_create;
    bool is_script; /* a command of the command line: forms are not prefilled with what was saved last */
};

struct ga_session_memory; /* private to app/ */

struct ga_session {
    struct ga_config config;
    struct ga_store *store;
    struct ga_forms *forms; /* the store's */
    struct ga_rules *rules;
    enum ga_lang lang;
    struct ga_date today;
    struct ga_date rules_today; /* today, or the day it must be at least while that is in doubt: for rules alone */
    bool is_day_doubtful;   /* the clock is behind the newest operation or the build: ask what day it is */
    const char *data_folder, *helper;
    struct ga_folders forms_folders; /* none when no forms come with the program: the last good ones are used */
    struct ga_import_tools tools;
    struct ga_sitting *sitting; /* what was saved since the program started, for prefill; NULL: no prefill */
    struct ga_session_memory *memory;
    struct ga_arena arena;
    const struct ga_session_options *options;
};

/*
 * The folder meant by options (see there), whether it is there or not; in `arena`. GA_REFUSED without a
 * home to put it in.
 */
enum ga_rc ga_session_data_folder(const struct ga_session_options *options, struct ga_arena *arena,
                                  const char **ret_folder, struct ga_error *err);

/* Where a school's own forms lie: in DATA/forms, whether it is there or not. In `arena`. */
const char *ga_session_own_forms(const char *data_folder, struct ga_arena *arena);

/*
 * The forms of a school: its own over those that come with the program (options->forms). None when there are none
 * of the program: a school's own refer to them. `data_folder` NULL: of no school. In `arena`.
 */
void ga_session_find_forms(const struct ga_session_options *options, const char *data_folder, struct ga_arena *arena,
                           struct ga_folders *ret_folders);

/*
 * Opens the data folder, reads config.yaml, accepts changed forms (findings go to problems; a form with
 * faults keeps its last good version), makes rules ready. Cheap: rules and forms are read at first use.
 */
enum ga_rc ga_session_open(const struct ga_session_options *options, struct ga_problems *problems,
                           struct ga_session **ret_session, struct ga_error *err);
void ga_session_close(struct ga_session *session);

/* Somebody sits down at the keys; `typist` NULL: it is the user. */
void ga_session_set_user(struct ga_session *session, const char *user, const char *typist);

/*
 * 代录, typing the sheets of others: from now on `doer` answers for everything that is saved, drafts, prefills and
 * user() are the doer's, who sits at the keys is recorded as the typist. NULL or the typist's own name ends it, so
 * does somebody else sitting down.
 */
void ga_session_set_doer(struct ga_session *session, const char *doer);

/*
 * Once it is known who sits at the keys: whoever typed for somebody when the program ended, by a power cut too, goes on so
 * on the same day. *ret_doer, in the session's arena: for whom it was; NULL: for nobody. On another day it has ended, which
 * is to be said: ga_session_is_for_other tells.
 */
void ga_session_take_up_doer(struct ga_session *session, const char **ret_doer);
bool ga_session_is_for_other(const struct ga_session *session);

/* When it is asked for: a day near it, for who types "24" alone. What was saved last, unless that is from a year that a clock ran ahead to. */
struct ga_date ga_session_near_day(const struct ga_session *session);
void ga_session_set_today(struct ga_session *session, struct ga_date today); /* asked for: marked as doubtful */
/* Of the day, by the computer's clock; -1: whoever had to be asked which day it is has a clock that tells no time either. */
int ga_session_minute(const struct ga_session *session);
void ga_session_set_lang(struct ga_session *session, enum ga_lang lang);

/*
 * Takes changed forms into force that wait because of what they would do to records (store.h); `form` "": all.
 * GA_DENIED with the administrator's name for anybody else: that is the first who gave a name on this computer
 * (design: the site's first account is the root). GA_NOT_FOUND when that form does not wait.
 */
enum ga_rc ga_session_confirm_forms(struct ga_session *session, const char *form, struct ga_problems *problems,
                                    struct ga_error *err);

/*
 * A new data folder: config.yaml with the school's name, empty database, the first name. GA_REFUSED
 * when the folder already holds one.
 */
enum ga_rc ga_session_init(const struct ga_session_options *options, const char *school, struct ga_error *err);

/*
 * N invented children with a term of records and two drafts, one save for all; the same for the same
 * seed and day. For guanai demo and for measuring.
 */
enum ga_rc ga_session_fill_demo(struct ga_session *session, int children, uint64_t seed, struct ga_error *err);

#endif
