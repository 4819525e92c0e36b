/* The YAML keys of forms and lists, one row each. */
#include "schema.h"

#include "guanai/form/definition.h"

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 60, HINT_CHARS = 120, RULE_CHARS = 2000, ENTRIES = GA_FORM_FIELDS_MAX, AKA_MAX = 40 };

static const struct ga_yaml_choice protects[] = {
    {"public", GA_PROTECT_PUBLIC, GA_N_("everybody at this computer may see it")},
    {"ordinary", GA_PROTECT_ORDINARY, GA_N_("those who look after the child")},
    {"sensitive", GA_PROTECT_SENSITIVE, GA_N_("hidden until a key reveals it")},
    {"restricted", GA_PROTECT_RESTRICTED, GA_N_("only who wrote it and the counsellor; text only")},
    {NULL, 0, NULL},
};

static const struct ga_yaml_choice names[] = {
    {"somebody", GA_NAMES_SOMEBODY, GA_N_("it tells who somebody is: a county without names does not get it")},
    {"nobody", GA_NAMES_NOBODY, GA_N_("it tells of nobody who it is, though it is text")},
    {NULL, 0, NULL},
};

static const struct ga_yaml_choice requireds[] = {
    {"false", GA_REQUIRED_NO, GA_N_("may stay empty")},
    {"true", GA_REQUIRED_TRUE, GA_N_("always, on import too")},
    {"typing", GA_REQUIRED_TYPING, GA_N_("bars saving on screen; on import a gap that is listed")},
    {"answered", GA_REQUIRED_ANSWERED, GA_N_("always, and “unknown” is no answer")},
    {NULL, 0, NULL},
};

static const struct ga_yaml_choice prefills[] = {
    {"last", GA_PREFILL_LAST, GA_N_("what this user saved here last")},
    {NULL, 0, NULL},
};

static const struct ga_yaml_choice precisions[] = {
    {"day", GA_PRECISION_DAY, NULL},
    {"month", GA_PRECISION_MONTH, GA_N_("a year and month will do as well")},
    {NULL, 0, NULL},
};

static const struct ga_yaml_schema field_schema;

static const struct ga_yaml_row field_rows[] = {
    {"name", GA_YAML_TEXT, ROW(ga_field, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the field's id: for ever, lower case, no SQL keyword")},
    {"type", GA_YAML_TEXT_AT, ROW(ga_field, type_name), GA_YAML_REQUIRED, .max = 20,
     .doc = GA_N_("the kind of answer")},
    {"label", GA_YAML_LABEL, ROW(ga_field, label), GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what stands before the field")},
    {"hint", GA_YAML_LABEL, ROW(ga_field, hint), GA_YAML_BOTH, .max = HINT_CHARS,
     .doc = GA_N_("a line of help under the field")},
    {"aka", GA_YAML_TEXTS, ROW(ga_field, aka), GA_YAML_LONE, .max = AKA_MAX,
     .doc = GA_N_("other headings that rosters use for it")},
    {"aka_yes", GA_YAML_WORDS, ROW(ga_field, aka_yes), GA_YAML_LONE, .max = AKA_MAX, .since = 4,
     .doc = GA_N_("boolean: words of rosters that mean yes")},
    {"aka_no", GA_YAML_WORDS, ROW(ga_field, aka_no), GA_YAML_LONE, .max = AKA_MAX, .since = 4,
     .doc = GA_N_("boolean: words of rosters that mean no")},
    {"list", GA_YAML_TEXT_AT, ROW(ga_field, list_name), .max = 40, .doc = GA_N_("the list to choose from")},
    {"of", GA_YAML_TEXT_AT, ROW(ga_field, of), .max = 40, .doc = GA_N_("record: the form it names")},
    {"required", GA_YAML_ENUM, ROW(ga_field, required), .choices = requireds,
     .doc = GA_N_("when it must be answered")},
    {"relevant", GA_YAML_TEXT_AT, ROW(ga_field, relevant), .max = RULE_CHARS,
     .doc = GA_N_("shown only when this is true")},
    {"constraint", GA_YAML_TEXT_AT, ROW(ga_field, constraint), .max = RULE_CHARS,
     .doc = GA_N_("refused when this is false")},
    {"message", GA_YAML_LABEL, ROW(ga_field, message), GA_YAML_BOTH, .max = HINT_CHARS,
     .doc = GA_N_("what the constraint says")},
    {"warn", GA_YAML_TEXT_AT, ROW(ga_field, warn), .max = RULE_CHARS,
     .doc = GA_N_("asked about once when this is false")},
    {"warn_message", GA_YAML_LABEL, ROW(ga_field, warn_message), GA_YAML_BOTH, .max = HINT_CHARS,
     .doc = GA_N_("what the warning says")},
    {"default", GA_YAML_TEXT_AT, ROW(ga_field, default_value), .max = RULE_CHARS,
     .doc = GA_N_("fills a new record while typing, never an import")},
    {"import", GA_YAML_TEXT_AT, ROW(ga_field, import), .max = RULE_CHARS,
     .doc = GA_N_("fills an empty field of an imported row")},
    {"prefill", GA_YAML_ENUM, ROW(ga_field, prefill), .choices = prefills,
     .doc = GA_N_("starts with an earlier value")},
    {"calculation", GA_YAML_TEXT_AT, ROW(ga_field, calculation), .max = RULE_CHARS,
     .doc = GA_N_("computed at saving; nobody types it")},
    {"filter", GA_YAML_TEXT_AT, ROW(ga_field, filter), .max = RULE_CHARS,
     .doc = GA_N_("which choices are offered; choice.parent is the candidate")},
    {"group", GA_YAML_TEXT, ROW(ga_field, group), GA_YAML_NAME, .max = 40,
     .doc = GA_N_("fields that merge as one unit")},
    {"protect", GA_YAML_ENUM, ROW(ga_field, protect), .choices = protects, .preset = GA_PROTECT_UNSAID,
     .doc = GA_N_("who may see it; stricter than the form only")},
    {"names", GA_YAML_ENUM, ROW(ga_field, names), .choices = names, .since = 5,
     .doc = GA_N_("whether it tells who somebody is; texts, names, numbers of people do unless they say so")},
    {"retired", GA_YAML_BOOL, ROW(ga_field, is_retired), .doc = GA_N_("kept and readable, no longer asked")},
    {"verify", GA_YAML_BOOL, ROW(ga_field, is_typed_twice), .since = 1,
     .doc = GA_N_("a second person types it again, to find slips")},
    {"precision", GA_YAML_ENUM, ROW(ga_field, precision), .choices = precisions,
     .doc = GA_N_("date: month also takes a year and month")},
    {"ahead", GA_YAML_BOOL, ROW(ga_field, is_ahead), .since = 6,
     .doc = GA_N_("date: a deadline; typed without its year it is the next such day, not the nearer")},
    {"digits", GA_YAML_INTEGER, ROW(ga_field, digits), .min = 0, .max = 6, .preset = 2,
     .doc = GA_N_("decimal: places after the point")},
    {"max", GA_YAML_INTEGER, ROW(ga_field, max), .min = 2, .max = 10,
     .doc = GA_N_("scale without a list: from 1 to this")},
    {"fields", GA_YAML_STRUCTS, ROW(ga_field, fields), .max = ENTRIES, .schema = &field_schema,
     .doc = GA_N_("repeat: the fields of each row")},
    {NULL, GA_YAML_PLACE, ROW(ga_field, at)},
    {0},
};

static const struct ga_yaml_schema field_schema = {
    GA_N_("field"), sizeof(struct ga_field), field_rows, GA_N_("one question of a form")};

static const struct ga_yaml_row section_rows[] = {
    {"title", GA_YAML_LABEL, ROW(ga_section, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("the page's name")},
    {"fields", GA_YAML_STRUCTS, ROW(ga_section, fields), GA_YAML_REQUIRED, .max = ENTRIES,
     .schema = &field_schema, .doc = GA_N_("its questions in order")},
    {NULL, GA_YAML_PLACE, ROW(ga_section, at)},
    {0},
};

static const struct ga_yaml_schema section_schema = {
    GA_N_("section"), sizeof(struct ga_section), section_rows, GA_N_("a page of fields")};

static const struct ga_yaml_row then_rows[] = {
    {"when", GA_YAML_TEXT_AT, ROW(ga_then, when), GA_YAML_REQUIRED, .max = RULE_CHARS,
     .doc = GA_N_("offered when this is true")},
    {"open", GA_YAML_TEXT_AT, ROW(ga_then, open), .max = 40,
     .doc = GA_N_("the form that is offered, or child")},
    {"say", GA_YAML_LABEL, ROW(ga_then, say), GA_YAML_BOTH, .max = HINT_CHARS, .since = 2,
     .doc = GA_N_("what is said to whoever saved it")},
    {"section", GA_YAML_INTEGER, ROW(ga_then, section), .min = 1, .max = 40,
     .doc = GA_N_("the page it opens at")},
    {"field", GA_YAML_TEXT_AT, ROW(ga_then, field), .max = 40, .since = 1,
     .doc = GA_N_("its field that it opens at")},
    {"fill", GA_YAML_TEXT_MAP, ROW(ga_then, fill), .max = ENTRIES,
     .doc = GA_N_("its field: an expression over this record")},
    {NULL, GA_YAML_PLACE, ROW(ga_then, at)},
    {0},
};

static const struct ga_yaml_schema then_schema = {
    GA_N_("then"), sizeof(struct ga_then), then_rows, GA_N_("a form offered after saving")};

static const struct ga_yaml_row roles_rows[] = {
    {"read", GA_YAML_TEXTS, ROW(ga_form_roles, read), GA_YAML_LONE, .max = 10,
     .doc = GA_N_("who may read records")},
    {"write", GA_YAML_TEXTS, ROW(ga_form_roles, write), GA_YAML_LONE, .max = 10,
     .doc = GA_N_("who may write records")},
    {0},
};

static const struct ga_yaml_schema roles_schema = {
    GA_N_("roles"), sizeof(struct ga_form_roles), roles_rows, NULL};

static const struct ga_yaml_row form_rows[] = {
    {"form", GA_YAML_TEXT, ROW(ga_form, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the form's id: for ever")},
    {"version", GA_YAML_INTEGER, ROW(ga_form, version), GA_YAML_REQUIRED, .min = 1, .max = 1000000,
     .doc = GA_N_("rises whenever the content changes")},
    {"title", GA_YAML_LABEL, ROW(ga_form, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"of", GA_YAML_TEXT_AT, ROW(ga_form, of), .max = 40,
     .doc = GA_N_("child: each record belongs to a child")},
    {"summary", GA_YAML_TEXT_AT, ROW(ga_form, summary), .max = RULE_CHARS,
     .doc = GA_N_("one line that stands for a record in lists")},
    {"protect", GA_YAML_ENUM, ROW(ga_form, protect), .choices = protects, .preset = GA_PROTECT_UNSAID,
     .doc = GA_N_("who may see its records")},
    {"roles", GA_YAML_STRUCT, ROW(ga_form, roles), .schema = &roles_schema,
     .doc = GA_N_("who may read and write its records")},
    {"sections", GA_YAML_STRUCTS, ROW(ga_form, sections), .max = 20, .schema = &section_schema,
     .doc = GA_N_("its pages")},
    {"fields", GA_YAML_STRUCTS, ROW(ga_form, fields), .max = ENTRIES, .schema = &field_schema,
     .doc = GA_N_("its fields, when one page is enough")},
    {"then", GA_YAML_STRUCTS, ROW(ga_form, then), .max = 20, .schema = &then_schema,
     .doc = GA_N_("forms to offer after saving")},
    {"by_program", GA_YAML_BOOL, ROW(ga_form, is_by_program), .since = 1,
     .doc = GA_N_("the program writes its records itself; nobody is asked to fill it in")},
    {"a_year", GA_YAML_INTEGER, ROW(ga_form, a_year), .min = 0, .max = 400, .since = 3,
     .doc = GA_N_("about how many records a school year, for a child, a class or the school; told before it is switched on")},
    {"order", GA_YAML_INTEGER, ROW(ga_form, order), .min = 1, .max = 1000, .since = 7,
     .doc = GA_N_("where it stands among the others, from the lowest; without it behind them, by name")},
    {NULL, GA_YAML_PLACE, ROW(ga_form, at)},
    {0},
};

const struct ga_yaml_schema ga_form_schema = {
    GA_N_("form"), sizeof(struct ga_form), form_rows, GA_N_("a form: forms/NAME.yaml")};

static const struct ga_yaml_row choice_rows[] = {
    {"code", GA_YAML_TEXT, ROW(ga_choice, code), GA_YAML_REQUIRED, .max = 40,
     .doc = GA_N_("what is stored: lower case; a whole number in a list used by a scale")},
    {"label", GA_YAML_LABEL, ROW(ga_choice, label), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what is shown")},
    {"aka", GA_YAML_TEXTS, ROW(ga_choice, aka), GA_YAML_LONE, .max = AKA_MAX,
     .doc = GA_N_("other words that imports use for it")},
    {"parent", GA_YAML_TEXT, ROW(ga_choice, parent), .max = 40,
     .doc = GA_N_("cascading lists: the code this one belongs to")},
    {"exclusive", GA_YAML_BOOL, ROW(ga_choice, is_exclusive), .doc = GA_N_("excludes all the others")},
    {"retired", GA_YAML_BOOL, ROW(ga_choice, is_retired), .doc = GA_N_("readable, no longer offered")},
    {NULL, GA_YAML_PLACE, ROW(ga_choice, at)},
    {0},
};

static const struct ga_yaml_schema choice_schema = {
    GA_N_("choice"), sizeof(struct ga_choice), choice_rows, NULL};

static const struct ga_yaml_row list_rows[] = {
    {"list", GA_YAML_TEXT, ROW(ga_list, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the list's id")},
    {"choices", GA_YAML_STRUCTS, ROW(ga_list, choices), GA_YAML_REQUIRED, .max = GA_LIST_CHOICES_MAX,
     .schema = &choice_schema, .doc = GA_N_("in the order of use: digits 1–9 pick the first nine")},
    {NULL, GA_YAML_PLACE, ROW(ga_list, at)},
    {0},
};

const struct ga_yaml_schema ga_list_schema = {
    GA_N_("list"), sizeof(struct ga_list), list_rows, GA_N_("a word list: forms/lists/NAME.yaml")};
