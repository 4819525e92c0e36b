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

/* Digits are the number in the list alone. */
static bool is_meant(void *ctx, size_t i, const char *filter)
{
    int64_t number;
    return !ga_num_parse(filter, &number) && strstr(label_at(ctx, i), filter) != NULL;
}

static void open_pick(struct ga_screen *screen, const char *title, size_t count, int tag)
{
    struct grid *grid = state_of(screen);
    grid->options = (struct ga_tui_options){.ctx = grid, .count = count, .label = label_at, .matches = is_meant};
    const struct ga_tui_pick pick = {
        .title = ga_screen_tr(screen, title), .options = &grid->options, .picked = -1, .picks_by_digit = count <= 9};
    ga_tui_pick_open(screen, &pick, tag);
}

/* A form of its own is a record about several children, or about none: it has its own page. */
static bool stands_alone(const struct ga_form *form)
{
    return form->of.text == NULL && strcmp(form->name, "child") != 0;
}

/* Forms about children; those the configuration shows first come first. A link between files is none to fill in. */
static void list_form(struct grid *grid, struct ga_session *session, const char *name)
{
    for (size_t i = 0; i < grid->forms_count; i++)
        if (strcmp(grid->forms[i], name) == 0)
            return;
    const struct ga_form *form = ga_forms_get(session->forms, name, NULL);
    bool is_meant = form != NULL && (stands_alone(form) || ga_str_equal(form->of.text, "child"));
    if (is_meant && strcmp(name, "same_child") != 0)
        grid->forms[grid->forms_count++] = form->name;
}

static bool is_installed(const struct ga_session *session, const char *name)
{
    for (size_t i = 0; i < session->forms->names_count; i++)
        if (strcmp(session->forms->names[i], name) == 0)
            return true;
    return false;
}

static const char *say_form(struct grid *grid, struct ga_session *session, const char *name, enum ga_lang lang)
{
    const struct ga_form *form = ga_forms_get(session->forms, name, NULL);
    const char *title = ga_label_text(&form->title, lang);
    return ga_ticks_repeat(form) == NULL ? title
                                         : ga_words_say(&grid->lists, lang, GA_N_("%1 (one for a whole group)"), title);
}

static void label_forms(struct ga_screen *screen, size_t from, size_t count)
{
    struct grid *grid = state_of(screen);
    for (size_t i = 0; i < count; i++)
        grid->labels[i] = say_form(grid, ga_screen_session(screen), grid->forms[from + i], ga_screen_lang(screen));
}

void grid_ask_form(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_session *session = ga_screen_session(screen);
    size_t most = session->forms->names_count + session->config.forms_shown_count;
    ga_arena_reset(&grid->lists);
    grid->forms = ga_arena_array(&grid->lists, most + 1, sizeof(*grid->forms));
    grid->labels = ga_arena_array(&grid->lists, most + 1, sizeof(*grid->labels));
    grid->forms_count = 0;
    for (size_t i = 0; i < session->config.forms_shown_count; i++)
        if (is_installed(session, session->config.forms_shown[i]))
            list_form(grid, session, session->config.forms_shown[i]);
    size_t shown = grid->forms_count;
    for (size_t i = 0; i < session->forms->names_count; i++)
        list_form(grid, session, session->forms->names[i]);
    const bool is_long = grid->forms_count > GA_OPTIONS_NUMBERED && shown > 0; /* a digit is no whole answer there */
    grid->forms_offered = !is_long ? grid->forms_count : shown < GA_OPTIONS_NUMBERED ? shown : GA_OPTIONS_NUMBERED - 1;
    label_forms(screen, 0, grid->forms_offered);
    if (is_long)
        grid->labels[grid->forms_offered] = ga_screen_tr(screen, "more …");
    open_pick(screen, GA_N_("Several at once: which form?"), grid->forms_offered + is_long, GRID_FORM);
}

void grid_ask_more(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const size_t rest = grid->forms_count - grid->forms_offered;
    label_forms(screen, grid->forms_offered, rest);
    open_pick(screen, GA_N_("Several at once: which form?"), rest, GRID_MORE);
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
}

static void take_form(struct ga_screen *screen, size_t picked)
{
    struct grid *grid = state_of(screen);
    struct ga_session *session = ga_screen_session(screen);
    struct ga_error err = {0};
    if (stands_alone(ga_forms_get(session->forms, grid->forms[picked], NULL))) {
        ga_screen_records_open(screen, grid->forms[picked], screen->result.tag);
        ga_screen_close(screen);
        return;
    }
    if (ga_batch_create(session, grid->forms[picked], &grid->batch, &err) != GA_OK) {
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
    const size_t offered = grid->forms_offered, picked = result->is_done ? (size_t)result->code : 0;
    if (result->tag == GRID_WHO)
        take_who(screen, result);
    else if (result->tag == GRID_COLUMNS && !result->is_done)
        return;
    else if (!result->is_done)
        ga_screen_close(screen);
    else if (result->tag == GRID_FORM && picked == offered)
        grid_ask_more(screen);
    else if (result->tag == GRID_FORM || result->tag == GRID_MORE)
        take_form(screen, result->tag == GRID_FORM ? picked : offered + picked);
    else if (result->tag == GRID_COLUMNS)
        take_columns(screen, result->text != NULL ? result->text : "");
}
