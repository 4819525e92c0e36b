/* Reads of children what is compared to find doubles. */
#include "child/doubles.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *field;
    size_t at;
} FACTS[] = {
    {"name", offsetof(struct ga_alike_facts, name)},
    {"sex", offsetof(struct ga_alike_facts, sex)},
    {"birth_date", offsetof(struct ga_alike_facts, birth)},
    {"id_number", offsetof(struct ga_alike_facts, id_number)},
    {"student_number", offsetof(struct ga_alike_facts, student_number)},
    {"village", offsetof(struct ga_alike_facts, village)},
    {"site", offsetof(struct ga_alike_facts, site)},
    {"grade", offsetof(struct ga_alike_facts, grade)},
    {"class", offsetof(struct ga_alike_facts, class_no)},
    {"guardian_name", offsetof(struct ga_alike_facts, guardian)},
    {"father_name", offsetof(struct ga_alike_facts, father)},
    {"mother_name", offsetof(struct ga_alike_facts, mother)},
    {"guardian_phone", offsetof(struct ga_alike_facts, phones[0])},
    {"father_phone", offsetof(struct ga_alike_facts, phones[1])},
    {"mother_phone", offsetof(struct ga_alike_facts, phones[2])},
};

/* A restricted field is never looked at, whatever a form calls it; a form may lack any of them. */
static const struct ga_field *field_of(const struct ga_form *form, const char *name)
{
    const struct ga_field *field = ga_form_field(form, name);
    const bool is_text = field != NULL && field->parent == NULL && field->type->storage == GA_STORE_TEXT;
    return is_text && ga_field_protect(form, field) != GA_PROTECT_RESTRICTED ? field : NULL;
}

static void set_fact(struct ga_alike_facts *facts, size_t i, const char *text)
{
    memcpy((char *)facts + FACTS[i].at, &text, sizeof(text));
}

void ga_doubles_fields(const struct ga_form *form, struct ga_doubles_fields *ret_fields)
{
    _Static_assert(GA_COUNT(FACTS) == GA_DOUBLES_FIELDS, "one field a fact");
    ret_fields->form = form;
    for (size_t i = 0; i < GA_COUNT(FACTS); i++)
        ret_fields->fields[i] = field_of(form, FACTS[i].field);
}

void ga_doubles_print(const struct ga_doubles_fields *fields, const struct ga_answers *child,
                      struct ga_alike *ret_print)
{
    struct ga_alike_facts facts = {0};
    for (size_t i = 0; i < GA_COUNT(FACTS); i++) {
        const struct ga_field *field = fields->fields[i];
        const struct ga_answer *answer = field == NULL ? NULL : ga_answers_at(child, field);
        if (answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT)
            set_fact(&facts, i, answer->value.text);
    }
    ga_alike_take(&facts, ret_print);
}

enum ga_rc ga_doubles_select(struct ga_store *store, const char *condition, struct ga_stmt **ret_stmt,
                             struct ga_error *err)
{
    struct ga_str sql = {0};
    const struct ga_form *form = ga_forms_get(&store->forms, "child", err);
    if (form == NULL)
        return GA_NOT_FOUND;
    ga_str_add(&sql, "SELECT no");
    for (size_t i = 0; i < GA_COUNT(FACTS); i++) {
        const struct ga_field *field = field_of(form, FACTS[i].field);
        if (field == NULL)
            ga_str_add(&sql, ", NULL");
        else
            ga_str_addf(&sql, ", \"%s\"", field->name);
    }
    ga_str_addf(&sql, " FROM main.child %s", condition);
    enum ga_rc rc = ga_stmt_prepare(store->db, ga_str_text(&sql), ret_stmt, err);
    ga_str_finish(&sql);
    return rc;
}

void ga_doubles_take(struct ga_stmt *stmt, struct ga_alike *ret_print)
{
    struct ga_alike_facts facts = {0};
    for (size_t i = 0; i < GA_COUNT(FACTS); i++)
        set_fact(&facts, i, ga_stmt_column_text(stmt, (int)i + 1));
    ga_alike_take(&facts, ret_print);
}

enum ga_rc ga_doubles_shelve(struct ga_store *store, struct ga_shelf *files, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_doubles_select(store, "ORDER BY no", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_doubles_file *file = ga_shelf_push(files);
        file->no = ga_stmt_column_int(stmt, 0);
        ga_doubles_take(stmt, &file->print);
    }
    ga_stmt_destroy(stmt);
    return rc == GA_OK ? ga_shelf_check(files, err) : rc;
}
