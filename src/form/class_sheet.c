/* Reads class sheets from YAML files. */
#include "guanai/form/class_sheet.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/children.h"
#include "guanai/form/type.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 60, NAME_CHARS = 70 };

static const struct ga_yaml_row part_rows[] = {
    {"form", GA_YAML_TEXT_AT, ROW(ga_class_sheet_part, form), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("the form whose records these columns make")},
    {"fields", GA_YAML_TEXTS, ROW(ga_class_sheet_part, fields), GA_YAML_REQUIRED | GA_YAML_NAME,
     .max = GA_CLASS_SHEET_FIELDS_MAX, .doc = GA_N_("its fields that are columns at first; the day is the first of them")},
    {"more", GA_YAML_TEXTS, ROW(ga_class_sheet_part, more), GA_YAML_NAME, .max = GA_CLASS_SHEET_FIELDS_MAX,
     .doc = GA_N_("its fields that may be chosen as columns")},
    {.type = GA_YAML_PLACE, ROW(ga_class_sheet_part, at)},
    {0},
};
static const struct ga_yaml_schema part_schema = {GA_N_("part of a class sheet"), sizeof(struct ga_class_sheet_part), part_rows,
                                                  GA_N_("the columns of one form")};

static const struct ga_yaml_row sheet_rows[] = {
    {"sheet", GA_YAML_TEXT, ROW(ga_class_sheet, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the sheet's id: for ever")},
    {"order", GA_YAML_INTEGER, ROW(ga_class_sheet, order), .min = 1, .max = 1000, .preset = 100,
     .doc = GA_N_("where it stands among the others, from the lowest")},
    {"title", GA_YAML_LABEL, ROW(ga_class_sheet, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"forms", GA_YAML_STRUCTS, ROW(ga_class_sheet, forms), GA_YAML_REQUIRED, .max = GA_CLASS_SHEET_PARTS_MAX,
     .schema = &part_schema, .doc = GA_N_("the forms that stand side by side, from the left")},
    {.type = GA_YAML_PLACE, ROW(ga_class_sheet, at)},
    {0},
};
static const struct ga_yaml_schema sheet_schema = {GA_N_("class sheet"), sizeof(struct ga_class_sheet), sheet_rows,
                                                   GA_N_("several forms side by side, a row a child")};

struct checking {
    struct ga_forms *forms;
    const struct ga_class_sheet *sheet;
    struct ga_problems *problems;
};

void ga_class_sheets_init(struct ga_class_sheets *set)
{
    *set = (struct ga_class_sheets){0};
    ga_arena_init(&set->arena);
}

void ga_class_sheets_finish(struct ga_class_sheets *set)
{
    ga_arena_finish(&set->arena);
}

static struct ga_problem *add_at(const struct checking *c, enum ga_severity severity, const struct ga_yaml_at *at)
{
    return ga_problems_add(c->problems, severity, c->sheet->file, at->line, at->column);
}

static void say_no_field(const struct checking *c, const struct ga_form *form, const struct ga_yaml_text *name)
{
    struct ga_problem *problem = add_at(c, GA_FAULT, &name->at);
    struct ga_yaml_guess guess;
    ga_message_set(&problem->what, "form '%1' has no field '%2'", form->name, name->text);
    ga_yaml_guess_start(&guess, name->text);
    for (size_t i = 0; i < form->all_count; i++)
        ga_yaml_guess_offer(&guess, form->all[i]->name);
    if (guess.best != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
}

static bool can_be_column(const struct ga_field *field)
{
    const enum ga_storage storage = field->type->storage;
    return !field->is_retired && field->calculation.text == NULL && storage != GA_STORE_NOTHING && storage != GA_STORE_ROWS;
}

static void check_columns(const struct checking *c, const struct ga_form *form, const struct ga_yaml_text *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct ga_field *field = ga_form_field(form, names[i].text);
        if (field == NULL || field->parent != NULL)
            say_no_field(c, form, &names[i]);
        else if (!can_be_column(field))
            ga_message_set(&add_at(c, GA_FAULT, &names[i].at)->what, "'%1' cannot be a column", names[i].text);
    }
}

static bool names_field(const struct ga_class_sheet_part *part, const char *name)
{
    for (size_t i = 0; i < part->fields.count; i++)
        if (strcmp(part->fields.items[i].text, name) == 0)
            return true;
    for (size_t i = 0; i < part->more.count; i++)
        if (strcmp(part->more.items[i].text, name) == 0)
            return true;
    return false;
}

/* What nobody can type here and nothing fills beforehand could never be saved. */
static void check_needed(const struct checking *c, const struct ga_class_sheet_part *part, const struct ga_field *children)
{
    for (size_t i = 0; i < part->of->all_count; i++) {
        const struct ga_field *field = part->of->all[i];
        if (field == children || field->is_retired || field->required == GA_REQUIRED_NO ||
            field->default_value.text != NULL || field->calculation.text != NULL || names_field(part, field->name))
            continue;
        ga_message_set(&add_at(c, GA_FAULT, &part->at)->what, "'%1' must be filled in but is no column here", field->name);
    }
}

static void check_part(const struct checking *c, struct ga_class_sheet_part *part)
{
    const struct ga_field *children = NULL, *day;
    if (part->form.text == NULL || part->fields.count == 0)
        return;
    part->of = ga_forms_get(c->forms, part->form.text, NULL);
    if (part->of == NULL) {
        ga_message_set(&add_at(c, GA_NOTE, &part->form.at)->what, "form '%1' is not installed: it is not offered", part->form.text);
        return;
    }
    if (part->of->of.text == NULL)
        children = ga_form_children(part->of, NULL);
    if (!ga_str_equal(part->of->of.text, "child") && children == NULL)
        ga_message_set(&add_at(c, GA_FAULT, &part->form.at)->what, "the records of form '%1' are not about children", part->form.text);
    check_columns(c, part->of, part->fields.items, part->fields.count);
    check_columns(c, part->of, part->more.items, part->more.count);
    day = ga_form_field(part->of, part->fields.items[0].text);
    if (day != NULL && strcmp(day->type->name, "date") != 0)
        ga_message_set(&add_at(c, GA_FAULT, &part->fields.items[0].at)->what, "the first column is the day: '%1' is no date", day->name);
    check_needed(c, part, children);
}

const struct ga_class_sheet *ga_class_sheets_find(const struct ga_class_sheets *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i]->name, name) == 0)
            return set->items[i];
    return NULL;
}

static bool stands_before(const struct ga_class_sheet *a, const struct ga_class_sheet *b)
{
    return a->order != b->order ? a->order < b->order : strcmp(a->name, b->name) < 0;
}

static void take(struct ga_class_sheets *set, const struct checking *c)
{
    const struct ga_class_sheet *same = ga_class_sheets_find(set, c->sheet->name);
    if (same != NULL && same->layer < c->sheet->layer)
        return; /* the upper folder's is meant */
    if (same != NULL) {
        ga_message_set(&add_at(c, GA_FAULT, &c->sheet->at)->what, "there are two class sheets '%1'", c->sheet->name);
        return;
    }
    if (set->count == GA_CLASS_SHEETS_MAX) {
        ga_message_set(&add_at(c, GA_FAULT, &c->sheet->at)->what, "there are more than %1 class sheets", GA_NUM(GA_CLASS_SHEETS_MAX));
        return;
    }
    size_t i = set->count++;
    for (; i > 0 && stands_before(c->sheet, set->items[i - 1]); i--)
        set->items[i] = set->items[i - 1];
    set->items[i] = c->sheet;
}

enum ga_rc ga_class_sheets_read_text(struct ga_class_sheets *set, struct ga_forms *forms, const char *file,
                                     const char *text, size_t len, struct ga_problems *problems)
{
    const size_t faults = problems->faults;
    struct ga_class_sheet *sheet = ga_arena_alloc(&set->arena, sizeof(*sheet));
    const struct checking c = {.forms = forms, .sheet = sheet, .problems = problems};
    ga_yaml_load(&sheet_schema, ga_arena_strndup(&set->arena, text, len), len, file, &set->arena, sheet, problems);
    sheet->file = ga_arena_strdup(&set->arena, file);
    sheet->layer = set->layer;
    for (size_t i = 0; i < sheet->forms.count; i++)
        check_part(&c, &sheet->forms.items[i]);
    if (problems->faults == faults)
        take(set, &c);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

/* Files as they are read for forms check. */
struct reading {
    struct ga_class_sheets *set;
    struct ga_forms *forms;
    struct ga_problems *problems;
};

static void take_file(void *ctx, const struct ga_folder_file *file, const struct ga_str *text)
{
    const struct reading *r = ctx;
    r->set->layer = file->layer;
    ga_class_sheets_read_text(r->set, r->forms, file->path, ga_str_text(text), text->len, r->problems);
}

enum ga_rc ga_class_sheets_read_folders(struct ga_class_sheets *set, struct ga_forms *forms, const struct ga_io_ops *io,
                                        const struct ga_folders *folders, struct ga_problems *problems)
{
    struct reading r = {.set = set, .forms = forms, .problems = problems};
    return ga_folders_read(folders, io, GA_CLASS_SHEETS_FOLDER, GA_YAML_FILE_BYTES_MAX, &set->arena, problems, take_file, &r);
}
