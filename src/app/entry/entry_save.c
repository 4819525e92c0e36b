/* Checks a record that is being filled in, keeps it as a draft, saves it. */
#include "private.h"

#include "guanai/app/appraisal.h"
#include "guanai/app/county.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/store/life.h"
#include "guanai/store/record.h"
#include "guanai/store/save.h"

#include <stdio.h>
#include <string.h>

static bool has_changed(const struct ga_entry *entry, const struct ga_field *field)
{
    return !ga_answer_equal(ga_answers_at(&entry->now, field), ga_answers_at(&entry->before, field));
}

static bool is_same_row(const struct ga_row *a, const struct ga_row *b, size_t fields_count)
{
    for (size_t f = 0; f < fields_count; f++)
        if (!ga_answer_equal(&a->answers[f], &b->answers[f]))
            return false;
    return a->is_gone == b->is_gone;
}

/* The row as it was when the record was opened, unchanged since? */
static bool is_old_row(const struct ga_entry *entry, const struct ga_field *repeat, const struct ga_row *row)
{
    const struct ga_rows *rows = &entry->before.repeats[repeat->index];
    for (size_t r = 0; r < rows->count; r++)
        if (ga_uuid_compare(&rows->rows[r].id, &row->id) == 0)
            return is_same_row(&rows->rows[r], row, repeat->fields.count);
    return false;
}

/* Does the warning name a field of the record that was changed? From inside a row it is parent.NAME. */
static bool names_changed(const struct ga_entry *entry, const struct ga_field *warned)
{
    for (size_t i = 0; i < entry->form->all_count; i++) {
        const struct ga_field *field = entry->form->all[i];
        char name[80];
        if (field->type->storage == GA_STORE_ROWS || !has_changed(entry, field))
            continue;
        snprintf(name, sizeof(name), "%s%s", warned->parent != NULL ? "parent." : "", field->name);
        if (field == warned || ga_expr_names(warned->warn.text, name))
            return true;
    }
    return false;
}

/* Of a stored record an old warning is not asked again: only one about what was changed now. */
static bool is_old_warning(const struct ga_entry *entry, const struct ga_finding *finding)
{
    if (entry->is_new || finding->kind != GA_FINDING_WARN || names_changed(entry, finding->field))
        return false;
    return finding->row == NULL || is_old_row(entry, finding->field->parent, finding->row);
}

static bool is_about(const struct ga_finding *finding, const struct ga_field *field, const struct ga_row *row)
{
    const struct ga_field *of = finding->field;
    if (finding->kind != GA_FINDING_CONSTRAINT && finding->kind != GA_FINDING_WARN)
        return false;
    if (of == field)
        return finding->row == row;
    const struct ga_yaml_text *rule = finding->kind == GA_FINDING_CONSTRAINT ? &of->constraint : &of->warn;
    return finding->row == row && of->parent == field->parent && ga_expr_names(rule->text, field->name);
}

static void forget(struct ga_entry *entry, const struct ga_field *field, const struct ga_row *row)
{
    for (size_t i = entry->findings.len; i > 0; i--)
        if (is_about(GA_VEC_AT(const struct ga_finding, &entry->findings, i - 1), field, row))
            ga_vec_remove(&entry->findings, i - 1);
}

const struct ga_finding *ga_entry_look_at(struct ga_entry *entry, const struct ga_field *field, const struct ga_row *row)
{
    const struct ga_rule_place place = ga_entry_place(entry);
    struct ga_vec found;
    forget(entry, field, row);
    const size_t before = entry->findings.len;
    ga_vec_init(&found, sizeof(struct ga_finding));
    ga_rules_check(entry->session->rules, &place, entry->mode, &found, NULL);
    for (size_t i = 0; i < found.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, &found, i);
        if (is_about(finding, field, row) && !is_old_warning(entry, finding))
            *(struct ga_finding *)ga_vec_push(&entry->findings) = *finding;
    }
    ga_vec_finish(&found);
    return entry->findings.len > before ? GA_VEC_AT(const struct ga_finding, &entry->findings, before) : NULL;
}

bool ga_entry_check(struct ga_entry *entry)
{
    const struct ga_rule_place place = ga_entry_place(entry);
    bool is_free = true;
    ga_vec_clear(&entry->findings);
    if (ga_rules_check(entry->session->rules, &place, entry->mode, &entry->findings, NULL) != GA_OK)
        return false;
    for (size_t i = entry->findings.len; i > 0; i--) {
        const struct ga_finding *finding = GA_VEC_AT(struct ga_finding, &entry->findings, i - 1);
        if (is_old_warning(entry, finding))
            ga_vec_remove(&entry->findings, i - 1);
        else if (ga_finding_bars_saving(finding) || finding->kind == GA_FINDING_WARN)
            is_free = false;
    }
    const bool is_double = ga_entry_find_double(entry); /* first: it empties what is said */
    return !ga_entry_find_card(entry) && !is_double && is_free;
}

void ga_entry_set_half(struct ga_entry *entry, const struct ga_uuid *row, const char *text)
{
    entry->row = row != NULL ? *row : (struct ga_uuid){0};
    if (strcmp(ga_str_text(&entry->half), text) == 0)
        return;
    ga_str_clear(&entry->half);
    ga_str_add(&entry->half, text);
    entry->is_changed = true;
}

enum ga_rc ga_entry_keep_draft(struct ga_entry *entry, const char *field, struct ga_error *err)
{
    if (!entry->is_changed)
        return GA_OK;
    struct ga_store *store = entry->session->store;
    struct ga_draft draft = {.no = entry->draft_no,
                             .answers = entry->now,
                             .heads = entry->heads,
                             .row = entry->row,
                             .half = ga_str_text(&entry->half),
                             .notes = entry->notes.items,
                             .notes_count = entry->notes.len};
    ga_str_copy(draft.field, sizeof(draft.field), field == NULL ? "" : field);
    ga_str_copy(draft.user, sizeof(draft.user), ga_store_user(store));
    enum ga_rc rc = ga_draft_save(store, &draft, err);
    entry->now = draft.answers; /* the same answers: its arena may have grown */
    if (rc != GA_OK)
        return rc;
    entry->draft_no = draft.no;
    entry->is_changed = false;
    return GA_OK;
}

enum ga_rc ga_entry_drop_draft(struct ga_entry *entry, struct ga_error *err)
{
    if (entry->draft_no == 0)
        return GA_OK;
    enum ga_rc rc = ga_draft_drop(entry->session->store, entry->draft_no, err);
    if (rc == GA_OK)
        entry->draft_no = 0;
    return rc;
}

static bool are_same_rows(const struct ga_rows *a, const struct ga_rows *b, const struct ga_field *repeat)
{
    if (a->count != b->count)
        return false;
    for (size_t r = 0; r < a->count; r++)
        if (ga_uuid_compare(&a->rows[r].id, &b->rows[r].id) != 0 ||
            !is_same_row(&a->rows[r], &b->rows[r], repeat->fields.count))
            return false;
    return true;
}

static bool differs(const struct ga_answers *a, const struct ga_answers *b)
{
    for (size_t i = 0; i < a->form->all_count; i++)
        if (!ga_answer_equal(&a->answers[i], &b->answers[i]) ||
            !are_same_rows(&a->repeats[i], &b->repeats[i], a->form->all[i]))
            return true;
    return false;
}

/*
 * The draft's answers over the record as it is now: what the user has not touched is as others left it
 * since, so that it is not written back. Heads are the draft's: what he did touch replaces what stood
 * when he opened the form.
 */
static void put_over(struct ga_entry *entry, const struct ga_draft *draft)
{
    ga_answers_finish(&entry->now);
    ga_answers_copy(&entry->now, &draft->answers);
    if (entry->is_new)
        return;
    for (size_t i = 0; i < entry->form->all_count; i++)
        if (!entry->now.answers[i].is_touched && entry->form->all[i]->fields.count == 0) {
            const struct ga_answer *stored = &entry->before.answers[i];
            ga_answers_set(&entry->now, entry->form->all[i], &stored->value);
            entry->now.answers[i].state = stored->state;
        }
    ga_heads_destroy(entry->heads);
    entry->heads = ga_heads_copy(draft->heads);
}

enum ga_rc ga_entry_resume(struct ga_session *session, int64_t draft_no, struct ga_entry **ret_entry,
                           char ret_field[64], struct ga_error *err)
{
    struct ga_draft draft;
    struct ga_entry *entry;
    enum ga_rc rc = ga_draft_open(session->store, draft_no, &draft, err);
    if (rc != GA_OK)
        return rc;
    const bool is_new = ga_uuid_is_zero(&draft.answers.id) || draft.heads == NULL;
    if (is_new)
        rc = ga_entry_new(session, draft.answers.form->name, &draft.answers.child, &entry, err);
    else
        rc = ga_entry_open(session, &draft.answers.id, &entry, err);
    if (rc != GA_OK) {
        ga_draft_finish(&draft);
        return rc;
    }
    put_over(entry, &draft);
    entry->draft_no = draft_no;
    entry->row = draft.row;
    ga_str_add(&entry->half, draft.half);
    ga_entry_take_notes(entry, draft.notes, draft.notes_count);
    if (ret_field != NULL)
        ga_str_copy(ret_field, 64, draft.field);
    ga_draft_finish(&draft);
    *ret_entry = entry;
    return GA_OK;
}

/* The record, its draft's end and the note for prefill in one transaction: one sync. */
static enum ga_rc write_all(struct ga_entry *entry, bool *ret_changed, struct ga_error *err)
{
    struct ga_store *store = entry->session->store;
    const struct ga_save_record record = ga_entry_record(entry);
    struct ga_save *save;
    char name[256], id[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_put(save, &record, ret_changed, err);
    if (rc == GA_OK)
        rc = ga_save_follow_move(save, &record, ret_changed, err);
    if (rc == GA_OK)
        rc = ga_entry_write_notes(entry, save, err);
    if (rc == GA_OK && entry->second != NULL)
        rc = ga_entry_mark_second(entry, save, err);
    if (entry->draft_no != 0)
        ga_save_end_draft(save, entry->draft_no);
    ga_prefill_setting(name, sizeof(name), entry->form, ga_store_user(store));
    if (rc == GA_OK && entry->is_new && *ret_changed)
        ga_save_set_after(save, name, ga_uuid_text(&entry->now.id, id));
    return ga_app_end_save(save, rc, err);
}

/* What is stored now is what the next change is compared with. */
static enum ga_rc reread(struct ga_entry *entry, struct ga_error *err)
{
    struct ga_answers stored;
    struct ga_heads *heads = NULL;
    enum ga_rc rc = ga_store_read(entry->session->store, entry->form, &entry->now.id, &stored, &heads, err);
    if (rc != GA_OK)
        return rc;
    ga_heads_destroy(entry->heads);
    ga_answers_finish(&entry->before);
    entry->heads = heads;
    entry->before = stored;
    return GA_OK;
}

/* What the next one begins with is what this user wrote last, mended since or not; not a colleague's looked through. */
static void remember(struct ga_entry *entry)
{
    struct ga_sitting *sitting = entry->session->sitting;
    const char *user = ga_store_user(entry->session->store);
    const struct ga_answers *last = ga_sitting_last(sitting, user, entry->form->name);
    if (entry->is_new || (last != NULL && ga_uuid_compare(&last->id, &entry->now.id) == 0))
        ga_sitting_remember(sitting, user, &entry->now);
}

/* A county hands nothing back: what it changed would be true there alone. */
static enum ga_rc leave_to_school(const struct ga_entry *entry, struct ga_error *err)
{
    struct ga_session *session = entry->session;
    char school[GA_SCHOOL_CODE_SIZE] = "";
    const enum ga_rc rc = entry->is_new ? GA_OK : ga_school_of_id(session->store, &entry->now.id, school, err);
    if (rc != GA_OK || school[0] == '\0' || !differs(&entry->now, &entry->before))
        return rc;
    return ga_error_set(err, GA_DENIED, "this was written by %1: it is changed on the school's own computer, a county only reads it",
                        ga_county_school_name(session, school));
}

enum ga_rc ga_entry_save(struct ga_entry *entry, bool *ret_changed, struct ga_error *err)
{
    struct ga_session *session = entry->session;
    bool is_changed = false;
    ga_rules_apply_calculations(session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child);
    if (!ga_entry_check(entry))
        return ga_error_set(err, GA_REFUSED, "not saved yet: %1 things to look at", GA_NUM(entry->findings.len));
    enum ga_rc rc = leave_to_school(entry, err);
    if (rc == GA_OK)
        rc = ga_appraisal_guard(entry, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_uuid no_id = entry->now.id;
    if (entry->is_new || entry->draft_no != 0 || differs(&entry->now, &entry->before)) {
        rc = write_all(entry, &is_changed, err);
        if (rc != GA_OK) {
            entry->now.id = no_id; /* nothing of it is there: a record not made has no name */
            return rc;
        }
    }
    if (entry->is_new)
        ga_entry_count_doubles(entry);
    entry->draft_no = 0;
    entry->is_changed = false;
    ga_vec_clear(&entry->notes);
    if (ret_changed != NULL)
        *ret_changed = is_changed;
    remember(entry);
    entry->is_new = false;
    return reread(entry, err);
}
