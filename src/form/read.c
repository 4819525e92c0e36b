/* Reads forms and lists from YAML files. */
#include "guanai/base/num.h"
#include "guanai/form/forms.h"
#include "guanai/yaml/schema.h"
#include "link.h"
#include "schema.h"

#include <stdlib.h>
#include <string.h>

static void say_double(struct ga_problems *problems, const char *file, const struct ga_yaml_at *at,
                       const char *what, const char *name)
{
    ga_message_set(&ga_problems_add(problems, GA_FAULT, file, at->line, at->column)->what, what, name);
}

/* A school may keep its own form while the program's goes on: it is told what it misses. */
static void say_overtaken(struct ga_problems *problems, const struct ga_form *own, const struct ga_form *below)
{
    if (below->version <= own->version)
        return;
    struct ga_problem *problem = ga_problems_add(problems, GA_NOTE, own->file, own->at.line, own->at.column);
    ga_message_set(&problem->what, "form '%1' comes with the program in version %2 by now; this one, version %3, stays in force",
                   own->name, GA_NUM(below->version), GA_NUM(own->version));
    ga_message_set(&problem->hint, "take over what is new there under a still higher version, or take this file away");
}

static void add_form(struct ga_forms *forms, const struct ga_yaml_node *root, const char *file,
                     struct ga_problems *problems)
{
    struct ga_form *form = ga_arena_alloc(&forms->arena, sizeof(*form));
    ga_yaml_check(&ga_form_schema, root, file, &forms->arena, form, problems);
    form->file = ga_arena_strdup(&forms->arena, file);
    form->layer = forms->layer;
    if (form->name == NULL)
        return;
    const struct ga_form *first = ga_map_get(&forms->forms, form->name);
    if (first == NULL)
        ga_map_put(&forms->forms, form->name, form);
    else if (first->layer == form->layer)
        say_double(problems, file, &form->at, "there are two forms '%1'", form->name);
    else
        say_overtaken(problems, first, form);
}

static void add_list(struct ga_forms *forms, const struct ga_yaml_node *root, const char *file,
                     struct ga_problems *problems)
{
    struct ga_list *list = ga_arena_alloc(&forms->arena, sizeof(*list));
    ga_yaml_check(&ga_list_schema, root, file, &forms->arena, list, problems);
    list->file = ga_arena_strdup(&forms->arena, file);
    list->layer = forms->layer;
    if (list->name == NULL)
        return;
    const struct ga_list *first = ga_map_get(&forms->lists, list->name);
    if (first == NULL)
        ga_map_put(&forms->lists, list->name, list);
    else if (first->layer == list->layer)
        say_double(problems, file, &list->at, "there are two lists '%1'", list->name);
}

/* Nothing came of the file: what stands on it is not blamed for that. */
static void note_broken(struct ga_forms *forms, const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash == NULL ? file : slash + 1, *dot = strchr(name, '.');
    ga_map_put(&forms->broken, ga_arena_strndup(&forms->arena, name, dot == NULL ? strlen(name) : (size_t)(dot - name)),
               ga_arena_strdup(&forms->arena, file));
}

enum ga_rc ga_forms_read_text(struct ga_forms *forms, const char *file, const char *text, size_t len,
                              struct ga_problems *problems)
{
    const struct ga_yaml_node *root = NULL;
    const size_t faults = problems->faults;
    struct ga_arena tree = {0};
    ga_yaml_parse(text, len, file, &forms->arena, &tree, &root, problems);
    if (ga_yaml_get(root, "list") != NULL && ga_yaml_get(root, "form") == NULL)
        add_list(forms, root, file, problems);
    else if (root != NULL)
        add_form(forms, root, file, problems);
    else
        note_broken(forms, file);
    ga_arena_finish(&tree);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

static void read_one(struct ga_forms *forms, const struct ga_io_ops *io, const char *path,
                     struct ga_problems *problems)
{
    struct ga_str text = {0};
    struct ga_error err = {0};
    if (ga_io_read_file(io, path, GA_YAML_FILE_BYTES_MAX, &text, &err) == GA_OK)
        ga_forms_read_text(forms, path, ga_str_text(&text), text.len, problems);
    else {
        ga_problems_add(problems, GA_FAULT, path, 0, 0)->what = err.what;
        note_broken(forms, path);
    }
    ga_str_finish(&text);
}

/* What a file stands for must be in it, or it is missed by all that name it. */
static void say_missed(struct ga_problems *problems, const struct ga_folder_file *file, const char *name)
{
    struct ga_problem *problem = ga_problems_add(problems, GA_WARNING, file->path, 0, 0);
    ga_message_set(&problem->what, "this file stands for the program's %1, but holds no '%2'", file->name, name);
    ga_message_set(&problem->hint, "name the file after what it holds");
}

/* The file below is looked at for its name and version only: what is wrong with it concerns nobody. */
static void compare_below(struct ga_forms *forms, const struct ga_io_ops *io, const struct ga_folder_file *file,
                          struct ga_problems *problems)
{
    struct ga_forms below;
    struct ga_problems unsaid;
    ga_forms_init(&below);
    ga_problems_init(&unsaid);
    read_one(&below, io, file->below, &unsaid);
    for (size_t i = 0; i < below.forms.cap; i++) {
        const struct ga_form *form = ga_map_slot_value(&below.forms, i);
        const struct ga_form *own = form != NULL ? ga_map_get(&forms->forms, form->name) : NULL;
        if (own != NULL)
            say_overtaken(problems, own, form);
        else if (form != NULL)
            say_missed(problems, file, form->name);
    }
    for (size_t i = 0; i < below.lists.cap; i++) {
        const struct ga_list *list = ga_map_slot_value(&below.lists, i);
        if (list != NULL && ga_map_get(&forms->lists, list->name) == NULL)
            say_missed(problems, file, list->name);
    }
    ga_problems_finish(&unsaid);
    ga_forms_finish(&below);
}

static enum ga_rc read_all(struct ga_forms *forms, const struct ga_io_ops *io, const struct ga_folders *folders,
                           const char *inner, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_folder_files files = {0};
    enum ga_rc rc = ga_folders_list(folders, io, inner, &forms->arena, problems, &files, err);
    for (size_t i = 0; rc == GA_OK && i < files.count; i++) {
        const size_t faults = problems->faults;
        forms->layer = files.items[i].layer;
        read_one(forms, io, files.items[i].path, problems);
        if (files.items[i].below != NULL && problems->faults == faults)
            compare_below(forms, io, &files.items[i], problems);
    }
    forms->layer = 0;
    return rc;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Tied together only when all are there: a form may name a list that is read later. */
static void link_all(struct ga_forms *forms, struct ga_problems *problems)
{
    size_t count = 0;
    forms->names = ga_arena_array(&forms->arena, forms->forms.len, sizeof(*forms->names));
    for (size_t i = 0; i < forms->forms.cap; i++) {
        struct ga_form *form = ga_map_slot_value(&forms->forms, i);
        if (form == NULL)
            continue;
        forms->names[count++] = form->name;
        ga_form_link(forms, form, problems);
    }
    qsort(forms->names, count, sizeof(*forms->names), by_name);
    forms->names_count = count;
    forms->titles = ga_arena_array(&forms->arena, count, sizeof(*forms->titles));
    for (size_t i = 0; i < count; i++)
        forms->titles[i] = ((const struct ga_form *)ga_map_get(&forms->forms, forms->names[i]))->title;
}

void ga_forms_finish_reading(struct ga_forms *forms, struct ga_problems *problems)
{
    link_all(forms, problems);
    ga_forms_check(forms, problems);
    ga_problems_sort(problems);
}

enum ga_rc ga_forms_read_folders(struct ga_forms *forms, const struct ga_io_ops *io, const struct ga_folders *folders,
                                 struct ga_problems *problems, struct ga_error *err)
{
    enum ga_rc rc = read_all(forms, io, folders, "lists", problems, err); /* a set of forms without lists is fine */
    if (rc == GA_OK)
        rc = read_all(forms, io, folders, NULL, problems, err);
    if (rc != GA_OK)
        return rc;
    ga_forms_finish_reading(forms, problems);
    return problems->faults == 0 ? GA_OK : GA_REFUSED;
}
