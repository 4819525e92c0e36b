/* Starts the program: the locale for the terminal, then whatever the command line asks for. */
#include "guanai/base/alloc.h"
#include "guanai/base/let_go.h"
#include "guanai/command/command.h"
#include "guanai/crypt/secret.h"
#include "guanai/screen/screens.h"
#include "guanai/text/gate.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Those that can write Chinese; in all of them an ASCII byte that begins a character is ASCII. */
static const struct {
    const char *said, *iconv;
} charsets[] = {
    {"GB18030", "GB18030"}, {"GBK", "GBK"},   {"CP936", "GBK"},   {"GB2312", "GBK"},
    {"eucCN", "GBK"},       {"BIG5", "BIG5"}, {"BIG5-HKSCS", "BIG5-HKSCS"}, {"BIG5HKSCS", "BIG5-HKSCS"},
};

static const char *known_charset(const char *said)
{
    const size_t len = strcspn(said, "@");
    for (size_t i = 0; i < GA_COUNT(charsets); i++)
        if (strlen(charsets[i].said) == len && strncasecmp(charsets[i].said, said, len) == 0)
            return charsets[i].iconv;
    return NULL;
}

/* A locale that is named but not installed still tells what the terminal shows: zh_CN.GB18030. */
static const char *named_charset(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"}; /* POSIX: the first that is not empty */
    for (size_t i = 0; i < GA_COUNT(names); i++) {
        const char *name = getenv(names[i]);
        if (name == NULL || name[0] == '\0')
            continue;
        const char *dot = strchr(name, '.');
        return dot == NULL ? NULL : known_charset(dot + 1);
    }
    return NULL;
}

/*
 * Only characters follow the terminal; numbers are written with a point everywhere. Inside, all is UTF-8,
 * also where the locale is "C", in which no Chinese could be shown. Answers another charset's name, or NULL.
 */
static const char *choose_locale(void)
{
    const char *chosen = setlocale(LC_CTYPE, "");
    const char *charset = chosen == NULL ? named_charset() : known_charset(nl_langinfo(CODESET));
    if (chosen == NULL || MB_CUR_MAX == 1 || charset != NULL)
        setlocale(LC_CTYPE, "C.UTF-8");
    return charset;
}

/* The terminal is the user's again: what went wrong is said there. */
static enum ga_exit run_screens(struct ga_command_line *line)
{
    const struct ga_screens_options options = {.session = &line->session, .is_demo = line->is_demo};
    struct ga_error err = {0};
    ga_memory_join_small();
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

/* Whoever started us may have closed these: the database must not become the standard output. */
static void keep_standard_files(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY | O_CLOEXEC); /* writing there fails, which is said */
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int main(int argc, char **argv)
{
    keep_standard_files();
    struct ga_error err = {0};
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to be said, not the end */
    umask(077); /* the database, exports, refused rows: all of it is about children */
    const struct ga_command_ends ends = {stdout, stderr, choose_locale(), run_screens};
    if (ga_crypt_start(&err) != GA_OK) {
        fputs("guanai: libsodium\n", stderr);
        return GA_EXIT_BROKEN;
    }
    return (int)ga_command_main(argc, argv, &ends);
}
