/* Gathers what shows that left-behind children came first. */
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* Months in which each child asked for so far is one of those whose share is shown. */
struct known {
    int64_t child;
    uint32_t months;
};

struct proving {
    struct ga_prio *prio;
    struct ga_vec contacts; /* of one priority */
    struct ga_vec occasions;
    struct ga_vec present; /* int64_t: the left-behind children of one occasion after the other */
    struct ga_vec known; /* by child */
};

static enum ga_rc months_of(struct proving *p, int64_t child, uint32_t *ret_months, struct ga_error *err)
{
    size_t low = 0, high = p->known.len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct known, &p->known, middle)->child < child)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < p->known.len && GA_VEC_AT(const struct known, &p->known, low)->child == child) {
        *ret_months = GA_VEC_AT(const struct known, &p->known, low)->months;
        return GA_OK;
    }
    struct ga_str bytes = {0};
    struct ga_prio_rows rows = {0};
    bool has = false;
    uint32_t months = 0;
    enum ga_rc rc = ga_prio_read_one(p->prio, child, &bytes, &rows, &has, err);
    for (size_t i = 0; rc == GA_OK && has && i < rows.months_count; i++)
        if (ga_prio_month_at(&rows, i).flags & GA_PRIO_SHARED)
            months |= 1u << ga_prio_month_at(&rows, i).month;
    ga_str_finish(&bytes);
    *(struct known *)ga_vec_insert(&p->known, low) = (struct known){child, months};
    *ret_months = months;
    return rc;
}

static enum ga_rc is_shared(struct proving *p, const struct ga_prio_contact *contact, bool *ret_is, struct ga_error *err)
{
    size_t month = 0;
    uint32_t months = 0;
    enum ga_rc rc = ga_prio_month_of(p->prio, ga_date_from_days(contact->day), &month, err);
    if (rc == GA_OK)
        rc = months_of(p, contact->child, &months, err);
    *ret_is = months >> month & 1;
    return rc;
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Newer days first; of a day the records of one source together, in each the children. */
static int by_record(const void *x, const void *y)
{
    const struct ga_prio_contact *a = x, *b = y;
    const int orders[] = {order(b->day, a->day), order(a->source, b->source), order(a->record, b->record),
                          order(a->child, b->child)};
    for (size_t i = 0; i < GA_COUNT(orders); i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

static bool is_list(const struct proving *p, const struct ga_prio_contact *contact)
{
    return p->prio->sources[contact->source].rule->child_field != NULL;
}

static bool is_one_occasion(const struct proving *p, const struct ga_prio_contact *a, const struct ga_prio_contact *b)
{
    return a->source == b->source && a->day == b->day && (a->record == b->record || !is_list(p, a));
}

static void begin(struct proving *p, size_t priority, const struct ga_prio_contact *contact)
{
    struct ga_priority_occasion *occasion = ga_vec_push(&p->occasions);
    *occasion = (struct ga_priority_occasion){
        .priority = priority,
        .form = p->prio->sources[contact->source].rule->of,
        .on = ga_date_from_days(contact->day),
        .record = contact->record,
        .seats = contact->seats,
        .others = contact->others > 0 ? contact->others : 0,
    };
}

static enum ga_rc add(struct proving *p, const struct ga_prio_contact *contact, struct ga_error *err)
{
    struct ga_priority_occasion *occasion = ga_vec_at(&p->occasions, p->occasions.len - 1);
    bool is = false;
    enum ga_rc rc = is_shared(p, contact, &is, err);
    occasion->left_behind += is;
    if (is)
        *(int64_t *)ga_vec_push(&p->present) = contact->child;
    occasion->others += !is;
    if (contact->asked_on != 0 && occasion->asked_on.year == 0)
        occasion->asked_on = ga_date_from_days(contact->asked_on);
    return rc;
}

static enum ga_rc prove(struct proving *p, size_t priority, struct ga_days span, struct ga_error *err)
{
    ga_vec_clear(&p->contacts);
    enum ga_rc rc = ga_prio_proof_read(p->prio, priority, span, &p->contacts, err);
    if (rc != GA_OK || p->contacts.len == 0)
        return rc;
    const struct ga_prio_contact *list = p->contacts.items;
    qsort(p->contacts.items, p->contacts.len, sizeof(*list), by_record);
    for (size_t i = 0; rc == GA_OK && i < p->contacts.len; i++) {
        if (i == 0 || !is_one_occasion(p, &list[i - 1], &list[i]))
            begin(p, priority, &list[i]);
        else if (list[i].record == list[i - 1].record && list[i].child == list[i - 1].child)
            continue; /* named twice */
        rc = add(p, &list[i], err);
    }
    return rc;
}

/* The board reaches over two school years at most: what lies outside is left out. */
static struct ga_days clip(const struct ga_prio *prio, struct ga_days span)
{
    const struct ga_days all = {ga_date_from_days(prio->from), prio->day};
    return (struct ga_days){ga_date_compare(span.from, all.from) < 0 ? all.from : span.from,
                            ga_date_compare(span.to, all.to) > 0 ? all.to : span.to};
}

/* In the order they were found, so each occasion's stand together. */
static void hand_over(const struct proving *p, struct ga_arena *arena, struct ga_priority_occasion *occasions)
{
    int64_t *all = ga_arena_array(arena, p->present.len + 1, sizeof(*all));
    size_t at = 0;
    if (p->occasions.len > 0)
        memcpy(occasions, p->occasions.items, p->occasions.len * sizeof(*occasions));
    if (p->present.len > 0)
        memcpy(all, p->present.items, p->present.len * sizeof(*all));
    for (size_t i = 0; i < p->occasions.len; at += (size_t)occasions[i++].left_behind)
        occasions[i].present = all + at;
}

enum ga_rc ga_priority_proof(struct ga_care *care, struct ga_days span, struct ga_arena *arena,
                             struct ga_priority_occasion **ret_occasions, size_t *ret_count, struct ga_error *err)
{
    struct proving p = {0};
    enum ga_rc rc = ga_prio_of(care, NULL, &p.prio, err);
    if (rc == GA_OK)
        rc = ga_prio_follow(p.prio, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&p.contacts, sizeof(struct ga_prio_contact));
    ga_vec_init(&p.occasions, sizeof(struct ga_priority_occasion));
    ga_vec_init(&p.present, sizeof(int64_t));
    ga_vec_init(&p.known, sizeof(struct known));
    for (size_t i = 0; rc == GA_OK && i < p.prio->rule->priorities.count; i++)
        rc = prove(&p, i, clip(p.prio, span), err);
    if (rc == GA_OK) {
        *ret_count = p.occasions.len;
        *ret_occasions = ga_arena_array(arena, p.occasions.len + 1, sizeof(struct ga_priority_occasion));
        hand_over(&p, arena, *ret_occasions);
    }
    ga_vec_finish(&p.contacts);
    ga_vec_finish(&p.occasions);
    ga_vec_finish(&p.present);
    ga_vec_finish(&p.known);
    return rc;
}

/* The record's own word: which of the priority's forms it is of is not kept. */
const char *ga_priority_by(struct ga_care *care, size_t priority, int64_t record, struct ga_arena *arena)
{
    struct ga_prio *prio;
    const char *by = "";
    if (record == 0 || ga_prio_of(care, NULL, &prio, NULL) != GA_OK)
        return by;
    for (size_t i = 0; i < prio->sources_count; i++) {
        const struct ga_priority_source *rule = prio->sources[i].rule;
        struct ga_stmt *stmt;
        bool has_row = false;
        if (prio->sources[i].column != priority || rule->by.text == NULL ||
            ga_store_view(care->options.store, rule->of, NULL, NULL) != GA_OK)
            continue;
        const char *sql = ga_arena_printf(arena, "SELECT \"%s\" FROM v_%s WHERE no = ?1", rule->by.text, rule->of->name);
        if (ga_stmt_prepare(ga_store_db(care->options.store), sql, &stmt, NULL) != GA_OK)
            continue;
        ga_stmt_bind_int(stmt, 1, record);
        if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row && !ga_stmt_column_is_null(stmt, 0))
            by = ga_arena_strdup(arena, ga_stmt_column_text(stmt, 0));
        ga_stmt_destroy(stmt);
    }
    return by;
}

static int newest_first(const void *x, const void *y)
{
    const struct ga_priority_turn *a = x, *b = y;
    const int day = -ga_date_compare(a->on, b->on);
    return day != 0 ? day : order(b->record, a->record);
}

/* Of one record the rows with most times count, as on the board. */
static void add_turn(struct ga_priority_turn *turns, size_t *count, const struct ga_prio_contact *contact)
{
    for (size_t i = 0; i < *count; i++)
        if (turns[i].record == contact->record) {
            turns[i].times = contact->times > turns[i].times ? contact->times : turns[i].times;
            return;
        }
    turns[(*count)++] = (struct ga_priority_turn){contact->record, ga_date_from_days(contact->day), contact->times};
}

enum ga_rc ga_priority_turns(struct ga_care *care, int64_t child, size_t priority, struct ga_date month,
                             struct ga_arena *arena, struct ga_priority_turn **ret_turns, size_t *ret_count,
                             struct ga_error *err)
{
    struct ga_prio *prio;
    struct ga_vec contacts;
    enum ga_rc rc = ga_prio_of(care, NULL, &prio, err);
    if (rc == GA_OK)
        rc = ga_prio_follow(prio, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&contacts, sizeof(struct ga_prio_contact));
    rc = ga_prio_contacts_read(prio, child, clip(prio, ga_days_of_month(month)), &contacts, err);
    struct ga_priority_turn *turns = ga_arena_array(arena, contacts.len + 1, sizeof(*turns));
    size_t count = 0;
    for (size_t i = 0; i < contacts.len; i++) {
        const struct ga_prio_contact *contact = ga_vec_at(&contacts, i);
        if (contact->child == child && prio->sources[contact->source].column == priority)
            add_turn(turns, &count, contact);
    }
    if (count > 0)
        qsort(turns, count, sizeof(*turns), newest_first);
    ga_vec_finish(&contacts);
    if (rc == GA_OK) {
        *ret_turns = turns;
        *ret_count = count;
    }
    return rc;
}
