/* Takes options apart. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

void ga_guess(struct ga_command_line *line, const char *word, const char *const *names, size_t count)
{
    const char *best = ga_yaml_suggest(word, names, count);
    if (best != NULL)
        ga_say(line, "did you mean '%1'?", best);
}

enum { OFFERED_BYTES = GA_MESSAGE_BYTES - 20 }; /* a message holds no more; no name is cut */

void ga_offer(struct ga_command_line *line, const char *word, const char *const *names, size_t count)
{
    if (count == 0 || ga_yaml_suggest(word, names, count) != NULL)
        ga_guess(line, word, names, count);
    else
        ga_list(line, names, count);
}

void ga_list(struct ga_command_line *line, const char *const *names, size_t count)
{
    struct ga_str text = {0};
    size_t shown = 0;
    for (; shown < count && text.len + strlen(names[shown]) < OFFERED_BYTES; shown++)
        ga_str_addf(&text, "%s%s", shown > 0 ? ", " : "", names[shown]);
    if (shown < count)
        ga_str_add(&text, " …");
    if (count > 0)
        ga_say(line, "there are: %1", ga_str_text(&text));
    ga_str_finish(&text);
}

static void say_way(struct ga_command_line *line, const struct ga_command *command, const char *way, size_t len)
{
    struct ga_str text = {0};
    ga_str_addf(&text, "%s%s", command->name, len > 0 ? " " : "");
    ga_str_add_bytes(&text, way, len);
    ga_say(line, "usage: guanai %1", ga_str_text(&text));
    ga_str_finish(&text);
}

const char *ga_usage_way(const char **usage, size_t *ret_len)
{
    static const char between[] = " · ";
    const char *way = *usage, *end = way == NULL ? NULL : strstr(way, between);
    *usage = end == NULL ? NULL : end + strlen(between);
    *ret_len = end != NULL ? (size_t)(end - way) : way != NULL ? strlen(way) : 0;
    return way;
}

/* "": every way. */
static size_t say_ways_of(struct ga_command_line *line, const char *verb)
{
    const struct ga_command *command = line->command;
    const char *usage = command->usage[0] == '\0' ? "" : ga_tr(line->lang, command->usage), *way;
    const size_t verb_len = strlen(verb);
    size_t len, said = 0;
    while ((way = ga_usage_way(&usage, &len)) != NULL) {
        const bool is_of = verb_len == 0 || (len >= verb_len && memcmp(way, verb, verb_len) == 0 && (len == verb_len || way[verb_len] == ' '));
        if (is_of)
            say_way(line, command, way, len);
        said += is_of;
    }
    return said;
}

enum ga_exit ga_usage(struct ga_command_line *line)
{
    const struct ga_command *command = line->command;
    if (command == NULL) {
        ga_say(line, "usage: guanai %1", ga_tr(line->lang, "[--config F] [--data DIR] [--forms DIR] [--lang zh|en] "
                                                           "[--today YYYY-MM-DD] [--user NAME] [--for NAME] [--password-file F] [COMMAND …]"));
        return GA_EXIT_USAGE;
    }
    /* of a command of many verbs those of the one that was typed: the right one is seen at once, and a message holds no more */
    if (line->argc < 2 || line->argv[1][0] == '\0' || say_ways_of(line, line->argv[1]) == 0)
        say_ways_of(line, "");
    return GA_EXIT_USAGE;
}

static enum ga_exit refuse_option(struct ga_command_line *line, const char *word, const struct ga_option *options,
                                  size_t count)
{
    const char *names[32];
    for (size_t i = 0; i < count && i < GA_COUNT(names); i++)
        names[i] = options[i].name;
    ga_say(line, "there is no option '%1' here", word);
    if (line->command != NULL && ga_is_global(word))
        ga_say(line, "it stands before the command: guanai %1 … %2", word, line->command->name);
    else
        ga_guess(line, word, names, count < GA_COUNT(names) ? count : GA_COUNT(names));
    return ga_usage(line);
}

/* The option a word names, with or without "=value". */
static const struct ga_option *find_option(const struct ga_option *options, size_t count, const char *word)
{
    const size_t len = strcspn(word, "=");
    for (size_t i = 0; i < count; i++)
        if (strlen(options[i].name) == len && strncmp(options[i].name, word, len) == 0)
            return &options[i];
    return NULL;
}

/* Takes the option at argv[*i], and its value from the next word where it stands there. */
static enum ga_exit take_option(struct ga_command_line *line, const struct ga_option *options, size_t count, int *i,
                                uint32_t *seen)
{
    const char *word = line->argv[*i], *equals = strchr(word, '=');
    const struct ga_option *option = find_option(options, count, word);
    if (option == NULL)
        return refuse_option(line, word, options, count);
    const uint32_t bit = UINT32_C(1) << (option - options);
    /* Which of two is meant nobody can tell; a script around the program has its global ones overruled. */
    if (line->command != NULL && (*seen & bit) != 0) {
        ga_say(line, "%1 is given twice", option->name);
        return ga_usage(line);
    }
    *seen |= bit;
    if (option->value == NULL) {
        if (equals != NULL)
            return refuse_option(line, word, options, count);
        *option->is_on = true;
        return GA_EXIT_DONE;
    }
    if (equals == NULL && *i + 1 >= line->argc) {
        ga_say(line, "%1 needs a value behind it", option->name);
        return ga_usage(line);
    }
    *option->value = equals != NULL ? equals + 1 : line->argv[++*i];
    return GA_EXIT_DONE;
}

enum ga_exit ga_args_parse(struct ga_command_line *line, const struct ga_option *options, size_t count,
                           int words_min, int words_max)
{
    int kept = 1;
    bool are_options_over = false;
    uint32_t seen = 0;
    for (int i = 1; i < line->argc; i++) {
        char *word = line->argv[i];
        if (are_options_over || word[0] != '-' || word[1] == '\0') {
            line->argv[kept++] = word;
        } else if (strcmp(word, "--") == 0) {
            are_options_over = true;
        } else {
            const enum ga_exit exit = take_option(line, options, count, &i, &seen);
            if (exit != GA_EXIT_DONE)
                return exit;
        }
    }
    line->argc = kept;
    return kept - 1 < words_min || kept - 1 > words_max ? ga_usage(line) : GA_EXIT_DONE;
}

const char *const *ga_split_names(struct ga_arena *arena, const char *text, size_t *ret_count)
{
    size_t count = 1;
    for (const char *p = text; *p != '\0'; p++)
        count += *p == ',';
    const char **names = ga_arena_array(arena, count, sizeof(*names));
    for (size_t i = 0; i < count; i++) {
        const size_t len = strcspn(text, ",");
        names[i] = ga_arena_strndup(arena, text, len);
        text += len + 1;
    }
    *ret_count = count;
    return names;
}
