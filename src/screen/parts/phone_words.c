/* Says how a phone has answered, and which one to ring instead. */
#include "parts/phone_words.h"

#include "guanai/base/message.h"
#include "guanai/text/translate.h"

void ga_phone_words_add(const struct ga_phones *phones, size_t at, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_phone *phone = &phones->items[at];
    const int instead = ga_phones_instead(phones, at);
    struct ga_message message;
    struct ga_str whose = {0};
    char text[GA_MESSAGE_BYTES];
    ga_str_add(out, ga_phone_failed(phone) ? "! " : "");
    ga_phone_text(phone, lang, out);
    if (!ga_phone_failed(phone) || (instead < 0 && phones->via[0] == '\0'))
        return;
    if (instead >= 0)
        ga_phone_owner_text(&phones->items[instead], lang, &whose);
    else
        ga_str_add(&whose, phones->via);
    ga_message_set(&message, "; ring instead: %1", ga_str_text(&whose));
    ga_str_add(out, ga_message_text(&message, lang, text, sizeof(text)));
    ga_str_finish(&whose);
}
