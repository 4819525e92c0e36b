/* Half-filled records of many children, kept as one draft. */
#ifndef GUANAI_STORE_DRAFT_SHEET_H
#define GUANAI_STORE_DRAFT_SHEET_H

#include "guanai/store/draft.h"

enum { GA_DRAFT_SHEET_ROWS_MAX = 1000 };

/* New records of one form. Saved whole, in one write, at every cell exit. */
struct ga_draft_sheet {
    int64_t no; /* 0: not saved yet */
    const struct ga_form *form;
    struct ga_uuid id;     /* its own, so that several of one form stand side by side */
    const char *title;     /* what the first screen says of it: the class; not kept in what is opened */
    const char *setup;     /* the opener's own words: which children, which columns; read back as they were */
    struct ga_draft *rows; /* answers with their child, half, field: where the user is, in one row only */
    size_t rows_count;
    struct ga_arena arena; /* of what was opened */
};

enum ga_rc ga_draft_save_sheet(struct ga_store *store, struct ga_draft_sheet *sheet, struct ga_error *err);

/* GA_NOT_FOUND without such a draft, GA_DAMAGED when it is none of many records. Ended by ga_draft_drop(). */
enum ga_rc ga_draft_open_sheet(struct ga_store *store, int64_t no, struct ga_draft_sheet *ret_sheet,
                               struct ga_error *err);
void ga_draft_finish_sheet(struct ga_draft_sheet *sheet); /* of one that was opened */

#endif
