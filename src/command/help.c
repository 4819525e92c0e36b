/* guanai help: the commands, from the table that runs them. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

static const struct {
    const char *name, *help;
} globals[] = {
    {"--data DIR", GA_N_("the data folder, if not the usual one")},
    {"--config FILE", GA_N_("the school's settings, if not config.yaml in the data folder")},
    {"--forms DIR", GA_N_("the forms under the school's own, if not those that come with the program")},
    {"--lang zh|en", GA_N_("the language, if not the one in the settings")},
    {"--today YYYY-MM-DD", GA_N_("the day, if not the clock's")},
    {"--user NAME", GA_N_("who answers for what is written")},
    {"--for NAME", GA_N_("who did what is written, when the user only types it")},
    {"--password-file FILE", GA_N_("not read: there are no passwords yet, the name alone is recorded")},
};

static const char *const exits[] = {
    GA_N_("done"),
    GA_N_("done with findings, or refused because of the data and nothing written"),
    GA_N_("wrong usage"),
    GA_N_("not allowed"),
    GA_N_("damaged, unreadable, open elsewhere, or a failure of the disk; nothing half-done"),
};

static void put_command(struct ga_command_line *line, const struct ga_command *command)
{
    const char *usage = command->usage[0] == '\0' ? "" : ga_tr(line->lang, command->usage), *way;
    size_t len;
    while ((way = ga_usage_way(&usage, &len)) != NULL)
        fprintf(line->out, "  guanai %s%s%.*s\n", command->name, len == 0 ? "" : " ", (int)len, way);
    fprintf(line->out, "      %s\n", ga_tr(line->lang, command->help));
}

static void put_all(struct ga_command_line *line)
{
    size_t count;
    const struct ga_command *commands = ga_commands(&count);
    fprintf(line->out, "%s\n\n  guanai\n      %s\n", ga_tr(line->lang, "Guanai: files of left-behind children"),
            ga_tr(line->lang, "the program in full screen"));
    for (size_t i = 0; i < count; i++)
        put_command(line, &commands[i]);
    fprintf(line->out, "\n%s\n", ga_tr(line->lang, "Before the command may stand:"));
    for (size_t i = 0; i < GA_COUNT(globals); i++)
        fprintf(line->out, "  %-22s %s\n", globals[i].name, ga_tr(line->lang, globals[i].help));
    fprintf(line->out, "\n%s\n", ga_tr(line->lang, "It ends with:"));
    for (size_t i = 0; i < GA_COUNT(exits); i++)
        fprintf(line->out, "  %zu  %s\n", i, ga_tr(line->lang, exits[i]));
}

void ga_help_command(struct ga_command_line *line, const struct ga_command *command)
{
    put_command(line, command);
}

/* "help forms check", "help forms" (all that begin so) and "help find" alike. */
static bool is_asked_for(const struct ga_command_line *line, const struct ga_command *command)
{
    const size_t first = strcspn(command->name, " ");
    const char *second = command->name[first] == ' ' ? command->name + first + 1 : "";
    return strlen(line->argv[1]) == first && strncmp(command->name, line->argv[1], first) == 0 &&
           (line->argc < 3 || strcmp(line->argv[2], second) == 0);
}

static size_t put_asked_for(struct ga_command_line *line)
{
    size_t count, found = 0;
    const struct ga_command *commands = ga_commands(&count);
    for (size_t i = 0; i < count; i++) {
        if (!is_asked_for(line, &commands[i]))
            continue;
        put_command(line, &commands[i]);
        found++;
    }
    return found;
}

enum ga_exit ga_run_help(struct ga_command_line *line)
{
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 0, 2);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (line->argc == 1) {
        put_all(line);
        return GA_EXIT_DONE;
    }
    return put_asked_for(line) > 0 ? GA_EXIT_DONE : ga_refuse_command(line, line->argv[1]);
}
