/*
 * What stands in the way of taking an import back, as a clerk looks at it.
 *
 *   findings of the undo ──▶ those that later imports wrote: these go back first
 *                        ──▶ those that people wrote: one line a record
 */
#ifndef GUANAI_EXCHANGE_IMPORT_BARS_H
#define GUANAI_EXCHANGE_IMPORT_BARS_H

#include "guanai/exchange/import_past.h"

struct ga_import_bar {
    const struct ga_undo_finding *finding;  /* of the undo */
    const struct ga_import_past *by_import; /* NULL: a person wrote it */
};

struct ga_import_bars {
    struct ga_import_bar *all; /* every finding */
    size_t all_count;
    const struct ga_undo_finding **records; /* the first that people wrote of each record, in order of arrival */
    size_t records_count;
    const struct ga_import_past **imports; /* the newest first: in this order they can be taken back */
    size_t imports_count;
};

/* Everything lives in `arena`, the findings in `undo`. */
enum ga_rc ga_import_sort_bars(struct ga_store *store, const struct ga_undo *undo, struct ga_arena *arena,
                               struct ga_import_bars *ret_bars, struct ga_error *err);

/* What a finding is about, in words; texts are never NULL. */
struct ga_import_bar_words {
    const char *name, *class_shown; /* of the child; name is "" for a record of no child */
    struct ga_uuid child;           /* zero: of no child */
    const char *form;               /* title of the record it is about */
    const char *what;               /* "'Village' was changed", "has a record 'Talk'" */
    const char *user, *day;
};
void ga_import_tell_bar(struct ga_store *store, const struct ga_undo_finding *finding, enum ga_lang lang,
                        struct ga_arena *arena, struct ga_import_bar_words *ret_words);

/* "彭英俊 三年级(2)班 学生信息：“父亲电话”改过，周老师 2026-11-21"; in `arena`. */
const char *ga_import_say_bar(struct ga_store *store, const struct ga_undo_finding *finding, enum ga_lang lang,
                              struct ga_arena *arena);

/* "2026-11-23 的家访记录导入（visits.csv，1204 行）"; in `arena`. */
const char *ga_import_say_past(struct ga_store *store, const struct ga_import_past *past, enum ga_lang lang,
                               struct ga_arena *arena);

/* Rows that an import wrote into the archive. */
int64_t ga_import_rows_written(const struct ga_import_past *past);

#endif
