/* Writes an operation as its one sequence of bytes. */
#include "guanai/store/operation.h"

#include "guanai/base/num.h"
#include "guanai/store/naming.h"
#include "guanai/store/wire.h"
#include "guanai/text/translate.h"

#include <string.h>

static const char WRONG_REPLACED[] = GA_N_("What a change replaces must be in order and all of it used");

/* Which of the replaced hashes some group names. */
struct encoder {
    const struct ga_operation *operation;
    struct ga_str *out;
    struct ga_error *err;
    uint64_t format;
    struct ga_str names; /* the values that are no part of the payload */
    size_t fields;
    uint64_t is_used[(GA_OPERATION_REPLACED_MAX + 63) / 64];
};

static enum ga_rc refuse_header(struct encoder *encoder, const char *sentence)
{
    return ga_error_set(encoder->err, GA_REFUSED, sentence);
}

static enum ga_rc refuse(struct encoder *encoder, const char *id)
{
    return ga_error_set(encoder->err, GA_REFUSED, "“%1” cannot be stored in an operation like this", id);
}

static enum ga_rc too_big(struct encoder *encoder, const char *id)
{
    return ga_error_set(encoder->err, GA_TOO_BIG, "“%1” is too long to be stored", id);
}

static bool is_user(const char *text, size_t len)
{
    return len <= GA_OPERATION_USER_MAX && ga_wire_is_text(text, len);
}

static enum ga_rc check_header(struct encoder *encoder, const char *typist)
{
    const struct ga_operation *op = encoder->operation;
    struct ga_wire_moment moment = {op->local_day, op->local_ms, op->utc_offset_min};
    if (op->is_opaque || op->kind != GA_OPERATION_PUT || op->protection > GA_OPERATION_RESTRICTED)
        return refuse_header(encoder, GA_N_("This kind of change cannot be stored"));
    if (op->form == NULL || !ga_operation_is_id(op->form) || op->form_version < 1 ||
        op->form_version > INT32_MAX)
        return refuse_header(encoder,
                             GA_N_("A change cannot be stored without its form and the form's version"));
    if (op->user == NULL || op->user[0] == '\0' || !is_user(op->user, strlen(op->user)) ||
        !is_user(typist, strlen(typist)))
        return refuse_header(encoder, GA_N_("A change cannot be stored under this user's name"));
    if (!ga_wire_is_moment(&moment))
        return refuse_header(encoder, GA_N_("A change cannot be stored with this date and time"));
    return GA_OK;
}

static void put_header(struct encoder *encoder, const char *typist)
{
    const struct ga_operation *op = encoder->operation;
    struct ga_wire_moment moment = {op->local_day, op->local_ms, op->utc_offset_min};
    struct ga_str *out = encoder->out;
    ga_str_reserve(out, 1024); /* more than three texts, two hashes and all numbers need */
    ga_wire_put_varint(out, encoder->format);
    size_t length_at = out->len;
    out->len += 2;
    ga_wire_put_varint(out, op->kind);
    ga_wire_put_varint(out, op->is_clock_in_doubt);
    ga_wire_put_varint(out, op->protection);
    ga_wire_put_bytes(out, op->record.bytes, sizeof(op->record.bytes));
    ga_wire_put_text(out, op->form, strlen(op->form));
    ga_wire_put_varint(out, op->form_version);
    ga_wire_put_bytes(out, op->form_hash.bytes, GA_HASH_BYTES);
    ga_wire_put_text(out, op->user, strlen(op->user));
    ga_wire_put_text(out, typist, strlen(typist));
    ga_wire_put_moment(out, &moment);
    size_t bytes = out->len - length_at - 2;
    out->data[length_at] = (char)(bytes & 0xFF);
    out->data[length_at + 1] = (char)(bytes >> 8);
}

static enum ga_rc put_replaced(struct encoder *encoder)
{
    const struct ga_operation *op = encoder->operation;
    if (op->replaced_count > GA_OPERATION_REPLACED_MAX)
        return ga_error_set(encoder->err, GA_TOO_BIG, "An operation replaces more than %1 others",
                            GA_NUM(GA_OPERATION_REPLACED_MAX));
    for (size_t i = 1; i < op->replaced_count; i++)
        if (ga_hash_compare(&op->replaced[i - 1], &op->replaced[i]) >= 0)
            return refuse_header(encoder, WRONG_REPLACED);
    ga_str_reserve(encoder->out, GA_WIRE_VARINT_MAX_BYTES + op->replaced_count * GA_HASH_BYTES);
    ga_wire_put_varint(encoder->out, op->replaced_count);
    if (op->replaced_count > 0)
        ga_wire_put_bytes(encoder->out, op->replaced, op->replaced_count * GA_HASH_BYTES);
    return GA_OK;
}

/* Inline, because it is asked for every name and value while there is nearly always room. */
static inline void make_room(struct ga_str *out, size_t bytes)
{
    if (out->cap - out->len <= bytes)
        ga_str_reserve(out, bytes);
}

static enum ga_rc put_text_value(struct encoder *encoder, const struct ga_operation_field *field)
{
    const struct ga_operation_value *value = &field->value;
    bool is_decimal = value->kind == GA_OPERATION_DECIMAL;
    if (value->text_len > (is_decimal ? (size_t)GA_OPERATION_DECIMAL_MAX : (size_t)GA_OPERATION_TEXT_MAX))
        return too_big(encoder, field->id);
    if (value->text == NULL || value->text_len == 0 ||
        !(is_decimal ? ga_wire_is_decimal : ga_wire_is_text)(value->text, value->text_len))
        return refuse(encoder, field->id);
    make_room(encoder->out, GA_WIRE_VARINT_MAX_BYTES + value->text_len);
    ga_wire_put_text(encoder->out, value->text, value->text_len);
    return GA_OK;
}

/* Room for the number is there: a group and a field reserve it with their names. */
static enum ga_rc put_open_value(struct encoder *encoder, const struct ga_operation_field *field)
{
    enum ga_operation_value_kind kind = field->value.kind;
    if (kind > GA_OPERATION_DECIMAL)
        return refuse(encoder, field->id);
    encoder->out->data[encoder->out->len++] = (char)kind;
    if (kind == GA_OPERATION_INTEGER)
        ga_wire_put_zigzag(encoder->out, field->value.integer);
    return kind >= GA_OPERATION_TEXT ? put_text_value(encoder, field) : GA_OK;
}

static enum ga_rc put_name(struct encoder *encoder, const struct ga_operation_field *field)
{
    struct ga_str *payload = encoder->out;
    make_room(&encoder->names, 2 * GA_WIRE_VARINT_MAX_BYTES);
    encoder->out = &encoder->names;
    const enum ga_rc rc = put_open_value(encoder, field);
    encoder->out = payload;
    return rc;
}

static enum ga_rc put_value(struct encoder *encoder, const struct ga_operation_field *field)
{
    const bool is_withheld = field->value.kind == GA_OPERATION_WITHHELD;
    if (++encoder->fields > GA_OPERATION_FIELDS_MAX)
        return too_big(encoder, field->id);
    if (is_withheld != (field->value.is_naming && encoder->operation->is_nameless))
        return refuse(encoder, field->id);
    if (!field->value.is_naming)
        return put_open_value(encoder, field);
    encoder->out->data[encoder->out->len++] = GA_OPERATION_WITHHELD;
    return is_withheld ? GA_OK : put_name(encoder, field);
}

static enum ga_rc put_fields(struct encoder *encoder, const struct ga_operation_group *group)
{
    ga_wire_put_varint(encoder->out, group->fields_count);
    for (size_t i = 0; i < group->fields_count; i++) {
        const struct ga_operation_field *field = &group->fields[i];
        size_t len = ga_wire_id_bytes(field->id);
        if (len == 0 || (i > 0 && strcmp(group->fields[i - 1].id, field->id) >= 0))
            return refuse(encoder, field->id);
        make_room(encoder->out, len + 3 * GA_WIRE_VARINT_MAX_BYTES);
        ga_wire_put_text(encoder->out, field->id, len);
        enum ga_rc rc = put_value(encoder, field);
        if (rc != GA_OK)
            return rc;
    }
    return GA_OK;
}

static enum ga_rc put_replaces(struct encoder *encoder, const struct ga_operation_group *group)
{
    ga_wire_put_varint(encoder->out, group->replaces_count);
    for (size_t i = 0; i < group->replaces_count; i++) {
        uint32_t index = group->replaces[i];
        if (index >= encoder->operation->replaced_count || (i > 0 && index <= group->replaces[i - 1]))
            return refuse(encoder, group->id);
        encoder->is_used[index / 64] |= UINT64_C(1) << (index % 64);
        ga_wire_put_varint(encoder->out, index);
    }
    return GA_OK;
}

/* A plain group mostly points at its field's own id. */
static bool is_same(const char *a, const char *b)
{
    return a == b || strcmp(a, b) == 0;
}

static enum ga_rc put_group(struct encoder *encoder, const struct ga_operation_group *group)
{
    size_t len = ga_wire_group_id_bytes(group->id);
    if (len == 0 || group->fields_count < 1 || group->replaces_count > encoder->operation->replaced_count)
        return refuse(encoder, group->id);
    bool is_plain = group->fields_count == 1 && is_same(group->fields[0].id, group->id);
    make_room(encoder->out, len + (group->replaces_count + 6) * GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(encoder->out, 2 * len + is_plain);
    ga_wire_put_bytes(encoder->out, group->id, len);
    enum ga_rc rc = put_replaces(encoder, group);
    if (rc != GA_OK)
        return rc;
    return is_plain ? put_value(encoder, &group->fields[0]) : put_fields(encoder, group);
}

static enum ga_rc put_groups(struct encoder *encoder)
{
    const struct ga_operation *op = encoder->operation;
    if (op->groups_count < 1)
        return refuse_header(encoder, GA_N_("A change without content cannot be stored"));
    if (op->groups_count > GA_OPERATION_GROUPS_MAX)
        return too_big(encoder, op->form);
    ga_str_reserve(encoder->out, GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(encoder->out, op->groups_count);
    for (size_t i = 0; i < op->groups_count; i++) {
        if (i > 0 && strcmp(op->groups[i - 1].id, op->groups[i].id) >= 0)
            return refuse(encoder, op->groups[i].id);
        enum ga_rc rc = put_group(encoder, &op->groups[i]);
        if (rc != GA_OK)
            return rc;
    }
    for (size_t i = 0; i < op->replaced_count; i++)
        if ((encoder->is_used[i / 64] >> (i % 64) & 1) == 0)
            return refuse_header(encoder, WRONG_REPLACED);
    return GA_OK;
}

static bool names_somebody(const struct ga_operation *op)
{
    for (size_t i = 0; i < op->groups_count; i++)
        for (size_t k = 0; k < op->groups[i].fields_count; k++)
            if (op->groups[i].fields[k].value.is_naming)
                return true;
    return false;
}

static enum ga_rc put_payload(struct encoder *encoder)
{
    const enum ga_rc rc = put_replaced(encoder);
    return rc == GA_OK ? put_groups(encoder) : rc;
}

/* The length of the open part, which stands in front of it, then what stands for the names. */
static enum ga_rc put_parted_payload(struct encoder *encoder)
{
    struct ga_str *out = encoder->out;
    ga_str_reserve(out, 3);
    out->len += 3;
    const size_t start = out->len;
    const enum ga_rc rc = put_payload(encoder);
    const size_t bytes = out->len - start;
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < 3; i++)
        out->data[start - 3 + i] = (char)(bytes >> 8 * i & 0xFF);
    if (encoder->format == GA_NAMELESS_FORMAT)
        ga_str_add_bytes(out, encoder->operation->names.bytes, GA_HASH_BYTES);
    else
        ga_str_add_bytes(out, encoder->names.data, encoder->names.len);
    return GA_OK;
}

static enum ga_rc put_operation(struct encoder *encoder, const char *typist)
{
    size_t start = encoder->out->len;
    encoder->format = !names_somebody(encoder->operation) ? 1
                      : encoder->operation->is_nameless  ? GA_NAMELESS_FORMAT
                                                         : GA_NAMING_FORMAT;
    put_header(encoder, typist);
    enum ga_rc rc = encoder->format == 1 ? put_payload(encoder) : put_parted_payload(encoder);
    ga_str_finish(&encoder->names);
    const size_t more = encoder->format == GA_NAMING_FORMAT ? GA_HASH_BYTES : 0; /* it may be longer without its names */
    if (rc == GA_OK && encoder->out->len - start + more > GA_OPERATION_BYTES_MAX)
        rc = too_big(encoder, encoder->operation->form);
    if (rc != GA_OK)
        encoder->out->len = start;
    encoder->out->data[encoder->out->len] = '\0';
    return rc;
}

enum ga_rc ga_operation_encode(const struct ga_operation *operation, struct ga_str *out, struct ga_error *err)
{
    struct encoder encoder = {.operation = operation, .out = out, .err = err};
    bool is_user_typing = operation->typist == NULL ||
                          (operation->user != NULL && strcmp(operation->typist, operation->user) == 0);
    const char *typist = is_user_typing ? "" : operation->typist;
    enum ga_rc rc = check_header(&encoder, typist);
    return rc != GA_OK ? rc : put_operation(&encoder, typist);
}
