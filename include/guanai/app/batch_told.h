/* What the children of a sheet have on record already. */
#ifndef GUANAI_APP_BATCH_TOLD_H
#define GUANAI_APP_BATCH_TOLD_H

#include "guanai/app/batch.h"

/* Records of this form the child has in the month asked for. */
struct ga_batch_told {
    size_t count;
    const char *day;                /* of the newest, 2026-11-09 */
    struct ga_uuid *records;        /* newest first, each once */
    const char **days;              /* of each of them */
};

/* Reads of every row's child which records of the form it has in these days; replaces what was told. */
enum ga_rc ga_batch_tell(struct ga_batch *batch, struct ga_days days, struct ga_error *err);

#endif
