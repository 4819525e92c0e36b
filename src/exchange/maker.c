/* Hears who made a list from the lines around it: 填表人：李会计. What a file says of itself is the computer's name. */
#include "inner.h"

#include "guanai/base/alloc.h"
#include "guanai/text/utf8.h"

#include <string.h>

enum { NAME_BYTES_MAX = 60, WORD_TO_COLON_BYTES = 30 };

static const char *const words[] = {"填表人", "制表人", "填报人", "造册人", "经办人", "统计人", "制表", "填表"};

/* Behind the colon that ends the word, 填表人（签字）： too; NULL: nothing of the kind. */
static const char *behind_colon(const char *text)
{
    for (size_t i = 0; i < GA_COUNT(words); i++) {
        const char *word = strstr(text, words[i]);
        if (word == NULL)
            continue;
        const char *from = word + strlen(words[i]);
        const char *wide = strstr(from, "："), *narrow = strchr(from, ':');
        const char *colon = wide == NULL || (narrow != NULL && narrow < wide) ? narrow : wide;
        const char *day = strstr(from, "日期"), *time = strstr(from, "时间");
        const bool is_of_day = colon != NULL && ((day != NULL && day < colon) || (time != NULL && time < colon));
        if (colon != NULL && !is_of_day && colon - from <= WORD_TO_COLON_BYTES)
            return colon + (colon == wide ? strlen("：") : 1);
    }
    return NULL;
}

static size_t blank_len(const char *text)
{
    return *text == ' ' || *text == '\t' || *text == '\n' ? 1 : ga_str_starts(text, "　") ? strlen("　") : 0;
}

static const char *skip_blanks(const char *text)
{
    for (size_t len; (len = blank_len(text)) > 0;)
        text += len;
    return text;
}

static size_t piece_len(const char *text)
{
    static const char *const ends[] = {"，", "。", "；", "（", "、", "(", ",", ";", "/"};
    size_t len = 0;
    for (; text[len] != '\0' && blank_len(text + len) == 0; len++)
        for (size_t i = 0; i < GA_COUNT(ends); i++)
            if (ga_str_starts(text + len, ends[i]))
                return len;
    return len;
}

/* 李 明 is a name of two pieces; behind 李会计 stands the next word of the line. */
static bool take_name(const char *text, char name[NAME_BYTES_MAX + 1])
{
    text = skip_blanks(text);
    const size_t first = piece_len(text);
    const char *rest = skip_blanks(text + first);
    const size_t second = piece_len(rest);
    const bool are_two = ga_utf8_count(text, first) == 1 && second > 0 && ga_utf8_count(rest, second) <= 2;
    const size_t len = first + (are_two ? second : 0);
    if (first == 0 || len > NAME_BYTES_MAX || strpbrk(text, "_") != NULL || memchr(text, ':', first) != NULL)
        return false;
    memcpy(name, text, first);
    memcpy(name + first, rest, are_two ? second : 0);
    name[len] = '\0';
    return strpbrk(name, "0123456789") == NULL && strstr(name, "：") == NULL && ga_utf8_count(name, len) >= 2;
}

void ga_maker_hear(struct ga_import *import, const struct ga_sheet_row *row)
{
    char name[NAME_BYTES_MAX + 1];
    for (size_t i = 0; !import->origin.is_heard && i < row->cells_count; i++) {
        const char *said = behind_colon(row->cells[i].text);
        if (said == NULL)
            continue;
        size_t next = i + 1; /* the name stands in a cell of its own */
        while (*skip_blanks(said) == '\0' && next < row->cells_count)
            said = row->cells[next++].text;
        if (!take_name(said, name))
            continue;
        import->origin.author = ga_arena_strdup(&import->arena, name);
        import->origin.is_heard = true;
    }
}
