/* The page on which a second person types answers again, one after the other. */
#include "child/verify_run.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/input.h"
#include "parts/words.h"

#include <string.h>

enum { TYPED_CHARS = 200, INPUT_COLS = 40, WAYS = 4 };
enum command { SKIP = 1, BEFORE, NOTES, TAKE };
enum tag { TAG_OWN = 1, TAG_REASON, TAG_NOTES, TAG_ERROR };

struct run {
    struct ga_session *session;
    struct ga_verify_run_arg arg;
    size_t record;                 /* of arg.records */
    struct ga_verify_field *fields; /* of that record: those that wait */
    size_t fields_count, field;
    struct ga_arena texts;         /* of the record */
    struct ga_tui_input input;
    struct ga_str typed;           /* differs from what stands there: which is right? "" while typing */
    int choice;                    /* of the ways on, from 1; 0: none yet */
    int64_t done;                  /* on this page */
    size_t own;                    /* fields passed over because the same person typed them */
    bool takes_own;
};

static struct run *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct run, screen);
}

static const struct ga_verify_field *asked(const struct run *run)
{
    return run->field < run->fields_count ? &run->fields[run->field] : NULL;
}

static const struct ga_verify_record *record_of(const struct run *run)
{
    return &run->arg.records[run->record];
}

static void clear_typing(struct run *run)
{
    ga_tui_input_set(&run->input, "");
    run->input.is_changed = false;
    ga_str_clear(&run->typed);
    run->choice = 0;
}

/* What waits in the record, without what the same person typed unless that was wanted. */
static void read_record(struct run *run)
{
    struct ga_verify_field *all;
    size_t count = 0;
    ga_arena_reset(&run->texts);
    run->fields_count = run->field = 0;
    if (ga_verify_read(run->session->store, &record_of(run)->id, &run->texts, &all, &count, NULL) != GA_OK)
        return;
    run->fields = all;
    for (size_t i = 0; i < count; i++) {
        const bool is_own = ga_verify_is_own(run->session, &all[i]);
        if (all[i].is_verified)
            continue;
        run->own += is_own && !run->takes_own;
        if (!is_own || run->takes_own)
            run->fields[run->fields_count++] = all[i];
    }
}

static void set_status(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    ga_screen_set_status(screen, ga_words_say(&run->texts, ga_screen_lang(screen), GA_N_("verified %1 of %2"),
                                              GA_NUM(run->arg.verified + run->done), GA_NUM(run->arg.all)));
}

void ga_verify_ask_own(struct ga_screen *screen, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_dialog_confirm(screen, ga_tr(lang, "Only your own are left"),
                      ga_tr(lang, "What is left from here on you typed yourself. Another pair of eyes finds more: better "
                                  "somebody else types it. Where there is nobody else, do it all the same; it is recorded as "
                                  "by the same person. Type your own again?"),
                      false, tag);
}

/* The end: what is left is one's own, or nothing. */
static enum ga_reply finish(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    if (run->own > 0 && !run->takes_own) {
        ga_verify_ask_own(screen, TAG_OWN);
        return GA_REDRAW;
    }
    ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("That was the last one. Typed again now: %1"), GA_NUM(run->done));
    return ga_screen_close_done(screen, 0, NULL);
}

/* To the first field that waits from this record on; false: there is none. */
static bool go_to_record(struct run *run, size_t record)
{
    for (run->record = record; run->record < run->arg.count; run->record++) {
        read_record(run);
        if (run->fields_count > 0)
            return true;
    }
    run->record = run->arg.count - 1;
    return false;
}

static enum ga_reply go_on(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    clear_typing(run);
    if (run->field + 1 < run->fields_count) {
        run->field++;
    } else if (!go_to_record(run, run->record + 1)) {
        run->fields_count = 0;
        return finish(screen);
    }
    set_status(screen);
    return GA_REDRAW;
}

static enum ga_reply go_back(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    clear_typing(run);
    if (run->field > 0) {
        run->field--;
        return GA_REDRAW;
    }
    for (size_t i = run->record; i > 0; i--) {
        run->record = i - 1;
        read_record(run);
        if (run->fields_count > 0) {
            run->field = run->fields_count - 1;
            return GA_REDRAW;
        }
    }
    go_to_record(run, 0);
    return GA_REDRAW;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct run *run = state_of(screen);
    run->session = ga_screen_session(screen);
    run->arg = *(const struct ga_verify_run_arg *)arg;
    ga_tui_input_init(&run->input, TYPED_CHARS, ga_screen_note(screen));
    run->input.folds_width = true;
    run->takes_own = run->arg.takes_own;
    go_to_record(run, run->arg.first);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    ga_tui_input_finish(&run->input);
    ga_str_finish(&run->typed);
    ga_arena_finish(&run->texts);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    set_status(screen);
}

/* Painting. */

static void paint_whose(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area row)
{
    struct run *run = state_of(screen);
    const struct ga_verify_record *record = record_of(run);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *name = ga_arena_printf(&run->texts, "%s  %s", record->name[0] != '\0' ? record->name : ga_label_text(&record->form->title, lang),
                                       record->class_shown);
    struct ga_area where = ga_area_cut_right(&row, row.cols / 2);
    ga_canvas_text_fit(canvas, row.row, row.col + 1, row.cols - 1, GA_STYLE_STRONG, name);
    ga_canvas_text_right(canvas, where.row, where.col, where.cols - 1, GA_STYLE_DIM,
                         ga_words_say(&run->texts, lang, GA_N_("%1 · %2 of %3"), ga_label_text(&record->form->title, lang),
                                      GA_NUM((int64_t)run->record + 1), GA_NUM((int64_t)run->arg.count)));
}

static void add_shown(const struct run *run, enum ga_lang lang, struct ga_str *out)
{
    ga_field_show(asked(run)->field, lang, &asked(run)->value, out);
}

static void paint_choice(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area)
{
    static const char *const ways[WAYS] = {GA_N_("1  the first is right"), GA_N_("2  this one is right: it is saved"),
                                       GA_N_("3  neither: type it again"), GA_N_("4  leave it open, with a note why")};
    struct run *run = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str first = {0}, second = {0};
    add_shown(run, lang, &first);
    struct ga_value value = asked(run)->value;
    if (value.kind == GA_VALUE_TEXT) {
        value = ga_value_text(ga_str_text(&run->typed));
        ga_field_show(asked(run)->field, lang, &value, &second);
    } else {
        ga_str_add(&second, ga_str_text(&run->typed));
    }
    const char *from = asked(run)->file != NULL ? asked(run)->file : asked(run)->typed_by;
    const char *by = ga_arena_printf(&run->texts, "%s %s", from, asked(run)->typed_when);
    int row = ga_verify_paint_pair(canvas, area, ga_str_text(&first), by, ga_str_text(&second), lang);
    if (area.rows < row + 1 + WAYS) /* a small window: every way on counts */
        row--;
    for (int i = 0; i < WAYS && row + 1 < area.rows; i++) {
        const bool is_chosen = run->choice == i + 1;
        ga_canvas_text(canvas, area.row + ++row, area.col, 1, GA_STYLE_NORMAL,
                       is_chosen ? ga_canvas_mark(canvas, GA_MARK_SELECTED) : " ");
        ga_canvas_text_fit(canvas, area.row + row, area.col + 2, area.cols - 2,
                           is_chosen ? GA_STYLE_STRONG : GA_STYLE_NORMAL, ga_tr(lang, ways[i]));
    }
    ga_canvas_set_caret(canvas, area.row + (row < area.rows ? row : 0), area.col);
    ga_str_finish(&first);
    ga_str_finish(&second);
}

static void paint_typing(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area)
{
    struct run *run = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_area row = ga_area_cut_top(&area, 1);
    ga_area_cut_right(&row, row.cols > INPUT_COLS ? row.cols - INPUT_COLS : 0);
    ga_tui_input_paint(&run->input, canvas, row, true);
    ga_area_cut_top(&area, 1);
    row = ga_area_cut_top(&area, 1);
    ga_canvas_text_fit(canvas, row.row, row.col, row.cols, GA_STYLE_DIM,
                       ga_tr(lang, "Type what stands on the paper; Enter compares. Empty and Enter: the next one."));
    row = ga_area_cut_top(&area, 1);
    if (asked(run)->is_left_open)
        ga_canvas_text_fit(canvas, row.row, row.col, row.cols, GA_STYLE_WARNING,
                           ga_words_say(&run->texts, lang, GA_N_("! left open on %1 by %2: %3"), asked(run)->verified_when,
                                        asked(run)->verified_by, asked(run)->reason == NULL ? "" : asked(run)->reason));
    else if (ga_verify_is_own(run->session, asked(run)))
        ga_canvas_text_fit(canvas, row.row, row.col, row.cols, GA_STYLE_WARNING,
                           ga_tr(lang, "! you typed this yourself the first time"));
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct run *run = state_of(screen);
    struct ga_area area = screen->area;
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    paint_whose(screen, canvas, ga_area_cut_top(&area, 1));
    if (asked(run) == NULL)
        return;
    if (area.rows > 10)
        ga_area_cut_top(&area, 1);
    struct ga_area label = ga_area_cut_top(&area, 1);
    ga_canvas_text_fit(canvas, label.row, label.col + 3, label.cols - 3, GA_STYLE_LABEL,
                       ga_label_text(&asked(run)->field->label, ga_screen_lang(screen)));
    ga_area_cut_left(&area, 3);
    if (run->typed.len > 0)
        paint_choice(screen, canvas, area);
    else
        paint_typing(screen, canvas, area);
}

/* Keys. */

static enum ga_reply say_error(struct ga_screen *screen, const struct ga_error *err)
{
    ga_ui_say_error(screen->ui, err);
    return GA_REDRAW;
}

static enum ga_reply compare(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    struct ga_error err = {0};
    bool is_same = false;
    const char *text = ga_tui_input_text(&run->input);
    if (text[strspn(text, " ")] == '\0')
        return go_on(screen);
    ga_str_clear(&run->typed);
    if (ga_verify_type(run->session, &record_of(run)->id, asked(run), text, &is_same, &run->typed, &err) != GA_OK)
        return say_error(screen, &err);
    if (!is_same)
        return GA_REDRAW;
    run->done++;
    ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("✓ the same: %1"),
                  ga_label_text(&asked(run)->field->label, ga_screen_lang(screen)));
    return go_on(screen);
}

static enum ga_reply decide(struct ga_screen *screen, enum ga_verify_outcome outcome, const char *reason)
{
    struct run *run = state_of(screen);
    struct ga_error err = {0};
    if (ga_verify_decide(run->session, &record_of(run)->id, asked(run), outcome, ga_str_text(&run->typed), reason, &err) != GA_OK) {
        run->choice = 0;
        return say_error(screen, &err);
    }
    run->done += outcome != GA_VERIFY_OPEN;
    ga_words_tell(screen->ui, GA_STYLE_OK,
                  outcome == GA_VERIFY_FIRST    ? GA_N_("The first stays: %1")
                  : outcome == GA_VERIFY_SECOND ? GA_N_("Saved as typed now: %1")
                                                : GA_N_("Left open: %1"),
                  ga_label_text(&asked(run)->field->label, ga_screen_lang(screen)));
    return go_on(screen);
}

static enum ga_reply take_chosen(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_dialog_ask ask = {.title = ga_tr(lang, "Left open"),
                                      .text = ga_tr(lang, "Why it cannot be decided now; it stands as a note on the field."),
                                      .max_chars = 200};
    switch (run->choice) {
    case 1:
        return decide(screen, GA_VERIFY_FIRST, NULL);
    case 2:
        return decide(screen, GA_VERIFY_SECOND, NULL);
    case 3:
        clear_typing(run);
        return GA_REDRAW;
    case 4:
        ga_dialog_ask(screen, &ask, TAG_REASON);
        return GA_REDRAW;
    default:
        ga_message_set(ga_screen_note(screen), "not the same: 1, 2, 3 or 4 says which is right, then Enter");
        return GA_HANDLED;
    }
}

/*
 * A digit marks, Enter takes. Whoever types fast has begun the next number already: two digits in a row are no
 * decision.
 */
static enum ga_reply take_choice(struct ga_screen *screen, const struct ga_event *event)
{
    struct run *run = state_of(screen);
    const int digit = ga_event_digit(event);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return take_chosen(screen);
    if (ga_event_is_key(event, GA_KEY_UP) || ga_event_is_key(event, GA_KEY_DOWN)) {
        const int next = run->choice + (ga_event_is_key(event, GA_KEY_UP) ? -1 : 1);
        run->choice = next < 1 ? 1 : next > WAYS ? WAYS : next;
        return GA_REDRAW;
    }
    if (!ga_event_is_typing(event))
        return GA_IGNORED;
    run->choice = run->choice == 0 && digit >= 1 && digit <= WAYS ? digit : 0;
    if (run->choice == 0)
        ga_message_set(ga_screen_note(screen), "not the same: 1, 2, 3 or 4 says which is right, then Enter");
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct run *run = state_of(screen);
    if (asked(run) == NULL)
        return GA_IGNORED;
    if (run->typed.len > 0)
        return take_choice(screen, event);
    if (ga_event_is_key(event, GA_KEY_ENTER) || ga_event_is_key(event, GA_KEY_TAB))
        return compare(screen);
    const enum ga_reply answer = ga_tui_input_event(&run->input, event);
    return answer == GA_TOUCHED ? GA_REDRAW : answer;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct run *run = state_of(screen);
    if (id == TAKE)
        return take_chosen(screen);
    if (id == SKIP)
        return go_on(screen);
    if (id == BEFORE)
        return go_back(screen);
    const struct ga_note_place place = {.form = record_of(run)->form, .record = record_of(run)->id, .field = asked(run)->field};
    ga_screen_notes_open(screen, &place, TAG_NOTES);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct run *run = state_of(screen);
    if (id == TAKE) /* which is right? a digit alone may be the first of the next number */
        return run->typed.len > 0;
    return asked(run) != NULL && (id != BEFORE || run->record > 0 || run->field > 0);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct run *run = state_of(screen);
    if (result->tag == TAG_REASON && result->is_done && result->text != NULL)
        decide(screen, GA_VERIFY_OPEN, result->text);
    if (result->tag != TAG_OWN)
        return;
    run->takes_own = result->is_done && result->code == 1;
    run->own = 0;
    if (!run->takes_own || !go_to_record(run, 0))
        ga_screen_close_done(screen, 0, NULL);
    set_status(screen);
}

/* Which is right? Esc goes back to typing first. */
static enum ga_reply back(struct ga_screen *screen)
{
    struct run *run = state_of(screen);
    if (run->typed.len > 0) {
        ga_str_clear(&run->typed);
        run->choice = 0;
        return GA_REDRAW;
    }
    return ga_screen_close_done(screen, 0, NULL);
}

static const struct ga_tui_command commands[] = {
    {TAKE, {GA_KEY_ENTER}, GA_N_("Take"), GA_N_("take the way on that the digit has marked"), GA_COMMAND_IN_BAR},
    {SKIP, {GA_KEY_PAGE_DOWN}, GA_N_("Skip"), GA_N_("leave this one for later, on to the next"),
     GA_COMMAND_IN_BAR},
    {BEFORE, {GA_KEY_PAGE_UP}, GA_N_("One before"), GA_N_("the one before that still waits"), GA_COMMAND_IN_BAR},
    {NOTES, {GA_KEY_F(11), GA_CTRL('C')}, GA_N_("Notes"), GA_N_("notes on this field: read, add"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops run_ops = {
    .name = "verify_run",
    .title = GA_N_("Type again"),
    .help = GA_N_("Type what stands on the paper, without looking at what was typed first: it is not shown. The same: it is "
                  "marked and the next one comes. Not the same: both are shown, ^ marks what differs, and a digit, then Enter, "
                  "says which is right. A value that changes later loses its mark."),
    .state_bytes = sizeof(struct run),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .back = back,
};

void ga_verify_run_open(struct ga_screen *screen, const struct ga_verify_run_arg *arg, int tag)
{
    ga_screen_push(screen, &run_ops, arg, tag);
}
