/* Works out what the first screen says of the care. */
#include "guanai/care/brief.h"

#include "brief_keep.h"
#include "due/due_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/care/alarm.h"
#include "guanai/care/whose.h"

#include <stdlib.h>
#include <string.h>

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

struct of_month {
    const struct ga_duties *duties;
    struct ga_brief *brief;
};

/* What classes and their children are asked this month, as the checklists of the classes count it. */
static void take_done(void *ctx, const struct ga_due_tally *tally)
{
    const struct of_month *of = ctx;
    const int per = of->duties->items[tally->duty]->per;
    if (per != GA_PER_CHILD && per != GA_PER_CLASS)
        return;
    of->brief->owed += tally->owed - tally->later;
    of->brief->later += tally->later;
    of->brief->done += tally->done;
}

static enum ga_rc count_school(struct ga_care *care, struct ga_brief *brief, struct ga_error *err)
{
    const struct ga_due_ask ask = {.span = ga_days_of_month(ga_store_today(ga_care_store(care)))};
    struct of_month of = {ga_care_duties(care), brief};
    return ga_due_tallies_each(care, &ask, take_done, &of, err);
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

struct birthdays {
    struct ga_care *care;
    const char *scope; /* NULL: the whole school */
    struct ga_arena *arena, of_one;
    struct ga_brief *brief;
};

static enum ga_rc take_birthday(void *ctx, const struct ga_birthday *birthday, struct ga_error *err)
{
    struct birthdays *b = ctx;
    struct ga_brief *brief = b->brief;
    struct ga_roster_row child;
    bool is = b->scope == NULL;
    const bool is_said = brief->birthdays_count < GA_BRIEF_BIRTHDAYS_MAX;
    enum ga_rc rc = GA_OK;
    if (!is || is_said)
        rc = ga_roster_row_of(ga_care_store(b->care), birthday->no, GA_ZH, &b->of_one, &child, err);
    if (rc == GA_OK && !is)
        rc = ga_care_is_child_of(b->care, b->scope, &child, &is, err);
    brief->birthdays_all += rc == GA_OK && is;
    if (rc == GA_OK && is && is_said)
        brief->birthdays[brief->birthdays_count++] =
            (struct ga_brief_birthday){ga_arena_strdup(b->arena, child.name), *birthday};
    ga_arena_reset(&b->of_one);
    return rc;
}

static enum ga_rc add_birthdays(struct ga_care *care, const char *scope, struct ga_arena *arena, struct ga_brief *brief,
                                struct ga_error *err)
{
    const struct ga_date today = ga_store_today(ga_care_store(care));
    struct birthdays b = {.care = care, .scope = scope, .arena = arena, .brief = brief};
    const struct ga_days span = {today, ga_birthdays_until(today)};
    const enum ga_rc rc = ga_birthdays_each(ga_care_store(care), span, true, take_birthday, &b, err);
    ga_arena_finish(&b.of_one);
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

static enum ga_rc make(struct ga_care *care, const char *user, struct ga_arena *arena, struct ga_brief *brief, struct ga_error *err)
{
    const char *scope = NULL;
    enum ga_rc rc = *user != '\0' ? count_mine(care, user, arena, brief, err) : GA_OK;
    if (rc == GA_OK)
        rc = count_school(care, brief, err);
    if (rc == GA_OK)
        rc = count_waiting(care, brief, err);
    if (rc == GA_OK)
        rc = ga_care_scope_of(care, user, &scope, err);
    brief->is_of_school = scope == NULL;
    brief->has_colleagues = rc == GA_OK && has_colleagues(care, user);
    if (rc == GA_OK)
        rc = add_alarms(care, scope, arena, brief, err);
    if (rc == GA_OK)
        rc = add_birthdays(care, scope, arena, brief, err);
    if (rc == GA_OK)
        rc = ga_care_classes_of(care, user, GA_BRIEF_CLASSES_MAX, arena, brief->classes, &brief->classes_count, err);
    return rc;
}

enum ga_rc ga_brief_make(struct ga_care *care, const char *user, uint64_t key, struct ga_arena *arena,
                         struct ga_brief *ret_brief, struct ga_error *err)
{
    struct ga_brief brief = {0};
    struct ga_store *store = ga_care_store(care);
    enum ga_rc rc = ga_care_follow(care, err);
    const bool is_spared = care->is_made_anew && ga_due_is_spared(care); /* then all of it is read once, for whoever has the school */
    if (rc != GA_OK)
        return rc;
    if (is_spared)
        ga_due_let_go(care);
    ga_store_spare_cache(store, is_spared);
    rc = make(care, user, arena, &brief, err);
    ga_store_spare_cache(store, false);
    if (rc != GA_OK)
        return rc;
    ga_brief_keep(ga_care_store(care), user, key, &brief);
    *ret_brief = brief;
    return GA_OK;
}
