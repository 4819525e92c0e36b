/* Keeps the half-filled forms of a sheet, opens them together. */
#include "guanai/app/batch_sheet.h"

#include "batch/batch_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/store/draft_sheet.h"

#include <stdlib.h>
#include <string.h>

enum ga_rc ga_batch_sheet_keep_draft(struct ga_batch_sheet *sheet, struct ga_batch *batch,
                                     const struct ga_batch_place *place, struct ga_error *err)
{
    struct ga_batch_place elsewhere = {.row = place->row};
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < sheet->parts_count && rc == GA_OK; i++)
        rc = ga_batch_keep_draft(sheet->parts[i], sheet->parts[i] == batch ? place : &elsewhere, err);
    return rc;
}

/* The draft this user has of another part of the same sheet; the rows of a part without one are made from the others. */
static enum ga_rc take_part(struct ga_batch *batch, const struct ga_uuid *id, struct ga_batch_place *place, struct ga_error *err)
{
    static const struct ga_uuid none;
    struct ga_draft_sheet draft;
    int64_t no = 0;
    batch->id = *id;
    enum ga_rc rc = ga_draft_find(batch->session->store, batch->form->name, id, &none, ga_store_user(batch->session->store), &no, err);
    if (rc != GA_OK || no == 0)
        return rc;
    rc = ga_draft_open_sheet(batch->session->store, no, &draft, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_batch_take_draft(batch, &draft, place, err);
    ga_draft_finish_sheet(&draft);
    return rc;
}

static enum ga_rc copy_rows(struct ga_batch *batch, const struct ga_batch *from, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    ga_str_copy(batch->title, sizeof(batch->title), from->title);
    for (size_t i = 0; i < from->rows.len && rc == GA_OK; i++)
        rc = ga_batch_add_child(batch, &ga_batch_row(from, i)->child, err);
    return rc;
}

static struct ga_batch *part_of(const struct ga_batch_sheet *sheet, const struct ga_form *form)
{
    for (size_t i = 0; i < sheet->parts_count; i++)
        if (sheet->parts[i]->form == form)
            return sheet->parts[i];
    return NULL;
}

/* The part that was asked for says where the user is. Its rows are those of all: each draft has the same. */
static enum ga_rc take_parts(struct ga_batch_sheet *sheet, struct ga_batch *asked, const struct ga_uuid *id,
                             struct ga_batch_place *place, struct ga_error *err)
{
    enum ga_rc rc = take_part(asked, id, place, err);
    for (size_t i = 0; i < sheet->parts_count && rc == GA_OK; i++) {
        struct ga_batch_place elsewhere = {0};
        if (sheet->parts[i] != asked)
            rc = take_part(sheet->parts[i], id, &elsewhere, err);
        if (rc == GA_OK && sheet->parts[i]->rows.len == 0)
            rc = copy_rows(sheet->parts[i], asked, err);
        ga_str_finish(&elsewhere.half);
    }
    for (size_t i = 0; i < sheet->parts_count && rc == GA_OK; i++)
        if (sheet->parts[i]->rows.len != asked->rows.len)
            rc = ga_error_set(err, GA_DAMAGED, "a draft is damaged");
    return rc;
}

static enum ga_rc resume_sheet(struct ga_session *session, const char *name, const struct ga_draft_sheet *draft,
                               struct ga_batch_sheet **ret_sheet, struct ga_batch **ret_batch,
                               struct ga_batch_place *ret_place, struct ga_error *err)
{
    struct ga_batch_sheet *sheet;
    struct ga_batch_place place = {0};
    enum ga_rc rc = ga_batch_sheet_create(session, name, &sheet, err);
    if (rc != GA_OK)
        return rc;
    struct ga_batch *asked = part_of(sheet, draft->form);
    if (asked == NULL)
        rc = ga_error_set(err, GA_NOT_FOUND, "class sheet '%1' has no longer the form %2", name, draft->form->name);
    if (rc == GA_OK)
        rc = take_parts(sheet, asked, &draft->id, &place, err);
    ga_batch_sheet_gather(sheet);
    if (rc == GA_OK && ga_batch_sheet_narrow(sheet, true, "") == 0)
        ga_batch_sheet_narrow(sheet, false, "");
    if (rc == GA_OK)
        rc = ga_batch_sheet_tell(sheet, err);
    if (rc != GA_OK) {
        ga_batch_sheet_destroy(sheet);
        ga_str_finish(&place.half);
        return rc;
    }
    *ret_sheet = sheet;
    *ret_batch = asked;
    *ret_place = place;
    return GA_OK;
}

static enum ga_rc resume_alone(struct ga_session *session, struct ga_draft_sheet *draft, struct ga_batch_sheet **ret_sheet,
                               struct ga_batch **ret_batch, struct ga_batch_place *ret_place, struct ga_error *err)
{
    struct ga_batch_sheet *sheet;
    struct ga_batch_place place = {0};
    enum ga_rc rc = ga_batch_sheet_alone(session, draft->form->name, &sheet, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_batch_take_draft(sheet->parts[0], draft, &place, err);
    if (rc != GA_OK) {
        ga_batch_sheet_destroy(sheet);
        ga_str_finish(&place.half);
        return rc;
    }
    ga_batch_sheet_gather(sheet);
    *ret_sheet = sheet;
    *ret_batch = sheet->parts[0];
    *ret_place = place;
    return GA_OK;
}

enum ga_rc ga_batch_sheet_resume(struct ga_session *session, int64_t draft_no, struct ga_batch_sheet **ret_sheet,
                                 struct ga_batch **ret_batch, struct ga_batch_place *ret_place, struct ga_error *err)
{
    struct ga_draft_sheet draft;
    const char *name, *title;
    enum ga_rc rc = ga_draft_open_sheet(session->store, draft_no, &draft, err);
    if (rc != GA_OK)
        return rc;
    char *first = ga_strdup(draft.setup);
    first[strcspn(first, "\n")] = '\0';
    ga_batch_draft_title(first, &name, &title);
    rc = *name != '\0' ? resume_sheet(session, name, &draft, ret_sheet, ret_batch, ret_place, err)
                       : resume_alone(session, &draft, ret_sheet, ret_batch, ret_place, err);
    free(first);
    ga_draft_finish_sheet(&draft);
    return rc;
}
