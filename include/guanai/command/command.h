/* The sub-commands of the command line, one file and one row each. */
#ifndef GUANAI_COMMAND_COMMAND_H
#define GUANAI_COMMAND_COMMAND_H

#include "guanai/app/session.h"

#include <stdio.h>

/* 0 done; 1 findings, or refused because of the data; 2 wrong usage; 3 not allowed; 4 damaged, busy, I/O. */
enum ga_exit { GA_EXIT_DONE, GA_EXIT_FINDINGS, GA_EXIT_USAGE, GA_EXIT_DENIED, GA_EXIT_BROKEN };

struct ga_command;

struct ga_command_line {
    struct ga_session_options session;
    enum ga_lang lang;         /* for messages before a session is there */
    int argc;                  /* the command's own words, argv[0] its name */
    char **argv;
    FILE *out, *err;           /* UTF-8 goes in, whatever comes out */
    bool is_out_terminal, is_err_terminal;
    const char *charset;       /* of the terminal, where it is not UTF-8; else NULL */
    struct ga_vec words;       /* of the command line in that charset: command/charset.h, private */
    enum ga_exit (*screens)(struct ga_command_line *line); /* NULL: none built in */
    const struct ga_command *command; /* the one that runs; NULL: none yet */
    bool is_demo;              /* an invented school: the screens say 演示 */
};

struct ga_command {
    const char *name;          /* "find", "forms check" */
    const char *usage;         /* GA_N_("TEXT") */
    const char *help;          /* GA_N_("one sentence") */
    enum ga_exit (*run)(struct ga_command_line *line);
};

const struct ga_command *ga_commands(size_t *ret_count);

/* What a command line is tied to outside. */
struct ga_command_ends {
    FILE *out, *err;
    const char *charset; /* of both and of argv, as iconv names it; NULL: UTF-8 */
    enum ga_exit (*screens)(struct ga_command_line *line); /* NULL: none built in */
};

/*
 * Global options, then the command; without one the screens, which open line->session themselves. Stray
 * words, unknown options and commands: how it is used, with the nearest name, GA_EXIT_USAGE.
 */
enum ga_exit ga_command_main(int argc, char **argv, const struct ga_command_ends *ends);

enum ga_exit ga_exit_of(enum ga_rc rc);

#endif
