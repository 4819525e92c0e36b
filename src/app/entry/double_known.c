/* Adds to the pairs to be looked at what a new child's file brings. */
#include "private.h"

#include "guanai/store/doubles.h"

#include <string.h>

void ga_entry_count_doubles(struct ga_entry *entry)
{
    struct ga_session *session = entry->session;
    struct ga_arena arena = {0};
    struct ga_double_hit *hits;
    size_t count = 0;
    if (strcmp(entry->form->name, "child") == 0 &&
        ga_doubles_of(session->store, &entry->now, session->lang, &arena, &hits, &count, NULL) == GA_OK)
        ga_doubles_add_known(session->store, (int64_t)count, NULL); /* only a number: what was saved stands */
    ga_arena_finish(&arena);
}
