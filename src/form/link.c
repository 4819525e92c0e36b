/* Ties the fields of a form to types, lists, pages. */
#include "link.h"

#include "guanai/crypt/hash.h"
#include "guanai/form/type.h"
#include "guanai/yaml/pack.h"
#include "guanai/yaml/suggest.h"
#include "schema.h"

#include <stdlib.h>
#include <string.h>

static void make_pages(struct ga_forms *forms, struct ga_form *form)
{
    const bool is_flat = form->sections.count == 0;
    form->pages_count = is_flat ? 1 : form->sections.count;
    form->pages = ga_arena_array(&forms->arena, form->pages_count, sizeof(*form->pages));
    for (size_t i = 0; i < form->pages_count; i++) {
        struct ga_form_page *page = &form->pages[i];
        if (is_flat) {
            page->fields = form->fields.items;
            page->fields_count = form->fields.count;
        } else {
            page->title = form->sections.items[i].title;
            page->fields = form->sections.items[i].fields.items;
            page->fields_count = form->sections.items[i].fields.count;
        }
    }
}

static void collect_fields(struct ga_forms *forms, struct ga_form *form)
{
    form->all_count = 0;
    for (size_t p = 0; p < form->pages_count; p++)
        form->all_count += form->pages[p].fields_count;
    form->all = ga_arena_array(&forms->arena, form->all_count, sizeof(struct ga_field *));
    size_t next = 0;
    for (size_t p = 0; p < form->pages_count; p++)
        for (size_t i = 0; i < form->pages[p].fields_count; i++) {
            struct ga_field *field = &form->pages[p].fields[i];
            field->page = p;
            field->index = next;
            form->all[next++] = field;
        }
}

/* What is saved asks for the fields of a group at every record. */
static void chain_groups(struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++) {
        struct ga_field *field = form->all[i];
        if (field->group == NULL)
            continue;
        if (field->group_first == NULL)
            field->group_first = field;
        for (size_t k = i + 1; field->group_next == NULL && k < form->all_count; k++)
            if (ga_str_equal(form->all[k]->group, field->group)) {
                form->all[k]->group_first = field->group_first;
                field->group_next = form->all[k];
            }
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp((*(struct ga_field *const *)a)->name, (*(struct ga_field *const *)b)->name);
}

/* Rosters ask for fields by name at every cell. */
static void sort_fields(struct ga_forms *forms, struct ga_form *form)
{
    form->by_name = ga_arena_array(&forms->arena, form->all_count, sizeof(struct ga_field *));
    if (form->all_count > 0)
        memcpy(form->by_name, form->all, form->all_count * sizeof(struct ga_field *));
    qsort(form->by_name, form->all_count, sizeof(struct ga_field *), compare_names);
}

static void say_unknown_type(const struct ga_form *form, const struct ga_field *field,
                             struct ga_problems *problems)
{
    struct ga_yaml_guess guess;
    size_t count;
    const struct ga_field_type *const *types = ga_field_types(&count);
    ga_yaml_guess_start(&guess, field->type_name.text);
    for (size_t i = 0; i < count; i++)
        ga_yaml_guess_offer(&guess, types[i]->name);
    struct ga_problem *problem = ga_problems_add(problems, GA_FAULT, form->file, field->type_name.at.line,
                                                 field->type_name.at.column);
    ga_message_set(&problem->what, "unknown type '%1'", field->type_name.text);
    if (guess.best != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
}

static void link_type(const struct ga_form *form, struct ga_field *field, struct ga_problems *problems)
{
    field->type = field->type_name.text == NULL ? NULL : ga_field_type_find(field->type_name.text);
    if (field->type != NULL)
        return;
    if (problems != NULL && field->type_name.text != NULL)
        say_unknown_type(form, field, problems);
    field->type = ga_field_type_find("text");
}

static void link_list(struct ga_forms *forms, const struct ga_form *form, struct ga_field *field,
                      struct ga_problems *problems)
{
    if (field->list_name.text == NULL)
        return;
    struct ga_error err = {0};
    field->list = ga_forms_list(forms, field->list_name.text, &err);
    if (field->list != NULL || problems == NULL || ga_forms_is_broken(forms, field->list_name.text))
        return;
    struct ga_problem *problem = ga_problems_add(problems, GA_FAULT, form->file, field->list_name.at.line,
                                                 field->list_name.at.column);
    ga_message_set(&problem->what, "there is no list '%1'", field->list_name.text);
    struct ga_yaml_guess guess;
    ga_yaml_guess_start(&guess, field->list_name.text);
    for (size_t i = 0; i < forms->lists.cap; i++) {
        const struct ga_list *list = ga_map_slot_value(&forms->lists, i);
        if (list != NULL)
            ga_yaml_guess_offer(&guess, list->name);
    }
    if (guess.best != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
    else
        ga_message_set(&problem->hint, "lists stand in lists/%1.yaml", field->list_name.text);
}

static void link_field(struct ga_forms *forms, const struct ga_form *form, struct ga_field *field,
                       struct ga_problems *problems)
{
    if (field->name == NULL) /* reported by the schema; keeps everything behind it simple */
        field->name = "";
    link_type(form, field, problems);
    link_list(forms, form, field, problems);
    for (size_t i = 0; i < field->fields.count; i++) {
        struct ga_field *inner = &field->fields.items[i];
        inner->parent = field;
        inner->index = i;
        inner->page = field->page;
        link_field(forms, form, inner, problems);
    }
}

void ga_form_link(struct ga_forms *forms, struct ga_form *form, struct ga_problems *problems)
{
    make_pages(forms, form);
    collect_fields(forms, form);
    for (size_t i = 0; i < form->all_count; i++)
        link_field(forms, form, form->all[i], problems);
    sort_fields(forms, form);
    chain_groups(form);

    struct ga_str meaning = {0};
    struct ga_hash hash;
    ga_yaml_pack_content(&ga_form_schema, form, &meaning);
    ga_hash_bytes("guanai.form", meaning.data, meaning.len, &hash);
    memcpy(form->hash, hash.bytes, sizeof(form->hash));
    ga_str_finish(&meaning);
}
