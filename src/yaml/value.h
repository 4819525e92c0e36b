/* Loading one value of a schema's row. */
#ifndef GUANAI_YAML_VALUE_H
#define GUANAI_YAML_VALUE_H

#include "inner.h"

struct ga_yaml_walk {
    struct ga_arena *arena;
    struct ga_yaml_report report;
};

enum ga_yaml_want { GA_YAML_WANT_TEXT, GA_YAML_WANT_LABEL, GA_YAML_WANT_LIST, GA_YAML_WANT_MAPPING, GA_YAML_WANTS };

/* Each writes `member` only when the value is right; else it adds the fault. */
typedef void ga_yaml_load_fn(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                             const struct ga_yaml_node *node, void *member);
ga_yaml_load_fn ga_yaml_load_text, ga_yaml_load_text_at, ga_yaml_load_bool, ga_yaml_load_integer,
    ga_yaml_load_enum, ga_yaml_load_label, ga_yaml_load_node;

bool ga_yaml_is_absent(const struct ga_yaml_node *node); /* nothing stands after the colon */

/* True, with a fault, when the node's kind is not the wanted one. */
bool ga_yaml_refuse_kind(struct ga_yaml_walk *walk, const char *key, enum ga_yaml_want want,
                         const struct ga_yaml_node *node);
/* False, with a fault, when there are too many or too few characters or entries. */
bool ga_yaml_admit_amount(struct ga_yaml_walk *walk, const struct ga_yaml_row *row, struct ga_yaml_at at,
                          size_t amount);
/* A scalar with its place; names are checked, lengths are not. */
bool ga_yaml_read_text(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, struct ga_yaml_text *ret_text);
/* The finding about an unknown key: `best` is the nearest known one or NULL, `known` lists them all. */
void ga_yaml_refuse_key(struct ga_yaml_walk *walk, const struct ga_yaml_pair *pair,
                        enum ga_yaml_style style, const char *best, const char *known);
void ga_yaml_add_word(struct ga_str *list, const char *word); /* with ", " between */

#endif
