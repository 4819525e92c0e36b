/* What a school year leaves open, a line a kind. */
#include "care/year_matters.h"

#include "guanai/app/year_matters.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/checklist.h"
#include "guanai/screen/due.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/reports.h"
#include "guanai/screen/sent_back.h"
#include "guanai/screen/session.h"
#include "guanai/text/translate.h"
#include "guanai/tui/loop.h"
#include "parts/menu_page.h"

/* Where each line leads; ids are their places behind 1. */
static const struct row {
    const char *text;
    const struct ga_screen_ops *ops; /* NULL: nothing is to be done about it now */
    bool at_reasons;                 /* of the checklists */
} rows[] = {
    {GA_N_("Reports and referrals"), &ga_screen_reports},
    {GA_N_("Must not wait"), &ga_screen_alarms},
    {GA_N_("To be done now"), &ga_screen_due},
    {GA_N_("Of the year, not done, no reason"), &ga_screen_checklists},
    {GA_N_("Reasons nobody confirmed yet"), &ga_screen_checklists, .at_reasons = true},
    {GA_N_("Sent back, not mended"), &ga_screen_sent_back},
    {GA_N_("Open notes"), &ga_screen_note_list},
    {GA_N_("Care plans that go on"), NULL},
};

const char *ga_year_matters_reports_text(const struct ga_year_matters *matters, enum ga_lang lang, struct ga_arena *arena)
{
    const char *text = "";
    for (size_t state = 0; state < GA_REPORT_STATES; state++)
        if (matters->reports[state] > 0)
            text = ga_arena_printf(arena, "%s%s%s %lld", text, *text == '\0' ? "" : ga_tr(lang, ", "),
                                   ga_tr(lang, ga_report_words[state]), (long long)matters->reports[state]);
    return text;
}

static void add_rows(struct ga_screen *screen, const struct ga_year_matters *matters)
{
    struct ga_menu_page *page = GA_STATE(struct ga_menu_page, screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const int64_t reports = matters->reports[GA_REPORT_OPEN] + matters->reports[GA_REPORT_WAITING] + matters->reports[GA_REPORT_ANSWERED];
    const int64_t counts[GA_COUNT(rows)] = {reports, matters->alarms, matters->due, matters->missed, matters->unconfirmed,
                                            matters->sent_back, matters->notes, matters->plans};
    ga_menu_page_say(page, GA_STYLE_DIM, ga_tr(lang, "It goes with the children's files into the new year; nothing is lost."));
    ga_menu_page_say(page, GA_STYLE_NORMAL, "");
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        const char *count = counts[i] == 0 ? ga_tr(lang, GA_N_("✓ none"))
                            : i == 0       ? ga_year_matters_reports_text(matters, lang, &page->lines)
                                           : ga_arena_printf(&page->lines, "%lld", (long long)counts[i]);
        if (rows[i].ops == NULL)
            ga_menu_say(&page->menu, GA_STYLE_NORMAL, ga_arena_printf(&page->lines, "   %s", ga_tr(lang, rows[i].text)), count);
        else
            ga_menu_add(&page->menu, (int)i + 1, (uint32_t)('1' + i), ga_tr(lang, rows[i].text), count);
    }
}

static void list(struct ga_screen *screen)
{
    struct ga_menu_page *page = GA_STATE(struct ga_menu_page, screen);
    struct ga_year_plan plan;
    struct ga_year_matters matters = {0};
    struct ga_error err = {0};
    enum ga_rc rc = ga_year_plan_read(page->session, ga_screen_lang(screen), &page->lines, &plan, &err);
    if (rc == GA_OK)
        rc = ga_year_matters_read(page->session, &plan, &matters, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        add_rows(screen, &matters);
}

/* In summer and afterwards the last whole month of lessons: the new year's lists are empty. */
static struct ga_date last_month(struct ga_date today)
{
    return today.month >= 7 ? (struct ga_date){today.year, 6, 1} : today;
}

static void open_row(struct ga_screen *screen, int id)
{
    const struct row *row = &rows[id - 1];
    struct ga_screen_checklists_arg begin = {.at_reasons = row->at_reasons};
    if (!row->at_reasons)
        begin.month = last_month(ga_screen_session(screen)->today);
    ga_screen_push(screen, row->ops, row->ops == &ga_screen_checklists ? &begin : NULL, id);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    static const struct ga_menu_page_kind kind = {.list = list, .choose = open_row};
    (void)arg;
    (void)err;
    ga_menu_page_begin(screen, &kind);
    return GA_OK;
}

const struct ga_screen_ops ga_screen_year_matters = {
    .name = "year_matters",
    .title = GA_N_("What is still open"),
    .help = GA_N_("What the school year leaves open, of the whole school: reports without an answer, children who cannot wait, "
                  "what is to be done now, what was neither done nor given a reason for, what was sent back. Enter or the digit "
                  "opens it. It hangs on the children's files and goes with them; whoever takes a class over finds it there "
                  "and on the sheet of the handover."),
    .state_bytes = sizeof(struct ga_menu_page),
    GA_MENU_PAGE_OPS,
    .enter = enter,
    .leave = ga_menu_page_leave,
    .resumed = ga_menu_page_resumed,
};
