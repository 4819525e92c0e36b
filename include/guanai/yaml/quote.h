/* Writes a text as YAML reads it back. */
#ifndef GUANAI_YAML_QUOTE_H
#define GUANAI_YAML_QUOTE_H

#include "guanai/base/str.h"

/* In double quotes: only " and \ need care. Controls are the caller's to refuse. Appends. */
void ga_yaml_add_quoted(struct ga_str *out, const char *text);

#endif
