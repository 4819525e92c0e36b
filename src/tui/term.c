/* The terminal, driven by ncursesw. */
#include "guanai/tui/term.h"

#include "guanai/base/alloc.h"
#include "guanai/base/clock.h"
#include "guanai/text/utf8.h"
#include "term_input.h"
#include "term_probe.h"
#include "term_signal.h"
#include "term_write.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PASTE_WAIT_MS = 1000, ESC_WAIT_MS = 25 };

struct ga_term {
    SCREEN *screen;
    WINDOW *keys; /* a pad of its own: reading from stdscr would refresh it */
    bool is_ascii;
    struct ga_term_writer writer;
    struct ga_str out; /* a frame, sent in one piece */
    struct ga_str paste;
    char typed[GA_UTF8_BYTES];
    struct ga_tui_io io;
};

/* ---- input ---- */

static void set_key(struct ga_term *term, struct ga_event *event, uint32_t key)
{
    memset(event, 0, sizeof(*event));
    event->key = key;
    event->kind = key >= GA_KEY_FIRST ? GA_EVENT_KEY : GA_EVENT_TEXT;
    if (key < GA_KEY_FIRST) {
        event->text = term->typed;
        event->len = ga_utf8_encode(key, term->typed);
    }
}

struct code_key {
    int code;
    uint32_t key;
};

/* What terminfo itself knows; the sequences of term_input.c come on top. */
static const struct code_key code_keys[] = {
    {KEY_UP, GA_KEY_UP},          {KEY_DOWN, GA_KEY_DOWN},           {KEY_LEFT, GA_KEY_LEFT},
    {KEY_RIGHT, GA_KEY_RIGHT},    {KEY_HOME, GA_KEY_HOME},           {KEY_END, GA_KEY_END},
    {KEY_PPAGE, GA_KEY_PAGE_UP},  {KEY_NPAGE, GA_KEY_PAGE_DOWN},     {KEY_DC, GA_KEY_DELETE},
    {KEY_IC, GA_KEY_INSERT},      {KEY_BACKSPACE, GA_KEY_BACKSPACE}, {KEY_ENTER, GA_KEY_ENTER},
    {KEY_BTAB, GA_KEY_BACKTAB},
};

static uint32_t key_of_code(wint_t code)
{
    if (code >= GA_SEQUENCE_CODE && code < GA_SEQUENCE_CODE + ga_term_sequences_count)
        return ga_term_sequences[code - GA_SEQUENCE_CODE].key;
    if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(12))
        return GA_KEY_F(code - (wint_t)KEY_F(0));
    for (size_t i = 0; i < GA_COUNT(code_keys); i++)
        if (code_keys[i].code == (int)code)
            return code_keys[i].key;
    return GA_KEY_NONE;
}

/* The next key that waits; GA_KEY_NONE for what means nothing; false when none waits. */
static bool read_key(struct ga_term *term, uint32_t *ret_key)
{
    wint_t code;
    int kind = wget_wch(term->keys, &code);
    if (kind == ERR)
        return false;
    if (kind == KEY_CODE_YES)
        *ret_key = key_of_code(code);
    else if (code < ' ' || code == 127)
        *ret_key = ga_term_control_key(code);
    else
        *ret_key = code >= 0x80 && code < 0xa0 ? GA_KEY_NONE : (uint32_t)code;
    return true;
}

/* True: something may be there to read. */
static bool wait_input(int timeout_ms)
{
    struct pollfd fds[2] = {{STDIN_FILENO, POLLIN, 0}, {ga_term_signal_fd(), POLLIN, 0}};
    return poll(fds, 2, timeout_ms) > 0;
}

static void add_pasted(struct ga_str *paste, uint32_t key)
{
    char bytes[GA_UTF8_BYTES];
    if (key == GA_KEY_ENTER || key == GA_CTRL('J'))
        key = '\n';
    else if (key == GA_KEY_TAB)
        key = '\t';
    if (key != GA_KEY_NONE && key < GA_KEY_FIRST && paste->len + GA_UTF8_BYTES <= GA_PASTE_MAX_BYTES)
        ga_str_add_bytes(paste, bytes, ga_utf8_encode(key, bytes));
}

/* All that comes until the terminal says the paste is over is one event. */
static void read_paste(struct ga_term *term, struct ga_event *event)
{
    ga_str_clear(&term->paste);
    uint32_t key = GA_KEY_NONE;
    while (key != GA_KEY_PASTE_END) {
        if (read_key(term, &key))
            add_pasted(&term->paste, key);
        else if (!wait_input(PASTE_WAIT_MS))
            break;
    }
    memset(event, 0, sizeof(*event));
    event->kind = GA_EVENT_PASTE;
    event->text = ga_str_text(&term->paste);
    event->len = term->paste.len;
}

static void read_size(void *ctx, int *ret_rows, int *ret_cols)
{
    (void)ctx;
    struct winsize size = {0};
    bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
    *ret_rows = is_known ? size.ws_row : 24;
    *ret_cols = is_known ? size.ws_col : 80;
}

static bool take_signal(struct ga_event *event)
{
    memset(event, 0, sizeof(*event));
    switch (ga_term_signal_next()) {
    case GA_TERM_QUIT:
        event->kind = GA_EVENT_QUIT;
        return true;
    case GA_TERM_RESIZE:
        event->kind = GA_EVENT_RESIZE;
        read_size(NULL, &event->rows, &event->cols);
        return true;
    default:
        return false;
    }
}

static bool take_key(struct ga_term *term, struct ga_event *event)
{
    uint32_t key;
    while (read_key(term, &key)) {
        if (key == GA_KEY_PASTE_BEGIN) {
            read_paste(term, event);
            return true;
        }
        if (key != GA_KEY_NONE && key != GA_KEY_PASTE_END) {
            set_key(term, event, key);
            return true;
        }
    }
    return false;
}

static bool is_gone(void)
{
    struct pollfd fd = {STDIN_FILENO, POLLIN, 0};
    return poll(&fd, 1, 0) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

static void next_event(void *ctx, int timeout_ms, struct ga_event *event)
{
    struct ga_term *term = ctx;
    int64_t until_ms = ga_clock_steady_ms() + timeout_ms;
    for (;;) {
        if (take_signal(event) || take_key(term, event))
            return;
        int64_t left_ms = until_ms - ga_clock_steady_ms();
        bool has_input = timeout_ms != 0 && (timeout_ms < 0 || left_ms > 0) &&
                         wait_input(timeout_ms < 0 ? -1 : (int)left_ms);
        if (is_gone()) {
            memset(event, 0, sizeof(*event));
            event->kind = GA_EVENT_QUIT;
            return;
        }
        if (!has_input && timeout_ms >= 0 && until_ms <= ga_clock_steady_ms()) {
            memset(event, 0, sizeof(*event));
            event->kind = GA_EVENT_TIMER;
            return;
        }
    }
}

/* ---- output ---- */

/* A terminal that is slow is waited for; one that is gone is noticed where keys are read. */
static void send_all(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = write(STDOUT_FILENO, bytes, len);
        if (sent < 0 && errno == EAGAIN)
            poll(&(struct pollfd){STDOUT_FILENO, POLLOUT, 0}, 1, -1);
        else if (sent < 0 && errno != EINTR)
            return;
        if (sent > 0) {
            bytes += sent;
            len -= (size_t)sent;
        }
    }
}

/* ncurses' own windows stay empty: what is on the screen is known to the canvas alone. */
static void flush_frame(void *ctx, struct ga_canvas *canvas)
{
    struct ga_term *term = ctx;
    ga_str_clear(&term->out);
    ga_term_write_frame(&term->writer, canvas, &term->out);
    send_all(ga_str_text(&term->out), term->out.len);
}

static void ring_bell(void *ctx)
{
    (void)ctx;
    send_all("\a", 1);
}

static bool needs_ascii(void *ctx)
{
    return ((struct ga_term *)ctx)->is_ascii;
}

static int64_t steady_ms(void *ctx)
{
    (void)ctx;
    return ga_clock_steady_ms();
}

/* ---- what terminfo says ---- */

static const char *string_of(const char *name)
{
    const char *string = tigetstr(name);
    return string == NULL || string == (const char *)-1 ? "" : string;
}

/* CUP as terminfo has it, for terminals with moves of their own. */
static void add_move(void *ctx, int row, int col, struct ga_str *out)
{
    (void)ctx;
    char move[GA_TERM_STRING_BYTES];
    const char *bytes = tiparm(string_of("cup"), row, col);
    ga_term_string_copy(move, bytes != NULL ? bytes : "");
    ga_str_add(out, move);
}

static bool is_same_string(const char *name, const char *wanted)
{
    char clean[GA_TERM_STRING_BYTES];
    ga_term_string_copy(clean, string_of(name));
    return strcmp(clean, wanted) == 0;
}

static const struct {
    unsigned mark;
    int not_with_colours; /* the bit of no_color_video */
    const char *name;
} marks[] = {
    {GA_LOOK_BOLD, 32, "bold"}, {GA_LOOK_DIM, 16, "dim"}, {GA_LOOK_UNDERLINE, 2, "smul"}, {GA_LOOK_REVERSE, 4, "rev"},
};

static void join_look(char text[GA_TERM_STRING_BYTES], struct ga_look look)
{
    const bool has_colour = look.text >= 0 || look.ground >= 0;
    const int excluded = has_colour ? tigetnum("ncv") : 0;
    for (size_t i = 0; i < GA_COUNT(marks); i++)
        if ((look.marks & marks[i].mark) != 0 && (excluded <= 0 || (excluded & marks[i].not_with_colours) == 0))
            ga_term_string_join(text, string_of(marks[i].name));
    if (look.text >= 0)
        ga_term_string_join(text, tiparm(string_of("setaf"), look.text));
    if (look.ground >= 0)
        ga_term_string_join(text, tiparm(string_of("setab"), look.ground));
}

/* A terminal that cannot end an attribute is given none. */
static void make_style(struct ga_term_strings *strings, enum ga_style style, enum ga_theme_depth depth)
{
    struct ga_term_style *made = &strings->styles[style];
    const struct ga_look look = ga_style_look(style, depth);
    if (strings->plain[0] == '\0')
        return;
    join_look(made->from_plain, look);
    memcpy(made->from_other, strings->plain, sizeof(made->from_other));
    ga_term_string_join(made->from_other, made->from_plain);
    made->has_ground = look.ground >= 0 || (look.marks & (GA_LOOK_UNDERLINE | GA_LOOK_REVERSE)) != 0;
}

static enum ga_theme_depth depth_of_terminal(bool no_colour)
{
    const char *wish = getenv("NO_COLOR"); /* no-color.org: set to anything but nothing */
    const int colours = tigetnum("colors");
    if (no_colour || (wish != NULL && *wish != '\0') || colours < 8 || string_of("setaf")[0] == '\0' ||
        string_of("setab")[0] == '\0' || string_of("op")[0] == '\0')
        return GA_THEME_MONO;
    return colours >= 256 ? GA_THEME_256 : GA_THEME_16;
}

static void read_strings(struct ga_term_strings *strings, bool no_colour)
{
    const enum ga_theme_depth depth = depth_of_terminal(no_colour);
    ga_term_string_plain(strings->plain, string_of("sgr0"));
    if (depth != GA_THEME_MONO && strcmp(strings->plain, "\033[m") != 0 && strcmp(strings->plain, "\033[0m") != 0)
        ga_term_string_join(strings->plain, string_of("op")); /* its end of attributes may leave colours on */
    ga_term_string_copy(strings->clear, string_of("clear"));
    ga_term_string_copy(strings->erase_to_end, string_of("el"));
    ga_term_string_copy(strings->hide_caret, string_of("civis"));
    ga_term_string_copy(strings->show_caret, string_of("cnorm"));
    strings->moves_by_ecma48 = is_same_string("cup", "\033[%i%p1%d;%p2%dH") && is_same_string("cuf", "\033[%p1%dC");
    strings->scrolls_by_ecma48 = strings->moves_by_ecma48 && is_same_string("csr", "\033[%i%p1%d;%p2%dr") &&
                                 is_same_string("ind", "\n") && is_same_string("ri", "\033M");
    strings->scrolls_after_last = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    strings->add_move = add_move;
    for (int style = 0; style < GA_STYLE_COUNT; style++)
        make_style(strings, (enum ga_style)style, depth);
}

/* ---- open and close ---- */

static void use_utf8(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8"); /* zh_CN.UTF-8 is often named but not installed */
}

static void set_modes(struct ga_term *term)
{
    raw();
    noecho();
    nonl();
    set_escdelay(ESC_WAIT_MS);
    term->keys = newpad(1, 1);
    keypad(term->keys, TRUE);
    nodelay(term->keys, TRUE);
    for (unsigned i = 0; i < ga_term_sequences_count; i++)
        define_key(ga_term_sequences[i].bytes, (int)(GA_SEQUENCE_CODE + i));
    keypad(stdscr, TRUE);
    curs_set(0); /* sends what ncurses had to say so far, too: the rest is written past it */
}

static bool wants_ascii(enum ga_term_lines lines)
{
    if (lines == GA_TERM_LINES_AUTO)
        return ga_term_lacks_chinese() || ga_term_probe_is_wide(STDIN_FILENO, STDOUT_FILENO);
    return lines == GA_TERM_LINES_ASCII;
}

static struct ga_term *create_term(SCREEN *screen, enum ga_term_lines lines)
{
    struct ga_term *term = ga_alloc(sizeof(*term));
    term->screen = screen;
    term->is_ascii = wants_ascii(lines);
    term->io = (struct ga_tui_io){read_size, needs_ascii, next_event, flush_frame, ring_bell, steady_ms, term};
    return term;
}

/*
 * ncurses keeps three windows as large as the terminal, 160 KiB at 80×24, into which nobody paints (term_write.c). At the
 * end it has to know the last row: it leaves the cursor there.
 */
static void shrink_windows(void)
{
    resize_term(1, 1);
}

static void restore_windows(void)
{
    int rows, cols;
    read_size(NULL, &rows, &cols);
    resize_term(rows, cols);
}

/* NULL where the terminal is unknown, or (dumb) cannot put the cursor anywhere. */
static SCREEN *open_screen(void)
{
    SCREEN *screen = newterm(NULL, stdout, stdin);
    const char *move_to = screen != NULL ? tigetstr("cup") : NULL;
    if (move_to != NULL && move_to != (const char *)-1)
        return screen;
    if (screen != NULL) {
        endwin();
        delscreen(screen);
    }
    return NULL;
}

enum ga_rc ga_term_open(const struct ga_term_config *config, struct ga_term **ret_term, struct ga_error *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return ga_error_set(err, GA_USAGE, "the full-screen program needs a terminal");
    use_utf8();
    ga_term_signal_save();
    SCREEN *screen = open_screen();
    if (screen == NULL) {
        const char *name = getenv("TERM");
        return ga_error_set(err, GA_USAGE,
                            "no pages can be shown on this kind of terminal (TERM=%1); in an ordinary window this "
                            "helps: export TERM=xterm",
                            name != NULL ? name : "");
    }
    shrink_windows();
    struct ga_term *term = create_term(screen, config->lines);
    set_modes(term);
    read_strings(&term->writer.strings, config->no_colour);
    ga_term_writer_init(&term->writer);
    ga_term_signal_begin();
    *ret_term = term;
    return GA_OK;
}

void ga_term_close(struct ga_term *term)
{
    if (term == NULL)
        return;
    send_all(term->writer.strings.plain, strlen(term->writer.strings.plain));
    send_all(term->writer.strings.show_caret, strlen(term->writer.strings.show_caret));
    restore_windows();
    endwin();
    ga_term_signal_end();
    delwin(term->keys);
    delscreen(term->screen);
    ga_str_finish(&term->paste);
    ga_str_finish(&term->out);
    free(term);
}

const struct ga_tui_io *ga_term_io(struct ga_term *term)
{
    return &term->io;
}

/* A pseudo-terminal called linux is fbterm's, which shows Chinese, unless somebody came from afar. */
bool ga_term_lacks_chinese(void)
{
    const char *name = getenv("TERM");
    const char *tty = ttyname(STDOUT_FILENO);
    bool is_pseudo = tty != NULL && strncmp(tty, "/dev/pts/", strlen("/dev/pts/")) == 0;
    return name != NULL && strcmp(name, "linux") == 0 && (!is_pseudo || getenv("SSH_CONNECTION") != NULL);
}
