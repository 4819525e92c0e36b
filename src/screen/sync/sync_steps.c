/* Exchanges with one stick, step by step. */
#include "sync/sync_steps.h"

#include "guanai/app/county.h"
#include "guanai/app/sticks.h"
#include "guanai/base/num.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"
#include "sync/sync_words.h"

#include <string.h>

static const char *const names[GA_SYNC_STAGES] = {[GA_SYNC_STICK] = GA_N_("1 The stick"), [GA_SYNC_TAKE_IN] = GA_N_("2 Take in"),
                                                  [GA_SYNC_PUT] = GA_N_("3 Write"), [GA_SYNC_PULL] = GA_N_("4 Pull out")};

void ga_sync_steps_init(struct ga_sync_steps *steps, struct ga_session *session)
{
    *steps = (struct ga_sync_steps){.session = session};
    ga_stick_pick_init(&steps->sticks, session);
    ga_vec_init(&steps->taken, sizeof(struct ga_sync_taken));
}

void ga_sync_steps_finish(struct ga_sync_steps *steps)
{
    ga_stick_pick_finish(&steps->sticks);
    ga_vec_finish(&steps->taken);
    ga_arena_finish(&steps->arena);
}

/* ---- what is shown ---- */

/* Of all bundles: "收到 24 次保存：生效 20，已有 4，暂存 0，拒收 0" */
static const char *taken_text(const struct ga_sync_steps *steps, struct ga_arena *arena, enum ga_lang lang)
{
    uint64_t counts[GA_PARCEL_STATES] = {0}, all = 0;
    for (size_t i = 0; i < steps->taken.len; i++)
        for (size_t k = 0; k < GA_PARCEL_STATES; k++)
            counts[k] += GA_VEC_AT(struct ga_sync_taken, &steps->taken, i)->received.transactions[k];
    for (size_t k = 0; k < GA_PARCEL_STATES; k++)
        all += counts[k];
    if (all == 0)
        return ga_tr(lang, steps->taken.len == 0 ? GA_N_("nothing of another computer lies there") : GA_N_("nothing new"));
    return ga_words_say(arena, lang, GA_N_("received %1 saves: in force %2, here already %3, held %4, refused %5"), GA_NUM(all),
                        GA_NUM(counts[GA_PARCEL_APPLIED]), GA_NUM(counts[GA_PARCEL_KNOWN]), GA_NUM(counts[GA_PARCEL_HELD]),
                        GA_NUM(counts[GA_PARCEL_REFUSED]));
}

static const char *written_text(const struct ga_sync_written *written, struct ga_arena *arena, enum ga_lang lang)
{
    if (written->receipts > 0 && written->transactions == 0)
        return ga_words_say(arena, lang, GA_N_("receipts for %1 schools"), GA_NUM(written->receipts));
    if (written->transactions == 0)
        return ga_words_say(arena, lang, GA_N_("nothing new of ours; what came is acknowledged, bundle %1"), GA_NUM(written->number));
    return ga_words_say(arena, lang, GA_N_("sent %1 saves as bundle %2"), GA_NUM(written->transactions), GA_NUM(written->number));
}

static const char *pulled_text(const struct ga_sync_written *written, struct ga_arena *arena, enum ga_lang lang)
{
    if (written->path == NULL)
        return ga_tr(lang, "The stick can be pulled out");
    if (written->receipts > 0 && written->transactions == 0)
        return ga_words_say(arena, lang, GA_N_("receipts for %1 schools verified: the stick can be pulled out"), GA_NUM(written->receipts));
    if (written->transactions == 0)
        return ga_tr(lang, "Verified on the stick: it can be pulled out");
    return ga_words_say(arena, lang, GA_N_("%1 saves verified on the stick: it can be pulled out"), GA_NUM(written->transactions));
}

static const char *stage_text(const struct ga_sync_steps *steps, enum ga_sync_stage stage, struct ga_arena *arena, enum ga_lang lang)
{
    return stage == GA_SYNC_STICK     ? ga_arena_strdup(arena, steps->folder)
           : stage == GA_SYNC_TAKE_IN ? taken_text(steps, arena, lang)
           : stage == GA_SYNC_PUT     ? written_text(&steps->written, arena, lang)
                                      : pulled_text(&steps->written, arena, lang);
}

/* A sentence that went wrong is not cut off at the edge of its column: it has lines of its own. */
static void say_failed(const struct ga_sync_steps *steps, struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang)
{
    char text[400];
    ga_message_text(&steps->failed.what, lang, text, sizeof(text));
    ga_menu_say(menu, GA_STYLE_ERROR, ga_arena_printf(arena, "  %s", text), NULL);
    if (steps->failed.hint.id == NULL)
        return;
    ga_message_text(&steps->failed.hint, lang, text, sizeof(text));
    ga_menu_say(menu, GA_STYLE_ERROR, ga_arena_printf(arena, "  %s", text), NULL);
}

static void say_stage(const struct ga_sync_steps *steps, enum ga_sync_stage stage, struct ga_menu *menu, struct ga_arena *arena,
                      enum ga_lang lang)
{
    static const struct {
        enum ga_style style;
        const char *text; /* GA_N_; NULL: what came of it */
    } states[] = {[GA_SYNC_WAITS] = {GA_STYLE_DIM, GA_N_("not done")}, [GA_SYNC_LEFT_OUT] = {GA_STYLE_DIM, GA_N_("not this time")},
                  [GA_SYNC_DONE] = {GA_STYLE_OK, NULL}, [GA_SYNC_FAILED] = {GA_STYLE_ERROR, GA_N_("not finished")}};
    const enum ga_sync_stage_state state = steps->stages[stage];
    ga_menu_say(menu, states[state].style, ga_tr(lang, names[stage]),
                states[state].text == NULL ? stage_text(steps, stage, arena, lang) : ga_tr(lang, states[state].text));
    if (state == GA_SYNC_FAILED)
        say_failed(steps, menu, arena, lang);
    for (size_t i = 0; stage == GA_SYNC_TAKE_IN && i < steps->taken.len; i++)
        ga_sync_words_taken(menu, arena, lang, ga_vec_at(&steps->taken, i));
}

void ga_sync_steps_say(const struct ga_sync_steps *steps, struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang)
{
    if (steps->folder == NULL)
        return;
    ga_menu_say(menu, GA_STYLE_LABEL, ga_tr(lang, "Done just now"), NULL);
    for (enum ga_sync_stage stage = 0; stage < GA_SYNC_STAGES; stage++)
        say_stage(steps, stage, menu, arena, lang);
    ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
}

/* ---- what is done ---- */

static bool step(void *ctx, int64_t done, int64_t total)
{
    struct ga_screen *screen = ctx;
    return !ga_ui_progress(screen->ui, ga_screen_tr(screen, "Exchanging"), done, total);
}

static enum ga_rc take(struct ga_sync_steps *steps, const struct ga_progress *progress, struct ga_error *err)
{
    if (steps->doing == GA_SYNC_DO_RECOVER)
        return ga_county_recover(steps->session, steps->folder, steps->key, progress, &steps->arena, &steps->taken, err);
    const enum ga_rc rc = ga_sync_take(steps->session, steps->folder, progress, &steps->arena, &steps->taken, err);
    return rc == GA_NOT_FOUND && steps->doing == GA_SYNC_DO_BOTH ? GA_OK : rc; /* nothing lies there yet */
}

static enum ga_rc write_ours(struct ga_sync_steps *steps, const struct ga_progress *progress, struct ga_error *err)
{
    const bool gives_back = steps->doing == GA_SYNC_DO_GIVE_BACK;
    const struct ga_sync_export what = {.place = steps->folder, .is_complete = gives_back || steps->doing == GA_SYNC_DO_ALL,
                                        .school = gives_back ? &steps->school : NULL, .progress = progress};
    return ga_sync_write(steps->session, &what, &steps->arena, &steps->written, err);
}

static enum ga_rc let_go(struct ga_sync_steps *steps, const struct ga_progress *progress, struct ga_error *err)
{
    bool is_stick;
    (void)progress;
    return ga_session_stick_let_go(steps->session, steps->folder, &is_stick, err);
}

/* Before anything is taken in: whoever is to write must find room and a stick that takes it. */
static enum ga_rc look_at(struct ga_sync_steps *steps, const struct ga_progress *progress, struct ga_error *err)
{
    (void)progress;
    if (steps->stages[GA_SYNC_PUT] == GA_SYNC_LEFT_OUT)
        return GA_OK;
    const enum ga_rc rc = ga_session_stick_check(steps->session, steps->folder, 0, err);
    steps->can_take_in = rc != GA_OK && steps->doing == GA_SYNC_DO_BOTH && ga_session_stick_has_folder(steps->session, steps->folder);
    return rc;
}

/* A stick that was pulled out explains all that went wrong, and what seems to have gone well in the folder it left. */
static enum ga_rc run_stage(struct ga_sync_steps *steps, enum ga_sync_stage stage, const struct ga_progress *progress, struct ga_error *err)
{
    static enum ga_rc (*const runs[GA_SYNC_STAGES])(struct ga_sync_steps *steps, const struct ga_progress *progress, struct ga_error *err) = {
        [GA_SYNC_STICK] = look_at, [GA_SYNC_TAKE_IN] = take, [GA_SYNC_PUT] = write_ours, [GA_SYNC_PULL] = let_go};
    const bool is_writing = stage != GA_SYNC_TAKE_IN && steps->stages[GA_SYNC_PUT] != GA_SYNC_LEFT_OUT;
    struct ga_error pulled = {0};
    const enum ga_rc rc = runs[stage](steps, progress, err);
    if (stage == GA_SYNC_PULL || ga_stick_still(steps->session->options->io, steps->folder, &steps->mark, is_writing, &pulled) == GA_OK)
        return rc;
    *err = pulled;
    return GA_IO;
}

static enum ga_rc run_stages(struct ga_sync_steps *steps, const struct ga_progress *progress, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (enum ga_sync_stage stage = 0; rc == GA_OK && stage < GA_SYNC_STAGES; stage++) {
        if (steps->stages[stage] == GA_SYNC_LEFT_OUT)
            continue;
        rc = run_stage(steps, stage, progress, err);
        steps->stages[stage] = rc == GA_OK ? GA_SYNC_DONE : GA_SYNC_FAILED;
    }
    return rc;
}

void ga_sync_steps_work(struct ga_sync_steps *steps, struct ga_screen *screen)
{
    const struct ga_progress progress = {step, screen};
    if (run_stages(steps, &progress, &steps->failed) == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, "%1", pulled_text(&steps->written, &steps->arena, ga_screen_lang(screen)));
    else
        ga_ui_say_error(screen->ui, &steps->failed);
    ga_screen_set_status(screen, "");
}

static void begin(struct ga_sync_steps *steps, struct ga_screen *screen, const char *folder)
{
    ga_vec_clear(&steps->taken);
    ga_arena_reset(&steps->arena);
    const enum ga_sync_do doing = steps->doing = steps->asked;
    steps->folder = ga_arena_strdup(&steps->arena, folder);
    ga_stick_mark(steps->session->options->io, folder, &steps->mark);
    steps->failed = (struct ga_error){.rc = GA_OK};
    steps->can_take_in = false;
    steps->written = (struct ga_sync_written){.path = NULL};
    memset(steps->stages, 0, sizeof(steps->stages));
    if (doing == GA_SYNC_DO_WRITE || doing == GA_SYNC_DO_ALL || doing == GA_SYNC_DO_GIVE_BACK)
        steps->stages[GA_SYNC_TAKE_IN] = GA_SYNC_LEFT_OUT;
    if (doing == GA_SYNC_DO_TAKE || doing == GA_SYNC_DO_RECOVER)
        steps->stages[GA_SYNC_PUT] = GA_SYNC_LEFT_OUT;
    ga_screen_set_status(screen, ga_screen_tr(screen, "working on the stick: leave it in …"));
    ga_screen_start_work(screen);
}

void ga_sync_steps_ask(struct ga_sync_steps *steps, struct ga_screen *screen, enum ga_sync_do doing)
{
    steps->asked = doing;
    ga_stick_pick_open(&steps->sticks, screen, GA_SYNC_STEPS_TAG);
}

/* What went well another time says nothing of the stick that was asked for now. */
static void forget(struct ga_sync_steps *steps)
{
    steps->folder = NULL;
}

bool ga_sync_steps_take(struct ga_sync_steps *steps, struct ga_screen *screen, const struct ga_tui_result *result)
{
    const char *folder;
    const bool is_chosen = result->tag == GA_SYNC_STEPS_TAG && ga_stick_pick_take(&steps->sticks, screen, result, &folder);
    if (is_chosen)
        begin(steps, screen, folder);
    else if (result->tag == GA_SYNC_STEPS_TAG && result->is_done)
        forget(steps);
    return is_chosen;
}
