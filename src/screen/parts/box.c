/* The widget of the one field that is being filled in. */
#include "parts/box.h"

#include "guanai/app/names.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { PHRASES_MAX = 9 };

/* Field type → widget: the only place where the screens tell one from another. */
static const struct box_kind *const kinds[] = {
    [GA_WIDGET_NONE] = &box_none,       [GA_WIDGET_LINE] = &box_line,
    [GA_WIDGET_TEXT] = &box_memo,       [GA_WIDGET_DIGITS] = &box_digits,
    [GA_WIDGET_DATE] = &box_date,       [GA_WIDGET_CHOICE] = &box_choice,
    [GA_WIDGET_CHOICES] = &box_choices, [GA_WIDGET_BOOLEAN] = &box_boolean,
    [GA_WIDGET_SCALE] = &box_scale,     [GA_WIDGET_RECORD] = &box_record,
    [GA_WIDGET_ROWS] = &box_none,
};

struct ga_row *box_row(const struct ga_entry *entry, const struct ga_field *field,
                       const struct ga_uuid *row)
{
    if (field->parent == NULL)
        return NULL;
    struct ga_rows *rows = &entry->now.repeats[field->parent->index];
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->rows[i].is_gone && ga_uuid_compare(&rows->rows[i].id, row) == 0)
            return &rows->rows[i];
    return NULL;
}

static const struct ga_answer *answer_of(const struct box *box)
{
    const struct ga_row *row = box_row(box->entry, box->field, &box->row);
    return row != NULL ? &row->answers[box->field->index]
                       : ga_answers_at(&box->entry->now, box->field);
}

void box_open(struct box *box, const struct ga_field *field, const struct ga_row *row)
{
    box_close(box);
    box->field = field;
    box->kind = kinds[field->type->widget];
    box->row = row != NULL ? row->id : (struct ga_uuid){0};
    ga_arena_init(&box->arena);
    box->phrases = ga_arena_array(&box->arena, PHRASES_MAX, sizeof(*box->phrases));
    bool names_somebody = ga_str_ends(field->name, "name"); /* nobody is called as the last one was */
    box->phrases_count =
        box->kind->put != NULL && field->type->is_text && !names_somebody
            ? ga_entry_phrases(box->entry, field, &box->arena, box->phrases, PHRASES_MAX)
            : 0;
    box_say_state(box);
    box->kind->open(box, answer_of(box));
    if (box->kind->is_number || ga_entry_is_prefilled(box->entry, field, answer_of(box)))
        box_select(box);
}

void box_say_state(struct box *box)
{
    if (box->kind != NULL)
        ga_str_copy(box->placeholder, sizeof(box->placeholder),
                    ga_screen_state_word(answer_of(box)->state, ga_screen_lang(box->screen)));
}

void box_close(struct box *box)
{
    if (box->kind == NULL)
        return;
    if (box->kind->close != NULL)
        box->kind->close(box);
    box->kind = NULL;
    box->is_changed = false;
    box->asks_for_list = false;
    ga_arena_finish(&box->arena);
}

bool box_is_open(const struct box *box)
{
    return box->kind != NULL;
}

enum ga_reply box_event(struct box *box, const struct ga_event *event)
{
    return box->kind == NULL || box->kind->event == NULL ? GA_IGNORED
                                                         : box->kind->event(box, event);
}

int box_rows(const struct box *box, int cols)
{
    return box->kind == NULL || box->kind->rows == NULL ? 1 : box->kind->rows(box, cols);
}

void box_paint(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    if (box->kind != NULL && box->kind->paint != NULL)
        box->kind->paint(box, canvas, area);
}

void box_put(struct box *box, const char *text)
{
    if (box->kind == NULL || box->kind->put == NULL)
        return;
    box->kind->put(box, text);
    box->is_changed = true;
}

void box_select(struct box *box)
{
    if (box->kind != NULL && box->kind->select != NULL)
        box->kind->select(box);
}

void box_go_on(struct box *box)
{
    const struct ga_event end = {.kind = GA_EVENT_KEY, .key = GA_KEY_END};
    if (box->kind != NULL && box->kind->select != NULL)
        box->kind->event(box, &end);
}

void box_add_help(const struct ga_field *field, enum ga_lang lang, struct ga_str *out)
{
    if (kinds[field->type->widget]->select == NULL)
        return;
    ga_str_addf(out, "%s\n",
                ga_tr(lang, "What stands here reversed gives way to the first character typed, Ctrl-Z brings it back; Enter "
                            "leaves it as it is. Left, Right, Home and End go into it, Backspace takes its last character, "
                            "Delete empties it."));
}

bool box_is_empty(const struct box *box)
{
    struct ga_str text = {0};
    if (box->kind != NULL && box->kind->text != NULL)
        box->kind->text(box, &text);
    bool is_empty = text.len == 0;
    ga_str_finish(&text);
    return is_empty;
}

enum ga_rc box_commit(struct box *box, struct ga_message *ret_warning, struct ga_error *err)
{
    ret_warning->id = NULL;
    if (box->kind == NULL || !box->is_changed)
        return GA_OK;
    struct ga_row *row = box_row(box->entry, box->field, &box->row);
    if (box->field->parent != NULL && row == NULL)
        return GA_OK; /* its row was taken away meanwhile */
    struct ga_str text = {0};
    box->kind->text(box, &text);
    enum ga_rc rc = ga_entry_set(box->entry, box->field, row, ga_str_text(&text), ret_warning, err);
    ga_str_finish(&text);
    if (rc == GA_OK)
        box->is_changed = false;
    return rc;
}

void box_take_refusal(struct box *box)
{
    if (box->kind == &box_date)
        box_select(box);
}

static const char *phrase_label(void *ctx, size_t i)
{
    return ((const struct box *)ctx)->phrases[i];
}

static bool fits(const char *phrase, const char *typed)
{
    const struct ga_label label = {.zh = phrase, .en = phrase};
    return ga_words_match(&label, typed);
}

static bool phrase_matches(void *ctx, size_t i, const char *filter)
{
    return fits(phrase_label(ctx, i), filter);
}

bool box_wants_name(const struct box *box)
{
    return box->kind != NULL && box->kind->put != NULL && strcmp(box->field->type->name, "person") == 0;
}

/* Only letters can be meant for initials: a name that stands there is an answer. */
static bool is_pinyin(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

/* Those whose names begin so, all of them where nothing is typed; what was written in this field last comes first. */
static void list_people(struct box *box, const char *typed)
{
    const char **names = ga_arena_array(&box->arena, GA_PEOPLE_MAX, sizeof(*names));
    size_t count = ga_entry_phrases(box->entry, box->field, &box->arena, names, PHRASES_MAX);
    count = ga_names_read_people(box->entry->session->store, &box->arena, names, count);
    box->phrases = names;
    box->phrases_count = 0;
    for (size_t i = 0; i < count; i++)
        if (typed[0] == '\0' || fits(names[i], typed))
            names[box->phrases_count++] = names[i];
}

bool box_offers_phrases(struct box *box)
{
    struct ga_str typed = {0};
    if (box->kind == NULL || box->kind->text == NULL)
        return false;
    box->kind->text(box, &typed);
    const bool is_empty = typed.len == 0, is_begun = is_pinyin(ga_str_text(&typed));
    if (box_wants_name(box) && is_begun)
        list_people(box, ga_str_text(&typed));
    ga_str_finish(&typed);
    return box->phrases_count > 0 && (is_empty || (box_wants_name(box) && is_begun));
}

void box_open_phrases(struct box *box, int tag)
{
    box->options =
        (struct ga_tui_options){.ctx = box, .count = box->phrases_count, .label = phrase_label, .matches = phrase_matches};
    struct ga_tui_pick pick = {.title = ga_tr(ga_screen_lang(box->screen), box_wants_name(box) ? GA_N_("Names known here") : GA_N_("Written here before")),
                               .options = &box->options,
                               .picked = -1,
                               .picks_by_digit = true};
    ga_tui_pick_open(box->screen, &pick, tag);
}
