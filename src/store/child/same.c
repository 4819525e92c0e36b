/* Keeps the verdicts on pairs of files in step with their records. */
#include "child/presence.h"
#include "child/same.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum ga_rc ga_same_stmt(struct ga_store *store, enum ga_same_sql sql, struct ga_stmt **ret_stmt,
                        struct ga_error *err)
{
    if (store->same == NULL) {
        store->same = ga_alloc(sizeof(*store->same));
        ga_stmts_init(&store->same->stmts, store->db, ga_same_sql, GA_SAME_SQL_COUNT);
    }
    return ga_stmts_get(&store->same->stmts, sql, ret_stmt, err);
}

void ga_same_end(struct ga_store *store)
{
    if (store->same == NULL)
        return;
    ga_stmts_finish(&store->same->stmts);
    free(store->same);
    store->same = NULL;
}

/* The first column of the first row; *ret_has false: there is none. */
static enum ga_rc ask(struct ga_store *store, enum ga_same_sql sql, int64_t no, int64_t *ret_value, bool *ret_has,
                      struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_same_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    if (sql != GA_SAME_HAS_PAIRS)
        ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, ret_has, err);
    if (rc == GA_OK && *ret_has) {
        *ret_value = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
    }
    return rc;
}

enum ga_rc ga_same_has_pairs(struct ga_store *store, bool *ret_has, struct ga_error *err)
{
    int64_t one;
    bool has = false;
    if (store->same == NULL || !store->same->is_known) {
        enum ga_rc rc = ask(store, GA_SAME_HAS_PAIRS, 0, &one, &has, err);
        if (rc != GA_OK)
            return rc;
        store->same->has_pairs = has;
        store->same->is_known = true;
    }
    *ret_has = store->same->has_pairs;
    return GA_OK;
}

enum ga_rc ga_same_main_no(struct ga_store *store, int64_t no, int64_t *ret_main, struct ga_error *err)
{
    bool has = false;
    enum ga_rc rc = ga_same_has_pairs(store, &has, err);
    *ret_main = no;
    return rc == GA_OK && has ? ask(store, GA_SAME_GET, no, ret_main, &has, err) : rc;
}

enum ga_rc ga_same_presence(struct ga_store *store, int64_t no, bool *ret_is_known, bool *ret_has_left,
                            struct ga_error *err)
{
    int64_t behind;
    bool has = false;
    struct ga_stmt *stmt;
    *ret_is_known = *ret_has_left = false;
    enum ga_rc rc = ga_same_has_pairs(store, &has, err);
    if (rc == GA_OK && has)
        rc = ask(store, GA_SAME_BEHIND, no, &behind, &has, err);
    if (rc != GA_OK || !has)
        return rc;
    *ret_is_known = true;
    rc = ga_stmts_get(&store->same->stmts, GA_SAME_PRESENCE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    return ga_presence_read(store, stmt, ret_has_left, err);
}

/* A verdict between two numbers, read from the answers of its record. */
struct pair {
    int64_t a, b;
    enum ga_pair_said said; /* of a beside b; 0: no verdict that could hold */
};

static const char *text_at(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_answer *answer = field == NULL || field->parent != NULL ? NULL : ga_answers_at(answers, field);
    return answer == NULL || answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT ? NULL
                                                                                                : answer->value.text;
}

static enum ga_pair_said said_by(const char *verdict)
{
    return ga_str_equal(verdict, "same")         ? GA_PAIR_LEADS
           : ga_str_equal(verdict, "same_other") ? GA_PAIR_FOLLOWS
           : ga_str_equal(verdict, "not_same")   ? GA_PAIR_DIFFERENT
                                                 : 0;
}

static enum ga_rc read_pair(struct ga_store *store, const struct ga_answers *answers, struct pair *ret_pair,
                            struct ga_error *err)
{
    struct ga_uuid other;
    const char *text = text_at(answers, "other");
    *ret_pair = (struct pair){0};
    if (text == NULL || !ga_uuid_parse(text, &other) || ga_uuid_is_zero(&answers->child) ||
        ga_uuid_compare(&other, &answers->child) == 0)
        return GA_OK;
    ret_pair->said = said_by(text_at(answers, "verdict"));
    enum ga_rc rc = ga_record_make(store, &answers->child, "", &ret_pair->a, NULL, err);
    return rc == GA_OK ? ga_record_make(store, &other, "", &ret_pair->b, NULL, err) : rc;
}

static enum ga_pair_said said_in(const struct ga_fold_head *head)
{
    for (size_t i = 0; i < head->value->fields_count; i++) {
        const struct ga_operation_field *field = &head->value->fields[i];
        if (strcmp(field->id, "verdict") == 0 && field->value.kind == GA_OPERATION_TEXT)
            return said_by(field->value.text);
    }
    return 0;
}

/* Two computers that agree but for which file leads do not part them; those that disagree do. */
static bool is_disputed(const struct ga_projection *p, enum ga_pair_said shown)
{
    for (size_t i = 0; p->heads != NULL && i < p->heads_count; i++) {
        if (strcmp(p->heads[i].group, "verdict") != 0)
            continue;
        const enum ga_pair_said said = said_in(&p->heads[i]);
        const bool is_link = said == GA_PAIR_LEADS || said == GA_PAIR_FOLLOWS;
        if (is_link != (shown == GA_PAIR_LEADS || shown == GA_PAIR_FOLLOWS))
            return true;
    }
    return false;
}

static enum ga_rc run_pair(struct ga_store *store, enum ga_same_sql sql, int64_t a, int64_t b, int64_t record,
                           enum ga_pair_said said, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_same_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, a);
    ga_stmt_bind_int(stmt, 2, b);
    ga_stmt_bind_int(stmt, 3, record);
    if (sql == GA_SAME_PUT_PAIR)
        ga_stmt_bind_int(stmt, 4, said);
    return ga_stmt_run(stmt, err);
}

static enum ga_pair_said from_other_end(enum ga_pair_said said)
{
    return said == GA_PAIR_LEADS ? GA_PAIR_FOLLOWS : said == GA_PAIR_FOLLOWS ? GA_PAIR_LEADS : said;
}

static enum ga_rc run_both(struct ga_store *store, enum ga_same_sql sql, const struct pair *pair, int64_t record,
                           struct ga_error *err)
{
    if (pair->said == 0)
        return GA_OK;
    enum ga_rc rc = run_pair(store, sql, pair->a, pair->b, record, pair->said, err);
    return rc == GA_OK ? run_pair(store, sql, pair->b, pair->a, record, from_other_end(pair->said), err) : rc;
}

static enum ga_rc gather_ends(struct ga_store *store, const struct pair *pair, struct ga_vec *members,
                              struct ga_error *err)
{
    if (pair->said == 0)
        return GA_OK;
    enum ga_rc rc = ga_same_gather(store, pair->a, members, err);
    return rc == GA_OK ? ga_same_gather(store, pair->b, members, err) : rc;
}

/* p->answers NULL: nothing is said any more. */
static enum ga_rc put_verdict(struct ga_store *store, const struct ga_projection *p, struct ga_error *err)
{
    struct pair old = {0}, now = {0};
    struct ga_vec touched;
    ga_vec_init(&touched, sizeof(int64_t));
    enum ga_rc rc = p->old == NULL ? GA_OK : read_pair(store, p->old, &old, err);
    if (rc == GA_OK && p->answers != NULL)
        rc = read_pair(store, p->answers, &now, err);
    if (rc == GA_OK && now.said != 0 && is_disputed(p, now.said))
        now.said = GA_PAIR_DISPUTED;
    if (rc == GA_OK)
        rc = gather_ends(store, &old, &touched, err);
    if (rc == GA_OK)
        rc = run_both(store, GA_SAME_DROP_PAIR, &old, p->no, err);
    if (rc == GA_OK)
        rc = run_both(store, GA_SAME_PUT_PAIR, &now, p->no, err);
    if (store->same != NULL)
        store->same->is_known = false;
    if (rc == GA_OK)
        rc = gather_ends(store, &now, &touched, err);
    if (rc == GA_OK)
        rc = ga_same_settle(store, &touched, err);
    ga_vec_finish(&touched);
    return rc;
}

/* Verdicts on a file may have come before the file itself, or stay when it goes. */
static enum ga_rc take_arrival(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_vec touched;
    bool has = false;
    enum ga_rc rc = ga_same_has_pairs(store, &has, err);
    if (rc != GA_OK || !has)
        return rc;
    ga_vec_init(&touched, sizeof(int64_t));
    rc = ga_same_gather(store, no, &touched, err);
    if (rc == GA_OK && touched.len > 1)
        rc = ga_same_settle(store, &touched, err);
    ga_vec_finish(&touched);
    return rc;
}

enum ga_rc ga_same_put(struct ga_store *store, const struct ga_projection *p, struct ga_error *err)
{
    const char *form = p->answers->form->name;
    if (strcmp(form, GA_SAME_FORM) == 0)
        return put_verdict(store, p, err);
    return p->old == NULL && strcmp(form, "child") == 0 ? take_arrival(store, p->no, err) : GA_OK;
}

enum ga_rc ga_same_drop(struct ga_store *store, int64_t no, const struct ga_answers *old, struct ga_error *err)
{
    const struct ga_projection none = {.no = no, .old = old};
    if (strcmp(old->form->name, GA_SAME_FORM) == 0)
        return put_verdict(store, &none, err);
    return strcmp(old->form->name, "child") == 0 ? take_arrival(store, no, err) : GA_OK;
}

static enum ga_rc read_all(struct ga_store *store, struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_ALL, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 1);
    }
    return rc;
}

enum ga_rc ga_same_drop_form(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    struct ga_vec numbers;
    if (strcmp(form->name, "child") == 0)
        return ga_db_exec(store->db, "DELETE FROM _same", err);
    if (strcmp(form->name, GA_SAME_FORM) != 0)
        return GA_OK;
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = read_all(store, &numbers, err);
    if (rc == GA_OK)
        rc = ga_db_exec(store->db, "DELETE FROM _pair; DELETE FROM _same", err);
    if (store->same != NULL)
        store->same->is_known = false;
    for (size_t i = 0; rc == GA_OK && i < numbers.len; i++)
        rc = ga_index_mark(store, *GA_VEC_AT(int64_t, &numbers, i), err);
    ga_vec_finish(&numbers);
    return rc;
}
