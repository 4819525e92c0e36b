/* New rows that may be a child who has a file, or a child of another row; private to this room. */
#ifndef GUANAI_EXCHANGE_ALIKES_H
#define GUANAI_EXCHANGE_ALIKES_H

#include "guanai/base/arena.h"
#include "guanai/base/vec.h"
#include "guanai/store/doubles.h"

struct ga_import;

struct alikes {
    struct ga_shelf rows; /* struct alike_print: the new rows, until they are compared */
    struct ga_vec said;   /* uint32_t: rows of which something is said, rising */
    struct ga_shelf *texts; /* struct alike_text: of each what, in the same order */
    struct ga_doubles_fields fields;
};

struct alike_print {
    uint32_t row; /* index into import->rows */
    struct ga_alike print;
};

struct alike_text {
    char text[252];
};

void ga_alikes_init(struct alikes *alikes, const struct ga_import *import);
void ga_alikes_finish(struct alikes *alikes);
void ga_alikes_clear(struct alikes *alikes);

/* Row i makes a new child of these answers. */
void ga_alikes_take(struct alikes *alikes, const struct ga_answers *row, size_t i);

/* Compares them with the archive and with each other; the finder is the store's (store/alike.h). */
enum ga_rc ga_alikes_find(struct ga_import *import, struct ga_error *err);

const char *ga_alikes_text(const struct alikes *alikes, size_t i); /* of row i, until the next; NULL: nothing to say */
bool ga_alikes_has(const struct alikes *alikes, size_t i);

#endif
