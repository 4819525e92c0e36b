/* Tells who has which class on a day. */
#include "guanai/app/class_teachers.h"

#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/graded.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"

#include <string.h>

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(arena, text);
}

static struct ga_date day_at(struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    struct ga_date day;
    return text != NULL && ga_date_from_iso(text, &day) && ga_date_is_day(day) ? day : (struct ga_date){0};
}

static enum ga_rc read_all(struct ga_session *session, const struct ga_form *form, struct ga_arena *arena, struct ga_vec *list,
                           struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = ga_store_view(session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(session->store),
                             "SELECT site, class, teacher, from_on, until_on FROM v_" GA_CLASS_TEACHER_FORM
                             " WHERE class IS NOT NULL AND teacher IS NOT NULL AND from_on IS NOT NULL ORDER BY from_on, id",
                             &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_class_teaching *teaching = ga_vec_push(list);
        *teaching = (struct ga_class_teaching){.site = text_at(stmt, 0, arena), .class_text = text_at(stmt, 1, arena),
                                               .teacher = text_at(stmt, 2, arena), .from = day_at(stmt, 3), .until = day_at(stmt, 4)};
    }
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_class_teachings_read(struct ga_session *session, struct ga_arena *arena, struct ga_class_teaching **ret_teachings,
                                   size_t *ret_count, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, GA_CLASS_TEACHER_FORM, NULL);
    struct ga_vec list;
    ga_vec_init(&list, sizeof(struct ga_class_teaching));
    const enum ga_rc rc = form == NULL ? GA_OK : read_all(session, form, arena, &list, err);
    if (rc == GA_OK) {
        *ret_teachings = ga_arena_array(arena, list.len + 1, sizeof(**ret_teachings));
        *ret_count = list.len;
        if (list.len > 0)
            memcpy(*ret_teachings, list.items, list.len * sizeof(**ret_teachings));
    }
    ga_vec_finish(&list);
    return rc;
}

bool ga_class_then_is(const struct ga_class_then *class_of, const char *site, const char *class_text, struct ga_date day)
{
    struct ga_class_name name = {0};
    const int then = ga_class_name_school_year(day);
    if ((site[0] != '\0' && strcmp(site, class_of->site) != 0) ||
        ga_class_name_parse(class_text, then, &name, NULL, NULL) != GA_OK || strcmp(name.number, class_of->class_no) != 0)
        return false;
    return ga_class_name_goes_on(name.grade, then, class_of->grade, class_of->school_year);
}

static bool is_meant(const struct ga_class_teaching *teaching, const struct ga_class_then *class_of)
{
    return ga_class_then_is(class_of, teaching->site, teaching->class_text, teaching->from);
}

const struct ga_class_teaching *ga_class_teaching_on(const struct ga_class_teaching *teachings, size_t count,
                                                     const struct ga_class_then *class_of, struct ga_date day)
{
    const struct ga_class_teaching *newest = NULL;
    for (size_t i = 0; i < count && ga_date_compare(teachings[i].from, day) <= 0; i++)
        if ((teachings[i].until.year == 0 || ga_date_compare(teachings[i].until, day) >= 0) && is_meant(&teachings[i], class_of))
            newest = &teachings[i];
    return newest;
}

const struct ga_class_teaching *ga_class_teaching_after(const struct ga_class_teaching *teachings, size_t count,
                                                        const struct ga_class_then *class_of, struct ga_date day)
{
    for (size_t i = 0; i < count; i++)
        if (ga_date_compare(teachings[i].from, day) > 0 && is_meant(&teachings[i], class_of))
            return &teachings[i];
    return NULL;
}

struct ga_class_then ga_class_then_of_plan(const struct ga_year_plan *plan, const struct ga_year_class *class_of)
{
    size_t going = 0;
    for (size_t fate = 0; fate < GA_YEAR_FATES; fate++)
        going += fate != GA_YEAR_PLACED && fate != GA_YEAR_UNKNOWN ? class_of->counts[fate] : 0;
    const bool is_there = ga_graded_is_class(class_of->counts[GA_YEAR_PLACED], going);
    return (struct ga_class_then){class_of->site, class_of->grade, class_of->class_no, plan->school_year - !is_there};
}
