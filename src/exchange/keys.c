/* Remembers by what values every record can be found. */
#include "inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/hash.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"
#include "guanai/text/date.h"

#include <stdlib.h>
#include <string.h>

/* What finds a record when nothing else is said (design.md §4, 11), strongest first. */
static const char *const usual[KEYS_MAX][4] = {
    {"id_number"}, {"student_number"}, {"card_no"}, {"name", "grade", "class"}};

static bool add_field(struct key *key, const struct ga_form *form, const char *name)
{
    const struct ga_field *field = ga_form_field(form, name);
    if (field == NULL || field->parent != NULL || field->type->parse == NULL || key->count == KEY_FIELDS_MAX)
        return false;
    key->fields[key->count++] = field;
    return true;
}

static void add_usual(struct keys *keys, const struct ga_form *form)
{
    for (size_t i = 0; i < KEYS_MAX; i++) {
        struct key key = {.is_by_name = i == KEYS_MAX - 1};
        for (size_t f = 0; f < 4 && usual[i][f] != NULL; f++)
            add_field(&key, form, usual[i][f]);
        if (key.count > 0)
            keys->list[keys->count++] = key;
    }
}

/* The first field of a type, in the form's order. */
static const struct ga_field *first_of(const struct ga_form *form, const char *type)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (ga_str_equal(form->all[i]->type->name, type) && !form->all[i]->is_retired)
            return form->all[i];
    return NULL;
}

/* A record of the same child, day and doer is the same record. */
static void add_day_and_doer(struct keys *keys, const struct ga_form *form)
{
    struct key key = {.is_with_child = true};
    const struct ga_field *day = first_of(form, "date"), *doer = first_of(form, "person");
    if (day != NULL)
        key.fields[key.count++] = day;
    if (doer != NULL)
        key.fields[key.count++] = doer;
    if (key.count > 0)
        keys->list[keys->count++] = key;
}

void ga_keys_init(struct keys *keys, const struct ga_form *form, const struct ga_import *import)
{
    *keys = (struct keys){.form = form, .births = -1};
    keys->known = ga_alloc(sizeof(*keys->known));
    ga_shelf_init(keys->known, sizeof(struct known), import->tools.io, import->tools.folder);
    const bool is_own = form == import->form;
    if (is_own && import->match_count > 0) {
        struct key key = {.is_with_child = import->child != NULL};
        for (size_t i = 0; i < import->match_count; i++)
            add_field(&key, form, import->match[i]);
        keys->list[keys->count++] = key;
    } else if (is_own && import->child != NULL) {
        add_day_and_doer(keys, form);
    } else {
        add_usual(keys, form);
    }
}

void ga_keys_finish(struct keys *keys)
{
    if (keys->form == NULL)
        return;
    ga_shelf_finish(keys->known);
    free(keys->known);
    free(keys->slots);
    free(keys->marks);
    *keys = (struct keys){0};
}

/* Hashing keeps names and ID numbers out of memory; 64 of BLAKE2b's bits are enough for a county. */
struct hashing {
    struct ga_hasher hasher;
    size_t filled;
};

static void hash_start(struct hashing *hashing, size_t key)
{
    const unsigned char which = (unsigned char)key;
    hashing->filled = 0;
    ga_hasher_start(&hashing->hasher, "guanai.key");
    ga_hasher_add(&hashing->hasher, &which, 1);
}

static void hash_value(struct hashing *hashing, const struct ga_value *value)
{
    char number[GA_NUM_SIZE];
    const char *text = value->text;
    size_t len = value->len;
    if (value->kind == GA_VALUE_INTEGER) {
        text = ga_num_text(number, value->integer);
        len = strlen(text);
    }
    if (value->kind == GA_VALUE_TEXT || value->kind == GA_VALUE_INTEGER) {
        hashing->filled++;
        ga_hasher_add(&hashing->hasher, text, len);
    }
    ga_hasher_add(&hashing->hasher, "", 1);
}

/* 0: too little is known. A name alone is nobody in particular. */
static uint64_t hash_end(struct hashing *hashing, const struct key *key, const struct ga_uuid *child, bool has_first)
{
    struct ga_hash hash;
    uint64_t sum;
    const bool is_enough = key->is_by_name ? has_first && hashing->filled >= 2 : hashing->filled == key->count;
    if (!is_enough || (key->is_with_child && child == NULL))
        return 0;
    if (key->is_with_child)
        ga_hasher_add(&hashing->hasher, child->bytes, sizeof(child->bytes));
    ga_hasher_finish(&hashing->hasher, &hash);
    memcpy(&sum, hash.bytes, sizeof(sum));
    return sum == 0 ? 1 : sum;
}

static int32_t birth_day_of(const char *text)
{
    struct ga_date date;
    return text != NULL && ga_date_from_iso(text, &date) && ga_date_is_day(date) ? ga_date_to_days(date) : INT32_MIN;
}

void ga_keys_of(const struct keys *keys, const struct ga_answers *answers, struct known *ret_known)
{
    *ret_known = (struct known){.birth_day = INT32_MIN};
    for (size_t i = 0; i < keys->count; i++) {
        const struct key *key = &keys->list[i];
        struct hashing hashing;
        hash_start(&hashing, i);
        for (size_t f = 0; f < key->count; f++)
            hash_value(&hashing, &ga_answers_at(answers, key->fields[f])->value);
        ret_known->keys[i] = hash_end(&hashing, key, ga_uuid_is_zero(&answers->child) ? NULL : &answers->child,
                                      ga_answers_at(answers, key->fields[0])->state == GA_ANSWERED);
    }
    const struct ga_field *birth = ga_form_field(keys->form, "birth_date");
    if (birth != NULL && birth->parent == NULL)
        ret_known->birth_day = birth_day_of(ga_answers_at(answers, birth)->value.text);
}

/* A record stands in the table once a key, and each slot says for which. */
static uint32_t slot_of(size_t known, size_t key)
{
    return (uint32_t)(known * KEYS_MAX + key) + 1;
}

static uint16_t mark_of(uint64_t hash)
{
    return (uint16_t)(hash >> 48);
}

static void put_slot(struct keys *keys, uint64_t hash, uint32_t value)
{
    size_t at = hash & (keys->cap - 1);
    while (keys->slots[at] != 0)
        at = (at + 1) & (keys->cap - 1);
    keys->slots[at] = value;
    keys->marks[at] = mark_of(hash);
    keys->used++;
}

static void put_slots(struct keys *keys, const struct known *known, size_t i)
{
    for (size_t k = 0; k < keys->count; k++)
        if (known->keys[k] != 0)
            put_slot(keys, known->keys[k], slot_of(i, k));
}

static void grow(struct keys *keys)
{
    const size_t wanted = keys->cap == 0 ? 256 : keys->cap * 2;
    free(keys->slots);
    free(keys->marks);
    keys->slots = ga_alloc_array(wanted, sizeof(*keys->slots));
    keys->marks = ga_alloc_array(wanted, sizeof(*keys->marks));
    keys->cap = wanted;
    keys->used = 0;
    for (size_t i = 0; i < keys->known->len; i++)
        put_slots(keys, GA_SHELF_AT(struct known, keys->known, i), i);
}

void ga_keys_add(struct keys *keys, const struct known *known)
{
    if ((keys->used + KEYS_MAX) * 8 > keys->cap * 7)
        grow(keys);
    *(struct known *)ga_shelf_push(keys->known) = *known;
    put_slots(keys, known, keys->known->len - 1);
}

const struct known *ga_keys_at(const struct keys *keys, size_t place)
{
    return ga_shelf_at(keys->known, place - 1);
}

void ga_keys_set_row(struct keys *keys, size_t place, uint32_t row)
{
    struct known *known = ga_shelf_change(keys->known, place - 1);
    known->row = row & 0x7FFFFFFF;
}

enum ga_rc ga_keys_check(const struct keys *keys, struct ga_error *err)
{
    return keys->known == NULL ? GA_OK : ga_shelf_check(keys->known, err);
}

size_t ga_keys_find(const struct keys *keys, size_t key, uint64_t hash, size_t *at)
{
    if (keys->cap == 0 || hash == 0)
        return 0;
    for (;; ++*at) {
        const size_t i = (hash + *at) & (keys->cap - 1);
        const uint32_t slot = keys->slots[i];
        if (slot == 0)
            return 0;
        const size_t place = (slot - 1) / KEYS_MAX + 1;
        if (keys->marks[i] == mark_of(hash) && (slot - 1) % KEYS_MAX == key && ga_keys_at(keys, place)->keys[key] == hash) {
            ++*at;
            return place;
        }
    }
}

/* Linked files are few: looking through all records for one costs less than keeping a table for it. */
size_t ga_keys_leading(const struct keys *keys, size_t place)
{
    const struct known known = *ga_keys_at(keys, place);
    for (size_t i = 1; known.is_behind && i <= keys->known->len; i++) {
        const struct known *other = ga_keys_at(keys, i);
        if (!other->is_behind && ga_uuid_compare(&other->id, &known.id) == 0)
            return i;
    }
    return place;
}

/* One SELECT over all records, in the order of the keys. */
static void write_select(struct keys *keys, struct ga_str *sql)
{
    const bool has_child = keys->form->of.text != NULL;
    ga_str_addf(sql, "SELECT id, %s, is_behind", has_child ? "child" : "NULL");
    for (size_t i = 0; i < keys->count; i++)
        for (size_t f = 0; f < keys->list[i].count; f++)
            ga_str_addf(sql, ", \"%s\"", keys->list[i].fields[f]->name);
    if (ga_form_field(keys->form, "birth_date") != NULL)
        ga_str_add(sql, ", birth_date");
    else
        ga_str_add(sql, ", NULL");
    ga_str_addf(sql, " FROM v_%s__files", keys->form->name); /* a linked file's numbers find the child as well */
}

static void add_row(struct keys *keys, struct ga_stmt *stmt)
{
    struct known known = {0};
    struct ga_uuid child = {0};
    int column = 3;
    const char *id = ga_stmt_column_text(stmt, 0), *child_id = ga_stmt_column_text(stmt, 1);
    if (id == NULL || !ga_uuid_parse(id, &known.id))
        return;
    const bool has_child = child_id != NULL && ga_uuid_parse(child_id, &child);
    for (size_t i = 0; i < keys->count; i++) {
        struct hashing hashing;
        const bool has_first = !ga_stmt_column_is_null(stmt, column);
        hash_start(&hashing, i);
        for (size_t f = 0; f < keys->list[i].count; f++) {
            const struct ga_value value = ga_stmt_column(stmt, column++);
            hash_value(&hashing, &value);
        }
        known.keys[i] = hash_end(&hashing, &keys->list[i], has_child ? &child : NULL, has_first);
    }
    known.is_behind = ga_stmt_column_int(stmt, 2) != 0;
    known.birth_day = birth_day_of(ga_stmt_column_text(stmt, column));
    ga_keys_add(keys, &known);
}

enum ga_rc ga_keys_load(struct keys *keys, struct ga_store *store, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt = NULL;
    if (keys->count == 0)
        return GA_OK;
    write_select(keys, &sql);
    enum ga_rc rc = ga_store_files_view(store, keys->form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), &stmt, err);
    bool has_row = rc == GA_OK;
    while (has_row && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        add_row(keys, stmt);
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
    return rc == GA_OK ? ga_keys_check(keys, err) : rc;
}
