/* Says of which classes there are papers of a form. */
#include "care/material_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/care/past.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

struct ga_material_pupil {
    int64_t no;
    size_t class_of;
};

static int by_no(const void *a, const void *b)
{
    const struct ga_material_pupil *x = a, *y = b;
    return (x->no > y->no) - (x->no < y->no);
}

/* Of a term that is over the classes are those of then, so are their children. */
static enum ga_rc find_pupils_then(struct ga_material_book *book, struct ga_vec *pupils, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < book->classes_count; i++) {
        struct ga_arena arena = {0};
        struct ga_roster_row *rows;
        size_t count = 0;
        rc = ga_care_classmates(book->care, book->days.to, &book->classes[i], book->lang, &arena, &rows, &count, err);
        for (size_t k = 0; rc == GA_OK && k < count; k++)
            *(struct ga_material_pupil *)ga_vec_push(pupils) = (struct ga_material_pupil){rows[k].no, i};
        ga_arena_finish(&arena);
    }
    return rc;
}

/* Children come class by class: mostly it is the same one again. */
static size_t class_at(const struct ga_material_book *book, struct ga_stmt *stmt, size_t from)
{
    for (size_t i = 0; i < book->classes_count; i++) {
        const size_t at = (from + i) % book->classes_count;
        const struct ga_roster_class *class = &book->classes[at];
        if (strcmp(class->class_no, ga_stmt_column_text(stmt, 3)) == 0 && strcmp(class->grade, ga_stmt_column_text(stmt, 2)) == 0 &&
            strcmp(class->site, ga_stmt_column_text(stmt, 1)) == 0)
            return at;
    }
    return book->classes_count;
}

static enum ga_rc find_pupils_now(struct ga_material_book *book, struct ga_vec *pupils, struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    size_t at = 0;
    enum ga_rc rc = ga_store_roster_view(book->session->store, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(book->session->store), "SELECT no, site, grade, class FROM v_roster", &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const size_t found = class_at(book, stmt, at);
        if (found == book->classes_count)
            continue; /* who left as the last of a class */
        at = found;
        *(struct ga_material_pupil *)ga_vec_push(pupils) = (struct ga_material_pupil){ga_stmt_column_int(stmt, 0), at};
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc find_pupils(struct ga_material_book *book, struct ga_error *err)
{
    struct ga_vec pupils;
    if (book->pupils != NULL)
        return GA_OK;
    ga_vec_init(&pupils, sizeof(struct ga_material_pupil));
    const enum ga_rc rc = ga_care_is_over(book->care, book->days.to) ? find_pupils_then(book, &pupils, err)
                                                                     : find_pupils_now(book, &pupils, err);
    if (pupils.len > 1)
        qsort(pupils.items, pupils.len, pupils.item_bytes, by_no);
    book->pupils = ga_arena_array(&book->arena, pupils.len + 1, sizeof(*book->pupils));
    book->pupils_count = pupils.len;
    if (pupils.len > 0)
        memcpy(book->pupils, pupils.items, pupils.len * sizeof(*book->pupils));
    ga_vec_finish(&pupils);
    return rc;
}

static void note(struct ga_material_book *book, struct ga_material_line *line, int64_t child, const char *month)
{
    const struct ga_material_pupil key = {.no = child};
    const struct ga_material_pupil *pupil = bsearch(&key, book->pupils, book->pupils_count, sizeof(key), by_no);
    struct ga_date day;
    for (size_t i = 0; pupil != NULL && i < book->months_count && ga_date_from_iso(month, &day); i++)
        if (day.year == book->columns[i].days.from.year && day.month == book->columns[i].days.from.month)
            line->has_class[i][pupil->class_of] = true;
}

/* `sql` in the book's arena: a row a child and month. */
static enum ga_rc note_all(struct ga_material_book *book, struct ga_material_line *line, const char *sql, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(book->session->store), sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(((struct ga_date){.year = book->days.from.year, .month = book->days.from.month})));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(((struct ga_date){.year = book->days.to.year, .month = book->days.to.month})));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        note(book, line, ga_stmt_column_int(stmt, 0), ga_stmt_column_text(stmt, 1));
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc note_children(struct ga_material_book *book, struct ga_material_line *line, struct ga_error *err)
{
    char view[140];
    const enum ga_rc rc = ga_store_view(book->session->store, line->row->of, view, err);
    if (rc != GA_OK || line->row->of->of.text == NULL)
        return rc;
    return note_all(book, line, ga_arena_printf(&book->arena, "SELECT DISTINCT v._child, substr(v.\"%s\", 1, 7) AS _m FROM %s AS v WHERE _m BETWEEN ?1 AND ?2",
                                                line->row->day.text, view), err);
}

/* Of several children at once the others stand in rows. */
static enum ga_rc note_rows(struct ga_material_book *book, struct ga_material_line *line, const struct ga_field *repeat,
                            const struct ga_field *field, struct ga_error *err)
{
    char view[140], rows[140];
    enum ga_rc rc = ga_store_view(book->session->store, line->row->of, view, err);
    if (rc == GA_OK)
        rc = ga_store_repeat_view(book->session->store, line->row->of, repeat, rows, err);
    if (rc != GA_OK)
        return rc;
    return note_all(book, line, ga_arena_printf(&book->arena, "SELECT DISTINCT r.\"_no_%s\", substr(v.\"%s\", 1, 7) AS _m FROM %s AS v"
                                                " JOIN %s AS r ON r._record = v.no WHERE _m BETWEEN ?1 AND ?2",
                                                field->name, line->row->day.text, view, rows), err);
}

enum ga_rc ga_material_by_class(struct ga_material_book *book, struct ga_material_line *line, struct ga_error *err)
{
    const struct ga_form *form = line->row->of;
    enum ga_rc rc = find_pupils(book, err);
    for (size_t i = 0; i < book->months_count; i++)
        line->has_class[i] = ga_arena_array(&book->arena, book->classes_count + 1, sizeof(bool));
    if (rc == GA_OK)
        rc = note_children(book, line, err);
    for (size_t i = 0; rc == GA_OK && i < form->all_count; i++)
        for (size_t k = 0; rc == GA_OK && k < form->all[i]->fields.count; k++)
            if (ga_str_equal(form->all[i]->fields.items[k].of.text, "child"))
                rc = note_rows(book, line, form->all[i], &form->all[i]->fields.items[k], err);
    return rc;
}
