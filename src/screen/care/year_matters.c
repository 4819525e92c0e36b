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
#include "parts/menu.h"
#include "parts/words.h"

struct year_matters {
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_arena arena; /* of the lines */
};

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

static struct year_matters *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct year_matters, screen);
}

const char *ga_year_matters_reports_text(const struct ga_year_matters *matters, enum ga_lang lang, struct ga_arena *arena)
{
    const char *text = "";
    for (size_t state = 0; state < GA_REPORT_STATES; state++)
        if (matters->reports[state] > 0)
            text = ga_arena_printf(arena, "%s%s%s %lld", text, *text == '\0' ? "" : ga_tr(lang, ", "),
                                   ga_tr(lang, ga_report_words[state]), (long long)matters->reports[state]);
    return text;
}

static void make_menu(struct ga_screen *screen, const struct ga_year_matters *matters)
{
    struct year_matters *m = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const int64_t reports = matters->reports[GA_REPORT_OPEN] + matters->reports[GA_REPORT_WAITING] + matters->reports[GA_REPORT_ANSWERED];
    const int64_t counts[GA_COUNT(rows)] = {reports, matters->alarms, matters->due, matters->missed, matters->unconfirmed,
                                            matters->sent_back, matters->notes, matters->plans};
    const int selected = ga_menu_selected(&m->menu);
    ga_menu_clear(&m->menu);
    ga_menu_say(&m->menu, GA_STYLE_DIM, ga_tr(lang, "It goes with the children's files into the new year; nothing is lost."), NULL);
    ga_menu_say(&m->menu, GA_STYLE_NORMAL, "", NULL);
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        const char *count = counts[i] == 0 ? ga_tr(lang, GA_N_("✓ none"))
                            : i == 0       ? ga_year_matters_reports_text(matters, lang, &m->arena)
                                           : ga_arena_printf(&m->arena, "%lld", (long long)counts[i]);
        if (rows[i].ops == NULL)
            ga_menu_say(&m->menu, GA_STYLE_NORMAL, ga_arena_printf(&m->arena, "   %s", ga_tr(lang, rows[i].text)), count);
        else
            ga_menu_add(&m->menu, (int)i + 1, (uint32_t)('1' + i), ga_tr(lang, rows[i].text), count);
    }
    ga_menu_settle(&m->menu, selected);
}

static void read_again(struct ga_screen *screen)
{
    struct year_matters *m = state_of(screen);
    struct ga_year_plan plan;
    struct ga_year_matters matters = {0};
    struct ga_error err = {0};
    ga_menu_clear(&m->menu);
    ga_arena_reset(&m->arena);
    enum ga_rc rc = ga_year_plan_read(m->session, ga_screen_lang(screen), &m->arena, &plan, &err);
    if (rc == GA_OK)
        rc = ga_year_matters_read(m->session, &plan, &matters, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        make_menu(screen, &matters);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    state_of(screen)->session = ga_screen_session(screen);
    ga_menu_init(&state_of(screen)->menu);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_menu_finish(&state_of(screen)->menu);
    ga_arena_finish(&state_of(screen)->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    read_again(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(&state_of(screen)->menu, canvas, screen->area, true, ga_screen_lang(screen));
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
        begin.month = last_month(state_of(screen)->session->today);
    ga_screen_push(screen, row->ops, row->ops == &ga_screen_checklists ? &begin : NULL, id);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct year_matters *m = state_of(screen);
    int id;
    if (!ga_menu_chooses(&m->menu, event, &id))
        return ga_menu_event(&m->menu, event);
    if (id < 1 || (size_t)id > GA_COUNT(rows))
        return GA_IGNORED;
    open_row(screen, id);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    read_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    (void)tag;
    read_again(screen);
}

const struct ga_screen_ops ga_screen_year_matters = {
    .name = "year_matters",
    .title = GA_N_("What is still open"),
    .help = GA_N_("What the school year leaves open, of the whole school: reports without an answer, children who cannot wait, "
                  "what is to be done now, what was neither done nor given a reason for, what was sent back. Enter or the digit "
                  "opens it. It hangs on the children's files and goes with them; whoever takes a class over finds it there "
                  "and on the sheet of the handover."),
    .state_bytes = sizeof(struct year_matters),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .resumed = resumed,
    .reword = reword,
};
