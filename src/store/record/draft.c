/* Keeps half-filled forms in the database. */
#include "guanai/store/draft.h"

#include "after.h"
#include "index/index.h"
#include "record/draft_pack.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"

#include <string.h>

const char ga_store_draft_schema[] = "CREATE TABLE draft (no INTEGER PRIMARY KEY, form TEXT NOT "
                                     "NULL, record BLOB NOT NULL, child BLOB NOT NULL,"
                                     " user TEXT NOT NULL, saved TEXT NOT NULL, field TEXT NOT "
                                     "NULL, summary TEXT NOT NULL, answers BLOB NOT NULL,"
                                     " heads BLOB, UNIQUE (form, record, child, user)) STRICT;";

/* Columns of GA_DRAFT_GET; GA_DRAFT_LIST has the first eight. */
enum { NO, FORM, RECORD, CHILD, USER, SAVED, FIELD, SUMMARY, ANSWERS, HEADS };

/* What was saved is done with before anybody looks. */
static enum ga_rc draft_stmt(struct ga_store *store, enum ga_index_sql sql, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    const enum ga_rc rc = ga_after_follow(store, err);
    return rc == GA_OK ? ga_index_stmt(store, sql, ret_stmt, err) : rc;
}

/* Ids of records not made yet are zeros; a draft is found by the rest then. */
static void bind_id(struct ga_stmt *stmt, int param, const struct ga_uuid *id)
{
    static const struct ga_uuid NONE;
    ga_stmt_bind_blob(stmt, param, id == NULL ? NONE.bytes : id->bytes, sizeof(NONE.bytes));
}

static struct ga_uuid id_at(struct ga_stmt *stmt, int column)
{
    struct ga_uuid id = {0};
    struct ga_value value = ga_stmt_column(stmt, column);
    if (value.len == sizeof(id.bytes))
        memcpy(id.bytes, value.text, value.len);
    return id;
}

void ga_draft_add_stamp(struct ga_store *store, const char *when, const char *user, struct ga_str *out)
{
    const char *typist = ga_store_typist(store);
    ga_str_add(out, when);
    if (strcmp(typist, user) != 0)
        ga_str_addf(out, "\t%s", typist);
}

const char *ga_draft_stamp_typist(const char *stamp)
{
    const char *tab = strchr(stamp, '\t');
    return tab == NULL ? NULL : tab + 1;
}

/* Its first text that anybody may read. */
static const char *summary_of(const struct ga_answers *answers)
{
    const struct ga_field *name = ga_form_field(answers->form, "name");
    if (name != NULL && ga_answers_at(answers, name)->value.kind == GA_VALUE_TEXT)
        return ga_answers_at(answers, name)->value.text;
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const struct ga_field *field = answers->form->all[i];
        if (answers->answers[i].value.kind == GA_VALUE_TEXT && field->type->is_text &&
            ga_field_protect(answers->form, field) <= GA_PROTECT_ORDINARY)
            return answers->answers[i].value.text;
    }
    return "";
}

static enum ga_rc write_draft(struct ga_store *store, const struct ga_draft *draft, struct ga_stmt *stmt,
                              int64_t *ret_no, struct ga_error *err)
{
    struct ga_str answers = {0}, heads = {0}, stamp = {0};
    bool has_row;
    ga_draft_add_stamp(store, draft->when, draft->user, &stamp);
    ga_draft_pack(draft, &answers);
    ga_stmt_bind_text(stmt, 1, draft->answers.form->name);
    bind_id(stmt, 2, &draft->answers.id);
    bind_id(stmt, 3, &draft->answers.child);
    ga_stmt_bind_text(stmt, 4, draft->user);
    ga_stmt_bind_text(stmt, 5, ga_str_text(&stamp));
    ga_stmt_bind_text(stmt, 6, draft->field);
    ga_stmt_bind_text(stmt, 7, summary_of(&draft->answers));
    ga_stmt_bind_blob(stmt, 8, answers.data, answers.len);
    if (draft->heads != NULL) {
        ga_heads_pack(draft->heads, &heads);
        ga_stmt_bind_blob(stmt, 9, heads.data == NULL ? "" : heads.data, heads.len);
    }
    enum ga_rc rc = ga_stmt_step(stmt, &has_row, err);
    while (rc == GA_OK && has_row) { /* to the end, so that it is committed */
        *ret_no = ga_stmt_column_int(stmt, 0);
        rc = ga_stmt_step(stmt, &has_row, err);
    }
    ga_str_finish(&answers);
    ga_str_finish(&heads);
    ga_str_finish(&stamp);
    return rc;
}

enum ga_rc ga_draft_save(struct ga_store *store, struct ga_draft *draft, struct ga_error *err)
{
    int32_t day, ms, offset_min;
    int64_t no = draft->no;
    char date[GA_DATE_SIZE];
    struct ga_stmt *stmt;
    enum { MS_A_MINUTE = 60000 };
    if (draft->user[0] == '\0')
        ga_str_copy(draft->user, sizeof(draft->user), ga_store_user(store));
    ga_store_now(store, &day, &ms, &offset_min);
    struct ga_str when = {0};
    ga_str_addf(&when, "%s %02d:%02d", ga_date_iso(ga_date_from_days(day), date),
                ms / MS_A_MINUTE / 60 % 24, ms / MS_A_MINUTE % 60);
    ga_str_copy(draft->when, sizeof(draft->when), ga_str_text(&when));
    ga_str_finish(&when);
    enum ga_rc rc = draft_stmt(store, GA_DRAFT_PUT, &stmt, err);
    if (rc == GA_OK)
        rc = write_draft(store, draft, stmt, &no, err);
    if (rc == GA_OK)
        draft->no = no;
    return rc;
}

enum ga_rc ga_draft_drop(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_stmt(store, GA_DRAFT_DROP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc read_draft(struct ga_store *store, struct ga_stmt *stmt,
                             struct ga_draft *ret_draft, struct ga_error *err)
{
    struct ga_draft draft = {.no = ga_stmt_column_int(stmt, NO)};
    const struct ga_form *form =
        ga_forms_get(ga_store_forms(store), ga_stmt_column_text(stmt, FORM), err);
    if (form == NULL)
        return GA_NOT_FOUND;
    ga_answers_init(&draft.answers, form);
    draft.answers.id = id_at(stmt, RECORD);
    draft.answers.child = id_at(stmt, CHILD);
    ga_str_copy(draft.user, sizeof(draft.user), ga_stmt_column_text(stmt, USER));
    ga_str_copy(draft.when, sizeof(draft.when), ga_stmt_column_text(stmt, SAVED));
    ga_str_copy(draft.field, sizeof(draft.field), ga_stmt_column_text(stmt, FIELD));
    struct ga_value bytes = ga_stmt_column(stmt, ANSWERS);
    enum ga_rc rc = ga_draft_unpack(bytes.text, bytes.len, &draft, err);
    struct ga_value heads = ga_stmt_column(stmt, HEADS);
    if (rc == GA_OK && heads.kind == GA_VALUE_BLOB)
        rc = ga_heads_unpack(heads.text, heads.len, &draft.heads, err);
    if (rc == GA_OK)
        *ret_draft = draft;
    else
        ga_draft_finish(&draft);
    return rc;
}

enum ga_rc ga_draft_open(struct ga_store *store, int64_t no, struct ga_draft *ret_draft,
                         struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_after_follow(store, err);
    if (rc == GA_OK)
        rc = ga_index_row(store, GA_DRAFT_GET, no, GA_N_("there is no such draft"), &stmt, err);
    if (rc != GA_OK)
        return rc;
    rc = read_draft(store, stmt, ret_draft, err);
    ga_stmt_reset(stmt);
    return rc;
}

void ga_draft_finish(struct ga_draft *draft)
{
    if (draft == NULL)
        return;
    ga_heads_destroy(draft->heads);
    ga_answers_finish(&draft->answers);
    *draft = (struct ga_draft){0};
}

static void read_line(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_draft_line *ret_line)
{
    const char *saved = ga_stmt_column_text(stmt, SAVED), *typist = ga_draft_stamp_typist(saved);
    *ret_line = (struct ga_draft_line){
        .no = ga_stmt_column_int(stmt, NO),
        .form = ga_arena_strdup(arena, ga_stmt_column_text(stmt, FORM)),
        .record = id_at(stmt, RECORD),
        .child = id_at(stmt, CHILD),
        .user = ga_arena_strdup(arena, ga_stmt_column_text(stmt, USER)),
        .when = ga_arena_strndup(arena, saved, strcspn(saved, "\t")),
        .typist = typist != NULL ? ga_arena_strdup(arena, typist) : NULL,
        .summary = ga_arena_strdup(arena, ga_stmt_column_text(stmt, SUMMARY)),
    };
    const char *field = ga_stmt_column_text(stmt, FIELD);
    if (field[0] == GA_DRAFT_SHEET_MARK)
        ga_num_parse(field + 1, &ret_line->rows);
}

/* Whose form it is says more than what is in it. Asked for by itself: most starts find nothing unfinished. */
static enum ga_rc name_line(struct ga_store *store, struct ga_arena *arena, struct ga_draft_line *line, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_uuid_is_zero(&line->child))
        return GA_OK;
    enum ga_rc rc = ga_index_stmt(store, GA_DRAFT_NAME, &stmt, err);
    if (rc != GA_OK)
        return rc;
    bind_id(stmt, 1, &line->child);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    const char *name = ga_stmt_column_text(stmt, 0);
    if (name != NULL)
        line->summary = ga_arena_strdup(arena, name);
    ga_stmt_reset(stmt);
    return GA_OK;
}

static enum ga_rc read_lines(struct ga_store *store, const char *user, struct ga_arena *arena, struct ga_vec *lines,
                             struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc = ga_index_stmt(store, GA_DRAFT_LIST, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, user);
    ga_vec_clear(lines);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        read_line(stmt, arena, ga_vec_push(lines));
    return rc;
}

enum ga_rc ga_draft_list(struct ga_store *store, const char *user, struct ga_arena *arena,
                         struct ga_draft_line **ret_lines, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec lines;
    ga_vec_init(&lines, sizeof(struct ga_draft_line));
    bool has_done = false;
    enum ga_rc rc = read_lines(store, user, arena, &lines, err);
    if (rc == GA_OK && lines.len > 0) /* asked at each start, most find none: those there are may be saved */
        rc = ga_after_follow_telling(store, &has_done, err);
    if (rc == GA_OK && has_done)
        rc = read_lines(store, user, arena, &lines, err);
    for (size_t i = 0; rc == GA_OK && i < lines.len; i++)
        rc = name_line(store, arena, ga_vec_at(&lines, i), err);
    if (rc == GA_OK) {
        *ret_lines = ga_arena_array(arena, lines.len, sizeof(struct ga_draft_line));
        if (lines.len > 0)
            memcpy(*ret_lines, lines.items, lines.len * sizeof(struct ga_draft_line));
        *ret_count = lines.len;
    }
    ga_vec_finish(&lines);
    return rc;
}

enum ga_rc ga_draft_find(struct ga_store *store, const char *form, const struct ga_uuid *record,
                         const struct ga_uuid *child, const char *user, int64_t *ret_no,
                         struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc = draft_stmt(store, GA_DRAFT_FIND, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, form);
    bind_id(stmt, 2, record);
    bind_id(stmt, 3, child);
    ga_stmt_bind_text(stmt, 4, user);
    if ((rc = ga_stmt_step(stmt, &has_row, err)) != GA_OK)
        return rc;
    *ret_no = has_row ? ga_stmt_column_int(stmt, 0) : 0;
    if (has_row)
        ga_stmt_reset(stmt);
    return GA_OK;
}
