/* Asks which form, whose rows, which columns. */
#include "grid_state.h"

#include "guanai/app/ticks.h"
#include "guanai/base/num.h"
#include "guanai/screen/records.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "words.h"

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
        if (ga_ticks_repeat(menu->forms[i]) != NULL)
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
    bool has_last = ga_batch_has_last(grid->batch->session, grid->batch->form->name);
    grid->whom.first = has_last ? GA_N_("the children of the last time") : NULL;
    ga_whom_pick_open(&grid->whom, screen, GRID_WHO);
}

void grid_ask_columns(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_batch *batch = grid->batch;
    ga_arena_reset(&grid->lists);
    bool *is_on = ga_arena_array(&grid->lists, batch->offered_count + 1, sizeof(*is_on));
    grid->labels = ga_arena_array(&grid->lists, batch->offered_count + 1, sizeof(*grid->labels));
    for (size_t i = 0; i < batch->offered_count; i++) {
        is_on[i] = ga_batch_is_column(batch, batch->offered[i]);
        grid->labels[i] = ga_label_text(&batch->offered[i]->label, ga_screen_lang(screen));
    }
    grid->options = (struct ga_tui_options){.ctx = grid, .count = batch->offered_count, .label = label_at};
    const struct ga_tui_pick pick = {.title = ga_screen_tr(screen, "Columns: a blank ticks, Enter is done"),
                                     .options = &grid->options,
                                     .picked = -1,
                                     .is_on = is_on,
                                     .is_multiple = true};
    ga_tui_pick_open(screen, &pick, GRID_COLUMNS);
}

/* What was picked. */

static void begin(struct ga_screen *screen, enum ga_rc rc, const struct ga_error *err)
{
    struct grid *grid = state_of(screen);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, err);
    else if (grid->batch->rows.len == 0)
        ga_message_set(ga_screen_note(screen), "No children here.");
    if (rc != GA_OK || grid->batch->rows.len == 0) {
        ga_screen_close(screen);
        return;
    }
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
    if (ga_batch_create(ga_screen_session(screen), form->name, &grid->batch, &err) != GA_OK) {
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
        begin(screen, ga_batch_take_last(grid->batch, &err), &err);
        break;
    case GA_WHOM_PICKED:
        begin(screen,
              whom.village != NULL ? ga_batch_take_village(grid->batch, whom.village, &err)
                                   : ga_batch_take_class(grid->batch, whom.class, &err),
              &err);
        break;
    case GA_WHOM_ASKED:
        break;
    case GA_WHOM_NOBODY:
        ga_screen_close(screen);
    }
}

static void take_columns(struct ga_screen *screen, const char *indexes)
{
    struct grid *grid = state_of(screen);
    const struct ga_field *here = grid_field(grid);
    bool is_on[GA_BATCH_COLUMNS_MAX] = {false};
    struct ga_error err = {0};
    char *end;
    for (const char *p = indexes; *p != '\0'; p = end) {
        unsigned long i = strtoul(p, &end, 10);
        if (end == p)
            break;
        if (i < grid->batch->offered_count)
            is_on[i] = true;
    }
    if (ga_batch_choose_columns(grid->batch, is_on, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    grid->col = grid->first_col = 0;
    if (ga_batch_is_column(grid->batch, here))
        grid_focus(screen, grid->row, here);
    grid_lay_out(screen);
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
