/* The records behind one due. */
#ifndef GUANAI_CARE_DUE_BEHIND_H
#define GUANAI_CARE_DUE_BEHIND_H

#include "guanai/care/due.h"

/* A record behind a due: it counts towards it, or was a try. */
struct ga_due_record {
    int64_t record; /* its number */
    struct ga_date day;
    bool is_try;
};

/*
 * Those dated in its window, the newest first, in `arena`; of one that was done in time none that came late. Where windows
 * open early a record stands behind both: which one it closed is told by the counts. Of windows before those that are listed (see above) there may be none.
 */
enum ga_rc ga_due_records(struct ga_care *care, const struct ga_due *due, struct ga_arena *arena,
                          struct ga_due_record **ret_records, size_t *ret_count, struct ga_error *err);

#endif
