/* Presses the cursor key N times in a program's list, waiting for each to be seen; prints bytes a key. */
#include "pty_term.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int fail(const char *what)
{
    fprintf(stderr, "press_keys: %s\n", what);
    return 1;
}

/* press_keys N PROGRAM [ARGUMENT …]: the status line must show "1 / " at the start, "2 / " after Down. */
int main(int argc, char **argv)
{
    if (argc < 3)
        return fail("usage: press_keys N PROGRAM …");
    int count = atoi(argv[1]);
    struct pty *pty = pty_start(
        &(struct pty_config){.argv = (const char *const *)argv + 2, .rows = 24, .cols = 80});
    if (!pty_wait(pty, "\n 1 / "))
        return fail("the list did not come");
    uint64_t before = 0;
    for (int i = 0; i < count; i++) {
        if (i == 2) /* the first two also teach the terminal its colours */
            before = pty_bytes(pty);
        pty_key(pty, i % 2 == 0 ? GA_KEY_DOWN : GA_KEY_UP);
        if (!pty_wait(pty, i % 2 == 0 ? "\n 2 / " : "\n 1 / "))
            return fail("the mark did not move");
    }
    uint64_t sent = pty_bytes(pty) - before;
    int status;
    pty_key(pty, GA_CTRL('Q'));
    if (!pty_wait_exit(pty, &status))
        return fail("the program did not end");
    printf("%.1f\n", count > 2 ? (double)sent / (count - 2) : 0.0);
    pty_stop(pty);
    return 0;
}
