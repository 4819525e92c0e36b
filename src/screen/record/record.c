/* The screen a record is filled in on. */
#include "record/record_doer.h"
#include "record/record_group.h"

#include "guanai/app/ticks.h"
#include "guanai/screen/find.h"
#include "guanai/screen/history.h"
#include "guanai/screen/value.h"

#include <string.h>

enum { DRAFT_AFTER_MS = 2000 };

enum command {
    SAVE = 1,
    NEXT_PAGE,
    PAGE_BEFORE,
    NO_ANSWER,
    ADD_ROW,
    DROP_ROW,
    REVEAL,
    HISTORY,
    NEXT_PROBLEM,
    DOER,
    NOTES,
    REPEAT,
};

/* What was typed without being an answer yet stands in its field again. */
static void put_back_half(struct record *record)
{
    if (record->entry->draft_no != 0 && record_focused(record) != NULL &&
        record_answer(record, record_focused(record))->is_touched)
        box_go_on(&record->box); /* its last characters were perhaps being typed */
    if (record->entry->half.len == 0 || !box_is_open(&record->box))
        return;
    record->is_revealed = true; /* of a number that is hidden only the old one was */
    box_put(&record->box, ga_str_text(&record->entry->half));
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct record_arg *opened_with = arg;
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_form *form = opened_with->entry->form;
    record->entry = opened_with->entry;
    record->box.screen = screen;
    record->box.entry = record->entry;
    ga_vec_init(&record->items, sizeof(struct record_item));
    ga_arena_init(&record->lists);
    ga_arena_init(&record->words);
    record_read_conflicts(screen);
    record_read_notes(screen);
    record_read_sent(screen);
    record_turn_to(record, opened_with->page < form->pages_count ? opened_with->page : 0, false);
    const struct ga_field *field =
        opened_with->field != NULL ? ga_form_field(form, opened_with->field) : NULL;
    record->resumed_at = record->entry->draft_no != 0 ? field : NULL;
    if (field != NULL)
        record_focus_field(record, field, &opened_with->row);
    put_back_half(record);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    box_close(&record->box);
    ga_vec_finish(&record->items);
    ga_arena_finish(&record->lists);
    ga_arena_finish(&record->notes.arena);
    ga_arena_finish(&record->words);
    ga_str_finish(&record->seen);
    ga_entry_destroy(record->entry);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    box_say_state(&GA_STATE(struct record, screen)->box);
    record_place(screen);
    record_set_title(screen);
}

/* Walking from field to field. */

static enum ga_reply say_end(struct ga_screen *screen)
{
    ga_ui_say(screen->ui, GA_STYLE_NORMAL,
              ga_tr(ga_screen_lang(screen), "This was the last field: Ctrl-S saves"));
    return GA_TOUCHED;
}

/* Commits, moves, keeps the draft. `to_page` is a page to turn to, else `by` fields on. */
enum ga_reply record_walk(struct ga_screen *screen, int by)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_field *left = box_is_open(&record->box) ? record->box.field : NULL;
    const struct ga_uuid row = record->box.row;
    bool is_end = false;
    if (!record_commit(screen))
        return GA_REDRAW;
    record_find_items(record);
    if (!record_step(record, by)) {
        size_t pages = record->entry->form->pages_count;
        is_end = by > 0 ? record->page + 1 >= pages : record->page == 0;
        if (!is_end)
            record_turn_to(record, by > 0 ? record->page + 1 : record->page - 1, by < 0);
    }
    if (is_end && by > 0)
        say_end(screen);
    record_settle(screen, left, &row);
    return GA_REDRAW;
}

static enum ga_reply turn(struct ga_screen *screen, int by)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_field *left = box_is_open(&record->box) ? record->box.field : NULL;
    const struct ga_uuid row = record->box.row;
    size_t pages = record->entry->form->pages_count;
    if ((by > 0 && record->page + 1 >= pages) || (by < 0 && record->page == 0))
        return GA_HANDLED;
    if (!record_commit(screen))
        return GA_REDRAW;
    record_turn_to(record, by > 0 ? record->page + 1 : record->page - 1, false);
    record_settle(screen, left, &row);
    return GA_REDRAW;
}

static enum ga_reply take_walking_key(struct ga_screen *screen, const struct ga_event *event)
{
    struct record *record = GA_STATE(struct record, screen);
    bool is_down = ga_event_is_key(event, GA_KEY_DOWN);
    if (is_down && box_offers_phrases(&record->box)) {
        box_open_phrases(&record->box, TAG_PHRASE);
        return GA_REDRAW;
    }
    if (is_down || ga_event_is_key(event, GA_KEY_ENTER) || ga_event_is_key(event, GA_KEY_TAB))
        return record_walk(screen, 1);
    if (ga_event_is_key(event, GA_KEY_UP) || ga_event_is_key(event, GA_KEY_BACKTAB))
        return record_walk(screen, -1);
    return GA_IGNORED;
}

/* Keys in the focused field. */

static void open_list(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    record->box.asks_for_list = false;
    if (record->box.kind == &box_record)
        ga_screen_find_open(screen, record->box.field->of.text, record->box.typed, TAG_FIND);
    else
        box_open_list(&record->box, TAG_LIST);
}

enum ga_reply record_after_key(struct ga_screen *screen, enum ga_reply answer)
{
    struct record *record = GA_STATE(struct record, screen);
    if (record->box.asks_for_list)
        open_list(screen);
    if (!record->box.is_changed)
        return answer;
    if (record_forget_findings(record, record->box.field)) /* what was wrong with it is being mended */
        answer = GA_REDRAW;
    if (record->box.kind->commits_at_once) {
        record_commit(screen);
        record_renew(screen);
        return GA_REDRAW;
    }
    if (screen->timer_ms == 0) /* the power may go while a long text is typed */
        ga_screen_set_timer(screen, DRAFT_AFTER_MS);
    bool has_hint_moved = record_hint_rows(screen) != record->hint_rows;
    if (answer == GA_REDRAW || has_hint_moved)
        record_place(screen);
    return has_hint_moved ? GA_REDRAW : answer;
}

static bool would_type(const struct ga_event *event)
{
    return ga_event_is_typing(event) || ga_event_is_key(event, GA_KEY_BACKSPACE) ||
           ga_event_is_key(event, GA_KEY_DELETE) || ga_event_is_key(event, GA_CTRL('U'));
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct record_item *item = record_focused(record);
    bool is_masked = item != NULL && record_is_masked(record, item);
    bool is_mending = record->fault.rc != GA_OK && would_type(event); /* what was wrong is said no more */
    if (is_mending)
        record->fault = (struct ga_error){0};
    if (is_masked && would_type(event)) {
        ga_message_set(ga_screen_note(screen), "F4 shows the number first; then it can be changed");
        return GA_HANDLED;
    }
    if (record_group(record) != NULL && record_is_group_key(event)) {
        record_open_group(screen, record_group(record), NULL, NULL);
        return GA_REDRAW;
    }
    enum ga_reply answer = is_masked ? GA_IGNORED : box_event(&record->box, event);
    answer = record_after_key(screen, is_mending && answer == GA_TOUCHED ? GA_REDRAW : answer);
    answer = answer != GA_IGNORED ? answer : take_walking_key(screen, event);
    if (answer != GA_IGNORED || !ga_event_is_typing(event) || !box_is_open(&record->box))
        return answer;
    ga_message_set(ga_screen_note(screen), "nothing is typed here: the digits pick");
    return GA_HANDLED;
}

static enum ga_reply timer(struct ga_screen *screen, int64_t now_ms)
{
    (void)now_ms;
    record_keep_draft(screen);
    return GA_HANDLED;
}

/* Commands. */

/* The only one of a page is meant from everywhere: behind its last row, too. */
static const struct ga_field *only_repeat(const struct record *record)
{
    const struct ga_field *only = NULL;
    for (size_t i = 0; i < record->items.len; i++) {
        const struct ga_field *field = GA_VEC_AT(struct record_item, &record->items, i)->field;
        if (field->type->storage != GA_STORE_ROWS)
            continue;
        if (only != NULL)
            return NULL;
        only = field;
    }
    return only;
}

static const struct ga_field *repeat_of(const struct record *record)
{
    const struct ga_field *field = box_is_open(&record->box) ? record->box.field : NULL;
    if (field == NULL)
        return NULL;
    if (field->type->storage == GA_STORE_ROWS)
        return field;
    return field->parent != NULL ? field->parent : only_repeat(record);
}

static enum ga_reply add_row(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_field *repeat = repeat_of(record);
    if (!record_commit(screen))
        return GA_REDRAW;
    if (ga_ticks_names(repeat) != NULL) { /* rows of children are ticked */
        record_focus_field(record, repeat, NULL);
        record_open_group(screen, repeat, NULL, NULL);
        return GA_REDRAW;
    }
    struct ga_uuid id = ga_entry_add_row(record->entry, repeat)->id;
    record_forget_findings(record, repeat);
    record_find_items(record);
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (record_focus_field(record, &repeat->fields.items[i], &id))
            break;
    record_renew(screen);
    record_keep_draft(screen);
    return GA_REDRAW;
}

static bool has_answers(const struct ga_field *repeat, const struct ga_row *row)
{
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (row->answers[i].state != GA_EMPTY)
            return true;
    return false;
}

/* Only an empty row goes without a question. */
static enum ga_reply ask_to_drop_row(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_row *row = box_row(record->entry, record->box.field, &record->box.row);
    if (row == NULL)
        return GA_HANDLED;
    if (has_answers(record->box.field->parent, row) || !box_is_empty(&record->box))
        record_ask_drop(screen);
    else
        record_drop_row(screen);
    return GA_REDRAW;
}

void record_drop_row(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_row *row = box_row(record->entry, record->box.field, &record->box.row);
    if (row == NULL)
        return;
    ga_entry_drop_row(record->entry, row);
    box_close(&record->box);
    if (record->focus > 0)
        record->focus--;
    record_renew(screen);
    record_keep_draft(screen);
}

static enum ga_reply show_history(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    if (!record_commit(screen))
        return GA_REDRAW;
    const struct ga_field *repeat = record->box.field->parent;
    const struct ga_screen_history_arg arg = {.record = record->entry->now.id,
                                              .form = record->entry->form,
                                              .field = repeat != NULL ? repeat : record->box.field,
                                              .can_pick = repeat == NULL};
    ga_screen_history_open(screen, &arg, TAG_HISTORY);
    return GA_REDRAW;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct record *record = GA_STATE(struct record, screen);
    switch ((enum command)id) {
    case SAVE:
        record_save(screen);
        return GA_REDRAW;
    case NEXT_PAGE:
        return turn(screen, 1);
    case PAGE_BEFORE:
        return turn(screen, -1);
    case NO_ANSWER:
        record_ask_why_not(screen);
        return GA_REDRAW;
    case ADD_ROW:
        return add_row(screen);
    case DROP_ROW:
        return ask_to_drop_row(screen);
    case REVEAL:
        record->is_revealed = !record->is_revealed;
        return GA_REDRAW;
    case HISTORY:
        return show_history(screen);
    case NEXT_PROBLEM:
        record_go_to_problem(screen);
        return GA_REDRAW;
    case DOER:
        return record_change_doer(screen);
    case NOTES:
        record_open_notes(screen);
        return GA_REDRAW;
    case REPEAT:
        record_repeat_last(screen);
        return GA_REDRAW;
    }
    return GA_IGNORED;
}

static bool has_secret(const struct record *record)
{
    for (size_t i = 0; i < record->items.len && !record->entry->is_new; i++)
        if (strcmp(GA_VEC_AT(struct record_item, &record->items, i)->field->type->name,
                   "id_number") == 0)
            return true;
    return false;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct record *record = GA_STATE(const struct record, screen);
    bool has_focus = box_is_open(&record->box);
    bool is_field = has_focus && record->box.field->type->storage != GA_STORE_ROWS;
    switch ((enum command)id) {
    case NEXT_PAGE:
        return record->page + 1 < record->entry->form->pages_count;
    case PAGE_BEFORE:
        return record->page > 0;
    case NO_ANSWER: /* `required: answered` takes none */
        return is_field && record->box.field->required != GA_REQUIRED_ANSWERED;
    case ADD_ROW:
        return repeat_of(record) != NULL;
    case DROP_ROW:
        return has_focus && record->box.field->parent != NULL;
    case REVEAL:
        return has_secret(record);
    case HISTORY:
        return has_focus && !record->entry->is_new;
    case NEXT_PROBLEM:
        return record->was_checked && record->entry->findings.len > 0;
    case NOTES:
        return has_focus;
    case DOER: /* what is stored has its doer */
        return record->entry->is_new;
    case REPEAT: /* no child is like the one before */
        return record->entry->is_new && strcmp(record->entry->form->name, "child") != 0;
    case SAVE:
        break;
    }
    return true;
}

static void help_here(struct ga_screen *screen, struct ga_str *out)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    record_help_sent(record, lang, out);
    if (!box_is_open(&record->box))
        return;
    const struct ga_field *field = record->box.field;
    struct ga_str hint = {0};
    enum ga_style style = record_write_hint(record, lang, &hint);
    if (style == GA_STYLE_ERROR || style == GA_STYLE_WARNING) /* whole, however small the window */
        ga_str_addf(out, "%s\n", ga_str_text(&hint));
    ga_str_finish(&hint);
    ga_str_addf(out, "%s: %s\n", ga_label_text(&field->label, lang), ga_tr(lang, field->type->doc));
    if (field->hint.zh != NULL)
        ga_str_addf(out, "%s\n", ga_label_text(&field->hint, lang));
    box_add_help(field, lang, out);
    if (field->required != GA_REQUIRED_NO)
        ga_str_addf(out, "%s\n", ga_tr(lang, "This field must be filled in before saving."));
}

static const struct ga_tui_command commands[] = {
    {SAVE,
     {GA_CTRL('S'), GA_KEY_F(2)},
     GA_N_("Save"),
     GA_N_("save; what is wrong is listed first"),
     GA_COMMAND_IN_BAR},
    {NEXT_PROBLEM,
     {GA_KEY_F(10), GA_CTRL('G')},
     GA_N_("Next problem"),
     GA_N_("to the next thing that is wrong"),
     GA_COMMAND_IN_BAR},
    {NO_ANSWER,
     {GA_KEY_F(3), GA_CTRL('N')},
     GA_N_("No answer"),
     GA_N_("why there is none: not known, would not say, does not apply"),
     GA_COMMAND_IF_ROOM},
    {REVEAL,
     {GA_KEY_F(4), GA_CTRL('R')},
     GA_N_("Show number"),
     GA_N_("show the ID number, or hide it again"),
     GA_COMMAND_IF_ROOM},
    {ADD_ROW,
     {GA_KEY_F(5), GA_CTRL('A')},
     GA_N_("Add row"),
     GA_N_("add a row to this list"),
     GA_COMMAND_IN_BAR},
    {DROP_ROW,
     {GA_KEY_F(7), GA_CTRL('D')},
     GA_N_("Remove row"),
     GA_N_("take this row out of the list"),
     GA_COMMAND_IF_ROOM},
    {NEXT_PAGE,
     {GA_KEY_PAGE_DOWN},
     GA_N_("Next page"),
     GA_N_("the next page of the form"),
     GA_COMMAND_IF_ROOM},
    {PAGE_BEFORE,
     {GA_KEY_PAGE_UP},
     GA_N_("Page before"),
     GA_N_("the page before"),
     GA_COMMAND_IF_ROOM},
    {HISTORY,
     {GA_KEY_F(6), GA_CTRL('P')},
     GA_N_("History"),
     GA_N_("earlier values of this field, by whom and when"),
     GA_COMMAND_IF_ROOM},
    {NOTES,
     {GA_KEY_F(11), GA_CTRL('C')},
     GA_N_("Notes"),
     GA_N_("notes on this field: read, add"),
     GA_COMMAND_IF_ROOM},
    {DOER, {GA_KEY_F(12), GA_CTRL('K')}, GA_N_("For whom"), GA_N_("type the sheets of somebody else, or end that"), 0},
    {REPEAT, {GA_CTRL('O')}, GA_N_("As the last"), GA_N_("fill this in like your last one: what was typed here stays"), 0},
};

const struct ga_screen_ops record_ops = {
    .name = "record",
    .title = GA_N_("Record"),
    .help = GA_N_(
        "Enter or Tab goes on to the next field, Shift-Tab or Up back. Digits pick, 0 opens the "
        "whole list. "
        "What is typed is kept as a draft at every field, so a power cut loses nothing. * must be "
        "filled in, ! needs a look, · was filled in beforehand."),
    .state_bytes = sizeof(struct record),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = record_paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = record_resumed,
    .about = record_about,
    .reword = record_reword,
    .back = record_leave,
    .timer = timer,
    .save_draft = record_keep_draft,
    .help_here = help_here,
};
