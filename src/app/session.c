/* Opens everything the program works with. */
#include "private.h"

#include "guanai/app/backup.h"
#include "guanai/app/care.h"
#include "guanai/app/county.h"
#include "guanai/app/figures.h"
#include "guanai/app/restore.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/due.h"
#include "guanai/crypt/secret.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/life.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ga_date day_of_clock(const struct ga_clock *clock)
{
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t local_s = now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms);
    return ga_date_from_days((int32_t)(local_s / 86400));
}

static const struct ga_date first_year = {2026, 1, 1}; /* the program was first used in */

/*
 * Nobody could have written anything before the program was built, nor before what is written. A day that was said
 * (--today: for trials and tests, which play earlier days) is only held to the year the program was first used in.
 */
static struct ga_date least_day(struct ga_session *session, bool is_day_said)
{
    const int32_t build_day = session->options->build_day;
    const struct ga_date built = ga_date_from_days(build_day > 0 ? build_day : GA_BUILD_DAY);
    const struct ga_date first = is_day_said ? first_year : built;
    const struct ga_date newest = ga_store_newest_day(session->store);
    return ga_date_exists(newest) && ga_date_compare(first, newest) < 0 ? newest : first;
}

/* Until somebody says what day it is, rules hold what is typed to the day that it must be at least: no date of this week is
 * "after today" because a battery is empty. A day that was said is taken as it is. */
static void judge_day(struct ga_session *session, bool is_day_said)
{
    const struct ga_date least = least_day(session, is_day_said);
    session->is_day_doubtful = ga_date_compare(session->today, least) < 0;
    session->rules_today = session->is_day_doubtful && !is_day_said ? least : session->today;
}

/* The name records are kept under before there are accounts. */
static const char *login_name(struct ga_arena *arena)
{
    const char *name = getenv("LOGNAME");
    if (name == NULL || name[0] == '\0') {
        const struct passwd *entry = getpwuid(getuid());
        name = entry == NULL ? "user" : entry->pw_name;
    }
    return ga_arena_strdup(arena, name);
}

/* Without the school's sites and terms what is saved would be put down to others: nothing is opened. */
static enum ga_rc refuse_config(const char *path, const struct ga_error *why, struct ga_error *err)
{
    if (err == NULL)
        return why->rc;
    *err = *why;
    ga_error_where(err, "%s", path);
    ga_error_hint(err, "this file holds the school's settings: make it a file that you may read, or put it aside to "
                       "go on without; then start again");
    return why->rc;
}

static enum ga_rc load_config(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    const struct ga_session_options *options = session->options;
    const char *path = options->config != NULL ? options->config
                                               : ga_arena_printf(&session->arena, "%s/config.yaml", session->data_folder);
    struct ga_error why = {0};
    enum ga_rc rc = ga_config_load(options->io, path, &session->arena, problems, &session->config, &why);
    if (rc == GA_NOT_FOUND && options->config != NULL) {
        if (err != NULL)
            *err = why;
        return rc;
    }
    if (rc != GA_OK && rc != GA_REFUSED && rc != GA_NOT_FOUND)
        return refuse_config(path, &why, err);
    if (rc != GA_OK)
        ga_config_default(&session->arena, "", &session->config); /* faults are in problems */
    return GA_OK;
}

static enum ga_rc open_store(struct ga_session *session, struct ga_error *err)
{
    const struct ga_session_options *options = session->options;
    struct ga_store_options *store = &session->memory->store_options;
    *store = (struct ga_store_options){
        .folder = session->data_folder,
        .io = options->io,
        .clock = options->clock,
        .random = options->random,
        .today = session->today,
        .user = options->user != NULL ? options->user : login_name(&session->arena),
        .may_create = options->may_create,
        .before_upgrade = ga_backups_before_upgrade,
        .upgrade_ctx = session,
    };
    enum ga_rc rc = ga_store_open(store, &session->store, err);
    if (rc != GA_OK)
        return rc;
    session->forms = ga_store_forms(session->store);
    ga_forms_add_sites(session->forms, &session->config);
    const char *last = options->user != NULL ? NULL : ga_store_setting(session->store, "last_user");
    if (last != NULL)
        ga_store_set_user(session->store, ga_arena_strdup(&session->arena, last), NULL);
    if (options->doer != NULL)
        ga_store_set_user(session->store, options->doer, ga_store_user(session->store));
    return GA_OK;
}

static void warn_of_head(const struct ga_session *session, struct ga_problems *problems)
{
    if (!ga_store_is_head_damaged(session->store))
        return;
    struct ga_problem *problem = ga_problems_add(problems, GA_WARNING, NULL, 0, 0);
    ga_message_set(&problem->what,
                   "the note of the last save (head) is damaged: look whether what was entered last is there");
    ga_message_set(&problem->hint,
                   "if it is, go on: the next save writes the note anew; if not, put the newest copy back");
}

/*
 * A disk that takes nothing more is no reason not to read what stands on it: what was there goes on to be in force, and
 * is said. Whatever is to be saved is refused when it is.
 */
static enum ga_rc go_on_reading(enum ga_rc rc, const char *english, const struct ga_error *why, struct ga_problems *problems,
                                struct ga_error *err)
{
    if (rc != GA_IO) {
        if (rc != GA_OK && err != NULL)
            *err = *why;
        return rc;
    }
    struct ga_problem *problem = ga_problems_add(problems, GA_WARNING, NULL, 0, 0);
    ga_message_set(&problem->what, english);
    problem->hint = why->what;
    return GA_OK;
}

static enum ga_rc accept_forms(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_error why = {0};
    if (session->forms_folders.count == 0)
        return GA_OK;
    if (session->forms->names_count == 0) /* a new folder: there is nothing to read yet */
        return ga_store_accept_forms(session->store, &session->forms_folders, problems, err);
    const enum ga_rc rc = ga_store_accept_forms(session->store, &session->forms_folders, problems, &why);
    return go_on_reading(rc, GA_N_("forms that have changed cannot be taken over: the earlier ones stay in force"), &why, problems, err);
}

static enum ga_rc settle_day(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_error why = {0};
    const enum ga_rc rc = ga_store_settle_day(session->store, &why);
    return go_on_reading(rc, GA_N_("who is here is shown as of the last day on which something could be written"), &why, problems, err);
}

static enum ga_rc open_all(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    const struct ga_session_options *options = session->options;
    enum ga_rc rc = ga_crypt_start(err);
    if (rc == GA_OK)
        rc = ga_session_data_folder(options, &session->arena, &session->data_folder, err);
    if (rc == GA_OK)
        ga_restore_settle(options->io, session->data_folder);
    if (rc == GA_OK)
        rc = load_config(session, problems, err);
    if (rc == GA_OK)
        rc = open_store(session, err);
    if (rc == GA_OK)
        warn_of_head(session, problems);
    ga_session_find_forms(options, session->data_folder, &session->arena, &session->forms_folders);
    if (rc == GA_OK)
        rc = accept_forms(session, problems, err);
    if (rc == GA_OK)
        rc = ga_county_name_places(session, err);
    if (rc == GA_OK)
        rc = ga_rules_create(session->forms, &session->rules, err);
    if (rc == GA_OK) /* for expressions over views: --where "age(birth_date, today()) > 6" */
        rc = ga_rules_add_functions(session->rules, ga_store_db(session->store), err);
    return rc;
}

enum ga_rc ga_session_open(const struct ga_session_options *options, struct ga_problems *problems,
                           struct ga_session **ret_session, struct ga_error *err)
{
    struct ga_session *session = ga_alloc(sizeof(*session));
    session->options = options;
    session->memory = ga_alloc(sizeof(*session->memory));
    session->sitting = options->is_script ? NULL : ga_sitting_create();
    session->helper = ga_session_helper(options, &session->arena);
    const bool is_day_said = ga_date_is_day(options->today);
    session->today = is_day_said ? options->today : day_of_clock(options->clock);
    enum ga_rc rc = open_all(session, problems, err);
    if (rc != GA_OK) {
        ga_session_close(session);
        return rc;
    }
    session->lang = options->lang >= 0 ? (enum ga_lang)options->lang : session->config.language;
    judge_day(session, is_day_said);
    ga_store_set_today(session->store, session->today, session->is_day_doubtful);
    rc = settle_day(session, problems, err);
    if (rc != GA_OK) {
        ga_session_close(session);
        return rc;
    }
    session->tools = (struct ga_import_tools){
        .store = session->store, .rules = session->rules, .config = &session->config, .io = options->io,
        .folder = session->data_folder, .helper = session->helper,
        .guard = ga_appraisal_guard_row, .guard_ctx = session};
    ga_session_set_world(session);
    *ret_session = session;
    return GA_OK;
}

void ga_session_close(struct ga_session *session)
{
    if (session == NULL)
        return;
    ga_sitting_destroy(session->sitting);
    ga_stmt_destroy(session->memory->card);
    ga_stmt_destroy(session->memory->signed_changes);
    ga_care_destroy(session->memory->care);
    ga_store_close(session->store); /* before the rules, whose functions its statements may call */
    ga_figures_destroy(session->memory->figures);
    ga_rules_destroy(session->rules);
    ga_sent_back_forget(session->memory);
    ga_signed_forget(session->memory);
    ga_arena_finish(&session->memory->own_classes.arena);
    free(session->memory);
    ga_arena_finish(&session->arena);
    free(session);
}

/* Of the last time somebody typed for another: the day, who sat here, for whom. */
static const char doer_setting[] = "typed_for_now";

/* For a power cut. Where nothing can be kept, the title says it all the same. */
static void keep_doer(struct ga_session *session)
{
    struct ga_str text = {0};
    if (ga_session_is_for_other(session))
        ga_str_addf(&text, "%s\n%s\n%s", GA_DATE_ISO(session->today), ga_store_typist(session->store),
                    ga_store_user(session->store));
    const char *kept = ga_store_setting(session->store, doer_setting);
    if (strcmp(kept != NULL ? kept : "", ga_str_text(&text)) != 0)
        ga_store_set_setting(session->store, doer_setting, ga_str_text(&text), NULL);
    ga_str_finish(&text);
}

void ga_session_take_up_doer(struct ga_session *session, const char **ret_doer)
{
    const char *kept = ga_store_setting(session->store, doer_setting);
    *ret_doer = NULL;
    if (kept == NULL || kept[0] == '\0' || ga_session_is_for_other(session))
        return;
    char *day = ga_arena_strdup(&session->arena, kept), *typist = strchr(day, '\n');
    char *doer = typist != NULL ? strchr(typist + 1, '\n') : NULL;
    if (doer != NULL) {
        *typist++ = *doer++ = '\0';
        *ret_doer = strcmp(typist, ga_store_typist(session->store)) == 0 ? doer : NULL;
    }
    ga_session_set_doer(session, *ret_doer != NULL && strcmp(day, GA_DATE_ISO(session->today)) == 0 ? doer : NULL);
}

void ga_session_set_user(struct ga_session *session, const char *user, const char *typist)
{
    const bool was_for_other = ga_session_is_for_other(session);
    ga_store_set_user(session->store, user, typist);
    if (was_for_other)
        keep_doer(session);
    const char *person = typist != NULL ? typist : user; /* who sits here, not in whose name */
    if (ga_store_setting(session->store, "administrator") == NULL)
        ga_store_set_setting(session->store, "administrator", person, NULL);
    const char *last = ga_store_setting(session->store, "last_user");
    if (last == NULL || strcmp(last, person) != 0)
        ga_store_set_setting(session->store, "last_user", person, NULL);
    ga_session_set_world(session);
}

void ga_session_set_doer(struct ga_session *session, const char *doer)
{
    const char *typist = ga_store_typist(session->store);
    ga_store_set_user(session->store, doer != NULL && doer[0] != '\0' ? doer : typist, typist);
    keep_doer(session);
    ga_session_set_world(session);
}

bool ga_session_is_for_other(const struct ga_session *session)
{
    return strcmp(ga_store_user(session->store), ga_store_typist(session->store)) != 0;
}

struct ga_date ga_session_near_day(const struct ga_session *session)
{
    enum { YEAR_DAYS = 366 };
    const struct ga_date newest = ga_store_newest_day(session->store);
    const bool is_clock_dead = ga_date_compare(session->today, first_year) < 0;
    if (!ga_date_exists(newest))
        return session->today;
    return is_clock_dead || ga_date_to_days(newest) - ga_date_to_days(session->today) <= YEAR_DAYS ? newest : session->today;
}

void ga_session_set_today(struct ga_session *session, struct ga_date today)
{
    session->today = session->rules_today = today;
    ga_store_set_today(session->store, today, true);
    ga_store_tell_day(session->store, today, NULL); /* else the next start asks again */
    ga_store_settle_day(session->store, NULL); /* else the next start does it */
    ga_session_set_world(session);
}

void ga_session_set_lang(struct ga_session *session, enum ga_lang lang)
{
    session->lang = lang;
    ga_session_set_world(session);
}

enum ga_rc ga_session_need_administrator(struct ga_session *session, struct ga_error *err)
{
    const char *administrator = ga_store_setting(session->store, "administrator");
    if (administrator != NULL && strcmp(administrator, ga_store_typist(session->store)) != 0)
        return ga_error_set(err, GA_DENIED, "only the administrator, %1, may accept a changed form", administrator);
    return GA_OK;
}

enum ga_rc ga_session_look_again(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_figures *figures;
    ga_sent_back_forget(session->memory); /* records may show other answers now */
    ga_signed_forget(session->memory);
    return session->memory->figures == NULL ? GA_OK /* what they read may have other columns now */
                                            : ga_session_figures(session, problems, &figures, err);
}

enum ga_rc ga_session_reload_config(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    enum ga_rc rc = load_config(session, problems, err);
    ga_session_forget_care(session); /* it keeps what it made of the terms */
    ga_forms_add_sites(session->forms, &session->config);
    if (rc == GA_OK)
        rc = ga_county_name_places(session, err);
    ga_session_set_world(session);
    return rc;
}

enum ga_rc ga_session_confirm_forms(struct ga_session *session, const char *form, struct ga_problems *problems,
                                    struct ga_error *err)
{
    struct ga_store *store = session->store;
    enum ga_rc rc = ga_session_need_administrator(session, err);
    if (rc != GA_OK)
        return rc;
    const char *waiting = ga_store_waiting_forms(store);
    if (session->forms_folders.count == 0 || waiting[0] == '\0' || (form[0] != '\0' && !ga_str_has_word(waiting, form)))
        return ga_error_set(err, GA_NOT_FOUND, "no changed form waits for that");
    rc = ga_store_confirm_forms(store, &session->forms_folders, form, problems, err);
    return rc == GA_OK ? ga_session_look_again(session, problems, err) : rc;
}
