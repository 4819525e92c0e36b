/* Goes on with a table that was left half filled. */
#include "grid/grid_state.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/unfinished.h"
#include "parts/words.h"

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

/* Half an answer stands in its cell again. */
void grid_put_back(struct ga_screen *screen, struct ga_batch *batch, const struct ga_batch_place *place)
{
    struct grid *grid = state_of(screen);
    const struct ga_field *field = ga_form_field(batch->form, place->field);
    if (ga_batch_sheet_rows(grid->sheet) == 0)
        return;
    grid_focus(screen, place->row < ga_batch_sheet_rows(grid->sheet) ? place->row : 0, batch,
               field != NULL && ga_batch_is_column(batch, field) ? field
               : batch->columns_count > 0                         ? batch->columns[0]
                                                                  : batch->offered[0]);
    if (place->half.len > 0 && grid_open_cell(screen)) {
        box_put(&grid->box, ga_str_text(&place->half));
        box_take_refusal(&grid->box); /* half a day or a wrong one: the next digits are another */
    }
}

static bool is_own(const struct ga_screen *screen)
{
    return ga_str_equal(state_of(screen)->unfinished.user, ga_store_user(ga_screen_session(screen)->store));
}

/* Under another name it is gone on with on the first page, where the name goes along; of other people it is only said. */
static void ask_of_another(struct ga_screen *screen)
{
    const struct ga_draft_line *line = &state_of(screen)->unfinished;
    const char *sitter = ga_store_typist(ga_screen_session(screen)->store);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *const ways[] = {ga_tr(lang, "go back"), ga_tr(lang, "begin another all the same")};
    const bool is_typed_here = ga_str_equal(line->user, sitter) || (line->typist != NULL && ga_str_equal(line->typist, sitter));
    struct ga_arena arena = {0};
    ga_dialog_choose(screen, ga_tr(lang, "Left unfinished"),
                     ga_words_say(&arena, lang,
                                  is_typed_here ? GA_N_("Begun in the name of %1, %2: %3 rows typed and not saved, some of "
                                                        "these children among them. The first page goes on with it. Typed "
                                                        "here once more they get two records.")
                                                : GA_N_("%1 has begun this, %2: %3 rows typed and not saved, some of these "
                                                        "children among them, kept for that person. Typed here once more "
                                                        "they get two records."),
                                  line->user, line->when, GA_NUM(line->rows)),
                     ways, GA_COUNT(ways), GRID_UNFINISHED);
    ga_arena_finish(&arena);
}

void grid_ask_unfinished(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    if (!is_own(screen)) {
        ask_of_another(screen);
        return;
    }
    const char *const ways[] = {ga_tr(lang, "go on with it"),
                                ga_tr(lang, "begin another; the first page still offers the other")};
    struct ga_arena arena = {0};
    const char *which = ga_unfinished_say(ga_screen_session(screen), &grid->unfinished, lang, &arena);
    ga_dialog_choose(screen, ga_tr(lang, "Left unfinished"),
                     ga_words_say(&arena, lang,
                                  GA_N_("%1 Some of these children stand in it, typed and not saved. Typed here once "
                                        "more they get two records."),
                                  which),
                     ways, 2, GRID_UNFINISHED);
    ga_arena_finish(&arena);
}

void grid_offer_unfinished(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    enum ga_rc rc = GA_OK;
    grid->unfinished.no = 0;
    for (size_t i = 0; i < grid->sheet->parts_count && rc == GA_OK; i++) {
        struct ga_draft_line found = {0};
        rc = ga_batch_find_unfinished(grid->sheet->parts[i], &found, &err);
        if (rc != GA_OK || found.no == 0 || (grid->unfinished.no != 0 && is_own(screen)))
            continue;
        if (grid->unfinished.no == 0 || ga_str_equal(found.user, ga_store_user(ga_screen_session(screen)->store)))
            grid->unfinished = found;
    }
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (grid->unfinished.no != 0)
        grid_ask_unfinished(screen);
}

static void go_on(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_batch_sheet *sheet;
    struct ga_batch *batch;
    struct ga_batch_place place;
    struct ga_error err = {0};
    if (ga_batch_sheet_resume(ga_screen_session(screen), grid->unfinished.no, &sheet, &batch, &place, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        ga_screen_close(screen);
        return;
    }
    ga_batch_sheet_destroy(grid->sheet); /* nothing is typed in it yet */
    grid->sheet = sheet;
    grid->row = grid->col = grid->first_row = grid->first_col = 0;
    grid_lay_out(screen);
    grid_put_back(screen, batch, &place);
    grid_set_title(screen);
    ga_str_finish(&place.half);
}

void grid_take_unfinished(struct ga_screen *screen, const struct ga_tui_result *result)
{
    enum { FIRST };
    if (!result->is_done || (result->code == FIRST && !is_own(screen)))
        ga_screen_close(screen);
    else if (result->code == FIRST)
        go_on(screen);
}
