/* The papers for an inspection: what is there by month of a term, what is missing. */
#ifndef GUANAI_APP_MATERIALS_H
#define GUANAI_APP_MATERIALS_H

#include "guanai/app/care.h"
#include "guanai/form/materials.h"

/*
 *   forms/materials ──▶ lines × (months of the term, the term) ──▶ cell ──▶ gaps by class, records behind it
 *
 * Duties are counted by ga_due_tallies() of the month, as the checklists count them: a window longer than a month stands
 * in every month it touches; the term has each once. Records are counted by their own date. A month that has not begun is
 * empty; one with less than a week of lessons lacks nothing.
 */
enum { GA_MATERIAL_MONTHS_MAX = 8, GA_MATERIAL_LINES_MAX = GA_DUTIES_MAX + GA_MATERIALS_MAX };

struct ga_material_cell {
    int64_t there; /* records; done; classes signed */
    int64_t owed;  /* −1: nobody owes so many, it is a bare count */
    bool is_missing, is_ahead;
};

struct ga_material_line {
    const struct ga_material *row;
    int duty; /* by its place in ga_care_duties(); −1: none */
    const char *title;
    struct ga_material_cell cells[GA_MATERIAL_MONTHS_MAX + 1]; /* months_count, behind them the term */
    bool *has_class[GA_MATERIAL_MONTHS_MAX]; /* by class: has it a record in the month; NULL: not asked by class */
};

struct ga_material_pupil;

/* What a class (NULL: the school, a site) lacks in a cell. */
struct ga_material_gap {
    const struct ga_roster_class *class_of;
    const char *shown;
    int64_t there, owed;
};

struct ga_material_column {
    struct ga_days days; /* of the month; of the term up to today */
    struct ga_due_tally *tallies;
    size_t tallies_count;
    bool *is_signed; /* by class */
};

struct ga_material_book {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_materials_set set;
    struct ga_arena arena;
    enum ga_lang lang;
    char term[16];
    struct ga_days days; /* of the term */
    const char *title;   /* 迎检资料 2026年秋季学期 */
    size_t months_count;
    struct ga_material_column columns[GA_MATERIAL_MONTHS_MAX + 1];
    struct ga_roster_class *classes;
    size_t classes_count;
    struct ga_material_pupil *pupils; /* material_class.c, by number; NULL: not asked for yet */
    size_t pupils_count;
    struct ga_material_line *lines;
    size_t lines_count;
};

/* `term` as ga_appraisal_term() reads it. GA_NOT_FOUND: no file of materials; findings go to `problems` (nullable). */
enum ga_rc ga_material_book_read(struct ga_session *session, const char *term, enum ga_lang lang, struct ga_problems *problems,
                                 struct ga_material_book *ret_book, struct ga_error *err);
void ga_material_book_finish(struct ga_material_book *book);

/* "9月"; of the last column "全学期". In the book's arena. */
const char *ga_material_column_text(struct ga_material_book *book, size_t column);

/* "11/24 !", "850/1316!", "缺 24", "24/24", "3", "3 !", "缺", "–"; "" of a month ahead. Long ones have no blank: 9 columns up to there. */
enum { GA_MATERIAL_CELL_SIZE = 48 };
const char *ga_material_cell_text(const struct ga_material_cell *cell, enum ga_lang lang, char *buf);

/* From which classes it is missing, in roster order; a line that is not of classes lacks it from the school.
 * Of papers that each class must have every month, the term counts months. */
enum ga_rc ga_material_gaps(struct ga_material_book *book, size_t line, size_t column, struct ga_arena *arena,
                            struct ga_material_gap **ret_gaps, size_t *ret_count, struct ga_error *err);

/* Of papers that each class must have: how many classes lack them there. 0: none, or it is not asked by class. */
size_t ga_material_classes_without(const struct ga_material_book *book, const struct ga_material_line *line, size_t column);

/* What is owed once a term or a year is missing from the term, not from each of its months: for lists of what is missing. */
bool ga_material_is_listed(const struct ga_material_book *book, size_t line, size_t column);

/* The records behind a cell, each once, the oldest first. */
enum ga_rc ga_material_records(struct ga_material_book *book, size_t line, size_t column, struct ga_arena *arena,
                               struct ga_uuid **ret_ids, size_t *ret_count, struct ga_error *err);

/*
 * One file (print.h): the table, what is missing from which class, the activities of the term with who was there and the
 * share, the records of each month. Those of duties stand there by their forms, once.
 */
enum ga_rc ga_material_print(struct ga_material_book *book, const char *path, struct ga_error *err);

/* The activities alone. */
enum ga_rc ga_activities_print(struct ga_material_book *book, const char *path, struct ga_error *err);

#endif
