/* Looks at files from outside. */
#include "guanai/base/folders_seen.h"

#include "guanai/base/map.h"

struct looking {
    const struct ga_io_ops *io;
    const char *folder;
    size_t layer, outer; /* outer: of the folder's path, how much is the way to it and not its name within */
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
    const uint64_t facts[] = {l->layer, (uint64_t)st.size_bytes, (uint64_t)st.mtime_ns, (uint64_t)st.inode};
    ga_str_add_bytes(&l->file, facts, sizeof(facts));
    /* By whatever way the folder was named, it is the same. Never nothing. */
    l->sum += ga_map_hash(ga_str_text(&l->file) + l->outer, l->file.len - l->outer) | 1;
    return 0;
}

uint64_t ga_folders_seen(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner)
{
    struct looking l = {.io = io};
    struct ga_str path = {0};
    for (; l.layer < folders->count; l.layer++) {
        ga_str_clear(&path);
        ga_str_add(&path, folders->paths[l.layer]);
        l.outer = path.len;
        if (inner != NULL) {
            ga_str_add_char(&path, '/');
            ga_str_add(&path, inner);
        }
        l.folder = ga_str_text(&path);
        io->list(io->ctx, l.folder, look_at, &l);
    }
    ga_str_finish(&path);
    ga_str_finish(&l.file);
    return l.sum;
}
