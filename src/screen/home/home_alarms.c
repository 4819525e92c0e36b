/* Says on the first screen what must not wait. */
#include "guanai/base/num.h"
#include "guanai/care/alarm.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/priorities.h"
#include "guanai/screen/reports.h"
#include "home/home_lines.h"
#include "parts/words.h"

#include <string.h>

enum { LINES_MAX = 3 }; /* more kinds of them share one line */

static const char *names_text(const struct ga_brief_alarm *alarm, enum ga_lang lang, struct ga_arena *arena)
{
    const char *more = alarm->count > GA_BRIEF_NAMES_MAX ? " …" : "";
    return ga_arena_printf(arena, "%s%s%s", ga_words_say(arena, lang, GA_N_("%1 children: "), GA_NUM(alarm->count)),
                           alarm->names, more);
}

/* Of one child it says why, of several who. */
static const char *more_text(const struct ga_home_lines *lines, const struct ga_brief_alarm *alarm)
{
    const struct ga_session *session = lines->session;
    if (alarm->count > 1)
        return names_text(alarm, lines->lang, lines->arena);
    const struct ga_alarm_now now = ga_alarm_now(session->store, session->options->clock);
    const struct ga_alarm_fill fill = {
        .since = ga_alarm_when_text(&now, alarm->since, alarm->minute, lines->lang, lines->arena),
        .age = ga_alarm_age_text(&now, alarm->since, alarm->minute, lines->lang, lines->arena),
    };
    return ga_alarm_fill(ga_label_text(&alarm->text, lines->lang), &fill, lines->arena);
}

/* Reports have a page of their own, where they are passed on and answered. */
static bool is_of_reports(const struct ga_brief_alarm *alarm)
{
    return strncmp(alarm->alarm, "report_", strlen("report_")) == 0;
}

/* Whom nobody reached: the school's list says which numbers failed. */
static bool is_of_unreached(const struct ga_home_lines *lines, const struct ga_brief_alarm *alarm)
{
    return lines->brief->is_of_school && strcmp(alarm->alarm, "no_contact") == 0;
}

static void add(struct ga_home_lines *lines, const struct ga_brief_alarm *alarm)
{
    const char *title = ga_label_text(&alarm->title, lines->lang);
    const char *text = alarm->count == 1 ? ga_arena_printf(lines->arena, "! %s %s", alarm->names, title)
                                         : ga_arena_printf(lines->arena, "! %s", title);
    if (is_of_reports(alarm))
        ga_home_lines_add(lines, text, more_text(lines, alarm), &ga_screen_reports, NULL);
    else if (is_of_unreached(lines, alarm))
        ga_home_lines_add(lines, text, more_text(lines, alarm), &ga_screen_unreached, NULL);
    else
        ga_home_lines_add(lines, text, more_text(lines, alarm), &ga_screen_alarms, alarm->alarm);
}

static const char *rest_text(const struct ga_home_lines *lines, size_t from)
{
    const struct ga_brief *brief = lines->brief;
    const char *text = "";
    for (size_t i = from; i < brief->alarms_count; i++)
        if (!is_of_unreached(lines, &brief->alarms[i]))
            text = ga_arena_printf(lines->arena, "%s%s%s %s", text, text[0] == '\0' ? "" : " · ",
                                   ga_label_text(&brief->alarms[i].title, lines->lang), GA_NUM(brief->alarms[i].count));
    return text;
}

void ga_home_add_alarms(struct ga_home_lines *lines)
{
    const struct ga_brief *brief = lines->brief;
    const size_t shown = brief->alarms_count <= LINES_MAX + 1 ? brief->alarms_count : LINES_MAX;
    if (brief->alarms_count > 0)
        ga_home_lines_head(lines, ga_tr(lines->lang, brief->is_of_school ? GA_N_("Must not wait") : GA_N_("Must not wait, of my children")));
    for (size_t i = 0; i < brief->alarms_count; i++)
        if (i < shown || is_of_unreached(lines, &brief->alarms[i]))
            add(lines, &brief->alarms[i]);
    if (shown < brief->alarms_count)
        ga_home_lines_add(lines, ga_tr(lines->lang, "! All alarms"), rest_text(lines, shown), &ga_screen_alarms, NULL);
}

/* "姚田华 11-22 9 岁": the lunar one is named, the age where it is known. */
static const char *birthday_text(const struct ga_home_lines *lines, const struct ga_brief_birthday *line)
{
    char day[GA_DATE_SIZE];
    const char *turns = line->birthday.turns < 0 ? ""
                                                 : ga_words_say(lines->arena, lines->lang, GA_N_(", turns %1"),
                                                                GA_NUM(line->birthday.turns));
    ga_date_text_short(line->birthday.day, lines->lang, day);
    return ga_arena_printf(lines->arena, "%s (%s%s%s)", line->name, day,
                           line->birthday.is_lunar ? ga_tr(lines->lang, " lunar") : "", turns);
}

void ga_home_add_birthdays(struct ga_home_lines *lines)
{
    const struct ga_brief *brief = lines->brief;
    const char *text = "";
    for (size_t i = 0; i < brief->birthdays_count; i++)
        text = ga_arena_printf(lines->arena, "%s%s%s", text, i == 0 ? "" : "  ", birthday_text(lines, &brief->birthdays[i]));
    if (brief->birthdays_all > (int64_t)brief->birthdays_count)
        text = ga_arena_printf(lines->arena, "%s …", text);
    if (brief->birthdays_count > 0)
        ga_home_lines_add(lines, ga_tr(lines->lang, "Birthdays"), text, &ga_screen_birthdays, NULL);
}
