/* Puts the terminal back on every way out. */
#include "term_signal.h"

#include "guanai/base/alloc.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Of the one terminal a process has; signal handlers can reach nothing else. */
static struct {
    int pipe[2];
    struct termios modes;
    bool has_modes;
    volatile sig_atomic_t is_open;
    volatile sig_atomic_t has_resize;
    volatile sig_atomic_t quits;
} the;

/* Plain text, cursor shown, keypad and bracketed paste off, main screen: every terminal here knows these. */
static const char way_back[] = "\033[?2004l\033[m\033[?25h\033[?1l\033>\033[?1049l\r\n";

static void send(const char *bytes, size_t len)
{
    ssize_t sent = write(STDOUT_FILENO, bytes, len);
    (void)sent; /* the terminal may be gone; there is nobody to tell */
}

static void put_back(void)
{
    if (!the.is_open)
        return;
    the.is_open = false;
    send(way_back, sizeof(way_back) - 1);
    if (the.has_modes)
        tcsetattr(STDIN_FILENO, TCSANOW, &the.modes);
}

static void wake(void)
{
    ssize_t sent = write(the.pipe[1], "!", 1);
    (void)sent; /* a full pipe wakes as well */
}

static void on_resize(int number)
{
    (void)number;
    the.has_resize = true;
    wake();
}

/* The second time it is meant: the loop did not get to the first. */
static void on_quit(int number)
{
    if (the.quits++ > 0) {
        put_back();
        signal(number, SIG_DFL);
        raise(number);
    }
    wake();
}

static void on_crash(int number)
{
    put_back();
    signal(number, SIG_DFL);
    raise(number);
}

struct handler {
    int number;
    void (*run)(int);
};

static const struct handler handlers[] = {
    {SIGWINCH, on_resize}, {SIGTERM, on_quit}, {SIGHUP, on_quit},  {SIGINT, on_quit},  {SIGQUIT, on_quit},
    {SIGABRT, on_crash},   {SIGSEGV, on_crash}, {SIGBUS, on_crash}, {SIGFPE, on_crash}, {SIGILL, on_crash},
};

void ga_term_signal_save(void)
{
    the.has_modes = tcgetattr(STDIN_FILENO, &the.modes) == 0;
}

void ga_term_signal_begin(void)
{
    if (pipe2(the.pipe, O_NONBLOCK | O_CLOEXEC) != 0)
        abort();
    the.has_resize = false;
    the.quits = 0;
    for (size_t i = 0; i < GA_COUNT(handlers); i++) {
        struct sigaction action = {.sa_handler = handlers[i].run, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        sigaction(handlers[i].number, &action, NULL);
    }
    signal(SIGTSTP, SIG_IGN); /* Ctrl-Z never leaves a page full of names behind a shell */
    static bool is_registered;
    if (!is_registered)
        atexit(put_back);
    is_registered = true;
    the.is_open = true;
    static const char paste_on[] = "\033[?2004h";
    send(paste_on, sizeof(paste_on) - 1);
}

void ga_term_signal_end(void)
{
    static const char paste_off[] = "\033[?2004l";
    send(paste_off, sizeof(paste_off) - 1);
    the.is_open = false;
    for (size_t i = 0; i < GA_COUNT(handlers); i++)
        signal(handlers[i].number, SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    close(the.pipe[0]);
    close(the.pipe[1]);
}

int ga_term_signal_fd(void)
{
    return the.pipe[0];
}

enum ga_term_signal ga_term_signal_next(void)
{
    if (the.quits == 0 && !the.has_resize)
        return GA_TERM_NOTHING;
    char bytes[64];
    while (read(the.pipe[0], bytes, sizeof(bytes)) > 0)
        ;
    if (the.quits > 0) {
        the.quits = 1; /* being dealt with; one more ends the program at once */
        return GA_TERM_QUIT;
    }
    the.has_resize = false;
    return GA_TERM_RESIZE;
}
