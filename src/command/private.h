/* What the sub-commands are made with; private to this room. */
#ifndef GUANAI_COMMAND_PRIVATE_H
#define GUANAI_COMMAND_PRIVATE_H

#include "guanai/app/entry.h"
#include "guanai/command/command.h"
#include "runs.h"
#include "table.h"

/* args.c: an option of a command; exactly one of the two places is set. */
struct ga_option {
    const char *name; /* "--sheet" */
    const char **value;
    bool *is_on;
};

/*
 * Takes options out of line->argv (anywhere, until "--"), leaving the command's name and its words.
 * Unknown options, missing values and a wrong number of words: the usage is said, GA_EXIT_USAGE.
 */
enum { GA_WORDS_ANY = 1 << 20 };
enum ga_exit ga_args_parse(struct ga_command_line *line, const struct ga_option *options, size_t count,
                           int words_min, int words_max);

bool ga_is_global(const char *word); /* command.c: "--data", "--data=x": an option that stands before the command */
enum ga_exit ga_refuse_command(struct ga_command_line *line, const char *name); /* command.c: with the nearest one */
void ga_help_command(struct ga_command_line *line, const struct ga_command *command); /* help.c */

enum ga_exit ga_usage(struct ga_command_line *line); /* how the command, the verb of it that was typed, is used; answers GA_EXIT_USAGE */
const char *ga_usage_way(const char **usage, size_t *ret_len); /* the next of its ways, up to " · "; NULL: that were all */
void ga_guess(struct ga_command_line *line, const char *word, const char *const *names, size_t count);
void ga_offer(struct ga_command_line *line, const char *word, const char *const *names, size_t count); /* all when none is near */
void ga_list(struct ga_command_line *line, const char *const *names, size_t count); /* what there is */

/* say.c: messages on stderr, harmless to the terminal. */
#define ga_say(line, ...)                                                                              \
    do {                                                                                               \
        struct ga_message ga_said;                                                                     \
        ga_message_set(&ga_said, __VA_ARGS__);                                                         \
        ga_say_message((line), &ga_said);                                                              \
    } while (0)
/* command.c: says what to do where the full screen cannot be read; answers GA_EXIT_USAGE. */
enum ga_exit ga_refuse_charset(struct ga_command_line *line);

/* ask.c: is somebody at the terminal who can be asked? Scripts are not. */
bool ga_command_asks(const struct ga_command_line *line);
/* What a switch makes was said: GA_EXIT_DONE for Enter, else GA_EXIT_FINDINGS, said so. */
enum ga_exit ga_command_ask(struct ga_command_line *line);

/* A file's or folder's name as the system knows it: the bytes that were typed. NULL stays NULL. */
const char *ga_path(const struct ga_command_line *line, const char *word);
void ga_say_message(struct ga_command_line *line, const struct ga_message *message);
void ga_say_text(struct ga_command_line *line, const char *text);
enum ga_exit ga_say_error(struct ga_command_line *line, enum ga_rc rc, const struct ga_error *err);

/* The same for files: one that is not there is unreadable (4), unlike a record that is not (1). */
enum ga_exit ga_say_file_error(struct ga_command_line *line, enum ga_rc rc, const struct ga_error *err);

/* file:line:column: message; `with_notes` false leaves notes out. */
void ga_say_problems(struct ga_command_line *line, struct ga_problems *problems, bool with_notes);

/* Value as scripts read it: codes, 0/1, ISO dates, decimal digits; "" for nothing. */
void ga_value_plain(const struct ga_field *field, const struct ga_value *value, struct ga_str *out);

/* open.c: opens the school's data; problems and doubts are said. */
enum ga_exit ga_command_open(struct ga_command_line *line, struct ga_session **ret_session);

/* A form by name; NULL when there is none, which has been said with the nearest name. */
const struct ga_form *ga_command_form(struct ga_command_line *line, struct ga_session *session, const char *name);

/* The record a word means. */
enum ga_exit ga_command_record(struct ga_command_line *line, struct ga_session *session, const struct ga_form *form,
                               const char *word, struct ga_uuid *ret_id);

/* The same of a child: of linked files the one that leads, unless the file was named by its whole id. */
enum ga_exit ga_command_child(struct ga_command_line *line, struct ga_session *session, const struct ga_form *form,
                              const char *word, struct ga_uuid *ret_id);

/* called.c: the field of the record, or of its `repeat`, of that name, else the only one with that label or other name
 * in either language, however it is spelled. What is wrong is said. */
enum ga_exit ga_field_called(struct ga_command_line *line, const struct ga_form *form, const struct ga_field *repeat,
                             const char *name, const struct ga_field **ret_field);
/* The form has no such field, but perhaps one of nearly this name. */
enum ga_exit ga_refuse_field(struct ga_command_line *line, const struct ga_form *form, const char *name);

/* FIELD=VALUE words into an entry. Everything wrong is said; the worst exit code is answered. */
enum ga_exit ga_fields_set(struct ga_command_line *line, struct ga_entry *entry, char **words, int count);
enum ga_exit ga_fields_save(struct ga_command_line *line, struct ga_entry *entry, const char *because,
                            bool *ret_changed);

/* list_class.c: who was in a class on a day; what is NULL was not asked for. */
struct ga_list_class {
    const char *class, *on, *site;
    bool is_json;
};
enum ga_exit ga_list_class(struct ga_command_line *line, struct ga_session *session, const struct ga_list_class *asked);

/* A day as options have it; false: it is none, which has been said. */
bool ga_read_day(struct ga_command_line *line, const char *typed, struct ga_date *ret_day);
bool ga_read_span(struct ga_command_line *line, const struct ga_days *span); /* false, said: it ends before it begins */

/* progress.c: shown on stderr when that is a terminal; SIGINT, SIGTERM and SIGHUP mean stop. */
struct ga_command_progress {
    struct ga_command_line *line;
    int64_t shown_ms;
    bool has_shown;
    struct ga_progress progress; /* to be handed on */
};
void ga_progress_begin(struct ga_command_progress *progress, struct ga_command_line *line);
void ga_progress_end(struct ga_command_progress *progress);
bool ga_progress_step(struct ga_command_progress *progress, int64_t done, int64_t total);

/* imports.c: what `guanai import` does beside importing. */
enum ga_exit ga_put_imports(struct ga_command_line *line, struct ga_session *session);
enum ga_exit ga_undo_import(struct ga_command_line *line, struct ga_session *session, const char *typed, bool is_dry);
void ga_say_taken_in(struct ga_command_line *line, struct ga_session *session);

/* Splits "a,b,c" in place into an array in `arena`. */
const char *const *ga_split_names(struct ga_arena *arena, const char *text, size_t *ret_count);

#endif
