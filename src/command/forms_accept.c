/* guanai forms accept: an administrator takes changed forms into force that would do something to records. */
#include "private.h"

#include "guanai/store/store.h"

static enum ga_exit accept(struct ga_command_line *line, struct ga_session *session, const char *form)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_confirm_forms(session, form, &problems, &err);
    ga_say_problems(line, &problems, false);
    const enum ga_exit exit = problems.faults + problems.warnings > 0 ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
    ga_problems_finish(&problems);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    ga_say(line, "in force from now on: %1", form);
    return exit;
}

/* What records lose is accepted by name, never by leaving the name out. */
static enum ga_exit ask_which(struct ga_command_line *line, const struct ga_session *session)
{
    const char *waiting = ga_store_waiting_forms(session->store);
    if (waiting[0] == '\0')
        ga_say(line, "no changed form waits for that");
    else
        ga_say(line, "say which: guanai forms accept %1", waiting);
    return GA_EXIT_FINDINGS;
}

enum ga_exit ga_run_forms_accept(struct ga_command_line *line)
{
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 0, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (line->argc == 1)
        exit = ask_which(line, session);
    for (int i = 1; i < line->argc && exit == GA_EXIT_DONE; i++)
        exit = accept(line, session, line->argv[i]);
    ga_session_close(session);
    return exit;
}
