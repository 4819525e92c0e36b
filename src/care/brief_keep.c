/* Keeps what the first screen says of the care, a row a user. */
#include "brief_keep.h"

#include "due/due_inner.h"
#include "guanai/base/folders_seen.h"
#include "guanai/base/num.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/touched.h"

#include <string.h>

enum { EDITION = 7 }; /* raise it when a row means something else */

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

/* What parts fields and lines of a row stands in no text that is kept there. */
static void add_field(struct ga_str *out, const char *text, char end)
{
    for (; text != NULL && *text != '\0'; text++)
        ga_str_add_char(out, *text == '\t' || *text == '\n' ? ' ' : *text);
    ga_str_add_char(out, end);
}

static void add_number(struct ga_str *out, int64_t number, char end)
{
    add_field(out, GA_NUM(number), end);
}

/* A day that is not known is an empty field. */
static void add_day(struct ga_str *out, struct ga_date day, char end)
{
    add_field(out, day.year == 0 ? "" : GA_DATE_ISO(day), end);
}

static void pack_line(const struct ga_brief_line *line, struct ga_str *out)
{
    add_field(out, "due", '\t');
    add_field(out, line->duty, '\t');
    add_field(out, line->title.zh, '\t');
    add_field(out, line->title.en, '\t');
    add_number(out, line->per, '\t');
    add_number(out, line->open, '\t');
    add_number(out, line->late, '\t');
    add_number(out, line->owed, '\t');
    add_number(out, line->done, '\t');
    add_day(out, line->due_on, '\n');
}

static void pack_alarm(const struct ga_brief_alarm *alarm, struct ga_str *out)
{
    add_field(out, "alarm", '\t');
    add_field(out, alarm->alarm, '\t');
    add_field(out, alarm->title.zh, '\t');
    add_field(out, alarm->title.en, '\t');
    add_number(out, alarm->count, '\t');
    add_field(out, alarm->names, '\t');
    add_field(out, alarm->text.zh, '\t');
    add_field(out, alarm->text.en, '\t');
    add_day(out, alarm->since, '\t');
    add_number(out, alarm->minute, '\n');
}

static void pack_birthday(const struct ga_brief_birthday *line, struct ga_str *out)
{
    add_field(out, "birthday", '\t');
    add_field(out, line->name, '\t');
    add_number(out, line->birthday.no, '\t');
    add_number(out, line->birthday.is_official + 2 * line->birthday.is_lunar, '\t');
    add_number(out, line->birthday.turns, '\t');
    add_day(out, line->birthday.day, '\n');
}

static void pack_class(const struct ga_roster_class *class, struct ga_str *out)
{
    add_field(out, "class", '\t');
    add_field(out, class->site, '\t');
    add_field(out, class->grade, '\t');
    add_field(out, class->class_no, '\n');
}

/* "12 0 3 1 5\n", then a line a duty, an alarm, a birthday, a class, each led by what it is. */
static void pack(const struct ga_brief *brief, struct ga_str *out)
{
    add_number(out, brief->owed, '\t');
    add_number(out, brief->done, '\t');
    add_number(out, brief->later, '\t');
    add_number(out, brief->unconfirmed, '\t');
    add_number(out, brief->is_of_school + 2 * brief->has_colleagues, '\t');
    add_number(out, brief->birthdays_all, '\n');
    for (size_t i = 0; i < brief->count; i++)
        pack_line(&brief->lines[i], out);
    for (size_t i = 0; i < brief->alarms_count; i++)
        pack_alarm(&brief->alarms[i], out);
    for (size_t i = 0; i < brief->birthdays_count; i++)
        pack_birthday(&brief->birthdays[i], out);
    for (size_t i = 0; i < brief->classes_count; i++)
        pack_class(&brief->classes[i], out);
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

static struct ga_label next_label(char **at)
{
    struct ga_label label = {.zh = next_field(at, '\t')};
    label.en = next_field(at, '\t');
    if (*label.en == '\0')
        label.en = NULL;
    return label;
}

static struct ga_date next_day(char **at, char end)
{
    struct ga_date day = {0};
    ga_date_from_iso(next_field(at, end), &day);
    return day;
}

static void unpack_line(char **at, struct ga_brief *brief)
{
    struct ga_brief_line line = {.duty = next_field(at, '\t')};
    line.title = next_label(at);
    line.per = (int)next_number(at, '\t');
    line.open = next_number(at, '\t');
    line.late = next_number(at, '\t');
    line.owed = next_number(at, '\t');
    line.done = next_number(at, '\t');
    line.due_on = next_day(at, '\n');
    if (brief->count < GA_BRIEF_LINES_MAX)
        brief->lines[brief->count++] = line;
}

static void unpack_alarm(char **at, struct ga_brief *brief)
{
    struct ga_brief_alarm alarm = {.alarm = next_field(at, '\t')};
    alarm.title = next_label(at);
    alarm.count = next_number(at, '\t');
    alarm.names = next_field(at, '\t');
    alarm.text = next_label(at);
    alarm.since = next_day(at, '\t');
    alarm.minute = (int)next_number(at, '\n');
    if (brief->alarms_count < GA_BRIEF_ALARMS_MAX)
        brief->alarms[brief->alarms_count++] = alarm;
}

static void unpack_birthday(char **at, struct ga_brief *brief)
{
    struct ga_brief_birthday line = {.name = next_field(at, '\t')};
    line.birthday.no = next_number(at, '\t');
    const int64_t kinds = next_number(at, '\t');
    line.birthday.is_official = kinds & 1;
    line.birthday.is_lunar = kinds & 2;
    line.birthday.turns = (int)next_number(at, '\t');
    line.birthday.day = next_day(at, '\n');
    if (brief->birthdays_count < GA_BRIEF_BIRTHDAYS_MAX)
        brief->birthdays[brief->birthdays_count++] = line;
}

static void unpack_class(char **at, struct ga_brief *brief)
{
    struct ga_roster_class class = {.site = next_field(at, '\t'), .shown = ""};
    class.grade = next_field(at, '\t');
    class.class_no = next_field(at, '\n');
    if (brief->classes_count < GA_BRIEF_CLASSES_MAX)
        brief->classes[brief->classes_count++] = class;
}

static bool unpack(char *text, struct ga_brief *brief)
{
    *brief = (struct ga_brief){.owed = next_number(&text, '\t')};
    brief->done = next_number(&text, '\t');
    brief->later = next_number(&text, '\t');
    brief->unconfirmed = next_number(&text, '\t');
    const int64_t whose = next_number(&text, '\t');
    brief->is_of_school = whose & 1;
    brief->has_colleagues = whose & 2;
    brief->birthdays_all = next_number(&text, '\n');
    while (*text != '\0') {
        const char *kind = next_field(&text, '\t');
        if (strcmp(kind, "due") == 0)
            unpack_line(&text, brief);
        else if (strcmp(kind, "alarm") == 0)
            unpack_alarm(&text, brief);
        else if (strcmp(kind, "birthday") == 0)
            unpack_birthday(&text, brief);
        else if (strcmp(kind, "class") == 0)
            unpack_class(&text, brief);
        else
            return false;
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

void ga_brief_keep(struct ga_store *store, const char *user, uint64_t key, const struct ga_brief *brief)
{
    struct ga_str body = {0};
    pack(brief, &body);
    struct keeping k = {.db = ga_store_db(store), .user = user, .body = ga_str_text(&body), .key = key};
    if (ga_transaction_depth(k.db) == 0)
        ga_transaction_apart(k.db, write_row, &k, NULL);
    ga_str_finish(&body);
}
