/* Takes the file of the three priorities into force. */
#include "priority/priority_inner.h"

#include "expression.h"
#include "last_good.h"

static enum ga_rc take_text(void *set, const struct ga_last_good_means *means, const struct ga_folder_file *file,
                            const struct ga_str *text, struct ga_problems *problems)
{
    return ga_priorities_take_text(set, file->layer, means->definitions, means->expressions, file->path, text, problems);
}

static void look_at(const void *set, struct ga_last_good_seen *ret_seen)
{
    const struct ga_priorities *only = ((const struct ga_priority_set *)set)->item;
    ret_seen->name = only->name;
    ret_seen->version = only->version;
    ret_seen->at = only->at;
    ga_priorities_content(only, &ret_seen->content);
}

static void finish(void *set)
{
    ga_priority_set_finish(set);
}

const struct ga_last_good_kind ga_priority_files = {
    .inner = GA_PRIORITIES_FOLDER,
    .setting = "priorities",
    .has_changed = GA_N_("'%1' has changed but its version is still %2"),
    .set_bytes = sizeof(struct ga_priority_set),
    .finish = finish,
    .take = take_text,
    .look = look_at,
};

enum ga_rc ga_priorities_load(const struct ga_figures *figures, struct ga_priority_set *ret_set,
                              struct ga_problems *problems, struct ga_error *err)
{
    return ga_last_good_load(&ga_priority_files, figures, ret_set, problems, err);
}

enum ga_rc ga_priorities_read_folders(struct ga_priority_set *set, struct ga_forms *forms,
                                      const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                      const struct ga_folders *folders, struct ga_problems *problems)
{
    return ga_last_good_read_folders(&ga_priority_files, set, forms, definitions, io, folders, problems);
}
