/* Says on the first screen where the ways to children are planned. */
#include "guanai/app/trip.h"
#include "guanai/screen/schedule.h"
#include "guanai/screen/trip.h"
#include "home/home_lines.h"

static void add_sheets(struct ga_home_lines *lines)
{
    if (ga_trips_are_there(lines->session))
        ga_home_lines_add(lines, ga_tr(lines->lang, GA_N_("Type a trip in")), ga_tr(lines->lang, GA_N_("by row number")), &ga_screen_trips, NULL);
}

/* Who owes something plans visits. */
void ga_home_add_trips(struct ga_home_lines *lines)
{
    if (lines->brief->count == 0)
        return;
    ga_home_lines_add(lines, ga_tr(lines->lang, GA_N_("Plan a trip")), ga_tr(lines->lang, GA_N_("by village, with a sheet to print")),
                      &ga_screen_trip, NULL);
    add_sheets(lines);
}

/* Whoever types finds the sheets, below what the school is to do: above it they stood among the alarms. */
void ga_home_add_schedule(struct ga_home_lines *lines)
{
    if (lines->brief->count > 0)
        ga_home_lines_add(lines, ga_tr(lines->lang, GA_N_("Week and month")), ga_tr(lines->lang, GA_N_("due dates, trips, appointments")),
                          &ga_screen_schedule, NULL);
    else
        add_sheets(lines);
}
