/* Reads the school's year out of config.yaml. */
#include "year.h"

#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

enum {
    TERM_DAYS_MAX = 250,    /* longer ones are a year mistyped */
    HOLIDAY_DAYS_MAX = 120,
};

static const struct ga_yaml_row phase_rows[] = {
    {"phase", GA_YAML_TEXT_AT, ROW(raw_phase, code), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 20,
     .doc = GA_N_("a code of the list term_phase")},
    {"from", GA_YAML_TEXT_AT, ROW(raw_phase, days.from), GA_YAML_REQUIRED, .max = 10, .doc = GA_N_("its first day")},
    {"to", GA_YAML_TEXT_AT, ROW(raw_phase, days.to), GA_YAML_REQUIRED, .max = 10, .doc = GA_N_("its last day")},
    {0},
};
static const struct ga_yaml_schema phase_schema = {GA_N_("phase"), sizeof(struct raw_phase), phase_rows, NULL};

static const struct ga_yaml_row term_rows[] = {
    {"term", GA_YAML_TEXT_AT, ROW(raw_term, name), GA_YAML_REQUIRED, .max = 7,
     .doc = GA_N_("2026-1: first term of the school year 2026–2027")},
    {"from", GA_YAML_TEXT_AT, ROW(raw_term, days.from), GA_YAML_REQUIRED, .max = 10, .doc = GA_N_("its first day")},
    {"to", GA_YAML_TEXT_AT, ROW(raw_term, days.to), GA_YAML_REQUIRED, .max = 10, .doc = GA_N_("its last day")},
    {"phases", GA_YAML_STRUCTS, ROW(raw_term, phases), .max = 20, .schema = &phase_schema,
     .doc = GA_N_("windows of start, middle, end, holidays")},
    {0},
};
const struct ga_yaml_schema ga_config_term_schema = {GA_N_("term"), sizeof(struct raw_term), term_rows, NULL};

static const struct ga_yaml_row holiday_rows[] = {
    {"label", GA_YAML_LABEL, ROW(raw_holiday, label), .max = 40, .doc = GA_N_("its name")},
    {"from", GA_YAML_TEXT_AT, ROW(raw_holiday, days.from), GA_YAML_REQUIRED, .max = 10, .doc = GA_N_("its first day")},
    {"to", GA_YAML_TEXT_AT, ROW(raw_holiday, days.to), .max = 10,
     .doc = GA_N_("its last day; left out: one day")},
    {0},
};
const struct ga_yaml_schema ga_config_holiday_schema = {GA_N_("holiday"), sizeof(struct raw_holiday), holiday_rows, NULL};

/* One reading of the file. */
struct reading {
    struct ga_arena *arena;
    const char *file;
    struct ga_problems *problems;
};

static struct ga_problem *add_fault(const struct reading *in, struct ga_yaml_at at)
{
    return ga_problems_add(in->problems, GA_FAULT, in->file, at.line, at.column);
}

static struct ga_date read_day(const struct reading *in, const struct ga_yaml_text *text)
{
    struct ga_date day = {0};
    if (text->text != NULL && (!ga_date_from_iso(text->text, &day) || !ga_date_is_day(day))) {
        ga_message_set(&add_fault(in, text->at)->what, "'%1' is no day; write it as 2026-09-01", text->text);
        return (struct ga_date){0};
    }
    return day;
}

static bool is_whole(struct ga_days days)
{
    return ga_date_is_day(days.from) && ga_date_is_day(days.to);
}

/* Both days, or none of them after a fault; `what` begins after its end, or lasts for more than `days_max`. */
static struct ga_days read_span(const struct reading *in, const struct raw_span *raw, int days_max, const char *backwards,
                                const char *too_long)
{
    struct ga_days days = {.from = read_day(in, &raw->from)};
    days.to = raw->to.text != NULL ? read_day(in, &raw->to) : days.from;
    if (!is_whole(days))
        return (struct ga_days){{0}, {0}};
    const int32_t length = ga_date_to_days(days.to) - ga_date_to_days(days.from) + 1;
    if (length >= 1 && length <= days_max)
        return days;
    struct ga_problem *fault = add_fault(in, length < 1 ? raw->from.at : raw->to.at);
    ga_message_set(&fault->what, length < 1 ? backwards : too_long, GA_NUM(days_max));
    ga_message_set(&fault->hint, "it goes from %1 to %2: is a year or a month mistyped?", raw->from.text, raw->to.text);
    return (struct ga_days){{0}, {0}};
}

static bool is_overlapping(struct ga_days a, struct ga_days b)
{
    return is_whole(a) && is_whole(b) && ga_date_compare(a.from, b.to) <= 0 && ga_date_compare(b.from, a.to) <= 0;
}

static bool is_of_term(const char *code)
{
    return strcmp(code, "start") == 0 || strcmp(code, "middle") == 0 || strcmp(code, "end") == 0;
}

static bool is_behind_term(const char *code)
{
    return strcmp(code, "winter") == 0 || strcmp(code, "summer") == 0;
}

static void check_phase_place(const struct reading *in, const struct raw_phase *raw, const struct ga_term *term,
                              const struct ga_phase *phase)
{
    const struct ga_days days = {phase->from, phase->to}, whole = {term->from, term->to};
    if (!is_whole(days) || !is_whole(whole) || raw->code.text == NULL)
        return;
    const bool is_holiday = is_behind_term(raw->code.text);
    const bool is_inside = ga_date_compare(whole.from, days.from) <= 0 && ga_date_compare(days.to, whole.to) <= 0;
    if (is_holiday ? ga_date_compare(whole.to, days.from) < 0 : is_inside)
        return;
    struct ga_problem *fault = add_fault(in, is_holiday ? raw->days.from.at : raw->code.at);
    ga_message_set(&fault->what, is_holiday ? GA_N_("'%1' begins before the term has ended") : GA_N_("'%1' does not lie within its term"),
                   raw->code.text);
    ga_message_set(&fault->hint, "the term %1 goes from %2 to %3", term->name, GA_DATE_ISO(whole.from), GA_DATE_ISO(whole.to));
}

/* A day has one phase, a term each of them once. */
static void check_phase_once(const struct reading *in, const struct raw_term *raw, const struct ga_term *term, size_t at)
{
    const char *code = raw->phases.items[at].code.text;
    for (size_t i = 0; i < at && code != NULL; i++) {
        const char *other = raw->phases.items[i].code.text;
        if (other == NULL)
            continue;
        if (strcmp(code, other) == 0)
            ga_message_set(&add_fault(in, raw->phases.items[at].code.at)->what, "'%1' stands twice", code);
        else if (is_of_term(code) && is_of_term(other) &&
                 is_overlapping((struct ga_days){term->phases[at].from, term->phases[at].to},
                                (struct ga_days){term->phases[i].from, term->phases[i].to}))
            ga_message_set(&add_fault(in, raw->phases.items[at].days.from.at)->what, "%1 and %2 have days in common", other,
                           code);
    }
}

static void take_phases(const struct reading *in, const struct raw_term *raw, struct ga_term *term)
{
    term->phases_count = raw->phases.count;
    term->phases = ga_arena_array(in->arena, raw->phases.count, sizeof(*term->phases));
    for (size_t i = 0; i < raw->phases.count; i++) {
        const struct raw_phase *from = &raw->phases.items[i];
        const struct ga_days days = read_span(in, &from->days, TERM_DAYS_MAX, GA_N_("the phase begins after its end"),
                                              GA_N_("the phase lasts for more than %1 days"));
        term->phases[i] = (struct ga_phase){from->code.text, days.from, days.to};
        check_phase_place(in, from, term, &term->phases[i]);
        check_phase_once(in, raw, term, i);
    }
}

/* The name says the year: a term of another one would be shown, counted and owed under a wrong name. */
static void check_term_name(const struct reading *in, const struct raw_term *raw, struct ga_days days)
{
    int begun, number;
    if (raw->name.text == NULL)
        return;
    if (!ga_config_read_term(raw->name.text, &begun, &number)) {
        ga_message_set(&add_fault(in, raw->name.at)->what, "'%1' is no term; write it as 2026-1 or 2026-2", raw->name.text);
        return;
    }
    const int year = number == 1 ? begun : begun + 1;
    if (!is_whole(days) || (days.from.year == year && (number == 1) == (days.from.month >= 7)))
        return;
    struct ga_problem *fault = add_fault(in, raw->days.from.at);
    ga_message_set(&fault->what,
                   number == 1 ? GA_N_("the term %1 must begin in the second half of %2")
                               : GA_N_("the term %1 must begin in the first half of %2"),
                   raw->name.text, GA_NUM(year));
    ga_message_set(&fault->hint, "2026-1 is the autumn of 2026, 2026-2 the spring of 2027");
}

static void check_term_once(const struct reading *in, const struct raw_year *raw, const struct ga_config *config, size_t at)
{
    const struct ga_term *term = &config->terms[at];
    for (size_t i = 0; i < at && term->name != NULL; i++) {
        const struct ga_term *other = &config->terms[i];
        if (other->name != NULL && strcmp(term->name, other->name) == 0)
            ga_message_set(&add_fault(in, raw->terms.items[at].name.at)->what, "'%1' stands twice", term->name);
        else if (other->name != NULL && is_overlapping((struct ga_days){term->from, term->to},
                                                       (struct ga_days){other->from, other->to}))
            ga_message_set(&add_fault(in, raw->terms.items[at].days.from.at)->what, "%1 and %2 have days in common",
                           other->name, term->name);
    }
}

static int by_first_day(const void *left, const void *right)
{
    return ga_date_compare(((const struct ga_term *)left)->from, ((const struct ga_term *)right)->from);
}

/* A holiday that reaches into the next term: its days would be both. */
static void check_holidays_end(const struct reading *in, const struct raw_year *raw, const struct ga_config *config)
{
    for (size_t t = 0; t < config->terms_count; t++)
        for (size_t i = 0; i < config->terms[t].phases_count; i++) {
            const struct ga_phase *phase = &config->terms[t].phases[i];
            for (size_t k = 0; k < config->terms_count && phase->code != NULL && is_behind_term(phase->code); k++)
                if (k != t && is_overlapping((struct ga_days){phase->from, phase->to},
                                             (struct ga_days){config->terms[k].from, config->terms[k].to}))
                    ga_message_set(&add_fault(in, raw->terms.items[t].phases.items[i].days.to.at)->what,
                                   "'%1' goes on after the term %2 has begun", phase->code, config->terms[k].name);
        }
}

static void take_terms(const struct reading *in, const struct raw_year *raw, struct ga_config *config)
{
    config->terms_count = raw->terms.count;
    config->terms = ga_arena_array(in->arena, raw->terms.count, sizeof(*config->terms));
    for (size_t i = 0; i < raw->terms.count; i++) {
        const struct raw_term *from = &raw->terms.items[i];
        const struct ga_days days = read_span(in, &from->days, TERM_DAYS_MAX, GA_N_("the term begins after its end"),
                                              GA_N_("the term lasts for more than %1 days"));
        config->terms[i] = (struct ga_term){.name = from->name.text, .from = days.from, .to = days.to};
        check_term_name(in, from, days);
        check_term_once(in, raw, config, i);
        take_phases(in, from, &config->terms[i]);
    }
    check_holidays_end(in, raw, config);
    if (config->terms_count > 1)
        qsort(config->terms, config->terms_count, sizeof(*config->terms), by_first_day);
}

static void take_holidays(const struct reading *in, const struct raw_year *raw, struct ga_config *config)
{
    config->holidays_count = raw->holidays.count;
    config->holidays = ga_arena_array(in->arena, raw->holidays.count, sizeof(*config->holidays));
    for (size_t i = 0; i < raw->holidays.count; i++) {
        const struct raw_holiday *from = &raw->holidays.items[i];
        config->holidays[i].label = from->label;
        config->holidays[i].days = read_span(in, &from->days, HOLIDAY_DAYS_MAX, GA_N_("the holiday begins after its end"),
                                             GA_N_("the holiday lasts for more than %1 days"));
    }
}

static int by_day(const void *left, const void *right)
{
    return ga_date_compare(*(const struct ga_date *)left, *(const struct ga_date *)right);
}

static void take_school_days(const struct reading *in, const struct raw_year *raw, struct ga_config *config)
{
    const size_t count = raw->school_days.count;
    config->school_days = ga_arena_array(in->arena, count, sizeof(*config->school_days));
    for (size_t i = 0; i < count; i++)
        config->school_days[i] = read_day(in, &raw->school_days.items[i]);
    if (count > 1)
        qsort(config->school_days, count, sizeof(*config->school_days), by_day);
    for (size_t i = 0; i < count; i++) /* each once: they are counted */
        if (i == 0 || by_day(&config->school_days[i - 1], &config->school_days[i]) != 0)
            config->school_days[config->school_days_count++] = config->school_days[i];
}

void ga_config_take_year(struct ga_arena *arena, const struct raw_year *raw, const char *file,
                         struct ga_problems *problems, struct ga_config *config)
{
    const struct reading in = {arena, file, problems};
    take_terms(&in, raw, config);
    take_holidays(&in, raw, config);
    take_school_days(&in, raw, config);
}
