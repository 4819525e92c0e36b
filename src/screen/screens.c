/* The full-screen program. */
#include "guanai/screen/screens.h"

#include "guanai/app/backup.h"
#include "guanai/app/care.h"
#include "guanai/app/catch_up.h"
#include "guanai/app/names.h"
#include "guanai/base/let_go.h"
#include "guanai/base/num.h"
#include "guanai/screen/catch_up.h"
#include "guanai/screen/day.h"
#include "guanai/screen/home.h"
#include "guanai/screen/name.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/term.h"
#include "home/first.h"
#include "home/home_menu.h"
#include "parts/anywhere.h"
#include "parts/corner.h"
#include "parts/quiet.h"

enum { MINUTE_MS = 60000 };

/* What has to be closed again, however far opening came. */
struct program {
    const struct ga_screens_options *options;
    struct ga_arena arena;
    struct ga_problems problems;
    struct ga_session *session;
    struct ga_term *term;
    struct ga_quiet quiet;
};

static void change_lang(void *app, enum ga_lang lang)
{
    ga_session_set_lang(app, lang);
}

static enum ga_term_lines lines_of(const struct ga_config *config)
{
    static const enum ga_term_lines lines[] = {
        [GA_BORDERS_AUTO] = GA_TERM_LINES_AUTO,
        [GA_BORDERS_LINE] = GA_TERM_LINES_DRAWN,
        [GA_BORDERS_ASCII] = GA_TERM_LINES_ASCII,
    };
    return lines[config->borders];
}

static enum ga_rc open_terminal(struct program *program, enum ga_term_lines lines, struct ga_error *err)
{
    const struct ga_term_config config = {.lines = lines};
    enum ga_rc rc = ga_term_open(&config, &program->term, err);
    if (rc == GA_OK)
        ga_quiet_init(&program->quiet, ga_term_io(program->term), program->session == NULL ? NULL : program->session->store);
    return rc;
}

static enum ga_rc open_session(struct program *program, struct ga_error *err)
{
    const enum ga_rc rc = ga_session_open(program->options->session, &program->problems, &program->session, err);
    ga_memory_let_go(); /* what opened it: painting runs other things */
    return rc;
}

/*
 * The bare console of Linux draws no Chinese, whatever is set: said in letters it has, in English and for those
 * who read none in pinyin.
 */
static void warn_of_console(struct ga_ui *ui)
{
    if (!ga_term_lacks_chinese())
        return;
    ga_ui_set_lang(ui, GA_EN);
    ga_dialog_show(ga_ui_top(ui), "No Chinese here / Mei you han zi",
                   "This console cannot show Chinese characters; names look like little squares. Start guanai in a "
                   "terminal window of the desktop, or start fbterm first (package fbterm) and guanai in it.\n\n"
                   "Zhe ge ping mu xian shi bu liao han zi. Qing zai zhuo mian de zhong duan chuang kou li yun xing "
                   "guanai, huo zhe xian yun xing fbterm, zai zai li mian yun xing guanai.\n\n"
                   "Enter, hui che: go on in English. F9: Chinese, zhong wen. Ctrl-Q: leave, tui chu.",
                   0);
}

/* Asks for the school's name; GA_NOT_FOUND when the user would rather not. */
static enum ga_rc make_archive(struct program *program, struct ga_error *err)
{
    const struct ga_session_options *options = program->options->session;
    struct ga_first app = {.options = options};
    enum ga_rc rc = ga_session_data_folder(options, &program->arena, &app.folder, err);
    if (rc == GA_OK)
        rc = open_terminal(program, GA_TERM_LINES_AUTO, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_ui_config config = {.io = &program->quiet.io,
                                        .lang = options->lang >= 0 ? (enum ga_lang)options->lang : GA_ZH,
                                        .app = &app};
    struct ga_ui *ui = ga_ui_create(&config);
    rc = ga_ui_start(ui, &ga_screen_first, NULL, err);
    if (rc == GA_OK) {
        warn_of_console(ui);
        ga_ui_run(ui);
    }
    ga_ui_destroy(ui);
    ga_term_close(program->term);
    program->term = NULL;
    if (rc == GA_OK && !app.is_made)
        return ga_error_set(err, GA_CANCELLED, "nothing was made");
    return rc == GA_OK ? open_session(program, err) : rc;
}

static void say_problems(struct program *program, struct ga_ui *ui)
{
    if (ga_store_is_head_damaged(program->session->store))
        ga_ui_say(ui, GA_STYLE_WARNING,
                  ga_tr(program->session->lang,
                        "the note of the last save (head) is damaged: look whether what was entered last is there"));
    if (program->problems.faults == 0)
        return;
    struct ga_message message;
    ga_message_set(&message, "%1 faults in forms or configuration; the last good ones are used. See: guanai forms check",
                   GA_NUM(program->problems.faults));
    ga_ui_say_message(ui, GA_STYLE_WARNING, &message);
}

/* Under whatever is asked first: whose duties they are is known only then. */
static void offer_catch_up(struct program *program, struct ga_ui *ui)
{
    bool is_new = false;
    struct ga_error err = {0};
    if (ga_catch_up_notice(program->session, &is_new, &err) != GA_OK)
        ga_ui_say_error(ui, &err);
    else if (is_new)
        ga_screen_push(ga_ui_top(ui), &ga_screen_catch_up, &is_new, 0);
}

/* Of several people the last one is but a guess. */
static bool is_sitter_known(struct program *program)
{
    const char *names[GA_NAMES_MAX];
    return program->options->session->user != NULL ||
           ga_names_read(program->session->store, &program->arena, names) == 1;
}

/* What must be known before anything is written. */
static void ask_first(struct program *program, struct ga_ui *ui, bool is_known)
{
    if (!is_known)
        ga_screen_push(ga_ui_top(ui), &ga_screen_name, &(enum ga_name_when){GA_NAME_AT_START}, GA_HOME_NAME);
    if (program->session->is_day_doubtful)
        ga_screen_push(ga_ui_top(ui), &ga_screen_day, NULL, 0);
}

/* Nobody types, or somebody leaves: what fails is said where backups are looked at, and tried again. */
static void back_up(void *ctx)
{
    struct program *program = ctx;
    if (program->options->is_demo || program->session == NULL || !ga_backups_is_due(program->session))
        return;
    ga_memory_let_go(); /* what ran before, perhaps the day's count */
    ga_backups_make(program->session, GA_BACKUP_DAILY, NULL);
}

/* Nothing is counted any more: the backup is not made beside what counted. */
static void leave(struct program *program)
{
    if (program->session != NULL)
        ga_session_forget_care(program->session);
    back_up(program);
}

static enum ga_rc run_pages(struct program *program, struct ga_error *err)
{
    struct ga_session *session = program->session;
    program->quiet.rest = back_up;
    program->quiet.ctx = program;
    const struct ga_ui_config config = {
        .io = &program->quiet.io,
        .lang = session->lang,
        .program = session->config.school,
        .banner = program->options->is_demo ? "演示 DEMO" : NULL,
        .hide_after_ms = session->config.hide_after_minutes * MINUTE_MS,
        .app = session,
        .lang_changed = change_lang,
        .anywhere = ga_anywhere_keys,
        .run_anywhere = ga_anywhere_run,
    };
    struct ga_ui *ui = ga_ui_create(&config);
    const char *doer = NULL;
    const bool is_known = is_sitter_known(program);
    if (is_known)
        ga_session_take_up_doer(session, &doer);
    enum ga_rc rc = ga_ui_start(ui, &ga_screen_home, NULL, err);
    if (rc == GA_OK) {
        ga_corner_tell_doer(ga_ui_top(ui), doer);
        say_problems(program, ui);
        offer_catch_up(program, ui);
        ask_first(program, ui, is_known);
        warn_of_console(ui);
        ga_ui_run(ui);
        ga_memory_let_go(); /* what the pages ran */
    }
    ga_ui_destroy(ui);
    return rc;
}

enum ga_rc ga_screens_run(const struct ga_screens_options *options, struct ga_error *err)
{
    struct program program = {.options = options};
    ga_arena_init(&program.arena);
    ga_problems_init(&program.problems);
    enum ga_rc rc = open_session(&program, err);
    if (rc == GA_NOT_FOUND && options->session->config == NULL)
        rc = make_archive(&program, err);
    if (rc == GA_OK)
        rc = open_terminal(&program, lines_of(&program.session->config), err);
    if (rc == GA_OK)
        rc = run_pages(&program, err);
    if (rc == GA_OK)
        leave(&program);
    ga_term_close(program.term);
    ga_session_close(program.session);
    ga_problems_finish(&program.problems);
    ga_arena_finish(&program.arena);
    return rc;
}
