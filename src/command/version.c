/* guanai version: which version this is. */
#include "private.h"

enum ga_exit ga_run_version(struct ga_command_line *line)
{
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 0, 0);
    if (exit == GA_EXIT_DONE)
        fprintf(line->out, "guanai %s\n", GA_VERSION);
    return exit;
}
