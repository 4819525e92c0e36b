/* Tells how and when a child left. */
#include "guanai/store/life.h"

#include "child/presence.h"
#include "child/same.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"

#include <string.h>

/* The changes of all files of a child, as GA_SAME_PRESENCE has them, with what kind they are. */
static const char CHANGES[] =
    "SELECT p.from_on, r.id, p.is_here, c.kind FROM _presence AS p JOIN record AS r ON r.no = p.no"
    " LEFT JOIN status_change AS c ON c.no = p.no"
    " WHERE p.child = (SELECT id FROM record WHERE no = ?1)"
    " OR (p.child IN (SELECT o.id FROM _same AS s JOIN record AS o ON o.no = s.no WHERE s.main = ?1)"
    " AND p.from_on >= (SELECT entered_on FROM child WHERE no = ?1))";

static const struct ga_form *form_with_kind(struct ga_store *store)
{
    const struct ga_form *form = ga_forms_get(&store->forms, "status_change", NULL);
    return form == NULL || ga_form_field(form, "kind") == NULL ? NULL : form;
}

/* A child whose first change is a return to come is gone, too; since when and why nobody has written down. */
static enum ga_rc read_departure(struct ga_store *store, struct ga_stmt *stmt, bool *ret_has_left,
                                 struct ga_departure *ret_departure, struct ga_error *err)
{
    struct ga_presence presence = {0};
    struct ga_departure newest = {0};
    const char *day = GA_DATE_ISO(store->options.today), *from_on, *kind;
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_uuid before = presence.newest;
        if ((from_on = ga_stmt_column_text(stmt, 0)) == NULL)
            continue;
        ga_presence_take(&presence, from_on, ga_stmt_column(stmt, 1), ga_stmt_column_int(stmt, 2) != 0, day);
        if (ga_uuid_compare(&before, &presence.newest) == 0)
            continue;
        kind = ga_stmt_column_text(stmt, 3);
        ga_str_copy(newest.from_on, sizeof(newest.from_on), from_on);
        ga_str_copy(newest.kind, sizeof(newest.kind), kind == NULL ? "" : kind);
    }
    *ret_has_left = rc == GA_OK && !ga_presence_is_here(&presence);
    if (*ret_has_left) {
        newest.may_return = strcmp(newest.kind, "died") != 0 && strcmp(newest.kind, "finished") != 0;
        *ret_departure = newest;
    }
    return rc;
}

enum ga_rc ga_store_departure(struct ga_store *store, const struct ga_uuid *child, bool *ret_has_left,
                              struct ga_departure *ret_departure, struct ga_error *err)
{
    struct ga_stmt *stmt;
    int64_t no;
    *ret_has_left = false;
    if (form_with_kind(store) == NULL)
        return GA_OK;
    enum ga_rc rc = ga_record_no(store, child, &no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &no, err);
    if (rc == GA_OK)
        rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, CHANGES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = read_departure(store, stmt, ret_has_left, ret_departure, err);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_store_left(struct ga_store *store, struct ga_vec *ids, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT r.id FROM _roster AS t JOIN record AS r ON r.no = t.no"
                                               " WHERE t.flags & ?1 = ?2 ORDER BY r.id", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, GA_FLAG_GONE | GA_FLAG_BEHIND);
    ga_stmt_bind_int(stmt, 2, GA_FLAG_GONE);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value id = ga_stmt_column(stmt, 0);
        struct ga_uuid *left = ga_vec_push(ids);
        if (id.len == sizeof(left->bytes))
            memcpy(left->bytes, id.text, id.len);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

const char *ga_store_departure_text(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                                    struct ga_arena *arena)
{
    struct ga_departure departure;
    bool has_left;
    if (ga_store_departure(store, child, &has_left, &departure, NULL) != GA_OK || !has_left || departure.kind[0] == '\0')
        return "";
    const struct ga_field *field = ga_form_field(form_with_kind(store), "kind");
    const struct ga_value code = ga_value_text(departure.kind);
    struct ga_str text = {0};
    ga_str_addf(&text, "%s ", departure.from_on);
    ga_field_show(field, lang, &code, &text);
    const char *kept = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

/* The newest of going away and coming back, of all files of the child. */
static const char AWAY[] =
    "SELECT c.kind, c.from_on, c.until_on FROM status_change AS c JOIN record AS r ON r.no = c.no"
    " WHERE c.kind IN ('away', 'returned') AND c.from_on <= ?2"
    " AND (c.child = ?1 OR c.child IN (SELECT no FROM _same WHERE main = ?1)) ORDER BY c.from_on DESC, r.id DESC LIMIT 1";

enum ga_rc ga_store_away(struct ga_store *store, const struct ga_uuid *child, bool *ret_is_away, char *ret_from,
                         char *ret_until, struct ga_error *err)
{
    const struct ga_form *form = form_with_kind(store);
    const char *today = GA_DATE_ISO(store->options.today);
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t no;
    *ret_is_away = false;
    if (form == NULL || ga_form_field(form, "from_on") == NULL || ga_form_field(form, "until_on") == NULL)
        return GA_OK;
    enum ga_rc rc = ga_record_no(store, child, &no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &no, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, AWAY, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_text(stmt, 2, today);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row && strcmp(ga_stmt_column_text(stmt, 0), "away") == 0) {
        const char *from = ga_stmt_column_text(stmt, 1), *until = ga_stmt_column_text(stmt, 2);
        *ret_is_away = until == NULL || strcmp(until, today) >= 0;
        ga_str_copy(ret_from, 11, from);
        ga_str_copy(ret_until, 11, until == NULL ? "" : until);
    }
    ga_stmt_destroy(stmt);
    return rc;
}
