/* Asks before a month is signed, of one class or of all that are complete. */
#include "care/sign_ask.h"

#include "care/due_confirm.h"
#include "guanai/app/care.h"
#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/due_behind.h"
#include "guanai/store/number.h"
#include "guanai/text/class_name.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { CHANGES_SHOWN = 12 };
enum { SIGN_AGAIN, TAKE_BACK }; /* what a signed month offers */

const char *ga_sign_words(const struct ga_signature *signature, size_t changes, enum ga_lang lang, struct ga_arena *arena)
{
    char day[GA_DATE_SIZE];
    const char *by = ga_words_say(arena, lang, signature->open > 0 ? GA_N_(" · signed by %1, %2, with %3 open") : GA_N_(" · signed by %1, %2"),
                                  signature->by, ga_date_text_short(signature->on, lang, day), GA_NUM(signature->open));
    if (changes == 0)
        return by;
    return ga_arena_printf(arena, "%s%s", ga_words_say(arena, lang, GA_N_(" · changed after signing: %1"), GA_NUM(changes)), by);
}

void ga_sign_ask_finish(struct ga_sign_ask *ask)
{
    ga_arena_finish(&ask->arena);
}

static void start(struct ga_sign_ask *ask, size_t classes)
{
    ga_arena_reset(&ask->arena);
    ask->months = ga_arena_array(&ask->arena, classes + 1, sizeof(*ask->months));
    ask->count = ask->left_open = ask->left_own = ask->left_back = 0;
    ask->is_asked = false;
    ask->sent_count = 0;
    ga_sent_back_list(ask->session, &ask->arena, &ask->sent, &ask->sent_count, NULL);
}

/* The list of the page may be read anew while the question stands. */
static const struct ga_roster_class *keep_class(struct ga_sign_ask *ask, const struct ga_roster_class *class_of,
                                                enum ga_lang lang)
{
    struct ga_roster_class *kept = ga_arena_alloc(&ask->arena, sizeof(*kept));
    struct ga_class_name name = {0};
    char shown[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), class_of->grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->class_no);
    *kept = *class_of;
    kept->site = ga_arena_strdup(&ask->arena, class_of->site);
    kept->grade = ga_arena_strdup(&ask->arena, class_of->grade);
    kept->class_no = ga_arena_strdup(&ask->arena, class_of->class_no);
    kept->shown = ga_arena_strdup(&ask->arena, ga_class_name_text(&name, lang, shown)); /* the page's may be of the language before */
    return kept;
}

/* "确认 2 条说明" and what they say; own ones are left for somebody else. */
static enum ga_rc add_excuses(struct ga_sign_ask *ask, const struct ga_month *month, enum ga_lang lang, struct ga_str *out,
                              struct ga_error *err)
{
    struct ga_care *care;
    const size_t others = month->excuses_count - month->own_excuses;
    const enum ga_rc rc = ga_session_care(ask->session, NULL, &care, err);
    if (rc == GA_OK && others > 0)
        ga_str_addf(out, "%s%s", out->len > 0 ? "\n\n" : "",
                    ga_words_say(&ask->arena, lang, GA_N_("Confirmed with it: %1"), GA_NUM(others)));
    for (size_t i = 0; rc == GA_OK && i < month->excuses_count; i++)
        if (!month->excuses[i].is_own)
            ga_due_confirm_add(&month->excuses[i], ga_care_duties(care), lang, out);
    if (rc == GA_OK && month->own_excuses > 0)
        ga_str_addf(out, "\n\n%s",
                    ga_words_say(&ask->arena, lang, GA_N_("Left out: %1 of your own; somebody else has to confirm those."),
                                 GA_NUM(month->own_excuses)));
    return rc;
}

static const char *month_text(const struct ga_sign_ask *ask, const struct ga_month *month, enum ga_lang lang)
{
    struct ga_care *care;
    char label[GA_WINDOW_LABEL_SIZE];
    snprintf(label, sizeof(label), "%04d-%02d", month->month.year, month->month.month);
    if (ga_session_care(ask->session, NULL, &care, NULL) != GA_OK)
        return "";
    return ga_window_text(ga_care_calendar(care), label, lang, month->arena);
}

/* Whose record it is; 0: of a group, or of no child. */
static int64_t child_of(struct ga_sign_ask *ask, const struct ga_uuid *record)
{
    static const struct ga_uuid none;
    struct ga_record_face face;
    int64_t no = 0;
    if (ga_record_face_read(ask->session, record, &ask->arena, &face, NULL) != GA_OK || ga_uuid_compare(&face.child, &none) == 0 ||
        ga_store_child_no(ask->session->store, &face.child, &no, NULL) != GA_OK)
        return 0;
    return no;
}

/* A cell names one record; it may hang on several. */
static bool is_behind_due(struct ga_sign_ask *ask, struct ga_care *care, const struct ga_due *due, int64_t record)
{
    struct ga_due_record *records;
    size_t count = 0;
    if (due->record == record)
        return true;
    if (ga_due_records(care, due, &ask->arena, &records, &count, NULL) != GA_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        if (records[i].record == record)
            return true;
    return false;
}

static bool is_behind(struct ga_sign_ask *ask, const struct ga_month *month, const struct ga_sent_back *sent)
{
    struct ga_care *care;
    const int64_t child = child_of(ask, &sent->record);
    if (ga_session_care(ask->session, NULL, &care, NULL) != GA_OK)
        return false;
    for (size_t i = 0; i < month->dues_count; i++) {
        const struct ga_due *due = &month->dues[i];
        const bool is_of_it = child == 0 || due->child == child || due->child == 0;
        if (due->record != 0 && is_of_it && is_behind_due(ask, care, due, sent->record_no))
            return true;
    }
    return false;
}

/* Records behind the month's cells that were sent back and are not mended. */
static size_t count_back(struct ga_sign_ask *ask, const struct ga_month *month)
{
    size_t back = 0;
    for (size_t i = 0; i < ask->sent_count; i++)
        back += !ask->sent[i].is_mended && ask->sent[i].record_no != 0 && is_behind(ask, month, &ask->sent[i]);
    return back;
}

static size_t add_back(struct ga_sign_ask *ask, const struct ga_month *month, enum ga_lang lang, struct ga_str *out)
{
    const size_t back = count_back(ask, month);
    if (back > 0)
        ga_str_addf(out, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Sent back, not mended yet: %1"), GA_NUM(back)));
    return back;
}

static enum ga_rc ask_new(struct ga_sign_ask *ask, struct ga_screen *screen, int tag, struct ga_error *err)
{
    const struct ga_month *month = &ask->months[0];
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    if (month->open > 0)
        ga_str_add(&text, ga_words_say(&ask->arena, lang, GA_N_("%1 are still open. Sign all the same?"), GA_NUM(month->open)));
    else
        ga_str_add(&text, ga_words_say(&ask->arena, lang, GA_N_("Complete: %1 done."), GA_NUM(month->done)));
    const size_t back = add_back(ask, month, lang, &text);
    const enum ga_rc rc = add_excuses(ask, month, lang, &text, err);
    if (rc == GA_OK)
        ga_dialog_confirm(screen,
                          ga_words_say(&ask->arena, lang, GA_N_("Sign %1, %2?"), month->class_of->shown, month_text(ask, month, lang)),
                          ga_str_text(&text), month->open == 0 && back == 0, tag);
    ga_str_finish(&text);
    return rc;
}

/* What happened since, as far as it has room. */
static enum ga_rc add_changes(struct ga_sign_ask *ask, enum ga_lang lang, struct ga_str *out, struct ga_error *err)
{
    const char *const *lines;
    size_t count = 0;
    const enum ga_rc rc = ga_month_changes(ask->session, &ask->months[0], lang, &lines, &count, err);
    if (rc == GA_OK && count > 0)
        ga_str_addf(out, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Changed after signing: %1"), GA_NUM(count)));
    for (size_t i = 0; rc == GA_OK && i < count && i < CHANGES_SHOWN; i++)
        ga_str_addf(out, "\n%s", lines[i]);
    if (rc == GA_OK && count > CHANGES_SHOWN)
        ga_str_add(out, "\n…");
    return rc;
}

static enum ga_rc ask_again(struct ga_sign_ask *ask, struct ga_screen *screen, int tag, struct ga_error *err)
{
    const struct ga_month *month = &ask->months[0];
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *const options[] = {ga_tr(lang, "Sign again, as it stands now"), ga_tr(lang, "Take the signature back")};
    struct ga_str text = {0};
    char day[GA_DATE_SIZE];
    ga_str_add(&text, ga_words_say(&ask->arena, lang,
                                   month->signature->open > 0 ? GA_N_("Signed by %1 on %2, with %3 open.") : GA_N_("Signed by %1 on %2."),
                                   month->signature->by, ga_date_text(month->signature->on, lang, day),
                                   GA_NUM(month->signature->open)));
    enum ga_rc rc = add_changes(ask, lang, &text, err);
    if (rc == GA_OK && month->open > 0)
        ga_str_addf(&text, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Open now: %1"), GA_NUM(month->open)));
    if (rc == GA_OK)
        add_back(ask, month, lang, &text);
    if (rc == GA_OK)
        rc = add_excuses(ask, month, lang, &text, err);
    if (rc == GA_OK)
        ga_dialog_choose(screen, ga_arena_printf(&ask->arena, "%s · %s", month->class_of->shown, month_text(ask, month, lang)),
                         ga_str_text(&text), options, GA_COUNT(options), tag);
    ga_str_finish(&text);
    return rc;
}

void ga_sign_ask_open(struct ga_sign_ask *ask, struct ga_screen *screen, const struct ga_roster_class *class_of,
                      struct ga_date month, int tag)
{
    struct ga_error err = {0};
    start(ask, 1);
    ask->is_many = false;
    enum ga_rc rc = ga_month_read(ask->session, keep_class(ask, class_of, ga_screen_lang(screen)), month, ga_screen_lang(screen), &ask->arena,
                                  &ask->months[0], &err);
    ask->count = rc == GA_OK;
    if (rc == GA_OK && ask->months[0].dues_count == 0) {
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("Nothing was owed in this class in this month."));
        return;
    }
    if (rc == GA_OK)
        rc = ga_month_may_sign(ask->session, &ask->months[0], &err);
    if (rc == GA_OK)
        rc = ask->months[0].signature == NULL ? ask_new(ask, screen, tag, &err) : ask_again(ask, screen, tag, &err);
    ask->is_asked = rc == GA_OK;
    if (rc != GA_OK)
        ga_dialog_error(screen, &err, tag);
}

/* Takes a class up into those that are signed; else counts why not. */
static enum ga_rc take_class(struct ga_sign_ask *ask, const struct ga_roster_class *class_of, struct ga_date month,
                             enum ga_lang lang, struct ga_error *err)
{
    struct ga_month *read = &ask->months[ask->count];
    enum ga_rc rc = ga_month_read(ask->session, class_of, month, lang, &ask->arena, read, err);
    if (rc != GA_OK || read->signature != NULL || read->dues_count == 0)
        return rc;
    if (!ga_month_is_complete(read)) {
        ask->left_open += read->open > 0;
        return GA_OK;
    }
    if (count_back(ask, read) > 0) {
        ask->left_back++;
        return GA_OK;
    }
    rc = ga_month_may_sign(ask->session, read, err);
    ask->left_own += rc == GA_DENIED;
    ask->count += rc == GA_OK;
    return rc == GA_DENIED ? GA_OK : rc;
}

static void ask_many(struct ga_sign_ask *ask, struct ga_screen *screen, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    size_t excuses = 0;
    for (size_t i = 0; i < ask->count; i++) {
        ga_str_addf(&text, "%s%s", i > 0 ? (lang == GA_ZH ? "、" : ", ") : "", ask->months[i].class_of->shown);
        excuses += ask->months[i].excuses_count - ask->months[i].own_excuses;
    }
    if (excuses > 0)
        ga_str_addf(&text, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Confirmed with it: %1"), GA_NUM(excuses)));
    if (ask->left_open > 0)
        ga_str_addf(&text, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Left out, not complete: %1 (sign those one by one)"),
                                                  GA_NUM(ask->left_open)));
    if (ask->left_back > 0)
        ga_str_addf(&text, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Left out, a record sent back and not mended: %1 (sign those one by one)"),
                                                  GA_NUM(ask->left_back)));
    if (ask->left_own > 0)
        ga_str_addf(&text, "\n\n%s", ga_words_say(&ask->arena, lang, GA_N_("Left out, your own work: %1 (somebody else signs)"),
                                                  GA_NUM(ask->left_own)));
    ga_dialog_confirm(screen,
                      ga_words_say(&ask->arena, lang, GA_N_("Sign %1 complete classes, %2?"), GA_NUM(ask->count),
                                   month_text(ask, &ask->months[0], lang)),
                      ga_str_text(&text), true, tag);
    ga_str_finish(&text);
}

void ga_sign_ask_all(struct ga_sign_ask *ask, struct ga_screen *screen, const struct ga_roster_class *classes, size_t count,
                     struct ga_date month, int tag)
{
    struct ga_error err = {0};
    enum ga_rc rc = GA_OK;
    start(ask, count);
    ask->is_many = true;
    for (size_t i = 0; i < count && rc == GA_OK; i++)
        rc = take_class(ask, keep_class(ask, &classes[i], ga_screen_lang(screen)), month, ga_screen_lang(screen), &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (ask->count > 0)
        ask_many(ask, screen, tag);
    else
        ga_words_tell(screen->ui, GA_STYLE_WARNING,
                      ask->left_back > 0 ? GA_N_("No complete class waits to be signed: %1 not complete, %2 your own work, %3 with a record to mend.")
                                         : GA_N_("No complete class waits to be signed: %1 are not complete, %2 are your own work."),
                      GA_NUM(ask->left_open), GA_NUM(ask->left_own), GA_NUM(ask->left_back));
    ask->is_asked = rc == GA_OK && ask->count > 0;
}

static bool take_back(struct ga_sign_ask *ask, struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (ga_month_take_back(ask->session, &ask->months[0], &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("%1: the signature is taken back; the history keeps it"),
                  ask->months[0].class_of->shown);
    return true;
}

static void say_signed(const struct ga_sign_ask *ask, struct ga_screen *screen, size_t confirmed)
{
    struct ga_arena arena = {0};
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_month *first = &ask->months[0];
    const char *said = ask->count > 1 ? ga_words_say(&arena, lang, GA_N_("%1 classes signed"), GA_NUM(ask->count))
                       : first->open > 0
                           ? ga_words_say(&arena, lang, GA_N_("%1 signed with %2 open"), first->class_of->shown, GA_NUM(first->open))
                           : ga_words_say(&arena, lang, GA_N_("%1 signed"), first->class_of->shown);
    const char *more = confirmed > 0 ? ga_words_say(&arena, lang, GA_N_(" · reasons confirmed: %1"), GA_NUM(confirmed)) : "";
    ga_ui_say(screen->ui, GA_STYLE_OK, ga_arena_printf(&arena, "%s%s", said, more));
    ga_arena_finish(&arena);
}

bool ga_sign_ask_take(struct ga_sign_ask *ask, struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_error err = {0};
    size_t confirmed = 0;
    const bool is_again = ask->count > 0 && !ask->is_many && ask->months[0].signature != NULL;
    if (!ask->is_asked || !result->is_done)
        return false;
    ask->is_asked = false;
    if (is_again && result->code == TAKE_BACK)
        return take_back(ask, screen);
    if (!is_again && result->code != 1)
        return false;
    if (ga_months_sign(ask->session, ask->months, ask->count, &confirmed, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    say_signed(ask, screen, confirmed);
    return true;
}
