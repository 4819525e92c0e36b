/* The names of people who have used this computer. */
#include "names.h"

#include <string.h>

/* A setting of one line a name: before there are accounts nobody else keeps them. */
static const char setting[] = "names_used";

size_t ga_names_read(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_NAMES_MAX])
{
    const char *kept = ga_store_setting(store, setting);
    size_t count = 0;
    for (const char *at = kept != NULL ? kept : ""; *at != '\0' && count < GA_NAMES_MAX;) {
        size_t len = strcspn(at, "\n");
        if (len > 0)
            ret_names[count++] = ga_arena_strndup(arena, at, len);
        at += len + (at[len] == '\n');
    }
    return count;
}

enum ga_rc ga_names_remember(struct ga_store *store, const char *name, struct ga_error *err)
{
    const char *names[GA_NAMES_MAX];
    struct ga_arena arena;
    struct ga_str text = {0};
    ga_arena_init(&arena);
    size_t count = ga_names_read(store, &arena, names);
    ga_str_addf(&text, "%s\n", name);
    for (size_t i = 0; i < count && i + 1 < GA_NAMES_MAX; i++)
        if (strcmp(names[i], name) != 0)
            ga_str_addf(&text, "%s\n", names[i]);
    enum ga_rc rc = ga_store_set_setting(store, setting, ga_str_text(&text), err);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
    return rc;
}
