/* Which file an import comes from; private to this room. */
#ifndef GUANAI_EXCHANGE_ORIGIN_H
#define GUANAI_EXCHANGE_ORIGIN_H

#include "guanai/crypt/hash.h"
#include "guanai/exchange/import.h"
#include "guanai/store/save.h"

struct import_origin {
    const char *path, *name, *author; /* author: "" when the file does not say */
    char day[GA_DATE_SIZE];           /* local; "" not known */
    char content[GA_HASH_TEXT_SIZE];
};
void ga_origin_look(struct ga_import *import, const char *path); /* when it is opened */
void ga_origin_sum(struct ga_import *import);                     /* once it has been read */
enum ga_rc ga_origin_put(struct ga_import *import, struct ga_save *save, struct ga_error *err);

#endif
