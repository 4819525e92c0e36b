/* Which imported file an operation came by. */
#include "record/history_source.h"

#include "guanai/store/undo.h"
#include "guanai/text/translate.h"

#include <string.h>

/*
 * An import's transaction holds the first operation of its record; what took it back, the last one. Not of the view `op`:
 * asked for a record of the query around it, SQLite reads all of it first, every operation there is.
 */
#define OPERATION_OF(which)                                                                    \
    "(SELECT " which "(no) FROM (SELECT " which "(no) AS no FROM filed WHERE record = t.no"  \
    " UNION ALL SELECT " which "(op) FROM tail WHERE record = t.no))"
static const char FILES[] =
    "SELECT file, file_author, file_day, " OPERATION_OF("min") " BETWEEN ?1 AND ?2 FROM import_file AS t"
    " WHERE " OPERATION_OF("min") " BETWEEN ?1 AND ?2 OR (undone_on IS NOT NULL"
    " AND " OPERATION_OF("max") " BETWEEN ?1 AND ?2) LIMIT 1";

/* "花名册.xlsx (王会计, 2026-08-30)" */
static const char *words_of(struct ga_stmt *stmt, enum ga_lang lang, struct ga_arena *arena)
{
    const char *author = ga_stmt_column_text(stmt, 1), *day = ga_stmt_column_text(stmt, 2);
    struct ga_str text = {0};
    const char *const told[] = {author, day};
    bool has_one = false;
    if (ga_stmt_column_int(stmt, 3) == 0)
        ga_str_add(&text, ga_tr(lang, "import taken back: "));
    ga_str_add(&text, ga_stmt_column_text(stmt, 0) == NULL ? "?" : ga_stmt_column_text(stmt, 0));
    for (size_t i = 0; i < 2; i++) {
        if (told[i] == NULL)
            continue;
        ga_str_addf(&text, "%s%s", has_one ? ", " : " (", told[i]);
        has_one = true;
    }
    if (has_one)
        ga_str_add_char(&text, ')');
    const char *kept = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

const char *ga_history_source(struct ga_store *store, const struct ga_reach *reach, enum ga_lang lang,
                              struct ga_arena *arena)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const char *words = "";
    if (ga_forms_get(&store->forms, GA_IMPORT_FILE_FORM, NULL) == NULL ||
        ga_stmt_prepare(store->db, FILES, &stmt, NULL) != GA_OK)
        return words;
    ga_stmt_bind_int(stmt, 1, reach->first_op);
    ga_stmt_bind_int(stmt, 2, reach->first_op + reach->count - 1);
    if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        words = words_of(stmt, lang, arena);
    ga_stmt_destroy(stmt);
    return words;
}

static bool find_reach(struct ga_store *store, int64_t op, struct ga_reach *ret_reach)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_store_stmt(store, GA_SQL_TXN_OF_OP, &stmt, NULL) != GA_OK)
        return false;
    ga_stmt_bind_int(stmt, 1, op);
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return false;
    ret_reach->first_op = ga_stmt_column_int(stmt, 1);
    ret_reach->count = ga_stmt_column_int(stmt, 2) - ret_reach->first_op + 1;
    ga_stmt_reset(stmt);
    return true;
}

const char *ga_history_file(struct ga_store *store, int64_t op, struct ga_arena *arena)
{
    struct ga_stmt *stmt;
    struct ga_reach reach;
    const char *file = NULL;
    bool has_row = false;
    if (!find_reach(store, op, &reach) || ga_forms_get(&store->forms, GA_IMPORT_FILE_FORM, NULL) == NULL ||
        ga_stmt_prepare(store->db, FILES, &stmt, NULL) != GA_OK)
        return NULL;
    ga_stmt_bind_int(stmt, 1, reach.first_op);
    ga_stmt_bind_int(stmt, 2, reach.first_op + reach.count - 1);
    if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row && ga_stmt_column_int(stmt, 3) != 0)
        file = ga_arena_strdup(arena, ga_stmt_column_is_null(stmt, 0) ? "?" : ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    return file;
}
