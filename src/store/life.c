/* Tells how and when a child left. */
#include "guanai/store/life.h"

#include "index.h"
#include "same.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"

#include <string.h>

/* The newest change that has begun, as GA_SAME_PRESENCE has it, with what kind it is. */
static const char NEWEST_CHANGE[] =
    "SELECT p.is_here, p.from_on, c.kind FROM _presence AS p JOIN record AS r ON r.no = p.no"
    " LEFT JOIN status_change AS c ON c.no = p.no"
    " WHERE p.from_on <= ?2 AND (p.child = (SELECT id FROM record WHERE no = ?1)"
    " OR (p.child IN (SELECT o.id FROM _same AS s JOIN record AS o ON o.no = s.no WHERE s.main = ?1)"
    " AND p.from_on >= (SELECT entered_on FROM child WHERE no = ?1))) ORDER BY p.from_on DESC, r.id DESC LIMIT 1";

static const struct ga_form *form_with_kind(struct ga_store *store)
{
    const struct ga_form *form = ga_forms_get(&store->forms, "status_change", NULL);
    return form == NULL || ga_form_field(form, "kind") == NULL ? NULL : form;
}

static void take_departure(struct ga_stmt *stmt, struct ga_departure *ret)
{
    const char *from_on = ga_stmt_column_text(stmt, 1), *kind = ga_stmt_column_text(stmt, 2);
    ga_str_copy(ret->from_on, sizeof(ret->from_on), from_on == NULL ? "" : from_on);
    ga_str_copy(ret->kind, sizeof(ret->kind), kind == NULL ? "" : kind);
    ret->may_return = strcmp(ret->kind, "died") != 0 && strcmp(ret->kind, "finished") != 0;
}

enum ga_rc ga_store_departure(struct ga_store *store, const struct ga_uuid *child, bool *ret_has_left,
                              struct ga_departure *ret_departure, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t no;
    *ret_has_left = false;
    if (form_with_kind(store) == NULL)
        return GA_OK;
    enum ga_rc rc = ga_record_no(store, child, &no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &no, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, NEWEST_CHANGE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(store->options.today));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row && ga_stmt_column_int(stmt, 0) == 0) {
        *ret_has_left = true;
        take_departure(stmt, ret_departure);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

const char *ga_store_departure_text(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                                    struct ga_arena *arena)
{
    struct ga_departure departure;
    bool has_left;
    if (ga_store_departure(store, child, &has_left, &departure, NULL) != GA_OK || !has_left)
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
