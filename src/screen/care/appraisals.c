/* How the classes or teachers did over a term, with the rating a person gave. */
#include "guanai/screen/appraisals.h"

#include "guanai/app/appraisal.h"
#include "guanai/app/class_teachers.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum command { OPEN = 1, BY, BEFORE, AFTER, LEADER };
enum column { ABOUT, DUE, DONE, SHARE, LATE, TYPED, EXCUSED, TRIES, RATING };

static const char NOTHING[] = GA_N_("Nothing was due in this term."),
                  NOBODY[] = GA_N_("No class teacher is registered. n registers one, then its figures stand here.");

struct page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_appraisal *rows;
    enum ga_appraisal_by by;
    char term[16];
    struct ga_uuid opened; /* the record that was opened last */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct page *page = state_of(ctx);
    char share[16], text[24];
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_appraisal *row = &page->rows[first + i];
        ga_tui_cells_put(cells, i, ABOUT, row->shown);
        ga_tui_cells_put(cells, i, DUE, GA_NUM(row->due));
        ga_tui_cells_put(cells, i, DONE, GA_NUM(row->done));
        snprintf(text, sizeof(text), "%s %%", ga_share_text((size_t)row->done, (size_t)row->due, share));
        ga_tui_cells_put(cells, i, SHARE, row->due > 0 ? text : "");
        ga_tui_cells_put(cells, i, LATE, GA_NUM(row->done_late));
        snprintf(text, sizeof(text), "%s %%", ga_share_text((size_t)row->typed_late, (size_t)row->done, share));
        ga_tui_cells_put(cells, i, TYPED, row->done > 0 ? text : "");
        ga_tui_cells_put(cells, i, EXCUSED, GA_NUM(row->excused));
        ga_tui_cells_put(cells, i, TRIES, GA_NUM(row->tries));
        ga_tui_cells_put(cells, i, RATING, row->rating);
    }
}

static enum ga_rc read_rows(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    return ga_appraisals_read(page->shown.session, page->term, page->by, ga_screen_lang(screen), &page->shown.arena, &page->rows,
                              &page->shown.count, err);
}

/* By class there is something: then it is only that nobody owes it. */
static bool is_without_teachers(struct page *page, enum ga_lang lang)
{
    struct ga_appraisal *rows;
    size_t count = 0;
    bool is_due = false;
    if (page->by != GA_APPRAISAL_TEACHER || page->shown.count > 0 ||
        ga_appraisals_read(page->shown.session, page->term, GA_APPRAISAL_CLASS, lang, &page->shown.arena, &rows, &count, NULL) != GA_OK)
        return false;
    for (size_t i = 0; i < count && !is_due; i++)
        is_due = rows[i].due > 0;
    return is_due;
}

static void show_title(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *term = ga_window_text(ga_care_calendar(page->care), page->term, lang, &page->shown.row);
    const char *by = ga_tr(lang, page->by == GA_APPRAISAL_CLASS ? GA_N_("By class") : GA_N_("By teacher"));
    ga_screen_set_title(screen, ga_arena_printf(&page->shown.row, "%s · %s · %s", ga_tr(lang, "Appraisal"), term, by));
    page->shown.list.empty = ga_tr(lang, is_without_teachers(page, lang) ? NOBODY : NOTHING);
    ga_arena_reset(&page->shown.row);
}

static const struct ga_tui_column columns[] = {
    [ABOUT] = {.title = GA_N_("Who"), .cols = 15, .min_cols = 12},
    [DUE] = {.title = GA_N_("Due"), .cols = 5, .is_right = true},
    [DONE] = {.title = GA_N_("Done"), .cols = 5, .is_right = true},
    [SHARE] = {.title = GA_N_("Share"), .cols = 7, .priority = 1, .is_right = true},
    [LATE] = {.title = GA_N_("Late"), .cols = 6, .priority = 2, .is_right = true},
    [TYPED] = {.title = GA_N_("Typed late"), .cols = 10, .priority = 3, .is_right = true},
    [EXCUSED] = {.title = GA_N_("Excused"), .cols = 7, .priority = 4, .is_right = true},
    [TRIES] = {.title = GA_N_("Tries"), .cols = 5, .priority = 5, .is_right = true},
    [RATING] = {.title = GA_N_("Rating"), .cols = 9, .min_cols = 6},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = NOTHING,
    .fetch = fetch, .read = read_rows, .title = show_title, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct page *page = state_of(screen);
    struct ga_days days;
    ga_list_page_begin(screen, &kind);
    const enum ga_rc rc = ga_appraisal_term(page->shown.session, "this", page->term, &days, err);
    return rc == GA_OK ? ga_care_open(screen, &page->care, err) : rc;
}

/* The record is made, or its figures brought up to today, before it is opened: the rating is the one thing asked for. */
static void open_record(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_uuid record = {0};
    struct ga_error err = {0};
    if (ga_appraisal_keep(page->shown.session, page->term, &page->rows[page->shown.list.selected], &record, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_screen_record_open(screen, &record, 0, "rating", OPEN);
    page->opened = record;
}

/* "2026-1" → "2025-2", "2026-2": where the calendar has it. */
static void go_to_term(struct ga_screen *screen, int by)
{
    struct page *page = state_of(screen);
    int year = 0, half = 0;
    char term[16], name[16];
    struct ga_days days;
    if (sscanf(page->term, "%d-%d", &year, &half) != 2)
        return;
    const int terms = year * 2 + half - 1 + by;
    snprintf(term, sizeof(term), "%d-%d", terms / 2, terms % 2 + 1);
    if (ga_appraisal_term(page->shown.session, term, name, &days, NULL) == GA_OK)
        memcpy(page->term, name, sizeof(name));
    ga_list_page_read(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct page *page = state_of(screen);
    if (id == OPEN) {
        open_record(screen);
    } else if (id == BY) {
        page->by = page->by == GA_APPRAISAL_CLASS ? GA_APPRAISAL_TEACHER : GA_APPRAISAL_CLASS;
        ga_list_page_read(screen);
    } else if (id == LEADER) {
        ga_screen_record_new(screen, GA_CLASS_TEACHER_FORM, NULL, LEADER);
    } else {
        go_to_term(screen, id == BEFORE ? -1 : 1);
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct page *page = state_of(screen);
    return id == LEADER ? page->by == GA_APPRAISAL_TEACHER : id != OPEN || page->shown.count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (result->tag == OPEN && result->is_done && ga_appraisal_note_rater(page->shown.session, &page->opened, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_list_page_read(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Appraise"), GA_N_("the appraisal with today's figures: choose the rating"), GA_COMMAND_IN_BAR},
    {BY, {'t', GA_KEY_F(6)}, GA_N_("Classes / teachers"), GA_N_("one line a class, or one a teacher"), GA_COMMAND_IN_BAR},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Term before"), GA_N_("the term before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(7), '='}, GA_N_("Next term"), GA_N_("the term after"), GA_COMMAND_IN_BAR},
    {LEADER, {'n', GA_KEY_F(4)}, GA_N_("Class teacher"), GA_N_("register who is the class teacher of a class"), GA_COMMAND_IF_ROOM},
};

const struct ga_screen_ops ga_screen_appraisals = {
    .name = "appraisals",
    .title = GA_N_("Appraisal"),
    .help = GA_N_("How every class, or every teacher, did over the term. Due: what had to be done by now. Late: done after its last "
                  "day. Typed late: entered more than seven days after the day it was done on, as a share of what is done. The "
                  "figures are counted; the rating is a person's and empty until somebody chooses one. Enter opens the appraisal "
                  "with the figures of today, which stay in it as they stood on that day."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
};
