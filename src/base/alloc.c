/* Memory from the heap that is never NULL. */
#include "guanai/base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *or_abort(void *memory)
{
    static const char sentence[] = "guanai: out of memory / 内存不足\n";
    if (memory == NULL) {
        ssize_t ignored = write(STDERR_FILENO, sentence, sizeof(sentence) - 1);
        (void)ignored;
        abort();
    }
    return memory;
}

void *ga_alloc(size_t size_bytes)
{
    return or_abort(calloc(1, size_bytes > 0 ? size_bytes : 1));
}

void *ga_realloc(void *old, size_t size_bytes)
{
    return or_abort(realloc(old, size_bytes > 0 ? size_bytes : 1));
}

void *ga_alloc_array(size_t count, size_t item_bytes)
{
    return or_abort(calloc(count > 0 ? count : 1, item_bytes > 0 ? item_bytes : 1));
}

char *ga_strdup(const char *text)
{
    return text == NULL ? NULL : ga_strndup(text, strlen(text));
}

char *ga_strndup(const char *text, size_t len)
{
    char *copy = ga_alloc(len + 1);
    memcpy(copy, text, len);
    return copy;
}
