/* Reads how the phones of a child's people have answered. */
#include "guanai/care/phone.h"

#include "columns.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/store/number.h"
#include "guanai/store/roster.h"

#include <stdlib.h>
#include <string.h>

const char *const ga_phone_codes[GA_PHONES_MAX] = {
    [GA_PHONE_FATHER] = "father", [GA_PHONE_MOTHER] = "mother", [GA_PHONE_GUARDIAN] = "guardian"};

/* Forms of calls share these fields; a school's own edition may lack one, which then says nothing. */
static const char *const call_forms[] = {"parent_call", "family_call"};
static const char *const call_fields[] = {"called_on", "whom", "outcome", "number", "channel"};
enum { CALLED_ON, WHOM, OUTCOME, NUMBER, CHANNEL, CALL_FIELDS };

/* Of a child: number and name of each, then who is rung instead. */
static const char *const child_fields[] = {"father_phone",   "father_name",   "mother_phone", "mother_name",
                                           "guardian_phone", "guardian_name", "contact_via"};
enum { VIA = 6, PAGE_ROWS = 500 };

struct call {
    struct ga_date day;
    int64_t no;
    uint32_t whose; /* where no number was written down */
    const char *number, *outcome;
    bool is_reached, is_rung;
};

struct reader {
    struct ga_store *store;
    struct ga_arena *arena;
    struct ga_stmt *child, *calls[GA_COUNT(call_forms)];
    struct ga_vec found, files; /* of the child in hand: struct call, struct ga_numbered_file */
};

static void finish(struct reader *reader)
{
    ga_stmt_destroy(reader->child);
    for (size_t i = 0; i < GA_COUNT(call_forms); i++)
        ga_stmt_destroy(reader->calls[i]);
    ga_vec_finish(&reader->found);
    ga_vec_finish(&reader->files);
}

static enum ga_rc start(struct reader *reader, struct ga_error *err)
{
    ga_vec_init(&reader->found, sizeof(struct call));
    ga_vec_init(&reader->files, sizeof(struct ga_numbered_file));
    const struct ga_columns child = {"child", child_fields, GA_COUNT(child_fields),
                                     "v.no = ?1 AND NOT EXISTS (SELECT 1 FROM main._same AS b WHERE b.no = v.no)"};
    enum ga_rc rc = ga_columns_prepare(reader->store, &child, &reader->child, err);
    for (size_t i = 0; rc == GA_OK && i < GA_COUNT(call_forms); i++) {
        const struct ga_columns calls = {call_forms[i], call_fields, GA_COUNT(call_fields), "v.child = ?1"};
        rc = ga_columns_prepare(reader->store, &calls, &reader->calls[i], err);
    }
    return rc;
}

static const char *text_at(const struct reader *reader, struct ga_stmt *stmt, int column)
{
    return ga_columns_text(stmt, column, reader->arena);
}

static uint32_t bits_of(const char *whom)
{
    if (strcmp(whom, "both") == 0)
        return 1u << GA_PHONE_FATHER | 1u << GA_PHONE_MOTHER;
    for (size_t i = 0; i < GA_PHONES_MAX; i++)
        if (strcmp(whom, ga_phone_codes[i]) == 0)
            return 1u << i;
    return 0;
}

/* One whose day or outcome nobody wrote down says nothing of a phone. */
static void take_call(struct reader *reader, struct ga_stmt *stmt)
{
    const char *channel = text_at(reader, stmt, CHANNEL);
    struct call call = {.no = ga_stmt_column_int(stmt, CALL_FIELDS), .outcome = text_at(reader, stmt, OUTCOME),
                        .number = text_at(reader, stmt, NUMBER), .whose = bits_of(text_at(reader, stmt, WHOM))};
    if (!ga_date_from_iso(text_at(reader, stmt, CALLED_ON), &call.day) || call.outcome[0] == '\0')
        return;
    call.is_rung = strcmp(channel, "at_school") != 0 && strcmp(channel, "letter") != 0;
    call.is_reached = strcmp(call.outcome, "reached") == 0 || strcmp(call.outcome, "answered_by_other") == 0;
    *(struct call *)ga_vec_push(&reader->found) = call;
}

static enum ga_rc read_calls(struct reader *reader, int64_t file, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < GA_COUNT(call_forms); i++) {
        bool has_row = false;
        if (reader->calls[i] == NULL)
            continue;
        ga_stmt_bind_int(reader->calls[i], 1, file);
        while ((rc = ga_stmt_step(reader->calls[i], &has_row, err)) == GA_OK && has_row)
            take_call(reader, reader->calls[i]);
        ga_stmt_reset(reader->calls[i]);
    }
    return rc;
}

static int by_day(const void *left, const void *right)
{
    const struct call *a = left, *b = right;
    const int days = ga_date_compare(a->day, b->day);
    return days != 0 ? days : (a->no > b->no) - (a->no < b->no);
}

/* Father and guardian may have one phone: one row. */
static void add_phone(struct ga_phones *phones, size_t whose, const char *number, const char *name)
{
    if (number[0] == '\0')
        return;
    for (size_t i = 0; i < phones->count; i++)
        if (strcmp(phones->items[i].number, number) == 0) {
            phones->items[i].whose |= 1u << whose;
            return;
        }
    phones->items[phones->count++] =
        (struct ga_phone){.number = number, .whose = 1u << whose, .name = name, .outcome = ""};
}

static bool is_of(const struct ga_phones *phones, size_t at, const struct call *call)
{
    if (call->number[0] != '\0')
        return strcmp(phones->items[at].number, call->number) == 0;
    const uint32_t parents = 1u << GA_PHONE_FATHER | 1u << GA_PHONE_MOTHER;
    if (call->whose != parents)
        return (phones->items[at].whose & call->whose) != 0;
    return (phones->items[at].whose & parents) != 0 && (at == 0 || (phones->items[0].whose & parents) == 0);
}

static void count_call(struct ga_phones *phones, const struct call *call)
{
    if (call->is_reached) {
        phones->reached_on = call->day;
        phones->tries = 0;
    } else {
        phones->tries += call->is_rung;
    }
    for (size_t i = 0; call->is_rung && i < phones->count; i++) {
        struct ga_phone *phone = &phones->items[i];
        if (!is_of(phones, i, call))
            continue;
        phone->tried_on = call->day;
        phone->outcome = call->outcome;
        phone->tries = call->is_reached ? 0 : phone->tries + 1;
        if (call->is_reached)
            phone->reached_on = call->day;
    }
}

static enum ga_rc read_child(struct reader *reader, int64_t no, struct ga_phones *phones, struct ga_error *err)
{
    bool has_row = false;
    *phones = (struct ga_phones){.child = no, .via = ""};
    if (reader->child == NULL)
        return GA_OK;
    ga_stmt_bind_int(reader->child, 1, no);
    enum ga_rc rc = ga_stmt_step(reader->child, &has_row, err);
    if (rc == GA_OK && !has_row)
        rc = ga_error_set(err, GA_NOT_FOUND, "this child is not here");
    for (int i = 0; rc == GA_OK && i < GA_PHONES_MAX; i++)
        add_phone(phones, (size_t)i, text_at(reader, reader->child, 2 * i), text_at(reader, reader->child, 2 * i + 1));
    if (rc == GA_OK)
        phones->via = text_at(reader, reader->child, VIA);
    ga_stmt_reset(reader->child);
    return rc;
}

static enum ga_rc read_one(struct reader *reader, int64_t no, struct ga_phones *phones, struct ga_error *err)
{
    ga_vec_clear(&reader->found);
    ga_vec_clear(&reader->files);
    enum ga_rc rc = read_child(reader, no, phones, err);
    if (rc == GA_OK)
        rc = ga_store_child_files(reader->store, no, &reader->files, err);
    for (size_t i = 0; rc == GA_OK && i < reader->files.len; i++)
        rc = read_calls(reader, GA_VEC_AT(const struct ga_numbered_file, &reader->files, i)->no, err);
    if (rc != GA_OK)
        return rc;
    if (reader->found.len > 1)
        qsort(reader->found.items, reader->found.len, sizeof(struct call), by_day);
    for (size_t i = 0; i < reader->found.len; i++)
        count_call(phones, GA_VEC_AT(const struct call, &reader->found, i));
    return GA_OK;
}

enum ga_rc ga_phones_of(struct ga_store *store, int64_t child, struct ga_arena *arena, struct ga_phones *ret_phones,
                        struct ga_error *err)
{
    struct reader reader = {.store = store, .arena = arena};
    struct ga_phones phones;
    enum ga_rc rc = start(&reader, err);
    if (rc == GA_OK)
        rc = read_one(&reader, child, &phones, err);
    finish(&reader);
    if (rc == GA_OK)
        *ret_phones = phones;
    return rc;
}

static bool is_asked(const struct ga_phones *phones, int min_tries)
{
    int tries = 0;
    for (size_t i = 0; i < phones->count; i++)
        tries = phones->items[i].tries > tries ? phones->items[i].tries : tries;
    return phones->count > 0 && tries >= min_tries;
}

static bool is_same(const char *asked, const char *text)
{
    return asked == NULL || strcmp(asked, text) == 0;
}

/* Those of one class who have not left, appended. */
static enum ga_rc list_class(struct ga_store *store, const struct ga_roster_class *class_of, struct ga_vec *nos,
                             struct ga_error *err)
{
    const struct ga_roster_filter filter = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no};
    struct ga_arena arena = {0};
    struct ga_roster_row *rows;
    size_t count = PAGE_ROWS;
    enum ga_rc rc = GA_OK;
    for (int64_t at = 0; rc == GA_OK && count == PAGE_ROWS; at += PAGE_ROWS) {
        rc = ga_roster_page_at(store, &filter, at, PAGE_ROWS, GA_ZH, &arena, &rows, &count, err);
        for (size_t i = 0; rc == GA_OK && i < count; i++)
            *(int64_t *)ga_vec_push(nos) = rows[i].no;
        ga_arena_reset(&arena);
    }
    ga_arena_finish(&arena);
    return rc;
}

/* Numbers of the children asked for, in roster order. */
static enum ga_rc list_children(struct ga_store *store, const struct ga_phones_ask *ask, struct ga_vec *nos, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    size_t count = 0;
    enum ga_rc rc = ga_store_classes(store, GA_ZH, &arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (is_same(ask->site, classes[i].site) && is_same(ask->grade, classes[i].grade) && is_same(ask->class_no, classes[i].class_no))
            rc = list_class(store, &classes[i], nos, err);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_phones_list(struct ga_store *store, const struct ga_phones_ask *ask, struct ga_arena *arena,
                          struct ga_phones **ret_phones, size_t *ret_count, struct ga_error *err)
{
    struct reader reader = {.store = store, .arena = arena};
    struct ga_vec nos;
    ga_vec_init(&nos, sizeof(int64_t));
    enum ga_rc rc = start(&reader, err);
    if (rc == GA_OK)
        rc = list_children(store, ask, &nos, err);
    struct ga_phones *list = ga_arena_array(arena, nos.len + 1, sizeof(*list));
    size_t count = 0;
    for (size_t i = 0; rc == GA_OK && i < nos.len; i++) {
        rc = read_one(&reader, *GA_VEC_AT(const int64_t, &nos, i), &list[count], err);
        count += rc == GA_OK && is_asked(&list[count], ask->min_tries);
    }
    ga_vec_finish(&nos);
    finish(&reader);
    if (rc != GA_OK)
        return rc;
    *ret_phones = list;
    *ret_count = count;
    return GA_OK;
}
