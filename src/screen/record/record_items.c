/* Which fields of a page show now, with the place of each. */
#include "record/record_state.h"

#include "guanai/app/ticks.h"
#include "guanai/screen/value.h"
#include "guanai/text/width.h"
#include "guanai/text/wrap.h"

#include <string.h>

enum { VALUE_ROWS_MAX = 4, LABEL_MIN_COLS = 8, GAP_COLS = 2 };

const struct ga_answer *record_answer(const struct record *record, const struct record_item *item)
{
    const struct ga_row *row = box_row(record->entry, item->field, &item->row);
    if (item->field->parent == NULL)
        return ga_answers_at(&record->entry->now, item->field);
    static const struct ga_answer none = {.state = GA_EMPTY};
    return row != NULL ? &row->answers[item->field->index] : &none;
}

bool record_is_masked(const struct record *record, const struct record_item *item)
{
    const struct ga_entry *entry = record->entry;
    return !record->is_revealed && !entry->is_new && item->field->parent == NULL &&
           strcmp(item->field->type->name, "id_number") == 0 &&
           ga_answers_at(&entry->before, item->field)->state == GA_ANSWERED &&
           ga_answer_equal(ga_answers_at(&entry->now, item->field),
                           ga_answers_at(&entry->before, item->field));
}

/* Another answer took this choice off the list (rule 6): it stays, marked, until it is mended. */
bool record_is_disallowed(const struct record *record, const struct record_item *item)
{
    const struct ga_answer *answer = record_answer(record, item);
    if (item->field->filter.text == NULL || item->field->list == NULL)
        return false;
    struct ga_rule_place place = ga_entry_place(record->entry);
    place.row = box_row(record->entry, item->field, &item->row);
    place.repeat = item->field->parent;
    for (size_t i = 0; i < item->field->list->choices.count; i++) {
        place.choice = &item->field->list->choices.items[i];
        if (box_answer_has(answer, place.choice->code) &&
            !ga_rules_allows(record->entry->session->rules, &place, item->field, place.choice))
            return true;
    }
    return false;
}

/* A default, a prefill, what another field told: nobody has typed it yet. */
bool record_is_prefilled(const struct record *record, const struct record_item *item)
{
    return !item->is_fixed && ga_entry_is_prefilled(record->entry, item->field, record_answer(record, item));
}

const struct ga_finding *record_finding(const struct record *record, const struct record_item *item)
{
    for (size_t i = 0; i < record->entry->findings.len; i++) {
        const struct ga_finding *finding =
            GA_VEC_AT(const struct ga_finding, &record->entry->findings, i);
        bool is_same_row = finding->row == NULL
                               ? item->row_no == 0
                               : ga_uuid_compare(&finding->row->id, &item->row) == 0;
        bool is_inside = finding->field->parent == item->field && item->said != NULL;
        bool is_said = record->was_checked || finding->kind == GA_FINDING_CONSTRAINT || /* when it was left */
                       finding->kind == GA_FINDING_WARN;
        if (!is_said)
            continue;
        if ((finding->field == item->field && is_same_row) || is_inside)
            return finding;
    }
    return NULL;
}

static bool is_fixed(const struct ga_field *field)
{
    return field->type->storage == GA_STORE_NOTHING || field->calculation.text != NULL;
}

static void add_item(struct record *record, const struct ga_field *field, const struct ga_row *row,
                     size_t row_no)
{
    struct record_item *item = ga_vec_push(&record->items);
    item->field = field;
    item->row_no = row_no;
    item->is_fixed = is_fixed(field);
    if (row != NULL)
        item->row = row->id;
    bool is_computed = field->calculation.text != NULL && item->is_fixed;
    if (is_computed && record_answer(record, item)->state == GA_EMPTY)
        ga_vec_remove(&record->items,
                      record->items.len - 1); /* computed when saving: nothing to show yet */
}

static void add_rows(struct record *record, const struct ga_field *repeat)
{
    struct ga_entry *entry = record->entry;
    const struct ga_rows *rows = &entry->now.repeats[repeat->index];
    size_t row_no = 0;
    for (size_t r = 0; r < rows->count; r++) {
        if (rows->rows[r].is_gone)
            continue;
        row_no++;
        struct ga_rule_place place = ga_entry_place(entry);
        place.row = &rows->rows[r];
        place.repeat = repeat;
        for (size_t f = 0; f < repeat->fields.count; f++) {
            const struct ga_field *field = &repeat->fields.items[f];
            if (!field->is_retired && ga_rules_is_relevant(entry->session->rules, &place, field))
                add_item(record, field, &rows->rows[r], row_no);
        }
    }
}

/* A list of children says who is ticked; what is noted of each stands on a page of its own. */
static void add_group(struct record *record, const struct ga_field *repeat)
{
    struct ga_str said = {0};
    struct record_item *item = GA_VEC_AT(struct record_item, &record->items, record->items.len - 1);
    ga_ticks_say(record->entry, repeat, record->entry->session->lang, &said);
    item->said = ga_arena_strdup(&record->words, ga_str_text(&said));
    ga_str_finish(&said);
}

/* What is summed up stands there as far as it is typed. */
static void list_items(struct record *record)
{
    struct ga_entry *entry = record->entry;
    ga_rules_apply_figures(entry->session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child);
    const struct ga_form_page *page = &record->entry->form->pages[record->page];
    ga_vec_clear(&record->items);
    ga_arena_reset(&record->words);
    for (size_t i = 0; i < page->fields_count; i++) {
        const struct ga_field *field = &page->fields[i];
        if (!ga_entry_shows(record->entry, field))
            continue;
        add_item(record, field, NULL, 0);
        if (ga_ticks_names(field) != NULL)
            add_group(record, field);
        else if (field->type->storage == GA_STORE_ROWS)
            add_rows(record, field);
    }
}

static bool find_item(const struct record *record, const struct ga_field *field,
                      const struct ga_uuid *row, size_t *ret_item)
{
    for (size_t i = 0; i < record->items.len; i++) {
        const struct record_item *item = GA_VEC_AT(const struct record_item, &record->items, i);
        bool is_same_row =
            row == NULL || ga_uuid_is_zero(row) || ga_uuid_compare(&item->row, row) == 0;
        if (item->field == field && is_same_row) {
            *ret_item = i;
            return true;
        }
    }
    return false;
}

/* The nearest that takes an answer, forwards first. */
static void focus_near(struct record *record)
{
    size_t from = record->focus < record->items.len ? record->focus : 0;
    for (size_t i = from; i < record->items.len; i++)
        if (record_focus(record, i))
            return;
    for (size_t i = from; i > 0; i--)
        if (record_focus(record, i - 1))
            return;
    box_close(&record->box);
}

void record_find_items(struct record *record)
{
    const struct ga_field *field = box_is_open(&record->box) ? record->box.field : NULL;
    struct ga_uuid row = record->box.row;
    list_items(record);
    if (field == NULL || !find_item(record, field, &row, &record->focus))
        focus_near(record);
}

struct record_item *record_focused(struct record *record)
{
    if (!box_is_open(&record->box) || record->focus >= record->items.len)
        return NULL;
    return GA_VEC_AT(struct record_item, &record->items, record->focus);
}

bool record_focus(struct record *record, size_t i)
{
    const struct record_item *item = GA_VEC_AT(const struct record_item, &record->items, i);
    if (item->is_fixed)
        return false;
    record->focus = i;
    record->fault = (struct ga_error){0};
    box_open(&record->box, item->field, box_row(record->entry, item->field, &item->row));
    return true;
}

bool record_focus_field(struct record *record, const struct ga_field *field,
                        const struct ga_uuid *row)
{
    const struct ga_field *top = field->parent != NULL ? field->parent : field;
    size_t i;
    if (top->page != record->page)
        record_turn_to(record, top->page, false);
    if (ga_ticks_names(top) != NULL)
        return find_item(record, top, NULL, &i) && record_focus(record, i);
    return find_item(record, field, row, &i) && record_focus(record, i);
}

bool record_step(struct record *record, int by)
{
    for (size_t i = record->focus; by > 0 ? i + 1 < record->items.len : i > 0;) {
        i = by > 0 ? i + 1 : i - 1;
        if (record_focus(record, i))
            return true;
    }
    return false;
}

void record_turn_to(struct record *record, size_t page, bool to_last)
{
    box_close(&record->box);
    record->page = page;
    record->first_row = 0;
    list_items(record);
    record->focus = 0;
    focus_near(record);
    for (size_t i = record->items.len; to_last && i > 0; i--)
        if (record_focus(record, i - 1))
            return;
}

/* Rows. */

static int cols_of_labels(const struct record *record, const struct ga_area *area,
                          enum ga_lang lang)
{
    int widest = LABEL_MIN_COLS;
    for (size_t i = 0; i < record->items.len; i++) {
        const struct record_item *item = GA_VEC_AT(const struct record_item, &record->items, i);
        const char *label = ga_label_text(&item->field->label, lang);
        int cols = (int)ga_width_text(label, strlen(label)) + (item->row_no > 0 ? 3 : 0);
        if (item->field->type->storage != GA_STORE_NOTHING && cols > widest)
            widest = cols;
    }
    int most = area->cols * 2 / 5 < RECORD_LABEL_COLS ? area->cols * 2 / 5 : RECORD_LABEL_COLS;
    return (widest < most ? widest : most) + GAP_COLS;
}

static int rows_of_text(const char *text, size_t len, int cols)
{
    size_t rows = ga_wrap_count(text, len, cols > 0 ? (size_t)cols : 1);
    return rows < 1 ? 1 : rows < VALUE_ROWS_MAX ? (int)rows : VALUE_ROWS_MAX;
}

/* Three harms that were ticked are read whole, not only by who walks there. */
static int rows_of_choices(const struct record *record, const struct record_item *item, int cols, enum ga_lang lang)
{
    struct ga_str text = {0};
    ga_screen_add_answer(record->entry->session, item->field, record_answer(record, item), lang, &text);
    const int rows = rows_of_text(ga_str_text(&text), text.len, cols);
    ga_str_finish(&text);
    return rows;
}

static int rows_of_value(const struct record *record, const struct record_item *item, int cols,
                         enum ga_lang lang)
{
    const struct ga_answer *answer = record_answer(record, item);
    if (item->said != NULL)
        return rows_of_text(item->said, strlen(item->said), cols);
    if (item->field->type->widget == GA_WIDGET_CHOICES && !record_is_masked(record, item))
        return rows_of_choices(record, item, cols, lang);
    if (item->field->type->widget != GA_WIDGET_TEXT || answer->state != GA_ANSWERED)
        return 1;
    return rows_of_text(answer->value.text, answer->value.len, cols);
}

static int rows_of_note(const struct record_item *item, int cols, enum ga_lang lang)
{
    const char *text = ga_label_text(&item->field->label, lang);
    return (int)ga_wrap_count(text, strlen(text), cols > 0 ? (size_t)cols : 1);
}

/* Moves the page no more than the focused field needs; of one taller than the page its top. */
static void keep_in_sight(struct record *record, int rows, int total)
{
    const struct record_item *item = record_focused(record);
    if (item != NULL) {
        if (item->top + item->rows > record->first_row + rows)
            record->first_row = item->top + item->rows - rows;
        if (item->top < record->first_row)
            record->first_row = item->top;
    }
    if (record->first_row > total - rows)
        record->first_row = total - rows;
    if (record->first_row < 0)
        record->first_row = 0;
}

void record_place(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    record->hint_rows = record_hint_rows(screen);
    record_lay_out(record, record_fields_area(screen));
}

void record_lay_out(struct record *record, struct ga_area area)
{
    enum ga_lang lang = ga_screen_lang(record->box.screen);
    record->label_cols = cols_of_labels(record, &area, lang);
    int value_cols = area.cols - record->label_cols - 2, top = 0;
    for (size_t i = 0; i < record->items.len; i++) {
        struct record_item *item = GA_VEC_AT(struct record_item, &record->items, i);
        bool is_focused = i == record->focus && box_is_open(&record->box);
        item->top = top;
        item->rows = item->field->type->storage == GA_STORE_NOTHING
                         ? rows_of_note(item, area.cols - 2, lang)
                     : is_focused && item->said == NULL ? box_rows(&record->box, value_cols)
                                  : rows_of_value(record, item, value_cols, lang);
        if (item->rows > area.rows && area.rows > 0)
            item->rows = area.rows;
        top += item->rows;
    }
    keep_in_sight(record, area.rows, top);
}
