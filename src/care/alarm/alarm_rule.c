/* Reads alarms from YAML files. */
#include "alarm/alarm_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 60, WHY_CHARS = 300, RULE_CHARS = 2000, NAME_CHARS = 70 };

static const struct ga_yaml_choice of_choices[] = {
    {"here", GA_ALARM_OF_HERE, GA_N_("children who are here today")},
    {"gone", GA_ALARM_OF_GONE, GA_N_("children who have left")},
    {"all", GA_ALARM_OF_ALL, GA_N_("both")},
    {0},
};

static const struct ga_yaml_choice urgency_choices[] = {
    {"now", GA_ALARM_NOW, GA_N_("the child may be in danger")},
    {"soon", GA_ALARM_SOON, GA_N_("somebody should go there soon")},
    {"watch", GA_ALARM_WATCH, GA_N_("to be seen to when one is there")},
    {0},
};

static const struct ga_yaml_row unless_rows[] = {
    {"form", GA_YAML_TEXT_AT, ROW(ga_alarm_unless, form), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("a form `of: child`")},
    {"names", GA_YAML_TEXT_AT, ROW(ga_alarm_unless, names), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its field that says which record it settles")},
    {"day", GA_YAML_TEXT_AT, ROW(ga_alarm_unless, on), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its date field: where it names no record it settles those up to that day")},
    {"from", GA_YAML_TEXT_AT, ROW(ga_alarm_unless, from), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("the date field of what is settled")},
    {0},
};
static const struct ga_yaml_schema unless_schema = {GA_N_("unless"), sizeof(struct ga_alarm_unless), unless_rows,
                                                    GA_N_("records of the child that settle others")};

static const struct ga_yaml_row record_rows[] = {
    {"name", GA_YAML_TEXT_AT, ROW(ga_alarm_records, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("what conditions call them; several forms may share a name")},
    {"form", GA_YAML_TEXT_AT, ROW(ga_alarm_records, form), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("a form `of: child`")},
    {"day", GA_YAML_TEXT_AT, ROW(ga_alarm_records, on), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its date field that counts; a record without that date does not")},
    {"time", GA_YAML_TEXT_AT, ROW(ga_alarm_records, time), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its field with the time of that day")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_alarm_records, when), .max = RULE_CHARS,
     .doc = GA_N_("over its fields: true counts; unless said, every record does")},
    {"ends", GA_YAML_TEXT_AT, ROW(ga_alarm_records, ends), .max = RULE_CHARS,
     .doc = GA_N_("over its fields: true wipes out what lies before it")},
    {"unless", GA_YAML_STRUCT, ROW(ga_alarm_records, unless), .schema = &unless_schema,
     .doc = GA_N_("a record does not count once one of these settles it")},
    {0},
};
static const struct ga_yaml_schema record_schema = {GA_N_("records"), sizeof(struct ga_alarm_records), record_rows,
                                                    GA_N_("which records an alarm looks at")};

static const struct ga_yaml_row say_rows[] = {
    {"when", GA_YAML_TEXT_AT, ROW(ga_alarm_say, when), .max = RULE_CHARS,
     .doc = GA_N_("the first that is true is said; unless said, always")},
    {"text", GA_YAML_LABEL, ROW(ga_alarm_say, text), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("why it stands; {since} {long} {number} are filled in")},
    {0},
};
static const struct ga_yaml_schema say_schema = {GA_N_("says"), sizeof(struct ga_alarm_say), say_rows,
                                                 GA_N_("why an alarm stands, in words")};

static const struct ga_yaml_row alarm_rows[] = {
    {"alarm", GA_YAML_TEXT, ROW(ga_alarm_rule, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the alarm's id: for ever")},
    {"version", GA_YAML_INTEGER, ROW(ga_alarm_rule, version), GA_YAML_REQUIRED, .min = 1, .max = 1000000,
     .doc = GA_N_("rises whenever the content changes")},
    {"order", GA_YAML_INTEGER, ROW(ga_alarm_rule, order), .min = 1, .max = 1000, .preset = 100,
     .doc = GA_N_("how urgent it is: the lowest comes first")},
    {"title", GA_YAML_LABEL, ROW(ga_alarm_rule, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"why", GA_YAML_LABEL, ROW(ga_alarm_rule, why), GA_YAML_BOTH, .max = WHY_CHARS,
     .doc = GA_N_("whose rule it is, in a sentence")},
    {"urgency", GA_YAML_ENUM, ROW(ga_alarm_rule, urgency), .since = 3, .choices = urgency_choices,
     .doc = GA_N_("whom a trip takes first: now before soon before watch; unless said, soon")},
    {"over", GA_YAML_LABEL, ROW(ga_alarm_rule, over), GA_YAML_BOTH, .max = WHY_CHARS, .since = 3,
     .doc = GA_N_("what ends it, in a sentence")},
    {"of", GA_YAML_ENUM, ROW(ga_alarm_rule, of), .preset = GA_ALARM_OF_HERE, .choices = of_choices,
     .doc = GA_N_("which children are asked about; unless said, those who are here")},
    {"records", GA_YAML_STRUCTS, ROW(ga_alarm_rule, records), GA_YAML_LONE, .max = GA_ALARM_RECORDS_MAX,
     .schema = &record_schema, .doc = GA_N_("which records it looks at")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_alarm_rule, when), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("over the child and the records: only true stands")},
    {"since", GA_YAML_TEXT_AT, ROW(ga_alarm_rule, since), .max = RULE_CHARS,
     .doc = GA_N_("the day it stands since")},
    {"since_field", GA_YAML_TEXT_AT, ROW(ga_alarm_rule, since_field), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("instead of `since`: the day on which this field of the child's file was last changed")},
    {"number", GA_YAML_TEXT_AT, ROW(ga_alarm_rule, number), .max = RULE_CHARS,
     .doc = GA_N_("a number that its texts show")},
    {"says", GA_YAML_STRUCTS, ROW(ga_alarm_rule, says), GA_YAML_LONE, .max = GA_ALARM_SAYS_MAX, .schema = &say_schema,
     .doc = GA_N_("why it stands, in words")},
    {"opens", GA_YAML_TEXT_AT, ROW(ga_alarm_rule, opens), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("what ends it: a form, a name of `records` for the newest of them, or child for the file")},
    {NULL, GA_YAML_PLACE, ROW(ga_alarm_rule, at)},
    {0},
};
static const struct ga_yaml_schema alarm_schema = {GA_N_("alarm"), sizeof(struct ga_alarm_rule), alarm_rows,
                                                   GA_N_("what must not wait: forms/alarms/NAME.yaml")};

void ga_alarm_rules_init(struct ga_alarm_rules *set)
{
    *set = (struct ga_alarm_rules){0};
}

void ga_alarm_rules_finish(struct ga_alarm_rules *set)
{
    ga_arena_finish(&set->arena);
    *set = (struct ga_alarm_rules){0};
}

int ga_alarm_rules_find(const struct ga_alarm_rules *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i]->name, name) == 0)
            return (int)i;
    return -1;
}

static bool stands_before(const struct ga_alarm_rule *a, const struct ga_alarm_rule *b)
{
    return a->order != b->order ? a->order < b->order : strcmp(a->name, b->name) < 0;
}

static void take(struct ga_alarm_rules *set, const struct ga_alarm_rule *rule, struct ga_problems *problems)
{
    const int same = ga_alarm_rules_find(set, rule->name);
    if (same >= 0 && set->items[same]->layer < rule->layer)
        return; /* the upper folder's is meant */
    if (same >= 0 || set->count == GA_ALARMS_MAX) {
        struct ga_problem *problem = ga_problems_add(problems, GA_FAULT, rule->file, rule->at.line, rule->at.column);
        if (set->count == GA_ALARMS_MAX)
            ga_message_set(&problem->what, "there are more than %1 alarms", GA_NUM(GA_ALARMS_MAX));
        else
            ga_message_set(&problem->what, "there are two alarms '%1'", rule->name);
        return;
    }
    size_t i = set->count++;
    for (; i > 0 && stands_before(rule, set->items[i - 1]); i--)
        set->items[i] = set->items[i - 1];
    set->items[i] = rule;
}

enum ga_rc ga_alarm_rules_take_text(struct ga_alarm_rules *set, const struct ga_definitions *definitions,
                                    struct ga_expressions *expressions, const char *file, const struct ga_str *text,
                                    struct ga_problems *problems)
{
    const size_t faults = problems->faults;
    struct ga_alarm_rule *rule = ga_arena_alloc(&set->arena, sizeof(*rule));
    ga_yaml_load(&alarm_schema, ga_str_text(text), text->len, file, &set->arena, rule, problems);
    rule->file = ga_arena_strdup(&set->arena, file);
    rule->layer = set->layer;
    ga_alarm_rule_check(rule, definitions, expressions, problems);
    if (problems->faults == faults)
        take(set, rule, problems);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

enum ga_rc ga_alarm_rules_read_text(struct ga_alarm_rules *set, struct ga_forms *forms,
                                    const struct ga_definitions *definitions, const char *file, const char *text,
                                    size_t len, struct ga_problems *problems)
{
    struct ga_expressions expressions;
    struct ga_str whole = {0};
    ga_str_add_bytes(&whole, text, len);
    ga_expressions_open(&expressions, forms);
    enum ga_rc rc = ga_alarm_rules_take_text(set, definitions, &expressions, file, &whole, problems);
    ga_expressions_close(&expressions);
    ga_str_finish(&whole);
    return rc;
}

void ga_alarm_rule_content(const struct ga_alarm_rule *rule, struct ga_str *out)
{
    ga_yaml_pack_content(&alarm_schema, rule, out);
}
