/* Reads definitions of who counts from YAML files. */
#include "expression.h"

#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 60, SOURCE_CHARS = 300, RULE_CHARS = 2000 };

static const struct ga_yaml_row fact_rows[] = {
    {"when", GA_YAML_TEXT_AT, ROW(ga_definition_fact, when), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("a child in a difference falls under the first reason that is true")},
    {"label", GA_YAML_LABEL, ROW(ga_definition_fact, label), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("the reason in words")},
    {0},
};
static const struct ga_yaml_schema fact_schema = {
    GA_N_("reason"), sizeof(struct ga_definition_fact), fact_rows, GA_N_("a reason why two definitions differ")};

static const struct ga_yaml_row asked_rows[] = {
    {"field", GA_YAML_TEXT_AT, ROW(ga_definition_asked, field), GA_YAML_REQUIRED, .max = 40,
     .doc = GA_N_("a field of the child's file")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_definition_asked, when), .max = RULE_CHARS,
     .doc = GA_N_("asked for when this is true; unless said, when the field is empty")},
    {0},
};
static const struct ga_yaml_schema asked_schema = {GA_N_("gap"), sizeof(struct ga_definition_asked), asked_rows,
                                                   GA_N_("what to fill in where it cannot be told")};

static const struct ga_yaml_row definition_rows[] = {
    {"definition", GA_YAML_TEXT, ROW(ga_definition, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the definition's id: for ever")},
    {"version", GA_YAML_INTEGER, ROW(ga_definition, version), GA_YAML_REQUIRED, .min = 1, .max = 1000000,
     .doc = GA_N_("rises whenever the content changes")},
    {"order", GA_YAML_INTEGER, ROW(ga_definition, order), .min = 1, .max = 1000, .preset = 100,
     .doc = GA_N_("where it stands among the others, from the lowest")},
    {"title", GA_YAML_LABEL, ROW(ga_definition, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"source", GA_YAML_LABEL, ROW(ga_definition, source), GA_YAML_BOTH, .max = SOURCE_CHARS,
     .doc = GA_N_("whose rule it is, as it is worded there")},
    {"names", GA_YAML_TEXT_MAP, ROW(ga_definition, names), GA_YAML_NAME, .max = GA_DEFINITION_NAMES_MAX,
     .doc = GA_N_("expressions by name, for those that stand below")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_definition, when), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("true: the child counts; false: it does not; NULL: it cannot be told")},
    {"facts", GA_YAML_STRUCTS, ROW(ga_definition, facts), .max = GA_DEFINITION_FACTS_MAX, .schema = &fact_schema,
     .doc = GA_N_("reasons that split a difference into lines, in order")},
    {"asks", GA_YAML_STRUCTS, ROW(ga_definition, asks), .max = GA_DEFINITION_ASKS_MAX, .schema = &asked_schema,
     .doc = GA_N_("what to fill in where it cannot be told, in order")},
    {NULL, GA_YAML_PLACE, ROW(ga_definition, at)},
    {0},
};
static const struct ga_yaml_schema definition_schema = {
    GA_N_("definition"), sizeof(struct ga_definition), definition_rows,
    GA_N_("who counts: forms/definitions/NAME.yaml")};

void ga_definitions_init(struct ga_definitions *set)
{
    *set = (struct ga_definitions){0};
}

void ga_definitions_finish(struct ga_definitions *set)
{
    ga_arena_finish(&set->arena);
    *set = (struct ga_definitions){0};
}

int ga_definitions_find(const struct ga_definitions *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i]->name, name) == 0)
            return (int)i;
    return -1;
}

static bool stands_before(const struct ga_definition *a, const struct ga_definition *b)
{
    return a->order != b->order ? a->order < b->order : strcmp(a->name, b->name) < 0;
}

static void take(struct ga_definitions *set, const struct ga_definition *definition, struct ga_problems *problems)
{
    const struct ga_yaml_at *at = &definition->at;
    const int same = ga_definitions_find(set, definition->name);
    if (same >= 0 && set->items[same]->layer < definition->layer)
        return; /* the upper folder's is meant */
    if (same >= 0 || set->count == GA_DEFINITIONS_MAX) {
        struct ga_problem *problem = ga_problems_add(problems, GA_FAULT, definition->file, at->line, at->column);
        if (set->count == GA_DEFINITIONS_MAX)
            ga_message_set(&problem->what, "there are more than %1 definitions", "8");
        else
            ga_message_set(&problem->what, "there are two definitions '%1'", definition->name);
        return;
    }
    size_t i = set->count++;
    for (; i > 0 && stands_before(definition, set->items[i - 1]); i--)
        set->items[i] = set->items[i - 1];
    set->items[i] = definition;
}

enum ga_rc ga_definitions_take_text(struct ga_definitions *set, struct ga_expressions *expressions, const char *file,
                                    const struct ga_str *text, struct ga_problems *problems)
{
    const size_t faults = problems->faults;
    struct ga_definition *definition = ga_arena_alloc(&set->arena, sizeof(*definition));
    ga_yaml_load(&definition_schema, ga_str_text(text), text->len, file, &set->arena, definition, problems);
    definition->file = ga_arena_strdup(&set->arena, file);
    definition->layer = set->layer;
    ga_definition_check(definition, expressions, problems);
    if (problems->faults == faults)
        take(set, definition, problems);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

enum ga_rc ga_definitions_read_text(struct ga_definitions *set, struct ga_forms *forms, const char *file,
                                    const char *text, size_t len, struct ga_problems *problems)
{
    struct ga_expressions expressions;
    struct ga_str whole = {0};
    ga_str_add_bytes(&whole, text, len);
    ga_expressions_open(&expressions, forms);
    enum ga_rc rc = ga_definitions_take_text(set, &expressions, file, &whole, problems);
    ga_expressions_close(&expressions);
    ga_str_finish(&whole);
    return rc;
}

void ga_definition_content(const struct ga_definition *definition, struct ga_str *out)
{
    ga_yaml_pack_content(&definition_schema, definition, out);
}
