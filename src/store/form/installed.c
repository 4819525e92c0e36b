/* Hands out the forms that are in force, from the database. */
#include "private.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

static enum ga_rc load_form(void *ctx, struct ga_forms *forms, const char *name, struct ga_error *err)
{
    struct ga_store *store = ctx;
    struct ga_stmt *stmt;
    bool has_row = false;
    if (store->db == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "there is no form '%1'", name);
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_FORM, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, name);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && !has_row)
        return ga_error_set(err, GA_NOT_FOUND, "there is no form '%1'", name);
    if (rc == GA_OK) {
        const struct ga_value packed = ga_stmt_column(stmt, 0);
        char *copy = ga_strndup(packed.text, packed.len); /* unpacking asks for lists: this row goes away */
        ga_stmt_reset(stmt);
        rc = ga_form_unpack(forms, copy, packed.len, err);
        free(copy);
    }
    return rc;
}

static enum ga_rc load_list(void *ctx, struct ga_forms *forms, const char *name, struct ga_error *err)
{
    struct ga_store *store = ctx;
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_LIST, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, name);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && !has_row)
        return ga_error_set(err, GA_NOT_FOUND, "there is no list '%1'", name);
    if (rc == GA_OK) {
        const struct ga_value packed = ga_stmt_column(stmt, 0);
        rc = ga_list_unpack(forms, packed.text, packed.len, err);
        ga_stmt_reset(stmt);
    }
    return rc;
}

void ga_forms_from_store(struct ga_store *store)
{
    store->forms.load_form = load_form;
    store->forms.load_list = load_list;
    store->forms.ctx = store;
}

/* Name, Chinese title, English title, over and over. */
static enum ga_rc read_titles(struct ga_store *store, struct ga_vec *texts, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_FORM_NAMES, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (int i = 0; i < 3; i++)
            *(const char **)ga_vec_push(texts) = ga_arena_strdup(&store->forms.arena, ga_stmt_column_text(stmt, i));
    return rc;
}

/* Lists of forms show titles: unpacking a whole form for each would cost a tenth of a start. */
enum ga_rc ga_forms_name_all(struct ga_store *store, struct ga_error *err)
{
    struct ga_forms *forms = &store->forms;
    struct ga_vec texts;
    ga_vec_init(&texts, sizeof(const char *));
    enum ga_rc rc = read_titles(store, &texts, err);
    if (rc == GA_OK) {
        const char *const *text = texts.items;
        forms->names_count = texts.len / 3;
        forms->names = ga_arena_array(&forms->arena, forms->names_count, sizeof(*forms->names));
        forms->titles = ga_arena_array(&forms->arena, forms->names_count, sizeof(*forms->titles));
        for (size_t i = 0; i < forms->names_count; i++) {
            forms->names[i] = text[3 * i];
            forms->titles[i] = (struct ga_label){text[3 * i + 1], text[3 * i + 2]};
        }
    }
    ga_vec_finish(&texts);
    return rc;
}
