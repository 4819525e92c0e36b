/* Lays rows aside between the plan and the writing. */
#include "spill.h"

#include "guanai/crypt/secret.h"

#include <assert.h>
#include <string.h>

/* A page ends with a whole row: a row of a sheet is far shorter than what lies between the two. */
enum { PAGE_BYTES = 64 << 10, ANSWER_BYTES = 2 + 1 + 1 + 8 };

void ga_spill_start(struct spill *spill, const struct ga_io_ops *io, const char *folder)
{
    *spill = (struct spill){0};
    ga_scratch_start(&spill->scratch, io, folder);
}

void ga_spill_finish(struct spill *spill)
{
    if (spill->held.len > 0)
        ga_crypt_wipe(spill->held.data, spill->held.len);
    ga_scratch_finish(&spill->scratch);
    ga_str_finish(&spill->held);
    *spill = (struct spill){0};
}

static enum ga_rc write_page(struct spill *spill, struct ga_error *err)
{
    int64_t at_bytes;
    const enum ga_rc rc = ga_scratch_put(&spill->scratch, spill->held.data, spill->held.len, &at_bytes, err);
    ga_str_clear(&spill->held);
    return rc;
}

static enum ga_rc read_page(struct spill *spill, struct ga_error *err)
{
    const enum ga_rc rc = ga_scratch_get(&spill->scratch, spill->next_bytes, &spill->held, err);
    if (rc == GA_OK)
        spill->next_bytes = ga_scratch_next(spill->next_bytes, spill->held.len);
    spill->at = 0;
    return rc;
}

static void add(struct ga_str *out, const void *bytes, size_t len)
{
    memcpy(out->data + out->len, bytes, len);
    out->len += len;
}

static void put_answer(struct ga_str *out, uint16_t field, const struct ga_answer *answer)
{
    const struct ga_value *value = &answer->value;
    const uint8_t state = (uint8_t)answer->state, kind = (uint8_t)value->kind;
    const uint32_t len = (uint32_t)value->len;
    ga_str_reserve(out, ANSWER_BYTES + value->len + 1);
    add(out, &field, sizeof(field));
    add(out, &state, 1);
    add(out, &kind, 1);
    if (value->kind == GA_VALUE_INTEGER)
        add(out, &value->integer, sizeof(value->integer));
    else if (value->kind == GA_VALUE_REAL)
        add(out, &value->real, sizeof(value->real));
    if (value->kind != GA_VALUE_TEXT)
        return;
    add(out, &len, sizeof(len));
    add(out, value->text, value->len);
    add(out, "", 1);
}

enum ga_rc ga_spill_put(struct spill *spill, const struct ga_answers *row, struct ga_error *err)
{
    const size_t count_at = spill->held.len;
    uint16_t count = 0;
    ga_str_reserve(&spill->held, sizeof(count));
    add(&spill->held, &count, sizeof(count));
    for (size_t i = 0; i < row->form->all_count; i++) {
        if (row->answers[i].state == GA_EMPTY)
            continue;
        put_answer(&spill->held, (uint16_t)i, &row->answers[i]);
        count++;
    }
    memcpy(spill->held.data + count_at, &count, sizeof(count));
    return spill->scratch.folder != NULL && spill->held.len >= PAGE_BYTES ? write_page(spill, err) : GA_OK;
}

enum ga_rc ga_spill_turn(struct spill *spill, struct ga_error *err)
{
    enum ga_rc rc = spill->scratch.end_bytes > 0 && spill->held.len > 0 ? write_page(spill, err) : GA_OK;
    spill->at = 0;
    spill->next_bytes = 0;
    return rc;
}

static const char *take(struct spill *spill, size_t len)
{
    assert(spill->at + len <= spill->held.len);
    spill->at += len;
    return spill->held.data + spill->at - len;
}

static void take_answer(struct spill *spill, struct ga_answers *row)
{
    uint16_t field;
    uint32_t len;
    memcpy(&field, take(spill, sizeof(field)), sizeof(field));
    struct ga_answer *answer = &row->answers[field];
    answer->state = (enum ga_answer_state)*take(spill, 1);
    struct ga_value *value = &answer->value;
    value->kind = (enum ga_value_kind)*take(spill, 1);
    if (value->kind == GA_VALUE_INTEGER)
        memcpy(&value->integer, take(spill, sizeof(value->integer)), sizeof(value->integer));
    else if (value->kind == GA_VALUE_REAL)
        memcpy(&value->real, take(spill, sizeof(value->real)), sizeof(value->real));
    if (value->kind != GA_VALUE_TEXT)
        return;
    memcpy(&len, take(spill, sizeof(len)), sizeof(len));
    value->len = len;
    value->text = take(spill, (size_t)len + 1);
}

enum ga_rc ga_spill_take(struct spill *spill, struct ga_answers *row, struct ga_error *err)
{
    uint16_t count;
    enum ga_rc rc = spill->at == spill->held.len ? read_page(spill, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    memcpy(&count, take(spill, sizeof(count)), sizeof(count));
    for (uint16_t i = 0; i < count; i++)
        take_answer(spill, row);
    return GA_OK;
}
