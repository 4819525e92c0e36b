/* Keeps what finds, sorts, counts children in step with their answers. */
#include "child/card_no_keep.h"
#include "child/presence.h"
#include "child/same.h"
#include "index/index_gather.h"
#include "index/index_page.h"
#include "index/index_shown.h"
#include "index/index_tally.h"
#include "index/sieve.h"
#include "search/search_own.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct ga_index *ga_index_of(struct ga_store *store)
{
    if (store->index == NULL) {
        struct ga_index *index = ga_alloc(sizeof(*index));
        for (size_t i = 0; i < GA_INDEX_SQL_COUNT; i++)
            index->sql[i] = strchr(ga_index_sql[i], '{') == NULL ? ga_index_sql[i] : NULL;
        ga_stmts_init(&index->stmts, store->db, index->sql, GA_INDEX_SQL_COUNT);
        ga_vec_init(&index->old_keys, sizeof(struct ga_index_key_bytes));
        ga_vec_init(&index->new_keys, sizeof(struct ga_index_key_bytes));
        ga_vec_init(&index->villages, sizeof(char *));
        ga_vec_init(&index->delta, sizeof(struct ga_delta_key));
        ga_vec_init(&index->touched, sizeof(int64_t));
        index->gather = ga_gather_create(store);
        ga_index_late_init(index);
        store->index = index;
    }
    return store->index;
}

void ga_index_make_sql(struct ga_store *store, enum ga_index_sql sql)
{
    struct ga_index *index = ga_index_of(store);
    struct ga_str text = {0};
    ga_index_shown_sql(store, ga_index_sql[sql], &text);
    index->sql[sql] = index->made[sql] = ga_strdup(ga_str_text(&text));
    ga_str_finish(&text);
}

static void end_sql(struct ga_index *index)
{
    ga_stmts_finish(&index->stmts);
    for (size_t i = 0; i < GA_INDEX_SQL_COUNT; i++) {
        if (index->made[i] != NULL)
            index->sql[i] = NULL;
        free(index->made[i]);
        index->made[i] = NULL;
    }
    ga_index_shown_forget(index);
    ga_search_own_forget(index);
}

void ga_index_forget_sql(struct ga_store *store)
{
    if (store->index == NULL)
        return;
    end_sql(store->index);
    ga_stmts_init(&store->index->stmts, store->db, store->index->sql, GA_INDEX_SQL_COUNT);
}

enum ga_rc ga_index_row(struct ga_store *store, enum ga_index_sql sql, int64_t no, const char *none,
                        struct ga_stmt **ret_stmt, struct ga_error *err)
{
    bool has_row;
    enum ga_rc rc = ga_index_stmt(store, sql, ret_stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(*ret_stmt, 1, no);
    rc = ga_stmt_step(*ret_stmt, &has_row, err);
    return rc == GA_OK && !has_row ? ga_error_set(err, GA_NOT_FOUND, none) : rc;
}

void ga_index_finish(struct ga_store *store)
{
    struct ga_index *index = store->index;
    ga_same_end(store);
    if (index == NULL)
        return;
    ga_delta_end_bulk(store);
    end_sql(index);
    ga_vec_finish(&index->old_keys);
    ga_vec_finish(&index->new_keys);
    ga_index_forget_villages(index);
    ga_vec_finish(&index->villages);
    ga_vec_finish(&index->delta);
    ga_gather_destroy(index->gather);
    ga_vec_finish(&index->late);
    ga_vec_finish(&index->touched);
    ga_str_finish(&index->sort);
    ga_str_finish(&index->place);
    ga_index_tallies_forget(index);
    free(index->fields);
    free(index);
    store->index = NULL;
}

static struct ga_value sort_of(struct ga_index *index, const struct ga_index_child *child, int64_t no)
{
    ga_str_clear(&index->sort);
    ga_index_sort(child, no, &index->sort);
    return ga_value_blob(index->sort.data, index->sort.len);
}

static enum ga_rc run_on_row(struct ga_store *store, enum ga_index_sql sql, struct ga_value sort, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(stmt, 1, &sort);
    return ga_stmt_run(stmt, err);
}

/* *ret_flags -1: there is no such child. */
static enum ga_rc read_standing(struct ga_store *store, int64_t no, int64_t *ret_flags, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_GET_STANDING, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    *ret_flags = rc == GA_OK && has_row ? ga_stmt_column_int(stmt, 0) : -1;
    if (rc == GA_OK && has_row)
        ga_stmt_reset(stmt);
    return rc;
}

static enum ga_rc put_standing(struct ga_store *store, int64_t no, unsigned flags, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_PUT_STANDING, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_int(stmt, 2, flags);
    return ga_stmt_run(stmt, err);
}

/* Takes the child out of the counts by the flags it was counted with. */
static enum ga_rc drop_row(struct ga_store *store, int64_t no, const struct ga_index_child *child, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    struct ga_stmt *stmt;
    int64_t flags;
    enum ga_rc rc = read_standing(store, no, &flags, err);
    if (rc != GA_OK || flags < 0)
        return rc;
    const struct ga_value sort = sort_of(index, child, no);
    ga_index_count_child(index, sort, NULL, (unsigned)flags, -1);
    rc = run_on_row(store, GA_INDEX_DROP_ROW, sort, err);
    if (rc == GA_OK)
        rc = ga_index_stmt(store, GA_INDEX_DROP_STANDING, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc put_row(struct ga_store *store, int64_t no, const struct ga_uuid *id,
                          struct ga_index_child *child, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    struct ga_stmt *stmt;
    unsigned gone = 0;
    enum ga_rc rc = ga_presence_find(store, no, id, &gone, err);
    if (rc != GA_OK || (rc = ga_index_stmt(store, GA_INDEX_PUT_ROW, &stmt, err)) != GA_OK)
        return rc;
    child->flags |= gone;
    const struct ga_value sort = sort_of(index, child, no);
    ga_stmt_bind_borrowed(stmt, 1, &sort);
    ga_stmt_bind_int(stmt, 2, child->flags);
    ga_stmt_bind_int(stmt, 3, no);
    rc = ga_stmt_run(stmt, err);
    if (rc == GA_OK)
        ga_index_count_child(index, sort, child, child->flags, 1);
    return rc == GA_OK ? put_standing(store, no, child->flags, err) : rc;
}

static bool stands_as_before(const struct ga_index_child *a, const struct ga_index_child *b)
{
    return ga_str_equal(a->name, b->name) && ga_str_equal(a->site, b->site) && ga_str_equal(a->grade, b->grade) &&
           ga_str_equal(a->class_no, b->class_no) && a->flags == b->flags;
}

/* Of what is looked through for a word. */
static bool reads_as_before(const struct ga_index_child *a, const struct ga_index_child *b)
{
    return ga_str_equal(a->name, b->name) && ga_str_equal(a->nickname, b->nickname) &&
           ga_str_equal(a->former_name, b->former_name) && ga_str_equal(a->guardian, b->guardian) &&
           ga_str_equal(a->village, b->village) && ga_str_equal(a->hamlet, b->hamlet) &&
           ga_str_equal(a->address, b->address);
}

/* Every page that is not written makes a save shorter. */
static enum ga_rc change_row(struct ga_store *store, int64_t no, const struct ga_uuid *id,
                             const struct ga_index_child *before, struct ga_index_child *after, struct ga_error *err)
{
    if (stands_as_before(before, after))
        return GA_OK;
    enum ga_rc rc = drop_row(store, no, before, err);
    return rc == GA_OK ? put_row(store, no, id, after, err) : rc;
}

static void read_child(struct ga_index *index, const struct ga_answers *answers,
                       struct ga_index_child *ret_child, struct ga_vec *keys)
{
    if (index->fields == NULL || ga_index_fields_form(index->fields) != answers->form) {
        free(index->fields);
        index->fields = ga_index_fields_create(answers->form);
    }
    ga_index_child_read(index->fields, answers, ret_child);
    ga_index_child_keys(ret_child, keys);
}

/* Most edits change nothing that is found, sorted or counted: then no page of the index is written. */
static bool is_as_before(struct ga_index *index, const struct ga_answers *old,
                         const struct ga_answers *now)
{
    struct ga_index_child before, after;
    if (old == NULL || now == NULL)
        return false;
    read_child(index, old, &before, &index->old_keys);
    read_child(index, now, &after, &index->new_keys);
    ga_vec_clear(&index->old_keys);
    ga_vec_clear(&index->new_keys);
    return ga_index_child_equal(&before, &after);
}

static enum ga_rc put_child(struct ga_store *store, int64_t no, const struct ga_answers *old,
                            const struct ga_answers *now, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    struct ga_index_child before, after;
    enum ga_rc rc = GA_OK;
    ga_vec_clear(&index->old_keys);
    ga_vec_clear(&index->new_keys);
    if (is_as_before(index, old, now))
        return GA_OK;
    if (old != NULL)
        read_child(index, old, &before, &index->old_keys);
    if (now == NULL) {
        ga_sieve_touch(index, no);
        rc = drop_row(store, no, &before, err);
    }
    if (now != NULL) {
        read_child(index, now, &after, &index->new_keys);
        ga_card_no_note(index, old == NULL ? 0 : before.card_no, after.card_no);
        if (old == NULL || !ga_str_equal(before.village, after.village))
            index->has_villages = false;
        if (old == NULL || !reads_as_before(&before, &after))
            ga_sieve_touch(index, no);
        struct ga_uuid id = now->id; /* answers that were folded for something else have none */
        if (ga_uuid_is_zero(&id))
            rc = ga_record_id(store, no, &id, NULL, err);
        if (rc == GA_OK)
            rc = old == NULL ? put_row(store, no, &id, &after, err)
                             : change_row(store, no, &id, &before, &after, err);
    }
    return rc != GA_OK ? rc : ga_delta_change(store, no, &index->old_keys, &index->new_keys, err);
}

static enum ga_rc count_record(struct ga_store *store, const char *form, int by,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_PUT_COUNT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, form);
    ga_stmt_bind_int(stmt, 2, by);
    rc = ga_stmt_run(stmt, err);
    if (rc != GA_OK || by > 0)
        return rc;
    rc = ga_index_stmt(store, GA_INDEX_DROP_COUNT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, form);
    return ga_stmt_run(stmt, err);
}

/* Counts the child on the row with other flags; `sort` is where it stands. */
static void count_anew(struct ga_index *index, struct ga_stmt *row, struct ga_value sort, unsigned flags, unsigned now)
{
    struct ga_index_child class = {.site = ga_stmt_column_text(row, GA_ROSTER_SITE),
                                   .grade = ga_stmt_column_text(row, GA_ROSTER_GRADE),
                                   .class_no = ga_stmt_column_text(row, GA_ROSTER_CLASS)};
    ga_index_count_child(index, sort, &class, flags, -1);
    ga_index_count_child(index, sort, &class, now, 1);
}

static enum ga_rc stands_there(struct ga_store *store, struct ga_value sort, bool *ret_is, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_HAS_ROW, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(stmt, 1, &sort);
    rc = ga_stmt_step(stmt, ret_is, err);
    if (rc == GA_OK && *ret_is)
        ga_stmt_reset(stmt);
    return rc;
}

/*
 * A row that does not stand where its answers say now: they changed in the same save, they will put it there by and by,
 * and ask then who is here.
 */
static enum ga_rc set_flags(struct ga_store *store, int64_t no, unsigned flags, unsigned now, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    struct ga_stmt *row, *stmt;
    bool is_there = false;
    enum ga_rc rc = ga_index_row(store, GA_INDEX_GET_ROW, no, GA_N_("there is no such child"), &row, err);
    if (rc != GA_OK)
        return rc == GA_NOT_FOUND ? GA_OK : rc;
    ga_str_clear(&index->sort);
    ga_roster_row_sort(store, row, &index->sort);
    const struct ga_value sort = ga_value_blob(index->sort.data, index->sort.len);
    rc = stands_there(store, sort, &is_there, err);
    if (rc == GA_OK && is_there)
        count_anew(index, row, sort, flags, now);
    ga_stmt_reset(row);
    if (rc != GA_OK || !is_there || (rc = ga_index_stmt(store, GA_INDEX_SET_FLAGS, &stmt, err)) != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(stmt, 1, &sort);
    ga_stmt_bind_int(stmt, 2, now);
    rc = ga_stmt_run(stmt, err);
    return rc == GA_OK ? put_standing(store, no, now, err) : rc;
}

enum ga_rc ga_index_mark(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_uuid child;
    unsigned found = 0;
    int64_t flags;
    enum ga_rc rc = ga_record_id(store, no, &child, NULL, err);
    if (rc == GA_OK)
        rc = ga_presence_find(store, no, &child, &found, err);
    if (rc == GA_OK)
        rc = read_standing(store, no, &flags, err);
    if (rc != GA_OK || flags < 0)
        return rc;
    const unsigned now = ((unsigned)flags & ~(unsigned)(GA_FLAG_GONE | GA_FLAG_BEHIND)) | found;
    return now == (unsigned)flags ? GA_OK : set_flags(store, no, (unsigned)flags, now, err);
}

/* A child's rows after a change of status: that of the file it was written down in, that of the one that leads. */
enum ga_rc ga_index_mark_child(struct ga_store *store, const struct ga_uuid *child, struct ga_error *err)
{
    int64_t no, main;
    enum ga_rc rc = ga_record_no(store, child, &no, NULL);
    if (rc == GA_NOT_FOUND)
        return GA_OK;
    if (rc == GA_OK)
        rc = ga_index_mark(store, no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &main, err);
    return rc == GA_OK && main != no ? ga_index_mark(store, main, err) : rc;
}

static enum ga_rc put_change(struct ga_store *store, int64_t no, const struct ga_answers *old,
                             const struct ga_answers *now, struct ga_error *err)
{
    enum ga_rc rc = old == NULL ? GA_OK : ga_presence_run(store, GA_INDEX_DROP_PRESENCE, no, old, err);
    if (rc == GA_OK && now != NULL)
        rc = ga_presence_run(store, GA_INDEX_PUT_PRESENCE, no, now, err);
    if (rc == GA_OK && old != NULL)
        rc = ga_index_mark_child(store, &old->child, err);
    return rc == GA_OK && now != NULL ? ga_index_mark_child(store, &now->child, err) : rc;
}

enum ga_rc ga_index_put_now(struct ga_store *store, int64_t no, const struct ga_answers *old,
                            const struct ga_answers *now, struct ga_error *err)
{
    const struct ga_form *form = now != NULL ? now->form : old->form;
    enum ga_rc rc = GA_OK;
    if (strcmp(form->name, "child") == 0)
        return put_child(store, no, old, now, err);
    if (old == NULL || now == NULL)
        rc = count_record(store, form->name, now != NULL ? 1 : -1, err);
    if (rc == GA_OK && strcmp(form->name, "status_change") == 0)
        rc = put_change(store, no, old, now, err);
    return rc;
}

enum ga_rc ga_index_flush(struct ga_store *store, struct ga_error *err)
{
    if (store->index == NULL)
        return GA_OK;
    enum ga_rc rc = ga_index_tallies_write(store, err);
    if (rc == GA_OK)
        rc = ga_sieve_write(store, err);
    if (rc == GA_OK)
        rc = ga_card_no_keep(store, err);
    if (rc == GA_OK)
        rc = ga_delta_settle(store, err);
    return rc == GA_OK ? ga_index_put_mark(store, err) : rc;
}

static enum ga_rc list_gone(struct ga_store *store, struct ga_vec *children, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_GONE_ROWS, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value id = ga_stmt_column(stmt, 0);
        struct ga_uuid *child = ga_vec_push(children);
        if (id.len == sizeof(child->bytes))
            memcpy(child->bytes, id.text, id.len);
    }
    return rc;
}

/* Children who had left by a change that is gone now are here again. */
static enum ga_rc forget_changes(struct ga_store *store, struct ga_error *err)
{
    struct ga_vec children;
    ga_vec_init(&children, sizeof(struct ga_uuid));
    enum ga_rc rc = ga_db_exec(store->db, "DELETE FROM _presence", err);
    if (rc == GA_OK)
        rc = list_gone(store, &children, err);
    for (size_t i = 0; rc == GA_OK && i < children.len; i++)
        rc = ga_index_mark_child(store, GA_VEC_AT(struct ga_uuid, &children, i), err);
    ga_vec_finish(&children);
    return rc;
}

enum ga_rc ga_index_drop_form(struct ga_store *store, const struct ga_form *form,
                              struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_same_drop_form(store, form, err);
    if (rc != GA_OK)
        return rc;
    if (strcmp(form->name, "child") == 0) {
        ga_index_of(store)->has_villages = false;
        ga_index_of(store)->has_delta = false;
        ga_gather_forget(ga_index_of(store)->gather);
        ga_index_tallies_forget(ga_index_of(store));
        ga_sieve_forget(ga_index_of(store));
        return ga_db_exec(store->db, "DELETE FROM _roster; DELETE FROM _standing; DELETE FROM _search; DELETE FROM _search_new;"
                                     "DELETE FROM _tally; DELETE FROM _sieve", err);
    }
    rc = ga_index_stmt(store, GA_INDEX_DROP_FORM, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, form->name);
    rc = ga_stmt_run(stmt, err);
    return rc == GA_OK && strcmp(form->name, "status_change") == 0 ? forget_changes(store, err)
                                                                   : rc;
}
