/* The functions that rules may call. */
#include "rule.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/sql/function.h"
#include "guanai/text/date.h"
#include "guanai/text/lunar.h"
#include "guanai/text/utf8.h"
#include "guanai/yaml/suggest.h"

#include <stdio.h>
#include <string.h>

static void give_text(struct ga_sql_call *call, const char *text)
{
    const struct ga_value value = ga_value_text(text);
    ga_sql_call_return(call, &value);
}

static void give_int(struct ga_sql_call *call, int64_t number)
{
    const struct ga_value value = ga_value_int(number);
    ga_sql_call_return(call, &value);
}

static void call_today(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    give_text(call, GA_DATE_ISO(rules->world.today));
}

static void call_user(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    if (rules->world.user != NULL && rules->world.user[0] != '\0')
        give_text(call, rules->world.user);
}

static void call_own_site(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    give_text(call, rules->world.own_site);
}

/* Whether it needs saying which site something is of. */
static void call_several_sites(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    const struct ga_value value = ga_value_int(rules->world.config != NULL && rules->world.config->sites_count > 1);
    ga_sql_call_return(call, &value);
}

/* The group or hamlet a Chinese address ends with: "上坝村4组" → "4组"; NULL when there is none. */
static void call_hamlet_of(struct ga_sql_call *call)
{
    static const char *const ends[] = {"组", "自然寨", "寨", "屯", "社"};
    static const char *const starts[] = {"村委会", "居委会", "社区", "村"};
    const struct ga_value address = ga_sql_call_arg(call, 0);
    if (address.kind != GA_VALUE_TEXT)
        return;
    const char *begin = NULL;
    for (size_t i = 0; i < GA_COUNT(starts); i++)
        for (const char *p = strstr(address.text, starts[i]); p != NULL; p = strstr(p + 1, starts[i]))
            if (begin == NULL || p + strlen(starts[i]) > begin)
                begin = p + strlen(starts[i]);
    for (size_t i = 0; begin != NULL && i < GA_COUNT(ends); i++) {
        const char *end = strstr(begin, ends[i]);
        if (end == NULL || end == begin || ga_utf8_count(begin, (size_t)(end - begin)) > 12)
            continue;
        const struct ga_value hamlet = ga_value_text_len(begin, (size_t)(end - begin) + strlen(ends[i]));
        ga_sql_call_return(call, &hamlet);
        return;
    }
}

static void call_age(struct ga_sql_call *call)
{
    const struct ga_value birth_text = ga_sql_call_arg(call, 0), on_text = ga_sql_call_arg(call, 1);
    struct ga_date birth, on;
    if (birth_text.kind == GA_VALUE_TEXT && on_text.kind == GA_VALUE_TEXT &&
        ga_date_from_iso(birth_text.text, &birth) && ga_date_from_iso(on_text.text, &on))
        give_int(call, ga_date_age(birth, on));
}

/* Is the code one of the blank-joined codes? NULL answers count as none selected. */
static void call_selected(struct ga_sql_call *call)
{
    const struct ga_value codes = ga_sql_call_arg(call, 0), code = ga_sql_call_arg(call, 1);
    if (code.kind != GA_VALUE_TEXT)
        return;
    bool is_found = false;
    const char *p = codes.kind == GA_VALUE_TEXT ? codes.text : "";
    for (size_t len; *p != '\0' && !is_found; p += len + (p[len] == ' ')) {
        len = strcspn(p, " ");
        is_found = len == code.len && memcmp(p, code.text, len) == 0;
    }
    give_int(call, is_found);
}

static void call_label(struct ga_sql_call *call) /* its argument was bound as the words to show */
{
    const struct ga_value words = ga_sql_call_arg(call, 0);
    ga_sql_call_return(call, &words);
}

/* In a row a bare name is the row's, parent.x the record's. */
static const struct ga_answer *answer_named(const struct ga_rule_place *place, const char *name)
{
    const struct ga_field *repeat = place->row == NULL ? NULL : place->repeat;
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return &place->row->answers[i];
    if (repeat != NULL && !ga_str_starts(name, "parent."))
        return NULL;
    const struct ga_field *field =
        ga_form_field(place->record->form, repeat == NULL ? name : name + strlen("parent."));
    return field == NULL || field->parent != NULL ? NULL : ga_answers_at(place->record, field);
}

static void call_status(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    const struct ga_value name = ga_sql_call_arg(call, 0);
    if (name.kind != GA_VALUE_TEXT || rules->place == NULL)
        return;
    const struct ga_answer *answer = answer_named(rules->place, name.text);
    if (answer == NULL)
        return;
    const enum ga_answer_state state = answer->state;
    const char *code = ga_answer_state_code(state);
    give_text(call, code != NULL ? code : state == GA_ANSWERED ? "answered" : "empty");
}

static void add_part(struct ga_str *text, const struct ga_value *part)
{
    if (part->kind == GA_VALUE_TEXT)
        ga_str_add(text, part->text);
    else if (part->kind == GA_VALUE_INTEGER)
        ga_str_add(text, GA_NUM(part->integer));
    else
        ga_str_addf(text, "%.15g", part->real);
}

static void call_concat_ws(struct ga_sql_call *call)
{
    const struct ga_value between = ga_sql_call_arg(call, 0);
    if (between.kind != GA_VALUE_TEXT)
        return;
    struct ga_str text = {0};
    bool is_first = true;
    for (int i = 1; i < ga_sql_call_args(call); i++) {
        const struct ga_value part = ga_sql_call_arg(call, i);
        if (part.kind == GA_VALUE_NULL || part.kind == GA_VALUE_BLOB)
            continue;
        if (!is_first)
            ga_str_add(&text, between.text);
        add_part(&text, &part);
        is_first = false;
    }
    give_text(call, ga_str_text(&text));
    ga_str_finish(&text);
}

/* Its argument was bound as the number of rows to count. */
static void call_count_rows(struct ga_sql_call *call)
{
    const struct ga_value count = ga_sql_call_arg(call, 0);
    ga_sql_call_return(call, &count);
}

/* The rows of a repeat as JSON, made before the rule began, for the TEMP view that stands for it. */
static void call_rows(struct ga_sql_call *call)
{
    const struct ga_rules *rules = ga_sql_call_ctx(call);
    const struct ga_value name = ga_sql_call_arg(call, 0);
    const struct ga_rule *rule = rules->running;
    const char *json = "[]";
    for (size_t i = 0; rule != NULL && name.kind == GA_VALUE_TEXT && i < rule->tables_count; i++)
        if (strcmp(rule->tables[i].repeat->name, name.text) == 0)
            json = rule->tables[i].json;
    give_text(call, json);
}

static void call_term_phase(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    const struct ga_value day_text = ga_sql_call_arg(call, 0);
    struct ga_date day;
    if (rules->world.config != NULL && day_text.kind == GA_VALUE_TEXT &&
        ga_date_from_iso(day_text.text, &day) && ga_date_is_day(day))
        give_text(call, ga_config_phase(rules->world.config, day));
}

/* As it is written on the sheets, whichever way it was typed; NULL: it is no lunar day. */
static void call_lunar_day(struct ga_sql_call *call)
{
    const struct ga_value typed = ga_sql_call_arg(call, 0);
    struct ga_lunar lunar;
    char buf[GA_DATE_SIZE];
    if (typed.kind == GA_VALUE_TEXT && ga_lunar_parse(typed.text, &lunar))
        give_text(call, ga_lunar_text(lunar, GA_ZH, buf));
}

static const struct ga_uuid *child_of(const struct ga_rules *rules)
{
    return rules->place == NULL ? NULL : &rules->place->record->child;
}

static void call_phone_of(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    const struct ga_value whom = ga_sql_call_arg(call, 0);
    if (rules->world.phone_of != NULL && whom.kind == GA_VALUE_TEXT && child_of(rules) != NULL)
        give_text(call, rules->world.phone_of(rules->world.ctx, child_of(rules), whom.text));
}

static void call_last_reached(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    if (rules->world.last_reached != NULL && child_of(rules) != NULL)
        give_text(call, rules->world.last_reached(rules->world.ctx, child_of(rules)));
}

static void call_time_now(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    char text[8];
    const int minute = rules->world.minute_now == NULL ? -1 : rules->world.minute_now(rules->world.ctx);
    if (minute < 0 || minute >= 24 * 60)
        return;
    snprintf(text, sizeof(text), "%02d:%02d", minute / 60 % 24, minute % 60);
    give_text(call, text);
}

static void call_next_number(struct ga_sql_call *call)
{
    struct ga_rules *rules = ga_sql_call_ctx(call);
    if (rules->world.next_number != NULL)
        give_int(call, rules->world.next_number(rules->world.ctx));
}

/* Those that ask about the one record a rule stands in. */
static const struct ga_sql_function record_functions[] = {
    {"label", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_label},
    {"status", 1, GA_SQL_GUARDED, call_status},
    {"count_rows", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_count_rows},
    {"rows", 1, GA_SQL_IN_SCHEMA, call_rows},
    {"phone_of", 1, GA_SQL_GUARDED, call_phone_of},
    {"last_reached", 0, GA_SQL_GUARDED, call_last_reached},
    {"next_number", 0, GA_SQL_GUARDED, call_next_number},
};

/* Those that mean the same wherever they are asked. */
static const struct ga_sql_function plain_functions[] = {
    {"today", 0, GA_SQL_GUARDED, call_today},
    {"user", 0, GA_SQL_GUARDED, call_user},
    {"time_now", 0, GA_SQL_GUARDED, call_time_now},
    {"own_site", 0, GA_SQL_GUARDED, call_own_site},
    {"several_sites", 0, GA_SQL_GUARDED, call_several_sites},
    {"hamlet_of", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_hamlet_of},
    {"age", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_age},
    {"selected", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_selected},
    {"concat_ws", -1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_concat_ws},
    {"term_phase", 1, GA_SQL_GUARDED, call_term_phase},
    {"lunar_day", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_lunar_day},
};

/* SQLite's own that authors use; a mistyped name is most likely one of these or of ours. */
static const char *const usual_functions[] = {"abs", "coalesce", "count", "date", "ifnull", "iif", "instr", "julianday",
                                              "length", "like", "lower", "max", "min", "nullif", "replace", "round",
                                              "strftime", "substr", "sum", "total", "trim", "upper"};

void ga_rule_hint_function(struct ga_error *err)
{
    struct ga_yaml_guess guess;
    if (err == NULL || err->what.id == NULL || strcmp(err->what.id, "there is no function called %1") != 0)
        return;
    ga_yaml_guess_start(&guess, ga_message_arg(&err->what, 0));
    for (size_t i = 0; i < GA_COUNT(plain_functions); i++)
        ga_yaml_guess_offer(&guess, plain_functions[i].name);
    for (size_t i = 0; i < GA_COUNT(record_functions); i++)
        ga_yaml_guess_offer(&guess, record_functions[i].name);
    for (size_t i = 0; i < GA_COUNT(usual_functions); i++)
        ga_yaml_guess_offer(&guess, usual_functions[i]);
    if (guess.best != NULL)
        ga_error_hint(err, "did you mean '%1'?", guess.best);
}

enum ga_rc ga_rules_add_functions(struct ga_rules *rules, struct ga_db *db, struct ga_error *err)
{
    return ga_sql_functions_add(db, plain_functions, GA_COUNT(plain_functions), rules, err);
}

enum ga_rc ga_rule_functions_add(struct ga_rules *rules, struct ga_error *err)
{
    enum ga_rc rc = ga_rules_add_functions(rules, rules->db, err);
    return rc == GA_OK ? ga_sql_functions_add(rules->db, record_functions, GA_COUNT(record_functions), rules, err) : rc;
}
