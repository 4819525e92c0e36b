/* guanai init: a new data folder. */
#include "private.h"

#include "guanai/base/num.h"

enum { DEMO_CHILDREN_MAX = 1000000, DEMO_SEED = 20260901 };

static enum ga_exit fill(struct ga_command_line *line, const char *demo)
{
    struct ga_session *session;
    struct ga_error err = {0};
    int64_t children;
    if (demo == NULL)
        return GA_EXIT_DONE;
    ga_num_parse(demo, &children);
    enum ga_exit exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_session_fill_demo(session, (int)children, DEMO_SEED, &err);
    ga_session_close(session);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

enum ga_exit ga_run_init(struct ga_command_line *line)
{
    const char *school = NULL, *demo = NULL;
    const struct ga_option options[] = {{"--school", &school, NULL}, {"--demo", &demo, NULL}};
    struct ga_error err = {0};
    int64_t children;
    enum ga_exit exit = ga_args_parse(line, options, 2, 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (school == NULL || (demo != NULL && (!ga_num_parse(demo, &children) || children < 1 || children > DEMO_CHILDREN_MAX)))
        return ga_usage(line);
    enum ga_rc rc = ga_session_init(&line->session, school, &err);
    return rc == GA_OK ? fill(line, demo) : ga_say_error(line, rc, &err);
}
