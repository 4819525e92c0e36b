/* guanai sync: what was saved goes from computer to computer by stick. */
#include "sync.h"

#include "guanai/app/county.h"
#include "guanai/app/own_files.h"
#include "guanai/app/sticks.h"
#include "guanai/app/sync.h"
#include "guanai/app/sync_kept.h"
#include "guanai/app/sync_matters.h"
#include "guanai/app/sync_paper.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"

#include <string.h>

enum { KEY_TEXT_MAX = 2000 }; /* a printed key as somebody typed it, with what stands around it */

static void begin_table(struct syncing *s, const char *const *names, size_t count, bool is_json)
{
    s->table = (struct ga_table_out){.line = s->line, .names = names, .count = count, .is_json = is_json};
    ga_table_begin(&s->table);
}

static const char *keep(struct syncing *s, const char *text)
{
    return ga_arena_strdup(&s->arena, text);
}

/* The school's own forms and duties travel once an administrator has accepted them, here and there. */
static void say_own_files(struct syncing *s)
{
    size_t counts[GA_OWN_FILE_STATES];
    if (ga_own_files_count(s->session, counts, NULL) != GA_OK)
        return;
    if (counts[GA_OWN_FILE_OURS] > 0)
        ga_say(s->line, "the school's own files changed here, which the other computers do not get yet: %1 (guanai forms share)",
               GA_NUM(counts[GA_OWN_FILE_OURS]));
    if (counts[GA_OWN_FILE_THEIRS] + counts[GA_OWN_FILE_BOTH] > 0)
        ga_say(s->line, "files of the school's other computers wait for the administrator: %1 (guanai forms shared)",
               GA_NUM(counts[GA_OWN_FILE_THEIRS] + counts[GA_OWN_FILE_BOTH]));
}

/* ---- export ---- */

static enum ga_rc find_school(struct syncing *s, const char *name, struct ga_uuid *ret_school, struct ga_error *err)
{
    struct ga_vec schools;
    size_t found = 0;
    ga_vec_init(&schools, sizeof(struct ga_county_heard));
    enum ga_rc rc = ga_county_heard(s->session, &s->arena, &schools, err);
    for (size_t i = 0; i < schools.len; i++) {
        const struct ga_county_heard *school = ga_vec_at(&schools, i);
        if (strcmp(school->school, name) != 0)
            continue;
        *ret_school = school->site;
        found++;
    }
    ga_vec_finish(&schools);
    if (rc == GA_OK && found != 1)
        rc = ga_error_set(err, GA_NOT_FOUND, found == 0 ? GA_N_("no school of the county is called %1") : GA_N_("several schools of the county are called %1"), name);
    return rc;
}

static enum ga_exit run_export(struct syncing *s, struct ga_error *err)
{
    static const char *const names[] = {"file", "bundle", "transactions", "operations", "bytes"};
    struct ga_sync_written written;
    const bool is_complete = s->line->argc > 3;
    const bool is_named = s->line->argc > 4;
    struct ga_uuid school;
    if ((is_complete && strcmp(s->line->argv[3], "complete") != 0) || (is_named && !ga_county_is_here(s->session)))
        return ga_usage(s->line);
    const struct ga_sync_export what = {
        .place = ga_path(s->line, s->line->argv[2]), .is_complete = is_complete, .school = is_named ? &school : NULL};
    enum ga_rc rc = is_named ? find_school(s, s->line->argv[4], &school, err) : GA_OK;
    if (rc == GA_OK)
        rc = ga_sync_write(s->session, &what, &s->arena, &written, err);
    if (rc != GA_OK)
        return ga_say_file_error(s->line, rc, err);
    begin_table(s, names, GA_COUNT(names), false);
    ga_table_row(&s->table, (const char *const[]){written.path, GA_NUM(written.number), GA_NUM(written.transactions),
                                                  GA_NUM(written.operations), GA_NUM(written.file_bytes)});
    ga_table_end(&s->table);
    /* it stays mounted: a script may have more to write */
    ga_say(s->line, ga_session_is_stick(s->session, what.place) ? GA_N_("%1 transactions written, read back and verified; eject the stick, then pull it out")
                                                                : GA_N_("%1 transactions written, read back and verified; the stick can be pulled out"),
           GA_NUM(written.transactions));
    if (written.guests > 0)
        ga_say(s->line, "also written for guests: %1, each for itself", GA_NUM(written.guests));
    say_own_files(s);
    return GA_EXIT_DONE;
}

/* ---- import ---- */

static void say_gap(struct syncing *s, const char *name, uint64_t first, uint64_t last)
{
    const char *label = name[0] != '\0' ? name : ga_tr(s->line->lang, "a computer without a name");
    if (first == 0)
        ga_say(s->line, "%1: something is missing in between", label);
    else if (first == last)
        ga_say(s->line, "%1: bundle %2 is missing here", label, GA_NUM(first));
    else
        ga_say(s->line, "%1: bundles %2 to %3 are missing here", label, GA_NUM(first), GA_NUM(last));
}

/* Once, when it brings something: somebody there may set it. */
static void say_clock(struct syncing *s, const struct ga_sync_taken *taken)
{
    if (taken->outcome != GA_SYNC_TAKEN)
        return;
    if (taken->is_clock_doubted)
        ga_say(s->line, "%1: the date of that computer is in doubt: have it looked at there", taken->label);
    if (taken->is_day_ahead)
        ga_say(s->line, "%1: made on %2 by that computer's date, later than today: one of the two dates is wrong", taken->label,
               GA_DATE_ISO(ga_date_from_days(taken->day)));
}

static void say_taken(struct syncing *s, const struct ga_sync_taken *taken)
{
    say_clock(s, taken);
    struct ga_str why = {0};
    if (taken->gap.first > 0)
        say_gap(s, taken->label, taken->gap.first, taken->gap.last);
    if (taken->received.conflicts > 0)
        ga_say(s->line, "%1: %2 answers differ from those given here: guanai sync conflicts", taken->label,
               GA_NUM(taken->received.conflicts));
    if (taken->received.transactions[GA_PARCEL_REFUSED] > 0)
        ga_say(s->line, "%1: the other saves count; on that computer guanai check says what is damaged, check --salvage brings it over", taken->label);
    if (taken->received.has_new_site)
        ga_say(s->line, "a copy of this computer's data was used elsewhere; both are kept, this one goes on as a new computer");
    if (taken->why.rc != GA_OK) {
        ga_error_text(&taken->why, s->line->lang, &why);
        ga_say(s->line, "%1: %2", taken->name, ga_str_text(&why));
    }
    ga_str_finish(&why);
}

static bool is_finding(const struct ga_sync_taken *taken)
{
    return taken->outcome >= GA_SYNC_OTHERS || taken->gap.first > 0 || taken->received.conflicts > 0 ||
           taken->received.transactions[GA_PARCEL_HELD] > 0 || taken->received.transactions[GA_PARCEL_REFUSED] > 0;
}

static void put_taken(struct syncing *s, const struct ga_sync_taken *taken)
{
    const uint64_t *counts = taken->received.transactions;
    ga_table_row(&s->table, (const char *const[]){taken->name, taken->label, GA_NUM(taken->number),
                                                  ga_sync_outcome_code(taken->outcome),
                                                  GA_NUM(counts[GA_PARCEL_APPLIED]), GA_NUM(counts[GA_PARCEL_KNOWN]),
                                                  GA_NUM(counts[GA_PARCEL_HELD]), GA_NUM(counts[GA_PARCEL_REFUSED]),
                                                  GA_NUM(taken->received.records), GA_NUM(taken->received.conflicts)});
}

static enum ga_exit put_all_taken(struct syncing *s, const struct ga_vec *taken)
{
    static const char *const names[] = {"file", "from", "bundle", "what", "applied", "known", "held", "refused", "records", "conflicts"};
    enum ga_exit exit = GA_EXIT_DONE;
    begin_table(s, names, GA_COUNT(names), false);
    for (size_t i = 0; i < taken->len; i++) {
        put_taken(s, ga_vec_at(taken, i));
        if (is_finding(ga_vec_at(taken, i)))
            exit = GA_EXIT_FINDINGS;
    }
    ga_table_end(&s->table);
    for (size_t i = 0; i < taken->len; i++)
        say_taken(s, ga_vec_at(taken, i));
    return exit;
}

static enum ga_exit run_import(struct syncing *s, struct ga_error *err)
{
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    const enum ga_rc rc = ga_sync_take(s->session, ga_path(s->line, s->line->argv[2]), NULL, &s->arena, &taken, err);
    const enum ga_exit exit = put_all_taken(s, &taken);
    if (rc == GA_OK && taken.len == 0)
        ga_say(s->line, "no bundle of another computer lies there");
    if (rc == GA_OK)
        say_own_files(s);
    ga_vec_finish(&taken);
    return rc == GA_OK ? exit : ga_say_file_error(s->line, rc, err);
}

/* ---- status ---- */

static void say_kept(struct syncing *s, enum ga_sync_kept_kind kind, const char *english)
{
    static const char made_good[] = GA_N_("was kept apart in %1, all of it is here now: %2");
    struct ga_vec kept;
    ga_vec_init(&kept, sizeof(struct ga_sync_kept));
    ga_sync_kept_list(s->session, kind, &s->arena, &kept, NULL);
    for (size_t i = 0; i < kept.len; i++) {
        const struct ga_sync_kept *one = GA_VEC_AT(const struct ga_sync_kept, &kept, i);
        ga_say(s->line, one->is_made_good ? made_good : english, one->path, ga_arena_strndup(&s->arena, one->reason, strcspn(one->reason, "\n")));
    }
    ga_vec_finish(&kept);
}

/* Who collects schools wants to know which are missing, by name. */
static void say_schools(struct syncing *s)
{
    struct ga_str missing = {0};
    struct ga_vec schools;
    size_t heard = 0;
    ga_vec_init(&schools, sizeof(struct ga_county_heard));
    ga_county_heard(s->session, &s->arena, &schools, NULL);
    for (size_t i = 0; i < schools.len; i++) {
        const struct ga_county_heard *school = ga_vec_at(&schools, i);
        heard += !school->is_missing;
        if (school->is_missing)
            ga_str_addf(&missing, "%s%s", missing.len > 0 ? ", " : "", school->school);
    }
    const char *names = missing.len > 0 ? ga_str_text(&missing) : "–";
    const int days = s->session->config.exchange_days;
    if (schools.len > 0 && days > 0)
        ga_say(s->line, "heard from %1 of %2 schools in the last %3 days; not from: %4", GA_NUM(heard), GA_NUM(schools.len), GA_NUM(days), names);
    else if (schools.len > 0)
        ga_say(s->line, "heard from %1 of %2 schools; never from: %3", GA_NUM(heard), GA_NUM(schools.len), names);
    ga_vec_finish(&schools);
    ga_str_finish(&missing);
}

/* Sites without a computer: nobody waits for a stick of theirs. */
static void say_papers(struct syncing *s)
{
    struct ga_vec papers;
    ga_vec_init(&papers, sizeof(struct ga_sync_paper));
    ga_sync_papers(s->session, true, &s->arena, &papers, NULL);
    for (size_t i = 0; i < papers.len; i++) {
        const struct ga_sync_paper *paper = ga_vec_at(&papers, i);
        if (paper->typed_day > 0)
            ga_say(s->line, "%1: by paper; %2 children, typed in last on %3", paper->label, GA_NUM(paper->children),
                   keep(s, GA_DATE_ISO(ga_date_from_days(paper->typed_day))));
        else
            ga_say(s->line, "%1: by paper; %2 children, nothing typed in yet", paper->label, GA_NUM(paper->children));
    }
    ga_vec_finish(&papers);
}

static void say_gaps(struct syncing *s)
{
    struct ga_sync_matters matters = {.gaps_count = 0};
    ga_sync_matters(s->session, &s->arena, &matters, NULL);
    for (size_t i = 0; i < matters.gaps_count; i++)
        say_gap(s, matters.gaps[i].label, matters.gaps[i].first, matters.gaps[i].last);
}

/* Of a guest what it gets. */
static const char *say_scope(const struct syncing *s, const struct ga_sync_site *site)
{
    return site->is_ended ? ga_tr(s->line->lang, "ended") : site->scope;
}

static enum ga_exit run_status(struct syncing *s, struct ga_error *err)
{
    static const char *const names[] = {"site", "label", "school", "here", "heard", "bundle", "last", "gaps", "forks", "to_send", "scope"};
    struct ga_vec sites;
    char id[GA_UUID_TEXT_SIZE];
    ga_vec_init(&sites, sizeof(struct ga_sync_site));
    const enum ga_rc rc = ga_sync_sites(s->session, &sites, err);
    begin_table(s, names, GA_COUNT(names), false);
    for (size_t i = 0; i < sites.len; i++) {
        const struct ga_sync_site *site = ga_vec_at(&sites, i);
        const char *heard = site->peer.heard_day > 0 ? keep(s, GA_DATE_ISO(ga_date_from_days(site->peer.heard_day))) : "";
        ga_table_row(&s->table, (const char *const[]){ga_uuid_text(&site->peer.id, id), site->peer.label, site->school, site->is_own ? "1" : "0", heard,
                                                      GA_NUM(site->peer.heard_bundle), GA_NUM(site->state.last), GA_NUM(site->state.gaps),
                                                      GA_NUM(site->state.forks), GA_NUM(site->to_send), say_scope(s, site)});
    }
    ga_table_end(&s->table);
    say_gaps(s);
    say_schools(s);
    say_papers(s);
    say_kept(s, GA_SYNC_QUARANTINE, GA_N_("could not be taken in, kept in %1: %2"));
    say_kept(s, GA_SYNC_HELD, GA_N_("waits and is passed on, kept in %1: %2"));
    ga_vec_finish(&sites);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_file_error(s->line, rc, err);
}

/* ---- pair ---- */

static enum ga_rc pair_invite(struct syncing *s, const char *place, const char *typed, char digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    (void)typed, (void)digits;
    return ga_sync_invite(s->session, place, err);
}

static enum ga_rc pair_join(struct syncing *s, const char *place, const char *typed, char digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    return ga_sync_join(s->session, place, typed, digits, err);
}

static enum ga_rc pair_answer(struct syncing *s, const char *place, const char *typed, char digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    return ga_sync_answer(s->session, place, typed, digits, err);
}

static enum ga_rc pair_finish(struct syncing *s, const char *place, const char *typed, char digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    return ga_sync_finish(s->session, place, typed, digits, err);
}

static const struct pair_step {
    const char *name;
    int least, most; /* words behind it, the folder's among them */
    enum ga_rc (*run)(struct syncing *s, const char *place, const char *typed, char digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err);
} pair_steps[] = {{"invite", 1, 1, pair_invite}, {"join", 2, 2, pair_join}, {"answer", 1, 2, pair_answer}, {"finish", 1, 2, pair_finish}};

/* A wrong word changes nothing, not even which data folder is open. */
static const struct pair_step *find_step(const struct ga_command_line *line)
{
    for (size_t i = 0; line->argc > 2 && i < GA_COUNT(pair_steps); i++)
        if (strcmp(pair_steps[i].name, line->argv[2]) == 0 && line->argc - 3 >= pair_steps[i].least && line->argc - 3 <= pair_steps[i].most)
            return &pair_steps[i];
    return NULL;
}

static enum ga_exit run_pair(struct syncing *s, struct ga_error *err)
{
    char digits[GA_SYNC_DIGITS_SIZE] = "";
    const struct pair_step *step = find_step(s->line);
    if (step == NULL)
        return ga_usage(s->line);
    const char *typed = s->line->argc > 4 ? s->line->argv[4] : NULL;
    const enum ga_rc rc = step->run(s, ga_path(s->line, s->line->argv[3]), typed, digits, err);
    if (rc != GA_OK)
        return ga_say_file_error(s->line, rc, err);
    if (digits[0] != '\0')
        ga_put_row(s->line, (const char *const[]){digits}, 1);
    return GA_EXIT_DONE;
}

/* ---- the printed key ---- */

/* From a file or standard input: what stands on a command line is kept by the shell. */
static enum ga_rc read_key(const char *path, char digits[KEY_TEXT_MAX + 1], struct ga_error *err)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    if (file == NULL)
        return ga_error_set(err, GA_IO, "%1 cannot be opened", path);
    const size_t len = fread(digits, 1, KEY_TEXT_MAX, file);
    digits[len] = '\0';
    if (file != stdin)
        fclose(file);
    return GA_OK;
}

static enum ga_exit run_recover(struct syncing *s, struct ga_error *err)
{
    char digits[KEY_TEXT_MAX + 1];
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    enum ga_rc rc = read_key(strcmp(s->line->argv[3], "-") == 0 ? "-" : ga_path(s->line, s->line->argv[3]), digits, err);
    if (rc == GA_OK)
        rc = ga_county_recover(s->session, ga_path(s->line, s->line->argv[2]), digits, NULL, &s->arena, &taken, err);
    const enum ga_exit exit = rc == GA_OK ? put_all_taken(s, &taken) : GA_EXIT_DONE;
    ga_crypt_wipe(digits, sizeof(digits));
    ga_vec_finish(&taken);
    return rc == GA_OK ? exit : ga_say_file_error(s->line, rc, err);
}

static enum ga_exit run_label(struct syncing *s, struct ga_error *err)
{
    const enum ga_rc rc = ga_sync_set_label(s->session, s->line->argv[2], err);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(s->line, rc, err);
}

enum { WORDS_MAX = 200 }; /* many rows of a worksheet at once */

/* ---- digits to compare ---- */

static bool is_group(const char *word)
{
    return strlen(word) == 5 && strspn(word, "0123456789") == 5;
}

/* As they are shown they are six words to a shell; `first`: no earlier word is one of them. */
static void join_digits(struct ga_command_line *line, int first, struct ga_arena *arena)
{
    int kept = first;
    for (int i = first; i < line->argc; i++) {
        const bool goes_on = kept > first && is_group(line->argv[i]) && is_group(line->argv[i - 1]);
        if (goes_on)
            line->argv[kept - 1] = ga_arena_printf(arena, "%s %s", line->argv[kept - 1], line->argv[i]);
        else
            line->argv[kept++] = line->argv[i];
    }
    line->argc = kept > line->argc ? line->argc : kept;
}

static const struct {
    const char *name;
    int least, most; /* words behind it */
    enum ga_exit (*run)(struct syncing *s, struct ga_error *err);
    int digits; /* from this word on may stand digits that people compared; 0: never */
} verbs[] = {
    {"export", 1, 3, run_export},
    {"import", 1, 1, run_import},
    {"status", 0, 0, run_status},
    {"conflicts", 0, 1, ga_sync_run_conflicts},
    {"resolve", 1, WORDS_MAX, ga_sync_run_resolve},
    {"hand", 1, 2, ga_sync_run_hand},
    {"pair", 2, 3, run_pair, .digits = 4},
    {"label", 1, 1, run_label},
    {"county", 0, 0, ga_sync_run_county},
    {"meet", 1, 3, ga_sync_run_meet, .digits = 3},
    {"guest", 1, 4, ga_sync_run_guest, .digits = 4},
    {"recover", 2, 2, run_recover},
    {"schools", 0, 2, ga_sync_run_schools},
};

static enum ga_exit run_verb(struct ga_command_line *line, enum ga_exit (*run)(struct syncing *s, struct ga_error *err))
{
    struct syncing s = {.line = line};
    struct ga_error err = {0};
    enum ga_exit exit = ga_command_open(line, &s.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = run(&s, &err);
    ga_session_close(s.session);
    ga_arena_finish(&s.arena);
    return exit;
}

enum ga_exit ga_run_sync(struct ga_command_line *line)
{
    struct ga_arena arena = {0};
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 1, WORDS_MAX);
    if (exit != GA_EXIT_DONE)
        return exit;
    size_t i = 0;
    while (i < GA_COUNT(verbs) && strcmp(verbs[i].name, line->argv[1]) != 0)
        i++;
    if (i < GA_COUNT(verbs) && verbs[i].digits > 0)
        join_digits(line, verbs[i].digits, &arena);
    const bool is_right = i < GA_COUNT(verbs) && line->argc - 2 >= verbs[i].least && line->argc - 2 <= verbs[i].most;
    exit = is_right ? run_verb(line, verbs[i].run) : ga_usage(line);
    ga_arena_finish(&arena);
    return exit;
}
