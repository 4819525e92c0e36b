/* Where each column of a file goes, to be changed by hand. */
#include "import/import_columns.h"

#include "guanai/base/alloc.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "guanai/tui/widget/picker.h"
#include "parts/list_page.h"
#include "parts/words.h"


enum { PICK = 1, LEAVE_OUT, BY_HEADING };

enum { COL_HEADING, COL_FIELD, COL_WHY };

struct place {
    size_t sheet, column;
};

struct import_columns {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_import *import;
    bool is_done, is_changed;
    struct ga_vec places; /* struct place: columns that have a heading */
    const struct ga_field **fields;
    size_t fields_count;
    enum ga_lang lang;
    struct ga_tui_options options;
};

static const struct ga_tui_column columns[] = {
    [COL_HEADING] = {.title = GA_N_("Column of the file"), .cols = 24, .min_cols = 12},
    [COL_FIELD] = {.title = GA_N_("Goes to"), .cols = 20, .min_cols = 12},
    [COL_WHY] = {.title = GA_N_("Because"), .cols = 12, .min_cols = 6, .grows = true},
};

static struct import_columns *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct import_columns, screen);
}

static const struct ga_import_column *column_at(const struct import_columns *state, size_t i)
{
    size_t count;
    const struct place *place = GA_VEC_AT(const struct place, &state->places, i);
    return &ga_import_sheets(state->import, &count)[place->sheet].columns[place->column];
}

static const char *why_of(const struct ga_import_column *column)
{
    if (column->is_reason)
        return GA_N_("the reason of an earlier try");
    if (column->is_by_hand)
        return GA_N_("placed by hand");
    if (column->is_row_number)
        return GA_N_("numbers the lines");
    if (column->is_retired)
        return GA_N_("no longer filled in");
    return column->field != NULL ? GA_N_("its heading") : GA_N_("! nobody knows it");
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count; i++) {
        const struct ga_import_column *column = column_at(state_of(screen), first + i);
        ga_tui_cells_put(cells, i, COL_HEADING, column->heading);
        ga_tui_cells_put(cells, i, COL_FIELD,
                         column->field != NULL ? ga_label_text(&column->field->label, lang)
                                               : ga_tr(lang, "(left out)"));
        ga_tui_cells_put(cells, i, COL_WHY, ga_tr(lang, why_of(column)));
    }
}

static void list_columns(struct import_columns *state)
{
    size_t count;
    const struct ga_import_sheet *sheets = ga_import_sheets(state->import, &count);
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < sheets[s].columns_count; i++)
            if (sheets[s].columns[i].heading[0] != '\0')
                *(struct place *)ga_vec_push(&state->places) = (struct place){s, i};
}

/* A column nobody knows is what one comes here for. */
static size_t first_unknown(const struct import_columns *state)
{
    for (size_t i = 0; i < state->places.len; i++) {
        if (!ga_import_column_is_known(column_at(state, i)))
            return i;
    }
    return 0;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ga_import_columns_arg *opened_with = arg;
    struct import_columns *state = state_of(screen);
    state->import = opened_with->import;
    state->is_done = opened_with->is_done;
    state->fields = ga_import_fields(state->import, &screen->arena, &state->fields_count);
    ga_vec_init(&state->places, sizeof(struct place));
    list_columns(state);
    ga_tui_list_init(&state->list, fetch, screen);
    ga_tui_list_reload(&state->list, state->places.len);
    ga_tui_list_select(&state->list, first_unknown(state));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_list_finish(&state_of(screen)->list);
    ga_vec_finish(&state_of(screen)->places);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct import_columns *state = state_of(screen);
    ga_words_columns(&state->list, columns, GA_COUNT(columns), ga_screen_lang(screen));
    state->list.empty = ga_screen_tr(screen, "The file has no headings.");
    ga_tui_list_layout(&state->list, area);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_tui_list_event(&state_of(screen)->list, event);
}

/* Said at once when it cannot be; kept at once when it can: the next such file goes the same way. */
static enum ga_reply place(struct ga_screen *screen, const char *field)
{
    struct import_columns *state = state_of(screen);
    const struct place *at = GA_VEC_AT(const struct place, &state->places, state->list.selected);
    struct ga_error err = {0};
    enum ga_rc rc = ga_import_place(state->import, at->sheet, at->column, field, &err);
    if (rc == GA_OK) {
        state->is_changed = true;
        rc = ga_import_remember_places(state->import, &err);
    }
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_ui_say(screen->ui, GA_STYLE_OK, ga_screen_tr(screen, "Kept for the next file with these headings."));
    ga_tui_list_reload(&state->list, state->places.len);
    return GA_REDRAW;
}

static const char *label(void *ctx, size_t i)
{
    const struct import_columns *state = ctx;
    return ga_label_text(&state->fields[i]->label, state->lang);
}

static bool matches(void *ctx, size_t i, const char *filter)
{
    const struct ga_field *field = ((const struct import_columns *)ctx)->fields[i];
    return ga_words_hold(field->name, filter) || ga_words_match(&field->label, filter);
}

static void ask_field(struct ga_screen *screen)
{
    struct import_columns *state = state_of(screen);
    const struct ga_import_column *column = column_at(state, state->list.selected);
    struct ga_arena arena = {0};
    state->lang = ga_screen_lang(screen);
    state->options = (struct ga_tui_options){
        .ctx = state, .count = state->fields_count, .label = label, .matches = matches};
    struct ga_tui_pick pick = {
        .title = ga_words_say(&arena, state->lang, GA_N_("Where does “%1” go?"), column->heading),
        .options = &state->options, .picked = -1};
    for (size_t i = 0; i < state->fields_count; i++)
        if (state->fields[i] == column->field)
            pick.picked = (int)i;
    ga_tui_pick_open(screen, &pick, PICK);
    ga_arena_finish(&arena);
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    if (id == PICK)
        ask_field(screen);
    else
        return place(screen, id == LEAVE_OUT ? "" : NULL);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done && result->tag == PICK)
        place(screen, state_of(screen)->fields[result->code]->name);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == PICK)
        ask_field(screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct import_columns *state = state_of(screen);
    if (state->is_done || state->places.len == 0)
        return false;
    const struct ga_import_column *column = column_at(state, state->list.selected);
    if (id == LEAVE_OUT)
        return column->field != NULL || !column->is_by_hand;
    return id != BY_HEADING || column->is_by_hand;
}

static enum ga_reply go_back(struct ga_screen *screen)
{
    return state_of(screen)->is_changed ? ga_screen_close_done(screen, 1, NULL) : ga_screen_close(screen);
}

static const struct ga_tui_command commands[] = {
    {PICK, {GA_KEY_ENTER}, GA_N_("Goes to"), GA_N_("say which field this column is"), GA_COMMAND_IN_BAR},
    {LEAVE_OUT, {'x', GA_KEY_DELETE}, GA_N_("Leave out"), GA_N_("take nothing from this column"), GA_COMMAND_IN_BAR},
    {BY_HEADING, {'z', GA_KEY_BACKSPACE}, GA_N_("By heading"), GA_N_("let its heading decide again"),
     GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_import_columns = {
    .name = "import_columns",
    .title = GA_N_("Columns of the file"),
    .help = GA_N_("Every column goes to the field its heading names. Enter gives one that nobody knows, or knows "
                  "wrongly, another field; x leaves it out. What you say is kept for the next file with the same "
                  "headings, and the preview is made anew when you go back."),
    .state_bytes = sizeof(struct import_columns),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .back = go_back,
};
