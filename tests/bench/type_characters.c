/* Types N characters into a field of a form, waiting for each to be seen; prints bytes a character.
 */
#include "pty_term.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE_CHARS = 40, ROW = 8, COL = 19 }; /* where form_demo's field begins */

static int fail(const char *what)
{
    fprintf(stderr, "type_characters: %s\n", what);
    return 1;
}

/* callgrind is fifty times slower, and the program reads all forms first. */
static bool has_come(struct pty *pty)
{
    enum { PATIENCE = 12 };
    for (int i = 0; i < PATIENCE; i++)
        if (pty_wait(pty, "一两句即可"))
            return pty_wait_caret(pty, ROW, COL);
    return false;
}

/* One line forth and back: a character typed, then taken away again, each is one key. */
static bool type_one(struct pty *pty, int i)
{
    int at = i % (2 * LINE_CHARS);
    bool is_typed = at < LINE_CHARS;
    int col = COL + (is_typed ? at + 1 : 2 * LINE_CHARS - at - 1);
    pty_key(pty, is_typed ? (uint32_t)'a' : (uint32_t)GA_KEY_BACKSPACE);
    return pty_wait_caret(pty, ROW, col);
}

/* type_characters N PROGRAM [ARGUMENT …] */
int main(int argc, char **argv)
{
    int status;
    if (argc < 3)
        return fail("usage: type_characters N PROGRAM …");
    int count = atoi(argv[1]);
    struct pty *pty = pty_start(
        &(struct pty_config){.argv = (const char *const *)argv + 2, .rows = 24, .cols = 80});
    if (!has_come(pty))
        return fail("the form did not come");
    uint64_t before = 0;
    for (int i = 0; i < count; i++) {
        if (i == 2) /* the first two also teach the terminal its colours */
            before = pty_bytes(pty);
        if (!type_one(pty, i))
            return fail("the character did not show");
    }
    uint64_t sent = pty_bytes(pty) - before;
    pty_key(pty, GA_CTRL('Q'));
    if (!pty_wait_exit(pty, &status))
        return fail("the program did not end");
    printf("%.1f\n", count > 2 ? (double)sent / (count - 2) : 0.0);
    pty_stop(pty);
    return 0;
}
