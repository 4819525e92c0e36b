/* The records of a form that belongs to no one child. */
#include "guanai/screen/records.h"

#include "guanai/app/group_print.h"
#include "guanai/app/print.h"
#include "guanai/base/num.h"
#include "guanai/form/children.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/store/record.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "guanai/tui/widget/search.h"
#include "parts/file_places.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>

enum { OPEN = 1, NEW, REPEAT, PRINT, FIND };
enum { ROWS_MAX = 200 }; /* of one page of the terminal */

enum { SEARCHED_MAX = 5000 }; /* newest ones: more than any school writes of one such form in years */

/* A record as the list says it. */
struct said {
    struct ga_uuid id;
    const char *text;
};

struct records {
    struct ga_tui_list list;
    const char *form;
    struct ga_tui_search search;
    struct said *said; /* all that can be searched, read at the first letter; NULL: not yet */
    size_t said_count;
    size_t *found; /* of them, what fits */
    size_t found_count;
    struct ga_arena texts; /* of said, found */
};

static struct records *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct records, screen);
}

static bool is_searching(const struct records *records)
{
    return *ga_tui_input_text(&records->search.input) != '\0';
}

static size_t copy_found(const struct records *records, size_t first, size_t count, struct ga_uuid *ret_ids)
{
    size_t copied = 0;
    for (; copied < count && first + copied < records->found_count; copied++)
        ret_ids[copied] = records->said[records->found[first + copied]].id;
    return copied;
}

static size_t read_ids(struct ga_screen *screen, size_t first, size_t count, struct ga_uuid *ret_ids)
{
    if (is_searching(state_of(screen)))
        return copy_found(state_of(screen), first, count, ret_ids);
    struct ga_error err = {0};
    size_t found = 0;
    if (ga_store_newest(ga_screen_session(screen)->store, state_of(screen)->form, first, count, ret_ids, &found,
                        &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    return found;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct ga_uuid ids[ROWS_MAX];
    struct ga_str text = {0};
    size_t found = read_ids(screen, first, count < ROWS_MAX ? count : ROWS_MAX, ids);
    for (size_t row = 0; row < found; row++) {
        ga_str_clear(&text);
        ga_screen_add_record(ga_screen_session(screen), state_of(screen)->form, &ids[row], ga_screen_lang(screen),
                             &text);
        ga_tui_cells_put(cells, row, 0, GA_NUM(first + row + 1));
        ga_tui_cells_put(cells, row, 1, ga_str_text(&text));
    }
    ga_str_finish(&text);
}

/* The words of all records, newest first, in the language there is now. */
static void read_texts(struct ga_screen *screen)
{
    struct records *records = state_of(screen);
    struct ga_session *session = ga_screen_session(screen);
    struct ga_uuid *ids = ga_arena_array(&records->texts, SEARCHED_MAX, sizeof(*ids));
    struct ga_str text = {0};
    struct ga_error err = {0};
    if (ga_store_newest(session->store, records->form, 0, SEARCHED_MAX, ids, &records->said_count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    records->said = ga_arena_array(&records->texts, records->said_count + 1, sizeof(*records->said));
    records->found = ga_arena_array(&records->texts, records->said_count + 1, sizeof(*records->found));
    for (size_t i = 0; i < records->said_count; i++) {
        ga_str_clear(&text);
        ga_screen_add_record(session, records->form, &ids[i], ga_screen_lang(screen), &text);
        records->said[i] = (struct said){ids[i], ga_arena_strdup(&records->texts, ga_str_text(&text))};
    }
    ga_str_finish(&text);
}

static void forget_texts(struct records *records)
{
    ga_arena_reset(&records->texts);
    records->said = NULL;
    records->said_count = records->found_count = 0;
}

static void search(struct ga_screen *screen)
{
    struct records *records = state_of(screen);
    const char *typed = ga_tui_input_text(&records->search.input);
    if (records->said == NULL)
        read_texts(screen);
    records->search.input.is_changed = false;
    records->found_count = 0;
    for (size_t i = 0; i < records->said_count; i++) {
        const struct ga_label label = {.zh = records->said[i].text, .en = records->said[i].text};
        if (ga_words_match(&label, typed))
            records->found[records->found_count++] = i;
    }
    snprintf(records->search.found, sizeof(records->search.found), "%zu / %zu", records->found_count, records->said_count);
    ga_tui_list_reload(&records->list, records->found_count);
}

/* What is there, or what of it was searched for. */
static void count_again(struct ga_screen *screen)
{
    struct records *records = state_of(screen);
    struct ga_error err = {0};
    int64_t count = 0;
    forget_texts(records);
    records->search.found[0] = '\0';
    records->search.input.is_changed = false;
    if (is_searching(records)) {
        search(screen);
        return;
    }
    if (ga_store_count(ga_screen_session(screen)->store, records->form, &count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&records->list, (size_t)count);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct records *records = state_of(screen);
    records->form = *(const char *const *)arg;
    ga_tui_search_init(&records->search, "", ga_screen_note(screen));
    ga_tui_list_init(&records->list, fetch, screen);
    records->list.has_header = false;
    ga_tui_list_column(&records->list, &(struct ga_tui_column){.title = "", .cols = 5, .is_right = true});
    ga_tui_list_column(&records->list,
                       &(struct ga_tui_column){.title = "", .cols = 40, .min_cols = 8, .grows = true});
    count_again(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_search_finish(&state_of(screen)->search);
    ga_tui_list_finish(&state_of(screen)->list);
    ga_arena_finish(&state_of(screen)->texts);
}

/* The box has a row of its own while it is open. */
static bool shows_box(const struct records *records)
{
    return records->search.is_open || is_searching(records);
}

static void lay_out_list(struct ga_screen *screen)
{
    struct records *records = state_of(screen);
    struct ga_area area = screen->area;
    if (shows_box(records))
        ga_area_cut_top(&area, 1);
    records->list.empty = ga_screen_tr(screen, is_searching(records) ? GA_N_("nothing found; Backspace takes the last letter away")
                                                                     : GA_N_("None yet: F2 writes the first one"));
    ga_tui_list_layout(&records->list, area);
    ga_screen_set_status(screen, shows_box(records) ? "" : ga_screen_tr(screen, GA_N_("/ searches: a word, a name, its initials, a day")));
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct records *records = state_of(screen);
    records->search.label = ga_screen_tr(screen, "Find");
    records->search.input.placeholder = ga_screen_tr(screen, GA_N_("a word, a name, its initials, a day"));
    ga_screen_set_title(screen, ga_words_form(ga_screen_session(screen), records->form, ga_screen_lang(screen)));
    lay_out_list(screen);
    count_again(screen); /* the words of the language there is now */
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct records *records = state_of(screen);
    ga_tui_list_paint(&records->list, canvas, !records->search.is_open);
    if (shows_box(records))
        ga_tui_search_paint(&records->search, canvas, ga_area_row(screen->area, 0));
}

/* Esc in the empty box closes it, in a filled one empties it. */
static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct records *records = state_of(screen);
    const bool was_shown = shows_box(records);
    enum ga_reply answer = ga_tui_search_event(&records->search, &records->list, event);
    if (!records->search.input.is_changed && shows_box(records) == was_shown)
        return answer;
    if (records->search.input.is_changed && is_searching(records))
        search(screen);
    else if (records->search.input.is_changed)
        count_again(screen);
    lay_out_list(screen);
    return GA_REDRAW;
}

static void open_selected(struct ga_screen *screen)
{
    const struct records *records = state_of(screen);
    struct ga_uuid id;
    if (read_ids(screen, records->list.selected, 1, &id) == 1)
        ga_screen_record_open(screen, &id, 0, NULL, OPEN);
}

/* On the stick that is in, else at home, under its own words: 资助-2026-11-27春蕾计划. */
static void print_selected(struct ga_screen *screen)
{
    const struct records *records = state_of(screen);
    struct ga_session *session = ga_screen_session(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    struct ga_str said = {0};
    struct ga_error err = {0};
    struct ga_uuid id;
    if (read_ids(screen, records->list.selected, 1, &id) != 1)
        return;
    ga_screen_add_record(session, records->form, &id, lang, &said);
    const char *title = ga_arena_printf(&arena, "%s %s", ga_words_form(session, records->form, lang), ga_str_text(&said));
    const char *folder = ga_file_places_target(session->options->io, getenv("HOME"), &arena);
    const char *path = ga_print_path(session, folder, title, &arena);
    if (ga_group_print(session, &id, title, path, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("The page is written, to be printed: %1"), path);
    ga_str_finish(&said);
    ga_arena_finish(&arena);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    const char *form = state_of(screen)->form;
    if (id == OPEN)
        open_selected(screen);
    else if (id == PRINT)
        print_selected(screen);
    else if (id == FIND)
        take_event(screen, &(struct ga_event){.kind = GA_EVENT_TEXT, .key = '/', .text = "/", .len = 1});
    else if (id == NEW)
        ga_screen_record_new(screen, form, NULL, NEW);
    else
        ga_screen_record_repeat(screen, form, NULL, REPEAT);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct records *records = state_of(screen);
    if (id == PRINT) {
        const struct ga_form *form = ga_forms_get(ga_screen_session(screen)->forms, records->form, NULL);
        return records->list.count > 0 && form != NULL && ga_form_children(form, NULL) != NULL;
    }
    return id == NEW || records->list.count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    count_again(screen);
    if (result->tag == NEW || result->tag == REPEAT)
        ga_tui_list_select(&state_of(screen)->list, 0); /* what is new stands first */
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open this record"), GA_COMMAND_IN_BAR},
    {NEW, {GA_KEY_F(2), 'n'}, GA_N_("New"), GA_N_("write down a new one"), GA_COMMAND_IN_BAR},
    {REPEAT, {GA_KEY_F(7), GA_CTRL('O'), 'r'}, GA_N_("As the last"),
     GA_N_("a new one like your last: the same children, topic, place; dated today"), GA_COMMAND_IN_BAR},
    {PRINT, {GA_KEY_F(12), 'p'}, GA_N_("Print"), GA_N_("write the list of the children as a page to print, to be signed for"),
     GA_COMMAND_IF_ROOM},
    {FIND, {'/'}, GA_N_("Find"), GA_N_("search what was written down"), 0}, /* stands below the list */
};

static const struct ga_screen_ops records_ops = {
    .name = "records",
    .title = GA_N_("Records"),
    .help = GA_N_("What was written down with this form, newest first. Enter opens one, F2 writes a new one; F7 fills "
                  "the new one in like your last: the same children ticked, the same topic and place, today's date. F12 writes the list of a record's children as a page to print, with room for a "
                  "signature or a fingerprint and the sum of money below."),
    .state_bytes = sizeof(struct records),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
};

void ga_screen_records_open(struct ga_screen *screen, const char *form, int tag)
{
    ga_screen_push(screen, &records_ops, &form, tag);
}
