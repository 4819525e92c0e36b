/* Says in words how a phone has answered. */
#include "guanai/care/phone.h"

#include "guanai/base/message.h"
#include "guanai/base/num.h"
#include "guanai/base/str.h"

const char *const ga_phone_words[GA_PHONES_MAX] = {
    [GA_PHONE_FATHER] = GA_N_("father"), [GA_PHONE_MOTHER] = GA_N_("mother"), [GA_PHONE_GUARDIAN] = GA_N_("guardian")};

/* Less often in vain, then reached later. */
static bool is_better(const struct ga_phone *a, const struct ga_phone *b)
{
    return a->tries != b->tries ? a->tries < b->tries : ga_date_compare(a->reached_on, b->reached_on) > 0;
}

static bool is_reachable(const struct ga_phone *phone, const struct ga_phone *instead_of)
{
    return !ga_phone_failed(phone) || (phone->reached_on.year != 0 && phone->tries < instead_of->tries);
}

int ga_phones_instead(const struct ga_phones *phones, size_t at)
{
    int best = -1;
    for (size_t i = 0; i < phones->count; i++)
        if (i != at && is_reachable(&phones->items[i], &phones->items[at]) &&
            (best < 0 || is_better(&phones->items[i], &phones->items[best])))
            best = (int)i;
    return best;
}

void ga_phone_text(const struct ga_phone *phone, enum ga_lang lang, struct ga_str *out)
{
    char day[GA_DATE_SIZE], text[160];
    struct ga_message message;
    const bool was_reached = phone->reached_on.year != 0;
    ga_date_text_short(phone->reached_on, lang, day);
    if (phone->tried_on.year == 0)
        ga_message_set(&message, "not rung yet");
    else if (was_reached && phone->tries == 0)
        ga_message_set(&message, "answered on %1", day);
    else if (was_reached)
        ga_message_set(&message, "answered on %1, %2 tries since", day, GA_NUM(phone->tries));
    else
        ga_message_set(&message, "%1 tries, never answered", GA_NUM(phone->tries));
    ga_str_add(out, ga_message_text(&message, lang, text, sizeof(text)));
}

void ga_phone_owner_text(const struct ga_phone *phone, enum ga_lang lang, struct ga_str *out)
{
    const char *between = "";
    for (size_t i = 0; i < GA_PHONES_MAX; i++)
        if (phone->whose >> i & 1) {
            ga_str_addf(out, "%s%s", between, ga_tr(lang, ga_phone_words[i]));
            between = lang == GA_ZH ? "、" : ", ";
        }
    if (phone->name[0] != '\0')
        ga_str_addf(out, " · %s", phone->name);
}
