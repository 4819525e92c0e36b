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
#include "parts/menu_page.h"

static void open_sheet(struct ga_screen *screen)
{
    ga_screen_grid_any_sheet(screen, 0);
}

/* Headings, and what stands below them. */
static const struct ga_menu_page_row rows[] = {
    {.text = GA_N_("Care")},
    {.text = GA_N_("Must not wait"), .ops = &ga_screen_alarms},
    {.text = GA_N_("What is to be done"), .ops = &ga_screen_due},
    {.text = GA_N_("Checklists of the classes"), .ops = &ga_screen_checklists},
    {.text = GA_N_("Week and month"), .ops = &ga_screen_schedule},
    {.text = GA_N_("Three priorities"), .ops = &ga_screen_priorities},
    {.text = GA_N_("Nobody reached"), .ops = &ga_screen_unreached},
    {.text = GA_N_("Visits: plan a trip"), .ops = &ga_screen_trip},
    {.text = GA_N_("Visits: type a trip in by row number"), .ops = &ga_screen_trips},
    {.text = GA_N_("Class month sheet"), .opens = open_sheet},
    {.text = GA_N_("Records of the school: meetings, hazards, plans …"), .ops = &ga_screen_record_books},
    {.text = GA_N_("Reports and referrals"), .ops = &ga_screen_reports},
    {.text = GA_N_("Birthdays of this week and the next"), .ops = &ga_screen_birthdays},
    {.text = GA_N_("Appraisal"), .ops = &ga_screen_appraisals},
    {.text = GA_N_("Papers for an inspection"), .ops = &ga_screen_materials},
    {.text = GA_N_("Sent back"), .ops = &ga_screen_sent_back},
    {.text = GA_N_("After a long pause: what ended meanwhile"), .ops = &ga_screen_catch_up},
    {.text = GA_N_("The files")},
    {.text = GA_N_("Who counts"), .ops = &ga_screen_figures},
    {.text = GA_N_("Files that may be one child's"), .ops = &ga_screen_doubles},
    {.text = GA_N_("Open notes"), .ops = &ga_screen_note_list},
    {.text = GA_N_("Type numbers again, to find slips"), .ops = &ga_screen_verify},
    {.text = GA_N_("The school")},
    {.text = GA_N_("Which duties are done (settings)"), .ops = &ga_screen_duties},
    {.text = GA_N_("Which forms stand first (settings)"), .ops = &ga_screen_form_choices},
    {.text = GA_N_("End of the school year: everybody a grade up"), .ops = &ga_screen_year_end},
    {.text = GA_N_("Hand a class over to another teacher"), .ops = &ga_screen_handovers},
    {.text = GA_N_("Changed forms"), .ops = &ga_screen_form_changes},
    {.text = GA_N_("Exchange by stick"), .ops = &ga_screen_sync},
    {.text = GA_N_("Answered differently"), .ops = &ga_screen_conflicts},
    {.text = GA_N_("Backups"), .ops = &ga_screen_backups},
};

static void list(struct ga_screen *screen)
{
    ga_menu_page_add_rows(screen, rows, GA_COUNT(rows));
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    static const struct ga_menu_page_kind kind = {.list = list};
    (void)arg;
    (void)err;
    ga_menu_page_begin(screen, &kind);
    return GA_OK;
}

const struct ga_screen_ops ga_screen_more = {
    .name = "more",
    .title = GA_N_("More"),
    .help = GA_N_("Pages that are needed now and then. A digit, a letter or Enter opens what it stands beside."),
    .state_bytes = sizeof(struct ga_menu_page),
    GA_MENU_PAGE_OPS,
    .enter = enter,
    .leave = ga_menu_page_leave,
};
