/* Finds files of the whole archive that may be one child's. */
#include "child/doubles.h"
#include "child/same.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/order.h"

#include <stdlib.h>

static const char known_setting[] = "doubles.count";

/* The leading files of two children that were compared, by their numbers. */
struct met {
    int64_t a, b; /* leading files, a < b */
    int64_t file_a, file_b;
    struct ga_likeness likeness;
    bool is_disputed;
};

struct finding {
    struct ga_store *store;
    struct ga_shelf files;         /* struct ga_doubles_file: all; numbers rise */
    struct ga_vec behind;          /* int64_t: no, main; rising by no */
    struct ga_vec judged;          /* struct met: pairs nobody has to be asked about */
    struct ga_vec met;             /* struct met */
};

static int64_t number_at(struct finding *finding, size_t i)
{
    return GA_SHELF_AT(struct ga_doubles_file, &finding->files, i)->no;
}

static const struct ga_alike *print_at(void *ctx, size_t i)
{
    struct finding *finding = ctx;
    return &GA_SHELF_AT(struct ga_doubles_file, &finding->files, i)->print;
}

static int64_t main_of(const struct finding *finding, int64_t no)
{
    const int64_t *pair = finding->behind.len == 0 ? NULL
                                                   : bsearch(&no, finding->behind.items, finding->behind.len / 2,
                                                             2 * sizeof(int64_t), ga_order_compare);
    return pair == NULL ? no : pair[1];
}

static struct met meeting_of(const struct finding *finding, int64_t no_a, int64_t no_b)
{
    const int64_t a = main_of(finding, no_a), b = main_of(finding, no_b);
    return a < b ? (struct met){.a = a, .b = b, .file_a = no_a, .file_b = no_b}
                 : (struct met){.a = b, .b = a, .file_a = no_b, .file_b = no_a};
}

static int compare_met(const void *a, const void *b)
{
    const struct met *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* The strongest of several pairs of one two children stands first. */
static int compare_met_strength(const void *a, const void *b)
{
    const struct met *x = a, *y = b;
    const int order = compare_met(a, b);
    if (order != 0)
        return order;
    const int strength = ga_likeness_compare(x->likeness, y->likeness);
    return strength != 0 ? strength : ga_order_compare(&x->file_a, &y->file_a);
}

static int compare_strength(const void *a, const void *b)
{
    const struct met *x = a, *y = b;
    if (x->is_disputed != y->is_disputed)
        return x->is_disputed ? -1 : 1;
    const int strength = ga_likeness_compare(x->likeness, y->likeness);
    return strength != 0 ? strength : compare_met(a, b);
}

static void sort(struct ga_vec *list, int (*compare)(const void *, const void *))
{
    if (list->len > 1)
        qsort(list->items, list->len, list->item_bytes, compare);
}

static enum ga_rc read_behind(struct finding *finding, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_same_stmt(finding->store, GA_SAME_ALL, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        *(int64_t *)ga_vec_push(&finding->behind) = ga_stmt_column_int(stmt, 0);
        *(int64_t *)ga_vec_push(&finding->behind) = ga_stmt_column_int(stmt, 1);
    }
    return rc;
}

static bool find_print(struct finding *finding, int64_t no, struct ga_alike *ret_print)
{
    size_t low = 0;
    for (size_t high = finding->files.len; low < high;) {
        const size_t middle = (low + high) / 2;
        if (number_at(finding, middle) < no)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == finding->files.len || number_at(finding, low) != no)
        return false;
    *ret_print = *print_at(finding, low);
    return true;
}

/* What two computers judged differently is asked again, alike or not. */
static void add_disputed(struct finding *finding, struct met met)
{
    struct ga_alike a, b;
    if (!find_print(finding, met.file_a, &a) || !find_print(finding, met.file_b, &b))
        return;
    met.likeness = ga_alike_compare(&a, &b);
    if (met.likeness.degree == GA_ALIKE_NOT)
        met.likeness.degree = GA_ALIKE_PERHAPS;
    met.is_disputed = true;
    *(struct met *)ga_vec_push(&finding->met) = met;
}

/* A verdict on two files holds for all files of their children. */
static enum ga_rc read_judged(struct finding *finding, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_same_stmt(finding->store, GA_SAME_ALL_PAIRS, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct met met = meeting_of(finding, ga_stmt_column_int(stmt, 0), ga_stmt_column_int(stmt, 1));
        if (ga_stmt_column_int(stmt, 2) == GA_PAIR_DISPUTED)
            add_disputed(finding, met);
        else
            *(struct met *)ga_vec_push(&finding->judged) = met;
    }
    sort(&finding->judged, compare_met);
    return rc;
}

static bool is_judged(const struct finding *finding, const struct met *met)
{
    return met->a == met->b || (finding->judged.len > 0 && bsearch(met, finding->judged.items, finding->judged.len,
                                                                   sizeof(*met), compare_met) != NULL);
}

static void meet_all(struct finding *finding)
{
    struct ga_vec pairs;
    ga_vec_init(&pairs, sizeof(struct ga_alike_pair));
    ga_alike_pairs(&(struct ga_alike_prints){finding->files.len, print_at, finding}, 0, &pairs);
    for (size_t i = 0; i < pairs.len; i++) {
        const struct ga_alike_pair *pair = ga_vec_at(&pairs, i);
        struct met met = meeting_of(finding, number_at(finding, pair->a), number_at(finding, pair->b));
        met.likeness = pair->likeness;
        if (!is_judged(finding, &met))
            *(struct met *)ga_vec_push(&finding->met) = met;
    }
    ga_vec_finish(&pairs);
}

/* Of two children one pair; then all by strength. */
static void put_in_order(struct finding *finding)
{
    struct met *list = finding->met.items;
    size_t kept = 0;
    sort(&finding->met, compare_met_strength);
    for (size_t i = 0; i < finding->met.len; i++) {
        if (kept > 0 && compare_met(&list[kept - 1], &list[i]) == 0)
            list[kept - 1].is_disputed |= list[i].is_disputed;
        else
            list[kept++] = list[i];
    }
    finding->met.len = kept;
    sort(&finding->met, compare_strength);
}

static enum ga_rc hand_out(const struct finding *finding, struct ga_arena *arena, struct ga_double **ret_doubles,
                           struct ga_error *err)
{
    struct ga_double *doubles = ga_arena_array(arena, finding->met.len, sizeof(*doubles));
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < finding->met.len; i++) {
        const struct met *met = ga_vec_at(&finding->met, i);
        struct ga_double *one = &doubles[i];
        *one = (struct ga_double){.likeness = met->likeness, .is_disputed = met->is_disputed};
        rc = ga_record_id(finding->store, met->file_a, &one->a, NULL, err);
        if (rc == GA_OK)
            rc = ga_record_id(finding->store, met->file_b, &one->b, NULL, err);
        if (rc == GA_OK && ga_uuid_compare(&one->a, &one->b) > 0) {
            const struct ga_uuid first = one->b;
            one->b = one->a;
            one->a = first;
        }
    }
    *ret_doubles = doubles;
    return rc;
}

static void start(struct finding *finding, struct ga_store *store)
{
    *finding = (struct finding){.store = store};
    ga_shelf_init(&finding->files, sizeof(struct ga_doubles_file), store->options.io, store->options.folder);
    ga_vec_init(&finding->behind, sizeof(int64_t));
    ga_vec_init(&finding->judged, sizeof(struct met));
    ga_vec_init(&finding->met, sizeof(struct met));
}

static void finish(struct finding *finding)
{
    ga_shelf_finish(&finding->files);
    ga_vec_finish(&finding->behind);
    ga_vec_finish(&finding->judged);
    ga_vec_finish(&finding->met);
}

static enum ga_rc remember(struct ga_store *store, int64_t count, struct ga_error *err)
{
    return ga_doubles_known(store) == count ? GA_OK
                                            : ga_store_set_setting(store, known_setting, GA_NUM(count), err);
}

enum ga_rc ga_doubles_find(struct ga_store *store, struct ga_arena *arena, struct ga_double **ret_doubles,
                           size_t *ret_count, struct ga_error *err)
{
    struct finding finding;
    struct ga_double *doubles = NULL;
    start(&finding, store);
    enum ga_rc rc = ga_doubles_shelve(store, &finding.files, err);
    if (rc == GA_OK)
        rc = read_behind(&finding, err);
    if (rc == GA_OK)
        rc = read_judged(&finding, err);
    if (rc == GA_OK) {
        meet_all(&finding);
        rc = ga_shelf_check(&finding.files, err);
    }
    if (rc == GA_OK) {
        put_in_order(&finding);
        rc = hand_out(&finding, arena, &doubles, err);
    }
    if (rc == GA_OK)
        rc = remember(store, (int64_t)finding.met.len, err);
    if (rc == GA_OK) {
        *ret_doubles = doubles;
        *ret_count = finding.met.len;
    }
    finish(&finding);
    return rc;
}

int64_t ga_doubles_known(struct ga_store *store)
{
    int64_t count = 0;
    const char *text = ga_store_setting(store, known_setting);
    return text != NULL && ga_num_parse(text, &count) && count > 0 ? count : 0;
}

enum ga_rc ga_doubles_add_known(struct ga_store *store, int64_t by, struct ga_error *err)
{
    const int64_t count = ga_doubles_known(store) + by;
    return by == 0 ? GA_OK : remember(store, count > 0 ? count : 0, err);
}
