/* Reads what the looks at a day compare with. */
#include "year_look.h"

#include "guanai/app/figures.h"
#include "guanai/base/num.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void year_tell_day(const struct year_look *look)
{
    print_error("on %s, after %lld records\n", GA_DATE_ISO(look->today), (long long)look->year->saved);
}

void year_hold(const struct year_look *look, enum ga_rc rc, const struct ga_error *err)
{
    struct ga_str text = {0};
    if (rc == GA_OK)
        return;
    ga_error_text(err, GA_EN, &text);
    YEAR_FAIL(look, "%s", ga_str_text(&text));
}

void year_look_start(struct year_look *look, struct year_school *year)
{
    const struct ga_due_ask every = {.span = {{2025, 1, 1}, {2029, 1, 1}}, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    *look = (struct year_look){.year = year, .session = year->school.session, .today = year->today};
    YEAR_HOLD(look, ga_session_care(look->session, NULL, &look->care, &err));
    YEAR_HOLD(look, ga_due_list(look->care, &every, &look->arena, &look->all, &look->all_count, &err));
    look->of = ga_arena_array(&look->arena, look->all_count + 1, sizeof(*look->of));
    for (size_t i = 0; i < look->all_count; i++)
        ga_due_class_of(&look->all[i], &look->arena, &look->of[i]);
    YEAR_HOLD(look, ga_store_classes(look->session->store, GA_ZH, &look->arena, &look->classes, &look->classes_count, &err));
}

void year_look_finish(struct year_look *look)
{
    ga_arena_finish(&look->arena);
}

static bool is_asked(const char *wanted, const char *is)
{
    return wanted == NULL || strcmp(wanted, is) == 0;
}

bool year_is_of_class(const struct year_look *look, size_t due, const char *site, const char *grade, const char *class_no)
{
    const struct ga_roster_class *of = &look->of[due];
    return is_asked(site, of->site) && is_asked(grade, of->grade) && is_asked(class_no, of->class_no);
}

static bool overlaps(struct ga_date from, struct ga_date to, struct ga_days span)
{
    return ga_date_compare(from, span.to) <= 0 && ga_date_compare(to, span.from) >= 0;
}

/* Its window by the calendar alone. */
static bool window_is_in(const struct year_look *look, const struct ga_due *due, struct ga_days span)
{
    const struct ga_days wide = {ga_date_add_days(span.from, -400), ga_date_add_days(span.to, 400)};
    struct ga_arena arena = {0};
    struct ga_window *windows;
    bool is_in = false;
    const size_t count = ga_windows(ga_care_calendar(look->care), &ga_care_duties(look->care)->items[due->duty]->cadence, wide, &arena,
                                    &windows);
    for (size_t i = 0; i < count; i++)
        is_in |= strcmp(windows[i].label, due->window.label) == 0 && overlaps(windows[i].opens, windows[i].due_on, span);
    ga_arena_finish(&arena);
    return is_in;
}

bool year_is_in(const struct year_look *look, const struct ga_due *due, struct ga_days span)
{
    if (due->window.label[0] == '\0') { /* one that may still be done lies in every span up to its end */
        const struct ga_date last = ga_due_is_done(due->state) ? due->done_on : due->window.ends;
        return overlaps(due->window.opens, ga_date_compare(last, due->window.due_on) > 0 ? last : due->window.due_on, span);
    }
    return overlaps(due->window.opens, due->window.due_on, span) || (due->outcome != 0 && window_is_in(look, due, span));
}

void year_need_view(const struct year_look *look, const char *form, const char *repeat)
{
    const struct ga_form *of = ga_forms_get(look->session->forms, form, NULL);
    assert_non_null(of);
    YEAR_HOLD(look, ga_store_view(look->session->store, of, NULL, &err));
    if (repeat != NULL)
        YEAR_HOLD(look, ga_store_repeat_view(look->session->store, of, ga_form_field(of, repeat), NULL, &err));
}

int64_t year_ask(const struct year_look *look, const char *sql, int64_t no, const char *a, const char *b)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    YEAR_HOLD(look, ga_stmt_prepare(ga_store_db(look->session->store), sql, &stmt, &err));
    ga_stmt_bind_int(stmt, 1, no);
    if (a != NULL)
        ga_stmt_bind_text(stmt, 2, a);
    if (b != NULL)
        ga_stmt_bind_text(stmt, 3, b);
    YEAR_HOLD(look, ga_stmt_step(stmt, &has_row, &err));
    const int64_t answer = has_row ? ga_stmt_column_int(stmt, 0) : 0;
    ga_stmt_destroy(stmt);
    return answer;
}

void year_anew_agrees(const struct year_look *look)
{
    int64_t differences = -1;
    YEAR_HOLD(look, ga_care_check(look->care, &differences, &err));
    if (differences != 0)
        YEAR_FAIL(look, "%d rows differ when counted anew", (int)differences);
}
