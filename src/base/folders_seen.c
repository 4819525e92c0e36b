/* Looks at files from outside. */
#include "guanai/base/folders_seen.h"

#include "guanai/base/map.h"

struct looking {
    const struct ga_io_ops *io;
    const char *folder, *inner;
    size_t layer;
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
    ga_str_clear(&l->file); /* by whatever way the folder was named, it is the same */
    ga_str_addf(&l->file, "%s/%s", l->inner, name);
    ga_str_add_bytes(&l->file, facts, sizeof(facts));
    l->sum += ga_map_hash(ga_str_text(&l->file), l->file.len) | 1; /* never nothing */
    return 0;
}

uint64_t ga_folders_seen(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner)
{
    struct looking l = {.io = io, .inner = inner != NULL ? inner : ""};
    struct ga_str path = {0};
    for (; l.layer < folders->count; l.layer++) {
        ga_str_clear(&path);
        ga_str_addf(&path, "%s%s%s", folders->paths[l.layer], inner != NULL ? "/" : "", l.inner);
        l.folder = ga_str_text(&path);
        io->list(io->ctx, l.folder, look_at, &l);
    }
    ga_str_finish(&path);
    ga_str_finish(&l.file);
    return l.sum;
}
