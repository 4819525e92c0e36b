/* The terminal, driven by ncursesw. */
#include "guanai/tui/term.h"

#include "guanai/base/alloc.h"
#include "guanai/base/clock.h"
#include "guanai/text/utf8.h"
#include "term_input.h"
#include "term_probe.h"
#include "term_signal.h"

#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PASTE_WAIT_MS = 1000, ESC_WAIT_MS = 25, SCROLL_ROWS = 5 };

struct ga_term {
    SCREEN *screen;
    WINDOW *keys; /* a pad of its own: reading from stdscr would refresh it */
    attr_t attrs[GA_STYLE_COUNT];
    short pairs[GA_STYLE_COUNT];
    bool is_ascii;
    bool is_caret_shown;
    struct ga_str paste;
    char typed[GA_UTF8_BYTES];
    struct ga_tui_io io;
};

static void make_style(struct ga_term *term, enum ga_style style, enum ga_theme_depth depth)
{
    struct ga_look look = ga_style_look(style, depth);
    attr_t attrs = 0;
    attrs |= look.marks & GA_LOOK_BOLD ? A_BOLD : 0;
    attrs |= look.marks & GA_LOOK_DIM ? A_DIM : 0;
    attrs |= look.marks & GA_LOOK_UNDERLINE ? A_UNDERLINE : 0;
    attrs |= look.marks & GA_LOOK_REVERSE ? A_REVERSE : 0;
    term->attrs[style] = attrs;
    term->pairs[style] = 0;
    if (look.text < 0 && look.ground < 0)
        return;
    term->pairs[style] = (short)(style + 1);
    init_pair(term->pairs[style], look.text, look.ground);
}

static void make_styles(struct ga_term *term, bool no_colour)
{
    const char *wish = getenv("NO_COLOR"); /* no-color.org: set to anything but nothing */
    enum ga_theme_depth depth = GA_THEME_MONO;
    if (!no_colour && (wish == NULL || *wish == '\0') && has_colors() && start_color() == OK &&
        use_default_colors() == OK && COLOR_PAIRS > GA_STYLE_COUNT)
        depth = COLORS >= 256 ? GA_THEME_256 : GA_THEME_16;
    for (int style = 0; style < GA_STYLE_COUNT; style++)
        make_style(term, (enum ga_style)style, depth);
}

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
        resizeterm(event->rows, event->cols);
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

static bool are_equal(const struct ga_cell *a, const struct ga_cell *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

static void set_cell(const struct ga_term *term, const struct ga_cell *cell, cchar_t *ret_char)
{
    wchar_t text[GA_CELL_POINTS + 1] = {0};
    for (size_t i = 0; i < GA_CELL_POINTS; i++)
        text[i] = (wchar_t)cell->points[i];
    setcchar(ret_char, text, term->attrs[cell->style], term->pairs[cell->style], NULL);
}

/* Hands the changed stretch of a row to ncurses, which finds the cheapest bytes for it. */
static void flush_row(struct ga_term *term, const struct ga_canvas *canvas, int row)
{
    const struct ga_cell *now = ga_canvas_row(canvas, row);
    const struct ga_cell *shown = ga_canvas_shown_row(canvas, row);
    int from = 0;
    int to = ga_canvas_cols(canvas) - 1;
    while (from < to && are_equal(&now[from], &shown[from]))
        from++;
    while (to > from && are_equal(&now[to], &shown[to]))
        to--;
    while (from > 0 && now[from].width_cols == 0)
        from--;
    cchar_t chars[128];
    int count = 0;
    int at = from;
    for (int col = from; col <= to; col++) {
        if (now[col].width_cols == 0)
            continue;
        if (count == (int)GA_COUNT(chars)) {
            mvadd_wchnstr(row, at, chars, count);
            count = 0;
            at = col;
        }
        set_cell(term, &now[col], &chars[count++]);
    }
    mvadd_wchnstr(row, at, chars, count);
}

static void flush_frame(void *ctx, struct ga_canvas *canvas)
{
    struct ga_term *term = ctx;
    int changed = 0;
    for (int row = 0; row < ga_canvas_rows(canvas); row++) {
        if (!ga_canvas_row_changed(canvas, row))
            continue;
        flush_row(term, canvas, row);
        changed++;
    }
    ga_canvas_shown(canvas);
    /* looking for rows that only moved costs more than it can save when few changed */
    idlok(stdscr, changed >= SCROLL_ROWS);
    int row, col;
    bool has_caret = ga_canvas_caret(canvas, &row, &col);
    if (has_caret)
        move(row, col);
    leaveok(stdscr, !has_caret); /* a hidden cursor need not travel */
    if (has_caret != term->is_caret_shown)
        curs_set(has_caret);
    term->is_caret_shown = has_caret;
    refresh();
}

static void repaint_all(void *ctx)
{
    (void)ctx;
    clearok(curscr, TRUE);
}

static void ring_bell(void *ctx)
{
    (void)ctx;
    beep();
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
    curs_set(0);
    term->is_caret_shown = false;
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
    term->io = (struct ga_tui_io){read_size, needs_ascii, next_event, flush_frame, repaint_all,
                                  ring_bell, steady_ms,   term};
    return term;
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
    struct ga_term *term = create_term(screen, config->lines);
    set_modes(term);
    make_styles(term, config->no_colour);
    ga_term_signal_begin();
    *ret_term = term;
    return GA_OK;
}

void ga_term_close(struct ga_term *term)
{
    if (term == NULL)
        return;
    curs_set(1);
    endwin();
    ga_term_signal_end();
    delwin(term->keys);
    delscreen(term->screen);
    ga_str_finish(&term->paste);
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
