/* Lists the files of folders that lie one over the other. */
#include "guanai/base/folders.h"

#include "guanai/base/num.h"
#include "guanai/base/vec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One folder as it is listed. */
struct listing {
    struct ga_arena *arena;
    const char *folder;
    size_t layer, upper; /* upper: how many files of the folders above stand in `files` */
    size_t left_out;     /* there were too many */
    struct ga_vec files; /* struct ga_folder_file */
};

bool ga_folders_reads(const char *name)
{
    return name[0] != '.' && ga_str_ends(name, ".yaml");
}

void ga_folders_add(struct ga_folders *folders, const char *path)
{
    if (path != NULL && folders->count < GA_FOLDERS_MAX)
        folders->paths[folders->count++] = path;
}

static struct ga_folder_file *file_above(struct listing *l, const char *name)
{
    for (size_t i = 0; i < l->upper; i++) {
        struct ga_folder_file *file = ga_vec_at(&l->files, i);
        if (strcmp(file->name, name) == 0)
            return file;
    }
    return NULL;
}

static int keep_file(void *arg, const char *name)
{
    struct listing *l = arg;
    if (!ga_folders_reads(name))
        return 0;
    struct ga_folder_file *above = file_above(l, name);
    if (above != NULL) {
        if (above->below == NULL)
            above->below = ga_arena_printf(l->arena, "%s/%s", l->folder, name);
    } else if (l->files.len - l->upper == GA_FOLDER_FILES_MAX) {
        l->left_out++;
    } else {
        *(struct ga_folder_file *)ga_vec_push(&l->files) =
            (struct ga_folder_file){.path = ga_arena_printf(l->arena, "%s/%s", l->folder, name),
                                    .name = ga_arena_strdup(l->arena, name),
                                    .layer = l->layer};
    }
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct ga_folder_file *)a)->name, ((const struct ga_folder_file *)b)->name);
}

/* What keeps a folder from being listed whole, told at the folder. */
static void tell(struct listing *l, int rc, struct ga_problems *problems)
{
    struct ga_error err = {0};
    if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR) {
        ga_io_fail(&err, rc, "read", l->folder);
        ga_problems_add(problems, GA_FAULT, l->folder, 0, 0)->what = err.what;
    }
    if (l->left_out > 0)
        ga_message_set(&ga_problems_add(problems, GA_FAULT, l->folder, 0, 0)->what,
                       "there are more than %1 files in this folder", GA_NUM(GA_FOLDER_FILES_MAX));
}

static int list_folder(struct listing *l, const struct ga_io_ops *io)
{
    l->upper = l->files.len;
    l->left_out = 0;
    const int rc = io->list(io->ctx, l->folder, keep_file, l);
    if (l->files.len > l->upper)
        qsort(ga_vec_at(&l->files, l->upper), l->files.len - l->upper, sizeof(struct ga_folder_file), by_name);
    return rc;
}

enum ga_rc ga_folders_list(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner,
                           struct ga_arena *arena, struct ga_problems *problems, struct ga_folder_files *ret_files,
                           struct ga_error *err)
{
    struct listing l = {.arena = arena};
    enum ga_rc rc = GA_OK;
    ga_vec_init(&l.files, sizeof(struct ga_folder_file));
    for (; rc == GA_OK && l.layer < folders->count; l.layer++) {
        const bool is_needed = inner == NULL && l.layer + 1 == folders->count;
        const char *path = folders->paths[l.layer];
        l.folder = inner == NULL ? path : ga_arena_printf(arena, "%s/%s", path, inner);
        const int listed = list_folder(&l, io);
        if (listed < 0 && is_needed)
            rc = ga_io_fail(err, listed, "read", path);
        else
            tell(&l, listed, problems);
    }
    if (rc == GA_OK) {
        struct ga_folder_file *items = ga_arena_array(arena, l.files.len, sizeof(*items));
        if (l.files.len > 0)
            memcpy(items, l.files.items, l.files.len * sizeof(*items));
        *ret_files = (struct ga_folder_files){items, l.files.len};
    }
    ga_vec_finish(&l.files);
    return rc;
}

enum ga_rc ga_folders_read(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner, size_t bytes_max,
                           struct ga_arena *arena, struct ga_problems *problems,
                           void (*take)(void *ctx, const struct ga_folder_file *file, const struct ga_str *text), void *ctx)
{
    struct ga_folder_files files = {0};
    const size_t faults = problems->faults;
    ga_folders_list(folders, io, inner, arena, problems, &files, NULL);
    for (size_t i = 0; i < files.count; i++) {
        struct ga_str text = {0};
        struct ga_error err = {0};
        if (ga_io_read_file(io, files.items[i].path, bytes_max, &text, &err) == GA_OK)
            take(ctx, &files.items[i], &text);
        else
            ga_problems_add(problems, GA_FAULT, files.items[i].path, 0, 0)->what = err.what;
        ga_str_finish(&text);
    }
    ga_problems_sort(problems);
    return problems->faults == faults ? GA_OK : GA_REFUSED;
}
