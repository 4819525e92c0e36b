/* Opens what a command works on. */
#include "private.h"

#include "guanai/store/record.h"
#include "guanai/store/same.h"

/* Commands are run by scripts: they go on, and what they write is marked as of a doubtful day. */
static void say_doubt(struct ga_command_line *line, const struct ga_session *session)
{
    if (session->is_day_doubtful)
        ga_say(line, "today cannot be %1; say the right day with --today. What is written now is marked as of a doubtful day",
               GA_DATE_ISO(session->today));
}

/* What was not found may also be a file that --config or --forms named. */
static bool has_data(struct ga_command_line *line)
{
    const struct ga_io_ops *io = line->session.io;
    struct ga_arena arena = {0};
    struct ga_io_stat stat;
    const char *folder;
    const bool is_there = ga_session_data_folder(&line->session, &arena, &folder, NULL) == GA_OK &&
                          io->stat(io->ctx, ga_arena_printf(&arena, "%s/guanai.db", folder), &stat) == 0;
    ga_arena_finish(&arena);
    return is_there;
}

enum ga_exit ga_command_open(struct ga_command_line *line, struct ga_session **ret_session)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_open(&line->session, &problems, ret_session, &err);
    if (rc == GA_OK)
        line->lang = (*ret_session)->lang;
    ga_say_problems(line, &problems, false);
    ga_problems_finish(&problems);
    if (rc == GA_OK) {
        say_doubt(line, *ret_session);
        return GA_EXIT_DONE;
    }
    ga_say_error(line, rc, &err);
    if (rc == GA_NOT_FOUND && !has_data(line))
        ga_say(line, "a new data folder is made by: guanai init --school NAME");
    return rc == GA_NOT_FOUND ? GA_EXIT_BROKEN : ga_exit_of(rc);
}

const struct ga_form *ga_command_form(struct ga_command_line *line, struct ga_session *session, const char *name)
{
    struct ga_forms *forms = session->forms;
    struct ga_error err = {0};
    for (size_t i = 0; i < forms->names_count; i++) {
        if (!ga_str_equal(forms->names[i], name))
            continue;
        const struct ga_form *form = ga_forms_get(forms, name, &err);
        if (form == NULL)
            ga_say_error(line, GA_DAMAGED, &err);
        return form;
    }
    ga_say(line, "there is no form '%1'", name);
    ga_offer(line, name, forms->names, forms->names_count);
    return NULL;
}

enum ga_exit ga_command_record(struct ga_command_line *line, struct ga_session *session, const struct ga_form *form,
                               const char *word, struct ga_uuid *ret_id)
{
    struct ga_error err = {0};
    enum ga_rc rc = ga_store_resolve(session->store, form, word, ret_id, &err);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

enum ga_exit ga_command_child(struct ga_command_line *line, struct ga_session *session, const struct ga_form *form,
                              const char *word, struct ga_uuid *ret_id)
{
    struct ga_uuid main, whole;
    char text[GA_UUID_TEXT_SIZE];
    enum ga_exit exit = ga_command_record(line, session, form, word, ret_id);
    if (exit != GA_EXIT_DONE || strcmp(form->name, "child") != 0 ||
        ga_same_main(session->store, ret_id, &main, NULL) != GA_OK || ga_uuid_compare(&main, ret_id) == 0)
        return exit;
    ga_say(line, "this file is one child's with another, which leads: %1", ga_uuid_text(&main, text));
    if (!ga_uuid_parse(word, &whole))
        *ret_id = main;
    return exit;
}
