/* guanai demo: a throw-away school that is gone when the program ends, however it ends. */
#include "private.h"

#include "guanai/base/num.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEMO_CHILDREN = 300, DEMO_CHILDREN_MAX = 20000, DEMO_SEED = 20260901 };

struct listing {
    const struct ga_io_ops *io;
    const char *folder;
};

static int remove_one(void *arg, const char *name)
{
    const struct listing *listing = arg;
    struct ga_str path = {0};
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return 0;
    ga_str_addf(&path, "%s/%s", listing->folder, name);
    listing->io->unlink(listing->io->ctx, path.data);
    ga_str_finish(&path);
    return 0;
}

/* The folder is ours alone and flat: the database, its -wal, lock, head, config. */
static void remove_folder(const struct ga_io_ops *io, const char *folder)
{
    struct listing listing = {.io = io, .folder = folder};
    io->list(io->ctx, folder, remove_one, &listing);
    io->rmdir(io->ctx, folder);
}

static enum ga_rc make_folder(const struct ga_session_options *session, struct ga_arena *arena,
                              const char **ret_folder, struct ga_error *err)
{
    const char *base = getenv("TMPDIR");
    uint64_t number;
    session->random->fill(session->random->ctx, &number, sizeof(number));
    const char *folder = ga_arena_printf(arena, "%s/guanai-demo-%016llx", base != NULL && base[0] == '/' ? base : "/tmp",
                                         (unsigned long long)number);
    const int rc = session->io->mkdir(session->io->ctx, folder, 0700);
    if (rc < 0)
        return ga_io_fail(err, rc, "make the folder", folder);
    *ret_folder = folder;
    return GA_OK;
}

/*
 * A process of its own waits for the end of this one, which closes the pipe even when it is killed, and
 * then removes the folder. Answers its id, or -1.
 */
static pid_t start_cleaner(const struct ga_io_ops *io, const char *folder, int *ret_lifeline)
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    const pid_t cleaner = fork();
    if (cleaner == 0) {
        char byte;
        setsid(); /* Ctrl-C and a closed terminal are not meant for it */
        close(ends[1]);
        for (int fd = 0; fd < 3; fd++)
            close(fd);
        while (read(ends[0], &byte, 1) < 0 && errno == EINTR) {
            /* only the end of the pipe counts */
        }
        remove_folder(io, folder);
        _exit(0);
    }
    close(ends[0]);
    *ret_lifeline = ends[1];
    return cleaner;
}

static enum ga_exit fill(struct ga_command_line *line, int children)
{
    struct ga_session *session;
    struct ga_error err = {0};
    enum ga_rc rc = ga_session_init(&line->session, ga_tr(line->lang, "Willow Bend Central School (demo)"), &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    enum ga_exit exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    rc = ga_session_fill_demo(session, children, DEMO_SEED, &err);
    ga_session_close(session);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

static enum ga_exit run_in(struct ga_command_line *line, const char *folder, int children)
{
    line->session.data = folder;
    line->session.config = NULL;
    line->session.is_script = true;
    if (line->session.user == NULL)
        line->session.user = ga_tr(line->lang, "Ms Zhou");
    enum ga_exit exit = fill(line, children);
    if (exit != GA_EXIT_DONE)
        return exit;
    line->session.is_script = false;
    line->is_demo = true;
    if (line->screens != NULL)
        return line->screens(line);
    ga_say(line, "a school of %1 invented children was made; this build has no screens to show it", GA_NUM(children));
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_demo(struct ga_command_line *line)
{
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    const char *folder = NULL;
    int64_t children = DEMO_CHILDREN;
    int lifeline = -1;
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 0, 1);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (line->argc > 1 && (!ga_num_parse(line->argv[1], &children) || children < 1 || children > DEMO_CHILDREN_MAX))
        return ga_usage(line);
    if (line->charset != NULL)
        return ga_refuse_charset(line);
    enum ga_rc rc = make_folder(&line->session, &arena, &folder, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    fflush(line->out);
    fflush(line->err);
    const pid_t cleaner = start_cleaner(line->session.io, folder, &lifeline);
    exit = run_in(line, folder, (int)children);
    if (cleaner > 0) {
        close(lifeline);
        waitpid(cleaner, NULL, 0); /* the folder is gone before the prompt is back */
    } else {
        remove_folder(line->session.io, folder);
    }
    ga_arena_finish(&arena);
    return exit;
}
