/* Cuts an SQL expression into tokens. */
#ifndef GUANAI_SQL_TOKEN_H
#define GUANAI_SQL_TOKEN_H

#include "guanai/base/error.h"

#include <stddef.h>

enum ga_token_kind {
    GA_TOKEN_END,
    GA_TOKEN_NAME,
    GA_TOKEN_KEYWORD,
    GA_TOKEN_STRING,
    GA_TOKEN_NUMBER, /* blobs too */
    GA_TOKEN_OPEN,
    GA_TOKEN_CLOSE,
    GA_TOKEN_DOT,
    GA_TOKEN_OPERATOR,
    GA_TOKEN_BAD, /* what the guard refuses wherever it stands; `why` says so */
};

struct ga_token {
    enum ga_token_kind kind;
    size_t at; /* byte offset */
    size_t len;
    const char *why;
};

/* The token at or after `at`, blanks skipped. */
struct ga_token ga_sql_token_next(const char *text, size_t at);

#endif
