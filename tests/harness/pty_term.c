/* A program under forkpty, its screen kept by libvterm. */
#include "pty_term.h"

#include "guanai/base/alloc.h"
#include "guanai/base/clock.h"
#include "guanai/text/utf8.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

enum { TAIL_BYTES = 4096, SLICE_MS = 50 };

struct pty {
    int fd;
    pid_t pid;
    bool is_over;
    int status;
    VTerm *vt;
    VTermScreen *screen;
    int rows;
    int cols;
    bool is_caret_shown;
    uint64_t bytes;
    char tail[TAIL_BYTES + 1];
    size_t tail_len;
};

static void send_bytes(struct pty *pty, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = write(pty->fd, bytes, len);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return; /* the program is gone; waiting will tell */
        bytes += sent;
        len -= (size_t)sent;
    }
}

/* What the terminal answers or its keyboard makes goes to the program. */
static void send_output(struct pty *pty)
{
    char bytes[512];
    size_t len;
    while ((len = vterm_output_read(pty->vt, bytes, sizeof(bytes))) > 0)
        send_bytes(pty, bytes, len);
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    if (property == VTERM_PROP_CURSORVISIBLE)
        ((struct pty *)user)->is_caret_shown = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void run_program(const struct pty_config *config)
{
    static const char *const unset[] = {"LINES", "COLUMNS", "NO_COLOR", "LANG", "LC_CTYPE", "SSH_CONNECTION"};
    for (size_t i = 0; i < GA_COUNT(unset); i++)
        unsetenv(unset[i]);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "Asia/Shanghai", 1);
    for (size_t i = 0; config->env != NULL && config->env[i] != NULL; i++)
        putenv(ga_strdup(config->env[i]));
    execv(config->argv[0], (char *const *)config->argv);
    fprintf(stderr, "cannot run %s: %s\n", config->argv[0], strerror(errno));
    _exit(127);
}

struct pty *pty_start(const struct pty_config *config)
{
    struct pty *pty = ga_alloc(sizeof(*pty));
    struct winsize size = {.ws_row = (unsigned short)config->rows, .ws_col = (unsigned short)config->cols};
    pty->rows = config->rows;
    pty->cols = config->cols;
    pty->is_caret_shown = true;
    pty->vt = vterm_new(config->rows, config->cols);
    vterm_set_utf8(pty->vt, 1);
    pty->screen = vterm_obtain_screen(pty->vt);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid < 0) {
        perror("no pseudo-terminal to be had (is /dev/pts mounted?)");
        abort();
    }
    if (pty->pid == 0)
        run_program(config);
    return pty;
}

static void reap(struct pty *pty, bool waits)
{
    if (!pty->is_over && waitpid(pty->pid, &pty->status, waits ? 0 : WNOHANG) == pty->pid)
        pty->is_over = true;
}

void pty_stop(struct pty *pty)
{
    if (!pty->is_over) {
        kill(pty->pid, SIGKILL);
        reap(pty, true);
    }
    close(pty->fd);
    vterm_free(pty->vt);
    free(pty);
}

static void keep_tail(struct pty *pty, const char *bytes, size_t len)
{
    if (len > TAIL_BYTES) {
        bytes += len - TAIL_BYTES;
        len = TAIL_BYTES;
    }
    size_t old = pty->tail_len + len > TAIL_BYTES ? TAIL_BYTES - len : pty->tail_len;
    memmove(pty->tail, pty->tail + pty->tail_len - old, old);
    memcpy(pty->tail + old, bytes, len);
    pty->tail_len = old + len;
    pty->tail[pty->tail_len] = '\0';
}

/* Reads what has come, waiting at most ms for the first of it; false when the program hung up. */
static bool read_some(struct pty *pty, int ms)
{
    struct pollfd fd = {pty->fd, POLLIN, 0};
    char bytes[4096];
    while (poll(&fd, 1, ms) > 0) {
        ssize_t got = read(pty->fd, bytes, sizeof(bytes));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        pty->bytes += (uint64_t)got;
        keep_tail(pty, bytes, (size_t)got);
        vterm_input_write(pty->vt, bytes, (size_t)got);
        send_output(pty);
        ms = 0;
    }
    return true;
}

struct pty_name {
    uint32_t key;
    VTermKey vterm;
};

static const struct pty_name names[] = {
    {GA_KEY_ENTER, VTERM_KEY_ENTER},     {GA_KEY_TAB, VTERM_KEY_TAB},       {GA_KEY_ESC, VTERM_KEY_ESCAPE},
    {GA_KEY_BACKSPACE, VTERM_KEY_BACKSPACE}, {GA_KEY_DELETE, VTERM_KEY_DEL}, {GA_KEY_INSERT, VTERM_KEY_INS},
    {GA_KEY_UP, VTERM_KEY_UP},           {GA_KEY_DOWN, VTERM_KEY_DOWN},     {GA_KEY_LEFT, VTERM_KEY_LEFT},
    {GA_KEY_RIGHT, VTERM_KEY_RIGHT},     {GA_KEY_HOME, VTERM_KEY_HOME},     {GA_KEY_END, VTERM_KEY_END},
    {GA_KEY_PAGE_UP, VTERM_KEY_PAGEUP},  {GA_KEY_PAGE_DOWN, VTERM_KEY_PAGEDOWN},
};

static void press(struct pty *pty, uint32_t key)
{
    if (key == GA_KEY_BACKTAB) {
        vterm_keyboard_key(pty->vt, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
        return;
    }
    for (size_t i = 0; i < GA_COUNT(names); i++) {
        if (names[i].key == key) {
            vterm_keyboard_key(pty->vt, names[i].vterm, VTERM_MOD_NONE);
            return;
        }
    }
    if (key >= GA_KEY_F1 && key <= GA_KEY_F12)
        vterm_keyboard_key(pty->vt, (VTermKey)VTERM_KEY_FUNCTION(key - GA_KEY_F1 + 1), VTERM_MOD_NONE);
    else if (key > GA_KEY_CTRL)
        vterm_keyboard_unichar(pty->vt, key - GA_KEY_CTRL > 'Z' ? key - GA_KEY_CTRL : (key - GA_KEY_CTRL) | 0x20, VTERM_MOD_CTRL);
    else
        vterm_keyboard_unichar(pty->vt, key, VTERM_MOD_NONE);
}

void pty_key(struct pty *pty, uint32_t key)
{
    read_some(pty, 0); /* the modes the program asked for decide what a key sends */
    press(pty, key);
    send_output(pty);
}

void pty_type(struct pty *pty, const char *text)
{
    size_t len = strlen(text);
    uint32_t point;
    for (size_t at = 0, used; at < len && (used = ga_utf8_decode(text + at, len - at, &point)) > 0; at += used)
        pty_key(pty, point);
}

void pty_paste(struct pty *pty, const char *text)
{
    read_some(pty, 0);
    vterm_keyboard_start_paste(pty->vt);
    send_output(pty);
    send_bytes(pty, text, strlen(text));
    vterm_keyboard_end_paste(pty->vt);
    send_output(pty);
}

void pty_resize(struct pty *pty, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    pty->rows = rows;
    pty->cols = cols;
    vterm_set_size(pty->vt, rows, cols);
    ioctl(pty->fd, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int number)
{
    if (!pty->is_over)
        kill(pty->pid, number);
}

static void dump_row(struct pty *pty, int row, struct ga_str *out)
{
    size_t from = out->len;
    for (int col = 0; col < pty->cols; col++) {
        VTermScreenCell cell;
        char bytes[GA_UTF8_BYTES];
        vterm_screen_get_cell(pty->screen, (VTermPos){row, col}, &cell);
        if (cell.chars[0] == (uint32_t)-1)
            continue; /* right half of a wide one */
        if (cell.chars[0] == 0)
            ga_str_add_char(out, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            ga_str_add_bytes(out, bytes, ga_utf8_encode(cell.chars[i], bytes));
    }
    while (out->len > from && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    ga_str_add_char(out, '\n');
}

void pty_dump(struct pty *pty, struct ga_str *out)
{
    read_some(pty, 0);
    for (int row = 0; row < pty->rows; row++)
        dump_row(pty, row, out);
}

bool pty_pump(struct pty *pty, int ms)
{
    return read_some(pty, ms);
}

bool pty_shows(struct pty *pty, const char *text)
{
    struct ga_str screen = {0};
    pty_dump(pty, &screen);
    bool is_there = strstr(ga_str_text(&screen), text) != NULL;
    ga_str_finish(&screen);
    return is_there;
}

static bool wait_shown(struct pty *pty, const char *text, bool is_wanted)
{
    int64_t until_ms = ga_clock_steady_ms() + PTY_WAIT_MS;
    while (pty_shows(pty, text) != is_wanted)
        if (!read_some(pty, SLICE_MS) || ga_clock_steady_ms() > until_ms)
            return pty_shows(pty, text) == is_wanted;
    return true;
}

bool pty_wait(struct pty *pty, const char *text)
{
    return wait_shown(pty, text, true);
}

bool pty_wait_gone(struct pty *pty, const char *text)
{
    return wait_shown(pty, text, false);
}

bool pty_caret(struct pty *pty, int *ret_row, int *ret_col)
{
    VTermPos at;
    read_some(pty, 0);
    vterm_state_get_cursorpos(vterm_obtain_state(pty->vt), &at);
    *ret_row = at.row;
    *ret_col = at.col;
    return pty->is_caret_shown;
}

bool pty_wait_caret(struct pty *pty, int row, int col)
{
    int64_t until_ms = ga_clock_steady_ms() + PTY_WAIT_MS;
    int at_row, at_col;
    while (!pty_caret(pty, &at_row, &at_col) || at_row != row || at_col != col)
        if (!read_some(pty, SLICE_MS) || ga_clock_steady_ms() > until_ms)
            return false;
    return true;
}

bool pty_wait_bytes(struct pty *pty, uint64_t total)
{
    int64_t until_ms = ga_clock_steady_ms() + PTY_WAIT_MS;
    while (pty->bytes < total)
        if (!read_some(pty, SLICE_MS) || ga_clock_steady_ms() > until_ms)
            return pty->bytes >= total;
    return true;
}

bool pty_wait_exit(struct pty *pty, int *ret_status)
{
    int64_t until_ms = ga_clock_steady_ms() + PTY_WAIT_MS;
    for (reap(pty, false); !pty->is_over && ga_clock_steady_ms() < until_ms; reap(pty, false))
        if (!read_some(pty, SLICE_MS))
            poll(NULL, 0, 1); /* hung up, about to end */
    if (!pty->is_over)
        return false;
    while (read_some(pty, SLICE_MS) && ga_clock_steady_ms() < until_ms)
        ; /* its last words may arrive after its end: they are whole when the terminal hangs up */
    *ret_status = pty->status;
    return true;
}

uint64_t pty_bytes(const struct pty *pty)
{
    return pty->bytes;
}

const char *pty_tail(const struct pty *pty)
{
    return pty->tail;
}

pid_t pty_pid(const struct pty *pty)
{
    return pty->pid;
}
