/* Reads forms and lists from YAML files. */
#include "guanai/base/alloc.h"
#include "guanai/form/forms.h"
#include "guanai/yaml/schema.h"
#include "link.h"
#include "schema.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 400 };

static void say_double(struct ga_problems *problems, const char *file, const struct ga_yaml_at *at,
                       const char *what, const char *name)
{
    ga_message_set(&ga_problems_add(problems, GA_FAULT, file, at->line, at->column)->what, what, name);
}

static void add_form(struct ga_forms *forms, const struct ga_yaml_node *root, const char *file,
                     struct ga_problems *problems)
{
    struct ga_form *form = ga_arena_alloc(&forms->arena, sizeof(*form));
    ga_yaml_check(&ga_form_schema, root, file, &forms->arena, form, problems);
    form->file = ga_arena_strdup(&forms->arena, file);
    if (form->name == NULL)
        return;
    if (ga_map_get(&forms->forms, form->name) != NULL)
        say_double(problems, file, &form->at, "there are two forms '%1'", form->name);
    else
        ga_map_put(&forms->forms, form->name, form);
}

static void add_list(struct ga_forms *forms, const struct ga_yaml_node *root, const char *file,
                     struct ga_problems *problems)
{
    struct ga_list *list = ga_arena_alloc(&forms->arena, sizeof(*list));
    ga_yaml_check(&ga_list_schema, root, file, &forms->arena, list, problems);
    list->file = ga_arena_strdup(&forms->arena, file);
    if (list->name == NULL)
        return;
    if (ga_map_get(&forms->lists, list->name) != NULL)
        say_double(problems, file, &list->at, "there are two lists '%1'", list->name);
    else
        ga_map_put(&forms->lists, list->name, list);
}

enum ga_rc ga_forms_read_text(struct ga_forms *forms, const char *file, const char *text, size_t len,
                              struct ga_problems *problems)
{
    const struct ga_yaml_node *root = NULL;
    const size_t faults = problems->faults;
    ga_yaml_parse(text, len, file, &forms->arena, &root, problems);
    if (ga_yaml_get(root, "list") != NULL && ga_yaml_get(root, "form") == NULL)
        add_list(forms, root, file, problems);
    else if (root != NULL)
        add_form(forms, root, file, problems);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}

struct listing {
    char *names[FILES_MAX];
    size_t count;
};

static int keep_yaml(void *arg, const char *name)
{
    struct listing *listing = arg;
    const size_t len = strlen(name);
    if (len > 5 && strcmp(name + len - 5, ".yaml") == 0 && name[0] != '.' && listing->count < FILES_MAX)
        listing->names[listing->count++] = ga_strdup(name);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_one(struct ga_forms *forms, const struct ga_io_ops *io, const char *path,
                     struct ga_problems *problems)
{
    struct ga_str text = {0};
    struct ga_error err = {0};
    if (ga_io_read_file(io, path, GA_YAML_FILE_BYTES_MAX, &text, &err) == GA_OK)
        ga_forms_read_text(forms, path, ga_str_text(&text), text.len, problems);
    else
        ga_problems_add(problems, GA_FAULT, path, 0, 0)->what = err.what;
    ga_str_finish(&text);
}

/* Every *.yaml of one folder, by name, so that messages come in the same order everywhere. */
static int read_folder(struct ga_forms *forms, const struct ga_io_ops *io, const char *folder,
                       struct ga_problems *problems)
{
    struct listing listing = {0};
    int rc = io->list(io->ctx, folder, keep_yaml, &listing);
    qsort(listing.names, listing.count, sizeof(*listing.names), by_name);
    for (size_t i = 0; i < listing.count; i++) {
        struct ga_str path = {0};
        ga_str_addf(&path, "%s/%s", folder, listing.names[i]);
        read_one(forms, io, path.data, problems);
        ga_str_finish(&path);
        free(listing.names[i]);
    }
    return rc;
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

enum ga_rc ga_forms_read_folder(struct ga_forms *forms, const struct ga_io_ops *io, const char *folder,
                                struct ga_problems *problems, struct ga_error *err)
{
    struct ga_str lists = {0};
    ga_str_addf(&lists, "%s/lists", folder);
    read_folder(forms, io, lists.data, problems); /* a set of forms without lists is fine */
    ga_str_finish(&lists);
    int rc = read_folder(forms, io, folder, problems);
    if (rc < 0)
        return ga_io_fail(err, rc, "read", folder);
    ga_forms_finish_reading(forms, problems);
    return problems->faults == 0 ? GA_OK : GA_REFUSED;
}
