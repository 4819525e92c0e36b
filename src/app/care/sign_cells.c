/* Marks what stands in the cells of a month, so that a later change is seen. */
#include "care/sign_inner.h"

#include "care/face_kept.h"
#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/crypt/hash.h"
#include "guanai/store/number.h"
#include "guanai/store/roster.h"
#include "guanai/text/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ga_mark_of_record(const struct ga_uuid *id, char buf[GA_MARK_RECORD + 1])
{
    return ga_print_text(id->bytes + 10, buf, GA_MARK_RECORD + 1); /* of a UUIDv7 the end is drawn, the start the time */
}

/* Child, duty and window as every computer names them. */
static enum ga_rc mark_cell(struct ga_session *session, const struct ga_duty *duty, struct ga_month_cell *cell,
                            struct ga_error *err)
{
    const struct ga_due *due = cell->due;
    struct ga_uuid child = {0};
    struct ga_str text = {0};
    struct ga_hash hash;
    char id[GA_UUID_TEXT_SIZE];
    const enum ga_rc rc = due->child != 0 ? ga_store_id_of(session->store, due->child, &child, err) : GA_OK;
    ga_str_addf(&text, "%s %s %s", ga_uuid_text(&child, id), duty->name,
                due->window.label[0] != '\0' ? due->window.label : GA_DATE_ISO(due->window.opens));
    ga_hash_bytes("guanai.cell", ga_str_text(&text), text.len, &hash);
    ga_print_text(hash.bytes, cell->mark + GA_MARK_RECORD, GA_MARK_CELL + 1);
    ga_str_finish(&text);
    return rc;
}

/* A record behind a cell: the one that counts, or what was said of it. */
struct behind {
    int64_t record;
    size_t cell;
    bool is_said;
};

/* What stands in a cell, as far as it was read. */
struct standing {
    struct ga_record_face done, said; /* form NULL: nothing */
};

static int by_record(const void *a, const void *b)
{
    const struct behind *x = a, *y = b;
    return (x->record > y->record) - (x->record < y->record);
}

static void add_behind(struct ga_vec *list, int64_t record, size_t cell, bool is_said)
{
    if (record != 0)
        *(struct behind *)ga_vec_push(list) = (struct behind){record, cell, is_said};
}

/*
 * In the order in which they were made: those made together lie together in the log, in blocks that are unpacked whole.
 * Child by child the same blocks were unpacked again and again.
 */
static enum ga_rc read_faces(struct ga_session *session, const struct ga_month *month, struct standing *standings,
                             struct ga_error *err)
{
    struct ga_vec list;
    struct ga_faces_kept kept;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&list, sizeof(struct behind));
    for (size_t i = 0; i < month->dues_count; i++) {
        add_behind(&list, month->dues[i].record, i, false);
        add_behind(&list, month->dues[i].outcome, i, true);
    }
    if (list.len > 0)
        qsort(list.items, list.len, sizeof(struct behind), by_record);
    ga_faces_kept_start(&kept, session);
    for (size_t i = 0; rc == GA_OK && i < list.len; i++) {
        const struct behind *behind = ga_vec_at(&list, i);
        struct standing *standing = &standings[behind->cell];
        rc = ga_face_kept_read(&kept, behind->record, month->arena, behind->is_said ? &standing->said : &standing->done, err);
    }
    ga_faces_kept_finish(&kept);
    ga_vec_finish(&list);
    return rc;
}

static void add_print(struct ga_hasher *hasher, const struct ga_record_face *face)
{
    if (face->form != NULL)
        ga_hasher_add(hasher, face->print, sizeof(face->print));
}

static enum ga_rc fill_cell(struct ga_session *session, const struct ga_duty *duty, const struct standing *standing,
                            struct ga_month_cell *cell, struct ga_error *err)
{
    const struct ga_due *due = cell->due;
    struct ga_hasher hasher;
    struct ga_hash hash;
    char counted[40];
    memset(cell->mark, '-', GA_MARK_CHARS);
    const enum ga_rc rc = mark_cell(session, duty, cell, err);
    cell->face = standing->done.form != NULL ? standing->done : standing->said;
    ga_hasher_start(&hasher, "guanai.stands");
    snprintf(counted, sizeof(counted), "%d %d ", due->done, due->tries);
    ga_hasher_add(&hasher, counted, strlen(counted));
    add_print(&hasher, &standing->done);
    add_print(&hasher, &standing->said);
    ga_hasher_finish(&hasher, &hash);
    char *says = cell->mark + GA_MARK_RECORD + GA_MARK_CELL;
    ga_print_text(hash.bytes, says, GA_MARK_SAYS + 1);
    if (cell->face.form != NULL) {
        char record[GA_MARK_RECORD + 1];
        memcpy(cell->mark, ga_mark_of_record(&cell->face.id, record), GA_MARK_RECORD);
    }
    /* ga_print_text ended the cell's part with a NUL where `says` begins: it was written over. */
    return rc;
}

enum ga_rc ga_month_read_cells(struct ga_session *session, struct ga_month *month, struct ga_error *err)
{
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc != GA_OK || month->cells != NULL)
        return rc;
    struct ga_month_cell *cells = ga_arena_array(month->arena, month->dues_count + 1, sizeof(*cells));
    struct standing *standings = ga_alloc_array(month->dues_count + 1, sizeof(*standings));
    rc = read_faces(session, month, standings, err);
    for (size_t i = 0; i < month->dues_count && rc == GA_OK; i++) {
        cells[i].due = &month->dues[i];
        rc = fill_cell(session, ga_care_duties(care)->items[month->dues[i].duty], &standings[i], &cells[i], err);
    }
    free(standings);
    if (rc != GA_OK)
        return rc;
    month->cells = cells;
    month->cells_count = month->dues_count;
    return GA_OK;
}

void ga_month_add_covers(const struct ga_month *month, struct ga_str *out)
{
    for (size_t i = 0; i < month->cells_count; i++)
        if (month->cells[i].face.form != NULL)
            ga_str_addf(out, "%s%s", out->len > 0 ? " " : "", month->cells[i].mark);
}

/* The mark in `covers` of the same cell; NULL: nothing stood there. */
static const char *find_mark(const char *covers, const char *mark)
{
    const char *end = covers + strlen(covers);
    for (const char *at = covers; end - at >= GA_MARK_CHARS; at += GA_MARK_CHARS + (at[GA_MARK_CHARS] == ' '))
        if (memcmp(at + GA_MARK_RECORD, mark + GA_MARK_RECORD, GA_MARK_CELL) == 0)
            return at;
    return NULL;
}

static const char *name_cell(struct ga_session *session, const struct ga_month_cell *cell, const struct ga_duty *duty,
                             enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_roster_row child = {.name = ""};
    if (cell->due->child != 0)
        ga_roster_row_of(session->store, cell->due->child, lang, arena, &child, NULL);
    return ga_arena_printf(arena, "%s%s%s", child.name, child.name[0] != '\0' ? " · " : "", ga_label_text(&duty->title, lang));
}

/* What became of a cell since; NULL: nothing. */
static const char *change_of(const struct ga_month_cell *cell, const char *before)
{
    if (before != NULL && memcmp(before, cell->mark, GA_MARK_CHARS) == 0)
        return NULL;
    if (cell->face.form == NULL)
        return before == NULL ? NULL : GA_N_("%1: taken away");
    return before == NULL ? GA_N_("%1: entered, by %2") : GA_N_("%1: changed, by %2");
}

static const char *say_change(struct ga_session *session, const struct ga_month_cell *cell, const char *change,
                              const struct ga_duty *duty, enum ga_lang lang, struct ga_arena *arena)
{
    char buf[320];
    struct ga_message message;
    const char *name = name_cell(session, cell, duty, lang, arena);
    if (cell->face.form == NULL)
        ga_message_set(&message, change, name);
    else
        ga_message_set(&message, change, name, cell->face.doer);
    return ga_arena_strdup(arena, ga_message_text(&message, lang, buf, sizeof(buf)));
}

/* Marks of cells that the sheet no longer has: the child moved away, a fact was changed. */
static size_t count_gone(const struct ga_month *month, const char *covers)
{
    const char *end = covers + strlen(covers);
    size_t gone = 0;
    for (const char *at = covers; end - at >= GA_MARK_CHARS; at += GA_MARK_CHARS + (at[GA_MARK_CHARS] == ' ')) {
        bool is_there = false;
        for (size_t i = 0; i < month->cells_count && !is_there; i++)
            is_there = memcmp(at + GA_MARK_RECORD, month->cells[i].mark + GA_MARK_RECORD, GA_MARK_CELL) == 0;
        gone += !is_there;
    }
    return gone;
}

/* The marks as they were signed; in `arena`. */
static enum ga_rc read_covers(struct ga_session *session, const struct ga_signature *signature, struct ga_arena *arena,
                              const char **ret_covers, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_signed_ask(session, GA_SIGNED_COVERS, &stmt, err);
    if (stmt != NULL) {
        ga_stmt_bind_int(stmt, 1, signature->no);
        rc = ga_stmt_step(stmt, &has_row, err);
    }
    const char *covers = rc == GA_OK && has_row ? ga_stmt_column_text(stmt, 0) : NULL;
    *ret_covers = ga_arena_strdup(arena, covers == NULL ? "" : covers);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_month_changes(struct ga_session *session, struct ga_month *month, enum ga_lang lang,
                            const char *const **ret_lines, size_t *ret_count, struct ga_error *err)
{
    struct ga_care *care;
    size_t count = 0;
    char buf[160];
    struct ga_message message;
    const char *covers = "";
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK && month->signature != NULL)
        rc = ga_month_read_cells(session, month, err);
    if (rc == GA_OK && month->signature != NULL)
        rc = read_covers(session, month->signature, month->arena, &covers, err);
    if (rc != GA_OK)
        return rc;
    const char **lines = ga_arena_array(month->arena, month->cells_count + 2, sizeof(*lines));
    for (size_t i = 0; i < month->cells_count && month->signature != NULL; i++) {
        const struct ga_month_cell *cell = &month->cells[i];
        const char *change = change_of(cell, find_mark(covers, cell->mark));
        if (change != NULL)
            lines[count++] = say_change(session, cell, change, ga_care_duties(care)->items[cell->due->duty], lang, month->arena);
    }
    const size_t gone = count_gone(month, covers);
    if (gone > 0) {
        ga_message_set(&message, "No longer on this sheet: %1", GA_NUM(gone));
        lines[count++] = ga_arena_strdup(month->arena, ga_message_text(&message, lang, buf, sizeof(buf)));
    }
    *ret_lines = lines;
    *ret_count = count;
    return GA_OK;
}
