/* Marks what was sent back on a class's sheet. */
#include "care/checklist_sent.h"

#include "parts/words.h"

/* The records of a cell with several windows are looked at one by one (checklist_windows.h): the marked one stands for them. */
static const struct ga_sent_back *item_of(const struct ga_due *due, const struct ga_sent_back *items, size_t count)
{
    for (size_t i = 0; i < count && due != NULL && due->record != 0; i++)
        if (items[i].record_no == due->record)
            return &items[i];
    return NULL;
}

enum ga_rc ga_checklist_sent_read(struct ga_session *session, const struct ga_checklist *list, struct ga_arena *arena,
                                  struct ga_checklist_sent *ret_sent, struct ga_error *err)
{
    struct ga_sent_back *items;
    size_t count = 0;
    const enum ga_rc rc = ga_sent_back_list(session, arena, &items, &count, err);
    if (rc != GA_OK)
        return rc;
    *ret_sent = (struct ga_checklist_sent){.columns = list->columns_count};
    if (count == 0)
        return GA_OK;
    ret_sent->items = ga_arena_array(arena, list->rows_count * list->columns_count + 1, sizeof(struct ga_sent_back *));
    for (size_t row = 0; row < list->rows_count; row++)
        for (size_t column = 0; column < list->columns_count; column++)
            ret_sent->items[row * list->columns_count + column] = item_of(list->rows[row].cells[column].due, items, count);
    return GA_OK;
}

const char *ga_checklist_sent_cell(const struct ga_sent_back *item, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena)
{
    const char *word = ga_tr(lang, item->is_mended ? GA_N_("look") : GA_N_("redo"));
    return ga_due_is_done(due->state) ? ga_arena_printf(arena, "%02d-%02d %s", due->done_on.month, due->done_on.day, word) : word;
}

const char *ga_checklist_sent_words(const struct ga_sent_back *item, enum ga_lang lang, struct ga_arena *arena)
{
    if (item == NULL)
        return "";
    return ga_words_say(arena, lang, item->is_mended ? GA_N_(" · mended, look at it: %1") : GA_N_(" · sent back: %1"), item->words);
}
