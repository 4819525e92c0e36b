/* guanai export: records leave as a file. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/export_sqlite.h"

#include <string.h>

static bool read_encoding(const char *word, enum ga_encoding *ret_encoding)
{
    static const char *const names[] = {[GA_ENCODING_UTF8] = "utf-8", [GA_ENCODING_GB18030] = "gb18030"};
    for (size_t i = 0; i < GA_COUNT(names); i++) {
        if (strcmp(names[i], word) != 0)
            continue;
        *ret_encoding = (enum ga_encoding)i;
        return true;
    }
    return false;
}

static enum ga_exit check_columns(struct ga_command_line *line, const struct ga_export_options *options)
{
    for (size_t i = 0; i < options->columns_count; i++) {
        if (ga_form_field(options->form, options->columns[i]) != NULL)
            continue;
        return ga_refuse_field(line, options->form, options->columns[i]);
    }
    return GA_EXIT_DONE;
}

static enum ga_exit write_file(struct ga_command_line *line, struct ga_session *session,
                               const struct ga_export_options *options)
{
    struct ga_command_progress progress;
    struct ga_error err = {0};
    int64_t rows = 0;
    ga_progress_begin(&progress, line);
    enum ga_rc rc = ga_export_run(&session->tools, options, &progress.progress, &rows, &err);
    ga_progress_end(&progress);
    if (rc == GA_CANCELLED) {
        ga_say(line, "stopped; no file was written");
        return GA_EXIT_BROKEN;
    }
    if (rc != GA_OK)
        return ga_say_file_error(line, rc, &err);
    ga_say(line, "%1 records are in %2", GA_NUM(rows), options->path);
    return GA_EXIT_DONE;
}

static enum ga_exit write_sqlite(struct ga_command_line *line, struct ga_sqlite_options *options)
{
    struct ga_command_progress progress;
    struct ga_session *session;
    struct ga_error err = {0};
    int64_t records = 0;
    enum ga_exit exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    options->lang = session->lang;
    ga_progress_begin(&progress, line);
    enum ga_rc rc = ga_export_sqlite(&session->tools, options, &progress.progress, &records, &err);
    ga_progress_end(&progress);
    if (rc == GA_REFUSED && !options->may_replace)
        ga_error_hint(&err, "say --replace to write over it");
    if (rc == GA_OK)
        ga_say(line, "%1 records are in %2", GA_NUM(records), options->path);
    else
        exit = ga_say_file_error(line, rc, &err);
    ga_session_close(session);
    return rc == GA_CANCELLED ? GA_EXIT_BROKEN : exit;
}

static enum ga_exit export(struct ga_command_line *line, struct ga_export_options *options, const char *columns)
{
    struct ga_session *session;
    struct ga_arena arena = {0};
    enum ga_exit exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    options->form = ga_command_form(line, session, line->argv[1]);
    options->lang = session->lang;
    options->helper = session->helper;
    if (columns != NULL)
        options->columns = ga_split_names(&arena, columns, &options->columns_count);
    exit = options->form == NULL ? GA_EXIT_USAGE : check_columns(line, options);
    if (exit == GA_EXIT_DONE)
        exit = write_file(line, session, options);
    ga_session_close(session);
    ga_arena_finish(&arena);
    return exit;
}

/* Of one form a table, of all of them a database: what belongs to the one is refused for the other. */
static bool fits_sqlite(const struct ga_command_line *line, const struct ga_export_options *exporting,
                        const char *columns, const char *encoding)
{
    return line->argc == 1 && exporting->path == NULL && exporting->where == NULL && columns == NULL &&
           !exporting->with_labels && encoding == NULL;
}

enum ga_exit ga_run_export(struct ga_command_line *line)
{
    struct ga_export_options exporting = {0};
    struct ga_sqlite_options sqlite = {0};
    const char *columns = NULL, *encoding = NULL;
    const struct ga_option options[] = {
        {"--out", &exporting.path, NULL},    {"--where", &exporting.where, NULL},
        {"--columns", &columns, NULL},       {"--labels", NULL, &exporting.with_labels},
        {"--encoding", &encoding, NULL},     {"--sqlite", &sqlite.path, NULL},
        {"--replace", NULL, &sqlite.may_replace}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 1);
    if (exit != GA_EXIT_DONE)
        return exit;
    sqlite.path = ga_path(line, sqlite.path);
    exporting.path = ga_path(line, exporting.path);
    if (sqlite.path != NULL)
        return fits_sqlite(line, &exporting, columns, encoding) ? write_sqlite(line, &sqlite) : ga_usage(line);
    if (line->argc != 2 || exporting.path == NULL || sqlite.may_replace ||
        !read_encoding(encoding == NULL ? "utf-8" : encoding, &exporting.encoding))
        return ga_usage(line);
    return export(line, &exporting, columns);
}
