/* How the phones of the child's people have answered, beside their numbers. */
#include "child/child_state.h"

#include "guanai/care/phone.h"
#include "guanai/tui/loop.h"
#include "parts/phone_words.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

void child_read_phones(struct child *child)
{
    child->phones = (struct ga_phones){.via = ""};
    if (child->has_row)
        ga_phones_of(ga_screen_session(child->screen)->store, child->row.no, &child->stored, &child->phones, NULL);
}

/* Of which of the numbers the field is: father_phone …; the count of them for any other field. */
static size_t phone_at(const struct child *child, const struct ga_field *field)
{
    char name[40];
    for (size_t whose = 0; whose < GA_PHONES_MAX; whose++) {
        snprintf(name, sizeof(name), "%s_phone", ga_phone_codes[whose]);
        for (size_t i = 0; strcmp(name, field->name) == 0 && i < child->phones.count; i++)
            if (child->phones.items[i].whose >> whose & 1)
                return i;
    }
    return child->phones.count;
}

void child_add_phone(struct child *child, const struct ga_field *field, enum ga_lang lang, struct ga_str *out)
{
    const size_t at = phone_at(child, field);
    if (at == child->phones.count || child->phones.items[at].tried_on.year == 0)
        return;
    ga_str_add(out, "  ");
    ga_phone_words_add(&child->phones, at, lang, out);
}
