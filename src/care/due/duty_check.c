/* Checks what a duty says against the forms and the definitions. */
#include "expression.h"
#include "festival.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

/* Keys that go with some periods only. */
enum often { OF = 1, DAYS = 2, BEFORE = 4, AFTER = 8, GRACE = 16, HOLIDAYS = 32, EVENT = 64, STAYS = 128 };

static const char *const often_keys[] = {"of", "days", "before", "after", "grace", "holidays", "event", "stays"};

static const struct {
    const char *name;
    unsigned needs, takes;
} periods[] = {
    [GA_PERIOD_WEEK] = {"week", 0, BEFORE | GRACE | HOLIDAYS},
    [GA_PERIOD_MONTH] = {"month", 0, BEFORE | GRACE | HOLIDAYS},
    [GA_PERIOD_TERM] = {"term", 0, BEFORE | GRACE},
    [GA_PERIOD_PHASE] = {"phase", OF, OF | BEFORE | GRACE | HOLIDAYS},
    [GA_PERIOD_YEAR] = {"year", 0, BEFORE | GRACE},
    [GA_PERIOD_FESTIVAL] = {"festival", OF, OF | BEFORE | AFTER | GRACE | HOLIDAYS},
    [GA_PERIOD_EVERY] = {"every", DAYS, DAYS | GRACE | HOLIDAYS},
    [GA_PERIOD_AFTER] = {"after", DAYS | EVENT, DAYS | EVENT | GRACE | HOLIDAYS | STAYS},
};

static const char *const phases[] = {"start", "middle", "end", "winter", "summer", "before_winter", "before_summer"};

struct checking {
    struct ga_expressions *expressions;
    struct ga_duty *duty;
    struct ga_arena *arena;
};

static struct ga_problem *add_at(const struct checking *c, enum ga_severity severity, const struct ga_yaml_at *at)
{
    return ga_problems_add(c->expressions->problems, severity, c->duty->file, at->line, at->column);
}

static void hint(const char *near, struct ga_problem *problem)
{
    if (near != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", near);
}

static unsigned said_of(const struct ga_duty *duty)
{
    const struct ga_duty_often *often = &duty->often;
    return (often->of.count > 0 ? OF : 0u) | (often->days >= 0 ? DAYS : 0u) | (often->before >= 0 ? BEFORE : 0u) |
           (often->after >= 0 ? AFTER : 0u) | (often->grace >= 0 ? GRACE : 0u) |
           (often->is_in_holidays ? HOLIDAYS : 0u) | (duty->event.text != NULL ? EVENT : 0u) |
           (often->is_staying ? STAYS : 0u);
}

static void check_keys(const struct checking *c)
{
    const struct ga_duty *duty = c->duty;
    const unsigned said = said_of(duty), needs = periods[duty->often.period].needs, takes = periods[duty->often.period].takes;
    for (size_t i = 0; i < GA_COUNT(often_keys); i++) {
        if (needs & ~said & 1u << i)
            ga_message_set(&add_at(c, GA_FAULT, &duty->at)->what, "period: %1 needs the key '%2'",
                           periods[duty->often.period].name, often_keys[i]);
        if (said & ~takes & 1u << i)
            ga_message_set(&add_at(c, GA_FAULT, &duty->at)->what, "the key '%1' does not go with period: %2",
                           often_keys[i], periods[duty->often.period].name);
    }
}

static void check_phase(const struct checking *c, const struct ga_yaml_text *code)
{
    for (size_t i = 0; i < GA_COUNT(phases); i++)
        if (strcmp(phases[i], code->text) == 0)
            return;
    struct ga_problem *problem = add_at(c, GA_FAULT, &code->at);
    ga_message_set(&problem->what, "there is no phase '%1'", code->text);
    hint(ga_yaml_suggest(code->text, phases, GA_COUNT(phases)), problem);
}

static void check_festival(const struct checking *c, const struct ga_yaml_text *code)
{
    enum { ANY_YEAR = 2026 };
    struct ga_yaml_guess guess;
    struct ga_festival festival;
    ga_yaml_guess_start(&guess, code->text);
    for (size_t i = 0; i < GA_FESTIVALS; i++)
        if (ga_festival_of(i, ANY_YEAR, &festival)) {
            if (strcmp(festival.code, code->text) == 0)
                return;
            ga_yaml_guess_offer(&guess, festival.code);
        }
    struct ga_problem *problem = add_at(c, GA_FAULT, &code->at);
    ga_message_set(&problem->what, "there is no festival '%1'", code->text);
    hint(guess.best, problem);
}

static int at_least_0(int64_t number)
{
    return number < 0 ? 0 : (int)number;
}

static void make_cadence(const struct checking *c)
{
    struct ga_duty *duty = c->duty;
    const struct ga_duty_often *often = &duty->often;
    const char **of = ga_arena_array(c->arena, often->of.count + 1, sizeof(*of));
    for (size_t i = 0; i < often->of.count; i++)
        of[i] = often->of.items[i].text;
    duty->cadence = (struct ga_cadence){
        .period = (enum ga_period)often->period,
        .of = of,
        .of_count = often->of.count,
        .days = at_least_0(often->days),
        .before = at_least_0(often->before),
        .after = at_least_0(often->after),
        .grace_days = at_least_0(often->grace),
        .is_staying = often->is_staying,
        .is_in_holidays = often->is_in_holidays,
    };
}

static void check_often(const struct checking *c)
{
    const struct ga_duty_often *often = &c->duty->often;
    check_keys(c);
    for (size_t i = 0; i < often->of.count; i++)
        if (often->period == GA_PERIOD_PHASE)
            check_phase(c, &often->of.items[i]);
        else if (often->period == GA_PERIOD_FESTIVAL)
            check_festival(c, &often->of.items[i]);
    make_cadence(c);
}

static void check_owner(const struct checking *c)
{
    struct ga_duty *duty = c->duty;
    if (duty->owner == GA_OWNER_UNSAID)
        duty->owner = duty->per == GA_PER_CHILD   ? GA_OWNER_PROXY
                      : duty->per == GA_PER_CLASS ? GA_OWNER_CLASS
                                                  : GA_OWNER_HEADTEACHER;
    else if ((duty->owner == GA_OWNER_PROXY || duty->owner == GA_OWNER_PLAN) && duty->per != GA_PER_CHILD)
        ga_message_set(&add_at(c, GA_FAULT, &duty->at)->what, "owner: %1 goes with per: %2 only",
                       duty->owner == GA_OWNER_PLAN ? "plan" : "proxy", "child");
    else if (duty->owner == GA_OWNER_CLASS && duty->per > GA_PER_CLASS)
        ga_message_set(&add_at(c, GA_FAULT, &duty->at)->what, "owner: %1 goes with per: %2 only", "class", "child, class");
}

/* A form that is not installed is a note: the rest of the duty works. NULL: there is none. */
static const struct ga_form *find_form(const struct checking *c, const char *name, const struct ga_yaml_at *at,
                                       const char *sentence)
{
    struct ga_forms *forms = c->expressions->forms;
    const struct ga_form *form = ga_forms_get(forms, name, NULL);
    if (form != NULL)
        return form;
    struct ga_problem *problem = add_at(c, GA_NOTE, at);
    ga_message_set(&problem->what, sentence, name);
    hint(ga_yaml_suggest(name, forms->names, forms->names_count), problem);
    return NULL;
}

static const struct ga_field *find_field(const struct checking *c, const struct ga_form *form,
                                         const struct ga_yaml_at *at, const char *name)
{
    const struct ga_field *field = ga_expression_field(form, name);
    if (field != NULL)
        return field;
    struct ga_problem *problem = add_at(c, GA_FAULT, at);
    ga_message_set(&problem->what, "form '%1' has no field '%2'", form->name, name);
    ga_expression_guess(form, name, "", problem);
    return NULL;
}

/* A month is not enough: a day falls into a window or does not. */
static const struct ga_field *find_date(const struct checking *c, const struct ga_form *form,
                                        const struct ga_yaml_at *at, const char *name)
{
    const struct ga_field *field = find_field(c, form, at, name);
    if (field == NULL || (strcmp(field->type->name, "date") == 0 && field->precision == GA_PRECISION_DAY))
        return field;
    ga_message_set(&add_at(c, GA_FAULT, at)->what, "'%1' is no date to the day", name);
    return NULL;
}

static const struct ga_field *child_in(const struct ga_field *repeat)
{
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].type_name.text, "record") == 0 &&
            ga_str_equal(repeat->fields.items[i].of.text, "child"))
            return &repeat->fields.items[i];
    return NULL;
}

static void check_children(const struct checking *c, struct ga_duty_done *done)
{
    if (done->children.text == NULL)
        return;
    const struct ga_field *repeat = ga_form_field(done->of, done->children.text);
    done->child_field = repeat == NULL || repeat->parent != NULL ? NULL : child_in(repeat);
    done->repeat = done->child_field == NULL ? NULL : repeat;
    if (done->repeat == NULL)
        ga_message_set(&add_at(c, GA_FAULT, &done->children.at)->what,
                       "'%1' is no repeat of form '%2' whose rows name children", done->children.text, done->of->name);
}

/* The field by which a record tells its class or site. */
static void check_place(const struct checking *c, const struct ga_duty_done *done, const struct ga_yaml_text *field,
                        int per, const char *key)
{
    if (field->text == NULL)
        return;
    if (c->duty->per != per && !(per == GA_PER_SITE && c->duty->per == GA_PER_ROOM))
        ga_message_set(&add_at(c, GA_FAULT, &field->at)->what, "the key '%1' goes with per: %1 only", key);
    else
        find_field(c, done->of, &field->at, field->text);
}

static void check_whose(const struct checking *c, const struct ga_duty_done *done)
{
    const bool names_children = ga_str_equal(done->of->of.text, "child") || done->children.text != NULL;
    const struct ga_duty *duty = c->duty;
    if (names_children || duty->per < 0 || duty->per == GA_PER_SCHOOL || (duty->per == GA_PER_CLASS && done->class.text != NULL) ||
        (ga_duty_is_of_sites(duty) && done->site.text != NULL))
        return;
    struct ga_problem *problem = add_at(c, GA_FAULT, &done->form.at);
    ga_message_set(&problem->what, "the records of form '%1' do not tell whose they are", done->of->name);
    ga_message_set(&problem->hint, "name the repeat with the children (children:), the field with the class (class:) or "
                                   "the site (site:)");
}

static void check_done(struct checking *c, struct ga_duty_done *done)
{
    if (done->form.text == NULL)
        return;
    done->of = find_form(c, done->form.text, &done->form.at, "form '%1' is not installed: it closes nothing");
    if (done->of == NULL)
        return;
    if (done->on.text != NULL)
        find_date(c, done->of, &done->on.at, done->on.text);
    check_children(c, done);
    check_place(c, done, &done->class, GA_PER_CLASS, "class");
    check_place(c, done, &done->site, GA_PER_SITE, "site");
    check_whose(c, done);
    ga_expression_check_record(c->expressions, done->of, &done->when);
    ga_expression_check_record(c->expressions, done->of, &done->tried);
}

/* `talk.talked_on`: each record is an event. Everything else is an expression. */
static bool is_form_field(const char *event, char form[64], const char **ret_field)
{
    const char *dot = strchr(event, '.');
    if (dot == NULL || dot == event || dot - event >= 64)
        return false;
    ga_str_copy(form, (size_t)(dot - event) + 1, event);
    *ret_field = dot + 1;
    return ga_yaml_is_name(form) && ga_yaml_is_name(dot + 1) && strcmp(form, "child") != 0 &&
           strcmp(form, "changed") != 0 && strcmp(form, "who") != 0;
}

static void check_event(struct checking *c)
{
    struct ga_duty *duty = c->duty;
    const struct ga_yaml_at *at = &duty->event.at;
    char form[64];
    const char *field;
    if (duty->event.text == NULL || duty->often.period != GA_PERIOD_AFTER)
        return;
    duty->is_event_of_form = is_form_field(duty->event.text, form, &field);
    if (!duty->is_event_of_form) {
        ga_expression_check(c->expressions, &duty->event, 0);
        return;
    }
    duty->event_form = find_form(c, form, at, "form '%1' is not installed: nothing happens after it");
    if (duty->event_form == NULL)
        return;
    if (!ga_str_equal(duty->event_form->of.text, "child"))
        ga_message_set(&add_at(c, GA_FAULT, at)->what, "the records of form '%1' are not of one child", form);
    duty->event_field = find_date(c, duty->event_form, at, field);
}

static void check_all(struct checking *c)
{
    struct ga_duty *duty = c->duty;
    if (duty->often.period >= 0) /* else it was said that it is missing */
        check_often(c);
    if (duty->per >= 0)
        check_owner(c);
    ga_expression_check(c->expressions, &duty->when, 0);
    check_event(c);
    for (size_t i = 0; i < duty->done_by.count; i++)
        check_done(c, &duty->done_by.items[i]);
}

void ga_duty_check(struct ga_duty *duty, const struct ga_definitions *definitions, struct ga_expressions *expressions,
                   struct ga_arena *arena, struct ga_problems *problems)
{
    struct checking c = {.expressions = expressions, .duty = duty, .arena = arena};
    const struct ga_expression_scope scope = {.who = definitions};
    if (ga_expressions_begin(expressions, &scope, duty->file, problems))
        check_all(&c);
}
