/* Puts operations together again from the columns of a block. */
#include "block_in.h"

#include "frames.h"

#include "guanai/base/alloc.h"
#include "guanai/store/merkle.h"

#include <stdlib.h>
#include <string.h>

enum { OP_SAME_RECORD = 1 << 2, OP_SAME_MOMENT = 1 << 3, OP_DOUBT = 1 << 4, OP_PROTECTION_SHIFT = 5, OP_MOST = 127 };

void block_in_init(struct block_in *block)
{
    *block = (struct block_in){.names = ga_alloc_array(GA_CONTENT_NAMES_MAX, sizeof(struct block_name))};
    ga_vec_init(&block->forms, sizeof(struct block_form));
    ga_vec_init(&block->people, sizeof(struct block_people));
    ga_arena_init(&block->arena);
    ga_arena_init(&block->op_arena);
}

void block_in_finish(struct block_in *block)
{
    free(block->names);
    free(block->ref_seqs);
    ga_vec_finish(&block->forms);
    ga_vec_finish(&block->people);
    ga_arena_finish(&block->arena);
    ga_arena_finish(&block->op_arena);
    ga_str_finish(&block->op_bytes);
}

void block_in_know_sites(struct block_in *block, size_t count)
{
    block->ref_seqs = ga_alloc_array(count + 1, sizeof(*block->ref_seqs));
    block->sites_count = count;
}

static void reset(struct block_in *block)
{
    ga_vec_clear(&block->forms);
    ga_vec_clear(&block->people);
    ga_arena_reset(&block->arena);
    block->names_met = 0;
    block->record = (struct ga_uuid){{0}};
    block->record_ms = block->ref_index = 0;
    memset(block->ref_seqs, 0, block->sites_count * sizeof(*block->ref_seqs));
}

/* Lengths first, then the columns: each is cut out of what is there. */
static void cut_column(struct ga_wire *in, size_t len, struct ga_wire *ret_column)
{
    const uint8_t *bytes = ga_wire_bytes(in, len);
    ga_wire_start(ret_column, bytes == NULL ? in->end : bytes, bytes == NULL ? 0 : len);
}

static void cut_columns(struct block_in *block, struct ga_wire *in)
{
    size_t lengths[COLUMNS], most = ga_wire_left(in);
    for (size_t i = 0; i < COLUMNS; i++)
        lengths[i] = (size_t)ga_wire_varint(in, most);
    struct ga_wire rest = *in; /* at the names' lengths, read once to find where the columns begin */
    for (size_t i = 0; i < block->names_count; i++)
        ga_wire_varint(in, most);
    for (size_t i = 0; i < COLUMNS; i++)
        cut_column(in, lengths[i], &block->columns[i]);
    for (size_t i = 0; i < block->names_count; i++) {
        block->names[i].id = NULL;
        cut_column(in, (size_t)ga_wire_varint(&rest, most), &block->names[i].values);
    }
    ga_wire_hold(in, !rest.is_bad && in->next == in->end);
}

bool block_in_start(struct block_in *block, const void *bytes, size_t len, const void *drawn, size_t drawn_len)
{
    struct ga_wire in, in_drawn;
    reset(block);
    ga_wire_start(&in, bytes, len);
    ga_wire_start(&in_drawn, drawn, drawn_len);
    size_t drawn_1_len = (size_t)ga_wire_varint(&in, drawn_len);
    block->names_count = (size_t)ga_wire_varint(&in, GA_CONTENT_NAMES_MAX);
    cut_columns(block, &in);
    cut_column(&in_drawn, drawn_1_len, &block->drawn_1);
    cut_column(&in_drawn, drawn_len - drawn_1_len, &block->drawn_2);
    return !in.is_bad && !in_drawn.is_bad;
}

static bool is_done(const struct ga_wire *wire)
{
    return !wire->is_bad && wire->next == wire->end;
}

bool block_in_is_done(const struct block_in *block)
{
    bool is_all = is_done(&block->drawn_1) && is_done(&block->drawn_2) && block->names_met == block->names_count;
    for (size_t i = 0; i < COLUMNS; i++)
        is_all = is_all && is_done(&block->columns[i]);
    for (size_t i = 0; i < block->names_count; i++)
        is_all = is_all && is_done(&block->names[i].values);
    return is_all;
}

/* Values are looked at where they are read, and by the end of the block at the latest. */
bool block_in_is_bad(const struct block_in *block)
{
    bool is_bad = block->drawn_1.is_bad || block->drawn_2.is_bad;
    for (size_t i = 0; i < COLUMNS; i++)
        is_bad |= block->columns[i].is_bad;
    return is_bad;
}

/* A text of the column N, kept as long as the block. */
static const char *take_text(struct block_in *block, size_t most)
{
    struct ga_wire *in = &block->columns[COLUMN_N];
    size_t len = (size_t)ga_wire_varint(in, most);
    const uint8_t *bytes = ga_wire_bytes(in, len);
    ga_wire_hold(in, bytes != NULL && memchr(bytes, 0, len) == NULL);
    return in->is_bad ? "" : ga_arena_strndup(&block->arena, (const char *)bytes, len);
}

static struct block_name *take_name(struct block_in *block, uint64_t index)
{
    struct ga_wire *in = &block->columns[COLUMN_S];
    ga_wire_hold(in, index <= block->names_met && index < block->names_count);
    if (in->is_bad)
        return NULL;
    struct block_name *name = &block->names[index];
    if (index == block->names_met) {
        name->id = take_text(block, GA_OPERATION_ID_MAX + 1);
        name->is_naming = name->id[0] == '!';
        name->id += name->is_naming;
        block->names_met++;
    }
    return name;
}

static void take_form(struct block_in *block, struct ga_operation *op)
{
    struct ga_wire *in = &block->columns[COLUMN_O];
    size_t index = (size_t)ga_wire_varint(in, block->forms.len);
    if (in->is_bad)
        return;
    if (index == block->forms.len) {
        struct block_form *form = ga_vec_push(&block->forms);
        form->id = (char *)take_text(block, GA_OPERATION_ID_MAX);
        form->version = (uint32_t)ga_wire_varint(&block->columns[COLUMN_N], INT32_MAX);
        frame_take_bytes(&block->drawn_2, form->hash.bytes, GA_HASH_BYTES);
    }
    const struct block_form *form = ga_vec_at(&block->forms, index);
    op->form = form->id;
    op->form_version = form->version;
    op->form_hash = form->hash;
}

static void take_people(struct block_in *block, struct ga_operation *op)
{
    struct ga_wire *in = &block->columns[COLUMN_O];
    size_t index = (size_t)ga_wire_varint(in, block->people.len);
    if (in->is_bad)
        return;
    if (index == block->people.len) {
        struct block_people *people = ga_vec_push(&block->people);
        people->user = (char *)take_text(block, GA_OPERATION_USER_MAX);
        people->typist = (char *)take_text(block, GA_OPERATION_USER_MAX);
    }
    const struct block_people *people = ga_vec_at(&block->people, index);
    op->user = people->user;
    op->typist = people->typist;
}

static void take_record(struct block_in *block)
{
    uint64_t ms = block->record_ms + (uint64_t)ga_wire_zigzag(&block->columns[COLUMN_O]);
    ga_wire_hold(&block->columns[COLUMN_O], ms >> 48 == 0);
    block->record_ms = ms;
    for (size_t i = 0; i < 6; i++)
        block->record.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    frame_take_bytes(&block->drawn_2, block->record.bytes + 6, sizeof(block->record.bytes) - 6);
}

/* The difference is bounded so that nothing overflows; whether the sum is a time, the encoder asks. */
static int32_t take_difference(struct ga_wire *in, int32_t from)
{
    int64_t by = ga_wire_zigzag(in);
    ga_wire_hold(in, by >= -(INT64_C(1) << 28) && by <= INT64_C(1) << 28);
    return in->is_bad ? from : (int32_t)(from + by);
}

static void take_moment(struct block_in *block, const struct block_moment *moment, bool is_same, struct ga_operation *op)
{
    struct ga_wire *in = &block->columns[COLUMN_O];
    op->local_day = is_same ? moment->local_day : take_difference(in, moment->local_day);
    op->local_ms = is_same ? moment->local_ms : take_difference(in, moment->local_ms);
    op->utc_offset_min = is_same ? moment->utc_offset_min : take_difference(in, moment->utc_offset_min);
}

/* A place is believed when the leaf there begins as the writer says; else it is as if nothing were there. */
static enum ga_rc look_up(const struct block_sites *sites, const struct ga_place *place, const uint8_t *begin,
                          struct ga_hash *ret_leaf, bool *ret_waits, struct ga_error *err)
{
    struct ga_hash leaf;
    enum ga_rc rc = sites->shelf == NULL ? GA_NOT_FOUND : sites->shelf->at(sites->shelf->ctx, place, &leaf, err);
    if (rc == GA_NOT_FOUND || (rc == GA_OK && memcmp(leaf.bytes, begin, 2) != 0))
        *ret_waits = true;
    else if (rc == GA_OK)
        *ret_leaf = leaf;
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

static enum ga_rc take_reference(struct block_in *block, const struct block_sites *sites, struct ga_hash *ret_leaf,
                                 bool *ret_waits, struct ga_error *err)
{
    struct ga_wire *in = &block->columns[COLUMN_O];
    uint64_t site = ga_wire_varint(in, sites->count);
    uint8_t begin[2];
    if (site == 0) {
        frame_take_bytes(&block->drawn_2, ret_leaf->bytes, GA_HASH_BYTES);
        return GA_OK;
    }
    int64_t step = ga_wire_zigzag(in);
    int64_t index = ga_wire_zigzag(in);
    ga_wire_hold(in, index >= -(INT64_C(1) << 23) && index <= INT64_C(1) << 23);
    block->ref_index += (uint32_t)index;
    frame_take_bytes(&block->drawn_2, begin, sizeof(begin));
    if (block_in_is_bad(block))
        return GA_OK;
    block->ref_seqs[site - 1] += (uint64_t)step;
    struct ga_place place = {sites->ids[site - 1], block->ref_seqs[site - 1], block->ref_index};
    return look_up(sites, &place, begin, ret_leaf, ret_waits, err);
}

/* So many things of `of`: each takes a byte there at least. */
static size_t take_count(struct ga_wire *in, const struct ga_wire *of, size_t most)
{
    size_t count = (size_t)ga_wire_varint(in, most);
    ga_wire_hold(in, count <= ga_wire_left(of));
    return in->is_bad ? 0 : count;
}

static enum ga_rc take_references(struct block_in *block, const struct block_sites *sites, struct ga_operation *op,
                                  bool *ret_waits, struct ga_error *err)
{
    struct ga_wire *in = &block->columns[COLUMN_O];
    size_t count = take_count(in, in, GA_OPERATION_REPLACED_MAX);
    struct ga_hash *replaced = ga_arena_array(&block->op_arena, count, sizeof(*replaced));
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = take_reference(block, sites, &replaced[i], ret_waits, err);
    op->replaced = replaced;
    op->replaced_count = count;
    return rc;
}

static void take_replaces(struct block_in *block, size_t replaced, struct ga_operation_group *group)
{
    struct ga_wire *in = &block->columns[COLUMN_S];
    size_t code = (size_t)ga_wire_varint(in, 1 + 2 * replaced);
    ga_wire_hold(in, code <= replaced || code >= replaced + 3); /* a single one has the short form */
    if (in->is_bad || code == 0)
        return;
    size_t count = code <= replaced ? 1 : code - 1 - replaced;
    uint32_t *indexes = ga_arena_array(&block->op_arena, count, sizeof(*indexes));
    for (size_t i = 0; i < count; i++)
        indexes[i] = code <= replaced ? (uint32_t)code - 1 : (uint32_t)ga_wire_varint(in, replaced);
    group->replaces = indexes;
    group->replaces_count = count;
}

static void take_long_text(struct ga_wire *in, uint64_t code, struct ga_operation_value *value)
{
    value->kind = code % 2 == 0 ? GA_OPERATION_TEXT : GA_OPERATION_DECIMAL;
    value->text_len = (size_t)(code - 6) / 2;
    value->text = (const char *)ga_wire_bytes(in, value->text_len);
}

static void take_value(struct block_in *block, struct block_name *name, struct ga_operation_value *value)
{
    struct ga_wire *in = &name->values;
    uint64_t code = ga_wire_varint(in, 6 + 2 * GA_OPERATION_TEXT_MAX + 1);
    if (code == 5) {
        struct ga_uuid uuid;
        frame_take_bytes(&block->drawn_2, uuid.bytes, sizeof(uuid.bytes));
        value->kind = GA_OPERATION_TEXT;
        value->text_len = GA_UUID_TEXT_SIZE - 1;
        value->text = ga_uuid_text(&uuid, ga_arena_alloc(&block->op_arena, GA_UUID_TEXT_SIZE));
    } else if (code >= 6) {
        take_long_text(in, code, value);
    } else {
        value->kind = (enum ga_operation_value_kind)code;
        value->integer = code == GA_OPERATION_INTEGER ? ga_wire_zigzag(in) : 0;
    }
    value->is_naming = name->is_naming;
    ga_wire_hold(&block->columns[COLUMN_S], !in->is_bad);
}

static const char *row_id(struct block_in *block, const char *id)
{
    struct ga_uuid row;
    char text[GA_UUID_TEXT_SIZE];
    frame_take_bytes(&block->drawn_2, row.bytes, sizeof(row.bytes));
    return ga_arena_printf(&block->op_arena, "%s/%s", id, ga_uuid_text(&row, text));
}

/* Names a plain group by its field's own id, which the encoder compares. */
static size_t take_group(struct block_in *block, size_t replaced, struct ga_operation_group *group)
{
    struct ga_wire *in = &block->columns[COLUMN_S];
    uint64_t head = ga_wire_varint(in, 4 * (uint64_t)GA_CONTENT_NAMES_MAX + 3);
    bool is_plain = (head & 1) != 0, is_row = (head & 2) != 0;
    struct block_name *name = take_name(block, head / 4);
    ga_wire_hold(in, !(is_plain && is_row) && (is_plain || name == NULL || !name->is_naming));
    if (name == NULL)
        return 0;
    group->id = is_row ? row_id(block, name->id) : name->id;
    take_replaces(block, replaced, group);
    size_t count = is_plain ? 1 : take_count(in, in, GA_OPERATION_FIELDS_MAX);
    struct ga_operation_field *fields = ga_arena_array(&block->op_arena, count, sizeof(*fields));
    for (size_t i = 0; i < count && !in->is_bad; i++) {
        struct block_name *of = is_plain ? name : take_name(block, ga_wire_varint(in, GA_CONTENT_NAMES_MAX));
        fields[i].id = of == NULL ? "" : of->id;
        if (of != NULL)
            take_value(block, of, &fields[i].value);
    }
    ga_wire_hold(in, is_plain || count != 1 || strcmp(fields[0].id, group->id) != 0);
    group->fields = fields;
    group->fields_count = count;
    return count;
}

/* The sum of all fields is bounded while they are read, not after. */
static void take_groups(struct block_in *block, struct ga_operation *op)
{
    const struct ga_wire *shapes = &block->columns[COLUMN_S];
    size_t count = take_count(&block->columns[COLUMN_O], shapes, GA_OPERATION_GROUPS_MAX), fields = 0;
    struct ga_operation_group *groups = ga_arena_array(&block->op_arena, count, sizeof(*groups));
    for (size_t i = 0; i < count && !block_in_is_bad(block); i++) {
        fields += take_group(block, op->replaced_count, &groups[i]);
        ga_wire_hold(&block->columns[COLUMN_S], fields <= GA_OPERATION_FIELDS_MAX);
    }
    op->groups = groups;
    op->groups_count = count;
}

static enum ga_rc damaged(struct ga_error *err)
{
    return ga_error_set(err, GA_DAMAGED, "A block of operations is damaged");
}

static enum ga_rc take_parts(struct block_in *block, unsigned control, const struct block_moment *moment,
                             const struct block_sites *sites, struct ga_parcel_op *ret_op, bool *ret_waits,
                             struct ga_error *err)
{
    struct ga_operation op = {
        .kind = GA_OPERATION_PUT,
        .protection = (enum ga_operation_protection)(control >> OP_PROTECTION_SHIFT),
        .is_clock_in_doubt = (control & OP_DOUBT) != 0,
    };
    bool waits = false;
    ga_arena_reset(&block->op_arena);
    const uint8_t *salt = ga_wire_bytes(&block->drawn_2, GA_OPERATION_SALT_BYTES);
    if ((control & OP_SAME_RECORD) == 0)
        take_record(block);
    op.record = block->record;
    take_form(block, &op);
    take_people(block, &op);
    take_moment(block, moment, (control & OP_SAME_MOMENT) != 0, &op);
    enum ga_rc rc = take_references(block, sites, &op, &waits, err);
    if (rc != GA_OK)
        return rc;
    take_groups(block, &op);
    if (block_in_is_bad(block))
        return damaged(err);
    *ret_waits = waits;
    ga_str_clear(&block->op_bytes);
    if (waits)
        return GA_OK;
    if (ga_operation_encode(&op, &block->op_bytes, NULL) != GA_OK)
        return damaged(err);
    *ret_op = (struct ga_parcel_op){.salt = salt, .bytes = (const uint8_t *)block->op_bytes.data, .len = block->op_bytes.len};
    return GA_OK;
}

static void take_bytes(struct block_in *block, struct ga_parcel_op *ret_op)
{
    size_t len = (size_t)ga_wire_varint(&block->columns[COLUMN_O], GA_OPERATION_BYTES_MAX);
    const uint8_t *bytes = ga_wire_bytes(&block->columns[COLUMN_W], len);
    ga_wire_hold(&block->columns[COLUMN_W], len > 0);
    *ret_op = (struct ga_parcel_op){.salt = ga_wire_bytes(&block->drawn_2, GA_OPERATION_SALT_BYTES), .bytes = bytes, .len = len};
}

static void take_subtree(struct block_in *block, struct ga_parcel_op *ret_op)
{
    ret_op->leaves = (uint32_t)ga_wire_varint(&block->columns[COLUMN_O], GA_MERKLE_LEAVES_MAX);
    ga_wire_hold(&block->columns[COLUMN_O], ret_op->leaves >= 2);
    frame_take_bytes(&block->drawn_2, ret_op->leaf.bytes, GA_HASH_BYTES);
}

enum ga_rc block_in_take(struct block_in *block, const struct block_moment *moment, const struct block_sites *sites,
                         struct ga_parcel_op *ret_op, bool *ret_waits, struct ga_error *err)
{
    const uint8_t *control = ga_wire_bytes(&block->columns[COLUMN_O], 1);
    struct ga_parcel_op op = {0};
    bool waits = false;
    enum ga_rc rc = GA_OK;
    if (control == NULL || *control > OP_MOST || (*control > 3 && (*control & 3) != 0))
        return damaged(err);
    if (*control == 1)
        take_bytes(block, &op);
    else if (*control == 2)
        frame_take_bytes(&block->drawn_2, op.leaf.bytes, GA_HASH_BYTES);
    else if (*control == 3)
        take_subtree(block, &op);
    else
        rc = take_parts(block, *control, moment, sites, &op, &waits, err);
    if (rc == GA_OK && block_in_is_bad(block))
        rc = damaged(err);
    if (rc != GA_OK)
        return rc;
    *ret_op = op;
    *ret_waits = waits;
    return GA_OK;
}
