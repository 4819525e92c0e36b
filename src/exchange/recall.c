/* Finds the differences of an earlier plan again in the rows of a new one. */
#include "inner.h"

#include "guanai/base/map.h"

#include <stdlib.h>
#include <string.h>

/* By its place in the file: rows have other places in a plan of other sheets. */
struct recalled {
    uint32_t sheet, number; /* in the book, as a spreadsheet program numbers it */
    bool is_newer;
    struct difference difference;
};

void ga_recall_init(struct ga_vec *recalled)
{
    ga_vec_init(recalled, sizeof(struct recalled));
}

uint32_t ga_recall_sum(const struct ga_answer *answer)
{
    const struct ga_value *value = &answer->value;
    uint64_t sum = (uint64_t)answer->state;
    if (answer->state == GA_ANSWERED && value->text != NULL)
        sum ^= ga_map_hash(value->text, value->len);
    else if (answer->state == GA_ANSWERED && value->kind == GA_VALUE_REAL)
        sum ^= ga_map_hash(&value->real, sizeof(value->real));
    else if (answer->state == GA_ANSWERED)
        sum ^= ga_map_hash(&value->integer, sizeof(value->integer));
    return (uint32_t)(sum ^ sum >> 32);
}

static int by_row(const struct recalled *x, const struct recalled *y)
{
    if (x->sheet != y->sheet)
        return x->sheet < y->sheet ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static int by_place(const void *a, const void *b)
{
    const struct recalled *x = a, *y = b;
    const int order = by_row(x, y);
    if (order != 0)
        return order;
    if (x->difference.field != y->difference.field)
        return x->difference.field < y->difference.field ? -1 : 1;
    return (int)y->is_newer - (int)x->is_newer;
}

static void sort(struct ga_vec *all)
{
    size_t kept = 0;
    if (all->len > 0)
        qsort(all->items, all->len, sizeof(struct recalled), by_place);
    for (size_t i = 0; i < all->len; i++) {
        struct recalled *now = ga_vec_at(all, i), *last = kept == 0 ? NULL : ga_vec_at(all, kept - 1);
        if (last != NULL && by_row(last, now) == 0 && last->difference.field == now->difference.field)
            continue;
        now->is_newer = false;
        *GA_VEC_AT(struct recalled, all, kept) = *now;
        kept++;
    }
    all->len = kept;
}

void ga_recall_put(struct ga_import *import, uint32_t sheet, uint32_t number, const struct difference *difference)
{
    *(struct recalled *)ga_vec_push(&import->differences_noted) = (struct recalled){sheet, number, false, *difference};
}

void ga_recall_sort(struct ga_import *import)
{
    sort(&import->differences_noted);
}

void ga_recall_note(struct ga_import *import, const struct ga_import *earlier)
{
    struct ga_vec all;
    ga_recall_init(&all);
    for (size_t i = 0; i < earlier->differences_noted.len; i++)
        *(struct recalled *)ga_vec_push(&all) = *GA_VEC_AT(struct recalled, &earlier->differences_noted, i);
    for (size_t i = 0; i < earlier->differences.len; i++) {
        const struct difference *difference = GA_VEC_AT(const struct difference, &earlier->differences, i);
        if (difference->row >= earlier->rows->len)
            continue;
        const struct planned *planned = GA_SHELF_AT(struct planned, earlier->rows, difference->row);
        *(struct recalled *)ga_vec_push(&all) =
            (struct recalled){(uint32_t)earlier->sources[planned->sheet].at, planned->row, true, *difference};
    }
    sort(&all);
    ga_vec_finish(&import->differences_noted);
    import->differences_noted = all;
}

/* Does the row still say what was decided on? What a rule filled in, the row left out. */
static bool is_said(const struct difference *difference, const struct ga_answers *row)
{
    const struct ga_answer *says = &row->answers[difference->field];
    return difference->is_by_rule ? says->state == GA_EMPTY : ga_recall_sum(says) == difference->says;
}

static size_t first_of(const struct ga_vec *all, const struct recalled *row)
{
    size_t from = 0, until = all->len;
    while (from < until) {
        const size_t middle = (from + until) / 2;
        if (by_row(GA_VEC_AT(const struct recalled, all, middle), row) < 0)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

void ga_recall_row(struct ga_import *import, const struct planned *planned, const struct ga_answers *row, size_t i)
{
    const struct recalled here = {.sheet = (uint32_t)import->sources[planned->sheet].at, .number = planned->row};
    for (size_t k = first_of(&import->differences_noted, &here); k < import->differences_noted.len; k++) {
        const struct recalled *recalled = GA_VEC_AT(const struct recalled, &import->differences_noted, k);
        if (by_row(recalled, &here) != 0)
            break;
        if (!is_said(&recalled->difference, row))
            continue;
        struct difference *difference = ga_vec_push(&import->differences);
        *difference = recalled->difference;
        difference->row = (uint32_t)i;
    }
}
