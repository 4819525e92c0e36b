/* Puts what a row says into the record it means. */
#include "inner.h"
#include "states.h"

#include "guanai/text/translate.h"

void ga_answer_words(const struct ga_import *import, const struct ga_field *field, const struct ga_answer *answer,
                     struct ga_str *out)
{
    if (answer->state == GA_ANSWERED)
        ga_field_show(field, import->lang, &answer->value, out);
    else
        ga_str_add(out, answer->state == GA_EMPTY ? "" : ga_tr(import->lang, ga_state_words[answer->state]));
}

/* 低保 of a whole class is not for the pupil behind the chair; of a number whoever shows it leaves the tail. */
static void add_shown(const struct ga_import *import, const struct ga_field *field,
                      const struct ga_answer *answer, struct ga_str *out)
{
    const bool is_hidden = !import->is_revealed && answer->state != GA_EMPTY && field->type->widget != GA_WIDGET_DIGITS &&
                           ga_field_protect(import->form, field) >= GA_PROTECT_SENSITIVE;
    if (is_hidden)
        ga_str_add(out, "****");
    else
        ga_answer_words(import, field, answer, out);
}

static void say(const struct ga_import *import, const struct ga_field *field, const struct ga_answer *was,
                const struct ga_answer *now, struct ga_vec *said)
{
    struct ga_str old = {0}, new = {0};
    if (said == NULL)
        return;
    add_shown(import, field, was, &old);
    add_shown(import, field, now, &new);
    if (was->state == GA_EMPTY)
        ga_message_set(ga_add_message(said), "%1: filled in with %2", ga_label_of(import, field), ga_str_text(&new));
    else
        ga_message_set(ga_add_message(said), "%1: the archive has %2, the file %3", ga_label_of(import, field),
                       ga_str_text(&old), ga_str_text(&new));
    ga_str_finish(&old);
    ga_str_finish(&new);
}

static void set(struct ga_answers *record, const struct ga_field *field, const struct ga_answer *answer)
{
    if (answer->state == GA_ANSWERED)
        ga_answers_set(record, field, &answer->value);
    else
        ga_answers_set_state(record, field, answer->state);
}

struct merge ga_merge(const struct ga_import *import, const struct ga_answers *row, struct ga_answers *record,
                      struct ga_vec *said)
{
    struct merge merge = {0};
    for (size_t i = 0; i < row->form->all_count; i++) {
        const struct ga_field *field = row->form->all[i];
        const struct ga_answer *says = &row->answers[i], *was = &record->answers[i];
        if (says->state == GA_EMPTY || ga_answer_equal(says, was))
            continue;
        const bool is_fill = was->state == GA_EMPTY;
        say(import, field, was, says, said);
        merge.fills += is_fill;
        merge.changes += !is_fill;
        if (!ga_difference_is_taken(import, field, is_fill))
            continue;
        set(record, field, says);
        merge.taken++;
        merge.takes_change |= !is_fill;
    }
    return merge;
}

/* `import:` rules fill what the row leaves out, unless it was decided to keep it empty; the preview shows that too. */
static void fill_by_rules(struct ga_import *import, struct ga_answers *record, const struct ga_answers *child,
                          struct merge *merge, struct ga_vec *said)
{
    struct ga_answers before;
    ga_answers_copy(&before, record);
    ga_apply_imports(import, record, child);
    for (size_t i = 0; i < record->form->all_count; i++) {
        const struct ga_field *field = record->form->all[i];
        if (ga_answer_equal(&before.answers[i], &record->answers[i]))
            continue;
        say(import, field, &before.answers[i], &record->answers[i], said);
        merge->fills++;
        if (ga_difference_is_taken(import, field, true))
            merge->taken++;
        else
            set(record, field, &before.answers[i]);
    }
    ga_answers_finish(&before);
}

void ga_meeting_finish(struct meeting *meeting)
{
    if (meeting->before.form == NULL)
        return;
    ga_answers_finish(&meeting->before);
    ga_answers_finish(&meeting->after);
    ga_heads_destroy(meeting->heads);
    *meeting = (struct meeting){0};
}

enum ga_rc ga_meet(struct ga_import *import, const struct reading *reading, const struct ga_uuid *id,
                   struct meeting *ret_meeting, struct ga_vec *said, struct ga_error *err)
{
    struct meeting meeting = {0};
    struct ga_answers child;
    enum ga_rc rc = ga_store_read(import->tools.store, import->form, id, &meeting.before, &meeting.heads, err);
    if (rc != GA_OK)
        return rc;
    ga_answers_copy(&meeting.after, &meeting.before);
    meeting.merge = ga_merge(import, &reading->own, &meeting.after, said);
    const bool has_child = ga_read_child(import, &meeting.before.child, &child);
    fill_by_rules(import, &meeting.after, has_child ? &child : NULL, &meeting.merge, said);
    if (meeting.merge.taken > 0)
        ga_rules_apply_calculations(import->tools.rules, &meeting.after, has_child ? &child : NULL);
    if (has_child)
        ga_answers_finish(&child);
    *ret_meeting = meeting;
    return GA_OK;
}

enum ga_verdict ga_verdict_of(struct merge merge)
{
    if (merge.changes > 0)
        return GA_VERDICT_CHANGES;
    return merge.fills > 0 ? GA_VERDICT_FILLS : GA_VERDICT_SAME;
}
