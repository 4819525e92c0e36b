/* Widgets in which an answer is picked. */
#include "parts/box.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/text/utf8.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

/* What may be picked now: the list without what is retired or filtered out, but with what is
 * answered. */

bool box_answer_has(const struct ga_answer *answer, const char *code)
{
    size_t len = strlen(code);
    if (answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT)
        return false;
    for (const char *p = answer->value.text; *p != '\0'; p += strcspn(p, " "), p += *p == ' ')
        if (strncmp(p, code, len) == 0 && (p[len] == ' ' || p[len] == '\0'))
            return true;
    return false;
}

static const char *choice_label(void *ctx, size_t i)
{
    const struct box *box = ctx;
    return ga_label_text(&box->offered[i]->label, ga_screen_lang(box->screen));
}

static bool choice_is_exclusive(void *ctx, size_t i)
{
    return ((const struct box *)ctx)->offered[i]->is_exclusive;
}

static bool choice_matches(void *ctx, size_t i, const char *filter)
{
    const struct ga_choice *choice = ((const struct box *)ctx)->offered[i];
    for (size_t a = 0; a < choice->aka.count; a++)
        if (ga_words_hold(choice->aka.items[a].text, filter))
            return true;
    return ga_words_match(&choice->label, filter);
}

static void offer_choices(struct box *box, const struct ga_answer *answer)
{
    const struct ga_list *list = box->field->list;
    struct ga_rule_place place = ga_entry_place(box->entry);
    place.row = box_row(box->entry, box->field, &box->row);
    place.repeat = box->field->parent;
    size_t count = list != NULL ? list->choices.count : 0, offered = 0;
    box->offered = ga_arena_array(&box->arena, count + 1, sizeof(*box->offered));
    for (size_t i = 0; i < count; i++) {
        const struct ga_choice *choice = &list->choices.items[i];
        place.choice = choice;
        if (box_answer_has(answer, choice->code) ||
            ga_rules_allows(box->entry->session->rules, &place, box->field, choice))
            box->offered[offered++] = choice;
    }
    box->options = (struct ga_tui_options){.ctx = box,
                                           .count = offered,
                                           .label = choice_label,
                                           .is_exclusive = choice_is_exclusive,
                                           .matches = choice_matches};
}

/* One of a list. */

static void open_choice(struct box *box, const struct ga_answer *answer)
{
    int picked = -1;
    offer_choices(box, answer);
    for (size_t i = 0; i < box->options.count; i++)
        if (box_answer_has(answer, box->offered[i]->code))
            picked = (int)i;
    ga_tui_choice_init(&box->as.choice, &box->options, picked);
}

static enum ga_reply choice_event(struct box *box, const struct ga_event *event)
{
    enum ga_reply answer = ga_tui_choice_event(&box->as.choice, event);
    box->is_changed |= box->as.choice.is_changed;
    box->asks_for_list |= box->as.choice.asks_for_list;
    box->as.choice.is_changed = box->as.choice.asks_for_list = false;
    return answer;
}

static void choice_text(const struct box *box, struct ga_str *out)
{
    int picked = box->as.choice.picked;
    if (picked >= 0 && (size_t)picked < box->options.count)
        ga_str_add(out, box->offered[picked]->code);
}

static int choice_rows(const struct box *box, int cols)
{
    return ga_tui_choice_rows(&box->as.choice, cols, ga_screen_lang(box->screen));
}

static void paint_choice(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_choice_paint(&box->as.choice, canvas, area, true, ga_screen_lang(box->screen));
}

const struct box_kind box_choice = {.open = open_choice,
                                    .event = choice_event,
                                    .text = choice_text,
                                    .rows = choice_rows,
                                    .paint = paint_choice,
                                    .commits_at_once = true};

/* Several of a list. */

static void open_choices(struct box *box, const struct ga_answer *answer)
{
    offer_choices(box, answer);
    ga_tui_choices_init(&box->as.choices, &box->options);
    for (size_t i = 0; i < box->as.choices.options.count; i++)
        box->as.choices.is_on[i] = box_answer_has(answer, box->offered[i]->code);
}

static enum ga_reply choices_event(struct box *box, const struct ga_event *event)
{
    enum ga_reply answer = ga_tui_choices_event(&box->as.choices, event);
    box->is_changed |= box->as.choices.is_changed;
    box->asks_for_list |= box->as.choices.asks_for_list;
    box->as.choices.is_changed = box->as.choices.asks_for_list = false;
    return answer;
}

static void choices_text(const struct box *box, struct ga_str *out)
{
    for (size_t i = 0; i < box->as.choices.options.count; i++)
        if (box->as.choices.is_on[i])
            ga_str_addf(out, "%s%s", out->len > 0 ? "," : "", box->offered[i]->code);
}

static int choices_rows(const struct box *box, int cols)
{
    return ga_tui_choices_rows(&box->as.choices, cols, ga_screen_lang(box->screen));
}

static void paint_choices(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_choices_paint(&box->as.choices, canvas, area, true, ga_screen_lang(box->screen));
}

const struct box_kind box_choices = {.open = open_choices,
                                     .event = choices_event,
                                     .text = choices_text,
                                     .rows = choices_rows,
                                     .paint = paint_choices,
                                     .commits_at_once = true};

void box_open_list(struct box *box, int tag)
{
    bool is_multiple = box->kind == &box_choices;
    struct ga_tui_pick pick = {.title =
                                   ga_label_text(&box->field->label, ga_screen_lang(box->screen)),
                               .options = &box->options,
                               .picked = is_multiple ? -1 : box->as.choice.picked,
                               .is_on = is_multiple ? box->as.choices.is_on : NULL,
                               .is_multiple = is_multiple};
    ga_tui_pick_open(box->screen, &pick, tag);
}

static void take_several(struct box *box, const char *indexes)
{
    struct ga_tui_choices *choices = &box->as.choices;
    memset(choices->is_on, 0, sizeof(choices->is_on));
    char *end;
    for (const char *p = indexes; *p != '\0'; p = end) {
        unsigned long i = strtoul(p, &end, 10);
        if (end == p)
            break;
        if (i < choices->options.count)
            choices->is_on[i] = true;
    }
}

void box_take_pick(struct box *box, const struct ga_tui_result *result)
{
    if (!result->is_done)
        return;
    if (box->kind == &box_choices)
        take_several(box, result->text != NULL ? result->text : "");
    else if (box->kind == &box_choice)
        box->as.choice.picked = result->code;
    box->is_changed = true;
}

/* Yes or no. */

static void open_boolean(struct box *box, const struct ga_answer *answer)
{
    box->as.boolean.value = answer->state == GA_ANSWERED ? answer->value.integer != 0 : -1;
    box->as.boolean.is_changed = false;
}

static enum ga_reply boolean_event(struct box *box, const struct ga_event *event)
{
    enum ga_reply answer = ga_tui_boolean_event(&box->as.boolean, event);
    box->is_changed |= box->as.boolean.is_changed;
    box->as.boolean.is_changed = false;
    return answer;
}

static void boolean_text(const struct box *box, struct ga_str *out)
{
    if (box->as.boolean.value >= 0)
        ga_str_add(out, box->as.boolean.value == 1 ? "1" : "0");
}

static void paint_boolean(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_boolean_paint(&box->as.boolean, canvas, area, true, ga_screen_lang(box->screen));
}

const struct box_kind box_boolean = {.open = open_boolean,
                                     .event = boolean_event,
                                     .text = boolean_text,
                                     .paint = paint_boolean,
                                     .commits_at_once = true};

/* A step of a scale. */

static const char *step_label(void *ctx, int value)
{
    const struct box *box = ctx;
    const struct ga_list *list = box->field->list;
    const struct ga_choice *choice = list != NULL ? ga_list_choice(list, GA_NUM(value)) : NULL;
    return choice != NULL ? ga_label_text(&choice->label, ga_screen_lang(box->screen)) : NULL;
}

static void find_range(const struct ga_list *list, struct ga_tui_scale *scale)
{
    int64_t step;
    scale->low = INT32_MAX;
    scale->high = INT32_MIN;
    for (size_t i = 0; i < list->choices.count; i++) {
        if (list->choices.items[i].is_retired || !ga_num_parse(list->choices.items[i].code, &step))
            continue;
        scale->low = (int)step < scale->low ? (int)step : scale->low;
        scale->high = (int)step > scale->high ? (int)step : scale->high;
    }
}

static void open_scale(struct box *box, const struct ga_answer *answer)
{
    struct ga_tui_scale *scale = &box->as.scale;
    *scale = (struct ga_tui_scale){
        .low = 1, .high = (int)box->field->max, .label = step_label, .ctx = box};
    if (box->field->list != NULL)
        find_range(box->field->list, scale);
    scale->value = answer->state == GA_ANSWERED ? (int)answer->value.integer : GA_SCALE_NONE;
}

static enum ga_reply scale_event(struct box *box, const struct ga_event *event)
{
    enum ga_reply answer = ga_tui_scale_event(&box->as.scale, event);
    box->is_changed |= box->as.scale.is_changed;
    box->as.scale.is_changed = false;
    return answer;
}

static void scale_text(const struct box *box, struct ga_str *out)
{
    if (box->as.scale.value != GA_SCALE_NONE)
        ga_str_add(out, GA_NUM(box->as.scale.value));
}

static void paint_scale(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_scale_paint(&box->as.scale, canvas, area, true);
}

const struct box_kind box_scale = {.open = open_scale,
                                   .event = scale_event,
                                   .text = scale_text,
                                   .paint = paint_scale,
                                   .commits_at_once = true};

/* Another record: typing opens the search. */

static void open_record(struct box *box, const struct ga_answer *answer)
{
    bool is_named = answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT;
    ga_str_copy(box->as.record, sizeof(box->as.record), is_named ? answer->value.text : "");
}

static enum ga_reply record_event(struct box *box, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_KEY_DELETE) || ga_event_is_key(event, GA_KEY_BACKSPACE)) {
        box->is_changed |= box->as.record[0] != '\0';
        box->as.record[0] = '\0';
        return GA_REDRAW;
    }
    if (event->kind != GA_EVENT_TEXT)
        return GA_IGNORED;
    size_t len =
        event->key == '/' || event->key == ' ' ? 0 : ga_utf8_encode(event->key, box->typed);
    box->typed[len] = '\0';
    box->asks_for_list = true;
    return GA_HANDLED;
}

static void record_text(const struct box *box, struct ga_str *out)
{
    ga_str_add(out, box->as.record);
}

static void record_put(struct box *box, const char *text)
{
    ga_str_copy(box->as.record, sizeof(box->as.record), text);
}

static void paint_record(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    struct ga_str text = {0};
    struct ga_uuid id;
    enum ga_lang lang = ga_screen_lang(box->screen);
    if (ga_uuid_parse(box->as.record, &id))
        ga_screen_add_record(box->entry->session, box->field->of.text, &id, lang, &text);
    else
        ga_str_add(&text, ga_tr(lang, ga_str_equal(box->field->of.text, "child") ? GA_N_("type a name, pinyin or number to find")
                                                                                 : GA_N_("Space lists them; or type a date or a word")));
    ga_canvas_fill(canvas, area, GA_STYLE_FIELD_FOCUSED);
    ga_canvas_text_fit(canvas, area.row, area.col, area.cols,
                       box->as.record[0] != '\0' ? GA_STYLE_FIELD_FOCUSED : GA_STYLE_PLACEHOLDER,
                       ga_str_text(&text));
    ga_canvas_set_caret(canvas, area.row, area.col);
    ga_str_finish(&text);
}

const struct box_kind box_record = {.open = open_record,
                                    .event = record_event,
                                    .text = record_text,
                                    .put = record_put,
                                    .paint = paint_record};

/* Nothing to answer here: headings, the head of a repeat. */

static void open_nothing(struct box *box, const struct ga_answer *answer)
{
    (void)box;
    (void)answer;
}

static void no_text(const struct box *box, struct ga_str *out)
{
    (void)box;
    (void)out;
}

const struct box_kind box_none = {.open = open_nothing, .text = no_text};
