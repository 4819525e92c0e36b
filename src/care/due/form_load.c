/* Tells how many records a month a form makes. */
#include "guanai/care/form_load.h"

#include "due/due_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/form/children.h"
#include "guanai/store/roster.h"

#include <string.h>

enum { MONTHS = 10 }; /* of lessons in a school year */

/* What `a_year` is multiplied by. */
struct school {
    int64_t children, most, classes, teachers; /* left behind; in the class that has most; classes and teachers of such */
};

struct loading {
    struct ga_care *care;
    const struct ga_burden *burdens; /* a duty each */
    struct school school;
    int64_t *of_classes; /* what the form that is looked at makes in each class */
};

static int64_t share_of(int64_t whole, int64_t parts)
{
    return parts > 0 ? (whole + parts / 2) / parts : 0;
}

/* Has a class before this one the same teacher? Who has no teacher counts as one. */
static bool has_earlier(const char *const *teachers, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (teachers[at][0] != '\0' && strcmp(teachers[i], teachers[at]) == 0)
            return true;
    return false;
}

static enum ga_rc read_school(struct loading *l, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_roster_class *classes;
    size_t count = 0, owing = 0;
    const enum ga_rc rc = ga_store_classes(l->care->options.store, GA_ZH, arena, &classes, &count, err);
    if (rc != GA_OK)
        return rc;
    const char **teachers = ga_arena_array(arena, count + 1, sizeof(*teachers));
    for (size_t i = 0; i < count; i++) {
        const struct ga_roster_class *class = &classes[i];
        if (class->left_behind == 0)
            continue;
        const char *key = ga_due_class_key(arena, class->site, class->grade, class->class_no);
        teachers[owing] = ga_due_teacher_of(&l->care->decisions, key);
        l->school.teachers += !has_earlier(teachers, owing);
        l->school.children += class->left_behind;
        l->school.most = class->left_behind > l->school.most ? class->left_behind : l->school.most;
        owing++;
    }
    l->school.classes = (int64_t)owing;
    return GA_OK;
}

static bool closes(const struct ga_duty *duty, const struct ga_form *form)
{
    for (size_t i = 0; i < duty->done_by.count; i++)
        if (duty->done_by.items[i].of != NULL && strcmp(duty->done_by.items[i].of->name, form->name) == 0)
            return true;
    return false;
}

/* Where only some classes have it on, about their share. */
static int64_t part_of(const struct ga_burden *burden, int64_t records)
{
    return burden->is_on || burden->classes == 0 ? records
                                                 : share_of(records * (int64_t)burden->classes_on, (int64_t)burden->classes);
}

/* The class that has most of one duty need not have the other. */
static int64_t add_classes(const struct loading *l, const struct ga_burden *burden)
{
    int64_t most = 0;
    for (size_t i = 0; i < burden->all_classes; i++) {
        l->of_classes[i] += burden->of_classes != NULL ? burden->of_classes[i] : 0;
        most = l->of_classes[i] > most ? l->of_classes[i] : most;
    }
    return most;
}

static void add_duty(const struct loading *l, struct ga_form_load *load, const struct ga_duty *duty, const struct ga_burden *burden)
{
    load->by = GA_LOAD_DUTIES;
    load->duty = load->duty != NULL ? load->duty : duty;
    load->records += burden->records_now;
    load->class_average += part_of(burden, burden->class_average);
    load->class_most = add_classes(l, burden);
    load->teacher_average += part_of(burden, burden->teacher_average);
}

static void take_off(struct ga_form_load *load, const struct ga_duty *duty, const struct ga_burden *burden)
{
    if (load->by == GA_LOAD_DUTY_OFF && load->records >= burden->records)
        return;
    *load = (struct ga_form_load){GA_LOAD_DUTY_OFF, duty, burden->records, burden->class_average, burden->class_most,
                                  burden->teacher_average};
}

static void weigh_duties(const struct loading *l, const struct ga_form *form, struct ga_form_load *load)
{
    struct ga_form_load off = {0};
    for (size_t i = 0; l->care->duties.count > 0 && i < l->burdens[0].all_classes; i++)
        l->of_classes[i] = 0;
    for (size_t i = 0; i < l->care->duties.count; i++) {
        const struct ga_duty *duty = l->care->duties.items[i];
        const struct ga_burden *burden = &l->burdens[i];
        if (!burden->is_told || !closes(duty, form))
            continue;
        if (burden->is_on || burden->classes_on > 0)
            add_duty(l, load, duty, burden);
        else
            take_off(&off, duty, burden);
    }
    if (load->by == GA_LOAD_UNTOLD)
        *load = off;
}

static void weigh_a_year(const struct loading *l, const struct ga_form *form, struct ga_form_load *load)
{
    const struct school *school = &l->school;
    const bool is_child = form->of.text != NULL, is_class = !is_child && ga_form_children(form, NULL) != NULL;
    const int64_t subjects = is_child ? school->children : is_class ? school->classes : school->children > 0 ? 1 : 0;
    const int64_t most = is_child ? school->most : is_class && school->classes > 0 ? 1 : 0;
    const bool is_by_class = is_child || is_class;
    *load = (struct ga_form_load){.by = GA_LOAD_A_YEAR, .records = share_of(subjects * form->a_year, MONTHS),
                                  .class_most = share_of(most * form->a_year, MONTHS)};
    load->class_average = is_by_class ? share_of(subjects * form->a_year, school->classes * MONTHS) : 0;
    load->teacher_average = is_by_class ? share_of(subjects * form->a_year, school->teachers * MONTHS) : 0;
}

enum ga_rc ga_form_loads_read(struct ga_care *care, const struct ga_form *const *forms, size_t count, struct ga_arena *arena,
                              struct ga_form_load **ret_loads, struct ga_error *err)
{
    struct loading l = {.care = care};
    struct ga_burden *burdens = NULL;
    enum ga_rc rc = ga_burdens_read(care, NULL, arena, &burdens, err);
    l.burdens = burdens;
    if (rc == GA_OK)
        rc = read_school(&l, arena, err);
    if (rc != GA_OK)
        return rc;
    l.of_classes = ga_arena_array(arena, (care->duties.count > 0 ? burdens[0].all_classes : 0) + 1, sizeof(*l.of_classes));
    struct ga_form_load *loads = ga_arena_array(arena, count + 1, sizeof(*loads));
    for (size_t i = 0; i < count; i++) {
        loads[i] = (struct ga_form_load){0};
        weigh_duties(&l, forms[i], &loads[i]);
        if (loads[i].by == GA_LOAD_UNTOLD && forms[i]->a_year > 0)
            weigh_a_year(&l, forms[i], &loads[i]);
    }
    *ret_loads = loads;
    return GA_OK;
}
