/* Packs what is kept of a child on the board. */
#include "priority/priority_inner.h"

enum { HEAD_BYTES = 5, MONTH_BYTES = 2, RECORD_BYTES = 5, TURNS_BYTES = 5 + RECORD_BYTES };

static void put(struct ga_str *out, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        ga_str_add_char(out, (char)(number >> 8 * i));
}

static uint64_t get(const char *bytes, size_t count)
{
    uint64_t number = 0;
    for (size_t i = count; i > 0; i--)
        number = number << 8 | (unsigned char)bytes[i - 1];
    return number;
}

void ga_prio_pack(uint32_t needs, const struct ga_vec *months, const struct ga_vec *turns, struct ga_str *out)
{
    put(out, needs, 4);
    put(out, months->len, 1);
    for (size_t i = 0; i < months->len; i++) {
        const struct ga_prio_month *month = ga_vec_at(months, i);
        put(out, month->month, 1);
        put(out, month->flags, 1);
    }
    for (size_t i = 0; i < turns->len; i++) {
        const struct ga_prio_turns *item = ga_vec_at(turns, i);
        put(out, item->month, 1);
        put(out, item->column, 1);
        put(out, item->day, 1);
        put(out, item->turns, 2);
        put(out, (uint64_t)item->record, RECORD_BYTES);
    }
}

bool ga_prio_unpack(const char *bytes, size_t len, struct ga_prio_rows *ret_rows)
{
    if (len < HEAD_BYTES)
        return false;
    const size_t months = (unsigned char)bytes[4], behind = HEAD_BYTES + months * MONTH_BYTES;
    if (len < behind || (len - behind) % TURNS_BYTES != 0)
        return false;
    *ret_rows = (struct ga_prio_rows){.needs = (uint32_t)get(bytes, 4), .months = bytes + HEAD_BYTES, .months_count = months,
                                      .turns = bytes + behind, .turns_count = (len - behind) / TURNS_BYTES};
    return true;
}

struct ga_prio_month ga_prio_month_at(const struct ga_prio_rows *rows, size_t i)
{
    const char *at = rows->months + i * MONTH_BYTES;
    return (struct ga_prio_month){.month = (uint8_t)at[0], .flags = (uint8_t)at[1]};
}

struct ga_prio_turns ga_prio_turns_at(const struct ga_prio_rows *rows, size_t i)
{
    const char *at = rows->turns + i * TURNS_BYTES;
    return (struct ga_prio_turns){.month = (uint8_t)at[0], .column = (uint8_t)at[1], .day = (uint8_t)at[2],
                                  .turns = (uint16_t)get(at + 3, 2), .record = (int64_t)get(at + 5, RECORD_BYTES)};
}
