/* Reads the records that are a turn, a contact, a sign of need. */
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* A school's whole archive in one statement: the clock bounds it, the steps only what runs away. */
enum { READ_MS = 20000, TIMES_MAX = 1000 };
static const int64_t READ_STEPS = 20000000000;

/* Columns of the statements; the last three of PROOF alone. */
enum { CHILD, RECORD, ON, TIMES, COUNTS, ROW_COUNTS, ASKED_ON, SEATS, OTHERS, COLUMNS };

static void add_source(struct ga_prio *prio, size_t column, const struct ga_priority_source *rule)
{
    if (rule->of != NULL)
        prio->sources[prio->sources_count++] = (struct ga_prio_source){.column = column, .rule = rule};
}

void ga_prio_sources_list(struct ga_prio *prio)
{
    const struct ga_priorities *rule = prio->rule;
    size_t count = rule->reached.count + rule->needs.count;
    for (size_t i = 0; i < rule->priorities.count; i++)
        count += rule->priorities.items[i].records.count;
    prio->sources = ga_alloc_array(count + 1, sizeof(*prio->sources));
    for (size_t i = 0; i < rule->priorities.count; i++)
        for (size_t k = 0; k < rule->priorities.items[i].records.count; k++)
            add_source(prio, i, &rule->priorities.items[i].records.items[k]);
    for (size_t i = 0; i < rule->reached.count; i++)
        add_source(prio, ga_prio_reached(prio), &rule->reached.items[i]);
    for (size_t i = 0; i < rule->needs.count; i++) {
        const struct ga_priority_need *need = &rule->needs.items[i];
        prio->need_rules[i] = (struct ga_priority_source){.form = need->form, .on = need->on, .when = need->when, .of = need->of};
        add_source(prio, GA_PRIO_COLUMNS_MAX + i, &prio->need_rules[i]);
    }
}

void ga_prio_sources_finish(struct ga_prio *prio)
{
    for (size_t i = 0; i < prio->sources_count; i++)
        for (size_t k = 0; k < GA_PRIO_SQL_COUNT; k++)
            ga_stmt_destroy(prio->sources[i].stmts[k]);
    free(prio->sources);
    prio->sources = NULL;
    prio->sources_count = 0;
}

static void add_column(struct ga_str *out, const char *name)
{
    if (name != NULL)
        ga_str_addf(out, ", v.\"%s\"", name);
    else
        ga_str_add(out, ", NULL");
}

/*
 * SELECT child, v.no, day, times, (when), the row's answer [, asked, seats, others]
 *   FROM v_form AS v [JOIN (SELECT …, (row) FROM v_form__repeat) AS r] WHERE day BETWEEN ?1 AND ?2 [AND the file is ?3]
 * The author's names are v's in the one, the rows' in the other expression.
 */
static void write_statement(const struct ga_priority_source *rule, enum ga_prio_sql sql, struct ga_str *prefix,
                            struct ga_str *between, struct ga_str *suffix)
{
    const struct ga_field *rows = rule->child_field;
    struct ga_str *behind = rows != NULL ? between : suffix;
    ga_str_addf(prefix, "SELECT %s, v.no, v.\"%s\", ", rows != NULL ? "r._c" : "v._child", rule->on.text);
    if (rule->times.text != NULL && rows == NULL)
        ga_str_addf(prefix, "v.\"%s\", ((", rule->times.text);
    else
        ga_str_addf(prefix, "%s, ((", rows != NULL ? "r._n" : "1");
    ga_str_addf(behind, ") AND 1), %s", rows != NULL ? "r._w" : "1");
    if (sql == GA_PRIO_PROOF) {
        add_column(behind, rule->asked_on.text);
        add_column(behind, rule->seats.text);
        add_column(behind, rule->others.text);
    }
    ga_str_addf(behind, " FROM v_%s AS v", rule->of->name);
    if (rows != NULL) {
        const char *times = rule->times.text != NULL ? rule->times.text : "position";
        ga_str_addf(between, " JOIN (SELECT _record AS _r, \"_no_%s\" AS _c, \"_raw_%s\" AS _t, \"%s\" AS _n, ((", rows->name,
                    rows->name, times);
        ga_str_addf(suffix, ") AND 1) AS _w FROM v_%s__%s) AS r ON r._r = v.no", rule->of->name, rule->children.text);
    }
    ga_str_addf(suffix, " WHERE v.\"%s\" BETWEEN ?1 AND ?2", rule->on.text);
    if (sql == GA_PRIO_ONE)
        ga_str_addf(suffix, " AND %s = ?3", rows != NULL ? "r._t" : "v._file");
}

static enum ga_rc prepare_views(struct ga_prio *prio, struct ga_prio_source *source, struct ga_error *err)
{
    struct ga_store *store = prio->care->options.store;
    const struct ga_priority_source *rule = source->rule;
    size_t count = 1;
    enum ga_rc rc = ga_store_view(store, rule->of, source->views[0], err);
    if (rc == GA_OK && rule->child_field != NULL) {
        rc = ga_store_repeat_view(store, rule->of, ga_form_field(rule->of, rule->children.text), source->views[1], err);
        count = 2;
    }
    source->view_names[0] = source->views[0];
    source->view_names[1] = source->views[1];
    source->scope = (struct ga_guard_scope){.kind = GA_GUARD_VIEW, .views = source->view_names, .views_count = count,
                                            .max_steps = READ_STEPS, .max_ms = READ_MS};
    return rc;
}

static enum ga_rc prepare(struct ga_prio *prio, struct ga_prio_source *source, enum ga_prio_sql sql, struct ga_error *err)
{
    const struct ga_priority_source *rule = source->rule;
    struct ga_str prefix = {0}, between = {0}, suffix = {0};
    if (source->stmts[sql] != NULL)
        return GA_OK;
    write_statement(rule, sql, &prefix, &between, &suffix);
    const char *const exprs[] = {rule->when.text != NULL ? rule->when.text : "1", rule->row.text != NULL ? rule->row.text : "1"};
    const char *const separators[] = {ga_str_text(&between)};
    const struct ga_guard_shape shape = {.prefix = ga_str_text(&prefix), .suffix = ga_str_text(&suffix),
                                         .separators = separators, .exprs = exprs,
                                         .exprs_count = rule->child_field != NULL ? 2 : 1,
                                         .columns = sql == GA_PRIO_PROOF ? COLUMNS : ASKED_ON};
    enum ga_rc rc = prepare_views(prio, source, err);
    if (rc == GA_OK)
        rc = ga_guard_prepare(ga_store_db(prio->care->options.store), &source->scope, &shape, &source->stmts[sql], NULL, err);
    if (rc != GA_OK)
        ga_error_where(err, "%s", prio->rule->file);
    ga_str_finish(&prefix);
    ga_str_finish(&between);
    ga_str_finish(&suffix);
    return rc;
}

static bool day_of(const char *text, int32_t *ret_day)
{
    struct ga_date day;
    if (text == NULL || !ga_date_from_iso(text, &day) || !ga_date_is_day(day))
        return false;
    *ret_day = ga_date_to_days(day);
    return true;
}

static int32_t times_of(const struct ga_priority_source *rule, struct ga_stmt *stmt)
{
    if (rule->times.text == NULL || ga_stmt_column_is_null(stmt, TIMES))
        return 1;
    const int64_t times = ga_stmt_column_int(stmt, TIMES);
    return times < 0 ? 0 : times > TIMES_MAX ? TIMES_MAX : (int32_t)times;
}

/* Of what shows a need every record is wanted: the newest one decides. */
static void take(const struct ga_prio *prio, size_t at, struct ga_stmt *stmt, enum ga_prio_sql sql, struct ga_vec *contacts)
{
    const struct ga_prio_source *source = &prio->sources[at];
    struct ga_prio_contact contact = {.child = ga_stmt_column_int(stmt, CHILD), .record = ga_stmt_column_int(stmt, RECORD),
                                      .source = (uint32_t)at, .times = times_of(source->rule, stmt),
                                      .counts = ga_stmt_column_int(stmt, COUNTS) != 0 && ga_stmt_column_int(stmt, ROW_COUNTS) != 0};
    if (contact.child == 0 || !day_of(ga_stmt_column_text(stmt, ON), &contact.day) ||
        (!ga_prio_is_need(source) && (!contact.counts || contact.times == 0)))
        return;
    if (sql == GA_PRIO_PROOF) {
        day_of(ga_stmt_column_text(stmt, ASKED_ON), &contact.asked_on);
        contact.seats = ga_stmt_column_is_null(stmt, SEATS) ? -1 : ga_stmt_column_int(stmt, SEATS);
        contact.others = ga_stmt_column_int(stmt, OTHERS);
    }
    *(struct ga_prio_contact *)ga_vec_push(contacts) = contact;
}

static enum ga_rc run(struct ga_prio *prio, size_t at, enum ga_prio_sql sql, const struct ga_numbered_file *file,
                      struct ga_days span, struct ga_vec *contacts, struct ga_error *err)
{
    struct ga_prio_source *source = &prio->sources[at];
    char text[GA_UUID_TEXT_SIZE];
    bool has_row = false;
    enum ga_rc rc = prepare(prio, source, sql, err);
    if (rc != GA_OK)
        return rc;
    struct ga_stmt *stmt = source->stmts[sql];
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(span.from));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(span.to));
    if (file != NULL && source->rule->child_field == NULL)
        ga_stmt_bind_int(stmt, 3, file->no);
    else if (file != NULL)
        ga_stmt_bind_text(stmt, 3, ga_uuid_text(&file->id, text));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(prio, at, stmt, sql, contacts);
    ga_stmt_reset(stmt);
    return rc;
}

enum ga_rc ga_prio_contacts_read(struct ga_prio *prio, int64_t child, struct ga_days span, struct ga_vec *contacts,
                                 struct ga_error *err)
{
    struct ga_vec files;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&files, sizeof(struct ga_numbered_file));
    if (child != 0)
        rc = ga_store_child_files(prio->care->options.store, child, &files, err);
    if (rc == GA_NOT_FOUND)
        rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < prio->sources_count; i++) {
        if (child == 0)
            rc = run(prio, i, GA_PRIO_ALL, NULL, span, contacts, err);
        for (size_t k = 0; rc == GA_OK && k < files.len; k++)
            rc = run(prio, i, GA_PRIO_ONE, ga_vec_at(&files, k), span, contacts, err);
    }
    ga_vec_finish(&files);
    return rc;
}

enum ga_rc ga_prio_proof_read(struct ga_prio *prio, size_t column, struct ga_days span, struct ga_vec *contacts,
                              struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < prio->sources_count; i++)
        if (prio->sources[i].column == column)
            rc = run(prio, i, GA_PRIO_PROOF, NULL, span, contacts, err);
    return rc;
}
