/* Says below the table which cell is typed in, shows its choices or its words in full. */
#include "grid/grid_parts.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"

#include <stdio.h>
#include <string.h>

/* Why it is not left, what is wrong, what the form's author says of it, what the keys do. */
enum ga_style grid_write_hint(const struct grid *grid, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_field *field = grid_field(grid);
    const struct ga_finding *finding = grid_finding(grid, grid_batch(grid), grid->row, field);
    if (grid->fault.rc != GA_OK) {
        ga_error_text(&grid->fault, lang, out);
        return GA_STYLE_ERROR;
    }
    if (finding != NULL) {
        ga_finding_text(finding, lang, out);
        return ga_finding_bars_saving(finding) ? GA_STYLE_ERROR : GA_STYLE_WARNING;
    }
    if (box_is_open(&grid->box))
        box_live_hint(&grid->box, lang, out);
    if (out->len == 0 && grid_row(grid)->entry == NULL)
        grid_write_told(grid, lang, out);
    if (out->len == 0 && field->hint.zh != NULL)
        ga_str_add(out, ga_label_text(&field->hint, lang));
    /* The keys come first in both, so that from row to row the end of the line alone is sent. */
    const bool has_day_above = field == grid_batch(grid)->day && grid->row > 0;
    if (out->len == 0)
        ga_str_add(out, ga_tr(lang, has_day_above ? GA_N_("Tab next column, Enter next child; left empty it is the day of the row above")
                                                  : GA_N_("Tab next column, Enter next child")));
    return GA_STYLE_DIM;
}

static void paint_title(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area row)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_batch_row *child = grid_row(grid);
    char title[240];
    const size_t notes = grid_count_notes(grid);
    snprintf(title, sizeof(title), " %lld %s · %s%s%s%s%s%s%s%s%s", (long long)child->number, child->name,
             grid_has_parts(grid) ? ga_label_text(&grid_batch(grid)->form->title, lang) : "", grid_has_parts(grid) ? " · " : "",
             ga_label_text(&grid_field(grid)->label, lang),
             grid_field(grid)->required != GA_REQUIRED_NO ? " *" : "", child->is_saved ? " ✓" : "",
             notes > 0 ? " · " : "", notes > 0 ? ga_tr(lang, "Notes") : "", notes > 0 ? " " : "", notes > 0 ? GA_NUM((int64_t)notes) : "");
    ga_canvas_text_fit(canvas, row.row, row.col, row.cols, GA_STYLE_HEADER, title);
}

/* A cell nobody types in: its words in full, or what can be picked. */
static void paint_resting(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    const struct ga_batch_row *row = grid_row(grid);
    const struct ga_field *field = grid_field(grid);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    ga_canvas_set_caret(canvas, area.row, area.col);
    if (!row->is_saved && box_paint_options(canvas, area, field, lang))
        return;
    if (row->entry != NULL)
        ga_screen_add_answer(grid->sheet->session, field, ga_answers_at(&row->entry->now, field), lang, &text);
    const bool is_number = field->type->widget == GA_WIDGET_DIGITS || field->type->widget == GA_WIDGET_DATE;
    const bool gives_way = row->entry != NULL && (is_number || !row->is_typed[field->index]); /* to what is typed */
    ga_canvas_text(canvas, area.row, area.col, area.cols, gives_way ? GA_STYLE_SELECTED : GA_STYLE_FIELD,
                   ga_str_text(&text));
    ga_str_finish(&text);
}

void grid_paint_panel(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct grid *grid = GA_STATE(struct grid, screen);
    struct ga_area area = grid->panel;
    struct ga_str hint = {0};
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    paint_title(screen, canvas, ga_area_cut_top(&area, 1));
    struct ga_area below = ga_area_cut_bottom(&area, 1);
    area = ga_area_inset(area, 0, 1);
    if (box_is_open(&grid->box))
        box_paint(&grid->box, canvas, area);
    else
        paint_resting(screen, canvas, area);
    enum ga_style style = grid_write_hint(grid, ga_screen_lang(screen), &hint);
    ga_canvas_text_fit(canvas, below.row, below.col + 1, below.cols - 1, style, ga_str_text(&hint));
    ga_str_finish(&hint);
}
