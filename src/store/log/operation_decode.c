/* Reads an operation, refusing every sequence of bytes but the one that writing it gives. */
#include "guanai/base/num.h"
#include "guanai/store/naming.h"
#include "guanai/store/wire.h"

#include <string.h>

enum { GROUP_ID_MAX = GA_OPERATION_ID_MAX + 1 + 36 };

struct decoder {
    struct ga_wire in, names; /* names: the values of format 2 that are no part of the payload */
    size_t names_count;
    struct ga_arena *arena;
    struct ga_operation operation;
    char *texts; /* never runs out: a text's NUL stands where its length stood in the bytes */
    size_t fields;
    uint64_t is_used[(GA_OPERATION_REPLACED_MAX + 63) / 64];
};

/* A NUL-terminated copy; "" when bad. */
static const char *take_text(struct decoder *decoder, size_t len)
{
    const uint8_t *bytes = ga_wire_bytes(&decoder->in, len);
    if (bytes == NULL)
        return "";
    char *text = decoder->texts;
    memcpy(text, bytes, len);
    text[len] = '\0';
    decoder->texts += len + 1;
    return text;
}

static const char *take_id(struct decoder *decoder)
{
    size_t len = ga_wire_varint(&decoder->in, GA_OPERATION_ID_MAX);
    const char *id = take_text(decoder, len);
    ga_wire_hold(&decoder->in, len > 0 && ga_wire_id_bytes(id) == len);
    return id;
}

static const char *take_user(struct decoder *decoder)
{
    size_t len = ga_wire_varint(&decoder->in, GA_OPERATION_USER_MAX);
    const char *user = take_text(decoder, len);
    ga_wire_hold(&decoder->in, decoder->in.is_bad || ga_wire_is_text(user, len));
    return user;
}

static void take_fixed(struct decoder *decoder, void *ret_bytes, size_t len)
{
    const uint8_t *bytes = ga_wire_bytes(&decoder->in, len);
    if (bytes != NULL)
        memcpy(ret_bytes, bytes, len);
}

static void take_header(struct decoder *decoder)
{
    struct ga_operation *op = &decoder->operation;
    struct ga_wire *in = &decoder->in;
    struct ga_wire_moment moment = {0};
    op->kind = (enum ga_operation_kind)ga_wire_varint(in, GA_OPERATION_PUT);
    ga_wire_hold(in, op->kind == GA_OPERATION_PUT);
    op->is_clock_in_doubt = ga_wire_varint(in, 1) != 0;
    op->protection = (enum ga_operation_protection)ga_wire_varint(in, GA_OPERATION_RESTRICTED);
    take_fixed(decoder, op->record.bytes, sizeof(op->record.bytes));
    op->form = take_id(decoder);
    op->form_version = (uint32_t)ga_wire_varint(in, INT32_MAX);
    ga_wire_hold(in, op->form_version > 0);
    take_fixed(decoder, op->form_hash.bytes, GA_HASH_BYTES);
    op->user = take_user(decoder);
    op->typist = take_user(decoder);
    ga_wire_hold(in, op->user[0] != '\0' && strcmp(op->user, op->typist) != 0);
    ga_wire_moment(in, &moment);
    op->local_day = moment.local_day;
    op->local_ms = moment.local_ms;
    op->utc_offset_min = moment.utc_offset_min;
}

/* The header ends exactly where its length says. */
static void take_framed_header(struct decoder *decoder)
{
    struct ga_wire *in = &decoder->in;
    uint8_t length[2] = {0};
    take_fixed(decoder, length, sizeof(length));
    size_t len = length[0] + ((size_t)length[1] << 8);
    ga_wire_hold(in, len <= ga_wire_left(in));
    if (in->is_bad)
        return;
    const uint8_t *end = in->end;
    in->end = in->next + len;
    take_header(decoder);
    ga_wire_hold(in, in->next == in->end);
    in->end = end;
}

static void take_replaced(struct decoder *decoder)
{
    size_t count = ga_wire_varint(&decoder->in, GA_OPERATION_REPLACED_MAX);
    const uint8_t *bytes = ga_wire_bytes(&decoder->in, count * GA_HASH_BYTES);
    if (bytes == NULL || count == 0)
        return;
    struct ga_hash *hashes = ga_arena_array(decoder->arena, count, sizeof(*hashes));
    memcpy(hashes, bytes, count * GA_HASH_BYTES);
    for (size_t i = 1; i < count; i++)
        ga_wire_hold(&decoder->in, ga_hash_compare(&hashes[i - 1], &hashes[i]) < 0);
    decoder->operation.replaced = hashes;
    decoder->operation.replaced_count = count;
}

static void take_open_value(struct decoder *decoder, uint64_t kind, struct ga_operation_value *ret_value)
{
    struct ga_wire *in = &decoder->in;
    bool is_decimal = kind == GA_OPERATION_DECIMAL;
    ret_value->kind = (enum ga_operation_value_kind)kind;
    if (kind == GA_OPERATION_INTEGER)
        ret_value->integer = ga_wire_zigzag(in);
    if (kind < GA_OPERATION_TEXT)
        return;
    size_t len = ga_wire_varint(in, is_decimal ? GA_OPERATION_DECIMAL_MAX : GA_OPERATION_TEXT_MAX);
    ret_value->text = take_text(decoder, len);
    ret_value->text_len = len;
    ga_wire_hold(in, !in->is_bad && len > 0 &&
                         (is_decimal ? ga_wire_is_decimal : ga_wire_is_text)(ret_value->text, len));
}

static void take_name(struct decoder *decoder, struct ga_operation_value *ret_value)
{
    ret_value->is_naming = true;
    decoder->names_count++;
    if (decoder->operation.is_nameless) {
        ret_value->kind = GA_OPERATION_WITHHELD;
        return;
    }
    const struct ga_wire payload = decoder->in;
    decoder->in = decoder->names;
    take_open_value(decoder, ga_wire_varint(&decoder->in, GA_OPERATION_DECIMAL), ret_value);
    decoder->names = decoder->in;
    decoder->in = payload;
    ga_wire_hold(&decoder->in, !decoder->names.is_bad);
}

static void take_value(struct decoder *decoder, struct ga_operation_value *ret_value)
{
    struct ga_wire *in = &decoder->in;
    const uint64_t kind = ga_wire_varint(in, decoder->operation.format > 1 ? GA_OPERATION_WITHHELD : GA_OPERATION_DECIMAL);
    ga_wire_hold(in, ++decoder->fields <= GA_OPERATION_FIELDS_MAX);
    if (kind == GA_OPERATION_WITHHELD)
        take_name(decoder, ret_value);
    else
        take_open_value(decoder, kind, ret_value);
}

static void take_fields(struct decoder *decoder, struct ga_operation_group *group)
{
    struct ga_wire *in = &decoder->in;
    size_t count = ga_wire_varint(in, GA_OPERATION_FIELDS_MAX - decoder->fields);
    ga_wire_hold(in, count > 0 && count <= ga_wire_left(in));
    if (in->is_bad)
        return;
    struct ga_operation_field *fields = ga_arena_array(decoder->arena, count, sizeof(*fields));
    for (size_t i = 0; i < count && !in->is_bad; i++) {
        fields[i].id = take_id(decoder);
        ga_wire_hold(in, i == 0 || strcmp(fields[i - 1].id, fields[i].id) < 0);
        take_value(decoder, &fields[i].value);
    }
    ga_wire_hold(in, count > 1 || strcmp(fields[0].id, group->id) != 0); /* else it is a plain one */
    group->fields = fields;
    group->fields_count = count;
}

static void take_plain(struct decoder *decoder, struct ga_operation_group *group)
{
    struct ga_operation_field *field = ga_arena_alloc(decoder->arena, sizeof(*field));
    ga_wire_hold(&decoder->in, strchr(group->id, '/') == NULL); /* a row is never plain */
    field->id = group->id;
    take_value(decoder, &field->value);
    group->fields = field;
    group->fields_count = 1;
}

static void take_replaces(struct decoder *decoder, struct ga_operation_group *group)
{
    struct ga_wire *in = &decoder->in;
    size_t count = ga_wire_varint(in, decoder->operation.replaced_count);
    ga_wire_hold(in, count <= ga_wire_left(in));
    if (in->is_bad || count == 0)
        return;
    uint32_t *replaces = ga_arena_array(decoder->arena, count, sizeof(*replaces));
    for (size_t i = 0; i < count; i++) {
        replaces[i] = (uint32_t)ga_wire_varint(in, decoder->operation.replaced_count - 1);
        ga_wire_hold(in, i == 0 || replaces[i - 1] < replaces[i]);
        decoder->is_used[replaces[i] / 64] |= UINT64_C(1) << (replaces[i] % 64);
    }
    group->replaces = replaces;
    group->replaces_count = count;
}

static void take_group(struct decoder *decoder, struct ga_operation_group *group)
{
    uint64_t name = ga_wire_varint(&decoder->in, 2 * GROUP_ID_MAX + 1);
    group->id = take_text(decoder, name / 2);
    ga_wire_hold(&decoder->in, name > 1 && ga_wire_group_id_bytes(group->id) == name / 2);
    take_replaces(decoder, group);
    if ((name & 1) != 0)
        take_plain(decoder, group);
    else
        take_fields(decoder, group);
}

static void take_groups(struct decoder *decoder)
{
    struct ga_wire *in = &decoder->in;
    size_t count = ga_wire_varint(in, GA_OPERATION_GROUPS_MAX);
    ga_wire_hold(in, count > 0 && count <= ga_wire_left(in));
    if (in->is_bad)
        return;
    struct ga_operation_group *groups = ga_arena_array(decoder->arena, count, sizeof(*groups));
    for (size_t i = 0; i < count && !in->is_bad; i++) {
        take_group(decoder, &groups[i]);
        ga_wire_hold(in, i == 0 || strcmp(groups[i - 1].id, groups[i].id) < 0);
    }
    for (size_t i = 0; i < decoder->operation.replaced_count; i++)
        ga_wire_hold(in, (decoder->is_used[i / 64] >> (i % 64) & 1) != 0);
    decoder->operation.groups = groups;
    decoder->operation.groups_count = count;
}

/* What stands behind the payload: nothing, the names, or the hash of them. */
static void cut_names(struct decoder *decoder, size_t total)
{
    struct ga_wire *in = &decoder->in;
    uint8_t length[3] = {0};
    ga_wire_start(&decoder->names, in->end, 0);
    if (decoder->operation.format == 1)
        return;
    take_fixed(decoder, length, sizeof(length));
    const size_t len = length[0] + ((size_t)length[1] << 8) + ((size_t)length[2] << 16);
    ga_wire_hold(in, len < ga_wire_left(in) && (decoder->operation.is_nameless || total + GA_HASH_BYTES <= GA_OPERATION_BYTES_MAX));
    if (in->is_bad)
        return;
    ga_wire_start(&decoder->names, in->next + len, ga_wire_left(in) - len);
    in->end = in->next + len;
    if (!decoder->operation.is_nameless)
        return;
    const uint8_t *commitment = ga_wire_bytes(&decoder->names, GA_HASH_BYTES);
    ga_wire_hold(in, commitment != NULL);
    if (commitment != NULL)
        memcpy(decoder->operation.names.bytes, commitment, GA_HASH_BYTES);
}

static void take_operation(struct decoder *decoder, size_t len)
{
    decoder->operation.format = ga_wire_varint(&decoder->in, UINT64_MAX);
    ga_wire_hold(&decoder->in, decoder->operation.format > 0);
    decoder->operation.is_opaque = decoder->operation.format > GA_OPERATION_FORMAT;
    if (decoder->operation.is_opaque || decoder->in.is_bad)
        return;
    decoder->texts = ga_arena_alloc(decoder->arena, len);
    decoder->operation.is_nameless = decoder->operation.format == GA_NAMELESS_FORMAT;
    take_framed_header(decoder);
    cut_names(decoder, len);
    take_replaced(decoder);
    take_groups(decoder);
    ga_wire_hold(&decoder->in, decoder->in.next == decoder->in.end && decoder->names.next == decoder->names.end);
    ga_wire_hold(&decoder->in, (decoder->names_count > 0) == (decoder->operation.format > 1));
}

enum ga_rc ga_operation_decode(const void *bytes, size_t len, struct ga_arena *arena,
                               struct ga_operation *ret_operation, struct ga_error *err)
{
    if (len > GA_OPERATION_BYTES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "An operation is longer than %1 bytes",
                            GA_NUM(GA_OPERATION_BYTES_MAX));
    struct decoder decoder = {.arena = arena};
    ga_wire_start(&decoder.in, bytes, len);
    take_operation(&decoder, len);
    if (decoder.in.is_bad)
        return ga_error_set(err, GA_DAMAGED, "An operation is damaged at byte %1",
                            GA_NUM(decoder.in.next - (const uint8_t *)bytes));
    *ret_operation = decoder.operation;
    return GA_OK;
}
