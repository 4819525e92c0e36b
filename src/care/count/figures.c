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

/* Definitions on their way into force. */
struct loading {
    struct ga_expressions expressions;
    struct ga_definitions fresh;
};

static bool look_at_text(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                         struct ga_problems *problems, struct ga_last_good_seen *ret_seen)
{
    struct loading *l = ctx;
    struct ga_definitions alone;
    ga_definitions_init(&alone);
    const bool is_good = ga_definitions_take_text(&alone, &l->expressions, file->path, text, problems) == GA_OK;
    if (is_good) {
        ga_str_copy(ret_seen->name, sizeof(ret_seen->name), alone.items[0]->name);
        ret_seen->version = alone.items[0]->version;
        ret_seen->at = alone.items[0]->at;
        ga_definition_content(alone.items[0], &ret_seen->content);
    }
    ga_definitions_finish(&alone);
    return is_good;
}

static enum ga_rc take_text(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                            struct ga_problems *problems)
{
    struct loading *l = ctx;
    l->fresh.layer = file->layer;
    return ga_definitions_take_text(&l->fresh, &l->expressions, file->path, text, problems);
}

enum ga_rc ga_figures_load(struct ga_figures *figures, struct ga_problems *problems, struct ga_error *err)
{
    struct loading l;
    const struct ga_last_good kind = {
        .store = figures->options.store,
        .io = figures->options.io,
        .folders = &figures->options.folders,
        .inner = GA_DEFINITIONS_FOLDER,
        .setting = "definition",
        .has_changed = GA_N_("definition '%1' has changed but its version is still %2"),
        .look = look_at_text,
        .take = take_text,
        .ctx = &l,
    };
    ga_expressions_open(&l.expressions, ga_store_forms(figures->options.store));
    ga_definitions_init(&l.fresh);
    enum ga_rc rc = ga_last_good_load(&kind, problems, err);
    ga_expressions_close(&l.expressions);
    if (rc != GA_OK) {
        ga_definitions_finish(&l.fresh);
        return rc;
    }
    ga_definitions_finish(&figures->definitions);
    figures->definitions = l.fresh;
    return GA_OK;
}
