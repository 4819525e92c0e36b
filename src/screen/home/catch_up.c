/* What ran out while the computer stood still, with one reason for all. */
#include "guanai/screen/catch_up.h"

#include "guanai/app/catch_up.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { REASON = 1, ALL, LEAVE, EXTENT, ASK };
enum column { DUTY, CLASS, COUNT, CHILDREN };
enum { ROOMY_ROWS = 12, REASON_CHARS = 100 };

struct page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_arena arena; /* of what was read */
    struct ga_arena words; /* of dialogs and rows */
    struct ga_catch_up found;
    struct ga_catch_up_counts all; /* of all that was found */
    const struct ga_duties *duties;
    bool is_start, is_read;
    enum ga_catch_up_extent extent; /* of the reason being asked for */
    char reason[REASON_CHARS * 4 + 1]; /* the last one: mostly it is the same again */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static const struct ga_catch_up_row *marked(const struct page *page)
{
    return page->found.rows_count > 0 ? &page->found.rows[page->list.selected] : NULL;
}

static const char *duty_text(const struct page *page, const struct ga_catch_up_row *row, enum ga_lang lang)
{
    return ga_label_text(&page->duties->items[row->duty]->title, lang);
}

/* Is another site's class called the same? */
static bool is_ambiguous(const struct page *page, const struct ga_catch_up_row *row)
{
    for (size_t i = 0; i < page->found.rows_count; i++)
        if (strcmp(page->found.rows[i].class_of.shown, row->class_of.shown) == 0 &&
            strcmp(page->found.rows[i].class_of.site, row->class_of.site) != 0)
            return true;
    return false;
}

/* A class, else a site, else the school. */
static const char *place_text(struct page *page, const struct ga_catch_up_row *row, enum ga_lang lang)
{
    if (row->class_of.shown[0] != '\0')
        return !is_ambiguous(page, row) ? row->class_of.shown
                                        : ga_arena_printf(&page->words, "%s · %s", row->class_of.shown,
                                                          ga_words_choice(page->session, "site", row->class_of.site, lang));
    return row->class_of.site[0] != '\0' ? ga_words_choice(page->session, "site", row->class_of.site, lang)
                                         : ga_tr(lang, "the whole school");
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct page *page = state_of(ctx);
    const enum ga_lang lang = ga_screen_lang(ctx);
    for (size_t i = 0; i < count && first + i < page->found.rows_count; i++) {
        const struct ga_catch_up_row *row = &page->found.rows[first + i];
        ga_tui_cells_put(cells, i, DUTY, duty_text(page, row, lang));
        ga_tui_cells_put(cells, i, CLASS, place_text(page, row, lang));
        ga_tui_cells_put(cells, i, COUNT, GA_NUM(row->count));
        ga_tui_cells_put(cells, i, CHILDREN, row->children > 0 ? GA_NUM(row->children) : "");
    }
}

static const char *day_text(struct page *page, struct ga_date day, enum ga_lang lang)
{
    char text[GA_DATE_SIZE];
    return ga_arena_strdup(&page->words, ga_date_text_short(day, lang, text));
}

static void show_title(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    char title[160];
    if (page->found.has_pause) {
        snprintf(title, sizeof(title), "%s · %s – %s", ga_tr(lang, "After a long pause"),
                 day_text(page, page->found.pause.from, lang), day_text(page, page->found.pause.to, lang));
        ga_screen_set_title(screen, title);
    }
    ga_words_show_place(screen, &page->list);
}

static const char *empty_text(const struct page *page)
{
    return !page->is_read            ? GA_N_("What ended meanwhile is being worked out …")
           : !page->found.has_pause  ? GA_N_("This computer was used at least every 30 days of the past year.")
                                     : GA_N_("Nothing is left without a record or a reason.");
}

static enum ga_rc read_found(struct page *page, enum ga_lang lang, struct ga_error *err)
{
    page->found = (struct ga_catch_up){0};
    ga_arena_reset(&page->arena);
    ga_arena_reset(&page->words);
    return ga_catch_up_read(page->session, lang, &page->arena, &page->found, err);
}

static void read_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (read_found(page, ga_screen_lang(screen), &err) != GA_OK ||
        (page->found.rows_count == 0 && ga_catch_up_settle(page->session, &err) != GA_OK))
        ga_ui_say_error(screen->ui, &err);
    page->all = ga_catch_up_count(&page->found, GA_CATCH_UP_ALL, NULL);
    page->list.empty = ga_screen_tr(screen, empty_text(page));
    ga_tui_list_reload(&page->list, page->found.rows_count);
    show_title(screen);
}

/* Nobody is kept from the first screen by a page that has nothing to say. */
static bool work(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_care *care;
    struct ga_error err = {0};
    page->is_read = true;
    if (ga_care_open(screen, &care, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    page->duties = ga_care_duties(care);
    struct ga_days pause;
    const bool is_wanted = !page->is_start || ga_catch_up_noted(page->session, &pause);
    read_again(screen);
    if (page->is_start && (!is_wanted || page->found.rows_count == 0))
        ga_screen_close(screen);
    return false;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct page *page = state_of(screen);
    page->session = ga_screen_session(screen);
    page->is_start = arg != NULL;
    ga_tui_list_init(&page->list, fetch, screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->words);
}

static int head_rows(const struct ga_screen *screen)
{
    return screen->area.rows > ROOMY_ROWS ? 4 : 1;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [DUTY] = {.title = GA_N_("Duty"), .cols = 22, .min_cols = 14, .grows = true},
        [CLASS] = {.title = GA_N_("Class"), .cols = 25, .min_cols = 11},
        [COUNT] = {.title = GA_N_("Ran out"), .cols = 8, .min_cols = 7, .is_right = true},
        [CHILDREN] = {.title = GA_N_("Of children"), .cols = 11, .min_cols = 7, .priority = 1, .is_right = true},
    };
    struct page *page = state_of(screen);
    ga_area_cut_top(&area, head_rows(screen));
    ga_words_list_layout(screen, &page->list, columns, GA_COUNT(columns), empty_text(page), area);
    if (page->is_read && page->duties != NULL)
        read_again(screen);
    else
        ga_screen_start_work(screen);
}

static void paint_head(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    const char *const lines[] = {
        ga_words_say(&arena, lang, page->all.classes == 1 ? GA_N_("%1 ran out unrecorded, in 1 class")
                                                          : GA_N_("%1 ran out unrecorded, in %2 classes"),
                     GA_NUM(page->all.dues), GA_NUM(page->all.classes)),
        ga_tr(lang, "What stands on paper is typed in as ever, with the day it was done on."),
        ga_tr(lang, "For the rest a key gives a reason; the month's signature confirms it."),
    };
    const int rows = head_rows(screen);
    for (int i = 0; i < rows && i < (int)GA_COUNT(lines); i++) {
        const struct ga_area row = ga_area_row(screen->area, i);
        ga_canvas_text(canvas, row.row, row.col + 1, row.cols - 1, i == 0 ? GA_STYLE_STRONG : GA_STYLE_DIM, lines[i]);
    }
    ga_arena_finish(&arena);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    if (state_of(screen)->found.rows_count > 0 && ga_canvas_is_whole(canvas))
        paint_head(screen, canvas);
    ga_bare_list_paint(screen, canvas);
}

/* "家访 三年级(2)班", said with how many that would be. */
static const char *extent_text(struct page *page, enum ga_catch_up_extent extent, enum ga_lang lang)
{
    const struct ga_catch_up_row *row = marked(page);
    const struct ga_catch_up_counts counts = ga_catch_up_count(&page->found, extent, row);
    const char *duty = duty_text(page, row, lang), *place = place_text(page, row, lang), *number = GA_NUM(counts.dues);
    switch (extent) {
    case GA_CATCH_UP_ROW:
        return ga_words_say(&page->words, lang, GA_N_("%3: %1, %2"), duty, place, number);
    case GA_CATCH_UP_CLASS:
        return ga_words_say(&page->words, lang, GA_N_("%2: every duty of %1"), place, number);
    case GA_CATCH_UP_DUTY:
        return ga_words_say(&page->words, lang, GA_N_("%2: %1, every class"), duty, number);
    default:
        return ga_words_say(&page->words, lang, GA_N_("%1: everything"), number);
    }
}

static void ask_extent(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *const ways[] = {extent_text(page, GA_CATCH_UP_ROW, lang), extent_text(page, GA_CATCH_UP_CLASS, lang),
                                extent_text(page, GA_CATCH_UP_DUTY, lang), extent_text(page, GA_CATCH_UP_ALL, lang)};
    ga_dialog_choose(screen, ga_tr(lang, "A reason for what?"), "", ways, GA_COUNT(ways), EXTENT);
}

static void ask_reason(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_catch_up_counts counts = ga_catch_up_count(&page->found, page->extent, marked(page));
    const struct ga_dialog_ask ask = {
        .title = extent_text(page, page->extent, lang),
        .text = ga_words_say(&page->words, lang,
                             GA_N_("Why, in one line? Enter saves it: %1 of %2 classes count as excused, to be confirmed by the "
                                   "headteacher. Records written: %3."),
                             GA_NUM(counts.dues), GA_NUM(counts.classes), GA_NUM(counts.records)),
        .initial = page->reason,
        .gives_way = true,
        .max_chars = REASON_CHARS,
    };
    ga_dialog_ask(screen, &ask, ASK);
}

static void leave_open(struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (ga_catch_up_settle(state_of(screen)->session, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("Left as it is. It can be had again under More."));
    ga_screen_close(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct page *page = state_of(screen);
    if (id == LEAVE) {
        leave_open(screen);
    } else if (id == ALL) {
        page->extent = GA_CATCH_UP_ALL;
        ask_reason(screen);
    } else {
        ask_extent(screen);
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct page *page = state_of(screen);
    return page->found.rows_count > 0 && (id != LEAVE || page->found.is_noted);
}

/* What is refused stands there once more, to be mended. */
static void save(struct ga_screen *screen, const char *reason)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const struct ga_catch_up_counts counts = ga_catch_up_count(&page->found, page->extent, marked(page));
    ga_str_copy(page->reason, sizeof(page->reason), reason);
    const enum ga_rc rc = ga_catch_up_say(page->session, &page->found, page->extent, marked(page), reason, &err);
    if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 given a reason; waits for the headteacher's word"), GA_NUM(counts.dues));
    else
        ga_ui_say_error(screen->ui, &err);
    if (rc == GA_REFUSED)
        ask_reason(screen);
    else
        read_again(screen);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    if (!page->is_read) {
        ga_screen_start_work(screen); /* somebody said who sits here, which day it is */
    } else if (result->tag == EXTENT && result->is_done) {
        static const enum ga_catch_up_extent extents[] = {GA_CATCH_UP_ROW, GA_CATCH_UP_CLASS, GA_CATCH_UP_DUTY, GA_CATCH_UP_ALL};
        page->extent = extents[result->code];
        ask_reason(screen);
    } else if (result->tag == ASK && result->is_done) {
        save(screen, result->text);
    }
}

/* Classes are called in the language there is now. */
static void reword(struct ga_screen *screen, int tag)
{
    read_again(screen);
    if (marked(state_of(screen)) == NULL)
        return;
    if (tag == EXTENT)
        ask_extent(screen);
    else if (tag == ASK)
        ask_reason(screen);
}

static const struct ga_tui_command commands[] = {
    {REASON, {GA_KEY_ENTER}, GA_N_("Reason"), GA_N_("a reason for this line, for its class, for its duty"), GA_COMMAND_IN_BAR},
    {ALL, {'a', GA_KEY_F(4)}, GA_N_("One for all"), GA_N_("one reason for everything that stands here"), GA_COMMAND_IN_BAR},
    {LEAVE, {'l', GA_KEY_F(5)}, GA_N_("Leave open"), GA_N_("leave what stands here as it is: it stays undone"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_catch_up = {
    .name = "catch_up",
    .title = GA_N_("After a long pause"),
    .help = GA_N_("This computer saved nothing for more than 30 days, holidays included. Here stands what was to be done meanwhile, "
                  "whose time is over and of which nothing is recorded: by duty and class. What was done and stands on paper is "
                  "typed in as ever, with the day it was done on; it counts then, reason or not. For the rest one reason can be "
                  "given, for all or for a class or a duty: it counts at once as not confirmed, the headteacher's signature "
                  "of the class's month confirms it. Whoever gives the reason does not confirm it. One save for all: after a power "
                  "cut it is written or it is not, and what is left stands here again. Esc goes on; nothing has to be said."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = ga_bare_list_event,
    .command = run_command,
    .offers = offers,
    .work = work,
    .resumed = resumed,
    .reword = reword,
};
