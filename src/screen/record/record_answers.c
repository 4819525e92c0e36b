/* What the dialogs over a form ask, with what becomes of their answers. */
#include "record/record_doer.h"
#include "record/record_group.h"
#include "record/record_name.h"

#include "guanai/screen/value.h"
#include "guanai/tui/dialog.h"

void record_ask_why_not(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const char *const ways[] = {ga_screen_state_word(GA_UNKNOWN, lang),
                                ga_screen_state_word(GA_DECLINED, lang),
                                ga_screen_state_word(GA_NOT_APPLICABLE, lang)};
    ga_dialog_choose(screen, ga_label_text(&record->box.field->label, lang),
                     ga_tr(lang, "Why is there no answer?"), ways, 3, TAG_STATE);
}

static void take_state(struct ga_screen *screen, int code)
{
    static const char *const typed[] = {"?unknown", "?refused", "?not_applicable"};
    struct record *record = GA_STATE(struct record, screen);
    struct ga_row *row = box_row(record->entry, record->box.field, &record->box.row);
    struct ga_error err = {0};
    if (ga_entry_set(record->entry, record->box.field, row, typed[code], NULL, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    box_open(&record->box, record->box.field, row); /* what was half typed gives way */
    record->fault = (struct ga_error){0};
    record_forget_findings(record, record->box.field);
    record_walk(screen, 1);
}

static void take_phrase(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    box_put(&record->box, record->box.phrases[result->code]);
    record_place(screen);
}

void record_ask_drop(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const struct record_item *item = record_focused(record);
    const struct ga_field *repeat = record->box.field->parent;
    const struct ga_row *row = box_row(record->entry, record->box.field, &record->box.row);
    struct ga_str text = {0};
    if (item == NULL || row == NULL)
        return;
    ga_str_addf(&text, "%zu", item->row_no);
    for (size_t i = 0; i < repeat->fields.count; i++) {
        if (row->answers[i].state == GA_EMPTY)
            continue;
        ga_str_add(&text, " ");
        ga_screen_add_answer(record->entry->session, &repeat->fields.items[i], &row->answers[i], lang, &text);
    }
    ga_dialog_confirm(screen, ga_tr(lang, "Take this row out?"), ga_str_text(&text), true, TAG_DROP);
    ga_str_finish(&text);
}

void record_resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    switch ((enum record_tag)result->tag) {
    case TAG_LIST:
        box_take_pick(&record->box, result);
        record_after_key(screen, GA_REDRAW);
        break;
    case TAG_PHRASE:
        if (result->is_done)
            take_phrase(screen, result);
        break;
    case TAG_STATE:
        if (result->is_done)
            take_state(screen, result->code);
        break;
    case TAG_FIND:
    case TAG_HISTORY:
        if (result->is_done && result->text != NULL)
            record_take_value(screen, result);
        break;
    case TAG_PROBLEM:
        record_take_problem(screen, result);
        break;
    case TAG_REASON:
        record_take_reason(screen, result);
        break;
    case TAG_OFFER:
        record_take_offer(screen, result);
        break;
    case TAG_LOOKALIKE:
        record_take_double(screen, result);
        break;
    case TAG_DRAFT:
        record_take_draft(screen, result);
        break;
    case TAG_EXISTING:
        record_take_existing(screen, result);
        break;
    case TAG_DROP:
        if (result->is_done && result->code == 1)
            record_drop_row(screen);
        break;
    case TAG_DOER:
        if (result->is_done)
            record_take_doer(screen, result->text);
        break;
    case TAG_GROUP:
        record_take_group(screen, result);
        break;
    case TAG_NOTES:
        record_read_notes(screen);
        record_renew(screen);
        break;
    case TAG_LOSE:
        if (result->is_done && result->code == 1)
            ga_screen_close(screen);
        break;
    case TAG_OLD_NAME:
        record_take_old_name(screen, result);
        break;
    }
}

void record_reword(struct ga_screen *screen, int tag)
{
    struct record *record = GA_STATE(struct record, screen);
    switch ((enum record_tag)tag) {
    case TAG_LIST:
        box_open_list(&record->box, TAG_LIST);
        break;
    case TAG_PHRASE:
        box_open_phrases(&record->box, TAG_PHRASE);
        break;
    case TAG_STATE:
        record_ask_why_not(screen);
        break;
    case TAG_PROBLEM:
        record_list_problems(screen);
        break;
    case TAG_REASON:
        record_ask_reason(screen);
        break;
    case TAG_OFFER:
        record_offer_forms(screen);
        break;
    case TAG_LOOKALIKE:
        record_show_doubles(screen);
        break;
    case TAG_EXISTING:
        record_ask_existing(screen);
        break;
    case TAG_DRAFT:
        record_ask_draft(screen);
        break;
    case TAG_DROP:
        record_ask_drop(screen);
        break;
    case TAG_LOSE:
        record_ask_lose(screen);
        break;
    case TAG_OLD_NAME:
        record_ask_old_name(screen);
        break;
    case TAG_FIND:
    case TAG_HISTORY:
    case TAG_DOER:
    case TAG_NOTES:
    case TAG_GROUP:
        break; /* they speak for themselves */
    }
}
