/* Reads what stands in a child's file, in the words it is shown with. */
#include "child/child_state.h"

#include "guanai/app/send_back.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/screen/value.h"
#include "parts/words.h"

#include <string.h>

static void finish_answers(struct child *child)
{
    if (child->is_read)
        ga_answers_finish(&child->answers);
    child->is_read = false;
}

void child_finish(struct child *child)
{
    finish_answers(child);
    ga_vec_finish(&child->fields);
    ga_form_menu_finish(&child->forms);
    ga_str_finish(&child->text);
    ga_arena_finish(&child->row_texts);
    ga_arena_finish(&child->stored);
}

enum ga_rc child_read(struct child *child, struct ga_error *err)
{
    struct ga_session *session = ga_screen_session(child->screen);
    enum ga_lang lang = ga_screen_lang(child->screen);
    struct ga_answers answers;
    enum ga_rc rc = ga_store_form_of(session->store, &child->id, &child->form, err);
    if (rc == GA_OK)
        rc = ga_store_read(session->store, child->form, &child->id, &answers, NULL, err);
    if (rc != GA_OK)
        return rc;
    finish_answers(child);
    child->answers = answers;
    child->is_read = true;
    ga_arena_reset(&child->stored);
    child->has_row =
        ga_roster_row(session->store, &child->id, lang, &child->stored, &child->row, NULL) == GA_OK;
    child_read_departure(child);
    child_read_alarms(child);
    child_read_files(child);
    child_read_phones(child);
    child->conflicts_count = child->entries_count = child->notes_count = child->verified_count = 0;
    ga_notes_read_child(session->store, &child->id, &child->stored, &child->notes, &child->notes_count, NULL);
    ga_verify_marked(session->store, &child->id, &child->stored, &child->verified, &child->verified_count, NULL);
    ga_store_conflicts(session->store, &child->id, &child->stored, &child->conflicts,
                       &child->conflicts_count, NULL);
    return ga_store_timeline(session->store, &child->id, 0, CHILD_TIMELINE_MAX, &child->stored,
                             &child->entries, &child->entries_count, err);
}

bool child_shows_records(const struct child *child)
{
    return child->tabs.current == child->form->pages_count;
}

/* Where a boarder sleeps, who may fetch the child: asked at the gate, so it stands on the first page, too. */
static void list_at_hand(struct child *child)
{
    static const char *const names[] = {"dorm_room", "dorm_bed", "goes_home", "fetched_by", "fetched_phone"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const struct ga_field *field = ga_form_field(child->form, names[i]);
        if (field != NULL && field->parent == NULL && field->page > 0 && field->type->storage != GA_STORE_ROWS &&
            ga_answers_at(&child->answers, field)->state == GA_ANSWERED)
            *(const struct ga_field **)ga_vec_push(&child->fields) = field;
    }
}

void child_list_fields(struct child *child)
{
    ga_vec_clear(&child->fields);
    if (child_shows_records(child))
        return;
    const struct ga_form_page *page = &child->form->pages[child->tabs.current];
    const struct ga_rule_place place = {.record = &child->answers};
    struct ga_rules *rules = ga_screen_session(child->screen)->rules;
    for (size_t i = 0; i < page->fields_count; i++) {
        const struct ga_field *field = &page->fields[i];
        bool is_answered = field->type->storage != GA_STORE_NOTHING &&
                           ga_answers_at(&child->answers, field)->state != GA_EMPTY;
        if (is_answered || (!field->is_retired && ga_rules_is_relevant(rules, &place, field)))
            *(const struct ga_field **)ga_vec_push(&child->fields) = field;
    }
    if (child->tabs.current == 0)
        list_at_hand(child);
}

static bool has_conflict(const struct child *child, const struct ga_field *field)
{
    for (size_t i = 0; i < child->conflicts_count; i++)
        if (strcmp(child->conflicts[i], ga_field_group(field)) == 0)
            return true;
    return false;
}

static void add_rows(const struct child *child, const struct ga_field *repeat, struct ga_str *out)
{
    const struct ga_rows *rows = &child->answers.repeats[repeat->index];
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        count += !rows->rows[i].is_gone;
    ga_str_add(out, GA_NUM(count));
}

static void add_value(struct child *child, const struct ga_field *field, struct ga_str *out)
{
    struct ga_session *session = ga_screen_session(child->screen);
    const struct ga_answer *answer = ga_answers_at(&child->answers, field);
    struct ga_str text = {0};
    if (field->type->storage == GA_STORE_ROWS)
        add_rows(child, field, &text);
    else
        ga_screen_add_answer(session, field, answer, ga_screen_lang(child->screen), &text);
    bool is_masked = !child->is_revealed && answer->state == GA_ANSWERED &&
                     ga_screen_is_masked(child->form, field);
    if (is_masked)
        ga_screen_add_masked(field, ga_str_text(&text), out);
    else
        ga_str_add(out, ga_str_text(&text));
    ga_str_finish(&text);
}

/* As in the form: + there are open notes, . all are done. */
static const char *notes_mark(const struct child *child, const struct ga_field *field)
{
    const char *mark = "";
    for (size_t i = 0; i < child->notes_count; i++) {
        const bool is_here = ga_note_is_on(&child->notes[i], field, NULL);
        if (is_here && child->notes[i].settled_by == NULL)
            return "+ ";
        if (is_here)
            mark = ". ";
    }
    return mark;
}

static bool is_verified(const struct child *child, const struct ga_field *field)
{
    for (size_t i = 0; i < child->verified_count; i++)
        if (strcmp(child->verified[i], field->name) == 0)
            return true;
    return false;
}

void child_fetch_field(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct child *child = ctx;
    struct ga_str text = {0};
    for (size_t row = 0; row < count; row++) {
        const struct ga_field *field =
            *GA_VEC_AT(const struct ga_field *, &child->fields, first + row);
        ga_str_clear(&text);
        if (has_conflict(child, field))
            ga_str_add(&text, "! ");
        ga_str_add(&text, notes_mark(child, field));
        if (field->type->storage != GA_STORE_NOTHING)
            add_value(child, field, &text);
        child_add_phone(child, field, ga_screen_lang(child->screen), &text);
        if (is_verified(child, field))
            ga_str_add(&text, " ✓");
        ga_tui_cells_put(cells, row, 0,
                         ga_label_text(&field->label, ga_screen_lang(child->screen)));
        ga_tui_cells_put(cells, row, 1, ga_str_text(&text));
    }
    ga_str_finish(&text);
}

/* Summaries mostly begin with the day, which stands in its own column. */
static const char *without_day(const char *text, const char *day)
{
    size_t len = strlen(day);
    return len > 0 && strncmp(text, day, len) == 0 && text[len] == ' ' ? text + len + 1 : text;
}

/* The number of the paper sheet, in whichever form has the field `paper_no` (forms/README.md). */
static void add_paper(struct child *child, const struct ga_answers *record)
{
    const struct ga_field *field = ga_form_field(record->form, "paper_no");
    const struct ga_answer *answer = field == NULL || field->parent != NULL ? NULL : ga_answers_at(record, field);
    if (answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT &&
        !ga_screen_is_masked(record->form, field))
        ga_str_addf(&child->text, "[%s] ",
                    ga_words_say(&child->row_texts, ga_screen_lang(child->screen), GA_N_("sheet %1"), answer->value.text));
}

/* The record itself has the words. Mostly nothing waits anywhere, which is kept: no row asks then. */
static bool is_sent_back(struct child *child, const struct ga_uuid *record)
{
    struct ga_session *session = ga_screen_session(child->screen);
    struct ga_sent_back_counts counts;
    const struct ga_sent_back *sent = NULL;
    if (ga_sent_back_count(session, &child->row_texts, &counts, NULL) != GA_OK || counts.open == 0)
        return false;
    return ga_sent_back_of(session, record, &child->row_texts, &sent, NULL) == GA_OK && sent != NULL && !sent->is_mended;
}

static void add_marks(struct child *child, const struct ga_timeline_entry *entry, const struct ga_made *made)
{
    if (entry->has_conflict)
        ga_str_add(&child->text, "! ");
    if (is_sent_back(child, &entry->id))
        ga_str_addf(&child->text, "[%s] ", ga_tr(ga_screen_lang(child->screen), GA_N_("sent back")));
    if (made->typist != NULL)
        ga_str_addf(&child->text, "[%s] ",
                    ga_words_say(&child->row_texts, ga_screen_lang(child->screen), GA_N_("typed by %1"), made->typist));
}

/* Reads one record a row in sight. */
static void add_summary(struct child *child, const struct ga_timeline_entry *entry)
{
    struct ga_session *session = ga_screen_session(child->screen);
    struct ga_answers record;
    struct ga_made made = {0};
    struct ga_str summary = {0};
    ga_str_clear(&child->text);
    ga_arena_reset(&child->row_texts);
    const bool is_read = ga_store_read_made(session->store, entry->form, &entry->id, &record, &child->row_texts, &made,
                                            NULL) == GA_OK;
    add_marks(child, entry, &made);
    if (!is_read)
        return;
    add_paper(child, &record);
    ga_screen_name_duty(session, &record, ga_screen_lang(child->screen));
    const struct ga_rule_place place = {.record = &record, .child = &child->answers};
    ga_rules_summary(session->rules, &place, ga_screen_lang(child->screen), &summary);
    ga_str_add(&child->text, without_day(ga_str_text(&summary), entry->day));
    ga_str_finish(&summary);
    ga_answers_finish(&record);
}

void child_fetch_moment(void *ctx, size_t i, struct ga_tui_moment *ret_moment)
{
    struct child *child = ctx;
    const struct ga_timeline_entry *entry = &child->entries[i];
    add_summary(child, entry);
    ret_moment->day = entry->day;
    ret_moment->what = ga_label_text(&entry->form->title, ga_screen_lang(child->screen));
    ret_moment->text = ga_str_text(&child->text);
    ret_moment->who = entry->doer;
    ret_moment->style = entry->has_conflict ? GA_STYLE_WARNING : GA_STYLE_NORMAL;
}

static void add_age(const struct child *child, enum ga_lang lang, struct ga_str *out)
{
    struct ga_date birth;
    struct ga_message msg;
    char text[60];
    if (!ga_date_from_iso(child->row.birth, &birth))
        return;
    ga_message_set(&msg, "aged %1",
                   GA_NUM(ga_date_age(birth, ga_screen_session(child->screen)->today)));
    ga_str_addf(out, "  %s", ga_message_text(&msg, lang, text, sizeof(text)));
}

void child_head_line(struct child *child, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_roster_row *row = &child->row;
    if (!child->has_row)
        return;
    const struct ga_field *sex = ga_form_field(child->form, "sex");
    const struct ga_value code = ga_value_text(row->sex);
    ga_str_addf(out, "%s%s", row->is_key_child ? "★ " : "", row->name);
    if (row->has_left) /* first: it decides what all the rest is worth */
        ga_str_addf(out, "  [%s%s%s]", ga_tr(lang, "has left"), child->departure[0] != '\0' ? " " : "", child->departure);
    else if (child->away[0] != '\0')
        ga_str_addf(out, "  [%s %s]", ga_tr(lang, "away"), child->away);
    if (sex != NULL && *row->sex != '\0') {
        ga_str_add(out, "  ");
        ga_field_show(sex, lang, &code, out);
    }
    add_age(child, lang, out);
    ga_str_addf(out, "  %s  %s", row->class_shown, row->village);
    if (row->card_no > 0)
        ga_str_addf(out, "  %s %lld", ga_tr(lang, "no."), (long long)row->card_no);
    if (row->is_left_behind)
        ga_str_addf(out, "  [%s]", ga_tr(lang, "left behind"));
    child_add_files(child, lang, out);
}
