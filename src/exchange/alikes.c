/* Looks for children who would get a second file by an import. */
#include "inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/roster.h"

#include <stdlib.h>

enum { PAIRS_AT_ONCE = 8192 };

void ga_alikes_init(struct alikes *alikes, const struct ga_import *import)
{
    ga_shelf_init(&alikes->rows, sizeof(struct alike_print), import->tools.io, import->tools.folder);
    ga_vec_init(&alikes->said, sizeof(uint32_t));
    alikes->texts = ga_alloc(sizeof(*alikes->texts));
    ga_shelf_init(alikes->texts, sizeof(struct alike_text), import->tools.io, import->tools.folder);
}

void ga_alikes_finish(struct alikes *alikes)
{
    ga_shelf_finish(&alikes->rows);
    ga_vec_finish(&alikes->said);
    if (alikes->texts != NULL)
        ga_shelf_finish(alikes->texts);
    free(alikes->texts);
    alikes->texts = NULL;
}

void ga_alikes_clear(struct alikes *alikes)
{
    ga_shelf_clear(&alikes->rows);
    ga_vec_clear(&alikes->said);
    ga_shelf_clear(alikes->texts);
}

void ga_alikes_take(struct alikes *alikes, const struct ga_answers *row, size_t i)
{
    struct alike_print *print = ga_shelf_push(&alikes->rows);
    if (alikes->fields.form != row->form)
        ga_doubles_fields(row->form, &alikes->fields);
    ga_doubles_print(&alikes->fields, row, &print->print);
    print->row = (uint32_t)i;
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
    struct ga_shelf files; /* struct ga_doubles_file: the archive's; behind them stand the rows */
    struct ga_vec pairs;   /* struct ga_alike_pair: the strongest of each row, and some that wait to be sorted out */
    size_t pairs_most;     /* until they are */
};

static enum ga_rc name_child(struct meeting_all *all, int64_t no, struct ga_message *said, const char *why,
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

static enum ga_rc say_pair(struct meeting_all *all, const struct ga_alike_pair *pair, struct ga_error *err)
{
    struct ga_import *import = all->import;
    struct alikes *alikes = &import->alikes;
    const size_t archive = all->files.len;
    const uint32_t row = GA_SHELF_AT(struct alike_print, &alikes->rows, pair->b - archive)->row;
    struct ga_message said;
    char text[2 * GA_MESSAGE_BYTES];
    struct ga_str why = {0};
    enum ga_rc rc = GA_OK;
    ga_likeness_say(pair->likeness, import->lang, &why);
    if (pair->a < archive) {
        rc = name_child(all, GA_SHELF_AT(struct ga_doubles_file, &all->files, pair->a)->no, &said, ga_str_text(&why), err);
    } else {
        const uint32_t first = GA_SHELF_AT(struct alike_print, &alikes->rows, pair->a - archive)->row;
        ga_message_set(&said, "may be the child of row %1: the same %2",
                       GA_NUM(GA_SHELF_AT(struct planned, import->rows, first)->row), ga_str_text(&why));
    }
    ga_str_finish(&why);
    if (rc == GA_OK) {
        struct alike_text *kept = ga_shelf_push(alikes->texts);
        *(uint32_t *)ga_vec_push(&alikes->said) = row;
        ga_str_copy(kept->text, sizeof(kept->text), ga_message_text(&said, import->lang, text, sizeof(text)));
    }
    return rc;
}

static const struct ga_alike *print_at(void *ctx, size_t i)
{
    struct meeting_all *all = ctx;
    return i < all->files.len ? &GA_SHELF_AT(struct ga_doubles_file, &all->files, i)->print
                              : &GA_SHELF_AT(struct alike_print, &all->import->alikes.rows, i - all->files.len)->print;
}

/* However many pairs there are: of each row the strongest alone is said. */
static void keep_strongest(struct ga_vec *pairs)
{
    struct ga_alike_pair *list = pairs->items;
    size_t kept = 0;
    if (pairs->len > 1)
        qsort(pairs->items, pairs->len, pairs->item_bytes, compare_pairs);
    for (size_t i = 0; i < pairs->len; i++)
        if (kept == 0 || list[kept - 1].b != list[i].b)
            list[kept++] = list[i];
    pairs->len = kept;
}

static void add_pair(void *ctx, const struct ga_alike_pair *pair)
{
    struct meeting_all *all = ctx;
    *(struct ga_alike_pair *)ga_vec_push(&all->pairs) = *pair;
    if (all->pairs.len < all->pairs_most)
        return;
    keep_strongest(&all->pairs);
    all->pairs_most = all->pairs.len * 2 > PAIRS_AT_ONCE ? all->pairs.len * 2 : PAIRS_AT_ONCE;
}

static enum ga_rc meet_all(struct meeting_all *all, struct ga_error *err)
{
    struct ga_shelf *rows = &all->import->alikes.rows;
    enum ga_rc rc = ga_doubles_shelve(all->import->tools.store, &all->files, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_alike_prints prints = {all->files.len + rows->len, print_at, all};
    ga_alike_meet(&prints, all->files.len, GA_ALIKE_ENTRIES, add_pair, all);
    keep_strongest(&all->pairs);
    for (size_t i = 0; rc == GA_OK && i < all->pairs.len; i++)
        rc = say_pair(all, ga_vec_at(&all->pairs, i), err);
    if (rc == GA_OK)
        rc = ga_shelf_check(&all->files, err);
    rc = rc == GA_OK ? ga_shelf_check(rows, err) : rc;
    return rc == GA_OK ? ga_shelf_check(all->import->alikes.texts, err) : rc;
}

enum ga_rc ga_alikes_find(struct ga_import *import, struct ga_error *err)
{
    struct meeting_all all = {.import = import, .pairs_most = PAIRS_AT_ONCE};
    if (import->alikes.rows.len == 0)
        return GA_OK;
    ga_shelf_init(&all.files, sizeof(struct ga_doubles_file), import->tools.io, import->tools.folder);
    ga_vec_init(&all.pairs, sizeof(struct ga_alike_pair));
    const enum ga_rc rc = meet_all(&all, err);
    ga_shelf_clear(&import->alikes.rows);
    ga_shelf_finish(&all.files);
    ga_vec_finish(&all.pairs);
    return rc;
}

static int compare_rows(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static const uint32_t *find_row(const struct alikes *alikes, size_t i)
{
    const uint32_t wanted = (uint32_t)i;
    return alikes->said.len == 0
               ? NULL
               : bsearch(&wanted, alikes->said.items, alikes->said.len, sizeof(wanted), compare_rows);
}

bool ga_alikes_has(const struct alikes *alikes, size_t i)
{
    return find_row(alikes, i) != NULL;
}

const char *ga_alikes_text(const struct alikes *alikes, size_t i)
{
    const uint32_t *found = find_row(alikes, i), *first = alikes->said.items;
    return found == NULL ? NULL : GA_SHELF_AT(struct alike_text, alikes->texts, (size_t)(found - first))->text;
}

bool ga_import_row_is_alike(const struct ga_import *import, size_t i)
{
    return ga_alikes_has(&import->alikes, i);
}

size_t ga_import_alikes(const struct ga_import *import)
{
    return import->alikes.said.len;
}
