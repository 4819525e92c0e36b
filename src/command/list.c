/* guanai list: the records of a form as rows. */
#include "private.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/sql/guard.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

struct listing {
    struct ga_command_line *line;
    const struct ga_form *form;
    const struct ga_field **fields; /* the columns behind the ids */
    size_t fields_count, ids_count;
    const struct ga_session *session;
    const struct ga_field *place; /* of children at a county: what says of which school they are; NULL: nothing does */
    char school[GA_SCHOOL_CODE_SIZE]; /* its children alone; "": all */
    bool is_json;
    int64_t rows;
};

/* Everything that has a column but what is restricted (rule 13). */
static void choose_fields(struct listing *listing)
{
    const struct ga_form *form = listing->form;
    listing->fields = ga_alloc_array(form->all_count + 1, sizeof(*listing->fields));
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        if (field->type->storage != GA_STORE_NOTHING && field->type->storage != GA_STORE_ROWS &&
            ga_field_protect(form, field) != GA_PROTECT_RESTRICTED)
            listing->fields[listing->fields_count++] = field;
    }
    listing->ids_count = form->of.text == NULL ? 1 : 2;
}

static const char *column_name(const struct listing *listing, size_t i)
{
    if (i < listing->ids_count)
        return i == 0 ? "id" : "child";
    return listing->fields[i - listing->ids_count]->name;
}

static void put_json_value(const struct listing *listing, const struct ga_value *value, const char *plain)
{
    if (value->kind == GA_VALUE_NULL)
        fputs("null", listing->line->out);
    else if (value->kind == GA_VALUE_INTEGER || value->kind == GA_VALUE_REAL)
        fputs(plain, listing->line->out);
    else
        ga_put_json_text(listing->line, plain);
}

/* Behind the answers: the name of the school. */
static void put_school(struct listing *listing, const char *school)
{
    if (!listing->is_json) {
        ga_put_cell(listing->line, school, true);
        return;
    }
    fputs(",\"school\":", listing->line->out);
    ga_put_json_text(listing->line, school);
}

static void put_row(struct listing *listing, struct ga_stmt *stmt)
{
    const size_t columns = listing->ids_count + listing->fields_count;
    const char *school = "";
    struct ga_str plain = {0};
    FILE *out = listing->line->out;
    if (listing->is_json)
        fputs(listing->rows == 0 ? "\n{" : ",\n{", out);
    for (size_t i = 0; i < columns; i++) {
        const struct ga_value value = ga_stmt_column(stmt, (int)i);
        ga_str_clear(&plain);
        if (i < listing->ids_count)
            ga_str_add(&plain, value.kind == GA_VALUE_TEXT ? value.text : "");
        else
            ga_value_plain(listing->fields[i - listing->ids_count], &value, &plain);
        if (listing->place != NULL && i >= listing->ids_count && listing->fields[i - listing->ids_count] == listing->place)
            school = ga_county_school_name(listing->session, ga_str_text(&plain));
        if (!listing->is_json) {
            ga_put_cell(listing->line, ga_str_text(&plain), i + 1 == columns && listing->place == NULL);
            continue;
        }
        fprintf(out, "%s\"%s\":", i > 0 ? "," : "", column_name(listing, i));
        put_json_value(listing, &value, ga_str_text(&plain));
    }
    if (listing->place != NULL)
        put_school(listing, school);
    if (listing->is_json)
        fputc('}', out);
    listing->rows++;
    ga_str_finish(&plain);
}

static enum ga_rc prepare(struct listing *listing, struct ga_session *session, const char *where,
                          const struct ga_guard_scope *scope, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    const size_t columns = listing->ids_count + listing->fields_count;
    struct ga_str prefix = {0};
    for (size_t i = 0; i < columns; i++)
        ga_str_addf(&prefix, "%s%s", i == 0 ? "SELECT " : ", ", column_name(listing, i));
    ga_str_addf(&prefix, " FROM %s WHERE ", scope->views[0]);
    if (listing->school[0] != '\0') /* hexadecimal digits */
        ga_str_addf(&prefix, "substr(site, 1, %d) = '%s' AND ", GA_SCHOOL_CODE_SIZE - 1, listing->school);
    ga_str_add_char(&prefix, '(');
    const char *exprs[] = {where == NULL ? "1" : where};
    const struct ga_guard_shape shape = {.prefix = prefix.data, .suffix = ") ORDER BY no", .exprs = exprs,
                                         .exprs_count = 1, .columns = (int)columns};
    enum ga_rc rc = ga_guard_prepare(ga_store_db(session->store), scope, &shape, ret_stmt, NULL, err);
    if (rc != GA_OK && where != NULL)
        ga_error_where(err, "--where");
    ga_str_finish(&prefix);
    return rc;
}

static enum ga_rc list(struct listing *listing, struct ga_session *session, const char *where, struct ga_error *err)
{
    char view[140];
    const char *const views[] = {view};
    const struct ga_guard_scope scope = {.kind = GA_GUARD_VIEW, .views = views, .views_count = 1};
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_view(session->store, listing->form, view, err);
    if (rc == GA_OK)
        rc = prepare(listing, session, where, &scope, &stmt, err);
    if (rc != GA_OK)
        return rc;
    const size_t columns = listing->ids_count + listing->fields_count;
    for (size_t i = 0; i < columns && !listing->is_json; i++)
        ga_put_cell(listing->line, column_name(listing, i), i + 1 == columns && listing->place == NULL);
    if (!listing->is_json && listing->place != NULL)
        ga_put_cell(listing->line, "school", true);
    if (listing->is_json)
        fputc('[', listing->line->out);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        put_row(listing, stmt);
    if (listing->is_json)
        fputs("\n]\n", listing->line->out);
    ga_stmt_destroy(stmt);
    return rc;
}

struct asked {
    const char *where, *school;
    bool is_json;
};

static enum ga_exit run(struct ga_command_line *line, struct ga_session *session, const struct asked *asked)
{
    struct listing listing = {.line = line, .session = session, .is_json = asked->is_json};
    struct ga_error err = {0};
    enum ga_rc rc = GA_OK;
    listing.form = ga_command_form(line, session, line->argv[1]);
    if (listing.form == NULL)
        return GA_EXIT_USAGE;
    if (strcmp(listing.form->name, "child") == 0 && ga_county_is_here(session))
        listing.place = ga_form_field(listing.form, "site");
    choose_fields(&listing);
    if (asked->school != NULL)
        rc = ga_county_find_school(session, asked->school, listing.school, &err);
    if (rc == GA_OK)
        rc = list(&listing, session, asked->where, &err);
    free(listing.fields);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

enum ga_exit ga_run_list(struct ga_command_line *line)
{
    struct asked asked = {0};
    const char *format = "tsv";
    struct ga_list_class class = {0};
    const struct ga_option options[] = {{"--where", &asked.where, NULL}, {"--school", &asked.school, NULL}, {"--format", &format, NULL},
                                        {"--class", &class.class, NULL}, {"--on", &class.on, NULL},
                                        {"--site", &class.site, NULL}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 1, 1);
    if (exit != GA_EXIT_DONE)
        return exit;
    const bool is_class = class.class != NULL || class.on != NULL || class.site != NULL;
    if (!ga_read_format(format, &asked.is_json) || (is_class && (asked.where != NULL || asked.school != NULL)) ||
        ((is_class || asked.school != NULL) && strcmp(line->argv[1], "child") != 0))
        return ga_usage(line);
    class.is_json = asked.is_json;
    exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = is_class ? ga_list_class(line, session, &class) : run(line, session, &asked);
    ga_session_close(session);
    return exit;
}
