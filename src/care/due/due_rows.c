/* Packs what is kept of a child in each window. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"

#include <string.h>

static void put(struct ga_str *out, int64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        ga_str_add_char(out, (char)((uint64_t)number >> 8 * i));
}

static int64_t get(const char *bytes, size_t count)
{
    uint64_t number = 0;
    for (size_t i = count; i > 0; i--)
        number = number << 8 | (unsigned char)bytes[i - 1];
    return (int64_t)number;
}

/* window 2, flags 1; unless it only fits: done 1, tries 1; record: its day 3, number 5; days: 3 each; outcome: number 5. */
static size_t bytes_of(uint8_t flags)
{
    return 3 + (flags & GA_ROW_FITS ? 0 : 2) + (flags & GA_ROW_HAS_RECORD ? 8 : 0) + (flags & GA_ROW_HAS_DAYS ? 9 : 0) +
           (flags & GA_ROW_HAS_OUTCOME ? 5 : 0);
}

void ga_due_row_pack(const struct ga_due_row *row, struct ga_str *out)
{
    put(out, row->window, 2);
    put(out, row->flags, 1);
    if (row->flags & GA_ROW_FITS)
        return;
    put(out, row->done, 1);
    put(out, row->tries, 1);
    if (row->flags & GA_ROW_HAS_RECORD) {
        put(out, row->done_on, 3);
        put(out, row->record, 5);
    }
    if (row->flags & GA_ROW_HAS_DAYS) {
        put(out, row->opens, 3);
        put(out, row->due_on, 3);
        put(out, row->ends, 3);
    }
    if (row->flags & GA_ROW_HAS_OUTCOME)
        put(out, row->outcome, 5);
}

bool ga_due_row_next(const char *bytes, size_t len, size_t *at, struct ga_due_row *ret_row)
{
    if (len - *at < 3)
        return false;
    const char *from = bytes + *at;
    const uint8_t flags = (uint8_t)from[2];
    if (len - *at < bytes_of(flags))
        return false;
    *at += bytes_of(flags);
    *ret_row = (struct ga_due_row){.window = (uint16_t)get(from, 2), .flags = flags};
    from += 3;
    if (flags & GA_ROW_FITS)
        return true;
    ret_row->done = (uint8_t)from[0];
    ret_row->tries = (uint8_t)from[1];
    from += 2;
    if (flags & GA_ROW_HAS_RECORD) {
        ret_row->done_on = (int32_t)get(from, 3);
        ret_row->record = get(from + 3, 5);
        from += 8;
    }
    if (flags & GA_ROW_HAS_DAYS) {
        ret_row->opens = (int32_t)get(from, 3);
        ret_row->due_on = (int32_t)get(from + 3, 3);
        ret_row->ends = (int32_t)get(from + 6, 3);
        from += 9;
    }
    if (flags & GA_ROW_HAS_OUTCOME)
        ret_row->outcome = get(from, 5);
    return true;
}

enum ga_due_state ga_due_row_state(const struct ga_due_row *row, const struct ga_due_window *window, int needed,
                                   int32_t today)
{
    const bool has_days = row->flags & GA_ROW_HAS_DAYS;
    if (row->done >= needed)
        return row->flags & GA_ROW_LATE ? GA_DUE_DONE_LATE : GA_DUE_DONE;
    if (row->flags & GA_ROW_EXCUSED)
        return GA_DUE_EXCUSED;
    if (row->flags & GA_ROW_RESTS)
        return GA_DUE_RESTS;
    if (today < (has_days ? row->opens : window->begins))
        return GA_DUE_COMING;
    if (today <= (has_days ? row->due_on : window->due_on))
        return GA_DUE_OPEN;
    return today <= (has_days ? row->ends : window->ends) ? GA_DUE_LATE : GA_DUE_MISSED;
}

static struct ga_due_count *count_at(struct ga_vec *counts, uint16_t window)
{
    size_t low = 0, high = counts->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(struct ga_due_count, counts, middle)->window < window)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < counts->len && GA_VEC_AT(struct ga_due_count, counts, low)->window == window)
        return ga_vec_at(counts, low);
    struct ga_due_count *count = ga_vec_insert(counts, low);
    count->window = window;
    return count;
}

/* Excused and resting ones are apart, unless it was done all the same. */
void ga_due_counts_add(struct ga_vec *counts, const struct ga_due_row *row, int needed, int by)
{
    struct ga_due_count *count = count_at(counts, row->window);
    const uint32_t one = (uint32_t)by;
    const bool is_done = row->done >= needed;
    if (row->flags & GA_ROW_FITS) {
        count->fits += one;
        return;
    }
    if (row->flags & GA_ROW_HAS_DAYS)
        count->own += one;
    if (!is_done && row->flags & GA_ROW_EXCUSED) {
        count->excused += one;
        count->unconfirmed += row->flags & GA_ROW_CONFIRMED ? 0 : one;
        return;
    }
    if (!is_done && row->flags & GA_ROW_RESTS) {
        count->rests += one;
        return;
    }
    count->owed += one;
    count->done += is_done ? one : 0;
    count->done_late += is_done && row->flags & GA_ROW_LATE ? one : 0;
    count->tried += !is_done && row->tries > 0 ? one : 0;
}

#define COUNT_FIELDS(count)                                                                                            \
    {                                                                                                                  \
        &(count)->owed, &(count)->done, &(count)->done_late, &(count)->tried, &(count)->excused, &(count)->unconfirmed, \
            &(count)->rests, &(count)->fits, &(count)->own                                                             \
    }
enum { COUNT_FIELDS_COUNT = 9, COUNT_BYTES = 2 + 4 * COUNT_FIELDS_COUNT };

bool ga_due_count_is_open(const struct ga_due_count *count)
{
    return count->owed > count->done || count->fits > 0;
}

void ga_due_counts_pack(const struct ga_vec *counts, struct ga_str *out)
{
    for (size_t i = 0; i < counts->len; i++) {
        const struct ga_due_count *count = GA_VEC_AT(const struct ga_due_count, counts, i);
        const uint32_t *const fields[] = COUNT_FIELDS(count);
        uint32_t any = 0;
        for (size_t f = 0; f < GA_COUNT(fields); f++)
            any |= *fields[f];
        if (any == 0)
            continue;
        put(out, count->window, 2);
        for (size_t f = 0; f < GA_COUNT(fields); f++)
            put(out, *fields[f], 4);
    }
}

void ga_due_counts_read(const char *bytes, size_t len, struct ga_vec *counts)
{
    for (size_t at = 0; len - at >= COUNT_BYTES; at += COUNT_BYTES) {
        struct ga_due_count *count = ga_vec_push(counts);
        uint32_t *const fields[] = COUNT_FIELDS(count);
        count->window = (uint16_t)get(bytes + at, 2);
        for (size_t f = 0; f < GA_COUNT(fields); f++)
            *fields[f] = (uint32_t)get(bytes + at + 2 + 4 * f, 4);
    }
}
