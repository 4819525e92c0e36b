/* Files of one kind whose last good text stays in force; private to this room. */
#ifndef GUANAI_SRC_CARE_LAST_GOOD_H
#define GUANAI_SRC_CARE_LAST_GOOD_H

#include "guanai/base/folders.h"
#include "guanai/base/problem.h"
#include "guanai/care/figures.h"
#include "guanai/yaml/node.h"

struct ga_expressions;

/* What tells whether one text may follow another. */
struct ga_last_good_seen {
    const char *name; /* as long as the set it was seen in */
    int64_t version;
    struct ga_yaml_at at;
    struct ga_str content; /* equal for texts that say the same; freed by who asked */
};

/* What the text of a file is read with. */
struct ga_last_good_means {
    const struct ga_definitions *definitions;
    struct ga_expressions *expressions; /* open for the forms */
};

/*
 * A kind of files, of which a set is made: zeroed bytes are the empty one. A file with faults, or changed without a higher
 * version, leaves its last good text in force, kept as a setting of the store by the file's name; what is wrong goes to
 * problems. A file that was taken away is no longer in force.
 */
struct ga_last_good_kind {
    const char *inner;       /* "duties": the folder within those of the forms */
    const char *setting;     /* "duty": the text of FILE is the setting duty.FILE */
    const char *has_changed; /* GA_N_: '%1' has changed but its version is still %2 */
    size_t set_bytes;
    void (*finish)(void *set);
    /* Reads a text into a set. GA_REFUSED: faults went to problems, the set is as it was. */
    enum ga_rc (*take)(void *set, const struct ga_last_good_means *means, const struct ga_folder_file *file,
                       const struct ga_str *text, struct ga_problems *problems);
    void (*look)(const void *set, struct ga_last_good_seen *ret_seen); /* at a set of one */
};

extern const struct ga_last_good_kind ga_definition_files, ga_duty_files, ga_alarm_files, ga_priority_files;

/* What is in force: a new set, the caller's; an empty one with any error. The definitions are those of `figures`. */
enum ga_rc ga_last_good_load(const struct ga_last_good_kind *kind, const struct ga_figures *figures, void *ret_set,
                             struct ga_problems *problems, struct ga_error *err);

/* Files as they lie there, for forms check: no store, nothing is kept. `definitions`: NULL where none are needed. */
enum ga_rc ga_last_good_read_folders(const struct ga_last_good_kind *kind, void *set, struct ga_forms *forms,
                                     const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                     const struct ga_folders *folders, struct ga_problems *problems);

#endif
