/* Records leave as a workbook: one sheet for them, one more for each repeat. */
#include "guanai/exchange/paper.h"
#include "leaving.h"

#include "guanai/text/date.h"

#include <string.h>

enum { COLUMN_COLS = 6, RECORD_COLS = 8 };

/* Numbers a person types in (ID, phone) are text; a day is a date; what Excel would round stays text. */
static enum ga_paper_kind kind_of(const struct leaving *leaving, const struct ga_field *field,
                                  const struct ga_value *value, const char *words)
{
    struct ga_date date;
    const bool is_worded = leaving->options->with_labels &&
                           (field->list != NULL || ga_str_equal(field->type->name, "boolean"));
    if (words[0] == '\0')
        return GA_PAPER_EMPTY;
    const bool is_money = ga_str_equal(field->type->name, "money");
    if (!is_worded && !is_money && value->kind == GA_VALUE_INTEGER && strlen(words) <= GA_PAPER_DIGITS)
        return GA_PAPER_INTEGER;
    if (!is_worded && (is_money || value->kind == GA_VALUE_REAL) && strspn(words, "0123456789.-") == strlen(words) &&
        strlen(words) <= GA_PAPER_DIGITS)
        return GA_PAPER_DECIMAL;
    if (ga_str_equal(field->type->name, "date") && ga_date_from_iso(words, &date) && ga_date_is_day(date))
        return GA_PAPER_DAY;
    return GA_PAPER_TEXT;
}

static enum ga_rc put_words(const struct leaving *leaving, struct ga_paper *paper, const struct ga_field *field,
                            const struct ga_value *value, const struct ga_str *words, struct ga_error *err)
{
    const enum ga_paper_kind kind = kind_of(leaving, field, value, ga_str_text(words));
    return ga_paper_put(paper, kind, ga_str_text(words), kind == GA_PAPER_EMPTY ? 0 : words->len, err);
}

static enum ga_rc put_value(const struct leaving *leaving, struct ga_paper *paper, const struct ga_field *field,
                            const struct ga_value *value, struct ga_str *scratch, struct ga_error *err)
{
    ga_str_clear(scratch);
    ga_leaving_words(leaving, field, value, scratch);
    return put_words(leaving, paper, field, value, scratch, err);
}

static enum ga_rc put_notes(const struct leaving *leaving, struct ga_paper *paper, struct ga_str *scratch,
                            struct ga_error *err)
{
    ga_str_clear(scratch);
    ga_leaving_notes_cell(leaving, scratch);
    return ga_paper_put(paper, scratch->len > 0 ? GA_PAPER_TEXT : GA_PAPER_EMPTY, ga_str_text(scratch), scratch->len, err);
}

static enum ga_rc put_records(struct leaving *leaving, struct ga_paper *paper, struct ga_str *scratch,
                              struct ga_error *err)
{
    enum ga_rc rc = ga_paper_put_sheet(paper, ga_label_text(&leaving->form->title, leaving->options->lang), err);
    for (size_t c = 0; rc == GA_OK && c < leaving->columns.len; c++)
        rc = ga_paper_put_column(
            paper, GA_PAPER_TEXT, COLUMN_COLS,
            ga_leaving_heading(leaving, GA_VEC_AT(struct leaving_column, &leaving->columns, c)->field), err);
    if (rc == GA_OK && leaving->notes_count > 0)
        rc = ga_paper_put_column(paper, GA_PAPER_TEXT, COLUMN_COLS, ga_leaving_notes_heading(leaving), err);
    for (size_t i = 0; rc == GA_OK && i < leaving->numbers.len; i++) {
        rc = ga_leaving_record(leaving, i, err);
        if (rc == GA_OK)
            rc = ga_paper_put(paper, GA_PAPER_ROW, "", 0, err);
        for (size_t c = 0; rc == GA_OK && c < leaving->columns.len; c++) {
            const struct ga_value value = ga_leaving_value(leaving, c);
            const struct ga_field *field = GA_VEC_AT(struct leaving_column, &leaving->columns, c)->field;
            ga_str_clear(scratch);
            ga_leaving_cell(leaving, c, scratch);
            rc = put_words(leaving, paper, field, &value, scratch, err);
        }
        if (rc == GA_OK && leaving->notes_count > 0)
            rc = put_notes(leaving, paper, scratch, err);
    }
    return rc;
}

static enum ga_rc put_rows_of(struct leaving *leaving, struct ga_paper *paper, const struct leaving_repeat *repeat,
                              size_t i, struct ga_str *scratch, struct ga_error *err)
{
    bool has_row = true;
    enum ga_rc rc = ga_leaving_record(leaving, i, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(repeat->rows, 1, *GA_VEC_AT(int64_t, &leaving->numbers, i));
    while (rc == GA_OK && (rc = ga_stmt_step(repeat->rows, &has_row, err)) == GA_OK && has_row) {
        const char *id = ga_stmt_column_text(leaving->record, 0);
        int column = 1;
        rc = ga_paper_put(paper, GA_PAPER_ROW, "", 0, err);
        if (rc == GA_OK)
            rc = ga_paper_put(paper, GA_PAPER_TEXT, id, strlen(id), err);
        for (size_t f = 0; rc == GA_OK && f < repeat->field->fields.count; f++) {
            const struct ga_field *field = &repeat->field->fields.items[f];
            if (!ga_leaving_is_shown(leaving->form, field))
                continue;
            const struct ga_value value = ga_stmt_column(repeat->rows, column++);
            rc = put_value(leaving, paper, field, &value, scratch, err);
        }
    }
    ga_stmt_reset(repeat->rows);
    return rc;
}

static enum ga_rc put_repeat(struct leaving *leaving, struct ga_paper *paper, const struct leaving_repeat *repeat,
                             struct ga_str *scratch, struct ga_error *err)
{
    enum ga_rc rc = ga_paper_put_sheet(paper, ga_label_text(&repeat->field->label, leaving->options->lang), err);
    if (rc == GA_OK)
        rc = ga_paper_put_column(paper, GA_PAPER_TEXT, RECORD_COLS, "record", err);
    for (size_t f = 0; rc == GA_OK && f < repeat->field->fields.count; f++)
        if (ga_leaving_is_shown(leaving->form, &repeat->field->fields.items[f]))
            rc = ga_paper_put_column(paper, GA_PAPER_TEXT, COLUMN_COLS,
                                     ga_leaving_heading(leaving, &repeat->field->fields.items[f]), err);
    for (size_t i = 0; rc == GA_OK && i < leaving->numbers.len; i++)
        rc = put_rows_of(leaving, paper, repeat, i, scratch, err);
    return rc;
}

enum ga_rc ga_leave_xlsx(struct leaving *leaving, struct ga_error *err)
{
    struct ga_paper *paper;
    struct ga_str scratch = {0};
    enum ga_rc rc = ga_paper_start(leaving->options->helper, &paper, err);
    if (rc != GA_OK)
        return rc;
    rc = put_records(leaving, paper, &scratch, err);
    for (size_t r = 0; rc == GA_OK && r < leaving->repeats.len; r++)
        rc = put_repeat(leaving, paper, GA_VEC_AT(struct leaving_repeat, &leaving->repeats, r), &scratch, err);
    ga_str_finish(&scratch);
    if (rc == GA_OK)
        return ga_paper_finish(paper, leaving->target, err);
    ga_paper_abandon(paper);
    return rc;
}
