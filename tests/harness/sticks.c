/* Several computers of one school that meet by sticks alone. */
#include "sticks.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/site.h"
#include "index/index_page.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sticks_trust(struct sticks_town *town)
{
    for (size_t i = 0; i < town->count; i++) {
        struct ga_peer peer;
        enum ga_rc rc = ga_store_site(town->schools[i].store, ga_store_own_site(town->schools[i].store), &peer, NULL);
        assert(rc == GA_OK);
        for (size_t k = 0; k < town->count; k++) {
            rc = ga_site_trust(town->schools[k].store, &peer, NULL);
            assert(rc == GA_OK);
        }
    }
}

void sticks_start(struct sticks_town *town, size_t count)
{
    static const char *const users[] = {"周老师", "王老师", "李校长", "吴老师", "陈会计"};
    town->count = count;
    for (size_t i = 0; i < count; i++) {
        struct school *school = &town->schools[i];
        school_prepare(school, (struct school_base){0});
        school->seed = 7 + 1000 * i;
        school->options.user = users[i % GA_COUNT(users)];
        const enum ga_rc rc = school_reopen(school, NULL);
        assert(rc == GA_OK && school->problems.faults == 0);
    }
    sticks_trust(town);
}

void sticks_stop(struct sticks_town *town)
{
    for (size_t i = 0; i < town->count; i++)
        school_stop(&town->schools[i]);
}

static void copy_parcel(struct ga_send *send, const struct ga_parcel *parcel, struct stick_parcel *ret_copy)
{
    ga_str_add_bytes(&ret_copy->bytes, parcel->bytes, parcel->len);
    ret_copy->signature = parcel->signature;
    ga_vec_init(&ret_copy->ops, sizeof(struct stick_op));
    for (uint32_t i = 0; i < parcel->count;) {
        struct ga_parcel_op op;
        struct stick_op *copy = ga_vec_push(&ret_copy->ops);
        const enum ga_rc rc = ga_send_op(send, &op, NULL);
        assert(rc == GA_OK);
        (void)rc;
        copy->leaves = ga_parcel_op_leaves(&op);
        i += copy->leaves;
        ga_parcel_op_leaf(&op, &copy->leaf);
        copy->is_withheld = op.bytes == NULL;
        if (copy->is_withheld)
            continue;
        memcpy(copy->salt, op.salt, sizeof(copy->salt));
        ga_str_add_bytes(&copy->bytes, op.bytes, op.len);
    }
}

static void fill(struct stick *stick, struct ga_send *send)
{
    struct ga_parcel parcel;
    bool has;
    enum ga_rc rc;
    ga_vec_init(&stick->parcels, sizeof(struct stick_parcel));
    const uint64_t told = ga_send_transactions(send);
    while ((rc = ga_send_next(send, &parcel, &has, NULL)) == GA_OK && has)
        copy_parcel(send, &parcel, ga_vec_push(&stick->parcels));
    assert(rc == GA_OK && stick->parcels.len == told);
    ga_send_end(send);
}

void stick_fill(struct stick *stick, struct school *from, const struct ga_vec *theirs)
{
    struct ga_send *send;
    const enum ga_rc rc = ga_send_begin(from->store, theirs == NULL ? NULL : theirs->items, theirs == NULL ? 0 : theirs->len,
                                        &send, NULL);
    assert(rc == GA_OK);
    (void)rc;
    stick->is_limited = false;
    fill(stick, send);
}

void stick_fill_limited(struct stick *stick, struct school *from, const struct ga_vec *theirs, const struct ga_send_limit *limit)
{
    struct ga_send *send;
    const enum ga_rc rc = ga_send_begin_limited(from->store, theirs->items, theirs->len, limit, &send, NULL);
    assert(rc == GA_OK);
    (void)rc;
    stick->is_limited = true;
    fill(stick, send);
}

void stick_finish(struct stick *stick)
{
    for (size_t i = 0; i < stick->parcels.len; i++) {
        struct stick_parcel *parcel = ga_vec_at(&stick->parcels, i);
        for (size_t k = 0; k < parcel->ops.len; k++)
            ga_str_finish(&GA_VEC_AT(struct stick_op, &parcel->ops, k)->bytes);
        ga_vec_finish(&parcel->ops);
        ga_str_finish(&parcel->bytes);
    }
    ga_vec_finish(&stick->parcels);
}

static enum ga_rc put_parcel(struct ga_receive *receive, const struct stick_parcel *from, enum ga_parcel_state *ret_state,
                             struct ga_error *reason, struct ga_error *err)
{
    struct ga_parcel parcel = {.bytes = (const uint8_t *)from->bytes.data, .len = from->bytes.len, .signature = from->signature};
    for (size_t i = 0; i < from->ops.len; i++)
        parcel.count += GA_VEC_AT(const struct stick_op, &from->ops, i)->leaves > 1 ? GA_VEC_AT(const struct stick_op, &from->ops, i)->leaves : 1;
    enum ga_rc rc = ga_receive_parcel(receive, &parcel, ret_state, reason, err);
    if (rc != GA_OK || *ret_state != GA_PARCEL_OPEN)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < from->ops.len; i++) {
        const struct stick_op *op = ga_vec_at(&from->ops, i);
        struct ga_parcel_op given = {.leaf = op->leaf, .leaves = op->leaves};
        if (!op->is_withheld)
            given = (struct ga_parcel_op){.salt = op->salt, .bytes = (const uint8_t *)op->bytes.data, .len = op->bytes.len, .leaf = op->leaf};
        rc = ga_receive_op(receive, &given, err);
    }
    return rc == GA_OK ? ga_receive_close(receive, ret_state, reason, err) : rc;
}

enum ga_parcel_state stick_put(struct ga_receive *receive, const struct stick_parcel *parcel, struct ga_error *reason)
{
    enum ga_parcel_state state = GA_PARCEL_OPEN;
    const enum ga_rc rc = put_parcel(receive, parcel, &state, reason, NULL);
    assert(rc == GA_OK);
    (void)rc;
    return state;
}

enum ga_rc stick_take(const struct stick *stick, struct school *to, struct ga_received *ret_received, struct ga_error *err)
{
    struct ga_receive *receive;
    enum ga_parcel_state state;
    enum ga_rc rc = ga_receive_begin(to->store, &receive, err);
    if (rc != GA_OK)
        return rc;
    if (stick->is_limited)
        ga_receive_limited(receive);
    for (size_t i = 0; rc == GA_OK && i < stick->parcels.len; i++)
        rc = put_parcel(receive, ga_vec_at(&stick->parcels, i), &state, NULL, err);
    if (rc == GA_OK)
        return ga_receive_commit(receive, NULL, ret_received, err);
    ga_receive_abandon(receive);
    return rc;
}

void sticks_carry(struct school *from, struct school *to, struct ga_received *ret_received)
{
    struct ga_vec theirs;
    struct stick stick;
    struct ga_error err = {0};
    ga_vec_init(&theirs, sizeof(struct ga_have));
    enum ga_rc rc = ga_store_have(to->store, &theirs, NULL);
    assert(rc == GA_OK);
    stick_fill(&stick, from, &theirs);
    rc = stick_take(&stick, to, ret_received, &err);
    if (rc != GA_OK)
        fprintf(stderr, "# %s\n", err.what.id);
    assert(rc == GA_OK);
    stick_finish(&stick);
    ga_vec_finish(&theirs);
}

void sticks_assert_sound(struct school *school)
{
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_store_check(school->store, NULL, &problems, &report, NULL);
    assert(rc == GA_OK);
    rc = ga_store_rebuild(school->store, NULL, &problems, NULL);
    for (size_t i = 0; i < problems.list.len; i++) {
        char words[GA_MESSAGE_BYTES];
        fprintf(stderr, "# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, words,
                                                  sizeof(words)));
    }
    assert(rc == GA_OK && problems.list.len == 0);
    ga_problems_finish(&problems);
}

/* Columns that hold a local number say whose it is. */
static void add_columns(struct ga_db *db, const char *table, struct ga_str *sql)
{
    static const char *const numbers[] = {"no", "child", "record", "record_id"};
    struct ga_stmt *stmt;
    bool has_row;
    size_t columns = 0;
    enum ga_rc rc = ga_stmt_prepare(db, "SELECT name, type FROM pragma_table_info(?1)", &stmt, NULL);
    assert(rc == GA_OK);
    ga_stmt_bind_text(stmt, 1, table);
    while ((rc = ga_stmt_step(stmt, &has_row, NULL)) == GA_OK && has_row) {
        const char *name = ga_stmt_column_text(stmt, 0);
        bool is_number = false;
        for (size_t i = 0; i < GA_COUNT(numbers); i++)
            is_number |= strcmp(name, numbers[i]) == 0 && strcmp(ga_stmt_column_text(stmt, 1), "INTEGER") == 0;
        ga_str_add(sql, columns++ == 0 ? "" : "||'|'||");
        if (is_number)
            ga_str_addf(sql, "coalesce((SELECT hex(id) FROM record AS r WHERE r.no = t.\"%s\"),'-')", name);
        else
            ga_str_addf(sql, "typeof(\"%s\")||quote(\"%s\")", name, name);
    }
    ga_stmt_destroy(stmt);
}

static void dump_table(struct ga_db *db, const char *table, struct ga_str *out)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    bool has_row;
    ga_str_add(&sql, "SELECT ");
    add_columns(db, table, &sql);
    ga_str_addf(&sql, " FROM \"%s\" AS t ORDER BY 1", table);
    enum ga_rc rc = ga_stmt_prepare(db, ga_str_text(&sql), &stmt, NULL);
    assert(rc == GA_OK);
    ga_str_addf(out, "== %s\n", table);
    while ((rc = ga_stmt_step(stmt, &has_row, NULL)) == GA_OK && has_row)
        ga_str_addf(out, "%s\n", ga_stmt_column_text(stmt, 0));
    assert(rc == GA_OK);
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
}

void sticks_dump(struct school *school, struct ga_str *out)
{
    struct ga_db *db = ga_store_db(school->store);
    struct ga_stmt *stmt;
    struct ga_vec names;
    bool has_row;
    ga_vec_init(&names, sizeof(char *));
    enum ga_rc rc = ga_stmt_prepare(db, "SELECT name FROM sqlite_schema AS t WHERE type = 'table' AND (name IN ('misfit',"
                                        " 'conflict', '_note', '_verified', '_tally') OR EXISTS (SELECT 1 FROM form AS f WHERE"
                                        " t.name = f.name OR t.name GLOB f.name || '__*')) ORDER BY name",
                                    &stmt, NULL);
    assert(rc == GA_OK);
    while ((rc = ga_stmt_step(stmt, &has_row, NULL)) == GA_OK && has_row)
        *(char **)ga_vec_push(&names) = ga_strdup(ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    assert(names.len > 10);
    for (size_t i = 0; i < names.len; i++) {
        dump_table(db, *GA_VEC_AT(char *, &names, i), out);
        free(*GA_VEC_AT(char *, &names, i));
    }
    ga_vec_finish(&names);
}

/* The first line in which they differ. */
static void say_difference(const char *first, const char *second)
{
    size_t at = 0;
    for (size_t i = 0; first[i] != '\0' && first[i] == second[i]; i++)
        at = first[i] == '\n' ? i + 1 : at;
    fprintf(stderr, "# one: %.*s\n# the other: %.*s\n", (int)strcspn(first + at, "\n"), first + at,
            (int)strcspn(second + at, "\n"), second + at);
}

void sticks_assert_alike(struct school *one, struct school *other)
{
    struct ga_str first = {0}, second = {0};
    sticks_dump(one, &first);
    sticks_dump(other, &second);
    const bool is_alike = strcmp(ga_str_text(&first), ga_str_text(&second)) == 0;
    if (!is_alike)
        say_difference(ga_str_text(&first), ga_str_text(&second));
    assert(is_alike);
    ga_str_finish(&first);
    ga_str_finish(&second);
}

void sticks_assert_same(struct sticks_town *town, size_t count)
{
    for (size_t i = 1; i < count; i++)
        sticks_assert_alike(&town->schools[0], &town->schools[i]);
}

void sticks_dump_derived(struct school *school, struct ga_str *out)
{
    struct ga_store *store = school->store;
    static const char *const tables[] = {"child", "child__siblings", "misfit", "conflict", "_note", "_verified", "_roster",
                                         "_standing", "_tally", "_count", "_presence", "_pair", "_same", "_sieve"};
    struct ga_index_cursor cursor;
    bool has = true;
    for (size_t t = 0; t < GA_COUNT(tables); t++) {
        struct ga_stmt *stmt;
        char sql[200];
        snprintf(sql, sizeof(sql), "SELECT * FROM \"%s\" ORDER BY 1, 2", tables[t]);
        if (ga_stmt_prepare(store->db, sql, &stmt, NULL) != GA_OK)
            continue; /* no form has such a repeat */
        ga_str_addf(out, "== %s\n", tables[t]);
        while (ga_stmt_step(stmt, &has, NULL) == GA_OK && has) {
            for (int i = 0; i < ga_stmt_columns(stmt); i++) {
                const struct ga_value value = ga_stmt_column(stmt, i);
                ga_str_addf(out, "%d:", (int)value.kind);
                if (value.kind == GA_VALUE_INTEGER)
                    ga_str_addf(out, "%lld", (long long)value.integer);
                for (size_t k = 0; value.kind != GA_VALUE_INTEGER && k < value.len; k++)
                    ga_str_addf(out, "%02x", (unsigned char)value.text[k]);
                ga_str_add_char(out, '|');
            }
            ga_str_add_char(out, '\n');
        }
        ga_stmt_destroy(stmt);
    }
    const enum ga_rc rc = ga_index_cursor_seek(&cursor, store, (const uint8_t *)"", 0, NULL);
    assert(rc == GA_OK);
    (void)rc;
    for (has = true; ga_index_cursor_next(&cursor, &has, NULL) == GA_OK && has;) {
        for (size_t k = 0; k < cursor.page.entry.key.len; k++)
            ga_str_addf(out, "%02x", cursor.page.entry.key.bytes[k]);
        ga_str_addf(out, " %lld\n", (long long)cursor.page.entry.no);
    }
}

void sticks_nth_order(size_t n, size_t *ret_order, size_t count)
{
    size_t left[STICKS_SITES_MAX] = {0, 1, 2, 3, 4, 5, 6, 7};
    for (size_t i = 0; i < count; i++) {
        const size_t of = count - i, k = n % of;
        n /= of;
        ret_order[i] = left[k];
        memmove(&left[k], &left[k + 1], (of - k - 1) * sizeof(*left));
    }
}
