/* Starts the program: the locale for the terminal, then whatever the command line asks for. */
#include "guanai/command/command.h"
#include "guanai/crypt/secret.h"
#include "guanai/screen/screens.h"
#include "guanai/text/gate.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Only characters follow the terminal; numbers are written with a point everywhere. */
static void choose_locale(void)
{
    const char *chosen = setlocale(LC_CTYPE, "");
    if (chosen == NULL || MB_CUR_MAX == 1) /* "C": no Chinese could be shown or typed */
        setlocale(LC_CTYPE, "C.UTF-8");
}

/* The terminal is the user's again: what went wrong is said there. */
static enum ga_exit run_screens(struct ga_command_line *line)
{
    const struct ga_screens_options options = {.session = &line->session, .is_demo = line->is_demo};
    struct ga_error err = {0};
    enum ga_rc rc = ga_screens_run(&options, &err);
    if (rc == GA_OK || rc == GA_CANCELLED)
        return GA_EXIT_DONE;
    struct ga_str text = {0};
    struct ga_str safe = {0};
    ga_error_text(&err, line->lang, &text);
    ga_gate_add(&safe, ga_str_text(&text), text.len);
    fprintf(line->err, "guanai: %s\n", ga_str_text(&safe));
    ga_str_finish(&text);
    ga_str_finish(&safe);
    return ga_exit_of(rc);
}

int main(int argc, char **argv)
{
    struct ga_error err = {0};
    umask(077); /* the database, exports, refused rows: all of it is about children */
    choose_locale();
    if (ga_crypt_start(&err) != GA_OK) {
        fputs("guanai: libsodium\n", stderr);
        return GA_EXIT_BROKEN;
    }
    return (int)ga_command_main(argc, argv, stdout, stderr, run_screens);
}
