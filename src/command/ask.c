/* Asks at a terminal whether to go on. */
#include "private.h"

#include <stdio.h>
#include <unistd.h>

/* What is typed ahead of the line's end is of this answer. */
static bool is_enter(FILE *in)
{
    const int first = getc(in);
    for (int c = first; c != '\n' && c != EOF;)
        c = getc(in);
    return first == '\n';
}

bool ga_command_asks(const struct ga_command_line *line)
{
    return line->is_out_terminal && line->is_err_terminal && isatty(STDIN_FILENO);
}

enum ga_exit ga_command_ask(struct ga_command_line *line)
{
    fflush(line->out);
    ga_say(line, "Enter: switch on; n and Enter: leave it as it is");
    fflush(line->err);
    if (is_enter(stdin))
        return GA_EXIT_DONE;
    ga_say(line, "nothing was switched");
    return GA_EXIT_FINDINGS;
}
