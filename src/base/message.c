/* A sentence for the user, kept apart from the language it will be shown in. */
#include "guanai/base/message.h"

#include "guanai/base/str.h"

#include <string.h>

void ga_message_set_args(struct ga_message *msg, const char *id, va_list args)
{
    msg->id = id;
    msg->args_count = 0;
    size_t used = 0;
    const char *arg;
    while (msg->args_count < GA_MESSAGE_ARGS && (arg = va_arg(args, const char *)) != NULL) {
        if (used >= sizeof(msg->args)) /* no room left, not even for the terminator */
            used = sizeof(msg->args) - 1;
        msg->arg_at[msg->args_count++] = (unsigned short)used;
        ga_str_copy(msg->args + used, sizeof(msg->args) - used, arg);
        used += strlen(msg->args + used) + 1;
    }
}

void ga_message_set_list(struct ga_message *msg, const char *id, ...)
{
    va_list args;
    va_start(args, id);
    ga_message_set_args(msg, id, args);
    va_end(args);
}

const char *ga_message_arg(const struct ga_message *msg, size_t i)
{
    return i < msg->args_count ? msg->args + msg->arg_at[i] : "";
}

const char *ga_message_format(const struct ga_message *msg, const char *format, char *buf, size_t size)
{
    struct ga_str out = {0};
    for (const char *p = format; *p != '\0'; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] < '1' + GA_MESSAGE_ARGS)
            ga_str_add(&out, ga_message_arg(msg, (size_t)(*++p - '1')));
        else if (p[0] == '%' && p[1] == '%')
            ga_str_add_char(&out, *++p);
        else
            ga_str_add_char(&out, *p);
    }
    ga_str_copy(buf, size, ga_str_text(&out));
    ga_str_finish(&out);
    return buf;
}
