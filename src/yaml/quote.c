/* Writes a text as YAML reads it back. */
#include "guanai/yaml/quote.h"

void ga_yaml_add_quoted(struct ga_str *out, const char *text)
{
    ga_str_add_char(out, '"');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            ga_str_add_char(out, '\\');
        ga_str_add_char(out, *p);
    }
    ga_str_add_char(out, '"');
}
