/* Which records a limited receiver may have, which of them it was given. */
#ifndef GUANAI_STORE_LIMITED_H
#define GUANAI_STORE_LIMITED_H

#include "guanai/base/uuid.h"
#include "guanai/base/vec.h"
#include "guanai/store/operation.h"
#include "guanai/store/store.h"
#include "guanai/text/class_name.h"

/*
 * What a guest may have, by what the tables show now (where two answers differ, by the one that is shown):
 *
 *   children                      of that site, or of that class; a class goes up with its children from year to year
 *   records `of: child`           of those children
 *   records of their own          that name this site, or this class as it was called when they were written
 *   what the school agreed on     always: the rows of `shared_forms` in limited_scope.c
 *   the record of the guest       its own
 *   what it was given             and was removed meanwhile: it hears of that
 *
 * Of what comes into the scope it is given the whole history, of what left it nothing more; what it has it keeps. Of a
 * record it gets every class of protection but `restricted` (GA_LIMITED_PROTECTION_MAX): what a counsellor wrote is not
 * for the computer of a class.
 */
enum { GA_LIMITED_PROTECTION_MAX = GA_OPERATION_SENSITIVE };

enum ga_scope_kind {
    GA_SCOPE_SITE,
    GA_SCOPE_CLASS,
    GA_SCOPE_NAMELESS, /* of all children, without what tells who they are: nothing is gathered, ga_send_limit says it */
    GA_SCOPE_NOTHING,  /* but its own record: one that has ended hears of that */
};
enum { GA_SCOPE_SITE_SIZE = 64 };

struct ga_scope {
    enum ga_scope_kind kind;
    char site[GA_SCOPE_SITE_SIZE];         /* code; of a class "" where files name none */
    char grade[GA_GRADE_SIZE];             /* of a class: in the school year that began in school_year */
    int school_year;
    char class_no[GA_CLASS_NUMBER_SIZE];
};

/* Which guest: by the site it was met as; what is kept of it goes by that one, whatever id it has now. */
struct ga_limited_ask {
    struct ga_uuid guest, record; /* `record`: its own in the form `guest` */
    struct ga_scope scope;
    bool is_complete;             /* as if it had been given nothing */
};

struct ga_limited {
    struct ga_vec shown; /* int64_t, rising: operations it may have */
    struct ga_vec again; /* the same: of records that it was not given whole, or that came here since, as far as it has said */
    struct ga_vec records, fresh; /* int64_t, rising: records in its scope, those not given whole */
    int64_t last_op;     /* that was here */
};

void ga_limited_init(struct ga_limited *limited);
void ga_limited_finish(struct ga_limited *limited);

/* Costs a walk over the tables of all forms, and one over the operations of what is in scope. */
enum ga_rc ga_limited_gather(struct ga_store *store, const struct ga_limited_ask *ask, struct ga_limited *limited,
                             struct ga_error *err);

/* That bundle, the sender's n-th, holds it; what is not in scope any more would have to be given whole again. */
enum ga_rc ga_limited_handed(struct ga_store *store, const struct ga_uuid *guest, const struct ga_limited *limited,
                             uint64_t bundle, struct ga_error *err);

/* The guest said which of this computer's bundles it took in last (sync/manifest.h). A lower one: it was put back. */
enum ga_rc ga_limited_taken(struct ga_store *store, const struct ga_uuid *guest, uint64_t bundle, struct ga_error *err);

#endif
