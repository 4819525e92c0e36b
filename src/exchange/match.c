/* Tells which record and which child a row means. */
#include "inner.h"

#include "guanai/base/num.h"
#include "guanai/text/id_number.h"

#include <string.h>

static bool differs(uint64_t a, uint64_t b)
{
    return a != 0 && b != 0 && a != b;
}

/* Somebody else of the same name and class: another number, or another birthday. */
static bool is_somebody_else(const struct keys *keys, size_t key, const struct known *row, const struct known *known)
{
    for (size_t i = 0; i < key; i++)
        if (!keys->list[i].is_by_name && differs(row->keys[i], known->keys[i]))
            return true;
    if (row->birth_day != INT32_MIN && known->birth_day != INT32_MIN)
        return row->birth_day != known->birth_day;
    return ga_uuid_is_zero(&known->id); /* two lines of one file are one child only when the birthday says so */
}

struct search {
    size_t found; /* its place */
    size_t count;
    size_t key;
};

/* The strongest key that finds anything decides. */
static struct search search(const struct keys *keys, const struct known *row)
{
    struct search search = {0};
    for (size_t k = 0; search.count == 0 && k < keys->count; k++) {
        size_t place, at = 0;
        search.key = k;
        while ((place = ga_keys_find(keys, k, row->keys[k], &at)) != 0) {
            if (keys->list[k].is_by_name && is_somebody_else(keys, k, row, ga_keys_at(keys, place)))
                continue;
            place = ga_keys_leading(keys, place);
            search.count += place != search.found;
            search.found = place;
        }
    }
    return search;
}

static const char *label_of_key(const struct ga_import *import, const struct keys *keys, size_t key)
{
    return ga_label_of(import, keys->list[key].fields[0]);
}

static void refuse_many(struct ga_import *import, struct reading *reading, const struct keys *keys,
                        const struct search *search)
{
    ga_message_set(ga_add_message(&reading->faults), "%1 of them have the same %2; an ID number would tell them apart",
                   GA_NUM((int64_t)search->count), label_of_key(import, keys, search->key));
}

/* Is the child of this entry called as the row says? */
static bool is_called(struct ga_import *import, const struct ga_form *form, const struct ga_uuid *id,
                      const char *name)
{
    struct ga_answers child;
    if (name == NULL || ga_store_read(import->tools.store, form, id, &child, NULL, NULL) != GA_OK)
        return false;
    const struct ga_field *field = ga_form_field(form, "name");
    const char *called = field == NULL ? NULL : ga_answers_at(&child, field)->value.text;
    bool is_same = called != NULL && strcmp(called, name) == 0;
    ga_answers_finish(&child);
    return is_same;
}

/* A card or student number of somebody with another ID number and another name: one of the two is a slip. */
static bool is_contradictory(const struct keys *keys, const struct search *search, const struct known *row)
{
    if (search->count != 1 || search->key == 0 || keys->list[search->key].is_by_name || keys->count < KEYS_MAX)
        return false;
    const struct known *found = ga_keys_at(keys, search->found);
    return differs(row->keys[0], found->keys[0]) && differs(row->keys[KEYS_MAX - 1], found->keys[KEYS_MAX - 1]);
}

/*
 * A card or student number alone finds the child only under its own name: a school's old list of numbers
 * would else fill the files of others.
 */
static bool is_named_otherwise(struct ga_import *import, const struct reading *reading, const struct keys *keys,
                               const struct search *search)
{
    const char *name = ga_reading_name(reading);
    if (search->count != 1 || search->key == 0 || keys->list[search->key].is_by_name || name[0] == '\0')
        return false;
    const struct ga_uuid id = ga_keys_at(keys, search->found)->id;
    return !ga_uuid_is_zero(&id) && ga_form_field(keys->form, "name") != NULL && !is_called(import, keys->form, &id, name);
}

static size_t choose(struct ga_import *import, struct reading *reading, const struct keys *keys,
                            const struct known *row)
{
    const struct search found = search(keys, row);
    if (found.count > 1)
        refuse_many(import, reading, keys, &found);
    else if (is_contradictory(keys, &found, row) || is_named_otherwise(import, reading, keys, &found))
        ga_message_set(ga_add_message(&reading->faults), "%1: this number belongs to another child already",
                       label_of_key(import, keys, found.key));
    else
        return found.found;
    return 0;
}

/*
 * A sheet of visits still has the number with the slip that was mended in the roster: one digit off from
 * exactly one child of the same name.
 */
static size_t find_mended(struct ga_import *import, struct reading *reading)
{
    struct ga_id_mend mends[GA_ID_MENDS_MAX];
    struct ga_answers *finder = &reading->finder;
    const struct ga_field *id = ga_form_field(import->child, "id_number"), *name = ga_form_field(import->child, "name");
    if (reading->raw_id_number == NULL || id == NULL || name == NULL)
        return 0;
    size_t count = ga_id_number_mends(reading->raw_id_number, import->today, NULL, mends), matches = 0;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct known row;
        size_t at = 0;
        const struct ga_value value = ga_value_text(mends[i].text);
        ga_answers_set(finder, id, &value);
        ga_keys_of(&import->children, finder, &row);
        const size_t place = ga_keys_find(&import->children, 0, row.keys[0], &at);
        const struct ga_uuid child = place == 0 ? (struct ga_uuid){0} : ga_keys_at(&import->children, place)->id;
        if (place == 0 || !is_called(import, import->child, &child, ga_answers_at(finder, name)->value.text))
            continue;
        found = place;
        matches++;
    }
    const struct ga_value nothing = ga_value_null();
    ga_answers_set(finder, id, &nothing);
    if (matches == 1)
        ga_message_set(ga_add_message(&reading->notes), "%1: a slip in '%2'; found by the child's name",
                       ga_label_of(import, id), reading->raw_id_number);
    return matches == 1 ? found : 0;
}

static void refuse_nobody(struct ga_import *import, struct reading *reading)
{
    if (reading->raw_id_number != NULL)
        ga_message_set(ga_add_message(&reading->faults), "no child has the ID number '%1' (it has a slip)",
                       reading->raw_id_number);
    else if (ga_reading_name(reading)[0] != '\0')
        ga_message_set(ga_add_message(&reading->faults), "no child in the archive is this one: %1",
                       ga_reading_name(reading));
    else
        ga_message_set(ga_add_message(&reading->faults), "the row does not say which child it is about");
    (void)import;
}

static bool find_child(struct ga_import *import, struct reading *reading, struct ga_uuid *ret_child)
{
    struct known row;
    const size_t faults = reading->faults.len;
    ga_keys_of(&import->children, &reading->finder, &row);
    size_t found = choose(import, reading, &import->children, &row);
    if (found == 0 && reading->faults.len == faults)
        found = find_mended(import, reading);
    if (found == 0 && reading->faults.len == faults)
        refuse_nobody(import, reading);
    if (found != 0)
        *ret_child = ga_keys_at(&import->children, found)->id; /* a file makes no children on the way */
    return found != 0;
}

void ga_match_row(struct ga_import *import, struct reading *reading, struct match *ret_match)
{
    *ret_match = (struct match){0};
    if (import->child != NULL && !find_child(import, reading, &ret_match->child))
        return;
    reading->own.child = ret_match->child;
    if (import->mode == GA_IMPORT_APPEND)
        return;
    ga_keys_of(&import->records, &reading->own, &ret_match->row);
    ret_match->record = choose(import, reading, &import->records, &ret_match->row);
}
