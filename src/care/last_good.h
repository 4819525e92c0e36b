/* Files of one kind whose last good text stays in force; private to this room. */
#ifndef GUANAI_SRC_CARE_LAST_GOOD_H
#define GUANAI_SRC_CARE_LAST_GOOD_H

#include "guanai/base/folders.h"
#include "guanai/base/problem.h"
#include "guanai/store/store.h"
#include "guanai/yaml/node.h"

/* What tells whether one text may follow another. */
struct ga_last_good_seen {
    char name[64];
    int64_t version;
    struct ga_yaml_at at;
    struct ga_str content; /* equal for texts that say the same; freed by who asked */
};

/*
 * A file with faults, or changed without a higher version, leaves its last good text in force, kept as a setting of
 * the store by the file's name; what is wrong goes to problems. A file that was taken away is no longer in force.
 */
struct ga_last_good {
    struct ga_store *store;
    const struct ga_io_ops *io;
    const struct ga_folders *folders; /* of the forms */
    const char *inner;                /* "duties": the folder within those */
    const char *setting;              /* "duty": the text of FILE is the setting duty.FILE */
    const char *has_changed;          /* GA_N_: '%1' has changed but its version is still %2 */
    /* Reads a text by itself. false: it has faults, which went to problems. */
    bool (*look)(void *ctx, const struct ga_folder_file *file, const struct ga_str *text, struct ga_problems *problems,
                 struct ga_last_good_seen *ret_seen);
    /* Reads it into the set that is being made. GA_REFUSED: faults went to problems, the set is as it was. */
    enum ga_rc (*take)(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                       struct ga_problems *problems);
    void *ctx;
};

enum ga_rc ga_last_good_load(const struct ga_last_good *kind, struct ga_problems *problems, struct ga_error *err);

#endif
