/* The tables of a plain SQLite copy. */
#include "leaving_sqlite.h"

#include "leaving.h"

#include <string.h>

static void add_quoted(struct ga_str *sql, const char *text, char quote)
{
    ga_str_add_char(sql, quote);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == quote)
            ga_str_add_char(sql, quote);
        ga_str_add_char(sql, *p);
    }
    ga_str_add_char(sql, quote);
}

void ga_plain_add_name(struct ga_str *sql, const char *name)
{
    add_quoted(sql, name, '"');
}

void ga_plain_add_text(struct ga_str *sql, const char *text)
{
    add_quoted(sql, text, '\'');
}

bool ga_plain_is_column(const struct ga_form *form, const struct ga_field *field)
{
    return field->type->storage != GA_STORE_ROWS && ga_leaving_is_shown(form, field);
}

bool ga_plain_may_be_day(const struct ga_form *form, const struct ga_field *field)
{
    return ga_plain_is_column(form, field) && strcmp(field->type->name, "date") == 0 && field->precision != GA_PRECISION_MONTH;
}

/* Names that SQLite gives no meaning of their own and databases with stricter types know: pgloader takes them as they are. */
static const char *type_of(const struct ga_field *field, const struct ga_plain_days *days)
{
    if (strcmp(field->type->name, "boolean") == 0)
        return "BOOLEAN";
    if (days->is_day(days->ctx, field))
        return "DATE";
    return field->type->storage == GA_STORE_INTEGER ? "INTEGER" : field->type->storage == GA_STORE_REAL ? "DOUBLE" : "TEXT";
}

static void add_column(const struct ga_form *form, const struct ga_field *field, const struct ga_plain_days *days, struct ga_str *sql)
{
    if (ga_plain_is_column(form, field))
        ga_str_addf(sql, "\"%s\" %s, ", field->name, type_of(field, days));
}

static void add_repeat(const struct ga_form *form, const struct ga_field *repeat, const struct ga_plain_days *days, struct ga_str *sql)
{
    ga_str_addf(sql, "CREATE TABLE \"%s__%s\"(\"id\" TEXT NOT NULL, \"record_id\" TEXT NOT NULL REFERENCES \"%s\"(\"id\"), "
                     "\"position\" INTEGER NOT NULL, ",
                form->name, repeat->name, form->name);
    for (size_t i = 0; i < repeat->fields.count; i++)
        add_column(form, &repeat->fields.items[i], days, sql);
    ga_str_add(sql, "PRIMARY KEY(\"record_id\", \"position\"));\n");
}

void ga_plain_tables(const struct ga_form *form, const struct ga_plain_days *days, struct ga_str *sql)
{
    ga_str_addf(sql, "CREATE TABLE \"%s\"(\"id\" TEXT PRIMARY KEY NOT NULL, ", form->name);
    if (form->of.text != NULL)
        ga_str_addf(sql, "\"child\" TEXT REFERENCES \"%s\"(\"id\"), ", form->of.text);
    for (size_t i = 0; i < form->all_count; i++)
        add_column(form, form->all[i], days, sql);
    ga_str_add(sql, "\"not_answered\" TEXT, \"entered_by\" TEXT NOT NULL, \"entered_on\" DATE NOT NULL);\n");
    if (form->of.text != NULL)
        ga_str_addf(sql, "CREATE INDEX \"%s__by_child\" ON \"%s\"(\"child\");\n", form->name, form->name);
    for (size_t i = 0; i < form->all_count; i++)
        if (form->all[i]->type->storage == GA_STORE_ROWS && ga_leaving_is_shown(form, form->all[i]))
            add_repeat(form, form->all[i], days, sql);
}

/* That an answer was refused is part of the answer: what is restricted loses this too. */
static void add_not_answered(const struct ga_form *form, struct ga_str *sql)
{
    ga_str_add(sql, ", nullif(json_remove(v.not_answered");
    for (size_t i = 0; i < form->all_count; i++)
        if (!ga_leaving_is_shown(form, form->all[i]))
            ga_str_addf(sql, ", '$.%s'", form->all[i]->name);
    ga_str_add(sql, "), '{}')");
}

static void select_repeat(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *sql)
{
    ga_str_add(sql, "SELECT v.id, v.record, v.position");
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (ga_plain_is_column(form, &repeat->fields.items[i]))
            ga_str_addf(sql, ", v.\"%s\"", repeat->fields.items[i].name);
    ga_str_addf(sql, " FROM v_%s__%s AS v", form->name, repeat->name);
}

void ga_plain_select(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *sql)
{
    if (repeat != NULL) {
        select_repeat(form, repeat, sql);
        return;
    }
    ga_str_add(sql, form->of.text != NULL ? "SELECT v.id, v.child" : "SELECT v.id");
    for (size_t i = 0; i < form->all_count; i++)
        if (ga_plain_is_column(form, form->all[i]))
            ga_str_addf(sql, ", v.\"%s\"", form->all[i]->name);
    add_not_answered(form, sql);
    ga_str_addf(sql, ", v.entered_by, v.entered_on FROM v_%s AS v ORDER BY v.no", form->name);
}

void ga_plain_insert(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *sql)
{
    size_t params = repeat != NULL ? 3 : 4 + (form->of.text != NULL);
    const size_t count = repeat != NULL ? repeat->fields.count : form->all_count;
    for (size_t i = 0; i < count; i++)
        params += ga_plain_is_column(form, repeat != NULL ? &repeat->fields.items[i] : form->all[i]);
    ga_str_addf(sql, repeat != NULL ? "INSERT INTO \"%s__%s\" VALUES(?" : "INSERT INTO \"%s\" VALUES(?", form->name,
                repeat != NULL ? repeat->name : "");
    for (size_t i = 1; i < params; i++)
        ga_str_add(sql, ",?");
    ga_str_add(sql, ")");
}
