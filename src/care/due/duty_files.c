/* Takes the files of duties into force. */
#include "expression.h"
#include "last_good.h"

#include "guanai/base/alloc.h"

struct loading {
    const struct ga_figures *figures;
    struct ga_expressions expressions;
    struct ga_duties fresh;
};

static enum ga_rc read_into(struct loading *l, struct ga_duties *set, const struct ga_folder_file *file,
                            const struct ga_str *text, struct ga_problems *problems)
{
    set->layer = file->layer;
    return ga_duties_take_text(set, &l->figures->definitions, &l->expressions, file->path, text, problems);
}

static bool look_at_text(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                         struct ga_problems *problems, struct ga_last_good_seen *ret_seen)
{
    struct ga_duties alone;
    ga_duties_init(&alone);
    const bool is_good = read_into(ctx, &alone, file, text, problems) == GA_OK;
    if (is_good) {
        ga_str_copy(ret_seen->name, sizeof(ret_seen->name), alone.items[0]->name);
        ret_seen->version = alone.items[0]->version;
        ret_seen->at = alone.items[0]->at;
        ga_duty_content(alone.items[0], &ret_seen->content);
    }
    ga_duties_finish(&alone);
    return is_good;
}

static enum ga_rc take_text(void *ctx, const struct ga_folder_file *file, const struct ga_str *text,
                            struct ga_problems *problems)
{
    struct loading *l = ctx;
    return read_into(l, &l->fresh, file, text, problems);
}

enum ga_rc ga_duties_load(const struct ga_figures *figures, struct ga_duties *ret_set, struct ga_problems *problems,
                          struct ga_error *err)
{
    struct loading l = {.figures = figures};
    const struct ga_last_good kind = {
        .store = figures->options.store,
        .io = figures->options.io,
        .folders = &figures->options.folders,
        .inner = GA_DUTIES_FOLDER,
        .setting = "duty",
        .has_changed = GA_N_("duty '%1' has changed but its version is still %2"),
        .look = look_at_text,
        .take = take_text,
        .ctx = &l,
    };
    ga_expressions_open(&l.expressions, ga_store_forms(figures->options.store));
    ga_duties_init(&l.fresh);
    enum ga_rc rc = ga_last_good_load(&kind, problems, err);
    ga_expressions_close(&l.expressions);
    if (rc == GA_OK)
        *ret_set = l.fresh;
    else
        ga_duties_finish(&l.fresh);
    return rc;
}

/* Files as they are read for forms check. */
struct reading {
    struct ga_duties *set;
    struct ga_forms *forms;
    const struct ga_definitions *definitions;
    struct ga_problems *problems;
};

static void take_file(void *ctx, const struct ga_folder_file *file, const struct ga_str *text)
{
    const struct reading *r = ctx;
    r->set->layer = file->layer;
    ga_duties_read_text(r->set, r->forms, r->definitions, file->path, ga_str_text(text), text->len, r->problems);
}

enum ga_rc ga_duties_read_folders(struct ga_duties *set, struct ga_forms *forms, const struct ga_definitions *definitions,
                                  const struct ga_io_ops *io, const struct ga_folders *folders,
                                  struct ga_problems *problems)
{
    struct reading r = {.set = set, .forms = forms, .definitions = definitions, .problems = problems};
    return ga_folders_read(folders, io, GA_DUTIES_FOLDER, GA_YAML_FILE_BYTES_MAX, &set->arena, problems, take_file, &r);
}
