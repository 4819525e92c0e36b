/* What one row says; private to this room. */
#ifndef GUANAI_EXCHANGE_READING_H
#define GUANAI_EXCHANGE_READING_H

#include "guanai/base/vec.h"
#include "guanai/exchange/import.h"
#include "guanai/form/answers.h"
#include "guanai/sheet/sheet.h"
#include "guanai/text/class_name.h"

/* How a class was written, where nothing was to be said about it: a school has some dozens. */
struct read_class {
    char grade[24], class[24]; /* as they stand; class "": none yet */
    struct ga_class_name name;
};
enum { READ_CLASSES = 64 };

struct reading {
    struct ga_answers own;
    struct ga_answers finder; /* of the child form; form NULL: not an `of: child` form */
    struct ga_vec faults;     /* struct ga_message: why it is refused */
    struct ga_vec notes;      /* struct ga_message: what should be looked at */
    const char *raw_id_number; /* as it stands in the cell; borrowed from the row */
    uint64_t sum;             /* of all that was read */
    struct read_class classes[READ_CLASSES]; /* by their hash; the newer pushes out the older */
};

void ga_reading_init(struct ga_import *import, struct reading *reading);
void ga_reading_finish(struct reading *reading);
void ga_read_row(struct ga_import *import, const struct ga_sheet_row *row, struct reading *reading);
const char *ga_reading_name(const struct reading *reading); /* what stands for it in lists */

struct ga_message *ga_add_message(struct ga_vec *messages);
const char *ga_label_of(const struct ga_import *import, const struct ga_field *field);

#endif
