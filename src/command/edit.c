/* guanai edit: changes a record. */
#include "private.h"

#include "guanai/base/alloc.h"

static enum ga_exit change_and_save(struct ga_command_line *line, struct ga_entry *entry, const char *because)
{
    char id[GA_UUID_TEXT_SIZE];
    bool is_changed = false;
    entry->mode = GA_CHECK_IMPORT;
    enum ga_exit exit = ga_fields_set(line, entry, line->argv + 3, line->argc - 3);
    if (exit == GA_EXIT_DONE)
        exit = ga_fields_save(line, entry, because, &is_changed);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_put_row(line, (const char *const[]){"id", "changed"}, 2);
    ga_put_row(line, (const char *const[]){ga_uuid_text(&entry->now.id, id), is_changed ? "1" : "0"}, 2);
    return GA_EXIT_DONE;
}

static enum ga_exit edit(struct ga_command_line *line, struct ga_session *session, const char *because)
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
    exit = change_and_save(line, entry, because);
    ga_entry_destroy(entry);
    return exit;
}

enum ga_exit ga_run_edit(struct ga_command_line *line)
{
    const char *because = NULL;
    const struct ga_option options[] = {{"--because", &because, NULL}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 3, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = edit(line, session, because);
    ga_session_close(session);
    return exit;
}
