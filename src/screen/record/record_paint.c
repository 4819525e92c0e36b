/* Paints a form: page line, fields, the line that speaks about the focused one. */
#include "record/record_state.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/text/rare.h"
#include "guanai/text/wrap.h"
#include "guanai/tui/widget/line.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { HINT_INDENT = 2, FIELDS_MIN_ROWS = 3 };

static bool has_pages(const struct record *record)
{
    return record->entry->form->pages_count > 1;
}

struct ga_area record_fields_area(const struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    struct ga_area area = screen->area;
    ga_area_cut_top(&area, (has_pages(record) ? 1 : 0) + record_sent_rows(screen));
    ga_area_cut_bottom(&area, record->hint_rows > 1 ? record->hint_rows : 1);
    return area;
}

static const char *child_name(const struct ga_answers *answers)
{
    const struct ga_field *field =
        answers->form != NULL ? ga_form_field(answers->form, "name") : NULL;
    const struct ga_answer *answer = field != NULL ? ga_answers_at(answers, field) : NULL;
    bool is_known =
        answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT;
    return is_known ? answer->value.text : "";
}

void record_set_title(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    const struct ga_entry *entry = record->entry;
    enum ga_lang lang = ga_screen_lang(screen);
    const char *name = child_name(entry->child.form != NULL ? &entry->child : &entry->now);
    char title[160];
    snprintf(title, sizeof(title), "%s%s%s%s%s", ga_label_text(&entry->form->title, lang),
             *name != '\0' ? " · " : "", name, entry->is_new ? " · " : "",
             entry->is_new ? ga_tr(lang, "new entry") : "");
    ga_screen_set_title(screen, title);
}

/* "1 基本": the titles of some forms bring their number along. */
static const char *bare_title(const char *title)
{
    size_t digits = strspn(title, "0123456789");
    return digits > 0 && title[digits] == ' ' ? title + digits + 1 : title;
}

static void paint_pages(const struct record *record, struct ga_canvas *canvas, struct ga_area row,
                        enum ga_lang lang)
{
    const struct ga_form *form = record->entry->form;
    char text[160];
    ga_canvas_fill(canvas, row, GA_STYLE_NORMAL);
    snprintf(text, sizeof(text), "%zu/%zu", record->page + 1, form->pages_count);
    struct ga_area tail = ga_area_cut_right(&row, 6);
    ga_canvas_text_right(canvas, tail.row, tail.col, tail.cols - 1, GA_STYLE_DIM, text);
    size_t first = row.cols < 60 ? record->page : 0; /* narrow: from the one in sight on */
    for (size_t i = first; i < form->pages_count && row.cols > 4; i++) {
        bool is_current = i == record->page;
        snprintf(text, sizeof(text), is_current ? "[%zu %s]" : " %zu %s ", i + 1,
                 bare_title(ga_label_text(&form->pages[i].title, lang)));
        ga_area_cut_left(&row, ga_canvas_text(canvas, row.row, row.col, row.cols,
                                              is_current ? GA_STYLE_SELECTED : GA_STYLE_DIM, text));
    }
}

void record_paint_wrapped(struct ga_canvas *canvas, struct ga_area area, enum ga_style style, const char *text)
{
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, text, strlen(text), area.cols > 0 ? (size_t)area.cols : 1);
    for (int i = 0; i < area.rows && ga_wrap_next(&wrap, &line); i++) {
        if (i == area.rows - 1 && !line.is_last)
            ga_canvas_text_fit(canvas, area.row + i, area.col, area.cols, style, text + line.at);
        else
            ga_canvas_text_n(canvas, area.row + i, area.col, area.cols, style, text + line.at,
                             line.len);
    }
}

static size_t count_rows(const struct record *record, const struct ga_field *repeat)
{
    const struct ga_rows *rows = &record->entry->now.repeats[repeat->index];
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        count += !rows->rows[i].is_gone;
    return count;
}

static void add_rows_text(const struct record *record, const struct record_item *item,
                          enum ga_lang lang, struct ga_str *out)
{
    const struct ga_field *repeat = item->field;
    struct ga_message msg;
    char text[120];
    if (item->said != NULL && *item->said != '\0') {
        ga_str_addf(out, "%zu: %s", count_rows(record, repeat), item->said);
        return;
    }
    const size_t count = count_rows(record, repeat);
    ga_message_set(&msg, item->said != NULL ? GA_N_("nobody yet; Enter opens the list")
                         : count == 1       ? GA_N_("1 row; F5 adds one")
                                            : GA_N_("%1 rows; F5 adds one"), GA_NUM(count));
    ga_str_add(out, ga_message_text(&msg, lang, text, sizeof(text)));
}

static void add_value(const struct record *record, const struct record_item *item, enum ga_lang lang, struct ga_str *out)
{
    struct ga_str figure = {0};
    const bool is_figure = ga_rules_is_figure(item->field);
    ga_screen_add_answer(record->entry->session, item->field, record_answer(record, item), lang, is_figure ? &figure : out);
    if (is_figure)
        ga_words_add_grouped(ga_str_text(&figure), out);
    ga_str_finish(&figure);
}

static void paint_value(const struct record *record, const struct record_item *item,
                        struct ga_canvas *canvas, struct ga_area area, enum ga_lang lang)
{
    const struct ga_answer *answer = record_answer(record, item);
    struct ga_str text = {0};
    enum ga_style style =
        answer->state > GA_ANSWERED || item->is_fixed ? GA_STYLE_DIM : GA_STYLE_FIELD;
    if (item->field->type->storage == GA_STORE_ROWS)
        add_rows_text(record, item, lang, &text);
    else if (record_is_masked(record, item))
        ga_screen_add_masked(item->field, answer->value.text, &text);
    else
        add_value(record, item, lang, &text);
    record_paint_wrapped(canvas, area, style, ga_str_text(&text));
    ga_str_finish(&text);
}

/* What stands left of a label: an answer is wrong, is wanted, stands there before anybody typed;
 * nothing by colour alone. */
static const char *mark_of(const struct record *record, const struct record_item *item,
                           enum ga_style *ret_style)
{
    bool is_repeat = item->field->type->storage == GA_STORE_ROWS;
    bool is_empty = is_repeat ? count_rows(record, item->field) == 0
                              : record_answer(record, item)->state == GA_EMPTY;
    *ret_style = GA_STYLE_ERROR;
    if (record_finding(record, item) != NULL || record_has_conflict(record, item->field) ||
        record_is_disallowed(record, item))
        return "!";
    *ret_style = GA_STYLE_STRONG;
    if (item->field->required != GA_REQUIRED_NO && is_empty)
        return "*";
    *ret_style = GA_STYLE_DIM;
    return record_is_prefilled(record, item) ? "·" : " ";
}

static void paint_label(const struct record *record, const struct record_item *item,
                        struct ga_canvas *canvas, struct ga_area area, bool is_focused,
                        enum ga_lang lang)
{
    enum ga_style style;
    const char *mark = mark_of(record, item, &style);
    char text[200];
    bool is_first = item->row_no > 0 && item->field->index == 0;
    ga_canvas_text(canvas, area.row, area.col, 1, style, mark);
    snprintf(text, sizeof(text), "%s%s%s",
             is_first           ? GA_NUM(item->row_no)
             : item->row_no > 0 ? "  "
                                : "",
             is_first           ? " "
             : item->row_no > 0 ? " "
                                : "",
             ga_label_text(&item->field->label, lang));
    ga_canvas_text(canvas, area.row, area.col + 1, 1, GA_STYLE_NORMAL,
                   is_focused ? ga_canvas_mark(canvas, GA_MARK_SELECTED) : " ");
    struct ga_area label = area;
    ga_area_cut_left(&label, 2);
    label.cols -= label.cols > 0 ? 1 : 0;
    ga_canvas_text_fit(canvas, label.row, label.col, label.cols,
                       is_focused ? GA_STYLE_STRONG : GA_STYLE_LABEL, text);
}

/* In the blank between label and value: + there are open notes, . all are done. */
static void paint_notes(const struct record *record, const struct record_item *item, struct ga_canvas *canvas,
                        struct ga_area label)
{
    size_t open, count = record_count_notes(record, item, &open);
    if (count > 0 && label.cols > 2)
        ga_canvas_text(canvas, label.row, label.col + label.cols - 1, 1, open > 0 ? GA_STYLE_WARNING : GA_STYLE_DIM,
                       open > 0 ? "+" : ".");
}

static void paint_item(struct record *record, struct record_item *item, struct ga_canvas *canvas,
                       struct ga_area area, enum ga_lang lang)
{
    bool is_focused = item == record_focused(record);
    if (item->field->type->storage == GA_STORE_NOTHING) {
        bool is_heading = strcmp(item->field->type->name, "heading") == 0;
        ga_area_cut_left(&area, 2);
        record_paint_wrapped(canvas, area, is_heading ? GA_STYLE_STRONG : GA_STYLE_DIM,
                      ga_label_text(&item->field->label, lang));
        return;
    }
    const struct ga_area label = ga_area_cut_left(&area, record->label_cols + 1);
    paint_label(record, item, canvas, label, is_focused, lang);
    paint_notes(record, item, canvas, label);
    area.cols -=
        area.cols > 0 ? 1 : 0; /* the last column belongs to the marks of what is out of sight */
    if (is_focused && item->field->type->storage != GA_STORE_ROWS &&
        !record_is_masked(record, item))
        box_paint(&record->box, canvas, area);
    else
        paint_value(record, item, canvas, area, lang);
    if (is_focused &&
        (item->field->type->storage == GA_STORE_ROWS || record_is_masked(record, item)))
        ga_canvas_set_caret(canvas, area.row, area.col);
}

static struct ga_area area_of(const struct record *record, const struct record_item *item,
                              struct ga_area fields)
{
    struct ga_area area = {fields.row + item->top - record->first_row, fields.col, item->rows,
                           fields.cols};
    return area;
}

static void paint_more(const struct record *record, struct ga_canvas *canvas, struct ga_area fields)
{
    const struct record_item *last =
        record->items.len > 0
            ? GA_VEC_AT(const struct record_item, &record->items, record->items.len - 1)
            : NULL;
    int col = fields.col + fields.cols - 1;
    if (record->first_row > 0)
        ga_canvas_text(canvas, fields.row, col, 1, GA_STYLE_DIM,
                       ga_canvas_mark(canvas, GA_MARK_MORE_UP));
    if (last != NULL && last->top + last->rows > record->first_row + fields.rows)
        ga_canvas_text(canvas, fields.row + fields.rows - 1, col, 1, GA_STYLE_DIM,
                       ga_canvas_mark(canvas, GA_MARK_MORE_DOWN));
}

static void add_hint(struct ga_str *out, const char *text)
{
    ga_str_addf(out, "%s%s", out->len > 0 ? "   " : "", text);
}

static void add_notes_hint(const struct record *record, const struct record_item *item, enum ga_lang lang, struct ga_str *out)
{
    struct ga_message msg;
    char text[120];
    size_t open, count = record_count_notes(record, item, &open);
    if (count == 0)
        return;
    ga_message_set(&msg, open > 0 ? GA_N_("+ open notes: %1; F11 shows them") : GA_N_("notes, all done: F11 shows them"), GA_NUM(open));
    add_hint(out, ga_message_text(&msg, lang, text, sizeof(text)));
}

/* A blank on the screen is no blank in the record. */
static void add_rare(struct record *record, const struct record_item *item, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_answer *answer = record_answer(record, item);
    struct ga_str which = {0}, text = {0};
    const bool is_text = answer->value.kind == GA_VALUE_TEXT && item->field->type->is_text;
    if (is_text && record->entry->session->config.rare_characters == GA_RARE_MARK &&
        ga_rare_add(answer->value.text, &which)) {
        ga_str_addf(&text, "%s %s: %s", ga_tr(lang, "rare character"), ga_str_text(&which),
                    ga_tr(lang, "kept, even where this screen shows a blank"));
        add_hint(out, ga_str_text(&text));
    }
    ga_str_finish(&which);
    ga_str_finish(&text);
}

/* While the id of a duty stands in its box the hint says which that is. */
static void add_duty(const struct record *record, const struct record_item *item, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_answer *answer = record_answer(record, item);
    const bool is_text = answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT;
    const char *title = is_text ? ga_screen_duty_title(record->entry->session, item->field, answer->value.text, lang) : NULL;
    if (title != NULL)
        add_hint(out, title);
}

/* What is wrong goes before what the form's author says, that before what keys can do here. */
enum ga_style record_write_hint(struct record *record, enum ga_lang lang, struct ga_str *out)
{
    const struct record_item *item = record_focused(record);
    if (item == NULL)
        return GA_STYLE_DIM;
    if (record->fault.rc != GA_OK) {
        ga_error_text(&record->fault, lang, out);
        return GA_STYLE_ERROR;
    }
    if (record_is_masked(record, item)) {
        ga_str_add(out, ga_tr(lang, "F4 shows the whole number"));
        return GA_STYLE_DIM;
    }
    const struct ga_finding *finding = record_finding(record, item);
    if (finding == NULL)
        box_live_hint(&record->box, lang, out);
    if (finding != NULL) {
        ga_finding_text(finding, lang, out);
        return finding->kind == GA_FINDING_WARN || finding->kind == GA_FINDING_PLEASE
                   ? GA_STYLE_WARNING
                   : GA_STYLE_ERROR;
    }
    if (out->len == 0 && record_is_disallowed(record, item)) {
        const struct ga_finding off_list = {.kind = GA_FINDING_CHOICE, .field = item->field};
        ga_finding_text(&off_list, lang, out);
        return GA_STYLE_ERROR;
    }
    if (out->len == 0 && record_has_conflict(record, item->field)) {
        ga_str_add(out, ga_tr(lang, "Two computers say different things: F6 shows both"));
        return GA_STYLE_WARNING;
    }
    if (out->len == 0 && record_answer(record, item)->state > GA_ANSWERED)
        ga_str_addf(out, "[%s] ", ga_screen_state_word(record_answer(record, item)->state, lang));
    const char *hint = item->field->hint.zh != NULL ? ga_label_text(&item->field->hint, lang) : "";
    if (!box_has_live_hint(&record->box) || out->len == 0)
        ga_str_add(out, hint);
    add_duty(record, item, lang, out);
    if (item->said != NULL)
        add_hint(out, ga_tr(lang, "Enter opens the list of children"));
    if (box_wants_name(&record->box))
        add_hint(out, ga_tr(lang, GA_N_("initials, then Down: names known here")));
    else if (record->box.phrases_count > 0 && box_is_empty(&record->box))
        add_hint(out, ga_tr(lang, "empty: Down offers what was written before"));
    add_rare(record, item, lang, out);
    if (record_is_prefilled(record, item))
        add_hint(out, ga_tr(lang, "· was filled in beforehand; change it where it is not so"));
    record_add_phone(record, item, lang, out);
    add_notes_hint(record, item, lang, out);
    return GA_STYLE_DIM;
}

/* All but what the field it speaks about needs. */
int record_hint_rows(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_str hint = {0};
    size_t cols = screen->area.cols > HINT_INDENT + 1 ? (size_t)screen->area.cols - HINT_INDENT : 1;
    record_write_hint(record, ga_screen_lang(screen), &hint);
    int wanted = (int)ga_wrap_count(ga_str_text(&hint), hint.len, cols);
    int most = screen->area.rows - FIELDS_MIN_ROWS - record_sent_rows(screen);
    ga_str_finish(&hint);
    return wanted < 1 || most < 1 ? 1 : wanted < most ? wanted : most;
}

static void paint_hint(struct record *record, struct ga_canvas *canvas, struct ga_area area,
                       enum ga_lang lang)
{
    struct ga_str hint = {0};
    enum ga_style style = record_write_hint(record, lang, &hint);
    ga_area_cut_left(&area, HINT_INDENT);
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    record_paint_wrapped(canvas, area, style, ga_str_text(&hint));
    ga_str_finish(&hint);
}

static void paint_fields(struct record *record, struct ga_canvas *canvas, struct ga_area fields,
                         enum ga_lang lang)
{
    ga_canvas_fill(canvas, fields, GA_STYLE_NORMAL);
    struct ga_area outer = ga_canvas_clip(canvas, fields);
    for (size_t i = 0; i < record->items.len; i++) {
        struct record_item *item = GA_VEC_AT(struct record_item, &record->items, i);
        struct ga_area area = area_of(record, item, fields);
        if (area.row + area.rows > fields.row && area.row < fields.row + fields.rows)
            paint_item(record, item, canvas, area, lang);
    }
    paint_more(record, canvas, fields);
    ga_canvas_clip(canvas, outer);
}

void record_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_area fields = record_fields_area(screen), page = screen->area;
    struct ga_area hint = ga_area_cut_bottom(&page, record->hint_rows > 1 ? record->hint_rows : 1);
    struct record_item *item = record_focused(record);
    if (!ga_canvas_is_whole(canvas) && item != NULL) { /* a key in the field: nothing else moved */
        struct ga_area outer = ga_canvas_clip(canvas, fields);
        struct ga_area area = area_of(record, item, fields);
        ga_area_cut_left(&area, record->label_cols + 1);
        area.cols -= area.cols > 0 ? 1 : 0;
        if (item->field->type->storage != GA_STORE_ROWS && !record_is_masked(record, item))
            box_paint(&record->box, canvas, area);
        else
            ga_canvas_set_caret(canvas, area.row, area.col);
        ga_canvas_clip(canvas, outer);
        if (box_has_live_hint(&record->box))
            paint_hint(record, canvas, hint, lang);
        return;
    }
    if (has_pages(record))
        paint_pages(record, canvas, ga_area_cut_top(&page, 1), lang);
    if (record->sent != NULL)
        record_paint_sent(screen, canvas, ga_area_cut_top(&page, record_sent_rows(screen)));
    paint_fields(record, canvas, fields, lang);
    paint_hint(record, canvas, hint, lang);
}
