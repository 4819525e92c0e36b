/* Looks for children who would get a second file by an import. */
#include "inner.h"

#include "guanai/base/num.h"
#include "guanai/store/roster.h"

#include <stdlib.h>

void ga_alikes_init(struct alikes *alikes)
{
    ga_vec_init(&alikes->prints, sizeof(struct ga_alike));
    ga_vec_init(&alikes->rows, sizeof(uint32_t));
    ga_vec_init(&alikes->said, sizeof(struct alike_row));
}

void ga_alikes_finish(struct alikes *alikes)
{
    ga_vec_finish(&alikes->prints);
    ga_vec_finish(&alikes->rows);
    ga_vec_finish(&alikes->said);
    ga_arena_finish(&alikes->texts);
}

void ga_alikes_clear(struct alikes *alikes)
{
    ga_alikes_finish(alikes);
    ga_alikes_init(alikes);
}

void ga_alikes_take(struct alikes *alikes, const struct ga_answers *row, size_t i)
{
    if (alikes->fields.form != row->form)
        ga_doubles_fields(row->form, &alikes->fields);
    ga_doubles_print(&alikes->fields, row, ga_vec_push(&alikes->prints));
    *(uint32_t *)ga_vec_push(&alikes->rows) = (uint32_t)i;
}

/* The strongest of a row's pairs stands first. */
static int compare_pairs(const void *a, const void *b)
{
    const struct ga_alike_pair *x = a, *y = b;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    const int strength = ga_likeness_compare(x->likeness, y->likeness);
    return strength != 0 ? strength : (x->a > y->a) - (x->a < y->a);
}

struct meeting_all {
    struct ga_import *import;
    struct ga_vec prints, numbers; /* of the archive, then the rows' prints */
    struct ga_vec pairs;
};

static enum ga_rc name_child(const struct meeting_all *all, int64_t no, struct ga_message *said, const char *why,
                             struct ga_error *err)
{
    struct ga_import *import = all->import;
    struct ga_arena arena = {0};
    struct ga_roster_row row;
    enum ga_rc rc = ga_roster_row_of(import->tools.store, no, import->lang, &arena, &row, err);
    if (rc == GA_OK)
        ga_message_set(said, "may be %1 %2 (no. %3), who has a file already: the same %4", row.name, row.class_shown,
                       GA_NUM(row.card_no), why);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc say_pair(const struct meeting_all *all, const struct ga_alike_pair *pair, struct ga_error *err)
{
    struct ga_import *import = all->import;
    struct alikes *alikes = &import->alikes;
    const size_t archive = all->numbers.len;
    const uint32_t row = *GA_VEC_AT(uint32_t, &alikes->rows, pair->b - archive);
    struct ga_message said;
    char text[2 * GA_MESSAGE_BYTES];
    struct ga_str why = {0};
    enum ga_rc rc = GA_OK;
    ga_likeness_say(pair->likeness, import->lang, &why);
    if (pair->a < archive) {
        rc = name_child(all, *GA_VEC_AT(int64_t, &all->numbers, pair->a), &said, ga_str_text(&why), err);
    } else {
        const uint32_t first = *GA_VEC_AT(uint32_t, &alikes->rows, pair->a - archive);
        ga_message_set(&said, "may be the child of row %1: the same %2",
                       GA_NUM(GA_VEC_AT(struct planned, &import->rows, first)->row), ga_str_text(&why));
    }
    ga_str_finish(&why);
    if (rc == GA_OK)
        *(struct alike_row *)ga_vec_push(&alikes->said) = (struct alike_row){
            row, ga_arena_strdup(&alikes->texts, ga_message_text(&said, import->lang, text, sizeof(text)))};
    return rc;
}

static enum ga_rc meet_all(struct meeting_all *all, struct ga_error *err)
{
    struct ga_import *import = all->import;
    const struct ga_alike *rows = import->alikes.prints.items;
    enum ga_rc rc = ga_doubles_prints(import->tools.store, &all->prints, &all->numbers, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < import->alikes.prints.len; i++)
        *(struct ga_alike *)ga_vec_push(&all->prints) = rows[i];
    ga_vec_finish(&import->alikes.prints);
    ga_alike_pairs(all->prints.items, all->prints.len, all->numbers.len, &all->pairs);
    if (all->pairs.len > 1)
        qsort(all->pairs.items, all->pairs.len, all->pairs.item_bytes, compare_pairs);
    const struct ga_alike_pair *pairs = all->pairs.items;
    for (size_t i = 0; rc == GA_OK && i < all->pairs.len; i++)
        if (i == 0 || pairs[i].b != pairs[i - 1].b)
            rc = say_pair(all, &pairs[i], err);
    return rc;
}

enum ga_rc ga_alikes_find(struct ga_import *import, struct ga_error *err)
{
    struct meeting_all all = {.import = import};
    if (import->alikes.prints.len == 0)
        return GA_OK;
    ga_vec_init(&all.prints, sizeof(struct ga_alike));
    ga_vec_init(&all.numbers, sizeof(int64_t));
    ga_vec_init(&all.pairs, sizeof(struct ga_alike_pair));
    enum ga_rc rc = meet_all(&all, err);
    ga_vec_finish(&all.prints);
    ga_vec_finish(&all.numbers);
    ga_vec_finish(&all.pairs);
    return rc;
}

static int compare_rows(const void *a, const void *b)
{
    const struct alike_row *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

const char *ga_alikes_text(const struct alikes *alikes, size_t i)
{
    const struct alike_row wanted = {.row = (uint32_t)i};
    const struct alike_row *found =
        alikes->said.len == 0
            ? NULL
            : bsearch(&wanted, alikes->said.items, alikes->said.len, sizeof(wanted), compare_rows);
    return found == NULL ? NULL : found->text;
}

bool ga_import_row_is_alike(const struct ga_import *import, size_t i)
{
    return ga_alikes_text(&import->alikes, i) != NULL;
}

size_t ga_import_alikes(const struct ga_import *import)
{
    return import->alikes.said.len;
}
