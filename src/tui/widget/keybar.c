/* The bottom line: which key does what right now. */
#include "guanai/tui/widget/keybar.h"

#include <stdbool.h>
#include <string.h>

enum { KEYS_MAX = 32, WIDE_GAP = 2, TIGHT_GAP = 1, BETWEEN = 1 };

struct key_shown {
    char name[GA_KEY_NAME_SIZE];
    const char *label;
    int name_cols, label_cols;
    bool may_go;
    bool is_last; /* of the last map, whose keys stand at the end anyway */
};

struct bar {
    struct key_shown keys[KEYS_MAX];
    size_t count;
    int cols; /* of names and labels alone */
};

static bool is_shown(const struct ga_tui_command *row, ga_keymap_offers *offers, const void *ctx)
{
    return (row->flags & GA_COMMAND_IN_BAR) != 0 && (offers == NULL || offers(ctx, row->id));
}

static void add(struct bar *bar, struct ga_canvas *canvas, const struct ga_tui_command *row, bool is_last,
                enum ga_lang lang)
{
    if (bar->count == KEYS_MAX)
        return;
    struct key_shown *key = &bar->keys[bar->count++];
    ga_key_name(row->keys[0], lang, key->name);
    key->may_go = (row->flags & GA_COMMAND_IF_ROOM) == GA_COMMAND_IF_ROOM;
    key->is_last = is_last;
    key->label = ga_tr(lang, row->label);
    key->name_cols = ga_canvas_text_cols(canvas, key->name);
    key->label_cols = ga_canvas_text_cols(canvas, key->label);
    bar->cols += key->name_cols + BETWEEN + key->label_cols;
}

static int cols_with(const struct bar *bar, int gap)
{
    return bar->cols + (bar->count == 0 ? 0 : (int)bar->count - 1) * gap;
}

static void take_out(struct bar *bar, size_t i)
{
    bar->cols -= bar->keys[i].name_cols + BETWEEN + bar->keys[i].label_cols;
    memmove(&bar->keys[i], &bar->keys[i + 1], (bar->count - i - 1) * sizeof(bar->keys[0]));
    bar->count--;
}

static void put_in(struct bar *bar, const struct key_shown *key)
{
    bar->cols += key->name_cols + BETWEEN + key->label_cols;
    bar->keys[bar->count++] = *key;
}

/*
 * Closer rather than fewer; those that are not needed go, the last first. A short one at the end comes back where a longer
 * one left room.
 */
static void narrow(struct bar *bar, int cols)
{
    struct key_shown gone[KEYS_MAX];
    size_t gone_count = 0;
    for (size_t i = bar->count; i > 0 && cols_with(bar, TIGHT_GAP) > cols; i--) {
        if (!bar->keys[i - 1].may_go)
            continue;
        if (bar->keys[i - 1].is_last)
            gone[gone_count++] = bar->keys[i - 1];
        take_out(bar, i - 1);
    }
    for (size_t i = gone_count; i > 0; i--) {
        put_in(bar, &gone[i - 1]);
        if (cols_with(bar, TIGHT_GAP) > cols)
            take_out(bar, bar->count - 1);
    }
}

/* "F1 帮助  Esc 返回"; false when it does not fit any more. */
static bool paint_one(struct ga_canvas *canvas, struct ga_area *room, const struct key_shown *key, int gap)
{
    if (key->name_cols + BETWEEN + key->label_cols > room->cols)
        return false;
    ga_canvas_text(canvas, room->row, room->col, key->name_cols, GA_STYLE_KEY, key->name);
    ga_area_cut_left(room, key->name_cols + BETWEEN);
    ga_canvas_text(canvas, room->row, room->col, key->label_cols, GA_STYLE_KEY_LABEL, key->label);
    ga_area_cut_left(room, key->label_cols + gap);
    return true;
}

size_t ga_tui_keybar_paint(struct ga_canvas *canvas, struct ga_area area, const struct ga_keymap *const *maps,
                           size_t maps_count, ga_keymap_offers *offers, const void *ctx, enum ga_lang lang)
{
    struct bar bar = {.count = 0};
    for (size_t m = 0; m < maps_count; m++)
        for (size_t i = 0; i < maps[m]->count; i++)
            if (is_shown(&maps[m]->rows[i], offers, ctx))
                add(&bar, canvas, &maps[m]->rows[i], m + 1 == maps_count, lang);
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    ga_area_cut_left(&area, 1);
    narrow(&bar, area.cols);
    const int gap = cols_with(&bar, WIDE_GAP) <= area.cols ? WIDE_GAP : TIGHT_GAP;
    for (size_t i = 0; i < bar.count; i++)
        if (!paint_one(canvas, &area, &bar.keys[i], gap))
            return bar.count - i;
    return 0;
}
