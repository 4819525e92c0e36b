/* Cuts an SQL expression into tokens. */
#include "token.h"

#include "guanai/text/translate.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

/* The same classes as SQLite's own tokenizer, so that both see the same ends. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
    return starts_name(c) || is_digit(c) || c == '$';
}

static struct ga_token make_token(enum ga_token_kind kind, size_t at, size_t len)
{
    return (struct ga_token){.kind = kind, .at = at, .len = len};
}

static struct ga_token make_bad(size_t at, size_t len, const char *why)
{
    return (struct ga_token){.kind = GA_TOKEN_BAD, .at = at, .len = len, .why = why};
}

static struct ga_token read_string(const char *text, size_t at, size_t quote_at, enum ga_token_kind kind)
{
    for (size_t i = quote_at + 1; text[i] != '\0'; i++) {
        if (text[i] != '\'')
            continue;
        if (text[i + 1] != '\'')
            return make_token(kind, at, i + 1 - at);
        i++;
    }
    return make_bad(at, strlen(text) - at, GA_N_("a quotation mark is missing at the end of a text"));
}

static struct ga_token read_word(const char *text, size_t at)
{
    if ((text[at] == 'x' || text[at] == 'X') && text[at + 1] == '\'')
        return read_string(text, at, at + 1, GA_TOKEN_NUMBER);
    size_t len = 1;
    while (is_name(text[at + len]))
        len++;
    bool is_keyword = sqlite3_keyword_check(text + at, (int)len) != 0;
    return make_token(is_keyword ? GA_TOKEN_KEYWORD : GA_TOKEN_NAME, at, len);
}

/* 12, 1.5, .5, 1e-3, 0x1F: generous, SQLite refuses what is none. */
static struct ga_token read_number(const char *text, size_t at)
{
    size_t len = 1;
    for (; is_name(text[at + len]) || text[at + len] == '.'; len++) {
        bool is_exponent = (text[at + len] | 0x20) == 'e' &&
                           !(text[at] == '0' && (text[at + 1] | 0x20) == 'x');
        char sign = text[at + len + 1];
        if (is_exponent && (sign == '+' || sign == '-') && is_digit(text[at + len + 2]))
            len++;
    }
    return make_token(GA_TOKEN_NUMBER, at, len);
}

static const char *why_bad(const char *text)
{
    if (strncmp(text, "--", 2) == 0 || strncmp(text, "/*", 2) == 0)
        return text[0] == '-' ? GA_N_("two minus signs begin a comment, which may not stand in an expression")
                              : GA_N_("a comment may not stand in an expression");
    switch (text[0]) {
    case '"':
    case '`':
    case '[':
        return GA_N_("put texts between single quotation marks, names between none");
    case '?':
    case '@':
    case ':':
    case '$':
    case '#':
        return GA_N_("this sign may not stand in an expression");
    case ';':
        return GA_N_("a semicolon may not stand in an expression");
    default:
        return strchr("+-*/%|&<>=!~,", text[0]) == NULL
                   ? GA_N_("this sign may not stand in an expression")
                   : NULL;
    }
}

struct ga_token ga_sql_token_next(const char *text, size_t at)
{
    while (is_blank(text[at]))
        at++;
    char c = text[at];
    if (c == '\0')
        return make_token(GA_TOKEN_END, at, 0);
    if (starts_name(c))
        return read_word(text, at);
    if (is_digit(c) || (c == '.' && is_digit(text[at + 1])))
        return read_number(text, at);
    if (c == '\'')
        return read_string(text, at, at, GA_TOKEN_STRING);
    if (c == '(' || c == ')')
        return make_token(c == '(' ? GA_TOKEN_OPEN : GA_TOKEN_CLOSE, at, 1);
    if (c == '.')
        return make_token(GA_TOKEN_DOT, at, 1);
    const char *why = why_bad(text + at);
    return why != NULL ? make_bad(at, 1, why) : make_token(GA_TOKEN_OPERATOR, at, 1);
}
