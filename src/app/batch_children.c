/* Whose rows a sheet has. */
#include "batch_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"

#include <stdlib.h>
#include <string.h>

enum { VILLAGES_MAX = 400 };

enum ga_rc ga_batch_take_class(struct ga_batch *batch, const struct ga_roster_class *class, struct ga_error *err)
{
    const struct ga_roster_filter filter = {.site = class->site, .grade = class->grade, .class_no = class->class_no};
    struct ga_arena arena;
    struct ga_roster_row *rows = NULL;
    size_t count = 0;
    ga_arena_init(&arena);
    enum ga_rc rc = ga_roster_page_at(batch->session->store, &filter, 0, GA_BATCH_ROWS_MAX, batch->session->lang,
                                      &arena, &rows, &count, err);
    if (rc == GA_OK) {
        ga_batch_clear_rows(batch);
        ga_str_copy(batch->title, sizeof(batch->title), class->shown);
        for (size_t i = 0; i < count; i++)
            ga_batch_add_row(batch, &rows[i]);
    }
    ga_arena_finish(&arena);
    return rc;
}

/* Who is gone since is left out without a word: a sheet of last term still opens. */
enum ga_rc ga_batch_add_child(struct ga_batch *batch, const struct ga_uuid *child, struct ga_error *err)
{
    struct ga_arena arena;
    struct ga_roster_row row;
    ga_arena_init(&arena);
    enum ga_rc rc = ga_roster_row(batch->session->store, child, batch->session->lang, &arena, &row, err);
    if (rc == GA_OK && !row.has_left)
        ga_batch_add_row(batch, &row);
    ga_arena_finish(&arena);
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

/* Class by class as in the roster. */
struct placed {
    int64_t index;
    struct ga_uuid id;
};

static int compare_places(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void place_child(struct ga_batch *batch, int64_t no, struct ga_vec *places)
{
    static const struct ga_roster_filter all = {.with_left = false};
    struct ga_arena arena;
    struct ga_roster_row row;
    struct placed placed;
    ga_arena_init(&arena);
    if (places->len < GA_BATCH_ROWS_MAX &&
        ga_roster_row_of(batch->session->store, no, GA_ZH, &arena, &row, NULL) == GA_OK && !row.has_left &&
        ga_roster_index(batch->session->store, &all, no, &placed.index, NULL) == GA_OK) {
        placed.id = row.id;
        *(struct placed *)ga_vec_push(places) = placed;
    }
    ga_arena_finish(&arena);
}

static enum ga_rc find_in_village(struct ga_batch *batch, const char *village, struct ga_vec *places,
                                  struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(batch->session->store), "SELECT no FROM child WHERE village = ?1",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, village);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        place_child(batch, ga_stmt_column_int(stmt, 0), places);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_batch_take_village(struct ga_batch *batch, const char *village, struct ga_error *err)
{
    struct ga_vec places;
    ga_vec_init(&places, sizeof(struct placed));
    enum ga_rc rc = find_in_village(batch, village, &places, err);
    if (rc == GA_OK) {
        ga_batch_clear_rows(batch);
        ga_str_copy(batch->title, sizeof(batch->title), village);
        if (places.len > 0)
            qsort(places.items, places.len, sizeof(struct placed), compare_places);
    }
    for (size_t i = 0; i < places.len && rc == GA_OK; i++)
        rc = ga_batch_add_child(batch, &GA_VEC_AT(struct placed, &places, i)->id, err);
    ga_vec_finish(&places);
    return rc;
}

enum ga_rc ga_batch_villages(struct ga_session *session, struct ga_arena *arena,
                             struct ga_batch_village **ret_villages, size_t *ret_count, struct ga_error *err)
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
    struct ga_batch_village *villages = ga_arena_array(arena, VILLAGES_MAX, sizeof(*villages));
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

/* Those of the last time: "TITLE\nUUID UUID …". */

static const char *read_last(struct ga_session *session, const char *form)
{
    char setting[256];
    ga_batch_setting(setting, sizeof(setting), session, "children", form);
    return ga_store_setting(session->store, setting);
}

bool ga_batch_has_last(struct ga_session *session, const char *form)
{
    return read_last(session, form) != NULL;
}

enum ga_rc ga_batch_remember_children(const struct ga_batch *batch, struct ga_error *err)
{
    char setting[256], id[GA_UUID_TEXT_SIZE];
    struct ga_str text = {0};
    ga_str_addf(&text, "%s\n", batch->title);
    for (size_t i = 0; i < batch->rows.len; i++)
        if (ga_batch_row(batch, i)->is_saved || ga_batch_is_filled(batch, i))
            ga_str_addf(&text, "%s ", ga_uuid_text(&ga_batch_row(batch, i)->child, id));
    ga_batch_setting(setting, sizeof(setting), batch->session, "children", batch->form->name);
    enum ga_rc rc = ga_store_set_setting(batch->session->store, setting, ga_str_text(&text), err);
    ga_str_finish(&text);
    return rc;
}

enum ga_rc ga_batch_take_last(struct ga_batch *batch, struct ga_error *err)
{
    const char *kept = read_last(batch->session, batch->form->name);
    if (kept == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "nothing was entered this way before");
    char *text = ga_strdup(kept), *rest = strchr(text, '\n'), *end = NULL;
    struct ga_uuid id;
    enum ga_rc rc = GA_OK;
    ga_batch_clear_rows(batch);
    if (rest != NULL)
        *rest++ = '\0';
    ga_str_copy(batch->title, sizeof(batch->title), text);
    for (char *word = rest != NULL ? strtok_r(rest, " ", &end) : NULL; word != NULL && rc == GA_OK;
         word = strtok_r(NULL, " ", &end))
        if (ga_uuid_parse(word, &id))
            rc = ga_batch_add_child(batch, &id, err);
    free(text);
    return rc;
}
