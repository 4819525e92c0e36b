/* Writes notes on fields, reads them back. */
#include "guanai/store/note.h"

#include "fold/own.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/record.h"
#include "guanai/store/same.h"
#include "guanai/text/utf8.h"
#include "log/saving.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of GA_SQL_NOTES_OF. */
enum { ID, FIELD, ROW, PROTECT, TEXT, USER, TYPIST, DAY, MS, IN_DOUBT, SETTLED_BY, SETTLED_DAY, SETTLED_MS, RECORD };

static void say_when(char buf[GA_NOTE_WHEN_SIZE], int64_t day, int64_t ms)
{
    char date[GA_DATE_SIZE];
    const unsigned minute = (unsigned)(ms / 60000) % 1440;
    snprintf(buf, GA_NOTE_WHEN_SIZE, "%.10s %02u:%02u", ga_date_iso(ga_date_from_days((int32_t)day), date), minute / 60,
             minute % 60);
}

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    return ga_stmt_column_is_null(stmt, column) ? NULL : ga_arena_strdup(arena, ga_stmt_column_text(stmt, column));
}

/* What says it was written after today was written by a clock that was wrong, whatever its own computer thought of it. */
static bool is_of_a_wrong_clock(const struct ga_store *store, int64_t day)
{
    return !store->options.is_clock_doubtful && day > ga_date_to_days(store->options.today);
}

static void read_note(const struct ga_store *store, struct ga_stmt *stmt, struct ga_arena *arena, struct ga_note *ret_note)
{
    *ret_note = (struct ga_note){.field = text_at(stmt, FIELD, arena),
                                 .protect = (enum ga_protect)ga_stmt_column_int(stmt, PROTECT),
                                 .text = text_at(stmt, TEXT, arena),
                                 .user = text_at(stmt, USER, arena),
                                 .typist = text_at(stmt, TYPIST, arena),
                                 .is_doubtful = ga_stmt_column_int(stmt, IN_DOUBT) != 0 ||
                                                is_of_a_wrong_clock(store, ga_stmt_column_int(stmt, DAY)),
                                 .settled_by = text_at(stmt, SETTLED_BY, arena)};
    ga_uuid_parse(ga_stmt_column_text(stmt, ID), &ret_note->id);
    if (!ga_stmt_column_is_null(stmt, ROW))
        ga_uuid_parse(ga_stmt_column_text(stmt, ROW), &ret_note->row);
    say_when(ret_note->when, ga_stmt_column_int(stmt, DAY), ga_stmt_column_int(stmt, MS));
    if (ret_note->settled_by != NULL)
        say_when(ret_note->settled_when, ga_stmt_column_int(stmt, SETTLED_DAY), ga_stmt_column_int(stmt, SETTLED_MS));
}

/* The form may have made the field stricter since. */
static void protect_as_now(const struct ga_form *form, struct ga_note *note)
{
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, note->field);
    if (field != NULL && ga_field_protect(form, field) > note->protect)
        note->protect = ga_field_protect(form, field);
}

static void hand_out(const struct ga_vec *notes, struct ga_arena *arena, struct ga_note **ret_notes, size_t *ret_count)
{
    *ret_notes = ga_arena_array(arena, notes->len, sizeof(**ret_notes));
    if (notes->len > 0)
        memcpy(*ret_notes, notes->items, notes->len * notes->item_bytes);
    *ret_count = notes->len;
}

enum ga_rc ga_notes_read(struct ga_store *store, const struct ga_uuid *record, struct ga_arena *arena,
                         struct ga_note **ret_notes, size_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_vec notes;
    const struct ga_form *form = NULL;
    bool has_row = false;
    int64_t no;
    enum ga_rc rc = ga_record_no(store, record, &no, err);
    if (rc == GA_OK)
        rc = ga_store_stmt(store, GA_SQL_NOTES_OF, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&notes, sizeof(struct ga_note));
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        read_note(store, stmt, arena, ga_vec_push(&notes));
    if (rc == GA_OK && notes.len > 0)
        ga_store_form_of(store, record, &form, NULL);
    for (size_t i = 0; i < notes.len; i++) {
        GA_VEC_AT(struct ga_note, &notes, i)->record = *record;
        protect_as_now(form, GA_VEC_AT(struct ga_note, &notes, i));
    }
    if (rc == GA_OK)
        hand_out(&notes, arena, ret_notes, ret_count);
    ga_vec_finish(&notes);
    return rc;
}

static int by_time(const void *a, const void *b)
{
    const struct ga_note *x = a, *y = b;
    const int order = strcmp(x->when, y->when);
    return order != 0 ? order : memcmp(x->id.bytes, y->id.bytes, sizeof(x->id.bytes));
}

enum ga_rc ga_notes_read_child(struct ga_store *store, const struct ga_uuid *child, struct ga_arena *arena,
                               struct ga_note **ret_notes, size_t *ret_count, struct ga_error *err)
{
    struct ga_uuid *files = NULL;
    struct ga_vec notes;
    size_t count = 0;
    enum ga_rc rc = GA_OK;
    if (ga_same_files(store, child, arena, &files, &count, NULL) != GA_OK || count < 2)
        return ga_notes_read(store, child, arena, ret_notes, ret_count, err);
    ga_vec_init(&notes, sizeof(struct ga_note));
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_note *of_file = NULL;
        size_t n = 0;
        rc = ga_notes_read(store, &files[i], arena, &of_file, &n, err);
        for (size_t k = 0; k < n; k++)
            *(struct ga_note *)ga_vec_push(&notes) = of_file[k];
    }
    if (notes.len > 0)
        qsort(notes.items, notes.len, sizeof(struct ga_note), by_time);
    if (rc == GA_OK)
        hand_out(&notes, arena, ret_notes, ret_count);
    ga_vec_finish(&notes);
    return rc;
}

static const char all_notes[] =
    "SELECT n.id, n.field, n.row, n.protect, n.text, n.user, n.typist, n.day, n.ms, n.in_doubt, n.settled_by,"
    " n.settled_day, n.settled_ms, r.id, r.form FROM _note AS n JOIN record AS r ON r.no = n.record"
    " WHERE (?1 IS NULL OR r.form = ?1) AND (?2 OR n.settled_by IS NULL) ORDER BY n.day, n.ms, n.id";

static bool read_listed(struct ga_store *store, struct ga_stmt *stmt, struct ga_arena *arena, struct ga_note *ret_note)
{
    const struct ga_value id = ga_stmt_column(stmt, RECORD);
    const struct ga_form *form = ga_forms_get(&store->forms, ga_stmt_column_text(stmt, RECORD + 1), NULL);
    read_note(store, stmt, arena, ret_note);
    if (id.len == sizeof(ret_note->record.bytes))
        memcpy(ret_note->record.bytes, id.text, id.len);
    protect_as_now(form, ret_note);
    return form != NULL && ret_note->protect < GA_PROTECT_RESTRICTED;
}

enum ga_rc ga_notes_list(struct ga_store *store, const struct ga_note_filter *filter, struct ga_arena *arena,
                         struct ga_note **ret_notes, size_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_vec notes;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, all_notes, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&notes, sizeof(struct ga_note));
    ga_stmt_bind_text(stmt, 1, filter->form);
    ga_stmt_bind_int(stmt, 2, filter->with_settled);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_note note;
        if (read_listed(store, stmt, arena, &note))
            *(struct ga_note *)ga_vec_push(&notes) = note;
    }
    ga_stmt_destroy(stmt);
    if (rc == GA_OK)
        hand_out(&notes, arena, ret_notes, ret_count);
    ga_vec_finish(&notes);
    return rc;
}

enum ga_rc ga_notes_count_open(struct ga_store *store, int64_t *ret_count, struct ga_error *err)
{
    _Static_assert(GA_PROTECT_RESTRICTED == 3, "as the statement has it");
    return ga_db_query_int(store->db, "SELECT count(*) FROM _note WHERE settled_by IS NULL AND protect < 3", ret_count, err);
}

/* "siblings.age" */
static void name_field(const struct ga_field *field, char *buf, size_t size)
{
    snprintf(buf, size, "%s%s%s", field->parent != NULL ? field->parent->name : "", field->parent != NULL ? "." : "",
             field->name);
}

bool ga_note_is_on(const struct ga_note *note, const struct ga_field *field, const struct ga_uuid *row)
{
    static const struct ga_uuid none;
    char name[2 * GA_OPERATION_ID_MAX + 2];
    name_field(field, name, sizeof(name));
    return strcmp(name, note->field) == 0 && ga_uuid_compare(row == NULL ? &none : row, &note->row) == 0;
}

static struct ga_operation_field text_field(const char *id, const char *text)
{
    return (struct ga_operation_field){id, {.kind = GA_OPERATION_TEXT, .text = text, .text_len = strlen(text)}};
}

enum ga_rc ga_note_check(const char *text, struct ga_error *err)
{
    const size_t len = strlen(text);
    if (text[strspn(text, " \t\n")] == '\0')
        return ga_error_set(err, GA_REFUSED, "an empty note is not kept");
    if (!ga_utf8_is_valid(text, len, NULL))
        return ga_error_set(err, GA_REFUSED, "this is no text");
    if (ga_utf8_count(text, len) > GA_NOTE_CHARS)
        return ga_error_set(err, GA_TOO_BIG, "a note has at most %1 characters", GA_NUM(GA_NOTE_CHARS));
    return GA_OK;
}

enum ga_rc ga_save_note(struct ga_save *save, const struct ga_uuid *record, const struct ga_field *field,
                        const struct ga_uuid *row, const char *text, struct ga_error *err)
{
    struct ga_store *store = ga_save_store(save);
    const struct ga_form *form;
    struct ga_uuid made;
    char name[2 * GA_OPERATION_ID_MAX + 2], id[GA_UUID_TEXT_SIZE], group[GA_UUID_TEXT_SIZE + 8], row_text[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = ga_note_check(text, err);
    if (rc == GA_OK)
        rc = ga_store_form_of(store, record, &form, err);
    if (rc != GA_OK)
        return rc;
    ga_uuid_make(store->options.clock, store->options.random, &store->last_id, &made);
    snprintf(group, sizeof(group), "_note/%s", ga_uuid_text(&made, id));
    name_field(field, name, sizeof(name));
    struct ga_operation_field fields[3] = {text_field("field", name)};
    size_t count = 1;
    if (row != NULL && !ga_uuid_is_zero(row))
        fields[count++] = text_field("row", ga_uuid_text(row, row_text));
    fields[count++] = text_field("text", text);
    const struct ga_own_group own = {group, ga_field_protect(form, field), fields, count};
    return ga_save_put_own(save, record, &own, 1, err);
}

static enum ga_rc end(struct ga_save *save, enum ga_rc rc, struct ga_error *err)
{
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

enum ga_rc ga_store_note(struct ga_store *store, const struct ga_uuid *record, const struct ga_field *field,
                         const struct ga_uuid *row, const char *text, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(store, &save, err);
    return rc == GA_OK ? end(save, ga_save_note(save, record, field, row, text, err), err) : rc;
}

enum ga_rc ga_store_settle_note(struct ga_store *store, const struct ga_note *note, bool is_settled, struct ga_error *err)
{
    struct ga_save *save;
    char id[GA_UUID_TEXT_SIZE], group[GA_UUID_TEXT_SIZE + 12];
    const struct ga_operation_field field = {"settled", {.kind = GA_OPERATION_INTEGER, .integer = is_settled}};
    const struct ga_own_group own = {group, note->protect, &field, 1};
    snprintf(group, sizeof(group), "_settled/%s", ga_uuid_text(&note->id, id));
    enum ga_rc rc = ga_save_begin(store, &save, err);
    return rc == GA_OK ? end(save, ga_save_put_own(save, &note->record, &own, 1, err), err) : rc;
}
