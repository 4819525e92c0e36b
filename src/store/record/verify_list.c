/* Finds the records with answers that wait for a second typing. */
#include "guanai/store/verify.h"

#include "fold/own.h"
#include "guanai/store/roster.h"
#include "guanai/store/undo.h"
#include "index/index_shown.h"

#include <string.h>

/* Of one form: whose rows, in which order. GA_FLAG_GONE and GA_FLAG_BEHIND are 48 together (index.h). */
static void add_from(const struct ga_form *form, struct ga_str *sql)
{
    const bool is_child = strcmp(form->name, "child") == 0;
    ga_str_addf(sql, " FROM \"%s\" AS t JOIN record AS k ON k.no = t.no", form->name);
    if (is_child)
        ga_str_add(sql, " JOIN {child} AS s ON s.no = t.no");
    else if (form->of.text != NULL)
        ga_str_add(sql, " JOIN {child} AS s ON s.no = coalesce((SELECT b.main FROM _same AS b WHERE b.no = t.child), t.child)");
    if (is_child || form->of.text != NULL)
        ga_str_add(sql, " CROSS JOIN _standing AS f ON f.no = s.no WHERE f.flags & 48 = 0 AND (?2 IS NULL OR {grade} = ?2)"
                        " AND (?3 IS NULL OR coalesce({class}, '') = ?3) AND (?1 IS NULL OR coalesce({site}, '') = ?1)");
    else
        ga_str_add(sql, " WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL");
}

/* The sum of a condition over the fields that are typed twice; `condition` holds one %s, the field's name, thrice. */
static void add_sum(const struct ga_form *form, const char *more, struct ga_str *sql)
{
    const char *sep = "(";
    for (size_t i = 0; i < form->all_count; i++) {
        const char *name = form->all[i]->name;
        if (!ga_verify_is_asked(form, form->all[i]))
            continue;
        ga_str_addf(sql, "%s(t.\"%s\" IS NOT NULL", sep, name);
        if (more != NULL)
            ga_str_addf(sql, " AND %s EXISTS (SELECT 1 FROM _verified AS v WHERE v.record = t.no AND v.field = '%s'"
                             " AND v.outcome %s 'open')", strcmp(more, "waiting") == 0 ? "NOT" : "", name,
                        strcmp(more, "open") == 0 ? "=" : "<>");
        ga_str_add_char(sql, ')');
        sep = " + ";
    }
    ga_str_add_char(sql, ')');
}

/* Did nothing touch the record but imports, whose first and last operations are ?4? */
static const char BY_FILES_ALONE[] =
    "NOT EXISTS (SELECT 1 FROM (SELECT no FROM filed WHERE record = t.no UNION ALL SELECT op FROM tail WHERE record = t.no)"
    " AS o WHERE NOT EXISTS (SELECT 1 FROM json_each(?4) AS r WHERE o.no BETWEEN json_extract(r.value, '$[0]')"
    " AND json_extract(r.value, '$[1]')))";

/* "[[1,700],[812,845]]": the operations that came by each import. */
static enum ga_rc say_imports(struct ga_store *store, struct ga_str *json, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const char *sep = "[";
    if (ga_forms_get(&store->forms, GA_IMPORT_FILE_FORM, NULL) == NULL) {
        ga_str_add(json, "[]");
        return GA_OK;
    }
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT k.id FROM import_file AS t JOIN record AS k ON k.no = t.no", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value id = ga_stmt_column(stmt, 0);
        struct ga_uuid file = {0};
        struct ga_reach reach;
        if (id.len == sizeof(file.bytes))
            memcpy(file.bytes, id.text, id.len);
        if (ga_store_reach_made(store, &file, &reach, NULL) != GA_OK)
            continue;
        ga_str_addf(json, "%s[%lld,%lld]", sep, (long long)reach.first_op, (long long)(reach.first_op + reach.count - 1));
        sep = ",";
    }
    ga_stmt_destroy(stmt);
    ga_str_add(json, sep[0] == '[' ? "[]" : "]");
    return rc;
}

static enum ga_rc prepare(struct ga_store *store, const struct ga_verify_filter *filter, const struct ga_str *sql,
                          struct ga_stmt **ret_stmt, struct ga_error *err)
{
    enum ga_rc rc = ga_index_shown_prepare(store, ga_str_text(sql), ret_stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(*ret_stmt, 1, filter->site);
    ga_stmt_bind_text(*ret_stmt, 2, filter->grade);
    ga_stmt_bind_text(*ret_stmt, 3, filter->class_no);
    return GA_OK;
}

/* Columns of the listing. */
enum { ID, CHILD, WAITING, LEFT_OPEN };

static enum ga_rc read_row(struct ga_store *store, const struct ga_form *form, struct ga_stmt *stmt, enum ga_lang lang,
                           struct ga_arena *arena, struct ga_verify_record *ret_record, struct ga_error *err)
{
    struct ga_roster_row row;
    const struct ga_value id = ga_stmt_column(stmt, ID);
    const int64_t child = ga_stmt_column_int(stmt, CHILD);
    *ret_record = (struct ga_verify_record){.form = form, .name = "", .class_shown = "",
                                            .waiting = ga_stmt_column_int(stmt, WAITING),
                                            .left_open = ga_stmt_column_int(stmt, LEFT_OPEN)};
    if (id.len == sizeof(ret_record->id.bytes))
        memcpy(ret_record->id.bytes, id.text, id.len);
    if (child == 0)
        return GA_OK;
    enum ga_rc rc = ga_roster_row_of(store, child, lang, arena, &row, err);
    if (rc == GA_OK) {
        ret_record->name = row.name;
        ret_record->class_shown = row.class_shown;
    }
    return rc;
}

/* `imports`: see say_imports. */
static enum ga_rc list_form(struct ga_store *store, const struct ga_form *form, const struct ga_verify_filter *filter,
                            const char *imports, enum ga_lang lang, struct ga_arena *arena, struct ga_vec *records,
                            struct ga_error *err)
{
    const bool has_child = form->of.text != NULL || strcmp(form->name, "child") == 0;
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    bool has_row = false;
    ga_str_addf(&sql, "SELECT k.id, %s, ", has_child ? "s.no" : "0");
    add_sum(form, "waiting", &sql);
    ga_str_add(&sql, " AS waiting, ");
    add_sum(form, "open", &sql);
    add_from(form, &sql);
    ga_str_addf(&sql, " AND waiting > 0 ORDER BY %s, %s t.no", BY_FILES_ALONE,
                has_child ? "roster_sort(s.no, {name}, {site}, {grade}, {class})," : "");
    enum ga_rc rc = prepare(store, filter, &sql, &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 4, imports);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row && rc == GA_OK)
        if ((rc = read_row(store, form, stmt, lang, arena, ga_vec_push(records), err)) != GA_OK)
            break;
    ga_stmt_destroy(stmt);
    return rc;
}

/* The next form after *i that is asked about; NULL: that was the last. */
static const struct ga_form *next_form(struct ga_store *store, const struct ga_verify_filter *filter, size_t *i)
{
    struct ga_forms *forms = &store->forms;
    while (*i < forms->names_count) {
        const char *name = forms->names[(*i)++];
        const struct ga_form *form =
            filter->form == NULL || strcmp(filter->form, name) == 0 ? ga_forms_get(forms, name, NULL) : NULL;
        if (form != NULL && ga_verify_asks(form))
            return form;
    }
    return NULL;
}

enum ga_rc ga_verify_list(struct ga_store *store, const struct ga_verify_filter *filter, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_verify_record **ret_records, size_t *ret_count,
                          struct ga_error *err)
{
    struct ga_vec records;
    struct ga_str imports = {0};
    const struct ga_form *form;
    enum ga_rc rc = say_imports(store, &imports, err);
    ga_vec_init(&records, sizeof(struct ga_verify_record));
    for (size_t i = 0; rc == GA_OK && (form = next_form(store, filter, &i)) != NULL;)
        rc = list_form(store, form, filter, ga_str_text(&imports), lang, arena, &records, err);
    ga_str_finish(&imports);
    if (rc == GA_OK) {
        *ret_records = ga_arena_array(arena, records.len, sizeof(**ret_records));
        if (records.len > 0)
            memcpy(*ret_records, records.items, records.len * records.item_bytes);
        *ret_count = records.len;
    }
    ga_vec_finish(&records);
    return rc;
}

static enum ga_rc count_form(struct ga_store *store, const struct ga_form *form, const struct ga_verify_filter *filter,
                             int64_t *verified, int64_t *all, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    bool has_row = false;
    ga_str_add(&sql, "SELECT total(");
    add_sum(form, "verified", &sql);
    ga_str_add(&sql, "), total(");
    add_sum(form, NULL, &sql);
    ga_str_add(&sql, ")");
    add_from(form, &sql);
    enum ga_rc rc = prepare(store, filter, &sql, &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        *verified += (int64_t)ga_stmt_column_real(stmt, 0);
        *all += (int64_t)ga_stmt_column_real(stmt, 1);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_verify_count(struct ga_store *store, const struct ga_verify_filter *filter, int64_t *ret_verified,
                           int64_t *ret_all, struct ga_error *err)
{
    const struct ga_form *form;
    int64_t verified = 0, all = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && (form = next_form(store, filter, &i)) != NULL;)
        rc = count_form(store, form, filter, &verified, &all, err);
    if (rc == GA_OK) {
        *ret_verified = verified;
        *ret_all = all;
    }
    return rc;
}
