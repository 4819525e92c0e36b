/* Tells whether the files of forms are as they were when last taken into force. */
#include "private.h"

#include <stdio.h>

#define SEEN "forms.seen"

/*
 * The files as one number: the sum of a fingerprint of each one's path, size, mtime and inode, in whatever order
 * the folders list them. Kept as a setting: a start asks for one row.
 */
struct looking {
    const struct ga_io_ops *io;
    const char *folder;
    struct ga_str file; /* the one looked at */
    uint64_t sum;
};

static int look_at(void *arg, const char *name)
{
    struct looking *l = arg;
    struct ga_io_stat st = {0};
    if (!ga_folders_reads(name))
        return 0;
    ga_str_clear(&l->file);
    ga_str_add(&l->file, l->folder);
    ga_str_add_char(&l->file, '/');
    ga_str_add(&l->file, name);
    l->io->stat(l->io->ctx, ga_str_text(&l->file), &st); /* one that cannot be looked at counts as empty */
    const uint64_t facts[] = {(uint64_t)st.size_bytes, (uint64_t)st.mtime_ns, (uint64_t)st.inode};
    ga_str_add_bytes(&l->file, facts, sizeof(facts));
    l->sum += ga_map_hash(ga_str_text(&l->file), l->file.len) | 1; /* never nothing */
    return 0;
}

static void look_into(struct looking *l, const char *folder)
{
    struct ga_str lists = {0};
    l->folder = folder;
    l->io->list(l->io->ctx, folder, look_at, l);
    ga_str_addf(&lists, "%s/lists", folder);
    l->folder = lists.data;
    l->io->list(l->io->ctx, lists.data, look_at, l);
    ga_str_finish(&lists);
}

static void look(struct ga_store *store, const struct ga_folders *folders, char ret_seen[32])
{
    struct looking l = {.io = store->options.io};
    for (size_t i = 0; i < folders->count; i++)
        look_into(&l, folders->paths[i]);
    ga_str_finish(&l.file);
    l.sum += ga_forms_shape(); /* a program that speaks another form language reads them again */
    snprintf(ret_seen, 32, "%016llx", (unsigned long long)l.sum);
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
