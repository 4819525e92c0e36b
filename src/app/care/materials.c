/* Reads what is there and what is missing of a term's papers. */
#include "guanai/app/materials.h"

#include "care/material_inner.h"
#include "guanai/app/appraisal.h"
#include "guanai/app/whom.h"
#include "guanai/base/num.h"

#include <stdio.h>
#include <string.h>

static enum ga_rc read_set(struct ga_material_book *book, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_session *session = book->session;
    struct ga_problems unsaid;
    ga_problems_init(&unsaid);
    ga_materials_read_folders(&book->set, session->forms, session->options->io, &session->forms_folders,
                              problems != NULL ? problems : &unsaid);
    ga_problems_finish(&unsaid);
    if (book->set.item == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "nothing says which papers an inspection asks for: forms/materials is empty or has faults");
    return GA_OK;
}

/* The months the term touches; the last column is the term up to today. */
static void find_columns(struct ga_material_book *book)
{
    struct ga_date month = book->days.from, last = book->days.to;
    const struct ga_date today = book->session->today;
    month.day = 1;
    for (; ga_date_compare(month, book->days.to) <= 0 && book->months_count < GA_MATERIAL_MONTHS_MAX; month = ga_date_add_months(month, 1))
        book->columns[book->months_count++].days = ga_days_of_month(month);
    if (ga_date_compare(today, last) < 0)
        last = today;
    book->columns[book->months_count].days = (struct ga_days){book->days.from, last};
}

static struct ga_material_line *add_line(struct ga_material_book *book, const struct ga_material *row, int duty, const char *title)
{
    struct ga_material_line *line = &book->lines[book->lines_count++];
    *line = (struct ga_material_line){.row = row, .duty = duty, .title = title};
    return line;
}

/* Those of which somebody owed something in the term. */
static void add_duties(struct ga_material_book *book, const struct ga_material *row)
{
    const struct ga_duties *duties = ga_care_duties(book->care);
    const struct ga_material_column *term = &book->columns[book->months_count];
    bool is_owed[GA_DUTIES_MAX] = {0};
    for (size_t i = 0; i < term->tallies_count; i++)
        is_owed[term->tallies[i].duty] = true;
    for (size_t d = 0; d < duties->count; d++)
        if (is_owed[d])
            add_line(book, row, (int)d, ga_label_text(&duties->items[d]->title, book->lang));
}

static void add_lines(struct ga_material_book *book)
{
    book->lines = ga_arena_array(&book->arena, GA_MATERIAL_LINES_MAX + 1, sizeof(*book->lines));
    for (size_t i = 0; i < book->set.item->rows.count; i++) {
        const struct ga_material *row = &book->set.item->rows.items[i];
        const struct ga_label *title = row->title.zh != NULL || row->of == NULL ? &row->title : &row->of->title;
        if (row->is_duties)
            add_duties(book, row);
        else if (row->is_signatures || row->of != NULL)
            add_line(book, row, -1, row->is_signatures && title->zh == NULL ? ga_tr(book->lang, GA_N_("Checklists signed"))
                                                                            : ga_label_text(title, book->lang));
    }
}

enum ga_rc ga_material_book_read(struct ga_session *session, const char *term, enum ga_lang lang, struct ga_problems *problems,
                                 struct ga_material_book *ret_book, struct ga_error *err)
{
    struct ga_material_book *book = ret_book;
    *book = (struct ga_material_book){.session = session, .lang = lang};
    ga_materials_init(&book->set);
    enum ga_rc rc = ga_appraisal_term(session, term, book->term, &book->days, err);
    if (rc == GA_OK)
        rc = read_set(book, problems, err);
    if (rc == GA_OK)
        rc = ga_session_care(session, problems, &book->care, err);
    if (rc == GA_OK)
        rc = ga_whom_classes_in(session, book->days.to, lang, &book->arena, &book->classes, &book->classes_count, err);
    if (rc == GA_OK) {
        find_columns(book);
        rc = ga_material_tally(book, err);
    }
    if (rc == GA_OK) {
        book->title = ga_arena_printf(&book->arena, "%s %s", ga_label_text(&book->set.item->title, lang),
                                      ga_window_text(ga_care_calendar(book->care), book->term, lang, &book->arena));
        add_lines(book);
        rc = ga_material_count(book, err);
    }
    if (rc != GA_OK)
        ga_material_book_finish(book);
    return rc;
}

void ga_material_book_finish(struct ga_material_book *book)
{
    ga_materials_finish(&book->set);
    ga_arena_finish(&book->arena);
    *book = (struct ga_material_book){0};
}

const char *ga_material_column_text(struct ga_material_book *book, size_t column)
{
    char label[GA_WINDOW_LABEL_SIZE];
    const struct ga_date from = book->columns[column].days.from;
    if (column == book->months_count)
        return ga_tr(book->lang, GA_N_("The term"));
    snprintf(label, sizeof(label), "%04d-%02d", from.year, from.month);
    return ga_window_text(ga_care_calendar(book->care), label, book->lang, &book->arena);
}

/* A township's "850/1316 !" would be cut by a column. */
static void put_counts(const struct ga_material_cell *cell, char *buf)
{
    enum { WITH_BLANK_MAX = 7 };
    const int len = snprintf(buf, GA_MATERIAL_CELL_SIZE, "%lld/%lld", (long long)cell->there, (long long)cell->owed);
    if (cell->is_missing)
        snprintf(buf + len, (size_t)(GA_MATERIAL_CELL_SIZE - len), "%s", len > WITH_BLANK_MAX ? "!" : " !");
}

const char *ga_material_cell_text(const struct ga_material_cell *cell, enum ga_lang lang, char *buf)
{
    struct ga_message message;
    buf[0] = '\0';
    if (cell->is_ahead || (cell->owed == 0 && cell->there == 0))
        return buf;
    if (cell->owed > 0 && cell->there == 0) {
        ga_message_set(&message, GA_N_("none/%1"), GA_NUM(cell->owed));
        return ga_message_text(&message, lang, buf, GA_MATERIAL_CELL_SIZE);
    }
    if (cell->owed > 0)
        put_counts(cell, buf);
    else if (cell->there > 0)
        snprintf(buf, GA_MATERIAL_CELL_SIZE, "%lld%s", (long long)cell->there, cell->is_missing ? " !" : "");
    else
        snprintf(buf, GA_MATERIAL_CELL_SIZE, "%s", cell->is_missing ? ga_tr(lang, GA_N_("none")) : "–");
    return buf;
}
