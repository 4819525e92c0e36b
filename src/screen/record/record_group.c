/* The children of a record that is about several. */
#include "record/record_group.h"

#include "grid/ticks.h"
#include "guanai/app/repeat.h"
#include "guanai/app/ticks.h"
#include "guanai/base/alloc.h"

#include <stdlib.h>

const struct ga_field *record_group(const struct record *record)
{
    const struct ga_field *field = box_is_open(&record->box) ? record->box.field : NULL;
    return field != NULL && ga_ticks_names(field) != NULL ? field : NULL;
}

bool record_is_group_key(const struct ga_event *event)
{
    return ga_event_is_key(event, GA_KEY_ENTER) || ga_event_is_typing(event);
}

void record_open_group(struct ga_screen *screen, const struct ga_field *repeat, const struct ga_field *at,
                       const struct ga_uuid *row)
{
    struct record *record = GA_STATE(struct record, screen);
    ga_screen_ticks_open(screen, record->entry, repeat, at, row, TAG_GROUP);
}

void record_go_into_group(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    const struct ga_field *at = record->resumed_at;
    if (record->entry->half.len > 0 && at != NULL && at->parent != NULL && ga_ticks_names(at->parent) != NULL)
        record_open_group(screen, at->parent, at, &record->entry->row);
}

/* Enter goes on as from any field; who came from elsewhere is there again. */
void record_take_group(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    bool was_here = record_group(record) != NULL;
    if (record->was_checked)
        ga_entry_check(record->entry);
    record_renew(screen);
    record_keep_draft(screen);
    if (!result->is_done)
        return;
    if (result->code == TICKS_SAVE)
        record_save(screen);
    else if (was_here)
        record_walk(screen, 1);
}

/* What differs most from time to time, of what was filled in. */
static const struct ga_field *first_words(const struct ga_form *form, const bool *is_taken)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (is_taken[i] && form->all[i]->type->widget == GA_WIDGET_TEXT)
            return form->all[i];
    return NULL;
}

static void show_repeated(struct ga_screen *screen, const bool *is_taken)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_field *words = first_words(record->entry->form, is_taken);
    const struct ga_field *group = ga_ticks_repeat(record->entry->form);
    record_turn_to(record, record->page, false);
    if (words != NULL)
        record_focus_field(record, words, NULL);
    record_renew(screen);
    record_keep_draft(screen);
    ga_ui_say(screen->ui, GA_STYLE_OK, ga_screen_tr(screen, "Filled in as before; · marks it. Look at it before saving"));
    if (group != NULL && ga_ticks_count(record->entry, group) > 0)
        record_open_group(screen, group, NULL, NULL);
}

void record_repeat_last(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_error err = {0};
    if (!record_commit(screen))
        return;
    bool *is_taken = ga_alloc_array(record->entry->form->all_count + 1, sizeof(bool));
    if (ga_entry_repeat_last(record->entry, is_taken, &err) == GA_OK)
        show_repeated(screen, is_taken);
    else
        *ga_screen_note(screen) = err.what;
    free(is_taken);
}

void ga_screen_record_repeat(struct ga_screen *screen, const char *form, const struct ga_uuid *child, int tag)
{
    ga_screen_record_new(screen, form, child, tag);
    struct ga_screen *top = ga_ui_top(screen->ui);
    if (top != screen && top->ops == &record_ops) /* else what was left unfinished is asked about first */
        record_repeat_last(top);
}
