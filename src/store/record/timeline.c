/* Lists the records that belong to a child. */
#include "guanai/store/record.h"

#include "child/same.h"
#include "index/index.h"

#include "guanai/form/type.h"

#include <stdlib.h>
#include <string.h>

/* One record: its number until it is known whether it is on the page. */
struct entry {
    struct ga_uuid id;
    int64_t no;
    const struct ga_form *form;
    char day[11];
    const char *doer;
};

struct timeline {
    struct ga_store *store;
    int64_t child_no;
    char child[GA_UUID_TEXT_SIZE];
    size_t wanted; /* from the newest on */
    struct ga_arena *arena;
    struct ga_vec entries;
};

static const struct ga_field *date_field(const struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (strcmp(form->all[i]->type->name, "date") == 0)
            return form->all[i];
    return NULL;
}

static bool names_child(const struct ga_field *field)
{
    return ga_str_equal(field->type->name, "record") && ga_str_equal(field->of.text, "child");
}

/* All files of the child, by number (?1 leads) or as text (?2). */
#define BY_NUMBER "(SELECT ?1 UNION ALL SELECT no FROM main._same WHERE main = ?1)"
#define BY_TEXT                                                                                    \
    "(SELECT ?2 UNION ALL SELECT uuid_text(r.id) FROM main._same AS s JOIN main.record AS r ON "    \
    "r.no = s.no WHERE s.main = ?1)"

/* Which rows of a form: its own child, or a repeat's row that names the child. */
static bool add_condition(const struct ga_form *form, struct ga_str *sql)
{
    bool has_one = form->of.text != NULL && strcmp(form->of.text, "child") == 0;
    if (has_one)
        ga_str_add(sql, "t.child IN " BY_NUMBER);
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *repeat = form->all[i];
        for (size_t k = 0; k < repeat->fields.count; k++) {
            if (!names_child(&repeat->fields.items[k]))
                continue;
            ga_str_addf(sql, "%st.no IN (SELECT record FROM main.\"%s__%s\" WHERE \"%s\" IN " BY_TEXT ")",
                        has_one ? " OR " : "", form->name, repeat->name,
                        repeat->fields.items[k].name);
            has_one = true;
        }
    }
    return has_one;
}

static void take_row(struct timeline *timeline, const struct ga_form *form, struct ga_stmt *stmt)
{
    struct entry *entry = ga_vec_push(&timeline->entries);
    const char *day = ga_stmt_column_text(stmt, 1), *doer = ga_stmt_column_text(stmt, 2);
    const struct ga_value id = ga_stmt_column(stmt, 3);
    entry->no = ga_stmt_column_int(stmt, 0);
    entry->id = (struct ga_uuid){0};
    if (id.len == sizeof(entry->id.bytes))
        memcpy(entry->id.bytes, id.text, id.len);
    entry->form = form;
    ga_str_copy(entry->day, sizeof(entry->day), day == NULL ? "" : day);
    entry->doer = ga_arena_strdup(timeline->arena, doer == NULL ? "" : doer);
}

static enum ga_rc read_form(struct timeline *timeline, const struct ga_form *form,
                            struct ga_error *err)
{
    struct ga_str sql = {0}, condition = {0};
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    const struct ga_field *date = date_field(form);
    enum ga_rc rc = GA_OK;
    if (!add_condition(form, &condition))
        return GA_OK;
    ga_str_add(&sql, "SELECT t.no, ");
    if (date != NULL)
        ga_str_addf(&sql, "coalesce(t.\"%s\", t.entered_on)", date->name);
    else
        ga_str_add(&sql, "t.entered_on");
    ga_str_addf(&sql,
                " AS day, t.entered_by, r.id FROM main.\"%s\" AS t JOIN main.record AS r ON r.no = t.no"
                " WHERE %s ORDER BY day DESC, r.id DESC LIMIT ?3",
                form->name, ga_str_text(&condition));
    rc = ga_stmt_prepare(ga_store_db(timeline->store), ga_str_text(&sql), &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_int(stmt, 1, timeline->child_no);
        ga_stmt_bind_text(stmt, 2, timeline->child);
        ga_stmt_bind_int(stmt, 3, (int64_t)timeline->wanted);
    }
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take_row(timeline, form, stmt);
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
    ga_str_finish(&condition);
    return rc;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(y->day, x->day);
    return order != 0 ? order : ga_uuid_compare(&y->id, &x->id); /* on every computer the same */
}

static enum ga_rc has_conflict(struct ga_store *store, int64_t no, bool *ret_has,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_CONFLICTS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, ret_has, err);
    if (rc == GA_OK && *ret_has)
        ga_stmt_reset(stmt);
    return rc;
}

static enum ga_rc hand_out(struct timeline *timeline, size_t offset,
                           struct ga_timeline_entry *entries, size_t count, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const struct entry *entry = ga_vec_at(&timeline->entries, offset + i);
        entries[i].form = entry->form;
        entries[i].doer = entry->doer;
        memcpy(entries[i].day, entry->day, sizeof(entry->day));
        entries[i].id = entry->id;
        rc = has_conflict(timeline->store, entry->no, &entries[i].has_conflict, err);
    }
    return rc;
}

/* The names first: a form that is read from the database asks with statements of its own. */
static enum ga_rc read_names(struct timeline *timeline, struct ga_vec *names, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(timeline->store, GA_SQL_FORM_NAMES, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(const char **)ga_vec_push(names) =
            ga_arena_strdup(timeline->arena, ga_stmt_column_text(stmt, 0));
    return rc;
}

static enum ga_rc read_forms(struct timeline *timeline, struct ga_error *err)
{
    struct ga_vec names;
    ga_vec_init(&names, sizeof(const char *));
    enum ga_rc rc = read_names(timeline, &names, err);
    for (size_t i = 0; rc == GA_OK && i < names.len; i++) {
        const char *name = *GA_VEC_AT(const char *, &names, i);
        int64_t records = 0;
        rc = ga_store_count(timeline->store, name, &records, err); /* most schools use few of the forms */
        const struct ga_form *form =
            rc != GA_OK || records == 0 ? NULL : ga_forms_get(ga_store_forms(timeline->store), name, err);
        if (form != NULL)
            rc = read_form(timeline, form, err);
    }
    ga_vec_finish(&names);
    return rc;
}

enum ga_rc ga_store_timeline(struct ga_store *store, const struct ga_uuid *child, size_t offset,
                             size_t limit, struct ga_arena *arena,
                             struct ga_timeline_entry **ret_entries, size_t *ret_count,
                             struct ga_error *err)
{
    enum { ENTRIES_MAX = 10000 };
    struct timeline timeline = {.store = store, .arena = arena};
    limit = limit < ENTRIES_MAX ? limit : ENTRIES_MAX;
    offset = offset < ENTRIES_MAX ? offset : ENTRIES_MAX;
    timeline.wanted = offset + limit;
    struct ga_uuid main;
    enum ga_rc rc = ga_same_main(store, child, &main, err);
    if (rc == GA_OK)
        rc = ga_record_no(store, &main, &timeline.child_no, err);
    if (rc != GA_OK)
        return rc;
    ga_uuid_text(&main, timeline.child);
    ga_vec_init(&timeline.entries, sizeof(struct entry));
    rc = read_forms(&timeline, err);
    if (rc == GA_OK && timeline.entries.len > 0)
        qsort(timeline.entries.items, timeline.entries.len, timeline.entries.item_bytes,
              compare_entries);
    size_t rest = timeline.entries.len > offset ? timeline.entries.len - offset : 0;
    size_t count = rest < limit ? rest : limit;
    struct ga_timeline_entry *entries = ga_arena_array(arena, count, sizeof(*entries));
    if (rc == GA_OK)
        rc = hand_out(&timeline, offset, entries, count, err);
    if (rc == GA_OK) {
        *ret_entries = entries;
        *ret_count = count;
    }
    ga_vec_finish(&timeline.entries);
    return rc;
}

enum ga_rc ga_store_count(struct ga_store *store, const char *form, int64_t *ret_count,
                          struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    bool is_child = strcmp(form, "child") == 0;
    enum ga_rc rc =
        ga_index_stmt(store, is_child ? GA_INDEX_GET_TALLY : GA_INDEX_GET_COUNT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    if (is_child)
        ga_stmt_bind_blob(stmt, 1, "", 0);
    else
        ga_stmt_bind_text(stmt, 1, form);
    if ((rc = ga_stmt_step(stmt, &has_row, err)) != GA_OK)
        return rc;
    *ret_count = !has_row   ? 0
                 : is_child ? ga_stmt_column_int(stmt, 4) + ga_stmt_column_int(stmt, 9)
                            : ga_stmt_column_int(stmt, 0);
    if (has_row)
        ga_stmt_reset(stmt);
    return GA_OK;
}
