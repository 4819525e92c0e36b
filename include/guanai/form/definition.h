/*
 * What a form is: the structs that YAML files are loaded into.
 *
 *   ga_forms ──▶ ga_form ──▶ ga_form_page ──▶ ga_field ──▶ ga_field_type (form/type.h)
 *      │            └─▶ ga_then                 ├─▶ ga_list (choices)
 *      └──────▶ ga_list ──▶ ga_choice           └─▶ ga_field … (the fields of a repeat)
 *
 * The tables of form/schema.c name every member once; loading, checking, packing walk them. The rest (type, list …)
 * is set by linking; everything lives in the arena of its ga_forms, unchanged after linking.
 */
#ifndef GUANAI_FORM_DEFINITION_H
#define GUANAI_FORM_DEFINITION_H

#include "guanai/text/translate.h"
#include "guanai/yaml/schema.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GA_FORM_FIELDS_MAX = 400, /* of one form, the fields of its repeats included */
    GA_FORM_HASH_BYTES = 32,
    GA_LIST_CHOICES_MAX = 2000,
};

/*
 * Who may see a value; a field may only be stricter than its form. The order is used, the numbers stand
 * in operations. UNSAID: a field's is then its form's, a form's counts as sensitive.
 */
enum ga_protect {
    GA_PROTECT_UNSAID = -1,
    GA_PROTECT_PUBLIC = 0,
    GA_PROTECT_ORDINARY,
    GA_PROTECT_SENSITIVE,
    GA_PROTECT_RESTRICTED,
};

/* TRUE binds everywhere, TYPING only on screen, ANSWERED refuses "unknown" as well. */
enum ga_required { GA_REQUIRED_NO, GA_REQUIRED_TYPING, GA_REQUIRED_TRUE, GA_REQUIRED_ANSWERED };

enum ga_names { GA_NAMES_UNSAID, GA_NAMES_SOMEBODY, GA_NAMES_NOBODY }; /* unsaid: the type decides */
enum ga_prefill { GA_PREFILL_NONE, GA_PREFILL_LAST };
enum ga_precision { GA_PRECISION_DAY, GA_PRECISION_MONTH };

struct ga_choice {
    const char *code; /* [a-z][a-z0-9_]*, or a whole number in a list used by a scale */
    struct ga_label label;
    GA_YAML_LIST(struct ga_yaml_text) aka;
    const char *parent; /* cascading lists */
    bool is_exclusive;  /* "none of these": excludes the others */
    bool is_retired;    /* readable, no longer offered */
    struct ga_yaml_at at;
};

struct ga_list {
    const char *name;
    GA_YAML_LIST(struct ga_choice) choices; /* in the order of use: digits 1–9 pick the first nine */
    struct ga_yaml_at at;
    const char *file; /* for messages; NULL when unpacked */
    size_t layer;     /* of the folder it was read from (base/folders.h) */
};

struct ga_field {
    const char *name; /* for ever; lower case; no SQL keyword */
    struct ga_yaml_text type_name;
    struct ga_label label, hint;
    GA_YAML_LIST(struct ga_yaml_text) aka;      /* column headings of rosters */
    GA_YAML_LIST(const char *) aka_yes, aka_no; /* boolean: what rosters write for yes, for no */
    struct ga_yaml_text list_name, of;          /* choice, choices, scale: the list; record: the form it names */
    enum ga_required required;
    struct ga_yaml_text relevant, constraint, warn, default_value, import, calculation, filter;
    struct ga_label message, warn_message;
    enum ga_prefill prefill;
    const char *group; /* fields that merge as one unit; NULL: a unit of its own */
    enum ga_protect protect;
    enum ga_names names; /* does the answer tell who somebody is? */
    bool is_retired, is_typed_twice, is_ahead; /* `verify` (store/verify.h); date: without its year the next such day */
    enum ga_precision precision; /* date: month also takes YYYY-MM */
    int64_t digits;              /* decimal: places after the point */
    int64_t max;                 /* scale without a list: 1 … max */
    GA_YAML_LIST(struct ga_field) fields; /* repeat */
    struct ga_yaml_at at;
    /* Set by linking. */
    const struct ga_field_type *type; /* form/type.h */
    const struct ga_list *list;
    const struct ga_field *parent; /* the repeat this is a field of, else NULL */
    const struct ga_field *group_first, *group_next; /* of its group, in the order of the form; NULL without, at the end */
    size_t index, page; /* in ga_form.all, or in parent->fields; of its form, from 0 */
};

struct ga_section { /* as written; pages are what counts */
    struct ga_label title;
    GA_YAML_LIST(struct ga_field) fields;
    struct ga_yaml_at at;
};
/* After saving: offer this form, filled in, and say why; without `open` it is only said. */
struct ga_then {
    struct ga_yaml_text when, open; /* open.text NULL: nothing is offered */
    struct ga_label say;            /* zh NULL: nothing */
    int64_t section; /* from 1; 0: the first, or the one `field` stands on */
    struct ga_yaml_text field; /* of the opened form, where it is opened at; text NULL: the first of its section */
    GA_YAML_LIST(struct ga_yaml_named) fill; /* field of the opened form → expression over this one */
    struct ga_yaml_at at;
};

struct ga_form_roles {
    GA_YAML_LIST(struct ga_yaml_text) read, write;
};

struct ga_form_page { /* a screenful of fields: what sections become */
    struct ga_label title; /* zh NULL: the form has one page only */
    struct ga_field *fields;
    size_t fields_count;
};

struct ga_form {
    const char *name;
    int64_t version; /* rises when content changes */
    struct ga_label title;
    struct ga_yaml_text of, summary; /* "child", or absent; a line that stands for a record */
    enum ga_protect protect;
    struct ga_form_roles *roles;
    GA_YAML_LIST(struct ga_section) sections;
    GA_YAML_LIST(struct ga_field) fields; /* `fields:` at the top: one section without a title */
    GA_YAML_LIST(struct ga_then) then;
    bool is_by_program; /* its records are written by the program itself; on no menu */
    int64_t order;      /* where it stands among the others, from the lowest; 0: not said, behind them by name */
    int64_t a_year;     /* about how many records a school year (care/form_load.h says of what); 0: not said */
    struct ga_yaml_at at;
    const char *file; /* where it was read from; NULL when unpacked */
    size_t layer;     /* of that folder (base/folders.h) */
    /* Set by linking. */
    struct ga_form_page *pages; /* the sections, or the one that `fields:` makes; at least one */
    size_t pages_count;
    struct ga_field **all, **by_name; /* every field of every page in order, retired ones too; the same, sorted */
    size_t all_count;
    uint8_t hash[GA_FORM_HASH_BYTES]; /* BLAKE2b of the packed form without places */
};

/* The stricter of the form's, the field's and its group's class. */
enum ga_protect ga_field_protect(const struct ga_form *form, const struct ga_field *field);
enum ga_protect ga_form_protect(const struct ga_form *form); /* sensitive when it says none */
const char *ga_field_group(const struct ga_field *field); /* its merge unit: the group, else its own name */
bool ga_field_names_somebody(const struct ga_field *field); /* then a county without names does not get it */

/* NULL when there is none. `name` may be "repeat.field" for a field of a repeat. */
const struct ga_field *ga_form_field(const struct ga_form *form, const char *name);
const struct ga_choice *ga_list_choice(const struct ga_list *list, const char *code); /* retired ones too */
#endif
