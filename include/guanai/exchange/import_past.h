/*
 * Files that were taken in before, each taken back whole.
 *
 *   apply ──▶ one record of the form `import_file` in the same transaction ──▶ list ──▶ undo (store/undo.h)
 *
 * The record's transaction is the import; what lies in it came by that file. An archive whose forms know no
 * `import_file` imports all the same: then nothing is listed and nothing can be taken back.
 */
#ifndef GUANAI_EXCHANGE_IMPORT_PAST_H
#define GUANAI_EXCHANGE_IMPORT_PAST_H

#include "guanai/base/arena.h"
#include "guanai/exchange/import.h"
#include "guanai/store/undo.h"

struct ga_import_past {
    struct ga_uuid id;
    int64_t number;     /* 1 is the first import of this archive; what a person types */
    const char *file;   /* its name */
    const char *sheets; /* "" for a CSV */
    const char *author, *file_day; /* as the file itself says; "" */
    const char *form;   /* id of the form it was taken into */
    const char *user, *day; /* who took it in, when */
    const char *undone_on;  /* "": it stands */
    int64_t rows[GA_VERDICT_COUNT], returned;
};

/* Newest first; everything lives in `arena`. */
enum ga_rc ga_import_list_past(struct ga_store *store, struct ga_arena *arena, struct ga_import_past **ret_list,
                               size_t *ret_count, struct ga_error *err);

/* The one of this number or id (UUID or its beginning, six digits at least); GA_NOT_FOUND. */
enum ga_rc ga_import_find_past(struct ga_store *store, const char *typed, struct ga_arena *arena,
                               struct ga_import_past *ret_past, struct ga_error *err);

/* What taking it back would do; writes nothing. GA_REFUSED when it has been taken back. The caller destroys. */
enum ga_rc ga_import_plan_undo(struct ga_store *store, const struct ga_uuid *id,
                               const struct ga_check_progress *progress, struct ga_undo **ret_undo,
                               struct ga_error *err);

/* Takes the file back in one transaction. GA_REFUSED, nothing written, when anything builds on it. */
enum ga_rc ga_import_undo(struct ga_store *store, const struct ga_uuid *id, struct ga_undo *undo, struct ga_error *err);

#endif
