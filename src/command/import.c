/* guanai import: a sheet becomes records. */
#include "private.h"

#include "guanai/app/backup.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_columns.h"
#include "guanai/exchange/import_differences.h"
#include "guanai/exchange/import_returns.h"
#include "guanai/text/hide.h"

#include <string.h>

enum { ROWS_SAID_MAX = 50 };

struct importing {
    struct ga_command_line *line;
    struct ga_import *import;
    struct ga_command_progress progress;
    struct ga_import_options options;
    const char *rejects;
    bool is_dry, is_list;
    bool reveals;     /* numbers in reasons and remarks whole: asked for */
    bool stay_gone;   /* children who left and stand in the file are not opened again */
    const char *undo; /* number or id of an earlier import; NULL: a file is taken in */
    bool has_helper; /* that writes .xlsx */
    bool has_sheets; /* more than one, so that a row's number alone does not say where it is */
};

static const char *const verdicts[GA_VERDICT_COUNT] = {
    [GA_VERDICT_NEW] = GA_N_("new"),         [GA_VERDICT_FILLS] = GA_N_("fills"),
    [GA_VERDICT_CHANGES] = GA_N_("changes"), [GA_VERDICT_SAME] = GA_N_("same"),
    [GA_VERDICT_REFUSED] = GA_N_("refused"),
};

static void put_counts(struct importing *importing)
{
    ga_put_row(importing->line, (const char *const[]){"verdict", "rows"}, 2);
    for (int verdict = 0; verdict < GA_VERDICT_COUNT; verdict++) {
        const char *const cells[] = {verdicts[verdict], GA_NUM(ga_import_count(importing->import, verdict))};
        ga_put_row(importing->line, cells, 2);
    }
    ga_put_row(importing->line, (const char *const[]){"alike", GA_NUM((int64_t)ga_import_alikes(importing->import))}, 2);
    ga_put_row(importing->line, (const char *const[]){"returns", GA_NUM((int64_t)ga_import_to_return(importing->import))}, 2);
    ga_put_row(importing->line, (const char *const[]){"gaps", GA_NUM(ga_import_gaps(importing->import))}, 2);
}

static bool nobody_knows(const struct ga_import_column *column)
{
    return !ga_import_column_is_known(column) && column->heading[0] != '\0';
}

static void say_columns(struct importing *importing)
{
    size_t count;
    const struct ga_import_sheet *sheets = ga_import_sheets(importing->import, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sheets[i].columns_count; k++)
            if (nobody_knows(&sheets[i].columns[k]))
                ga_say(importing->line, "nobody knows the column '%1'; it is left alone", sheets[i].columns[k].heading);
    importing->has_sheets = count > 1;
    if (ga_import_recalled(importing->import) > 0)
        ga_say(importing->line, "%1 columns go where they were put the last time",
               GA_NUM((int64_t)ga_import_recalled(importing->import)));
}

/* "2–331, 340" */
static void add_spread(const struct importing *importing, const struct ga_import_spread *spread, struct ga_str *out)
{
    size_t sheets_count;
    const struct ga_import_sheet *sheets = ga_import_sheets(importing->import, &sheets_count);
    for (size_t i = 0; i < spread->runs_count; i++) {
        const struct ga_import_run *run = &spread->runs[i];
        if (i > 0)
            ga_str_add(out, importing->line->lang == GA_ZH ? "、" : ", ");
        if (importing->has_sheets && (i == 0 || run->sheet != run[-1].sheet))
            ga_str_addf(out, "%s:", sheets[run->sheet - 1].name);
        ga_str_addf(out, run->first == run->last ? "%d" : "%d–%d", run->first, run->last);
    }
    if (spread->has_more)
        ga_str_add(out, "…");
}

static void say_left_out(const struct importing *importing)
{
    const struct ga_import_spread *spread = ga_import_left_out(importing->import);
    struct ga_str where = {0};
    if (spread->rows == 0)
        return;
    add_spread(importing, spread, &where);
    ga_say(importing->line, "rows %1 (%2 in all) are totals, footnotes or headings; they were left out",
           ga_str_text(&where), GA_NUM((int64_t)spread->rows));
    ga_str_finish(&where);
}

/* On a terminal others look at it, in a log it stays: whole numbers are for who asks for them. */
static void add_words(const struct importing *importing, const char *text, struct ga_str *out)
{
    if (importing->reveals)
        ga_str_add(out, text);
    else
        ga_hide_add_numbers(out, text);
}

/* What hundreds of rows have in common is one line. */
static void say_notes(const struct importing *importing)
{
    struct ga_command_line *line = importing->line;
    size_t count;
    const struct ga_import_note *notes = ga_import_notes(importing->import, &count);
    for (size_t i = 0; i < count; i++) {
        const char *text = notes[i].text != NULL ? notes[i].text : ga_tr(line->lang, "various remarks");
        struct ga_str where = {0}, shown = {0};
        add_spread(importing, &notes[i].spread, &where);
        add_words(importing, text, &shown);
        if (notes[i].spread.rows == 1)
            ga_say(line, "row %1: %2", ga_str_text(&where), ga_str_text(&shown));
        else
            ga_say(line, "rows %1 (%2 in all): %3", ga_str_text(&where), GA_NUM((int64_t)notes[i].spread.rows),
                   ga_str_text(&shown));
        ga_str_finish(&where);
        ga_str_finish(&shown);
    }
}

/* "row 12 张三: reason; reason": numbers stay hidden as on the page, whole ones stand in the file of refused rows. */
static void say_row(struct importing *importing, const struct ga_import_row *row)
{
    struct ga_command_line *line = importing->line;
    struct ga_str reasons = {0}, shown = {0};
    for (size_t i = 0; i < row->reasons_count; i++) {
        char text[2 * GA_MESSAGE_BYTES];
        if (i > 0)
            ga_str_add(&reasons, line->lang == GA_ZH ? "；" : "; ");
        ga_str_add(&reasons, ga_message_text(&row->reasons[i], line->lang, text, sizeof(text)));
    }
    add_words(importing, ga_str_text(&reasons), &shown);
    ga_say(line, "row %1 %2 (%3): %4", GA_NUM(row->row), row->name, ga_tr(line->lang, verdicts[row->verdict]),
           ga_str_text(&shown));
    ga_str_finish(&reasons);
    ga_str_finish(&shown);
}

/* Refused rows, changes, doubles: each a line of its own, the first of them. */
static enum ga_rc say_rows(struct importing *importing, struct ga_error *err)
{
    struct ga_import *import = importing->import;
    const size_t rows = ga_import_rows(import);
    size_t met = 0;
    enum ga_rc rc = GA_OK;
    ga_import_show(import, importing->line->lang, importing->reveals);
    for (size_t i = 0; i < rows && rc == GA_OK; i++) {
        struct ga_import_row row;
        if (!ga_import_row_stands_out(import, i) || ++met > ROWS_SAID_MAX)
            continue;
        rc = ga_import_row_at(import, i, &row, err);
        if (rc == GA_OK)
            say_row(importing, &row);
    }
    if (met > ROWS_SAID_MAX)
        ga_say(importing->line, "… and %1 more rows", GA_NUM((int64_t)(met - ROWS_SAID_MAX)));
    return rc;
}

/* As .xlsx where that can be written: a spreadsheet program rounds the ID numbers of a .csv. */
static void say_rejects(const struct importing *importing)
{
    const char *name = importing->has_helper ? "rejects.xlsx" : "rejects.csv";
    if (ga_import_count(importing->import, GA_VERDICT_REFUSED) == 0)
        return;
    if (importing->rejects != NULL)
        ga_say(importing->line, "all refused rows with their reasons: %1", importing->rejects);
    else
        ga_say(importing->line, "to mend the refused rows, have them written to a file: --rejects %1", name);
}

/* It can be undone, so a disk without room for a copy bars nothing; that there is none is said. */
static void back_up_first(struct importing *importing, struct ga_session *session)
{
    struct ga_error err = {0};
    if (ga_import_to_write(importing->import) > 0 && ga_backups_make(session, GA_BACKUP_IMPORT, &err) != GA_OK) {
        ga_say(importing->line, "no backup could be made before this import");
        ga_say_error(importing->line, err.rc, &err);
    }
}

/* What differs is said while it does: once taken in it is no difference any more. */
static enum ga_rc run_import(struct importing *importing, struct ga_session *session, struct ga_error *err)
{
    struct ga_import *import = importing->import;
    ga_progress_begin(&importing->progress, importing->line);
    enum ga_rc rc = ga_import_plan(import, &importing->progress.progress, err);
    ga_progress_end(&importing->progress);
    if (rc == GA_OK && importing->stay_gone)
        ga_import_let_all_return(import, false);
    if (rc == GA_OK)
        rc = say_rows(importing, err);
    if (rc != GA_OK || importing->is_dry)
        return rc;
    back_up_first(importing, session);
    ga_progress_begin(&importing->progress, importing->line);
    rc = ga_import_apply(import, &importing->progress.progress, err);
    ga_progress_end(&importing->progress);
    return rc == GA_OK ? ga_import_remember_places(import, err) : rc;
}

static enum ga_rc write_rejects(struct importing *importing, struct ga_error *err)
{
    if (importing->rejects == NULL || ga_import_count(importing->import, GA_VERDICT_REFUSED) == 0)
        return GA_OK;
    return ga_import_write_rejects(importing->import, importing->rejects, importing->line->lang, err);
}

static enum ga_exit import_file(struct importing *importing, struct ga_session *session, const char *path)
{
    struct ga_command_line *line = importing->line;
    struct ga_error err = {0};
    importing->has_helper = session->tools.helper != NULL;
    enum ga_rc rc = ga_import_open(&session->tools, path, &importing->options, &importing->import, &err);
    if (rc != GA_OK)
        return ga_say_file_error(line, rc, &err);
    rc = run_import(importing, session, &err);
    if (rc == GA_OK)
        rc = write_rejects(importing, &err);
    if (rc == GA_OK) {
        put_counts(importing);
        say_columns(importing);
        say_left_out(importing);
        say_notes(importing);
        say_rejects(importing);
        if (!importing->is_dry && ga_import_to_write(importing->import) > 0)
            ga_say_taken_in(line, session);
    }
    enum ga_exit exit =
        ga_import_count(importing->import, GA_VERDICT_REFUSED) > 0 ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
    ga_import_destroy(importing->import);
    if (rc == GA_CANCELLED)
        ga_say(line, "stopped; nothing was imported");
    return rc == GA_OK ? exit : rc == GA_CANCELLED ? GA_EXIT_BROKEN : ga_say_file_error(line, rc, &err);
}

static bool read_mode(const char *word, enum ga_import_mode *ret_mode)
{
    static const char *const modes[] = {
        [GA_IMPORT_FILL] = "fill", [GA_IMPORT_UPDATE] = "update", [GA_IMPORT_APPEND] = "append"};
    for (size_t i = 0; i < GA_COUNT(modes); i++) {
        if (strcmp(modes[i], word) != 0)
            continue;
        *ret_mode = (enum ga_import_mode)i;
        return true;
    }
    return false;
}

/* Field names after --match must be known. */
static enum ga_exit read_match(struct importing *importing, const char *match, struct ga_arena *arena)
{
    if (match == NULL)
        return GA_EXIT_DONE;
    importing->options.match = ga_split_names(arena, match, &importing->options.match_count);
    for (size_t i = 0; i < importing->options.match_count; i++) {
        if (ga_form_field(importing->options.form, importing->options.match[i]) != NULL)
            continue;
        return ga_refuse_field(importing->line, importing->options.form, importing->options.match[i]);
    }
    return GA_EXIT_DONE;
}

/* HEADING=field,… : the last = parts them, so that a heading may hold one. */
static enum ga_exit read_columns(struct importing *importing, const char *columns, struct ga_arena *arena)
{
    size_t count;
    if (columns == NULL)
        return GA_EXIT_DONE;
    const char *const *pairs = ga_split_names(arena, columns, &count);
    struct ga_import_choice *choices = ga_arena_array(arena, count, sizeof(*choices));
    for (size_t i = 0; i < count; i++) {
        const char *equals = strrchr(pairs[i], '=');
        if (equals == NULL || equals == pairs[i])
            return ga_usage(importing->line);
        choices[i] = (struct ga_import_choice){
            .heading = ga_arena_strndup(arena, pairs[i], (size_t)(equals - pairs[i])), .field = equals + 1};
    }
    importing->options.choices = choices;
    importing->options.choices_count = count;
    return GA_EXIT_DONE;
}

/* Earlier imports: nothing is taken in. */
static enum ga_exit look_back(const struct importing *importing)
{
    struct ga_command_line *line = importing->line;
    struct ga_session *session;
    if (line->argc != 1 || (importing->is_list && (importing->undo != NULL || importing->is_dry)))
        return ga_usage(line);
    enum ga_exit exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = importing->is_list ? ga_put_imports(line, session)
                              : ga_undo_import(line, session, importing->undo, importing->is_dry);
    ga_session_close(session);
    return exit;
}

enum ga_exit ga_run_import(struct ga_command_line *line)
{
    struct importing importing = {.line = line};
    const char *sheet = NULL, *match = NULL, *mode = "fill", *columns = NULL;
    const struct ga_option options[] = {
        {"--dry-run", NULL, &importing.is_dry}, {"--sheet", &sheet, NULL}, {"--match", &match, NULL},
        {"--mode", &mode, NULL},                {"--rejects", &importing.rejects, NULL},
        {"--columns", &columns, NULL},          {"--list", NULL, &importing.is_list}, {"--reveal", NULL, &importing.reveals}, {"--stay-gone", NULL, &importing.stay_gone}, {"--undo", &importing.undo, NULL}};
    struct ga_session *session;
    struct ga_arena arena = {0};
    int64_t number = 0;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 2);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (importing.is_list || importing.undo != NULL)
        return look_back(&importing);
    if (line->argc != 3)
        return ga_usage(line);
    importing.rejects = ga_path(line, importing.rejects);
    if (!read_mode(mode, &importing.options.mode) ||
        (sheet != NULL && (!ga_num_parse(sheet, &number) || number < 1 || number > 1000)))
        return ga_usage(line);
    importing.options.sheet = (int)number;
    exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    importing.options.form = ga_command_form(line, session, line->argv[1]);
    importing.options.lang = line->lang;
    exit = importing.options.form == NULL ? GA_EXIT_USAGE : read_match(&importing, match, &arena);
    if (exit == GA_EXIT_DONE)
        exit = read_columns(&importing, columns, &arena);
    if (exit == GA_EXIT_DONE)
        exit = import_file(&importing, session, ga_path(line, line->argv[2]));
    ga_session_close(session);
    ga_arena_finish(&arena);
    return exit;
}
