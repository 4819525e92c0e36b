/* Hands the refused rows back as a file of their own. */
#include "guanai/base/target.h"
#include "guanai/exchange/paper.h"
#include "guanai/sheet/csv_write.h"
#include "inner.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_COLS = 8 };

/* CSV through `writer`, XLSX through `paper`: one of the two is set. */
struct rejects {
    struct ga_import *import;
    enum ga_lang lang;
    struct ga_vec headings; /* const char *; those of all sheets that have refused rows, each once */
    bool has_class;         /* some rows have their class from the sheet's name only: it becomes a column */
    struct ga_target *target;
    struct ga_csv_writer writer;
    struct ga_paper *paper;
    struct ga_error *err;
};

static enum ga_rc put_to_target(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    return ga_target_put(ctx, bytes, len, err);
}

static enum ga_rc put_cell(struct rejects *rejects, const char *text)
{
    if (rejects->paper == NULL) {
        ga_csv_write_cell(&rejects->writer, text);
        return GA_OK;
    }
    return ga_paper_put(rejects->paper, text[0] == '\0' ? GA_PAPER_EMPTY : GA_PAPER_TEXT, text, strlen(text),
                        rejects->err);
}

static size_t find_heading(struct rejects *rejects, const char *heading)
{
    for (size_t i = 0; i < rejects->headings.len; i++)
        if (ga_str_equal(*GA_VEC_AT(const char *, &rejects->headings, i), heading))
            return i;
    *(const char **)ga_vec_push(&rejects->headings) = heading;
    return rejects->headings.len - 1;
}

static bool has_column(const struct source_sheet *source, const char *name)
{
    for (size_t i = 0; i < source->columns_count; i++) {
        const struct ga_field *field =
            source->columns[i].own != NULL ? source->columns[i].own : source->columns[i].finder;
        if (field != NULL && ga_str_equal(field->name, name))
            return true;
    }
    return false;
}

static void add_headings(struct rejects *rejects, size_t sheet)
{
    const struct ga_import_sheet *shown = &rejects->import->sheets[sheet];
    for (size_t i = 0; i < shown->columns_count; i++)
        if (!shown->columns[i].is_reason && shown->columns[i].heading[0] != '\0')
            find_heading(rejects, shown->columns[i].heading);
    if (shown->name[0] != '\0' && !has_column(&rejects->import->sources[sheet], "class"))
        rejects->has_class = true;
}

static void gather_headings(struct rejects *rejects)
{
    const struct ga_import *import = rejects->import;
    size_t seen = import->sheets_count;
    for (size_t i = 0; i < import->rows->len; i++) {
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
        if (planned->verdict == GA_VERDICT_REFUSED && planned->sheet != seen)
            add_headings(rejects, seen = planned->sheet);
    }
    if (import->counts[GA_VERDICT_REFUSED] == 0)
        for (size_t i = 0; i < import->sheets_count; i++)
            if (import->sources[i].header_row > 0)
                add_headings(rejects, i);
    if (rejects->has_class)
        find_heading(rejects, "班级");
}

/* A form that has a field called 原因 keeps that heading for itself. */
static const char *reason_heading(const struct rejects *rejects)
{
    for (size_t i = 0; i < rejects->headings.len; i++) {
        const char *heading = *GA_VEC_AT(const char *, &rejects->headings, i);
        if (ga_str_equal(heading, "原因") || ga_str_equal(heading, "Reason"))
            return ga_tr(rejects->lang, "Why not imported");
    }
    for (size_t i = 0; i < rejects->import->form->all_count; i++)
        if (ga_str_equal(rejects->import->form->all[i]->label.zh, "原因"))
            return ga_tr(rejects->lang, "Why not imported");
    return ga_tr(rejects->lang, "Reason");
}

static enum ga_rc end_row(struct rejects *rejects)
{
    return rejects->paper == NULL ? ga_csv_end_row(&rejects->writer, rejects->err) : GA_OK;
}

static enum ga_rc put_headings(struct rejects *rejects)
{
    const char *reason = reason_heading(rejects);
    enum ga_rc rc = GA_OK;
    if (rejects->paper != NULL)
        rc = ga_paper_put_sheet(rejects->paper, ga_label_text(&rejects->import->form->title, rejects->lang), rejects->err);
    for (size_t i = 0; rc == GA_OK && i <= rejects->headings.len; i++) {
        const char *heading =
            i < rejects->headings.len ? *GA_VEC_AT(const char *, &rejects->headings, i) : reason;
        if (rejects->paper != NULL)
            rc = ga_paper_put_column(rejects->paper, GA_PAPER_TEXT, CELL_COLS, heading, rejects->err);
        else
            ga_csv_write_cell(&rejects->writer, heading);
    }
    return rc == GA_OK ? end_row(rejects) : rc;
}

static enum ga_rc put_reasons(struct rejects *rejects, size_t i)
{
    struct ga_str joined = {0};
    for (const char *text = ga_refusal_of(rejects->import, i); *text != '\0'; text++) {
        if (*text == '\n')
            ga_str_add(&joined, rejects->lang == GA_ZH ? "；" : "; ");
        else
            ga_str_add_char(&joined, *text);
    }
    enum ga_rc rc = put_cell(rejects, ga_str_text(&joined));
    ga_str_finish(&joined);
    return rc;
}

/* The cell of this row under a heading of the rejects file. */
static const char *cell_under(const struct rejects *rejects, const struct planned *planned,
                              const struct ga_sheet_row *row, size_t heading)
{
    const struct ga_import_sheet *shown = &rejects->import->sheets[planned->sheet];
    const char *wanted = *GA_VEC_AT(const char *, &rejects->headings, heading);
    for (size_t i = 0; i < shown->columns_count; i++)
        if (!shown->columns[i].is_reason && ga_str_equal(shown->columns[i].heading, wanted))
            return ga_cell_text(row, i);
    return rejects->has_class && heading + 1 == rejects->headings.len ? shown->name : "";
}

static enum ga_rc put_row(struct rejects *rejects, size_t i, const struct ga_sheet_row *row)
{
    const struct planned *planned = GA_SHELF_AT(struct planned, rejects->import->rows, i);
    enum ga_rc rc = rejects->paper == NULL ? GA_OK : ga_paper_put(rejects->paper, GA_PAPER_ROW, "", 0, rejects->err);
    for (size_t h = 0; rc == GA_OK && h < rejects->headings.len; h++)
        rc = put_cell(rejects, cell_under(rejects, planned, row, h));
    if (rc == GA_OK)
        rc = put_reasons(rejects, i);
    return rc == GA_OK ? end_row(rejects) : rc;
}

static enum ga_rc put_all(struct rejects *rejects)
{
    struct ga_import *import = rejects->import;
    const struct ga_sheet_row *row = NULL;
    size_t left = import->counts[GA_VERDICT_REFUSED];
    enum ga_rc rc = put_headings(rejects);
    if (rc == GA_OK)
        rc = ga_source_rewind(import, rejects->err);
    for (size_t i = 0; rc == GA_OK && left > 0 && i < import->rows->len; i++) {
        rc = ga_source_next(import, &row, rejects->err);
        if (rc == GA_OK && row == NULL)
            rc = ga_error_set(rejects->err, GA_REFUSED, "the file is not what it was; please open it again");
        if (rc != GA_OK || GA_SHELF_AT(struct planned, import->rows, i)->verdict != GA_VERDICT_REFUSED)
            continue;
        rc = put_row(rejects, i, row);
        left--;
    }
    return rc;
}

static enum ga_rc write_csv(struct rejects *rejects)
{
    enum ga_rc rc =
        ga_csv_writer_init(&rejects->writer, GA_CSV_UTF8, put_to_target, rejects->target, rejects->err);
    if (rc != GA_OK)
        return rc;
    rc = put_all(rejects);
    ga_csv_writer_finish(&rejects->writer);
    return rc;
}

static enum ga_rc write_xlsx(struct rejects *rejects)
{
    enum ga_rc rc = ga_paper_start(rejects->import->tools.helper, &rejects->paper, rejects->err);
    if (rc != GA_OK)
        return rc;
    rc = put_all(rejects);
    if (rc == GA_OK)
        return ga_paper_finish(rejects->paper, rejects->target, rejects->err);
    ga_paper_abandon(rejects->paper);
    return rc;
}

enum ga_rc ga_import_write_rejects(struct ga_import *import, const char *path, enum ga_lang lang, struct ga_error *err)
{
    struct rejects rejects = {.import = import, .lang = lang, .err = err};
    enum ga_rc rc = ga_target_open(import->tools.io, path, &rejects.target, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&rejects.headings, sizeof(const char *));
    gather_headings(&rejects);
    rc = ga_str_ends(path, ".xlsx") ? write_xlsx(&rejects) : write_csv(&rejects);
    ga_vec_finish(&rejects.headings);
    if (rc == GA_OK)
        return ga_target_commit(rejects.target, err);
    ga_target_abandon(rejects.target);
    return rc;
}
