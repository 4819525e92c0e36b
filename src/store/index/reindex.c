/* Makes what finds, sorts, counts children anew when what it is made by has changed. */
#include "child/same.h"
#include "fold/own.h"
#include "index/index_shown.h"

#include "guanai/base/map.h"
#include "guanai/sql/transaction.h"
#include "guanai/text/pinyin.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * Two settings say what the rows were made by. A start compares the first alone, with a constant of the
 * program; lists or forms change only when files are taken into force, which compares the second.
 */
static const char edition_setting[] = "index.edition", fields_setting[] = "index.fields";

static const char *edition(char buf[64])
{
    snprintf(buf, 64, "%d %s", GA_INDEX_EDITION, ga_pinyin_edition);
    return buf;
}

static enum ga_rc put_again(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    size_t count;
    const struct ga_form *form = NULL;
    enum ga_rc rc = ga_log_of_record(store, no, &arena, &ops, &count, err);
    if (rc == GA_OK && ga_fold_has_answers(ops, count))
        form = ga_forms_get(&store->forms, ga_fold_origin(ops, count)->op.form, NULL);
    if (form != NULL) {
        struct ga_fold_head *heads;
        struct ga_answers answers;
        size_t heads_count;
        ga_fold(ops, count, &arena, &heads, &heads_count);
        ga_answers_init(&answers, form);
        ga_fold_answers(heads, heads_count, &answers, NULL, NULL);
        const struct ga_projection projection = {
            .no = no, .answers = &answers, .heads = heads, .heads_count = heads_count};
        rc = ga_index_put(store, no, NULL, &answers, err);
        if (rc == GA_OK) /* files of one child stand behind one of them */
            rc = ga_same_put(store, &projection, err);
        ga_answers_finish(&answers);
    }
    ga_arena_finish(&arena);
    return rc;
}

/* Of one form, or of all of them (NULL); one at a time by number, as the log has statements of its own. */
static enum ga_rc put_all_again(struct ga_store *store, const char *form, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(
        store->db, "SELECT no FROM record WHERE no > ?1 AND (?2 IS NULL OR form = ?2) ORDER BY no LIMIT 1", &stmt, err);
    if (rc != GA_OK)
        return rc;
    for (int64_t no = 0; rc == GA_OK;) {
        ga_stmt_bind_int(stmt, 1, no);
        ga_stmt_bind_text(stmt, 2, form);
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc != GA_OK || !has_row)
            break;
        no = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
        rc = put_again(store, no, err);
    }
    ga_stmt_destroy(stmt);
    return rc == GA_OK ? ga_index_flush(store, err) : rc;
}

/* The tables too: an earlier edition may have had others. */
static enum ga_rc make_all_anew(struct ga_store *store, struct ga_error *err)
{
    ga_index_finish(store);
    enum ga_rc rc = ga_db_exec(store->db, "DROP TABLE _roster; DROP TABLE _search; DROP TABLE _search_new;"
                                          "DROP TABLE _tally; DROP TABLE _count; DROP TABLE _presence;"
                                          "DROP TABLE IF EXISTS _sieve; DROP TABLE IF EXISTS _standing; DROP TABLE _pair; DROP TABLE _same", err);
    if (rc == GA_OK)
        rc = ga_db_exec(store->db, ga_store_index_schema, err);
    if (rc == GA_OK)
        rc = ga_db_exec(store->db, ga_store_same_schema, err);
    const struct ga_form *child = ga_forms_get(&store->forms, "child", NULL);
    if (rc == GA_OK && child != NULL)
        rc = ga_index_shown_note(store, child, err);
    ga_index_shows_all(store);
    if (rc == GA_OK)
        rc = ga_db_exec(store->db, ga_store_own_schema, err); /* a folder of before notes: nobody had written any */
    if (rc == GA_OK)
        rc = put_all_again(store, NULL, err);
    return rc == GA_OK ? ga_index_note_edition(store, err) : rc;
}

enum ga_rc ga_index_renew(struct ga_store *store, struct ga_error *err)
{
    ga_index_finish(store); /* nothing remembered may outlive the rows */
    return make_all_anew(store, err);
}

enum ga_rc ga_index_note_edition(struct ga_store *store, struct ga_error *err)
{
    char now[64];
    return ga_store_set_setting(store, edition_setting, edition(now), err);
}

enum ga_rc ga_index_check_edition(struct ga_store *store, struct ga_error *err)
{
    char now[64];
    struct ga_error why = {0};
    if (ga_str_equal(ga_store_setting(store, edition_setting), edition(now)))
        return GA_OK;
    enum ga_rc rc = ga_transaction_begin(store->db, &why);
    if (rc != GA_OK)
        return GA_OK;
    rc = make_all_anew(store, &why);
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, &why);
    else
        ga_transaction_rollback(store->db);
    if (rc == GA_OK)
        return GA_OK;
    ga_index_finish(store); /* what it remembers was rolled back */
    if (ga_db_exec(store->db, "SELECT page, bits, f.flags FROM _search, _sieve, _standing AS f LIMIT 0", NULL) == GA_OK)
        return GA_OK; /* of the last edition with tables of this kind: old rows find better than none */
    if (err != NULL)
        *err = why;
    return rc;
}

enum ga_rc ga_index_check_fields(struct ga_store *store, struct ga_error *err)
{
    char now[20];
    const struct ga_form *form = ga_forms_get(&store->forms, "child", NULL);
    if (form == NULL)
        return GA_OK;
    snprintf(now, sizeof(now), "%016" PRIx64, ga_index_fields_print(form));
    if (ga_str_equal(ga_store_setting(store, fields_setting), now))
        return GA_OK;
    enum ga_rc rc = ga_index_drop_form(store, form, err);
    if (rc == GA_OK)
        rc = ga_index_shown_note(store, form, err);
    if (rc == GA_OK)
        rc = put_all_again(store, form->name, err);
    if (rc == GA_OK)
        rc = ga_same_settle_all(store, err);
    return rc == GA_OK ? ga_store_set_setting(store, fields_setting, now, err) : rc;
}
