/* Tells where computers answered differently. */
#include "guanai/store/conflict.h"

#include "fold/own.h"
#include "fold/said.h"
#include "guanai/store/operation_order.h"
#include "guanai/store/school.h"
#include "guanai/store/site.h"
#include "guanai/text/translate.h"
#include "peers/conflict_heads.h"
#include "peers/conflict_removal.h"
#include "record/history_source.h"

#include <stdlib.h>
#include <string.h>

struct telling {
    struct ga_store *store;
    enum ga_lang lang;
    struct ga_arena *arena;
    const struct ga_log_op *ops;
    size_t ops_count;
    const struct ga_fold_head *heads;
    size_t heads_count;
};

static bool same_side(const struct ga_operation_group *a, const struct ga_operation_group *b)
{
    for (size_t i = 0; i < a->fields_count; i++)
        if (!ga_operation_value_equal(&a->fields[i].value, ga_said_value(b, a->fields[i].id)))
            return false;
    return true;
}

static bool is_same(const struct ga_operation_group *a, const struct ga_operation_group *b)
{
    return same_side(a, b) && same_side(b, a);
}

size_t ga_heads_of_group(const struct ga_fold_head *heads, size_t count)
{
    size_t of_group = 1;
    while (of_group < count && strcmp(heads[of_group].group, heads[0].group) == 0)
        of_group++;
    return of_group;
}

bool ga_heads_differ(const struct ga_fold_head *heads, size_t of_group)
{
    if (strcmp(heads[0].group, "_gone") == 0)
        return ga_fold_says_gone(heads, of_group);
    if (ga_fold_is_own(heads[0].group))
        return false;
    for (size_t i = 1; i < of_group; i++)
        if (!is_same(heads[0].value, heads[i].value))
            return true;
    return false;
}

/* Where the operation was written; the file it came by. */
static void tell_origin(const struct telling *t, int64_t no, struct ga_conflict_value *value)
{
    struct ga_stmt *stmt;
    struct ga_peer peer;
    bool has_row = false;
    value->site_label = value->source = "";
    if (ga_store_stmt(t->store, GA_SQL_TXN_OF_OP, &stmt, NULL) != GA_OK)
        return;
    ga_stmt_bind_int(stmt, 1, no);
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return;
    const struct ga_value site = ga_stmt_column(stmt, 0);
    const struct ga_reach reach = {.first_op = ga_stmt_column_int(stmt, 1),
                                   .count = ga_stmt_column_int(stmt, 2) - ga_stmt_column_int(stmt, 1) + 1};
    if (site.len == sizeof(value->site))
        memcpy(value->site.bytes, site.text, site.len);
    ga_stmt_reset(stmt);
    const uint8_t *id = value->site.bytes;
    const bool is_known = ga_store_site(t->store, &value->site, &peer, NULL) == GA_OK;
    const bool has_label = is_known && peer.label[0] != '\0';
    value->is_own = is_known && peer.is_own;
    value->site_label = has_label ? ga_arena_strdup(t->arena, peer.label)
                                  : ga_arena_printf(t->arena, "%02x%02x%02x%02x", id[0], id[1], id[2], id[3]);
    value->source = ga_history_source(t->store, &reach, t->lang, t->arena);
}

static void tell_who(const struct telling *t, const struct ga_log_op *op, struct ga_conflict_value *value)
{
    enum { MS_A_MINUTE = 60000 };
    char date[GA_DATE_SIZE];
    const int minutes = op->op.local_ms / MS_A_MINUTE;
    *value = (struct ga_conflict_value){
        .leaf = op->leaf, .origin = op->leaf, .day = op->op.local_day, .user = ga_arena_strdup(t->arena, op->op.user), .is_doubtful = op->op.is_clock_in_doubt,
        .when = ga_arena_printf(t->arena, "%s %02d:%02d", ga_date_iso(ga_date_from_days(op->op.local_day), date),
                                minutes / 60, minutes % 60)};
    if (op->op.typist != NULL && op->op.typist[0] != '\0')
        value->typist = ga_arena_strdup(t->arena, op->op.typist);
    tell_origin(t, op->no, value);
}

/* ---- who said it first ---- */

static const struct ga_operation_group *group_in(const struct ga_log_op *op, const char *id)
{
    for (size_t i = 0; op != NULL && i < op->op.groups_count; i++)
        if (strcmp(op->op.groups[i].id, id) == 0)
            return &op->op.groups[i];
    return NULL;
}

static const struct ga_log_op *find_op(const struct telling *t, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < t->ops_count; i++)
        if (ga_hash_equal(&t->ops[i].leaf, leaf))
            return &t->ops[i];
    return NULL;
}

/* Of another answer as well, by the same save: only taking a settlement back replaces one operation twice. */
static bool is_given_back(const struct telling *t, const struct ga_log_op *op, const char *id, const struct ga_hash *settled)
{
    for (size_t i = 0; i < t->ops_count; i++) {
        const struct ga_log_op *other = &t->ops[i];
        const struct ga_operation_group *group = group_in(other, id);
        if (other != op && group != NULL && group->replaces_count == 1 &&
            ga_hash_equal(&other->op.replaced[group->replaces[0]], settled) && other->op.local_day == op->op.local_day &&
            other->op.local_ms == op->op.local_ms && strcmp(other->op.user, op->op.user) == 0)
            return true;
    }
    return false;
}

/* What stood before the settlement that `op` takes back, with the same answer; NULL: it takes none back. */
static const struct ga_log_op *before_settled(const struct telling *t, const struct ga_log_op *op, const char *id)
{
    const struct ga_operation_group *group = group_in(op, id);
    if (strcmp(id, "_gone") == 0)
        return ga_removal_before(t->ops, t->ops_count, op);
    if (group == NULL || group->replaces_count != 1)
        return NULL;
    const struct ga_log_op *settled = find_op(t, &op->op.replaced[group->replaces[0]]);
    const struct ga_operation_group *choice = group_in(settled, id);
    if (choice == NULL || !is_given_back(t, op, id, &settled->leaf))
        return NULL;
    for (size_t i = 0; i < choice->replaces_count; i++) {
        const struct ga_log_op *earlier = find_op(t, &settled->op.replaced[choice->replaces[i]]);
        const struct ga_operation_group *said = group_in(earlier, id);
        if (said != NULL && is_same(said, group))
            return earlier;
    }
    return NULL;
}

/* Whoever takes a settlement back did not give the answers that stand again: those who did are told. */
static const struct ga_log_op *first_said(const struct telling *t, const struct ga_log_op *op, const char *id)
{
    for (const struct ga_log_op *earlier = op; earlier != NULL; earlier = before_settled(t, op, id))
        op = earlier;
    return op;
}

static const struct ga_field *definition_of(const struct ga_conflict *conflict, const char *id)
{
    const char *slash = strchr(conflict->group, '/');
    if (slash == NULL)
        return ga_form_field(conflict->form, id);
    char name[GA_OPERATION_ID_MAX + 1];
    const size_t len = (size_t)(slash - conflict->group);
    ga_str_copy(name, len + 1 < sizeof(name) ? len + 1 : sizeof(name), conflict->group);
    const struct ga_field *repeat = ga_form_field(conflict->form, name);
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, id) == 0)
            return &repeat->fields.items[i];
    return NULL;
}

static bool has_field(const struct ga_vec *fields, const char *id)
{
    for (size_t i = 0; i < fields->len; i++)
        if (strcmp(GA_VEC_AT(struct ga_conflict_field, fields, i)->id, id) == 0)
            return true;
    return false;
}

static bool differs_in(const struct ga_fold_head *heads, size_t of_group, const char *id)
{
    for (size_t i = 1; i < of_group; i++)
        if (!ga_operation_value_equal(ga_said_value(heads[0].value, id), ga_said_value(heads[i].value, id)))
            return true;
    return false;
}

/* Those in which the values differ, as they are first met. */
static void tell_fields(const struct telling *t, const struct ga_fold_head *heads, size_t of_group,
                        struct ga_conflict *conflict)
{
    struct ga_vec fields;
    ga_vec_init(&fields, sizeof(struct ga_conflict_field));
    for (size_t i = 0; i < of_group; i++)
        for (size_t k = 0; k < heads[i].value->fields_count; k++) {
            const char *id = heads[i].value->fields[k].id;
            if (has_field(&fields, id) || !differs_in(heads, of_group, id))
                continue;
            struct ga_conflict_field *field = ga_vec_push(&fields);
            field->id = ga_arena_strdup(t->arena, id);
            field->field = definition_of(conflict, id);
            field->label = field->field == NULL ? field->id : ga_label_text(&field->field->label, t->lang);
        }
    struct ga_conflict_field *kept = ga_arena_array(t->arena, fields.len, sizeof(*kept));
    if (fields.len > 0)
        memcpy(kept, fields.items, fields.len * sizeof(*kept));
    conflict->fields = kept;
    conflict->fields_count = fields.len;
    ga_vec_finish(&fields);
}

static const char *text_of(const struct telling *t, const struct ga_conflict_field *field,
                           const struct ga_operation_group *group)
{
    struct ga_str text = {0};
    ga_said_add_words(t->lang, field->field, ga_said_value(group, field->id), &text);
    const char *kept = ga_arena_strdup(t->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static enum ga_conflict_said said_of(const struct ga_operation_value *value)
{
    if (value == NULL || value->kind == GA_OPERATION_CLEAR)
        return GA_CONFLICT_EMPTY;
    return value->kind == GA_OPERATION_UNKNOWN ? GA_CONFLICT_UNKNOWN : GA_CONFLICT_ANSWERED;
}

/* What one of them says of each field. */
static void tell_said(const struct telling *t, const struct ga_conflict *conflict, const struct ga_operation_group *group,
                      struct ga_conflict_value *value)
{
    enum ga_conflict_said *said = ga_arena_array(t->arena, conflict->fields_count, sizeof(*said));
    value->texts = ga_arena_array(t->arena, conflict->fields_count, sizeof(*value->texts));
    for (size_t k = 0; k < conflict->fields_count; k++) {
        value->texts[k] = text_of(t, &conflict->fields[k], group);
        said[k] = said_of(ga_said_value(group, conflict->fields[k].id));
    }
    value->said = said;
}

static void tell_values(const struct telling *t, const struct ga_fold_head *heads, size_t of_group,
                        struct ga_conflict *conflict)
{
    struct ga_conflict_value *values = ga_arena_array(t->arena, of_group, sizeof(*values));
    tell_fields(t, heads, of_group, conflict);
    for (size_t i = 0; i < of_group; i++) {
        tell_who(t, first_said(t, heads[i].op, heads[i].group), &values[i]);
        values[i].leaf = heads[i].op->leaf;
        tell_said(t, conflict, heads[i].value, &values[i]);
        if ((int)heads[i].op->op.protection > (int)conflict->protect)
            conflict->protect = (enum ga_protect)heads[i].op->op.protection;
    }
    conflict->values = values;
    conflict->values_count = of_group;
}

static void add_done(const struct telling *t, const struct ga_log_op *op, const char *words, struct ga_conflict_value *value)
{
    tell_who(t, op, value);
    value->texts = ga_arena_array(t->arena, 1, sizeof(*value->texts));
    value->texts[0] = words;
}

/* A change, the first of its save that the removal does not know: one save has an operation a protection class. */
static bool begins_unknown(const struct telling *t, const struct ga_fold_head *removal, size_t at)
{
    if (ga_fold_is_own(t->heads[at].group) || ga_fold_unknown_to(removal, &t->heads[at], 1) == NULL)
        return false;
    for (size_t i = 0; i < at; i++)
        if (!ga_fold_is_own(t->heads[i].group) && ga_removal_is_one_save(t->heads[i].op, t->heads[at].op))
            return false;
    return true;
}

/* Who took it out, and each whose save that did not know; only where there is no such save what was done about it otherwise. */
static void tell_removal(const struct telling *t, const struct ga_fold_head *heads, size_t of_group,
                         struct ga_conflict *conflict)
{
    struct ga_conflict_value *values = ga_arena_array(t->arena, t->heads_count + 2, sizeof(*values));
    const struct ga_fold_head *removal = ga_fold_removal(heads, of_group);
    const struct ga_removal_words in = {t->lang, conflict->form, t->ops, t->ops_count, t->heads, t->heads_count};
    size_t count = 1;
    add_done(t, first_said(t, removal->op, "_gone"), ga_tr(t->lang, "record removed"), &values[0]);
    values[0].is_removal = true;
    for (size_t i = 0; i < t->heads_count; i++)
        if (begins_unknown(t, removal, i))
            add_done(t, t->heads[i].op, ga_removal_words(&in, t->heads[i].op, t->arena), &values[count++]);
    const struct ga_fold_head *unknown = ga_fold_unknown_to(removal, t->heads, t->heads_count);
    if (count == 1)
        add_done(t, unknown != NULL ? unknown->op : removal->op, ga_tr(t->lang, "record changed"), &values[count++]);
    conflict->values = values;
    conflict->values_count = count;
}

/* Of a sheet with two numbers, which differ themselves, both. */
static const char *paper_of(const struct telling *t)
{
    static const char field[] = "paper_no";
    const char *paper = "";
    for (size_t i = 0; i < t->heads_count; i++) {
        const struct ga_operation_value *value = strchr(t->heads[i].group, '/') == NULL ? ga_said_value(t->heads[i].value, field) : NULL;
        if (value != NULL && value->kind == GA_OPERATION_TEXT && strstr(paper, value->text) == NULL)
            paper = paper[0] == '\0' ? ga_arena_strdup(t->arena, value->text) : ga_arena_printf(t->arena, "%s / %s", paper, value->text);
    }
    return paper;
}

static void tell_handed(const struct telling *t, const struct ga_fold_head *group, size_t of_group, struct ga_conflict *conflict)
{
    const struct ga_fold_head *handing = ga_conflict_handing(group, of_group, t->heads, t->heads_count);
    conflict->handed_to = conflict->handed_by = "";
    if (handing == NULL)
        return;
    conflict->handed_to = ga_arena_strdup(t->arena, ga_own_text(handing->value, "to"));
    conflict->handed_by = ga_arena_strdup(t->arena, handing->op->op.user);
}

static bool tell(struct telling *t, struct ga_conflict *conflict)
{
    for (size_t i = 0; i < t->heads_count;) {
        const size_t of_group = ga_heads_of_group(&t->heads[i], t->heads_count - i);
        if (strcmp(t->heads[i].group, conflict->group) != 0) {
            i += of_group;
            continue;
        }
        conflict->kind = strcmp(conflict->group, "_gone") == 0    ? GA_CONFLICT_REMOVAL
                         : strchr(conflict->group, '/') != NULL ? GA_CONFLICT_ROW
                                                                : GA_CONFLICT_ANSWER;
        if (conflict->kind == GA_CONFLICT_REMOVAL)
            tell_removal(t, &t->heads[i], of_group, conflict);
        else
            tell_values(t, &t->heads[i], of_group, conflict);
        conflict->paper = paper_of(t);
        tell_handed(t, &t->heads[i], of_group, conflict);
        return true;
    }
    return false;
}

/* One row of the table; false where its form is not here any more. */
static enum ga_rc tell_row(struct telling *t, int64_t no, const char *group, struct ga_conflict *ret_conflict,
                           bool *ret_has, struct ga_error *err)
{
    char name[GA_OPERATION_ID_MAX + 1];
    struct ga_log_op *ops;
    struct ga_fold_head *heads;
    *ret_has = false;
    *ret_conflict = (struct ga_conflict){.group = group};
    enum ga_rc rc = ga_record_id(t->store, no, &ret_conflict->record, name, err);
    if (rc == GA_OK)
        rc = ga_log_of_record(t->store, no, t->arena, &ops, &t->ops_count, err);
    if (rc != GA_OK)
        return rc;
    ret_conflict->form = ga_forms_get(&t->store->forms, name, NULL);
    ga_fold(ops, t->ops_count, t->arena, &heads, &t->heads_count);
    t->ops = ops;
    t->heads = heads;
    *ret_has = ret_conflict->form != NULL && tell(t, ret_conflict);
    return GA_OK;
}

struct conflict_row {
    int64_t no;
    const char *group;
};

static enum ga_rc read_rows(struct ga_store *store, int64_t record, size_t limit, struct ga_arena *arena,
                            struct ga_vec *rows, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_LIST_CONFLICTS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, record);
    ga_stmt_bind_int(stmt, 2, limit < INT64_MAX ? (int64_t)limit : INT64_MAX);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct conflict_row *)ga_vec_push(rows) =
            (struct conflict_row){ga_stmt_column_int(stmt, 0), ga_arena_strdup(arena, ga_stmt_column_text(stmt, 1))};
    return rc;
}

/* At a county a school settles what its computers answered differently: a choice made here would never reach it. */
static enum ga_rc leave_out_schools(struct ga_store *store, struct ga_vec *rows, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = rows->len; rc == GA_OK && i-- > 0;) {
        char school[GA_SCHOOL_CODE_SIZE];
        rc = ga_school_of_record(store, GA_VEC_AT(struct conflict_row, rows, i)->no, school, err);
        if (rc == GA_OK && school[0] != '\0')
            ga_vec_remove(rows, i);
    }
    return rc;
}

static enum ga_rc read_own_rows(struct ga_store *store, int64_t record, size_t limit, struct ga_arena *arena,
                                struct ga_vec *rows, struct ga_error *err)
{
    if (!ga_store_has_schools(store))
        return read_rows(store, record, limit, arena, rows, err);
    enum ga_rc rc = read_rows(store, record, SIZE_MAX, arena, rows, err);
    if (rc == GA_OK)
        rc = leave_out_schools(store, rows, err);
    rows->len = rows->len < limit ? rows->len : limit;
    return rc;
}

enum ga_rc ga_conflict_count(struct ga_store *store, int64_t *ret_count, struct ga_error *err)
{
    enum ga_rc rc = ga_db_query_int(store->db, "SELECT count(*) FROM conflict", ret_count, err);
    if (rc != GA_OK || *ret_count == 0 || !ga_store_has_schools(store))
        return rc;
    struct ga_arena arena = {0};
    struct ga_vec rows;
    ga_vec_init(&rows, sizeof(struct conflict_row));
    rc = read_own_rows(store, 0, SIZE_MAX, &arena, &rows, err);
    *ret_count = (int64_t)rows.len;
    ga_vec_finish(&rows);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_conflict_list(struct ga_store *store, const struct ga_uuid *record, size_t limit,
                            enum ga_lang lang, struct ga_arena *arena, struct ga_conflict **ret_conflicts,
                            size_t *ret_count, struct ga_error *err)
{
    struct telling t = {.store = store, .lang = lang, .arena = arena};
    struct ga_vec rows;
    int64_t no = 0;
    size_t count = 0;
    bool has;
    ga_vec_init(&rows, sizeof(struct conflict_row));
    enum ga_rc rc = record == NULL ? GA_OK : ga_record_no(store, record, &no, err);
    if (rc == GA_OK)
        rc = read_own_rows(store, no, limit, arena, &rows, err);
    struct ga_conflict *list = ga_arena_array(arena, rows.len, sizeof(*list));
    for (size_t i = 0; rc == GA_OK && i < rows.len; i++) {
        const struct conflict_row *row = GA_VEC_AT(struct conflict_row, &rows, i);
        rc = tell_row(&t, row->no, row->group, &list[count], &has, err);
        count += rc == GA_OK && has;
    }
    ga_vec_finish(&rows);
    if (rc != GA_OK)
        return rc;
    *ret_conflicts = list;
    *ret_count = count;
    return GA_OK;
}
