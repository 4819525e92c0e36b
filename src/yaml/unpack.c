/* Reading a packed struct without trusting a byte of it. */
#include "shape.h"

#include <string.h>

struct unpacker {
    const char *next;
    const char *end;
    struct ga_arena *arena;
    int depth;
    int edition; /* of the table when it was packed */
};

static bool get_struct(struct unpacker *unpacker, const struct ga_yaml_schema *schema, char *into);

static size_t bytes_left(const struct unpacker *unpacker)
{
    return (size_t)(unpacker->end - unpacker->next);
}

/* One spelling for each number, so that equal structs have equal bytes. */
static bool get_number(struct unpacker *unpacker, uint64_t *ret_value)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && unpacker->next < unpacker->end; shift += 7) {
        uint64_t byte = (unsigned char)*unpacker->next++;
        if (shift == 63 && byte > 1)
            return false;
        value |= (byte & 0x7F) << shift;
        if (byte < 0x80) {
            *ret_value = value;
            return byte != 0 || shift == 0;
        }
    }
    return false;
}

static bool get_below(struct unpacker *unpacker, uint64_t bound, uint64_t *ret_value)
{
    return get_number(unpacker, ret_value) && *ret_value < bound;
}

static bool get_signed(struct unpacker *unpacker, int64_t *ret_value)
{
    uint64_t value;
    if (!get_number(unpacker, &value))
        return false;
    *ret_value = (int64_t)(value >> 1 ^ (~(value & 1) + 1));
    return true;
}

/* Items take at least `least_bytes` each: a count is believed only if that much is left. */
static bool get_count(struct unpacker *unpacker, size_t least_bytes, size_t *ret_count)
{
    uint64_t count;
    if (!get_below(unpacker, bytes_left(unpacker) / least_bytes + 1, &count))
        return false;
    *ret_count = (size_t)count;
    return count <= bytes_left(unpacker) / least_bytes;
}

static bool get_text_len(struct unpacker *unpacker, const char **ret_text, size_t *ret_len)
{
    uint64_t len; /* with the NUL; 0: no text */
    if (!get_below(unpacker, GA_YAML_SCALAR_BYTES_MAX + 2, &len) || len > bytes_left(unpacker))
        return false;
    *ret_text = len == 0 ? NULL : unpacker->next;
    *ret_len = len == 0 ? 0 : (size_t)len - 1;
    unpacker->next += len;
    return len == 0 || memchr(*ret_text, '\0', (size_t)len) == *ret_text + len - 1;
}

static bool get_text(struct unpacker *unpacker, const char **ret_text)
{
    size_t len;
    return get_text_len(unpacker, ret_text, &len);
}

static bool get_place(struct unpacker *unpacker, struct ga_yaml_at *ret_at)
{
    uint64_t line, column;
    if (!get_below(unpacker, GA_YAML_FILE_BYTES_MAX + 2, &line) ||
        !get_below(unpacker, GA_YAML_FILE_BYTES_MAX + 2, &column))
        return false;
    *ret_at = (struct ga_yaml_at){(int)line, (int)column};
    return true;
}

static bool get_text_at(struct unpacker *unpacker, struct ga_yaml_text *ret_text)
{
    return get_text(unpacker, &ret_text->text) &&
           (ret_text->text == NULL || get_place(unpacker, &ret_text->at));
}

static bool get_node(struct unpacker *unpacker, const struct ga_yaml_node **ret_node);

static bool get_items(struct unpacker *unpacker, struct ga_yaml_node *node)
{
    if (!get_count(unpacker, 4, &node->len))
        return false;
    const struct ga_yaml_node **items = ga_arena_array(unpacker->arena, node->len + 1, sizeof(*items));
    node->items = items;
    for (size_t i = 0; i < node->len; i++)
        if (!get_node(unpacker, &items[i]))
            return false;
    return true;
}

static bool get_pairs(struct unpacker *unpacker, struct ga_yaml_node *node)
{
    if (!get_count(unpacker, 8, &node->len))
        return false;
    struct ga_yaml_pair *pairs = ga_arena_array(unpacker->arena, node->len + 1, sizeof(*pairs));
    node->pairs = pairs;
    for (size_t i = 0; i < node->len; i++)
        if (!get_node(unpacker, &pairs[i].key) || pairs[i].key->kind != GA_YAML_SCALAR ||
            !get_node(unpacker, &pairs[i].value))
            return false;
    return true;
}

static bool get_node_body(struct unpacker *unpacker, struct ga_yaml_node *node)
{
    if (node->kind == GA_YAML_SCALAR)
        return get_text_len(unpacker, &node->text, &node->len) && node->text != NULL;
    if (++unpacker->depth > GA_YAML_PACK_DEPTH_MAX)
        return false;
    bool is_whole = node->kind == GA_YAML_MAPPING ? get_pairs(unpacker, node) : get_items(unpacker, node);
    unpacker->depth--;
    return is_whole;
}

static bool get_node(struct unpacker *unpacker, const struct ga_yaml_node **ret_node)
{
    uint64_t kind;
    if (!get_below(unpacker, (GA_YAML_MAPPING + 1) << 2, &kind))
        return false;
    struct ga_yaml_node *node = ga_arena_alloc(unpacker->arena, sizeof(*node));
    node->kind = (enum ga_yaml_kind)(kind >> 2);
    node->style = (enum ga_yaml_style)(kind & 3);
    *ret_node = node;
    return get_place(unpacker, &node->at) && get_node_body(unpacker, node);
}

typedef bool unpack_fn(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member);

static bool admit_text(const struct ga_yaml_row *row, const char *text)
{
    if (text == NULL)
        return true;
    return (row->flags & GA_YAML_NAME) == 0 || ga_yaml_is_name(text);
}

static bool unpack_text(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    const char *text;
    if (!get_text(unpacker, &text) || !admit_text(row, text))
        return false;
    memcpy(member, &text, sizeof(text));
    return text != NULL || (row->flags & GA_YAML_REQUIRED) == 0;
}

static bool unpack_text_at(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    struct ga_yaml_text text = {0};
    if (!get_text_at(unpacker, &text) || !admit_text(row, text.text))
        return false;
    memcpy(member, &text, sizeof(text));
    return text.text != NULL || (row->flags & GA_YAML_REQUIRED) == 0;
}

static bool unpack_bool(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    (void)row;
    uint64_t value;
    if (!get_below(unpacker, 2, &value))
        return false;
    bool claim = value == 1;
    memcpy(member, &claim, sizeof(claim));
    return true;
}

static bool unpack_integer(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    int64_t value;
    if (!get_signed(unpacker, &value))
        return false;
    memcpy(member, &value, sizeof(value));
    bool is_bounded = row->min != 0 || row->max != 0;
    return !is_bounded || (value >= row->min && value <= row->max) || value == row->preset;
}

static bool unpack_enum(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    int64_t value;
    if (!get_signed(unpacker, &value))
        return false;
    bool is_known = value == row->preset;
    for (const struct ga_yaml_choice *choice = row->choices; !is_known && choice->name != NULL; choice++)
        is_known = choice->value == value;
    int small = (int)value;
    memcpy(member, &small, sizeof(small));
    return is_known;
}

static bool unpack_label(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    struct ga_label label;
    if (!get_text(unpacker, &label.zh) || !get_text(unpacker, &label.en))
        return false;
    memcpy(member, &label, sizeof(label));
    return label.zh != NULL || (row->flags & GA_YAML_REQUIRED) == 0;
}

static bool unpack_place(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    (void)row;
    return get_place(unpacker, member);
}

static bool unpack_node(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    (void)row;
    uint64_t is_there;
    const struct ga_yaml_node *node = NULL;
    if (!get_below(unpacker, 2, &is_there) || (is_there == 1 && !get_node(unpacker, &node)))
        return false;
    memcpy(member, &node, sizeof(node));
    return true;
}

static bool unpack_struct(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    uint64_t is_there;
    char *into = NULL;
    if (!get_below(unpacker, 2, &is_there))
        return false;
    if (is_there == 1) {
        into = ga_arena_alloc(unpacker->arena, row->schema->size_bytes);
        if (!get_struct(unpacker, row->schema, into))
            return false;
    }
    memcpy(member, &into, sizeof(into));
    return true;
}

/* An array for as many items as stand there; false: not that many can. */
static bool open_array(struct unpacker *unpacker, size_t least_bytes, size_t item_bytes,
                       struct ga_yaml_untyped_list *list, void *member)
{
    if (!get_count(unpacker, least_bytes, &list->count))
        return false;
    if (list->count > 0)
        list->items = ga_arena_array(unpacker->arena, list->count, item_bytes);
    memcpy(member, list, sizeof(*list));
    return true;
}

static size_t least_bytes_of(const struct ga_yaml_schema *schema, int edition)
{
    size_t rows = 0; /* every row takes at least one byte */
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++)
        rows += row->since <= edition;
    return rows == 0 ? 1 : rows;
}

static bool unpack_structs(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    struct ga_yaml_untyped_list list = {0};
    size_t size = row->schema->size_bytes;
    if (!open_array(unpacker, least_bytes_of(row->schema, unpacker->edition), size, &list, member))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!get_struct(unpacker, row->schema, (char *)list.items + i * size))
            return false;
    return true;
}

static bool unpack_texts(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    struct ga_yaml_untyped_list list = {0};
    if (!open_array(unpacker, 4, sizeof(struct ga_yaml_text), &list, member))
        return false;
    struct ga_yaml_text *texts = list.items;
    for (size_t i = 0; i < list.count; i++)
        if (!get_text_at(unpacker, &texts[i]) || texts[i].text == NULL || !admit_text(row, texts[i].text))
            return false;
    return true;
}

static bool unpack_words(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    struct ga_yaml_untyped_list list = {0};
    if (!open_array(unpacker, 2, sizeof(const char *), &list, member))
        return false;
    const char **words = list.items;
    for (size_t i = 0; i < list.count; i++)
        if (!get_text(unpacker, &words[i]) || words[i] == NULL || !admit_text(row, words[i]))
            return false;
    return true;
}

static bool unpack_text_map(struct unpacker *unpacker, const struct ga_yaml_row *row, void *member)
{
    struct ga_yaml_untyped_list list = {0};
    if (!open_array(unpacker, 8, sizeof(struct ga_yaml_named), &list, member))
        return false;
    struct ga_yaml_named *entries = list.items;
    for (size_t i = 0; i < list.count; i++) {
        bool is_whole = get_text_at(unpacker, &entries[i].name) && get_text_at(unpacker, &entries[i].value);
        if (!is_whole || entries[i].name.text == NULL || entries[i].value.text == NULL ||
            !admit_text(row, entries[i].name.text))
            return false;
    }
    return true;
}

static unpack_fn *const unpackers[] = {
    [GA_YAML_TEXT] = unpack_text,         [GA_YAML_TEXT_AT] = unpack_text_at,
    [GA_YAML_BOOL] = unpack_bool,         [GA_YAML_INTEGER] = unpack_integer,
    [GA_YAML_LABEL] = unpack_label,       [GA_YAML_TEXTS] = unpack_texts,
    [GA_YAML_WORDS] = unpack_words,       [GA_YAML_ENUM] = unpack_enum,
    [GA_YAML_STRUCT] = unpack_struct,     [GA_YAML_STRUCTS] = unpack_structs,
    [GA_YAML_MAP] = unpack_structs,       [GA_YAML_TEXT_MAP] = unpack_text_map,
    [GA_YAML_NODE] = unpack_node,         [GA_YAML_PLACE] = unpack_place,
    [GA_YAML_NAME_HERE] = unpack_text_at,
};

static bool get_struct(struct unpacker *unpacker, const struct ga_yaml_schema *schema, char *into)
{
    bool is_whole = ++unpacker->depth <= GA_YAML_PACK_DEPTH_MAX;
    for (const struct ga_yaml_row *row = schema->rows; is_whole && row->type != GA_YAML_END; row++)
        is_whole = row->since > unpacker->edition || unpackers[row->type](unpacker, row, into + row->offset);
    unpacker->depth--;
    return is_whole;
}

/* Which edition of the table these bytes were packed by; < 0: none. */
static int edition_of(const struct ga_yaml_schema *schema, const unsigned char *bytes)
{
    const uint64_t shape = ga_yaml_fixed_at(bytes + 4, 8);
    int edition = GA_YAML_EDITION;
    while (edition >= 0 && ga_yaml_shape_of(schema, edition) != shape)
        edition--;
    return edition;
}

static bool is_sealed(const struct ga_yaml_schema *schema, const unsigned char *bytes, size_t len, int *ret_edition)
{
    if (len < GA_YAML_PACK_HEAD_BYTES || len > GA_YAML_PACK_BYTES_MAX)
        return false;
    size_t body_len = len - GA_YAML_PACK_HEAD_BYTES;
    *ret_edition = edition_of(schema, bytes);
    return memcmp(bytes, GA_YAML_PACK_MAGIC, 4) == 0 && *ret_edition >= 0 &&
           ga_yaml_fixed_at(bytes + 12, 4) == body_len &&
           ga_yaml_fixed_at(bytes + 16, 8) == ga_yaml_sum(1, bytes + GA_YAML_PACK_HEAD_BYTES, body_len);
}

enum ga_rc ga_yaml_unpack(const struct ga_yaml_schema *schema, const void *bytes, size_t len,
                          struct ga_arena *arena, void *ret_struct, struct ga_error *err)
{
    char *made = ga_arena_alloc(arena, schema->size_bytes);
    struct unpacker unpacker = {.arena = arena};
    if (bytes != NULL && is_sealed(schema, bytes, len, &unpacker.edition)) {
        unpacker.next = (const char *)bytes + GA_YAML_PACK_HEAD_BYTES;
        unpacker.end = (const char *)bytes + len;
        if (get_struct(&unpacker, schema, made) && unpacker.next == unpacker.end) {
            memcpy(ret_struct, made, schema->size_bytes);
            return GA_OK;
        }
    }
    return ga_error_set(err, GA_DAMAGED, "the stored form of a definition is damaged or of another version");
}
