/* The children a list is made of. */
#include "guanai/app/whom.h"

#include "guanai/app/care.h"
#include "guanai/base/vec.h"
#include "guanai/care/past.h"
#include "guanai/sql/stmt.h"

#include <stdlib.h>
#include <string.h>

enum { VILLAGES_MAX = 400, PAGE_MAX = 1000 };

int64_t ga_whom_number(struct ga_session *session, const struct ga_roster_row *row)
{
    const struct ga_roster_filter filter = {.site = row->site, .grade = row->grade, .class_no = row->class_no};
    int64_t index;
    if (row->has_left || ga_roster_index(session->store, &filter, row->no, &index, NULL) != GA_OK)
        return 0;
    return index + 1;
}

static struct ga_whom_child *number_rows(struct ga_arena *arena, const struct ga_roster_row *rows, size_t count)
{
    struct ga_whom_child *children = ga_arena_array(arena, count + 1, sizeof(*children));
    for (size_t i = 0; i < count; i++)
        children[i] = (struct ga_whom_child){.row = &rows[i], .number = (int64_t)i + 1};
    return children;
}

static enum ga_rc read_roster(struct ga_session *session, const struct ga_roster_class *class, size_t limit,
                              struct ga_arena *arena, struct ga_whom_child **ret_children, size_t *ret_count,
                              struct ga_error *err)
{
    struct ga_roster_filter filter = {0};
    struct ga_roster_row *rows = NULL;
    size_t count = 0;
    if (class != NULL)
        filter = (struct ga_roster_filter){.site = class->site, .grade = class->grade, .class_no = class->class_no};
    enum ga_rc rc = ga_roster_page_at(session->store, &filter, 0, limit < PAGE_MAX ? limit : PAGE_MAX, session->lang,
                                      arena, &rows, &count, err);
    if (rc != GA_OK)
        return rc;
    *ret_children = number_rows(arena, rows, count);
    *ret_count = count;
    return GA_OK;
}

/* Of a village: class by class as in the roster. */
struct placed {
    int64_t index; /* in the roster of all */
    struct ga_roster_row row;
};

static int compare_places(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void place_child(struct ga_session *session, int64_t no, struct ga_arena *arena, struct ga_vec *places)
{
    static const struct ga_roster_filter all = {.with_left = false};
    struct placed placed;
    if (ga_roster_row_of(session->store, no, session->lang, arena, &placed.row, NULL) == GA_OK &&
        !placed.row.has_left && ga_roster_index(session->store, &all, no, &placed.index, NULL) == GA_OK)
        *(struct placed *)ga_vec_push(places) = placed;
}

static enum ga_rc find_in_village(struct ga_session *session, const char *village, size_t limit,
                                  struct ga_arena *arena, struct ga_vec *places, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(session->store), "SELECT no FROM child WHERE village = ?1", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, village);
    while (places->len < limit && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        place_child(session, ga_stmt_column_int(stmt, 0), arena, places);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc read_village(struct ga_session *session, const char *village, size_t limit, struct ga_arena *arena,
                               struct ga_whom_child **ret_children, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec places;
    ga_vec_init(&places, sizeof(struct placed));
    enum ga_rc rc = find_in_village(session, village, limit, arena, &places, err);
    if (rc == GA_OK) {
        struct ga_roster_row *rows = ga_arena_array(arena, places.len + 1, sizeof(*rows));
        if (places.len > 0)
            qsort(places.items, places.len, sizeof(struct placed), compare_places);
        for (size_t i = 0; i < places.len; i++)
            rows[i] = GA_VEC_AT(struct placed, &places, i)->row;
        *ret_children = number_rows(arena, rows, places.len);
        *ret_count = places.len;
    }
    ga_vec_finish(&places);
    return rc;
}

enum ga_rc ga_whom_read(struct ga_session *session, const struct ga_whom *whom, size_t limit, struct ga_arena *arena,
                        struct ga_whom_child **ret_children, size_t *ret_count, struct ga_error *err)
{
    if (whom->village != NULL)
        return read_village(session, whom->village, limit, arena, ret_children, ret_count, err);
    return read_roster(session, whom->class, limit, arena, ret_children, ret_count, err);
}

static const char *name_of_site(const struct ga_config *config, const char *code, enum ga_lang lang)
{
    for (size_t i = 0; i < config->sites_count; i++)
        if (strcmp(config->sites[i].code, code) == 0)
            return ga_label_text(&config->sites[i].label, lang);
    return code;
}

static bool is_ambiguous(const struct ga_roster_class *classes, size_t count, size_t i)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(classes[k].site, classes[i].site) != 0 && strcmp(classes[k].grade, classes[i].grade) == 0 &&
            strcmp(classes[k].class_no, classes[i].class_no) == 0)
            return true;
    return false;
}

static void add_sites(const struct ga_session *session, enum ga_lang lang, struct ga_arena *arena, struct ga_roster_class *classes,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_ambiguous(classes, count, i))
            classes[i].shown = ga_arena_printf(arena, "%s · %s", classes[i].shown,
                                               name_of_site(&session->config, classes[i].site, lang));
}

enum ga_rc ga_whom_classes(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err)
{
    const enum ga_rc rc = ga_store_classes(session->store, lang, arena, ret_classes, ret_count, err);
    if (rc == GA_OK)
        add_sites(session, lang, arena, *ret_classes, *ret_count);
    return rc;
}

enum ga_rc ga_whom_classes_in(struct ga_session *session, struct ga_date day, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err)
{
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_care_classes(care, day, lang, arena, ret_classes, ret_count, err);
    if (rc == GA_OK)
        add_sites(session, lang, arena, *ret_classes, *ret_count);
    return rc;
}

enum ga_rc ga_whom_class_in(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date day,
                            struct ga_date other_day, enum ga_lang lang, struct ga_arena *arena, struct ga_roster_class *ret_class,
                            struct ga_error *err)
{
    struct ga_roster_class *classes;
    struct ga_care *care;
    size_t count = 0;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_care_follow(care, err);
    if (rc == GA_OK)
        rc = ga_whom_classes_in(session, other_day, lang, arena, &classes, &count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++) {
        if (!ga_care_is_same_class(care, class_of, day, &classes[i], other_day))
            continue;
        *ret_class = classes[i];
        return GA_OK;
    }
    return ga_error_set(err, GA_NOT_FOUND, "there was no %1 in that school year; see the list of classes", class_of->shown);
}

enum ga_rc ga_whom_villages(struct ga_session *session, struct ga_arena *arena, struct ga_whom_village **ret_villages,
                            size_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    size_t count = 0;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(session->store),
                                    "SELECT village, count(*) FROM child WHERE village <> '' GROUP BY village"
                                    " ORDER BY 2 DESC, 1",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    struct ga_whom_village *villages = ga_arena_array(arena, VILLAGES_MAX, sizeof(*villages));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row && count < VILLAGES_MAX) {
        villages[count].name = ga_arena_strdup(arena, ga_stmt_column_text(stmt, 0));
        villages[count++].children = ga_stmt_column_int(stmt, 1);
    }
    ga_stmt_destroy(stmt);
    if (rc == GA_OK) {
        *ret_villages = villages;
        *ret_count = count;
    }
    return rc;
}
