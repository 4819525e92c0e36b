/* The parts of a plain SQLite copy; private to this room. */
#ifndef GUANAI_EXCHANGE_LEAVING_SQLITE_H
#define GUANAI_EXCHANGE_LEAVING_SQLITE_H

#include "guanai/exchange/export_sqlite.h"
#include "guanai/form/type.h"

/* "name" and 'text' as SQL writes them, whatever is in them. Appended. */
void ga_plain_add_name(struct ga_str *sql, const char *name);
void ga_plain_add_text(struct ga_str *sql, const char *text);

/* Has a column of its own in its form's or repeat's table, and may leave. */
bool ga_plain_is_column(const struct ga_form *form, const struct ga_field *field);

/* A date whose form asks for the day; an earlier edition of the form may have taken months. */
bool ga_plain_may_be_day(const struct ga_form *form, const struct ga_field *field);

/* Does every row have a day in it, or nothing? Only such a column is a DATE: a month is none to stricter databases. */
struct ga_plain_days {
    bool (*is_day)(void *ctx, const struct ga_field *field);
    void *ctx;
};

/* CREATE TABLE and CREATE INDEX of a form with its repeats. Appended. */
void ga_plain_tables(const struct ga_form *form, const struct ga_plain_days *days, struct ga_str *sql);

/* SELECT … FROM the school's view that gives the rows of `form`, or of its `repeat` when not NULL. */
void ga_plain_select(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *sql);

/* INSERT with as many parameters as the SELECT has columns. */
void ga_plain_insert(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *sql);

/* CREATE VIEW `name`: labels as headings, choices as words, the child's name in front. */
void ga_plain_view(struct ga_forms *forms, const struct ga_form *form, const char *name, enum ga_lang lang,
                   struct ga_str *sql);

#endif
