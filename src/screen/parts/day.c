/* Which day it is, when the computer's clock cannot be right. */
#include "guanai/screen/day.h"

#include "guanai/screen/session.h"
#include "guanai/text/date_typed.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/date.h"
#include "guanai/tui/widget/viewer.h"
#include "parts/words.h"

struct day {
    struct ga_session *session;
    struct ga_tui_date date;
    struct ga_tui_viewer why;
    enum ga_lang lang; /* of the sentence */
    struct ga_date doubted; /* typed once, before the newest record: Enter again takes it */
};

enum { BELOW_TEXT = 2, COLS = 60 };

static struct day *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct day, screen);
}

/* "21" is meant beside a day near today: a dead battery's clock is not, nor a record of 2099. */
static enum ga_rc parse(const struct day *day, const char *typed, struct ga_date *ret_date, struct ga_error *err)
{
    const struct ga_date_manner manner = {.today = ga_session_near_day(day->session), .lean = GA_DATE_FUTURE};
    return ga_date_parse(typed, &manner, ret_date, NULL, err);
}

static bool hint(void *ctx, const char *typed, enum ga_lang lang, char buf[GA_DATE_HINT_SIZE])
{
    struct ga_date date;
    struct ga_error err = {0};
    buf[0] = '\0';
    if (*typed == '\0')
        return false;
    bool is_day = parse(ctx, typed, &date, &err) == GA_OK;
    if (is_day)
        ga_date_text(date, lang, buf);
    else
        ga_message_text(&err.what, lang, buf, GA_DATE_HINT_SIZE);
    return is_day;
}

static void write_why(struct ga_screen *screen)
{
    struct day *day = state_of(screen);
    day->lang = ga_screen_lang(screen);
    const struct ga_date today = day->session->today, newest = ga_store_newest_day(day->session->store);
    const bool is_written_later = ga_date_exists(newest) && ga_date_compare(today, newest) < 0;
    const char *text =
        is_written_later
            ? ga_words_say(&screen->arena, day->lang,
                           GA_N_("By this computer it is %1, but something was saved on %2. Which day is it today? For "
                                 "example 2026-11-20 or 20261120."),
                           GA_DATE_ISO(today), GA_DATE_ISO(newest))
            : ga_words_say(&screen->arena, day->lang,
                           GA_N_("This computer's clock says %1, which cannot be. Which day is it today? For example "
                                 "2026-11-20 or 20261120."),
                           GA_DATE_ISO(today));
    ga_tui_viewer_finish(&day->why);
    ga_tui_viewer_init(&day->why, text);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct day *day = state_of(screen);
    day->session = ga_screen_session(screen);
    ga_tui_date_init(&day->date, ga_screen_note(screen));
    day->date.hint = hint;
    day->date.ctx = day;
    ga_tui_viewer_init(&day->why, "");
    write_why(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct day *day = state_of(screen);
    ga_tui_date_finish(&day->date);
    ga_tui_viewer_finish(&day->why);
}

static void size_box(struct ga_screen *screen, int *rows, int *cols)
{
    struct day *day = state_of(screen);
    if (day->lang != ga_screen_lang(screen))
        write_why(screen);
    *cols = *cols < COLS ? *cols : COLS;
    int wanted = ga_tui_viewer_lines(&day->why, *cols - 1) + BELOW_TEXT;
    *rows = wanted < *rows ? wanted : *rows;
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct day *day = state_of(screen);
    struct ga_area text = screen->area;
    struct ga_area below = ga_area_cut_bottom(&text, 1);
    ga_tui_viewer_paint(&day->why, canvas, text);
    ga_tui_date_paint(&day->date, canvas, below, true, ga_screen_lang(screen));
}

/* The newest record may itself have been saved under a wrong day: then Enter once more says so. */
static bool is_doubted(struct ga_screen *screen, struct ga_date date)
{
    struct day *day = state_of(screen);
    struct ga_date newest = ga_store_newest_day(day->session->store);
    if (!ga_date_exists(newest) || ga_date_compare(date, newest) >= 0 || ga_date_compare(date, day->doubted) == 0)
        return false;
    day->doubted = date;
    ga_message_set(ga_screen_note(screen), "%1 is before %2, when something was saved; Enter again if it is right",
                   GA_DATE_ISO(date), GA_DATE_ISO(newest));
    return true;
}

static enum ga_reply take_typed(struct ga_screen *screen)
{
    struct day *day = state_of(screen);
    struct ga_date date;
    struct ga_error err = {0};
    if (parse(day, ga_tui_input_text(&day->date.input), &date, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return GA_REDRAW;
    }
    if (is_doubted(screen, date))
        return GA_REDRAW;
    ga_session_set_today(day->session, date);
    return ga_screen_close_done(screen, 0, NULL);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return take_typed(screen);
    enum ga_reply answer = ga_tui_date_event(&state_of(screen)->date, event);
    return answer == GA_TOUCHED ? GA_REDRAW : answer;
}

const struct ga_screen_ops ga_screen_day = {
    .name = "day",
    .title = GA_N_("What day is it today?"),
    .help = GA_N_("The battery of the computer's clock is probably empty. Type today's date and press Enter. Everything "
                  "saved is marked as written under a day that somebody typed. Esc goes on with the clock's day."),
    .is_dialog = true,
    .state_bytes = sizeof(struct day),
    .enter = enter,
    .leave = leave,
    .box = size_box,
    .paint = paint,
    .event = take_event,
};
