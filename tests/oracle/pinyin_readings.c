/* Prints the readings of every character of its standard input, one character a line, for an oracle to
 * compare. */
#include "guanai/text/pinyin.h"
#include "guanai/text/utf8.h"

#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[64];
    while (fgets(line, sizeof(line), stdin) != NULL) {
        const char *readings[GA_PINYIN_READINGS_MAX];
        uint32_t code_point = 0;
        ga_utf8_decode(line, strlen(line), &code_point);
        size_t count = ga_pinyin_readings(code_point, readings);
        printf("%X", (unsigned)code_point);
        for (size_t i = 0; i < count; i++)
            printf(" %s", readings[i]);
        putchar('\n');
    }
    return 0;
}
