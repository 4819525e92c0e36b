/* Writes the rows of a repeat as JSON for the rules that read them as a table. */
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "rule.h"

static void add_text(struct ga_str *json, const char *text)
{
    ga_str_add_char(json, '"');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            ga_str_add_char(json, '\\');
        if ((unsigned char)*p < 0x20)
            ga_str_addf(json, "\\u%04x", *p);
        else
            ga_str_add_char(json, *p);
    }
    ga_str_add_char(json, '"');
}

static void add_value(struct ga_str *json, const struct ga_field *field, const struct ga_value *value)
{
    const struct ga_value asked = ga_rule_asked_value(field, value);
    if (asked.kind == GA_VALUE_REAL && value->kind == GA_VALUE_TEXT)
        ga_str_add(json, value->text); /* a canonical decimal is a JSON number */
    else if (value->kind == GA_VALUE_TEXT)
        add_text(json, value->text);
    else if (value->kind == GA_VALUE_INTEGER)
        ga_str_add(json, GA_NUM(value->integer));
    else
        ga_str_add(json, "null");
}

static void add_row(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_str *json)
{
    for (size_t f = 0; f < place->repeat->fields.count; f++) {
        const struct ga_field *field = &place->repeat->fields.items[f];
        const struct ga_answer *answer = &place->row->answers[f];
        if (answer->state != GA_ANSWERED || !ga_rule_shows(rules, place, field))
            continue; /* json_extract gives NULL for what is not there */
        ga_str_addf(json, "%s\"%s\":", json->data[json->len - 1] == '{' ? "" : ",", field->name);
        add_value(json, field, &answer->value);
    }
}

void ga_rule_rows_json(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *repeat,
                       struct ga_str *out)
{
    const struct ga_rows *rows = &place->record->repeats[repeat->index];
    const struct ga_rule_place top = {.record = place->record, .child = place->child};
    const bool is_shown = ga_rule_shows(rules, &top, repeat);
    ga_str_add_char(out, '[');
    for (size_t i = 0, written = 0; is_shown && i < rows->count; i++) {
        if (rows->rows[i].is_gone)
            continue;
        const struct ga_rule_place of_row = {
            .record = place->record, .child = place->child, .row = &rows->rows[i], .repeat = repeat};
        ga_str_add(out, written++ > 0 ? ",{" : "{");
        add_row(rules, &of_row, out);
        ga_str_add_char(out, '}');
    }
    ga_str_add_char(out, ']');
}
