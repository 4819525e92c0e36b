/* guanai forms check: everything that is wrong with forms and lists. */
#include "private.h"

#include "guanai/app/definitions.h"
#include "guanai/base/alloc.h"
#include "guanai/store/weigh.h"

#include <string.h>

/* What one file or folder on the command line means. */
struct checking {
    struct ga_command_line *line;
    struct ga_folders folders; /* the set of forms that is read */
    const char *only_file; /* NULL: findings about all of it are said */
    struct ga_session *data; /* whose records are looked at as well; NULL: forms are checked by themselves */
    size_t findings;
};

/* The findings of other files are theirs: a list is checked with the forms that use it, one form with all. */
static bool is_asked(const struct checking *checking, const struct ga_problem *problem)
{
    return checking->only_file == NULL || ga_str_equal(problem->file, checking->only_file);
}

static void say_asked(struct checking *checking, const struct ga_problems *all)
{
    struct ga_problems asked;
    ga_problems_init(&asked);
    for (size_t i = 0; i < all->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &all->list, i);
        if (!is_asked(checking, problem))
            continue;
        struct ga_problem *copy =
            ga_problems_add(&asked, problem->severity, problem->file, problem->line, problem->column);
        copy->what = problem->what;
        copy->hint = problem->hint;
    }
    ga_say_problems(checking->line, &asked, true);
    checking->findings += asked.faults + asked.warnings;
    ga_problems_finish(&asked);
}

/* Sites come from config.yaml when there is one; a set of forms can be checked without a school. */
static void find_config(struct ga_command_line *line, struct ga_arena *arena, struct ga_config *ret_config)
{
    struct ga_problems ignored;
    const char *folder = NULL, *path = line->session.config;
    ga_problems_init(&ignored);
    if (path == NULL && ga_session_data_folder(&line->session, arena, &folder, NULL) == GA_OK)
        path = ga_arena_printf(arena, "%s/config.yaml", folder);
    if (path == NULL || ga_config_load(line->session.io, path, arena, &ignored, ret_config, NULL) != GA_OK)
        ga_config_default(arena, "", ret_config);
    ga_problems_finish(&ignored);
}

/* A finding at the place of the field; a field that is gone has the place of its form. */
static void say_effects(void *ctx, const struct ga_weighing *weighing)
{
    struct ga_problems *problems = ctx;
    for (size_t i = 0; i < weighing->effects.len; i++) {
        const struct ga_effect *effect = GA_VEC_AT(const struct ga_effect, &weighing->effects, i);
        const struct ga_field *field = ga_form_field(weighing->form, effect->field);
        const struct ga_yaml_at at = field != NULL ? field->at : weighing->form->at;
        char id[GA_UUID_TEXT_SIZE];
        struct ga_problem *problem =
            ga_problems_add(problems, GA_WARNING, weighing->form->file, at.line, at.column);
        ga_effect_describe(effect, effect->field, &problem->what);
        ga_message_set(&problem->hint, "for example: guanai show %1 %2", weighing->form->name,
                       ga_uuid_text(&effect->example, id));
    }
}

/* What is wrong with the files themselves is told as well: nothing is weighed that could not be read. */
static enum ga_exit weigh_folders(struct checking *checking)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    enum ga_rc rc =
        ga_store_weigh_folders(checking->data->store, NULL, &checking->folders, say_effects, &problems, &problems, &err);
    if (rc == GA_OK)
        say_asked(checking, &problems);
    ga_problems_finish(&problems);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_file_error(checking->line, rc, &err);
}

static enum ga_exit check_folders(struct checking *checking)
{
    struct ga_command_line *line = checking->line;
    if (checking->data != NULL)
        return weigh_folders(checking);
    struct ga_problems problems;
    struct ga_config config;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    ga_problems_init(&problems);
    find_config(line, &arena, &config);
    const enum ga_rc rc = ga_definitions_check(line->session.io, &checking->folders, &config, &problems, &err);
    if (rc == GA_OK)
        say_asked(checking, &problems);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_file_error(line, rc, &err);
}

/* A file is checked among its neighbours: forms/child.yaml → forms, forms/lists/sex.yaml → forms. */
static const char *folder_of(const char *file, struct ga_arena *arena)
{
    const char *slash = strrchr(file, '/');
    char *folder = slash == NULL ? ga_arena_strdup(arena, ".") : ga_arena_strndup(arena, file, (size_t)(slash - file));
    for (size_t i = 0; ga_definitions_inner[i] != NULL; i++) {
        const char *inner = ga_arena_printf(arena, "/%s", ga_definitions_inner[i]);
        if (ga_str_equal(folder, ga_definitions_inner[i]))
            return ".";
        if (ga_str_ends(folder, inner))
            folder[strlen(folder) - strlen(inner)] = '\0';
    }
    return folder;
}

static bool starts_inside(const char *path)
{
    for (size_t i = 0; ga_definitions_inner[i] != NULL; i++)
        if (ga_str_starts(path, ga_definitions_inner[i]) && path[strlen(ga_definitions_inner[i])] == '/')
            return true;
    return strchr(path, '/') == NULL;
}

static const char *data_folder(const struct checking *checking, struct ga_arena *arena)
{
    const char *folder = NULL;
    ga_session_data_folder(&checking->line->session, arena, &folder, NULL);
    return folder;
}

/* A school's own forms are read over those of the program, as they will be when it starts; others are a set by themselves. */
static void find_set(struct checking *checking, const char *folder, struct ga_arena *arena)
{
    const struct ga_io_ops *io = checking->line->session.io;
    const char *data = data_folder(checking, arena);
    const bool is_own = data != NULL && ga_io_is_same(io, folder, ga_session_own_forms(data, arena));
    checking->folders = (struct ga_folders){0};
    if (is_own)
        ga_session_find_forms(&checking->line->session, data, arena, &checking->folders);
    if (checking->folders.count > 0)
        checking->folders.paths[0] = folder; /* findings name it as it was asked for */
    else
        ga_folders_add(&checking->folders, folder);
}

/* A set of forms has a child's file: without one nothing of it can belong to a child. */
static bool has_child_form(struct checking *checking)
{
    struct ga_forms forms;
    struct ga_problems ignored;
    ga_forms_init(&forms);
    ga_problems_init(&ignored);
    ga_forms_read_folders(&forms, checking->line->session.io, &checking->folders, &ignored, NULL);
    const bool has_one = ga_forms_get(&forms, "child", NULL) != NULL;
    ga_problems_finish(&ignored);
    ga_forms_finish(&forms);
    return has_one;
}

/* A form that lies somewhere alone, as it came by stick: read over the forms it is to stand beside. */
static void lay_over_installed(struct checking *checking, struct ga_arena *arena)
{
    struct ga_folders installed = {0};
    ga_session_find_forms(&checking->line->session, data_folder(checking, arena), arena, &installed);
    for (size_t i = 0; i < installed.count; i++)
        ga_folders_add(&checking->folders, installed.paths[i]);
}

static enum ga_exit check_path(struct checking *checking, const char *path, struct ga_arena *arena)
{
    const struct ga_io_ops *io = checking->line->session.io;
    struct ga_io_stat stat;
    const int rc = io->stat(io->ctx, path, &stat);
    if (rc < 0) {
        struct ga_error err = {0};
        return ga_say_file_error(checking->line, ga_io_fail(&err, rc, "read", path), &err);
    }
    checking->only_file = stat.is_dir ? NULL : path;
    find_set(checking, stat.is_dir ? path : folder_of(path, arena), arena);
    if (!stat.is_dir && checking->folders.count == 1 && !has_child_form(checking))
        lay_over_installed(checking, arena);
    if (!stat.is_dir && starts_inside(path))
        checking->only_file = ga_arena_printf(arena, "./%s", path);
    return check_folders(checking);
}

static enum ga_exit check_own(struct checking *checking, struct ga_arena *arena)
{
    ga_session_find_forms(&checking->line->session, data_folder(checking, arena), arena, &checking->folders);
    if (checking->folders.count == 0) {
        ga_say(checking->line, "no forms are found; say where they lie with --forms");
        return GA_EXIT_BROKEN;
    }
    return check_folders(checking);
}

enum ga_exit ga_run_forms_check(struct ga_command_line *line)
{
    struct checking checking = {.line = line};
    struct ga_arena arena = {0};
    bool is_against_data = false;
    const struct ga_option options[] = {{"--against-data", NULL, &is_against_data}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE && is_against_data)
        exit = ga_command_open(line, &checking.data);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (line->argc == 1)
        exit = check_own(&checking, &arena);
    for (int i = 1; i < line->argc && exit == GA_EXIT_DONE; i++)
        exit = check_path(&checking, ga_path(line, line->argv[i]), &arena);
    ga_arena_finish(&arena);
    ga_session_close(checking.data);
    if (exit == GA_EXIT_DONE && checking.findings == 0)
        ga_say(line, "nothing to complain about");
    return exit == GA_EXIT_DONE && checking.findings > 0 ? GA_EXIT_FINDINGS : exit;
}
