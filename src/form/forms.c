/* The set of forms and lists in force. */
#include "guanai/form/forms.h"

#include "guanai/yaml/pack.h"
#include "link.h"
#include "schema.h"

#include <string.h>


void ga_forms_init(struct ga_forms *forms)
{
    *forms = (struct ga_forms){0};
}

void ga_forms_finish(struct ga_forms *forms)
{
    if (forms == NULL)
        return;
    ga_map_finish(&forms->forms);
    ga_map_finish(&forms->lists);
    ga_map_finish(&forms->broken);
    ga_arena_finish(&forms->arena);
}

const struct ga_form *ga_forms_get(struct ga_forms *forms, const char *name, struct ga_error *err)
{
    const struct ga_form *form = ga_map_get(&forms->forms, name);
    if (form != NULL)
        return form;
    if (forms->load_form != NULL && forms->load_form(forms->ctx, forms, name, err) == GA_OK)
        return ga_map_get(&forms->forms, name);
    if (forms->load_form == NULL)
        ga_error_set(err, GA_NOT_FOUND, "there is no form '%1'", name);
    return NULL;
}

const struct ga_label *ga_forms_title(const struct ga_forms *forms, const char *name)
{
    for (size_t i = 0; i < forms->names_count; i++)
        if (strcmp(forms->names[i], name) == 0)
            return &forms->titles[i];
    return NULL;
}

const struct ga_list *ga_forms_list(struct ga_forms *forms, const char *name, struct ga_error *err)
{
    const struct ga_list *list = ga_map_get(&forms->lists, name);
    if (list != NULL)
        return list;
    if (forms->load_list != NULL && forms->load_list(forms->ctx, forms, name, err) == GA_OK)
        return ga_map_get(&forms->lists, name);
    if (forms->load_list == NULL)
        ga_error_set(err, GA_NOT_FOUND, "there is no list '%1'", name);
    return NULL;
}

bool ga_forms_is_broken(const struct ga_forms *forms, const char *name)
{
    return name != NULL && ga_map_get(&forms->broken, name) != NULL;
}

static bool names_broken(const struct ga_forms *forms, const struct ga_field *field)
{
    if ((field->list == NULL && ga_forms_is_broken(forms, field->list_name.text)) ||
        (ga_map_get(&forms->forms, field->of.text == NULL ? "" : field->of.text) == NULL &&
         ga_forms_is_broken(forms, field->of.text)))
        return true;
    for (size_t i = 0; i < field->fields.count; i++)
        if (names_broken(forms, &field->fields.items[i]))
            return true;
    return false;
}

bool ga_form_stands_on_broken(const struct ga_forms *forms, const struct ga_form *form)
{
    if (forms->broken.len == 0)
        return false;
    if (ga_forms_is_broken(forms, form->of.text) && ga_map_get(&forms->forms, form->of.text) == NULL)
        return true;
    for (size_t i = 0; i < form->all_count; i++)
        if (names_broken(forms, form->all[i]))
            return true;
    return false;
}

static void copy_aka(struct ga_forms *forms, struct ga_choice *choice, const struct ga_site *site)
{
    choice->aka.count = site->aka_count;
    choice->aka.items = ga_arena_array(&forms->arena, site->aka_count, sizeof(*choice->aka.items));
    for (size_t i = 0; i < site->aka_count; i++)
        choice->aka.items[i].text = ga_arena_strdup(&forms->arena, site->aka[i]);
}

void ga_forms_add_sites(struct ga_forms *forms, const struct ga_config *config)
{
    struct ga_list *list = ga_arena_alloc(&forms->arena, sizeof(*list));
    list->name = "site";
    list->choices.count = config->sites_count;
    list->choices.items = ga_arena_array(&forms->arena, config->sites_count, sizeof(struct ga_choice));
    for (size_t i = 0; i < config->sites_count; i++) {
        struct ga_choice *choice = &list->choices.items[i];
        choice->code = ga_arena_strdup(&forms->arena, config->sites[i].code);
        choice->label.zh = ga_arena_strdup(&forms->arena, config->sites[i].label.zh);
        choice->label.en = ga_arena_strdup(&forms->arena, config->sites[i].label.en);
        copy_aka(forms, choice, &config->sites[i]);
    }
    ga_map_put(&forms->lists, list->name, list);
}

void ga_form_pack(const struct ga_form *form, struct ga_str *out)
{
    ga_yaml_pack(&ga_form_schema, form, out);
}

enum ga_rc ga_form_unpack(struct ga_forms *forms, const void *bytes, size_t len, struct ga_error *err)
{
    struct ga_form *form = ga_arena_alloc(&forms->arena, sizeof(*form));
    const char *kept = ga_arena_strndup(&forms->arena, bytes, len); /* texts point into it */
    enum ga_rc rc = ga_yaml_unpack(&ga_form_schema, kept, len, &forms->arena, form, err);
    if (rc != GA_OK)
        return rc;
    ga_form_link(forms, form, NULL);
    ga_map_put(&forms->forms, form->name, form);
    return GA_OK;
}

uint64_t ga_forms_shape(void)
{
    return ga_yaml_shape(&ga_form_schema) ^ ga_yaml_shape(&ga_list_schema) << 1;
}

void ga_list_pack(const struct ga_list *list, struct ga_str *out)
{
    ga_yaml_pack(&ga_list_schema, list, out);
}

enum ga_rc ga_list_unpack(struct ga_forms *forms, const void *bytes, size_t len, struct ga_error *err)
{
    struct ga_list *list = ga_arena_alloc(&forms->arena, sizeof(*list));
    const char *kept = ga_arena_strndup(&forms->arena, bytes, len);
    enum ga_rc rc = ga_yaml_unpack(&ga_list_schema, kept, len, &forms->arena, list, err);
    if (rc == GA_OK)
        ga_map_put(&forms->lists, list->name, list);
    return rc;
}
