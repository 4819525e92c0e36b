/* The tables of a form: one for its records, one for each repeat. */
#include "index/index_shown.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"

#include <stdlib.h>

static const char *type_of(const struct ga_field *field)
{
    switch (field->type->storage) {
    case GA_STORE_TEXT: return "TEXT";
    case GA_STORE_INTEGER: return "INTEGER";
    case GA_STORE_REAL: return "REAL";
    default: return NULL; /* no column */
    }
}

static void add_columns(struct ga_field *const *fields, size_t count, struct ga_str *out)
{
    for (size_t i = 0; i < count; i++)
        if (type_of(fields[i]) != NULL)
            ga_str_addf(out, "\"%s\" %s, ", fields[i]->name, type_of(fields[i]));
}

static void add_repeat(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *out)
{
    ga_str_addf(out, "CREATE TABLE \"%s__%s\"(id TEXT NOT NULL, record INTEGER NOT NULL, position INTEGER NOT NULL, ",
                form->name, repeat->name);
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (type_of(&repeat->fields.items[i]) != NULL)
            ga_str_addf(out, "\"%s\" %s, ", repeat->fields.items[i].name, type_of(&repeat->fields.items[i]));
    ga_str_add(out, "PRIMARY KEY(record, position)) STRICT, WITHOUT ROWID;");
    for (size_t i = 0; i < repeat->fields.count; i++) /* a child's file lists the rows that name it */
        if (ga_str_equal(repeat->fields.items[i].of.text, "child"))
            ga_str_addf(out, "CREATE INDEX \"%s__%s__%s\" ON \"%s__%s\"(\"%s\");", form->name, repeat->name,
                        repeat->fields.items[i].name, form->name, repeat->name, repeat->fields.items[i].name);
}

bool ga_tables_have_lunar(const struct ga_form *child)
{
    const struct ga_field *field = ga_form_field(child, "lunar_birthday");
    return field != NULL && field->type->storage == GA_STORE_TEXT;
}

/* Record numbers instead of UUIDs: views give the UUIDs back. `not_answered` is JSON, NULL when all are plain. */
void ga_tables_ddl(const struct ga_form *form, struct ga_str *out)
{
    ga_str_addf(out, "CREATE TABLE \"%s\"(no INTEGER PRIMARY KEY, %s", form->name,
                form->of.text != NULL ? "child INTEGER, " : "");
    add_columns(form->all, form->all_count, out);
    ga_str_add(out, "not_answered TEXT, entered_by TEXT NOT NULL, entered_on TEXT NOT NULL) STRICT;");
    if (form->of.text != NULL)
        ga_str_addf(out, "CREATE INDEX \"%s__child\" ON \"%s\"(child);", form->name, form->name);
    if (ga_str_equal(form->name, "child") && ga_tables_have_lunar(form)) /* few children have one: birth.h */
        ga_str_add(out, "CREATE INDEX child__lunar_birthday ON child(lunar_birthday) WHERE lunar_birthday IS NOT NULL;");
    for (size_t i = 0; i < form->all_count; i++)
        if (form->all[i]->type->storage == GA_STORE_ROWS)
            add_repeat(form, form->all[i], out);
}

enum ga_rc ga_tables_make(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str ddl = {0};
    ga_tables_ddl(form, &ddl);
    enum ga_rc rc = ga_db_exec(store->db, ga_str_text(&ddl), err);
    ga_str_finish(&ddl);
    return rc == GA_OK && ga_str_equal(form->name, "child") ? ga_index_shown_note(store, form, err) : rc;
}

static void destroy_table(struct ga_table *table)
{
    ga_stmt_destroy(table->put);
    ga_stmt_destroy(table->drop);
    for (size_t i = 0; i < table->form->all_count; i++) {
        ga_stmt_destroy(table->put_row[i]);
        ga_stmt_destroy(table->drop_rows[i]);
    }
    free(table->put_row);
    free(table->drop_rows);
    free(table);
}

void ga_tables_finish(struct ga_store *store)
{
    for (size_t i = 0; i < store->tables.cap; i++) {
        struct ga_table *table = ga_map_slot_value(&store->tables, i);
        if (table != NULL)
            destroy_table(table);
    }
    ga_map_finish(&store->tables);
}

enum ga_rc ga_tables_drop(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str sql = {0};
    ga_tables_finish(store); /* no statement may stand on what goes */
    ga_str_addf(&sql, "DROP TABLE IF EXISTS \"%s\";", form->name);
    for (size_t i = 0; i < form->all_count; i++)
        if (form->all[i]->type->storage == GA_STORE_ROWS)
            ga_str_addf(&sql, "DROP TABLE IF EXISTS \"%s__%s\";", form->name, form->all[i]->name);
    enum ga_rc rc = ga_db_exec(store->db, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    return rc;
}

/* Columns that are bound in order: record numbers first, then the fields, then what the store adds. */
static void put_sql(const struct ga_form *form, struct ga_str *sql)
{
    size_t params = 1 + (form->of.text != NULL) + 3;
    for (size_t i = 0; i < form->all_count; i++)
        params += type_of(form->all[i]) != NULL;
    ga_str_addf(sql, "INSERT OR REPLACE INTO \"%s\" VALUES(?", form->name);
    for (size_t i = 1; i < params; i++)
        ga_str_add(sql, ",?");
    ga_str_add(sql, ")");
}

static void put_row_sql(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *sql)
{
    ga_str_addf(sql, "INSERT INTO \"%s__%s\" VALUES(?,?,?", form->name, repeat->name);
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (type_of(&repeat->fields.items[i]) != NULL)
            ga_str_add(sql, ",?");
    ga_str_add(sql, ")");
}

static enum ga_rc prepare_repeat(struct ga_store *store, struct ga_table *table, const struct ga_field *repeat,
                                 struct ga_error *err)
{
    struct ga_str sql = {0};
    put_row_sql(table->form, repeat, &sql);
    enum ga_rc rc = ga_stmt_prepare(store->db, ga_str_text(&sql), &table->put_row[repeat->index], err);
    ga_str_clear(&sql);
    ga_str_addf(&sql, "DELETE FROM \"%s__%s\" WHERE record = ?1", table->form->name, repeat->name);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, ga_str_text(&sql), &table->drop_rows[repeat->index], err);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc prepare_table(struct ga_store *store, struct ga_table *table, struct ga_error *err)
{
    struct ga_str sql = {0};
    put_sql(table->form, &sql);
    enum ga_rc rc = ga_stmt_prepare(store->db, ga_str_text(&sql), &table->put, err);
    ga_str_clear(&sql);
    ga_str_addf(&sql, "DELETE FROM \"%s\" WHERE no = ?1", table->form->name);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, ga_str_text(&sql), &table->drop, err);
    ga_str_finish(&sql);
    for (size_t i = 0; rc == GA_OK && i < table->form->all_count; i++)
        if (table->form->all[i]->type->storage == GA_STORE_ROWS)
            rc = prepare_repeat(store, table, table->form->all[i], err);
    return rc;
}

enum ga_rc ga_tables_of(struct ga_store *store, const struct ga_form *form, struct ga_table **ret_table,
                        struct ga_error *err)
{
    struct ga_table *table = ga_map_get(&store->tables, form->name);
    if (table != NULL && table->form == form) {
        *ret_table = table;
        return GA_OK;
    }
    table = ga_alloc(sizeof(*table));
    table->form = form;
    table->put_row = ga_alloc_array(form->all_count, sizeof(*table->put_row));
    table->drop_rows = ga_alloc_array(form->all_count, sizeof(*table->drop_rows));
    enum ga_rc rc = prepare_table(store, table, err);
    if (rc != GA_OK) {
        destroy_table(table);
        return rc;
    }
    struct ga_table *stale = ga_map_get(&store->tables, form->name);
    if (stale != NULL)
        destroy_table(stale);
    ga_map_put(&store->tables, form->name, table);
    *ret_table = table;
    return GA_OK;
}
