/* Takes operations apart into the columns of a block. */
#include "block_out.h"

#include "frames.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

enum {
    OP_PARTS = 0,
    OP_BYTES = 1,
    OP_LEAF = 2,
    OP_SUBTREE = 3,
    OP_SAME_RECORD = 1 << 2,
    OP_SAME_MOMENT = 1 << 3,
    OP_DOUBT = 1 << 4,
    OP_PROTECTION_SHIFT = 5,
    KEPT_BYTES = 65536, /* a column of values that grew longer gives its memory back */
};

void block_out_init(struct block_out *block, size_t sites_count)
{
    *block = (struct block_out){.values = ga_alloc_array(GA_CONTENT_NAMES_MAX, sizeof(struct ga_str)),
                                .ref_seqs = ga_alloc_array(sites_count + 1, sizeof(uint64_t)),
                                .sites_count = sites_count};
    ga_vec_init(&block->forms, sizeof(struct block_form));
    ga_vec_init(&block->people, sizeof(struct block_people));
    ga_arena_init(&block->arena);
    ga_arena_init(&block->op_arena);
}

void block_out_finish(struct block_out *block)
{
    for (size_t i = 0; i < COLUMNS; i++)
        ga_str_finish(&block->columns[i]);
    for (size_t i = 0; i < GA_CONTENT_NAMES_MAX; i++)
        ga_str_finish(&block->values[i]);
    free(block->values);
    free(block->ref_seqs);
    ga_str_finish(&block->drawn_1);
    ga_str_finish(&block->drawn_2);
    ga_map_finish(&block->names);
    ga_vec_finish(&block->forms);
    ga_vec_finish(&block->people);
    ga_arena_finish(&block->arena);
    ga_arena_finish(&block->op_arena);
}

void block_out_reset(struct block_out *block)
{
    for (size_t i = 0; i < COLUMNS; i++)
        ga_str_clear(&block->columns[i]);
    for (size_t i = 0; i < block->names_count; i++) {
        if (block->values[i].cap > KEPT_BYTES)
            ga_str_finish(&block->values[i]);
        ga_str_clear(&block->values[i]);
    }
    ga_str_clear(&block->drawn_1);
    ga_str_clear(&block->drawn_2);
    ga_map_finish(&block->names);
    ga_vec_clear(&block->forms);
    ga_vec_clear(&block->people);
    ga_arena_reset(&block->arena);
    block->values_bytes = block->names_count = block->operations = 0;
    block->record = (struct ga_uuid){{0}};
    block->record_ms = block->ref_index = 0;
    memset(block->ref_seqs, 0, block->sites_count * sizeof(*block->ref_seqs));
}

size_t block_out_bytes(const struct block_out *block)
{
    size_t bytes = block->values_bytes;
    for (size_t i = 0; i < COLUMNS; i++)
        bytes += block->columns[i].len;
    return bytes;
}

void block_out_join(const struct block_out *block, struct ga_str *out)
{
    frame_put_varint(out, block->drawn_1.len);
    frame_put_varint(out, block->names_count);
    for (size_t i = 0; i < COLUMNS; i++)
        frame_put_varint(out, block->columns[i].len);
    for (size_t i = 0; i < block->names_count; i++)
        frame_put_varint(out, block->values[i].len);
    for (size_t i = 0; i < COLUMNS; i++)
        ga_str_add_bytes(out, ga_str_text(&block->columns[i]), block->columns[i].len);
    for (size_t i = 0; i < block->names_count; i++)
        ga_str_add_bytes(out, ga_str_text(&block->values[i]), block->values[i].len);
}

size_t block_out_names(struct block_out *block, const struct ga_parcel_op *op, struct ga_operation *ret_op,
                       bool *ret_is_known)
{
    *ret_is_known = false;
    if (op->bytes == NULL)
        return 0;
    ga_arena_reset(&block->op_arena);
    if (ga_operation_decode(op->bytes, op->len, &block->op_arena, ret_op, NULL) != GA_OK || ret_op->is_opaque ||
        ret_op->is_nameless)
        return 0;
    *ret_is_known = true;
    size_t names = ret_op->groups_count;
    for (size_t i = 0; i < ret_op->groups_count; i++)
        names += ret_op->groups[i].fields_count;
    return names;
}

/* The place of an id of `len` bytes; a new one is written. */
static size_t name_index(struct block_out *block, const char *id, size_t len, bool is_naming)
{
    char key[GA_OPERATION_ID_MAX + 2] = "!";
    memcpy(key + is_naming, id, len);
    len += is_naming;
    key[len] = '\0';
    struct ga_str *column = ga_map_get(&block->names, key);
    if (column == NULL) {
        column = &block->values[block->names_count++];
        ga_map_put(&block->names, ga_arena_strndup(&block->arena, key, len), column);
        frame_put_varint(&block->columns[COLUMN_N], len);
        ga_str_add_bytes(&block->columns[COLUMN_N], key, len);
    }
    return (size_t)(column - block->values);
}

static void put_form(struct block_out *block, const struct ga_operation *op)
{
    struct ga_str *out = &block->columns[COLUMN_O];
    for (size_t i = 0; i < block->forms.len; i++) {
        const struct block_form *form = ga_vec_at(&block->forms, i);
        if (form->version == op->form_version && ga_hash_equal(&form->hash, &op->form_hash) &&
            strcmp(form->id, op->form) == 0) {
            frame_put_varint(out, i);
            return;
        }
    }
    frame_put_varint(out, block->forms.len);
    struct block_form *form = ga_vec_push(&block->forms);
    *form = (struct block_form){ga_arena_strdup(&block->arena, op->form), op->form_version, op->form_hash};
    frame_put_text(&block->columns[COLUMN_N], op->form);
    frame_put_varint(&block->columns[COLUMN_N], op->form_version);
    ga_str_add_bytes(&block->drawn_2, op->form_hash.bytes, GA_HASH_BYTES);
}

static void put_people(struct block_out *block, const struct ga_operation *op)
{
    struct ga_str *out = &block->columns[COLUMN_O];
    for (size_t i = 0; i < block->people.len; i++) {
        const struct block_people *people = ga_vec_at(&block->people, i);
        if (strcmp(people->user, op->user) == 0 && strcmp(people->typist, op->typist) == 0) {
            frame_put_varint(out, i);
            return;
        }
    }
    frame_put_varint(out, block->people.len);
    struct block_people *people = ga_vec_push(&block->people);
    *people = (struct block_people){ga_arena_strdup(&block->arena, op->user),
                                    ga_arena_strdup(&block->arena, op->typist)};
    frame_put_text(&block->columns[COLUMN_N], op->user);
    frame_put_text(&block->columns[COLUMN_N], op->typist);
}

/* A record's name begins with the time it was made at (base/uuid.h); what follows is drawn. */
static void put_record(struct block_out *block, const struct ga_uuid *record)
{
    uint64_t ms = 0;
    for (size_t i = 0; i < 6; i++)
        ms = ms << 8 | record->bytes[i];
    frame_put_zigzag(&block->columns[COLUMN_O], (int64_t)(ms - block->record_ms));
    ga_str_add_bytes(&block->drawn_2, record->bytes + 6, sizeof(record->bytes) - 6);
    block->record_ms = ms;
}

static enum ga_rc put_reference(struct block_out *block, const struct ga_uuid *record, const struct ga_hash *leaf,
                                const struct block_finder *finder, struct ga_error *err)
{
    struct ga_str *out = &block->columns[COLUMN_O];
    struct ga_place place;
    bool is_there = false;
    if (finder->finder != NULL) {
        enum ga_rc rc = finder->finder->find(finder->finder->ctx, record, leaf, &place, &is_there, err);
        if (rc != GA_OK)
            return rc;
    }
    int64_t site = is_there ? finder->site(finder->ctx, &place.site) : -1;
    frame_put_varint(out, (uint64_t)(site + 1));
    ga_str_add_bytes(&block->drawn_2, leaf->bytes, site < 0 ? (size_t)GA_HASH_BYTES : 2);
    if (site < 0)
        return GA_OK;
    frame_put_zigzag(out, (int64_t)(place.seq - block->ref_seqs[site]));
    frame_put_zigzag(out, (int64_t)place.index - (int64_t)block->ref_index);
    block->ref_seqs[site] = place.seq;
    block->ref_index = place.index;
    return GA_OK;
}

static void put_value(struct block_out *block, size_t name, const struct ga_operation_value *value)
{
    struct ga_str *out = &block->values[name];
    struct ga_uuid uuid;
    char canonical[GA_UUID_TEXT_SIZE];
    size_t before = out->len;
    if (value->kind < GA_OPERATION_INTEGER) {
        frame_put_varint(out, value->kind);
    } else if (value->kind == GA_OPERATION_INTEGER) {
        frame_put_varint(out, GA_OPERATION_INTEGER);
        frame_put_zigzag(out, value->integer);
    } else if (value->kind == GA_OPERATION_TEXT && value->text_len == GA_UUID_TEXT_SIZE - 1 &&
               ga_uuid_parse(value->text, &uuid) && strcmp(ga_uuid_text(&uuid, canonical), value->text) == 0) {
        frame_put_varint(out, 5);
        ga_str_add_bytes(&block->drawn_2, uuid.bytes, sizeof(uuid.bytes));
    } else {
        frame_put_varint(out, 6 + 2 * value->text_len + (value->kind == GA_OPERATION_DECIMAL));
        ga_str_add_bytes(out, value->text, value->text_len);
    }
    block->values_bytes += out->len - before;
}

static void put_replaces(struct block_out *block, const struct ga_operation *op, const struct ga_operation_group *group)
{
    struct ga_str *out = &block->columns[COLUMN_S];
    if (group->replaces_count == 0)
        frame_put_varint(out, 0);
    else if (group->replaces_count == 1)
        frame_put_varint(out, 1 + group->replaces[0]);
    else
        frame_put_varint(out, 1 + op->replaced_count + group->replaces_count);
    for (size_t i = 0; group->replaces_count > 1 && i < group->replaces_count; i++)
        frame_put_varint(out, group->replaces[i]);
}

static void put_group(struct block_out *block, const struct ga_operation *op, const struct ga_operation_group *group)
{
    struct ga_str *out = &block->columns[COLUMN_S];
    struct ga_uuid row;
    size_t len = strcspn(group->id, "/");
    bool is_row = group->id[len] == '/';
    bool is_plain = group->fields_count == 1 && strcmp(group->fields[0].id, group->id) == 0;
    size_t name = name_index(block, group->id, len, is_plain && group->fields[0].value.is_naming);
    frame_put_varint(out, 4 * name + 2 * is_row + is_plain);
    if (is_row && ga_uuid_parse(group->id + len + 1, &row))
        ga_str_add_bytes(&block->drawn_2, row.bytes, sizeof(row.bytes));
    put_replaces(block, op, group);
    if (is_plain) {
        put_value(block, name, &group->fields[0].value);
        return;
    }
    frame_put_varint(out, group->fields_count);
    for (size_t i = 0; i < group->fields_count; i++) {
        const struct ga_operation_field *field = &group->fields[i];
        name = name_index(block, field->id, strlen(field->id), field->value.is_naming);
        frame_put_varint(out, name);
        put_value(block, name, &field->value);
    }
}

static void put_moment(struct block_out *block, const struct ga_operation *op, const struct block_moment *moment)
{
    struct ga_str *out = &block->columns[COLUMN_O];
    frame_put_zigzag(out, op->local_day - moment->local_day);
    frame_put_zigzag(out, op->local_ms - moment->local_ms);
    frame_put_zigzag(out, op->utc_offset_min - moment->utc_offset_min);
}

static enum ga_rc put_parts(struct block_out *block, const uint8_t *salt, const struct ga_operation *op,
                            const struct block_moment *moment, const struct block_finder *finder, struct ga_error *err)
{
    struct ga_str *out = &block->columns[COLUMN_O];
    bool is_same_record = ga_uuid_compare(&op->record, &block->record) == 0;
    bool is_same_moment = op->local_day == moment->local_day && op->local_ms == moment->local_ms &&
                          op->utc_offset_min == moment->utc_offset_min;
    ga_str_add_char(out, (char)(OP_PARTS | (is_same_record ? OP_SAME_RECORD : 0) |
                                (is_same_moment ? OP_SAME_MOMENT : 0) | (op->is_clock_in_doubt ? OP_DOUBT : 0) |
                                (int)op->protection << OP_PROTECTION_SHIFT));
    ga_str_add_bytes(&block->drawn_2, salt, GA_OPERATION_SALT_BYTES);
    if (!is_same_record)
        put_record(block, &op->record);
    block->record = op->record;
    put_form(block, op);
    put_people(block, op);
    if (!is_same_moment)
        put_moment(block, op, moment);
    frame_put_varint(out, op->replaced_count);
    for (size_t i = 0; i < op->replaced_count; i++) {
        enum ga_rc rc = put_reference(block, &op->record, &op->replaced[i], finder, err);
        if (rc != GA_OK)
            return rc;
    }
    frame_put_varint(out, op->groups_count);
    for (size_t i = 0; i < op->groups_count; i++)
        put_group(block, op, &op->groups[i]);
    return GA_OK;
}

enum ga_rc block_out_put(struct block_out *block, const struct ga_parcel_op *op, const struct ga_operation *known,
                         const struct block_moment *moment, const struct block_finder *finder, struct ga_error *err)
{
    struct ga_str *out = &block->columns[COLUMN_O];
    block->operations++;
    if (known != NULL)
        return put_parts(block, op->salt, known, moment, finder, err);
    if (op->bytes == NULL) {
        ga_str_add_char(out, op->leaves > 1 ? OP_SUBTREE : OP_LEAF);
        if (op->leaves > 1)
            frame_put_varint(out, op->leaves);
        ga_str_add_bytes(&block->drawn_2, op->leaf.bytes, GA_HASH_BYTES);
        return GA_OK;
    }
    ga_str_add_char(out, OP_BYTES);
    frame_put_varint(out, op->len);
    ga_str_add_bytes(&block->columns[COLUMN_W], op->bytes, op->len);
    ga_str_add_bytes(&block->drawn_2, op->salt, GA_OPERATION_SALT_BYTES);
    return GA_OK;
}
