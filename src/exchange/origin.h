/* Which file an import comes from; private to this room. */
#ifndef GUANAI_EXCHANGE_ORIGIN_H
#define GUANAI_EXCHANGE_ORIGIN_H

#include "guanai/crypt/hash.h"
#include "guanai/exchange/import.h"
#include "guanai/sheet/sheet.h"
#include "guanai/store/save.h"

struct import_origin {
    const char *path, *name, *author; /* author: "" when the file does not say */
    bool is_heard;                    /* the author, of the lines around the list: maker.c */
    char day[GA_DATE_SIZE];           /* local; "" not known */
    char content[GA_HASH_TEXT_SIZE];
};
void ga_origin_look(struct ga_import *import, const char *path); /* when it is opened */
void ga_origin_sum(struct ga_import *import);                     /* once it has been read */
void ga_maker_hear(struct ga_import *import, const struct ga_sheet_row *row); /* of a row that is no record */
enum ga_rc ga_origin_put(struct ga_import *import, struct ga_save *save, struct ga_error *err);

#endif
