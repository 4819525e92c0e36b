/* What happens when a field is left, or typing rests. */
#include "record/record_state.h"

#include "guanai/app/ticks.h"
#include "guanai/tui/dialog.h"

#include <stdio.h>
#include <string.h>

void record_renew(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    record_find_items(record);
    record_place(screen);
    record_set_title(screen);
}

bool record_forget_findings(struct record *record, const struct ga_field *field)
{
    struct ga_vec *findings = &record->entry->findings;
    size_t count = findings->len;
    for (size_t i = findings->len; i > 0; i--)
        if (GA_VEC_AT(struct ga_finding, findings, i - 1)->field == field)
            ga_vec_remove(findings, i - 1);
    return findings->len < count;
}

/* The number's own words stay readable while the focus moves on. */
static void say_what_it_tells(struct ga_screen *screen, const struct box *box)
{
    struct ga_str told = {0};
    box_live_hint(box, ga_screen_lang(screen), &told);
    if (told.len > 0)
        ga_ui_say(screen->ui, GA_STYLE_OK, ga_str_text(&told));
    ga_str_finish(&told);
}

/* The hint says in full what is wrong, the message line what to do. */
static void refuse(struct ga_screen *screen, const struct ga_error *err)
{
    struct record *record = GA_STATE(struct record, screen);
    record->fault = *err;
    record_place(screen);
    record_keep_draft(screen);
    ga_message_set(ga_screen_note(screen),
                   "Mend this first; F3 when there is no answer. Esc keeps it as it is");
}

bool record_commit(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_message warning;
    struct ga_error err = {0};
    if (!box_is_open(&record->box) || !record->box.is_changed)
        return true;
    if (box_commit(&record->box, &warning, &err) != GA_OK) {
        refuse(screen, &err);
        box_take_refusal(&record->box);
        return false;
    }
    record->fault = (struct ga_error){0};
    record_forget_findings(record, record->box.field);
    record->is_doubted = warning.id != NULL;
    if (record->is_doubted)
        ga_ui_say_message(screen->ui, GA_STYLE_WARNING, &warning);
    else
        say_what_it_tells(screen, &record->box);
    return true;
}

/* Softly: it is said while the sheet lies under the finger, and bars the way at saving only. */
static void look_at(struct ga_screen *screen, const struct ga_field *left, const struct ga_uuid *row)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_str text = {0};
    if (left == NULL || left->type->storage == GA_STORE_ROWS)
        return;
    const struct ga_finding *finding = ga_entry_look_at(record->entry, left, box_row(record->entry, left, row));
    if (finding == NULL)
        return;
    ga_finding_text(finding, ga_screen_lang(screen), &text);
    ga_ui_say(screen->ui, GA_STYLE_WARNING, ga_str_text(&text));
    ga_str_finish(&text);
}

static void name_place(const struct record *record, char *buf, size_t size)
{
    const struct ga_field *field = box_is_open(&record->box) ? record->box.field : NULL;
    if (field == NULL)
        *buf = '\0';
    else if (field->parent != NULL)
        snprintf(buf, size, "%s.%s", field->parent->name, field->name);
    else
        snprintf(buf, size, "%s", field->name);
}

static void keep_half(struct record *record, bool is_half)
{
    struct ga_str text = {0};
    if (box_is_open(&record->box) && ga_ticks_names(record->box.field) != NULL)
        return; /* the list of the children keeps what is typed in it */
    if (is_half)
        record->box.kind->text(&record->box, &text);
    ga_entry_set_half(record->entry, box_is_open(&record->box) ? &record->box.row : NULL,
                      ga_str_text(&text));
    ga_str_finish(&text);
}

static enum ga_rc keep_draft(struct record *record, struct ga_error *err)
{
    char place[64];
    struct ga_message ignored;
    /*
     * Half a number is no answer: it is kept as it was typed. The field is not left, so what has to be
     * said about its answer is said when it is.
     */
    bool is_changed = record->box.is_changed, is_half = box_commit(&record->box, &ignored, NULL) != GA_OK;
    record->box.is_changed = is_changed;
    keep_half(record, is_half);
    name_place(record, place, sizeof(place));
    return ga_entry_keep_draft(record->entry, place, err);
}

void record_keep_draft(struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (keep_draft(GA_STATE(struct record, screen), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
}

void record_settle(struct ga_screen *screen, const struct ga_field *left, const struct ga_uuid *row)
{
    record_renew(screen);
    record_keep_draft(screen);
    look_at(screen, left, row);
    record_look_for_doubles(screen, left);
}

void record_ask_lose(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    ga_error_text(&record->unkept, lang, &text);
    ga_str_addf(&text, "\n%s", ga_tr(lang, "What was typed could not be kept as a draft; whoever leaves now loses it."));
    ga_dialog_confirm(screen, ga_tr(lang, "Leave and lose it?"), ga_str_text(&text), false, TAG_LOSE);
    ga_str_finish(&text);
}

/* What is no answer yet is kept, too: nothing typed bars the way out, nothing is lost without a word. */
enum ga_reply record_leave(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    record->unkept = (struct ga_error){0};
    if (keep_draft(record, &record->unkept) != GA_OK) {
        record_ask_lose(screen);
        return GA_REDRAW;
    }
    if (record->entry->draft_no != 0)
        ga_ui_say(screen->ui, GA_STYLE_NORMAL,
                  ga_tr(ga_screen_lang(screen),
                        "Kept as a draft, not saved yet; the first page offers it again"));
    return ga_screen_close(screen);
}
