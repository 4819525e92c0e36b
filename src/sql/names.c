/* Reads an author's expression for what the guard refuses. */
#include "names.h"

#include "guanai/text/translate.h"
#include "internal.h"
#include "token.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXPR_MAX_BYTES = 16384, PARENS_MAX = 50 };

struct walk {
    const char *expr;
    struct ga_token token;
    struct ga_token before[2]; /* the one before, the one before that */
    int parens;
    bool is_select[PARENS_MAX]; /* which open parentheses hold a SELECT */
    int selects;
    const char *why; /* the sentence that refuses it */
};

static bool is_word(const struct walk *walk, const struct ga_token *token, const char *word)
{
    return token->len == strlen(word) && sqlite3_strnicmp(walk->expr + token->at, word, (int)token->len) == 0;
}

static bool is_any(const struct walk *walk, const struct ga_token *token, const char *const *words,
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_word(walk, token, words[i]))
            return true;
    return false;
}

/* The computer's clock may be wrong, so that today() is asked and never the system. */
static bool asks_the_clock(const struct walk *walk)
{
    static const char *const words[] = {"'now'", "'localtime'", "'utc'"};
    static const char *const calls[] = {"date", "time", "datetime", "julianday", "unixepoch"};
    if (walk->token.kind == GA_TOKEN_STRING)
        return is_any(walk, &walk->token, words, 3);
    return walk->token.kind == GA_TOKEN_CLOSE && walk->before[0].kind == GA_TOKEN_OPEN &&
           walk->before[1].kind == GA_TOKEN_NAME && is_any(walk, &walk->before[1], calls, 5);
}

static void open_paren(struct walk *walk)
{
    if (walk->parens == PARENS_MAX)
        walk->why = GA_N_("too many parentheses stand inside each other");
    else
        walk->is_select[walk->parens++] = false;
}

static void close_paren(struct walk *walk)
{
    if (walk->parens == 0)
        walk->why = GA_N_("a closing parenthesis has no opening one");
    else if (walk->is_select[--walk->parens])
        walk->selects--;
}

static void see_keyword(struct walk *walk)
{
    if (is_word(walk, &walk->token, "WITH"))
        walk->why = GA_N_("WITH may not stand in an expression");
    if (is_word(walk, &walk->token, "SELECT") && walk->before[0].kind == GA_TOKEN_OPEN) {
        walk->is_select[walk->parens - 1] = true;
        walk->selects++;
    }
}

static void judge(struct walk *walk)
{
    switch (walk->token.kind) {
    case GA_TOKEN_BAD:
        walk->why = walk->token.why;
        return;
    case GA_TOKEN_OPEN:
        open_paren(walk);
        return;
    case GA_TOKEN_CLOSE:
        if (asks_the_clock(walk))
            walk->why = GA_N_("use today() for the present day");
        else
            close_paren(walk);
        return;
    case GA_TOKEN_KEYWORD:
        see_keyword(walk);
        return;
    case GA_TOKEN_STRING:
        if (asks_the_clock(walk))
            walk->why = GA_N_("use today() for the present day");
        return;
    case GA_TOKEN_END:
        if (walk->parens > 0)
            walk->why = GA_N_("a closing parenthesis is missing");
        return;
    default:
        return;
    }
}

static void advance(struct walk *walk)
{
    walk->before[1] = walk->before[0];
    walk->before[0] = walk->token;
    walk->token = ga_sql_token_next(walk->expr, walk->token.at + walk->token.len);
}

/* a, or a.b: the token is then left at b. After a dot a keyword is a name too. */
static struct ga_guard_name read_name(struct walk *walk)
{
    size_t at = walk->token.at;
    struct ga_token next = ga_sql_token_next(walk->expr, at + walk->token.len);
    while (next.kind == GA_TOKEN_DOT) {
        struct ga_token part = ga_sql_token_next(walk->expr, next.at + 1);
        if (part.kind != GA_TOKEN_NAME && part.kind != GA_TOKEN_KEYWORD)
            break;
        walk->token = part;
        next = ga_sql_token_next(walk->expr, part.at + part.len);
    }
    return (struct ga_guard_name){.text = walk->expr + at,
                                  .len = walk->token.at + walk->token.len - at,
                                  .offset = at,
                                  .is_call = next.kind == GA_TOKEN_OPEN,
                                  .select_depth = walk->selects};
}

enum ga_rc ga_sql_names_walk(const char *expr, ga_sql_name_fn each, void *ctx, size_t *ret_at,
                             struct ga_error *err)
{
    struct walk walk = {.expr = expr};
    *ret_at = 0;
    if (strnlen(expr, EXPR_MAX_BYTES + 1) > EXPR_MAX_BYTES)
        return ga_error_set(err, GA_REFUSED, "this expression is too long");
    walk.token = ga_sql_token_next(expr, 0);
    if (walk.token.kind == GA_TOKEN_END)
        return ga_error_set(err, GA_REFUSED, "this expression is empty");
    for (;; advance(&walk)) {
        judge(&walk);
        if (walk.why != NULL) {
            *ret_at = walk.token.at;
            return ga_error_set(err, GA_REFUSED, walk.why);
        }
        if (walk.token.kind == GA_TOKEN_END)
            return GA_OK;
        if (walk.token.kind == GA_TOKEN_NAME) {
            struct ga_guard_name name = read_name(&walk);
            if (each != NULL)
                each(ctx, &name);
        }
    }
}

int ga_sql_characters(const char *text, size_t bytes)
{
    int count = 0;
    for (size_t i = 0; i < bytes && text[i] != '\0'; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

enum ga_rc ga_guard_names(const char *expr, void (*each)(void *ctx, const struct ga_guard_name *name),
                          void *ctx, int *ret_character, struct ga_error *err)
{
    size_t at = 0;
    enum ga_rc rc = ga_sql_names_walk(expr, each, ctx, &at, err);
    if (rc != GA_OK && ret_character != NULL)
        *ret_character = ga_sql_characters(expr, at);
    return rc;
}

bool ga_guard_is_keyword(const char *name)
{
    size_t len = strnlen(name, 64);
    return sqlite3_keyword_check(name, (int)len) != 0;
}
