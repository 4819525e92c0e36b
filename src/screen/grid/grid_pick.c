/* Asks which form, whose rows, which columns. */
#include "grid/grid_parts.h"

#include "guanai/app/ticks.h"
#include "guanai/base/num.h"
#include "guanai/screen/records.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct grid *)ctx)->labels[i];
}

/* A form of its own is a record about several children, or about none: it has its own page. */
static bool stands_alone(const struct ga_form *form)
{
    return form->of.text == NULL && strcmp(form->name, "child") != 0;
}

/* Forms about children, one or several. */
static bool is_meant(const struct ga_form *form)
{
    return stands_alone(form) || ga_str_equal(form->of.text, "child");
}

static void list_forms(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_form_menu *menu = &grid->forms;
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_form_menu_list(menu, ga_screen_session(screen), lang, is_meant);
    for (size_t i = 0; i < menu->count; i++)
        if (stands_alone(menu->forms[i]) && ga_ticks_repeat(menu->forms[i]) != NULL)
            menu->labels[i] = ga_words_say(&menu->arena, lang, GA_N_("%1 (one for a whole group)"), menu->labels[i]);
}

void grid_ask_form(struct ga_screen *screen)
{
    list_forms(screen);
    ga_form_menu_open(&state_of(screen)->forms, screen, ga_screen_tr(screen, "Several at once: which form?"), GRID_FORM);
}

void grid_ask_more(struct ga_screen *screen)
{
    list_forms(screen);
    ga_form_menu_open_rest(&state_of(screen)->forms, screen, ga_screen_tr(screen, "Several at once: which form?"),
                           GRID_MORE);
}

void grid_ask_who(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    bool has_last = !grid_has_parts(grid) && ga_batch_has_last(grid->sheet->session, grid->sheet->parts[0]->form->name);
    grid->whom.first = has_last ? GA_N_("the children of the last time") : NULL;
    ga_whom_pick_open(&grid->whom, screen, GRID_WHO);
}

/* All that can be columns, part by part; of several forms each has a line of its own before its columns. */
struct offered {
    struct ga_batch *batch;
    const struct ga_field *field; /* NULL: the whole form */
};

static size_t list_offered(const struct grid *grid, struct offered *out)
{
    size_t count = 0;
    for (size_t p = 0; p < grid->sheet->parts_count; p++) {
        struct ga_batch *batch = grid->sheet->parts[p];
        if (grid_has_parts(grid))
            out[count++] = (struct offered){.batch = batch};
        for (size_t i = 0; i < batch->offered_count; i++)
            out[count++] = (struct offered){.batch = batch, .field = batch->offered[i]};
    }
    return count;
}

enum { OFFERED_MAX = GA_BATCH_SHEET_COLUMNS_MAX + GA_CLASS_SHEET_PARTS_MAX };

void grid_ask_columns(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_arena_reset(&grid->lists);
    struct offered *offered = ga_arena_array(&grid->lists, OFFERED_MAX, sizeof(*offered));
    const size_t count = list_offered(grid, offered);
    bool *is_on = ga_arena_array(&grid->lists, count + 1, sizeof(*is_on));
    grid->labels = ga_arena_array(&grid->lists, count + 1, sizeof(*grid->labels));
    for (size_t i = 0; i < count; i++) {
        const struct ga_field *field = offered[i].field;
        is_on[i] = field != NULL ? ga_batch_is_column(offered[i].batch, field) : offered[i].batch->columns_count > 0;
        grid->labels[i] = field == NULL ? ga_label_text(&offered[i].batch->form->title, lang)
                          : grid_has_parts(grid) ? ga_arena_printf(&grid->lists, "  %s", ga_label_text(&field->label, lang))
                                                 : ga_label_text(&field->label, lang);
    }
    grid->options = (struct ga_tui_options){.ctx = grid, .count = count, .label = label_at};
    const struct ga_tui_pick pick = {.title = grid_has_parts(grid)
                                                  ? ga_screen_tr(screen, "Forms and columns: a blank ticks, Enter is done")
                                                  : ga_screen_tr(screen, "Columns: a blank ticks, Enter is done"),
                                     .options = &grid->options,
                                     .picked = -1,
                                     .is_on = is_on,
                                     .is_multiple = true};
    ga_tui_pick_open(screen, &pick, GRID_COLUMNS);
}

/* What was picked. */

void grid_begin(struct ga_screen *screen, enum ga_rc rc, const struct ga_error *err)
{
    struct grid *grid = state_of(screen);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, err);
    else if (ga_batch_sheet_rows(grid->sheet) == 0)
        ga_message_set(ga_screen_note(screen), "No children here.");
    if (rc != GA_OK || ga_batch_sheet_rows(grid->sheet) == 0) {
        ga_screen_close(screen);
        return;
    }
    if (!grid_is_shown(grid, grid->row))
        grid->row = grid_step_shown(grid, grid->row, 1);
    grid_lay_out(screen);
    grid_set_title(screen);
    grid_offer_unfinished(screen);
}

static void take_form(struct ga_screen *screen, const struct ga_form *form)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    if (stands_alone(form)) {
        ga_screen_records_open(screen, form->name, screen->result.tag);
        ga_screen_close(screen);
        return;
    }
    if (ga_batch_sheet_alone(ga_screen_session(screen), form->name, &grid->sheet, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        ga_screen_close(screen);
        return;
    }
    grid_ask_who(screen);
}

static void take_who(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    struct ga_whom whom;
    const char *title;
    switch (ga_whom_pick_take(&grid->whom, screen, result, &whom, &title)) {
    case GA_WHOM_FIRST:
        grid_begin(screen, ga_batch_sheet_take_last(grid->sheet, &err), &err);
        break;
    case GA_WHOM_PICKED:
        grid_begin(screen, ga_batch_sheet_take(grid->sheet, &whom, &err), &err);
        break;
    case GA_WHOM_ASKED:
        break;
    case GA_WHOM_NOBODY:
        ga_screen_close(screen);
    }
}

static void read_ticks(const char *indexes, bool *is_on, size_t count)
{
    char *end;
    for (const char *p = indexes; *p != '\0'; p = end) {
        unsigned long i = strtoul(p, &end, 10);
        if (end == p)
            break;
        if (i < count)
            is_on[i] = true;
    }
}

/*
 * A form that was unticked goes with all its columns; one that was ticked anew comes with those that were ticked, or with
 * the usual ones: as many as the sheet shows at first.
 */
static void apply_ticks(const struct grid *grid, const struct offered *offered, size_t count, const bool *is_ticked, bool *ret_on)
{
    size_t to = 0, in_form = 0;
    bool is_form_on = true, is_new = false;
    for (size_t i = 0; i < count; i++) {
        if (offered[i].field == NULL) {
            is_form_on = is_ticked[i];
            is_new = is_form_on && offered[i].batch->columns_count == 0;
            in_form = 0;
            continue;
        }
        const size_t usual = grid_has_parts(grid) ? ga_batch_sheet_usual(grid->sheet, offered[i].batch) : 0;
        ret_on[to++] = is_form_on && (is_ticked[i] || (is_new && in_form < usual));
        in_form++;
    }
}

static void take_columns(struct ga_screen *screen, const char *indexes)
{
    struct grid *grid = state_of(screen);
    const struct ga_batch_column here = grid->sheet->columns[grid->col];
    struct ga_error err = {0};
    struct ga_arena arena = {0};
    struct offered *offered = ga_arena_array(&arena, OFFERED_MAX, sizeof(*offered));
    const size_t count = list_offered(grid, offered);
    bool *is_ticked = ga_arena_array(&arena, count + 1, sizeof(*is_ticked));
    bool *is_on = ga_arena_array(&arena, count + 1, sizeof(*is_on));
    read_ticks(indexes, is_ticked, count);
    apply_ticks(grid, offered, count, is_ticked, is_on);
    if (ga_batch_sheet_choose(grid->sheet, is_on, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    grid->col = grid->first_col = 0;
    if (ga_batch_is_column(here.batch, here.field))
        grid_focus(screen, grid->row, here.batch, here.field);
    grid_lay_out(screen);
    ga_arena_finish(&arena);
}

void grid_take_pick(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    const size_t first = grid->forms.first, picked = result->is_done ? (size_t)result->code : 0;
    if (result->tag == GRID_WHO)
        take_who(screen, result);
    else if (result->tag == GRID_MORE && !result->is_done)
        grid_ask_form(screen);
    else if (result->tag == GRID_FORM && !result->is_done)
        ga_screen_close(screen);
    else if (!result->is_done) /* help, too, comes back here */
        return;
    else if (result->tag == GRID_FORM && picked == first)
        grid_ask_more(screen);
    else if (result->tag == GRID_FORM || result->tag == GRID_MORE)
        take_form(screen, grid->forms.forms[result->tag == GRID_FORM ? picked : first + picked]);
    else if (result->tag == GRID_COLUMNS)
        take_columns(screen, result->text != NULL ? result->text : "");
}
