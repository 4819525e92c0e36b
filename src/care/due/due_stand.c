/* Tells of which school year the grade is that the roster gives a class. */
#include "due/due_inner.h"

#include "guanai/store/graded.h"
#include "guanai/text/class_name.h"

#include <string.h>

/*
 * From 1 August until the turn of the year is run a class has the grade of the year before: what was written of it then
 * still goes by that. Once it stands in the new grade it does so until the next August, but for what is taken back; so
 * that is kept (_due_stand), the histories of its pupils are read once.
 */
struct standing {
    struct ga_care *care;
    int year; /* the school year of today */
    struct ga_graded graded;
    bool has_graded;
    struct ga_vec nos;
};

static bool is_doubted(const struct ga_vec *doubted, const char *key)
{
    for (size_t i = 0; i < doubted->len; i++)
        if (strcmp(*GA_VEC_AT(const char *const, doubted, i), key) == 0)
            return true;
    return false;
}

static enum ga_rc take_kept(struct standing *s, struct ga_due_places *places, const struct ga_vec *doubted, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t count = 0;
    enum ga_rc rc = ga_db_query_int(ga_store_db(s->care->options.store),
                                    "SELECT count(*) FROM sqlite_schema WHERE name = '_due_stand'", &count, err);
    if (rc != GA_OK || count == 0)
        return rc;
    rc = ga_due_stmt(s->care, GA_DUE_GET_STANDS, &stmt, err);
    if (rc == GA_OK)
        ga_stmt_bind_int(stmt, 1, s->year);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_due_place *place = ga_due_places_class(places, ga_stmt_column_text(stmt, 0));
        if (place != NULL && !is_doubted(doubted, place->key))
            place->year = s->year;
    }
    return rc;
}

static enum ga_rc list_pupils(struct standing *s, const struct ga_due_place *place, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    ga_vec_clear(&s->nos);
    enum ga_rc rc = ga_due_stmt(s->care, GA_DUE_PUPILS_OF_CLASS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_due_bind_class(stmt, place);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(&s->nos) = ga_stmt_column_int(stmt, 0);
    return rc;
}

static enum ga_rc look_at(struct standing *s, struct ga_due_place *place, struct ga_error *err)
{
    size_t graded = 0, others = 0;
    enum ga_rc rc = GA_OK;
    if (!s->has_graded)
        rc = ga_graded_init(&s->graded, s->care->options.store, (struct ga_date){(int16_t)s->year, 8, 1}, err);
    s->has_graded = true;
    if (rc == GA_OK)
        rc = list_pupils(s, place, err);
    for (size_t i = 0; rc == GA_OK && i < s->nos.len && 2 * graded < s->nos.len && 2 * others <= s->nos.len; i++) {
        bool is_graded = false;
        rc = ga_graded_is(&s->graded, *GA_VEC_AT(const int64_t, &s->nos, i), &is_graded, err);
        graded += is_graded;
        others += !is_graded;
    }
    if (rc == GA_OK && ga_graded_is_class(graded, s->nos.len - graded))
        place->year = s->year;
    return rc;
}

/* Where no grade comes behind, or none is known, nobody goes up: the class is what it is called. */
static bool goes_up(const struct ga_due_place *place)
{
    char next[GA_GRADE_SIZE];
    bool ends_stage = false;
    return ga_class_name_next_grade(place->grade, next, &ends_stage) || ends_stage;
}

enum ga_rc ga_due_stand_read(struct ga_care *care, struct ga_due_places *places, const struct ga_vec *doubted, struct ga_error *err)
{
    struct standing s = {.care = care, .year = ga_class_name_school_year(ga_date_from_days(care->windows.today))};
    ga_vec_init(&s.nos, sizeof(int64_t));
    for (size_t i = 0; i < places->classes_count; i++)
        places->items[i].year = s.year - goes_up(&places->items[i]);
    enum ga_rc rc = doubted == NULL ? GA_OK : take_kept(&s, places, doubted, err);
    for (size_t i = 0; rc == GA_OK && i < places->classes_count; i++)
        if (places->items[i].year != s.year)
            rc = look_at(&s, &places->items[i], err);
    if (s.has_graded)
        ga_graded_finish(&s.graded);
    ga_vec_finish(&s.nos);
    return rc;
}

enum ga_rc ga_due_stand_write(struct ga_care *care, struct ga_error *err)
{
    const int year = ga_class_name_school_year(ga_date_from_days(care->windows.today));
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_db_exec(ga_store_db(care->options.store), "DELETE FROM _due_stand", err);
    for (size_t i = 0; rc == GA_OK && i < care->places.classes_count; i++) {
        if (care->places.items[i].year != year)
            continue;
        rc = ga_due_stmt(care, GA_DUE_PUT_STAND, &stmt, err);
        if (rc != GA_OK)
            break;
        ga_stmt_bind_text(stmt, 1, care->places.items[i].key);
        ga_stmt_bind_int(stmt, 2, year);
        rc = ga_stmt_run(stmt, err);
    }
    return rc;
}
