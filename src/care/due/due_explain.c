/* Says why something is owed. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

const char *const ga_due_codes[GA_DUE_STATE_COUNT] = {
    [GA_DUE_DONE] = "done",     [GA_DUE_DONE_LATE] = "done_late", [GA_DUE_OPEN] = "open",       [GA_DUE_LATE] = "late",
    [GA_DUE_MISSED] = "missed", [GA_DUE_COMING] = "coming",       [GA_DUE_EXCUSED] = "excused", [GA_DUE_RESTS] = "rests",
};

const char *const ga_due_words[GA_DUE_STATE_COUNT] = {
    [GA_DUE_DONE] = GA_N_("done"),
    [GA_DUE_DONE_LATE] = GA_N_("done, late"),
    [GA_DUE_OPEN] = GA_N_("may be done now"),
    [GA_DUE_LATE] = GA_N_("late"),
    [GA_DUE_MISSED] = GA_N_("missed"),
    [GA_DUE_COMING] = GA_N_("not yet time"),
    [GA_DUE_EXCUSED] = GA_N_("excused"),
    [GA_DUE_RESTS] = GA_N_("rests"),
};

struct explaining {
    struct ga_care *care;
    const struct ga_due *due;
    enum ga_lang lang;
    struct ga_arena *arena;
    struct ga_vec lines; /* const char * */
};

static void say(struct explaining *e, const struct ga_message *message)
{
    char buf[1024];
    *(const char **)ga_vec_push(&e->lines) =
        ga_arena_strdup(e->arena, ga_message_text(message, e->lang, buf, sizeof(buf)));
}

#define SAY(e, ...)                                                                                                   \
    do {                                                                                                              \
        struct ga_message said;                                                                                       \
        ga_message_set(&said, __VA_ARGS__);                                                                           \
        say((e), &said);                                                                                              \
    } while (0)

static const char *day_text(struct explaining *e, struct ga_date day)
{
    char buf[GA_DATE_SIZE];
    return ga_arena_strdup(e->arena, ga_date_text(day, e->lang, buf));
}

static void say_rule(struct explaining *e, const struct ga_duty *duty)
{
    const char *title = ga_label_text(&duty->title, e->lang);
    const char *when = e->due->window.label[0] == '\0'
                           ? ""
                           : ga_window_text(&e->care->calendar, e->due->window.label, e->lang, e->arena);
    *(const char **)ga_vec_push(&e->lines) =
        when[0] == '\0' ? title : ga_arena_printf(e->arena, e->lang == GA_ZH ? "%s　%s" : "%s, %s", title, when);
    if (duty->why.zh != NULL)
        *(const char **)ga_vec_push(&e->lines) = ga_label_text(&duty->why, e->lang);
}

/* The definition that alone decides who owes it; NULL: something else does. */
static const struct ga_definition *definition_of(const struct explaining *e, const struct ga_duty *duty)
{
    static const char PREFIX[] = "who.";
    const struct ga_definitions *set = ga_figures_definitions(e->care->options.figures);
    const char *when = duty->when.text;
    const int at = when != NULL && strncmp(when, PREFIX, sizeof(PREFIX) - 1) == 0 ? ga_definitions_find(set, when + sizeof(PREFIX) - 1) : -1;
    return at < 0 ? NULL : set->items[at];
}

/* What made it owed of just this one. */
static void say_facts(struct explaining *e, const struct ga_duty *duty)
{
    static const char KEY_CHILD[] = "child.key_child = 1";
    const struct ga_due *due = e->due;
    const struct ga_definition *definition = definition_of(e, duty);
    if (definition != NULL && duty->per == GA_PER_CHILD)
        SAY(e, "Owed because the child counts as left behind: “%1”", ga_label_text(&definition->title, e->lang));
    else if (definition != NULL)
        SAY(e, "Owed while there are left-behind children here: “%1”", ga_label_text(&definition->title, e->lang));
    else if (duty->when.text != NULL && strncmp(duty->when.text, KEY_CHILD, sizeof(KEY_CHILD) - 1) == 0)
        SAY(e, "Owed because the child is a key child (★)");
    if (duty->cadence.period == GA_PERIOD_AFTER && due->outcome == 0)
        SAY(e, "Counted from %1", day_text(e, due->window.opens));
    else if (duty->cadence.period == GA_PERIOD_EVERY && due->outcome == 0)
        SAY(e, "Counted from %1", day_text(e, ga_date_add_days(due->window.opens, -1)));
}

static void say_time(struct explaining *e)
{
    const struct ga_due *due = e->due;
    const char *last = day_text(e, due->window.due_on);
    switch (due->state) {
    case GA_DUE_OPEN:
        SAY(e, "May be done now, at the latest on %1", last);
        break;
    case GA_DUE_LATE:
        SAY(e, "Was to be done by %1: %2 days late; may still be done", last, GA_NUM(due->days_late));
        break;
    case GA_DUE_MISSED:
        SAY(e, "Was to be done by %1; its time is over", last);
        break;
    case GA_DUE_COMING:
        SAY(e, "May be done from %1 on, at the latest on %2", day_text(e, due->window.begins), last);
        break;
    case GA_DUE_EXCUSED:
        if (due->is_confirmed)
            SAY(e, "A reason was given and confirmed");
        else
            SAY(e, "A reason was given; the headteacher has not confirmed it yet");
        break;
    case GA_DUE_RESTS:
        SAY(e, "Rests: the child has left, or is away");
        break;
    default:
        SAY(e, "Was to be done by %1", last);
        break;
    }
}

static void say_records(struct explaining *e)
{
    const struct ga_due *due = e->due;
    if (due->done > 0)
        SAY(e, "Done %1 of %2, last on %3", GA_NUM(due->done), GA_NUM(due->needed), day_text(e, due->done_on));
    if (due->tries > 0)
        SAY(e, "Tried %1 times without reaching anybody", GA_NUM(due->tries));
    if (due->done < due->needed && due->needed > 1)
        SAY(e, "%1 are needed, %2 are done", GA_NUM(due->needed), GA_NUM(due->done));
}

static void say_forms(struct explaining *e, const struct ga_duty *duty)
{
    struct ga_str names = {0};
    for (size_t i = 0; i < duty->done_by.count; i++) {
        const struct ga_duty_done *done = &duty->done_by.items[i];
        const struct ga_form *form = ga_forms_get(ga_store_forms(e->care->options.store), done->form.text, NULL);
        if (form == NULL)
            continue;
        ga_str_add(&names, names.len == 0 ? "" : e->lang == GA_ZH ? "、" : ", ");
        ga_str_add(&names, ga_label_text(&form->title, e->lang));
    }
    if (names.len > 0)
        SAY(e, "A record of %1 dated in that time closes it, whenever it is typed", ga_str_text(&names));
    if (e->due->owner[0] != '\0')
        SAY(e, "Whose it is: %1", e->due->owner);
    ga_str_finish(&names);
}

enum ga_rc ga_due_explain(struct ga_care *care, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena,
                          const char *const **ret_lines, size_t *ret_count, struct ga_error *err)
{
    struct explaining e = {.care = care, .due = due, .lang = lang, .arena = arena};
    if (due->duty >= care->duties.count)
        return ga_error_set(err, GA_NOT_FOUND, "this duty is no longer in force");
    const struct ga_duty *duty = care->duties.items[due->duty];
    ga_vec_init(&e.lines, sizeof(const char *));
    say_rule(&e, duty);
    say_facts(&e, duty);
    say_time(&e);
    say_records(&e);
    say_forms(&e, duty);
    const char **lines = ga_arena_array(arena, e.lines.len + 1, sizeof(*lines));
    for (size_t i = 0; i < e.lines.len; i++)
        lines[i] = *GA_VEC_AT(const char *const, &e.lines, i);
    *ret_lines = lines;
    *ret_count = e.lines.len;
    ga_vec_finish(&e.lines);
    return GA_OK;
}
