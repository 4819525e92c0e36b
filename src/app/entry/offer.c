/* Offers the form that should follow a saved one, filled in. */
#include "private.h"

#include "guanai/form/type.h"

#include <string.h>

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

size_t ga_entry_offers(struct ga_entry *entry, struct ga_offer *ret_offers, size_t max)
{
    struct ga_session *session = entry->session;
    const struct ga_rule_place place = ga_entry_place(entry);
    size_t count = 0;
    for (size_t i = 0; i < entry->form->then.count && count < max; i++) {
        const struct ga_then *then = &entry->form->then.items[i];
        if (then->open.text == NULL || ga_forms_title(session->forms, then->open.text) == NULL ||
            !ga_rules_then(session->rules, &place, then))
            continue;
        const struct ga_form *form = ga_forms_get(session->forms, then->open.text, NULL);
        if (form != NULL && !is_offered(ret_offers, count, form))
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
