/* What lies behind a cell of a class's sheet. */
#include "care/checklist_state.h"

#include "care/due_records.h"
#include "care/due_words.h"
#include "care/send_back_ask.h"
#include "guanai/care/due_behind.h"
#include "guanai/screen/record.h"
#include "guanai/store/number.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

static struct sheet *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct sheet, screen);
}

static const struct ga_checklist_cell *marked_cell(const struct sheet *sheet)
{
    if (sheet->list.rows_count == 0 || sheet->list.columns_count == 0)
        return NULL;
    return &sheet->list.rows[sheet->mark.row].cells[sheet->mark.column];
}

const struct ga_due *sheet_marked_due(const struct sheet *sheet)
{
    const struct ga_checklist_cell *cell = marked_cell(sheet);
    return cell != NULL ? cell->due : NULL;
}

void sheet_explain(struct ga_screen *screen, const struct ga_due *due)
{
    struct sheet *sheet = state_of(screen);
    sheet->explained = due == sheet_marked_due(sheet) ? NULL : due; /* that one is read anew with the language */
    if (due == NULL)
        due = sheet_marked_due(sheet);
    if (due != NULL)
        ga_due_words_explain(screen, sheet->care, due, WHY);
}

/* What was said of it, where that is why the cell is not open. */
static bool find_word(const struct sheet *sheet, const struct ga_due *due, struct ga_uuid *ret_id)
{
    return due != NULL && (due->state == GA_DUE_EXCUSED || due->state == GA_DUE_COMING) &&
           ga_due_outcome_of(sheet->session, due, ret_id, NULL) == GA_OK;
}

/* Two calls in one window, a visit and two tries: the newest alone says too little. */
static bool has_several(const struct sheet *sheet, const struct ga_due *due)
{
    struct ga_arena arena = {0};
    struct ga_due_record *records;
    size_t count = 0;
    const bool has = due->record != 0 && ga_due_records(sheet->care, due, &arena, &records, &count, NULL) == GA_OK && count > 1;
    ga_arena_finish(&arena);
    return has;
}

static const char *name_of(const struct sheet *sheet)
{
    return sheet->list.rows[sheet->mark.row].child.name;
}

void sheet_send_back(struct ga_screen *screen, const struct ga_due *due)
{
    struct sheet *sheet = state_of(screen);
    if (due != NULL && has_several(sheet, due))
        ga_due_records_open(screen, sheet->care, due, name_of(sheet), OPEN);
    else if (due != NULL && due->record != 0 && ga_store_id_of(sheet->session->store, due->record, &sheet->sent_id, NULL) == GA_OK)
        ga_send_back_ask(screen, &sheet->sent_id, "", SEND_BACK);
    else
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("There is no record behind this cell to send back."));
}

/* What lies behind it: what was said of it, the record that closed it or was tried, else why it is open. */
void sheet_open_due(struct ga_screen *screen, const struct ga_due *due)
{
    const struct sheet *sheet = state_of(screen);
    struct ga_uuid id;
    struct ga_error err = {0};
    if (find_word(sheet, due, &id))
        ga_screen_record_open(screen, &id, 0, NULL, OPEN);
    else if (due == NULL || due->record == 0)
        sheet_explain(screen, due);
    else if (has_several(sheet, due))
        ga_due_records_open(screen, sheet->care, due, name_of(sheet), OPEN);
    else if (ga_store_id_of(sheet->session->store, due->record, &id, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_screen_record_open(screen, &id, 0, NULL, OPEN);
}

/* A month has four weeks: of several windows behind the cell it is asked which. */
void sheet_act_on_cell(struct ga_screen *screen, int id)
{
    struct sheet *sheet = state_of(screen);
    struct ga_error err = {0};
    if (ga_checklist_windows_read(&sheet->windows, sheet->care, sheet_marked_due(sheet), sheet->month, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (sheet->windows.count > 1)
        ga_checklist_windows_ask(&sheet->windows, screen, sheet->care, name_of(sheet), id);
    else if (id == WHICH_OPEN)
        sheet_open_due(screen, sheet_marked_due(sheet));
    else
        sheet_send_back(screen, sheet_marked_due(sheet));
}
