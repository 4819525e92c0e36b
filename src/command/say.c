/* Says messages on stderr in the user's language. */
#include "charset.h"
#include "private.h"

#include "guanai/base/num.h"
#include "guanai/text/gate.h"

#include <string.h>

const char *ga_path(const struct ga_command_line *line, const char *word)
{
    return word == NULL ? NULL : ga_charset_raw(&line->words, word);
}

void ga_say_text(struct ga_command_line *line, const char *text)
{
    struct ga_str safe = {0}, shown = {0};
    ga_charset_show(&line->words, text, &shown);
    ga_gate_add_lines(&safe, ga_str_text(&shown), shown.len);
    fprintf(line->err, "%s\n", ga_str_text(&safe));
    ga_str_finish(&shown);
    ga_str_finish(&safe);
}

void ga_say_message(struct ga_command_line *line, const struct ga_message *message)
{
    char text[4 * GA_MESSAGE_BYTES];
    ga_say_text(line, ga_message_text(message, line->lang, text, sizeof(text)));
}

enum ga_exit ga_say_error(struct ga_command_line *line, enum ga_rc rc, const struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, line->lang, &text);
    ga_say_text(line, ga_str_text(&text));
    ga_str_finish(&text);
    return ga_exit_of(rc);
}

enum ga_exit ga_say_file_error(struct ga_command_line *line, enum ga_rc rc, const struct ga_error *err)
{
    const enum ga_exit exit = ga_say_error(line, rc, err);
    return rc == GA_NOT_FOUND ? GA_EXIT_BROKEN : exit;
}

static void add_place(struct ga_str *out, const struct ga_problem *problem)
{
    if (problem->file == NULL)
        return;
    ga_str_add(out, problem->file);
    if (problem->line > 0)
        ga_str_addf(out, ":%d", problem->line);
    if (problem->line > 0 && problem->column > 0)
        ga_str_addf(out, ":%d", problem->column);
    ga_str_add(out, ": ");
}

static void say_problem(struct ga_command_line *line, const struct ga_problem *problem)
{
    static const char *const severities[] = {
        [GA_NOTE] = GA_N_("note: "), [GA_WARNING] = GA_N_("warning: "), [GA_FAULT] = ""};
    struct ga_error sentence = {.what = problem->what, .hint = problem->hint};
    struct ga_str text = {0};
    add_place(&text, problem);
    if (problem->severity != GA_FAULT)
        ga_str_add(&text, ga_tr(line->lang, severities[problem->severity]));
    ga_error_text(&sentence, line->lang, &text);
    ga_say_text(line, ga_str_text(&text));
    ga_str_finish(&text);
}

void ga_say_problems(struct ga_command_line *line, struct ga_problems *problems, bool with_notes)
{
    for (size_t i = 0; i < problems->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &problems->list, i);
        if (with_notes || problem->severity != GA_NOTE)
            say_problem(line, problem);
    }
    const size_t all = problems->faults + problems->warnings + problems->notes;
    if (all > problems->list.len)
        ga_say(line, "and %1 more", GA_NUM(all - problems->list.len));
}
