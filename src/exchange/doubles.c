/* Compares rows with the earlier row of the file that means the same record. */
#include "inner.h"

#include <stdlib.h>

/* The earlier row, as the record would stand after it. */
struct first {
    uint32_t row; /* index + 1 */
    bool is_held;
    struct ga_answers answers;
};

/* As many as one pass over the file settles: memory stays flat however many doubles there are. */
struct batch {
    struct first firsts[DOUBLES_AT_ONCE];
    size_t count;
    size_t last; /* the last open row of this pass */
};

static int compare_firsts(const void *a, const void *b)
{
    const struct first *x = a, *y = b;
    return x->row < y->row ? -1 : x->row > y->row;
}

static struct first *find(struct batch *batch, size_t row)
{
    const struct first wanted = {.row = (uint32_t)row};
    return bsearch(&wanted, batch->firsts, batch->count, sizeof(wanted), compare_firsts);
}

static bool gather(const struct ga_import *import, struct batch *batch)
{
    size_t open = 0;
    batch->count = 0;
    for (size_t i = 0; i < import->rows->len && open < DOUBLES_AT_ONCE; i++) {
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
        if (!planned->is_open)
            continue;
        batch->firsts[open++] = (struct first){.row = planned->first};
        batch->last = i;
    }
    if (open > 0)
        qsort(batch->firsts, open, sizeof(batch->firsts[0]), compare_firsts);
    for (size_t i = 0; i < open; i++)
        if (batch->count == 0 || batch->firsts[batch->count - 1].row != batch->firsts[i].row)
            batch->firsts[batch->count++] = batch->firsts[i];
    return open > 0;
}

static enum ga_rc hold(struct ga_import *import, struct first *first, size_t i, struct reading *reading,
                       struct ga_error *err)
{
    const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
    if (planned->verdict == GA_VERDICT_NEW) {
        ga_check_row(import, reading, &planned->target, true); /* for what `import:` rules fill in */
        ga_answers_copy(&first->answers, &reading->own);
    } else {
        struct meeting meeting = {0};
        import->deciding = i + 1;
        enum ga_rc rc = ga_meet(import, reading, &planned->target, &meeting, NULL, err);
        import->deciding = 0;
        if (rc != GA_OK)
            return rc;
        ga_answers_copy(&first->answers, &meeting.after);
        ga_meeting_finish(&meeting);
    }
    first->is_held = true;
    return GA_OK;
}

static void settle(struct ga_import *import, struct batch *batch, size_t i, const struct reading *reading)
{
    struct planned *planned = ga_shelf_change(import->rows, i);
    struct first *first = find(batch, planned->first);
    if (first == NULL || !first->is_held)
        return;
    import->deciding = i + 1;
    const struct merge merge = ga_merge(import, &reading->own, &first->answers, NULL);
    import->deciding = 0;
    planned->verdict = (uint8_t)ga_verdict_of(merge);
    planned->is_written = merge.taken > 0;
    planned->is_open = false;
}

static enum ga_rc pass_over(struct ga_import *import, struct batch *batch, const struct ga_progress *progress,
                            struct ga_error *err)
{
    struct reading reading = {0};
    const struct ga_sheet_row *row;
    enum ga_rc rc = ga_source_rewind(import, err);
    for (size_t i = 0; rc == GA_OK && i <= batch->last; i++) {
        rc = ga_import_read_step(import, progress, i, err);
        if (rc == GA_OK)
            rc = ga_source_seek(import, i, &row, err);
        if (rc != GA_OK)
            break;
        struct first *first = find(batch, i + 1);
        if (first == NULL && !GA_SHELF_AT(struct planned, import->rows, i)->is_open)
            continue;
        ga_read_row(import, row, &reading);
        if (first != NULL)
            rc = hold(import, first, i, &reading, err);
        else
            settle(import, batch, i, &reading);
    }
    ga_reading_finish(&reading);
    return rc;
}

enum ga_rc ga_resolve_doubles(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err)
{
    struct batch batch;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && gather(import, &batch)) {
        rc = pass_over(import, &batch, progress, err);
        for (size_t i = 0; i < batch.count; i++)
            if (batch.firsts[i].is_held)
                ga_answers_finish(&batch.firsts[i].answers);
    }
    return rc;
}
