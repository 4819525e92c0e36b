/* Reads duties from YAML files. */
#include "expression.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 60, WHY_CHARS = 300, RULE_CHARS = 2000, NAME_CHARS = 70 };

static const struct ga_yaml_choice per_choices[] = {
    {"child", GA_PER_CHILD, GA_N_("each child owes it")},
    {"class", GA_PER_CLASS, GA_N_("each class owes it")},
    {"site", GA_PER_SITE, GA_N_("each site owes it")},
    {"school", GA_PER_SCHOOL, GA_N_("the school owes it")},
    {"room", GA_PER_ROOM, GA_N_("each site with a home room owes it")},
    {0},
};
static const struct ga_yaml_choice owner_choices[] = {
    {"proxy", GA_OWNER_PROXY, GA_N_("the child's proxy parent, without one the class teacher")},
    {"class", GA_OWNER_CLASS, GA_N_("the class teacher")},
    {"headteacher", GA_OWNER_HEADTEACHER, GA_N_("the headteacher")},
    {"counsellor", GA_OWNER_COUNSELLOR, GA_N_("the counsellor")},
    {"clerk", GA_OWNER_CLERK, GA_N_("the clerk")},
    {"plan", GA_OWNER_PLAN, GA_N_("who is named in the child's open care plan, without one as proxy")},
    {0},
};
static const struct ga_yaml_choice period_choices[] = {
    {"week", GA_PERIOD_WEEK, GA_N_("each week, Monday to Sunday")},
    {"month", GA_PERIOD_MONTH, GA_N_("each month")},
    {"term", GA_PERIOD_TERM, GA_N_("each term")},
    {"phase", GA_PERIOD_PHASE, GA_N_("in the phases named in `of`")},
    {"year", GA_PERIOD_YEAR, GA_N_("each school year")},
    {"festival", GA_PERIOD_FESTIVAL, GA_N_("around the festivals named in `of`")},
    {"every", GA_PERIOD_EVERY, GA_N_("so many `days` after it was done last")},
    {"after", GA_PERIOD_AFTER, GA_N_("within so many `days` after the `event`")},
    {0},
};

static const struct ga_yaml_row done_rows[] = {
    {"form", GA_YAML_TEXT_AT, ROW(ga_duty_done, form), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("a form whose records close the duty")},
    {"day", GA_YAML_TEXT_AT, ROW(ga_duty_done, on), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its date field that says when it was done")},
    {"children", GA_YAML_TEXT_AT, ROW(ga_duty_done, children), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its repeat whose rows name the children, when the form is not `of: child`")},
    {"class", GA_YAML_TEXT_AT, ROW(ga_duty_done, class), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its field that names the class, for duties of a class")},
    {"site", GA_YAML_TEXT_AT, ROW(ga_duty_done, site), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its field that names the site, for duties of a site")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_duty_done, when), .max = RULE_CHARS,
     .doc = GA_N_("over its fields: true closes the duty; unless said, every record does")},
    {"tried", GA_YAML_TEXT_AT, ROW(ga_duty_done, tried), .max = RULE_CHARS,
     .doc = GA_N_("over its fields: true is a try, which is counted and closes nothing")},
    {0},
};
static const struct ga_yaml_schema done_schema = {GA_N_("done_by"), sizeof(struct ga_duty_done), done_rows,
                                                  GA_N_("which records close a duty")};

static const struct ga_yaml_row duty_rows[] = {
    {"duty", GA_YAML_TEXT, ROW(ga_duty, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the duty's id: for ever")},
    {"version", GA_YAML_INTEGER, ROW(ga_duty, version), GA_YAML_REQUIRED, .min = 1, .max = 1000000,
     .doc = GA_N_("rises whenever the content changes")},
    {"order", GA_YAML_INTEGER, ROW(ga_duty, order), .min = 1, .max = 1000, .preset = 100,
     .doc = GA_N_("where it stands among the others, from the lowest")},
    {"title", GA_YAML_LABEL, ROW(ga_duty, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"why", GA_YAML_LABEL, ROW(ga_duty, why), GA_YAML_BOTH, .max = WHY_CHARS,
     .doc = GA_N_("whose rule it is, in a sentence")},
    {"starts", GA_YAML_BOOL, ROW(ga_duty, is_starting),
     .doc = GA_N_("true: in force in a new school until the headteacher says otherwise")},
    {"away", GA_YAML_BOOL, ROW(ga_duty, goes_on_away),
     .doc = GA_N_("true: owed of a child that is away for a while, too")},
    {"per", GA_YAML_ENUM, ROW(ga_duty, per), GA_YAML_REQUIRED, .preset = -1, .choices = per_choices,
     .doc = GA_N_("what it is owed for each of")},
    {"owner", GA_YAML_ENUM, ROW(ga_duty, owner), .preset = GA_OWNER_UNSAID, .choices = owner_choices,
     .doc = GA_N_("who owes it")},
    {"when", GA_YAML_TEXT_AT, ROW(ga_duty, when), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("over the child: only true owes")},
    {"period", GA_YAML_ENUM, ROW(ga_duty, often.period), GA_YAML_REQUIRED, .preset = -1, .choices = period_choices,
     .doc = GA_N_("how often")},
    {"of", GA_YAML_TEXTS, ROW(ga_duty, often.of), GA_YAML_NAME | GA_YAML_LONE, .max = GA_DUTY_OF_MAX,
     .doc = GA_N_("which phases or festivals")},
    {"days", GA_YAML_INTEGER, ROW(ga_duty, often.days), .min = 1, .max = 400, .preset = -1,
     .doc = GA_N_("how many days, with period: every and after")},
    {"before", GA_YAML_INTEGER, ROW(ga_duty, often.before), .min = 0, .max = 60, .preset = -1,
     .doc = GA_N_("so many days earlier it may be done")},
    {"after", GA_YAML_INTEGER, ROW(ga_duty, often.after), .min = 0, .max = 60, .preset = -1,
     .doc = GA_N_("so many days behind a festival belong to it")},
    {"grace", GA_YAML_INTEGER, ROW(ga_duty, often.grace), .min = 0, .max = 60, .preset = -1,
     .doc = GA_N_("so many days it may still be done, late")},
    {"stays", GA_YAML_BOOL, ROW(ga_duty, often.is_staying),
     .doc = GA_N_("true, with period: after, in place of grace: late until it is done or excused")},
    {"holidays", GA_YAML_BOOL, ROW(ga_duty, often.is_in_holidays),
     .doc = GA_N_("true: goes on in holidays, too")},
    {"event", GA_YAML_TEXT_AT, ROW(ga_duty, event), .max = RULE_CHARS,
     .doc = GA_N_("period: after: FORM.FIELD, or an expression over the child that gives the day")},
    {"count", GA_YAML_INTEGER, ROW(ga_duty, count), .min = 1, .max = 100, .preset = 1,
     .doc = GA_N_("how many are owed each time")},
    {"done_by", GA_YAML_STRUCTS, ROW(ga_duty, done_by), GA_YAML_REQUIRED | GA_YAML_LONE, .max = GA_DUTY_FORMS_MAX,
     .schema = &done_schema, .doc = GA_N_("which records close it")},
    {NULL, GA_YAML_PLACE, ROW(ga_duty, at)},
    {0},
};
static const struct ga_yaml_schema duty_schema = {GA_N_("duty"), sizeof(struct ga_duty), duty_rows,
                                                  GA_N_("what is owed: forms/duties/NAME.yaml")};

void ga_duties_init(struct ga_duties *set)
{
    *set = (struct ga_duties){0};
}

void ga_duties_finish(struct ga_duties *set)
{
    ga_arena_finish(&set->arena);
    *set = (struct ga_duties){0};
}

int ga_duties_find(const struct ga_duties *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i]->name, name) == 0)
            return (int)i;
    return -1;
}

static bool stands_before(const struct ga_duty *a, const struct ga_duty *b)
{
    return a->order != b->order ? a->order < b->order : strcmp(a->name, b->name) < 0;
}

static void take(struct ga_duties *set, const struct ga_duty *duty, struct ga_problems *problems)
{
    const int same = ga_duties_find(set, duty->name);
    if (same >= 0 && set->items[same]->layer < duty->layer)
        return; /* the upper folder's is meant */
    if (same >= 0 || set->count == GA_DUTIES_MAX) {
        struct ga_problem *problem = ga_problems_add(problems, GA_FAULT, duty->file, duty->at.line, duty->at.column);
        if (set->count == GA_DUTIES_MAX)
            ga_message_set(&problem->what, "there are more than %1 duties", GA_NUM(GA_DUTIES_MAX));
        else
            ga_message_set(&problem->what, "there are two duties '%1'", duty->name);
        return;
    }
    size_t i = set->count++;
    for (; i > 0 && stands_before(duty, set->items[i - 1]); i--)
        set->items[i] = set->items[i - 1];
    set->items[i] = duty;
}

enum ga_rc ga_duties_take_text(struct ga_duties *set, const struct ga_definitions *definitions,
                               struct ga_expressions *expressions, const char *file, const struct ga_str *text,
                               struct ga_problems *problems)
{
    const size_t faults = problems->faults;
    struct ga_duty *duty = ga_arena_alloc(&set->arena, sizeof(*duty));
    ga_yaml_load(&duty_schema, ga_str_text(text), text->len, file, &set->arena, duty, problems);
    duty->file = ga_arena_strdup(&set->arena, file);
    duty->layer = set->layer;
    ga_duty_check(duty, definitions, expressions, &set->arena, problems);
    if (problems->faults == faults)
        take(set, duty, problems);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

enum ga_rc ga_duties_read_text(struct ga_duties *set, struct ga_forms *forms, const struct ga_definitions *definitions,
                               const char *file, const char *text, size_t len, struct ga_problems *problems)
{
    struct ga_expressions expressions;
    struct ga_str whole = {0};
    ga_str_add_bytes(&whole, text, len);
    ga_expressions_open(&expressions, forms);
    enum ga_rc rc = ga_duties_take_text(set, definitions, &expressions, file, &whole, problems);
    ga_expressions_close(&expressions);
    ga_str_finish(&whole);
    return rc;
}

void ga_duty_content(const struct ga_duty *duty, struct ga_str *out)
{
    ga_yaml_pack_content(&duty_schema, duty, out);
}
