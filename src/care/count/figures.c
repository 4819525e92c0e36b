/* Keeps the definitions that are in force. */
#include "expression.h"
#include "last_good.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

enum ga_rc ga_figures_create(const struct ga_figures_options *options, struct ga_figures **ret_figures,
                             struct ga_error *err)
{
    struct ga_figures *figures = ga_alloc(sizeof(*figures));
    figures->options = *options;
    figures->facts.is_rural = options->config->is_rural;
    ga_definitions_init(&figures->definitions);
    *ret_figures = figures; /* from here on the connection may call us: destroyed after it, whatever happens */
    return ga_day_functions_add(ga_store_db(options->store), &figures->facts, err);
}

void ga_figures_destroy(struct ga_figures *figures)
{
    if (figures == NULL)
        return;
    ga_definitions_finish(&figures->definitions);
    free(figures);
}

const struct ga_definitions *ga_figures_definitions(const struct ga_figures *figures)
{
    return &figures->definitions;
}

static enum ga_rc take_text(void *set, const struct ga_last_good_means *means, const struct ga_folder_file *file,
                            const struct ga_str *text, struct ga_problems *problems)
{
    struct ga_definitions *definitions = set;
    definitions->layer = file->layer;
    return ga_definitions_take_text(definitions, means->expressions, file->path, text, problems);
}

static void look_at(const void *set, struct ga_last_good_seen *ret_seen)
{
    const struct ga_definition *only = ((const struct ga_definitions *)set)->items[0];
    ret_seen->name = only->name;
    ret_seen->version = only->version;
    ret_seen->at = only->at;
    ga_definition_content(only, &ret_seen->content);
}

static void finish(void *set)
{
    ga_definitions_finish(set);
}

const struct ga_last_good_kind ga_definition_files = {
    .inner = GA_DEFINITIONS_FOLDER,
    .setting = "definition",
    .has_changed = GA_N_("definition '%1' has changed but its version is still %2"),
    .set_bytes = sizeof(struct ga_definitions),
    .finish = finish,
    .take = take_text,
    .look = look_at,
};

enum ga_rc ga_figures_load(struct ga_figures *figures, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_definitions fresh;
    const enum ga_rc rc = ga_last_good_load(&ga_definition_files, figures, &fresh, problems, err);
    if (rc != GA_OK)
        return rc;
    ga_definitions_finish(&figures->definitions);
    figures->definitions = fresh;
    return GA_OK;
}

enum ga_rc ga_definitions_read_folders(struct ga_definitions *set, struct ga_forms *forms, const struct ga_io_ops *io,
                                       const struct ga_folders *folders, struct ga_problems *problems)
{
    return ga_last_good_read_folders(&ga_definition_files, set, forms, NULL, io, folders, problems);
}
