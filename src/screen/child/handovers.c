/* The classes whose files pass to another class teacher. */
#include "guanai/screen/handovers.h"

#include "guanai/app/handover.h"
#include "guanai/app/print.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/records.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/file_places.h"
#include "parts/list_page.h"
#include "parts/plan_pass.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

enum { OPEN = 1, NEW, PRINT, EARLIER, ASK_OPEN, ASK_PRINT, FOLLOW, PLANS };
enum column { CLASS, TEACHER, FILES, ON, NAMES, SIGNED };

struct page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_handover_class *classes;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static const struct ga_handover_class *marked(const struct page *page)
{
    return page->shown.count > 0 ? &page->classes[page->shown.list.selected] : NULL;
}

static const char *signed_text(const struct ga_handover *handover, enum ga_lang lang)
{
    if (handover->giver_signed && handover->taker_signed)
        return ga_tr(lang, GA_N_("✓ both"));
    return ga_tr(lang, handover->giver_signed   ? GA_N_("giver only")
                       : handover->taker_signed ? GA_N_("taker only")
                                                : GA_N_("not signed yet"));
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct page *page = state_of(ctx);
    const enum ga_lang lang = ga_screen_lang(ctx);
    char day[GA_DATE_SIZE];
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_handover_class *class_of = &page->classes[first + i];
        const struct ga_handover *last = class_of->last;
        ga_tui_cells_put(cells, i, CLASS, class_of->class_of.shown);
        ga_tui_cells_put(cells, i, TEACHER, class_of->teacher);
        ga_tui_cells_put(cells, i, FILES, GA_NUM(class_of->class_of.children));
        if (last == NULL)
            continue;
        ga_tui_cells_put(cells, i, ON, ga_date_text_short(last->on, lang, day));
        ga_tui_cells_put(cells, i, NAMES, ga_arena_printf(&page->shown.row, "%s → %s", last->giver, last->taker));
        ga_tui_cells_put(cells, i, SIGNED, signed_text(last, lang));
        ga_arena_reset(&page->shown.row);
    }
}

static enum ga_rc read_classes(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    return ga_handovers_read(page->shown.session, ga_screen_lang(screen), &page->shown.arena, &page->classes, &page->shown.count, err);
}

static const struct ga_tui_column columns[] = {
    [CLASS] = {.title = GA_N_("Class"), .cols = 15, .min_cols = 11},
    [TEACHER] = {.title = GA_N_("Led by"), .cols = 14, .min_cols = 8},
    [FILES] = {.title = GA_N_("Files"), .cols = 6, .priority = 1, .is_right = true},
    [ON] = {.title = GA_N_("Handed over"), .cols = 11, .min_cols = 8, .priority = 2},
    [NAMES] = {.title = GA_N_("From, to"), .cols = 18, .min_cols = 10, .grows = true, .priority = 3},
    [SIGNED] = {.title = GA_N_("Signed"), .cols = 14, .min_cols = 8, .priority = 1},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No children here."),
    .fetch = fetch, .read = read_classes, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct ga_care *care;
    ga_list_page_begin(screen, &kind);
    return ga_care_open(screen, &care, err);
}

/* Filled in with what is known; everything can be changed before it is saved. */
static void make_new(struct ga_screen *screen, const struct ga_handover_class *class_of)
{
    struct page *page = state_of(screen);
    struct ga_handover_offer offer;
    struct ga_error err = {0};
    if (ga_handover_offer(page->shown.session, class_of, &page->shown.row, &offer, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    const struct ga_screen_fill fills[] = {{"site", offer.site}, {"class", offer.class_text}, {"giver", offer.giver},
                                           {"taker", offer.taker}, {"files", GA_NUM(offer.files)}, {"open_matters", offer.matters}};
    ga_screen_record_filled(screen, GA_HANDOVER_FORM, NULL, fills, GA_COUNT(fills),
                            offer.giver[0] == '\0'   ? "giver"
                            : offer.taker[0] == '\0' ? "taker"
                                                     : "open_matters",
                            NEW);
    ga_arena_reset(&page->shown.row);
}

/* On the stick that is in, else at home. */
static void print(struct ga_screen *screen, const struct ga_handover_class *class_of)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const char *folder = ga_file_places_target(page->shown.session->options->io, getenv("HOME"), &page->shown.row),
               *name = ga_arena_printf(&page->shown.row, "%s-%s-%s", ga_screen_tr(screen, "Handover"), class_of->last->class_text,
                                       GA_DATE_ISO(class_of->last->on)),
               *path = ga_print_path(page->shown.session, folder, name, &page->shown.row);
    if (ga_handover_print(page->shown.session, class_of, path, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("The page is written, to be printed: %1"), path);
    ga_arena_reset(&page->shown.row);
}

/* A few: the question must fit the page; the sheet has them all. */
static void add_lines(struct ga_screen *screen, struct ga_str *text, const char *mark, const char *const *lines, size_t count)
{
    enum { LINES_MAX = 3 };
    for (size_t i = 0; i < count && i < LINES_MAX; i++)
        ga_str_addf(text, "\n%s %s", mark, lines[i]);
    if (count > LINES_MAX)
        ga_str_addf(text, "\n%s %s", mark, ga_words_say(&state_of(screen)->shown.row, ga_screen_lang(screen), GA_N_("and %1 more"), GA_NUM(count - LINES_MAX)));
}

/* Of one that is not signed by both: is it still as it was written? Else it is asked what to do. */
static bool ask_changed(struct ga_screen *screen, const struct ga_handover_class *class_of, int tag)
{
    struct page *page = state_of(screen);
    struct ga_handover_changes changes;
    struct ga_error err = {0};
    struct ga_str text = {0};
    const enum ga_rc rc = ga_handover_changes_read(page->shown.session, class_of, &page->shown.row, &changes, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    const bool is_changed = rc == GA_OK && changes.added_count + changes.gone_count > 0;
    if (is_changed) {
        const char *const ways[] = {ga_screen_tr(screen, GA_N_("Bring it up to date")), ga_screen_tr(screen, GA_N_("Leave it as it was written"))};
        ga_str_add(&text, ga_words_say(&page->shown.row, ga_screen_lang(screen), GA_N_("Written on %1, not signed by both. Since then (+ new, - no longer so):"), GA_DATE_ISO(class_of->last->on)));
        add_lines(screen, &text, "+", changes.added, changes.added_count);
        add_lines(screen, &text, "-", changes.gone, changes.gone_count);
        ga_dialog_choose(screen, class_of->class_of.shown, ga_str_text(&text), ways, GA_COUNT(ways), tag);
    }
    ga_str_finish(&text);
    ga_arena_reset(&page->shown.row);
    return is_changed;
}

static void open_last(struct ga_screen *screen, const struct ga_handover_class *class_of)
{
    ga_screen_record_open(screen, &class_of->last->id, 0, NULL, OPEN);
}

/* What was asked: brought up to date first, or not. */
static void go_on(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (result->code == 0 && ga_handover_renew(page->shown.session, marked(page), &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    ga_list_page_read(screen);
    (result->tag == ASK_PRINT ? print : open_last)(screen, marked(page));
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    const struct ga_handover_class *class_of = marked(state_of(screen));
    const bool is_last = (id == OPEN || id == PRINT) && class_of->last != NULL;
    if (is_last && ask_changed(screen, class_of, id == PRINT ? ASK_PRINT : ASK_OPEN))
        return GA_REDRAW;
    if (id == EARLIER)
        ga_screen_records_open(screen, GA_HANDOVER_FORM, EARLIER);
    else if (id == PRINT)
        print(screen, class_of);
    else if (id == OPEN && class_of->last != NULL)
        open_last(screen, class_of);
    else
        make_new(screen, class_of);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct ga_handover_class *class_of = marked(state_of(screen));
    if (id == EARLIER)
        return true;
    return class_of != NULL && ((id != PRINT && id != NEW) || class_of->last != NULL);
}

/* What the class owes is asked of its class teacher: the files alone change nothing of that. */
static void ask_to_follow(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const struct ga_handover_class *class_of = marked(page);
    const enum ga_lang lang = ga_screen_lang(screen);
    char day[GA_DATE_SIZE];
    const char *title = ga_words_say(&page->shown.row, lang, GA_N_("%1: class teacher?"), class_of->class_of.shown);
    const char *text = ga_words_say(&page->shown.row, lang, GA_N_("Is %1 its class teacher from %2 on? What the class owes is asked of %1 then."),
                                    class_of->last->taker, ga_date_text_short(class_of->last->on, lang, day));
    ga_dialog_confirm(screen, title, text, true, FOLLOW);
    ga_arena_reset(&page->shown.row);
}

static void follow(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (ga_handover_follow(page->shown.session, marked(page), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1: %2"), marked(page)->class_of.shown, marked(page)->last->taker);
    ga_list_page_read(screen);
}

/* From who gave the class away to who took it over; nobody without a handover. */
static struct ga_plan_pass pass_of(const struct ga_handover_class *class_of)
{
    const struct ga_handover *last = class_of->last;
    return (struct ga_plan_pass){class_of->class_of, last == NULL ? "" : last->giver, last == NULL ? "" : last->taker};
}

static void ask_plans(struct ga_screen *screen)
{
    const struct ga_handover_class *class_of = marked(state_of(screen));
    const struct ga_plan_pass pass = class_of == NULL ? (struct ga_plan_pass){.giver = "", .taker = ""} : pass_of(class_of);
    ga_plan_pass_ask(screen, &pass, PLANS);
}

static void pass_plans(struct ga_screen *screen)
{
    const struct ga_plan_pass pass = pass_of(marked(state_of(screen)));
    ga_plan_pass_do(screen, &pass);
}

/* The handover was saved: who is its class teacher, then who helps its key children. */
static void ask_on(struct ga_screen *screen)
{
    const struct ga_handover_class *class_of = marked(state_of(screen));
    if (class_of != NULL && class_of->is_behind)
        ask_to_follow(screen);
    else
        ask_plans(screen);
}

static void take_answer(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const bool is_yes = result->code == 1;
    if (result->tag == PLANS && is_yes)
        pass_plans(screen);
    if (result->tag == FOLLOW && is_yes)
        follow(screen);
    if (result->tag == FOLLOW)
        ask_plans(screen);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const bool is_asked = result->tag == ASK_OPEN || result->tag == ASK_PRINT;
    if (result->tag == FOLLOW || result->tag == PLANS) {
        if (result->is_done && marked(state_of(screen)) != NULL)
            take_answer(screen, result);
    } else if (is_asked) {
        if (result->is_done && marked(state_of(screen)) != NULL)
            go_on(screen, result);
    } else {
        ga_list_page_read(screen);
        if (result->is_done && result->tag != EARLIER)
            ask_on(screen);
    }
}

static void reword(struct ga_screen *screen, int tag)
{
    ga_list_page_read(screen); /* classes are called in the language there is now */
    const struct ga_handover_class *class_of = marked(state_of(screen));
    if ((tag == ASK_OPEN || tag == ASK_PRINT) && class_of != NULL && class_of->last != NULL)
        ask_changed(screen, class_of, tag);
    else if (tag == FOLLOW && class_of != NULL && class_of->is_behind)
        ask_to_follow(screen);
    else if (tag == PLANS)
        ask_plans(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Hand over"), GA_N_("the handover of this class: a new one filled in with what is known, or the one of this year"), GA_COMMAND_IN_BAR},
    {PRINT, {'p', GA_KEY_F(2)}, GA_N_("Print"), GA_N_("a sheet with what is open, room for both signatures, the list of the files"), GA_COMMAND_IN_BAR},
    {NEW, {'n', GA_KEY_F(4)}, GA_N_("Another one"), GA_N_("the class changes hands once more this year"), GA_COMMAND_IF_ROOM},
    {EARLIER, {'e', GA_KEY_F(5)}, GA_N_("Earlier ones"), GA_N_("all handovers, the newest first"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_handovers = {
    .name = "handovers",
    .title = GA_N_("Handing classes over"),
    .help = GA_N_("The files of a class pass to the next class teacher, with both names. Enter on a class opens its handover, filled in "
                  "with who has the class and who is to have it, how many files there are, what is open: reports, alarms, care "
                  "plans, what is still to be done, what was sent back, notes. Everything can be changed before it is saved. Until both have "
                  "signed it is said what has changed since; then it stays as it is. Print writes a sheet to sign and the list of the files; once both have signed on paper, open "
                  "it again and say so. Who took the files over is offered as the class teacher: during the year at once, from June "
                  "on among the teachers of the new year. Care plans that name who gave the class away as helper are offered to "
                  "who took it over; both names stay in their history."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
