/* Gives every row of the file its verdict. */
#include "inner.h"

#include "guanai/base/map.h"
#include "guanai/base/num.h"

#include <string.h>

bool ga_read_child(struct ga_import *import, const struct ga_uuid *child, struct ga_answers *ret)
{
    return import->rules_name_child && child != NULL && !ga_uuid_is_zero(child) &&
           ga_store_read(import->tools.store, import->child, child, ret, NULL, NULL) == GA_OK;
}

uint32_t ga_sum_heads(const struct ga_heads *heads)
{
    struct ga_str packed = {0};
    ga_heads_pack(heads, &packed);
    const uint64_t sum = ga_map_hash(ga_str_text(&packed), packed.len);
    ga_str_finish(&packed);
    return (uint32_t)(sum ^ sum >> 32);
}

/* What is missing in a row of a record that is there already is missing in the row only. */
static size_t add_finding(struct ga_import *import, struct reading *reading, const struct ga_finding *finding,
                          bool is_new)
{
    const bool bars = ga_finding_bars_saving(finding);
    const bool is_missing = finding->kind == GA_FINDING_REQUIRED || finding->kind == GA_FINDING_GAP ||
                            finding->kind == GA_FINDING_PLEASE;
    if (!is_new && is_missing)
        return 0;
    struct ga_str words = {0};
    ga_finding_text(finding, import->lang, &words);
    ga_message_set(ga_add_message(bars ? &reading->faults : &reading->notes), "%1", ga_str_text(&words));
    ga_str_finish(&words);
    return finding->kind == GA_FINDING_GAP;
}

size_t ga_check_row(struct ga_import *import, struct reading *reading, const struct ga_uuid *child_id, bool is_new)
{
    struct ga_answers child;
    struct ga_vec findings;
    size_t gaps = 0;
    const bool has_child = ga_read_child(import, child_id, &child);
    const struct ga_rule_place place = {.record = &reading->own, .child = has_child ? &child : NULL};
    ga_vec_init(&findings, sizeof(struct ga_finding));
    if (is_new) {
        ga_apply_imports(import, &reading->own, place.child);
        ga_rules_apply_calculations(import->tools.rules, &reading->own, place.child);
    }
    ga_rules_check(import->tools.rules, &place, GA_CHECK_IMPORT, &findings, NULL);
    for (size_t i = 0; i < findings.len; i++)
        gaps += add_finding(import, reading, GA_VEC_AT(struct ga_finding, &findings, i), is_new);
    ga_vec_finish(&findings);
    if (has_child)
        ga_answers_finish(&child);
    return gaps;
}

enum ga_rc ga_import_step(const struct ga_progress *progress, size_t row, int64_t done, int64_t total,
                          struct ga_error *err)
{
    if (progress == NULL || progress->step == NULL || row % STEP_ROWS != 0)
        return GA_OK;
    return progress->step(progress->ctx, done, total)
               ? GA_OK
               : ga_error_set(err, GA_CANCELLED, "stopped; nothing was written");
}

enum ga_rc ga_import_read_step(const struct ga_import *import, const struct ga_progress *progress, size_t row,
                               struct ga_error *err)
{
    int64_t done, total;
    ga_source_progress(import, &done, &total);
    return ga_import_step(progress, row, done, total, err);
}

/* The row means a record that an earlier row means: equal, or to be compared later with that row. */
static void plan_double(struct ga_import *import, struct planned *planned, uint32_t row)
{
    const struct planned *first = GA_SHELF_AT(struct planned, import->rows, row - 1);
    planned->first = row;
    planned->verdict = GA_VERDICT_SAME;
    planned->is_open = first->sum != planned->sum;
}

static void refuse(struct ga_import *import, const struct reading *reading, struct planned *planned, size_t i)
{
    planned->verdict = GA_VERDICT_REFUSED;
    ga_refusal_keep(import, reading, i);
}

static enum ga_rc plan_known(struct ga_import *import, struct reading *reading, struct planned *planned,
                             size_t record, size_t i, struct ga_error *err)
{
    struct meeting meeting = {0};
    planned->target = ga_keys_at(&import->records, record)->id;
    ga_recall_row(import, planned, &reading->own, i);
    import->deciding = i + 1;
    enum ga_rc rc = ga_meet(import, reading, &planned->target, &meeting, NULL, err);
    import->deciding = 0;
    if (rc != GA_OK)
        return rc;
    if (meeting.merge.taken > 0 && ga_row_is_barred(import, reading, &meeting.after, &meeting.before)) {
        refuse(import, reading, planned, i);
        ga_meeting_finish(&meeting);
        return GA_OK;
    }
    ga_keys_set_row(&import->records, record, (uint32_t)i + 1);
    planned->verdict = (uint8_t)ga_verdict_of(meeting.merge);
    planned->is_written = meeting.merge.taken > 0;
    planned->takes_change = meeting.merge.takes_change;
    planned->heads = ga_sum_heads(meeting.heads);
    ga_returns_note(import, planned);
    ga_meeting_finish(&meeting);
    return GA_OK;
}

static void plan_new(struct ga_import *import, struct planned *planned, const struct match *match,
                     const struct ga_answers *row, size_t i)
{
    struct known known = match->row;
    if (strcmp(import->form->name, "child") == 0)
        ga_alikes_take(&import->alikes, row, i);
    planned->target = match->child;
    planned->verdict = GA_VERDICT_NEW;
    planned->is_written = true;
    if (import->mode == GA_IMPORT_APPEND)
        return;
    known.row = (uint32_t)i + 1;
    ga_keys_add(&import->records, &known);
}

static enum ga_rc plan_row(struct ga_import *import, const struct ga_sheet_row *row, struct reading *reading,
                           struct planned *planned, size_t i, struct ga_error *err)
{
    struct match match;
    ga_read_row(import, row, reading);
    planned->row = (uint32_t)row->number;
    planned->sheet = (uint8_t)import->at_sheet;
    planned->sum = (uint32_t)(reading->sum ^ reading->sum >> 32);
    ga_numbers_note(import, &reading->own);
    ga_match_row(import, reading, &match);
    size_t gaps = 0;
    ga_late_note(&import->late, &reading->own);
    if (reading->faults.len == 0)
        gaps = ga_check_row(import, reading, &match.child, match.record == 0);
    if (reading->faults.len > 0 || (match.record == 0 && ga_row_is_barred(import, reading, &reading->own, NULL))) {
        refuse(import, reading, planned, i);
        return GA_OK;
    }
    const uint32_t first = match.record == 0 ? 0 : ga_keys_at(&import->records, match.record)->row;
    if (first == 0)
        ga_notes_add(import, &reading->notes, row->number);
    if (match.record == 0) {
        import->gaps += gaps;
        plan_new(import, planned, &match, &reading->own, i);
    } else if (first != 0) {
        plan_double(import, planned, first);
        ga_recall_row(import, planned, &reading->own, i);
    } else {
        return plan_known(import, reading, planned, match.record, i, err);
    }
    return GA_OK;
}

static enum ga_rc load_keys(struct ga_import *import, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    ga_keys_finish(&import->records);
    ga_keys_finish(&import->children);
    ga_keys_init(&import->records, import->form, import);
    if (import->mode != GA_IMPORT_APPEND)
        rc = ga_keys_load(&import->records, import->tools.store, err);
    if (rc == GA_OK && import->child != NULL) {
        ga_keys_init(&import->children, import->child, import);
        rc = ga_keys_load(&import->children, import->tools.store, err);
    }
    return rc;
}

static void forget(struct ga_import *import)
{
    ga_differences_gather(import);
    ga_recall_note(import, import);
    ga_vec_clear(&import->differences);
    ga_shelf_clear(import->rows);
    ga_spill_finish(&import->spill);
    ga_vec_clear(&import->refusals);
    ga_arena_finish(&import->refusal_texts);
    ga_notes_clear(import);
    ga_alikes_clear(&import->alikes);
    import->gaps = 0;
    import->highest_number = 0;
    import->is_planned = false;
    memset(import->counts, 0, sizeof(import->counts));
}

/* What may be written is read once: reading and checking a row costs more than all SQLite does with it. */
static enum ga_rc keep_row(struct ga_import *import, struct reading *reading, struct planned *planned,
                           struct ga_error *err)
{
    const bool may_be_taken = planned->verdict == GA_VERDICT_CHANGES || planned->verdict == GA_VERDICT_FILLS;
    planned->is_kept = planned->is_written || planned->is_open || may_be_taken;
    if (!planned->is_kept)
        return GA_OK;
    if (planned->verdict == GA_VERDICT_NEW)
        ga_late_empty(&import->late, &reading->own);
    return ga_spill_put(&import->spill, &reading->own, err);
}

static enum ga_rc plan_rows(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err)
{
    struct reading reading = {0};
    const struct ga_sheet_row *row = NULL;
    enum ga_rc rc = ga_source_rewind(import, err);
    import->is_planning = true;
    for (size_t i = 0; rc == GA_OK; i++) {
        rc = ga_import_read_step(import, progress, i, err);
        if (rc == GA_OK)
            rc = ga_source_next(import, &row, err);
        if (rc != GA_OK || row == NULL)
            break;
        struct planned planned = {0};
        rc = plan_row(import, row, &reading, &planned, i, err);
        if (rc == GA_OK)
            rc = keep_row(import, &reading, &planned, err);
        *(struct planned *)ga_shelf_push(import->rows) = planned;
    }
    import->is_planning = false;
    ga_reading_finish(&reading);
    return rc;
}

/* Room for what comes after. */
static enum ga_rc forget_keys(struct ga_import *import, struct ga_error *err)
{
    enum ga_rc rc = ga_keys_check(&import->records, err);
    if (rc == GA_OK)
        rc = ga_keys_check(&import->children, err);
    ga_keys_finish(&import->records);
    ga_keys_finish(&import->children);
    return rc;
}

static enum ga_rc count_verdicts(struct ga_import *import, struct ga_error *err)
{
    for (size_t i = 0; i < import->rows->len; i++)
        import->counts[GA_SHELF_AT(struct planned, import->rows, i)->verdict]++;
    return ga_shelf_check(import->rows, err);
}

/* What was decided an earlier time of a value that the archive has no longer is asked again. */
static enum ga_rc compare_kept(struct ga_import *import, struct ga_error *err)
{
    struct ga_error own = {0};
    while (ga_import_read_differences(import, &own))
        continue;
    if (own.rc == GA_OK)
        ga_differences_settle(import);
    else if (err != NULL)
        *err = own;
    return own.rc;
}

enum ga_rc ga_import_plan(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err)
{
    forget(import);
    ga_spill_start(&import->spill, import->tools.io, import->tools.folder);
    enum ga_rc rc = load_keys(import, err);
    if (rc == GA_OK)
        rc = ga_returns_load(import, err);
    if (rc == GA_OK)
        rc = plan_rows(import, progress, err);
    if (rc == GA_OK)
        rc = forget_keys(import, err);
    if (rc == GA_OK)
        rc = ga_resolve_doubles(import, progress, err);
    if (rc == GA_OK)
        rc = ga_alikes_find(import, err);
    if (rc == GA_OK)
        rc = count_verdicts(import, err);
    if (rc == GA_OK)
        ga_origin_sum(import);
    if (rc == GA_OK && import->has_kept_decisions)
        rc = compare_kept(import, err);
    if (rc != GA_OK) {
        forget(import);
        return rc;
    }
    import->is_planned = true;
    return GA_OK;
}
