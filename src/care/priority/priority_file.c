/* Reads the file of the three priorities. */
#include "priority/priority_inner.h"

#include "expression.h"
#include "guanai/base/alloc.h"

#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 40, RULE_CHARS = 2000, NAME_CHARS = 70, WEIGHT_MAX = 1000 };

static const struct ga_yaml_row source_rows[] = {
    {"form", GA_YAML_TEXT_AT, ROW(ga_priority_source, form), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("a form whose records count")},
    {"day", GA_YAML_TEXT_AT, ROW(ga_priority_source, on), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its date field that says when it was done")},
    {"by", GA_YAML_TEXT_AT, ROW(ga_priority_source, by), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its field that says who did it")},
    {"children", GA_YAML_TEXT_AT, ROW(ga_priority_source, children), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its repeat whose rows name the children, when the form is not `of: child`")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_priority_source, when), .max = RULE_CHARS,
     .doc = GA_N_("over its fields: true counts; unless said, every record does")},
    {"row", GA_YAML_TEXT_AT, ROW(ga_priority_source, row), .max = RULE_CHARS,
     .doc = GA_N_("over the fields of such a row: true counts; unless said, every row does")},
    {"times", GA_YAML_TEXT_AT, ROW(ga_priority_source, times), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("the whole-number field of the row, else of the record, that says how many turns it was")},
    {"asked_on", GA_YAML_TEXT_AT, ROW(ga_priority_source, asked_on), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its date field that says when the left-behind were asked first")},
    {"seats", GA_YAML_TEXT_AT, ROW(ga_priority_source, seats), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its whole-number field with the seats there were")},
    {"others", GA_YAML_TEXT_AT, ROW(ga_priority_source, others), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its whole-number field with those who took part and are not named")},
    {0},
};
static const struct ga_yaml_schema source_schema = {GA_N_("records"), sizeof(struct ga_priority_source), source_rows,
                                                    GA_N_("which records are a turn")};

static const struct ga_yaml_row need_rows[] = {
    {"label", GA_YAML_LABEL, ROW(ga_priority_need, label), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("how the reason is told")},
    {"weight", GA_YAML_INTEGER, ROW(ga_priority_need, weight), GA_YAML_REQUIRED, .min = -WEIGHT_MAX, .max = WEIGHT_MAX,
     .doc = GA_N_("what it weighs; below 0 it puts the child back")},
    {"form", GA_YAML_TEXT_AT, ROW(ga_priority_need, form), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("asked of the child's newest record of this form; unless said, of the child")},
    {"day", GA_YAML_TEXT_AT, ROW(ga_priority_need, on), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("the date field of that form that says which is newest")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_priority_need, when), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("true: the child needs it")},
    {0},
};
static const struct ga_yaml_schema need_schema = {GA_N_("needs"), sizeof(struct ga_priority_need), need_rows,
                                                  GA_N_("why a child comes before others")};

static const struct ga_yaml_row priority_rows[] = {
    {"name", GA_YAML_TEXT_AT, ROW(ga_priority, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its id: for ever")},
    {"title", GA_YAML_LABEL, ROW(ga_priority, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"target", GA_YAML_INTEGER, ROW(ga_priority, target), .min = 0, .max = 100, .preset = 1,
     .doc = GA_N_("how many turns a child is to have in a month")},
    {"records", GA_YAML_STRUCTS, ROW(ga_priority, records), GA_YAML_REQUIRED | GA_YAML_LONE,
     .max = GA_PRIORITY_SOURCES_MAX, .schema = &source_schema, .doc = GA_N_("which records are a turn")},
    {0},
};
static const struct ga_yaml_schema priority_schema = {GA_N_("priorities"), sizeof(struct ga_priority), priority_rows,
                                                      GA_N_("one of the priorities")};

static const struct ga_yaml_row rows[] = {
    {"priorities", GA_YAML_TEXT, ROW(ga_priorities, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the file's id")},
    {"version", GA_YAML_INTEGER, ROW(ga_priorities, version), GA_YAML_REQUIRED, .min = 1, .max = 1000000,
     .doc = GA_N_("rises whenever the content changes")},
    {"title", GA_YAML_LABEL, ROW(ga_priorities, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"who", GA_YAML_TEXT_AT, ROW(ga_priorities, who), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("over the child: only who fits stands on the board")},
    {"share", GA_YAML_TEXT_AT, ROW(ga_priorities, share), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("over the child: whose share of each occasion is shown")},
    {"needs", GA_YAML_STRUCTS, ROW(ga_priorities, needs), .max = GA_PRIORITY_NEEDS_MAX, .schema = &need_schema,
     .doc = GA_N_("why a child comes before others")},
    {"days_weight", GA_YAML_INTEGER, ROW(ga_priorities, days_weight), .min = 0, .max = WEIGHT_MAX, .preset = 1,
     .doc = GA_N_("what a school day since the last turn weighs")},
    {"days_max", GA_YAML_INTEGER, ROW(ga_priorities, days_max), .min = 0, .max = WEIGHT_MAX, .preset = 60,
     .doc = GA_N_("more school days than that weigh as that many")},
    {"missing_weight", GA_YAML_INTEGER, ROW(ga_priorities, missing_weight), .min = 0, .max = WEIGHT_MAX, .preset = 20,
     .doc = GA_N_("what each turn weighs that the month's target lacks")},
    {"list", GA_YAML_STRUCTS, ROW(ga_priorities, priorities), GA_YAML_REQUIRED, .max = GA_PRIORITIES_MAX,
     .schema = &priority_schema, .doc = GA_N_("the priorities, in the order of the board")},
    {"reached", GA_YAML_STRUCTS, ROW(ga_priorities, reached), .max = GA_PRIORITY_SOURCES_MAX, .schema = &source_schema,
     .doc = GA_N_("which records are a contact with the child's home")},
    {NULL, GA_YAML_PLACE, ROW(ga_priorities, at)},
    {0},
};
static const struct ga_yaml_schema schema = {GA_N_("priorities"), sizeof(struct ga_priorities), rows,
                                             GA_N_("the three priorities: forms/priorities/NAME.yaml")};

void ga_priority_set_init(struct ga_priority_set *set)
{
    *set = (struct ga_priority_set){0};
}

void ga_priority_set_finish(struct ga_priority_set *set)
{
    ga_arena_finish(&set->arena);
    *set = (struct ga_priority_set){0};
}

/* Of two folders the upper one's is meant, of one folder there is one. */
static void take(struct ga_priority_set *set, const struct ga_priorities *rule, size_t *item_layer, size_t layer,
                 struct ga_problems *problems)
{
    if (set->item != NULL && *item_layer < layer)
        return;
    if (set->item != NULL && *item_layer == layer) {
        ga_message_set(&ga_problems_add(problems, GA_FAULT, rule->file, rule->at.line, rule->at.column)->what,
                       "the priorities stand in another file already: '%1'", set->item->file);
        return;
    }
    set->item = rule;
    *item_layer = layer;
}

enum ga_rc ga_priorities_take_text(struct ga_priority_set *set, size_t layer, const struct ga_definitions *definitions,
                                   struct ga_expressions *expressions, const char *file, const struct ga_str *text,
                                   struct ga_problems *problems)
{
    const size_t faults = problems->faults;
    struct ga_priorities *rule = ga_arena_alloc(&set->arena, sizeof(*rule));
    ga_yaml_load(&schema, ga_str_text(text), text->len, file, &set->arena, rule, problems);
    rule->file = ga_arena_strdup(&set->arena, file);
    ga_priorities_check(rule, definitions, expressions, problems);
    if (problems->faults == faults)
        take(set, rule, &set->layer, layer, problems);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

enum ga_rc ga_priorities_read_text(struct ga_priority_set *set, struct ga_forms *forms,
                                   const struct ga_definitions *definitions, const char *file, const char *text,
                                   size_t len, struct ga_problems *problems)
{
    struct ga_expressions expressions;
    struct ga_str whole = {0};
    ga_str_add_bytes(&whole, text, len);
    ga_expressions_open(&expressions, forms);
    enum ga_rc rc = ga_priorities_take_text(set, 0, definitions, &expressions, file, &whole, problems);
    ga_expressions_close(&expressions);
    ga_str_finish(&whole);
    return rc;
}

void ga_priorities_content(const struct ga_priorities *rule, struct ga_str *out)
{
    ga_yaml_pack_content(&schema, rule, out);
}
