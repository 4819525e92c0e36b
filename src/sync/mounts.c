/* Reads the kernel's table of what is mounted where. */
#include "mounts.h"

#include <string.h>

enum { LINE_FIELDS_MAX = 32 };

static int digit(char c, int base)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
    return found == NULL || found - digits >= base ? -1 : (int)(found - digits);
}

/* How many characters after the backslash were a byte; 0: it stands for itself. */
static size_t read_escape(const char *text, char *ret_byte)
{
    const int base = *text == 'x' ? 16 : 8;
    const size_t first = base == 16 ? 1 : 0, count = base == 16 ? 2 : 3;
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        const int one = digit(text[first + i], base);
        if (one < 0)
            return 0;
        value = value * base + one;
    }
    if (value == 0 || value > 0xff)
        return 0;
    *ret_byte = (char)value;
    return first + count;
}

void ga_mounts_unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        char byte = *from;
        if (*from == '\\')
            from += read_escape(from + 1, &byte);
        *to++ = byte;
    }
    *to = '\0';
}

static size_t split(char *line, char *fields[LINE_FIELDS_MAX])
{
    size_t count = 0;
    for (char *rest = line, *field; count < LINE_FIELDS_MAX && (field = strsep(&rest, " ")) != NULL;)
        if (*field != '\0')
            fields[count++] = field;
    return count;
}

static bool says_read_only(const char *options)
{
    return strcmp(options, "ro") == 0 || strncmp(options, "ro,", 3) == 0;
}

/* id parent number root folder options [optional …] - kind source options-of-the-file-system */
static void read_line(char *line, struct ga_vec *mounts)
{
    enum { NUMBER = 2, ROOT, FOLDER, OPTIONS, OPTIONAL };
    char *fields[LINE_FIELDS_MAX];
    const size_t count = split(line, fields);
    size_t dash = OPTIONAL;
    while (dash < count && strcmp(fields[dash], "-") != 0)
        dash++;
    if (dash + 3 >= count)
        return;
    ga_mounts_unescape(fields[FOLDER]);
    ga_mounts_unescape(fields[dash + 2]);
    *(struct ga_mount *)ga_vec_push(mounts) = (struct ga_mount){
        .number = fields[NUMBER], .folder = fields[FOLDER], .kind = fields[dash + 1], .source = fields[dash + 2],
        .is_read_only = says_read_only(fields[OPTIONS]) || says_read_only(fields[dash + 3]),
        .is_whole = strcmp(fields[ROOT], "/") == 0};
}

void ga_mounts_read(const char *table, struct ga_arena *arena, struct ga_vec *ret_mounts)
{
    for (char *rest = ga_arena_strdup(arena, table), *line; (line = strsep(&rest, "\n")) != NULL;)
        read_line(line, ret_mounts);
}
