/* Works out what the first screen says of the care. */
#include "guanai/care/brief.h"

#include "due/due_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/base/folders_seen.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/care/alarm.h"
#include "guanai/care/whose.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/touched.h"

#include <stdlib.h>
#include <string.h>

enum { EDITION = 6 }; /* raise it when a row means something else */

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

/* A child a line is open for. */
struct asked {
    size_t duty;
    int64_t child; /* below 0: of a class or the school, each its own */
};

static int by_child(const void *a, const void *b)
{
    const struct asked *x = a, *y = b;
    if (x->duty != y->duty)
        return x->duty < y->duty ? -1 : 1;
    return (x->child > y->child) - (x->child < y->child);
}

/* Last month's that is late and this month's are of one child: "24 children", not 34. */
static void count_children(struct ga_brief_line *lines, struct ga_vec *asked)
{
    struct asked *items = asked->items;
    if (asked->len > 1)
        qsort(items, asked->len, sizeof(*items), by_child);
    for (size_t i = 0; i < asked->len; i++)
        lines[items[i].duty].open += i == 0 || by_child(&items[i - 1], &items[i]) != 0;
}

/* Of a window that is over, what is still to be mended counts, what was done does not. */
static void add_due(struct ga_brief_line *lines, const struct ga_due *due, struct ga_date today, struct ga_vec *asked)
{
    struct ga_brief_line *line = &lines[due->duty];
    const bool is_of_now = ga_date_compare(due->window.due_on, today) >= 0;
    line->owed += is_of_now;
    line->done += is_of_now && ga_due_is_done(due->state);
    if (ga_due_is_done(due->state))
        return;
    if (line->due_on.year == 0 || ga_date_compare(due->window.due_on, line->due_on) < 0)
        line->due_on = due->window.due_on;
    *(struct asked *)ga_vec_push(asked) = (struct asked){due->duty, due->child != 0 ? due->child : -(int64_t)asked->len};
    line->late += due->state == GA_DUE_LATE;
}

static enum ga_rc count_mine(struct ga_care *care, const char *user, struct ga_arena *arena, struct ga_brief *brief,
                             struct ga_error *err)
{
    const struct ga_duties *duties = ga_care_duties(care);
    const struct ga_due_ask ask = {.owner = user,
                                   .states = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_DONE | 1u << GA_DUE_DONE_LATE};
    struct ga_brief_line lines[GA_DUTIES_MAX] = {{0}};
    struct ga_due *list;
    struct ga_vec asked;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(care, &ask, arena, &list, &count, err);
    ga_vec_init(&asked, sizeof(struct asked));
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        add_due(lines, &list[i], ga_store_today(ga_care_store(care)), &asked);
    count_children(lines, &asked);
    ga_vec_finish(&asked);
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

static void take_done(void *ctx, const struct ga_due_tally *tally)
{
    struct ga_brief *brief = ctx;
    brief->owed += tally->owed;
    brief->done += tally->done;
}

static enum ga_rc count_school(struct ga_care *care, struct ga_brief *brief, struct ga_error *err)
{
    const struct ga_date today = ga_store_today(ga_care_store(care));
    const struct ga_due_ask ask = {.span = {today, today}};
    return ga_due_tallies_each(care, &ask, take_done, brief, err);
}

static void take_waiting(void *ctx, const struct ga_due_tally *tally)
{
    ((struct ga_brief *)ctx)->unconfirmed += tally->unconfirmed;
}

/* A month's reasons are confirmed in the days after it, with its signature: they do not go away with the month. */
static enum ga_rc count_waiting(struct ga_care *care, struct ga_brief *brief, struct ga_error *err)
{
    const struct ga_date today = ga_store_today(ga_care_store(care)), first = {today.year, today.month, 1};
    const struct ga_due_ask ask = {.span = {ga_date_add_months(first, -1), today}};
    return ga_due_tallies_each(care, &ask, take_waiting, brief, err);
}

/* The names of the first ones, what is said of the very first. */
static enum ga_rc add_alarm(struct ga_care *care, const struct ga_alarm_head *head, struct ga_arena *arena,
                            struct ga_brief *brief, struct ga_error *err)
{
    const struct ga_alarm *first = &head->first;
    const struct ga_alarm_rule *rule = ga_care_alarms(care)->items[first->rule];
    struct ga_brief_alarm *to = &brief->alarms[brief->alarms_count++];
    const struct ga_alarm_fill fill = {.number = first->number < 0 ? "?" : GA_NUM(first->number)};
    struct ga_roster_row child;
    struct ga_str names = {0};
    enum ga_rc rc = GA_OK;
    *to = (struct ga_brief_alarm){.alarm = ga_arena_strdup(arena, rule->name), .count = head->count,
                                  .title = {ga_arena_strdup(arena, rule->title.zh), ga_arena_strdup(arena, rule->title.en)},
                                  .since = first->since, .minute = first->minute, .text.zh = ""};
    for (int i = 0; rc == GA_OK && i < head->count && i < GA_BRIEF_NAMES_MAX; i++) {
        rc = ga_roster_row_of(ga_care_store(care), head->children[i], GA_ZH, arena, &child, err);
        if (rc == GA_OK)
            ga_str_addf(&names, "%s%s", i == 0 ? "" : " ", child.name);
    }
    to->names = ga_arena_strdup(arena, ga_str_text(&names));
    ga_str_finish(&names);
    if (first->say < rule->says.count) {
        const struct ga_label *text = &rule->says.items[first->say].text;
        to->text.zh = ga_alarm_fill(text->zh, &fill, arena);
        to->text.en = text->en == NULL ? NULL : ga_alarm_fill(text->en, &fill, arena);
    }
    return rc;
}

static enum ga_rc add_alarms(struct ga_care *care, const char *scope, struct ga_arena *arena, struct ga_brief *brief,
                             struct ga_error *err)
{
    const size_t rules = ga_care_alarms(care)->count;
    struct ga_alarm_head *heads = ga_alloc_array(rules + 1, sizeof(*heads));
    enum ga_rc rc = ga_alarm_heads(care, scope, heads, err);
    for (size_t i = 0; rc == GA_OK && i < rules && brief->alarms_count < GA_BRIEF_ALARMS_MAX; i++)
        if (heads[i].count > 0)
            rc = add_alarm(care, &heads[i], arena, brief, err);
    free(heads);
    return rc;
}

static enum ga_rc add_birthdays(struct ga_care *care, const char *scope, struct ga_arena *arena, struct ga_brief *brief,
                                struct ga_error *err)
{
    const struct ga_date today = ga_store_today(ga_care_store(care));
    const struct ga_days span = {today, ga_birthdays_until(today)};
    struct ga_arena own = {0}, of_one = {0};
    struct ga_birthday *birthdays;
    struct ga_roster_row child;
    size_t count = 0;
    enum ga_rc rc = ga_birthdays(ga_care_store(care), span, true, &own, &birthdays, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        bool is = scope == NULL;
        const bool is_said = brief->birthdays_count < GA_BRIEF_BIRTHDAYS_MAX;
        if (!is || is_said)
            rc = ga_roster_row_of(ga_care_store(care), birthdays[i].no, GA_ZH, &of_one, &child, err);
        if (rc == GA_OK && !is)
            rc = ga_care_is_child_of(care, scope, &child, &is, err);
        brief->birthdays_all += rc == GA_OK && is;
        if (rc == GA_OK && is && is_said)
            brief->birthdays[brief->birthdays_count++] =
                (struct ga_brief_birthday){ga_arena_strdup(arena, child.name), birthdays[i]};
        ga_arena_reset(&of_one);
    }
    ga_arena_finish(&own);
    ga_arena_finish(&of_one);
    return rc;
}

/* Somebody else is class teacher: what is owed is not all the user's own. */
static bool has_colleagues(const struct ga_care *care, const char *user)
{
    for (size_t i = 0; i < care->places.classes_count; i++) {
        const char *teacher = ga_due_teacher_of(&care->decisions, care->places.items[i].key);
        if (*teacher != '\0' && strcmp(teacher, user) != 0)
            return true;
    }
    return false;
}

enum ga_rc ga_brief_make(struct ga_care *care, const char *user, uint64_t key, struct ga_arena *arena,
                         struct ga_brief *ret_brief, struct ga_error *err)
{
    struct ga_brief brief = {0};
    const char *scope = NULL;
    enum ga_rc rc = *user != '\0' ? count_mine(care, user, arena, &brief, err) : GA_OK;
    if (rc == GA_OK)
        rc = count_school(care, &brief, err);
    if (rc == GA_OK)
        rc = count_waiting(care, &brief, err);
    if (rc == GA_OK)
        rc = ga_care_scope_of(care, user, &scope, err);
    brief.is_of_school = scope == NULL;
    brief.has_colleagues = rc == GA_OK && has_colleagues(care, user);
    if (rc == GA_OK)
        rc = add_alarms(care, scope, arena, &brief, err);
    if (rc == GA_OK)
        rc = add_birthdays(care, scope, arena, &brief, err);
    if (rc == GA_OK)
        rc = ga_care_classes_of(care, user, GA_BRIEF_CLASSES_MAX, arena, brief.classes, &brief.classes_count, err);
    if (rc != GA_OK)
        return rc;
    keep(ga_care_store(care), user, key, &brief);
    *ret_brief = brief;
    return GA_OK;
}
