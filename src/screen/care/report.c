/* The way to a mandatory report from any page. */
#include "guanai/screen/report.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "guanai/store/same.h"
#include "guanai/tui/widget/typed_list.h"
#include "parts/finder.h"
#include "parts/words.h"
#include "record/record_state.h"

#include <string.h>

enum { REPORT = -20, /* no page has a tag like it */ TAKE = 1, WRITTEN, TYPED_CHARS = 40, TOP_ROWS = 3 };

/* Below the form: finds the child where the page was about nobody, hands back whom it was written of. */
struct report {
    struct ga_tui_input input;
    struct ga_finder finder;
    char found[24];
};


static struct report *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct report, screen);
}

static void search(struct ga_screen *screen)
{
    struct report *report = state_of(screen);
    struct ga_error err = {0};
    report->input.is_changed = false;
    if (ga_finder_search(&report->finder, ga_tui_input_text(&report->input), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct report *report = state_of(screen);
    ga_tui_input_init(&report->input, TYPED_CHARS, ga_screen_note(screen));
    ga_finder_init(&report->finder, ga_screen_session(screen));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_input_finish(&state_of(screen)->input);
    ga_finder_finish(&state_of(screen)->finder);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct report *report = state_of(screen);
    report->input.placeholder = ga_screen_tr(screen, "name, pinyin, initials (hl), end of a number, nickname, village");
    ga_area_cut_top(&area, TOP_ROWS);
    ga_finder_layout(&report->finder, area, ga_screen_lang(screen));
    search(screen);
}

static bool has_typed(const struct report *report)
{
    const char *typed = ga_tui_input_text(&report->input);
    return typed[strspn(typed, " ")] != '\0';
}

static const char *hint_text(const struct report *report)
{
    if (!has_typed(report))
        return GA_N_("Of whom? A few letters. Not in the archive yet: type the whole name.");
    return report->finder.count > 0 ? GA_N_("Enter opens the report; Up and Down choose")
                                    : GA_N_("Nobody found: Enter makes a file with this name and opens the report");
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct report *report = state_of(screen);
    struct ga_area row = ga_area_row(screen->area, 0), hint = ga_area_row(screen->area, 1);
    ga_area_cut_left(&row, 1);
    const int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, "Report on"));
    ga_area_cut_left(&row, used + 1);
    ga_area_cut_right(&row, 1);
    ga_canvas_fill(canvas, hint, GA_STYLE_NORMAL);
    ga_canvas_text(canvas, hint.row, hint.col + 1, hint.cols - 1, GA_STYLE_DIM, ga_screen_tr(screen, hint_text(report)));
    if (has_typed(report))
        ga_tui_list_paint(&report->finder.list, canvas, true);
    ga_tui_input_paint(&report->input, canvas, row, true);
}

/* A report on this child that was begun and not saved is gone on with; nobody is asked. */
static enum ga_rc open_entry(struct ga_session *session, const struct ga_uuid *child, struct ga_entry **ret_entry,
                             struct ga_error *err)
{
    int64_t draft = 0;
    char field[64] = "";
    if (ga_draft_find(session->store, GA_REPORT_FORM, NULL, child, ga_store_user(session->store), &draft, NULL) == GA_OK &&
        draft != 0 && ga_entry_resume(session, draft, ret_entry, field, NULL) == GA_OK)
        return GA_OK;
    return ga_entry_new(session, GA_REPORT_FORM, child, ret_entry, err);
}

/* Without the form there is nothing to stay for: what is wrong is said on the page below. */
static void open_form(struct ga_screen *screen, const struct ga_uuid *child)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (open_entry(ga_screen_session(screen), child, &entry, &err) == GA_OK) {
        record_push(screen, entry, 0, "what", WRITTEN);
        return;
    }
    ga_ui_say_error(screen->ui, &err);
    ga_screen_close(screen);
}

/* Nothing but the name: who it is can be looked up when the report is on its way. */
static enum ga_rc make_child(struct ga_session *session, const char *name, struct ga_uuid *ret_id, struct ga_error *err)
{
    struct ga_entry *entry;
    enum ga_rc rc = ga_entry_new(session, "child", NULL, &entry, err);
    if (rc != GA_OK)
        return rc;
    entry->mode = GA_CHECK_IMPORT;
    const struct ga_field *field = ga_form_field(entry->form, "name");
    rc = field == NULL ? ga_error_set(err, GA_REFUSED, "form %1 has no field %2", "child", "name")
                       : ga_entry_set(entry, field, NULL, name, NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_save(entry, NULL, err);
    *ret_id = entry->now.id;
    ga_entry_destroy(entry);
    return rc;
}

static enum ga_reply take(struct ga_screen *screen)
{
    struct report *report = state_of(screen);
    const struct ga_search_hit *hit = ga_finder_selected(&report->finder);
    struct ga_error err = {0};
    struct ga_uuid id;
    if (!has_typed(report))
        return GA_HANDLED;
    if (hit != NULL)
        id = hit->id;
    else if (make_child(ga_screen_session(screen), ga_tui_input_text(&report->input), &id, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return GA_HANDLED;
    }
    open_form(screen, &id);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct report *report = state_of(screen);
    if (ga_event_is_key(event, GA_KEY_ESC))
        return GA_IGNORED; /* closes, whatever stands in the box */
    const enum ga_reply answer = ga_tui_typed_list_event(&report->input, &report->finder.list, event);
    if (!report->input.is_changed)
        return answer;
    search(screen);
    return GA_REDRAW;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    return id == TAKE ? take(screen) : GA_IGNORED;
}

/* Saved or kept as a draft: back to where the key was pressed, which may show what was written. */
static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag != WRITTEN)
        return;
    ga_screen_close(screen);
    if (result->is_done)
        ga_ui_renew(screen->ui);
}

static const struct ga_tui_command commands[] = {
    {TAKE, {GA_KEY_ENTER}, GA_N_("Report"), GA_N_("open the report on this child"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops report_ops = {
    .name = "report",
    .title = GA_N_("Mandatory report"),
    .help = GA_N_("Whoever sees or hears that a child is harmed, in danger or left without anybody must report it at once. "
                  "Type of whom it is; a line about what was seen is enough to save. Nothing else is asked for, all of it "
                  "can be filled in later."),
    .state_bytes = sizeof(struct report),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .resumed = resumed,
};

/* The child a page is about: a file itself, or the one a record belongs to. */
static bool find_child(struct ga_screen *top, struct ga_uuid *ret_child)
{
    struct ga_store *store = ga_screen_session(top)->store;
    struct ga_uuid id;
    const struct ga_form *form;
    if (!ga_ui_about(top->ui, &id) || ga_store_form_of(store, &id, &form, NULL) != GA_OK || strcmp(form->name, "child") != 0)
        return false;
    return ga_same_main(store, &id, ret_child, NULL) == GA_OK;
}

static bool is_open(struct ga_screen *top)
{
    struct ga_screen *record = ga_ui_find(top->ui, &record_ops);
    return ga_ui_find(top->ui, &report_ops) != NULL ||
           (record != NULL && strcmp(GA_STATE(struct record, record)->entry->form->name, GA_REPORT_FORM) == 0);
}

enum ga_reply ga_report_run(struct ga_screen *top)
{
    struct ga_uuid child;
    const bool has_child = find_child(top, &child);
    if (is_open(top)) {
        ga_ui_say(top->ui, GA_STYLE_NORMAL, ga_screen_tr(top, "This is the report: a line is enough, Ctrl-S saves it."));
        return GA_HANDLED;
    }
    struct ga_screen *form = ga_ui_find(top->ui, &record_ops);
    if (form != NULL)
        form->ops->save_draft(form);
    if (ga_screen_push(top, &report_ops, NULL, REPORT) == GA_OK && has_child)
        open_form(ga_ui_top(top->ui), &child);
    return GA_REDRAW;
}
