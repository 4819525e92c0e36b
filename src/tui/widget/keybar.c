/* The bottom line: which key does what right now. */
#include "guanai/tui/widget/keybar.h"

#include <stdbool.h>

/* "F1帮助 "; false when it does not fit any more. */
static bool paint_one(struct ga_canvas *canvas, struct ga_area *room, const struct ga_tui_command *row,
                      enum ga_lang lang)
{
    char name[GA_KEY_NAME_SIZE];
    ga_key_name(row->keys[0], lang, name);
    const char *label = ga_tr(lang, row->label);
    int name_cols = ga_canvas_text_cols(canvas, name);
    int label_cols = ga_canvas_text_cols(canvas, label);
    if (name_cols + label_cols + 3 > room->cols)
        return false;
    ga_canvas_text(canvas, room->row, room->col, name_cols, GA_STYLE_KEY, name);
    ga_area_cut_left(room, name_cols + 1);
    ga_canvas_text(canvas, room->row, room->col, label_cols, GA_STYLE_KEY_LABEL, label);
    ga_area_cut_left(room, label_cols + 2);
    return true;
}

static bool is_shown(const struct ga_tui_command *row, ga_keymap_offers *offers, const void *ctx)
{
    return (row->flags & GA_COMMAND_IN_BAR) != 0 && (offers == NULL || offers(ctx, row->id));
}

void ga_tui_keybar_paint(struct ga_canvas *canvas, struct ga_area area, const struct ga_keymap *const *maps,
                         size_t maps_count, ga_keymap_offers *offers, const void *ctx, enum ga_lang lang)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    ga_area_cut_left(&area, 1);
    for (size_t m = 0; m < maps_count; m++)
        for (size_t i = 0; i < maps[m]->count; i++)
            if (is_shown(&maps[m]->rows[i], offers, ctx) &&
                !paint_one(canvas, &area, &maps[m]->rows[i], lang))
                return;
}
