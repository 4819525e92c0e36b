/* Memory from the heap that is never NULL. */
#ifndef GUANAI_BASE_ALLOC_H
#define GUANAI_BASE_ALLOC_H

#include <stddef.h>

/*
 * Everything typed is in the database at every field exit and every length is bounded before it is
 * used, so running out of memory loses nothing and cannot be provoked by data. These therefore never
 * return NULL: they say one sentence on stderr and abort(), and the terminal is restored on SIGABRT.
 */
void *ga_alloc(size_t size_bytes);                                 /* zeroed; the caller frees */
void *ga_realloc(void *old, size_t size_bytes);                    /* grown part is not zeroed */
void *ga_alloc_array(size_t count, size_t item_bytes);             /* zeroed; checks the product */
char *ga_strdup(const char *text);                                 /* NULL stays NULL */
char *ga_strndup(const char *text, size_t len);                    /* always NUL-terminated */

#define GA_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
