/* Puts what was typed into a field together with all that follows from it. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/sql/guard.h"
#include "guanai/store/record.h"

#include <stdlib.h>
#include <string.h>

struct looking {
    const char *name;
    bool is_found;
};

static void look_at(void *ctx, const struct ga_guard_name *name)
{
    struct looking *looking = ctx;
    looking->is_found |= name->len == strlen(looking->name) && strncmp(name->text, looking->name, name->len) == 0;
}

bool ga_expr_names(const char *expr, const char *field)
{
    struct looking looking = {.name = field};
    ga_guard_names(expr, look_at, &looking, NULL, NULL);
    return looking.is_found;
}

static const struct ga_answers *child_of(const struct ga_entry *entry)
{
    return entry->child.form == NULL ? NULL : &entry->child;
}

/* Defaults are for new records (rule 9); in a stored one only a new row still gets its own. */
static void apply_defaults(struct ga_entry *entry, const struct ga_field *changed)
{
    const size_t count = entry->is_new ? 0 : entry->form->all_count;
    bool *was_touched = ga_alloc_array(count + 1, sizeof(bool));
    for (size_t i = 0; i < count; i++) {
        was_touched[i] = entry->now.answers[i].is_touched;
        entry->now.answers[i].is_touched = true;
    }
    ga_rules_apply_defaults(entry->session->rules, &entry->now, child_of(entry), changed);
    for (size_t i = 0; i < count; i++)
        entry->now.answers[i].is_touched = was_touched[i];
    free(was_touched);
}

/* Everything that hangs on a changed field of the record, or of `row`; of an added row: on its repeat. */
static void follow(struct ga_entry *entry, const struct ga_field *changed, const struct ga_row *row)
{
    entry->is_changed = true;
    ga_rules_forget_reasons(&entry->now, changed, row);
    apply_defaults(entry, changed->parent != NULL ? changed->parent : changed);
}

/* Fills what is empty, and what an earlier value of the same teller had filled. */
static void take_told(void *ctx, const char *name, const struct ga_value *told)
{
    struct ga_entry *entry = ctx;
    const struct ga_field *field = ga_form_field(entry->form, name);
    if (field == NULL || field->parent != NULL || field->is_retired)
        return;
    struct ga_answer *answer = ga_answers_at(&entry->now, field);
    bool *is_derived = &entry->is_derived[field->index];
    if ((answer->state != GA_EMPTY && !*is_derived) || ga_value_is_same(&answer->value, told))
        return;
    ga_answers_set(&entry->now, field, told);
    *is_derived = true;
    answer->is_touched |= !entry->is_new; /* a draft of a stored record must bring it back */
    follow(entry, field, NULL);
}

/* A record is named by whatever finds it; stored is its id. */
static enum ga_rc parse_record(struct ga_entry *entry, const struct ga_field *field, const char *text,
                               struct ga_value *ret_value, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(entry->session->forms, field->of.text, err);
    struct ga_uuid id;
    if (form == NULL)
        return GA_NOT_FOUND;
    enum ga_rc rc = ga_store_resolve(entry->session->store, form, text, &id, err);
    if (rc != GA_OK)
        return rc;
    char buf[GA_UUID_TEXT_SIZE];
    *ret_value = ga_value_text(ga_arena_strdup(&entry->now.arena, ga_uuid_text(&id, buf)));
    return GA_OK;
}

static enum ga_rc parse_text(struct ga_entry *entry, const struct ga_field *field, const char *text,
                             struct ga_value *ret_value, struct ga_message *ret_warning, struct ga_error *err)
{
    if (text[0] != '\0' && strcmp(field->type->name, "record") == 0 && field->of.text != NULL)
        return parse_record(entry, field, text, ret_value, err);
    const struct ga_parse_context ctx = {.today = entry->session->rules_today, .record = &entry->now, .lang = entry->session->lang};
    return ga_field_parse(field, &ctx, text, &entry->now.arena, ret_value, ret_warning, err);
}

static enum ga_rc refuse_fixed(const struct ga_entry *entry, const struct ga_field *field, struct ga_error *err)
{
    const char *label = ga_label_text(&field->label, entry->session->lang);
    if (field->calculation.text != NULL)
        return ga_error_set(err, GA_REFUSED, "%1 is computed from other fields", label);
    if (field->is_retired)
        return ga_error_set(err, GA_REFUSED, "%1 is no longer asked; what was entered is kept", label);
    return GA_OK;
}

static void set_in_row(struct ga_entry *entry, const struct ga_field *field, struct ga_row *row,
                       const struct ga_answer *answer)
{
    struct ga_answer *into = &row->answers[field->index];
    if (answer->state == GA_ANSWERED || answer->state == GA_EMPTY)
        ga_answers_set_in_row(&entry->now, row, field, &answer->value);
    else
        *into = (struct ga_answer){.state = answer->state};
    into->is_touched = true;
    into->because = NULL;
    follow(entry, field, row);
}

static void set_at_top(struct ga_entry *entry, const struct ga_field *field, const struct ga_answer *answer)
{
    if (answer->state == GA_ANSWERED || answer->state == GA_EMPTY)
        ga_answers_set(&entry->now, field, &answer->value);
    else
        ga_answers_set_state(&entry->now, field, answer->state);
    ga_answers_at(&entry->now, field)->is_touched = true;
    ga_answers_at(&entry->now, field)->because = NULL; /* also the one of a double's number, which no rule names */
    entry->is_derived[field->index] = false;
    follow(entry, field, NULL);
    if (field->type->derive != NULL && answer->state == GA_ANSWERED)
        field->type->derive(field, &answer->value, entry->session->today, take_told, entry);
}

/* Passing through a field without changing it is no answer of the user's. */
static void set_if_other(struct ga_entry *entry, const struct ga_field *field, struct ga_row *row,
                         const struct ga_answer *answer)
{
    const struct ga_answer *old = row != NULL ? &row->answers[field->index] : ga_answers_at(&entry->now, field);
    if (ga_answer_equal(old, answer))
        return;
    if (row != NULL)
        set_in_row(entry, field, row, answer);
    else
        set_at_top(entry, field, answer);
}

enum ga_rc ga_entry_set(struct ga_entry *entry, const struct ga_field *field, struct ga_row *row, const char *text,
                        struct ga_message *ret_warning, struct ga_error *err)
{
    struct ga_answer answer = {.state = GA_EMPTY};
    struct ga_value grade = ga_value_null();
    enum ga_rc rc = refuse_fixed(entry, field, err);
    if (ret_warning != NULL)
        *ret_warning = (struct ga_message){0};
    const int state = text[0] == '?' ? ga_answer_state_parse(text + 1) : -1;
    if (rc == GA_OK && state < 0)
        rc = parse_text(entry, field, text, &answer.value, ret_warning, err);
    if (rc == GA_OK && answer.value.kind == GA_VALUE_TEXT && ga_entry_is_class(entry->form, field))
        rc = ga_entry_read_class(entry, answer.value, &answer.value, &grade, err);
    if (rc != GA_OK)
        return rc;
    if (state >= 0)
        answer.state = (enum ga_answer_state)state;
    else if (answer.value.kind != GA_VALUE_NULL)
        answer.state = GA_ANSWERED;
    set_if_other(entry, field, row, &answer);
    if (grade.kind != GA_VALUE_NULL)
        take_told(entry, "grade", &grade);
    if (ret_warning != NULL && ret_warning->id == NULL && strcmp(field->name, "card_no") == 0)
        ga_entry_card_is_taken(entry, ret_warning); /* said where it is typed; saving refuses it */
    return GA_OK;
}

struct ga_row *ga_entry_add_row(struct ga_entry *entry, const struct ga_field *repeat)
{
    struct ga_uuid id;
    ga_entry_made_row(entry, &id);
    ga_answers_add_row(&entry->now, repeat, id);
    follow(entry, repeat, NULL);
    struct ga_rows *rows = &entry->now.repeats[repeat->index];
    return &rows->rows[rows->count - 1];
}

static void set_gone(struct ga_entry *entry, struct ga_row *row, bool is_gone)
{
    row->is_gone = is_gone;
    for (size_t i = 0; i < entry->form->all_count; i++) {
        const struct ga_rows *rows = &entry->now.repeats[i];
        if (row >= rows->rows && row < rows->rows + rows->count)
            follow(entry, entry->form->all[i], NULL);
    }
}

void ga_entry_drop_row(struct ga_entry *entry, struct ga_row *row)
{
    set_gone(entry, row, true);
}

void ga_entry_take_row_back(struct ga_entry *entry, struct ga_row *row)
{
    set_gone(entry, row, false);
}

static const char *keep_reason(struct ga_entry *entry, const char *reason)
{
    entry->is_changed = true;
    return ga_arena_strdup(&entry->now.arena, reason);
}

void ga_entry_because(struct ga_entry *entry, const struct ga_field *field, const char *reason)
{
    if (reason == NULL || reason[0] == '\0')
        return;
    if (field->parent == NULL) {
        ga_answers_at(&entry->now, field)->because = keep_reason(entry, reason);
        return;
    }
    struct ga_rows *rows = &entry->now.repeats[field->parent->index];
    for (size_t r = 0; r < rows->count; r++)
        rows->rows[r].answers[field->index].because = keep_reason(entry, reason);
}
