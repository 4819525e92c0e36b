/* Writes tables into a file to print. */
#include "print/print_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/paper.h"
#include "guanai/text/date.h"

#include <string.h>
#include <strings.h>

const char *ga_print_foot(const struct ga_session *session)
{
    return ga_tr(session->lang, GA_N_("Drawn up by: ______________    Date: ______________"));
}

static enum ga_rc put_cell(struct ga_paper *paper, const struct ga_print_column *column, const char *text, struct ga_error *err)
{
    int64_t number;
    if (text == NULL || *text == '\0')
        return ga_paper_put(paper, GA_PAPER_EMPTY, "", 0, err);
    const bool is_number = column->is_number && strlen(text) <= GA_PAPER_DIGITS && ga_num_parse(text, &number);
    return ga_paper_put(paper, is_number ? GA_PAPER_INTEGER : GA_PAPER_TEXT, text, strlen(text), err);
}

static enum ga_rc put_rows(struct ga_paper *paper, const struct ga_print_table *table, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < table->rows_count; i++) {
        rc = ga_paper_put(paper, GA_PAPER_ROW, "", 0, err);
        for (size_t c = 0; rc == GA_OK && c < table->columns_count; c++)
            rc = put_cell(paper, &table->columns[c], ga_print_cell(table, i, c), err);
    }
    return rc;
}

static enum ga_rc put_table(const struct ga_session *session, struct ga_paper *paper, const struct ga_print_table *table,
                            struct ga_error *err)
{
    const struct ga_paper_page page = {.row_mm = table->row_mm, .left = session->config.school, .middle = table->title,
                                       .right = table->day, .foot = table->about != NULL ? table->about : ga_print_foot(session)};
    enum ga_rc rc = ga_paper_put_sheet(paper, table->title, err);
    if (rc == GA_OK)
        rc = ga_paper_put_page(paper, &page, err);
    for (size_t c = 0; rc == GA_OK && c < table->columns_count; c++)
        rc = ga_paper_put_column(paper, table->columns[c].is_number ? GA_PAPER_INTEGER : GA_PAPER_TEXT, table->columns[c].cols,
                                 table->columns[c].heading, err);
    return rc == GA_OK ? put_rows(paper, table, err) : rc;
}

static enum ga_rc write_workbook(struct ga_session *session, const struct ga_print_table *tables, size_t count, const char *path,
                                 struct ga_error *err)
{
    struct ga_paper *paper;
    struct ga_target *target;
    enum ga_rc rc = ga_paper_start(session->helper, &paper, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_table(session, paper, &tables[i], err);
    if (rc == GA_OK)
        rc = ga_target_open(session->options->io, path, &target, err);
    if (rc != GA_OK) {
        ga_paper_abandon(paper);
        return rc;
    }
    rc = ga_paper_finish(paper, target, err);
    if (rc == GA_OK)
        return ga_target_commit(target, err);
    ga_target_abandon(target);
    return rc;
}

static enum ga_rc write_text(struct ga_session *session, const struct ga_print_table *tables, size_t count, const char *path,
                             struct ga_error *err)
{
    struct ga_str out = {0};
    for (size_t i = 0; i < count; i++) {
        ga_str_add(&out, i > 0 ? "\f" : ""); /* a page of its own */
        ga_print_add_text(session, &tables[i], &out);
    }
    const enum ga_rc rc = ga_io_write_file(session->options->io, path, ga_str_text(&out), out.len, err);
    ga_str_finish(&out);
    return rc;
}

static bool has_ending(const char *path, const char *ending)
{
    const size_t len = strlen(path), of_ending = strlen(ending);
    return len >= of_ending && strcasecmp(path + len - of_ending, ending) == 0;
}

/* A text that bears the name of something else opens nowhere. */
static enum ga_rc check_ending(const char *path, struct ga_error *err)
{
    static const char *const others[] = {".pdf", ".xls", ".et", ".ods", ".doc", ".docx", ".wps", ".csv", ".html"};
    for (size_t i = 0; i < GA_COUNT(others); i++)
        if (has_ending(path, others[i])) {
            ga_error_set(err, GA_REFUSED, "this is written as .xlsx or .txt, not as %1", others[i]);
            return GA_REFUSED;
        }
    return GA_OK;
}

enum ga_rc ga_print_write(struct ga_session *session, const struct ga_print_table *tables, size_t count, const char *path,
                          struct ga_error *err)
{
    const enum ga_rc rc = check_ending(path, err);
    if (rc != GA_OK)
        return rc;
    return has_ending(path, ".xlsx") ? write_workbook(session, tables, count, path, err)
                                     : write_text(session, tables, count, path, err);
}

const char *ga_print_path(const struct ga_session *session, const char *folder, const char *name, struct ga_arena *arena)
{
    char *clean = ga_arena_strdup(arena, name), *to = clean;
    for (const char *from = name; *from != '\0'; from++)
        if ((unsigned char)*from > ' ' && strchr("/\\:*?\"<>|", *from) == NULL)
            *to++ = *from;
    *to = '\0';
    return ga_arena_printf(arena, "%s/%s.%s", folder, clean, session->helper != NULL ? "xlsx" : "txt");
}
