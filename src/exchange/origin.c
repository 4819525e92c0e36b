/* Writes down which file an import came from. */
#include "inner.h"

#include "guanai/base/num.h"
#include "guanai/exchange/import_differences.h"
#include "guanai/store/undo.h"

#include <fcntl.h>
#include <string.h>

/* The content's name; a file that cannot be read any more has none. */
static void fingerprint(const struct ga_io_ops *io, const char *path, char ret_text[GA_HASH_TEXT_SIZE])
{
    struct ga_hasher hasher;
    struct ga_hash hash;
    char buf[16 << 10];
    int64_t len = 0;
    const int fd = io->open(io->ctx, path, O_RDONLY, 0);
    ret_text[0] = '\0';
    if (fd < 0)
        return;
    ga_hasher_start(&hasher, "guanai.file");
    while ((len = io->read(io->ctx, fd, buf, sizeof(buf))) > 0)
        ga_hasher_add(&hasher, buf, (size_t)len);
    ga_hasher_finish(&hasher, &hash);
    io->close(io->ctx, fd);
    if (len == 0)
        ga_hash_text(&hash, ret_text);
}

/* Seconds since 1970 of "2026-08-30T07:15:00"; -1: no such time. */
static int64_t seconds_of(const char *changed)
{
    char day[11];
    struct ga_date date;
    ga_str_copy(day, sizeof(day), changed);
    if (strlen(changed) < 19 || !ga_date_from_iso(day, &date))
        return -1;
    const int64_t hour = (changed[11] - '0') * 10 + changed[12] - '0', minute = (changed[14] - '0') * 10 + changed[15] - '0';
    return (int64_t)ga_date_to_days(date) * 86400 + hour * 3600 + minute * 60;
}

void ga_origin_look(struct ga_import *import, const char *path)
{
    const struct ga_io_ops *io = import->tools.io;
    struct ga_sheet_origin said;
    struct ga_io_stat stat;
    struct import_origin *origin = &import->origin;
    const char *slash = strrchr(path, '/');
    ga_sheet_tell_origin(import->book, &said);
    origin->path = ga_arena_strdup(&import->arena, path);
    origin->name = ga_arena_strdup(&import->arena, slash == NULL ? path : slash + 1);
    origin->author = ga_arena_strdup(&import->arena, said.author);
    int64_t seconds = seconds_of(said.changed);
    if (seconds < 0 && io->stat(io->ctx, path, &stat) == 0)
        seconds = stat.mtime_ns / 1000000000;
    const int64_t local = seconds + (int64_t)ga_store_utc_offset_min(import->tools.store) * 60;
    if (seconds > 0)
        ga_date_iso(ga_date_from_days((int32_t)(local / 86400)), origin->day);
}

void ga_origin_sum(struct ga_import *import)
{
    fingerprint(import->tools.io, import->origin.path, import->origin.content);
}

static void set_text(struct ga_answers *answers, const char *name, const char *text)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_value value = ga_value_text(text);
    if (field != NULL && text[0] != '\0' && ga_field_fits(field, &value))
        ga_answers_set(answers, field, &value);
}

static void set_number(struct ga_answers *answers, const char *name, size_t number)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_value value = ga_value_int((int64_t)number);
    if (field != NULL)
        ga_answers_set(answers, field, &value);
}

/* Names of the sheets with rows; a workbook may have hundreds: the first few say which. */
static void add_sheets(const struct ga_import *import, struct ga_str *out)
{
    enum { SHEETS_BYTES = 300 };
    for (size_t i = 0; i < import->sheets_count; i++) {
        if (import->sheets[i].header_row == 0 || import->sheets[i].name[0] == '\0')
            continue;
        if (out->len > SHEETS_BYTES) {
            ga_str_add(out, "…");
            return;
        }
        ga_str_add(out, out->len > 0 ? "、" : "");
        ga_str_add(out, import->sheets[i].name);
    }
}

/* A name of a thousand characters tells no more than its beginning. */
static void set_short(struct ga_answers *answers, const char *name, const char *text)
{
    char kept[512];
    ga_str_copy(kept, sizeof(kept), text);
    set_text(answers, name, kept);
}

/* What was written, not what differed: a difference that was left alone brought nothing. The five add up to the rows. */
static void set_rows(const struct ga_import *import, struct ga_answers *answers)
{
    static const char *const names[GA_VERDICT_COUNT] = {"rows_new", "rows_filled", "rows_changed", "rows_same",
                                                        "rows_refused"};
    size_t rows[GA_VERDICT_COUNT];
    ga_import_count_written(import, rows);
    for (int i = 0; i < GA_VERDICT_COUNT; i++)
        set_number(answers, names[i], rows[i]);
}

enum ga_rc ga_origin_put(struct ga_import *import, struct ga_save *save, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(ga_store_forms(import->tools.store), GA_IMPORT_FILE_FORM, NULL);
    struct ga_answers answers;
    struct ga_str sheets = {0};
    if (form == NULL || ga_import_to_write(import) == 0)
        return GA_OK;
    ga_answers_init(&answers, form);
    add_sheets(import, &sheets);
    set_short(&answers, "file", import->origin.name);
    set_short(&answers, "sheets", ga_str_text(&sheets));
    set_text(&answers, "form_name", import->form->name);
    set_short(&answers, "file_author", import->origin.author);
    set_text(&answers, "file_day", import->origin.day);
    set_text(&answers, "content", import->origin.content);
    set_rows(import, &answers);
    set_number(&answers, "rows_returned", import->returned);
    const struct ga_save_record record = {.after = &answers};
    enum ga_rc rc = ga_save_put(save, &record, NULL, err);
    ga_answers_finish(&answers);
    ga_str_finish(&sheets);
    return rc;
}
