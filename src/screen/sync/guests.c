/* Computers that have one class or one site: who they are, one more, one less. */
#include "guanai/screen/guests.h"

#include "guanai/app/guest.h"
#include "guanai/base/alloc.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/menu_page.h"
#include "parts/words.h"
#include "sync/sync_words.h"

enum asked { WHAT = 1, WHICH, SURE, INVITED };

struct page {
    struct ga_menu_page shown;     /* first: menu_page.h */
    struct ga_vec guests;          /* struct ga_guest, in the arena of what is shown */
    struct ga_vec going;           /* the same: those that have not ended */
    struct ga_vec choices;         /* struct ga_guest_choice, in `asked` */
    struct ga_tui_options options; /* of either */
    struct ga_guest ending;        /* in `asked` */
    struct ga_arena asked;         /* of what is asked */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

/* ---- what is shown ---- */

static void say_guest(struct page *page, enum ga_lang lang, const struct ga_guest *guest)
{
    struct ga_arena *arena = &page->shown.lines;
    char day[GA_DATE_SIZE];
    const char *scope = ga_guest_scope_words(page->shown.session, guest, lang, arena);
    const char *since = guest->is_ended
                            ? ga_words_say(arena, lang, GA_N_("%1, ended %2"), scope, ga_date_text_short(guest->ended_on, lang, day))
                            : ga_words_say(arena, lang, GA_N_("%1, since %2"), scope, ga_date_text_short(guest->since, lang, day));
    ga_menu_say(&page->shown.menu, guest->is_ended ? GA_STYLE_DIM : GA_STYLE_NORMAL, ga_arena_printf(arena, "  %s", guest->label),
                ga_arena_printf(arena, "%s%s%s", since, ga_tr(lang, GA_N_("; ")),
                                ga_sync_words_heard(arena, lang, ga_guest_heard_day(page->shown.session, guest))));
}

static void say_guests(struct page *page, enum ga_lang lang)
{
    ga_menu_page_say(&page->shown, GA_STYLE_LABEL, ga_tr(lang, "Guests of this school"));
    if (page->guests.len == 0)
        ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, ga_tr(lang, "  None yet. A guest has the children of one class or one site whole,"));
    if (page->guests.len == 0)
        ga_menu_page_say(&page->shown, GA_STYLE_NORMAL, ga_tr(lang, "  and of all others nothing that can be read."));
    for (int ended = 0; ended < 2; ended++)
        for (size_t i = 0; i < page->guests.len; i++) {
            const struct ga_guest *guest = ga_vec_at(&page->guests, i);
            if (guest->is_ended == (ended == 1))
                say_guest(page, lang, guest);
        }
}

static void read_guests(struct page *page)
{
    ga_vec_clear(&page->guests);
    ga_vec_clear(&page->going);
    ga_guests_read(page->shown.session, &page->shown.lines, &page->guests, NULL);
    for (size_t i = 0; i < page->guests.len; i++) {
        const struct ga_guest *guest = ga_vec_at(&page->guests, i);
        if (!guest->is_ended)
            *(struct ga_guest *)ga_vec_push(&page->going) = *guest;
    }
}

/* ---- inviting ---- */

static const char *choice_at(void *ctx, size_t i)
{
    const struct page *page = ctx;
    return GA_VEC_AT(struct ga_guest_choice, &page->choices, i)->words;
}

static void ask_what(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    ga_arena_reset(&page->asked);
    ga_vec_clear(&page->choices);
    if (ga_guest_choices(page->shown.session, ga_screen_lang(screen), &page->asked, &page->choices, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    if (page->choices.len == 0) {
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("No child is in a class yet: a guest would get nothing"));
        return;
    }
    page->options = (struct ga_tui_options){.ctx = page, .count = page->choices.len, .label = choice_at};
    ga_tui_pick_open(screen, &(struct ga_tui_pick){.title = ga_screen_tr(screen, "What is it to get?"), .options = &page->options, .picked = -1}, WHAT);
}

static void invite(struct ga_screen *screen, size_t i)
{
    struct page *page = state_of(screen);
    if (i < page->choices.len)
        ga_screen_push(screen, &ga_screen_guest_meet, ga_vec_at(&page->choices, i), INVITED);
}

/* ---- ending ---- */

static const char *going_at(void *ctx, size_t i)
{
    const struct page *page = ctx;
    return GA_VEC_AT(struct ga_guest, &page->going, i)->label;
}

static void ask_sure(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_dialog_confirm(screen, ga_words_say(&page->asked, lang, GA_N_("End %1?"), page->ending.label),
                      ga_words_say(&page->asked, lang,
                                   GA_N_("%1 (%2) is told once more, by the stick, that it has ended; nothing else is written for it. What it "
                                         "has stays there: take the computer back if that must not be. What was and is written on "
                                         "it still counts once its stick comes."),
                                   page->ending.label, ga_guest_scope_words(page->shown.session, &page->ending, lang, &page->asked)),
                      false, SURE);
}

static void begin_ending(struct ga_screen *screen, size_t i)
{
    struct page *page = state_of(screen);
    if (i >= page->going.len)
        return;
    ga_arena_reset(&page->asked);
    page->ending = *GA_VEC_AT(struct ga_guest, &page->going, i);
    page->ending.label = ga_arena_strdup(&page->asked, page->ending.label);
    page->ending.scope_text = ga_arena_strdup(&page->asked, page->ending.scope_text);
    ask_sure(screen);
}

static void ask_which(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    page->options = (struct ga_tui_options){.ctx = page, .count = page->going.len, .label = going_at};
    ga_tui_pick_open(screen, &(struct ga_tui_pick){.title = ga_screen_tr(screen, "Which guest is to end?"), .options = &page->options, .picked = -1}, WHICH);
}

static void end(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (ga_guest_end_one(page->shown.session, &page->ending, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_menu_page_list(screen);
}

/* ---- the page ---- */

static const char *end_words(struct ga_screen *screen)
{
    return state_of(screen)->going.len == 0 ? NULL : ga_screen_tr(screen, "End one: nothing is written for it any more");
}

static const char *join_words(struct ga_screen *screen)
{
    return ga_guest_may_join(state_of(screen)->shown.session, NULL) != GA_OK ? NULL : ga_screen_tr(screen, "This computer becomes a guest of a school");
}

static const struct ga_menu_page_row rows_at_school[] = {
    {'1', GA_N_("Invite a computer that gets one class or one site"), .opens = ask_what},
    {'2', .words = end_words, .opens = ask_which},
    {'3', .words = join_words, .ops = &ga_screen_guest_meet},
};

static const struct ga_menu_page_row rows_at_guest[] = {
    {'1', GA_N_("Meet the school again"), .ops = &ga_screen_guest_meet},
};

static void list(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_menu_page *shown = &page->shown;
    const bool is_guest = ga_guest_is_here(shown->session);
    read_guests(page);
    if (is_guest)
        ga_menu_page_add_rows(screen, rows_at_guest, GA_COUNT(rows_at_guest));
    else
        ga_menu_page_add_rows(screen, rows_at_school, GA_COUNT(rows_at_school));
    ga_menu_page_say(shown, GA_STYLE_NORMAL, "");
    if (is_guest)
        ga_sync_words_own_guest(&shown->menu, &shown->lines, ga_screen_lang(screen), shown->session);
    else
        say_guests(page, ga_screen_lang(screen));
}

static const struct ga_menu_page_kind kind = {.list = list};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct page *page = state_of(screen);
    (void)arg;
    (void)err;
    ga_menu_page_begin(screen, &kind);
    ga_vec_init(&page->guests, sizeof(struct ga_guest));
    ga_vec_init(&page->going, sizeof(struct ga_guest));
    ga_vec_init(&page->choices, sizeof(struct ga_guest_choice));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_page_leave(screen);
    ga_vec_finish(&page->guests);
    ga_vec_finish(&page->going);
    ga_vec_finish(&page->choices);
    ga_arena_finish(&page->asked);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done && result->tag == WHAT)
        invite(screen, (size_t)result->code);
    else if (result->is_done && result->tag == WHICH)
        begin_ending(screen, (size_t)result->code);
    else if (result->is_done && result->tag == SURE && result->code == 1)
        end(screen);
    else
        ga_menu_page_list(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == WHAT)
        ask_what(screen);
    else if (tag == WHICH)
        ask_which(screen);
    else if (tag == SURE)
        ask_sure(screen);
}

const struct ga_screen_ops ga_screen_guests = {
    .name = "guests",
    .title = GA_N_("Guests: computers of one class or one site"),
    .help = GA_N_("A guest is a computer that has the children of one class or one site whole, from the beginning, and of all others "
                  "nothing that can be read: one in a class teacher's or a helper's hands, say. It meets the school once, by one stick and "
                  "six groups of digits; from then on each exchange of a school's computer writes a part for it, and what is "
                  "written on it comes back and counts. When it ends it is told so once more and gets nothing further; what it has stays there, and "
                  "what was or is written on it still counts once its stick comes."),
    .state_bytes = sizeof(struct page),
    .enter = enter,
    .leave = leave,
    GA_MENU_PAGE_OPS,
    .resumed = resumed,
    .reword = reword,
};
