/* Checks the rows of a sheet, saves them in one transaction. */
#include "batch_inner.h"

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

size_t ga_batch_findings(const struct ga_batch *batch, struct ga_vec *ret_findings)
{
    ga_vec_clear(ret_findings);
    for (size_t i = 0; i < batch->rows.len; i++) {
        if (!ga_batch_is_filled(batch, i))
            continue;
        const struct ga_vec *found = &ga_batch_row(batch, i)->entry->findings;
        for (size_t f = 0; f < found->len; f++)
            *(struct ga_batch_finding *)ga_vec_push(ret_findings) =
                (struct ga_batch_finding){.row = i, .finding = GA_VEC_AT(const struct ga_finding, found, f)};
    }
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
static enum ga_rc note_last(struct ga_batch *batch, const struct ga_entry *last, struct ga_error *err)
{
    char name[256], id[GA_UUID_TEXT_SIZE];
    ga_prefill_setting(name, sizeof(name), batch->form, ga_store_user(batch->session->store));
    return ga_store_set_setting(batch->session->store, name, ga_uuid_text(&last->now.id, id), err);
}

static enum ga_rc put_rows(struct ga_batch *batch, struct ga_save *save, const struct ga_entry **ret_last,
                           struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    bool is_changed;
    for (size_t i = 0; i < batch->rows.len && rc == GA_OK; i++) {
        if (!ga_batch_is_filled(batch, i))
            continue;
        const struct ga_save_record record = {.after = &ga_batch_row(batch, i)->entry->now};
        rc = ga_save_put(save, &record, &is_changed, err);
        if (rc == GA_OK)
            rc = ga_save_follow_move(save, &record, &is_changed, err);
        *ret_last = ga_batch_row(batch, i)->entry;
    }
    return rc;
}

/* Records, the end of the draft, what is remembered: one transaction, one sync. */
static enum ga_rc write_all(struct ga_batch *batch, const struct ga_entry **ret_last, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(batch->session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = put_rows(batch, save, ret_last, err);
    if (rc == GA_OK && batch->draft_no != 0)
        rc = ga_draft_drop(batch->session->store, batch->draft_no, err);
    if (rc == GA_OK)
        rc = note_last(batch, *ret_last, err);
    if (rc == GA_OK)
        rc = ga_batch_remember_children(batch, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

/* Nothing of it is there: records not made have no names. */
static void take_names_back(struct ga_batch *batch)
{
    for (size_t i = 0; i < batch->rows.len; i++)
        if (ga_batch_is_filled(batch, i))
            ga_batch_row(batch, i)->entry->now.id = (struct ga_uuid){0};
}

static size_t mark_saved(struct ga_batch *batch)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->rows.len; i++) {
        struct ga_batch_row *row = ga_batch_row(batch, i);
        if (!ga_batch_is_filled(batch, i))
            continue;
        row->is_saved = true;
        row->entry->is_new = false;
        row->entry->is_changed = false;
        count++;
    }
    return count;
}

enum ga_rc ga_batch_save(struct ga_batch *batch, size_t *ret_saved, struct ga_error *err)
{
    const struct ga_entry *last = NULL;
    if (ga_batch_count_filled(batch) == 0)
        return ga_error_set(err, GA_USAGE, "Nothing is filled in that is not saved yet");
    compute(batch);
    if (!ga_batch_check(batch)) {
        struct ga_vec findings;
        ga_vec_init(&findings, sizeof(struct ga_batch_finding));
        size_t count = ga_batch_findings(batch, &findings);
        ga_vec_finish(&findings);
        return ga_error_set(err, GA_REFUSED, "not saved yet: %1 things to look at", GA_NUM(count));
    }
    enum ga_rc rc = write_all(batch, &last, err);
    if (rc != GA_OK) {
        take_names_back(batch);
        return rc;
    }
    ga_sitting_remember(batch->session->sitting, ga_store_user(batch->session->store), &last->now);
    batch->draft_no = 0;
    batch->is_changed = false;
    *ret_saved = mark_saved(batch);
    return GA_OK;
}
