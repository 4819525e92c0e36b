/* Holds what is needed to say what is owed. */
#include "due/due_past.h"
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/touched.h"

#include <stdlib.h>
#include <string.h>

enum ga_rc ga_care_create(const struct ga_care_options *options, struct ga_care **ret_care, struct ga_error *err)
{
    struct ga_care *care = ga_alloc(sizeof(*care));
    (void)err;
    care->options = *options;
    care->calendar = ga_calendar_of(options->config);
    care->shown_op = -1;
    care->span_children = GA_CARE_SPAN;
    ga_duties_init(&care->duties);
    ga_alarms_init(&care->alarms);
    ga_due_decisions_init(&care->decisions);
    ga_stmts_init(&care->stmts, ga_store_db(options->store), ga_due_sql, GA_DUE_SQL_COUNT);
    *ret_care = care;
    return GA_OK;
}

/* What hangs on the duties in force. */
static void forget(struct ga_care *care)
{
    ga_due_past_forget(care);
    ga_prio_destroy(care->prio);
    care->prio = NULL;
    ga_owes_close(care->owes);
    care->owes = NULL;
    ga_due_sources_finish(care);
    ga_alarms_forget(&care->alarms);
    ga_due_windows_finish(&care->windows);
    ga_due_places_finish(&care->places);
    ga_due_decisions_finish(&care->decisions);
    ga_due_decisions_init(&care->decisions);
    care->has_choices = false;
    care->viewed = (struct ga_care_shown){0};
    care->day = (struct ga_date){0};
    care->shown_op = -1;
}

void ga_care_destroy(struct ga_care *care)
{
    if (care == NULL)
        return;
    forget(care);
    ga_due_decisions_finish(&care->decisions);
    ga_stmts_finish(&care->stmts);
    ga_duties_finish(&care->duties);
    ga_alarms_finish(&care->alarms);
    free(care);
}

enum ga_rc ga_care_load(struct ga_care *care, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_duties duties;
    struct ga_alarm_rules alarms;
    forget(care);
    enum ga_rc rc = ga_duties_load(care->options.figures, &duties, problems, err);
    if (rc != GA_OK)
        return rc;
    ga_duties_finish(&care->duties);
    care->duties = duties;
    rc = ga_alarm_rules_load(care->options.figures, &alarms, problems, err);
    if (rc != GA_OK)
        return rc;
    ga_alarm_rules_finish(&care->alarms.rules);
    care->alarms.rules = alarms;
    return GA_OK;
}

const struct ga_duties *ga_care_duties(const struct ga_care *care)
{
    return &care->duties;
}

uint64_t ga_care_fingerprint(const struct ga_care *care)
{
    return care->fingerprint;
}

const struct ga_calendar *ga_care_calendar(const struct ga_care *care)
{
    return &care->calendar;
}

struct ga_store *ga_care_store(const struct ga_care *care)
{
    return care->options.store;
}

static void add_form(const struct ga_care *care, const char *name, struct ga_str *out)
{
    const struct ga_form *form = name == NULL ? NULL : ga_forms_get(ga_store_forms(care->options.store), name, NULL);
    if (form != NULL)
        ga_str_add_bytes(out, form->hash, sizeof(form->hash));
}

static void add_span(struct ga_str *out, struct ga_days days)
{
    ga_str_addf(out, "%d %d ", (int)ga_date_to_days(days.from), (int)ga_date_to_days(days.to));
}

static void add_text(struct ga_str *out, const char *text)
{
    ga_str_add(out, text != NULL ? text : "");
    ga_str_add_char(out, '\x1f');
}

static void add_terms(const struct ga_config *config, struct ga_str *out)
{
    for (size_t i = 0; i < config->terms_count; i++) {
        const struct ga_term *term = &config->terms[i];
        add_text(out, term->name);
        add_span(out, (struct ga_days){term->from, term->to});
        for (size_t k = 0; k < term->phases_count; k++) {
            add_text(out, term->phases[k].code);
            add_span(out, (struct ga_days){term->phases[k].from, term->phases[k].to});
        }
    }
}

static void add_sites(const struct ga_config *config, struct ga_str *out)
{
    for (size_t i = 0; i < config->sites_count; i++) {
        const struct ga_site *site = &config->sites[i];
        add_text(out, site->code);
        add_text(out, site->label.zh);
        add_text(out, site->label.en);
        ga_str_addf(out, "%d ", site->is_without_room);
        for (size_t k = 0; k < site->aka_count; k++)
            add_text(out, site->aka[k]);
    }
}

void ga_due_add_config(const struct ga_config *config, struct ga_str *out)
{
    ga_str_addf(out, "%d ", config->is_rural);
    add_terms(config, out);
    ga_str_add(out, "off ");
    for (size_t i = 0; i < config->holidays_count; i++)
        add_span(out, config->holidays[i].days);
    ga_str_add(out, "lessons ");
    for (size_t i = 0; i < config->school_days_count; i++)
        add_span(out, (struct ga_days){config->school_days[i], config->school_days[i]});
    add_sites(config, out);
}

static void add_alarms(const struct ga_care *care, struct ga_str *out)
{
    const struct ga_alarm_rules *rules = &care->alarms.rules;
    for (size_t i = 0; i < rules->count; i++) {
        ga_alarm_rule_content(rules->items[i], out);
        for (size_t k = 0; k < rules->items[i]->records.count; k++)
            add_form(care, rules->items[i]->records.items[k].form.text, out);
    }
}

/* All that the tables hang on but records and the day: duties, alarms, definitions, the forms they read, the configuration. */
static uint64_t fingerprint_of(const struct ga_care *care)
{
    static const char *const forms[] = {"child", "status_change", "pairing", "duty_choice", "duty_outcome", "place_outcome", GA_DUE_PAUSE,
                                        "class_teacher", GA_DUE_WATCH};
    const struct ga_definitions *definitions = ga_figures_definitions(care->options.figures);
    struct ga_str text = {0};
    ga_str_addf(&text, "%d ", GA_CARE_EDITION);
    ga_due_add_config(care->options.config, &text);
    for (size_t i = 0; i < definitions->count; i++)
        ga_definition_content(definitions->items[i], &text);
    for (size_t i = 0; i < GA_COUNT(forms); i++)
        add_form(care, forms[i], &text);
    for (size_t d = 0; d < care->duties.count; d++) {
        ga_duty_content(care->duties.items[d], &text);
        for (size_t i = 0; i < care->duties.items[d]->done_by.count; i++)
            add_form(care, care->duties.items[d]->done_by.items[i].form.text, &text);
    }
    add_alarms(care, &text);
    const uint64_t hash = ga_map_hash(ga_str_text(&text), text.len);
    ga_str_finish(&text);
    return hash;
}

bool ga_due_has_place_duties(const struct ga_care *care)
{
    for (size_t d = 0; d < care->duties.count; d++)
        if (care->is_on[d] && care->duties.items[d]->per != GA_PER_CHILD)
            return true;
    return false;
}

/* Records dated before the archive began show as done; nothing before is missed. Clocks may have been wrong. */
enum ga_rc ga_due_find_begin(struct ga_care *care, struct ga_error *err)
{
    struct ga_date day;
    enum ga_rc rc = ga_store_first_day(care->options.store, &day, err);
    if (rc != GA_OK)
        return rc;
    care->begin = care->first_day = ga_date_to_days(day);
    if (care->begin < care->windows.from)
        care->begin = care->windows.from;
    return GA_OK;
}

enum ga_rc ga_due_day_begin(struct ga_care *care, struct ga_date today, struct ga_error *err)
{
    ga_due_windows_make(&care->windows, &care->calendar, &care->duties, today);
    care->fingerprint = fingerprint_of(care) >> 1; /* fits SQLite's signed numbers */
    care->day = today;
    care->shown_op = -1;
    care->has_choices = false;
    return ga_due_find_begin(care, err);
}

bool ga_care_is_on(struct ga_care *care, size_t duty, const struct ga_roster_class *class_of, struct ga_date day)
{
    struct ga_arena arena = {0};
    ga_care_follow(care, NULL);
    const char *key = class_of == NULL
                          ? NULL
                          : ga_due_class_key(&arena, class_of->site, class_of->grade, class_of->class_no);
    const bool is_on = ga_due_is_on(&care->decisions, care->duties.items[duty], duty, key, ga_date_to_days(day));
    ga_arena_finish(&arena);
    return is_on;
}
