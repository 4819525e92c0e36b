/* Remembers why rows were refused. */
#include "inner.h"

#include <stdlib.h>

enum { REFUSAL_BYTES_MAX = 4 << 20 };

static void add_faults(const struct ga_import *import, const struct reading *reading, struct ga_str *text)
{
    char words[GA_MESSAGE_BYTES];
    for (size_t f = 0; f < reading->faults.len; f++) {
        ga_message_text(GA_VEC_AT(struct ga_message, &reading->faults, f), import->lang, words, sizeof(words));
        ga_str_addf(text, "%s%s", f > 0 ? "\n" : "", words);
    }
}

/* Nearly always the end: only what changes between preview and writing is refused out of turn. */
static size_t place_of(const struct ga_import *import, size_t row)
{
    size_t place = import->refusals.len;
    while (place > 0 && GA_VEC_AT(struct refusal, &import->refusals, place - 1)->row > row)
        place--;
    return place;
}

bool ga_row_is_barred(const struct ga_import *import, struct reading *reading, const struct ga_answers *now,
                      const struct ga_answers *before)
{
    const struct ga_import_tools *tools = &import->tools;
    struct ga_error why = {0};
    char words[GA_MESSAGE_BYTES];
    if (tools->guard == NULL || tools->guard(tools->guard_ctx, now, before, &why) == GA_OK)
        return false;
    ga_message_set(ga_add_message(&reading->faults), "%1", ga_message_text(&why.what, import->lang, words, sizeof(words)));
    return true;
}

void ga_refusal_keep(struct ga_import *import, const struct reading *reading, size_t i)
{
    struct ga_str text = {0};
    if (import->refusal_texts.total_bytes > REFUSAL_BYTES_MAX)
        return;
    add_faults(import, reading, &text);
    struct refusal *refusal = ga_vec_insert(&import->refusals, place_of(import, i));
    refusal->row = (uint32_t)i;
    refusal->text = ga_arena_strdup(&import->refusal_texts, ga_str_text(&text));
    ga_str_finish(&text);
}

static int compare_refusals(const void *a, const void *b)
{
    const struct refusal *x = a, *y = b;
    return x->row < y->row ? -1 : x->row > y->row;
}

const char *ga_refusal_of(const struct ga_import *import, size_t i)
{
    const struct refusal wanted = {.row = (uint32_t)i};
    const struct refusal *found = import->refusals.len == 0 ? NULL
        : bsearch(&wanted, import->refusals.items, import->refusals.len, sizeof(wanted), compare_refusals);
    return found == NULL ? "" : found->text;
}
