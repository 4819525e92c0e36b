/* Drives a program under a pseudo-terminal by a script; prints bytes sent and memory used. */
#include "pty_term.h"

#include "guanai/base/alloc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One step: "wait TEXT" (^: at the start of a line), "key Down", "type hl", "mark", "bytes NAME", "peak NAME", "rest". */
struct step {
    const char *verb;
    int (*run)(struct pty *pty, const char *arg);
};

enum { PATIENCE = 12 }; /* callgrind is fifty times slower */

static uint64_t marked;

static int wait_for(struct pty *pty, const char *arg)
{
    char text[200];
    snprintf(text, sizeof(text), "%s%s", arg[0] == '^' ? "\n" : "", arg[0] == '^' ? arg + 1 : arg);
    for (int patience = 0; patience < PATIENCE; patience++)
        if (pty_wait(pty, text))
            return 0;
    struct ga_str frame = {0};
    pty_dump(pty, &frame);
    fprintf(stderr, "drive: '%s' did not come; the screen shows\n%s\n", arg, ga_str_text(&frame));
    return 1;
}

struct name {
    const char *name;
    uint32_t key;
};

static int press(struct pty *pty, const char *arg)
{
    static const struct name names[] = {
        {"Down", GA_KEY_DOWN}, {"Up", GA_KEY_UP},       {"PgDn", GA_KEY_PAGE_DOWN}, {"PgUp", GA_KEY_PAGE_UP},
        {"Home", GA_KEY_HOME}, {"End", GA_KEY_END},     {"Enter", GA_KEY_ENTER},    {"Esc", GA_KEY_ESC},
        {"F2", GA_KEY_F(2)},   {"Tab", GA_KEY_TAB},     {"Ctrl-B", GA_CTRL('B')},
        {"F3", GA_KEY_F(3)},   {"Space", ' '},         {"Ctrl-Q", GA_CTRL('Q')}, {"Ctrl-L", GA_CTRL('L')},
    };
    for (size_t i = 0; i < GA_COUNT(names); i++)
        if (strcmp(names[i].name, arg) == 0) {
            pty_key(pty, names[i].key);
            return 0;
        }
    fprintf(stderr, "drive: no key '%s'\n", arg);
    return 1;
}

static int type(struct pty *pty, const char *arg)
{
    pty_type(pty, arg);
    return 0;
}

static int mark(struct pty *pty, const char *arg)
{
    (void)arg;
    marked = pty_bytes(pty);
    return 0;
}

static int say_bytes(struct pty *pty, const char *arg)
{
    printf("%s %" PRIu64 "\n", arg, pty_bytes(pty) - marked);
    return 0;
}

static int say_peak(struct pty *pty, const char *arg)
{
    char path[64];
    char line[200];
    snprintf(path, sizeof(path), "/proc/%d/status", (int)pty_pid(pty));
    FILE *status = fopen(path, "r");
    while (status != NULL && fgets(line, sizeof(line), status) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            printf("%s %ld\n", arg, strtol(line + 6, NULL, 10));
    if (status != NULL)
        fclose(status);
    return status == NULL;
}

/* Clock ticks the program has run so far. */
static long ticks_of(pid_t pid)
{
    char path[64], line[1024] = "";
    long user = 0, system = 0;
    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *stat = fopen(path, "r");
    if (stat == NULL)
        return 0;
    if (fgets(line, sizeof(line), stat) != NULL && strrchr(line, ')') != NULL)
        sscanf(strrchr(line, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system);
    fclose(stat);
    return user + system;
}

/* For programs of others, of whose screens we know nothing: until they neither run nor write. */
static int rest(struct pty *pty, const char *arg)
{
    enum { LOOK_MS = 40, STILL_LOOKS = 12 };
    long ticks = -1;
    uint64_t bytes = 0;
    (void)arg;
    for (int still = 0; still < STILL_LOOKS; still++) {
        if (!pty_pump(pty, LOOK_MS))
            return 0;
        if (ticks_of(pty_pid(pty)) == ticks && pty_bytes(pty) == bytes && bytes > 0)
            continue;
        ticks = ticks_of(pty_pid(pty));
        bytes = pty_bytes(pty);
        still = 0;
    }
    return 0;
}

static const struct step steps[] = {{"wait", wait_for}, {"key", press},       {"type", type},
                                    {"mark", mark},     {"bytes", say_bytes}, {"peak", say_peak}, {"rest", rest}};

static int run_step(struct pty *pty, char *words)
{
    char *arg = strchr(words, ' ');
    if (arg != NULL)
        *arg++ = '\0';
    for (size_t i = 0; i < GA_COUNT(steps); i++)
        if (strcmp(steps[i].verb, words) == 0)
            return steps[i].run(pty, arg != NULL ? arg : "");
    fprintf(stderr, "drive: no step '%s'\n", words);
    return 1;
}

/* What was begun when nobody typed may have to be done first. */
static bool has_ended(struct pty *pty)
{
    int status = 0;
    bool has = false;
    for (int patience = 0; !has && patience < PATIENCE; patience++)
        has = pty_wait_exit(pty, &status);
    if (!has)
        fprintf(stderr, "drive: the program did not end\n");
    return has;
}

/* drive "STEP;STEP;…" PROGRAM [ARGUMENT …]: the last step must make the program end. */
int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    struct pty *pty = pty_start(
        &(struct pty_config){.argv = (const char *const *)argv + 2, .rows = 24, .cols = 80});
    int failed = 0;
    for (char *at = strtok(argv[1], ";"); at != NULL && failed == 0; at = strtok(NULL, ";"))
        failed = run_step(pty, at);
    if (failed == 0 && !has_ended(pty))
        failed = 1;
    pty_stop(pty);
    return failed;
}
