/* The school's year as it stands in config.yaml. */
#ifndef GUANAI_SRC_CONFIG_YEAR_H
#define GUANAI_SRC_CONFIG_YEAR_H

#include "guanai/config/config.h"
#include "guanai/yaml/schema.h"

struct raw_span {
    struct ga_yaml_text from, to;
};

struct raw_phase {
    struct ga_yaml_text code;
    struct raw_span days;
};

struct raw_term {
    struct ga_yaml_text name;
    struct raw_span days;
    GA_YAML_LIST(struct raw_phase) phases;
};

struct raw_holiday {
    struct ga_label label;
    struct raw_span days;
};

struct raw_year {
    GA_YAML_LIST(struct raw_term) terms;
    GA_YAML_LIST(struct raw_holiday) holidays;
    GA_YAML_LIST(struct ga_yaml_text) school_days;
};

extern const struct ga_yaml_schema ga_config_term_schema, ga_config_holiday_schema;

/* Checks all of it, with places; fills terms (by their first day), holidays, school_days of `config`. */
void ga_config_take_year(struct ga_arena *arena, const struct raw_year *raw, const char *file,
                         struct ga_problems *problems, struct ga_config *config);

/* calendar.c: the year it began in and 1 or 2. false: no term is called so. */
bool ga_config_read_term(const char *name, int *ret_begun, int *ret_number);

#endif
