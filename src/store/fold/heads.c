/* The operations that hold each field group of a record. */
#include "private.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct head {
    const char *group;
    struct ga_hash leaf;
};

struct ga_heads {
    struct ga_arena arena;
    struct head *heads; /* sorted by group, then leaf */
    size_t count;
};

static struct ga_heads *create(size_t count)
{
    struct ga_heads *heads = ga_alloc(sizeof(*heads));
    heads->heads = ga_arena_array(&heads->arena, count, sizeof(*heads->heads));
    heads->count = count;
    return heads;
}

struct ga_heads *ga_heads_of(const struct ga_fold_head *from, size_t count)
{
    struct ga_heads *heads = create(count);
    for (size_t i = 0; i < count; i++) {
        heads->heads[i].group = ga_arena_strdup(&heads->arena, from[i].group);
        heads->heads[i].leaf = from[i].op->leaf;
    }
    return heads;
}

struct ga_heads *ga_heads_copy(const struct ga_heads *from)
{
    if (from == NULL)
        return NULL;
    struct ga_heads *heads = create(from->count);
    for (size_t i = 0; i < from->count; i++) {
        heads->heads[i].group = ga_arena_strdup(&heads->arena, from->heads[i].group);
        heads->heads[i].leaf = from->heads[i].leaf;
    }
    return heads;
}

void ga_heads_destroy(struct ga_heads *heads)
{
    if (heads == NULL)
        return;
    ga_arena_finish(&heads->arena);
    free(heads);
}

size_t ga_heads_find(const struct ga_heads *heads, const char *group, const struct ga_hash **ret_leaves, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; heads != NULL && i < heads->count && count < max; i++)
        if (strcmp(heads->heads[i].group, group) == 0)
            ret_leaves[count++] = &heads->heads[i].leaf;
    return count;
}

/* A line a head: group, blank, 64 hex digits. Drafts keep this; it never leaves the computer. */
void ga_heads_pack(const struct ga_heads *heads, struct ga_str *out)
{
    char leaf[GA_HASH_TEXT_SIZE];
    for (size_t i = 0; heads != NULL && i < heads->count; i++)
        ga_str_addf(out, "%s %s\n", heads->heads[i].group, ga_hash_text(&heads->heads[i].leaf, leaf));
}

static bool read_line(struct ga_heads *heads, struct head *head, const char *line, size_t len)
{
    char leaf[GA_HASH_TEXT_SIZE];
    const size_t hex = sizeof(leaf) - 1;
    if (len < hex + 2 || line[len - hex - 1] != ' ')
        return false;
    memcpy(leaf, line + len - hex, hex);
    leaf[hex] = '\0';
    head->group = ga_arena_strndup(&heads->arena, line, len - hex - 1);
    return ga_operation_is_group_id(head->group) && ga_hash_parse(leaf, &head->leaf);
}

enum ga_rc ga_heads_unpack(const void *bytes, size_t len, struct ga_heads **ret_heads, struct ga_error *err)
{
    size_t count = 0;
    const char *text = bytes;
    for (size_t i = 0; i < len; i++)
        count += text[i] == '\n';
    struct ga_heads *heads = create(count);
    for (size_t i = 0; i < count; i++) {
        const char *end = memchr(text, '\n', len - (size_t)(text - (const char *)bytes));
        if (!read_line(heads, &heads->heads[i], text, (size_t)(end - text))) {
            ga_heads_destroy(heads);
            return ga_error_set(err, GA_DAMAGED, "a draft is damaged");
        }
        text = end + 1;
    }
    *ret_heads = heads;
    return GA_OK;
}
