/* On a form of calls: how the phone that would be rung has answered so far. */
#include "record/record_state.h"

#include "guanai/base/alloc.h"
#include "guanai/store/number.h"
#include "parts/phone_words.h"

#include <string.h>

static bool is_asked(const struct record *record, const struct record_item *item)
{
    static const char *const fields[] = {"whom", "number", "outcome"};
    for (size_t i = 0; strcmp(record->entry->form->name, "parent_call") == 0 && i < GA_COUNT(fields); i++)
        if (strcmp(item->field->name, fields[i]) == 0)
            return true;
    return false;
}

/* Once a page: calls of this very child are not saved meanwhile. */
static const struct ga_phones *read_phones(struct record *record)
{
    struct ga_screen *screen = record->box.screen;
    struct ga_store *store = ga_screen_session(screen)->store;
    int64_t child;
    if (record->phones != NULL)
        return record->phones;
    record->phones = ga_arena_alloc(&screen->arena, sizeof(*record->phones));
    *record->phones = (struct ga_phones){.via = ""};
    if (ga_store_child_no(store, &record->entry->now.child, &child, NULL) == GA_OK)
        ga_phones_of(store, child, &screen->arena, record->phones, NULL);
    return record->phones;
}

/* 父母 means the father's first, as the number that is filled in does. */
static bool is_of(const struct ga_phone *phone, const char *whom)
{
    for (size_t whose = 0; whose < GA_PHONES_MAX; whose++)
        if ((phone->whose >> whose & 1) && (strcmp(whom, ga_phone_codes[whose]) == 0 ||
                                            (strcmp(whom, "both") == 0 && whose <= GA_PHONE_MOTHER)))
            return true;
    return false;
}

void record_add_phone(struct record *record, const struct record_item *item, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_field *field = ga_form_field(record->entry->form, "whom");
    if (field == NULL || !is_asked(record, item))
        return;
    const struct ga_answer *whom = ga_answers_at(&record->entry->now, field);
    if (whom->state != GA_ANSWERED || whom->value.kind != GA_VALUE_TEXT)
        return;
    const struct ga_phones *phones = read_phones(record);
    for (size_t i = 0; i < phones->count; i++) {
        if (!is_of(&phones->items[i], whom->value.text))
            continue;
        ga_str_add(out, out->len > 0 ? "   " : "");
        ga_phone_owner_text(&phones->items[i], lang, out);
        ga_str_add(out, lang == GA_ZH ? "：" : ": ");
        ga_phone_words_add(phones, i, lang, out);
        return;
    }
}
