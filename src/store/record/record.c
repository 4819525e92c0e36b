/* Reads records back. */
#include "guanai/store/record.h"

#include "guanai/base/num.h"
#include "private.h"

#include <string.h>

enum ga_rc ga_record_no(struct ga_store *store, const struct ga_uuid *id, int64_t *ret_no, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    char text[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_RECORD_NO, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && !has_row)
        return ga_error_set(err, GA_NOT_FOUND, "there is no record %1", ga_uuid_text(id, text));
    if (rc == GA_OK) {
        *ret_no = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
    }
    return rc;
}

/* A record that is only named so far has no form yet: whoever brings its operations says it. */
static enum ga_rc name_form(struct ga_store *store, int64_t no, const char *form, bool *ret_is_new,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_NAME_FORM, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_text(stmt, 2, form);
    rc = ga_stmt_run(stmt, err);
    if (rc == GA_OK && ret_is_new != NULL)
        *ret_is_new = ga_db_changes(store->db) > 0;
    return rc;
}

enum ga_rc ga_record_add(struct ga_store *store, const struct ga_uuid *id, const char *form, int64_t *ret_no,
                         struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_RECORD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    ga_stmt_bind_text(stmt, 2, form);
    rc = ga_stmt_run(stmt, err);
    if (rc == GA_OK)
        *ret_no = ga_db_last_rowid(store->db);
    return rc;
}

enum ga_rc ga_record_make(struct ga_store *store, const struct ga_uuid *id, const char *form, int64_t *ret_no,
                          bool *ret_is_new, struct ga_error *err)
{
    struct ga_error missing = {0};
    enum ga_rc rc = ga_record_no(store, id, ret_no, &missing);
    if (rc == GA_OK)
        return form[0] == '\0' ? GA_OK : name_form(store, *ret_no, form, ret_is_new, err);
    if (rc != GA_NOT_FOUND) {
        if (err != NULL)
            *err = missing;
        return rc;
    }
    rc = ga_record_add(store, id, form, ret_no, err);
    if (rc == GA_OK && ret_is_new != NULL)
        *ret_is_new = true;
    return rc;
}

enum ga_rc ga_record_id(struct ga_store *store, int64_t no, struct ga_uuid *ret_id, char ret_form[64],
                        struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_RECORD_ID, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && !has_row)
        return ga_error_set(err, GA_NOT_FOUND, "there is no such record");
    if (rc != GA_OK)
        return rc;
    const struct ga_value id = ga_stmt_column(stmt, 0);
    if (id.len == sizeof(ret_id->bytes))
        memcpy(ret_id->bytes, id.text, id.len);
    if (ret_form != NULL)
        ga_str_copy(ret_form, 64, ga_stmt_column_text(stmt, 1));
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_record_next(struct ga_store *store, const char *form, int64_t after_no, int64_t *ret_no,
                          struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_NEXT_OF_FORM, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, form);
    ga_stmt_bind_int(stmt, 2, after_no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK)
        *ret_no = has_row ? ga_stmt_column_int(stmt, 0) : 0;
    ga_stmt_reset(stmt);
    return rc;
}

struct reading {
    const struct ga_form *form;
    const struct ga_uuid *id;
    struct ga_answers *answers;
    struct ga_heads **heads;      /* NULL: not wanted */
    struct ga_arena *made_arena;
    struct ga_made *made;         /* NULL: not wanted */
};

static struct ga_made made_by(const struct ga_operation *origin, struct ga_arena *arena)
{
    const bool has_typist = origin->typist != NULL && origin->typist[0] != '\0';
    return (struct ga_made){.user = ga_arena_strdup(arena, origin->user),
                            .typist = has_typist ? ga_arena_strdup(arena, origin->typist) : NULL};
}

static enum ga_rc hand_out(const struct reading *reading, const struct ga_log_op *ops, size_t ops_count,
                           struct ga_arena *arena, struct ga_error *err)
{
    struct ga_fold_head *heads;
    size_t heads_count;
    ga_fold(ops, ops_count, arena, &heads, &heads_count);
    if (ga_fold_is_gone(heads, heads_count))
        return ga_error_set(err, GA_NOT_FOUND, "this record was removed; its history is still there");
    ga_answers_init(reading->answers, reading->form);
    reading->answers->id = *reading->id;
    ga_fold_answers(heads, heads_count, reading->answers, NULL, NULL);
    if (reading->heads != NULL)
        *reading->heads = ga_heads_of(heads, heads_count);
    if (reading->made != NULL)
        *reading->made = made_by(&ga_fold_origin(ops, ops_count)->op, reading->made_arena);
    return GA_OK;
}

static enum ga_rc read_record(struct ga_store *store, const struct reading *reading, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    size_t ops_count;
    int64_t no;
    char text[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = ga_record_no(store, reading->id, &no, err);
    if (rc == GA_OK)
        rc = ga_log_of_record(store, no, &arena, &ops, &ops_count, err);
    if (rc == GA_OK &&
        (ops_count == 0 || strcmp(ga_fold_origin(ops, ops_count)->op.form, reading->form->name) != 0))
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no record %1 of form %2", ga_uuid_text(reading->id, text),
                          reading->form->name);
    if (rc == GA_OK)
        rc = hand_out(reading, ops, ops_count, &arena, err);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_store_read(struct ga_store *store, const struct ga_form *form, const struct ga_uuid *id,
                         struct ga_answers *ret_answers, struct ga_heads **ret_heads, struct ga_error *err)
{
    const struct reading reading = {.form = form, .id = id, .answers = ret_answers, .heads = ret_heads};
    return read_record(store, &reading, err);
}

enum ga_rc ga_store_read_made(struct ga_store *store, const struct ga_form *form, const struct ga_uuid *id,
                              struct ga_answers *ret_answers, struct ga_arena *arena, struct ga_made *ret_made,
                              struct ga_error *err)
{
    const struct reading reading = {
        .form = form, .id = id, .answers = ret_answers, .made_arena = arena, .made = ret_made};
    return read_record(store, &reading, err);
}

enum ga_rc ga_store_form_of(struct ga_store *store, const struct ga_uuid *id, const struct ga_form **ret_form,
                            struct ga_error *err)
{
    int64_t no;
    struct ga_uuid same;
    char name[64];
    enum ga_rc rc = ga_record_no(store, id, &no, err);
    if (rc == GA_OK)
        rc = ga_record_id(store, no, &same, name, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_form *form = ga_forms_get(&store->forms, name, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    *ret_form = form;
    return GA_OK;
}

/* The one record that a statement finds for a text; GA_REFUSED when there are two. */
static enum ga_rc find_one(struct ga_store *store, const char *sql, const struct ga_value *typed, int64_t *ret_no,
                           struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind(stmt, 1, typed);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && !has_row)
        rc = ga_error_set(err, GA_NOT_FOUND, "nothing is found for '%1'", typed->text);
    if (rc == GA_OK) {
        *ret_no = ga_stmt_column_int(stmt, 0);
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc == GA_OK && has_row)
            rc = ga_error_set(err, GA_REFUSED, "'%1' fits more than one record; give more of it", typed->text);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static bool is_hex_start(const char *typed)
{
    return strlen(typed) >= 6 && strspn(typed, "0123456789abcdefABCDEF-") == strlen(typed);
}

enum ga_rc ga_store_resolve(struct ga_store *store, const struct ga_form *form, const char *typed,
                            struct ga_uuid *ret_id, struct ga_error *err)
{
    const struct ga_value text = ga_value_text(typed);
    int64_t no = 0, number;
    if (strlen(typed) > 60)
        return ga_error_set(err, GA_NOT_FOUND, "nothing is found for '%1'", typed);
    if (ga_uuid_parse(typed, ret_id))
        return ga_record_no(store, ret_id, &no, err);
    enum ga_rc rc = GA_NOT_FOUND;
    const bool is_child = strcmp(form->name, "child") == 0;
    if (is_child && ga_num_parse(typed, &number) && strlen(typed) < 10) {
        const struct ga_value card = {.kind = GA_VALUE_INTEGER, .integer = number, .text = typed};
        rc = find_one(store, "SELECT no FROM child WHERE card_no = ?1", &card, &no, err);
    } else if (is_child && (strlen(typed) == 18 || strlen(typed) == 15)) {
        rc = find_one(store, "SELECT no FROM child WHERE id_number = upper(?1)", &text, &no, err);
    }
    if (rc == GA_NOT_FOUND && is_hex_start(typed)) {
        struct ga_str sql = {0};
        ga_str_addf(&sql, "SELECT no FROM record WHERE form = '%s' AND lower(hex(id)) LIKE lower(replace(?1, '-', '')) || '%%'",
                    form->name);
        rc = find_one(store, ga_str_text(&sql), &text, &no, err);
        ga_str_finish(&sql);
    } else if (rc == GA_NOT_FOUND) {
        ga_error_set(err, GA_NOT_FOUND, "nothing is found for '%1'", typed);
        if (is_child)
            ga_error_hint(err, "write the card number or the id; guanai find tells them");
    }
    return rc == GA_OK ? ga_record_id(store, no, ret_id, NULL, err) : rc;
}

/* The texts of one column over the rows of a record. */
static enum ga_rc texts_of(struct ga_store *store, enum ga_sql sql, const struct ga_uuid *id, struct ga_vec *texts,
                           int columns, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t no;
    enum ga_rc rc = ga_record_no(store, id, &no, err);
    if (rc == GA_OK)
        rc = ga_store_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (int i = 0; i < columns; i++)
            *(const char **)ga_vec_push(texts) = ga_arena_strdup(arena, ga_stmt_column_text(stmt, i));
    return rc;
}

enum ga_rc ga_store_misfits(struct ga_store *store, const struct ga_uuid *id, struct ga_arena *arena,
                            struct ga_misfit **ret_misfits, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec texts;
    ga_vec_init(&texts, sizeof(const char *));
    enum ga_rc rc = texts_of(store, GA_SQL_GET_MISFITS, id, &texts, 2, arena, err);
    if (rc == GA_OK) {
        const char **list = texts.items;
        *ret_count = texts.len / 2;
        *ret_misfits = ga_arena_array(arena, *ret_count, sizeof(struct ga_misfit));
        for (size_t i = 0; i < *ret_count; i++)
            (*ret_misfits)[i] = (struct ga_misfit){list[2 * i], list[2 * i + 1]};
    }
    ga_vec_finish(&texts);
    return rc;
}

enum ga_rc ga_store_conflicts(struct ga_store *store, const struct ga_uuid *id, struct ga_arena *arena,
                              const char ***ret_groups, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec texts;
    ga_vec_init(&texts, sizeof(const char *));
    enum ga_rc rc = texts_of(store, GA_SQL_GET_CONFLICTS, id, &texts, 1, arena, err);
    if (rc == GA_OK) {
        *ret_count = texts.len;
        *ret_groups = ga_arena_array(arena, texts.len, sizeof(**ret_groups));
        if (texts.len > 0)
            memcpy(*ret_groups, texts.items, texts.len * sizeof(**ret_groups));
    }
    ga_vec_finish(&texts);
    return rc;
}
