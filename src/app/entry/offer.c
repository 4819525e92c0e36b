/* Offers the form that should follow a saved one, filled in. */
#include "private.h"

#include "guanai/form/type.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"

#include <string.h>

enum { TIMELINE_MAX = 500 };

static bool is_offered(const struct ga_offer *offers, size_t count, const struct ga_form *form)
{
    for (size_t i = 0; i < count; i++)
        if (offers[i].form == form)
            return true;
    return false;
}

/* The form in force may be another than the one `then` was checked against. */
static struct ga_offer offer_of(const struct ga_then *then, const struct ga_form *form)
{
    struct ga_offer offer = {.then = then, .form = form};
    const struct ga_field *field = then->field.text != NULL ? ga_form_field(form, then->field.text) : NULL;
    if (field != NULL && field->parent == NULL && !field->is_retired) {
        offer.field = field;
        offer.page = field->page;
    } else if (then->section > 0 && (size_t)then->section <= form->pages_count) {
        offer.page = (size_t)then->section - 1;
    }
    return offer;
}

/* A field that says what the offered record is about: picked from a list; where nothing is, any but words. */
static const struct ga_field *telling_field(const struct ga_form *form, const struct ga_then *then, size_t i)
{
    const struct ga_field *field = ga_form_field(form, then->fill.items[i].name.text);
    bool has_list = false;
    for (size_t k = 0; k < then->fill.count; k++) {
        const struct ga_field *other = ga_form_field(form, then->fill.items[k].name.text);
        has_list |= other != NULL && other->type->takes_list;
    }
    if (field == NULL || field->parent != NULL || field->type->is_text || (has_list && !field->type->takes_list))
        return NULL;
    return field;
}

static bool holds_what_is_filled(struct ga_entry *entry, const struct ga_then *then, const struct ga_answers *made)
{
    const struct ga_rule_place place = ga_entry_place(entry);
    size_t told = 0;
    for (size_t i = 0; i < then->fill.count; i++) {
        const struct ga_field *field = telling_field(made->form, then, i);
        struct ga_value value;
        if (field == NULL || ga_rules_fill(entry->session->rules, &place, then, i, &value, NULL) != GA_OK)
            continue;
        const struct ga_answer *answer = ga_answers_at(made, field);
        if (answer->state != GA_ANSWERED || ga_value_compare(&answer->value, &value) != 0)
            return false;
        told++;
    }
    return told > 0;
}

static bool is_answer(struct ga_entry *entry, const struct ga_then *then, const struct ga_form *form, const struct ga_uuid *id)
{
    struct ga_store *store = entry->session->store;
    struct ga_answers made;
    int64_t own = 0, other = 0;
    if (ga_store_file_no(store, &entry->now.id, &own, NULL) != GA_OK || ga_store_file_no(store, id, &other, NULL) != GA_OK ||
        other < own || ga_store_read(store, form, id, &made, NULL, NULL) != GA_OK)
        return false;
    const bool is = holds_what_is_filled(entry, then, &made);
    ga_answers_finish(&made);
    return is;
}

/* A record that was mended asked for it before: the report that was made then is not made again. */
static bool is_answered(struct ga_entry *entry, const struct ga_then *then, const struct ga_form *form)
{
    struct ga_timeline_entry *entries;
    struct ga_arena arena = {0};
    size_t count = 0;
    bool is = false;
    if (entry->form->of.text == NULL || form->of.text == NULL || strcmp(entry->form->of.text, form->of.text) != 0 ||
        ga_store_timeline(entry->session->store, &entry->now.child, 0, TIMELINE_MAX, &arena, &entries, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count && !is; i++)
        is = entries[i].form == form && is_answer(entry, then, form, &entries[i].id);
    ga_arena_finish(&arena);
    return is;
}

size_t ga_entry_offers(struct ga_entry *entry, struct ga_offer *ret_offers, size_t max)
{
    struct ga_session *session = entry->session;
    const struct ga_rule_place place = ga_entry_place(entry);
    const struct ga_form *answered = NULL; /* what was reported once is done by it, whichever row asked */
    size_t count = 0;
    for (size_t i = 0; i < entry->form->then.count && count < max; i++) {
        const struct ga_then *then = &entry->form->then.items[i];
        if (then->open.text == NULL || ga_forms_title(session->forms, then->open.text) == NULL ||
            !ga_rules_then(session->rules, &place, then))
            continue;
        const struct ga_form *form = ga_forms_get(session->forms, then->open.text, NULL);
        if (form == NULL || form == answered || is_offered(ret_offers, count, form))
            continue;
        if (is_answered(entry, then, form))
            answered = form;
        else
            ret_offers[count++] = offer_of(then, form);
    }
    return count;
}

const struct ga_label *ga_entry_says(struct ga_entry *entry)
{
    const struct ga_rule_place place = ga_entry_place(entry);
    for (size_t i = 0; i < entry->form->then.count; i++) {
        const struct ga_then *then = &entry->form->then.items[i];
        if (then->open.text == NULL && then->say.zh != NULL && ga_rules_then(entry->session->rules, &place, then))
            return &then->say;
    }
    return NULL;
}

static void fill_field(struct ga_entry *into, const struct ga_entry *from, const struct ga_then *then, size_t i)
{
    const struct ga_rule_place place = ga_entry_place(from);
    const struct ga_field *field = ga_form_field(into->form, then->fill.items[i].name.text);
    struct ga_value value;
    if (field == NULL || field->parent != NULL ||
        ga_rules_fill(into->session->rules, &place, then, i, &value, NULL) != GA_OK ||
        value.kind == GA_VALUE_NULL || !ga_field_fits(field, &value))
        return;
    ga_answers_set(&into->now, field, &value);
    ga_answers_at(&into->now, field)->is_touched = true;
    ga_rules_apply_defaults(into->session->rules, &into->now, into->child.form == NULL ? NULL : &into->child, field);
}

enum ga_rc ga_entry_take_offer(struct ga_entry *entry, const struct ga_offer *offer, struct ga_entry **ret_entry,
                               struct ga_error *err)
{
    const bool has_parent = entry->form->of.text != NULL;
    struct ga_entry *next;
    enum ga_rc rc;
    if (has_parent && strcmp(entry->form->of.text, offer->form->name) == 0) /* the parent's own file */
        rc = ga_entry_open(entry->session, &entry->now.child, &next, err);
    else
        rc = ga_entry_new(entry->session, offer->form->name, has_parent ? &entry->now.child : &entry->now.id, &next,
                          err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < offer->then->fill.count; i++)
        fill_field(next, entry, offer->then, i);
    *ret_entry = next;
    return GA_OK;
}
