/* Knows in which columns of a child's row lists find what they show. */
#include "index/index_shown.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/sql/function.h"

#include <stdlib.h>
#include <string.h>

/* Names in patterns, the fields they stand for. */
static const struct {
    const char *name, *field;
    enum ga_storage storage;
} COLUMNS[] = {
    {"card_no", "card_no", GA_STORE_INTEGER}, {"name", "name", GA_STORE_TEXT},
    {"nickname", "nickname", GA_STORE_TEXT},  {"former_name", "former_name", GA_STORE_TEXT},
    {"sex", "sex", GA_STORE_TEXT},            {"birth", "birth_date", GA_STORE_TEXT},
    {"site", "site", GA_STORE_TEXT},          {"grade", "grade", GA_STORE_TEXT},
    {"class", "class", GA_STORE_TEXT},        {"village", "village", GA_STORE_TEXT},
    {"guardian", "guardian_name", GA_STORE_TEXT},
    {"hamlet", "hamlet", GA_STORE_TEXT},      {"address", "address", GA_STORE_TEXT},
};

/*
 * A setting: the names of those there are not, between blanks; then a line feed, the codes of the list of grades in
 * their order, between blanks. Kept, because the form itself is a long read for who only lists children.
 */
static const char setting[] = "index.shown";

struct ga_index_shown {
    char *text;         /* the names, ended by a NUL; empty: there is no form */
    const char *grades; /* behind it */
};

static bool is_shown(const struct ga_form *form, size_t i)
{
    const struct ga_field *field = ga_form_field(form, COLUMNS[i].field);
    return field != NULL && field->type->storage == COLUMNS[i].storage &&
           ga_field_protect(form, field) != GA_PROTECT_RESTRICTED;
}

enum ga_rc ga_index_shown_note(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str text = {0};
    const struct ga_field *grade = ga_form_field(form, "grade");
    ga_str_add_char(&text, ' ');
    for (size_t i = 0; i < GA_COUNT(COLUMNS); i++)
        if (!is_shown(form, i))
            ga_str_addf(&text, "%s ", COLUMNS[i].name);
    ga_str_add(&text, "\n ");
    for (size_t i = 0; grade != NULL && grade->list != NULL && i < grade->list->choices.count; i++)
        ga_str_addf(&text, "%s ", grade->list->choices.items[i].code);
    enum ga_rc rc = ga_store_set_setting(store, setting, ga_str_text(&text), err);
    ga_str_finish(&text);
    ga_index_forget_sql(store);
    return rc == GA_OK ? ga_db_exec(store->db, "DROP VIEW IF EXISTS temp.v_roster", err) : rc; /* made before every use */
}

static struct ga_index_shown *shown_of(struct ga_store *store)
{
    struct ga_index *index = ga_index_of(store);
    if (index->shown == NULL) {
        const char *text = ga_store_setting(store, setting);
        struct ga_index_shown *shown = index->shown = ga_alloc(sizeof(*shown));
        shown->text = ga_strdup(text == NULL ? "" : text);
        char *end = strchr(shown->text, '\n');
        shown->grades = end == NULL ? "" : end + 1;
        if (end != NULL)
            *end = '\0';
    }
    return index->shown;
}

void ga_index_shown_forget(struct ga_index *index)
{
    if (index->shown == NULL)
        return;
    free(index->shown->text);
    free(index->shown);
    index->shown = NULL;
}

/* Where a word stands between blanks; NULL: nowhere. */
static const char *find_word(const char *words, const char *word, size_t len)
{
    for (const char *at = words; (at = strstr(at, word)) != NULL; at++)
        if (at > words && at[-1] == ' ' && at[len] == ' ')
            return at;
    return NULL;
}

static void add_named(struct ga_store *store, const char *name, size_t len, struct ga_str *out)
{
    const struct ga_index_shown *shown = shown_of(store);
    if (len == strlen("child") && memcmp(name, "child", len) == 0) {
        ga_str_add(out, shown->text[0] == '\0' ? "(SELECT NULL AS no WHERE 0)" : "main.child");
        return;
    }
    for (size_t i = 0; i < GA_COUNT(COLUMNS); i++)
        if (strlen(COLUMNS[i].name) == len && memcmp(COLUMNS[i].name, name, len) == 0) {
            const bool is_there = shown->text[0] != '\0' && find_word(shown->text, COLUMNS[i].name, len) == NULL;
            ga_str_add(out, is_there ? "s." : "NULL");
            ga_str_add(out, is_there ? COLUMNS[i].field : "");
            return;
        }
}

void ga_index_shown_sql(struct ga_store *store, const char *pattern, struct ga_str *out)
{
    for (const char *at = pattern, *from; *at != '\0';) {
        const size_t plain = strcspn(at, "{");
        ga_str_add_bytes(out, at, plain);
        if (at[plain] == '\0')
            return;
        from = at + plain + 1;
        const size_t len = strcspn(from, "}");
        add_named(store, from, len, out);
        at = from + len + 1;
    }
}

enum ga_rc ga_index_shown_prepare(struct ga_store *store, const char *pattern, struct ga_stmt **ret_stmt,
                                  struct ga_error *err)
{
    struct ga_str sql = {0};
    enum ga_rc rc = ga_index_follow(store, err);
    ga_index_shown_sql(store, pattern, &sql);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, ga_str_text(&sql), ret_stmt, err);
    ga_str_finish(&sql);
    return rc;
}

size_t ga_index_shown_grade(struct ga_store *store, const char *code)
{
    size_t place = 0;
    if (code == NULL || code[0] == '\0')
        return ga_index_grade_at(SIZE_MAX);
    const char *grades = shown_of(store)->grades, *at = find_word(grades, code, strlen(code));
    for (const char *before = grades + 1; at != NULL && before < at; before++)
        place += *before == ' ';
    return ga_index_grade_at(at == NULL ? SIZE_MAX : place);
}

void ga_index_shown_sort(struct ga_store *store, struct ga_index_child *child, int64_t no, struct ga_str *out)
{
    child->grade_order = ga_index_shown_grade(store, child->grade);
    ga_index_sort(child, no, out);
}

/* roster_sort(no, name, site, grade, class): where _roster has the child whose row says so. */
static void call_sort(struct ga_sql_call *call)
{
    struct ga_store *store = ga_sql_call_ctx(call);
    struct ga_str sort = {0};
    const struct ga_value no = ga_sql_call_arg(call, 0), name = ga_sql_call_arg(call, 1), site = ga_sql_call_arg(call, 2),
                          grade = ga_sql_call_arg(call, 3), class_no = ga_sql_call_arg(call, 4);
    struct ga_index_child child = {.name = name.text, .site = site.text, .grade = grade.text, .class_no = class_no.text};
    ga_index_shown_sort(store, &child, no.integer, &sort);
    const struct ga_value answer = ga_value_blob(sort.data, sort.len);
    ga_sql_call_return(call, &answer);
    ga_str_finish(&sort);
}

enum ga_rc ga_index_functions_add(struct ga_store *store, struct ga_error *err)
{
    static const struct ga_sql_function functions[] = {
        {"roster_sort", 5, GA_SQL_DETERMINISTIC | GA_SQL_IN_SCHEMA, call_sort},
    };
    return ga_sql_functions_add(store->db, functions, GA_COUNT(functions), store, err);
}
