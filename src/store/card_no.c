/* Sees to it that a card number means one child for ever. */
#include "guanai/store/card_no.h"
#include "guanai/store/school.h"

#include "index_shown.h"

#include "guanai/base/num.h"

#include <string.h>

/* A setting, not derived: the file a number stood in may be mended, taken back, or on another computer. */
#define HIGHEST "card_no.highest"

int64_t ga_store_highest_card_no(struct ga_store *store)
{
    ga_index_follow(store, NULL); /* a save that waits may bring a higher one */
    const char *text = ga_store_setting(store, HIGHEST);
    int64_t number = 0;
    return text != NULL && ga_num_parse(text, &number) ? number : 0;
}

enum ga_rc ga_card_no_keep(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    const int64_t highest = index->highest_card;
    index->highest_card = 0;
    return highest == 0 || highest <= ga_store_highest_card_no(store)
               ? GA_OK
               : ga_store_set_setting(store, HIGHEST, GA_NUM(highest), err);
}

enum ga_rc ga_store_card_holder(struct ga_store *store, int64_t number, const struct ga_uuid *but,
                                struct ga_uuid *ret_holder, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    struct ga_uuid holder = {0};
    const int64_t highest = ga_store_highest_card_no(store);
    if (highest > 0 && number > highest) { /* the next one, as nearly always */
        *ret_holder = holder;
        return GA_OK;
    }
    enum ga_rc rc = ga_stmt_prepare(store->db,
                                    "SELECT coalesce(m.id, r.id) FROM child AS c JOIN record AS r ON r.no = c.no"
                                    " LEFT JOIN _same AS s ON s.no = c.no LEFT JOIN record AS m ON m.no = s.main"
                                    " WHERE c.card_no = ?1 AND coalesce(m.id, r.id) <> ?2 ORDER BY 1 LIMIT 1",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, number);
    ga_stmt_bind_blob(stmt, 2, but->bytes, sizeof(but->bytes));
    rc = ga_stmt_step(stmt, &has_row, err);
    const struct ga_value id = rc == GA_OK && has_row ? ga_stmt_column(stmt, 0) : (struct ga_value){.kind = GA_VALUE_NULL};
    if (id.kind == GA_VALUE_BLOB && id.len == sizeof(holder.bytes))
        memcpy(holder.bytes, id.text, id.len);
    ga_stmt_destroy(stmt);
    if (rc == GA_OK)
        *ret_holder = holder;
    return rc;
}

enum ga_rc ga_store_shared_card_nos(struct ga_store *store, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_index_shown_prepare(
        store,
        "SELECT number, count(*), group_concat(name, ', ') FROM (SELECT {card_no} AS number, {name} AS name,"
        " iif(?1, substr({site}, 1, ?2), '') AS school FROM {child} AS s JOIN record AS i ON i.no = s.no WHERE {card_no} > 0 AND s.no NOT IN (SELECT no FROM _same)"
        " ORDER BY 1, i.id) GROUP BY number, school HAVING count(*) > 1 ORDER BY number",
        &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_store_is_county(store)); /* where each school has numbers of its own */
    ga_stmt_bind_int(stmt, 2, GA_SCHOOL_CODE_SIZE - 1);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_problem *problem = ga_problems_add(problems, GA_WARNING, NULL, 0, 0);
        const char *names = ga_stmt_column_text(stmt, 2);
        ga_message_set(&problem->what, "card number %1 stands on %2 files: %3", GA_NUM(ga_stmt_column_int(stmt, 0)),
                       GA_NUM(ga_stmt_column_int(stmt, 1)), names == NULL ? "" : names);
        ga_message_set(&problem->hint, "give all but one of them a new number, or link them if they are one child's");
    }
    ga_stmt_destroy(stmt);
    return rc;
}
