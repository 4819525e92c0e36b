/* Fills a new record like the one before it. */
#include "guanai/app/repeat.h"

#include "private.h"

#include "guanai/form/type.h"
#include "guanai/store/record.h"

#include <string.h>

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* The same for the next child as well? A number on paper is each sheet's own. */
static bool is_repeated(const struct ga_form *form, const struct ga_field *field)
{
    static const char *const types[] = {"text", "time", "boolean", "choice", "choices", "region", "person", "record"};
    return is_one_of(field->type->name, types, sizeof(types) / sizeof(types[0])) && !field->is_retired &&
           field->calculation.text == NULL && !ga_str_ends(field->name, "_no") &&
           ga_field_protect(form, field) <= GA_PROTECT_ORDINARY;
}

/* Typed here stays; so does what was filled in the same way before. */
static bool is_free(const struct ga_entry *entry, const struct ga_field *field)
{
    const struct ga_answer *now = ga_answers_at(&entry->now, field);
    return now->state == GA_EMPTY || !now->is_touched ||
           ga_answer_equal(now, ga_answers_at(&entry->before, field));
}

/* Into `before`, too: a new record's prefilled start is what marks it as filled in beforehand. */
static bool take_field(struct ga_entry *entry, const struct ga_field *field, const struct ga_answers *from)
{
    const struct ga_answer *theirs = ga_answers_at(from, field);
    if (theirs->state != GA_ANSWERED || !is_repeated(entry->form, field) || !is_free(entry, field))
        return false;
    ga_answers_set(&entry->now, field, &theirs->value);
    ga_answers_set(&entry->before, field, &theirs->value);
    ga_answers_at(&entry->now, field)->is_touched = true;
    ga_answers_at(&entry->before, field)->is_touched = true;
    ga_rules_apply_defaults(entry->session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child,
                            field);
    return true;
}

static bool has_rows(const struct ga_answers *answers, const struct ga_field *repeat)
{
    for (size_t r = 0; r < answers->repeats[repeat->index].count; r++)
        if (!answers->repeats[repeat->index].rows[r].is_gone)
            return true;
    return false;
}

static bool take_rows(struct ga_entry *entry, const struct ga_field *repeat, const struct ga_answers *from)
{
    if (repeat->is_retired || has_rows(&entry->now, repeat) || !has_rows(from, repeat))
        return false;
    ga_prefill_rows(entry, repeat, from);
    return true;
}

enum ga_rc ga_entry_repeat(struct ga_entry *entry, const struct ga_answers *from, bool *ret_taken,
                           struct ga_error *err)
{
    bool is_any = false;
    for (size_t i = 0; i < entry->form->all_count; i++) {
        const struct ga_field *field = entry->form->all[i];
        bool is_taken = field->type->storage == GA_STORE_ROWS ? take_rows(entry, field, from)
                                                              : take_field(entry, field, from);
        is_any |= is_taken;
        if (ret_taken != NULL && is_taken)
            ret_taken[i] = true;
    }
    entry->is_changed |= is_any;
    return is_any ? GA_OK : ga_error_set(err, GA_NOT_FOUND, "There is nothing to repeat here");
}

enum ga_rc ga_entry_repeat_last(struct ga_entry *entry, bool *ret_taken, struct ga_error *err)
{
    struct ga_session *session = entry->session;
    const char *user = ga_store_user(session->store);
    const struct ga_answers *last = ga_sitting_last(session->sitting, user, entry->form->name);
    struct ga_answers earlier;
    if (last != NULL)
        return ga_entry_repeat(entry, last, ret_taken, err);
    if (!ga_prefill_read_last(entry, &earlier))
        return ga_error_set(err, GA_NOT_FOUND, "%1 has saved no %2 yet that could be repeated", user,
                            ga_label_text(&entry->form->title, session->lang));
    enum ga_rc rc = ga_entry_repeat(entry, &earlier, ret_taken, err);
    ga_answers_finish(&earlier);
    return rc;
}
