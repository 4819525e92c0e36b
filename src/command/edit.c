/* guanai edit: changes a record. */
#include "private.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

struct editing {
    const char *because;
    bool keeps_name;
};

/* What is said once it is saved: the name that is found no more. NULL: nothing; the caller frees. */
static enum ga_exit keep_name(struct ga_command_line *line, struct ga_entry *entry, bool keeps, char **ret_lost)
{
    const char *old;
    struct ga_error err = {0};
    *ret_lost = NULL;
    if (!ga_entry_old_name(entry, &old))
        return GA_EXIT_DONE;
    if (!keeps)
        *ret_lost = ga_strdup(old);
    enum ga_rc rc = keeps ? ga_entry_keep_old_name(entry, &err) : GA_OK;
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

static enum ga_exit change_and_save(struct ga_command_line *line, struct ga_entry *entry, const struct editing *editing)
{
    char id[GA_UUID_TEXT_SIZE];
    bool is_changed = false;
    entry->mode = GA_CHECK_IMPORT;
    enum ga_exit exit = ga_fields_set(line, entry, line->argv + 3, line->argc - 3);
    char *lost = NULL;
    if (exit == GA_EXIT_DONE)
        exit = keep_name(line, entry, editing->keeps_name, &lost);
    if (exit == GA_EXIT_DONE)
        exit = ga_fields_save(line, entry, editing->because, &is_changed);
    if (exit == GA_EXIT_DONE && lost != NULL)
        ga_say(line, "%1 finds this child no more; --keep-name would have kept it as the former name, former_name=%1 still does", lost);
    free(lost);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_put_row(line, (const char *const[]){"id", "changed"}, 2);
    ga_put_row(line, (const char *const[]){ga_uuid_text(&entry->now.id, id), is_changed ? "1" : "0"}, 2);
    return GA_EXIT_DONE;
}

static enum ga_exit edit(struct ga_command_line *line, struct ga_session *session, const struct editing *editing)
{
    const struct ga_form *form = ga_command_form(line, session, line->argv[1]);
    struct ga_uuid id;
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (form == NULL)
        return GA_EXIT_USAGE;
    enum ga_exit exit = ga_command_child(line, session, form, line->argv[2], &id);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_entry_open(session, &id, &entry, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    exit = change_and_save(line, entry, editing);
    ga_entry_destroy(entry);
    return exit;
}

enum ga_exit ga_run_edit(struct ga_command_line *line)
{
    struct editing editing = {0};
    const struct ga_option options[] = {{"--because", &editing.because, NULL}, {"--keep-name", NULL, &editing.keeps_name}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 3, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = edit(line, session, &editing);
    ga_session_close(session);
    return exit;
}
