/* Takes the file of the three priorities into force. */
#include "priority/priority_inner.h"

#include "expression.h"
#include "last_good.h"

#include "guanai/base/alloc.h"

struct loading {
    const struct ga_definitions *definitions;
    struct ga_expressions expressions;
    struct ga_priority_set fresh;
};

static bool look_at_text(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                         struct ga_problems *problems, struct ga_last_good_seen *ret_seen)
{
    struct loading *l = ctx;
    struct ga_priority_set alone;
    ga_priority_set_init(&alone);
    const bool is_good =
        ga_priorities_take_text(&alone, 0, l->definitions, &l->expressions, file->path, text, problems) == GA_OK;
    if (is_good) {
        ga_str_copy(ret_seen->name, sizeof(ret_seen->name), alone.item->name);
        ret_seen->version = alone.item->version;
        ret_seen->at = alone.item->at;
        ga_priorities_content(alone.item, &ret_seen->content);
    }
    ga_priority_set_finish(&alone);
    return is_good;
}

static enum ga_rc take_text(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                            struct ga_problems *problems)
{
    struct loading *l = ctx;
    return ga_priorities_take_text(&l->fresh, file->layer, l->definitions, &l->expressions, file->path, text, problems);
}

enum ga_rc ga_priorities_load(const struct ga_figures *figures, struct ga_priority_set *ret_set,
                              struct ga_problems *problems, struct ga_error *err)
{
    struct loading l = {.definitions = &figures->definitions};
    const struct ga_last_good kind = {
        .store = figures->options.store,
        .io = figures->options.io,
        .folders = &figures->options.folders,
        .inner = GA_PRIORITIES_FOLDER,
        .setting = "priorities",
        .has_changed = GA_N_("'%1' has changed but its version is still %2"),
        .look = look_at_text,
        .take = take_text,
        .ctx = &l,
    };
    ga_expressions_open(&l.expressions, ga_store_forms(figures->options.store));
    ga_priority_set_init(&l.fresh);
    enum ga_rc rc = ga_last_good_load(&kind, problems, err);
    ga_expressions_close(&l.expressions);
    if (rc == GA_OK)
        *ret_set = l.fresh;
    else
        ga_priority_set_finish(&l.fresh);
    return rc;
}

/* Files as they are read for forms check. */
struct reading {
    struct ga_priority_set *set;
    const struct ga_definitions *definitions;
    struct ga_expressions expressions;
    struct ga_problems *problems;
};

static void take_file(void *ctx, const struct ga_folder_file *file, const struct ga_str *text)
{
    struct reading *r = ctx;
    ga_priorities_take_text(r->set, file->layer, r->definitions, &r->expressions, file->path, text, r->problems);
}

enum ga_rc ga_priorities_read_folders(struct ga_priority_set *set, struct ga_forms *forms,
                                      const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                      const struct ga_folders *folders, struct ga_problems *problems)
{
    struct reading r = {.set = set, .definitions = definitions, .problems = problems};
    ga_expressions_open(&r.expressions, forms);
    const enum ga_rc rc =
        ga_folders_read(folders, io, GA_PRIORITIES_FOLDER, GA_YAML_FILE_BYTES_MAX, &set->arena, problems, take_file, &r);
    ga_expressions_close(&r.expressions);
    return rc;
}
