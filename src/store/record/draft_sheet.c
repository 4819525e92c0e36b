/* Keeps a half-filled sheet of many records in one row of the drafts. */
#include "guanai/store/draft_sheet.h"

#include "after.h"
#include "index/index.h"
#include "record/draft_pack.h"

#include "guanai/base/num.h"
#include "guanai/store/wire.h"

#include <stdio.h>
#include <string.h>

/*
 * sheet = varint 9 ‖ setup ‖ varint count ‖ rows; row = 16 bytes of the child ‖ field ‖ a packed draft as text
 * (draft_pack.h). 9 is no format of a single draft: none is taken for the other.
 */
enum { FORMAT = 9, SETUP_MAX = 1 << 18, PACKED_MAX = 1 << 20 };

/* Columns of GA_DRAFT_GET. */
enum { FORM = 1, RECORD = 2, ANSWERS = 8 };

static void put_bytes(struct ga_str *out, const void *bytes, size_t len)
{
    ga_str_reserve(out, GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(out, len);
    ga_str_add_bytes(out, bytes, len);
}

static void pack_row(const struct ga_draft *row, struct ga_str *out)
{
    struct ga_str packed = {0};
    ga_draft_pack(row, &packed);
    ga_str_add_bytes(out, row->answers.child.bytes, sizeof(row->answers.child.bytes));
    put_bytes(out, row->field, strlen(row->field));
    put_bytes(out, ga_str_text(&packed), packed.len);
    ga_str_finish(&packed);
}

static void pack(const struct ga_draft_sheet *sheet, struct ga_str *out)
{
    ga_str_reserve(out, 2 * GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(out, FORMAT);
    put_bytes(out, sheet->setup, strlen(sheet->setup));
    ga_str_reserve(out, GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(out, sheet->rows_count);
    for (size_t i = 0; i < sheet->rows_count; i++)
        pack_row(&sheet->rows[i], out);
}

static const char *say_now(struct ga_store *store, char *buf, size_t size)
{
    enum { MS_A_MINUTE = 60000 };
    int32_t day, ms, offset_min;
    char date[GA_DATE_SIZE];
    ga_store_now(store, &day, &ms, &offset_min);
    snprintf(buf, size, "%s %02d:%02d", ga_date_iso(ga_date_from_days(day), date), ms / MS_A_MINUTE / 60 % 24,
             ms / MS_A_MINUTE % 60);
    return buf;
}

static enum ga_rc step_to_end(struct ga_stmt *stmt, int64_t *ret_no, struct ga_error *err)
{
    bool has_row;
    enum ga_rc rc = ga_stmt_step(stmt, &has_row, err);
    while (rc == GA_OK && has_row) { /* to the end, so that it is committed */
        *ret_no = ga_stmt_column_int(stmt, 0);
        rc = ga_stmt_step(stmt, &has_row, err);
    }
    return rc;
}

enum ga_rc ga_draft_save_sheet(struct ga_store *store, struct ga_draft_sheet *sheet, struct ga_error *err)
{
    static const struct ga_uuid none;
    struct ga_stmt *stmt;
    struct ga_str bytes = {0};
    struct ga_str stamp = {0};
    char when[40], place[40];
    if (sheet->rows_count > GA_DRAFT_SHEET_ROWS_MAX)
        return ga_error_set(err, GA_USAGE, "at most %1 children at once", GA_NUM(GA_DRAFT_SHEET_ROWS_MAX));
    enum ga_rc rc = ga_after_follow(store, err);
    if (rc == GA_OK)
        rc = ga_index_stmt(store, GA_DRAFT_PUT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    pack(sheet, &bytes);
    snprintf(place, sizeof(place), "%c%zu", GA_DRAFT_SHEET_MARK, sheet->rows_count);
    ga_stmt_bind_text(stmt, 1, sheet->form->name);
    ga_stmt_bind_blob(stmt, 2, sheet->id.bytes, sizeof(sheet->id.bytes));
    ga_stmt_bind_blob(stmt, 3, none.bytes, sizeof(none.bytes));
    ga_stmt_bind_text(stmt, 4, ga_store_user(store));
    ga_draft_add_stamp(store, say_now(store, when, sizeof(when)), ga_store_user(store), &stamp);
    ga_stmt_bind_text(stmt, 5, ga_str_text(&stamp));
    ga_stmt_bind_text(stmt, 6, place);
    ga_stmt_bind_text(stmt, 7, sheet->title);
    ga_stmt_bind_blob(stmt, 8, bytes.data, bytes.len);
    rc = step_to_end(stmt, &sheet->no, err);
    ga_str_finish(&bytes);
    ga_str_finish(&stamp);
    return rc;
}

/* Bounded and no longer than what is there; NULL when bad. */
static const char *take_bytes(struct ga_wire *wire, size_t max, size_t *ret_len)
{
    *ret_len = (size_t)ga_wire_varint(wire, max);
    const char *bytes = (const char *)ga_wire_bytes(wire, *ret_len);
    return wire->is_bad ? NULL : bytes;
}

static void take_row(struct ga_wire *wire, struct ga_draft_sheet *sheet)
{
    size_t field_len = 0, len = 0;
    const uint8_t *child = ga_wire_bytes(wire, sizeof(struct ga_uuid));
    const char *field = take_bytes(wire, sizeof(((struct ga_draft *)0)->field) - 1, &field_len);
    const char *packed = take_bytes(wire, PACKED_MAX, &len);
    if (wire->is_bad)
        return;
    struct ga_draft *row = &sheet->rows[sheet->rows_count++];
    ga_answers_init(&row->answers, sheet->form);
    memcpy(row->answers.child.bytes, child, sizeof(row->answers.child.bytes));
    memcpy(row->field, field, field_len);
    ga_wire_hold(wire, ga_draft_unpack(packed, len, row, NULL) == GA_OK);
}

static enum ga_rc unpack(const void *bytes, size_t len, struct ga_draft_sheet *sheet, struct ga_error *err)
{
    struct ga_wire wire;
    size_t setup_len = 0;
    ga_wire_start(&wire, bytes, len);
    ga_wire_hold(&wire, ga_wire_varint(&wire, FORMAT) == FORMAT);
    const char *setup = take_bytes(&wire, SETUP_MAX, &setup_len);
    ga_wire_hold(&wire, setup != NULL && ga_wire_is_text(setup, setup_len));
    size_t count = (size_t)ga_wire_varint(&wire, GA_DRAFT_SHEET_ROWS_MAX);
    if (!wire.is_bad) {
        sheet->setup = ga_arena_strndup(&sheet->arena, setup, setup_len);
        sheet->rows = ga_arena_array(&sheet->arena, count + 1, sizeof(*sheet->rows));
    }
    for (size_t i = 0; i < count && !wire.is_bad; i++)
        take_row(&wire, sheet);
    ga_wire_hold(&wire, ga_wire_left(&wire) == 0);
    return wire.is_bad ? ga_error_set(err, GA_DAMAGED, "a draft is damaged") : GA_OK;
}

static enum ga_rc read_sheet(struct ga_store *store, struct ga_stmt *stmt, int64_t no,
                             struct ga_draft_sheet *ret_sheet, struct ga_error *err)
{
    struct ga_draft_sheet sheet = {.no = no, .title = ""};
    sheet.form = ga_forms_get(ga_store_forms(store), ga_stmt_column_text(stmt, FORM), err);
    if (sheet.form == NULL)
        return GA_NOT_FOUND;
    struct ga_value id = ga_stmt_column(stmt, RECORD);
    if (id.len == sizeof(sheet.id.bytes))
        memcpy(sheet.id.bytes, id.text, id.len);
    ga_arena_init(&sheet.arena);
    struct ga_value bytes = ga_stmt_column(stmt, ANSWERS);
    enum ga_rc rc = unpack(bytes.text, bytes.len, &sheet, err);
    if (rc == GA_OK)
        *ret_sheet = sheet;
    else
        ga_draft_finish_sheet(&sheet);
    return rc;
}

enum ga_rc ga_draft_open_sheet(struct ga_store *store, int64_t no, struct ga_draft_sheet *ret_sheet,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_after_follow(store, err);
    if (rc == GA_OK)
        rc = ga_index_row(store, GA_DRAFT_GET, no, GA_N_("there is no such draft"), &stmt, err);
    if (rc != GA_OK)
        return rc;
    rc = read_sheet(store, stmt, no, ret_sheet, err);
    ga_stmt_reset(stmt);
    return rc;
}

void ga_draft_finish_sheet(struct ga_draft_sheet *sheet)
{
    for (size_t i = 0; i < sheet->rows_count; i++)
        ga_draft_finish(&sheet->rows[i]);
    ga_arena_finish(&sheet->arena);
    *sheet = (struct ga_draft_sheet){0};
}
