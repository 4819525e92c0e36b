/* Makes the data folder of a school. */
#include "private.h"

#include "guanai/app/names.h"
#include "guanai/app/restore.h"
#include "guanai/yaml/quote.h"

#include <string.h>

static enum ga_rc check_school(const char *school, struct ga_error *err)
{
    if (school == NULL || school[0] == '\0' || strlen(school) > 180)
        return ga_error_set(err, GA_USAGE, "the school's name has 1 to 60 characters");
    for (const char *p = school; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return ga_error_set(err, GA_USAGE, "the school's name holds a control character");
    return GA_OK;
}

static enum ga_rc write_config(const struct ga_session_options *options, const char *path, const char *school,
                               struct ga_error *err)
{
    struct ga_str yaml = {0};
    ga_str_add(&yaml, "# 学校设置，可用文本编辑器修改 / settings of the school, edit with any text editor\nschool: ");
    ga_yaml_add_quoted(&yaml, school);
    ga_str_add(&yaml, "\nsites:\n  - {code: main, label: {zh: ");
    ga_yaml_add_quoted(&yaml, school);
    ga_str_add(&yaml, ", en: ");
    ga_yaml_add_quoted(&yaml, school);
    ga_str_addf(&yaml, "}, own: true}\nlanguage: %s\n",
                ga_lang_code(options->lang >= 0 ? (enum ga_lang)options->lang : GA_ZH));
    enum ga_rc rc = ga_io_write_file(options->io, path, yaml.data, yaml.len, err);
    ga_str_finish(&yaml);
    return rc;
}

static bool is_there(const struct ga_io_ops *io, const char *path)
{
    struct ga_io_stat stat;
    return io->stat(io->ctx, path, &stat) == 0;
}

/* Opened once, so that the tables are there and the forms are accepted. */
static enum ga_rc open_once(const struct ga_session_options *options, struct ga_error *err)
{
    struct ga_session_options creating = *options;
    struct ga_session *session;
    struct ga_problems problems;
    creating.may_create = true;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_open(&creating, &problems, &session, err);
    if (rc == GA_OK) {
        if (options->user != NULL) {
            ga_session_set_user(session, options->user, NULL);
            rc = ga_names_remember(session->store, options->user, err);
        }
        ga_session_close(session);
    }
    ga_problems_finish(&problems);
    return rc;
}

static enum ga_rc make_folder(const struct ga_session_options *options, const char *school, struct ga_arena *arena,
                              struct ga_error *err)
{
    const char *folder;
    enum ga_rc rc = ga_session_data_folder(options, arena, &folder, err);
    if (rc != GA_OK)
        return rc;
    ga_restore_settle(options->io, folder);
    const char *config = ga_arena_printf(arena, "%s/config.yaml", folder);
    if (is_there(options->io, ga_arena_printf(arena, "%s/guanai.db", folder)))
        return ga_error_set(err, GA_REFUSED, "%1 already holds the records of a school", folder);
    rc = ga_io_make_dirs(options->io, folder, err);
    if (rc == GA_OK && options->config == NULL && !is_there(options->io, config))
        rc = write_config(options, config, school, err);
    return rc;
}

enum ga_rc ga_session_init(const struct ga_session_options *options, const char *school, struct ga_error *err)
{
    struct ga_arena arena = {0};
    enum ga_rc rc = check_school(school, err);
    if (rc == GA_OK)
        rc = make_folder(options, school, &arena, err);
    ga_arena_finish(&arena);
    return rc == GA_OK ? open_once(options, err) : rc;
}
