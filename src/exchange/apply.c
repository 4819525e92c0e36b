/* Writes a plan into the archive as one save. */
#include "inner.h"

#include "guanai/base/num.h"
#include "guanai/store/doubles.h"
#include "guanai/store/life.h"
#include "guanai/text/translate.h"

#include <assert.h>

/* What a record takes: its row, its indexes, its operations, measured on a roster of 27 columns. */
enum { NEW_ROW_BYTES = 2500, CHANGED_ROW_BYTES = 1200, ROOM_BYTES = 256 << 10, ROOM_FACTOR = 3 };

static int64_t expected_bytes(const struct ga_import *import)
{
    int64_t bytes = ROOM_BYTES;
    for (size_t i = 0; i < import->rows->len; i++) {
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
        if (planned->is_written)
            bytes += planned->verdict == GA_VERDICT_NEW ? NEW_ROW_BYTES : CHANGED_ROW_BYTES;
    }
    return bytes;
}

static enum ga_rc check_room(const struct ga_import *import, struct ga_error *err)
{
    const struct ga_io_ops *io = import->tools.io;
    if (import->tools.folder == NULL)
        return GA_OK;
    const int64_t free_bytes = io->free_bytes(io->ctx, import->tools.folder);
    const int64_t wanted = expected_bytes(import) * ROOM_FACTOR;
    if (free_bytes < 0 || free_bytes >= wanted) /* a file system that does not tell will say when it is full */
        return GA_OK;
    return ga_error_set(err, GA_IO, "the disk has %1 MB free, the import wants %2 MB; nothing was written",
                        GA_NUM(free_bytes >> 20), GA_NUM((wanted >> 20) + 1));
}

/* A move to another site moves the file, as it does when it is typed. */
static enum ga_rc put(struct ga_save *save, const struct ga_save_record *record, struct ga_error *err)
{
    enum ga_rc rc = ga_save_put(save, record, NULL, err);
    return rc == GA_OK ? ga_save_follow_move(save, record, NULL, err) : rc;
}

static enum ga_rc put_new(struct ga_import *import, struct ga_save *save, struct planned *planned,
                          struct reading *reading, struct ga_error *err)
{
    struct ga_answers child;
    const bool has_child = ga_read_child(import, &planned->target, &child);
    reading->own.child = planned->target;
    ga_apply_late_imports(import, &reading->own, has_child ? &child : NULL);
    ga_rules_apply_calculations(import->tools.rules, &reading->own, has_child ? &child : NULL);
    if (has_child)
        ga_answers_finish(&child);
    const struct ga_save_record record = {.after = &reading->own};
    enum ga_rc rc = put(save, &record, err);
    if (rc == GA_OK)
        planned->target = reading->own.id;
    return rc;
}

/*
 * What came in since the preview is neither replaced unseen nor a reason to stop the others: the row is handed
 * back. (To keep the heads of every record of a roster for a fork nobody sees coming would cost 1 KB a row.)
 */
static void say_changed(struct ga_import *import, struct reading *reading)
{
    ga_message_set(ga_add_message(&reading->faults), "%1",
                   ga_tr(import->lang, "this record was changed after the preview; please import the row again"));
}

/* For what reading->faults say. */
static void refuse(struct ga_import *import, const struct reading *reading, size_t i)
{
    struct planned *planned = ga_shelf_change(import->rows, i);
    import->counts[planned->verdict]--;
    import->counts[GA_VERDICT_REFUSED]++;
    planned->verdict = GA_VERDICT_REFUSED;
    planned->is_written = false;
    ga_refusal_keep(import, reading, i);
}

/* A double goes the way of the first row that means the same record. */
static bool has_changed(const struct ga_import *import, const struct planned *planned, const struct meeting *meeting)
{
    if (planned->first == 0)
        return ga_sum_heads(meeting->heads) != planned->heads;
    return GA_SHELF_AT(struct planned, import->rows, planned->first - 1)->verdict == GA_VERDICT_REFUSED;
}

static enum ga_rc put_changed(struct ga_import *import, struct ga_save *save, size_t i, struct reading *reading,
                              struct ga_error *err)
{
    struct planned *planned = ga_shelf_change(import->rows, i);
    struct meeting meeting = {0};
    if (planned->first != 0)
        planned->target = GA_SHELF_AT(struct planned, import->rows, planned->first - 1)->target;
    import->deciding = i + 1;
    enum ga_rc rc = ga_meet(import, reading, &planned->target, &meeting, NULL, err);
    import->deciding = 0;
    if (rc != GA_OK)
        return rc;
    ga_vec_clear(&reading->faults);
    if (has_changed(import, planned, &meeting)) {
        say_changed(import, reading);
        refuse(import, reading, i);
    } else if (ga_row_is_barred(import, reading, &meeting.after, &meeting.before)) { /* a value taken in the preview */
        refuse(import, reading, i);
    } else {
        const struct ga_save_record record = {
            .after = &meeting.after, .before = &meeting.before, .heads = meeting.heads};
        rc = put(save, &record, err);
    }
    ga_meeting_finish(&meeting);
    return rc;
}

static enum ga_rc put_row(struct ga_import *import, struct ga_save *save, size_t i, struct reading *reading,
                          struct ga_error *err)
{
    struct planned *planned = ga_shelf_change(import->rows, i);
    if (!planned->is_kept)
        return ga_returns_put(import, save, planned, err);
    ga_answers_reset(&reading->own);
    enum ga_rc rc = ga_spill_take(&import->spill, &reading->own, err);
    if (rc == GA_OK && planned->is_written)
        rc = planned->verdict == GA_VERDICT_NEW ? put_new(import, save, planned, reading, err)
                                                : put_changed(import, save, i, reading, err);
    if (rc == GA_OK && planned->verdict != GA_VERDICT_REFUSED)
        rc = ga_returns_put(import, save, planned, err);
    if (rc != GA_OK && err != NULL && err->where[0] == '\0')
        ga_error_where(err, "%s %u", import->sheets[planned->sheet].name, planned->row);
    return rc;
}

static enum ga_rc put_rows(struct ga_import *import, struct ga_save *save, const struct ga_progress *progress,
                           struct ga_error *err)
{
    struct reading reading = {0};
    ga_reading_init(import, &reading);
    enum ga_rc rc = ga_spill_turn(&import->spill, err);
    for (size_t i = 0; rc == GA_OK && i < import->rows->len; i++) {
        rc = ga_import_step(progress, i, (int64_t)i, (int64_t)import->rows->len, err);
        if (rc == GA_OK)
            rc = put_row(import, save, i, &reading, err);
    }
    ga_reading_finish(&reading);
    return rc;
}

enum ga_rc ga_import_apply(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err)
{
    struct ga_save *save;
    assert(import->is_planned && !import->is_applied);
    enum ga_rc rc = check_room(import, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_begin(import->tools.store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = put_rows(import, save, progress, err);
    if (rc == GA_OK)
        rc = ga_origin_put(import, save, err);
    if (rc == GA_OK)
        rc = ga_shelf_check(import->rows, err);
    if (rc != GA_OK) {
        ga_save_abandon(save);
        import->is_planned = false; /* targets of rows that are not there */
        return rc;
    }
    rc = ga_save_commit(save, err);
    ga_spill_finish(&import->spill);
    import->is_applied = rc == GA_OK;
    import->is_planned = rc == GA_OK;
    if (rc == GA_OK) /* only a number to look at: what was imported stands */
        ga_doubles_add_known(import->tools.store, (int64_t)import->alikes.said.len, NULL);
    if (rc == GA_OK)
        ga_decisions_forget(import);
    return rc;
}
