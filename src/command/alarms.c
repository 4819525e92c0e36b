/* guanai alarms: the children about whom something must be done now. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/alarm.h"


struct asking {
    struct ga_care_asking of; /* first: answer() */
    const char *alarm;
    struct ga_alarm_ask ask;
    struct ga_alarm_now now;
};

static enum ga_exit read_alarm(struct asking *a)
{
    const struct ga_alarm_rules *rules = ga_care_alarms(a->of.care);
    const char *names[GA_ALARMS_MAX];
    if (a->alarm == NULL || ga_alarm_rules_find(rules, a->alarm) >= 0)
        return GA_EXIT_DONE;
    for (size_t i = 0; i < rules->count; i++)
        names[i] = rules->items[i]->name;
    ga_say(a->of.line, "there is no alarm '%1'", a->alarm);
    ga_offer(a->of.line, a->alarm, names, rules->count);
    return GA_EXIT_FINDINGS;
}

static enum ga_rc put_alarm(struct asking *a, struct ga_table_out *table, const struct ga_alarm *alarm, struct ga_error *err)
{
    struct ga_roster_row child;
    char id[GA_UUID_TEXT_SIZE];
    const enum ga_lang lang = a->of.line->lang;
    const struct ga_alarm_rule *rule = ga_care_alarms(a->of.care)->items[alarm->rule];
    const enum ga_rc rc = ga_roster_row_of(a->of.session->store, alarm->child, lang, &a->of.arena, &child, err);
    if (rc != GA_OK)
        return rc;
    const bool is_known = alarm->since.year != 0;
    const int32_t days = is_known ? ga_date_to_days(a->now.day) - ga_date_to_days(alarm->since) : 0;
    const char *const cells[] = {
        ga_uuid_text(&child.id, id), child.name, child.class_shown, child.village, rule->name,
        ga_label_text(&rule->title, lang), is_known ? GA_DATE_ISO(alarm->since) : "",
        is_known ? GA_NUM(days) : table->is_json ? "null" : "",
        ga_alarm_text(a->of.care, alarm, &a->now, lang, &a->of.arena), alarm->teacher, alarm->proxy};
    ga_table_row(table, cells);
    return GA_OK;
}

static enum ga_exit put_all(struct asking *a)
{
    static const char *const names[] = {"child_id", "child", "class", "village", "alarm", "title",
                                        "since",    "days",  "why",   "teacher", "proxy"};
    struct ga_table_out table = {.line = a->of.line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 7, .is_json = a->of.is_json};
    struct ga_error err = {0};
    struct ga_alarm *alarms;
    size_t count = 0;
    enum ga_rc rc = ga_alarm_list(a->of.care, &a->ask, &a->of.arena, &alarms, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->of.line, rc, &err);
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_alarm(a, &table, &alarms[i], &err);
    ga_table_end(&table);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->of.line, rc, &err);
}

static enum ga_exit answer(struct ga_care_asking *asking)
{
    struct asking *a = (struct asking *)asking;
    struct ga_roster_class class_of;
    enum ga_exit exit = ga_command_class(a->of.line, a->of.session, a->of.class, a->of.site, &a->of.arena, &class_of);
    a->ask = (struct ga_alarm_ask){.owner = a->of.owner, .alarm = a->alarm, .limit = a->of.limit, .site = class_of.site,
                                   .grade = class_of.grade, .class_no = class_of.class_no};
    a->now = ga_alarm_now(a->of.session->store, a->of.session->options->clock);
    if (exit == GA_EXIT_DONE)
        exit = read_alarm(a);
    return exit == GA_EXIT_DONE ? put_all(a) : exit;
}

enum ga_exit ga_run_alarms(struct ga_command_line *line)
{
    struct asking a = {.of = {.line = line}};
    const struct ga_option own[] = {{"--alarm", &a.alarm, NULL}};
    return ga_command_ask_care(&a.of, own, GA_COUNT(own), answer);
}
