/* The screen of one child's file: its pages to read, its records newest first. */
#include "guanai/screen/child.h"

#include "child/child_state.h"
#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/screen/history.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/record.h"
#include "guanai/screen/value.h"

#include <stdio.h>
#include <string.h>

enum command { OPEN = 1, NEW, REVEAL, HISTORY, OTHER, CHANGE, RETURN, CLASSES, NOTES, KEY };
enum { LABEL_COLS = 26, LABEL_MIN_COLS = 12, WIDE_COLS = 110 };

static struct child *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct child, screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct child *child = state_of(screen);
    child->screen = screen;
    child->id = *(const struct ga_uuid *)arg; /* of linked files the one that leads is opened */
    ga_same_main(ga_screen_session(screen)->store, arg, &child->id, NULL);
    ga_vec_init(&child->fields, sizeof(const struct ga_field *));
    ga_arena_init(&child->stored);
    ga_tui_list_init(&child->page, child_fetch_field, child);
    ga_tui_timeline_init(&child->timeline, child_fetch_moment, child, ga_screen_lang(screen));
    child->is_fresh = true;
    return child_read(child, err);
}

static void leave(struct ga_screen *screen)
{
    struct child *child = state_of(screen);
    ga_tui_list_finish(&child->page);
    ga_tui_timeline_finish(&child->timeline);
    child_finish(child);
}

/* "1 基本": the titles of some forms bring along the number the tab has anyway. */
static const char *bare_title(const char *title)
{
    size_t digits = strspn(title, "0123456789");
    return digits > 0 && title[digits] == ' ' ? title + digits + 1 : title;
}

static void name_tabs(struct child *child, enum ga_lang lang)
{
    struct ga_tui_tabs *tabs = &child->tabs;
    tabs->count = 0;
    for (size_t i = 0; i < child->form->pages_count && tabs->count + 1 < GA_TABS_MAX; i++)
        tabs->titles[tabs->count++] = bare_title(ga_label_text(&child->form->pages[i].title, lang));
    snprintf(child->records_title, sizeof(child->records_title), "%s (%zu)", ga_tr(lang, "Records"),
             child->entries_count);
    tabs->titles[tabs->count++] = child->records_title;
}

static void make_columns(struct child *child)
{
    struct ga_tui_list *list = &child->page;
    list->columns_count = 0;
    list->has_header = false;
    ga_tui_list_column(
        list, &(struct ga_tui_column){.title = "", .cols = LABEL_COLS, .min_cols = LABEL_MIN_COLS});
    ga_tui_list_column(
        list, &(struct ga_tui_column){.title = "", .cols = 40, .min_cols = 10, .grows = true});
}

static void set_status(struct ga_screen *screen)
{
    const struct child *child = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    ga_screen_set_status(screen,
                         child->conflicts_count > 0
                             ? ga_tr(lang, "! two computers say different things: F6 shows both")
                             : "");
}

static bool has_alarms(const struct child *child)
{
    return child->alarms[0] != '\0';
}

static struct ga_area list_area(const struct ga_screen *screen)
{
    struct ga_area area = screen->area;
    ga_area_cut_top(&area, 1 + has_alarms(state_of(screen)) + 1); /* head line, alarms, tabs */
    return area;
}

/* Where there is room the records stand beside a page. */
static bool shows_both(const struct ga_screen *screen)
{
    return screen->area.cols >= WIDE_COLS && !child_shows_records(state_of(screen));
}

static void place_lists(struct ga_screen *screen)
{
    struct child *child = state_of(screen);
    struct ga_area page = list_area(screen), records = page;
    if (shows_both(screen)) {
        records = ga_area_cut_right(&page, page.cols / 2);
        ga_area_cut_right(&page, 1);
    }
    ga_tui_list_layout(&child->page, page);
    ga_tui_list_layout(&child->timeline.list, records);
}

/* Page, language, reveal, save: what is listed is made anew. */
static void renew(struct ga_screen *screen)
{
    struct child *child = state_of(screen);
    child_list_fields(child);
    name_tabs(child, ga_screen_lang(screen));
    ga_tui_list_reload(&child->page, child->fields.len);
    ga_tui_list_reload(&child->timeline.list, child->entries_count);
    place_lists(screen);
    set_status(screen);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct child *child = state_of(screen);
    if (!child->is_fresh)
        child_read(child, NULL); /* class names change with the language */
    child->is_fresh = false;
    make_columns(child);
    child->timeline.list.empty =
        ga_tr(ga_screen_lang(screen), "nothing yet; n writes the first record");
    renew(screen);
}

static void paint_head(struct child *child, struct ga_canvas *canvas, struct ga_area row,
                       enum ga_lang lang)
{
    struct ga_str head = {0};
    child_head_line(child, lang, &head);
    ga_canvas_text_fit(canvas, row.row, row.col + 1, row.cols - 1, GA_STYLE_STRONG,
                       ga_str_text(&head));
    ga_str_finish(&head);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct child *child = state_of(screen);
    if (ga_canvas_is_whole(canvas)) {
        paint_head(child, canvas, ga_area_row(screen->area, 0), ga_screen_lang(screen));
        if (has_alarms(child))
            ga_canvas_text_fit(canvas, screen->area.row + 1, screen->area.col + 1, screen->area.cols - 1, GA_STYLE_WARNING,
                               child->alarms);
        ga_tui_tabs_paint(&child->tabs, canvas, ga_area_row(screen->area, 1 + has_alarms(child)));
    }
    if (shows_both(screen) && ga_canvas_is_whole(canvas))
        ga_tui_list_paint(&child->timeline.list, canvas, false);
    ga_tui_list_paint(child_shows_records(child) ? &child->timeline.list : &child->page, canvas,
                      true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct child *child = state_of(screen);
    enum ga_reply answer =
        ga_tui_list_event(child_shows_records(child) ? &child->timeline.list : &child->page, event);
    if (answer != GA_IGNORED)
        return answer;
    const struct child_place place = {child->page.selected, child->page.first};
    size_t before = child->tabs.current;
    answer = ga_tui_tabs_event(&child->tabs, event);
    if (answer == GA_REDRAW) {
        child->places[before] = place;
        renew(screen);
        child->page.first = child->places[child->tabs.current].first;
        ga_tui_list_select(&child->page, child->places[child->tabs.current].selected);
    }
    return answer;
}

/* The field the mark stands on; NULL on the page of records. */
static const struct ga_field *marked_field(const struct child *child)
{
    if (child_shows_records(child) || child->page.selected >= child->fields.len)
        return NULL;
    return *GA_VEC_AT(const struct ga_field *, &child->fields, child->page.selected);
}

static void open_marked(struct ga_screen *screen)
{
    struct child *child = state_of(screen);
    const struct ga_field *field = marked_field(child);
    if (!child_shows_records(child))
        ga_screen_record_open(screen, &child->id, field != NULL ? field->page : child->tabs.current,
                              field != NULL ? field->name : NULL, CHILD_TAG_EDITED);
    else if (child->timeline.list.selected < child->entries_count)
        ga_screen_record_open(screen, &child->entries[child->timeline.list.selected].id, 0, NULL,
                              CHILD_TAG_EDITED);
}

static void show_history(struct ga_screen *screen)
{
    struct child *child = state_of(screen);
    struct ga_screen_history_arg arg = {
        .record = child->id, .form = child->form, .field = marked_field(child)};
    if (child_shows_records(child) && child->timeline.list.selected < child->entries_count) {
        const struct ga_timeline_entry *entry = &child->entries[child->timeline.list.selected];
        arg.record = entry->id;
        arg.form = entry->form;
    }
    ga_screen_history_open(screen, &arg, CHILD_TAG_HISTORY);
}

static void show_notes(struct ga_screen *screen)
{
    struct child *child = state_of(screen);
    const struct ga_note_place place = {.form = child->form, .record = child->id, .field = marked_field(child)};
    ga_screen_notes_open(screen, &place, CHILD_TAG_NOTES);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct child *child = state_of(screen);
    switch ((enum command)id) {
    case OPEN:
        open_marked(screen);
        break;
    case NEW:
        child_offer_forms(child);
        break;
    case REVEAL:
        child->is_revealed = !child->is_revealed;
        renew(screen);
        break;
    case HISTORY:
        show_history(screen);
        break;
    case OTHER:
        child_open_other(child);
        break;
    case CHANGE:
        child_ask_change(child);
        break;
    case RETURN:
        child_ask_return(child);
        break;
    case CLASSES:
        child_show_classes(child);
        break;
    case NOTES:
        show_notes(screen);
        break;
    case KEY:
        child_ask_key(child);
        break;
    }
    return GA_REDRAW;
}

/* Fields may have come or gone above it. */
static void mark_field(struct child *child, const char *name)
{
    for (size_t i = 0; name != NULL && i < child->fields.len; i++)
        if (strcmp((*GA_VEC_AT(const struct ga_field *, &child->fields, i))->name, name) == 0)
            ga_tui_list_select(&child->page, i);
}

static void mark_record(struct child *child, const struct ga_uuid *id)
{
    for (size_t i = 0; i < child->entries_count; i++)
        if (ga_uuid_compare(&child->entries[i].id, id) == 0)
            ga_tui_list_select(&child->timeline.list, i);
}

/* Something was saved: the mark stays on its field, goes to the record that was written. */
static void read_again(struct ga_screen *screen, const char *saved)
{
    struct child *child = state_of(screen);
    struct ga_error err = {0};
    struct ga_uuid id;
    const struct ga_field *marked = marked_field(child);
    const char *name = marked != NULL ? ga_arena_strdup(&screen->arena, marked->name) : NULL;
    child->was_saved = true;
    if (child_read(child, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    renew(screen);
    mark_field(child, name);
    if (saved != NULL && ga_uuid_parse(saved, &id))
        mark_record(child, &id);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    *ret_id = state_of(screen)->id;
    return true;
}

static bool work(struct ga_screen *screen)
{
    child_open_care(state_of(screen));
    renew(screen);
    return false;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == CHILD_TAG_FORM || result->tag == CHILD_TAG_MORE)
        child_take_form(state_of(screen), result);
    else if (result->tag == CHILD_TAG_CHANGE)
        child_take_change(state_of(screen), result);
    else if (result->tag == CHILD_TAG_OTHER)
        child_take_other(state_of(screen), result);
    else if ((result->tag == CHILD_TAG_PAIR || result->tag == CHILD_TAG_NOTES) && result->is_done)
        read_again(screen, NULL);
    else if (result->tag == CHILD_TAG_EDITED && result->is_done)
        read_again(screen, result->text);
    else if (result->tag == CHILD_TAG_KEY && child_take_key(state_of(screen), result))
        read_again(screen, NULL);
    else if (result->tag == CHILD_TAG_RETURN && result->is_done && result->code == 1 && child_take_return(state_of(screen)))
        read_again(screen, NULL);
}

static void reword(struct ga_screen *screen, int tag)
{
    static void (*const asking[])(struct child *) = {
        [CHILD_TAG_FORM] = child_offer_forms,   [CHILD_TAG_MORE] = child_offer_rest, [CHILD_TAG_OTHER] = child_open_other,
        [CHILD_TAG_RETURN] = child_ask_return, [CHILD_TAG_CLASSES] = child_show_classes, [CHILD_TAG_KEY] = child_ask_key,
    };
    struct child *child = state_of(screen);
    if (tag <= 0 || (size_t)tag >= GA_COUNT(asking) || asking[tag] == NULL)
        return;
    child_read_departure(child);
    asking[tag](child);
}

static enum ga_reply back(struct ga_screen *screen)
{
    return state_of(screen)->was_saved ? ga_screen_close_done(screen, 0, NULL)
                                       : ga_screen_close(screen);
}

static bool has_masked(const struct child *child)
{
    for (size_t i = 0; i < child->fields.len; i++)
        if (ga_screen_is_masked(child->form,
                                *GA_VEC_AT(const struct ga_field *, &child->fields, i)))
            return true;
    return false;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct child *child = state_of(screen);
    bool has_marked = !child_shows_records(child) || child->entries_count > 0;
    switch ((enum command)id) {
    case REVEAL:
        return has_masked(child);
    case OPEN:
    case HISTORY:
        return has_marked;
    case OTHER:
        return child->files_count > 1;
    case CHANGE:
        return child_may_change(child);
    case KEY:
        return child_may_be_key(child);
    case RETURN:
        return child->may_return;
    case NOTES:
        return marked_field(child) != NULL && marked_field(child)->type->storage != GA_STORE_NOTHING;
    case NEW:
    case CLASSES:
        break;
    }
    return true;
}

/* A change of status stands among the new records as well. */
static const struct ga_tui_command commands[] = {
    {OPEN,
     {GA_KEY_ENTER, 'e'},
     GA_N_("Open"),
     GA_N_("change this page at the marked field; open the marked record"),
     GA_COMMAND_IN_BAR},
    {NEW,
     {'n', GA_KEY_F(5)},
     GA_N_("New"),
     GA_N_("write down a visit, a talk or another record"),
     GA_COMMAND_IN_BAR},
    {REVEAL,
     {GA_KEY_F(4), GA_CTRL('R')},
     GA_N_("Show"),
     GA_N_("show what is hidden, or hide it again"),
     GA_COMMAND_IN_BAR},
    {HISTORY,
     {GA_KEY_F(6), 'h', GA_CTRL('P')},
     GA_N_("History"),
     GA_N_("earlier values of the marked field or record, by whom and when"),
     GA_COMMAND_IN_BAR},
    {OTHER,
     {'=', GA_KEY_F(7)},
     GA_N_("Other file"),
     GA_N_("the linked file beside this one: take over what it says, or part them again"),
     GA_COMMAND_IF_ROOM},
    {RETURN,
     {'b'},
     GA_N_("Is back"),
     GA_N_("the child who left or was away is here again: put this file in force, with a record of today"),
     GA_COMMAND_IN_BAR},
    {KEY, {'k'}, GA_N_("Key ★"), GA_N_("make this a key child with a plan; of one who is: review, close, end"),
     GA_COMMAND_IF_ROOM},
    {NOTES,
     {GA_KEY_F(11), 't', GA_CTRL('C')},
     GA_N_("Notes"),
     GA_N_("notes on the marked field: read, add, mark as done"),
     GA_COMMAND_IF_ROOM},
    {CHANGE,
     {'l'},
     GA_N_("Leaves"),
     GA_N_("the child leaves, is away for a while or goes to another site of the school: write it down"),
     GA_COMMAND_IF_ROOM},
    {CLASSES, {'c'}, GA_N_("Classes"), GA_N_("in which class and at which site the child was, and when"), 0},
};

static const struct ga_screen_ops child_ops = {
    .name = "child",
    .title = GA_N_("Child's file"),
    .help = GA_N_("Everything the school knows of one child. Left, Right or digits turn the pages, Up and Down "
                  "walk, Enter changes "
                  "what the mark stands on. The last page holds the records, newest first. "
                  "Sensitive answers stay "
                  "hidden until F4. What must not wait about the child stands below its name."),
    .state_bytes = sizeof(struct child),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
    .work = work,
    .back = back,
};

void ga_screen_child_open(struct ga_screen *screen, const struct ga_uuid *child, int tag)
{
    ga_screen_push(screen, &child_ops, child, tag);
}

/* On the page it belongs to: what a first page shows at hand stands there as well. */
static void go_to(struct ga_screen *screen, const char *name)
{
    struct child *child = state_of(screen);
    const struct ga_field *field = name == NULL ? NULL : ga_form_field(child->form, name);
    if (field == NULL || field->parent != NULL || field->page >= child->form->pages_count)
        return;
    child->tabs.current = field->page;
    renew(screen);
    for (size_t i = 0; i < child->fields.len; i++)
        if (*GA_VEC_AT(const struct ga_field *, &child->fields, i) == field)
            ga_tui_list_select(&child->page, i);
}

void ga_screen_child_open_at(struct ga_screen *screen, const struct ga_uuid *child, const char *field, int tag)
{
    if (ga_screen_push(screen, &child_ops, child, tag) == GA_OK)
        go_to(ga_ui_top(screen->ui), field);
}

void ga_screen_child_write(struct ga_screen *screen, const struct ga_uuid *child, int tag)
{
    if (ga_screen_push(screen, &child_ops, child, tag) == GA_OK)
        child_offer_forms(GA_STATE(struct child, ga_ui_top(screen->ui)));
}
