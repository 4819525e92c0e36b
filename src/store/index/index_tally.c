/* Keeps the counts of classes, gathered until they are written. */
#include "index/index_tally.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* What is to be added to a row of _tally; a save of thousands of children writes each class once. */
struct tally {
    char *place, *site, *grade, *class_no;
    int64_t children, left_behind, key, unguarded, boarding, gone;
};

static char *copy_text(const char *text)
{
    return text == NULL ? NULL : ga_strdup(text);
}

static void destroy(struct tally *tally)
{
    free(tally->place);
    free(tally->site);
    free(tally->grade);
    free(tally->class_no);
    free(tally);
}

void ga_index_tallies_forget(struct ga_index *index)
{
    for (size_t i = 0; i < index->tallies.cap; i++)
        if (ga_map_slot_value(&index->tallies, i) != NULL)
            destroy(ga_map_slot_value(&index->tallies, i));
    ga_map_finish(&index->tallies);
}

/* A place ends with its only 0, so it is a text; that of all classes is empty. */
static struct tally *tally_of(struct ga_index *index, const char *place, const struct ga_index_child *class)
{
    struct tally *tally = ga_map_get(&index->tallies, place);
    if (tally == NULL) {
        tally = ga_alloc(sizeof(*tally));
        tally->place = ga_strdup(place);
        ga_map_put(&index->tallies, tally->place, tally);
    }
    if (class != NULL && tally->site == NULL && tally->grade == NULL && tally->class_no == NULL) {
        tally->site = copy_text(class->site);
        tally->grade = copy_text(class->grade);
        tally->class_no = copy_text(class->class_no);
    }
    return tally;
}

static void count_in(struct tally *tally, unsigned flags, int by)
{
    if (flags & GA_FLAG_GONE) {
        tally->gone += by;
        return;
    }
    tally->children += by;
    tally->left_behind += flags & GA_FLAG_LEFT_BEHIND ? by : 0;
    tally->key += flags & GA_FLAG_KEY ? by : 0;
    tally->unguarded += flags & GA_FLAG_UNGUARDED ? by : 0;
    tally->boarding += flags & GA_FLAG_BOARDING ? by : 0;
}

void ga_index_count_child(struct ga_index *index, struct ga_value sort, const struct ga_index_child *class,
                          unsigned flags, int by)
{
    if (flags & GA_FLAG_BEHIND)
        return;
    ga_str_clear(&index->place);
    ga_str_add_bytes(&index->place, sort.text, ga_index_place_bytes(sort.text, sort.len));
    count_in(tally_of(index, ga_str_text(&index->place), class), flags, by);
    count_in(tally_of(index, "", NULL), flags, by);
}

static bool says_nothing(const struct tally *tally)
{
    return tally->children == 0 && tally->left_behind == 0 && tally->key == 0 && tally->unguarded == 0 &&
           tally->boarding == 0 && tally->gone == 0;
}

static enum ga_rc write_tally(struct ga_store *store, const struct tally *tally, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const size_t len = strlen(tally->place);
    const struct ga_value place = ga_value_blob(tally->place, len == 0 ? 0 : len + 1);
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_PUT_TALLY, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(stmt, 1, &place);
    ga_stmt_bind_text(stmt, 2, tally->site);
    ga_stmt_bind_text(stmt, 3, tally->grade);
    ga_stmt_bind_text(stmt, 4, tally->class_no);
    const int64_t numbers[] = {tally->children,  tally->left_behind, tally->key,
                               tally->unguarded, tally->boarding,    tally->gone};
    for (size_t i = 0; i < GA_COUNT(numbers); i++)
        ga_stmt_bind_int(stmt, 5 + (int)i, numbers[i]);
    rc = ga_stmt_run(stmt, err);
    if (rc != GA_OK || (rc = ga_index_stmt(store, GA_INDEX_DROP_TALLY, &stmt, err)) != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(stmt, 1, &place);
    return ga_stmt_run(stmt, err);
}

enum ga_rc ga_index_tallies_write(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < index->tallies.cap; i++) {
        const struct tally *tally = ga_map_slot_value(&index->tallies, i);
        if (tally != NULL && !says_nothing(tally))
            rc = write_tally(store, tally, err);
    }
    ga_index_tallies_forget(index);
    return rc;
}
