/* Saves the rows of the batch screen once everything that stands in the way is settled. */
#include "grid/grid_state.h"

#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <string.h>

enum { REASON_CHARS = 100 };

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

static const struct ga_batch_finding *finding_at(const struct grid *grid, size_t i)
{
    return GA_VEC_AT(const struct ga_batch_finding, &grid->findings, i);
}

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct grid *)ctx)->labels[i];
}

/* "3 张小明: 话题 要填写" */
static const char *say_finding(struct grid *grid, const struct ga_batch_finding *found, enum ga_lang lang)
{
    struct ga_str text = {0};
    ga_finding_text(found->finding, lang, &text);
    const char *line =
        ga_arena_printf(&grid->lists, "%lld %s%s%s  %s", (long long)ga_batch_sheet_row(grid->sheet, found->row)->number,
                        ga_batch_sheet_row(grid->sheet, found->row)->name, grid_has_parts(grid) ? " · " : "",
                        grid_has_parts(grid) ? ga_label_text(&found->batch->form->title, lang) : "", ga_str_text(&text));
    ga_str_finish(&text);
    return line;
}

void grid_list_problems(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    ga_arena_reset(&grid->lists);
    size_t count = ga_batch_sheet_findings(grid->sheet, &grid->findings);
    grid->labels = ga_arena_array(&grid->lists, count + 1, sizeof(*grid->labels));
    for (size_t i = 0; i < count; i++)
        grid->labels[i] = say_finding(grid, finding_at(grid, i), lang);
    grid->options = (struct ga_tui_options){.ctx = grid, .count = count, .label = label_at};
    struct ga_tui_pick pick = {.title = ga_words_say(&grid->lists, lang, GA_N_("Not saved yet: %1 things to look at"),
                                                     GA_NUM(count)),
                               .options = &grid->options,
                               .picked = -1,
                               .says_whole = true};
    ga_tui_pick_open(screen, &pick, GRID_PROBLEM);
}

void grid_take_problem(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    size_t i = result->is_done ? (size_t)result->code : 0;
    if (i < grid->findings.len)
        grid_focus(screen, finding_at(grid, i)->row, finding_at(grid, i)->batch, finding_at(grid, i)->finding->field);
}

/* Behind the focused cell row by row; from the first again behind the last. */
void grid_go_to_problem(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    if (!grid_leave_cell(screen))
        return;
    size_t count = ga_batch_sheet_findings(grid->sheet, &grid->findings), next = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ga_batch_finding *found = finding_at(grid, i);
        bool is_here = found->row == grid->row && found->finding->field == grid_field(grid);
        if ((found->row < grid->row || is_here) && i + 1 < count)
            next = i + 1;
    }
    if (count > 0)
        grid_focus(screen, finding_at(grid, next)->row, finding_at(grid, next)->batch, finding_at(grid, next)->finding->field);
    else
        ga_ui_say(screen->ui, GA_STYLE_OK, ga_screen_tr(screen, "Nothing is wrong any more: Ctrl-S saves"));
}

/* One reason for all rows that have the same warning. */

static size_t count_like(const struct grid *grid, const struct ga_finding *finding)
{
    size_t count = 0;
    for (size_t i = 0; i < grid->findings.len; i++) {
        const struct ga_finding *other = finding_at(grid, i)->finding;
        count += other->kind == GA_FINDING_WARN && other->field == finding->field &&
                 ga_str_equal(other->text.zh, finding->text.zh);
    }
    return count;
}

void grid_ask_reason(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    ga_arena_reset(&grid->lists);
    ga_finding_text(&grid->asked, lang, &text);
    ga_str_addf(&text, "\n%s\n%s",
                ga_words_say(&grid->lists, lang, GA_N_("In %1 rows; one reason is kept with each of them."),
                             GA_NUM(count_like(grid, &grid->asked))),
                ga_tr(lang, "If it is right as it is, write why. Esc goes back to the field."));
    struct ga_dialog_ask ask = {.title = ga_label_text(&grid->asked.field->label, lang),
                                .text = ga_str_text(&text),
                                .max_chars = REASON_CHARS};
    ga_dialog_ask(screen, &ask, GRID_REASON);
    ga_str_finish(&text);
}

static void focus_asked(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    for (size_t i = 0; i < grid->findings.len; i++) {
        const struct ga_batch_finding *found = finding_at(grid, i);
        if (found->finding->field == grid->asked.field && found->finding->kind == GA_FINDING_WARN) {
            grid_focus(screen, found->row, found->batch, found->finding->field);
            return;
        }
    }
}

void grid_take_reason(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    if (result->is_done && result->text != NULL && *result->text != '\0') {
        ga_batch_because(grid->asked_of, &grid->asked, result->text);
        grid_save(screen);
    } else {
        focus_asked(screen);
    }
}

static void settle(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_finding *warning = NULL;
    size_t count = ga_batch_sheet_findings(grid->sheet, &grid->findings), barring = 0;
    grid->was_checked = true;
    for (size_t i = 0; i < count; i++) {
        const struct ga_finding *finding = finding_at(grid, i)->finding;
        barring += ga_finding_bars_saving(finding);
        if (warning == NULL && finding->kind == GA_FINDING_WARN) {
            warning = finding;
            grid->asked_of = finding_at(grid, i)->batch;
        }
    }
    grid_keep_draft(screen);
    if (barring == 0 && warning != NULL) {
        grid->asked = *warning;
        grid_ask_reason(screen);
    } else if (count > 0) {
        grid_list_problems(screen);
    }
}

static void say_saved(struct ga_screen *screen, size_t saved)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    grid->has_saved = true;
    grid->was_checked = false;
    if (ga_batch_sheet_tell(grid->sheet, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_words_tell(screen->ui, GA_STYLE_OK,
                  saved == 1 ? GA_N_("Saved: %1 record. Rows left empty make none; Esc goes back")
                             : GA_N_("Saved: %1 records. Rows left empty make none; Esc goes back"),
                  GA_NUM(saved));
    grid_set_title(screen);
}

void grid_save(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    size_t saved = 0;
    if (!grid_leave_cell(screen))
        return;
    grid_note_filled(grid);
    enum ga_rc rc = ga_batch_sheet_save(grid->sheet, &saved, &err);
    if (rc == GA_OK) {
        say_saved(screen, saved);
        grid_offer_forms(screen);
    } else if (rc == GA_REFUSED && ga_batch_sheet_findings(grid->sheet, &grid->findings) > 0) {
        settle(screen);
    } else if (rc == GA_USAGE) {
        *ga_screen_note(screen) = err.what;
    } else {
        ga_dialog_error(screen, &err, 0);
    }
}
