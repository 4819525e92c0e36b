/* Tells who typed an answer first, who a second time; writes what that came to. */
#include "guanai/store/verify.h"

#include "fold/own.h"
#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "log/saving.h"
#include "record/history_source.h"

#include <stdio.h>
#include <string.h>

static const char *const codes[] = {
    [GA_VERIFY_AGREED] = "agreed", [GA_VERIFY_FIRST] = "first", [GA_VERIFY_SECOND] = "second", [GA_VERIFY_OPEN] = "open"};

/* Columns of GA_SQL_VERIFIED_OF. */
enum { FIELD, OUTCOME, TYPED, REASON, USER, TYPIST, DAY, MS, BY_SAME };

const char *ga_verify_outcome_code(enum ga_verify_outcome outcome)
{
    return codes[outcome];
}

bool ga_verify_is_asked(const struct ga_form *form, const struct ga_field *field)
{
    return field->is_typed_twice && field->parent == NULL && !field->is_retired &&
           ga_field_protect(form, field) < GA_PROTECT_RESTRICTED;
}

bool ga_verify_asks(const struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (ga_verify_is_asked(form, form->all[i]))
            return true;
    return false;
}

static void say_when(char buf[GA_NOTE_WHEN_SIZE], int32_t day, int32_t ms)
{
    char date[GA_DATE_SIZE];
    const unsigned minute = (unsigned)(ms / 60000) % 1440;
    snprintf(buf, GA_NOTE_WHEN_SIZE, "%.10s %02u:%02u", ga_date_iso(ga_date_from_days(day), date), minute / 60, minute % 60);
}

/* Most fields of a row came by the same operation: asked once. */
struct brought {
    int64_t op;
    const char *file;
};

static const char *file_of(struct ga_store *store, int64_t op, struct ga_arena *arena, struct brought *last)
{
    if (last->op != op)
        *last = (struct brought){op, ga_history_file(store, op, arena)};
    return last->file;
}

static void say_typist(struct ga_store *store, const struct ga_own *own, struct ga_arena *arena, struct brought *last,
                       struct ga_verify_field *field)
{
    const struct ga_fold_head *holder = ga_own_holder(own, field->field);
    if (holder == NULL)
        return;
    const struct ga_log_op *origin = ga_own_origin(own, holder, field->field->name, NULL, NULL);
    const struct ga_operation *op = &origin->op;
    field->file = file_of(store, origin->no, arena, last);
    const bool has_typist = op->typist != NULL && op->typist[0] != '\0';
    field->leaf = holder->op->leaf;
    field->typed_by = ga_arena_strdup(arena, has_typist ? op->typist : op->user);
    field->typed_for = has_typist ? ga_arena_strdup(arena, op->user) : NULL;
    say_when(field->typed_when, op->local_day, op->local_ms);
}

static enum ga_rc fold_record(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_own *own,
                              const struct ga_form **ret_form, struct ga_error *err)
{
    struct ga_log_op *ops;
    struct ga_fold_head *heads;
    enum ga_rc rc = ga_log_of_record(store, no, arena, &ops, &own->ops_count, err);
    if (rc != GA_OK)
        return rc;
    if (!ga_fold_has_answers(ops, own->ops_count))
        return ga_error_set(err, GA_NOT_FOUND, "there is no such record");
    ga_fold(ops, own->ops_count, arena, &heads, &own->heads_count);
    own->ops = ops;
    own->heads = heads;
    *ret_form = ga_forms_get(&store->forms, ga_fold_origin(ops, own->ops_count)->op.form, err);
    return *ret_form == NULL ? GA_NOT_FOUND : GA_OK;
}

static void list_answers(struct ga_store *store, const struct ga_own *own, const struct ga_form *form,
                         struct ga_arena *arena, struct ga_verify_field *fields, size_t *ret_count)
{
    struct brought last = {0};
    struct ga_answers answers;
    ga_answers_init(&answers, form);
    ga_fold_answers(own->heads, own->heads_count, &answers, NULL, NULL);
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_answer *answer = &answers.answers[i];
        if (!ga_verify_is_asked(form, form->all[i]) || answer->state != GA_ANSWERED)
            continue;
        struct ga_verify_field *field = &fields[(*ret_count)++];
        *field = (struct ga_verify_field){.field = form->all[i], .value = answer->value, .typed_by = ""};
        if (answer->value.kind == GA_VALUE_TEXT)
            field->value = ga_value_text(ga_arena_strdup(arena, answer->value.text));
        say_typist(store, own, arena, &last, field);
    }
    ga_answers_finish(&answers);
}

static enum ga_verify_outcome outcome_of(const char *code)
{
    for (size_t i = 0; i < GA_COUNT(codes); i++)
        if (ga_str_equal(codes[i], code))
            return (enum ga_verify_outcome)i;
    return GA_VERIFY_OPEN; /* a word of a later program settles nothing here */
}

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    return ga_stmt_column_is_null(stmt, column) ? NULL : ga_arena_strdup(arena, ga_stmt_column_text(stmt, column));
}

static void read_mark(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_verify_field *field)
{
    field->outcome = outcome_of(ga_stmt_column_text(stmt, OUTCOME));
    field->is_left_open = field->outcome == GA_VERIFY_OPEN;
    field->is_verified = !field->is_left_open;
    field->by_same = ga_stmt_column_int(stmt, BY_SAME) != 0;
    field->second = text_at(stmt, TYPED, arena);
    field->reason = text_at(stmt, REASON, arena);
    field->verified_by = text_at(stmt, ga_stmt_column_is_null(stmt, TYPIST) ? USER : TYPIST, arena);
    say_when(field->verified_when, (int32_t)ga_stmt_column_int(stmt, DAY), (int32_t)ga_stmt_column_int(stmt, MS));
}

static enum ga_rc read_marks(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_verify_field *fields,
                             size_t count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_VERIFIED_OF, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (size_t i = 0; i < count; i++)
            if (ga_str_equal(fields[i].field->name, ga_stmt_column_text(stmt, FIELD)))
                read_mark(stmt, arena, &fields[i]);
    return rc;
}

enum ga_rc ga_verify_read(struct ga_store *store, const struct ga_uuid *record, struct ga_arena *arena,
                          struct ga_verify_field **ret_fields, size_t *ret_count, struct ga_error *err)
{
    struct ga_arena ops = {0};
    struct ga_own own = {0};
    const struct ga_form *form = NULL;
    struct ga_verify_field *fields = NULL;
    size_t count = 0;
    int64_t no;
    enum ga_rc rc = ga_record_no(store, record, &no, err);
    if (rc == GA_OK)
        rc = fold_record(store, no, &ops, &own, &form, err);
    if (rc == GA_OK) {
        fields = ga_arena_array(arena, form->all_count, sizeof(*fields));
        list_answers(store, &own, form, arena, fields, &count);
        rc = read_marks(store, no, arena, fields, count, err);
    }
    if (rc == GA_OK) {
        *ret_fields = fields;
        *ret_count = count;
    }
    ga_arena_finish(&ops);
    return rc;
}

enum ga_rc ga_verify_marked(struct ga_store *store, const struct ga_uuid *record, struct ga_arena *arena,
                            const char ***ret_names, size_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t no;
    const char **names = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_record_no(store, record, &no, err);
    if (rc == GA_OK)
        rc = ga_store_stmt(store, GA_SQL_VERIFIED_OF, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        if (outcome_of(ga_stmt_column_text(stmt, OUTCOME)) == GA_VERIFY_OPEN)
            continue;
        if (names == NULL)
            names = ga_arena_array(arena, GA_FORM_FIELDS_MAX, sizeof(*names));
        if (count < GA_FORM_FIELDS_MAX)
            names[count++] = ga_arena_strdup(arena, ga_stmt_column_text(stmt, FIELD));
    }
    *ret_names = names;
    *ret_count = count;
    return rc;
}

static struct ga_operation_field text_field(const char *id, const char *text)
{
    return (struct ga_operation_field){id, {.kind = GA_OPERATION_TEXT, .text = text, .text_len = strlen(text)}};
}

enum ga_rc ga_save_verify(struct ga_save *save, const struct ga_uuid *record, const struct ga_verify_field *field,
                          enum ga_verify_outcome outcome, const char *typed, const char *reason, struct ga_error *err)
{
    struct ga_store *store = ga_save_store(save);
    const struct ga_form *form;
    struct ga_uuid made;
    char id[GA_UUID_TEXT_SIZE], group[GA_UUID_TEXT_SIZE + 12], leaf[GA_HASH_TEXT_SIZE];
    enum ga_rc rc = ga_store_form_of(store, record, &form, err);
    if (rc != GA_OK)
        return rc;
    ga_uuid_make(store->options.clock, store->options.random, &store->last_id, &made);
    snprintf(group, sizeof(group), "_verified/%s", ga_uuid_text(&made, id));
    struct ga_operation_field fields[5] = {text_field("field", field->field->name),
                                           text_field("leaf", ga_hash_text(&field->leaf, leaf)),
                                           text_field("outcome", codes[outcome])};
    size_t count = 3;
    if (reason != NULL && reason[0] != '\0')
        fields[count++] = text_field("reason", reason);
    if (typed != NULL && typed[0] != '\0')
        fields[count++] = text_field("typed", typed);
    const struct ga_own_group own = {group, ga_field_protect(form, field->field), fields, count};
    return ga_save_put_own(save, record, &own, 1, err);
}

enum ga_rc ga_store_verify(struct ga_store *store, const struct ga_uuid *record, const struct ga_verify_field *field,
                           enum ga_verify_outcome outcome, const char *typed, const char *reason, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_verify(save, record, field, outcome, typed, reason, err);
    if (rc == GA_OK && outcome == GA_VERIFY_OPEN && reason != NULL && reason[0] != '\0') /* whoever opens the field reads it */
        rc = ga_save_note(save, record, field->field, NULL, reason, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}
