/* guanai appraisal: how the classes or teachers did over a term. */
#include "care.h"

#include "guanai/app/appraisal.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

static void put_rows(struct ga_command_line *line, const struct ga_appraisal *rows, size_t count, bool is_json)
{
    static const char *const names[] = {"about", "site", "due", "done", "done_late", "typed_late", "excused", "unconfirmed", "tries", "rating"};
    struct ga_table_out table = {.line = line, .names = names, .count = GA_COUNT(names), .numbers = 0x1fc, .is_json = is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct ga_appraisal *row = &rows[i];
        const char *const cells[] = {row->shown, row->site, GA_NUM(row->due), GA_NUM(row->done), GA_NUM(row->done_late),
                                     GA_NUM(row->typed_late), GA_NUM(row->excused), GA_NUM(row->unconfirmed),
                                     GA_NUM(row->tries), row->rating};
        ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

static enum ga_exit put_appraisals(struct ga_command_line *line, struct ga_session *session, const char *term, bool by_teacher,
                                   bool is_json)
{
    struct ga_arena arena = {0};
    struct ga_appraisal *rows;
    struct ga_care *care;
    struct ga_error err = {0};
    size_t count = 0;
    enum ga_exit exit = ga_command_care(line, session, &care);
    if (exit == GA_EXIT_DONE) {
        const enum ga_rc rc = ga_appraisals_read(session, term, by_teacher ? GA_APPRAISAL_TEACHER : GA_APPRAISAL_CLASS,
                                                 line->lang, &arena, &rows, &count, &err);
        if (rc == GA_OK)
            put_rows(line, rows, count, is_json);
        else
            exit = rc == GA_REFUSED ? (ga_say_error(line, rc, &err), GA_EXIT_USAGE) : ga_say_error(line, rc, &err);
    }
    ga_arena_finish(&arena);
    return exit;
}

enum ga_exit ga_run_appraisal(struct ga_command_line *line)
{
    const char *term = "this", *by = "class", *format = "tsv";
    const struct ga_option options[] = {{"--term", &term, NULL}, {"--by", &by, NULL}, {"--format", &format, NULL}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    bool is_json = false;
    const bool by_teacher = strcmp(by, "teacher") == 0;
    if (!ga_read_format(format, &is_json) || (!by_teacher && strcmp(by, "class") != 0))
        return ga_usage(line);
    exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = put_appraisals(line, session, term, by_teacher, is_json);
    ga_session_close(session);
    return exit;
}
