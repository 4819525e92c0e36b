/* Checks the rows of a sheet, saves them in one transaction. */
#include "batch/batch_inner.h"

#include "guanai/base/num.h"
#include "guanai/store/draft.h"
#include "guanai/store/life.h"
#include "guanai/store/record.h"
#include "guanai/store/save.h"

#include <string.h>

bool ga_batch_check(struct ga_batch *batch)
{
    bool is_free = true;
    for (size_t i = 0; i < batch->rows.len; i++)
        if (ga_batch_is_filled(batch, i))
            is_free &= ga_entry_check(ga_batch_row(batch, i)->entry);
    return is_free;
}

void ga_batch_add_findings(struct ga_batch *batch, struct ga_vec *findings)
{
    for (size_t i = 0; i < batch->rows.len; i++) {
        if (!ga_batch_is_filled(batch, i))
            continue;
        const struct ga_vec *found = &ga_batch_row(batch, i)->entry->findings;
        for (size_t f = 0; f < found->len; f++)
            *(struct ga_batch_finding *)ga_vec_push(findings) = (struct ga_batch_finding){
                .batch = batch, .row = i, .finding = GA_VEC_AT(const struct ga_finding, found, f)};
    }
}

size_t ga_batch_findings(struct ga_batch *batch, struct ga_vec *ret_findings)
{
    ga_vec_clear(ret_findings);
    ga_batch_add_findings(batch, ret_findings);
    return ret_findings->len;
}

static bool is_same_warning(const struct ga_finding *a, const struct ga_finding *b)
{
    return a->kind == GA_FINDING_WARN && a->field == b->field && ga_str_equal(a->text.zh, b->text.zh);
}

void ga_batch_because(struct ga_batch *batch, const struct ga_finding *finding, const char *reason)
{
    const struct ga_finding asked = *finding;
    for (size_t i = 0; i < batch->rows.len; i++) {
        if (!ga_batch_is_filled(batch, i))
            continue;
        struct ga_entry *entry = ga_batch_row(batch, i)->entry;
        for (size_t f = 0; f < entry->findings.len; f++)
            if (is_same_warning(GA_VEC_AT(const struct ga_finding, &entry->findings, f), &asked)) {
                ga_entry_because(entry, asked.field, reason);
                batch->is_changed = true;
            }
    }
}

static void compute(struct ga_batch *batch)
{
    for (size_t i = 0; i < batch->rows.len; i++) {
        struct ga_entry *entry = ga_batch_row(batch, i)->entry;
        if (ga_batch_is_filled(batch, i))
            ga_rules_apply_calculations(batch->session->rules, &entry->now,
                                        entry->child.form == NULL ? NULL : &entry->child);
    }
}

/* The last one is what the next new record is prefilled with. */
static void note_last(struct ga_batch *batch, struct ga_save *save)
{
    char name[256], id[GA_UUID_TEXT_SIZE];
    ga_prefill_setting(name, sizeof(name), batch->form, ga_store_user(batch->session->store));
    ga_save_set_after(save, name, ga_uuid_text(&batch->last.id, id));
}

static void keep_last(struct ga_batch *batch, const struct ga_answers *saved)
{
    if (batch->last.form != NULL)
        ga_answers_finish(&batch->last);
    ga_answers_copy(&batch->last, saved);
}

static enum ga_rc put_record(struct ga_batch *batch, struct ga_save *save, struct ga_answers *answers, struct ga_error *err)
{
    const struct ga_save_record record = {.after = answers};
    bool is_changed;
    enum ga_rc rc = ga_save_put(save, &record, &is_changed, err);
    if (rc == GA_OK)
        rc = ga_save_follow_move(save, &record, &is_changed, err);
    if (rc == GA_OK)
        keep_last(batch, answers);
    return rc;
}

/* Rows of one lesson: everything is the same but the children. */
static bool says_same(const struct ga_batch *batch, const struct ga_answers *a, const struct ga_answers *b)
{
    for (size_t i = 0; i < batch->form->all_count; i++) {
        const struct ga_field *field = batch->form->all[i];
        if (field != batch->children && !ga_answer_equal(ga_answers_at(a, field), ga_answers_at(b, field)))
            return false;
    }
    return true;
}

static void add_children(const struct ga_batch *batch, struct ga_answers *to, const struct ga_answers *from)
{
    const struct ga_rows *rows = &from->repeats[batch->children->index];
    for (size_t r = 0; r < rows->count; r++) {
        if (rows->rows[r].is_gone)
            continue;
        struct ga_row *row = ga_answers_add_row(to, batch->children, rows->rows[r].id);
        for (size_t f = 0; f < batch->children->fields.count; f++)
            ga_answers_set_in_row(to, row, &batch->children->fields.items[f], &rows->rows[r].answers[f].value);
    }
}

/* The record this row begins, with the children of all rows below that say the same; those then have its id. */
static enum ga_rc put_group(struct ga_batch *batch, size_t at, struct ga_save *save, struct ga_error *err)
{
    const struct ga_answers *first = &ga_batch_row(batch, at)->entry->now;
    struct ga_answers all;
    ga_answers_copy(&all, first);
    for (size_t i = at + 1; i < batch->rows.len; i++)
        if (ga_batch_is_filled(batch, i) && says_same(batch, first, &ga_batch_row(batch, i)->entry->now))
            add_children(batch, &all, &ga_batch_row(batch, i)->entry->now);
    enum ga_rc rc = put_record(batch, save, &all, err);
    for (size_t i = batch->rows.len; i > at && rc == GA_OK; i--) /* the first last: the others are compared with it */
        if (ga_batch_is_filled(batch, i - 1) && says_same(batch, first, &ga_batch_row(batch, i - 1)->entry->now))
            ga_batch_row(batch, i - 1)->entry->now.id = all.id;
    ga_answers_finish(&all);
    return rc;
}

static enum ga_rc put_rows(struct ga_batch *batch, struct ga_save *save, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < batch->rows.len && rc == GA_OK; i++) {
        if (!ga_batch_is_filled(batch, i))
            continue;
        struct ga_answers *answers = &ga_batch_row(batch, i)->entry->now;
        if (batch->children != NULL) {
            rc = ga_uuid_is_zero(&answers->id) ? put_group(batch, i, save, err) : GA_OK;
            continue;
        }
        rc = put_record(batch, save, answers, err);
        if (rc == GA_OK)
            rc = ga_entry_write_notes(ga_batch_row(batch, i)->entry, save, err);
    }
    return rc;
}

/* Records, the end of the draft, what is remembered. */
static enum ga_rc write_batch(struct ga_batch *batch, struct ga_save *save, struct ga_error *err)
{
    if (ga_batch_count_filled(batch) == 0)
        return GA_OK;
    enum ga_rc rc = put_rows(batch, save, err);
    if (batch->draft_no != 0)
        ga_save_end_draft(save, batch->draft_no);
    if (rc == GA_OK)
        note_last(batch, save);
    if (rc == GA_OK && batch->sheet[0] == '\0')
        rc = ga_batch_remember_children(batch, err);
    return rc;
}

/* All of it in one transaction, one sync. */
static enum ga_rc write_all(struct ga_batch *const *batches, size_t count, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(batches[0]->session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count && rc == GA_OK; i++)
        rc = write_batch(batches[i], save, err);
    return ga_app_end_save(save, rc, err);
}

/* Nothing of it is there: records not made have no names. */
static void take_names_back(struct ga_batch *batch)
{
    for (size_t i = 0; i < batch->rows.len; i++)
        if (ga_batch_is_filled(batch, i))
            ga_batch_row(batch, i)->entry->now.id = (struct ga_uuid){0};
}

static bool is_of_row_above(const struct ga_batch *batch, size_t at)
{
    const struct ga_batch_row *row = ga_batch_row(batch, at);
    for (size_t i = 0; i < at && batch->children != NULL; i++)
        if (ga_batch_row(batch, i)->is_saved && ga_uuid_compare(&ga_batch_row(batch, i)->entry->now.id, &row->entry->now.id) == 0)
            return true;
    return false;
}

/* How many records that made. */
static size_t mark_saved(struct ga_batch *batch)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->rows.len; i++) {
        struct ga_batch_row *row = ga_batch_row(batch, i);
        if (!ga_batch_is_filled(batch, i))
            continue;
        count += !is_of_row_above(batch, i);
        row->is_saved = true;
        row->entry->is_new = false;
        row->entry->is_changed = false;
        ga_vec_clear(&row->entry->notes);
    }
    return count;
}

static size_t finish_saving(struct ga_batch *batch)
{
    if (ga_batch_count_filled(batch) == 0)
        return 0;
    ga_sitting_remember(batch->session->sitting, ga_store_user(batch->session->store), &batch->last);
    batch->draft_no = 0;
    batch->is_changed = false;
    return mark_saved(batch);
}

/* GA_REFUSED when something bars it, with how many things there are to look at. */
static enum ga_rc look_over(struct ga_batch *const *batches, size_t count, struct ga_error *err)
{
    struct ga_vec findings;
    bool is_free = true;
    for (size_t i = 0; i < count; i++) {
        compute(batches[i]);
        is_free &= ga_batch_check(batches[i]);
    }
    if (is_free)
        return GA_OK;
    ga_vec_init(&findings, sizeof(struct ga_batch_finding));
    for (size_t i = 0; i < count; i++)
        ga_batch_add_findings(batches[i], &findings);
    const size_t found = findings.len;
    ga_vec_finish(&findings);
    return ga_error_set(err, GA_REFUSED, "not saved yet: %1 things to look at", GA_NUM(found));
}

enum ga_rc ga_batches_save(struct ga_batch *const *batches, size_t count, size_t *ret_saved, struct ga_error *err)
{
    size_t filled = 0, saved = 0;
    for (size_t i = 0; i < count; i++)
        filled += ga_batch_count_filled(batches[i]);
    if (filled == 0)
        return ga_error_set(err, GA_USAGE, "Nothing is filled in that is not saved yet");
    enum ga_rc rc = look_over(batches, count, err);
    if (rc != GA_OK)
        return rc;
    rc = write_all(batches, count, err);
    for (size_t i = 0; i < count && rc != GA_OK; i++)
        take_names_back(batches[i]);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        saved += finish_saving(batches[i]);
    *ret_saved = saved;
    return GA_OK;
}

enum ga_rc ga_batch_save(struct ga_batch *batch, size_t *ret_saved, struct ga_error *err)
{
    return ga_batches_save(&batch, 1, ret_saved, err);
}
