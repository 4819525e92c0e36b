/* The field types: what may be typed, how it is stored, how it is shown. */
#ifndef GUANAI_FORM_TYPE_H
#define GUANAI_FORM_TYPE_H

#include "guanai/base/str.h"
#include "guanai/form/definition.h"
#include "guanai/sql/value.h"
#include "guanai/text/date.h"

/* How a value lies in its form's table. */
enum ga_storage {
    GA_STORE_NOTHING, /* note, heading */
    GA_STORE_TEXT,
    GA_STORE_INTEGER,
    GA_STORE_REAL, /* decimal: REAL in the table, canonical decimal text in the operation */
    GA_STORE_ROWS, /* repeat: a table of its own */
};

/* What the screen offers; the screens own one widget file for each. */
enum ga_widget_kind {
    GA_WIDGET_NONE,
    GA_WIDGET_LINE,
    GA_WIDGET_TEXT, /* several lines */
    GA_WIDGET_DIGITS,
    GA_WIDGET_DATE,
    GA_WIDGET_CHOICE,
    GA_WIDGET_CHOICES,
    GA_WIDGET_BOOLEAN,
    GA_WIDGET_SCALE,
    GA_WIDGET_RECORD,
    GA_WIDGET_ROWS,
};

struct ga_answers; /* form/answers.h */

/* What parsing may need from outside. */
struct ga_parse_context {
    struct ga_date today;
    const struct ga_answers *record; /* the other answers, for advice that fits them; may be NULL */
    bool is_import;                  /* from a sheet: 12.0 is 12, a serial number may be a date */
    enum ga_lang lang;               /* in which choices are called where a finding names them */
};

/* Takes one thing a value tells about another field of the same record. */
typedef void (*ga_tell)(void *ctx, const char *field, const struct ga_value *value);

struct ga_field_type {
    const char *name; /* as written in YAML */
    enum ga_storage storage;
    enum ga_widget_kind widget;
    const char *doc; /* one English sentence for help and forms/README.md, translated where shown */
    bool takes_list, needs_list;
    bool is_text; /* free text: may be restricted; never pinned to a list */
    bool names_somebody; /* where the field does not say otherwise (`names`) */

    /*
     * What was typed or imported → the canonical value, its text in `arena`. Empty text is never
     * passed. GA_REFUSED with a sentence that says what is wrong and what to do; a value that is taken
     * but doubtful sets `ret_warning` (nullable). NULL: the type takes no value.
     */
    enum ga_rc (*parse)(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err);

    /* Canonical value → what a person reads; appended. NULL: the value itself. */
    void (*show)(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out);

    /* Could typing have given this value, whose kind fits the storage already? NULL: any. */
    bool (*fits)(const struct ga_field *field, const struct ga_value *value);

    /*
     * What the value tells about other fields, by their names (an ID number: birth_date, sex); each must
     * then agree with it, and is filled when empty. NULL: nothing.
     */
    void (*derive)(const struct ga_field *field, const struct ga_value *value, struct ga_date today,
                   ga_tell tell, void *ctx);

    /* Findings about a definition that only this type can have; NULL: none. */
    void (*check)(const struct ga_field *field, const char *file, struct ga_problems *problems);
};

/* NULL when there is none of that name. */
const struct ga_field_type *ga_field_type_find(const char *name);
const struct ga_field_type *const *ga_field_types(size_t *ret_count); /* in the order of forms/README.md */

/* parse() with the bounds all types share; empty or blank text gives GA_VALUE_NULL. */
enum ga_rc ga_field_parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                          struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                          struct ga_error *err);

void ga_field_show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                   struct ga_str *out);

/* Is a stored or imported value one that this field's type could have produced? Misfits are not. */
bool ga_field_fits(const struct ga_field *field, const struct ga_value *value);

#endif
