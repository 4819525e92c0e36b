/* A schema as text for the authors of files. */
#include "inner.h"

#include "guanai/base/num.h"

#include <string.h>

enum { SCHEMAS_MAX = 64 };

struct explainer {
    enum ga_lang lang;
    struct ga_str *out;
    const struct ga_yaml_schema *tables[SCHEMAS_MAX]; /* told or to be told, each once */
    size_t tables_count;
};

static const char *const kind_words[] = {
    [GA_YAML_TEXT] = GA_N_("text"),
    [GA_YAML_TEXT_AT] = GA_N_("text"),
    [GA_YAML_BOOL] = GA_N_("true or false"),
    [GA_YAML_INTEGER] = GA_N_("whole number"),
    [GA_YAML_LABEL] = GA_N_("text, or {zh: …, en: …}"),
    [GA_YAML_TEXTS] = GA_N_("list of texts"),
    [GA_YAML_WORDS] = GA_N_("list of texts"),
    [GA_YAML_ENUM] = GA_N_("one of"),
    [GA_YAML_STRUCT] = GA_N_("mapping"),
    [GA_YAML_STRUCTS] = GA_N_("list of mappings"),
    [GA_YAML_MAP] = GA_N_("mapping of names to mappings"),
    [GA_YAML_TEXT_MAP] = GA_N_("mapping of names to texts"),
    [GA_YAML_NODE] = GA_N_("anything"),
};

static void note_table(struct explainer *explainer, const struct ga_yaml_schema *schema)
{
    for (size_t i = 0; i < explainer->tables_count; i++)
        if (explainer->tables[i] == schema)
            return;
    if (explainer->tables_count < SCHEMAS_MAX)
        explainer->tables[explainer->tables_count++] = schema;
}

static void tell_message(struct explainer *explainer, const struct ga_message *message)
{
    char words[GA_MESSAGE_BYTES];
    ga_str_add(explainer->out, ga_message_text(message, explainer->lang, words, sizeof(words)));
}

static void tell_bounds(struct explainer *explainer, const struct ga_yaml_row *row)
{
    struct ga_message message = {0};
    if (row->type == GA_YAML_INTEGER && (row->min != 0 || row->max != 0))
        ga_message_set(&message, ", %1 to %2", GA_NUM(row->min), GA_NUM(row->max));
    else if (row->type != GA_YAML_INTEGER && row->max > 0)
        ga_message_set(&message, ", at most %1 long", GA_NUM(row->max));
    if (message.id != NULL)
        tell_message(explainer, &message);
    if ((row->flags & GA_YAML_REQUIRED) != 0)
        ga_str_add(explainer->out, ga_tr(explainer->lang, ", required"));
    if ((row->flags & GA_YAML_NAME) != 0)
        ga_str_add(explainer->out, ga_tr(explainer->lang, ", a name: a–z, 0–9, _"));
}

static void tell_choices(struct explainer *explainer, const struct ga_yaml_choice *choice)
{
    for (const char *gap = " "; choice != NULL && choice->name != NULL; choice++, gap = " | ") {
        ga_str_add(explainer->out, gap);
        ga_str_add(explainer->out, choice->name);
    }
}

static void tell_choice_docs(struct explainer *explainer, const struct ga_yaml_choice *choice)
{
    for (; choice != NULL && choice->name != NULL; choice++)
        if (choice->doc != NULL)
            ga_str_addf(explainer->out, "      %s: %s\n", choice->name, ga_tr(explainer->lang, choice->doc));
}

static void tell_row(struct explainer *explainer, const struct ga_yaml_row *row)
{
    ga_str_addf(explainer->out, "  %s: ", row->key);
    ga_str_add(explainer->out, ga_tr(explainer->lang, kind_words[row->type]));
    tell_choices(explainer, row->choices);
    if (row->schema != NULL) {
        ga_str_addf(explainer->out, " → %s", ga_tr(explainer->lang, row->schema->name));
        note_table(explainer, row->schema);
    }
    tell_bounds(explainer, row);
    ga_str_add_char(explainer->out, '\n');
    if (row->doc != NULL)
        ga_str_addf(explainer->out, "      %s\n", ga_tr(explainer->lang, row->doc));
    tell_choice_docs(explainer, row->choices);
}

static void tell_table(struct explainer *explainer, const struct ga_yaml_schema *schema)
{
    ga_str_addf(explainer->out, "%s\n", ga_tr(explainer->lang, schema->name));
    if (schema->doc != NULL)
        ga_str_addf(explainer->out, "  %s\n", ga_tr(explainer->lang, schema->doc));
    for (const struct ga_yaml_row *row = schema->rows; row->type != GA_YAML_END; row++)
        if (row->key != NULL)
            tell_row(explainer, row);
}

void ga_yaml_explain(const struct ga_yaml_schema *schema, enum ga_lang lang, struct ga_str *out)
{
    struct explainer explainer = {.lang = lang, .out = out};
    note_table(&explainer, schema);
    for (size_t i = 0; i < explainer.tables_count; i++) {
        if (i > 0)
            ga_str_add_char(out, '\n');
        tell_table(&explainer, explainer.tables[i]);
    }
}
