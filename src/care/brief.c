/* Works out what the first screen says of what is owed. */
#include "guanai/care/brief.h"

#include "due_inner.h"
#include "guanai/base/folders_seen.h"
#include "guanai/base/num.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/touched.h"

#include <string.h>

enum { EDITION = 1 }; /* raise it when a row means something else */

uint64_t ga_brief_key(struct ga_store *store, const struct ga_config *config, const struct ga_folders *folders,
                      const struct ga_io_ops *io)
{
    struct ga_str text = {0};
    ga_str_addf(&text, "%d %d %lld %s ", EDITION, GA_CARE_EDITION, (long long)ga_store_last_op(store),
                GA_DATE_ISO(ga_store_today(store)));
    ga_str_addf(&text, "%llx ", (unsigned long long)(ga_folders_seen(folders, io, GA_DEFINITIONS_FOLDER) +
                                                     ga_folders_seen(folders, io, GA_DUTIES_FOLDER) +
                                                     ga_folders_seen(folders, io, GA_ALARMS_FOLDER)));
    ga_str_add(&text, ga_store_setting(store, "forms.seen"));
    ga_due_add_config(config, &text);
    const uint64_t key = ga_map_hash(ga_str_text(&text), text.len) >> 1; /* fits SQLite's signed numbers */
    ga_str_finish(&text);
    return key;
}

/* "12 0 3\n" and a line a duty: "visit_month\t家访\tHome visit\t0\t16\t0\t2026-11-30\n". */
static void pack(const struct ga_brief *brief, struct ga_str *out)
{
    ga_str_addf(out, "%lld\t%lld\t%lld\n", (long long)brief->owed, (long long)brief->done, (long long)brief->unconfirmed);
    for (size_t i = 0; i < brief->count; i++) {
        const struct ga_brief_line *line = &brief->lines[i];
        ga_str_addf(out, "%s\t%s\t%s\t%d\t%lld\t%lld\t%s\n", line->duty, line->title.zh,
                    line->title.en != NULL ? line->title.en : "", line->per, (long long)line->open, (long long)line->late,
                    GA_DATE_ISO(line->due_on));
    }
}

/* Cuts the next field off; "" past the end. */
static char *next_field(char **at, char end)
{
    char *field = *at, *stop = strchr(field, end);
    if (stop != NULL) {
        *stop = '\0';
        *at = stop + 1;
    } else {
        *at = field + strlen(field);
    }
    return field;
}

static int64_t next_number(char **at, char end)
{
    int64_t number = 0;
    ga_num_parse(next_field(at, end), &number);
    return number;
}

static bool unpack(char *text, struct ga_brief *brief)
{
    *brief = (struct ga_brief){.owed = next_number(&text, '\t')};
    brief->done = next_number(&text, '\t');
    brief->unconfirmed = next_number(&text, '\n');
    while (*text != '\0' && brief->count < GA_BRIEF_LINES_MAX) {
        struct ga_brief_line *line = &brief->lines[brief->count++];
        line->duty = next_field(&text, '\t');
        line->title.zh = next_field(&text, '\t');
        line->title.en = next_field(&text, '\t');
        line->per = (int)next_number(&text, '\t');
        line->open = next_number(&text, '\t');
        line->late = next_number(&text, '\t');
        if (!ga_date_from_iso(next_field(&text, '\n'), &line->due_on))
            return false;
        if (*line->title.en == '\0')
            line->title.en = NULL;
    }
    return true;
}

enum ga_rc ga_brief_read(struct ga_store *store, const char *user, uint64_t key, struct ga_arena *arena,
                         struct ga_brief *ret_brief, bool *ret_is_kept, struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc;
    *ret_is_kept = false;
    /* Without the table this fails; to look for it first would read the whole schema at each start. */
    if (ga_stmt_prepare(ga_store_db(store), "SELECT body FROM _due_brief WHERE user = ?1 AND key = ?2", &stmt, NULL) != GA_OK)
        return GA_OK;
    ga_stmt_bind_text(stmt, 1, user);
    ga_stmt_bind_int(stmt, 2, (int64_t)key);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row)
        *ret_is_kept = unpack(ga_arena_strdup(arena, ga_stmt_column_text(stmt, 0)), ret_brief);
    ga_stmt_destroy(stmt);
    return rc;
}

struct keeping {
    struct ga_db *db;
    const char *user, *body;
    uint64_t key;
};

static enum ga_rc write_row(void *ctx, struct ga_error *err)
{
    const struct keeping *k = ctx;
    struct ga_db *db = k->db;
    struct ga_stmt *stmt = NULL;
    enum ga_rc rc = ga_db_exec(db, "CREATE TABLE IF NOT EXISTS _due_brief (user TEXT PRIMARY KEY, key INTEGER NOT NULL,"
                                   " body TEXT NOT NULL) STRICT, WITHOUT ROWID", err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, "INSERT OR REPLACE INTO _due_brief VALUES (?1, ?2, ?3)", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, k->user);
    ga_stmt_bind_int(stmt, 2, (int64_t)k->key);
    ga_stmt_bind_text(stmt, 3, k->body);
    rc = ga_stmt_run(stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Nothing is lost when it cannot be written. */
static void keep(struct ga_store *store, const char *user, uint64_t key, const struct ga_brief *brief)
{
    struct ga_str body = {0};
    pack(brief, &body);
    struct keeping k = {.db = ga_store_db(store), .user = user, .body = ga_str_text(&body), .key = key};
    if (ga_transaction_depth(k.db) == 0)
        ga_transaction_apart(k.db, write_row, &k, NULL);
    ga_str_finish(&body);
}

static void add_due(struct ga_brief_line *lines, const struct ga_due *due)
{
    struct ga_brief_line *line = &lines[due->duty];
    if (line->open == 0 || ga_date_compare(due->window.due_on, line->due_on) < 0)
        line->due_on = due->window.due_on;
    line->open++;
    line->late += due->state == GA_DUE_LATE;
}

static enum ga_rc count_mine(struct ga_care *care, const char *user, struct ga_arena *arena, struct ga_brief *brief,
                             struct ga_error *err)
{
    const struct ga_duties *duties = ga_care_duties(care);
    const struct ga_due_ask ask = {.owner = user};
    struct ga_brief_line lines[GA_DUTIES_MAX] = {{0}};
    struct ga_due *list;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(care, &ask, arena, &list, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        add_due(lines, &list[i]);
    for (size_t i = 0; rc == GA_OK && i < duties->count && brief->count < GA_BRIEF_LINES_MAX; i++) {
        if (lines[i].open == 0)
            continue;
        lines[i].duty = ga_arena_strdup(arena, duties->items[i]->name);
        lines[i].title.zh = ga_arena_strdup(arena, duties->items[i]->title.zh);
        lines[i].title.en = ga_arena_strdup(arena, duties->items[i]->title.en);
        lines[i].per = duties->items[i]->per;
        brief->lines[brief->count++] = lines[i];
    }
    return rc;
}

static enum ga_rc count_school(struct ga_care *care, struct ga_arena *arena, struct ga_brief *brief, struct ga_error *err)
{
    const struct ga_date today = ga_store_today(ga_care_store(care));
    const struct ga_due_ask ask = {.span = {today, today}};
    struct ga_due_tally *tallies;
    size_t count = 0;
    enum ga_rc rc = ga_due_tallies(care, &ask, arena, &tallies, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        brief->owed += tallies[i].owed;
        brief->done += tallies[i].done;
        brief->unconfirmed += tallies[i].unconfirmed;
    }
    return rc;
}

enum ga_rc ga_brief_make(struct ga_care *care, const char *user, uint64_t key, struct ga_arena *arena,
                         struct ga_brief *ret_brief, struct ga_error *err)
{
    struct ga_brief brief = {0};
    enum ga_rc rc = *user != '\0' ? count_mine(care, user, arena, &brief, err) : GA_OK;
    if (rc == GA_OK)
        rc = count_school(care, arena, &brief, err);
    if (rc != GA_OK)
        return rc;
    keep(ga_care_store(care), user, key, &brief);
    *ret_brief = brief;
    return GA_OK;
}
