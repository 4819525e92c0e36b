/* Puts columns where a person said they go. */
#include "columns.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool may_take(const struct ga_field *field)
{
    return field->parent == NULL && field->type->parse != NULL && !field->is_retired &&
           field->calculation.text == NULL;
}

static const struct ga_field *finder_field(const struct ga_import *import, size_t i)
{
    return import->child == NULL ? NULL : ga_form_field(import->child, ga_finder_names[i]);
}

static struct column column_of(const struct ga_import *import, const char *name)
{
    const struct ga_field *own = ga_form_field(import->form, name);
    if (own != NULL && may_take(own))
        return (struct column){.own = own};
    for (size_t i = 0; ga_finder_names[i] != NULL; i++)
        if (strcmp(ga_finder_names[i], name) == 0 && finder_field(import, i) != NULL)
            return (struct column){.finder = finder_field(import, i)};
    return (struct column){0};
}

static const struct ga_field *field_of(const struct column *column)
{
    return column->own != NULL ? column->own : column->finder;
}

const struct ga_field **ga_import_fields(const struct ga_import *import, struct ga_arena *arena, size_t *ret_count)
{
    size_t count = 0;
    const struct ga_field **fields =
        ga_arena_array(arena, import->form->all_count + KEY_FIELDS_MAX + 1, sizeof(*fields));
    for (size_t i = 0; i < import->form->all_count; i++)
        if (may_take(import->form->all[i]))
            fields[count++] = import->form->all[i];
    for (size_t i = 0; ga_finder_names[i] != NULL && i < KEY_FIELDS_MAX; i++)
        if (finder_field(import, i) != NULL && column_of(import, ga_finder_names[i]).own == NULL)
            fields[count++] = finder_field(import, i);
    *ret_count = count;
    return fields;
}

/* --- the set of headings --- */

/* A heading met again is another column: "#" stands in no folded heading. */
static char *key_of(struct ga_arena *arena, char *const *keys, size_t i, const char *folded)
{
    int met = 1;
    for (size_t k = 0; k < i; k++) {
        const size_t len = strcspn(keys[k], "#");
        met += len == strlen(folded) && strncmp(keys[k], folded, len) == 0;
    }
    return met == 1 ? ga_arena_strdup(arena, folded) : ga_arena_printf(arena, "%s#%d", folded, met);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In any order; what has no heading does not count. */
static void make_print(struct placing *placing)
{
    struct ga_arena scratch = {0};
    struct ga_hasher hasher;
    struct ga_hash hash;
    char text[GA_HASH_TEXT_SIZE];
    char **sorted = ga_arena_array(&scratch, placing->count + 1, sizeof(*sorted));
    memcpy(sorted, placing->keys, placing->count * sizeof(*sorted));
    qsort(sorted, placing->count, sizeof(*sorted), compare_keys);
    ga_hasher_start(&hasher, "guanai.columns");
    for (size_t i = 0; i < placing->count; i++)
        if (sorted[i][0] != '\0' && sorted[i][0] != '#')
            ga_hasher_add(&hasher, sorted[i], strlen(sorted[i]) + 1);
    ga_hasher_finish(&hasher, &hash);
    ga_str_copy(placing->print, sizeof(placing->print), ga_hash_text(&hash, text));
    ga_arena_finish(&scratch);
}

void ga_placing_keys(struct ga_arena *arena, const struct ga_sheet_row *row, struct placing *ret_placing)
{
    const size_t count = row->cells_count;
    struct placing placing = {.count = count};
    placing.keys = ga_arena_array(arena, count + 1, sizeof(*placing.keys));
    placing.by_heading = ga_arena_array(arena, count + 1, sizeof(*placing.by_heading));
    placing.by_hand = ga_arena_array(arena, count + 1, sizeof(*placing.by_hand));
    for (size_t i = 0; i < count; i++) {
        const char *heading = row->cells[i].text;
        const size_t len = strlen(heading) <= HEADING_BYTES_MAX ? strlen(heading) : 0;
        placing.keys[i] = key_of(arena, placing.keys, i, ga_fold_heading(arena, heading, len));
    }
    make_print(&placing);
    *ret_placing = placing;
}

/* --- what was said an earlier time: lines of key, tab, field --- */

static void name_setting(const struct ga_import *import, const char *print, char *buf, size_t size)
{
    snprintf(buf, size, "columns.%s.%s", import->form->name, print);
}

const char *ga_placing_kept(const struct ga_import *import, const char *print)
{
    char name[160];
    name_setting(import, print, name, sizeof(name));
    const char *kept = ga_store_setting(import->tools.store, name);
    return kept != NULL ? kept : "";
}

static void say_place(struct ga_import *import, struct placing *placing, const char *key, const char *field)
{
    const struct column column = column_of(import, field);
    if (field[0] != '\0' && field_of(&column) == NULL)
        return; /* a field the form has no longer */
    for (size_t i = 0; i < placing->count; i++)
        if (strcmp(placing->keys[i], key) == 0)
            placing->by_hand[i] = ga_arena_strdup(&import->arena, field);
}

static void recall(struct ga_import *import, struct placing *placing)
{
    struct ga_arena scratch = {0};
    char *line = ga_arena_strdup(&scratch, ga_placing_kept(import, placing->print));
    while (*line != '\0') {
        char *end = line + strcspn(line, "\n"), *tab = memchr(line, '\t', (size_t)(end - line));
        char *next = *end != '\0' ? end + 1 : end;
        *end = '\0';
        if (tab != NULL) {
            *tab = '\0';
            say_place(import, placing, line, tab + 1);
        }
        line = next;
    }
    for (size_t i = 0; i < placing->count; i++)
        import->recalled += placing->by_hand[i] != NULL;
    ga_arena_finish(&scratch);
}

/* --- where each column goes --- */

/* The first column counts among those with one heading; a person's word before any heading. */
static bool is_taken(const struct source_sheet *source, size_t i, bool by_hand)
{
    const struct placing *placing = &source->placing;
    const struct ga_field *field = field_of(&source->columns[i]);
    for (size_t k = 0; field != NULL && k < placing->count; k++)
        if (k != i && field_of(&source->columns[k]) == field &&
            (by_hand ? k < i : placing->by_hand[k] != NULL || k < i))
            return true;
    return false;
}

static void settle(struct ga_import *import, size_t sheet)
{
    struct source_sheet *source = &import->sources[sheet];
    struct ga_import_sheet *shown = &import->sheets[sheet];
    for (size_t i = 0; i < source->placing.count; i++) {
        const char *by_hand = source->placing.by_hand[i];
        source->columns[i] = by_hand == NULL ? source->placing.by_heading[i] : column_of(import, by_hand);
    }
    for (size_t i = 0; i < source->placing.count; i++)
        if (is_taken(source, i, source->placing.by_hand[i] != NULL))
            source->columns[i] = (struct column){0};
    for (size_t i = 0; i < source->placing.count; i++) {
        shown->columns[i].field = field_of(&source->columns[i]);
        shown->columns[i].is_by_hand = source->placing.by_hand[i] != NULL;
        const bool is_left_out = shown->columns[i].field == NULL;
        shown->columns[i].is_reason = is_left_out && ga_is_reason_heading(source->placing.keys[i]);
        shown->columns[i].is_row_number = is_left_out && ga_is_row_number_heading(source->placing.keys[i]);
        shown->columns[i].is_retired = is_left_out && ga_is_retired_heading(import->form, source->placing.keys[i]);
    }
}

void ga_placing_start(struct ga_import *import, size_t sheet)
{
    struct placing *placing = &import->sources[sheet].placing;
    recall(import, placing);
    for (size_t i = 0; i < import->choices_count; i++) {
        const char *heading = import->choices[i].heading;
        struct ga_arena scratch = {0};
        say_place(import, placing, ga_fold_heading(&scratch, heading, strlen(heading)), import->choices[i].field);
        ga_arena_finish(&scratch);
    }
    settle(import, sheet);
}

/* Two columns that want one field, at least one of them because a person said so. */
static enum ga_rc check_double(const struct ga_import *import, size_t sheet, struct ga_error *err)
{
    const struct placing *placing = &import->sources[sheet].placing;
    for (size_t i = 0; i < placing->count; i++) {
        if (placing->by_hand[i] == NULL || placing->by_hand[i][0] == '\0')
            continue;
        const struct column wanted = column_of(import, placing->by_hand[i]);
        for (size_t k = 0; k < placing->count; k++) {
            const char *other = placing->by_hand[k];
            const struct column column = other == NULL ? placing->by_heading[k] : column_of(import, other);
            if (k != i && field_of(&wanted) != NULL && field_of(&column) == field_of(&wanted))
                return ga_error_set(err, GA_REFUSED, "column “%1” goes to “%2” already; leave that one out first",
                                    import->sheets[sheet].columns[k].heading,
                                    ga_label_of(import, field_of(&wanted)));
        }
    }
    return GA_OK;
}

static bool has_column(const struct ga_import *import, const char *heading)
{
    struct ga_arena scratch = {0};
    const char *key = ga_fold_heading(&scratch, heading, strlen(heading));
    bool has = false;
    for (size_t s = 0; s < import->sheets_count; s++)
        for (size_t i = 0; i < import->sources[s].placing.count; i++)
            has |= strcmp(import->sources[s].placing.keys[i], key) == 0;
    ga_arena_finish(&scratch);
    return has;
}

enum ga_rc ga_placing_check(const struct ga_import *import, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < import->choices_count; i++) {
        const struct ga_import_choice *choice = &import->choices[i];
        const struct column column = column_of(import, choice->field);
        if (choice->field[0] != '\0' && field_of(&column) == NULL)
            return ga_error_set(err, GA_USAGE, "the form has no field '%1'", choice->field);
        if (!has_column(import, choice->heading))
            return ga_error_set(err, GA_REFUSED, "the file has no column “%1”", choice->heading);
    }
    for (size_t s = 0; rc == GA_OK && import->choices_count > 0 && s < import->sheets_count; s++)
        rc = check_double(import, s, err);
    return rc;
}

/* The same column of a sheet with the same headings; count when it has none. */
static size_t same_column(const struct source_sheet *a, size_t column, const struct source_sheet *b)
{
    size_t i = 0;
    if (b->header_row == 0 || strcmp(a->placing.print, b->placing.print) != 0)
        return b->placing.count;
    while (i < b->placing.count && strcmp(a->placing.keys[column], b->placing.keys[i]) != 0)
        i++;
    return i;
}

enum ga_rc ga_import_place(struct ga_import *import, size_t sheet, size_t column, const char *field,
                           struct ga_error *err)
{
    struct source_sheet *source = &import->sources[sheet];
    const char *was = source->placing.by_hand[column];
    source->placing.by_hand[column] = field;
    enum ga_rc rc = check_double(import, sheet, err);
    source->placing.by_hand[column] = was;
    const char *kept = field == NULL ? NULL : ga_arena_strdup(&import->arena, field);
    for (size_t s = 0; rc == GA_OK && s < import->sheets_count; s++) {
        struct source_sheet *other = &import->sources[s];
        const size_t at = same_column(source, column, other);
        if (at == other->placing.count)
            continue;
        other->placing.by_hand[at] = kept;
        settle(import, s);
    }
    return rc;
}

enum ga_rc ga_import_remember_places(const struct ga_import *import, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t s = 0; rc == GA_OK && s < import->sheets_count; s++) {
        const struct placing *placing = &import->sources[s].placing;
        struct ga_str lines = {0};
        char name[160];
        if (import->sources[s].header_row == 0)
            continue;
        for (size_t i = 0; i < placing->count; i++)
            if (placing->by_hand[i] != NULL)
                ga_str_addf(&lines, "%s\t%s\n", placing->keys[i], placing->by_hand[i]);
        name_setting(import, placing->print, name, sizeof(name));
        if (strcmp(ga_placing_kept(import, placing->print), ga_str_text(&lines)) != 0)
            rc = ga_store_set_setting(import->tools.store, name, ga_str_text(&lines), err);
        ga_str_finish(&lines);
    }
    return rc;
}

size_t ga_import_recalled(const struct ga_import *import)
{
    return import->recalled;
}
