/* Lists the alarms that stand. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"

#include <stdlib.h>
#include <string.h>

/* Columns of every statement over _alarm. */
enum { CHILD, RULE, CLASS, PROXY, HELPER, BIRTH, SINCE, MINUTE, NUMBER, SAY, RECORD };

struct found {
    struct ga_alarm alarm;
    const char *birth; /* "": not known */
    size_t urgent;     /* the most urgent rule that stands of the child */
};

struct listing {
    struct ga_care *care;
    const struct ga_alarm_ask *ask;
    struct ga_arena *arena;
    struct ga_map classes;    /* key → struct class_seen: hundreds of them, of ten thousands of alarms */
    struct ga_vec found;      /* struct found */
};

struct class_seen {
    const char *key, *site, *grade, *class_no;
    const char *teacher, *watcher; /* "": nobody */
};

const struct ga_alarm_rules *ga_care_alarms(const struct ga_care *care)
{
    return &care->alarms.rules;
}

/* Over a holiday who stands in for the class teacher has to know what stands of the children, as well. */
static const char *watcher_of(const struct ga_care *care, const char *key)
{
    const char *name = ga_due_watcher_of(&care->decisions, key, care->windows.today);
    return name == NULL ? "" : name;
}

static const struct class_seen *class_of(struct listing *l, const char *key)
{
    struct class_seen *seen = ga_map_get(&l->classes, key);
    if (seen != NULL)
        return seen;
    char *parts = ga_arena_strdup(l->arena, key), *grade = strstr(parts, GA_DUE_KEY_BREAK);
    char *class_no = grade == NULL ? NULL : strstr(grade + 1, GA_DUE_KEY_BREAK);
    if (grade != NULL)
        *grade++ = '\0';
    if (class_no != NULL)
        *class_no++ = '\0';
    seen = ga_arena_alloc(l->arena, sizeof(*seen));
    *seen = (struct class_seen){.key = ga_arena_strdup(l->arena, key), .site = parts, .grade = grade == NULL ? "" : grade,
                                .class_no = class_no == NULL ? "" : class_no,
                                .teacher = ga_arena_strdup(l->arena, ga_due_teacher_of(&l->care->decisions, key)),
                                .watcher = ga_arena_strdup(l->arena, watcher_of(l->care, key))};
    ga_map_put(&l->classes, seen->key, seen);
    return seen;
}

static bool is_asked(const char *wanted, const char *is)
{
    return wanted == NULL || strcmp(wanted, is) == 0;
}

/* Column's text in the listing's arena; NULL is "". */
static const char *name_at(struct listing *l, struct ga_stmt *stmt, int column)
{
    const char *name = ga_stmt_column_text(stmt, column);
    return name == NULL || name[0] == '\0' ? "" : ga_arena_strdup(l->arena, name);
}

static bool is_name(const char *name, const char *owner)
{
    return name != NULL && strcmp(name, owner) == 0;
}

static bool is_wanted(const struct ga_alarm_ask *ask, const struct class_seen *of, struct ga_stmt *stmt)
{
    return is_asked(ask->site, of->site) && is_asked(ask->grade, of->grade) && is_asked(ask->class_no, of->class_no) &&
           (ask->owner == NULL || strcmp(ask->owner, of->teacher) == 0 || strcmp(ask->owner, of->watcher) == 0 ||
            is_name(ga_stmt_column_text(stmt, PROXY), ask->owner) || is_name(ga_stmt_column_text(stmt, HELPER), ask->owner));
}

static void take(struct listing *l, struct ga_stmt *stmt)
{
    const struct class_seen *of = class_of(l, ga_stmt_column_text(stmt, CLASS));
    if (!is_wanted(l->ask, of, stmt))
        return;
    struct found *found = ga_vec_push(&l->found);
    found->birth = name_at(l, stmt, BIRTH);
    found->alarm = (struct ga_alarm){
        .rule = (size_t)ga_stmt_column_int(stmt, RULE),
        .child = ga_stmt_column_int(stmt, CHILD),
        .class_key = of->key,
        .teacher = of->teacher,
        .watcher = of->watcher,
        .proxy = name_at(l, stmt, PROXY),
        .helper = name_at(l, stmt, HELPER),
        .minute = ga_stmt_column_is_null(stmt, MINUTE) ? -1 : (int)ga_stmt_column_int(stmt, MINUTE),
        .number = ga_stmt_column_is_null(stmt, NUMBER) ? -1 : ga_stmt_column_int(stmt, NUMBER),
        .say = (size_t)ga_stmt_column_int(stmt, SAY),
        .record = ga_stmt_column_int(stmt, RECORD),
    };
    if (!ga_stmt_column_is_null(stmt, SINCE))
        found->alarm.since = ga_date_from_days((int32_t)ga_stmt_column_int(stmt, SINCE));
}

static enum ga_rc read_all(struct listing *l, struct ga_error *err)
{
    const int64_t child = l->ask->child;
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(l->care, child != 0 ? GA_ALARM_OF_CHILD : GA_ALARM_ALL, &stmt, err);
    if (rc == GA_OK && child != 0)
        ga_stmt_bind_int(stmt, 1, child);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(l, stmt);
    return rc;
}

static int by_child(const void *a, const void *b)
{
    const struct ga_alarm *x = &((const struct found *)a)->alarm, *y = &((const struct found *)b)->alarm;
    if (x->child != y->child)
        return x->child < y->child ? -1 : 1;
    return (x->rule > y->rule) - (x->rule < y->rule);
}

/* Who is in more trouble, then who is younger. */
static int by_urgency(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->alarm.rule != y->alarm.rule)
        return x->alarm.rule < y->alarm.rule ? -1 : 1;
    if (x->urgent != y->urgent)
        return x->urgent < y->urgent ? -1 : 1;
    const int births = strcmp(y->birth, x->birth);
    return births != 0 ? births : by_child(a, b);
}

static void sort(struct listing *l)
{
    struct found *items = l->found.items;
    if (l->found.len == 0)
        return;
    qsort(items, l->found.len, sizeof(*items), by_child);
    for (size_t i = 0; i < l->found.len; i++)
        items[i].urgent = i > 0 && items[i].alarm.child == items[i - 1].alarm.child ? items[i - 1].urgent
                                                                                   : items[i].alarm.rule;
    qsort(items, l->found.len, sizeof(*items), by_urgency);
}

/* Those of one rule, as far as asked for: the others were needed for the order. */
static size_t cut(const struct listing *l, int rule, struct ga_alarm *to)
{
    size_t count = 0;
    for (size_t i = 0; i < l->found.len; i++) {
        const struct ga_alarm *alarm = &GA_VEC_AT(const struct found, &l->found, i)->alarm;
        if ((rule < 0 || alarm->rule == (size_t)rule) && (l->ask->limit == 0 || count < l->ask->limit))
            to[count++] = *alarm;
    }
    return count;
}

enum ga_rc ga_alarm_list(struct ga_care *care, const struct ga_alarm_ask *ask, struct ga_arena *arena,
                         struct ga_alarm **ret_alarms, size_t *ret_count, struct ga_error *err)
{
    struct listing l = {.care = care, .ask = ask, .arena = arena};
    const int rule = ask->alarm == NULL ? -1 : ga_alarm_rules_find(&care->alarms.rules, ask->alarm);
    if (ask->alarm != NULL && rule < 0)
        return ga_error_set(err, GA_NOT_FOUND, "there is no alarm '%1'", ask->alarm);
    ga_vec_init(&l.found, sizeof(struct found));
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc == GA_OK)
        rc = read_all(&l, err);
    if (rc == GA_OK) {
        sort(&l);
        *ret_alarms = ga_arena_array(arena, l.found.len + 1, sizeof(**ret_alarms));
        *ret_count = cut(&l, rule, *ret_alarms);
    }
    ga_map_finish(&l.classes);
    ga_vec_finish(&l.found);
    return rc;
}

enum ga_rc ga_alarm_counts(struct ga_care *care, const char *owner, int64_t *ret_counts, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t counts[GA_ALARMS_MAX] = {0};
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc == GA_OK)
        rc = ga_due_stmt(care, GA_ALARM_COUNTS, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const char *key = ga_stmt_column_text(stmt, 1);
        const bool is_owned = owner == NULL || is_name(ga_stmt_column_text(stmt, 2), owner) ||
                              is_name(ga_stmt_column_text(stmt, 3), owner) ||
                              strcmp(ga_due_teacher_of(&care->decisions, key), owner) == 0 || strcmp(watcher_of(care, key), owner) == 0;
        const int64_t rule = ga_stmt_column_int(stmt, 0);
        if (is_owned && rule >= 0 && rule < GA_ALARMS_MAX)
            counts[rule] += ga_stmt_column_int(stmt, 4);
    }
    if (rc == GA_OK)
        memcpy(ret_counts, counts, sizeof(counts));
    return rc;
}
