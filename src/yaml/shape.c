/* The fingerprint of a schema's shape. */
#include "shape.h"

#include <string.h>

enum { SCHEMAS_MAX = 64 };

struct shape {
    uint64_t sum;
    const struct ga_yaml_schema *seen[SCHEMAS_MAX]; /* tables may contain themselves */
    size_t seen_count;
    int edition;
};

static void mix(struct shape *shape, const char *text, int64_t a, int64_t b)
{
    uint64_t numbers[2] = {(uint64_t)a, (uint64_t)b};
    const char *word = text == NULL ? "" : text;
    shape->sum = ga_yaml_sum(shape->sum, word, strlen(word));
    shape->sum = ga_yaml_sum(shape->sum, numbers, sizeof(numbers));
}

static void mix_schema(struct shape *shape, const struct ga_yaml_schema *schema);

static void mix_row(struct shape *shape, const struct ga_yaml_row *row)
{
    mix(shape, row->key, row->type, row->flags);
    mix(shape, NULL, row->min, row->max);
    mix(shape, NULL, row->preset, 0);
    for (const struct ga_yaml_choice *choice = row->choices; choice != NULL && choice->name != NULL; choice++)
        mix(shape, choice->name, choice->value, 0);
    if (row->schema != NULL)
        mix_schema(shape, row->schema);
}

static void mix_schema(struct shape *shape, const struct ga_yaml_schema *schema)
{
    for (size_t i = 0; i < shape->seen_count; i++) {
        if (shape->seen[i] == schema) {
            mix(shape, "again", (int64_t)i, 0);
            return;
        }
    }
    if (shape->seen_count == SCHEMAS_MAX)
        return;
    shape->seen[shape->seen_count++] = schema;
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++)
        if (row->since <= shape->edition)
            mix_row(shape, row);
    mix(shape, "end", 0, 0);
}

uint64_t ga_yaml_shape_of(const struct ga_yaml_schema *schema, int edition)
{
    struct shape shape = {.sum = 1, .edition = edition};
    mix_schema(&shape, schema);
    return shape.sum;
}

uint64_t ga_yaml_shape(const struct ga_yaml_schema *schema)
{
    return ga_yaml_shape_of(schema, GA_YAML_EDITION);
}

/* Each step is a bijection of the sum, so damage within one word never goes unnoticed. */
static uint64_t step_sum(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 32;
}

static uint64_t word_at(const unsigned char *bytes, size_t len)
{
    uint64_t word = 0; /* little endian on every machine */
    for (size_t i = 0; i < len; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

uint64_t ga_yaml_sum(uint64_t sum, const void *bytes, size_t len)
{
    const unsigned char *next = bytes;
    sum = step_sum(sum, len);
    for (; len >= 8; len -= 8, next += 8)
        sum = step_sum(sum, word_at(next, 8));
    return step_sum(sum, word_at(next, len));
}

void ga_yaml_put_fixed(struct ga_str *out, uint64_t value, size_t len)
{
    for (size_t i = 0; i < len; i++)
        ga_str_add_char(out, (char)(value >> (8 * i) & 0xFF));
}

uint64_t ga_yaml_fixed_at(const unsigned char *bytes, size_t len)
{
    return word_at(bytes, len);
}
