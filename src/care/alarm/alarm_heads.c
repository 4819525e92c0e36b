/* Tells of each alarm how many it stands of and who comes first. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"

#include <stdlib.h>
#include <string.h>

enum { CHILD, RULE, CLASS, PROXY, HELPER, BIRTH, SINCE, MINUTE, NUMBER, SAY }; /* columns of GA_ALARM_BY_CHILD */

/* What orders the list of one rule (alarm_list.c): who is in more trouble, who is younger, the number. */
struct place {
    size_t urgent; /* the most urgent rule that stands of the child */
    char birth[GA_DATE_SIZE];
    int64_t child;
};

struct heads {
    const struct ga_care *care;
    const char *owner;
    struct ga_alarm_head *heads;
    struct place (*places)[GA_ALARM_FIRST_MAX]; /* of each rule: those of its children */
    int64_t child; /* whose rows are being read */
    size_t urgent;
};

static bool is_name(const char *name, const char *owner)
{
    return name != NULL && strcmp(name, owner) == 0;
}

/* Theirs as in the list: over a holiday who stands in for the class teacher is told, too. */
static bool is_wanted(const struct heads *h, struct ga_stmt *stmt)
{
    if (h->owner == NULL || is_name(ga_stmt_column_text(stmt, PROXY), h->owner) || is_name(ga_stmt_column_text(stmt, HELPER), h->owner))
        return true;
    const struct ga_due_decisions *decisions = &h->care->decisions;
    const char *key = ga_stmt_column_text(stmt, CLASS);
    return strcmp(ga_due_teacher_of(decisions, key), h->owner) == 0 ||
           is_name(ga_due_watcher_of(decisions, key, h->care->windows.today), h->owner);
}

static bool is_before(const struct place *a, const struct place *b)
{
    if (a->urgent != b->urgent)
        return a->urgent < b->urgent;
    const int births = strcmp(b->birth, a->birth);
    return births != 0 ? births < 0 : a->child < b->child;
}

static void tell_first(struct ga_alarm *first, size_t rule, struct ga_stmt *stmt)
{
    *first = (struct ga_alarm){
        .rule = rule,
        .child = ga_stmt_column_int(stmt, CHILD),
        .class_key = "",
        .teacher = "",
        .proxy = "",
        .helper = "",
        .minute = ga_stmt_column_is_null(stmt, MINUTE) ? -1 : (int)ga_stmt_column_int(stmt, MINUTE),
        .number = ga_stmt_column_is_null(stmt, NUMBER) ? -1 : ga_stmt_column_int(stmt, NUMBER),
        .say = (size_t)ga_stmt_column_int(stmt, SAY),
    };
    if (!ga_stmt_column_is_null(stmt, SINCE))
        first->since = ga_date_from_days((int32_t)ga_stmt_column_int(stmt, SINCE));
}

/* Rows come by child, of a child the most urgent rule first. */
static void take(struct heads *h, struct ga_stmt *stmt)
{
    const size_t rule = (size_t)ga_stmt_column_int(stmt, RULE);
    const char *birth = ga_stmt_column_text(stmt, BIRTH);
    struct place place = {.child = ga_stmt_column_int(stmt, CHILD)};
    if (rule >= h->care->alarms.rules.count || !is_wanted(h, stmt))
        return;
    if (place.child != h->child)
        h->urgent = rule;
    h->child = place.child;
    place.urgent = h->urgent;
    ga_str_copy(place.birth, sizeof(place.birth), birth == NULL ? "" : birth);
    struct ga_alarm_head *head = &h->heads[rule];
    struct place *places = h->places[rule];
    const size_t kept = head->count < GA_ALARM_FIRST_MAX ? (size_t)head->count : GA_ALARM_FIRST_MAX;
    size_t at = kept;
    head->count++;
    while (at > 0 && is_before(&place, &places[at - 1]))
        at--;
    if (at == GA_ALARM_FIRST_MAX)
        return;
    const size_t moved = (kept < GA_ALARM_FIRST_MAX ? kept : GA_ALARM_FIRST_MAX - 1) - at;
    memmove(&places[at + 1], &places[at], moved * sizeof(*places));
    memmove(&head->children[at + 1], &head->children[at], moved * sizeof(*head->children));
    places[at] = place;
    head->children[at] = place.child;
    if (at == 0)
        tell_first(&head->first, rule, stmt);
}

enum ga_rc ga_alarm_heads(struct ga_care *care, const char *owner, struct ga_alarm_head *ret_heads, struct ga_error *err)
{
    struct heads h = {.care = care, .owner = owner, .heads = ret_heads};
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc == GA_OK)
        rc = ga_due_stmt(care, GA_ALARM_BY_CHILD, &stmt, err);
    h.places = ga_alloc_array(care->alarms.rules.count + 1, sizeof(*h.places));
    memset(ret_heads, 0, care->alarms.rules.count * sizeof(*ret_heads));
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(&h, stmt);
    free(h.places);
    return rc;
}
