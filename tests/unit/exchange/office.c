/* A school with rules in force that imports and exports. */
#include "office.h"

#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t next_number(void *ctx)
{
    struct office *office = ctx;
    return office_count(office, "SELECT coalesce(max(card_no), 0) + 1 FROM v_child");
}

void office_must(enum ga_rc rc, const struct ga_error *err)
{
    struct ga_str text = {0};
    if (rc != GA_OK) {
        ga_error_text(err, GA_EN, &text);
        fprintf(stderr, "# %s\n", ga_str_text(&text));
    }
    assert(rc == GA_OK);
    ga_str_finish(&text);
}

void office_start(struct office *office)
{
    *office = (struct office){0};
    school_start(&office->school);
    office_settle(office);
}

void office_settle(struct office *office)
{
    struct ga_error err = {0};
    struct ga_store *store = office->school.store;
    office_must(ga_rules_create(ga_store_forms(store), &office->rules, &err), &err);
    const struct ga_rule_world world = {.today = {2026, 11, 23}, .user = "周老师", .own_site = "main",
        .config = &office->school.config, .next_number = next_number, .ctx = office};
    ga_rules_set_world(office->rules, &world);
    office->tools = (struct ga_import_tools){.store = store, .rules = office->rules,
        .config = &office->school.config, .io = ga_io_system(), .folder = office->school.folder};
    office_must(ga_store_view(store, school_form(&office->school, "child"), NULL, &err), &err);
    office_must(ga_store_view(store, school_form(&office->school, "home_visit"), NULL, &err), &err);
}

void office_stop(struct office *office)
{
    ga_rules_destroy(office->rules);
    school_stop(&office->school);
    ga_arena_finish(&office->arena);
}

struct ga_import *office_open(struct office *office, const char *form, const char *path, enum ga_import_mode mode)
{
    struct ga_import *import = NULL;
    struct ga_error err = {0};
    const struct ga_import_options options = {.form = school_form(&office->school, form), .mode = mode};
    office_must(ga_import_open(&office->tools, path, &options, &import, &err), &err);
    return import;
}

struct tally office_import(struct office *office, const char *form, const char *path, enum ga_import_mode mode,
                           const char *rejects)
{
    struct ga_import *import = office_open(office, form, path, mode);
    struct ga_error err = {0};
    struct tally tally = {0};
    office_must(ga_import_plan(import, NULL, &err), &err);
    for (int v = 0; v < GA_VERDICT_COUNT; v++)
        tally.verdicts[v] = ga_import_count(import, v);
    tally.rows = ga_import_rows(import);
    tally.gaps = ga_import_gaps(import);
    office_must(ga_import_apply(import, NULL, &err), &err);
    if (rejects != NULL)
        office_must(ga_import_write_rejects(import, rejects, GA_ZH, &err), &err);
    ga_import_destroy(import);
    return tally;
}

const char *office_path(struct office *office, const char *name)
{
    return ga_arena_printf(&office->arena, "%s/%s", office->school.folder, name);
}

const char *office_file(struct office *office, const char *name, const void *bytes, size_t len)
{
    const char *path = office_path(office, name);
    enum ga_rc rc = ga_io_write_file(ga_io_system(), path, bytes, len, NULL);
    assert(rc == GA_OK);
    return path;
}

struct tally office_import_text(struct office *office, const char *form, const char *text)
{
    return office_import(office, form, office_file(office, "text.csv", text, strlen(text)), GA_IMPORT_FILL, NULL);
}

char *office_read_file(struct office *office, const char *path)
{
    struct ga_str bytes = {0};
    struct ga_error err = {0};
    office_must(ga_io_read_file(ga_io_system(), path, 64 << 20, &bytes, &err), &err);
    char *copy = ga_arena_strndup(&office->arena, ga_str_text(&bytes), bytes.len);
    ga_str_finish(&bytes);
    return copy;
}

int64_t office_count(struct office *office, const char *sql)
{
    int64_t value = -1;
    struct ga_error err = {0};
    office_must(ga_db_query_int(ga_store_db(office->school.store), sql, &value, &err), &err);
    return value;
}

const char *office_text(struct office *office, const char *sql)
{
    struct ga_stmt *stmt = NULL;
    struct ga_error err = {0};
    bool has_row = false;
    office_must(ga_stmt_prepare(ga_store_db(office->school.store), sql, &stmt, &err), &err);
    office_must(ga_stmt_step(stmt, &has_row, &err), &err);
    const char *text = has_row ? ga_stmt_column_text(stmt, 0) : NULL;
    char *kept = ga_arena_strdup(&office->arena, text == NULL ? "" : text);
    ga_stmt_destroy(stmt);
    return kept;
}

const char *office_reasons(struct office *office, struct ga_import *import, size_t i)
{
    struct ga_import_row row;
    struct ga_error err = {0};
    struct ga_str all = {0};
    char words[GA_MESSAGE_BYTES];
    office_must(ga_import_row_at(import, i, &row, &err), &err);
    for (size_t n = 0; n < row.reasons_count; n++)
        ga_str_addf(&all, "%s%s", n > 0 ? " | " : "", ga_message_text(&row.reasons[n], GA_ZH, words, sizeof(words)));
    char *kept = ga_arena_strdup(&office->arena, ga_str_text(&all));
    ga_str_finish(&all);
    return kept;
}
