/* Copies a school's own forms along with its data. */
#include "guanai/app/own_forms.h"

#include "guanai/base/folders.h"
#include "guanai/base/vec.h"
#include "guanai/yaml/node.h"

#include <errno.h>

/* What stands in one folder. */
struct walk {
    const struct ga_io_ops *io;
    struct ga_arena arena;
    const char *folder;
    struct ga_vec files, folders; /* const char *: names; of folders no more than of files */
    bool is_removing;             /* also what a copy that broke off has left */
};

static const char *path_in(struct walk *walk, const char *folder, const char *name)
{
    return ga_arena_printf(&walk->arena, "%s/%s", folder, name);
}

static int keep_name(void *arg, const char *name)
{
    struct walk *walk = arg;
    struct ga_io_stat stat;
    const bool is_file = ga_folders_reads(name) || (walk->is_removing && ga_str_ends(name, ".yaml.part"));
    struct ga_vec *names = is_file ? &walk->files : &walk->folders;
    if (!is_file) {
        const int found = walk->io->stat(walk->io->ctx, path_in(walk, walk->folder, name), &stat);
        if (found < 0 && found != -ENOENT && !walk->is_removing)
            return found; /* it may be one: nothing is left out unsaid */
        if (found < 0 || !stat.is_dir || name[0] == '.')
            return 0;
    }
    if (names->len < GA_FOLDER_FILES_MAX)
        *(const char **)ga_vec_push(names) = ga_arena_strdup(&walk->arena, name);
    return 0;
}

static int look(struct walk *walk, const struct ga_io_ops *io, const char *folder, bool is_removing)
{
    *walk = (struct walk){.io = io, .folder = folder, .is_removing = is_removing};
    ga_vec_init(&walk->files, sizeof(const char *));
    ga_vec_init(&walk->folders, sizeof(const char *));
    return io->list(io->ctx, folder, keep_name, walk);
}

static void finish(struct walk *walk)
{
    ga_vec_finish(&walk->files);
    ga_vec_finish(&walk->folders);
    ga_arena_finish(&walk->arena);
}

static enum ga_rc copy_file(const struct ga_io_ops *io, const char *from, const char *to, struct ga_error *err)
{
    struct ga_str bytes = {0};
    enum ga_rc rc = ga_io_read_file(io, from, GA_YAML_FILE_BYTES_MAX, &bytes, err);
    if (rc == GA_OK)
        rc = ga_io_write_file(io, to, ga_str_text(&bytes), bytes.len, err);
    else if (rc == GA_TOO_BIG)
        rc = GA_OK; /* no form, nobody can read it: no reason to go without a backup */
    ga_str_finish(&bytes);
    return rc;
}

static enum ga_rc copy_files(struct walk *walk, const char *to, struct ga_error *err)
{
    enum ga_rc rc = walk->files.len > 0 ? ga_io_make_dirs(walk->io, to, err) : GA_OK;
    for (size_t i = 0; rc == GA_OK && i < walk->files.len; i++) {
        const char *name = *GA_VEC_AT(const char *, &walk->files, i);
        rc = copy_file(walk->io, path_in(walk, walk->folder, name), path_in(walk, to, name), err);
    }
    return rc;
}

/* One folder deep: that is how forms lie. */
static enum ga_rc copy_inner(struct walk *outer, const char *name, const char *to, size_t *files, struct ga_error *err)
{
    struct walk inner;
    const int listed = look(&inner, outer->io, path_in(outer, outer->folder, name), false);
    enum ga_rc rc = listed < 0 ? ga_io_fail(err, listed, "read", inner.folder)
                               : copy_files(&inner, path_in(outer, to, name), err);
    *files += inner.files.len;
    finish(&inner);
    return rc;
}

enum ga_rc ga_own_forms_copy(const struct ga_io_ops *io, const char *from, const char *to, struct ga_error *err)
{
    struct walk walk;
    const int listed = look(&walk, io, from, false);
    enum ga_rc rc = listed < 0 ? ga_io_fail(err, listed, "read", from) : copy_files(&walk, to, err);
    size_t files = walk.files.len;
    for (size_t i = 0; rc == GA_OK && i < walk.folders.len; i++)
        rc = copy_inner(&walk, *GA_VEC_AT(const char *, &walk.folders, i), to, &files, err);
    finish(&walk);
    return rc == GA_OK && files == 0 ? ga_io_fail(err, -ENOENT, "read", from) : rc;
}

static void remove_files(struct walk *walk)
{
    for (size_t i = 0; i < walk->files.len; i++)
        walk->io->unlink(walk->io->ctx, path_in(walk, walk->folder, *GA_VEC_AT(const char *, &walk->files, i)));
    walk->io->rmdir(walk->io->ctx, walk->folder);
}

void ga_own_forms_remove(const struct ga_io_ops *io, const char *folder)
{
    struct walk walk;
    look(&walk, io, folder, true);
    for (size_t i = 0; i < walk.folders.len; i++) {
        struct walk inner;
        look(&inner, io, path_in(&walk, folder, *GA_VEC_AT(const char *, &walk.folders, i)), true);
        remove_files(&inner);
        finish(&inner);
    }
    remove_files(&walk);
    finish(&walk);
}
