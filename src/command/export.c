/* guanai export: records leave as a file. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

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
        ga_say(line, "%1 has no field '%2'", ga_label_text(&options->form->title, line->lang), options->columns[i]);
        return GA_EXIT_USAGE;
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

enum ga_exit ga_run_export(struct ga_command_line *line)
{
    struct ga_export_options exporting = {0};
    const char *columns = NULL, *encoding = "utf-8";
    const struct ga_option options[] = {
        {"--out", &exporting.path, NULL},    {"--where", &exporting.where, NULL},
        {"--columns", &columns, NULL},       {"--labels", NULL, &exporting.with_labels},
        {"--encoding", &encoding, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 1, 1);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (exporting.path == NULL || !read_encoding(encoding, &exporting.encoding))
        return ga_usage(line);
    return export(line, &exporting, columns);
}
