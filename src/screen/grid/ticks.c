/* The list on which the children of one record are ticked. */
#include "grid/ticks_state.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/tui/loop.h"

#include <stdio.h>

enum command { SAVE = 1, WHOM, LEFT_BEHIND, SEX, ALL, NO_ANSWER, NOTES };

struct ticks_arg {
    struct ga_entry *entry;
    const struct ga_field *repeat, *at;
    const struct ga_uuid *row;
};

static struct ticks *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ticks, screen);
}

static void find_columns(struct ticks *list)
{
    const struct ga_field *repeat = list->ticks.repeat;
    for (size_t i = 0; i < repeat->fields.count && list->columns_count < TICKS_COLUMNS_MAX; i++) {
        const struct ga_field *field = &repeat->fields.items[i];
        bool is_typed = field->calculation.text == NULL && field->type->storage != GA_STORE_NOTHING;
        if (field != list->ticks.names && !field->is_retired && is_typed)
            list->columns[list->columns_count++] = field;
    }
}

static void go_to(struct ticks *list, const struct ga_field *field, const struct ga_uuid *row)
{
    for (size_t i = 0; row != NULL && i < list->ticks.lines.len; i++)
        if (ga_uuid_compare(&ga_ticks_line(&list->ticks, i)->row, row) == 0)
            list->row = i;
    for (size_t i = 0; i < list->columns_count; i++)
        if (list->columns[i] == field)
            list->col = i + 1;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ticks_arg *opened_with = arg;
    struct ticks *list = state_of(screen);
    ga_ticks_init(&list->ticks, opened_with->entry, opened_with->repeat);
    list->box.screen = screen;
    list->box.entry = opened_with->entry;
    ga_arena_init(&list->whom_arena);
    ga_whom_pick_init(&list->pick, ga_screen_session(screen));
    list->pick.with_everybody = true;
    ga_tui_input_init(&list->find, TICKS_FIND_CHARS, ga_screen_note(screen));
    find_columns(list);
    ga_ticks_show(&list->ticks, NULL, false, NULL);
    ticks_read_notes(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    box_close(&list->box);
    ga_tui_input_finish(&list->find);
    ga_whom_pick_finish(&list->pick);
    ga_arena_finish(&list->whom_arena);
    ga_arena_finish(&list->note_texts);
    ga_ticks_finish(&list->ticks);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct ticks *list = state_of(screen);
    box_say_state(&list->box);
    ticks_lay_out(screen);
    ticks_set_title(screen);
}

/* "辅导记录 · 已选 6 / 58 · 三年级(2)班 · 留守": the count is never cut off. */
void ticks_set_title(struct ga_screen *screen)
{
    const struct ticks *list = state_of(screen);
    const struct ga_entry *entry = list->ticks.entry;
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_message message;
    char count[60], title[200];
    ga_message_set(&message, "ticked %1 / %2", GA_NUM(ga_ticks_count(entry, list->ticks.repeat)),
                   GA_NUM(list->ticks.lines.len));
    const char *sex = list->ticks.sex == NULL ? NULL : strcmp(list->ticks.sex, "female") == 0 ? GA_N_("girls") : GA_N_("boys");
    snprintf(title, sizeof(title), "%s · %s%s%s%s%s%s%s", ga_label_text(&entry->form->title, lang),
             ga_message_text(&message, lang, count, sizeof(count)), list->has_whom ? " · " : "", list->whom_title,
             list->only_left_behind ? " · " : "", list->only_left_behind ? ga_tr(lang, "left behind") : "",
             sex != NULL ? " · " : "", sex != NULL ? ga_tr(lang, sex) : "");
    ga_screen_set_title(screen, title);
}

void ticks_keep_draft(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    struct ga_message ignored;
    struct ga_error err = {0};
    struct ga_str half = {0};
    char place[64];
    bool is_changed = list->box.is_changed; /* the cell is not left: what is typed so far is kept all the same */
    bool is_half = box_commit(&list->box, &ignored, NULL) != GA_OK;
    list->box.is_changed = is_changed;
    snprintf(place, sizeof(place), "%s%s%s", list->ticks.repeat->name, is_half ? "." : "",
             is_half ? list->box.field->name : "");
    if (is_half) /* half a number is no answer: it is kept as it was typed */
        list->box.kind->text(&list->box, &half);
    ga_entry_set_half(list->ticks.entry, is_half ? &list->box.row : NULL, ga_str_text(&half));
    if (ga_entry_keep_draft(list->ticks.entry, place, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_str_finish(&half);
}

void ticks_set(struct ga_screen *screen, size_t row, bool is_on)
{
    struct ticks *list = state_of(screen);
    struct ga_error err = {0};
    if (ga_ticks_set(&list->ticks, row, is_on, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ticks_keep_draft(screen);
    ticks_set_title(screen);
}

void ticks_move(struct ga_screen *screen, size_t row, size_t col)
{
    struct ticks *list = state_of(screen);
    if (!ticks_leave_cell(screen))
        return;
    list->row = row;
    list->col = col;
    ticks_scroll(list);
}

/* Walking: the same keys in all columns. */

static size_t step_row(const struct ticks *list, int64_t by)
{
    int64_t row = (int64_t)list->row + by, last = (int64_t)list->ticks.lines.len - 1;
    return (size_t)(row < 0 ? 0 : row > last ? last : row);
}

static enum ga_reply walk(struct ga_screen *screen, size_t row, size_t col)
{
    struct ticks *list = state_of(screen);
    size_t first_row = list->first_row, first_col = list->first_col, old_col = list->col;
    bool was_open = box_is_open(&list->box), was_finding = ticks_is_finding(list);
    ticks_forget_find(list);
    ticks_move(screen, row, col);
    bool is_part = first_row == list->first_row && first_col == list->first_col && old_col == list->col &&
                   !was_open && !was_finding && list->fault.rc == GA_OK;
    return is_part ? GA_TOUCHED : GA_REDRAW;
}

static enum ga_reply take_walking_key(struct ga_screen *screen, const struct ga_event *event)
{
    struct ticks *list = state_of(screen);
    const int64_t page = list->table.rows > 2 ? list->table.rows - 2 : 1;
    if (event->kind != GA_EVENT_KEY)
        return GA_IGNORED;
    switch (event->key) {
    case GA_KEY_DOWN:
        return walk(screen, step_row(list, 1), list->col);
    case GA_KEY_UP:
        return walk(screen, step_row(list, -1), list->col);
    case GA_KEY_PAGE_DOWN:
        return walk(screen, step_row(list, page), list->col);
    case GA_KEY_PAGE_UP:
        return walk(screen, step_row(list, -page), list->col);
    case GA_KEY_RIGHT:
    case GA_KEY_TAB:
        return walk(screen, list->row, list->col < list->columns_count ? list->col + 1 : list->col);
    case GA_KEY_LEFT:
    case GA_KEY_BACKTAB:
        return walk(screen, list->row, list->col > 0 ? list->col - 1 : 0);
    case GA_KEY_HOME:
        return walk(screen, 0, 0);
    case GA_KEY_END:
        return walk(screen, list->ticks.lines.len - 1, list->col);
    default:
        return GA_IGNORED;
    }
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct ticks *list = state_of(screen);
    if (list->ticks.lines.len == 0) /* nobody stands here: only whose names is asked, or back */
        return ga_event_is_key(event, GA_KEY_ENTER) ? ga_screen_close_done(screen, TICKS_GO_ON, NULL) : GA_IGNORED;
    enum ga_reply answer =
        list->col == 0 ? ticks_take_tick_event(screen, event) : ticks_take_cell_event(screen, event);
    return answer != GA_IGNORED ? answer : take_walking_key(screen, event);
}

static enum ga_reply timer(struct ga_screen *screen, int64_t now_ms)
{
    (void)now_ms;
    ticks_keep_draft(screen);
    return GA_HANDLED;
}

/* Commands. */

/* Once more takes them all away again: what was noted of them comes back with the tick. */
static void tick_all(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    struct ga_error err = {0};
    bool is_on = ga_ticks_count(list->ticks.entry, list->ticks.repeat) < list->ticks.lines.len;
    if (!ticks_leave_cell(screen))
        return;
    if (ga_ticks_set_all(&list->ticks, is_on, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ticks_keep_draft(screen);
    ticks_set_title(screen);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct ticks *list = state_of(screen);
    switch ((enum command)id) {
    case SAVE:
        if (ticks_leave_cell(screen))
            return ga_screen_close_done(screen, TICKS_SAVE, NULL);
        break;
    case WHOM:
        if (ticks_leave_cell(screen))
            ga_whom_pick_open(&list->pick, screen, TICKS_WHOM);
        break;
    case SEX:
        ticks_turn_sex(screen);
        break;
    case LEFT_BEHIND:
        ticks_toggle_left_behind(screen);
        break;
    case ALL:
        tick_all(screen);
        break;
    case NO_ANSWER:
        ticks_ask_why_not(screen);
        break;
    case NOTES:
        ticks_open_notes(screen);
        break;
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct ticks *list = state_of(screen);
    if (id == NO_ANSWER)
        return ticks_field(list) != NULL && ticks_field(list)->required != GA_REQUIRED_ANSWERED;
    if (id == NOTES)
        return ticks_field(list) != NULL;
    return id != ALL || list->ticks.lines.len > 0;
}

/* Out of what is typed first, then back to the form; all of it is kept. */
static enum ga_reply back(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    if (ticks_is_finding(list)) {
        ticks_forget_find(list);
        return GA_REDRAW;
    }
    if (box_is_open(&list->box) && list->fault.rc == GA_OK && ticks_leave_cell(screen))
        return GA_REDRAW;
    ticks_keep_draft(screen);
    return ga_screen_close(screen);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ticks *list = state_of(screen);
    switch ((enum ticks_tag)result->tag) {
    case TICKS_WHOM:
        ticks_take_whom(screen, result);
        break;
    case TICKS_LIST:
        box_take_pick(&list->box, result);
        ticks_after_key(screen, GA_REDRAW);
        break;
    case TICKS_PHRASE:
        if (result->is_done)
            box_put(&list->box, list->box.phrases[result->code]);
        ticks_after_key(screen, GA_REDRAW);
        break;
    case TICKS_FIND:
        if (result->is_done && result->text != NULL)
            box_put(&list->box, result->text);
        ticks_after_key(screen, GA_REDRAW);
        break;
    case TICKS_STATE:
        if (result->is_done)
            ticks_take_state(screen, result->code);
        break;
    case TICKS_NOTES:
        ticks_read_notes(screen);
        break;
    }
}

static void reword(struct ga_screen *screen, int tag)
{
    struct ticks *list = state_of(screen);
    if (tag == TICKS_WHOM)
        ga_whom_pick_reword(&list->pick, screen, tag);
    else if (tag == TICKS_LIST)
        box_open_list(&list->box, tag);
    else if (tag == TICKS_PHRASE)
        box_open_phrases(&list->box, tag);
    else if (tag == TICKS_STATE)
        ticks_ask_why_not(screen);
}

static void help_here(struct ga_screen *screen, struct ga_str *out)
{
    const struct ga_field *field = ticks_field(state_of(screen));
    enum ga_lang lang = ga_screen_lang(screen);
    if (field == NULL)
        return;
    ga_str_addf(out, "%s: %s\n", ga_label_text(&field->label, lang), ga_tr(lang, field->type->doc));
    if (field->hint.zh != NULL)
        ga_str_addf(out, "%s\n", ga_label_text(&field->hint, lang));
    box_add_help(field, lang, out);
}

static const struct ga_tui_command commands[] = {
    {SAVE, {GA_CTRL('S'), GA_KEY_F(2)}, GA_N_("Save"), GA_N_("save the record these children are in"),
     GA_COMMAND_IN_BAR},
    {WHOM, {GA_KEY_F(5)}, GA_N_("Class"), GA_N_("the names of another class, a village, the whole school"),
     GA_COMMAND_IN_BAR},
    {LEFT_BEHIND, {GA_KEY_F(6)}, GA_N_("Left behind"), GA_N_("only left-behind children, or all again"),
     GA_COMMAND_IF_ROOM},
    {ALL, {GA_KEY_F(7)}, GA_N_("Tick all"), GA_N_("tick everybody shown, or nobody"), GA_COMMAND_IN_BAR},
    {NO_ANSWER, {GA_KEY_F(3), GA_CTRL('N')}, GA_N_("No answer"),
     GA_N_("why there is none: not known, would not say, does not apply"), GA_COMMAND_IF_ROOM},
    {NOTES, {GA_KEY_F(11), GA_CTRL('C')}, GA_N_("Notes"), GA_N_("notes on this field: read, add"), GA_COMMAND_IF_ROOM},
    {SEX, {GA_KEY_F(4)}, GA_N_("Girls"), GA_N_("only girls, then only boys, then all again"), GA_COMMAND_IF_ROOM},
};

static const struct ga_screen_ops ticks_ops = {
    .name = "ticks",
    .title = GA_N_("Who was there"),
    .help = GA_N_("Space ticks the child the mark stands on, a number the child of that number, as on the printed sheet; "
                  "letters go to a name by its pinyin. Tab goes on to what is noted of each child, where digits pick; "
                  "noting something ticks. Who was ticked already stands first. Enter goes back to the form, Ctrl-S "
                  "saves it. Everything is kept as it is ticked."),
    .state_bytes = sizeof(struct ticks),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ticks_paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .back = back,
    .timer = timer,
    .save_draft = ticks_keep_draft,
    .help_here = help_here,
};

/* What was typed in a cell without being an answer yet stands in it again. */
static void put_back_half(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    const struct ga_entry *entry = list->ticks.entry;
    if (entry->half.len == 0 || list->col == 0 ||
        ga_uuid_compare(&ga_ticks_line(&list->ticks, list->row)->row, &entry->row) != 0)
        return;
    if (ticks_open_cell(screen))
        box_put(&list->box, ga_str_text(&entry->half));
}

void ga_screen_ticks_open(struct ga_screen *screen, struct ga_entry *entry, const struct ga_field *repeat,
                          const struct ga_field *at, const struct ga_uuid *row, int tag)
{
    const struct ticks_arg arg = {.entry = entry, .repeat = repeat, .at = at, .row = row};
    if (ga_screen_push(screen, &ticks_ops, &arg, tag) != GA_OK)
        return;
    struct ga_screen *top = ga_ui_top(screen->ui);
    ticks_begin(top);
    go_to(state_of(top), at, row);
    ticks_scroll(state_of(top));
    put_back_half(top);
}
