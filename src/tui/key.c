/* The names of keys. */
#include "guanai/tui/key.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/text/fold.h"
#include "guanai/text/utf8.h"

#include <stdio.h>

struct key_name {
    uint32_t key;
    const char *name;
};

static const struct key_name names[] = {
    {GA_KEY_ENTER, GA_N_("Enter")},   {GA_KEY_TAB, "Tab"},          {GA_KEY_BACKTAB, "Shift-Tab"},
    {GA_KEY_ESC, "Esc"},              {GA_KEY_BACKSPACE, GA_N_("Backspace")},
    {GA_KEY_DELETE, "Del"},           {GA_KEY_INSERT, "Ins"},       {GA_KEY_UP, "↑"},
    {GA_KEY_DOWN, "↓"},               {GA_KEY_LEFT, "←"},           {GA_KEY_RIGHT, "→"},
    {GA_KEY_HOME, "Home"},            {GA_KEY_END, "End"},          {GA_KEY_PAGE_UP, "PgUp"},
    {GA_KEY_PAGE_DOWN, "PgDn"},       {' ', GA_N_("Space")},
};

bool ga_event_is_key(const struct ga_event *event, uint32_t key)
{
    return (event->kind == GA_EVENT_KEY || event->kind == GA_EVENT_TEXT) && event->key == key;
}

bool ga_event_is_typing(const struct ga_event *event)
{
    return event->kind == GA_EVENT_TEXT || event->kind == GA_EVENT_PASTE;
}

int ga_event_digit(const struct ga_event *event)
{
    uint32_t key = event->kind == GA_EVENT_TEXT ? ga_fold_width(event->key) : 0;
    return key >= '0' && key <= '9' ? (int)(key - '0') : -1;
}

const char *ga_key_name(uint32_t key, enum ga_lang lang, char buf[GA_KEY_NAME_SIZE])
{
    for (size_t i = 0; i < GA_COUNT(names); i++) {
        if (names[i].key == key) {
            ga_str_copy(buf, GA_KEY_NAME_SIZE, ga_tr(lang, names[i].name));
            return buf;
        }
    }
    if (key >= GA_KEY_F1 && key <= GA_KEY_F12)
        snprintf(buf, GA_KEY_NAME_SIZE, "F%u", (unsigned)(key - GA_KEY_F1 + 1));
    else if (key > GA_KEY_CTRL)
        snprintf(buf, GA_KEY_NAME_SIZE, "Ctrl-%c", (char)(key - GA_KEY_CTRL));
    else
        buf[ga_utf8_encode(key, buf)] = '\0';
    return buf;
}
