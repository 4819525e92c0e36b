/* Holds a class's month – checklist, what is to be signed, class sheet – against what is owed and the records. */
#include "year_look.h"

#include "guanai/app/batch_sheet.h"
#include "guanai/app/class_print.h"
#include "guanai/app/sign.h"
#include "guanai/care/checklist.h"
#include "guanai/store/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *name_of(const struct year_look *look, size_t duty)
{
    return ga_care_duties(look->care)->items[duty]->name;
}

static struct ga_checklist_cell *cell_of(const struct ga_checklist *list, const struct ga_due *due)
{
    for (size_t r = 0; r < list->rows_count; r++)
        for (size_t c = 0; list->rows[r].child.no == due->child && c < list->columns_count; c++)
            if (list->columns[c] == due->duty)
                return &list->rows[r].cells[c];
    return NULL;
}

/* The words of a cell are those of the due it shows. */
static void words_agree(const struct year_look *look, const struct ga_checklist_cell *cell)
{
    char text[GA_CHECKLIST_CELL_SIZE], day[GA_DATE_SIZE];
    const struct ga_due *due = cell->due;
    ga_checklist_cell_text(cell, GA_EN, text);
    if (cell->owed > 1 || (due->needed > 1 && !ga_due_is_done(due->state)))
        return;
    const bool is_open = strcmp(text, "not yet") == 0 || strcmp(text, "tried") == 0 || strcmp(text, "may wait") == 0;
    const bool is_day = strncmp(text, ga_date_iso(due->done_on, day) + 5, 5) == 0;
    if (year_is_open(due) != is_open || ga_due_is_done(due->state) != (due->done_on.year != 0 && is_day))
        YEAR_FAIL(look, "a cell says %s of what is %s", text, ga_due_codes[due->state]);
}

static void rows_agree(const struct year_look *look, const struct ga_checklist *list)
{
    for (size_t r = 0; r < list->rows_count; r++) {
        bool has_any = false;
        for (size_t k = r + 1; k < list->rows_count; k++)
            if (list->rows[k].child.no == list->rows[r].child.no)
                YEAR_FAIL(look, "a child stands twice on the checklist: %s", list->rows[r].child.name);
        for (size_t c = 0; c < list->columns_count; c++) {
            const struct ga_checklist_cell *cell = &list->rows[r].cells[c];
            has_any |= cell->due != NULL;
            if (cell->due != NULL)
                words_agree(look, cell);
            if (cell->done + cell->owed != 0)
                YEAR_FAIL(look, "%s of %s: %d done and %d owed more on the checklist than in the list", name_of(look, list->columns[c]),
                          list->rows[r].child.name, cell->done, cell->owed);
        }
        if (!has_any)
            YEAR_FAIL(look, "%s stands on the checklist with nothing", list->rows[r].child.name);
    }
    for (size_t c = 0; c < list->columns_count; c++)
        if (list->sums[c].done + list->sums[c].owed != 0)
            YEAR_FAIL(look, "the sum of %s is off by %d/%d", name_of(look, list->columns[c]), list->sums[c].done, list->sums[c].owed);
}

/* Every due of the class in the month is taken out of its cell: nothing may be left in it. */
static void checklist_agrees(const struct year_look *look, const struct ga_roster_class *class, struct ga_date month)
{
    struct ga_arena arena = {0};
    struct ga_checklist list;
    YEAR_HOLD(look, ga_checklist_read(look->care, class, month, GA_EN, &arena, &list, &err));
    for (size_t i = 0; i < look->all_count; i++) {
        const struct ga_due *due = &look->all[i];
        if (due->child == 0 || !year_is_of_class(look, i, class->site, class->grade, class->class_no) ||
            !year_is_in(look, due, ga_days_of_month(month)))
            continue;
        struct ga_checklist_cell *cell = cell_of(&list, due);
        const bool is_owed = due->state != GA_DUE_EXCUSED && due->state != GA_DUE_RESTS;
        if (cell == NULL || cell->due == NULL || (year_is_open(due) && !year_is_open(cell->due)))
            YEAR_FAIL(look, "%s of child %lld in %s is %s; its cell shows %s", name_of(look, due->duty), (long long)due->child,
                      due->window.label, ga_due_codes[due->state], cell == NULL || cell->due == NULL ? "nothing" :
                      ga_due_codes[cell->due->state]);
        for (size_t c = 0; c < list.columns_count; c++)
            if (list.columns[c] == due->duty) {
                list.sums[c].owed -= is_owed;
                list.sums[c].done -= ga_due_is_done(due->state);
            }
        cell->owed -= is_owed;
        cell->done -= ga_due_is_done(due->state);
    }
    rows_agree(look, &list);
    ga_arena_finish(&arena);
}

/* What is to be signed is the list's; the reasons that wait for it are the counts' unconfirmed ones. */
static void month_agrees(const struct year_look *look, const struct ga_roster_class *class, struct ga_date day)
{
    struct ga_arena arena = {0};
    struct ga_month month;
    const struct ga_days days = ga_days_of_month(day);
    int64_t done = 0, open = 0, unconfirmed = 0;
    YEAR_HOLD(look, ga_month_read(look->session, class, day, GA_EN, &arena, &month, &err));
    for (size_t i = 0; i < look->all_count; i++) {
        const struct ga_due *due = &look->all[i];
        if (!year_is_of_class(look, i, class->site, class->grade, class->class_no) || !year_is_in(look, due, days))
            continue;
        done += ga_due_is_done(due->state);
        open += ga_date_compare(due->window.due_on, days.to) <= 0 && (year_is_open(due) || due->state == GA_DUE_MISSED);
        unconfirmed += due->state == GA_DUE_EXCUSED && !due->is_confirmed;
    }
    if (month.done != done || month.open != open || (int64_t)month.excuses_count != unconfirmed)
        YEAR_FAIL(look, "%s to be signed: done %d open %d reasons %d, by the list %d %d %d", class->shown, (int)month.done,
                  (int)month.open, (int)month.excuses_count, (int)done, (int)open, (int)unconfirmed);
    ga_arena_finish(&arena);
}

void year_checklists_agree(const struct year_look *look, struct ga_date month)
{
    for (size_t i = 0; i < look->classes_count; i++) {
        checklist_agrees(look, &look->classes[i], month);
        month_agrees(look, &look->classes[i], month);
    }
}

/* The children's records of the month by plain SQL. */
static void part_agrees(const struct year_look *look, const struct ga_batch *part)
{
    char sql[400];
    const struct ga_days month = ga_days_of_month(look->today);
    const bool is_care = strcmp(part->form->name, "living_care") == 0; /* others stand on a list in it */
    year_need_view(look, part->form->name, is_care ? "also" : part->children == NULL ? NULL : part->children->name);
    if (is_care)
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM v_living_care WHERE cared_on BETWEEN ?2 AND ?3 AND (_child = ?1 OR no IN"
                 " (SELECT _record FROM v_living_care__also WHERE _no_child = ?1))");
    else if (part->children == NULL)
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM v_%s WHERE _child = ?1 AND %s BETWEEN ?2 AND ?3", part->form->name,
                 part->day->name);
    else
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM v_%s v WHERE %s BETWEEN ?2 AND ?3 AND EXISTS (SELECT 1 FROM v_%s__%s r"
                 " WHERE r._record = v.no AND r._no_%s = ?1)", part->form->name, part->day->name, part->form->name,
                 part->children->name, part->child_field->name);
    for (size_t i = 0; i < part->rows.len; i++) {
        const struct ga_batch_row *row = ga_batch_row(part, i);
        const int64_t count = year_ask(look, sql, row->no, GA_DATE_ISO(month.from), GA_DATE_ISO(month.to));
        const size_t told = row->told == NULL ? 0 : row->told->count;
        if ((size_t)count != told)
            YEAR_FAIL(look, "the class sheet tells %zu %s of %s, there are %lld", told, part->form->name, row->name, (long long)count);
    }
}

/* The last lines of the print: "Talk 11/24  Call 3/24 …", of the class itself "Parents' meeting 09-04". */
static void print_agrees(const struct year_look *look, struct ga_batch_sheet *sheet, const struct ga_roster_class *class)
{
    struct ga_arena arena = {0};
    struct ga_checklist list;
    struct ga_str text = {0};
    char path[200], foot[200], cell[GA_CHECKLIST_CELL_SIZE];
    snprintf(path, sizeof(path), "%s/sheet.txt", look->year->school.folder);
    YEAR_HOLD(look, ga_class_sheet_print(sheet, path, &err));
    YEAR_HOLD(look, ga_io_read_file(ga_io_system(), path, 1 << 20, &text, &err));
    YEAR_HOLD(look, ga_checklist_read_whole(look->care, class, look->today, GA_ZH, &arena, &list, &err));
    for (size_t c = 0; c < list.columns_count; c++) {
        const struct ga_checklist_cell *own = list.rows[0].child.no == 0 ? &list.rows[0].cells[c] : NULL;
        const char *title = ga_care_duties(look->care)->items[list.columns[c]]->title.zh;
        if (own != NULL && own->due != NULL)
            snprintf(foot, sizeof(foot), "%s %s", title, ga_checklist_cell_text(own, GA_ZH, cell));
        else
            snprintf(foot, sizeof(foot), "%s %d/%d", title, list.sums[c].done, list.sums[c].owed);
        if (strstr(ga_str_text(&text), foot) == NULL)
            YEAR_FAIL(look, "the printed class sheet does not end with %s:\n%s", foot, ga_str_text(&text));
    }
    unlink(path);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
}

void year_sheets_agree(const struct year_look *look)
{
    struct ga_batch_sheet *sheet;
    struct ga_roster_class *class = &look->classes[(size_t)ga_date_to_days(look->today) % look->classes_count];
    const struct ga_whom whom = {.class = class};
    if (class->children == 0)
        return;
    YEAR_HOLD(look, ga_batch_sheet_create(look->session, "class_month", &sheet, &err));
    YEAR_HOLD(look, ga_batch_sheet_take(sheet, &whom, &err));
    YEAR_HOLD(look, ga_batch_sheet_tell(sheet, &err));
    if ((int64_t)ga_batch_sheet_rows(sheet) != class->children)
        YEAR_FAIL(look, "the class sheet has %zu rows, the class %lld children", ga_batch_sheet_rows(sheet), (long long)class->children);
    for (size_t i = 0; i < sheet->parts_count; i++)
        part_agrees(look, sheet->parts[i]);
    print_agrees(look, sheet, class);
    ga_batch_sheet_destroy(sheet);
}
