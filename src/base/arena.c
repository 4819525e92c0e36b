/* A region of memory that is freed as one. */
#include "guanai/base/arena.h"

#include "guanai/base/alloc.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK_BYTES = 1024, MOST_BLOCK_BYTES = 64 * 1024 };

struct ga_arena_block {
    struct ga_arena_block *older;
    size_t bytes;
    alignas(max_align_t) char data[];
};

void ga_arena_init(struct ga_arena *arena)
{
    *arena = (struct ga_arena){0};
}

void ga_arena_finish(struct ga_arena *arena)
{
    if (arena == NULL)
        return;
    for (struct ga_arena_block *block = arena->blocks; block != NULL;) {
        struct ga_arena_block *older = block->older;
        free(block);
        block = older;
    }
    ga_arena_init(arena);
}

/* Blocks grow, so the newest is the largest; what was not handed out of it is still zero. */
void ga_arena_reset(struct ga_arena *arena)
{
    struct ga_arena_block *kept = arena->blocks;
    if (kept == NULL)
        return;
    for (struct ga_arena_block *block = kept->older; block != NULL;) {
        struct ga_arena_block *older = block->older;
        free(block);
        block = older;
    }
    memset(kept->data, 0, kept->bytes - arena->free_bytes);
    kept->older = NULL;
    *arena = (struct ga_arena){.blocks = kept, .next = kept->data, .free_bytes = kept->bytes};
}

static void add_block(struct ga_arena *arena, size_t need)
{
    size_t bytes = arena->blocks == NULL ? FIRST_BLOCK_BYTES : arena->blocks->bytes * 2;
    if (bytes > MOST_BLOCK_BYTES)
        bytes = MOST_BLOCK_BYTES;
    if (bytes < need)
        bytes = need;
    struct ga_arena_block *block = ga_alloc(sizeof(*block) + bytes);
    block->older = arena->blocks;
    block->bytes = bytes;
    arena->blocks = block;
    arena->next = block->data;
    arena->free_bytes = bytes;
}

void *ga_arena_alloc(struct ga_arena *arena, size_t size_bytes)
{
    const size_t align = alignof(max_align_t);
    assert(size_bytes < SIZE_MAX / 2);
    size_t need = (size_bytes + align - 1) / align * align;
    if (need == 0)
        need = align;
    if (arena->free_bytes < need)
        add_block(arena, need);
    void *memory = arena->next;
    arena->next += need;
    arena->free_bytes -= need;
    arena->total_bytes += need;
    return memory;
}

void *ga_arena_array(struct ga_arena *arena, size_t count, size_t item_bytes)
{
    assert(item_bytes == 0 || count < SIZE_MAX / 2 / item_bytes);
    return ga_arena_alloc(arena, count * item_bytes);
}

char *ga_arena_strdup(struct ga_arena *arena, const char *text)
{
    return text == NULL ? NULL : ga_arena_strndup(arena, text, strlen(text));
}

char *ga_arena_strndup(struct ga_arena *arena, const char *text, size_t len)
{
    char *copy = ga_arena_alloc(arena, len + 1);
    memcpy(copy, text, len);
    return copy;
}

char *ga_arena_printf(struct ga_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    char *text = ga_arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}
