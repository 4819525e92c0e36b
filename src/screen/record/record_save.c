/* Saves a form once everything that stands in the way is settled. */
#include "record/record_group.h"
#include "record/record_name.h"

#include "guanai/app/ticks.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/picker.h"
#include "parts/offers.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { REASON_CHARS = 100 };

static const struct ga_finding *finding_at(const struct record *record, size_t i)
{
    return GA_VEC_AT(const struct ga_finding, &record->entry->findings, i);
}

static bool needs_settling(const struct ga_finding *finding)
{
    return ga_finding_bars_saving(finding) || finding->kind == GA_FINDING_WARN;
}

static void focus_finding(struct ga_screen *screen, const struct ga_finding *finding)
{
    struct record *record = GA_STATE(struct record, screen);
    size_t count = record->entry->findings.len;
    size_t no = (size_t)(finding - finding_at(record, 0)) + 1;
    struct ga_message msg;
    record_focus_field(record, finding->field, finding->row != NULL ? &finding->row->id : NULL);
    record_renew(screen);
    ga_message_set(&msg, "%1 of %2; F10 goes to the next", GA_NUM(no), GA_NUM(count));
    if (finding->row != NULL && ga_ticks_names(finding->field->parent) != NULL)
        record_open_group(screen, finding->field->parent, finding->field, &finding->row->id);
    if (count > 1) /* what is wrong stands in the hint line */
        ga_ui_say_message(screen->ui, GA_STYLE_NORMAL, &msg);
}

/* The list of all that is wrong. */

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct record *)ctx)->labels[i];
}

void record_list_problems(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    size_t count = record->entry->findings.len;
    struct ga_message msg;
    struct ga_str text = {0};
    char title[120];
    ga_arena_reset(&record->lists);
    record->labels = ga_arena_array(&record->lists, count, sizeof(*record->labels));
    for (size_t i = 0; i < count; i++) {
        ga_str_clear(&text);
        ga_finding_text(finding_at(record, i), ga_screen_lang(screen), &text);
        record->labels[i] = ga_arena_strdup(&record->lists, ga_str_text(&text));
    }
    ga_str_finish(&text);
    record->options = (struct ga_tui_options){.ctx = record, .count = count, .label = label_at};
    ga_message_set(&msg, "Not saved yet: %1 things to look at", GA_NUM(count));
    struct ga_tui_pick pick = {
        .title = ga_message_text(&msg, ga_screen_lang(screen), title, sizeof(title)),
        .options = &record->options,
        .picked = -1,
        .says_whole = true,
        .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, TAG_PROBLEM);
}

void record_take_problem(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct record *record = GA_STATE(const struct record, screen);
    size_t i = result->is_done ? (size_t)result->code : 0;
    if (i >= record->entry->findings.len)
        return;
    const struct ga_finding *finding = finding_at(record, i);
    focus_finding(screen, finding);
    if (result->is_done && finding->kind == GA_FINDING_WARN)
        record_look_again(screen, finding->field); /* a double: the file that is there is one key away */
}

/* After the focused field in the order of the form; from the first again behind the last. */
void record_go_to_problem(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    if (!record_commit(screen))
        return;
    record_renew(screen);
    size_t count = record->entry->findings.len, next = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ga_finding *finding = finding_at(record, i);
        bool is_here = box_is_open(&record->box) && finding->field == record->box.field;
        if (is_here && i + 1 < count)
            next = i + 1;
    }
    if (count > 0)
        focus_finding(screen, finding_at(record, next));
}

/* A warning is overruled with a reason. */

static const struct ga_finding *first_to_settle(const struct record *record)
{
    for (size_t i = 0; i < record->entry->findings.len; i++)
        if (needs_settling(finding_at(record, i)))
            return finding_at(record, i);
    return NULL;
}

void record_ask_reason(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_finding *finding = first_to_settle(record);
    struct ga_str text = {0};
    if (finding == NULL)
        return;
    record->asked = finding->field;
    ga_finding_text(finding, lang, &text);
    ga_str_addf(&text, "\n%s",
                ga_tr(lang, "If it is right as it is, write why. Esc goes back to the field."));
    struct ga_dialog_ask ask = {.title = ga_label_text(&finding->field->label, lang),
                                .text = ga_str_text(&text),
                                .max_chars = REASON_CHARS};
    ga_dialog_ask(screen, &ask, TAG_REASON);
    ga_str_finish(&text);
}

void record_take_reason(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    if (result->is_done && result->text != NULL && *result->text != '\0') {
        ga_entry_because(record->entry, record->asked, result->text);
        record_save(screen);
        return;
    }
    record_focus_field(record, record->asked, NULL);
    record_renew(screen);
}

static void settle(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_finding *first = first_to_settle(record);
    size_t barring = 0, settling = 0;
    for (size_t i = 0; i < record->entry->findings.len; i++) {
        const struct ga_finding *finding = finding_at(record, i);
        barring += ga_finding_bars_saving(finding);
        settling += needs_settling(finding);
    }
    record->was_checked = true;
    record_renew(screen);
    if (first == NULL)
        return;
    if (barring == 0)
        record_ask_reason(screen);
    else if (settling == 1)
        focus_finding(screen, first);
    else
        record_list_problems(screen);
}

/* Saved. */

static void add_label(struct ga_str *out, const struct ga_field *field, enum ga_lang lang)
{
    ga_str_addf(out, "%s%s", out->len == 0 ? "" : lang == GA_ZH ? "、" : ", ",
                ga_label_text(&field->label, lang));
}

/* Typed, then hidden by another answer: it was saved all the same, so it is said. */
static void list_hidden(const struct record *record, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_form *form = record->entry->form;
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_answer *answer = ga_answers_at(&record->entry->now, form->all[i]);
        if (answer->state != GA_EMPTY && answer->is_touched && !form->all[i]->is_retired &&
            !ga_entry_shows(record->entry, form->all[i]))
            add_label(out, form->all[i], lang);
    }
}

/* What the form itself says must be done now stands in place of everything else. */
static bool say_next(struct ga_screen *screen)
{
    const struct ga_label *next = ga_entry_says(GA_STATE(struct record, screen)->entry);
    if (next != NULL)
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("Saved: %1. %2"), screen->title, ga_label_text(next, ga_screen_lang(screen)));
    return next != NULL;
}

static void say_saved(struct ga_screen *screen, bool is_changed)
{
    const struct record *record = GA_STATE(const struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_message msg;
    struct ga_str missing = {0}, hidden = {0};
    for (size_t i = 0; i < record->entry->findings.len; i++)
        add_label(&missing, finding_at(record, i)->field, lang);
    list_hidden(record, lang, &hidden);
    if (!is_changed)
        ga_message_set(&msg, "Nothing was changed, nothing to save: %1", screen->title);
    else if (hidden.len > 0)
        ga_message_set(&msg, "Saved: %1. No longer asked, kept all the same: %2", screen->title,
                       ga_str_text(&hidden));
    else if (missing.len > 0)
        ga_message_set(&msg, "Saved: %1. Can be filled in later: %2", screen->title,
                       ga_str_text(&missing));
    else
        ga_message_set(&msg, "Saved: %1", screen->title);
    ga_ui_say_message(screen->ui, GA_STYLE_OK, &msg);
    ga_str_finish(&missing);
    ga_str_finish(&hidden);
}

/* Of a child that was new the file opens: guardians, a visit come next. */
static void close_saved(struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    char id[GA_UUID_TEXT_SIZE];
    if (record->was_new && strcmp(record->entry->form->name, "child") == 0)
        ga_screen_child_open(screen, &record->entry->now.id, screen->result.tag);
    ga_screen_close_done(screen, 0, ga_uuid_text(&record->entry->now.id, id));
}

void record_offer_forms(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    char labels[RECORD_OFFERS][160];
    const char *options[RECORD_OFFERS + 1];
    for (size_t i = 0; i < record->offers_count; i++)
        options[i] = ga_offer_label(&record->offers[i], lang, labels[i], sizeof(labels[i]));
    options[record->offers_count] = ga_tr(lang, "not now");
    const char *why = ga_offers_why(record->offers, record->offers_count, lang);
    ga_dialog_choose(screen, ga_tr(lang, "Saved"),
                     why != NULL ? why : ga_tr(lang, "What was entered asks for one more page. Open it now?"), options,
                     record->offers_count + 1, TAG_OFFER);
}

void record_take_offer(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    if (result->is_done && (size_t)result->code < record->offers_count)
        ga_offer_open(screen, record->entry, &record->offers[result->code], screen->result.tag);
    close_saved(screen);
}

void record_save(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_error err = {0};
    bool is_changed = false;
    record->is_doubted = false;
    if (!record_commit(screen))
        return;
    if (record->is_doubted) { /* what was said of it would be gone with the page */
        record_renew(screen);
        return;
    }
    if (record_asks_old_name(screen) || record_asks_doubles(screen))
        return;
    record->was_new = record->entry->is_new;
    enum ga_rc rc = ga_entry_save(record->entry, &is_changed, &err);
    if (rc == GA_REFUSED && record->entry->findings.len > 0) {
        record_keep_draft(screen);
        settle(screen);
        return;
    }
    if (rc != GA_OK) {
        ga_dialog_error(screen, &err, 0);
        return;
    }
    record_renew(screen);
    if (!is_changed || !say_next(screen))
        say_saved(screen, is_changed);
    record->offers_count = ga_entry_offers(record->entry, record->offers, RECORD_OFFERS);
    if (record->offers_count > 0 && is_changed)
        record_offer_forms(screen);
    else
        close_saved(screen);
}
