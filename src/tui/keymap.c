/* Looking commands up by key. */
#include "guanai/tui/keymap.h"

#include "guanai/base/str.h"
#include "guanai/text/fold.h"
#include "guanai/text/width.h"

#include <string.h>

static uint32_t plain_key(uint32_t key)
{
    return key < GA_KEY_FIRST ? ga_fold_case(ga_fold_width(key)) : key;
}

static bool has_key(const struct ga_tui_command *row, uint32_t key)
{
    for (size_t i = 0; i < GA_COMMAND_KEYS; i++)
        if (row->keys[i] != GA_KEY_NONE && plain_key(row->keys[i]) == key)
            return true;
    return false;
}

const struct ga_tui_command *ga_keymap_find(const struct ga_keymap *map, uint32_t key)
{
    key = plain_key(key);
    for (size_t i = 0; i < map->count && key != GA_KEY_NONE; i++)
        if (has_key(&map->rows[i], key))
            return &map->rows[i];
    return NULL;
}

void ga_keymap_help(const struct ga_keymap *map, ga_keymap_offers *offers, const void *ctx, enum ga_lang lang,
                    struct ga_str *out)
{
    enum { KEY_COLS = 18 };
    for (size_t i = 0; i < map->count; i++) {
        const struct ga_tui_command *row = &map->rows[i];
        if ((row->flags & GA_COMMAND_SECRET) != 0 || (offers != NULL && !offers(ctx, row->id)))
            continue;
        struct ga_str keys = {0};
        for (size_t k = 0; k < GA_COMMAND_KEYS && row->keys[k] != GA_KEY_NONE; k++) {
            ga_str_add(&keys, k > 0 ? " / " : "");
            ga_str_add(&keys, ga_key_name(row->keys[k], lang, (char[GA_KEY_NAME_SIZE]){0}));
        }
        ga_width_add_padded(out, ga_str_text(&keys), keys.len, KEY_COLS, GA_LEFT, NULL);
        if (ga_width_text(ga_str_text(&keys), keys.len) >= KEY_COLS)
            ga_str_add_char(out, ' ');
        ga_str_add(out, ga_tr(lang, row->help != NULL ? row->help : row->label));
        ga_str_add_char(out, '\n');
        ga_str_finish(&keys);
    }
}
