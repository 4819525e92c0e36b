/* Remembers the rows a search has looked at. */
#include "search/search_seen.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 256 }; /* a power of two; doubled as it fills */

static size_t slot_of(const struct ga_search_seen *seen, int64_t no)
{
    size_t slot = (size_t)((uint64_t)no * 0x9E3779B97F4A7C15u >> 40) & (seen->slots - 1);
    while (seen->numbers[slot] != 0 && seen->numbers[slot] != no)
        slot = (slot + 1) & (seen->slots - 1);
    return slot;
}

static void grow(struct ga_search_seen *seen)
{
    int64_t *old = seen->numbers;
    const size_t old_slots = seen->slots;
    seen->slots = old_slots == 0 ? SLOTS_FIRST : 2 * old_slots;
    seen->numbers = ga_alloc_array(seen->slots, sizeof(*seen->numbers));
    for (size_t i = 0; i < old_slots; i++)
        if (old[i] != 0)
            seen->numbers[slot_of(seen, old[i])] = old[i];
    free(old);
}

bool ga_search_see(struct ga_search_seen *seen, int64_t no)
{
    if (2 * seen->count >= seen->slots)
        grow(seen);
    const size_t slot = slot_of(seen, no);
    if (seen->numbers[slot] == no)
        return false;
    seen->numbers[slot] = no;
    seen->count++;
    return true;
}

void ga_search_seen_clear(struct ga_search_seen *seen)
{
    if (seen->slots > 0)
        memset(seen->numbers, 0, seen->slots * sizeof(*seen->numbers));
    seen->count = 0;
}

void ga_search_seen_finish(struct ga_search_seen *seen)
{
    free(seen->numbers);
    *seen = (struct ga_search_seen){0};
}
