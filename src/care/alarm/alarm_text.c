/* Says in words why an alarm stands. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/alarm.h"
#include "guanai/text/time_of_day.h"

#include <string.h>

/* Longer ago nobody counts in hours; longer ago a day without its year might be this year's. */
enum { HOURS_MAX = 240, YEARLESS_DAYS_MAX = 300 };

static const char *say(struct ga_arena *arena, enum ga_lang lang, const struct ga_message *message)
{
    char buf[512];
    return ga_arena_strdup(arena, ga_message_text(message, lang, buf, sizeof(buf)));
}

struct ga_alarm_now ga_alarm_now(const struct ga_store *store, const struct ga_clock *clock)
{
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t local_s = now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms);
    return (struct ga_alarm_now){ga_store_today(store), (int)(local_s % 86400 / 60)};
}

const char *ga_alarm_when_text(const struct ga_alarm_now *now, struct ga_date since, int minute, enum ga_lang lang,
                               struct ga_arena *arena)
{
    char day[GA_DATE_SIZE], time[GA_TIME_OF_DAY_SIZE];
    if (since.year == 0)
        return "";
    const bool is_long_ago = ga_date_to_days(now->day) - ga_date_to_days(since) > YEARLESS_DAYS_MAX;
    (is_long_ago ? ga_date_text : ga_date_text_short)(since, lang, day);
    return minute < 0 ? ga_arena_strdup(arena, day)
                      : ga_arena_printf(arena, "%s %s", day, ga_time_of_day_text(minute, time));
}

const char *ga_alarm_age_text(const struct ga_alarm_now *now, struct ga_date since, int minute, enum ga_lang lang,
                              struct ga_arena *arena)
{
    struct ga_message message = {0};
    if (since.year == 0)
        return "";
    const int32_t days = ga_date_to_days(now->day) - ga_date_to_days(since);
    const int64_t hours = ((int64_t)days * 1440 + now->minute - minute) / 60;
    if (minute >= 0 && hours >= 0 && hours < HOURS_MAX)
        ga_message_set(&message, hours == 0 ? GA_N_("< 1 hour") : hours == 1 ? GA_N_("1 hour") : GA_N_("%1 hours"), GA_NUM(hours));
    else if (days <= 0)
        ga_message_set(&message, "today");
    else
        ga_message_set(&message, days == 1 ? GA_N_("1 day") : GA_N_("%1 days"), GA_NUM(days));
    return say(arena, lang, &message);
}

const char *ga_alarm_since_text(const struct ga_alarm *alarm, const struct ga_alarm_now *now, enum ga_lang lang,
                                struct ga_arena *arena)
{
    return ga_alarm_when_text(now, alarm->since, alarm->minute, lang, arena);
}

const char *ga_alarm_long_text(const struct ga_alarm *alarm, const struct ga_alarm_now *now, enum ga_lang lang,
                               struct ga_arena *arena)
{
    return ga_alarm_age_text(now, alarm->since, alarm->minute, lang, arena);
}

const char *ga_alarm_fill(const char *text, const struct ga_alarm_fill *fill, struct ga_arena *arena)
{
    const struct {
        const char *name, *value;
    } blanks[] = {{"{since}", fill->since}, {"{long}", fill->age}, {"{number}", fill->number}};
    struct ga_str out = {0};
    while (*text != '\0') {
        size_t i = 0;
        while (i < GA_COUNT(blanks) &&
               (blanks[i].value == NULL || strncmp(text, blanks[i].name, strlen(blanks[i].name)) != 0))
            i++;
        if (i < GA_COUNT(blanks)) {
            ga_str_add(&out, blanks[i].value);
            text += strlen(blanks[i].name);
        } else {
            ga_str_add_char(&out, *text++);
        }
    }
    const char *filled = ga_arena_strdup(arena, ga_str_text(&out));
    ga_str_finish(&out);
    return filled;
}

const char *ga_alarm_text(const struct ga_care *care, const struct ga_alarm *alarm, const struct ga_alarm_now *now,
                          enum ga_lang lang, struct ga_arena *arena)
{
    const struct ga_alarm_rule *rule = care->alarms.rules.items[alarm->rule];
    const struct ga_alarm_fill fill = {
        .since = ga_alarm_since_text(alarm, now, lang, arena),
        .age = ga_alarm_long_text(alarm, now, lang, arena),
        .number = alarm->number < 0 ? "?" : GA_NUM(alarm->number),
    };
    if (alarm->say < rule->says.count)
        return ga_alarm_fill(ga_label_text(&rule->says.items[alarm->say].text, lang), &fill, arena);
    struct ga_message message = {0};
    if (fill.since[0] == '\0')
        return "";
    ga_message_set(&message, "since %1", fill.since);
    return say(arena, lang, &message);
}

struct explaining {
    struct ga_care *care;
    enum ga_lang lang;
    struct ga_arena *arena;
    struct ga_vec lines; /* const char * */
};

static void add(struct explaining *e, const char *line)
{
    if (line[0] != '\0')
        *(const char **)ga_vec_push(&e->lines) = line;
}

static void add_message(struct explaining *e, const char *sentence, const char *argument)
{
    struct ga_message message = {0};
    ga_message_set(&message, sentence, argument);
    add(e, say(e->arena, e->lang, &message));
}

/* What ends it: the facts alone do, so the form that changes them is named. */
static void add_end(struct explaining *e, const struct ga_alarm_rule *rule)
{
    const char *form = rule->opens.text;
    if (rule->opens_look >= 0)
        for (size_t i = 0; i < rule->records.count; i++)
            if (rule->records.items[i].look == (size_t)rule->opens_look)
                form = rule->records.items[i].form.text;
    const struct ga_form *of = ga_forms_get(ga_store_forms(e->care->options.store), form == NULL ? "child" : form, NULL);
    if (of == NULL)
        return;
    add_message(e, rule->opens_look >= 0 ? GA_N_("Enter opens the record “%1” that it hangs on")
                   : form == NULL || strcmp(form, "child") == 0
                       ? GA_N_("Enter opens “%1”: it ends when what stands there has changed")
                       : GA_N_("Enter opens a new “%1”"),
                ga_label_text(&of->title, e->lang));
}

static void add_who(struct explaining *e, const struct ga_alarm *alarm)
{
    if (alarm->teacher[0] != '\0')
        add_message(e, "Class teacher: %1", alarm->teacher);
    if (alarm->proxy[0] != '\0')
        add_message(e, "Proxy parent: %1", alarm->proxy);
    if (alarm->helper[0] != '\0')
        add_message(e, "Named in the care plan: %1", alarm->helper);
}

enum ga_rc ga_alarm_explain(struct ga_care *care, const struct ga_alarm *alarm, const struct ga_alarm_now *now,
                            enum ga_lang lang, struct ga_arena *arena, const char *const **ret_lines, size_t *ret_count,
                            struct ga_error *err)
{
    struct explaining e = {.care = care, .lang = lang, .arena = arena};
    if (alarm->rule >= care->alarms.rules.count)
        return ga_error_set(err, GA_NOT_FOUND, "this alarm is no longer in force");
    const struct ga_alarm_rule *rule = care->alarms.rules.items[alarm->rule];
    ga_vec_init(&e.lines, sizeof(const char *));
    const char *text = ga_alarm_text(care, alarm, now, lang, arena);
    add(&e, text);
    if (alarm->since.year != 0 && strstr(text, ga_alarm_since_text(alarm, now, lang, arena)) == NULL)
        add_message(&e, "Stands since %1", ga_alarm_since_text(alarm, now, lang, arena));
    if (rule->why.zh != NULL)
        add(&e, ga_label_text(&rule->why, lang));
    if (rule->over.zh != NULL)
        add(&e, ga_label_text(&rule->over, lang));
    add_end(&e, rule);
    add_who(&e, alarm);
    const char **lines = ga_arena_array(arena, e.lines.len + 1, sizeof(*lines));
    for (size_t i = 0; i < e.lines.len; i++)
        lines[i] = *GA_VEC_AT(const char *const, &e.lines, i);
    *ret_lines = lines;
    *ret_count = e.lines.len;
    ga_vec_finish(&e.lines);
    return GA_OK;
}
