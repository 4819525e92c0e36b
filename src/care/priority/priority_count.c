/* Counts the turns of children anew. */
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

/* What was told of a child on the last day of a month. */
struct membership {
    int64_t child;
    uint8_t month, flags;
    uint32_t needs; /* of the last month: today's */
};

struct counting {
    struct ga_prio *prio;
    struct ga_vec members;  /* struct membership by child, month */
    struct ga_vec contacts; /* struct ga_prio_contact by child, column, day, record */
    struct ga_vec months, turns; /* of one child */
    struct ga_str rows;
};

static void take_member(void *ctx, size_t day, const struct ga_owed *owed)
{
    struct counting *c = ctx;
    const uint8_t flags = (uint8_t)(owed->mask & (GA_PRIO_COUNTS | GA_PRIO_SHARED));
    struct membership m = {.child = owed->no, .month = (uint8_t)day, .flags = flags};
    for (size_t i = 2; i < c->prio->asked.count && day + 1 == c->prio->months; i++)
        if (owed->mask >> i & 1)
            m.needs |= 1u << c->prio->need_of[i];
    if (m.flags != 0 || m.needs != 0)
        *(struct membership *)ga_vec_push(&c->members) = m;
}

static int by_child_month(const void *x, const void *y)
{
    const struct membership *a = x, *b = y;
    if (a->child != b->child)
        return a->child < b->child ? -1 : 1;
    return a->month - b->month;
}

static size_t column_of(const struct counting *c, const struct ga_prio_contact *contact)
{
    return c->prio->sources[contact->source].column;
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* The column is in the source; sources stand in the order of columns. Of one record the rows with most times come last. */
static int by_child_day(const void *x, const void *y)
{
    const struct ga_prio_contact *a = x, *b = y;
    const int orders[] = {order(a->child, b->child), order(a->day, b->day), order(a->record, b->record),
                          order(a->source, b->source), order(a->times, b->times)};
    for (size_t i = 0; i < GA_COUNT(orders); i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

static void sort(struct ga_vec *list, int (*compare)(const void *, const void *))
{
    if (list->len > 1)
        qsort(list->items, list->len, list->item_bytes, compare);
}

/* A record that names the child twice, or that two sources of one column find, is one turn. */
static bool is_told_again(const struct counting *c, size_t i, size_t end)
{
    const struct ga_prio_contact *at = ga_vec_at(&c->contacts, i);
    for (size_t k = i + 1; k < end; k++) {
        const struct ga_prio_contact *next = ga_vec_at(&c->contacts, k);
        if (next->record != at->record)
            return false;
        if (column_of(c, next) == column_of(c, at))
            return true;
    }
    return false;
}

static uint8_t month_of(const struct ga_prio *prio, int32_t day)
{
    size_t month = 0;
    while (month + 1 < prio->months && ga_date_to_days(prio->ends[month]) < day)
        month++;
    return (uint8_t)month;
}

static struct ga_prio_turns *turns_at(struct counting *c, uint8_t month, uint8_t column)
{
    size_t at = c->turns.len;
    while (at > 0) {
        struct ga_prio_turns *turns = ga_vec_at(&c->turns, at - 1);
        if (turns->month == month && turns->column == column)
            return turns;
        if (turns->month < month || (turns->month == month && turns->column < column))
            break;
        at--;
    }
    struct ga_prio_turns *turns = ga_vec_insert(&c->turns, at);
    turns->month = month;
    turns->column = column;
    return turns;
}

static void add_turn(struct counting *c, const struct ga_prio_contact *contact)
{
    struct ga_prio_turns *turns = turns_at(c, month_of(c->prio, contact->day), (uint8_t)column_of(c, contact));
    const int32_t sum = turns->turns + contact->times;
    turns->turns = (uint16_t)(sum > UINT16_MAX ? UINT16_MAX : sum);
    turns->day = (uint8_t)ga_date_from_days(contact->day).day;
    turns->record = contact->record;
}

/* The newest record decides what it is asked about: the contacts come by day. */
static void judge_need(struct counting *c, const struct ga_prio_contact *contact, uint32_t *needs)
{
    const uint32_t bit = 1u << (column_of(c, contact) - GA_PRIO_COLUMNS_MAX);
    *needs = contact->counts ? *needs | bit : *needs & ~bit;
}

/* Contacts [from, end) and memberships [m, m_end) of one child. */
static enum ga_rc put_child(struct counting *c, int64_t child, const size_t contacts[2], const size_t members[2],
                            ga_prio_put_fn put, void *ctx, struct ga_error *err)
{
    uint32_t needs = 0;
    int32_t first = 0;
    ga_vec_clear(&c->months);
    ga_vec_clear(&c->turns);
    ga_str_clear(&c->rows);
    for (size_t i = members[0]; i < members[1]; i++) {
        const struct membership *m = ga_vec_at(&c->members, i);
        *(struct ga_prio_month *)ga_vec_push(&c->months) = (struct ga_prio_month){m->month, m->flags};
        needs |= m->needs;
    }
    for (size_t i = contacts[0]; i < contacts[1]; i++) {
        const struct ga_prio_contact *contact = ga_vec_at(&c->contacts, i);
        if (ga_prio_is_need(&c->prio->sources[contact->source])) {
            judge_need(c, contact, &needs);
            continue;
        }
        first = first == 0 ? contact->day : first;
        if (!is_told_again(c, i, contacts[1]))
            add_turn(c, contact);
    }
    ga_prio_pack(needs, &c->months, &c->turns, &c->rows);
    return put(ctx, child, first, &c->rows, err);
}

static int64_t child_at(const struct counting *c, size_t contact, size_t member)
{
    const int64_t a = contact < c->contacts.len ? GA_VEC_AT(struct ga_prio_contact, &c->contacts, contact)->child : INT64_MAX;
    const int64_t b = member < c->members.len ? GA_VEC_AT(struct membership, &c->members, member)->child : INT64_MAX;
    return a < b ? a : b;
}

/* Children by number, each with all that is its own. Of another child than the one asked for nothing is put. */
static enum ga_rc put_all(struct counting *c, int64_t only, ga_prio_put_fn put, void *ctx, struct ga_error *err)
{
    size_t contact = 0, member = 0;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && (contact < c->contacts.len || member < c->members.len)) {
        const int64_t child = child_at(c, contact, member);
        size_t contacts[2] = {contact, contact}, members[2] = {member, member};
        while (contacts[1] < c->contacts.len && GA_VEC_AT(struct ga_prio_contact, &c->contacts, contacts[1])->child == child)
            contacts[1]++;
        while (members[1] < c->members.len && GA_VEC_AT(struct membership, &c->members, members[1])->child == child)
            members[1]++;
        if (only == 0 || child == only)
            rc = put_child(c, child, contacts, members, put, ctx, err);
        contact = contacts[1];
        member = members[1];
    }
    return rc;
}

enum ga_rc ga_prio_count(struct ga_prio *prio, int64_t child, ga_prio_put_fn put, void *ctx, struct ga_error *err)
{
    struct counting c = {.prio = prio};
    const struct ga_days span = {ga_date_from_days(prio->from), ga_date_from_days(prio->today)};
    ga_vec_init(&c.members, sizeof(struct membership));
    ga_vec_init(&c.contacts, sizeof(struct ga_prio_contact));
    ga_vec_init(&c.months, sizeof(struct ga_prio_month));
    ga_vec_init(&c.turns, sizeof(struct ga_prio_turns));
    enum ga_rc rc = ga_owes_read(prio->owes, child, prio->ends, prio->months, take_member, &c, err);
    if (rc == GA_OK)
        rc = ga_prio_contacts_read(prio, child, span, &c.contacts, err);
    sort(&c.members, by_child_month);
    sort(&c.contacts, by_child_day);
    if (rc == GA_OK)
        rc = put_all(&c, child, put, ctx, err);
    ga_vec_finish(&c.members);
    ga_vec_finish(&c.contacts);
    ga_vec_finish(&c.months);
    ga_vec_finish(&c.turns);
    ga_str_finish(&c.rows);
    return rc;
}
