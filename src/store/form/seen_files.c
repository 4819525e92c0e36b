/* Tells whether the files of forms are as they were when last taken into force. */
#include "private.h"

#include "guanai/base/folders_seen.h"

#include <stdio.h>

#define SEEN "forms.seen"

/* The files as one number, kept as a setting: a start asks for one row. */
static void look(struct ga_store *store, const struct ga_folders *folders, char ret_seen[32])
{
    const struct ga_io_ops *io = store->options.io;
    uint64_t sum = ga_folders_seen(folders, io, NULL) + ga_folders_seen(folders, io, "lists");
    sum += ga_forms_shape(); /* a program that speaks another form language reads them again */
    snprintf(ret_seen, 32, "%016llx", (unsigned long long)sum);
}

bool ga_forms_are_noted(struct ga_store *store, const struct ga_folders *folders)
{
    char seen[32];
    look(store, folders, seen);
    return ga_str_equal(ga_store_setting(store, SEEN), seen);
}

enum ga_rc ga_forms_note_files(struct ga_store *store, const struct ga_folders *folders, struct ga_error *err)
{
    char seen[32];
    look(store, folders, seen);
    return ga_store_set_setting(store, SEEN, seen, err);
}
