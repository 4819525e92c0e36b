/* Writes down, while building, what libc's wcwidth says of every code point. */
#ifndef _GNU_SOURCE /* wcwidth; what runs while building gets none of the project's arguments */
#define _GNU_SOURCE
#endif
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

static int width_of(unsigned cp)
{
    if ((cp >= 0x20000 && cp <= 0x2FFFD) || (cp >= 0x30000 && cp <= 0x3FFFD))
        return 2; /* Chinese characters, known or yet to come */
    return cp >= 0xD800 && cp <= 0xDFFF ? -1 : wcwidth((wchar_t)cp);
}

int main(void)
{
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        fputs("the locale C.UTF-8 is needed to build (Debian: libc-bin)\n", stderr);
        return 1;
    }
    puts("/* Made by width_table.c; do not edit. */\n#include \"width_ranges.h\"\n\n"
         "const struct width_range width_ranges[] = {");
    unsigned first = 0;
    for (unsigned cp = 1; cp <= 0x110000; cp++) {
        int width = width_of(first);
        if (cp <= 0x10FFFF && width_of(cp) == width)
            continue;
        if (width >= 0)
            printf("    {0x%X, 0x%X, %d},\n", first, cp - 1, width);
        first = cp;
    }
    puts("};\n\nconst size_t width_ranges_len = sizeof(width_ranges) / sizeof(width_ranges[0]);");
    return 0;
}
