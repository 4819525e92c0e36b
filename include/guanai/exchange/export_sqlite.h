/* All records leave as one plain SQLite file. */
#ifndef GUANAI_EXCHANGE_EXPORT_SQLITE_H
#define GUANAI_EXCHANGE_EXPORT_SQLITE_H

#include "guanai/exchange/export.h"

/*
 * For any SQLite tool, or for pgloader into PostgreSQL. Ordinary tables, not STRICT, so that older
 * tools read them too:
 *
 *   <form>            id, child (forms of a child), every field with a column, not_answered (JSON),
 *                     entered_by, entered_on. Codes, 0/1, ISO dates, money in fen; ids are UUID texts.
 *                     Declared TEXT, INTEGER, DOUBLE, BOOLEAN, and DATE where every row holds a day or nothing:
 *                     SQLite reads them as ever, pgloader makes types of the same names of them
 *   <form>__<repeat>  id, record_id, position, its fields
 *   _forms            name, title_zh, title_en, version, of
 *   _fields           form (or form__repeat), field, position, type, list, label_zh, label_en
 *   _choices          list, code, position, label_zh, label_en
 *   a view a form     named by the form's title: headings are labels, choices are words, money in yuan,
 *                     name, grade, class, card number of the child in front
 *
 * Restricted fields are nowhere in it; no log, no drafts, no search keys, no signatures.
 */
struct ga_sqlite_options {
    const char *path;
    bool may_replace;  /* else GA_REFUSED when there is a file already */
    enum ga_lang lang; /* of the views */
};

/*
 * Written as path.part (0600), synced, renamed: the file is there whole or not at all. GA_CANCELLED when
 * progress says stop. ret_records (nullable): of all forms together.
 */
enum ga_rc ga_export_sqlite(const struct ga_import_tools *tools, const struct ga_sqlite_options *options,
                            const struct ga_progress *progress, int64_t *ret_records, struct ga_error *err);

#endif
