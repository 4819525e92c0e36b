/* After saving the table: the pages its rows ask for, one after the other. */
#include "grid/grid_state.h"

#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "parts/offers.h"
#include "parts/words.h"

enum { OFFERS_A_ROW = 6 };
enum { OPEN, NEXT, NONE };

struct grid_offer {
    struct grid_filled of;
    struct ga_offer offer;
};

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

static struct ga_entry *entry_of(const struct grid_filled *filled)
{
    return ga_batch_row(filled->batch, filled->row)->entry;
}

static void add_offers(struct grid *grid, const struct grid_filled *filled)
{
    struct ga_offer offers[OFFERS_A_ROW];
    size_t count = ga_entry_offers(entry_of(filled), offers, OFFERS_A_ROW);
    for (size_t i = 0; i < count; i++)
        *(struct grid_offer *)ga_vec_push(&grid->offers) = (struct grid_offer){.of = *filled, .offer = offers[i]};
}

void grid_note_filled(struct grid *grid)
{
    ga_vec_clear(&grid->just_filled);
    for (size_t p = 0; p < grid->sheet->parts_count; p++)
        for (size_t i = 0; i < ga_batch_sheet_rows(grid->sheet); i++)
            if (ga_batch_is_filled(grid->sheet->parts[p], i))
                *(struct grid_filled *)ga_vec_push(&grid->just_filled) = (struct grid_filled){grid->sheet->parts[p], i};
}

void grid_offer_forms(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    if (grid->offers.item_bytes == 0)
        ga_vec_init(&grid->offers, sizeof(struct grid_offer));
    ga_vec_clear(&grid->offers);
    grid->offered = 0;
    for (size_t i = 0; i < grid->just_filled.len; i++)
        add_offers(grid, GA_VEC_AT(const struct grid_filled, &grid->just_filled, i));
    grid_ask_offer(screen);
}

static const struct grid_offer *asked(const struct grid *grid)
{
    return GA_VEC_AT(const struct grid_offer, &grid->offers, grid->offered);
}

void grid_ask_offer(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    if (grid->offered >= grid->offers.len)
        return;
    const struct ga_batch_row *row = ga_batch_sheet_row(grid->sheet, asked(grid)->of.row);
    char label[160];
    ga_arena_reset(&grid->lists);
    const char *title = ga_arena_printf(&grid->lists, "%lld %s", (long long)row->number, row->name);
    const char *text =
        ga_words_say(&grid->lists, lang, GA_N_("What was entered asks for one more page (%1 of %2). Open it now?"),
                     GA_NUM(grid->offered + 1), GA_NUM(grid->offers.len));
    const char *const options[] = {ga_offer_label(&asked(grid)->offer, lang, label, sizeof(label)),
                                   ga_tr(lang, "not now"), ga_tr(lang, "none of those that are left")};
    bool is_last = grid->offered + 1 == grid->offers.len;
    ga_dialog_choose(screen, title, text, options, is_last ? 2 : 3, GRID_OFFER);
}

static void go_on(struct ga_screen *screen)
{
    state_of(screen)->offered++;
    grid_ask_offer(screen);
}

void grid_take_offer(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    int code = result->is_done ? result->code : NEXT;
    if (grid->offered >= grid->offers.len)
        return;
    if (result->tag == GRID_OFFERED)
        go_on(screen);
    else if (code == NONE)
        grid->offered = grid->offers.len;
    else if (code != OPEN || !ga_offer_open(screen, entry_of(&asked(grid)->of),
                                            &asked(grid)->offer, GRID_OFFERED))
        go_on(screen);
}
