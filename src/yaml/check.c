/* Walking a tree along a schema into a C struct. */
#include "value.h"

#include "guanai/yaml/suggest.h"

#include <string.h>

static void check_struct(struct ga_yaml_walk *walk, const struct ga_yaml_schema *schema, const char *key,
                         const struct ga_yaml_node *node, char *into);

void ga_yaml_refuse_key(struct ga_yaml_walk *walk, const struct ga_yaml_pair *pair,
                        enum ga_yaml_style style, const char *best, const char *known)
{
    const struct ga_yaml_node *key = pair->key;
    const char *wide = ga_yaml_hint_full_width(key->text, key->len, true);
    bool is_cut = style == GA_YAML_FLOW && ga_yaml_is_absent(pair->value) && key->style == GA_YAML_PLAIN;
    ga_yaml_fault(&walk->report, key->at, "unknown key '%1'", key->text);
    if (wide != NULL)
        ga_yaml_hint(&walk->report, wide);
    else if (best != NULL)
        ga_yaml_hint(&walk->report, "did you mean '%1'?", best);
    else if (is_cut) /* the rest of a text that was cut at its comma */
        ga_yaml_hint(&walk->report, ga_yaml_hint_quote);
    else
        ga_yaml_hint(&walk->report, "known here are: %1", known);
}

static void refuse_unknown(struct ga_yaml_walk *walk, const struct ga_yaml_schema *schema,
                           const struct ga_yaml_pair *pair, enum ga_yaml_style style)
{
    struct ga_yaml_guess guess;
    struct ga_str known = {0};
    ga_yaml_guess_start(&guess, pair->key->text);
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++) {
        if (row->key == NULL)
            continue;
        ga_yaml_guess_offer(&guess, row->key);
        ga_yaml_add_word(&known, row->key);
    }
    ga_yaml_refuse_key(walk, pair, style, guess.best, ga_str_text(&known));
    ga_str_finish(&known);
}

static void put_list(void *member, void *items, size_t count)
{
    struct ga_yaml_untyped_list list = {items, count};
    memcpy(member, &list, sizeof(list));
}

/* A lone item where GA_YAML_LONE allows it becomes a list of one; false: a fault was added. */
static bool open_list(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                      const struct ga_yaml_node *const *node, const struct ga_yaml_node *const **ret_items,
                      size_t *ret_count)
{
    bool is_list = (*node)->kind == GA_YAML_SEQUENCE;
    bool is_lone = !is_list && (row->flags & GA_YAML_LONE) != 0;
    if (!is_lone && ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_LIST, *node))
        return false;
    *ret_items = is_list ? (*node)->items : node;
    *ret_count = is_list ? (*node)->len : 1;
    return ga_yaml_admit_amount(walk, row, (*node)->at, *ret_count);
}

static void load_texts(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, void *member)
{
    const struct ga_yaml_node *const *nodes;
    size_t count, kept = 0;
    if (!open_list(walk, row, &node, &nodes, &count))
        return;
    struct ga_yaml_text *texts = ga_arena_array(walk->arena, count + 1, sizeof(*texts));
    for (size_t i = 0; i < count; i++)
        kept += ga_yaml_read_text(walk, row, nodes[i], &texts[kept]);
    put_list(member, texts, kept);
}

static void load_words(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, void *member)
{
    const struct ga_yaml_node *const *nodes;
    size_t count, kept = 0;
    if (!open_list(walk, row, &node, &nodes, &count))
        return;
    const char **words = ga_arena_array(walk->arena, count + 1, sizeof(*words));
    for (size_t i = 0; i < count; i++) {
        struct ga_yaml_text text;
        if (ga_yaml_read_text(walk, row, nodes[i], &text))
            words[kept++] = text.text;
    }
    put_list(member, words, kept);
}

static void load_struct(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                        const struct ga_yaml_node *node, void *member)
{
    if (ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_MAPPING, node))
        return;
    void *into = ga_arena_alloc(walk->arena, row->schema->size_bytes);
    check_struct(walk, row->schema, row->key, node, into);
    memcpy(member, &into, sizeof(into));
}

static void load_structs(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                         const struct ga_yaml_node *node, void *member)
{
    const struct ga_yaml_node *const *nodes;
    size_t count, size = row->schema->size_bytes;
    if (!open_list(walk, row, &node, &nodes, &count))
        return;
    char *structs = ga_arena_array(walk->arena, count + 1, size);
    for (size_t i = 0; i < count; i++)
        check_struct(walk, row->schema, row->key, nodes[i], structs + i * size);
    put_list(member, structs, count);
}

static bool open_map(struct ga_yaml_walk *walk, const struct ga_yaml_row *row, const struct ga_yaml_node *node)
{
    return !ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_MAPPING, node) &&
           ga_yaml_admit_amount(walk, row, node->at, node->len);
}

static void put_name(const struct ga_yaml_schema *schema, const struct ga_yaml_text *name, char *into)
{
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++)
        if (row->type == GA_YAML_NAME_HERE)
            memcpy(into + row->offset, name, sizeof(*name));
}

static void load_map(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                     const struct ga_yaml_node *node, void *member)
{
    size_t size = row->schema->size_bytes;
    if (!open_map(walk, row, node))
        return;
    char *structs = ga_arena_array(walk->arena, node->len + 1, size);
    for (size_t i = 0; i < node->len; i++) {
        struct ga_yaml_text name = {node->pairs[i].key->text, node->pairs[i].key->at};
        ga_yaml_read_text(walk, row, node->pairs[i].key, &name);
        check_struct(walk, row->schema, name.text, node->pairs[i].value, structs + i * size);
        put_name(row->schema, &name, structs + i * size);
    }
    put_list(member, structs, node->len);
}

static void load_text_map(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                          const struct ga_yaml_node *node, void *member)
{
    size_t kept = 0;
    if (!open_map(walk, row, node))
        return;
    struct ga_yaml_row value_row = {.flags = row->flags & ~(unsigned)GA_YAML_NAME};
    struct ga_yaml_named *entries = ga_arena_array(walk->arena, node->len + 1, sizeof(*entries));
    for (size_t i = 0; i < node->len; i++) {
        struct ga_yaml_named *entry = &entries[kept];
        value_row.key = node->pairs[i].key->text;
        bool has_name = ga_yaml_read_text(walk, row, node->pairs[i].key, &entry->name);
        bool has_value = ga_yaml_read_text(walk, &value_row, node->pairs[i].value, &entry->value);
        kept += has_name && has_value; /* both are read, so that both are complained of */
    }
    put_list(member, entries, kept);
}

static ga_yaml_load_fn *const loaders[] = {
    [GA_YAML_TEXT] = ga_yaml_load_text,       [GA_YAML_TEXT_AT] = ga_yaml_load_text_at,
    [GA_YAML_BOOL] = ga_yaml_load_bool,       [GA_YAML_INTEGER] = ga_yaml_load_integer,
    [GA_YAML_LABEL] = ga_yaml_load_label,     [GA_YAML_TEXTS] = load_texts,
    [GA_YAML_ENUM] = ga_yaml_load_enum,       [GA_YAML_STRUCT] = load_struct,
    [GA_YAML_STRUCTS] = load_structs,         [GA_YAML_MAP] = load_map,
    [GA_YAML_TEXT_MAP] = load_text_map,       [GA_YAML_NODE] = ga_yaml_load_node,
    [GA_YAML_WORDS] = load_words,
};

static void preset_row(const struct ga_yaml_row *row, char *into)
{
    bool claim = row->preset != 0;
    int choice = (int)row->preset;
    if (row->type == GA_YAML_BOOL)
        memcpy(into + row->offset, &claim, sizeof(claim));
    else if (row->type == GA_YAML_INTEGER)
        memcpy(into + row->offset, &row->preset, sizeof(row->preset));
    else if (row->type == GA_YAML_ENUM)
        memcpy(into + row->offset, &choice, sizeof(choice));
}

static void preset_struct(const struct ga_yaml_schema *schema, const struct ga_yaml_node *node, char *into)
{
    memset(into, 0, schema->size_bytes);
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++) {
        preset_row(row, into);
        if (row->type == GA_YAML_PLACE && node != NULL)
            memcpy(into + row->offset, &node->at, sizeof(node->at));
    }
}

static bool is_empty(const struct ga_yaml_node *node)
{
    return node->kind == GA_YAML_SCALAR ? node->text[strspn(node->text, " \t\n")] == '\0' : node->len == 0;
}

/* Answers the row's bit, 0 for an unknown or empty key. */
static uint64_t load_pair(struct ga_yaml_walk *walk, const struct ga_yaml_schema *schema,
                          const struct ga_yaml_pair *pair, enum ga_yaml_style style, char *into)
{
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++) {
        if (row->key == NULL || strcmp(row->key, pair->key->text) != 0)
            continue;
        uint64_t bit = UINT64_C(1) << (row - schema->rows);
        if ((row->flags & GA_YAML_REQUIRED) != 0 && is_empty(pair->value))
            ga_yaml_fault(&walk->report, pair->value->at, "'%1' must not be empty", row->key);
        else if (!ga_yaml_is_absent(pair->value) || row->type == GA_YAML_NODE)
            loaders[row->type](walk, row, pair->value, into + row->offset);
        return bit;
    }
    if (pair->key->len > 0) /* a missing key was reported while parsing */
        refuse_unknown(walk, schema, pair, style);
    return 0;
}

static void report_missing(struct ga_yaml_walk *walk, const struct ga_yaml_schema *schema, uint64_t seen,
                           struct ga_yaml_at at)
{
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++) {
        bool is_seen = (seen >> (row - schema->rows) & 1) != 0;
        if (is_seen || (row->flags & GA_YAML_REQUIRED) == 0)
            continue;
        ga_yaml_fault(&walk->report, at, "the key '%1' is missing here", row->key);
        if (row->doc != NULL)
            ga_yaml_hint(&walk->report, row->doc);
    }
}

static void check_struct(struct ga_yaml_walk *walk, const struct ga_yaml_schema *schema, const char *key,
                         const struct ga_yaml_node *node, char *into)
{
    uint64_t seen = 0;
    preset_struct(schema, node, into);
    if (!ga_yaml_is_absent(node) && ga_yaml_refuse_kind(walk, key, GA_YAML_WANT_MAPPING, node))
        return;
    for (size_t i = 0; node->kind == GA_YAML_MAPPING && i < node->len; i++)
        seen |= load_pair(walk, schema, &node->pairs[i], node->style, into);
    report_missing(walk, schema, seen, node->at);
}

enum ga_rc ga_yaml_check(const struct ga_yaml_schema *schema, const struct ga_yaml_node *node,
                         const char *file, struct ga_arena *arena, void *into, struct ga_problems *problems)
{
    struct ga_yaml_walk walk = {arena, {problems, file, NULL}};
    size_t faults = problems->faults;
    if (node == NULL)
        preset_struct(schema, NULL, into);
    else
        check_struct(&walk, schema, schema->name, node, into);
    return problems->faults > faults ? GA_REFUSED : GA_OK;
}

enum ga_rc ga_yaml_load(const struct ga_yaml_schema *schema, const char *bytes, size_t len,
                        const char *file, struct ga_arena *arena, void *into, struct ga_problems *problems)
{
    struct ga_arena tree = {0};
    const struct ga_yaml_node *root;
    enum ga_rc parsed = ga_yaml_parse(bytes, len, file, arena, &tree, &root, problems);
    enum ga_rc checked = ga_yaml_check(schema, root, file, arena, into, problems);
    if (parsed != GA_OK || checked != GA_OK)
        ga_problems_sort(problems);
    ga_arena_finish(&tree);
    return parsed != GA_OK ? parsed : checked;
}
