/* Where files to take in are likely to lie. */
#include "parts/file_places.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FILES_MAX = 400, NAMES_MAX = 4000, DEPTH_MAX = 3 };

/* A walk through folders, bounded: a stick may hold a hundred thousand photographs. */
struct walk {
    const struct ga_io_ops *io;
    struct ga_arena *arena;
    struct ga_vec *files;
    const char *folder;
    int depth;
    int names_left;
};

static bool is_sheet(const char *name)
{
    static const char *const endings[] = {".csv", ".xlsx", ".xls", ".txt"};
    size_t len = strlen(name);
    for (size_t i = 0; i < GA_COUNT(endings); i++) {
        size_t ending = strlen(endings[i]);
        if (len > ending && strcasecmp(name + len - ending, endings[i]) == 0)
            return name[0] != '.' && name[0] != '~'; /* ~$ and .~ are locks of office programs */
    }
    return false;
}

static void look_into(const struct walk *above, const char *folder, int depth);

static int take_name(void *arg, const char *name)
{
    struct walk *walk = arg;
    struct ga_io_stat stat;
    if (walk->names_left-- <= 0 || walk->files->len >= FILES_MAX)
        return 1;
    bool is_wanted = is_sheet(name);
    if (name[0] == '.' || (!is_wanted && walk->depth <= 0))
        return 0;
    const char *path = ga_arena_printf(walk->arena, "%s/%s", walk->folder, name);
    if (walk->io->stat(walk->io->ctx, path, &stat) != 0)
        return 0;
    if (stat.is_dir && walk->depth > 0)
        look_into(walk, path, walk->depth - 1);
    else if (stat.is_regular && is_wanted)
        *(struct ga_found_file *)ga_vec_push(walk->files) =
            (struct ga_found_file){.path = path,
                                   .name = ga_arena_strdup(walk->arena, name),
                                   .folder = walk->folder,
                                   .size_bytes = stat.size_bytes,
                                   .mtime_ns = stat.mtime_ns};
    return 0;
}

static void look_into(const struct walk *above, const char *folder, int depth)
{
    struct walk walk = *above;
    walk.folder = folder;
    walk.depth = depth;
    walk.names_left = NAMES_MAX;
    walk.io->list(walk.io->ctx, folder, take_name, &walk);
}

/* Newest first; a tie by name, so that the order is always the same. */
static int compare_files(const void *a, const void *b)
{
    const struct ga_found_file *one = a;
    const struct ga_found_file *other = b;
    if (one->mtime_ns != other->mtime_ns)
        return one->mtime_ns > other->mtime_ns ? -1 : 1;
    return strcmp(one->path, other->path);
}

struct place {
    const char *folder;
    int depth;
};

static const struct place mounts[] = {{"/media", DEPTH_MAX}, {"/run/media", DEPTH_MAX}, {"/mnt", 2}};
static const struct place home_folders[] = {{"", 0},      {"/Desktop", 1},   {"/桌面", 1}, {"/Downloads", 1},
                                            {"/下载", 1}, {"/Documents", 1}, {"/文档", 1}};

void ga_file_places_look(const struct ga_io_ops *io, const char *home, struct ga_arena *arena, struct ga_vec *files)
{
    const struct walk walk = {.io = io, .arena = arena, .files = files};
    for (size_t i = 0; i < GA_COUNT(mounts); i++)
        look_into(&walk, mounts[i].folder, mounts[i].depth);
    for (size_t i = 0; home != NULL && i < GA_COUNT(home_folders); i++)
        look_into(&walk, ga_arena_printf(arena, "%s%s", home, home_folders[i].folder), home_folders[i].depth);
    if (files->len > 1)
        qsort(files->items, files->len, files->item_bytes, compare_files);
}

struct first_folder {
    const struct ga_io_ops *io;
    struct ga_arena *arena;
    const char *folder;
    const char *found;
};

static int take_folder(void *arg, const char *name)
{
    struct first_folder *first = arg;
    struct ga_io_stat stat;
    if (name[0] == '.')
        return 0;
    const char *path = ga_arena_printf(first->arena, "%s/%s", first->folder, name);
    if (first->io->stat(first->io->ctx, path, &stat) == 0 && stat.is_dir)
        first->found = path;
    return first->found != NULL;
}

static const char *first_folder_of(const struct ga_io_ops *io, struct ga_arena *arena, const char *folder)
{
    struct first_folder first = {.io = io, .arena = arena, .folder = folder};
    io->list(io->ctx, folder, take_folder, &first);
    return first.found;
}

/* Desktops mount at /media/USER/LABEL or /run/media/USER/LABEL. */
const char *ga_file_places_target(const struct ga_io_ops *io, const char *home, struct ga_arena *arena)
{
    for (size_t i = 0; i + 1 < GA_COUNT(mounts); i++) {
        const char *user = first_folder_of(io, arena, mounts[i].folder);
        const char *stick = user != NULL ? first_folder_of(io, arena, user) : NULL;
        if (stick != NULL)
            return stick;
    }
    return home != NULL ? home : ".";
}

const char *ga_file_places_typed(const char *home, const char *typed, struct ga_arena *arena)
{
    static const char scheme[] = "file://";
    size_t len = strlen(typed);
    while (len > 0 && (*typed == ' ' || *typed == '\'' || *typed == '"'))
        typed++, len--;
    while (len > 0 && (typed[len - 1] == ' ' || typed[len - 1] == '\'' || typed[len - 1] == '"'))
        len--;
    if (len > strlen(scheme) && memcmp(typed, scheme, strlen(scheme)) == 0) {
        typed += strlen(scheme);
        len -= strlen(scheme);
    }
    const char *clean = ga_arena_strndup(arena, typed, len);
    bool is_of_home = home != NULL && clean[0] == '~' && (clean[1] == '/' || clean[1] == '\0');
    return is_of_home ? ga_arena_printf(arena, "%s%s", home, clean + 1) : clean;
}
