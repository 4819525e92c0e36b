/* A region of memory that is freed as one. */
#ifndef GUANAI_BASE_ARENA_H
#define GUANAI_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct ga_arena_block;

/* What lives together dies together: one arena a form, a screen, an import. */
struct ga_arena {
    struct ga_arena_block *blocks; /* newest first */
    char *next;                    /* first free byte of the newest block */
    size_t free_bytes;
    size_t total_bytes; /* handed out so far; tests bound it */
};

void ga_arena_init(struct ga_arena *arena);
void ga_arena_finish(struct ga_arena *arena); /* frees all; the arena may be used again */
void ga_arena_reset(struct ga_arena *arena);  /* keeps the largest block for what comes next */

/* Zeroed, aligned for any type; valid until finish or reset. Never NULL. */
void *ga_arena_alloc(struct ga_arena *arena, size_t size_bytes);
void *ga_arena_array(struct ga_arena *arena, size_t count, size_t item_bytes);
char *ga_arena_strdup(struct ga_arena *arena, const char *text); /* NULL stays NULL */
char *ga_arena_strndup(struct ga_arena *arena, const char *text, size_t len);
char *ga_arena_printf(struct ga_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
