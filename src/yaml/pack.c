/* Writing a loaded struct as compact bytes. */
#include "shape.h"

#include <string.h>

struct packer {
    struct ga_str *out;
    bool with_places;
};

static void put_struct(struct packer *packer, const struct ga_yaml_schema *schema, const char *from);

static void put_number(struct packer *packer, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        ga_str_add_char(packer->out, (char)(value | 0x80));
    ga_str_add_char(packer->out, (char)value);
}

static void put_signed(struct packer *packer, int64_t value)
{
    put_number(packer, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

static void put_text(struct packer *packer, const char *text)
{
    size_t len = text == NULL ? 0 : strlen(text);
    put_number(packer, text == NULL ? 0 : len + 1);
    if (text != NULL)
        ga_str_add_bytes(packer->out, text, len + 1);
}

static void put_place(struct packer *packer, struct ga_yaml_at at)
{
    put_number(packer, packer->with_places ? (uint64_t)at.line : 0);
    put_number(packer, packer->with_places ? (uint64_t)at.column : 0);
}

static void put_text_at(struct packer *packer, const struct ga_yaml_text *text)
{
    put_text(packer, text->text);
    if (text->text != NULL)
        put_place(packer, text->at);
}

static void put_node(struct packer *packer, const struct ga_yaml_node *node)
{
    put_number(packer, (uint64_t)node->kind << 2 | (uint64_t)node->style);
    put_place(packer, node->at);
    if (node->kind == GA_YAML_SCALAR) {
        put_text(packer, node->text);
        return;
    }
    put_number(packer, node->len);
    for (size_t i = 0; i < node->len; i++) {
        if (node->kind == GA_YAML_MAPPING)
            put_node(packer, node->pairs[i].key);
        put_node(packer, node->kind == GA_YAML_MAPPING ? node->pairs[i].value : node->items[i]);
    }
}

typedef void pack_fn(struct packer *packer, const struct ga_yaml_row *row, const void *member);

static void pack_text(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    const char *text;
    memcpy(&text, member, sizeof(text));
    put_text(packer, text);
}

static void pack_text_at(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    put_text_at(packer, member);
}

static void pack_bool(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    put_number(packer, *(const bool *)member);
}

static void pack_integer(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    put_signed(packer, *(const int64_t *)member);
}

static void pack_enum(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    int value;
    memcpy(&value, member, sizeof(value));
    put_signed(packer, value);
}

static void pack_label(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    const struct ga_label *label = member;
    put_text(packer, label->zh);
    put_text(packer, label->en);
}

static void pack_place(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    put_place(packer, *(const struct ga_yaml_at *)member);
}

static void pack_node(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    const struct ga_yaml_node *node;
    memcpy(&node, member, sizeof(node));
    put_number(packer, node != NULL);
    if (node != NULL)
        put_node(packer, node);
}

static void pack_struct(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    const char *from;
    memcpy(&from, member, sizeof(from));
    put_number(packer, from != NULL);
    if (from != NULL)
        put_struct(packer, row->schema, from);
}

static struct ga_yaml_untyped_list put_count(struct packer *packer, const void *member)
{
    struct ga_yaml_untyped_list list;
    memcpy(&list, member, sizeof(list));
    put_number(packer, list.count);
    return list;
}

static void pack_structs(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    struct ga_yaml_untyped_list list = put_count(packer, member);
    for (size_t i = 0; i < list.count; i++)
        put_struct(packer, row->schema, (const char *)list.items + i * row->schema->size_bytes);
}

static void pack_texts(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    struct ga_yaml_untyped_list list = put_count(packer, member);
    for (size_t i = 0; i < list.count; i++)
        put_text_at(packer, (const struct ga_yaml_text *)list.items + i);
}

static void pack_words(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    struct ga_yaml_untyped_list list = put_count(packer, member);
    for (size_t i = 0; i < list.count; i++)
        put_text(packer, ((const char *const *)list.items)[i]);
}

static void pack_text_map(struct packer *packer, const struct ga_yaml_row *row, const void *member)
{
    (void)row;
    struct ga_yaml_untyped_list list = put_count(packer, member);
    const struct ga_yaml_named *entries = list.items;
    for (size_t i = 0; i < list.count; i++) {
        put_text_at(packer, &entries[i].name);
        put_text_at(packer, &entries[i].value);
    }
}

static pack_fn *const packers[] = {
    [GA_YAML_TEXT] = pack_text,         [GA_YAML_TEXT_AT] = pack_text_at,
    [GA_YAML_BOOL] = pack_bool,         [GA_YAML_INTEGER] = pack_integer,
    [GA_YAML_LABEL] = pack_label,       [GA_YAML_TEXTS] = pack_texts,
    [GA_YAML_WORDS] = pack_words,       [GA_YAML_ENUM] = pack_enum,
    [GA_YAML_STRUCT] = pack_struct,     [GA_YAML_STRUCTS] = pack_structs,
    [GA_YAML_MAP] = pack_structs,       [GA_YAML_TEXT_MAP] = pack_text_map,
    [GA_YAML_NODE] = pack_node,         [GA_YAML_PLACE] = pack_place,
    [GA_YAML_NAME_HERE] = pack_text_at,
};

/* One that joined the table later leaves no trace in the content of what does not use it. */
static void put_late(struct packer *packer, const struct ga_yaml_row *row, const char *from)
{
    const size_t start = packer->out->len;
    bool is_used = false;
    packers[row->type](packer, row, from + row->offset);
    for (size_t i = start; i < packer->out->len; i++)
        is_used |= packer->out->data[i] != 0;
    if (!is_used)
        packer->out->data[packer->out->len = start] = '\0';
}

static void put_struct(struct packer *packer, const struct ga_yaml_schema *schema, const char *from)
{
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++) {
        if (row->since > 0 && !packer->with_places)
            put_late(packer, row, from);
        else
            packers[row->type](packer, row, from + row->offset);
    }
}

void ga_yaml_pack_content(const struct ga_yaml_schema *schema, const void *from, struct ga_str *out)
{
    struct packer packer = {out, false};
    put_struct(&packer, schema, from);
}

void ga_yaml_pack(const struct ga_yaml_schema *schema, const void *from, struct ga_str *out)
{
    struct ga_str body = {0};
    struct packer packer = {&body, true};
    put_struct(&packer, schema, from);
    ga_str_add_bytes(out, GA_YAML_PACK_MAGIC, 4);
    ga_yaml_put_fixed(out, ga_yaml_shape(schema), 8);
    ga_yaml_put_fixed(out, body.len, 4);
    ga_yaml_put_fixed(out, ga_yaml_sum(1, ga_str_text(&body), body.len), 8);
    ga_str_add_bytes(out, ga_str_text(&body), body.len);
    ga_str_finish(&body);
}
