/* Makes the sheet of a class in a month. */
#include "guanai/care/checklist.h"

#include "guanai/care/past.h"

#include <stdio.h>
#include <string.h>

enum { CHILDREN_MAX = 1000 };

struct making {
    struct ga_checklist *list;
    struct ga_arena *arena;
    struct ga_due *dues;
    size_t dues_count;
    struct ga_roster_row *children;
    size_t children_count;
    bool is_whole; /* the class itself has a row */
};

/* Every duty with a row, in their order. */
static void find_columns(struct making *m, size_t duties)
{
    struct ga_checklist *list = m->list;
    list->columns = ga_arena_array(m->arena, duties + 1, sizeof(size_t));
    for (size_t duty = 0; duty < duties; duty++)
        for (size_t i = 0; i < m->dues_count; i++)
            if (m->dues[i].duty == duty && (m->dues[i].child != 0 || m->is_whole)) {
                list->columns[list->columns_count++] = duty;
                break;
            }
}

/* What a person who looks at the cell has to know first. */
static int weight(enum ga_due_state state)
{
    static const int weights[GA_DUE_STATE_COUNT] = {
        [GA_DUE_LATE] = 7,   [GA_DUE_OPEN] = 6,      [GA_DUE_MISSED] = 5, [GA_DUE_EXCUSED] = 4,
        [GA_DUE_COMING] = 3, [GA_DUE_DONE_LATE] = 2, [GA_DUE_DONE] = 1,
    };
    return weights[state];
}

static bool is_owed(enum ga_due_state state)
{
    return state != GA_DUE_EXCUSED && state != GA_DUE_RESTS;
}

static void add(struct ga_checklist_cell *cell, const struct ga_due *due, struct ga_date last_day)
{
    const bool may_wait = due->state == GA_DUE_OPEN && ga_date_compare(due->window.due_on, last_day) > 0;
    const int more = cell->due == NULL ? 1 : weight(due->state) - weight(cell->due->state);
    if (more > 0)
        cell->due = due;
    if (more >= 0)
        cell->may_wait = may_wait && (more > 0 || cell->may_wait);
    cell->owed += is_owed(due->state);
    cell->done += ga_due_is_done(due->state);
}

static struct ga_checklist_cell *cell_of(const struct making *m, struct ga_checklist_cell *cells, size_t duty)
{
    for (size_t i = 0; i < m->list->columns_count; i++)
        if (m->list->columns[i] == duty)
            return &cells[i];
    return NULL;
}

/* One look for each due: rows of a class are few. */
static struct ga_checklist_row *row_of(const struct making *m, struct ga_checklist_row *rows, int64_t no)
{
    for (size_t i = 0; i < m->children_count; i++)
        if (rows[i].child.no == no)
            return &rows[i];
    return NULL;
}

static bool has_any(const struct making *m, const struct ga_checklist_row *row)
{
    for (size_t i = 0; i < m->list->columns_count; i++)
        if (row->cells[i].due != NULL)
            return true;
    return false;
}

static void fill(struct making *m)
{
    struct ga_checklist *list = m->list;
    struct ga_checklist_row *rows = ga_arena_array(m->arena, m->children_count + 1, sizeof(*rows));
    list->sums = ga_arena_array(m->arena, list->columns_count + 1, sizeof(*list->sums));
    for (size_t i = 0; i < m->children_count; i++) {
        rows[i].child = m->children[i];
        rows[i].cells = ga_arena_array(m->arena, list->columns_count + 1, sizeof(*rows[i].cells));
    }
    for (size_t i = 0; i < m->dues_count; i++) {
        struct ga_checklist_row *row = row_of(m, rows, m->dues[i].child);
        if (row == NULL)
            continue;
        add(cell_of(m, row->cells, m->dues[i].duty), &m->dues[i], list->month.to);
        add(cell_of(m, list->sums, m->dues[i].duty), &m->dues[i], list->month.to);
    }
    for (size_t i = 0; i < m->children_count; i++)
        if (has_any(m, &rows[i]))
            rows[list->rows_count++] = rows[i];
    for (size_t i = 0; i < list->columns_count; i++)
        list->sums[i] = (struct ga_checklist_cell){.done = list->sums[i].done, .owed = list->sums[i].owed};
    list->rows = rows;
}

static enum ga_rc read_children(struct making *m, struct ga_care *care, const struct ga_roster_class *class_of, enum ga_lang lang,
                                struct ga_error *err)
{
    const struct ga_roster_filter filter = {
        .site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no, .with_left = true};
    if (ga_care_is_over(care, m->list->month.to))
        return ga_care_classmates(care, m->list->month.to, class_of, lang, m->arena, &m->children, &m->children_count, err);
    return ga_roster_page_at(ga_care_store(care), &filter, 0, CHILDREN_MAX, lang, m->arena, &m->children, &m->children_count, err);
}

/* Before the children, as a child without a number. */
static void add_class(struct making *m, enum ga_lang lang)
{
    struct ga_roster_row *rows = ga_arena_array(m->arena, m->children_count + 1, sizeof(*rows));
    rows[0] = (struct ga_roster_row){.name = ga_tr(lang, GA_N_("The class")), .class_shown = "", .village = ""};
    if (m->children_count > 0)
        memcpy(&rows[1], m->children, m->children_count * sizeof(*rows));
    m->children = rows;
    m->children_count++;
}

static enum ga_rc read_list(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date month, bool is_whole,
                       enum ga_lang lang, struct ga_arena *arena, struct ga_checklist *ret_checklist, struct ga_error *err)
{
    struct ga_checklist list = {.month = ga_days_of_month(month)};
    struct making m = {.list = &list, .arena = arena, .is_whole = is_whole};
    const struct ga_due_ask ask = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no,
                                   .span = list.month, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    enum ga_rc rc = ga_due_list(care, &ask, arena, &m.dues, &m.dues_count, err);
    if (rc == GA_OK)
        rc = read_children(&m, care, class_of, lang, err);
    if (rc != GA_OK)
        return rc;
    if (is_whole)
        add_class(&m, lang);
    find_columns(&m, ga_care_duties(care)->count);
    fill(&m);
    list.dues = m.dues;
    list.dues_count = m.dues_count;
    *ret_checklist = list;
    return GA_OK;
}

enum ga_rc ga_checklist_read(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date month,
                             enum ga_lang lang, struct ga_arena *arena, struct ga_checklist *ret_checklist,
                             struct ga_error *err)
{
    return read_list(care, class_of, month, false, lang, arena, ret_checklist, err);
}

enum ga_rc ga_checklist_read_whole(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date month,
                                   enum ga_lang lang, struct ga_arena *arena, struct ga_checklist *ret_checklist,
                                   struct ga_error *err)
{
    return read_list(care, class_of, month, true, lang, arena, ret_checklist, err);
}

/* Words, not signs: a font may lack those, and a sheet is read by people who were not told what they mean. */
static const char *word_of(const struct ga_checklist_cell *cell)
{
    const struct ga_due *due = cell->due;
    switch (due->state) {
    case GA_DUE_OPEN:
    case GA_DUE_LATE:
        return due->tries > 0 ? GA_N_("tried") : cell->may_wait ? GA_N_("may wait") : GA_N_("not yet");
    case GA_DUE_MISSED:
        return due->tries > 0 ? GA_N_("only tried") : GA_N_("missed");
    case GA_DUE_EXCUSED:
        return due->is_confirmed ? GA_N_("excused") : GA_N_("excused?");
    case GA_DUE_RESTS:
        return GA_N_("rests");
    default:
        return GA_N_("later");
    }
}

const char *ga_checklist_cell_text(const struct ga_checklist_cell *cell, enum ga_lang lang, char *buf)
{
    const struct ga_due *due = cell->due;
    const bool is_counted = due != NULL && due->needed > 1 && !ga_due_is_done(due->state);
    if (due == NULL)
        *buf = '\0';
    else if (cell->owed > 1 || is_counted)
        snprintf(buf, GA_CHECKLIST_CELL_SIZE, "%d/%d", is_counted ? due->done : cell->done,
                 is_counted ? due->needed : cell->owed);
    else if (ga_due_is_done(due->state))
        snprintf(buf, GA_CHECKLIST_CELL_SIZE, "%02d-%02d%s", due->done_on.month, due->done_on.day,
                 due->state == GA_DUE_DONE_LATE ? ga_tr(lang, GA_N_(" late")) : "");
    else
        ga_str_copy(buf, GA_CHECKLIST_CELL_SIZE, ga_tr(lang, word_of(cell)));
    return buf;
}
