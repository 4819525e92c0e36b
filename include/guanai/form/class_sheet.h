/* Class sheets: the files of forms/sheets as structs. */
#ifndef GUANAI_FORM_CLASS_SHEET_H
#define GUANAI_FORM_CLASS_SHEET_H

#include "guanai/form/forms.h"

/*
 * A sheet is several forms side by side, a row a child; what is typed under one of them becomes a record of that form.
 *
 *   file ──▶ ga_class_sheet ──▶ part: form, its columns at first, columns that may be chosen
 *
 * A form is `of: child`, or has a repeat whose rows name children: then rows that say the same are one record.
 * The first column of a part is its day: what a month already has is told there.
 */
enum { GA_CLASS_SHEETS_MAX = 20, GA_CLASS_SHEET_PARTS_MAX = 12, GA_CLASS_SHEET_FIELDS_MAX = 40 };

struct ga_class_sheet_part {
    struct ga_yaml_text form;
    GA_YAML_LIST(struct ga_yaml_text) fields; /* in the sheet at first; the first is a date */
    GA_YAML_LIST(struct ga_yaml_text) more;   /* may be chosen as well */
    struct ga_yaml_at at;
    const struct ga_form *of; /* set by reading; NULL: not installed, the part is left out (a note of forms check) */
};

struct ga_class_sheet {
    const char *name; /* id, for ever: what is remembered for each user is found by it */
    int64_t order;
    struct ga_label title;
    GA_YAML_LIST(struct ga_class_sheet_part) forms;
    struct ga_yaml_at at;
    const char *file;
    size_t layer; /* of the folder it was read from (base/folders.h) */
};

/* A set in its order; everything lives in the arena. */
struct ga_class_sheets {
    struct ga_arena arena;
    const struct ga_class_sheet *items[GA_CLASS_SHEETS_MAX];
    size_t count;
    size_t layer; /* of what is being read: of two of one name the upper folder's is meant */
};

#define GA_CLASS_SHEETS_FOLDER "sheets"

void ga_class_sheets_init(struct ga_class_sheets *set);
void ga_class_sheets_finish(struct ga_class_sheets *set);

/*
 * Reads one file and checks it against `forms`: keys, fields, that the first column is a date, that whatever must be
 * filled in can be. Findings go to problems with their places. GA_REFUSED: it has faults, the set is as it was.
 */
enum ga_rc ga_class_sheets_read_text(struct ga_class_sheets *set, struct ga_forms *forms, const char *file,
                                     const char *text, size_t len, struct ga_problems *problems);

/* Every file of the folders' sheets; those with faults are left out. GA_REFUSED: some have. */
enum ga_rc ga_class_sheets_read_folders(struct ga_class_sheets *set, struct ga_forms *forms, const struct ga_io_ops *io,
                                        const struct ga_folders *folders, struct ga_problems *problems);

const struct ga_class_sheet *ga_class_sheets_find(const struct ga_class_sheets *set, const char *name); /* NULL: none */

#endif
