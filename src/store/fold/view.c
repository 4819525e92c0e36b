/* Makes the views that expressions and exports read. */
#include "guanai/store/view.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/sql/function.h"
#include "guanai/store/same.h"
#include "index/index_shown.h"

#include <stdio.h>
#include <string.h>

static void call_uuid_text(struct ga_sql_call *call)
{
    const struct ga_value bytes = ga_sql_call_arg(call, 0);
    struct ga_uuid uuid;
    char text[GA_UUID_TEXT_SIZE];
    if (bytes.kind != GA_VALUE_BLOB || bytes.len != sizeof(uuid.bytes))
        return;
    memcpy(uuid.bytes, bytes.text, bytes.len);
    const struct ga_value value = ga_value_text(ga_uuid_text(&uuid, text));
    ga_sql_call_return(call, &value);
}

static void call_uuid_blob(struct ga_sql_call *call)
{
    const struct ga_value text = ga_sql_call_arg(call, 0);
    struct ga_uuid uuid;
    if (text.kind != GA_VALUE_TEXT || text.len >= GA_UUID_TEXT_SIZE || !ga_uuid_parse(text.text, &uuid))
        return;
    const struct ga_value value = ga_value_blob(uuid.bytes, sizeof(uuid.bytes));
    ga_sql_call_return(call, &value);
}

static const struct ga_sql_function functions[] = {
    {"uuid_blob", 1, GA_SQL_DETERMINISTIC | GA_SQL_GUARDED | GA_SQL_IN_SCHEMA, call_uuid_blob},
    {"uuid_text", 1, GA_SQL_DETERMINISTIC | GA_SQL_GUARDED | GA_SQL_IN_SCHEMA, call_uuid_text},
};

enum ga_rc ga_view_functions_add(struct ga_store *store, struct ga_error *err)
{
    return ga_sql_functions_add(store->db, functions, GA_COUNT(functions), store, err);
}

static bool is_shown(const struct ga_form *form, const struct ga_field *field)
{
    return field->type->storage != GA_STORE_NOTHING && field->type->storage != GA_STORE_ROWS &&
           ga_field_protect(form, field) != GA_PROTECT_RESTRICTED;
}

static bool names_child(const struct ga_field *field)
{
    return ga_str_equal(field->type->name, "record") && ga_str_equal(field->of.text, "child");
}

/* A verdict on two files means these files; everywhere else a file that stands behind means its child. */
void ga_store_view_column(const struct ga_form *form, const struct ga_field *field, const char *table, struct ga_str *sql)
{
    if (!names_child(field) || strcmp(form->name, GA_SAME_FORM) == 0)
        ga_str_addf(sql, "%s.\"%s\"", table, field->name);
    else
        ga_str_addf(sql,
                    "coalesce((SELECT uuid_text(m.id) FROM main.record AS b JOIN main._same AS s ON s.no = b.no"
                    " JOIN main.record AS m ON m.no = s.main WHERE b.id = uuid_blob(%s.\"%s\")), %s.\"%s\")",
                    table, field->name, table, field->name);
}

static void add_column(const struct ga_form *form, const struct ga_field *field, struct ga_str *select)
{
    ga_store_view_column(form, field, "t", select);
    ga_str_addf(select, " AS \"%s\"", field->name);
}

static enum ga_rc make(struct ga_store *store, const char *name, const char *select, struct ga_error *err)
{
    struct ga_str sql = {0};
    ga_str_addf(&sql, "CREATE TEMP VIEW IF NOT EXISTS \"%s\" AS %s", name, select);
    enum ga_rc rc = ga_db_exec(store->db, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    return rc;
}

/* Which record a row is: of a linked file that stands behind, the one that leads. Looked up for those alone who ask for it. */
static void add_ids(const struct ga_form *form, bool has_all_files, struct ga_str *select)
{
    if (has_all_files)
        ga_str_add(select, "SELECT uuid_text(coalesce((SELECT m.id FROM main._same AS s JOIN main.record AS m"
                           " ON m.no = s.main WHERE s.no = t.no), (SELECT r.id FROM main.record AS r WHERE r.no = t.no))) AS id,"
                           " EXISTS (SELECT 1 FROM main._same AS s WHERE s.no = t.no) AS is_behind, t.no AS no, ");
    else
        ga_str_add(select, "SELECT uuid_text((SELECT r.id FROM main.record AS r WHERE r.no = t.no)) AS id, t.no AS no, ");
    if (form->of.text != NULL)
        ga_str_add(select, "uuid_text(c.id) AS child, ");
}

/* Numbers for joins; of fields that name a child both the text as it stands (indexed) and the child's number. */
static void add_numbers(const struct ga_form *form, struct ga_str *select)
{
    if (form->of.text != NULL)
        ga_str_add(select, ", t.child AS _file,"
                           " coalesce((SELECT s.main FROM main._same AS s WHERE s.no = t.child), t.child) AS _child");
}

static void add_numbers_of_row(const struct ga_field *field, struct ga_str *select)
{
    if (names_child(field))
        ga_str_addf(select,
                    ", t.\"%s\" AS \"_raw_%s\", (SELECT coalesce(s.main, b.no) FROM main.record AS b"
                    " LEFT JOIN main._same AS s ON s.no = b.no WHERE b.id = uuid_blob(t.\"%s\")) AS \"_no_%s\"",
                    field->name, field->name, field->name, field->name);
}

static void add_sources(const struct ga_form *form, bool has_all_files, struct ga_str *select)
{
    ga_str_addf(select, " FROM main.\"%s\" AS t", form->name);
    if (form->of.text != NULL)
        ga_str_add(select, " LEFT JOIN main.record AS c"
                           " ON c.no = coalesce((SELECT s.main FROM main._same AS s WHERE s.no = t.child), t.child)");
    if (!has_all_files && strcmp(form->name, "child") == 0)
        ga_str_add(select, " WHERE NOT EXISTS (SELECT 1 FROM main._same AS s WHERE s.no = t.no)");
}

static enum ga_rc make_view(struct ga_store *store, const struct ga_form *form, bool has_all_files, char *ret_name,
                            struct ga_error *err)
{
    char name[140];
    struct ga_str select = {0};
    snprintf(name, sizeof(name), has_all_files ? "v_%s__files" : "v_%s", form->name);
    add_ids(form, has_all_files, &select);
    for (size_t i = 0; i < form->all_count; i++)
        if (is_shown(form, form->all[i])) {
            add_column(form, form->all[i], &select);
            ga_str_add(&select, ", ");
        }
    ga_str_add(&select, "t.not_answered AS not_answered, t.entered_by AS entered_by, t.entered_on AS entered_on");
    add_numbers(form, &select);
    add_sources(form, has_all_files, &select);
    enum ga_rc rc = make(store, name, ga_str_text(&select), err);
    ga_str_finish(&select);
    if (rc == GA_OK && ret_name != NULL)
        ga_str_copy(ret_name, sizeof(name), name);
    return rc;
}

enum ga_rc ga_store_view(struct ga_store *store, const struct ga_form *form, char *ret_name, struct ga_error *err)
{
    return make_view(store, form, false, ret_name, err);
}

enum ga_rc ga_store_files_view(struct ga_store *store, const struct ga_form *form, char *ret_name,
                               struct ga_error *err)
{
    return make_view(store, form, true, ret_name, err);
}

enum ga_rc ga_store_repeat_view(struct ga_store *store, const struct ga_form *form, const struct ga_field *repeat,
                                char *ret_name, struct ga_error *err)
{
    char name[140];
    struct ga_str select = {0};
    snprintf(name, sizeof(name), "v_%s__%s", form->name, repeat->name);
    ga_str_add(&select, "SELECT t.id AS id, uuid_text((SELECT r.id FROM main.record AS r WHERE r.no = t.record)) AS record,"
                        " t.position AS position, t.record AS _record");
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (is_shown(form, &repeat->fields.items[i])) {
            ga_str_add(&select, ", ");
            add_column(form, &repeat->fields.items[i], &select);
            add_numbers_of_row(&repeat->fields.items[i], &select);
        }
    ga_str_addf(&select, " FROM main.\"%s__%s\" AS t", form->name, repeat->name);
    enum ga_rc rc = make(store, name, ga_str_text(&select), err);
    ga_str_finish(&select);
    if (rc == GA_OK && ret_name != NULL)
        ga_str_copy(ret_name, sizeof(name), name);
    return rc;
}

enum ga_rc ga_views_drop(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str sql = {0};
    ga_str_addf(&sql, "DROP VIEW IF EXISTS temp.\"v_%s\"; DROP VIEW IF EXISTS temp.\"v_%s__files\";", form->name,
                form->name);
    for (size_t i = 0; i < form->all_count; i++)
        if (form->all[i]->type->storage == GA_STORE_ROWS)
            ga_str_addf(&sql, "DROP VIEW IF EXISTS temp.\"v_%s__%s\";", form->name, form->all[i]->name);
    enum ga_rc rc = ga_db_exec(store->db, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    return rc;
}

static const char ROSTER_VIEWS[] =
    "CREATE TEMP VIEW IF NOT EXISTS v_roster AS SELECT s.no AS no,"
    " (SELECT uuid_text(i.id) FROM main.record AS i WHERE i.no = s.no) AS id,"
    " roster_sort(s.no, {name}, {site}, {grade}, {class}) AS sort, coalesce({site}, '') AS site,"
    " coalesce({grade}, '') AS grade, coalesce({class}, '') AS class, {name} AS name FROM {child} AS s"
    " WHERE NOT EXISTS (SELECT 1 FROM main._same AS b WHERE b.no = s.no);"
    "CREATE TEMP VIEW IF NOT EXISTS v_order AS SELECT r.no AS no, r.sort AS sort, (r.flags & 16) > 0 AS is_gone FROM main._roster AS r"
    " WHERE NOT r.flags & 32;"
    "CREATE TEMP VIEW IF NOT EXISTS v_class AS SELECT t.place AS place, coalesce(t.site, '') AS site,"
    " coalesce(t.grade, '') AS grade, coalesce(t.class, '') AS class FROM main._tally AS t WHERE t.place > x''";

enum ga_rc ga_store_roster_view(struct ga_store *store, struct ga_error *err)
{
    struct ga_str sql = {0};
    enum ga_rc rc = ga_index_follow(store, err);
    ga_index_shown_sql(store, ROSTER_VIEWS, &sql);
    if (rc == GA_OK)
        rc = ga_db_exec(store->db, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    return rc;
}
