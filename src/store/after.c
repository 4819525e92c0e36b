/* Does by and by what a save need not wait for. */
#include "after.h"

#include "private.h"

#include "guanai/base/num.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/draft.h"

#include <string.h>

/* draft TAB number, set TAB name TAB value; a name that would break the line is not remembered. */
static const char DRAFT[] = "draft\t", SET[] = "set\t";

static const char done_setting[] = "after";

void ga_after_add_draft(struct ga_str *after, int64_t no)
{
    ga_str_addf(after, "%s%s\n", DRAFT, GA_NUM(no));
}

void ga_after_add_setting(struct ga_str *after, const char *name, const char *value)
{
    if (strpbrk(name, "\t\n") == NULL)
        ga_str_addf(after, "%s%s\t%s\n", SET, name, value);
}

static enum ga_rc set_one(struct ga_store *store, char *name, struct ga_error *err)
{
    char *value = strchr(name, '\t');
    if (value == NULL)
        return GA_OK;
    *value++ = '\0';
    return ga_store_set_setting(store, name, value, err);
}

static enum ga_rc do_line(struct ga_store *store, char *line, struct ga_error *err)
{
    int64_t no;
    if (strncmp(line, DRAFT, strlen(DRAFT)) == 0 && ga_num_parse(line + strlen(DRAFT), &no))
        return ga_draft_drop(store, no, err);
    return strncmp(line, SET, strlen(SET)) == 0 ? set_one(store, line + strlen(SET), err) : GA_OK;
}

enum ga_rc ga_after_do(struct ga_store *store, const char *lines, struct ga_error *err)
{
    struct ga_str text = {0};
    enum ga_rc rc = ga_after_follow(store, err); /* what is older first */
    ga_str_add(&text, lines);
    for (char *at = text.data, *end; rc == GA_OK && at != NULL && (end = strchr(at, '\n')) != NULL; at = end + 1) {
        *end = '\0';
        rc = do_line(store, at, err);
    }
    ga_str_finish(&text);
    return rc;
}

/* All lines not done yet, in the order of their saves. */
static enum ga_rc read_lines(struct ga_store *store, struct ga_str *lines, int64_t *ret_last, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t done = 0;
    const char *text = ga_store_setting(store, done_setting);
    if (text != NULL)
        ga_num_parse(text, &done);
    if (done >= store->last_op)
        return GA_OK;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_TAIL_AFTER, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, done);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        *ret_last = ga_stmt_column_int(stmt, 0);
        ga_str_add(lines, ga_stmt_column_text(stmt, 1));
    }
    return rc;
}

struct work {
    struct ga_store *store;
    const char *lines;
    int64_t last; /* operation they stand at */
};

static enum ga_rc do_all(void *ctx, struct ga_error *err)
{
    const struct work *work = ctx;
    enum ga_rc rc = ga_after_do(work->store, work->lines, err);
    return rc == GA_OK ? ga_store_set_setting(work->store, done_setting, GA_NUM(work->last), err) : rc;
}

/* Inside another transaction, which may yet be rolled back, it is not known afterwards what is done: it is asked again. */
enum ga_rc ga_after_follow_telling(struct ga_store *store, bool *ret_has_done, struct ga_error *err)
{
    struct ga_str lines = {0};
    struct work work = {.store = store};
    *ret_has_done = false;
    if (store->is_after_done || store->is_after_doing)
        return GA_OK;
    store->is_after_doing = true;
    const bool is_apart = ga_transaction_depth(store->db) == 0;
    enum ga_rc rc = read_lines(store, &lines, &work.last, err);
    work.lines = ga_str_text(&lines);
    if (rc == GA_OK && lines.len > 0)
        rc = is_apart ? ga_transaction_apart(store->db, do_all, &work, err) : do_all(&work, err);
    store->is_after_done = rc == GA_OK && (is_apart || lines.len == 0);
    store->is_after_doing = false;
    *ret_has_done = lines.len > 0;
    ga_str_finish(&lines);
    return rc;
}

enum ga_rc ga_after_follow(struct ga_store *store, struct ga_error *err)
{
    bool has_done;
    return ga_after_follow_telling(store, &has_done, err);
}

enum ga_rc ga_save_settle(struct ga_store *store, struct ga_error *err)
{
    return ga_after_follow(store, err);
}
