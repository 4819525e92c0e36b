/* Pages that a saved record asks for. */
#include "parts/offers.h"

#include "guanai/tui/loop.h"
#include "record/record_state.h"

#include <stdio.h>

const char *ga_offer_label(const struct ga_offer *offer, enum ga_lang lang, char *buf, size_t size)
{
    const struct ga_label *at = NULL;
    if (offer->field != NULL)
        at = &offer->field->label;
    else if (offer->then->section > 0 && offer->form->pages_count > 1)
        at = &offer->form->pages[offer->page].title;
    snprintf(buf, size, "%s%s%s", ga_label_text(&offer->form->title, lang), at != NULL ? " · " : "",
             at != NULL ? ga_label_text(at, lang) : "");
    return buf;
}

const char *ga_offers_why(const struct ga_offer *offers, size_t count, enum ga_lang lang)
{
    for (size_t i = 0; i < count; i++)
        if (offers[i].then->say.zh != NULL)
            return ga_label_text(&offers[i].then->say, lang);
    return NULL;
}

bool ga_offer_open(struct ga_screen *screen, struct ga_entry *saved, const struct ga_offer *offer, int tag)
{
    struct ga_entry *next;
    struct ga_error err = {0};
    struct ga_store *store = saved->session->store;
    int64_t draft = 0;
    /* One of the same begun before would be written over: Ctrl-Z on the first page has it. */
    if (!ga_uuid_is_zero(&saved->now.child) &&
        ga_draft_find(store, offer->form->name, NULL, &saved->now.child, ga_store_user(store), &draft, NULL) == GA_OK && draft != 0)
        ga_draft_set_aside(store, draft, NULL);
    if (ga_entry_take_offer(saved, offer, &next, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    return record_push(screen, next, offer->page, offer->field != NULL ? offer->field->name : NULL, tag);
}
