/* The YAML keys of forms and lists as tables; private to this room. */
#ifndef GUANAI_FORM_SCHEMA_PRIVATE_H
#define GUANAI_FORM_SCHEMA_PRIVATE_H

#include "guanai/yaml/schema.h"

extern const struct ga_yaml_schema ga_form_schema;
extern const struct ga_yaml_schema ga_list_schema;

#endif
