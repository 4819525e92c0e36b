/* The records behind one due. */
#include "care/due_records.h"

#include "care/due_words.h"
#include "care/send_back_ask.h"
#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/care/due_behind.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/store/number.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

enum { OPEN = 1, WHY, SEND_BACK };
enum { DAY, FORM, DOER, WHAT };

struct page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_due due;
    const char *name;
    struct ga_due_record *records;
    struct ga_uuid sent_id;
};

struct asked {
    struct ga_care *care;
    const struct ga_due *due;
    const char *name;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static void put_record(struct ga_screen *screen, const struct ga_due_record *record, struct ga_tui_cells *cells, size_t row)
{
    struct page *page = state_of(screen);
    struct ga_session *session = ga_screen_session(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_record_face face;
    struct ga_uuid id;
    struct ga_str text = {0};
    char day[GA_DATE_SIZE];
    if (ga_store_id_of(session->store, record->record, &id, NULL) != GA_OK ||
        ga_record_face_read(session, &id, &page->shown.row, &face, NULL) != GA_OK)
        return;
    if (record->is_try)
        ga_str_addf(&text, "%s ", ga_tr(lang, GA_N_("[a try]")));
    ga_screen_add_record(session, face.form->name, &id, lang, &text);
    ga_tui_cells_put(cells, row, DAY, ga_date_text_short(record->day, lang, day));
    ga_tui_cells_put(cells, row, FORM, ga_label_text(&face.form->title, lang));
    ga_tui_cells_put(cells, row, DOER, face.doer);
    ga_tui_cells_put(cells, row, WHAT, ga_str_text(&text));
    ga_str_finish(&text);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct page *page = state_of(screen);
    for (size_t i = 0; i < count && first + i < page->shown.count; i++)
        put_record(screen, &page->records[first + i], cells, i);
    ga_arena_reset(&page->shown.row);
}

static enum ga_rc read_records(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    return ga_due_records(page->care, &page->due, &page->shown.arena, &page->records, &page->shown.count, err);
}

static void show_title(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const struct ga_duty *duty = ga_care_duties(page->care)->items[page->due.duty];
    const enum ga_lang lang = ga_screen_lang(screen);
    char from[GA_DATE_SIZE], to[GA_DATE_SIZE];
    ga_screen_set_title(screen, ga_arena_printf(&page->shown.row, "%s · %s · %s – %s", page->name, ga_label_text(&duty->title, lang),
                                                ga_date_text_short(page->due.window.opens, lang, from),
                                                ga_date_text_short(page->due.window.due_on, lang, to)));
    ga_arena_reset(&page->shown.row);
}

static const struct ga_tui_column columns[] = {
    [DAY] = {.title = GA_N_("Day"), .cols = 10, .min_cols = 8},
    [FORM] = {.title = GA_N_("Record"), .cols = 14, .min_cols = 8},
    [DOER] = {.title = GA_N_("By"), .cols = 10, .priority = 1},
    [WHAT] = {.title = GA_N_("What stands there"), .cols = 40, .min_cols = 10, .grows = true},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing was written down in these days."),
    .fetch = fetch, .read = read_records, .title = show_title};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    const struct asked *asked = arg;
    struct page *page = state_of(screen);
    ga_list_page_begin(screen, &kind);
    page->care = asked->care;
    page->due = *asked->due;
    page->due.class_key = ga_arena_strdup(&screen->arena, asked->due->class_key);
    page->due.owner = ga_arena_strdup(&screen->arena, asked->due->owner);
    page->name = ga_arena_strdup(&screen->arena, asked->name);
    return ga_list_page_fill(screen, err);
}

static bool marked_id(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct page *page = state_of(screen);
    return page->shown.count > 0 &&
           ga_store_id_of(ga_screen_session(screen)->store, page->records[page->shown.list.selected].record, ret_id, NULL) == GA_OK;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct page *page = state_of(screen);
    return page->due.child != 0 && ga_store_id_of(ga_screen_session(screen)->store, page->due.child, ret_id, NULL) == GA_OK;
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct page *page = state_of(screen);
    struct ga_uuid record;
    if (id == WHY)
        ga_due_words_explain(screen, page->care, &page->due, WHY);
    else if (marked_id(screen, &record) && id == OPEN)
        ga_screen_record_open(screen, &record, 0, NULL, OPEN);
    else if (marked_id(screen, &page->sent_id))
        ga_send_back_ask(screen, &page->sent_id, "", SEND_BACK);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id == WHY || state_of(screen)->shown.count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == WHY || (result->tag == SEND_BACK && !ga_send_back_take(screen, &state_of(screen)->sent_id, result)))
        return;
    ga_list_page_read(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == WHY)
        run_command(screen, WHY);
    else if (tag == SEND_BACK)
        ga_send_back_ask(screen, &state_of(screen)->sent_id, "", tag);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open this record"), GA_COMMAND_IN_BAR},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("the rule, the facts, what closes it"), GA_COMMAND_IN_BAR},
    {SEND_BACK, {'b', GA_KEY_F(11)}, GA_N_("Send back"), GA_N_("send this record back, with words"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops due_records_ops = {
    .name = "due_records",
    .title = GA_N_("Records"),
    .help = GA_N_("What was written down in the days of one thing that was to be done: what closed it and what was tried, newest "
                  "first. Enter opens one; Esc goes back to the same cell."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};

void ga_due_records_open(struct ga_screen *screen, struct ga_care *care, const struct ga_due *due, const char *name, int tag)
{
    const struct asked asked = {care, due, name};
    ga_screen_push(screen, &due_records_ops, &asked, tag);
}
