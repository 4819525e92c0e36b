/* What is noted of one ticked child. */
#include "grid/ticks_state.h"

#include "guanai/screen/find.h"
#include "guanai/screen/value.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"

enum { DRAFT_AFTER_MS = 2000 };

static struct ticks *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ticks, screen);
}

const struct ga_field *ticks_field(const struct ticks *list)
{
    return list->col > 0 ? list->columns[list->col - 1] : NULL;
}

static bool is_asked(const struct ticks *list, const struct ga_row *row)
{
    struct ga_rule_place place = ga_entry_place(list->ticks.entry);
    place.row = row;
    place.repeat = list->ticks.repeat;
    return ga_rules_is_relevant(list->ticks.entry->session->rules, &place, ticks_field(list));
}

/* Of the last check; `field` NULL: any in this line. */
const struct ga_finding *ticks_finding(const struct ticks *list, size_t row, const struct ga_field *field)
{
    const struct ga_vec *findings = &list->ticks.entry->findings;
    for (size_t i = 0; i < findings->len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, findings, i);
        if (finding->row != NULL && finding->field->parent == list->ticks.repeat &&
            (field == NULL || finding->field == field) &&
            ga_uuid_compare(&finding->row->id, &ga_ticks_line(&list->ticks, row)->row) == 0)
            return finding;
    }
    return NULL;
}

/* What was wrong with it is being mended. */
static void forget_finding(struct ticks *list)
{
    struct ga_vec *findings = &list->ticks.entry->findings;
    const struct ga_finding *finding = ticks_finding(list, list->row, ticks_field(list));
    for (size_t i = findings->len; i > 0 && finding != NULL; i--)
        if (GA_VEC_AT(struct ga_finding, findings, i - 1) == finding) {
            ga_vec_remove(findings, i - 1);
            return;
        }
}

/* Something is to be noted of the child: so it was there. */
bool ticks_open_cell(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    if (box_is_open(&list->box))
        return true;
    if (ga_ticks_row(&list->ticks, list->row) == NULL)
        ticks_set(screen, list->row, true);
    const struct ga_row *row = ga_ticks_row(&list->ticks, list->row);
    if (row == NULL)
        return false;
    if (!is_asked(list, row)) {
        ga_message_set(ga_screen_note(screen), "%1 is not asked in this row",
                       ga_label_text(&ticks_field(list)->label, ga_screen_lang(screen)));
        return false;
    }
    box_open(&list->box, ticks_field(list), row);
    return true;
}

/* 31 points too many are asked about when they are typed; saving bars them. */
static void say_fault(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    struct ga_str text = {0};
    const struct ga_finding *finding =
        ga_entry_look_at(list->ticks.entry, ticks_field(list), ga_ticks_row(&list->ticks, list->row));
    if (finding == NULL)
        return;
    ga_str_addf(&text, "%s: ", ga_ticks_line(&list->ticks, list->row)->name);
    ga_finding_text(finding, ga_screen_lang(screen), &text);
    ga_ui_say(screen->ui, GA_STYLE_WARNING, ga_str_text(&text));
    ga_str_finish(&text);
}

static bool commit(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    struct ga_message warning;
    if (!box_is_open(&list->box) || !list->box.is_changed)
        return true;
    list->fault = (struct ga_error){0};
    if (box_commit(&list->box, &warning, &list->fault) != GA_OK) {
        box_take_refusal(&list->box);
        ticks_keep_draft(screen);
        ga_message_set(ga_screen_note(screen), "Mend this first; F3 when there is no answer. Esc keeps it as it is");
        return false;
    }
    forget_finding(list);
    if (warning.id != NULL)
        ga_ui_say_message(screen->ui, GA_STYLE_WARNING, &warning);
    else
        say_fault(screen);
    return true;
}

bool ticks_leave_cell(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    bool was_open = box_is_open(&list->box);
    if (!commit(screen))
        return false;
    box_close(&list->box);
    if (was_open)
        ticks_keep_draft(screen);
    return true;
}

/* Keys. */

static bool picks(const struct ticks *list)
{
    enum ga_widget_kind widget = ticks_field(list)->type->widget;
    return widget == GA_WIDGET_CHOICE || widget == GA_WIDGET_CHOICES || widget == GA_WIDGET_BOOLEAN ||
           widget == GA_WIDGET_SCALE || widget == GA_WIDGET_RECORD;
}

static bool is_walking(const struct ga_event *event)
{
    static const uint32_t keys[] = {GA_KEY_TAB,  GA_KEY_BACKTAB, GA_KEY_UP,
                                    GA_KEY_DOWN, GA_KEY_PAGE_UP, GA_KEY_PAGE_DOWN};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (ga_event_is_key(event, keys[i]))
            return true;
    return false;
}

/* Down the column, from one who was there to the next. */
enum ga_reply ticks_walk_rows(struct ga_screen *screen, int by)
{
    struct ticks *list = state_of(screen);
    for (int64_t row = (int64_t)list->row + by; row >= 0 && row < (int64_t)list->ticks.lines.len; row += by)
        if (ga_ticks_row(&list->ticks, (size_t)row) != NULL) {
            ticks_move(screen, (size_t)row, list->col);
            return GA_REDRAW;
        }
    if (ticks_leave_cell(screen))
        ga_ui_say(screen->ui, GA_STYLE_NORMAL,
                  ga_screen_tr(screen, "This was the last one ticked: Ctrl-S saves, Esc goes back to the form"));
    return GA_REDRAW;
}

static void open_list(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    list->box.asks_for_list = false;
    if (list->box.kind == &box_record)
        ga_screen_find_open(screen, list->box.field->of.text, list->box.typed, TICKS_FIND);
    else
        box_open_list(&list->box, TICKS_LIST);
}

enum ga_reply ticks_after_key(struct ga_screen *screen, enum ga_reply answer)
{
    struct ticks *list = state_of(screen);
    if (list->box.asks_for_list)
        open_list(screen);
    if (!list->box.is_changed)
        return answer;
    if (list->box.kind->commits_at_once) {
        commit(screen);
        ticks_keep_draft(screen);
        return GA_REDRAW;
    }
    if (screen->timer_ms == 0) /* the power may go while a long text is typed */
        ga_screen_set_timer(screen, DRAFT_AFTER_MS);
    return answer == GA_REDRAW ? GA_TOUCHED : answer;
}

static bool offers_phrases(struct ga_screen *screen, const struct ga_event *event)
{
    struct ticks *list = state_of(screen);
    if (!ga_event_is_key(event, GA_KEY_DOWN) || !box_is_open(&list->box) || list->box.phrases_count == 0 ||
        !box_is_empty(&list->box))
        return false;
    box_open_phrases(&list->box, TICKS_PHRASE);
    return true;
}

enum ga_reply ticks_take_cell_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct ticks *list = state_of(screen);
    bool types = ga_event_is_typing(event) || ga_event_is_key(event, GA_KEY_BACKSPACE) ||
                 ga_event_is_key(event, GA_KEY_DELETE);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return ticks_walk_rows(screen, 1);
    if (offers_phrases(screen, event))
        return GA_REDRAW;
    if (types)
        list->fault = (struct ga_error){0};
    if (!box_is_open(&list->box)) {
        if (!types)
            return GA_IGNORED;
        if (!ticks_open_cell(screen))
            return GA_HANDLED;
        if (ga_event_is_key(event, GA_KEY_DELETE))
            box_select(&list->box); /* it empties the cell, whatever stands there */
        ticks_after_key(screen, box_event(&list->box, event));
        return GA_REDRAW;
    }
    if (is_walking(event) || (picks(list) && !types))
        return GA_IGNORED;
    return ticks_after_key(screen, box_event(&list->box, event));
}

/* No answer, and why. */

void ticks_ask_why_not(struct ga_screen *screen)
{
    enum ga_lang lang = ga_screen_lang(screen);
    const char *const ways[] = {ga_screen_state_word(GA_UNKNOWN, lang), ga_screen_state_word(GA_DECLINED, lang),
                                ga_screen_state_word(GA_NOT_APPLICABLE, lang)};
    ga_dialog_choose(screen, ga_label_text(&ticks_field(state_of(screen))->label, lang),
                     ga_tr(lang, "Why is there no answer?"), ways, 3, TICKS_STATE);
}

void ticks_take_state(struct ga_screen *screen, int code)
{
    static const char *const typed[] = {"?unknown", "?refused", "?not_applicable"};
    struct ticks *list = state_of(screen);
    struct ga_error err = {0};
    box_close(&list->box); /* what was half typed gives way */
    list->fault = (struct ga_error){0};
    if (!ticks_open_cell(screen))
        return;
    box_close(&list->box);
    if (ga_entry_set(list->ticks.entry, ticks_field(list), ga_ticks_row(&list->ticks, list->row), typed[code], NULL,
                     &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ticks_keep_draft(screen);
    ticks_walk_rows(screen, 1);
}
