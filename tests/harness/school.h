/* A throw-away data folder with the shipped forms, for tests of the store and everything above it. */
#ifndef GUANAI_TEST_SCHOOL_H
#define GUANAI_TEST_SCHOOL_H

#include "guanai/form/type.h"
#include "guanai/store/record.h"

struct school {
    char folder[64];
    struct ga_store *store;
    struct ga_config config;
    struct ga_arena arena;
    struct ga_problems problems;
    int64_t now_ms; /* what the clock says; tests move it */
    uint64_t seed;
    struct ga_clock clock;
    struct ga_random random;
    struct ga_store_options options;
    const char *forms; /* the folder they are read from */
};

/* A new folder under /tmp, forms accepted; today is 2026-11-23 12:41 in China, 周老师 at the keys. Asserts. */
void school_start(struct school *school);

/* Nothing is opened yet: that is school_reopen's. NULL: the system's. */
struct school_base {
    const char *vfs;
    const struct ga_io_ops *io;
};
void school_prepare(struct school *school, struct school_base base);
void school_stop(struct school *school); /* closes, removes the folder */

/* Closes and opens again as a program started anew would; answers what opening answered. */
enum ga_rc school_reopen(struct school *school, struct ga_error *err);

const struct ga_form *school_form(struct school *school, const char *name);

/* Sets a field from what a person would type; asserts that it is taken. */
void school_type(struct ga_answers *answers, const char *field, const char *typed);

/* Saves a new child of that name; answers its id. */
struct ga_uuid school_add_child(struct school *school, const char *name);

/* Opens, types one field, saves. */
void school_edit(struct school *school, const char *form, const struct ga_uuid *id, const char *field,
                 const char *typed);

/* The field as shown, in the school's arena. */
const char *school_read(struct school *school, const char *form, const struct ga_uuid *id, const char *field);

#endif
