/* The sites without a computer: what is done there comes on paper and is typed in elsewhere (代录); no stick is awaited. */
#ifndef GUANAI_APP_SYNC_PAPER_H
#define GUANAI_APP_SYNC_PAPER_H

#include "guanai/app/session.h"

struct ga_sync_paper {
    const char *label;   /* of the site */
    const char *school;  /* at a county: of which of its schools; "": of this computer's own */
    int64_t children;    /* of its files that have not left */
    int32_t typed_day;   /* a record of one of them was entered last, on whichever computer; 0: none yet */
};

/* Appends struct ga_sync_paper of the sites marked `paper: true`, in their order; texts live in the arena. Costs a row a class;
 * with their days a look at all records. */
enum ga_rc ga_sync_papers(struct ga_session *session, bool with_days, struct ga_arena *arena, struct ga_vec *ret_papers,
                          struct ga_error *err);

#endif
