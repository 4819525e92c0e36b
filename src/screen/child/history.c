/* Who changed what in a record, as a list. */
#include "guanai/screen/history.h"

#include "care/send_back_ask.h"
#include "guanai/app/history.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/store/record.h"
#include "guanai/tui/widget/list.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { PICK = 1, REVEAL, SEND_BACK };
enum { COLUMN_WHEN, COLUMN_FIELD, COLUMN_VALUE, COLUMN_OLD, COLUMN_WHO };

struct history {
    struct ga_screen_history_arg arg;
    struct ga_history_entry *entries;
    size_t count;
    bool has_typist; /* somebody typed for somebody else */
    size_t current; /* values of the field that stand now: more than one wants a pick */
    bool is_revealed;
    enum ga_lang lang;
    struct ga_tui_list list;
    struct ga_arena texts; /* of the entries, in the language shown */
};

static const struct ga_history_entry *entry_at(const struct history *history, size_t i)
{
    return &history->entries[history->count - 1 - i]; /* newest first */
}

static void put_value(const struct history *history, struct ga_tui_cells *cells, size_t row,
                      size_t column, const struct ga_history_entry *entry, const char *text)
{
    bool is_masked = !history->is_revealed && entry->definition != NULL &&
                     ga_screen_is_masked(history->arg.form, entry->definition);
    struct ga_str shown = {0};
    if (is_masked && entry->kind != GA_HISTORY_VALUE && *text != '\0') /* a number may stand in it */
        ga_str_add(&shown, ga_tr(history->lang, entry->kind == GA_HISTORY_NOTE ? GA_N_("a note: F4 shows it")
                                                                               : GA_N_("typed a second time: F4 shows what")));
    else if (is_masked)
        ga_screen_add_masked(entry->definition, text, &shown);
    else
        ga_str_add(&shown, text);
    ga_tui_cells_put(cells, row, column, shown.len > 0 ? ga_str_text(&shown) : "—");
    ga_str_finish(&shown);
}

static void put_who(struct ga_tui_cells *cells, size_t row, const struct ga_history_entry *entry, enum ga_lang lang)
{
    struct ga_arena arena = {0};
    ga_tui_cells_put(cells, row, COLUMN_WHO, ga_words_who(&arena, lang, entry->user, entry->typist));
    ga_arena_finish(&arena);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct history *history = ctx;
    for (size_t row = 0; row < count; row++) {
        const struct ga_history_entry *entry = entry_at(history, first + row);
        char when[40];
        snprintf(when, sizeof(when), "%s%s%s", entry->is_current ? "✓" : " ", entry->when,
                 entry->is_doubtful ? "?" : "");
        ga_tui_cells_put(cells, row, COLUMN_WHEN, when);
        ga_tui_cells_put(cells, row, COLUMN_FIELD,
                         entry->definition != NULL ? ga_label_text(&entry->definition->label, history->lang)
                         : entry->field[0] != '\0' ? entry->field
                                                   : ga_tr(history->lang, "the whole record"));
        put_value(history, cells, row, COLUMN_OLD, entry, entry->old_text);
        put_value(history, cells, row, COLUMN_VALUE, entry, entry->new_text);
        put_who(cells, row, entry, history->lang);
        ga_tui_cells_style(cells, row, entry->is_current ? GA_STYLE_STRONG : GA_STYLE_NORMAL);
    }
}

/* A child's name for its UUID; the UUID where no file has it. */
static const char *name_of(struct ga_session *session, const char *uuid, struct ga_arena *arena)
{
    struct ga_uuid id;
    const struct ga_form *form = NULL;
    struct ga_answers answers;
    if (!ga_uuid_parse(uuid, &id) || ga_store_form_of(session->store, &id, &form, NULL) != GA_OK ||
        ga_store_read(session->store, form, &id, &answers, NULL, NULL) != GA_OK)
        return uuid;
    const struct ga_field *field = ga_form_field(form, "name");
    const struct ga_answer *answer = field != NULL ? ga_answers_at(&answers, field) : NULL;
    if (answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT)
        uuid = ga_arena_strdup(arena, answer->value.text);
    ga_answers_finish(&answers);
    return uuid;
}

/* Whose record it is stands in the log as a UUID, under a name that is no field of the form. */
static void name_owner(struct ga_session *session, struct history *history, struct ga_history_entry *entry)
{
    if (entry->definition != NULL || history->arg.form->of.text == NULL || strcmp(entry->field, "child") != 0)
        return;
    entry->field = ga_tr(history->lang, "Child's file");
    entry->old_text = name_of(session, entry->old_text, &history->texts);
    entry->new_text = name_of(session, entry->new_text, &history->texts);
}

static enum ga_rc read_entries(struct ga_screen *screen, struct ga_error *err)
{
    struct history *history = GA_STATE(struct history, screen);
    const struct ga_screen_history_arg *arg = &history->arg;
    ga_arena_reset(&history->texts);
    enum ga_rc rc =
        ga_session_history(ga_screen_session(screen), &arg->record,
                           arg->field != NULL ? arg->field->name : NULL, ga_screen_lang(screen),
                           &history->texts, &history->entries, &history->count, err);
    if (rc != GA_OK)
        return rc;
    history->lang = ga_screen_lang(screen);
    history->current = 0;
    for (size_t i = 0; i < history->count; i++) {
        history->current += history->entries[i].is_current;
        history->has_typist |= history->entries[i].typist != NULL;
        name_owner(ga_screen_session(screen), history, &history->entries[i]);
    }
    return GA_OK;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct history *history = GA_STATE(struct history, screen);
    history->arg = *(const struct ga_screen_history_arg *)arg;
    ga_arena_init(&history->texts);
    ga_tui_list_init(&history->list, fetch, history);
    return read_entries(screen, err);
}

static void leave(struct ga_screen *screen)
{
    struct history *history = GA_STATE(struct history, screen);
    ga_tui_list_finish(&history->list);
    ga_arena_finish(&history->texts);
}

static void make_columns(struct history *history, enum ga_lang lang)
{
    struct ga_tui_list *list = &history->list;
    bool is_all = history->arg.field == NULL;
    list->columns_count = 0;
    ga_tui_list_column(
        list, &(struct ga_tui_column){.title = ga_tr(lang, "When"), .cols = 18});
    ga_tui_list_column(list, &(struct ga_tui_column){.title = ga_tr(lang, "Field"),
                                                     .cols = is_all ? 14 : 0,
                                                     .min_cols = is_all ? 8 : 0});
    ga_tui_list_column(
        list, &(struct ga_tui_column){
                  .title = ga_tr(lang, "Value"), .cols = 20, .min_cols = 10, .grows = true});
    ga_tui_list_column(
        list, &(struct ga_tui_column){
                  .title = ga_tr(lang, "Before"), .cols = 14, .min_cols = 8, .priority = 2});
    ga_tui_list_column(list,
                       &(struct ga_tui_column){
                           .title = ga_tr(lang, "By"), .cols = history->has_typist ? 20 : 10, .min_cols = 6, .priority = 1});
}

/* What wants a pick first; else which file the line came from. */
static void say_status(struct ga_screen *screen)
{
    const struct history *history = GA_STATE(const struct history, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    char status[320];
    const char *source = history->count > 0 ? entry_at(history, history->list.selected)->source : "";
    bool is_open = history->arg.field != NULL && history->current > 1;
    snprintf(status, sizeof(status), "%s%s", source[0] != '\0' ? ga_tr(lang, "From the file ") : ga_tr(lang, "✓ what stands now"),
             source);
    ga_screen_set_status(
        screen, is_open ? ga_tr(lang, "Two computers say different things: Enter takes the right one") : status);
}

static void set_title(struct ga_screen *screen)
{
    const struct history *history = GA_STATE(const struct history, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    char title[160];
    const struct ga_label *what =
        history->arg.field != NULL ? &history->arg.field->label : &history->arg.form->title;
    snprintf(title, sizeof(title), "%s · %s", ga_tr(lang, "History"), ga_label_text(what, lang));
    ga_screen_set_title(screen, title);
    say_status(screen);
}

/* Shown texts change with the language. */
static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct history *history = GA_STATE(struct history, screen);
    read_entries(screen, NULL);
    make_columns(history, ga_screen_lang(screen));
    history->list.empty = ga_tr(ga_screen_lang(screen), "nothing was ever entered here");
    ga_tui_list_reload(&history->list, history->count);
    ga_tui_list_layout(&history->list, area);
    set_title(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_list_paint(&GA_STATE(struct history, screen)->list, canvas, true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    enum ga_reply reply = ga_tui_list_event(&GA_STATE(struct history, screen)->list, event);
    say_status(screen);
    return reply;
}

/* Words for no answer are typed as such, else as they are shown. */
static const char *as_typed(const char *shown, enum ga_lang lang)
{
    static const char *const typed[] = {[GA_UNKNOWN] = "?unknown",
                                        [GA_DECLINED] = "?refused",
                                        [GA_NOT_APPLICABLE] = "?not_applicable"};
    for (int state = GA_UNKNOWN; state <= GA_NOT_APPLICABLE; state++)
        if (strcmp(shown, ga_screen_state_word((enum ga_answer_state)state, lang)) == 0)
            return typed[state];
    return shown;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct history *history = GA_STATE(struct history, screen);
    if (id == PICK && entry_at(history, history->list.selected)->kind != GA_HISTORY_VALUE) {
        ga_message_set(ga_screen_note(screen), "this is no value: choose one that was typed");
        return GA_HANDLED;
    }
    if (id == SEND_BACK) {
        ga_send_back_ask(screen, &history->arg.record, "", SEND_BACK);
        return GA_REDRAW;
    }
    if (id == PICK)
        return ga_screen_close_done(
            screen, 0,
            as_typed(entry_at(history, history->list.selected)->new_text, history->lang));
    history->is_revealed = !history->is_revealed;
    ga_tui_list_reload(&history->list, history->count);
    return GA_REDRAW;
}

static bool has_masked(const struct history *history)
{
    for (size_t i = 0; i < history->count; i++)
        if (history->entries[i].definition != NULL &&
            ga_screen_is_masked(history->arg.form, history->entries[i].definition))
            return true;
    return false;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct history *history = GA_STATE(const struct history, screen);
    if (id == SEND_BACK)
        return history->count > 0;
    return id == PICK ? history->arg.can_pick && history->count > 0 : has_masked(history);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    ga_send_back_take(screen, &GA_STATE(struct history, screen)->arg.record, result);
}

static void reword(struct ga_screen *screen, int tag)
{
    ga_send_back_ask(screen, &GA_STATE(struct history, screen)->arg.record, "", tag);
}

static const struct ga_tui_command commands[] = {
    {PICK,
     {GA_KEY_ENTER},
     GA_N_("Take this"),
     GA_N_("put this value into the field; saving makes it the one"),
     GA_COMMAND_IN_BAR},
    {REVEAL,
     {GA_KEY_F(4), GA_CTRL('R')},
     GA_N_("Show"),
     GA_N_("show what is hidden, or hide it again"),
     GA_COMMAND_IN_BAR},
    {SEND_BACK, {'b', GA_KEY_F(11)}, GA_N_("Send back"), GA_N_("send the record back to who did it, with words"), GA_COMMAND_IF_ROOM},
};

static const struct ga_screen_ops history_ops = {
    .name = "history",
    .title = GA_N_("History"),
    .help = GA_N_("Every value that was ever saved, by whom and when, newest first, with the signatures of the months the "
                  "record stands in. Nothing is ever lost. Where two "
                  "computers entered different things both stand here until somebody takes one."),
    .state_bytes = sizeof(struct history),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};

void ga_screen_history_open(struct ga_screen *screen, const struct ga_screen_history_arg *arg,
                            int tag)
{
    ga_screen_push(screen, &history_ops, arg, tag);
}
