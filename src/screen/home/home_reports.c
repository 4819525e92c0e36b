/* Says on the first screen which reports wait to be passed on or answered. */
#include "guanai/base/num.h"
#include "guanai/care/report.h"
#include "guanai/screen/report.h"
#include "guanai/screen/reports.h"
#include "guanai/store/record.h"
#include "home/home_lines.h"
#include "parts/words.h"

#include <string.h>

/* What waits is said by the alarms already, with the child and the hours. */
static bool is_said(const struct ga_brief *brief)
{
    for (size_t i = 0; i < brief->alarms_count; i++)
        if (strncmp(brief->alarms[i].alarm, "report_", strlen("report_")) == 0)
            return true;
    return false;
}

/* Counts the database keeps: a school without a report pays nothing. */
static bool has_any(struct ga_store *store)
{
    int64_t incidents = 0, referrals = 0;
    if (ga_store_count(store, GA_REPORT_FORM, &incidents, NULL) != GA_OK)
        incidents = 0;
    if (ga_store_count(store, "referral", &referrals, NULL) != GA_OK)
        referrals = 0;
    return incidents + referrals > 0;
}

static const char *counts_text(const struct ga_home_lines *lines, const struct ga_report *reports, size_t count)
{
    size_t counts[GA_REPORT_STATES] = {0};
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        counts[reports[i].state]++;
    for (size_t i = 0; i < GA_REPORT_STATES; i++)
        if (counts[i] > 0)
            text = ga_arena_printf(lines->arena, "%s%s%s %zu", text, text[0] == '\0' ? "" : " · ",
                                   ga_tr(lines->lang, ga_report_words[i]), counts[i]);
    return text;
}

void ga_home_add_reports(struct ga_home_lines *lines)
{
    struct ga_report *reports;
    size_t count = 0;
    if (is_said(lines->brief) || !has_any(lines->session->store) ||
        ga_reports_list(lines->session->store, lines->arena, &reports, &count, NULL) != GA_OK || count == 0)
        return;
    ga_home_lines_add(lines, ga_tr(lines->lang, reports[0].state == GA_REPORT_OPEN ? GA_N_("! Reports") : GA_N_("Reports")),
                      counts_text(lines, reports, count), &ga_screen_reports, NULL);
}
