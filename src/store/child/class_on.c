/* Says who was in a class on a day. */
#include "guanai/store/life.h"

#include "child/moves.h"
#include "index/index.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/form/type.h"
#include "guanai/store/roll.h"
#include "guanai/store/roster.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"

#include <stdlib.h>
#include <string.h>

static bool is_of(const struct ga_class_ask *ask, const struct ga_stay *stay)
{
    return (ask->grade == NULL || strcmp(stay->grade, ask->grade) == 0) &&
           (ask->class_no == NULL || strcmp(stay->class_no, ask->class_no) == 0) &&
           (ask->site == NULL || strcmp(stay->site, ask->site) == 0);
}

static struct ga_stay keep(const struct ga_stay *stay, struct ga_arena *arena)
{
    struct ga_stay kept = *stay;
    kept.site = ga_arena_strdup(arena, stay->site);
    kept.grade = ga_arena_strdup(arena, stay->grade);
    kept.class_no = ga_arena_strdup(arena, stay->class_no);
    kept.class_shown = ga_arena_strdup(arena, stay->class_shown);
    return kept;
}

/* A class is asked for. */
struct asking {
    struct ga_store *store;
    const struct ga_class_ask *ask;
    enum ga_lang lang;
    const char *end;      /* the day behind the one asked for */
    struct ga_vec later;   /* int64_t, rising: files of children who came to the school behind the day (child.enrolled_on) */
    struct ga_vec movers;  /* the same */
    struct ga_vec written; /* the same: files something was written in behind the day, but by the save that made them */
    struct ga_vec classed; /* the same: files that say that class now; only asked for a grade */
    struct ga_arena *arena;
    struct ga_vec mates; /* struct placed */
};

/* Where on the roll a child stands. */
struct placed {
    size_t place;
    struct ga_classmate mate;
};
struct called {
    size_t place;
    int64_t no;
};

static int by_file(const void *a, const void *b)
{
    const struct called *x = a, *y = b;
    return (x->no > y->no) - (x->no < y->no);
}

static int by_place(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static bool has_moved(const struct asking *asking, int64_t no)
{
    return ga_order_has(&asking->movers, no);
}

/*
 * A file that was made later in the same school year is taken to have been true before: rosters are typed in weeks after
 * the term began. Of the years before nobody has said anything, and a year lower is not known either: children repeat.
 */
static bool is_told_of(const struct ga_stay *stay, struct ga_date day)
{
    struct ga_date from;
    return !ga_date_from_iso(stay->from_on, &from) || ga_class_name_school_year(from) <= ga_class_name_school_year(day);
}

static const struct ga_stay *leave_open(const struct ga_stay *first, struct ga_stay *ret_open)
{
    *ret_open = (struct ga_stay){.site = first->site, .grade = "", .class_no = "", .class_shown = ""};
    ga_str_copy(ret_open->until_on, sizeof(ret_open->until_on), first->from_on);
    return ret_open;
}

/* A child whose file says nothing of a class is in none, which only somebody asks for who asks for no class. */
static enum ga_rc look_at(struct asking *asking, const struct called *called, const struct ga_place_log *log,
                          struct ga_arena *scratch, struct ga_error *err)
{
    static const struct ga_stay nowhere = {.site = "", .grade = "", .class_no = "", .class_shown = ""};
    const struct ga_stays_ask ask = {
        .moves = {.no = called->no, .may_have_moved = has_moved(asking, called->no), .log = log},
        .end = asking->end, .lang = asking->lang};
    struct ga_stay *stays, open;
    size_t count = 0;
    enum ga_rc rc = ga_stays_read(asking->store, &ask, scratch, &stays, &count, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_stay *stay = ga_stay_on(stays, count, GA_DATE_ISO(asking->ask->day));
    stay = stay == NULL ? &nowhere : is_told_of(stay, asking->ask->day) ? stay : leave_open(stay, &open);
    if (is_of(asking->ask, stay))
        *(struct placed *)ga_vec_push(&asking->mates) =
            (struct placed){called->place, {called->no, keep(stay, asking->arena)}};
    return GA_OK;
}

static enum ga_rc list(struct asking *asking, const char *sql, struct ga_vec *nos, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(asking->store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_date_to_days(asking->ask->day));
    if (nos == &asking->classed) {
        ga_stmt_bind_text(stmt, 1, asking->ask->grade);
        ga_stmt_bind_text(stmt, 2, asking->ask->class_no);
    }
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(nos) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    ga_order_sort(nos);
    return rc;
}

/* Day or month; a school whose own form does not ask for it knows of nobody. */
static enum ga_rc list_later(struct asking *asking, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const struct ga_form *form = ga_forms_get(&asking->store->forms, "child", NULL);
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, "enrolled_on");
    if (field == NULL || field->type->storage != GA_STORE_TEXT)
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(asking->store->db, "SELECT no FROM child WHERE enrolled_on > ?1 ORDER BY no", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(asking->ask->day));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(&asking->later) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Operations are numbered as they came: what was written behind a day begins with the first that was. */
#define FIRST_BEHIND "(SELECT min(first_op) FROM txn WHERE day > ?1)"
static const char WRITTEN[] = "SELECT record, min(no), max(no) FROM op GROUP BY record HAVING max(no) >= " FIRST_BEHIND;
static const char SAVES[] = "SELECT first_op FROM txn WHERE first_op >= " FIRST_BEHIND;

/* A number in other words than digits may be any, a class without a grade may say it. */
static const char CLASSED[] = "SELECT no FROM v_roster WHERE (grade = ?1 OR grade = '')"
                              " AND (?2 IS NULL OR class = ?2 OR class = '' OR class GLOB '*[^0-9]*')";

/* Nothing was written in it but by the save that made it. */
static bool was_only_made(const struct ga_vec *saves, int64_t first, int64_t last)
{
    size_t low = 0, high = saves->len; /* saves up to the one that made it lie below `low` at the end */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (*GA_VEC_AT(const int64_t, saves, middle) <= first)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && (low == saves->len || last < *GA_VEC_AT(const int64_t, saves, low));
}

static enum ga_rc list_written(struct asking *asking, struct ga_error *err)
{
    struct ga_vec saves;
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    ga_vec_init(&saves, sizeof(int64_t));
    enum ga_rc rc = list(asking, SAVES, &saves, err);
    if (rc == GA_OK && saves.len > 0)
        rc = ga_stmt_prepare(asking->store->db, WRITTEN, &stmt, err);
    if (rc == GA_OK && stmt != NULL)
        ga_stmt_bind_int(stmt, 1, ga_date_to_days(asking->ask->day));
    while (rc == GA_OK && stmt != NULL && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (!was_only_made(&saves, ga_stmt_column_int(stmt, 1), ga_stmt_column_int(stmt, 2)))
            *(int64_t *)ga_vec_push(&asking->written) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    ga_vec_finish(&saves);
    ga_order_sort(&asking->written);
    return rc;
}

/*
 * A file in which nothing was written since the day, or that was made behind it and nothing was written in since, and
 * which never moved, says of that day what it says now. Of all others the operations are read: they say what it was then.
 */
static enum ga_rc list_places(struct asking *asking, struct ga_error *err)
{
    struct ga_store *store = asking->store;
    if (asking->ask->grade == NULL)
        return GA_OK;
    enum ga_rc rc = ga_store_roster_view(store, err);
    if (rc == GA_OK)
        rc = list(asking, CLASSED, &asking->classed, err);
    return rc == GA_OK ? list_written(asking, err) : rc;
}

static bool may_be_there(const struct asking *asking, int64_t no)
{
    if (ga_order_has(&asking->later, no))
        return false;
    return asking->ask->grade == NULL || ga_order_has(&asking->classed, no) || ga_order_has(&asking->written, no) ||
           has_moved(asking, no);
}

/* So many files' operations are read together; of each a kilobyte is held meanwhile. */
enum { FILES_TOGETHER = 4096 };

/* `count` ≤ FILES_TOGETHER. */
static enum ga_rc look_at_some(struct asking *asking, const struct called *called, size_t count, struct ga_error *err)
{
    struct ga_arena scratch = {0}, of_log = {0};
    struct ga_place_log log;
    int64_t *files = ga_alloc_array(count + 1, sizeof(*files));
    for (size_t i = 0; i < count; i++)
        files[i] = called[i].no;
    enum ga_rc rc = ga_moves_gather(asking->store, files, count, &of_log, &log, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        ga_arena_reset(&scratch);
        rc = look_at(asking, &called[i], &log, &scratch, err);
    }
    ga_arena_finish(&scratch);
    ga_arena_finish(&of_log);
    free(files);
    return rc;
}

static enum ga_rc look_at_all(struct asking *asking, const struct ga_vec *nos, struct ga_error *err)
{
    struct called *called = ga_alloc_array(nos->len + 1, sizeof(*called));
    enum ga_rc rc = GA_OK;
    size_t count = 0;
    for (size_t i = 0; i < nos->len; i++)
        if (may_be_there(asking, *GA_VEC_AT(int64_t, nos, i)))
            called[count++] = (struct called){i, *GA_VEC_AT(int64_t, nos, i)};
    if (count > 0)
        qsort(called, count, sizeof(*called), by_file);
    for (size_t i = 0; rc == GA_OK && i < count; i += FILES_TOGETHER)
        rc = look_at_some(asking, &called[i], count - i < FILES_TOGETHER ? count - i : FILES_TOGETHER, err);
    if (asking->mates.len > 0)
        qsort(asking->mates.items, asking->mates.len, sizeof(struct placed), by_place);
    free(called);
    return rc;
}

static void hand_out(const struct asking *asking, struct ga_classmate **ret_mates, size_t *ret_count)
{
    *ret_mates = ga_arena_array(asking->arena, asking->mates.len, sizeof(**ret_mates));
    for (size_t i = 0; i < asking->mates.len; i++)
        (*ret_mates)[i] = GA_VEC_AT(struct placed, &asking->mates, i)->mate;
    *ret_count = asking->mates.len;
}

enum ga_rc ga_store_begun_later(struct ga_store *store, struct ga_date day, int64_t *ret_files, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const struct ga_date next_year = {(int16_t)(ga_class_name_school_year(day) + 1), 8, 1};
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT count(*) FROM child WHERE entered_on >= ?1 AND no NOT IN (SELECT no FROM _same)",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(next_year));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK)
        *ret_files = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Nothing is told of days to come. */
static struct ga_date last_told(const struct ga_store *store, struct ga_date day)
{
    return ga_date_compare(day, ga_store_today(store)) > 0 ? ga_store_today(store) : day;
}

enum ga_rc ga_store_class_on(struct ga_store *store, const struct ga_class_ask *ask, enum ga_lang lang,
                             struct ga_arena *arena, struct ga_classmate **ret_mates, size_t *ret_count,
                             struct ga_error *err)
{
    char end[GA_DATE_SIZE];
    struct asking asking = {.store = store, .ask = ask, .lang = lang, .arena = arena,
                            .end = ga_date_iso(ga_date_add_days(last_told(store, ask->day), 1), end)};
    struct ga_vec nos;
    ga_vec_init(&nos, sizeof(int64_t));
    ga_vec_init(&asking.later, sizeof(int64_t));
    ga_vec_init(&asking.movers, sizeof(int64_t));
    ga_vec_init(&asking.written, sizeof(int64_t));
    ga_vec_init(&asking.classed, sizeof(int64_t));
    ga_vec_init(&asking.mates, sizeof(struct placed));
    enum ga_rc rc = ga_store_roll(store, ask->day, &nos, err);
    if (rc == GA_OK)
        rc = list_later(&asking, err);
    if (rc == GA_OK)
        rc = ga_moves_list_movers(store, &asking.movers, err);
    if (rc == GA_OK)
        rc = list_places(&asking, err);
    if (rc == GA_OK)
        rc = look_at_all(&asking, &nos, err);
    if (rc == GA_OK)
        hand_out(&asking, ret_mates, ret_count);
    ga_vec_finish(&asking.mates);
    ga_vec_finish(&asking.classed);
    ga_vec_finish(&asking.written);
    ga_vec_finish(&asking.movers);
    ga_vec_finish(&asking.later);
    ga_vec_finish(&nos);
    return rc;
}
