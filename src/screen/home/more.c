/* All pages that the first screen has no room for, a row each. */
#include "guanai/screen/more.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/appraisals.h"
#include "guanai/screen/backups.h"
#include "guanai/screen/catch_up.h"
#include "guanai/screen/checklist.h"
#include "guanai/screen/conflicts.h"
#include "guanai/screen/doubles.h"
#include "guanai/screen/due.h"
#include "guanai/screen/duties.h"
#include "guanai/screen/figures.h"
#include "guanai/screen/form_changes.h"
#include "guanai/screen/form_choices.h"
#include "guanai/screen/grid.h"
#include "guanai/screen/handovers.h"
#include "guanai/screen/materials.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/priorities.h"
#include "guanai/screen/record_books.h"
#include "guanai/screen/reports.h"
#include "guanai/screen/schedule.h"
#include "guanai/screen/sent_back.h"
#include "guanai/screen/sync.h"
#include "guanai/screen/trip.h"
#include "guanai/screen/verify.h"
#include "guanai/screen/year_end.h"
#include "parts/menu.h"

struct row {
    const char *text;                /* GA_N_ */
    const struct ga_screen_ops *ops; /* without an argument */
    void (*run)(struct ga_screen *screen, int tag); /* instead; neither: a heading */
};

static const struct row rows[] = {
    {GA_N_("Care"), NULL, NULL},
    {GA_N_("Must not wait"), &ga_screen_alarms, NULL},
    {GA_N_("What is to be done"), &ga_screen_due, NULL},
    {GA_N_("Checklists of the classes"), &ga_screen_checklists, NULL},
    {GA_N_("Week and month"), &ga_screen_schedule, NULL},
    {GA_N_("Three priorities"), &ga_screen_priorities, NULL},
    {GA_N_("Nobody reached"), &ga_screen_unreached, NULL},
    {GA_N_("Visits: plan a trip"), &ga_screen_trip, NULL},
    {GA_N_("Visits: type a trip in by row number"), &ga_screen_trips, NULL},
    {GA_N_("Class month sheet"), NULL, ga_screen_grid_any_sheet},
    {GA_N_("Records of the school: meetings, hazards, plans …"), &ga_screen_record_books, NULL},
    {GA_N_("Reports and referrals"), &ga_screen_reports, NULL},
    {GA_N_("Birthdays of this week and the next"), &ga_screen_birthdays, NULL},
    {GA_N_("Appraisal"), &ga_screen_appraisals, NULL},
    {GA_N_("Papers for an inspection"), &ga_screen_materials, NULL},
    {GA_N_("Sent back"), &ga_screen_sent_back, NULL},
    {GA_N_("After a long pause: what ended meanwhile"), &ga_screen_catch_up, NULL},
    {GA_N_("The files"), NULL, NULL},
    {GA_N_("Who counts"), &ga_screen_figures, NULL},
    {GA_N_("Files that may be one child's"), &ga_screen_doubles, NULL},
    {GA_N_("Open notes"), &ga_screen_note_list, NULL},
    {GA_N_("Type numbers again, to find slips"), &ga_screen_verify, NULL},
    {GA_N_("The school"), NULL, NULL},
    {GA_N_("Which duties are done (settings)"), &ga_screen_duties, NULL},
    {GA_N_("Which forms stand first (settings)"), &ga_screen_form_choices, NULL},
    {GA_N_("End of the school year: everybody a grade up"), &ga_screen_year_end, NULL},
    {GA_N_("Hand a class over to another teacher"), &ga_screen_handovers, NULL},
    {GA_N_("Changed forms"), &ga_screen_form_changes, NULL},
    {GA_N_("Exchange by stick"), &ga_screen_sync, NULL},
    {GA_N_("Answered differently"), &ga_screen_conflicts, NULL},
    {GA_N_("Backups"), &ga_screen_backups, NULL},
};

static struct ga_menu *menu_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ga_menu, screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_menu_init(menu_of(screen));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_menu_finish(menu_of(screen));
}

static uint32_t next_key(uint32_t *key)
{
    const uint32_t own = *key;
    *key = own == '9' ? 'a' : own + 1;
    return own <= 'z' ? own : GA_KEY_NONE;
}

/* A row's id is its place from 1; the first nine have a digit, the others letters. */
static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct ga_menu *menu = menu_of(screen);
    const int selected = ga_menu_selected(menu);
    uint32_t key = '1';
    ga_menu_clear(menu);
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        if (rows[i].ops == NULL && rows[i].run == NULL)
            ga_menu_say(menu, GA_STYLE_LABEL, ga_screen_tr(screen, rows[i].text), NULL);
        else
            ga_menu_add(menu, (int)i + 1, next_key(&key), ga_screen_tr(screen, rows[i].text), NULL);
    }
    ga_menu_settle(menu, selected);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(menu_of(screen), canvas, screen->area, true, ga_screen_lang(screen));
}

static enum ga_reply open_row(struct ga_screen *screen, int id)
{
    if (id > 0 && rows[id - 1].run != NULL)
        rows[id - 1].run(screen, id);
    else if (id > 0)
        ga_screen_push(screen, rows[id - 1].ops, NULL, id);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    int id;
    return ga_menu_chooses(menu_of(screen), event, &id) ? open_row(screen, id) : ga_menu_event(menu_of(screen), event);
}

const struct ga_screen_ops ga_screen_more = {
    .name = "more",
    .title = GA_N_("More"),
    .help = GA_N_("Pages that are needed now and then. A digit, a letter or Enter opens what it stands beside."),
    .state_bytes = sizeof(struct ga_menu),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
};
