/* Opens and closes the data folder of a school. */
#include "after.h"
#include "fold/own.h"
#include "index/index_delta.h"
#include "peers/conflict_heads.h"
#include "search/search_scan.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/lock.h"
#include "guanai/store/receive.h"
#include "guanai/text/utf8.h"

#include <stdlib.h>
#include <string.h>

static void path_in(const struct ga_store *store, const char *name, struct ga_str *out)
{
    ga_str_clear(out);
    ga_str_addf(out, "%s/%s", store->options.folder, name);
}

/* Who has it open stands in `lock`. */
static enum ga_rc take_lock(struct ga_store *store, struct ga_error *err)
{
    struct ga_str who = {0};
    int32_t day, ms, offset;
    ga_store_now(store, &day, &ms, &offset);
    ga_str_addf(&who, "%s, %s %02d:%02d", store->user[0] != '\0' ? store->user : "guanai",
                GA_DATE_ISO(ga_date_from_days(day)), ms / 3600000, ms / 60000 % 60);
    enum ga_rc rc = ga_lock_take(store->options.io, store->options.folder, ga_str_text(&who), &store->lock_fd, err);
    ga_str_finish(&who);
    return rc;
}

/* Somebody else's database has tables already; a power cut while ours was made left none. */
static enum ga_rc check_empty(struct ga_store *store, struct ga_db *db, struct ga_error *err)
{
    int64_t tables = 0;
    if (!store->options.may_create)
        return ga_error_set(err, GA_NOT_FOUND, "there is no database at %1", store->options.folder);
    enum ga_rc rc = ga_db_query_int(db, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (rc == GA_OK && tables > 0)
        rc = ga_error_set(err, GA_DAMAGED, "guanai.db in %1 is another program's file", store->options.folder);
    return rc;
}

static enum ga_rc make_tables(struct ga_store *store, struct ga_error *err)
{
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    const char *const scripts[] = {ga_store_schema, ga_store_draft_schema, ga_store_derived_schema,
                                   ga_store_index_schema, ga_store_same_schema, ga_store_own_schema};
    for (size_t i = 0; rc == GA_OK && i < GA_COUNT(scripts); i++)
        rc = ga_db_exec(store->db, scripts[i], err);
    if (rc == GA_OK)
        rc = ga_site_make(store, err);
    if (rc == GA_OK)
        rc = ga_index_note_edition(store, err);
    if (rc == GA_OK)
        rc = ga_db_set_application_id(store->db, GA_APPLICATION_ID, err);
    if (rc == GA_OK)
        rc = ga_db_set_user_version(store->db, GA_SCHEMA_VERSION, err);
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    return rc;
}

/* New and empty, ours, or something else entirely: that is not touched. */
static enum ga_rc check_kind(void *ctx, struct ga_db *db, struct ga_error *err)
{
    struct ga_store *store = ctx;
    int32_t id = 0, version = 0;
    enum ga_rc rc = ga_db_application_id(db, &id, err);
    if (rc == GA_OK)
        rc = ga_db_user_version(db, &version, err);
    if (rc != GA_OK)
        return rc;
    store->is_new = id == 0 && version == 0;
    if (store->is_new)
        return check_empty(store, db, err);
    if (id != GA_APPLICATION_ID)
        return ga_error_set(err, GA_DAMAGED, "guanai.db in %1 is another program's file", store->options.folder);
    store->old_version = version < GA_SCHEMA_VERSION ? version : 0;
    if (version < GA_SCHEMA_OLDEST)
        return ga_error_set(err, GA_DAMAGED, "this data folder was written by a trial version of the program");
    if (version > GA_SCHEMA_VERSION) {
        ga_error_set(err, GA_DAMAGED, "this data folder was written by a newer version of the program");
        ga_error_hint(err, "install the newer version on this computer too");
        return GA_DAMAGED;
    }
    return GA_OK;
}

/* Whole or not at all. */
static enum ga_rc bring_up(struct ga_store *store, struct ga_error *err)
{
    enum { WITHOUT_RUNS = 5 };
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    for (int32_t version = store->old_version; rc == GA_OK && version < GA_SCHEMA_VERSION; version++)
        rc = ga_db_exec(store->db, ga_store_migrations[version - GA_SCHEMA_OLDEST], err);
    if (rc == GA_OK && store->old_version <= WITHOUT_RUNS)
        rc = ga_have_fill(store, err);
    if (rc == GA_OK)
        rc = ga_site_open(store, err);
    if (rc == GA_OK && store->old_version <= WITHOUT_RUNS)
        rc = ga_site_vouch(store, err);
    if (rc == GA_OK)
        rc = ga_log_open(store, err);
    if (rc == GA_OK)
        rc = ga_conflicts_put_again(store, err);
    if (rc == GA_OK)
        rc = ga_db_set_user_version(store->db, GA_SCHEMA_VERSION, err);
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    return rc;
}

int ga_store_cache_kib(const struct ga_store *store)
{
    enum { OPERATIONS_A_KIB = 128 }; /* some 30 children: nothing beyond the least up to 10,000 */
    const int64_t kib = store->last_op / OPERATIONS_A_KIB;
    if (kib <= GA_STORE_CACHE_KIB)
        return GA_STORE_CACHE_KIB;
    return kib < GA_STORE_CACHE_MAX_KIB ? (int)kib : GA_STORE_CACHE_MAX_KIB;
}

void ga_store_spare_cache(struct ga_store *store, bool is_spared)
{
    enum { SPARED_KIB = 128 };
    if (is_spared == store->is_cache_spared)
        return;
    store->is_cache_spared = is_spared;
    ga_db_set_cache(store->db, is_spared ? SPARED_KIB : ga_store_cache_kib(store), NULL); /* it is but slower otherwise */
}

static enum ga_rc open_database(struct ga_store *store, struct ga_error *err)
{
    struct ga_str path = {0};
    path_in(store, "guanai.db", &path);
    const struct ga_db_options options = {
        .path = path.data, .vfs = store->options.vfs, .create = store->options.may_create, .cache_kib = GA_STORE_CACHE_KIB,
        .look = check_kind, .ctx = store};
    enum ga_rc rc = ga_db_open(&options, &store->db, err);
    ga_str_finish(&path);
    if (rc != GA_OK)
        return rc;
    ga_stmts_init(&store->stmts, store->db, ga_store_sql, GA_SQL_COUNT);
    rc = ga_view_functions_add(store, err);
    if (rc == GA_OK)
        rc = ga_search_scan_add(store->db, err);
    if (rc == GA_OK)
        rc = ga_index_functions_add(store, err);
    if (rc == GA_OK && store->is_new)
        rc = make_tables(store, err);
    if (rc == GA_OK && store->old_version != 0 && store->options.before_upgrade != NULL)
        rc = store->options.before_upgrade(store->options.upgrade_ctx, store, err);
    if (rc == GA_OK && store->old_version != 0)
        rc = bring_up(store, err);
    if (rc == GA_OK)
        rc = ga_site_open(store, err);
    if (rc == GA_OK)
        rc = ga_log_open(store, err);
    if (rc == GA_OK && ga_store_cache_kib(store) > GA_STORE_CACHE_KIB)
        rc = ga_db_set_cache(store->db, ga_store_cache_kib(store), err);
    return rc;
}

enum ga_rc ga_store_open(const struct ga_store_options *options, struct ga_store **ret_store, struct ga_error *err)
{
    enum ga_rc rc = ga_crypt_start(err);
    if (rc != GA_OK)
        return rc;
    struct ga_store *store = ga_alloc(sizeof(*store));
    store->options = *options;
    store->lock_fd = -1;
    ga_vec_init(&store->pending, sizeof(struct ga_log_item));
    ga_vec_init(&store->tail, sizeof(struct ga_log_filed));
    ga_vec_init(&store->fresh, sizeof(struct ga_forms *));
    ga_store_set_user(store, options->user, NULL);
    ga_forms_init(&store->forms);
    ga_forms_from_store(store);
    struct ga_io_stat st;
    if (options->may_create)
        rc = ga_io_make_dirs(options->io, options->folder, err);
    else if (options->io->stat(options->io->ctx, options->folder, &st) < 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no data folder %1", options->folder);
    if (rc == GA_OK)
        rc = take_lock(store, err);
    if (rc == GA_OK)
        rc = open_database(store, err);
    if (rc == GA_OK)
        rc = ga_head_check(store, err);
    if (rc == GA_OK)
        rc = ga_forms_name_all(store, err);
    if (rc == GA_OK)
        rc = ga_index_check_edition(store, err);
    if (rc == GA_OK)
        rc = ga_log_refile(store, err);
    if (rc == GA_OK)
        rc = ga_schools_place_again(store, err);
    if (rc != GA_OK) {
        ga_store_close(store);
        return rc;
    }
    *ret_store = store;
    return GA_OK;
}

void ga_store_close(struct ga_store *store)
{
    if (store == NULL)
        return;
    ga_save_abandon(store->save);
    ga_receive_abandon(store->receive);
    if (store->index != NULL && ga_index_follow(store, NULL) == GA_OK)
        ga_after_follow(store, NULL);
    ga_index_finish(store);
    ga_tables_finish(store);
    ga_stmts_finish(&store->stmts);
    ga_db_close(store->db);
    ga_lock_drop(store->options.io, store->lock_fd);
    ga_forms_finish(&store->forms);
    for (size_t i = 0; i < store->fresh.len; i++)
        ga_forms_finish(*GA_VEC_AT(struct ga_forms *, &store->fresh, i));
    ga_vec_finish(&store->fresh);
    ga_log_finish(store);
    ga_schools_finish(store);
    ga_crypt_wipe(&store->key, sizeof(store->key));
    ga_str_finish(&store->setting);
    ga_arena_finish(&store->arena);
    free(store);
}

void ga_store_idle(struct ga_store *store)
{
    enum { WAL_PAGES_KEPT = 400, TAIL_KEPT = 128 }; /* 1.6 MiB; a day's typing */
    int64_t tail = 0;
    if (store->save != NULL || store->receive != NULL || ga_index_follow(store, NULL) != GA_OK ||
        ga_after_follow(store, NULL) != GA_OK)
        return;
    if (ga_db_query_int(store->db, "SELECT count(*) FROM tail", &tail, NULL) == GA_OK && tail > TAIL_KEPT)
        ga_log_pack_tail(store, NULL);
    ga_delta_idle(store);
    if (ga_db_wal_pages(store->db) > WAL_PAGES_KEPT)
        ga_db_checkpoint(store->db, GA_CHECKPOINT_TRUNCATE, NULL);
}

/* As an operation can hold it: UTF-8, 190 bytes. A name from a file or command line may be neither. */
static void take_name(char name[GA_STORE_USER_SIZE], const char *from)
{
    size_t len = 0;
    uint32_t cp;
    for (size_t left = from == NULL ? 0 : strlen(from), bytes; left > 0; from += bytes, left -= bytes) {
        bytes = ga_utf8_decode(from, left, &cp);
        if (bytes != 0 && len + bytes > GA_OPERATION_USER_MAX)
            break;
        memcpy(name + len, from, bytes);
        len += bytes;
        bytes += bytes == 0; /* a byte that is no character is left out */
    }
    name[len] = '\0';
}

void ga_store_set_user(struct ga_store *store, const char *user, const char *typist)
{
    char doing[GA_STORE_USER_SIZE], typing[GA_STORE_USER_SIZE]; /* both may be names this store handed out */
    take_name(doing, user);
    take_name(typing, typist);
    memcpy(store->user, doing, sizeof(doing));
    ga_str_copy(store->typist, sizeof(store->typist), strcmp(typing, doing) == 0 ? "" : typing);
}

const char *ga_store_typist(const struct ga_store *store)
{
    return store->typist[0] != '\0' ? store->typist : store->user;
}

const char *ga_store_user(const struct ga_store *store)
{
    return store->user;
}

struct ga_forms *ga_store_forms(struct ga_store *store)
{
    return &store->forms;
}

struct ga_db *ga_store_db(struct ga_store *store)
{
    if (store->save == NULL)
        ga_index_follow(store, NULL);
    return store->db;
}

struct ga_date ga_store_today(const struct ga_store *store)
{
    return store->options.today;
}

void ga_store_set_today(struct ga_store *store, struct ga_date today, bool is_doubtful)
{
    store->options.today = today;
    store->options.is_clock_doubtful = is_doubtful;
}

void ga_store_now(const struct ga_store *store, int32_t *ret_day, int32_t *ret_ms, int32_t *ret_offset_min)
{
    const struct ga_clock *clock = store->options.clock;
    const int64_t now = clock->now_ms(clock->ctx);
    const int32_t offset_s = clock->utc_offset_s(clock->ctx, now);
    const int64_t local = now + (int64_t)offset_s * 1000;
    *ret_ms = (int32_t)(((local % 86400000) + 86400000) % 86400000);
    *ret_day = store->options.today.year != 0 ? ga_date_to_days(store->options.today)
                                              : (int32_t)((local - *ret_ms) / 86400000);
    *ret_offset_min = offset_s / 60;
}

struct ga_date ga_store_local_day(const struct ga_store *store)
{
    int32_t day, ms, offset_min;
    ga_store_now(store, &day, &ms, &offset_min);
    return ga_date_from_days(day);
}

int32_t ga_store_utc_offset_min(const struct ga_store *store)
{
    int32_t day, ms, offset_min;
    ga_store_now(store, &day, &ms, &offset_min);
    return offset_min;
}

const char *ga_store_setting(struct ga_store *store, const char *name)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_store_stmt(store, GA_SQL_GET_SETTING, &stmt, NULL) != GA_OK)
        return NULL;
    ga_stmt_bind_text(stmt, 1, name);
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return NULL;
    const bool is_set = !ga_stmt_column_is_null(stmt, 0);
    ga_str_clear(&store->setting);
    ga_str_add(&store->setting, is_set ? ga_stmt_column_text(stmt, 0) : "");
    ga_stmt_reset(stmt);
    return is_set ? ga_str_text(&store->setting) : NULL;
}

enum ga_rc ga_store_read_setting(struct ga_store *store, const char *name, struct ga_str *out, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_SETTING, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, name);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row && !ga_stmt_column_is_null(stmt, 0))
        ga_str_add(out, ga_stmt_column_text(stmt, 0));
    ga_stmt_reset(stmt);
    return rc;
}

enum ga_rc ga_store_set_setting(struct ga_store *store, const char *name, const char *value, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_SETTING, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, name);
    ga_stmt_bind_text(stmt, 2, value);
    return ga_stmt_run(stmt, err);
}
