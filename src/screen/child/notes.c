/* The notes on one field, in a box over the page. */
#include "guanai/screen/notes.h"

#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/roster.h"
#include "guanai/text/wrap.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/memo.h"
#include "parts/words.h"

#include <string.h>

enum { COLS = 66, MEMO_ROWS_MAX = 4, KEEP_AFTER_MS = 2000 };
enum command { WRITE = 1, DONE };

struct notes {
    struct ga_note_place place;
    struct ga_tui_memo memo;
    struct ga_note *list;
    size_t count, selected;
    int first_row; /* of the list's lines */
    bool has_changed;
    struct ga_arena texts; /* of the list */
};

static struct notes *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct notes, screen);
}

/* Of a record that is not made yet they are in its draft; nobody has marked them. */
static void list_waiting(struct notes *notes, const struct ga_session *session)
{
    const struct ga_entry *entry = notes->place.entry;
    notes->list = ga_arena_array(&notes->texts, entry->notes.len, sizeof(*notes->list));
    for (size_t i = 0; i < entry->notes.len; i++) {
        const struct ga_draft_note *waiting = ga_vec_at(&entry->notes, i);
        const struct ga_note note = {
            .field = waiting->field, .row = waiting->row, .text = waiting->text, .user = ga_store_user(session->store)};
        if (ga_note_is_on(&note, notes->place.field, &notes->place.row))
            notes->list[notes->count++] = note;
    }
}

static void list_stored(struct notes *notes, struct ga_session *session)
{
    struct ga_note *all;
    size_t count = 0;
    if (ga_notes_read_child(session->store, &notes->place.record, &notes->texts, &all, &count, NULL) != GA_OK)
        return;
    notes->list = ga_arena_array(&notes->texts, count, sizeof(*notes->list));
    for (size_t i = 0; i < count; i++)
        if (ga_note_is_on(&all[i], notes->place.field, &notes->place.row))
            notes->list[notes->count++] = all[i];
}

static void read_again(struct ga_screen *screen)
{
    struct notes *notes = state_of(screen);
    ga_arena_reset(&notes->texts);
    notes->count = 0;
    if (notes->place.entry != NULL)
        list_waiting(notes, ga_screen_session(screen));
    else
        list_stored(notes, ga_screen_session(screen));
    notes->selected = notes->count > 0 ? notes->count - 1 : 0;
}

static void set_title(struct ga_screen *screen)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_screen_set_title(screen, ga_words_say(&screen->arena, lang, GA_N_("Notes · %1"),
                                             ga_label_text(&state_of(screen)->place.field->label, lang)));
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct notes *notes = state_of(screen);
    struct ga_str half = {0};
    notes->place = *(const struct ga_note_place *)arg;
    ga_tui_memo_init(&notes->memo, GA_NOTE_CHARS, ga_screen_note(screen));
    ga_note_read_half(ga_screen_session(screen), &notes->place, &half);
    ga_tui_memo_set(&notes->memo, ga_str_text(&half));
    notes->memo.is_changed = false;
    ga_str_finish(&half);
    read_again(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct notes *notes = state_of(screen);
    ga_tui_memo_finish(&notes->memo);
    ga_arena_finish(&notes->texts);
}

/* Lines. */

static size_t text_lines(const struct ga_note *note, int cols)
{
    return ga_wrap_count(note->text, strlen(note->text), cols > 2 ? (size_t)cols - 2 : 1);
}

/* Who and when above, the text below. */
static int lines_of(const struct ga_note *note, int cols)
{
    return 1 + (int)text_lines(note, cols);
}

static int all_lines(const struct notes *notes, int cols)
{
    int lines = 0;
    for (size_t i = 0; i < notes->count; i++)
        lines += lines_of(&notes->list[i], cols);
    return notes->count == 0 ? 1 : lines;
}

static int memo_rows(const struct notes *notes, int cols)
{
    const int rows = ga_tui_memo_lines(&notes->memo, cols);
    return rows < 2 ? 2 : rows < MEMO_ROWS_MAX ? rows : MEMO_ROWS_MAX;
}

static void size_box(struct ga_screen *screen, int *rows, int *cols)
{
    struct notes *notes = state_of(screen);
    *cols = *cols < COLS ? *cols : COLS;
    const int wanted = all_lines(notes, *cols) + 1 + MEMO_ROWS_MAX;
    *rows = wanted < *rows ? wanted : *rows;
    set_title(screen);
}

/* It hangs on another file of the child: which one, else it seems to speak of what stands here. */
static const char *say_file(struct ga_screen *screen, const struct ga_note *note)
{
    struct notes *notes = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_roster_row row;
    if (notes->place.entry != NULL || ga_uuid_compare(&note->record, &notes->place.record) == 0 ||
        ga_roster_row(ga_screen_session(screen)->store, &note->record, lang, &notes->texts, &row, NULL) != GA_OK)
        return "";
    return ga_arena_printf(&notes->texts, "  [%s %lld %s]", ga_tr(lang, "no."), (long long)row.card_no, row.name);
}

static const char *say_head(struct ga_screen *screen, const struct ga_note *note)
{
    struct notes *notes = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *who = ga_words_who(&notes->texts, lang, note->user, note->typist);
    const char *when = note->when[0] != '\0' ? note->when : ga_tr(lang, "saved with the form");
    const char *head = ga_arena_printf(&notes->texts, "%s%s  %s%s", when, note->is_doubtful ? "?" : "", who,
                                       say_file(screen, note));
    if (note->settled_by == NULL)
        return head;
    return ga_arena_printf(&notes->texts, "%s  ✓ %s", head,
                           ga_words_say(&notes->texts, lang, GA_N_("done, %1 %2"), note->settled_by, note->settled_when));
}

static void paint_text(struct ga_canvas *canvas, struct ga_area area, int top, const struct ga_note *note)
{
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, note->text, strlen(note->text), area.cols > 2 ? (size_t)area.cols - 2 : 1);
    for (int row = top; ga_wrap_next(&wrap, &line); row++)
        if (row >= 0 && row < area.rows)
            ga_canvas_text_n(canvas, area.row + row, area.col + 2, area.cols - 2,
                             note->settled_by != NULL ? GA_STYLE_DIM : GA_STYLE_NORMAL, note->text + line.at, line.len);
}

/* The chosen one stays in sight, whole where it fits. */
static void scroll(struct notes *notes, const struct ga_area *area)
{
    int top = 0;
    for (size_t i = 0; i < notes->selected; i++)
        top += lines_of(&notes->list[i], area->cols);
    const int bottom = notes->count == 0 ? 0 : top + lines_of(&notes->list[notes->selected], area->cols);
    if (bottom > notes->first_row + area->rows)
        notes->first_row = bottom - area->rows;
    if (top < notes->first_row)
        notes->first_row = top;
}

static void paint_list(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area)
{
    struct notes *notes = state_of(screen);
    int top;
    if (notes->count == 0) {
        ga_canvas_text_fit(canvas, area.row, area.col, area.cols, GA_STYLE_DIM,
                           ga_screen_tr(screen, "No note on this field yet."));
        return;
    }
    scroll(notes, &area);
    top = -notes->first_row;
    struct ga_area outer = ga_canvas_clip(canvas, area);
    for (size_t i = 0; i < notes->count; i++) {
        const bool is_selected = i == notes->selected;
        if (top >= 0 && top < area.rows) {
            ga_canvas_text(canvas, area.row + top, area.col, 1, GA_STYLE_NORMAL,
                           is_selected ? ga_canvas_mark(canvas, GA_MARK_SELECTED) : " ");
            ga_canvas_text_fit(canvas, area.row + top, area.col + 2, area.cols - 2,
                               is_selected ? GA_STYLE_STRONG : GA_STYLE_LABEL, say_head(screen, &notes->list[i]));
        }
        paint_text(canvas, area, top + 1, &notes->list[i]);
        top += lines_of(&notes->list[i], area.cols);
    }
    ga_canvas_clip(canvas, outer);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct notes *notes = state_of(screen);
    struct ga_area list = screen->area;
    struct ga_area memo = ga_area_cut_bottom(&list, memo_rows(notes, list.cols));
    struct ga_area label = ga_area_cut_bottom(&list, 1);
    ga_canvas_fill(canvas, screen->area, GA_STYLE_NORMAL);
    paint_list(screen, canvas, list);
    ga_canvas_text_fit(canvas, label.row, label.col, label.cols, GA_STYLE_LABEL,
                       ga_screen_tr(screen, "A new note (Enter writes it, Ctrl-J begins a line):"));
    ga_tui_memo_paint(&notes->memo, canvas, memo, true);
}

/* Keys. */

static void keep_half(struct ga_screen *screen)
{
    struct notes *notes = state_of(screen);
    struct ga_error err = {0};
    if (!notes->memo.is_changed)
        return;
    if (ga_note_keep_half(ga_screen_session(screen), &notes->place, ga_tui_memo_text(&notes->memo), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    notes->memo.is_changed = false;
}

static enum ga_reply timer(struct ga_screen *screen, int64_t now_ms)
{
    (void)now_ms;
    keep_half(screen);
    return GA_HANDLED;
}

static enum ga_reply write_note(struct ga_screen *screen)
{
    struct notes *notes = state_of(screen);
    struct ga_error err = {0};
    const char *text = ga_tui_memo_text(&notes->memo);
    if (text[strspn(text, " \n")] == '\0')
        return ga_screen_close_done(screen, 0, NULL);
    if (ga_note_write(ga_screen_session(screen), &notes->place, text, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return GA_REDRAW;
    }
    ga_ui_say(screen->ui, GA_STYLE_OK,
              ga_screen_tr(screen, notes->place.entry != NULL ? GA_N_("Noted; it is saved together with the form.")
                                                              : GA_N_("Noted.")));
    notes->memo.is_changed = false;
    return ga_screen_close_done(screen, 1, NULL);
}

static enum ga_reply settle(struct ga_screen *screen)
{
    struct notes *notes = state_of(screen);
    struct ga_error err = {0};
    const size_t selected = notes->selected;
    const struct ga_note *note = &notes->list[selected];
    if (ga_store_settle_note(ga_screen_session(screen)->store, note, note->settled_by == NULL, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    notes->has_changed = true;
    read_again(screen);
    notes->selected = selected;
    return GA_REDRAW;
}

static enum ga_reply choose(struct notes *notes, int by)
{
    if ((by < 0 && notes->selected > 0) || (by > 0 && notes->selected + 1 < notes->count))
        notes->selected = by < 0 ? notes->selected - 1 : notes->selected + 1;
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct notes *notes = state_of(screen);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return write_note(screen);
    enum ga_reply answer = ga_tui_memo_event(&notes->memo, event);
    if (notes->memo.is_changed && screen->timer_ms == 0)
        ga_screen_set_timer(screen, KEEP_AFTER_MS);
    if (answer == GA_IGNORED && ga_event_is_key(event, GA_KEY_UP))
        return choose(notes, -1);
    if (answer == GA_IGNORED && ga_event_is_key(event, GA_KEY_DOWN))
        return choose(notes, 1);
    return answer == GA_TOUCHED ? GA_REDRAW : answer;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    return id == WRITE ? write_note(screen) : settle(screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct notes *notes = state_of(screen);
    return id == WRITE || (notes->count > 0 && notes->place.entry == NULL);
}

static enum ga_reply back(struct ga_screen *screen)
{
    struct notes *notes = state_of(screen);
    keep_half(screen);
    if (ga_tui_memo_text(&notes->memo)[0] != '\0')
        ga_ui_say(screen->ui, GA_STYLE_NORMAL, ga_screen_tr(screen, "The note is not written yet; it stands there again next time."));
    return notes->has_changed ? ga_screen_close_done(screen, 0, NULL) : ga_screen_close(screen);
}

static const struct ga_tui_command commands[] = {
    {WRITE, {GA_KEY_F(2), GA_CTRL('S')}, GA_N_("Write note"), GA_N_("write the note down, with your name and the time"),
     GA_COMMAND_IN_BAR},
    {DONE, {GA_KEY_F(5)}, GA_N_("Mark done"), GA_N_("mark the chosen note as done, or open it again"),
     GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops notes_ops = {
    .name = "notes",
    .title = GA_N_("Notes"),
    .help = GA_N_("Notes on this one field, by whom and when. Type a new one and press Enter; Up and Down choose, F5 marks as "
                  "done. No note is ever erased. Who may not see the field sees no note on it."),
    .is_dialog = true,
    .state_bytes = sizeof(struct notes),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .box = size_box,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .back = back,
    .timer = timer,
    .save_draft = keep_half,
};

void ga_screen_notes_open(struct ga_screen *screen, const struct ga_note_place *place, int tag)
{
    ga_screen_push(screen, &notes_ops, place, tag);
}
