/* Lists the files that were taken in, takes one back. */
#include "guanai/exchange/import_past.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/record.h"

#include <stdlib.h>
#include <string.h>

enum { NO, ID, FILE_NAME, SHEETS, AUTHOR, FILE_DAY, FORM, USER, DAY, UNDONE, RETURNED, ROWS };

/* Numbered in the order in which they came here, so that a number stays what it was. */
static const char LIST[] =
    "SELECT row_number() OVER (ORDER BY t.no), uuid_text(r.id), t.file, t.sheets, t.file_author, t.file_day, t.form_name,"
    " t.entered_by, t.entered_on, t.undone_on, t.rows_returned, t.rows_new, t.rows_filled, t.rows_changed, t.rows_same,"
    " t.rows_refused FROM import_file AS t JOIN record AS r ON r.no = t.no ORDER BY t.no DESC";

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(arena, text);
}

static void read_line(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_import_past *past)
{
    *past = (struct ga_import_past){
        .number = ga_stmt_column_int(stmt, NO), .file = text_at(stmt, FILE_NAME, arena), .sheets = text_at(stmt, SHEETS, arena),
        .author = text_at(stmt, AUTHOR, arena), .file_day = text_at(stmt, FILE_DAY, arena), .form = text_at(stmt, FORM, arena),
        .user = text_at(stmt, USER, arena), .day = text_at(stmt, DAY, arena), .undone_on = text_at(stmt, UNDONE, arena),
        .returned = ga_stmt_column_int(stmt, RETURNED)};
    ga_uuid_parse(ga_stmt_column_text(stmt, ID), &past->id);
    for (int i = 0; i < GA_VERDICT_COUNT; i++)
        past->rows[i] = ga_stmt_column_int(stmt, ROWS + i);
}

enum ga_rc ga_import_list_past(struct ga_store *store, struct ga_arena *arena, struct ga_import_past **ret_list,
                               size_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_vec list;
    bool has_row;
    *ret_count = 0;
    if (ga_forms_get(ga_store_forms(store), GA_IMPORT_FILE_FORM, NULL) == NULL)
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(store), LIST, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&list, sizeof(struct ga_import_past));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        read_line(stmt, arena, ga_vec_push(&list));
    ga_stmt_destroy(stmt);
    *ret_list = ga_arena_array(arena, list.len, sizeof(**ret_list));
    if (list.len > 0)
        memcpy(*ret_list, list.items, list.len * sizeof(**ret_list));
    *ret_count = rc == GA_OK ? list.len : 0;
    ga_vec_finish(&list);
    return rc;
}

static bool is_meant(const struct ga_import_past *past, const char *typed)
{
    char id[GA_UUID_TEXT_SIZE];
    int64_t number;
    if (ga_num_parse(typed, &number) && past->number == number)
        return true;
    return strlen(typed) >= 6 && ga_str_starts(ga_uuid_text(&past->id, id), typed);
}

enum ga_rc ga_import_find_past(struct ga_store *store, const char *typed, struct ga_arena *arena,
                               struct ga_import_past *ret_past, struct ga_error *err)
{
    struct ga_import_past *list = NULL;
    size_t count, found = 0;
    enum ga_rc rc = ga_import_list_past(store, arena, &list, &count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        if (is_meant(&list[i], typed)) {
            *ret_past = list[i];
            found++;
        }
    if (found > 1)
        return ga_error_set(err, GA_REFUSED, "'%1' fits more than one record; give more of it", typed);
    return found == 1 ? GA_OK : ga_error_set(err, GA_NOT_FOUND, "there is no import '%1'; guanai import --list names them", typed);
}

/* Transactions that took other files back: nobody typed what they wrote. */
static enum ga_rc list_undone(struct ga_store *store, struct ga_vec *undone, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_import_past *list = NULL;
    size_t count;
    enum ga_rc rc = ga_import_list_past(store, &arena, &list, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (list[i].undone_on[0] != '\0')
            rc = ga_store_reach_last(store, &list[i].id, ga_vec_push(undone), err);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc read_file(struct ga_store *store, const struct ga_uuid *id, struct ga_answers *ret_before,
                            struct ga_heads **ret_heads, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), GA_IMPORT_FILE_FORM, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    enum ga_rc rc = ga_store_read(store, form, id, ret_before, ret_heads, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_field *undone = ga_form_field(form, "undone_on");
    if (undone == NULL || ga_answers_at(ret_before, undone)->state != GA_EMPTY) {
        ga_answers_finish(ret_before);
        ga_heads_destroy(*ret_heads);
        return ga_error_set(err, GA_REFUSED, "this import has been taken back already");
    }
    return GA_OK;
}

enum ga_rc ga_import_plan_undo(struct ga_store *store, const struct ga_uuid *id,
                               const struct ga_check_progress *progress, struct ga_undo **ret_undo, struct ga_error *err)
{
    struct ga_undo_options options = {.except = id, .progress = progress};
    struct ga_answers before;
    struct ga_heads *heads = NULL;
    struct ga_vec undone;
    enum ga_rc rc = read_file(store, id, &before, &heads, err);
    if (rc != GA_OK)
        return rc;
    ga_answers_finish(&before);
    ga_heads_destroy(heads);
    ga_vec_init(&undone, sizeof(struct ga_reach));
    rc = ga_store_reach_made(store, id, &options.reach, err);
    if (rc == GA_OK)
        rc = list_undone(store, &undone, err);
    options.undone = undone.items;
    options.undone_count = undone.len;
    if (rc == GA_OK)
        rc = ga_undo_plan(store, &options, ret_undo, err);
    ga_vec_finish(&undone);
    return rc;
}

static enum ga_rc note_undone(struct ga_store *store, struct ga_save *save, const struct ga_uuid *id, struct ga_error *err)
{
    struct ga_answers before, after;
    struct ga_heads *heads = NULL;
    char day[GA_DATE_SIZE];
    enum ga_rc rc = read_file(store, id, &before, &heads, err);
    if (rc != GA_OK)
        return rc;
    ga_answers_copy(&after, &before);
    const struct ga_value today = ga_value_text(ga_date_iso(ga_store_local_day(store), day));
    ga_answers_set(&after, ga_form_field(after.form, "undone_on"), &today);
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    rc = ga_save_put(save, &record, NULL, err);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    ga_heads_destroy(heads);
    return rc;
}

enum ga_rc ga_import_undo(struct ga_store *store, const struct ga_uuid *id, struct ga_undo *undo, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_undo_put(undo, save, err);
    if (rc == GA_OK)
        rc = note_undone(store, save, id, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}
