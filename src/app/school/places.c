/* Finds the folders of the school and of the program. */
#include "private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_there(const struct ga_io_ops *io, const char *path)
{
    struct ga_io_stat stat;
    return io->stat(io->ctx, path, &stat) == 0;
}

/* XDG Base Directory Specification: relative paths in these variables are to be ignored. */
static const char *absolute_variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] == '/' ? value : NULL;
}

/* Names are put beside it: "school/" is "school". */
static const char *without_slash(struct ga_arena *arena, const char *folder)
{
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    return ga_arena_strndup(arena, folder, len);
}

enum ga_rc ga_session_data_folder(const struct ga_session_options *options, struct ga_arena *arena,
                                  const char **ret_folder, struct ga_error *err)
{
    const char *base = absolute_variable("XDG_DATA_HOME"), *home = absolute_variable("HOME");
    if (options->data != NULL && options->data[0] != '\0')
        *ret_folder = without_slash(arena, options->data);
    else if (base != NULL)
        *ret_folder = ga_arena_printf(arena, "%s/guanai", base);
    else if (home != NULL)
        *ret_folder = ga_arena_printf(arena, "%s/.local/share/guanai", home);
    else
        return ga_error_set(err, GA_REFUSED, "no home folder is set; say where the data lies with --data");
    return GA_OK;
}

/* Where the program's own file lies, without its name; NULL when that cannot be told. */
static const char *program_folder(const struct ga_session_options *options, struct ga_arena *arena)
{
    char path[PATH_MAX];
    const ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (len > 0)
        path[len] = '\0';
    else if (options->program != NULL && strchr(options->program, '/') != NULL)
        ga_str_copy(path, sizeof(path), options->program);
    else
        return NULL;
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return NULL;
    return ga_arena_strndup(arena, path, (size_t)(slash - path));
}

/* The first of these that is there; "%" stands for the program's folder. */
static const char *first_there(const struct ga_session_options *options, struct ga_arena *arena,
                               const char *const *places, size_t count)
{
    const char *folder = program_folder(options, arena);
    for (size_t i = 0; i < count; i++) {
        if (places[i][0] == '%' && folder == NULL)
            continue;
        const char *path = places[i][0] == '%' ? ga_arena_printf(arena, "%s%s", folder, places[i] + 1) : places[i];
        char *plain = is_there(options->io, path) ? realpath(path, NULL) : NULL; /* as people would write it */
        if (plain == NULL)
            continue;
        path = ga_arena_strdup(arena, plain);
        free(plain);
        return path;
    }
    return NULL;
}

static const char *program_forms(const struct ga_session_options *options, struct ga_arena *arena)
{
    static const char *const places[] = {
        "%/../../forms/child.yaml",            /* the build folder inside the sources */
        "%/../share/guanai/forms/child.yaml",  /* installed, wherever that is */
        GA_FORMS_FOLDER "/child.yaml",         /* installed where it was configured for */
    };
    if (options->forms != NULL)
        return options->forms;
    const char *child = first_there(options, arena, places, sizeof(places) / sizeof(places[0]));
    if (child == NULL)
        return NULL;
    return ga_arena_strndup(arena, child, strlen(child) - strlen("/child.yaml"));
}

const char *ga_session_own_forms(const char *data_folder, struct ga_arena *arena)
{
    return ga_arena_printf(arena, "%s/forms", data_folder);
}

void ga_session_find_forms(const struct ga_session_options *options, const char *data_folder, struct ga_arena *arena,
                           struct ga_folders *ret_folders)
{
    const char *program = program_forms(options, arena);
    const char *own = data_folder != NULL ? ga_session_own_forms(data_folder, arena) : NULL;
    *ret_folders = (struct ga_folders){0};
    if (program == NULL)
        return;
    if (own != NULL && !ga_io_is_same(options->io, own, program)) /* --forms may name the school's own by another way */
        ga_folders_add(ret_folders, own);
    ga_folders_add(ret_folders, program);
}

const char *ga_session_helper(const struct ga_session_options *options, struct ga_arena *arena)
{
    static const char *const places[] = {
        "%/guanai-paper",
        "%/../libexec/guanai/guanai-paper",
        GA_HELPER_FOLDER "/guanai-paper",
    };
    return first_there(options, arena, places, sizeof(places) / sizeof(places[0]));
}
