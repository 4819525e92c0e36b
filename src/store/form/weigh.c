/* Tells what a changed form would do to the records that are there. */
#include "guanai/store/weigh.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/change.h"
#include "guanai/form/rules.h"
#include "guanai/form/type.h"
#include "private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 2 * GA_OPERATION_ID_MAX + 2 };

/* A record and what its rules look at, as one set of forms sees it. */
struct side {
    struct ga_forms *forms;
    const struct ga_form *form, *child; /* child: of its parent; NULL when it has none */
    struct ga_rules *rules;
    struct ga_answers record, parent;
    bool has_record, has_parent;
    struct ga_vec misfits;  /* const char *, in the record's arena: "field" or "repeat.field" */
    struct ga_vec findings; /* struct ga_finding */
};

struct weighing {
    struct ga_store *store;
    struct side before, after;
    struct ga_weighing *result;
    struct ga_vec seen; /* size_t per effect: the record it was counted for last */
    size_t records;
    struct ga_uuid id;
};

static void start_side(struct side *side, struct ga_forms *forms, const struct ga_form *form)
{
    *side = (struct side){.forms = forms, .form = form};
    ga_vec_init(&side->misfits, sizeof(const char *));
    ga_vec_init(&side->findings, sizeof(struct ga_finding));
    if (form->of.text != NULL)
        side->child = ga_forms_get(forms, form->of.text, NULL);
}

static void forget_record(struct side *side)
{
    if (side->has_record)
        ga_answers_finish(&side->record);
    if (side->has_parent)
        ga_answers_finish(&side->parent);
    side->has_record = side->has_parent = false;
    ga_vec_clear(&side->misfits);
    ga_vec_clear(&side->findings);
}

static void finish_side(struct side *side)
{
    forget_record(side);
    ga_vec_finish(&side->misfits);
    ga_vec_finish(&side->findings);
    ga_rules_destroy(side->rules);
}

/* The fold names a row's field "repeat/UUID.field": which row it is does not matter here. */
static void note_misfit(void *ctx, const char *name, const struct ga_operation_value *value)
{
    (void)value;
    struct side *side = ctx;
    const char *slash = strchr(name, '/'), *dot = slash == NULL ? NULL : strchr(slash, '.');
    if (dot != NULL && (dot[1] == '_' || strcmp(dot, ".position") == 0))
        return; /* the row's own, nobody typed it */
    *(const char **)ga_vec_push(&side->misfits) =
        dot == NULL ? ga_arena_strdup(&side->record.arena, name)
                    : ga_arena_printf(&side->record.arena, "%.*s%s", (int)(slash - name), name, dot);
}

/* Operations of one record, folded. */
struct folded {
    struct ga_fold_head *heads;
    size_t count;
};

static enum ga_rc fold_record(struct ga_store *store, int64_t no, struct ga_arena *arena, struct folded *ret_folded,
                              struct ga_error *err)
{
    struct ga_log_op *ops;
    size_t count;
    enum ga_rc rc = ga_log_of_record(store, no, arena, &ops, &count, err);
    *ret_folded = (struct folded){0};
    if (rc == GA_OK && count > 0)
        ga_fold(ops, count, arena, &ret_folded->heads, &ret_folded->count);
    return rc;
}

static enum ga_rc look(struct side *side, const struct folded *record, const struct folded *parent,
                       struct ga_error *err)
{
    side->has_record = true;
    ga_answers_init(&side->record, side->form);
    ga_fold_answers(record->heads, record->count, &side->record, note_misfit, side);
    if (side->child != NULL) {
        side->has_parent = true;
        ga_answers_init(&side->parent, side->child);
        ga_fold_answers(parent->heads, parent->count, &side->parent, NULL, NULL);
    }
    const struct ga_rule_place place = {.record = &side->record, .child = side->has_parent ? &side->parent : NULL};
    return ga_rules_check(side->rules, &place, GA_CHECK_IMPORT, &side->findings, err);
}

static struct ga_effect *effect_of(struct weighing *w, enum ga_effect_kind kind, const char *field)
{
    struct ga_vec *effects = &w->result->effects;
    size_t at = 0;
    for (; at < effects->len; at++) {
        struct ga_effect *effect = GA_VEC_AT(struct ga_effect, effects, at);
        if (effect->kind == kind && strcmp(effect->field, field) == 0)
            return effect;
        if (effect->kind > kind)
            break;
    }
    struct ga_effect *effect = ga_vec_insert(effects, at);
    *(size_t *)ga_vec_insert(&w->seen, at) = 0;
    *effect = (struct ga_effect){
        .kind = kind, .field = ga_arena_strdup(&w->result->arena, field), .example = w->id};
    return effect;
}

/* Once for each record, however many rows are concerned. */
static void count_effect(struct weighing *w, enum ga_effect_kind kind, const char *field)
{
    struct ga_effect *effect = effect_of(w, kind, field);
    size_t *seen = ga_vec_at(&w->seen, (size_t)(effect - (struct ga_effect *)w->result->effects.items));
    if (*seen == w->records)
        return;
    *seen = w->records;
    effect->records++;
}

static const char *full_name(const struct ga_field *field, char name[NAME_SIZE])
{
    if (field->parent == NULL)
        return field->name;
    snprintf(name, NAME_SIZE, "%s.%s", field->parent->name, field->name);
    return name;
}

static bool has_misfit(const struct side *side, const char *name)
{
    for (size_t i = 0; i < side->misfits.len; i++)
        if (strcmp(*GA_VEC_AT(const char *, &side->misfits, i), name) == 0)
            return true;
    return false;
}

static void compare_misfits(struct weighing *w)
{
    for (size_t i = 0; i < w->after.misfits.len; i++) {
        const char *name = *GA_VEC_AT(const char *, &w->after.misfits, i);
        if (!has_misfit(&w->before, name))
            count_effect(w, GA_EFFECT_NO_COLUMN, name);
    }
}

/* Which finding is which harm; -1: none. */
static int effect_kind(enum ga_finding_kind kind)
{
    switch (kind) {
    case GA_FINDING_REQUIRED:
        return GA_EFFECT_MISSING;
    case GA_FINDING_CONSTRAINT:
    case GA_FINDING_CONTRADICTS:
        return GA_EFFECT_REFUSED;
    case GA_FINDING_CHOICE:
        return GA_EFFECT_NOT_ALLOWED;
    default:
        return -1;
    }
}

static bool had_finding(const struct side *side, int kind, const char *name)
{
    char own[NAME_SIZE];
    for (size_t i = 0; i < side->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, &side->findings, i);
        if (effect_kind(finding->kind) == kind && strcmp(full_name(finding->field, own), name) == 0)
            return true;
    }
    return false;
}

static void compare_findings(struct weighing *w)
{
    char own[NAME_SIZE];
    for (size_t i = 0; i < w->after.findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, &w->after.findings, i);
        const int kind = effect_kind(finding->kind);
        const char *name = full_name(finding->field, own);
        if (kind >= 0 && !had_finding(&w->before, kind, name))
            count_effect(w, (enum ga_effect_kind)kind, name);
    }
}

static bool is_shown(struct side *side, const struct ga_field *field, const struct ga_row *row)
{
    const struct ga_rule_place place = {.record = &side->record,
                                        .child = side->has_parent ? &side->parent : NULL,
                                        .row = row,
                                        .repeat = row == NULL ? NULL : field->parent};
    return ga_rules_is_relevant(side->rules, &place, field);
}

static const struct ga_row *same_row(const struct ga_rows *rows, const struct ga_row *row)
{
    for (size_t i = 0; i < rows->count; i++)
        if (ga_uuid_compare(&rows->rows[i].id, &row->id) == 0)
            return &rows->rows[i];
    return NULL;
}

static void compare_row(struct weighing *w, const struct ga_field *repeat, const struct ga_row *row)
{
    char own[NAME_SIZE];
    for (size_t i = 0; i < repeat->fields.count; i++) {
        const struct ga_field *field = &repeat->fields.items[i];
        const struct ga_field *old = ga_form_field(w->before.form, full_name(field, own));
        if (row->answers[i].state == GA_EMPTY || old == NULL || is_shown(&w->after, field, row))
            continue;
        const struct ga_row *before = same_row(&w->before.record.repeats[old->parent->index], row);
        if (before != NULL && is_shown(&w->before, old, before))
            count_effect(w, GA_EFFECT_HIDDEN, full_name(field, own));
    }
}

static void compare_shown(struct weighing *w)
{
    const struct ga_form *form = w->after.form;
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i], *old = ga_form_field(w->before.form, field->name);
        const struct ga_rows *rows = &w->after.record.repeats[i];
        for (size_t k = 0; k < rows->count; k++)
            if (!rows->rows[k].is_gone)
                compare_row(w, field, &rows->rows[k]);
        if (w->after.record.answers[i].state != GA_EMPTY && old != NULL && !is_shown(&w->after, field, NULL) &&
            is_shown(&w->before, old, NULL))
            count_effect(w, GA_EFFECT_HIDDEN, field->name);
    }
}

static enum ga_rc weigh_record(struct weighing *w, int64_t no, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct folded record, parent = {0};
    char form[64];
    int64_t parent_no;
    enum ga_rc rc = fold_record(w->store, no, &arena, &record, err);
    if (rc == GA_OK)
        rc = ga_record_id(w->store, no, &w->id, form, err);
    if (rc == GA_OK && record.count > 0 && w->before.child != NULL) {
        struct ga_answers peek;
        ga_answers_init(&peek, w->before.form);
        ga_fold_answers(record.heads, record.count, &peek, NULL, NULL);
        if (ga_record_no(w->store, &peek.child, &parent_no, NULL) == GA_OK)
            rc = fold_record(w->store, parent_no, &arena, &parent, err);
        ga_answers_finish(&peek);
    }
    w->records++;
    if (rc == GA_OK && record.count > 0)
        rc = look(&w->before, &record, &parent, err);
    if (rc == GA_OK && record.count > 0)
        rc = look(&w->after, &record, &parent, err);
    if (rc == GA_OK && record.count > 0) {
        compare_misfits(w);
        compare_findings(w);
        compare_shown(w);
    }
    forget_record(&w->before);
    forget_record(&w->after);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc weigh_records(struct weighing *w, struct ga_error *err)
{
    int64_t no = 0;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && (rc = ga_record_next(w->store, w->after.form->name, no, &no, err)) == GA_OK && no > 0)
        rc = weigh_record(w, no, err);
    return rc;
}

/* Rules ask what day it is and who asks; everything else of the world answers both sides alike. */
static enum ga_rc make_rules(struct ga_store *store, struct side *side, struct ga_error *err)
{
    enum ga_rc rc = ga_rules_create(side->forms, &side->rules, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_rule_world world = {.today = store->options.today, .user = store->user};
    ga_rules_set_world(side->rules, &world);
    return GA_OK;
}

enum ga_rc ga_store_weigh(struct ga_store *store, struct ga_forms *fresh, const struct ga_form *form,
                          struct ga_weighing *ret_weighing, struct ga_error *err)
{
    const struct ga_form *old = ga_forms_get(&store->forms, form->name, NULL);
    *ret_weighing = (struct ga_weighing){.form = form, .old = old};
    ga_vec_init(&ret_weighing->effects, sizeof(struct ga_effect));
    if (old == NULL || ga_form_change_is_harmless(old, form))
        return GA_OK;
    struct weighing w = {.store = store, .result = ret_weighing};
    ga_vec_init(&w.seen, sizeof(size_t));
    start_side(&w.before, &store->forms, old);
    start_side(&w.after, fresh, form);
    enum ga_rc rc = make_rules(store, &w.before, err);
    if (rc == GA_OK)
        rc = make_rules(store, &w.after, err);
    if (rc == GA_OK)
        rc = weigh_records(&w, err);
    finish_side(&w.before);
    finish_side(&w.after);
    ga_vec_finish(&w.seen);
    return rc;
}

void ga_weighing_finish(struct ga_weighing *weighing)
{
    ga_vec_finish(&weighing->effects);
    ga_arena_finish(&weighing->arena);
}

void ga_effect_describe(const struct ga_effect *effect, const char *name, struct ga_message *ret_what)
{
    const char *count = GA_NUM((int64_t)effect->records);
    switch (effect->kind) {
    case GA_EFFECT_NO_COLUMN:
        ga_message_set(ret_what, "'%1' would lose its place: what is there fits no field then (records: %2)", name, count);
        break;
    case GA_EFFECT_HIDDEN:
        ga_message_set(ret_what, "'%1' would be hidden where it holds a value (records: %2)", name, count);
        break;
    case GA_EFFECT_NOT_ALLOWED:
        ga_message_set(ret_what, "'%1' would hold a choice that is no longer allowed (records: %2)", name, count);
        break;
    case GA_EFFECT_REFUSED:
        ga_message_set(ret_what, "'%1' would be refused as it stands (records: %2)", name, count);
        break;
    case GA_EFFECT_MISSING:
        ga_message_set(ret_what, "'%1' would be missing and must be filled in then (records: %2)", name, count);
        break;
    }
}

enum ga_rc ga_store_weigh_folders(struct ga_store *store, const struct ga_io_ops *io, const struct ga_folders *folders,
                                  ga_weighing_fn each, void *ctx, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_forms *fresh = ga_forms_start_reading(store);
    enum ga_rc rc = ga_forms_read_folders(fresh, io != NULL ? io : store->options.io, folders, problems, err);
    if (rc == GA_REFUSED)
        rc = GA_OK; /* faults are told; forms without are weighed */
    for (size_t i = 0; rc == GA_OK && i < fresh->names_count; i++) {
        const struct ga_form *form = ga_map_get(&fresh->forms, fresh->names[i]);
        struct ga_weighing weighing;
        rc = ga_store_weigh(store, fresh, form, &weighing, err);
        if (rc == GA_OK)
            each(ctx, &weighing);
        ga_weighing_finish(&weighing);
    }
    return rc;
}
