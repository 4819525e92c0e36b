/* Puts a school's own files into the log, tells which of their texts stand. */
#include "guanai/store/shared.h"

#include "fold/own.h"
#include "guanai/base/alloc.h"
#include "guanai/store/operation_order.h"
#include "guanai/store/site.h"
#include "guanai/text/utf8.h"
#include "log/saving.h"

#include <stdio.h>
#include <string.h>

#define FORM "definition_file"
#define GROUP "_file"

enum { PART_ID_SIZE = 8 /* "part_1" */, FIELDS_MAX = GA_SHARED_PARTS_MAX + 1 };

void ga_shared_hash(const char *text, size_t len, struct ga_hash *ret_hash)
{
    ga_hash_bytes("", text, len, ret_hash);
}

void ga_shared_record(const char *name, struct ga_uuid *ret_record)
{
    struct ga_hash hash;
    ga_hash_bytes("guanai.deffile", name, strlen(name), &hash);
    memcpy(ret_record->bytes, hash.bytes, sizeof(ret_record->bytes));
    ret_record->bytes[6] = (uint8_t)((ret_record->bytes[6] & 0x0f) | 0x80);
    ret_record->bytes[8] = (uint8_t)((ret_record->bytes[8] & 0x3f) | 0x80);
}

/* ---- putting ---- */

/* What a put becomes. */
struct writing {
    const struct ga_shared_put *put;
    struct ga_uuid record;
    const struct ga_form *form;
    char hash[GA_HASH_TEXT_SIZE];
    char parts[GA_SHARED_PARTS_MAX][PART_ID_SIZE];
    struct ga_operation_field fields[FIELDS_MAX];
    size_t fields_count;
};

static struct ga_operation_value text_value(const char *text, size_t len)
{
    return (struct ga_operation_value){.kind = GA_OPERATION_TEXT, .text = text, .text_len = len};
}

static void add_field(struct writing *w, const char *id, struct ga_operation_value value)
{
    w->fields[w->fields_count++] = (struct ga_operation_field){id, value};
}

/* How much of it goes into one part: never half a character. */
static size_t part_bytes(const char *text, size_t left)
{
    size_t len = left < GA_OPERATION_TEXT_MAX ? left : GA_OPERATION_TEXT_MAX;
    while (len < left && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    return len;
}

static void fill_fields(struct writing *w)
{
    const struct ga_shared_put *put = w->put;
    struct ga_hash hash;
    if (put->text == NULL) {
        add_field(w, "gone", (struct ga_operation_value){.kind = GA_OPERATION_INTEGER, .integer = 1});
        return;
    }
    ga_shared_hash(put->text, put->len, &hash);
    add_field(w, "hash", text_value(ga_hash_text(&hash, w->hash), GA_HASH_TEXT_SIZE - 1));
    for (size_t at = 0, i = 0; at < put->len && i < GA_SHARED_PARTS_MAX; i++) {
        const size_t len = part_bytes(put->text + at, put->len - at);
        snprintf(w->parts[i], sizeof(w->parts[i]), "part_%c", (char)('1' + i));
        add_field(w, w->parts[i], text_value(put->text + at, len));
        at += len;
    }
}

/* Only what the writer knew, of what stands in this record. */
static enum ga_rc write_op(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                           struct ga_error *err)
{
    struct writing *w = ctx;
    const struct ga_shared_put *put = w->put;
    struct ga_arena arena = {0};
    struct ga_operation_field name = {"file_name", text_value(put->name, strlen(put->name))};
    uint32_t *indexes = ga_arena_array(&arena, put->replaces_count, sizeof(*indexes));
    struct ga_operation_group groups[2] = {
        {.id = GROUP, .replaces = indexes, .replaces_count = put->replaces_count, .fields = w->fields, .fields_count = w->fields_count},
        {.id = "file_name", .fields = &name, .fields_count = 1}};
    struct ga_operation op = {.protection = GA_OPERATION_PUBLIC, .groups = groups, .replaced = put->replaces,
                              .replaced_count = put->replaces_count, .groups_count = ga_fold_has_answers(ops, count) ? 1 : 2};
    for (size_t i = 0; i < put->replaces_count; i++)
        indexes[i] = (uint32_t)i;
    ga_operation_order(&op, &arena);
    const enum ga_rc rc = ga_save_write(save, no, &w->record, w->form, &op, err);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc check_put(const struct ga_shared_put *put, struct ga_error *err)
{
    if (put->name[0] == '\0' || strlen(put->name) > GA_SHARED_NAME_MAX || !ga_utf8_is_valid(put->name, strlen(put->name), NULL))
        return ga_error_set(err, GA_REFUSED, "a file cannot be handed on under the name %1", put->name);
    if (put->len > GA_SHARED_TEXT_MAX)
        return ga_error_set(err, GA_TOO_BIG, "%1 is longer than a file of definitions may be", put->name);
    if (put->text != NULL && (put->len == 0 || memchr(put->text, 0, put->len) != NULL || !ga_utf8_is_valid(put->text, put->len, NULL)))
        return ga_error_set(err, GA_REFUSED, "%1 holds no text", put->name);
    return GA_OK;
}

enum ga_rc ga_shared_put(struct ga_save *save, const struct ga_shared_put *put, struct ga_error *err)
{
    struct ga_store *store = ga_save_store(save);
    struct writing w = {.put = put};
    int64_t no;
    enum ga_rc rc = check_put(put, err);
    if (rc == GA_OK && (w.form = ga_forms_get(&store->forms, FORM, err)) == NULL)
        rc = GA_NOT_FOUND;
    if (rc != GA_OK)
        return rc;
    fill_fields(&w);
    ga_shared_record(put->name, &w.record);
    rc = ga_record_make(store, &w.record, FORM, &no, NULL, err);
    return rc == GA_OK ? ga_save_into(save, no, w.form, write_op, &w, err) : rc;
}

/* ---- listing ---- */

/* Where the operation was written. */
static void tell_site(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_shared_text *text)
{
    struct ga_stmt *stmt;
    struct ga_peer peer;
    struct ga_uuid id;
    bool has_row = false;
    const char *school = "";
    text->site_label = "";
    ga_school_of_op(store, no, &school, NULL);
    text->school = ga_arena_strdup(arena, school);
    if (ga_store_stmt(store, GA_SQL_TXN_OF_OP, &stmt, NULL) != GA_OK)
        return;
    ga_stmt_bind_int(stmt, 1, no);
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return;
    const struct ga_value site = ga_stmt_column(stmt, 0);
    const bool is_id = site.len == sizeof(id.bytes);
    if (is_id)
        memcpy(id.bytes, site.text, site.len);
    ga_stmt_reset(stmt);
    text->site = is_id ? id : (struct ga_uuid){{0}};
    if (!is_id || ga_store_site(store, &id, &peer, NULL) != GA_OK)
        return;
    text->site_label = ga_arena_strdup(arena, peer.label);
    text->is_own = peer.is_own;
}

static void join_parts(const struct ga_operation_group *group, struct ga_arena *arena, struct ga_shared_text *text)
{
    struct ga_str whole = {0};
    struct ga_hash hash;
    char id[PART_ID_SIZE];
    for (size_t i = 0; i < GA_SHARED_PARTS_MAX; i++) {
        snprintf(id, sizeof(id), "part_%c", (char)('1' + i));
        const struct ga_operation_value *part = ga_own_value(group, id);
        if (part == NULL || part->kind != GA_OPERATION_TEXT)
            break;
        ga_str_add_bytes(&whole, part->text, part->text_len);
    }
    ga_shared_hash(ga_str_text(&whole), whole.len, &hash);
    text->is_damaged = whole.len == 0 || whole.len > GA_SHARED_TEXT_MAX || !ga_hash_equal(&hash, &text->hash);
    if (!text->is_damaged) {
        text->text = ga_arena_strndup(arena, whole.data, whole.len);
        text->len = whole.len;
    }
    ga_str_finish(&whole);
}

static void tell_text(struct ga_store *store, const struct ga_fold_head *head, struct ga_arena *arena, struct ga_shared_text *text)
{
    const struct ga_operation_value *gone = ga_own_value(head->value, "gone");
    *text = (struct ga_shared_text){.leaf = head->op->leaf, .user = ga_arena_strdup(arena, head->op->op.user),
                                    .local_day = head->op->op.local_day};
    tell_site(store, head->op->no, arena, text);
    if (gone != NULL && gone->kind == GA_OPERATION_INTEGER && gone->integer == 1)
        return;
    if (ga_hash_parse(ga_own_text(head->value, "hash"), &text->hash))
        join_parts(head->value, arena, text);
    else
        text->is_damaged = true;
}

/* The first name that anybody gave it; NULL: none, or the record is not that of its name. */
static const char *name_of(const struct ga_log_op *ops, size_t count, const struct ga_uuid *record, struct ga_arena *arena)
{
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < ops[i].op.groups_count; g++) {
            const struct ga_operation_group *group = &ops[i].op.groups[g];
            struct ga_uuid named;
            if (strcmp(group->id, "file_name") != 0 || group->fields[0].value.kind != GA_OPERATION_TEXT)
                continue;
            ga_shared_record(group->fields[0].value.text, &named);
            if (ga_uuid_compare(&named, record) == 0)
                return ga_arena_strdup(arena, group->fields[0].value.text);
        }
    return NULL;
}

static enum ga_rc add_file(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_vec *files, struct ga_error *err)
{
    struct ga_arena own = {0};
    struct ga_log_op *ops;
    struct ga_fold_head *heads;
    struct ga_uuid record;
    size_t count, heads_count, texts_count = 0;
    enum ga_rc rc = ga_record_id(store, no, &record, NULL, err);
    if (rc == GA_OK)
        rc = ga_log_of_record(store, no, &own, &ops, &count, err);
    const char *name = rc == GA_OK ? name_of(ops, count, &record, arena) : NULL;
    if (name != NULL) {
        ga_fold(ops, count, &own, &heads, &heads_count);
        struct ga_shared_text *texts = ga_arena_array(arena, heads_count, sizeof(*texts));
        for (size_t i = 0; i < heads_count; i++)
            if (strcmp(heads[i].group, GROUP) == 0)
                tell_text(store, &heads[i], arena, &texts[texts_count++]);
        if (texts_count > 0)
            *(struct ga_shared *)ga_vec_push(files) = (struct ga_shared){name, texts, texts_count};
    }
    ga_arena_finish(&own);
    return rc;
}

enum ga_rc ga_shared_list(struct ga_store *store, struct ga_arena *arena, struct ga_vec *ret_files, struct ga_error *err)
{
    int64_t no = 0;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && (rc = ga_record_next(store, FORM, no, &no, err)) == GA_OK && no > 0)
        rc = add_file(store, no, arena, ret_files, err);
    return rc;
}

enum ga_rc ga_shared_find(struct ga_store *store, const char *name, struct ga_arena *arena, struct ga_shared *ret_file,
                          struct ga_error *err)
{
    struct ga_vec files;
    struct ga_uuid record;
    int64_t no = 0;
    ga_shared_record(name, &record);
    enum ga_rc rc = ga_record_no(store, &record, &no, NULL);
    if (rc == GA_NOT_FOUND)
        return GA_OK;
    if (rc != GA_OK)
        return ga_error_set(err, rc, "the file %1 cannot be read from the archive", name);
    ga_vec_init(&files, sizeof(struct ga_shared));
    rc = add_file(store, no, arena, &files, err);
    if (rc == GA_OK && files.len > 0)
        *ret_file = *GA_VEC_AT(const struct ga_shared, &files, 0);
    ga_vec_finish(&files);
    return rc;
}
