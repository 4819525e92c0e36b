/* Talks to the helper program that writes workbooks. */
#include "guanai/exchange/paper.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/base/vec.h"
#include "guanai/text/utf8.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS_FD = 0, SAYS_FD = 2, FILE_FD = 3, FIRST_OWN_FD = 10, SAYS_BYTES_MAX = 300, HELD_BYTES = 32 << 10 };

struct ga_paper {
    pid_t pid;
    int rows; /* our end of a socket: send() can be told to raise no SIGPIPE */
    int file; /* the workbook comes here once all rows are in */
    int says; /* the helper's sentence when it gives up */
    struct ga_vec names; /* char *, of the sheets so far */
    size_t held_len;
    char held[HELD_BYTES];
};

extern char **environ;

/* What the helper's ends are called here; all above the numbers they get there. */
struct ends {
    int rows[2], file[2], says[2]; /* [0] ours, [1] the helper's */
};

static int move_up(int fd)
{
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OWN_FD);
    close(fd);
    return moved;
}

static void close_ends(struct ends *ends)
{
    int *const all[] = {&ends->rows[0], &ends->rows[1], &ends->file[0], &ends->file[1], &ends->says[0], &ends->says[1]};
    for (size_t i = 0; i < GA_COUNT(all); i++)
        if (*all[i] >= 0)
            close(*all[i]);
}

static bool open_ends(struct ends *ends)
{
    int rows[2] = {-1, -1}, file[2] = {-1, -1}, says[2] = {-1, -1};
    bool is_open = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, rows) == 0 && pipe2(file, O_CLOEXEC) == 0 &&
                   pipe2(says, O_CLOEXEC) == 0;
    *ends = (struct ends){.rows = {rows[0], rows[1]}, .file = {file[0], file[1]}, .says = {says[0], says[1]}};
    if (!is_open)
        return false;
    ends->rows[1] = move_up(rows[1]);
    ends->file[1] = move_up(file[1]);
    ends->says[1] = move_up(says[1]);
    return ends->rows[1] >= 0 && ends->file[1] >= 0 && ends->says[1] >= 0;
}

static int spawn(const char *helper, const struct ends *ends, pid_t *ret_pid)
{
    char name[] = "guanai-paper", kind[] = "xlsx", fd[] = "3";
    char *const argv[] = {name, kind, fd, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends->rows[1], ROWS_FD);
    posix_spawn_file_actions_adddup2(&actions, ends->says[1], SAYS_FD);
    posix_spawn_file_actions_adddup2(&actions, ends->file[1], FILE_FD);
    int failed = posix_spawn(ret_pid, helper, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static enum ga_rc say_missing(struct ga_error *err)
{
    ga_error_set(err, GA_NOT_FOUND, "the helper program guanai-paper, which writes Excel files, is not installed");
    ga_error_hint(err, "export as CSV instead: Excel and WPS open it");
    return GA_NOT_FOUND;
}

enum ga_rc ga_paper_start(const char *helper, struct ga_paper **ret_paper, struct ga_error *err)
{
    struct ends ends;
    if (helper == NULL)
        return say_missing(err);
    pid_t pid = 0;
    int failed = open_ends(&ends) ? spawn(helper, &ends, &pid) : errno;
    if (failed != 0) {
        close_ends(&ends);
        return failed == ENOENT || failed == EACCES ? say_missing(err) : ga_io_fail(err, -failed, "open", helper);
    }
    close(ends.rows[1]);
    close(ends.file[1]);
    close(ends.says[1]);
    struct ga_paper *paper = ga_alloc(sizeof(*paper));
    paper->pid = pid;
    paper->rows = ends.rows[0];
    paper->file = ends.file[0];
    paper->says = ends.says[0];
    ga_vec_init(&paper->names, sizeof(char *));
    *ret_paper = paper;
    return ga_paper_put(paper, GA_PAPER_HELLO, GA_PAPER_GREETING, sizeof(GA_PAPER_GREETING) - 1, NULL);
}

/* The helper stopped taking rows: its own sentence says why. */
static enum ga_rc say_gave_up(struct ga_paper *paper, struct ga_error *err)
{
    char sentence[SAYS_BYTES_MAX];
    ssize_t got = read(paper->says, sentence, sizeof(sentence) - 1);
    sentence[got > 0 ? got : 0] = '\0';
    sentence[strcspn(sentence, "\n")] = '\0';
    return ga_error_set(err, GA_IO, "the Excel file could not be made: %1",
                        sentence[0] != '\0' ? sentence : "guanai-paper");
}

static enum ga_rc flush(struct ga_paper *paper, struct ga_error *err)
{
    for (size_t done = 0; done < paper->held_len;) {
        ssize_t put = send(paper->rows, paper->held + done, paper->held_len - done, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return say_gave_up(paper, err);
        done += (size_t)put;
    }
    paper->held_len = 0;
    return GA_OK;
}

static enum ga_rc hold(struct ga_paper *paper, const char *bytes, size_t len, struct ga_error *err)
{
    while (len > 0) {
        if (paper->held_len == sizeof(paper->held)) {
            enum ga_rc rc = flush(paper, err);
            if (rc != GA_OK)
                return rc;
        }
        size_t room = sizeof(paper->held) - paper->held_len, some = len < room ? len : room;
        memcpy(paper->held + paper->held_len, bytes, some);
        paper->held_len += some;
        bytes += some;
        len -= some;
    }
    return GA_OK;
}

static enum ga_rc put_head(struct ga_paper *paper, enum ga_paper_kind kind, size_t len, struct ga_error *err)
{
    assert(len <= GA_PAPER_TEXT_BYTES);
    const char head[GA_PAPER_HEAD_BYTES] = {(char)kind, (char)(len & 255), (char)(len >> 8 & 255),
                                            (char)(len >> 16 & 255), (char)(len >> 24 & 255)};
    return hold(paper, head, sizeof(head), err);
}

enum ga_rc ga_paper_put(struct ga_paper *paper, enum ga_paper_kind kind, const char *text, size_t len,
                        struct ga_error *err)
{
    enum ga_rc rc = put_head(paper, kind, len, err);
    return rc == GA_OK ? hold(paper, text, len, err) : rc;
}

enum ga_rc ga_paper_put_column(struct ga_paper *paper, enum ga_paper_kind kind, int width_cols,
                               const char *heading, struct ga_error *err)
{
    const char front[2] = {(char)kind, (char)width_cols};
    enum ga_rc rc = put_head(paper, GA_PAPER_COLUMN, sizeof(front) + strlen(heading), err);
    if (rc == GA_OK)
        rc = hold(paper, front, sizeof(front), err);
    return rc == GA_OK ? hold(paper, heading, strlen(heading), err) : rc;
}

static bool is_taken(const struct ga_paper *paper, const char *name)
{
    for (size_t i = 0; i < paper->names.len; i++)
        if (ga_str_equal(*GA_VEC_AT(char *, &paper->names, i), name))
            return true;
    return false;
}

/* At most 31 characters of the name, a number in place of its end when it is a double. */
static char *make_name(const struct ga_paper *paper, const char *name)
{
    struct ga_str clean = {0}, made = {0};
    for (const char *p = name; *p != '\0'; p++)
        if (strchr("[]:*?/\\'", *p) == NULL && (unsigned char)*p >= ' ')
            ga_str_add_char(&clean, *p);
    if (clean.len == 0)
        ga_str_add(&clean, "1");
    for (int n = 1; n == 1 || is_taken(paper, ga_str_text(&made)); n++) {
        char suffix[16] = "";
        if (n > 1)
            snprintf(suffix, sizeof(suffix), " %d", n);
        size_t end = 0;
        for (size_t chars = 0; end < clean.len && chars + strlen(suffix) < GA_PAPER_NAME_CHARS; chars++)
            end = ga_utf8_next(clean.data, clean.len, end);
        ga_str_clear(&made);
        ga_str_add_bytes(&made, clean.data, end);
        ga_str_add(&made, suffix);
    }
    ga_str_finish(&clean);
    return ga_str_take(&made);
}

enum ga_rc ga_paper_put_sheet(struct ga_paper *paper, const char *name, struct ga_error *err)
{
    char *made = make_name(paper, name);
    *(char **)ga_vec_push(&paper->names) = made;
    return ga_paper_put(paper, GA_PAPER_SHEET, made, strlen(made), err);
}

/* A line of the page: on one line, no longer than there is room for. */
static void add_page_text(struct ga_str *out, const char *text)
{
    const size_t len = text != NULL ? strlen(text) : 0;
    size_t end = 0;
    for (size_t chars = 0; end < len && chars < GA_PAPER_PAGE_CHARS; chars++)
        end = ga_utf8_next(text, len, end);
    ga_str_add_char(out, '\n');
    for (size_t i = 0; i < end; i++)
        ga_str_add_char(out, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

enum ga_rc ga_paper_put_page(struct ga_paper *paper, const struct ga_paper_page *page, struct ga_error *err)
{
    const char *const texts[GA_PAPER_PAGE_TEXTS] = {page->left, page->middle, page->right, page->foot};
    struct ga_str out = {0};
    ga_str_addf(&out, "%d", page->row_mm);
    for (size_t i = 0; i < GA_COUNT(texts); i++)
        add_page_text(&out, texts[i]);
    enum ga_rc rc = ga_paper_put(paper, GA_PAPER_PAGE, ga_str_text(&out), out.len, err);
    ga_str_finish(&out);
    return rc;
}

static enum ga_rc take_file(struct ga_paper *paper, struct ga_target *target, struct ga_error *err)
{
    for (;;) {
        ssize_t got = read(paper->file, paper->held, sizeof(paper->held));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ga_io_fail(err, -errno, "read", "guanai-paper");
        if (got == 0)
            return GA_OK;
        enum ga_rc rc = ga_target_put(target, paper->held, (size_t)got, err);
        if (rc != GA_OK)
            return rc;
    }
}

static int wait_for(struct ga_paper *paper)
{
    int status = 0;
    while (waitpid(paper->pid, &status, 0) < 0 && errno == EINTR)
        ;
    paper->pid = 0;
    return status;
}

enum ga_rc ga_paper_finish(struct ga_paper *paper, struct ga_target *target, struct ga_error *err)
{
    enum ga_rc rc = put_head(paper, GA_PAPER_END, 0, err);
    if (rc == GA_OK)
        rc = flush(paper, err);
    shutdown(paper->rows, SHUT_WR);
    if (rc == GA_OK)
        rc = take_file(paper, target, err);
    if (rc == GA_OK) {
        int status = wait_for(paper);
        const bool is_empty = target->size_bytes == 0 && target->held_len == 0;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || is_empty)
            rc = say_gave_up(paper, err);
    }
    ga_paper_abandon(paper);
    return rc;
}

void ga_paper_abandon(struct ga_paper *paper)
{
    if (paper == NULL)
        return;
    close(paper->rows);
    close(paper->file);
    if (paper->pid > 0) {
        kill(paper->pid, SIGTERM);
        wait_for(paper);
    }
    close(paper->says);
    for (size_t i = 0; i < paper->names.len; i++)
        free(*GA_VEC_AT(char *, &paper->names, i));
    ga_vec_finish(&paper->names);
    free(paper);
}
