/* Writes a plain SQLite copy of all records. */
#include "guanai/exchange/export_sqlite.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/note.h"
#include "guanai/store/record.h"
#include "guanai/store/view.h"
#include "leaving.h"
#include "leaving_sqlite.h"

#include <fcntl.h>

enum { STEP_ROWS = 64 };

struct copying {
    const struct ga_import_tools *tools;
    const struct ga_sqlite_options *options;
    const struct ga_progress *progress;
    struct ga_forms *forms;
    struct ga_db *out;
    int64_t rows, total; /* of progress */
    int64_t records;
};

static const char dictionary[] =
    "CREATE TABLE \"_forms\"(\"name\" TEXT PRIMARY KEY NOT NULL, \"title_zh\" TEXT NOT NULL, \"title_en\" TEXT,"
    " \"version\" INTEGER NOT NULL, \"of\" TEXT);"
    "CREATE TABLE \"_fields\"(\"form\" TEXT NOT NULL, \"field\" TEXT NOT NULL, \"position\" INTEGER NOT NULL,"
    " \"type\" TEXT NOT NULL, \"list\" TEXT, \"label_zh\" TEXT NOT NULL, \"label_en\" TEXT, PRIMARY KEY(\"form\", \"field\"));"
    "CREATE TABLE \"_choices\"(\"list\" TEXT NOT NULL, \"code\" TEXT NOT NULL, \"position\" INTEGER NOT NULL,"
    " \"label_zh\" TEXT NOT NULL, \"label_en\" TEXT, PRIMARY KEY(\"list\", \"code\"));"
    "CREATE TABLE \"_notes\"(\"id\" TEXT PRIMARY KEY NOT NULL, \"form\" TEXT NOT NULL, \"record\" TEXT NOT NULL,"
    " \"field\" TEXT NOT NULL, \"row\" TEXT, \"text\" TEXT NOT NULL, \"user\" TEXT NOT NULL, \"typist\" TEXT,"
    " \"written\" TEXT NOT NULL, \"done_by\" TEXT, \"done\" TEXT);";

/* The texts and numbers of a row of the dictionary; NULL texts stay NULL. */
static enum ga_rc put_entry(struct copying *copying, const char *sql, const struct ga_value *values, size_t count,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_stmt_prepare(copying->out, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        ga_stmt_bind(stmt, (int)i + 1, &values[i]);
    rc = ga_stmt_run(stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc put_list(struct copying *copying, const struct ga_list *list, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < list->choices.count; i++) {
        const struct ga_choice *choice = &list->choices.items[i];
        const struct ga_value values[] = {ga_value_text(list->name), ga_value_text(choice->code),
                                          ga_value_int((int64_t)i + 1),
                                          ga_value_text(ga_label_text(&choice->label, GA_ZH)),
                                          ga_value_text(choice->label.en)};
        rc = put_entry(copying, "INSERT OR IGNORE INTO \"_choices\" VALUES(?,?,?,?,?)", values, GA_COUNT(values), err);
    }
    return rc;
}

static enum ga_rc put_field(struct copying *copying, const char *table, const struct ga_field *field, size_t position,
                            struct ga_error *err)
{
    const struct ga_value values[] = {
        ga_value_text(table), ga_value_text(field->name), ga_value_int((int64_t)position + 1),
        ga_value_text(field->type->name), ga_value_text(field->list == NULL ? NULL : field->list->name),
        ga_value_text(ga_label_text(&field->label, GA_ZH)), ga_value_text(field->label.en)};
    enum ga_rc rc = put_entry(copying, "INSERT INTO \"_fields\" VALUES(?,?,?,?,?,?,?)", values, GA_COUNT(values), err);
    return rc == GA_OK && field->list != NULL ? put_list(copying, field->list, err) : rc;
}

static enum ga_rc put_repeat(struct copying *copying, const struct ga_form *form, const struct ga_field *repeat,
                             struct ga_error *err)
{
    struct ga_str table = {0};
    enum ga_rc rc = GA_OK;
    ga_str_addf(&table, "%s__%s", form->name, repeat->name);
    for (size_t i = 0; rc == GA_OK && i < repeat->fields.count; i++)
        if (ga_plain_is_column(form, &repeat->fields.items[i]))
            rc = put_field(copying, ga_str_text(&table), &repeat->fields.items[i], i, err);
    ga_str_finish(&table);
    return rc;
}

static enum ga_rc put_dictionary(struct copying *copying, const struct ga_form *form, struct ga_error *err)
{
    const struct ga_value values[] = {ga_value_text(form->name), ga_value_text(ga_label_text(&form->title, GA_ZH)),
                                      ga_value_text(form->title.en), ga_value_int(form->version),
                                      ga_value_text(form->of.text)};
    enum ga_rc rc = put_entry(copying, "INSERT INTO \"_forms\" VALUES(?,?,?,?,?)", values, GA_COUNT(values), err);
    for (size_t i = 0; rc == GA_OK && i < form->all_count; i++) {
        if (!ga_leaving_is_shown(form, form->all[i]))
            continue;
        rc = put_field(copying, form->name, form->all[i], i, err);
        if (rc == GA_OK && form->all[i]->type->storage == GA_STORE_ROWS)
            rc = put_repeat(copying, form, form->all[i], err);
    }
    return rc;
}

static enum ga_rc step(struct copying *copying, struct ga_error *err)
{
    const struct ga_progress *progress = copying->progress;
    if (copying->rows++ % STEP_ROWS == 0 && progress != NULL && progress->step != NULL &&
        !progress->step(progress->ctx, copying->rows, copying->total))
        return ga_error_set(err, GA_CANCELLED, "stopped; no file was written");
    return GA_OK;
}

static enum ga_rc pour(struct copying *copying, struct ga_stmt *from, struct ga_stmt *to, int64_t *ret_rows,
                       struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(from, &has_row, err)) == GA_OK && has_row) {
        for (int i = 0; i < ga_stmt_columns(from); i++) {
            const struct ga_value value = ga_stmt_column(from, i);
            ga_stmt_bind_borrowed(to, i + 1, &value);
        }
        rc = ga_stmt_run(to, err);
        if (rc == GA_OK)
            rc = step(copying, err);
        if (rc != GA_OK)
            break;
        ++*ret_rows;
    }
    return rc;
}

/* The dates of a form that are days in every row. */
struct days {
    struct ga_vec fields; /* const struct ga_field * */
};

static bool is_day(void *ctx, const struct ga_field *field)
{
    const struct days *days = ctx;
    for (size_t i = 0; i < days->fields.len; i++)
        if (*GA_VEC_AT(const struct ga_field *, &days->fields, i) == field)
            return true;
    return false;
}

/* Columns of one table that may hold days, in one pass over it. */
static enum ga_rc look_for_months(struct copying *copying, const char *table, struct ga_vec *fields, size_t from, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    bool has_row = false;
    if (fields->len == from)
        return GA_OK;
    for (size_t i = from; i < fields->len; i++)
        ga_str_addf(&sql, "%s coalesce(max(length(\"%s\") <> 10), 0)", i == from ? "SELECT" : ",",
                    (*GA_VEC_AT(const struct ga_field *, fields, i))->name);
    ga_str_addf(&sql, " FROM main.\"%s\"", table);
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(copying->tools->store), ga_str_text(&sql), &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    rc = ga_stmt_step(stmt, &has_row, err);
    for (size_t i = fields->len; rc == GA_OK && has_row && i-- > from;)
        if (ga_stmt_column_int(stmt, (int)(i - from)) != 0)
            ga_vec_remove(fields, i);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc find_days(struct copying *copying, const struct ga_form *form, struct days *days, struct ga_error *err)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (ga_plain_may_be_day(form, form->all[i]))
            *(const struct ga_field **)ga_vec_push(&days->fields) = form->all[i];
    enum ga_rc rc = look_for_months(copying, form->name, &days->fields, 0, err);
    for (size_t i = 0; rc == GA_OK && i < form->all_count; i++) {
        const struct ga_field *repeat = form->all[i];
        struct ga_str table = {0};
        const size_t from = days->fields.len;
        if (repeat->type->storage != GA_STORE_ROWS || !ga_leaving_is_shown(form, repeat))
            continue;
        for (size_t k = 0; k < repeat->fields.count; k++)
            if (ga_plain_may_be_day(form, &repeat->fields.items[k]))
                *(const struct ga_field **)ga_vec_push(&days->fields) = &repeat->fields.items[k];
        ga_str_addf(&table, "%s__%s", form->name, repeat->name);
        rc = look_for_months(copying, ga_str_text(&table), &days->fields, from, err);
        ga_str_finish(&table);
    }
    return rc;
}

static enum ga_rc make_tables(struct copying *copying, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct days days;
    const struct ga_plain_days asked = {is_day, &days};
    ga_vec_init(&days.fields, sizeof(const struct ga_field *));
    enum ga_rc rc = find_days(copying, form, &days, err);
    ga_plain_tables(form, &asked, &sql);
    if (rc == GA_OK)
        rc = ga_db_exec(copying->out, ga_str_text(&sql), err);
    ga_vec_finish(&days.fields);
    ga_str_finish(&sql);
    return rc;
}

/* The rows of a form, or of one of its repeats. */
static enum ga_rc copy_rows(struct copying *copying, const struct ga_form *form, const struct ga_field *repeat,
                            int64_t *ret_rows, struct ga_error *err)
{
    struct ga_store *store = copying->tools->store;
    struct ga_str select = {0}, insert = {0};
    struct ga_stmt *from = NULL, *to = NULL;
    enum ga_rc rc = repeat != NULL ? ga_store_repeat_view(store, form, repeat, NULL, err)
                                   : ga_store_view(store, form, NULL, err);
    ga_plain_select(form, repeat, &select);
    ga_plain_insert(form, repeat, &insert);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&select), &from, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(copying->out, ga_str_text(&insert), &to, err);
    if (rc == GA_OK)
        rc = pour(copying, from, to, ret_rows, err);
    ga_stmt_destroy(from);
    ga_stmt_destroy(to);
    ga_str_finish(&select);
    ga_str_finish(&insert);
    return rc;
}

static enum ga_rc copy_form(struct copying *copying, const struct ga_form *form, struct ga_error *err)
{
    int64_t rows = 0;
    enum ga_rc rc = make_tables(copying, form, err);
    if (rc == GA_OK)
        rc = put_dictionary(copying, form, err);
    if (rc == GA_OK)
        rc = copy_rows(copying, form, NULL, &copying->records, err);
    for (size_t i = 0; rc == GA_OK && i < form->all_count; i++)
        if (form->all[i]->type->storage == GA_STORE_ROWS && ga_leaving_is_shown(form, form->all[i]))
            rc = copy_rows(copying, form, form->all[i], &rows, err);
    return rc;
}

/* A title may be another form's title, or the name of a table but for capitals. */
static enum ga_rc find_view_name(struct copying *copying, const struct ga_form *form, struct ga_str *name,
                                 struct ga_error *err)
{
    int64_t taken = 1;
    ga_str_add(name, ga_label_text(&form->title, copying->options->lang));
    for (int tries = 0; tries < 100; tries++) {
        struct ga_str sql = {0};
        ga_str_add(&sql, "SELECT count(*) FROM sqlite_schema WHERE lower(name) = lower(");
        ga_plain_add_text(&sql, ga_str_text(name));
        ga_str_add(&sql, ")");
        enum ga_rc rc = ga_db_query_int(copying->out, ga_str_text(&sql), &taken, err);
        ga_str_finish(&sql);
        if (rc != GA_OK || taken == 0)
            return rc;
        ga_str_add(name, ga_tr(copying->options->lang, " (in words)"));
    }
    return GA_OK;
}

static enum ga_rc make_view(struct copying *copying, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str sql = {0}, name = {0};
    enum ga_rc rc = find_view_name(copying, form, &name, err);
    if (rc == GA_OK) {
        ga_plain_view(copying->forms, form, ga_str_text(&name), copying->options->lang, &sql);
        rc = ga_db_exec(copying->out, ga_str_text(&sql), err);
    }
    ga_str_finish(&sql);
    ga_str_finish(&name);
    return rc;
}

/* Notes on fields (store/note.h): all but those on restricted ones. */
static enum ga_rc put_notes(struct copying *copying, struct ga_error *err)
{
    struct ga_store *store = copying->tools->store;
    const struct ga_note_filter filter = {.with_settled = true};
    struct ga_arena arena = {0};
    struct ga_note *notes;
    size_t count = 0;
    enum ga_rc rc = ga_notes_list(store, &filter, &arena, &notes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const struct ga_note *note = &notes[i];
        const struct ga_form *form;
        char id[GA_UUID_TEXT_SIZE], record[GA_UUID_TEXT_SIZE], row[GA_UUID_TEXT_SIZE];
        rc = ga_store_form_of(store, &note->record, &form, err);
        if (rc != GA_OK)
            break;
        const struct ga_value values[] = {
            ga_value_text(ga_uuid_text(&note->id, id)), ga_value_text(form->name),
            ga_value_text(ga_uuid_text(&note->record, record)), ga_value_text(note->field),
            ga_value_text(ga_uuid_is_zero(&note->row) ? NULL : ga_uuid_text(&note->row, row)), ga_value_text(note->text),
            ga_value_text(note->user), ga_value_text(note->typist), ga_value_text(note->when),
            ga_value_text(note->settled_by), ga_value_text(note->settled_by == NULL ? NULL : note->settled_when)};
        rc = put_entry(copying, "INSERT INTO \"_notes\" VALUES(?,?,?,?,?,?,?,?,?,?,?)", values, GA_COUNT(values), err);
    }
    ga_arena_finish(&arena);
    return rc;
}

/* Views last: they read tables of other forms. */
static enum ga_rc copy_all(struct copying *copying, struct ga_error *err)
{
    const struct ga_forms *forms = copying->forms;
    enum ga_rc rc = ga_db_exec(copying->out, dictionary, err);
    if (rc == GA_OK)
        rc = put_notes(copying, err);
    for (int is_view = 0; is_view <= 1; is_view++)
        for (size_t i = 0; rc == GA_OK && i < forms->names_count; i++) {
            const struct ga_form *form = ga_forms_get(copying->forms, forms->names[i], err);
            rc = form == NULL ? GA_DAMAGED : is_view ? make_view(copying, form, err) : copy_form(copying, form, err);
        }
    return rc;
}

static enum ga_rc fill(struct copying *copying, struct ga_error *err)
{
    int64_t faults = 0;
    /* a record may name one that has not come to this computer yet */
    enum ga_rc rc = ga_db_exec(copying->out, "PRAGMA foreign_keys=OFF", err);
    if (rc == GA_OK)
        rc = ga_db_query_int(ga_store_db(copying->tools->store), "SELECT count(*) FROM record", &copying->total, err);
    if (rc == GA_OK)
        rc = ga_transaction_begin(copying->out, err);
    if (rc != GA_OK)
        return rc;
    rc = copy_all(copying, err);
    if (rc == GA_OK)
        rc = ga_transaction_commit(copying->out, err);
    else
        ga_transaction_rollback(copying->out);
    if (rc == GA_OK)
        rc = ga_db_query_int(copying->out, "SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'", &faults, err);
    if (rc == GA_OK && faults > 0)
        rc = ga_error_set(err, GA_IO, "%1 does not read back as written", copying->options->path);
    return rc;
}

/* Made by us, so that it is private from its first byte and a bad place is said in our words. */
static enum ga_rc make_part(const struct ga_io_ops *io, const char *part, const char *path, struct ga_error *err)
{
    io->unlink(io->ctx, part);
    const int fd = io->open(io->ctx, part, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd < 0)
        return ga_io_fail(err, fd, "write", path);
    io->close(io->ctx, fd);
    return GA_OK;
}

static enum ga_rc sync_part(const struct ga_io_ops *io, const char *part, const char *path, struct ga_error *err)
{
    const int fd = io->open(io->ctx, part, O_RDWR, 0);
    int rc = fd < 0 ? fd : io->sync(io->ctx, fd);
    if (fd >= 0)
        io->close(io->ctx, fd);
    if (rc >= 0)
        rc = io->rename(io->ctx, part, path);
    if (rc < 0)
        return ga_io_fail(err, rc, "write", path);
    ga_io_sync_folder_of(io, path);
    return GA_OK;
}

static enum ga_rc write_part(struct copying *copying, const char *part, struct ga_error *err)
{
    const struct ga_io_ops *io = copying->tools->io;
    enum ga_rc rc = make_part(io, part, copying->options->path, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_db_open(&(struct ga_db_options){.path = part, .create = true, .is_plain = true}, &copying->out, err);
    if (rc == GA_OK) {
        rc = fill(copying, err);
        ga_db_close(copying->out);
    }
    if (rc == GA_OK)
        rc = sync_part(io, part, copying->options->path, err);
    if (rc != GA_OK)
        io->unlink(io->ctx, part);
    return rc;
}

enum ga_rc ga_export_sqlite(const struct ga_import_tools *tools, const struct ga_sqlite_options *options,
                            const struct ga_progress *progress, int64_t *ret_records, struct ga_error *err)
{
    struct copying copying = {.tools = tools, .options = options, .progress = progress,
                              .forms = ga_store_forms(tools->store)};
    struct ga_io_stat stat;
    struct ga_str part = {0};
    const bool is_there = tools->io->stat(tools->io->ctx, options->path, &stat) == 0;
    if (is_there && (!options->may_replace || !stat.is_regular))
        return ga_error_set(err, GA_REFUSED, "there is a file already at %1", options->path);
    ga_str_addf(&part, "%s.part", options->path);
    enum ga_rc rc = write_part(&copying, ga_str_text(&part), err);
    if (rc == GA_OK && ret_records != NULL)
        *ret_records = copying.records;
    ga_str_finish(&part);
    return rc;
}
