/* Holds what the board of priorities needs between two looks. */
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/touched.h"

#include <stdlib.h>

/* Who counts, whose share, which need: asked of children as duties are. */
static void make_questions(struct ga_prio *prio)
{
    const struct ga_priorities *rule = prio->rule;
    size_t count = 2;
    prio->questions = ga_alloc_array(2 + rule->needs.count, sizeof(*prio->questions));
    prio->questions[0].when = rule->who;
    prio->questions[1].when = rule->share;
    for (size_t i = 0; i < rule->needs.count; i++)
        if (rule->needs.items[i].form.text == NULL) {
            prio->need_of[count] = (uint8_t)i;
            prio->questions[count++].when = rule->needs.items[i].when;
        }
    for (size_t i = 0; i < count; i++) {
        prio->questions[i].cadence.period = GA_PERIOD_MONTH;
        prio->asked.items[i] = &prio->questions[i];
    }
    prio->asked.count = count;
}

void ga_prio_destroy(struct ga_prio *prio)
{
    if (prio == NULL)
        return;
    ga_owes_close(prio->owes);
    ga_prio_sources_finish(prio);
    free(prio->questions);
    ga_priority_set_finish(&prio->set);
    ga_arena_finish(&prio->arena);
    free(prio);
}

static enum ga_rc make(struct ga_care *care, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_problems unsaid;
    struct ga_prio *prio = ga_alloc(sizeof(*prio));
    prio->care = care;
    prio->shown_op = -1;
    ga_priority_set_init(&prio->set);
    ga_problems_init(&unsaid);
    enum ga_rc rc = ga_priorities_load(care->options.figures, &prio->set, problems != NULL ? problems : &unsaid, err);
    ga_problems_finish(&unsaid);
    if (rc == GA_OK && prio->set.item == NULL)
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no file of priorities; it lies in forms/priorities");
    prio->rule = prio->set.item;
    if (rc == GA_OK) {
        make_questions(prio);
        ga_prio_sources_list(prio);
        rc = ga_owes_open(care->options.figures, &prio->asked, &prio->owes, err);
    }
    if (rc == GA_OK)
        care->prio = prio;
    else
        ga_prio_destroy(prio);
    return rc;
}

enum ga_rc ga_prio_of(struct ga_care *care, struct ga_problems *problems, struct ga_prio **ret_prio, struct ga_error *err)
{
    enum ga_rc rc = care->prio == NULL ? make(care, problems, err) : GA_OK;
    if (rc == GA_OK)
        *ret_prio = care->prio;
    return rc;
}

enum ga_rc ga_care_priorities(struct ga_care *care, struct ga_problems *problems, const struct ga_priorities **ret_rule,
                              struct ga_error *err)
{
    struct ga_prio *prio;
    enum ga_rc rc = ga_prio_of(care, problems, &prio, err);
    if (rc == GA_OK)
        *ret_rule = prio->rule;
    return rc;
}

static void add_form(const struct ga_form *form, struct ga_str *out)
{
    if (form != NULL)
        ga_str_add_bytes(out, form->hash, sizeof(form->hash));
}

/* All that the table hangs on but records and the day. */
static uint64_t fingerprint_of(const struct ga_prio *prio)
{
    const struct ga_care *care = prio->care;
    const struct ga_definitions *definitions = ga_figures_definitions(care->options.figures);
    static const char *const forms[] = {"child", "status_change"};
    struct ga_str text = {0};
    ga_str_addf(&text, "%d ", GA_PRIO_EDITION);
    ga_due_add_config(care->options.config, &text);
    for (size_t i = 0; i < definitions->count; i++)
        ga_definition_content(definitions->items[i], &text);
    for (size_t i = 0; i < GA_COUNT(forms); i++)
        add_form(ga_forms_get(ga_store_forms(care->options.store), forms[i], NULL), &text);
    ga_priorities_content(prio->rule, &text);
    for (size_t i = 0; i < prio->sources_count; i++)
        add_form(prio->sources[i].rule->of, &text);
    const uint64_t hash = ga_map_hash(ga_str_text(&text), text.len);
    ga_str_finish(&text);
    return hash >> 1; /* fits SQLite's signed numbers */
}

/* From 1 September of the last school year on. */
enum ga_rc ga_prio_day_begin(struct ga_prio *prio, struct ga_error *err)
{
    enum { SEPTEMBER = 9 };
    const struct ga_date today = ga_store_today(prio->care->options.store);
    struct ga_date day = {(int16_t)(today.year - (today.month >= SEPTEMBER ? 1 : 2)), SEPTEMBER, 1}, first;
    enum ga_rc rc = ga_store_first_day(prio->care->options.store, &first, err);
    if (rc != GA_OK)
        return rc;
    prio->from = ga_date_to_days(day);
    prio->today = ga_date_to_days(today);
    prio->first_day = ga_date_to_days(first);
    for (prio->months = 0; prio->months < GA_PRIO_MONTHS_MAX && ga_date_compare(day, today) <= 0; prio->months++) {
        const struct ga_date end = ga_days_of_month(day).to;
        prio->ends[prio->months] = ga_date_compare(end, today) < 0 ? end : today;
        day = ga_date_add_months(day, 1);
    }
    ga_arena_reset(&prio->arena);
    prio->tally = ga_school_tally_make(&prio->care->calendar, (struct ga_days){ga_date_from_days(prio->from), today}, &prio->arena);
    prio->fingerprint = fingerprint_of(prio);
    prio->day = today;
    prio->shown_op = -1;
    return GA_OK;
}
