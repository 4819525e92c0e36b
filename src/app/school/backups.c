/* Keeps a series of backups in the data folder. */
#include "guanai/app/backup.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sql/stmt.h"
#include "school/backup_inner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_KEPT = 7, WEEKS_KEPT = 4, LAST_KEPT = 3, LISTED_MAX = 10000, SPARE_BYTES = 16 << 20 };

static const char last_setting[] = "last_backup";

static const struct {
    const char *code, *text;
} occasions[GA_BACKUP_OCCASIONS] = {
    [GA_BACKUP_DAILY] = {"day", GA_N_("of the day")},
    [GA_BACKUP_IMPORT] = {"import", GA_N_("before an import")},
    [GA_BACKUP_YEAR_END] = {"year", GA_N_("before the year ends")},
    [GA_BACKUP_MERGE] = {"merge", GA_N_("before an exchange")},
    [GA_BACKUP_UPGRADE] = {"upgrade", GA_N_("before a new version")},
    [GA_BACKUP_ASKED] = {"asked", GA_N_("asked for")},
};

const char *ga_backup_occasion_code(enum ga_backup_occasion occasion)
{
    return occasions[occasion].code;
}

const char *ga_backup_occasion_text(enum ga_backup_occasion occasion)
{
    return occasions[occasion].text;
}

static const char *folder_of(const struct ga_session *session, struct ga_arena *arena)
{
    return ga_arena_printf(arena, "%s/backups", session->data_folder);
}

/* ---- what is there ---- */

static bool read_occasion(const char *code, enum ga_backup_occasion *ret_occasion)
{
    for (int i = 0; i < GA_BACKUP_OCCASIONS; i++)
        if (strcmp(occasions[i].code, code) == 0) {
            *ret_occasion = (enum ga_backup_occasion)i;
            return true;
        }
    return false;
}

/* guanai-000012-2026-11-23-day.db */
static bool read_name(const char *name, struct ga_backup *ret_backup)
{
    int year, month, day, end = 0;
    char code[8];
    long long number;
    if (sscanf(name, "guanai-%6lld-%4d-%2d-%2d-%7[a-z].db%n", &number, &year, &month, &day, code, &end) != 5 || end == 0 ||
        name[end] != '\0' || number <= 0)
        return false;
    const struct ga_backup backup = {.number = number, .day = {year, month, day}};
    if (!ga_date_exists(backup.day))
        return false;
    *ret_backup = backup;
    return read_occasion(code, &ret_backup->occasion);
}

struct listing {
    struct ga_session *session;
    struct ga_arena *arena;
    const char *folder;
    struct ga_vec *backups;
};

static int note(void *arg, const char *name)
{
    struct listing *l = arg;
    const struct ga_io_ops *io = l->session->options->io;
    struct ga_backup backup;
    struct ga_io_stat stat;
    if (!read_name(name, &backup))
        return 0;
    backup.path = ga_arena_printf(l->arena, "%s/%s", l->folder, name);
    const int found = io->stat(io->ctx, backup.path, &stat);
    if (found < 0 || !stat.is_regular)
        return found; /* half a list would number the next one wrongly */
    backup.size_bytes = stat.size_bytes;
    *(struct ga_backup *)ga_vec_push(l->backups) = backup;
    return l->backups->len >= LISTED_MAX;
}

static int compare_numbers(const void *a, const void *b)
{
    const struct ga_backup *first = a, *second = b;
    return (first->number > second->number) - (first->number < second->number);
}

enum ga_rc ga_backups_list(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_backups,
                           struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    struct listing l = {session, arena, folder_of(session, arena), ret_backups};
    const int rc = io->list(io->ctx, l.folder, note, &l);
    if (ret_backups->len > 1)
        qsort(ret_backups->items, ret_backups->len, sizeof(struct ga_backup), compare_numbers);
    return rc < 0 && rc != -ENOENT ? ga_io_fail(err, rc, "read", l.folder) : GA_OK;
}

bool ga_backups_last(struct ga_session *session, struct ga_backup_said *ret_said)
{
    const char *said = ga_store_setting(session->store, last_setting);
    char day[GA_DATE_SIZE];
    long long records;
    struct ga_backup_said last;
    if (said == NULL || sscanf(said, "%10s %d %lld", day, &last.minute, &records) != 3 || !ga_date_from_iso(day, &last.day))
        return false;
    last.records = records;
    *ret_said = last;
    return true;
}

/* ---- which are kept ---- */

/* Monday 5 January 1970 began week 1. */
static int32_t week_of(struct ga_date day)
{
    return (ga_date_to_days(day) + 3) / 7;
}

/* From the newest on: the first of each day, or week, of the last so many. */
static void keep_periods(const struct ga_vec *backups, int32_t (*period_of)(struct ga_date day), int most, bool *keeps)
{
    int32_t seen[DAYS_KEPT];
    int count = 0;
    for (size_t i = backups->len; i-- > 0 && count < most;) {
        const int32_t period = period_of(GA_VEC_AT(const struct ga_backup, backups, i)->day);
        bool is_new = true;
        for (int k = 0; k < count; k++)
            is_new &= seen[k] != period;
        if (is_new) {
            seen[count++] = period;
            keeps[i] = true;
        }
    }
}

void ga_backups_choose(const struct ga_vec *backups, bool *ret_keeps)
{
    for (size_t i = 0; i < backups->len; i++)
        ret_keeps[i] = i + LAST_KEPT >= backups->len;
    keep_periods(backups, ga_date_to_days, DAYS_KEPT, ret_keeps);
    keep_periods(backups, week_of, WEEKS_KEPT, ret_keeps);
}

static void drop_old(struct ga_session *session, struct ga_arena *arena)
{
    struct ga_vec backups;
    ga_vec_init(&backups, sizeof(struct ga_backup));
    const bool has_all = ga_backups_list(session, arena, &backups, NULL) == GA_OK;
    bool *keeps = ga_arena_array(arena, backups.len + 1, sizeof(*keeps));
    ga_backups_choose(&backups, keeps);
    for (size_t i = 0; has_all && i < backups.len; i++) {
        const char *path = GA_VEC_AT(struct ga_backup, &backups, i)->path;
        if (!keeps[i])
            ga_backup_remove(session, ga_arena_strndup(arena, path, strlen(path) - strlen(".db")), arena);
    }
    ga_vec_finish(&backups);
}

/* ---- one more ---- */

/* An empty archive has nothing to copy. */
static bool has_records(struct ga_session *session)
{
    int64_t there = 0;
    return ga_db_query_int(ga_store_db(session->store), "SELECT EXISTS(SELECT 1 FROM record)", &there, NULL) == GA_OK && there > 0;
}

bool ga_backups_is_due(struct ga_session *session)
{
    struct ga_arena arena = {0};
    struct ga_vec backups;
    ga_vec_init(&backups, sizeof(struct ga_backup));
    bool is_due = ga_backups_list(session, &arena, &backups, NULL) == GA_OK;
    for (size_t i = 0; i < backups.len; i++)
        is_due &= ga_date_compare(GA_VEC_AT(struct ga_backup, &backups, i)->day, session->today) != 0;
    ga_vec_finish(&backups);
    ga_arena_finish(&arena);
    return is_due && has_records(session);
}

static enum ga_rc next_number(struct ga_session *session, struct ga_arena *arena, int64_t *ret_number, struct ga_error *err)
{
    struct ga_vec backups;
    ga_vec_init(&backups, sizeof(struct ga_backup));
    const enum ga_rc rc = ga_backups_list(session, arena, &backups, err);
    *ret_number = 1 + (backups.len == 0 ? 0 : GA_VEC_AT(struct ga_backup, &backups, backups.len - 1)->number);
    ga_vec_finish(&backups);
    return rc;
}

/* Twice the database: SQLite's copy has a log of its own while it is written. */
static enum ga_rc check_room(struct ga_session *session, const char *folder, struct ga_arena *arena, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    struct ga_io_stat stat;
    const char *database = ga_arena_printf(arena, "%s/guanai.db", session->data_folder);
    const int found = io->stat(io->ctx, database, &stat);
    if (found < 0)
        return ga_io_fail(err, found, "read", database);
    const int64_t free_bytes = io->free_bytes(io->ctx, folder), needed = 2 * stat.size_bytes + SPARE_BYTES;
    if (free_bytes >= 0 && free_bytes < needed)
        return ga_error_set(err, GA_IO, "the disk is too full: %1 MB are needed", GA_NUM(needed >> 20));
    return GA_OK;
}

static enum ga_rc note_last(struct ga_session *session, int64_t records, struct ga_error *err)
{
    struct ga_str said = {0};
    ga_str_addf(&said, "%s %d %lld", GA_DATE_ISO(session->today), ga_session_minute(session), (long long)records);
    const enum ga_rc rc = ga_store_set_setting(session->store, last_setting, ga_str_text(&said), err);
    ga_str_finish(&said);
    return rc;
}

static enum ga_rc make(struct ga_session *session, enum ga_backup_occasion occasion, struct ga_arena *arena,
                       struct ga_error *err)
{
    const char *folder = folder_of(session, arena), *path;
    int64_t records = 0, number = 0;
    enum ga_rc rc = ga_io_make_dirs(session->options->io, folder, err);
    if (rc == GA_OK)
        rc = check_room(session, folder, arena, err);
    if (rc == GA_OK)
        rc = next_number(session, arena, &number, err);
    if (rc != GA_OK)
        return rc;
    const char *name = ga_arena_printf(arena, "%s/guanai-%06lld-%s-%s", folder, (long long)number,
                                       GA_DATE_ISO(session->today), occasions[occasion].code);
    rc = ga_backup_write_named(session, name, arena, &path, &records, err);
    if (rc != GA_OK)
        return rc;
    drop_old(session, arena);
    return note_last(session, records, err);
}

enum ga_rc ga_backups_make(struct ga_session *session, enum ga_backup_occasion occasion, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const enum ga_rc rc = has_records(session) ? make(session, occasion, &arena, err) : GA_OK;
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_backups_before_upgrade(void *ctx, struct ga_store *store, struct ga_error *err)
{
    struct ga_session *session = ctx;
    struct ga_arena arena = {0};
    session->store = store; /* it is not handed out yet */
    const enum ga_rc rc = make(session, GA_BACKUP_UPGRADE, &arena, err);
    session->store = NULL;
    ga_arena_finish(&arena);
    return rc;
}
