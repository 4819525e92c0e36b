/* Takes the files of alarms into force. */
#include "alarm/alarm_inner.h"
#include "last_good.h"

static enum ga_rc take_text(void *set, const struct ga_last_good_means *means, const struct ga_folder_file *file,
                            const struct ga_str *text, struct ga_problems *problems)
{
    struct ga_alarm_rules *rules = set;
    rules->layer = file->layer;
    return ga_alarm_rules_take_text(rules, means->definitions, means->expressions, file->path, text, problems);
}

static void look_at(const void *set, struct ga_last_good_seen *ret_seen)
{
    const struct ga_alarm_rule *only = ((const struct ga_alarm_rules *)set)->items[0];
    ret_seen->name = only->name;
    ret_seen->version = only->version;
    ret_seen->at = only->at;
    ga_alarm_rule_content(only, &ret_seen->content);
}

static void finish(void *set)
{
    ga_alarm_rules_finish(set);
}

const struct ga_last_good_kind ga_alarm_files = {
    .inner = GA_ALARMS_FOLDER,
    .setting = "alarm",
    .has_changed = GA_N_("alarm '%1' has changed but its version is still %2"),
    .set_bytes = sizeof(struct ga_alarm_rules),
    .finish = finish,
    .take = take_text,
    .look = look_at,
};

enum ga_rc ga_alarm_rules_load(const struct ga_figures *figures, struct ga_alarm_rules *ret_set,
                               struct ga_problems *problems, struct ga_error *err)
{
    return ga_last_good_load(&ga_alarm_files, figures, ret_set, problems, err);
}

enum ga_rc ga_alarm_rules_read_folders(struct ga_alarm_rules *set, struct ga_forms *forms,
                                       const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                       const struct ga_folders *folders, struct ga_problems *problems)
{
    return ga_last_good_read_folders(&ga_alarm_files, set, forms, definitions, io, folders, problems);
}
