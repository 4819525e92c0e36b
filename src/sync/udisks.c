/* Asks udisks to mount a stick or to let go of it. */
#include "guanai/sync/udisks.h"

#include "guanai/base/io_ops.h"
#include "guanai/base/num.h"
#include "guanai/text/translate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAID_BYTES = 512, WAIT_MS = 30000 };

/* What the program says, on either channel. */
struct asking {
    pid_t pid;
    int says; /* the end to read */
    char said[SAID_BYTES];
    size_t len;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now); /* how long a program takes is nobody's calendar */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int start(struct asking *asking, const char *program, const char *verb, const char *device)
{
    char quiet[] = "--no-user-interaction", which[] = "--block-device";
    char words[] = "LC_ALL=C", path[] = "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
    char *const argv[] = {(char *)program, (char *)verb, quiet, which, (char *)device, NULL};
    char *const plain[] = {words, path, NULL};
    int ends[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return errno;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    const int failed = posix_spawnp(&asking->pid, program, &actions, NULL, argv, plain);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    asking->says = ends[0];
    if (failed != 0)
        close(ends[0]);
    return failed;
}

/* false: it has not come to an end in time. What does not fit is read on, and not kept. */
static bool listen_to(struct asking *asking)
{
    const int64_t until_ms = now_ms() + WAIT_MS;
    for (int64_t left_ms; (left_ms = until_ms - now_ms()) > 0;) {
        struct pollfd ready = {.fd = asking->says, .events = POLLIN};
        char rest[64];
        const bool is_full = asking->len == sizeof(asking->said) - 1;
        if (poll(&ready, 1, (int)left_ms) <= 0)
            continue;
        const ssize_t got = is_full ? read(asking->says, rest, sizeof(rest))
                                    : read(asking->says, asking->said + asking->len, sizeof(asking->said) - 1 - asking->len);
        if (got == 0 || (got < 0 && errno != EINTR))
            return true;
        asking->len += got > 0 && !is_full ? (size_t)got : 0;
    }
    return false;
}

/* Its exit code; −1: it was killed. */
static int finish(struct asking *asking, bool has_ended)
{
    int status = 0;
    close(asking->says);
    if (!has_ended)
        kill(asking->pid, SIGKILL);
    while (waitpid(asking->pid, &status, 0) < 0 && errno == EINTR)
        ;
    asking->said[strcspn(asking->said, "\n")] = '\0';
    return has_ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static enum ga_rc say_missing(const char *program, struct ga_error *err)
{
    return ga_error_set(err, GA_NOT_FOUND, "%1 is not installed", program);
}

static const struct verb {
    const char *name, *sentence; /* of the device, in udisks' own words */
    const char *hint;
} mounting = {"mount", GA_N_("the stick %1 could not be opened: %2"),
              GA_N_("it was pulled out too early elsewhere or is damaged: have it checked, or take another stick")},
  letting_go = {"unmount", GA_N_("the stick %1 was not let go of: %2"),
                GA_N_("close what shows its files, then do it again; what was done so far stands")};

static enum ga_rc say_refused(const struct verb *verb, const char *device, const char *said, struct ga_error *err)
{
    if (verb == &letting_go && strstr(said, "busy") != NULL)
        ga_error_set(err, GA_IO, "the stick is still in use: something on it is open");
    else
        ga_error_set(err, GA_IO, verb->sentence, device, said);
    ga_error_hint(err, verb->hint);
    return GA_IO;
}

static enum ga_rc ask(const char *program, const struct verb *verb, const char *device, struct ga_error *err)
{
    enum { SHELL_SAYS_MISSING = 127 }; /* posix_spawnp() may only find out in the child */
    struct asking asking = {0};
    const int failed = start(&asking, program, verb->name, device);
    if (failed == ENOENT || failed == EACCES)
        return say_missing(program, err);
    if (failed != 0)
        return say_refused(verb, device, strerror(failed), err);
    const bool has_ended = listen_to(&asking);
    const int code = finish(&asking, has_ended);
    if (code == 0)
        return GA_OK;
    if (code == SHELL_SAYS_MISSING)
        return say_missing(program, err);
    if (!has_ended)
        return ga_error_set(err, GA_IO, "the stick %1 does not answer", device);
    return say_refused(verb, device, asking.said, err);
}

enum ga_rc ga_udisks_mount(const char *program, const char *device, struct ga_error *err)
{
    return ask(program, &mounting, device, err);
}

enum ga_rc ga_udisks_unmount(const char *program, const char *device, struct ga_error *err)
{
    return ask(program, &letting_go, device, err);
}
