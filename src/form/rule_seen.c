/* Remembers which fields show while a record is looked at. */
#include "rule.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

void ga_rule_begin_pass(struct ga_rules *rules)
{
    if (rules->passes_open++ > 0)
        return;
    rules->pass++;
    rules->seen_count = 0;
}

void ga_rule_end_pass(struct ga_rules *rules)
{
    rules->passes_open--;
}

static struct ga_rule_seen *find(const struct ga_rules *rules, const struct ga_field *field, const void *where)
{
    size_t i = (((uintptr_t)field >> 4) * 31 + ((uintptr_t)where >> 4)) & (rules->seen_cap - 1);
    while (rules->seen[i].pass == rules->pass && rules->seen[i].field != NULL &&
           !(rules->seen[i].field == field && rules->seen[i].where == where))
        i = (i + 1) & (rules->seen_cap - 1);
    return &rules->seen[i];
}

static void grow(struct ga_rules *rules)
{
    const size_t cap = rules->seen_cap == 0 ? 256 : rules->seen_cap * 2;
    const size_t old_cap = rules->seen_cap;
    struct ga_rule_seen *old = rules->seen;
    rules->seen = ga_alloc_array(cap, sizeof(*rules->seen));
    rules->seen_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].pass == rules->pass && old[i].field != NULL)
            *find(rules, old[i].field, old[i].where) = old[i];
    free(old);
}

int ga_rule_seen(const struct ga_rules *rules, const struct ga_field *field, const void *where)
{
    if (rules->seen_count == 0)
        return -1;
    const struct ga_rule_seen *seen = find(rules, field, where);
    return seen->pass == rules->pass && seen->field != NULL ? seen->shows : -1;
}

void ga_rule_note_seen(struct ga_rules *rules, const struct ga_field *field, const void *where, bool shows)
{
    if ((rules->seen_count + 1) * 2 > rules->seen_cap)
        grow(rules);
    struct ga_rule_seen *seen = find(rules, field, where);
    if (seen->pass != rules->pass || seen->field == NULL)
        rules->seen_count++;
    *seen = (struct ga_rule_seen){.field = field, .where = where, .pass = rules->pass, .shows = shows};
}
