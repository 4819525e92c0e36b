/* guanai alarms: the children about whom something must be done now. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/alarm.h"
#include "guanai/yaml/suggest.h"

#include <stdlib.h>

struct asking {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *owner, *class, *site, *alarm, *limit;
    struct ga_alarm_ask ask;
    struct ga_alarm_now now;
};

static enum ga_exit read_alarm(struct asking *a)
{
    const struct ga_alarm_rules *rules = ga_care_alarms(a->care);
    const char *names[GA_ALARMS_MAX];
    if (a->alarm == NULL || ga_alarm_rules_find(rules, a->alarm) >= 0)
        return GA_EXIT_DONE;
    for (size_t i = 0; i < rules->count; i++)
        names[i] = rules->items[i]->name;
    ga_say(a->line, "there is no alarm '%1'", a->alarm);
    ga_offer(a->line, a->alarm, names, rules->count);
    return GA_EXIT_FINDINGS;
}

static enum ga_rc put_alarm(struct asking *a, struct ga_table_out *table, const struct ga_alarm *alarm, struct ga_error *err)
{
    struct ga_roster_row child;
    char id[GA_UUID_TEXT_SIZE];
    const enum ga_lang lang = a->line->lang;
    const struct ga_alarm_rule *rule = ga_care_alarms(a->care)->items[alarm->rule];
    const enum ga_rc rc = ga_roster_row_of(a->session->store, alarm->child, lang, &a->arena, &child, err);
    if (rc != GA_OK)
        return rc;
    const bool is_known = alarm->since.year != 0;
    const int32_t days = is_known ? ga_date_to_days(a->now.day) - ga_date_to_days(alarm->since) : 0;
    const char *const cells[] = {
        ga_uuid_text(&child.id, id), child.name, child.class_shown, child.village, rule->name,
        ga_label_text(&rule->title, lang), is_known ? GA_DATE_ISO(alarm->since) : "",
        is_known ? GA_NUM(days) : table->is_json ? "null" : "",
        ga_alarm_text(a->care, alarm, &a->now, lang, &a->arena), alarm->teacher, alarm->proxy};
    ga_table_row(table, cells);
    return GA_OK;
}

static enum ga_exit put_all(struct asking *a, bool is_json)
{
    static const char *const names[] = {"child_id", "child", "class", "village", "alarm", "title",
                                        "since",    "days",  "why",   "teacher", "proxy"};
    struct ga_table_out table = {.line = a->line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 7, .is_json = is_json};
    struct ga_error err = {0};
    struct ga_alarm *alarms;
    size_t count = 0;
    enum ga_rc rc = ga_alarm_list(a->care, &a->ask, &a->arena, &alarms, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->line, rc, &err);
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_alarm(a, &table, &alarms[i], &err);
    ga_table_end(&table);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->line, rc, &err);
}

static enum ga_exit ask(struct asking *a, bool is_json)
{
    a->ask.owner = a->owner;
    a->ask.alarm = a->alarm;
    a->now = ga_alarm_now(a->session->store, a->session->options->clock);
    struct ga_roster_class class_of;
    enum ga_exit exit = ga_command_class(a->line, a->session, a->class, a->site, &a->arena, &class_of);
    a->ask.site = class_of.site;
    a->ask.grade = class_of.grade;
    a->ask.class_no = class_of.class_no;
    if (exit == GA_EXIT_DONE)
        exit = ga_command_care(a->line, a->session, &a->care);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_owner(a->line, a->session, a->care, a->owner, &a->arena);
    if (exit == GA_EXIT_DONE)
        exit = read_alarm(a);
    return exit == GA_EXIT_DONE ? put_all(a, is_json) : exit;
}

enum ga_exit ga_run_alarms(struct ga_command_line *line)
{
    struct asking a = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--owner", &a.owner, NULL}, {"--class", &a.class, NULL}, {"--site", &a.site, NULL}, {"--alarm", &a.alarm, NULL},
                                        {"--limit", &a.limit, NULL}, {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    bool is_json = false;
    if (exit != GA_EXIT_DONE)
        return exit;
    const long limit = a.limit == NULL ? 0 : strtol(a.limit, NULL, 10);
    if (!ga_read_format(format, &is_json) || (a.limit != NULL && (limit < 1 || limit > 1000000)))
        return ga_usage(line);
    a.ask.limit = (size_t)limit;
    exit = ga_command_open(line, &a.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = ask(&a, is_json);
    ga_arena_finish(&a.arena);
    ga_session_close(a.session);
    return exit;
}
