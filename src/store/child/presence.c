/* Tells from the changes of status whether a child is still here. */
#include "child/presence.h"
#include "child/same.h"

#include "guanai/base/alloc.h"

#include <string.h>

static bool is_before(const char *a_on, const struct ga_uuid *a, const char *b_on, const struct ga_uuid *b)
{
    const int order = strcmp(a_on, b_on);
    return order != 0 ? order < 0 : ga_uuid_compare(a, b) < 0;
}

void ga_presence_take(struct ga_presence *presence, const char *from_on, struct ga_value id, bool says_here,
                      const char *day)
{
    struct ga_uuid record = {0};
    if (id.kind == GA_VALUE_BLOB && id.len == sizeof(record.bytes))
        memcpy(record.bytes, id.text, id.len);
    if (presence->first_on[0] == '\0' || is_before(from_on, &record, presence->first_on, &presence->first)) {
        ga_str_copy(presence->first_on, sizeof(presence->first_on), from_on);
        presence->first = record;
        presence->first_says = says_here;
    }
    if (strcmp(from_on, day) <= 0 && (presence->newest_on[0] == '\0' ||
                                      is_before(presence->newest_on, &presence->newest, from_on, &record))) {
        ga_str_copy(presence->newest_on, sizeof(presence->newest_on), from_on);
        presence->newest = record;
        presence->newest_says = says_here;
    }
}

bool ga_presence_is_here(const struct ga_presence *presence)
{
    if (presence->newest_on[0] != '\0')
        return presence->newest_says;
    return presence->first_on[0] == '\0' || !presence->first_says;
}

enum ga_rc ga_presence_read(struct ga_store *store, struct ga_stmt *stmt, bool *ret_has_left, struct ga_error *err)
{
    struct ga_presence presence = {0};
    const char *day = GA_DATE_ISO(store->options.today), *from_on;
    bool has_row;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if ((from_on = ga_stmt_column_text(stmt, 0)) != NULL)
            ga_presence_take(&presence, from_on, ga_stmt_column(stmt, 1), ga_stmt_column_int(stmt, 2) != 0, day);
    if (rc == GA_OK)
        *ret_has_left = !ga_presence_is_here(&presence);
    return rc;
}

/* GA_FLAG_GONE by the newest change of status that has begun, else 0. */
static enum ga_rc find_own_presence(struct ga_store *store, const struct ga_uuid *child,
                                    unsigned *ret_flag, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_left = false;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_GET_PRESENCE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, child->bytes, sizeof(child->bytes));
    rc = ga_presence_read(store, stmt, &has_left, err);
    if (rc == GA_OK)
        *ret_flag = has_left ? GA_FLAG_GONE : 0;
    return rc;
}

enum ga_rc ga_presence_find(struct ga_store *store, int64_t no, const struct ga_uuid *child, unsigned *ret_flags,
                            struct ga_error *err)
{
    bool is_known = false, has_left = false;
    int64_t main = no;
    enum ga_rc rc = ga_same_main_no(store, no, &main, err);
    if (rc == GA_OK)
        rc = ga_same_presence(store, no, &is_known, &has_left, err);
    if (rc == GA_OK && !is_known)
        rc = find_own_presence(store, child, ret_flags, err);
    else if (rc == GA_OK)
        *ret_flags = has_left ? GA_FLAG_GONE : 0;
    if (rc == GA_OK && main != no)
        *ret_flags |= GA_FLAG_BEHIND;
    return rc;
}

/* 1: here again, 0: left, -1: says nothing about it. Codes of the list `change_kind`. */
static int presence_of(const char *kind)
{
    static const char *const LEFT[] = {"with_parents", "transfer",  "gone",
                                       "paper_only",   "suspended", "dropped",
                                       "working",      "finished",  "died"};
    for (size_t i = 0; kind != NULL && i < GA_COUNT(LEFT); i++)
        if (strcmp(kind, LEFT[i]) == 0)
            return 0;
    return ga_str_equal(kind, "returned") ? 1 : -1;
}

static const char *text_at(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_answer *answer = field == NULL ? NULL : ga_answers_at(answers, field);
    return answer == NULL || answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT
               ? NULL
               : answer->value.text;
}

enum ga_rc ga_presence_run(struct ga_store *store, enum ga_index_sql sql, int64_t no, const struct ga_answers *change,
                           struct ga_error *err)
{
    struct ga_stmt *stmt;
    const char *from_on = text_at(change, "from_on");
    int is_here = presence_of(text_at(change, "kind"));
    if (is_here < 0)
        return GA_OK;
    enum ga_rc rc = ga_index_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, change->child.bytes, sizeof(change->child.bytes));
    ga_stmt_bind_text(stmt, 2, from_on == NULL ? "" : from_on);
    ga_stmt_bind_int(stmt, 3, no);
    if (sql == GA_INDEX_PUT_PRESENCE)
        ga_stmt_bind_int(stmt, 4, is_here);
    return ga_stmt_run(stmt, err);
}
