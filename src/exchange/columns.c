/* Matches the headings of a sheet with fields. */
#include "columns.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/exchange/import_columns.h"
#include "guanai/text/fold.h"

#include <stdlib.h>
#include <string.h>

char *ga_fold_heading(struct ga_arena *arena, const char *text, size_t len)
{
    struct ga_str key = {0};
    ga_fold_add_key(&key, text, len);
    char *copy = ga_arena_strdup(arena, ga_str_text(&key));
    ga_str_finish(&key);
    return copy;
}

/* The first to claim a heading keeps it: forms check lists doubles within a form. */
static void claim(struct ga_map *map, struct ga_arena *arena, const char *heading, const struct ga_field *field)
{
    if (heading == NULL)
        return;
    const char *key = ga_fold_heading(arena, heading, strlen(heading));
    if (key[0] != '\0' && ga_map_get(map, key) == NULL)
        ga_map_put(map, key, (void *)(uintptr_t)field);
}

static void claim_field(struct ga_map *map, struct ga_arena *arena, const struct ga_field *field)
{
    if (field->type->parse == NULL || field->is_retired)
        return;
    claim(map, arena, field->name, field);
    claim(map, arena, field->label.zh, field);
    claim(map, arena, field->label.en, field);
    for (size_t i = 0; i < field->aka.count; i++)
        claim(map, arena, field->aka.items[i].text, field);
}

const char *const ga_finder_names[] = {"id_number", "student_number", "card_no", "name", "grade", "class", NULL};

void ga_headings_init(struct ga_headings *headings, const struct ga_form *form, const struct ga_form *child)
{
    *headings = (struct ga_headings){0};
    for (size_t i = 0; i < form->all_count; i++)
        claim_field(&headings->own, &headings->arena, form->all[i]);
    for (size_t i = 0; child != NULL && ga_finder_names[i] != NULL; i++) {
        const struct ga_field *field = ga_form_field(child, ga_finder_names[i]);
        if (field != NULL)
            claim_field(&headings->finder, &headings->arena, field);
    }
}

void ga_headings_expect(struct ga_headings *headings, const struct ga_form *form,
                        const struct ga_import_choice *choice)
{
    const struct ga_field *field = ga_form_field(form, choice->field);
    if (field != NULL && strlen(choice->heading) <= HEADING_BYTES_MAX)
        claim(&headings->own, &headings->arena, choice->heading, field);
}

void ga_headings_finish(struct ga_headings *headings)
{
    ga_map_finish(&headings->own);
    ga_map_finish(&headings->finder);
    ga_arena_finish(&headings->arena);
}

static bool find(const struct ga_headings *headings, const char *key, struct column *ret_column)
{
    *ret_column = (struct column){.own = ga_map_get(&headings->own, key)};
    if (ret_column->own == NULL)
        ret_column->finder = ga_map_get(&headings->finder, key);
    return ret_column->own != NULL || ret_column->finder != NULL;
}

/* "身份证号（18位）" and "姓名*" are headings too: what stands in brackets at the end is an explanation. */
static size_t bare_len(const char *text)
{
    const char *open = strrchr(text, '(');
    for (const char *wide = strstr(text, "（"); wide != NULL; wide = strstr(wide + 1, "（"))
        if (open == NULL || wide > open)
            open = wide;
    return open == NULL || open == text ? strlen(text) : (size_t)(open - text);
}

bool ga_headings_match(struct ga_headings *headings, const char *text, struct column *ret_column)
{
    *ret_column = (struct column){0};
    if (text[0] == '\0' || strlen(text) > HEADING_BYTES_MAX)
        return false;
    struct ga_arena scratch = {0};
    bool is_found = find(headings, ga_fold_heading(&scratch, text, strlen(text)), ret_column);
    if (!is_found && bare_len(text) < strlen(text))
        is_found = find(headings, ga_fold_heading(&scratch, text, bare_len(text)), ret_column);
    ga_arena_finish(&scratch);
    return is_found;
}

static bool is_called(const struct ga_field *field, struct ga_arena *arena, const char *key)
{
    const char *const words[] = {field->name, field->label.zh, field->label.en};
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (words[i] != NULL && ga_str_equal(ga_fold_heading(arena, words[i], strlen(words[i])), key))
            return true;
    return false;
}

bool ga_is_retired_heading(const struct ga_form *form, const char *key)
{
    struct ga_arena arena = {0};
    bool is = false;
    for (size_t i = 0; !is && i < form->all_count; i++)
        is = form->all[i]->is_retired && is_called(form->all[i], &arena, key);
    ga_arena_finish(&arena);
    return is;
}

bool ga_import_column_is_known(const struct ga_import_column *column)
{
    return column->field != NULL || column->is_reason || column->is_row_number || column->is_retired || column->is_by_hand;
}
