/* Keeps what records say, so that a signed month need not unpack the log. */
#include "care/face_kept.h"

#include "guanai/sql/transaction.h"
#include "guanai/store/number.h"
#include "guanai/store/touched.h"

#include <string.h>

enum { ID, FORM, OP, HASH, DOER, PRINT };

/* A row that is not there yet, or no longer right. */
struct fresh {
    int64_t record, op;
    const struct ga_record_face *face; /* in the arena of who asked */
};

/* Without the table this fails: the first who reads makes it. */
void ga_faces_kept_start(struct ga_faces_kept *kept, struct ga_session *session)
{
    *kept = (struct ga_faces_kept){.session = session};
    ga_vec_init(&kept->fresh, sizeof(struct fresh));
    ga_stmt_prepare(ga_store_db(session->store), "SELECT r.id, r.form, k.op, k.form, k.doer, k.print FROM _due_face AS k"
                    " JOIN record AS r ON r.no = k.record WHERE k.record = ?1", &kept->get, NULL);
}

static bool take_bytes(struct ga_stmt *stmt, int column, void *to, size_t size)
{
    const struct ga_value value = ga_stmt_column(stmt, column);
    if (value.kind == GA_VALUE_NULL || value.len != size)
        return false;
    memcpy(to, value.text, size);
    return true;
}

/* false: something was saved of it since, or its form is another one. */
static bool take_row(struct ga_faces_kept *kept, int64_t op, struct ga_arena *arena, struct ga_record_face *ret_face)
{
    const char *name = ga_stmt_column_text(kept->get, FORM);
    struct ga_record_face face = {.form = name == NULL ? NULL : ga_forms_get(kept->session->forms, name, NULL)};
    uint8_t hash[GA_FORM_HASH_BYTES];
    if (face.form == NULL || ga_stmt_column_int(kept->get, OP) != op || !take_bytes(kept->get, HASH, hash, sizeof(hash)) ||
        memcmp(hash, face.form->hash, sizeof(hash)) != 0 || !take_bytes(kept->get, ID, face.id.bytes, sizeof(face.id.bytes)) ||
        !take_bytes(kept->get, PRINT, face.print, sizeof(face.print)))
        return false;
    face.doer = ga_arena_strdup(arena, ga_stmt_column_text(kept->get, DOER));
    *ret_face = face;
    return true;
}

static bool find(struct ga_faces_kept *kept, int64_t record, int64_t op, struct ga_arena *arena, struct ga_record_face *ret_face)
{
    bool has_row = false;
    if (kept->get == NULL)
        return false;
    ga_stmt_bind_int(kept->get, 1, record);
    const bool is_right = ga_stmt_step(kept->get, &has_row, NULL) == GA_OK && has_row && take_row(kept, op, arena, ret_face);
    ga_stmt_reset(kept->get);
    return is_right;
}

/* From the log, where its block is unpacked. */
static enum ga_rc read_anew(struct ga_faces_kept *kept, int64_t record, int64_t op, struct ga_arena *arena,
                            struct ga_record_face *ret_face, struct ga_error *err)
{
    struct ga_record_face *face = ga_arena_alloc(arena, sizeof(*face));
    struct ga_uuid id;
    enum ga_rc rc = ga_store_id_of(kept->session->store, record, &id, err);
    if (rc == GA_OK)
        rc = ga_record_face_read(kept->session, &id, arena, face, err);
    if (rc != GA_OK)
        return rc;
    *(struct fresh *)ga_vec_push(&kept->fresh) = (struct fresh){record, op, face};
    *ret_face = *face;
    return GA_OK;
}

enum ga_rc ga_face_kept_read(struct ga_faces_kept *kept, int64_t record, struct ga_arena *arena,
                             struct ga_record_face *ret_face, struct ga_error *err)
{
    const int64_t filled = ga_store_filled_op(kept->session->store);
    int64_t op = 0;
    const enum ga_rc rc = ga_store_last_op_of(kept->session->store, record, &op, err);
    op = op > filled ? op : filled; /* what had been withheld may stand among its earlier ones */
    if (rc != GA_OK || find(kept, record, op, arena, ret_face))
        return rc;
    return read_anew(kept, record, op, arena, ret_face, err);
}

static enum ga_rc write_rows(void *ctx, struct ga_error *err)
{
    const struct ga_faces_kept *kept = ctx;
    struct ga_db *db = ga_store_db(kept->session->store);
    struct ga_stmt *stmt = NULL;
    enum ga_rc rc = ga_db_exec(db, "CREATE TABLE IF NOT EXISTS _due_face (record INTEGER PRIMARY KEY, op INTEGER NOT NULL,"
                                   " form BLOB NOT NULL, doer TEXT NOT NULL, print BLOB NOT NULL) STRICT", err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, "INSERT OR REPLACE INTO _due_face VALUES (?1, ?2, ?3, ?4, ?5)", &stmt, err);
    for (size_t i = 0; rc == GA_OK && i < kept->fresh.len; i++) {
        const struct fresh *fresh = ga_vec_at(&kept->fresh, i);
        ga_stmt_bind_int(stmt, 1, fresh->record);
        ga_stmt_bind_int(stmt, 2, fresh->op);
        ga_stmt_bind_blob(stmt, 3, fresh->face->form->hash, sizeof(fresh->face->form->hash));
        ga_stmt_bind_text(stmt, 4, fresh->face->doer);
        ga_stmt_bind_blob(stmt, 5, fresh->face->print, sizeof(fresh->face->print));
        rc = ga_stmt_run(stmt, err);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

void ga_faces_kept_finish(struct ga_faces_kept *kept)
{
    struct ga_db *db = ga_store_db(kept->session->store);
    ga_stmt_destroy(kept->get);
    if (kept->fresh.len > 0 && ga_transaction_depth(db) == 0)
        ga_transaction_apart(db, write_rows, kept, NULL);
    ga_vec_finish(&kept->fresh);
}
