/* Puts a value that was picked elsewhere into the focused field. */
#include "record/record_state.h"

#include "guanai/store/record.h"

#include <string.h>

void record_read_conflicts(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    record->conflicts_count = 0;
    if (!record->entry->is_new)
        ga_store_conflicts(record->entry->session->store, &record->entry->now.id, &screen->arena,
                           &record->conflicts, &record->conflicts_count, NULL);
}

bool record_has_conflict(const struct record *record, const struct ga_field *field)
{
    for (size_t i = 0; field->parent == NULL && i < record->conflicts_count; i++)
        if (strcmp(record->conflicts[i], ga_field_group(field)) == 0)
            return true;
    return false;
}

/*
 * What stands in the field may be the very value that was picked. Picking it is an answer all the
 * same: it replaces the others, so the field counts as changed.
 */
static void settle_conflict(struct ga_entry *entry, const struct ga_field *field)
{
    const struct ga_answer *now = ga_answers_at(&entry->now, field);
    if (!ga_answer_equal(now, ga_answers_at(&entry->before, field)))
        return;
    ga_answers_set_state(&entry->before, field, now->state == GA_EMPTY ? GA_UNKNOWN : GA_EMPTY);
    entry->is_changed = true;
}

void record_take_value(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_field *field = record->box.field;
    struct ga_row *row = box_row(record->entry, field, &record->box.row);
    struct ga_error err = {0};
    bool is_set = ga_entry_set(record->entry, field, row, result->text, NULL, &err) == GA_OK;
    if (!is_set)
        ga_ui_say_error(screen->ui, &err);
    else
        record_forget_findings(record, field);
    if (is_set && result->tag == TAG_HISTORY && record_has_conflict(record, field))
        settle_conflict(record->entry, field);
    box_open(&record->box, field, row);
    record_renew(screen);
    record_keep_draft(screen);
}
