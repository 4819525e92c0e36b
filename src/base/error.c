/* What went wrong, where, and what to do about it. */
#include "guanai/base/error.h"

#include <stdarg.h>
#include <stdio.h>

enum ga_rc ga_error_set_list(struct ga_error *err, enum ga_rc rc, const char *id, ...)
{
    if (err == NULL)
        return rc;
    ga_error_clear(err);
    err->rc = rc;
    va_list args;
    va_start(args, id);
    ga_message_set_args(&err->what, id, args);
    va_end(args);
    return rc;
}

void ga_error_where(struct ga_error *err, const char *format, ...)
{
    if (err == NULL)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(err->where, sizeof(err->where), format, args);
    va_end(args);
}

void ga_error_clear(struct ga_error *err)
{
    if (err == NULL)
        return;
    err->rc = GA_OK;
    err->what.id = err->hint.id = NULL;
    err->what.args_count = err->hint.args_count = 0;
    err->where[0] = '\0';
}
