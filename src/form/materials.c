/* Reads which papers an inspection asks for. */
#include "guanai/form/materials.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum { LABEL_CHARS = 40, NAME_CHARS = 70 };

static const struct ga_yaml_choice every_choices[] = {
    {"month", GA_EVERY_MONTH, GA_N_("each month of lessons")},
    {"term", GA_EVERY_TERM, GA_N_("each term")},
    {0},
};

static const struct ga_yaml_choice per_choices[] = {
    {"school", GA_PER_THE_SCHOOL, GA_N_("the school")},
    {"class", GA_PER_EACH_CLASS, GA_N_("each class")},
    {0},
};

static const struct ga_yaml_row material_rows[] = {
    {"duties", GA_YAML_BOOL, ROW(ga_material, is_duties), .doc = GA_N_("true: a line for every duty in force")},
    {"signatures", GA_YAML_BOOL, ROW(ga_material, is_signatures),
     .doc = GA_N_("true: how many classes' months are signed")},
    {"form", GA_YAML_TEXT_AT, ROW(ga_material, form), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("a form whose records are counted")},
    {"day", GA_YAML_TEXT_AT, ROW(ga_material, day), GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("its date field by which they are counted")},
    {"title", GA_YAML_LABEL, ROW(ga_material, title), GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called; unless said, as the form")},
    {"every", GA_YAML_ENUM, ROW(ga_material, every), .choices = every_choices,
     .doc = GA_N_("how often at least one must be there; unless said, never")},
    {"per", GA_YAML_ENUM, ROW(ga_material, per), .choices = per_choices,
     .doc = GA_N_("of whom it must be there; unless said, of the school")},
    {.type = GA_YAML_PLACE, ROW(ga_material, at)},
    {0},
};
static const struct ga_yaml_schema material_schema = {GA_N_("material"), sizeof(struct ga_material), material_rows,
                                                      GA_N_("a kind of paper that is kept")};

static const struct ga_yaml_row rows[] = {
    {"materials", GA_YAML_TEXT, ROW(ga_materials, name), GA_YAML_REQUIRED | GA_YAML_NAME, .max = NAME_CHARS,
     .doc = GA_N_("the file's id")},
    {"title", GA_YAML_LABEL, ROW(ga_materials, title), GA_YAML_REQUIRED | GA_YAML_BOTH, .max = LABEL_CHARS,
     .doc = GA_N_("what it is called")},
    {"rows", GA_YAML_STRUCTS, ROW(ga_materials, rows), GA_YAML_REQUIRED, .max = GA_MATERIALS_MAX,
     .schema = &material_schema, .doc = GA_N_("the kinds of paper, from the top")},
    {0},
};
static const struct ga_yaml_schema schema = {GA_N_("papers for an inspection"), sizeof(struct ga_materials), rows,
                                             GA_N_("what an inspection asks for, a row a kind of paper")};

struct checking {
    struct ga_forms *forms;
    const struct ga_materials *materials;
    struct ga_problems *problems;
};

void ga_materials_init(struct ga_materials_set *set)
{
    *set = (struct ga_materials_set){0};
    ga_arena_init(&set->arena);
}

void ga_materials_finish(struct ga_materials_set *set)
{
    ga_arena_finish(&set->arena);
}

static struct ga_problem *add_at(const struct checking *c, enum ga_severity severity, const struct ga_yaml_at *at)
{
    return ga_problems_add(c->problems, severity, c->materials->file, at->line, at->column);
}

static bool is_date(const struct ga_field *field)
{
    return field != NULL && field->parent == NULL && strcmp(field->type->name, "date") == 0;
}

static void check_day(const struct checking *c, const struct ga_material *row)
{
    struct ga_yaml_guess guess;
    if (is_date(ga_form_field(row->of, row->day.text)))
        return;
    struct ga_problem *problem = add_at(c, GA_FAULT, &row->day.at);
    ga_message_set(&problem->what, "form '%1' has no date '%2'", row->of->name, row->day.text);
    ga_yaml_guess_start(&guess, row->day.text);
    for (size_t i = 0; i < row->of->all_count; i++)
        if (is_date(row->of->all[i]))
            ga_yaml_guess_offer(&guess, row->of->all[i]->name);
    if (guess.best != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
}

static bool names_children(const struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++)
        for (size_t k = 0; k < form->all[i]->fields.count; k++)
            if (ga_str_equal(form->all[i]->fields.items[k].of.text, "child"))
                return true;
    return ga_str_equal(form->of.text, "child");
}

static void check_row(const struct checking *c, struct ga_material *row)
{
    const bool is_form = row->form.text != NULL;
    if (row->is_duties + row->is_signatures + is_form != 1) {
        ga_message_set(&add_at(c, GA_FAULT, &row->at)->what, "a row is one of duties, signatures, form");
        return;
    }
    if (!is_form)
        return;
    row->of = ga_forms_get(c->forms, row->form.text, NULL);
    if (row->of == NULL)
        ga_message_set(&add_at(c, GA_NOTE, &row->form.at)->what, "form '%1' is not installed: it is not offered", row->form.text);
    else if (row->day.text == NULL)
        ga_message_set(&add_at(c, GA_FAULT, &row->at)->what, "a form needs the key 'day': the date by which its records are counted");
    else
        check_day(c, row);
    if (row->of != NULL && row->per == GA_PER_EACH_CLASS && !names_children(row->of))
        ga_message_set(&add_at(c, GA_FAULT, &row->at)->what, "records of form '%1' name no children: nobody can tell of which class they are", row->of->name);
}

enum ga_rc ga_materials_read_text(struct ga_materials_set *set, struct ga_forms *forms, size_t layer, const char *file,
                                  const char *text, size_t len, struct ga_problems *problems)
{
    const size_t faults = problems->faults;
    struct ga_materials *materials = ga_arena_alloc(&set->arena, sizeof(*materials));
    const struct checking c = {.forms = forms, .materials = materials, .problems = problems};
    const struct ga_yaml_at top = {1, 1};
    ga_yaml_load(&schema, ga_arena_strndup(&set->arena, text, len), len, file, &set->arena, materials, problems);
    materials->file = ga_arena_strdup(&set->arena, file);
    for (size_t i = 0; i < materials->rows.count; i++)
        check_row(&c, &materials->rows.items[i]);
    if (problems->faults == faults && set->item != NULL && set->layer == layer)
        ga_message_set(&add_at(&c, GA_FAULT, &top)->what, "there is more than one file of materials");
    if (problems->faults != faults)
        return GA_REFUSED;
    if (set->item == NULL || layer < set->layer) {
        set->item = materials;
        set->layer = layer;
    }
    return GA_OK;
}

struct reading {
    struct ga_materials_set *set;
    struct ga_forms *forms;
    struct ga_problems *problems;
};

static void take_file(void *ctx, const struct ga_folder_file *file, const struct ga_str *text)
{
    const struct reading *r = ctx;
    ga_materials_read_text(r->set, r->forms, file->layer, file->path, ga_str_text(text), text->len, r->problems);
}

enum ga_rc ga_materials_read_folders(struct ga_materials_set *set, struct ga_forms *forms, const struct ga_io_ops *io,
                                     const struct ga_folders *folders, struct ga_problems *problems)
{
    struct reading r = {.set = set, .forms = forms, .problems = problems};
    return ga_folders_read(folders, io, GA_MATERIALS_FOLDER, GA_YAML_FILE_BYTES_MAX, &set->arena, problems, take_file, &r);
}
