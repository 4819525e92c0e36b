/* Tables that say which keys a YAML file may have: they load it, check it, explain it. */
#ifndef GUANAI_YAML_SCHEMA_H
#define GUANAI_YAML_SCHEMA_H

#include "guanai/base/str.h"
#include "guanai/text/translate.h"
#include "guanai/yaml/node.h"

#include <stddef.h>
#include <stdint.h>

/* A text that errors will have to point at (an expression, a name), behind its quote; text NULL: absent. */
struct ga_yaml_text {
    const char *text;
    struct ga_yaml_at at;
};

struct ga_yaml_named { /* an entry of GA_YAML_TEXT_MAP */
    struct ga_yaml_text name;
    struct ga_yaml_text value;
};

/*
 * The shape of every list member: `GA_YAML_LIST(struct field) fields;` then fields.items[i], fields.count.
 * Two members, a pointer and right behind it a size_t, are the same.
 */
#define GA_YAML_LIST(type)                                                                             \
    struct {                                                                                           \
        type *items;                                                                                   \
        size_t count;                                                                                  \
    }

enum ga_yaml_type { /* the member's C type */
    GA_YAML_END = 0,  /* closes a table of rows */
    GA_YAML_TEXT,     /* const char *; NULL absent */
    GA_YAML_TEXT_AT,  /* struct ga_yaml_text */
    GA_YAML_BOOL,     /* bool; true false yes no */
    GA_YAML_INTEGER,  /* int64_t */
    GA_YAML_LABEL,    /* struct ga_label; a plain text is the Chinese one, else {zh: …, en: …} */
    GA_YAML_TEXTS,    /* GA_YAML_LIST(struct ga_yaml_text) */
    GA_YAML_WORDS,    /* GA_YAML_LIST(const char *): texts without places */
    GA_YAML_ENUM,     /* an enum (int); `choices` */
    GA_YAML_STRUCT,   /* struct x *; NULL absent; `schema` */
    GA_YAML_STRUCTS,  /* GA_YAML_LIST(struct x); a list of mappings; `schema` */
    GA_YAML_MAP,      /* GA_YAML_LIST(struct x); a mapping of names to mappings; `schema`, whose
                         GA_YAML_NAME_HERE row receives the name */
    GA_YAML_TEXT_MAP, /* GA_YAML_LIST(struct ga_yaml_named); a mapping of names to texts */
    GA_YAML_NODE,     /* const struct ga_yaml_node *; as it stands, for the caller to read; NULL absent */
    /* two rows without a key: */
    GA_YAML_PLACE,     /* struct ga_yaml_at: where this mapping begins */
    GA_YAML_NAME_HERE, /* struct ga_yaml_text: the name this mapping stood under (GA_YAML_MAP) */
};

enum ga_yaml_flag {
    GA_YAML_REQUIRED = 1, /* the key must be there, its text, list or mapping not empty */
    GA_YAML_NAME = 2,     /* each text, each name of a map matches [a-z][a-z0-9_]* */
    GA_YAML_LONE = 4,     /* TEXTS, WORDS, STRUCTS: a lone item stands for a list of one */
    GA_YAML_BOTH = 8,     /* LABEL: a missing English one is a warning */
};

/*
 * A row that joins a table later says since which edition it is there, the highest one here: what was packed
 * before is read on (the row's member as if absent), what does not use it keeps its fingerprint.
 */
enum { GA_YAML_EDITION = 7 };

struct ga_yaml_choice { /* several names may share a value; the table ends with name NULL */
    const char *name;
    int value;
    const char *doc; /* GA_N_("…"); may be NULL */
};

/* One row a key; at most 63 rows a table. */
struct ga_yaml_row {
    const char *key;
    enum ga_yaml_type type;
    size_t offset;  /* offsetof() the member */
    unsigned flags; /* enum ga_yaml_flag */
    /* INTEGER: the value; texts, labels: characters; lists, maps: entries. max 0: no bound of its own
       (INTEGER: both 0). */
    int64_t min;
    int64_t max;
    int64_t preset; /* BOOL, INTEGER, ENUM: the value when absent; 0 in a row with `since` */
    int since;      /* 0: from the first edition on */
    const struct ga_yaml_choice *choices;
    const struct ga_yaml_schema *schema; /* may be the table itself: nesting is bounded */
    const char *doc;                     /* GA_N_("…"), one sentence */
};

struct ga_yaml_schema {
    const char *name; /* GA_N_("field"): what one such mapping is called in messages */
    size_t size_bytes;
    const struct ga_yaml_row *rows; /* closed by a GA_YAML_END row: `{0}` */
    const char *doc;                /* may be NULL */
};

/*
 * Loads a tree into the struct `into` (schema->size_bytes, overwritten) and adds every error with its
 * place to `problems`: unknown keys (with the nearest known one), missing keys, wrong kinds, values
 * out of bounds. `node` NULL only presets. GA_REFUSED when there was a fault; `into` is filled all the
 * same as far as it goes, a faulty member as if absent, so that the caller's own checks can report the rest.
 * Texts are borrowed from the tree, lists live in `arena`.
 */
enum ga_rc ga_yaml_check(const struct ga_yaml_schema *schema, const struct ga_yaml_node *node,
                         const char *file, struct ga_arena *arena, void *into,
                         struct ga_problems *problems);

/* ga_yaml_parse, then ga_yaml_check of whatever tree there is, which then goes; all else lives in `arena`. */
enum ga_rc ga_yaml_load(const struct ga_yaml_schema *schema, const char *bytes, size_t len,
                        const char *file, struct ga_arena *arena, void *into,
                        struct ga_problems *problems);

/* [a-z][a-z0-9_]*, at most 63 bytes. */
bool ga_yaml_is_name(const char *text);

/* Every key with its kind, bounds and meaning as indented text, each nested table once. */
void ga_yaml_explain(const struct ga_yaml_schema *schema, enum ga_lang lang, struct ga_str *out);

#endif
