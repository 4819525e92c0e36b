/* A sentence for the user, kept apart from the language it will be shown in. */
#ifndef GUANAI_BASE_MESSAGE_H
#define GUANAI_BASE_MESSAGE_H

#include <stdarg.h>
#include <stddef.h>

enum { GA_MESSAGE_ARGS = 5, GA_MESSAGE_BYTES = 480 };

/*
 * `id` is the English sentence, a string literal with %1 … %5 for its arguments; it is also the key
 * into the translations. The arguments are copied (cut at a character when too long), so that a
 * message outlives whatever it speaks of. text/translate.h turns it into words.
 */
struct ga_message {
    const char *id; /* NULL: no message */
    unsigned short arg_at[GA_MESSAGE_ARGS]; /* offset into args */
    unsigned char args_count;
    char args[GA_MESSAGE_BYTES];
};

/* Arguments are `const char *`; a NULL argument ends the list, so pass "" for nothing. */
#define ga_message_set(msg, ...) ga_message_set_list((msg), __VA_ARGS__, (const char *)NULL)
void ga_message_set_list(struct ga_message *msg, const char *id, ...);
void ga_message_set_args(struct ga_message *msg, const char *id, va_list args);

const char *ga_message_arg(const struct ga_message *msg, size_t i); /* "" when there is none */

/*
 * Puts the arguments into `format` (a translation of msg->id): %1 … %5, %% for a percent sign.
 * Always terminates; cuts at a character. Returns buf.
 */
const char *ga_message_format(const struct ga_message *msg, const char *format, char *buf, size_t size);

#endif
