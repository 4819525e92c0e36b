/* Shows what a file would change, then takes it in. */
#include "guanai/app/backup.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_returns.h"
#include "guanai/screen/import.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "import/import_columns.h"
#include "import/import_differences.h"
#include "import/import_facts.h"
#include "import/import_rows.h"
#include "parts/file_places.h"
#include "parts/form_menu.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 1, COLUMNS, DIFFER, FORM, MODE, REJECTS, REPLACE, SHEETS_MAX = 200 };

/* What is to be done once the page has been painted. */
enum task { TASK_NONE, TASK_PLAN, TASK_APPLY };

struct preview {
    struct ga_session *session;
    struct ga_import *import;
    struct ga_import_facts facts;
    const char *form_name;
    enum task task;
    bool is_told; /* what was decided an earlier time */
    struct ga_menu menu;
    struct ga_arena arena; /* of the menu's texts */
    struct ga_form_menu forms;
    const char *rejects; /* where they were asked to go, while it is asked whether to replace what is there */
};

static struct preview *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct preview, screen);
}

static void list_again(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    preview->facts.import = preview->import;
    preview->facts.form = ga_words_form(preview->session, preview->form_name, ga_screen_lang(screen));
    ga_arena_reset(&preview->arena);
    ga_import_facts_list(&preview->facts, ga_screen_lang(screen), &preview->arena, &preview->menu);
}

static void start(struct ga_screen *screen, enum task task)
{
    state_of(screen)->task = task;
    ga_screen_set_status(screen, task == TASK_PLAN ? ga_screen_tr(screen, " reading the file … Esc stops")
                                                   : ga_screen_tr(screen, " taking the rows in … Esc stops"));
    ga_screen_start_work(screen);
}

static enum ga_rc open_import(struct ga_screen *screen, struct ga_error *err)
{
    struct preview *preview = state_of(screen);
    struct ga_import *import = NULL;
    const struct ga_form *form = ga_forms_get(preview->session->forms, preview->form_name, err);
    if (form == NULL)
        return err->rc != GA_OK ? err->rc : GA_NOT_FOUND;
    const struct ga_import_options options = {.form = form,
                                              .mode = preview->facts.mode,
                                              .sheet = preview->facts.sheet,
                                              .lang = ga_screen_lang(screen)};
    enum ga_rc rc = ga_import_open(&preview->session->tools, preview->facts.path, &options, &import, err);
    if (rc != GA_OK)
        return rc;
    ga_import_keep_returns(import, preview->import);
    ga_import_keep_decisions(import, preview->import);
    if (preview->import == NULL)
        ga_import_recall_decisions(import);
    ga_import_destroy(preview->import);
    preview->import = import;
    return GA_OK;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct preview *preview = state_of(screen);
    preview->session = ga_screen_session(screen);
    preview->facts.path = ga_arena_strdup(&screen->arena, arg);
    preview->form_name = "child";
    ga_arena_init(&preview->arena);
    ga_menu_init(&preview->menu);
    enum ga_rc rc = open_import(screen, err);
    if (rc == GA_OK)
        start(screen, TASK_PLAN);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    ga_import_destroy(preview->import);
    ga_form_menu_finish(&preview->forms);
    ga_menu_finish(&preview->menu);
    ga_arena_finish(&preview->arena);
}

static bool step_plan(void *ctx, int64_t done, int64_t total)
{
    struct ga_screen *screen = ctx;
    return !ga_ui_progress(screen->ui, ga_screen_tr(screen, "Reading"), done, total);
}

static bool step_apply(void *ctx, int64_t done, int64_t total)
{
    struct ga_screen *screen = ctx;
    return !ga_ui_progress(screen->ui, ga_screen_tr(screen, "Taking in"), done, total);
}

/* Whoever left the page, or sat here when the power went, goes on where he was. */
static void say_kept(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    const size_t decided = ga_import_decided(preview->import);
    if (decided > 0 && !preview->is_told)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("What was decided of this file before is kept: %1."), GA_NUM(decided));
    preview->is_told = true;
}

static void plan(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    struct ga_error err = {0};
    const struct ga_progress progress = {step_plan, screen};
    enum ga_rc rc = ga_import_plan(preview->import, &progress, &err);
    if (rc == GA_OK) {
        say_kept(screen);
        return;
    }
    if (rc == GA_CANCELLED)
        ga_ui_say(screen->ui, GA_STYLE_NORMAL, ga_screen_tr(screen, "Stopped. Nothing was changed."));
    else
        ga_ui_say_error(screen->ui, &err);
    ga_screen_close(screen);
}

static void say_result(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    size_t rows[GA_VERDICT_COUNT];
    ga_import_count_written(preview->import, rows);
    ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Taken in: %1 new, %2 filled, %3 changed; %4 could not be taken."),
                  GA_NUM(rows[GA_VERDICT_NEW]), GA_NUM(rows[GA_VERDICT_FILLS]), GA_NUM(rows[GA_VERDICT_CHANGES]),
                  GA_NUM(rows[GA_VERDICT_REFUSED]));
}

static void plan_again(struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (open_import(screen, &err) == GA_OK)
        start(screen, TASK_PLAN);
    else
        ga_ui_say_error(screen->ui, &err);
}

/* A plan that was not carried out is none any more: made anew, from the file as it is now. */
static void apply(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    struct ga_error err = {0};
    const struct ga_progress progress = {step_apply, screen};
    const bool has_backup = ga_backups_make(ga_screen_session(screen), GA_BACKUP_IMPORT, NULL) == GA_OK;
    enum ga_rc rc = ga_import_apply(preview->import, &progress, &err);
    if (rc == GA_OK) {
        preview->facts.is_done = true;
        say_result(screen);
        if (!has_backup) /* it can be undone all the same */
            ga_ui_say(screen->ui, GA_STYLE_WARNING, ga_screen_tr(screen, "Taken in, but no backup could be made before: is the disk full?"));
        return;
    }
    plan_again(screen);
    if (rc == GA_CANCELLED)
        ga_ui_say(screen->ui, GA_STYLE_NORMAL, ga_screen_tr(screen, "Stopped. Nothing was changed."));
    else
        ga_ui_say_error(screen->ui, &err);
}

/* The page has been painted once: now the long part, which paints its own progress. */
static bool work(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    enum task task = preview->task;
    preview->task = TASK_NONE;
    ga_screen_set_status(screen, "");
    if (task == TASK_PLAN)
        plan(screen);
    else if (task == TASK_APPLY)
        apply(screen);
    if (!screen->is_closing && preview->task == TASK_NONE)
        list_again(screen);
    return preview->task != TASK_NONE;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    if (state_of(screen)->task == TASK_NONE)
        list_again(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(&state_of(screen)->menu, canvas, screen->area, true, ga_screen_lang(screen));
}

static void ask_form(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    ga_form_menu_open_all(&preview->forms, screen, ga_screen_tr(screen, "What is in the file?"), preview->form_name, FORM);
}

static void ask_mode(struct ga_screen *screen)
{
    const char *ways[] = {ga_screen_tr(screen, "fill only what is empty (usual)"),
                          ga_screen_tr(screen, "take over changes too; the old values stay in the history"),
                          ga_screen_tr(screen, "every row is a new record (not for children)")};
    bool is_child = strcmp(state_of(screen)->form_name, "child") == 0;
    ga_dialog_choose(screen, ga_screen_tr(screen, "How"),
                     ga_screen_tr(screen, "What shall happen where the archive has something else?"), ways,
                     GA_COUNT(ways) - (is_child ? 1 : 0), MODE);
}

/* "名册.xlsx" → "名册-未收.xlsx" beside it: as a CSV file WPS and Excel would round the ID numbers. */
static void ask_rejects(struct ga_screen *screen)
{
    const struct preview *preview = state_of(screen);
    const char *path = preview->facts.path;
    const char *dot = strrchr(path, '.');
    const char *slash = strrchr(path, '/');
    size_t len = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : strlen(path);
    const char *beside = ga_arena_printf(&screen->arena, "%.*s-%s%s", (int)len, path, ga_screen_tr(screen, "refused"),
                                         preview->session->tools.helper != NULL ? ".xlsx" : ".csv");
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "Rows that cannot be taken"),
        .text = ga_screen_tr(screen, "They are written with their reasons to this file. Mend them there and take that "
                                     "file in: the rest is done then."),
        .initial = preview->facts.rejects != NULL ? preview->facts.rejects : beside,
        .max_chars = 400};
    ga_dialog_ask(screen, &ask, REJECTS);
}

static void write_rejects(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    struct ga_error err = {0};
    if (ga_import_write_rejects(preview->import, preview->rejects, ga_screen_lang(screen), &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    preview->facts.rejects = preview->rejects;
    ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 rows are in %2"),
                  GA_NUM(ga_import_count(preview->import, GA_VERDICT_REFUSED)), preview->rejects);
}

static void ask_replace(struct ga_screen *screen)
{
    ga_dialog_confirm(screen, ga_screen_tr(screen, "This file is there already"),
                      ga_words_say(&screen->arena, ga_screen_lang(screen), GA_N_("Replace %1?"), state_of(screen)->rejects),
                      false, REPLACE);
}

/* Somebody may have mended rows in the file that is there already. */
static void take_rejects(struct ga_screen *screen, const char *typed)
{
    struct preview *preview = state_of(screen);
    const struct ga_io_ops *io = preview->session->options->io;
    struct ga_io_stat stat;
    preview->rejects = ga_file_places_typed(getenv("HOME"), typed, &screen->arena);
    if (*preview->rejects == '\0')
        return;
    if (io->stat(io->ctx, preview->rejects, &stat) == 0)
        ask_replace(screen);
    else
        write_rejects(screen);
}

static void show_columns(struct ga_screen *screen)
{
    const struct preview *preview = state_of(screen);
    const struct ga_import_columns_arg arg = {preview->import, preview->facts.is_done};
    ga_screen_push(screen, &ga_screen_import_columns, &arg, COLUMNS);
}

static void show_differences(struct ga_screen *screen, bool are_fills)
{
    const struct preview *preview = state_of(screen);
    const struct ga_import_differences_arg arg = {
        preview->import, ga_forms_get(preview->session->forms, preview->form_name, NULL), are_fills};
    ga_screen_push(screen, &ga_screen_import_differences, &arg, DIFFER);
}

static void next_sheet(struct ga_screen *screen)
{
    struct preview *preview = state_of(screen);
    struct ga_error err = {0};
    preview->facts.sheet++;
    if (preview->facts.sheet > SHEETS_MAX || open_import(screen, &err) != GA_OK) /* past the last one: all again */
        preview->facts.sheet = 0;
    plan_again(screen);
}

/* Refused rows are easily forgotten once the page is gone. */
static enum ga_reply go_back(struct ga_screen *screen)
{
    const struct preview *preview = state_of(screen);
    if (!preview->facts.is_done)
        return ga_screen_close(screen);
    size_t refused = ga_import_count(preview->import, GA_VERDICT_REFUSED);
    if (refused > 0 && preview->facts.rejects == NULL)
        ga_words_tell(screen->ui, GA_STYLE_WARNING,
                      GA_N_("%1 rows were not taken in and are in no file yet: take the same file in again to see them."),
                      GA_NUM(refused));
    return ga_screen_close_done(screen, 0, NULL);
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    struct preview *preview = state_of(screen);
    if (preview->task != TASK_NONE)
        return GA_HANDLED;
    if (id >= GA_IMPORT_VERDICT && id < GA_IMPORT_VERDICT + GA_VERDICT_COUNT) {
        const struct ga_import_rows_arg arg = {preview->import,
                                               ga_forms_get(preview->session->forms, preview->form_name, NULL),
                                               .verdict = (enum ga_verdict)(id - GA_IMPORT_VERDICT)};
        ga_screen_push(screen, &ga_screen_import_rows, &arg, ROWS);
    } else if (id == GA_IMPORT_RETURNS) {
        const struct ga_import_rows_arg arg = {.import = preview->import, .are_returns = true,
                                               .form = ga_forms_get(preview->session->forms, preview->form_name, NULL),
                                               .is_done = preview->facts.is_done};
        ga_screen_push(screen, &ga_screen_import_rows, &arg, DIFFER);
    } else if (id == GA_IMPORT_ALIKES) {
        const struct ga_import_rows_arg arg = {.import = preview->import, .are_alikes = true,
                                               .form = ga_forms_get(preview->session->forms, preview->form_name, NULL)};
        ga_screen_push(screen, &ga_screen_import_rows, &arg, ROWS);
    } else if (id == GA_IMPORT_GO) {
        start(screen, TASK_APPLY);
    } else if (id == GA_IMPORT_MODE) {
        ask_mode(screen);
    } else if (id == GA_IMPORT_FORM) {
        ask_form(screen);
    } else if (id == GA_IMPORT_SHEET) {
        next_sheet(screen);
    } else if (id == GA_IMPORT_COLUMNS) {
        show_columns(screen);
    } else if (id == GA_IMPORT_DIFFER || id == GA_IMPORT_ADDED) {
        show_differences(screen, id == GA_IMPORT_ADDED);
    } else if (id == GA_IMPORT_REJECTS) {
        ask_rejects(screen);
    } else if (id == GA_IMPORT_CLOSE) {
        go_back(screen);
    }
    return GA_REDRAW;
}

/* The key that everybody presses everywhere opens and goes on; it does not write a thousand files. */
static enum ga_reply take_enter(struct ga_screen *screen)
{
    const int id = ga_menu_selected(&state_of(screen)->menu);
    if (id != GA_IMPORT_GO)
        return run(screen, id);
    ga_message_set(ga_screen_note(screen), "Nothing is taken in yet: Ctrl-S does it");
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct preview *preview = state_of(screen);
    int digit = ga_event_digit(event);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return take_enter(screen);
    if (digit > 0 && digit <= GA_VERDICT_COUNT)
        return run(screen, GA_IMPORT_VERDICT + digit - 1);
    return ga_menu_event(&preview->menu, event);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct preview *preview = state_of(screen);
    if (result->tag == DIFFER)
        list_again(screen);
    if (!result->is_done)
        return;
    if (result->tag == COLUMNS) {
        start(screen, TASK_PLAN);
    } else if (result->tag == FORM) {
        preview->form_name = preview->forms.forms[result->code]->name;
        plan_again(screen);
    } else if (result->tag == MODE) {
        preview->facts.mode = (enum ga_import_mode)result->code;
        plan_again(screen);
    } else if (result->tag == REJECTS) {
        take_rejects(screen, result->text);
        list_again(screen);
    } else if (result->tag == REPLACE && result->code == 1) {
        write_rejects(screen);
        list_again(screen);
    }
}

static void reword(struct ga_screen *screen, int tag)
{
    static const struct {
        int tag;
        void (*ask)(struct ga_screen *screen);
    } dialogs[] = {{FORM, ask_form}, {MODE, ask_mode}, {REJECTS, ask_rejects}, {REPLACE, ask_replace}};
    for (size_t i = 0; i < GA_COUNT(dialogs); i++)
        if (dialogs[i].tag == tag)
            dialogs[i].ask(screen);
}

/* Nothing of the file is left to be taken in. */
static bool is_settled(const struct preview *preview)
{
    return preview->facts.is_done || ga_import_to_write(preview->import) == 0;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct preview *preview = state_of(screen);
    if (preview->import == NULL || preview->task != TASK_NONE)
        return false;
    if (id == GA_IMPORT_CLOSE)
        return is_settled(preview);
    if (id == GA_IMPORT_REJECTS)
        return ga_import_count(preview->import, GA_VERDICT_REFUSED) > 0;
    if (id == GA_IMPORT_GO)
        return !is_settled(preview);
    if (id == GA_IMPORT_RETURNS)
        return ga_import_returns(preview->import) > 0;
    if (id == GA_IMPORT_ALIKES)
        return ga_import_alikes(preview->import) > 0;
    if (id == GA_IMPORT_DIFFER && ga_import_count(preview->import, GA_VERDICT_CHANGES) == 0)
        return false;
    if (id == GA_IMPORT_ADDED && ga_import_count(preview->import, GA_VERDICT_FILLS) == 0)
        return false;
    return !preview->facts.is_done || id == GA_IMPORT_COLUMNS;
}

static const struct ga_tui_command commands[] = {
    {GA_IMPORT_GO, {GA_CTRL('S'), 'y', GA_KEY_F(2)}, GA_N_("Take in"),
     GA_N_("write the new and filled rows into the archive, all of them or, when stopped, none"), GA_COMMAND_IN_BAR},
    {GA_IMPORT_CLOSE, {'o'}, GA_N_("Done"), GA_N_("back to the first page"), GA_COMMAND_IN_BAR},
    {GA_IMPORT_REJECTS, {'w', GA_KEY_F(3)}, GA_N_("Refused rows"),
     GA_N_("write the refused rows with their reasons to a file"), GA_COMMAND_IN_BAR},
    {GA_IMPORT_MODE, {'m', GA_KEY_F(4)}, GA_N_("How"), GA_N_("fill only what is empty, or take over changes too"),
     GA_COMMAND_IN_BAR},
    {GA_IMPORT_COLUMNS, {'c', GA_KEY_F(5)}, GA_N_("Columns"), GA_N_("see and change where each column goes"),
     GA_COMMAND_IN_BAR},
    {GA_IMPORT_DIFFER, {'d', GA_KEY_F(11)}, GA_N_("Differences"), GA_N_("take or keep what differs, one by one"), 0},
    {GA_IMPORT_ADDED, {'e', GA_KEY_F(12)}, GA_N_("Additions"), GA_N_("take or leave what the file adds, one by one"), 0},
    {GA_IMPORT_RETURNS, {'r'}, GA_N_("Had left"), GA_N_("children who left and stand in the file: say who comes back"), 0},
    {GA_IMPORT_ALIKES, {'a'}, GA_N_("Alike"), GA_N_("new ones who may be children who have a file already"), 0},
    {GA_IMPORT_FORM, {'f', GA_KEY_F(6)}, GA_N_("As what"), GA_N_("children, visits, talks …"), 0},
    {GA_IMPORT_SHEET, {'b', GA_KEY_F(7)}, GA_N_("Sheet"), GA_N_("one sheet of the workbook after the other, or all"), 0},
};

const struct ga_screen_ops ga_screen_import_preview = {
    .name = "import",
    .title = GA_N_("Import: what would happen"),
    .help = GA_N_("Every row of the file is one of five; a digit opens its list with the reasons. Nothing is written "
                  "before Ctrl-S, and what is written is written whole. Taking the same file in again changes "
                  "nothing."),
    .state_bytes = sizeof(struct preview),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .back = go_back,
    .work = work,
};
