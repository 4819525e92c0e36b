/* Says step by step how two computers come to know each other. */
#include "sync/pairing_page.h"

#include "guanai/app/sticks.h"
#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

#include <string.h>

enum { STICK = 1000 }; /* behind the tags of all kinds */

struct ga_pairing_page *ga_pairing_page_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ga_pairing_page, screen);
}

/* ---- what is shown ---- */

static void say_digits(struct ga_pairing_page *page)
{
    const char *digits = page->pairing.digits;
    enum { HALF = 17 }; /* "12345 12345 12345" */
    if (strlen(digits) <= HALF)
        return;
    ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, "");
    ga_menu_page_say(&page->shown, GA_STYLE_STRONG, ga_arena_printf(&page->shown.lines, "      %.*s", HALF, digits));
    ga_menu_page_say(&page->shown, GA_STYLE_STRONG, ga_arena_printf(&page->shown.lines, "      %s", digits + HALF + 1));
    ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, "");
}

static void say_moved(struct ga_pairing_page *page, enum ga_lang lang)
{
    if (page->has_taken)
        ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, ga_words_say(&page->shown.lines, lang, GA_N_("%1 saves came from the school."), GA_NUM(page->taken)));
    if (page->written.path != NULL && page->written.receipts == 0)
        ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, page->written.transactions == 0
                                       ? ga_tr(lang, "Verified on the stick: it can be pulled out")
                                       : ga_words_say(&page->shown.lines, lang, GA_N_("%1 saves verified on the stick: it can be pulled out"),
                                                      GA_NUM(page->written.transactions)));
}

/* What is said wherever a school meets one that is none of its own computers. */
static const struct ga_pairing_words words_of_all[GA_PAIRING_OWN] = {
    [GA_PAIRING_NO_INVITATION] = {GA_STYLE_WARNING, GA_N_("Nothing of a school lies on this stick yet."),
                                  GA_N_("First: put it into the school's computer and press 1 on this page there.")},
    [GA_PAIRING_SHOWN] = {GA_STYLE_OK, GA_N_("Step 2 is done: %1 is answered. Pull the stick out. The six groups:"),
                          GA_N_("Write them down or photograph them; they stay until you leave this page."),
                          GA_N_("Next: put the stick into the school's computer again, press 1 on this page."), true},
    [GA_PAIRING_DIFFERENT] = {GA_STYLE_ERROR, GA_N_("The digits are not the same: nothing was done."),
                              GA_N_("Compare them again. If they differ still, somebody else's file lies there:"),
                              GA_N_("take another stick and begin anew with the school's computer.")},
};

static void say_done(struct ga_pairing_page *page, enum ga_lang lang)
{
    const struct ga_pairing_words *own = &page->kind->words[page->done], *words = own->is != NULL ? own : &words_of_all[page->done];
    if (page->done == GA_PAIRING_NOTHING)
        return;
    ga_menu_page_say(&page->shown, words->style, ga_words_say(&page->shown.lines, lang, words->is, page->pairing.label));
    if (words->shows_digits)
        say_digits(page);
    say_moved(page, lang);
    if (words->next != NULL)
        ga_menu_page_say(&page->shown, GA_STYLE_STRONG, ga_tr(lang, words->next));
    if (words->more != NULL)
        ga_menu_page_say(&page->shown, GA_STYLE_STRONG, ga_tr(lang, words->more));
    ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, "");
}

static void list(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    const struct ga_pairing_kind *kind = page->kind;
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < kind->lines_count; i++)
        ga_menu_add(&page->shown.menu, kind->lines[i].id, '1' + (uint32_t)i, ga_tr(lang, kind->lines[i].text), NULL);
    ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, "");
    say_done(page, lang);
    for (size_t i = 0; i < kind->way_count; i++)
        ga_menu_page_say(&page->shown, i == 0 ? GA_STYLE_LABEL : GA_STYLE_DIM, ga_tr(lang, kind->way[i]));
}

void ga_pairing_page_fail(struct ga_screen *screen, enum ga_rc rc, const struct ga_error *err)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    page->done = rc == GA_DENIED ? GA_PAIRING_DIFFERENT : GA_PAIRING_NOTHING;
    ga_ui_say_error(screen->ui, err);
    ga_menu_page_list(screen);
}

/* ---- what is asked, what is done once the page has been painted ---- */

void ga_pairing_page_ask(struct ga_screen *screen, int what)
{
    ga_pairing_page_of(screen)->kind->asks[what](screen);
}

static const char *fill_in(struct ga_screen *screen, const char *sentence)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    return ga_words_say(&page->arena, ga_screen_lang(screen), sentence, page->pairing.label, page->pairing.digits, page->scope_words);
}

static const char *say_before(struct ga_screen *screen, const char *text)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    return page->before == NULL ? text : ga_arena_printf(&page->arena, "%s\n%s", ga_screen_tr(screen, page->before), text);
}

void ga_pairing_page_ask_digits(struct ga_screen *screen, const char *title, const char *sentence, int tag)
{
    const struct ga_dialog_ask ask = {.title = ga_screen_tr(screen, title != NULL ? title : GA_N_("Are the six groups the same?")),
                                      .text = say_before(screen, fill_in(screen, sentence)), .initial = "", .max_chars = GA_SYNC_DIGITS_SIZE};
    ga_dialog_ask(screen, &ask, tag);
}

void ga_pairing_page_ask_same(struct ga_screen *screen, const char *sentence, int tag)
{
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Were the six groups the same?"), fill_in(screen, sentence), false, tag);
}

void ga_pairing_page_ask_name(struct ga_screen *screen, const char *initial, int tag)
{
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "What is this computer called?"),
        .text = fill_in(screen, GA_N_("%1 invites this computer. Type the name people know it by, the teaching point's for example.")),
        .initial = initial, .max_chars = 30};
    ga_dialog_ask(screen, &ask, tag);
}

enum ga_rc ga_pairing_page_meet(struct ga_pairing_page *page, struct ga_error *err)
{
    return page->kind->meet(page, NULL, err);
}

enum ga_rc ga_pairing_page_confirm(struct ga_pairing_page *page, struct ga_error *err)
{
    return page->kind->meet(page, page->pairing.digits, err);
}

enum ga_rc ga_pairing_page_write(struct ga_pairing_page *page, bool is_complete, struct ga_error *err)
{
    const struct ga_sync_export what = {.place = page->folder, .is_complete = is_complete};
    return ga_sync_write(page->session, &what, &page->arena, &page->written, err);
}

enum ga_rc ga_pairing_page_take(struct ga_pairing_page *page, struct ga_error *err)
{
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    const enum ga_rc rc = ga_sync_take(page->session, page->folder, NULL, &page->arena, &taken, err);
    for (size_t i = 0; i < taken.len; i++)
        page->taken += GA_VEC_AT(struct ga_sync_taken, &taken, i)->received.transactions[GA_PARCEL_APPLIED];
    page->has_taken = true;
    ga_vec_finish(&taken);
    return rc;
}

bool ga_pairing_page_work(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_error err = {0};
    bool is_stick;
    enum ga_rc rc = page->doing(page, &err);
    if (rc == GA_OK)
        rc = ga_session_stick_let_go(page->session, page->folder, &is_stick, &err);
    ga_screen_set_status(screen, "");
    if (rc != GA_OK) {
        ga_pairing_page_fail(screen, rc, &err);
    } else {
        page->done = page->may_become;
        ga_menu_page_list(screen);
    }
    return false;
}

void ga_pairing_page_begin(struct ga_screen *screen, enum ga_rc (*doing)(struct ga_pairing_page *page, struct ga_error *err), int done)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    page->doing = doing;
    page->may_become = done;
    ga_screen_set_status(screen, ga_screen_tr(screen, "working on the stick: leave it in …"));
    ga_screen_start_work(screen);
}

void ga_pairing_page_rest(struct ga_screen *screen, int done)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_error err = {0};
    bool is_stick;
    page->done = done;
    if (ga_session_stick_let_go(page->session, page->folder, &is_stick, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_menu_page_list(screen);
}

void ga_pairing_page_refuse(struct ga_screen *screen)
{
    ga_pairing_page_of(screen)->kind->meet(ga_pairing_page_of(screen), "", NULL);
    ga_pairing_page_rest(screen, GA_PAIRING_DIFFERENT);
}

/* ---- the page ---- */

static void choose(struct ga_screen *screen, int id)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    page->line = id;
    ga_stick_pick_open(&page->sticks, screen, STICK);
}

void ga_pairing_page_enter(struct ga_screen *screen, const struct ga_pairing_kind *kind)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    static const struct ga_menu_page_kind menu = {.list = list, .choose = choose};
    ga_menu_page_begin(screen, &menu);
    page->kind = kind;
    page->session = page->shown.session;
    ga_stick_pick_init(&page->sticks, page->session);
}

void ga_pairing_page_leave(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    ga_menu_page_leave(screen);
    ga_stick_pick_finish(&page->sticks);
    ga_arena_finish(&page->arena);
}

static void take_stick(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    const char *folder;
    if (!ga_stick_pick_take(&page->sticks, screen, result, &folder))
        return;
    ga_arena_reset(&page->arena);
    page->folder = ga_arena_strdup(&page->arena, folder);
    page->done = GA_PAIRING_NOTHING;
    page->same = page->met = 0;
    page->written = (struct ga_sync_written){.path = NULL};
    page->taken = 0;
    page->has_taken = false;
    page->kind->look(screen);
}

void ga_pairing_page_resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == STICK)
        take_stick(screen, result);
    else if (result->is_done)
        ga_pairing_page_of(screen)->kind->answered(screen, result);
    else
        ga_menu_page_list(screen);
}

void ga_pairing_page_reword(struct ga_screen *screen, int tag)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    if (tag != STICK)
        ga_pairing_page_ask(screen, tag);
    else
        ga_stick_pick_reword(&page->sticks, screen, tag);
}
