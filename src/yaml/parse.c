/* One pass over libyaml's events that builds our nodes. */
#include "inner.h"

#include "guanai/base/map.h"
#include "guanai/base/num.h"

#include <string.h>
#include <yaml.h>

/* A sequence or mapping that is still open. */
struct frame {
    struct ga_yaml_node *node;
    size_t first; /* index of its first child in reader.pending */
};

struct reader {
    struct ga_arena *texts, *tree;
    struct ga_yaml_report report;
    struct ga_vec pending; /* const struct ga_yaml_node *: children of the open frames, innermost last */
    struct frame frames[GA_YAML_DEPTH_MAX];
    int depth;
    size_t nodes;
    size_t documents;
    bool is_over;   /* nothing more to read, or no use in reading on */
    bool is_broken; /* the tree is not whole */
};

static struct ga_yaml_at place_of(yaml_mark_t mark)
{
    return (struct ga_yaml_at){(int)mark.line + 1, (int)mark.column + 1};
}

static void give_up(struct reader *reader)
{
    reader->is_over = reader->is_broken = true;
}

static bool wants_key(const struct reader *reader)
{
    if (reader->depth == 0)
        return false;
    const struct frame *frame = &reader->frames[reader->depth - 1];
    return frame->node->kind == GA_YAML_MAPPING && (reader->pending.len - frame->first) % 2 == 0;
}

static struct ga_yaml_node *add_node(struct reader *reader, enum ga_yaml_kind kind,
                                     enum ga_yaml_style style, struct ga_yaml_at at)
{
    struct ga_yaml_node *node = ga_arena_alloc(reader->tree, sizeof(*node));
    *node = (struct ga_yaml_node){.kind = kind, .style = style, .at = at};
    if (kind == GA_YAML_SCALAR)
        node->text = "";
    *(const struct ga_yaml_node **)ga_vec_push(&reader->pending) = node;
    return node;
}

/* Before each node is made; false: over a limit, reading ends. */
static bool admit_node(struct reader *reader, struct ga_yaml_at at)
{
    if (++reader->nodes <= GA_YAML_NODES_MAX)
        return true;
    ga_yaml_fault(&reader->report, at, "the file has more than %1 values", GA_NUM(GA_YAML_NODES_MAX));
    give_up(reader);
    return false;
}

static void refuse_decoration(struct reader *reader, const void *anchor, const void *tag,
                              struct ga_yaml_at at)
{
    if (anchor != NULL) {
        ga_yaml_fault(&reader->report, at, "anchors (&name) are not used here");
        ga_yaml_hint(&reader->report, "write the text out; a text that begins with & goes in quotes");
    }
    if (tag != NULL) {
        ga_yaml_fault(&reader->report, at, "tags (!name) are not used here");
        ga_yaml_hint(&reader->report, "a text that begins with ! goes in quotes");
    }
}

static void refuse_key(struct reader *reader, const struct ga_yaml_node *key)
{
    if (key->kind != GA_YAML_SCALAR)
        ga_yaml_fault(&reader->report, key->at, "a key must be a text");
    else if (key->style == GA_YAML_PLAIN && strcmp(key->text, "<<") == 0)
        ga_yaml_fault(&reader->report, key->at, "merge keys (<<) are not used here");
    else if (key->len == 0)
        ga_yaml_fault(&reader->report, key->at, "a key is missing before the colon");
}

/* Escapes in double quotes can write what the file itself may not hold. */
static bool refuse_escaped(struct reader *reader, const char *text, size_t len, struct ga_yaml_at at)
{
    for (size_t i = 0, step; i < len; i += step) {
        uint32_t code = 0;
        step = ga_yaml_decode(text + i, len - i, &code);
        if (step != 0 && !ga_yaml_is_control(code))
            continue;
        ga_yaml_fault(&reader->report, at, "this text holds an escaped control character");
        return true;
    }
    return false;
}

static enum ga_yaml_style style_of(yaml_scalar_style_t style)
{
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        return GA_YAML_BLOCK;
    return style == YAML_PLAIN_SCALAR_STYLE ? GA_YAML_PLAIN : GA_YAML_QUOTED;
}

static void read_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct ga_yaml_at at = place_of(event->start_mark);
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    if (!admit_node(reader, at))
        return;
    refuse_decoration(reader, event->data.scalar.anchor, event->data.scalar.tag, at);
    bool is_key = wants_key(reader);
    struct ga_yaml_node *node = add_node(reader, GA_YAML_SCALAR, style_of(event->data.scalar.style), at);
    if (len > GA_YAML_SCALAR_BYTES_MAX) {
        ga_yaml_fault(&reader->report, at, "this text is longer than %1 bytes",
                      GA_NUM(GA_YAML_SCALAR_BYTES_MAX));
        if (is_key)
            give_up(reader);
        return;
    }
    if (refuse_escaped(reader, text, len, at))
        return;
    node->text = ga_arena_strndup(reader->texts, text, len);
    node->len = len;
    if (is_key)
        refuse_key(reader, node);
}

static void read_alias(struct reader *reader, const yaml_event_t *event)
{
    struct ga_yaml_at at = place_of(event->start_mark);
    if (!admit_node(reader, at))
        return;
    ga_yaml_fault(&reader->report, at, "aliases (*name) are not used here");
    ga_yaml_hint(&reader->report, "write the text out; a text that begins with * goes in quotes");
    add_node(reader, GA_YAML_SCALAR, GA_YAML_QUOTED, at);
}

static void open_frame(struct reader *reader, enum ga_yaml_kind kind, bool is_flow, struct ga_yaml_at at)
{
    if (!admit_node(reader, at))
        return;
    if (reader->depth == GA_YAML_DEPTH_MAX) {
        ga_yaml_fault(&reader->report, at, "lists and mappings are nested more than %1 deep",
                      GA_NUM(GA_YAML_DEPTH_MAX));
        give_up(reader);
        return;
    }
    bool is_key = wants_key(reader);
    struct ga_yaml_node *node = add_node(reader, kind, is_flow ? GA_YAML_FLOW : GA_YAML_BLOCK, at);
    if (is_key)
        refuse_key(reader, node);
    reader->frames[reader->depth++] = (struct frame){node, reader->pending.len};
}

static void open_sequence(struct reader *reader, const yaml_event_t *event)
{
    struct ga_yaml_at at = place_of(event->start_mark);
    refuse_decoration(reader, event->data.sequence_start.anchor, event->data.sequence_start.tag, at);
    open_frame(reader, GA_YAML_SEQUENCE, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, at);
}

static void open_mapping(struct reader *reader, const yaml_event_t *event)
{
    struct ga_yaml_at at = place_of(event->start_mark);
    refuse_decoration(reader, event->data.mapping_start.anchor, event->data.mapping_start.tag, at);
    open_frame(reader, GA_YAML_MAPPING, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, at);
}

static void close_sequence(struct reader *reader, const yaml_event_t *event)
{
    (void)event;
    struct frame frame = reader->frames[--reader->depth];
    size_t count = reader->pending.len - frame.first;
    const struct ga_yaml_node **items = ga_arena_array(reader->tree, count + 1, sizeof(*items));
    for (size_t i = 0; i < count; i++)
        items[i] = *GA_VEC_AT(const struct ga_yaml_node *, &reader->pending, frame.first + i);
    frame.node->items = items;
    frame.node->len = count;
    reader->pending.len = frame.first;
}

/* False, with a finding, when an earlier pair has the same key. */
static bool admit_key(struct reader *reader, struct ga_map *seen, const struct ga_yaml_node *key)
{
    const struct ga_yaml_node *first = ga_map_get(seen, key->text);
    if (first == NULL) {
        ga_map_put(seen, key->text, (void *)key);
        return true;
    }
    ga_yaml_fault(&reader->report, key->at, "the key '%1' is given twice, first in line %2, column %3",
                  key->text, GA_NUM(first->at.line), GA_NUM(first->at.column));
    return false;
}

static void close_mapping(struct reader *reader, const yaml_event_t *event)
{
    (void)event;
    struct frame frame = reader->frames[--reader->depth];
    size_t count = (reader->pending.len - frame.first) / 2;
    struct ga_yaml_pair *pairs = ga_arena_array(reader->tree, count + 1, sizeof(*pairs));
    struct ga_map seen = {0};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ga_yaml_node **pair = ga_vec_at(&reader->pending, frame.first + 2 * i);
        if (pair[0]->kind == GA_YAML_SCALAR && admit_key(reader, &seen, pair[0]))
            pairs[kept++] = (struct ga_yaml_pair){pair[0], pair[1]};
    }
    ga_map_finish(&seen);
    frame.node->pairs = pairs;
    frame.node->len = kept;
    reader->pending.len = frame.first;
}

static void open_document(struct reader *reader, const yaml_event_t *event)
{
    if (++reader->documents < 2)
        return;
    ga_yaml_fault(&reader->report, place_of(event->start_mark), "the file holds a second document (---)");
    ga_yaml_hint(&reader->report, "put it in a file of its own");
    reader->is_over = true;
}

static void end_stream(struct reader *reader, const yaml_event_t *event)
{
    (void)event;
    reader->is_over = true;
}

static void (*const readers[])(struct reader *, const yaml_event_t *) = {
    [YAML_STREAM_END_EVENT] = end_stream,
    [YAML_DOCUMENT_START_EVENT] = open_document,
    [YAML_ALIAS_EVENT] = read_alias,
    [YAML_SCALAR_EVENT] = read_scalar,
    [YAML_SEQUENCE_START_EVENT] = open_sequence,
    [YAML_SEQUENCE_END_EVENT] = close_sequence,
    [YAML_MAPPING_START_EVENT] = open_mapping,
    [YAML_MAPPING_END_EVENT] = close_mapping,
};

static void report_failure(struct reader *reader, const yaml_parser_t *parser, struct ga_yaml_source source)
{
    struct ga_yaml_failure failure = {
        .problem = parser->problem == NULL ? "" : parser->problem,
        .context = parser->context == NULL ? "" : parser->context,
        .at = place_of(parser->problem_mark),
        .context_at = place_of(parser->context == NULL ? parser->problem_mark : parser->context_mark),
    };
    ga_yaml_cause_add(&failure, source, &reader->report);
    give_up(reader);
}

static void read_events(struct reader *reader, struct ga_yaml_source source)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) { /* only without memory */
        give_up(reader);
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)source.bytes, source.len);
    while (!reader->is_over) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            report_failure(reader, &parser, source);
            break;
        }
        if ((size_t)event.type < GA_COUNT(readers) && readers[event.type] != NULL)
            readers[event.type](reader, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static const struct ga_yaml_node *build_tree(struct ga_yaml_source source, struct ga_arena *texts,
                                             struct ga_arena *tree, struct ga_yaml_report report)
{
    struct reader reader = {.texts = texts, .tree = tree, .report = report};
    ga_vec_init(&reader.pending, sizeof(struct ga_yaml_node *));
    read_events(&reader, source);
    if (!reader.is_broken && reader.pending.len == 0) /* an empty file */
        add_node(&reader, GA_YAML_SCALAR, GA_YAML_PLAIN, (struct ga_yaml_at){1, 1});
    const struct ga_yaml_node *root = NULL;
    if (!reader.is_broken)
        root = *GA_VEC_AT(const struct ga_yaml_node *, &reader.pending, 0);
    ga_vec_finish(&reader.pending);
    return root;
}

enum ga_rc ga_yaml_parse(const char *bytes, size_t len, const char *file, struct ga_arena *texts,
                         struct ga_arena *tree, const struct ga_yaml_node **ret_root, struct ga_problems *problems)
{
    struct ga_yaml_report report = {problems, file, NULL};
    size_t faults = problems->faults;
    *ret_root = NULL;
    if (len > GA_YAML_FILE_BYTES_MAX) {
        ga_yaml_fault(&report, (struct ga_yaml_at){0}, "the file is larger than %1 KiB",
                      GA_NUM(GA_YAML_FILE_BYTES_MAX / 1024));
        return GA_TOO_BIG;
    }
    struct ga_yaml_source source = {bytes, len};
    if (len >= 3 && memcmp(bytes, GA_BOM, 3) == 0)
        source = (struct ga_yaml_source){bytes + 3, len - 3};
    if (ga_yaml_source_check(source, &report))
        *ret_root = build_tree(source, texts, tree, report);
    return problems->faults > faults ? GA_REFUSED : GA_OK;
}

const struct ga_yaml_node *ga_yaml_get(const struct ga_yaml_node *node, const char *key)
{
    if (node == NULL || node->kind != GA_YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < node->len; i++)
        if (strcmp(node->pairs[i].key->text, key) == 0)
            return node->pairs[i].value;
    return NULL;
}
