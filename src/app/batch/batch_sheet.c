/* Forms side by side in one table. */
#include "guanai/app/batch_sheet.h"

#include "batch/batch_inner.h"
#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

void ga_session_class_sheets(struct ga_session *session, struct ga_class_sheets *ret_set, struct ga_problems *problems)
{
    ga_class_sheets_init(ret_set);
    ga_class_sheets_read_folders(ret_set, session->forms, session->options->io, &session->forms_folders, problems);
}

static struct ga_batch_sheet *new_sheet(struct ga_session *session)
{
    struct ga_batch_sheet *sheet = ga_alloc(sizeof(*sheet));
    sheet->session = session;
    sheet->month = ga_days_of_month(session->today);
    return sheet;
}

void ga_batch_sheet_destroy(struct ga_batch_sheet *sheet)
{
    if (sheet == NULL)
        return;
    for (size_t i = 0; i < sheet->parts_count; i++)
        ga_batch_destroy(sheet->parts[i]);
    ga_class_sheets_finish(&sheet->set);
    free(sheet);
}

void ga_batch_sheet_gather(struct ga_batch_sheet *sheet)
{
    sheet->columns_count = 0;
    for (size_t i = 0; i < sheet->parts_count; i++)
        for (size_t c = 0; c < sheet->parts[i]->columns_count && sheet->columns_count < GA_BATCH_SHEET_COLUMNS_MAX; c++)
            sheet->columns[sheet->columns_count++] =
                (struct ga_batch_column){.batch = sheet->parts[i], .field = sheet->parts[i]->columns[c]};
}

enum ga_rc ga_batch_sheet_alone(struct ga_session *session, const char *form, struct ga_batch_sheet **ret_sheet,
                                struct ga_error *err)
{
    struct ga_batch *batch;
    enum ga_rc rc = ga_batch_create(session, form, &batch, err);
    if (rc != GA_OK)
        return rc;
    *ret_sheet = new_sheet(session);
    (*ret_sheet)->parts[(*ret_sheet)->parts_count++] = batch;
    ga_batch_sheet_gather(*ret_sheet);
    return GA_OK;
}

/* One id for the drafts of all parts: together they are one sheet. A form that is not installed is left out. */
static enum ga_rc make_parts(struct ga_batch_sheet *sheet, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < sheet->definition->forms.count && rc == GA_OK; i++) {
        const struct ga_class_sheet_part *part = &sheet->definition->forms.items[i];
        if (part->of == NULL)
            continue;
        rc = ga_batch_create_part(sheet->session, sheet->definition, part, &sheet->parts[sheet->parts_count], err);
        if (rc == GA_OK)
            sheet->parts[sheet->parts_count]->id = sheet->parts[0]->id;
        sheet->parts_count += rc == GA_OK;
    }
    ga_batch_sheet_gather(sheet);
    if (rc == GA_OK && sheet->columns_count == 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "none of the forms of '%1' is installed", sheet->definition->name);
    return rc;
}

enum ga_rc ga_batch_sheet_create(struct ga_session *session, const char *name, struct ga_batch_sheet **ret_sheet,
                                 struct ga_error *err)
{
    struct ga_batch_sheet *sheet = new_sheet(session);
    struct ga_problems unsaid;
    ga_problems_init(&unsaid);
    ga_session_class_sheets(session, &sheet->set, &unsaid);
    ga_problems_finish(&unsaid);
    sheet->definition = ga_class_sheets_find(&sheet->set, name);
    enum ga_rc rc = sheet->definition != NULL ? make_parts(sheet, err)
                                              : ga_error_set(err, GA_NOT_FOUND, "there is no class sheet '%1'", name);
    if (rc == GA_OK)
        *ret_sheet = sheet;
    else
        ga_batch_sheet_destroy(sheet);
    return rc;
}

/* Rows. */

static enum ga_rc take(struct ga_batch *batch, const struct ga_whom *whom, struct ga_error *err)
{
    return whom->village != NULL ? ga_batch_take_village(batch, whom->village, err)
                                 : ga_batch_take_class(batch, whom->class, err);
}

enum ga_rc ga_batch_sheet_take(struct ga_batch_sheet *sheet, const struct ga_whom *whom, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < sheet->parts_count && rc == GA_OK; i++)
        rc = take(sheet->parts[i], whom, err);
    if (rc == GA_OK && sheet->definition != NULL && ga_batch_sheet_narrow(sheet, true, "") == 0)
        ga_batch_sheet_narrow(sheet, false, "");
    return rc == GA_OK ? ga_batch_sheet_tell(sheet, err) : rc;
}

enum ga_rc ga_batch_sheet_take_last(struct ga_batch_sheet *sheet, struct ga_error *err)
{
    return ga_batch_take_last(sheet->parts[0], err);
}

size_t ga_batch_sheet_rows(const struct ga_batch_sheet *sheet)
{
    return sheet->parts[0]->rows.len;
}

struct ga_batch_row *ga_batch_sheet_row(const struct ga_batch_sheet *sheet, size_t row)
{
    return ga_batch_row(sheet->parts[0], row);
}

/* In any part. */
static bool is_filled(const struct ga_batch_sheet *sheet, size_t row)
{
    for (size_t i = 0; i < sheet->parts_count; i++)
        if (ga_batch_is_filled(sheet->parts[i], row))
            return true;
    return false;
}

bool ga_batch_sheet_is_saved(const struct ga_batch_sheet *sheet, size_t row)
{
    bool is_any = false;
    for (size_t i = 0; i < sheet->parts_count; i++)
        is_any |= ga_batch_row(sheet->parts[i], row)->is_saved;
    return is_any && !is_filled(sheet, row);
}

size_t ga_batch_sheet_narrow(struct ga_batch_sheet *sheet, bool only_left_behind, const char *village)
{
    ga_batch_narrow(sheet->parts[0], only_left_behind, village);
    for (size_t i = 0; i < ga_batch_sheet_rows(sheet); i++)
        if (is_filled(sheet, i))
            ga_batch_sheet_row(sheet, i)->is_out = false;
    return ga_batch_sheet_count_shown(sheet);
}

size_t ga_batch_sheet_count_shown(const struct ga_batch_sheet *sheet)
{
    return ga_batch_count_shown(sheet->parts[0]);
}

size_t ga_batch_sheet_count_filled(const struct ga_batch_sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->parts_count; i++)
        count += ga_batch_count_filled(sheet->parts[i]);
    return count;
}

size_t ga_batch_sheet_count_saved(const struct ga_batch_sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->parts_count; i++)
        count += ga_batch_count_saved(sheet->parts[i]);
    return count;
}

const char *ga_batch_sheet_title(const struct ga_batch_sheet *sheet, enum ga_lang lang)
{
    return ga_label_text(sheet->definition != NULL ? &sheet->definition->title : &sheet->parts[0]->form->title, lang);
}

/* Columns. */

enum ga_rc ga_batch_sheet_choose(struct ga_batch_sheet *sheet, const bool *is_on, struct ga_error *err)
{
    size_t all = 0, on = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < sheet->parts_count; i++)
        all += sheet->parts[i]->offered_count;
    for (size_t i = 0; i < all; i++)
        on += is_on[i];
    for (size_t i = 0; i < sheet->parts_count && rc == GA_OK && on > 0; i++) {
        rc = ga_batch_choose_columns(sheet->parts[i], is_on, err);
        is_on += sheet->parts[i]->offered_count;
    }
    ga_batch_sheet_gather(sheet);
    return rc;
}

size_t ga_batch_sheet_usual(const struct ga_batch_sheet *sheet, const struct ga_batch *batch)
{
    for (size_t i = 0; sheet->definition != NULL && i < sheet->definition->forms.count; i++)
        if (sheet->definition->forms.items[i].of == batch->form)
            return sheet->definition->forms.items[i].fields.count;
    return 0;
}

void ga_batch_sheet_add_column(struct ga_batch_sheet *sheet, struct ga_batch *batch, const struct ga_field *field)
{
    bool is_on[GA_BATCH_COLUMNS_MAX];
    if (ga_batch_is_column(batch, field))
        return;
    for (size_t i = 0; i < batch->offered_count; i++)
        is_on[i] = batch->offered[i] == field || ga_batch_is_column(batch, batch->offered[i]);
    ga_batch_choose_columns(batch, is_on, NULL);
    ga_batch_sheet_gather(sheet);
}

size_t ga_batch_sheet_column(const struct ga_batch_sheet *sheet, const struct ga_field *field)
{
    for (size_t i = 0; i < sheet->columns_count; i++)
        if (sheet->columns[i].field == field)
            return i;
    return SIZE_MAX;
}

/* What there is, what is wrong, saving. */

enum ga_rc ga_batch_sheet_tell(struct ga_batch_sheet *sheet, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < sheet->parts_count && rc == GA_OK && sheet->definition != NULL; i++)
        rc = ga_batch_tell(sheet->parts[i], sheet->month, err);
    return rc;
}

size_t ga_batch_sheet_findings(struct ga_batch_sheet *sheet, struct ga_vec *ret_findings)
{
    ga_vec_clear(ret_findings);
    for (size_t i = 0; i < sheet->parts_count; i++)
        ga_batch_add_findings(sheet->parts[i], ret_findings);
    return ret_findings->len;
}

enum ga_rc ga_batch_sheet_save(struct ga_batch_sheet *sheet, size_t *ret_saved, struct ga_error *err)
{
    return ga_batches_save(sheet->parts, sheet->parts_count, ret_saved, err);
}
