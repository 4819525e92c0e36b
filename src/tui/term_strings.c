/* Makes strings of terminfo fit to be sent as they are. */
#include "term_write.h"

#include <string.h>

void ga_term_string_copy(char ret_text[GA_TERM_STRING_BYTES], const char *terminfo)
{
    size_t len = 0;
    for (const char *at = terminfo; *at != '\0' && len + 1 < GA_TERM_STRING_BYTES; at++) {
        const char *end = at[0] == '$' && at[1] == '<' ? strchr(at, '>') : NULL;
        if (end != NULL)
            at = end;
        else
            ret_text[len++] = *at;
    }
    ret_text[len] = '\0';
}

/* ESC [ … m: where its parameters begin; NULL when it is something else. */
static const char *parameters_of(const char *text, size_t len)
{
    if (len < 3 || strncmp(text, "\033[", 2) != 0 || text[len - 1] != 'm')
        return NULL;
    return strspn(text + 2, "0123456789;") == len - 3 ? text + 2 : NULL;
}

void ga_term_string_join(char text[GA_TERM_STRING_BYTES], const char *more)
{
    char clean[GA_TERM_STRING_BYTES];
    ga_term_string_copy(clean, more);
    size_t len = strlen(text), more_len = strlen(clean);
    if (more_len == 0 || len + more_len + 2 > GA_TERM_STRING_BYTES)
        return;
    if (parameters_of(text, len) == NULL || parameters_of(clean, more_len) == NULL) {
        memcpy(text + len, clean, more_len + 1);
        return;
    }
    len--; /* the m goes to the end */
    if (len == 2)
        text[len++] = '0'; /* ESC[m is short for ESC[0m */
    text[len++] = ';';
    memcpy(text + len, clean + 2, more_len - 1);
}

void ga_term_string_plain(char ret_text[GA_TERM_STRING_BYTES], const char *terminfo)
{
    ga_term_string_copy(ret_text, terminfo);
    size_t len = strlen(ret_text);
    if (len > 0 && ret_text[len - 1] == '\017')
        ret_text[--len] = '\0';
    if (strncmp(ret_text, "\033(B", 3) == 0)
        memmove(ret_text, ret_text + 3, len - 3 + 1);
}
