/* Packs the answers of a draft, all that was typed. */
#include "record/draft_pack.h"

#include "guanai/base/error.h"
#include "guanai/store/wire.h"

#include <string.h>

enum {
    FORMAT_BARE = 1, /* without what was half typed */
    FORMAT_WITHOUT_NOTES = 2,
    FORMAT = 3,
    MARK_TOUCHED = 1,
    MARK_OVERRULED = 2,
    KIND_INTEGER = 1,
    KIND_REAL,
    KIND_TEXT,
    TEXT_MAX = 1 << 20,
    ROWS_MAX = 2000,
    NAME_SIZE = 64,
    NOTES_MAX = 500,
};

static void put_varint(struct ga_str *out, uint64_t value)
{
    ga_str_reserve(out, GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(out, value);
}

static void put_text(struct ga_str *out, const char *text, size_t len)
{
    put_varint(out, len);
    ga_str_add_bytes(out, text, len);
}

static void put_value(struct ga_str *out, const struct ga_value *value)
{
    uint64_t bits;
    switch (value->kind) {
    case GA_VALUE_INTEGER:
        put_varint(out, KIND_INTEGER);
        ga_str_reserve(out, GA_WIRE_VARINT_MAX_BYTES);
        ga_wire_put_zigzag(out, value->integer);
        break;
    case GA_VALUE_REAL:
        put_varint(out, KIND_REAL);
        memcpy(&bits, &value->real, sizeof(bits));
        for (int i = 0; i < 8; i++)
            ga_str_add_char(out, (char)(bits >> 8 * i & 0xFF));
        break;
    default:
        put_varint(out, KIND_TEXT);
        put_text(out, value->text == NULL ? "" : value->text, value->text == NULL ? 0 : value->len);
        break;
    }
}

static bool says_something(const struct ga_answer *answer)
{
    return answer->state != GA_EMPTY || answer->is_touched || answer->because != NULL;
}

static void put_answer(struct ga_str *out, const struct ga_field *field,
                       const struct ga_answer *answer)
{
    put_text(out, field->name, strlen(field->name));
    put_varint(out, (uint64_t)answer->state);
    put_varint(out, (answer->is_touched ? MARK_TOUCHED : 0u) |
                        (answer->because != NULL ? MARK_OVERRULED : 0u));
    if (answer->because != NULL)
        put_text(out, answer->because, strlen(answer->because));
    if (answer->state == GA_ANSWERED)
        put_value(out, &answer->value);
}

static void put_row(struct ga_str *out, const struct ga_field *repeat, const struct ga_row *row)
{
    size_t count = 0;
    ga_str_add_bytes(out, row->id.bytes, sizeof(row->id.bytes));
    put_varint(out, row->is_gone ? 1 : 0);
    for (size_t i = 0; i < repeat->fields.count; i++)
        count += says_something(&row->answers[i]);
    put_varint(out, count);
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (says_something(&row->answers[i]))
            put_answer(out, &repeat->fields.items[i], &row->answers[i]);
}

static void put_repeats(struct ga_str *out, const struct ga_answers *answers)
{
    size_t count = 0;
    for (size_t i = 0; i < answers->form->all_count; i++)
        count += answers->repeats[i].count > 0;
    put_varint(out, count);
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const struct ga_rows *rows = &answers->repeats[i];
        if (rows->count == 0)
            continue;
        put_text(out, answers->form->all[i]->name, strlen(answers->form->all[i]->name));
        put_varint(out, rows->count);
        for (size_t r = 0; r < rows->count; r++)
            put_row(out, answers->form->all[i], &rows->rows[r]);
    }
}

static void put_notes(struct ga_str *out, const struct ga_draft *draft)
{
    put_varint(out, draft->notes_count);
    for (size_t i = 0; i < draft->notes_count; i++) {
        put_text(out, draft->notes[i].field, strlen(draft->notes[i].field));
        ga_str_add_bytes(out, draft->notes[i].row.bytes, sizeof(draft->notes[i].row.bytes));
        put_text(out, draft->notes[i].text, strlen(draft->notes[i].text));
    }
}

void ga_draft_pack(const struct ga_draft *draft, struct ga_str *out)
{
    const struct ga_answers *answers = &draft->answers;
    const char *half = draft->half == NULL ? "" : draft->half;
    size_t count = 0;
    put_varint(out, FORMAT);
    for (size_t i = 0; i < answers->form->all_count; i++)
        count += says_something(&answers->answers[i]);
    put_varint(out, count);
    for (size_t i = 0; i < answers->form->all_count; i++)
        if (says_something(&answers->answers[i]))
            put_answer(out, answers->form->all[i], &answers->answers[i]);
    put_repeats(out, answers);
    ga_str_add_bytes(out, draft->row.bytes, sizeof(draft->row.bytes));
    put_text(out, half, strlen(half));
    put_notes(out, draft);
}

/* Borrowed, not terminated; NULL when bad. */
static const char *take_text(struct ga_wire *wire, size_t *ret_len)
{
    *ret_len = (size_t)ga_wire_varint(wire, TEXT_MAX);
    const char *text = (const char *)ga_wire_bytes(wire, *ret_len);
    ga_wire_hold(wire, text != NULL && ga_wire_is_text(text, *ret_len));
    return wire->is_bad ? NULL : text;
}

static struct ga_value take_value(struct ga_wire *wire)
{
    size_t len;
    uint64_t bits = 0;
    double real;
    const uint8_t *bytes;
    const char *text;
    switch (ga_wire_varint(wire, KIND_TEXT)) {
    case KIND_INTEGER:
        return ga_value_int(ga_wire_zigzag(wire));
    case KIND_REAL:
        bytes = ga_wire_bytes(wire, 8);
        for (int i = 0; i < 8 && bytes != NULL; i++)
            bits |= (uint64_t)bytes[i] << 8 * i;
        memcpy(&real, &bits, sizeof(real));
        return ga_value_real(real);
    case KIND_TEXT:
        text = take_text(wire, &len);
        return text == NULL ? ga_value_null() : ga_value_text_len(text, len);
    default:
        ga_wire_hold(wire, false);
        return ga_value_null();
    }
}

static const struct ga_field *field_in(const struct ga_form *form, const struct ga_field *repeat,
                                       const char *name)
{
    if (repeat == NULL)
        return ga_form_field(form, name);
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return &repeat->fields.items[i];
    return NULL;
}

static struct ga_answer *set_value(struct ga_answers *answers, struct ga_row *row,
                                   const struct ga_field *field, const struct ga_value *value)
{
    if (row != NULL) {
        ga_answers_set_in_row(answers, row, field, value);
        return &row->answers[field->index];
    }
    ga_answers_set(answers, field, value);
    return ga_answers_at(answers, field);
}

/* One field of the record, or of a row when `row` is not NULL. */
static void take_answer(struct ga_wire *wire, struct ga_answers *answers,
                        const struct ga_field *repeat, struct ga_row *row)
{
    char name[NAME_SIZE];
    size_t len, because_len = 0;
    const char *text = take_text(wire, &len);
    ga_wire_hold(wire, text != NULL && len < sizeof(name));
    if (wire->is_bad)
        return;
    memcpy(name, text, len);
    name[len] = '\0';
    enum ga_answer_state state = (enum ga_answer_state)ga_wire_varint(wire, GA_NOT_APPLICABLE);
    uint64_t marks = ga_wire_varint(wire, MARK_TOUCHED | MARK_OVERRULED);
    const char *because = marks & MARK_OVERRULED ? take_text(wire, &because_len) : NULL;
    struct ga_value value = state == GA_ANSWERED ? take_value(wire) : ga_value_null();
    const struct ga_field *field = field_in(answers->form, repeat, name);
    if (wire->is_bad || field == NULL)
        return;
    struct ga_answer *answer = set_value(answers, row, field, &value);
    if (state != GA_ANSWERED)
        answer->state = state;
    answer->is_touched = marks & MARK_TOUCHED;
    answer->because =
        because == NULL ? NULL : ga_arena_strndup(&answers->arena, because, because_len);
}

static void take_answers(struct ga_wire *wire, struct ga_answers *answers,
                         const struct ga_field *repeat, struct ga_row *row)
{
    uint64_t count = ga_wire_varint(wire, GA_FORM_FIELDS_MAX);
    for (uint64_t i = 0; i < count && !wire->is_bad; i++)
        take_answer(wire, answers, repeat, row);
}

static void take_rows(struct ga_wire *wire, struct ga_answers *answers)
{
    char name[NAME_SIZE];
    size_t len;
    const char *text = take_text(wire, &len);
    ga_wire_hold(wire, text != NULL && len < sizeof(name));
    if (wire->is_bad)
        return;
    memcpy(name, text, len);
    name[len] = '\0';
    const struct ga_field *repeat = ga_form_field(answers->form, name);
    ga_wire_hold(wire, repeat != NULL &&
                           repeat->parent == NULL); /* rows of a lost repeat cannot be told apart */
    uint64_t count = ga_wire_varint(wire, ROWS_MAX);
    for (uint64_t i = 0; i < count && !wire->is_bad; i++) {
        struct ga_uuid id = {0};
        const uint8_t *bytes = ga_wire_bytes(wire, sizeof(id.bytes));
        if (bytes == NULL)
            return;
        memcpy(id.bytes, bytes, sizeof(id.bytes));
        struct ga_row *row = ga_answers_add_row(answers, repeat, id);
        row->is_gone = ga_wire_varint(wire, 1) == 1;
        take_answers(wire, answers, repeat, row);
    }
}

static void take_half(struct ga_wire *wire, struct ga_draft *draft)
{
    size_t len = 0;
    const uint8_t *row = ga_wire_bytes(wire, sizeof(draft->row.bytes));
    const char *text = take_text(wire, &len);
    if (wire->is_bad)
        return;
    memcpy(draft->row.bytes, row, sizeof(draft->row.bytes));
    draft->half = ga_arena_strndup(&draft->answers.arena, text, len);
}

static void take_notes(struct ga_wire *wire, struct ga_draft *draft)
{
    struct ga_arena *arena = &draft->answers.arena;
    const size_t count = (size_t)ga_wire_varint(wire, NOTES_MAX);
    struct ga_draft_note *notes = ga_arena_array(arena, wire->is_bad ? 0 : count, sizeof(*notes));
    for (size_t i = 0; i < count && !wire->is_bad; i++) {
        size_t field_len = 0, text_len = 0;
        const char *field = take_text(wire, &field_len);
        const uint8_t *row = ga_wire_bytes(wire, sizeof(notes[i].row.bytes));
        const char *text = take_text(wire, &text_len);
        if (wire->is_bad)
            return;
        notes[i] = (struct ga_draft_note){.field = ga_arena_strndup(arena, field, field_len),
                                          .text = ga_arena_strndup(arena, text, text_len)};
        memcpy(notes[i].row.bytes, row, sizeof(notes[i].row.bytes));
    }
    draft->notes = notes;
    draft->notes_count = count;
}

enum ga_rc ga_draft_unpack(const void *bytes, size_t len, struct ga_draft *draft,
                           struct ga_error *err)
{
    struct ga_answers *answers = &draft->answers;
    struct ga_wire wire;
    ga_wire_start(&wire, bytes, len);
    uint64_t format = ga_wire_varint(&wire, FORMAT);
    ga_wire_hold(&wire, format >= FORMAT_BARE);
    draft->half = "";
    take_answers(&wire, answers, NULL, NULL);
    uint64_t repeats = ga_wire_varint(&wire, GA_FORM_FIELDS_MAX);
    for (uint64_t i = 0; i < repeats && !wire.is_bad; i++)
        take_rows(&wire, answers);
    if (format >= FORMAT_WITHOUT_NOTES)
        take_half(&wire, draft);
    if (format == FORMAT)
        take_notes(&wire, draft);
    ga_wire_hold(&wire, ga_wire_left(&wire) == 0);
    return wire.is_bad ? ga_error_set(err, GA_DAMAGED, "a draft is damaged") : GA_OK;
}
