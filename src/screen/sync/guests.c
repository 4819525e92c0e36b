/* Computers that have one class or one site: who they are, one more, one less. */
#include "guanai/screen/guests.h"

#include "guanai/app/guest.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/menu.h"
#include "parts/words.h"
#include "sync/sync_words.h"

/* What can be chosen; the tags of what is asked as well. */
enum line { INVITE = 1, END, JOIN, WHAT, WHICH, SURE };

struct page {
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_vec guests;          /* struct ga_guest, in `lines` */
    struct ga_vec going;           /* the same: those that have not ended */
    struct ga_vec choices;         /* struct ga_guest_choice, in `asked` */
    struct ga_tui_options options; /* of either */
    struct ga_guest ending;        /* in `asked` */
    struct ga_arena lines, asked;  /* of what is shown, of what is asked */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

/* ---- what is shown ---- */

static void say(struct page *page, enum ga_style style, const char *text)
{
    ga_menu_say(&page->menu, style, text, NULL);
}

static void say_guest(struct page *page, enum ga_lang lang, const struct ga_guest *guest)
{
    struct ga_arena *arena = &page->lines;
    char day[GA_DATE_SIZE];
    const char *scope = ga_guest_scope_words(page->session, guest, lang, arena);
    const char *since = guest->is_ended
                            ? ga_words_say(arena, lang, GA_N_("%1, ended %2"), scope, ga_date_text_short(guest->ended_on, lang, day))
                            : ga_words_say(arena, lang, GA_N_("%1, since %2"), scope, ga_date_text_short(guest->since, lang, day));
    ga_menu_say(&page->menu, guest->is_ended ? GA_STYLE_DIM : GA_STYLE_NORMAL, ga_arena_printf(arena, "  %s", guest->label),
                ga_arena_printf(arena, "%s%s%s", since, ga_tr(lang, GA_N_("; ")),
                                ga_sync_words_heard(arena, lang, ga_guest_heard_day(page->session, guest))));
}

static void say_guests(struct page *page, enum ga_lang lang)
{
    say(page, GA_STYLE_LABEL, ga_tr(lang, "Guests of this school"));
    if (page->guests.len == 0)
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "  None yet. A guest has the children of one class or one site whole,"));
    if (page->guests.len == 0)
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "  and of all others nothing that can be read."));
    for (int ended = 0; ended < 2; ended++)
        for (size_t i = 0; i < page->guests.len; i++) {
            const struct ga_guest *guest = ga_vec_at(&page->guests, i);
            if (guest->is_ended == (ended == 1))
                say_guest(page, lang, guest);
        }
}

static void list_at_guest(struct page *page, enum ga_lang lang)
{
    ga_menu_add(&page->menu, JOIN, '1', ga_tr(lang, "Meet the school again"), NULL);
    say(page, GA_STYLE_NORMAL, "");
    ga_sync_words_own_guest(&page->menu, &page->lines, lang, page->session);
}

static void list_at_school(struct page *page, enum ga_lang lang)
{
    struct ga_menu *menu = &page->menu;
    ga_menu_add(menu, INVITE, '1', ga_tr(lang, "Invite a computer that gets one class or one site"), NULL);
    if (page->going.len > 0)
        ga_menu_add(menu, END, '2', ga_tr(lang, "End one: nothing is written for it any more"), NULL);
    if (ga_guest_may_join(page->session, NULL) == GA_OK)
        ga_menu_add(menu, JOIN, '3', ga_tr(lang, "This computer becomes a guest of a school"), NULL);
    say(page, GA_STYLE_NORMAL, "");
    say_guests(page, lang);
}

static void read_guests(struct page *page)
{
    ga_vec_clear(&page->guests);
    ga_vec_clear(&page->going);
    ga_guests_read(page->session, &page->lines, &page->guests, NULL);
    for (size_t i = 0; i < page->guests.len; i++) {
        const struct ga_guest *guest = ga_vec_at(&page->guests, i);
        if (!guest->is_ended)
            *(struct ga_guest *)ga_vec_push(&page->going) = *guest;
    }
}

static void list_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const int selected = ga_menu_selected(&page->menu);
    ga_menu_clear(&page->menu);
    ga_arena_reset(&page->lines);
    read_guests(page);
    if (ga_guest_is_here(page->session))
        list_at_guest(page, lang);
    else
        list_at_school(page, lang);
    ga_menu_settle(&page->menu, selected);
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
    if (ga_guest_choices(page->session, ga_screen_lang(screen), &page->asked, &page->choices, &err) != GA_OK) {
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
        ga_screen_push(screen, &ga_screen_guest_meet, ga_vec_at(&page->choices, i), INVITE);
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
                                   page->ending.label, ga_guest_scope_words(page->session, &page->ending, lang, &page->asked)),
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
    if (ga_guest_end_one(page->session, &page->ending, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    list_again(screen);
}

/* ---- the page ---- */

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct page *page = state_of(screen);
    (void)arg;
    (void)err;
    page->session = ga_screen_session(screen);
    ga_menu_init(&page->menu);
    ga_vec_init(&page->guests, sizeof(struct ga_guest));
    ga_vec_init(&page->going, sizeof(struct ga_guest));
    ga_vec_init(&page->choices, sizeof(struct ga_guest_choice));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_finish(&page->menu);
    ga_vec_finish(&page->guests);
    ga_vec_finish(&page->going);
    ga_vec_finish(&page->choices);
    ga_arena_finish(&page->lines);
    ga_arena_finish(&page->asked);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    list_again(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(&state_of(screen)->menu, canvas, screen->area, true, ga_screen_lang(screen));
}

static void open_joining(struct ga_screen *screen)
{
    ga_screen_push(screen, &ga_screen_guest_meet, NULL, JOIN);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    static void (*const opens[])(struct ga_screen *screen) = {[INVITE] = ask_what, [END] = ask_which, [JOIN] = open_joining};
    int id;
    if (!ga_menu_chooses(&state_of(screen)->menu, event, &id))
        return ga_menu_event(&state_of(screen)->menu, event);
    if (id != 0)
        opens[id](screen);
    return id != 0 ? GA_REDRAW : GA_HANDLED;
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
        list_again(screen);
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
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .resumed = resumed,
    .reword = reword,
};
