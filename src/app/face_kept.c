/* Keeps what records say, so that a signed month need not unpack the log. */
#include "face_kept.h"

#include "guanai/sql/transaction.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "guanai/store/touched.h"

#include <string.h>

enum { DOER, PRINT };

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
    ga_stmt_prepare(ga_store_db(session->store), "SELECT doer, print FROM _due_face WHERE record = ?1 AND op = ?2 AND form = ?3",
                    &kept->get, NULL);
}

/* false: it is not kept, or something was saved of it since. */
static bool find(struct ga_faces_kept *kept, int64_t record, int64_t op, struct ga_arena *arena, struct ga_record_face *face)
{
    bool has_row = false;
    if (kept->get == NULL)
        return false;
    ga_stmt_bind_int(kept->get, 1, record);
    ga_stmt_bind_int(kept->get, 2, op);
    ga_stmt_bind_blob(kept->get, 3, face->form->hash, sizeof(face->form->hash));
    bool is_right = ga_stmt_step(kept->get, &has_row, NULL) == GA_OK && has_row;
    const struct ga_value print = is_right ? ga_stmt_column(kept->get, PRINT) : (struct ga_value){0};
    is_right = is_right && print.len == sizeof(face->print);
    if (is_right) {
        memcpy(face->print, print.text, sizeof(face->print));
        face->doer = ga_arena_strdup(arena, ga_stmt_column_text(kept->get, DOER));
    }
    ga_stmt_reset(kept->get);
    return is_right;
}

enum ga_rc ga_face_kept_read(struct ga_faces_kept *kept, int64_t record, struct ga_arena *arena,
                             struct ga_record_face *ret_face, struct ga_error *err)
{
    struct ga_store *store = kept->session->store;
    struct ga_record_face *face = ga_arena_alloc(arena, sizeof(*face));
    int64_t op = 0;
    *face = (struct ga_record_face){0};
    enum ga_rc rc = ga_store_id_of(store, record, &face->id, err);
    if (rc == GA_OK)
        rc = ga_store_form_of(store, &face->id, &face->form, err);
    if (rc == GA_OK)
        rc = ga_store_last_op_of(store, record, &op, err);
    if (rc == GA_OK && !find(kept, record, op, arena, face)) {
        const struct ga_uuid id = face->id;
        rc = ga_record_face_read(kept->session, &id, arena, face, err);
        if (rc == GA_OK)
            *(struct fresh *)ga_vec_push(&kept->fresh) = (struct fresh){record, op, face};
    }
    if (rc == GA_OK)
        *ret_face = *face;
    return rc;
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
