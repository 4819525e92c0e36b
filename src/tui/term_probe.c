/* Measures how wide the terminal draws a line character. */
#include "term_probe.h"

#include "guanai/base/clock.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ANSWER_MS = 300, ANSWER_SIZE = 64 };

/* Collects until 'R', the end of "ESC [ row ; column R"; "" when it does not come. */
static void read_answer(int in, char buf[ANSWER_SIZE])
{
    size_t len = 0;
    int64_t until_ms = ga_clock_steady_ms() + ANSWER_MS;
    buf[0] = '\0';
    while (len + 1 < ANSWER_SIZE && (len == 0 || buf[len - 1] != 'R')) {
        struct pollfd fd = {in, POLLIN, 0};
        int64_t left_ms = until_ms - ga_clock_steady_ms();
        if (left_ms <= 0 || poll(&fd, 1, (int)left_ms) <= 0 || read(in, buf + len, 1) != 1)
            break;
        buf[++len] = '\0';
    }
}

bool ga_term_probe_is_wide(int in, int out)
{
    struct termios old, raw;
    if (tcgetattr(in, &old) != 0)
        return false;
    raw = old;
    cfmakeraw(&raw);
    tcsetattr(in, TCSANOW, &raw);
    static const char ask[] = "\r\xe2\x94\x80\033[6n";
    static const char clean[] = "\r  \r";
    char answer[ANSWER_SIZE] = "";
    if (write(out, ask, sizeof(ask) - 1) == (ssize_t)sizeof(ask) - 1)
        read_answer(in, answer);
    bool is_cleaned = write(out, clean, sizeof(clean) - 1) > 0;
    tcsetattr(in, TCSANOW, &old);
    const char *at = strstr(answer, "\033[");
    int row, col;
    return is_cleaned && at != NULL && sscanf(at, "\033[%d;%dR", &row, &col) == 2 && col == 3;
}
