/* Looks for a child that is there already before a second one is made. */
#include "record/record_state.h"

#include "guanai/app/life.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/child.h"
#include "guanai/store/doubles.h"
#include "guanai/store/life.h"
#include "guanai/store/record.h"
#include "guanai/text/utf8.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"

#include <stdio.h>
#include <string.h>

enum { DOUBLES_MAX = 6 };

static bool is_answered(const struct ga_entry *entry, const char *name)
{
    const struct ga_field *field = ga_form_field(entry->form, name);
    return field != NULL && ga_answers_at(&entry->now, field)->state == GA_ANSWERED;
}

/* After the ID number; after name and birth date, in either order. */
static bool is_time_to_look(const struct ga_entry *entry, const struct ga_field *left)
{
    if (left == NULL || !entry->is_new || strcmp(entry->form->name, "child") != 0)
        return false;
    bool is_id = strcmp(left->name, "id_number") == 0 && is_answered(entry, "id_number");
    bool is_name = strcmp(left->name, "name") == 0 || strcmp(left->name, "birth_date") == 0;
    return is_id || (is_name && is_answered(entry, "name") && is_answered(entry, "birth_date"));
}

static bool was_passed(const struct record *record, const struct ga_uuid *id)
{
    char text[GA_UUID_TEXT_SIZE];
    return strstr(ga_str_text(&record->seen), ga_uuid_text(id, text)) != NULL;
}

/* Who left comes back by the same key: the line says so before anything else. */
static const char *name_of(struct record *record, const struct ga_search_hit *hit, enum ga_lang lang)
{
    struct ga_store *store = record->entry->session->store;
    struct ga_departure departure;
    struct ga_message msg;
    bool has_left = false;
    char text[2 * GA_MESSAGE_BYTES];
    if (!hit->has_left || ga_store_departure(store, &hit->id, &has_left, &departure, NULL) != GA_OK || !has_left)
        return hit->name;
    const char *when = ga_store_departure_text(store, &hit->id, lang, &record->lists);
    if (departure.may_return)
        ga_message_set(&msg, "Bring back %1 (left %2)", hit->name, when);
    else
        ga_message_set(&msg, "%1 (left %2)", hit->name, when);
    return ga_arena_strdup(&record->lists, ga_message_text(&msg, lang, text, sizeof(text)));
}

static const char *label_of(struct record *record, const struct ga_double_hit *found, enum ga_lang lang)
{
    const struct ga_search_hit *hit = &found->hit;
    const uint32_t strongest = found->likeness.same & -found->likeness.same, rest = found->likeness.same ^ strongest;
    const struct ga_likeness shown = {.same = strongest | (rest & -rest)}; /* there is room for two */
    struct ga_str why = {0};
    ga_likeness_say(shown, lang, &why);
    const char *label = ga_arena_printf(&record->lists, "%s (%s%s%s) %s %s %s", name_of(record, hit, lang), ga_tr(lang, "The same:"),
                                        lang == GA_EN ? " " : "", ga_str_text(&why), hit->class_shown, hit->birth_month, hit->village);
    ga_str_finish(&why);
    return label;
}

/* Those not passed yet become `labels` (their ids) and `options`, the safe way first; how many. */
static size_t list_doubles(struct record *record, enum ga_lang lang, const char **options)
{
    struct ga_double_hit *hits;
    size_t count = 0, shown = 0;
    ga_arena_reset(&record->lists);
    record->options.count = 0;
    if (ga_doubles_of(record->entry->session->store, &record->entry->now, lang, &record->lists, &hits, &count, NULL) !=
        GA_OK)
        return 0;
    record->labels = ga_arena_array(&record->lists, DOUBLES_MAX, sizeof(*record->labels));
    options[0] = ga_tr(lang, "another child: go on with the new file");
    for (size_t i = 0; i < count && shown < DOUBLES_MAX; i++) {
        char id[GA_UUID_TEXT_SIZE];
        if (was_passed(record, &hits[i].hit.id))
            continue;
        record->labels[shown] = ga_arena_strdup(&record->lists, ga_uuid_text(&hits[i].hit.id, id));
        options[++shown] = label_of(record, &hits[i], lang);
    }
    record->options.count = shown;
    return shown;
}

/* It comes up between two fields, with the eyes on the keys: what is typed then goes into the new file all the same. */
bool record_show_doubles(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const char *options[DOUBLES_MAX + 1];
    const size_t shown = list_doubles(record, lang, options);
    if (shown > 0)
        ga_dialog_interrupt(screen, ga_tr(lang, "Is it one of these?"),
                            ga_tr(lang, "A child like this has a file already. Up and Down choose a line, Enter takes "
                                        "it: a file there is opens then. Typing goes on in the new one."),
                            options, shown + 1, TAG_LOOKALIKE);
    return shown > 0;
}

static void look(struct ga_screen *screen, const struct ga_field *left)
{
    struct record *record = GA_STATE(struct record, screen);
    record->looked_at = left;
    record->is_saving = false;
    record_show_doubles(screen);
}

void record_look_for_doubles(struct ga_screen *screen, const struct ga_field *left)
{
    if (is_time_to_look(GA_STATE(struct record, screen)->entry, left))
        look(screen, left);
}

void record_look_again(struct ga_screen *screen, const struct ga_field *field)
{
    struct record *record = GA_STATE(struct record, screen);
    if (strcmp(field->name, "id_number") != 0)
        return;
    ga_str_clear(&record->seen);
    record_look_for_doubles(screen, field);
}

bool record_asks_doubles(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_entry *entry = record->entry;
    const struct ga_field *name = ga_form_field(entry->form, "name");
    if (!entry->is_new || strcmp(entry->form->name, "child") != 0 || !ga_entry_check(record->entry))
        return false;
    record->looked_at = name;
    record->is_saving = true;
    return record_show_doubles(screen);
}

/* It is another child: on with what the number, the name did not fill in. */
static void go_on_after(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    for (size_t i = 0; i < record->options.count; i++)
        ga_str_addf(&record->seen, "%s ", record->labels[i]);
    if (record->is_saving) {
        record_save(screen);
        return;
    }
    if (!record_focus_field(record, record->looked_at, NULL))
        return;
    for (size_t i = record->focus + 1; i < record->items.len; i++) {
        const struct record_item *item = GA_VEC_AT(const struct record_item, &record->items, i);
        if (record_answer(record, item)->state == GA_EMPTY && record_focus(record, i))
            break;
    }
    record_renew(screen);
}

/* What makes two files look alike is no reason to keep a second one. */
static bool tells_who(const struct ga_field *field)
{
    static const char *const names[] = {"id_number", "name", "birth_date", "sex"};
    for (size_t i = 0; i < GA_COUNT(names); i++)
        if (strcmp(names[i], field->name) == 0)
            return true;
    return false;
}

/* Typed by the user, and not what the file that is there says already. */
static bool is_worth_keeping(const struct record *record, const struct ga_field *field,
                             const struct ga_answers *there)
{
    const struct ga_entry *entry = record->entry;
    const struct record_item item = {.field = field};
    const struct ga_answer *answer = ga_answers_at(&entry->now, field);
    return answer->state != GA_EMPTY && answer->is_touched && !tells_who(field) &&
           !record_is_prefilled(record, &item) &&
           !ga_answer_equal(answer, ga_answers_at(there, field));
}

/* The labels of all that would be lost; appended. */
static void list_losses(struct ga_screen *screen, struct ga_str *out)
{
    struct record *record = GA_STATE(struct record, screen);
    const struct ga_form *form = record->entry->form;
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_answers there;
    if (ga_store_read(record->entry->session->store, form, &record->existing, &there, NULL, NULL) !=
        GA_OK)
        return;
    for (size_t i = 0; i < form->all_count; i++)
        if (is_worth_keeping(record, form->all[i], &there))
            ga_str_addf(out, "%s%s", out->len == 0 ? "" : lang == GA_ZH ? "、" : ", ",
                        ga_label_text(&form->all[i]->label, lang));
    ga_answers_finish(&there);
}

/* Chosen by a line that says so; who is here, or does not come back, is only opened. */
static enum ga_rc bring_back(struct record *record, bool *ret_is_back, struct ga_error *err)
{
    struct ga_session *session = record->entry->session;
    struct ga_departure departure;
    bool has_left = false;
    if (ga_store_departure(session->store, &record->existing, &has_left, &departure, NULL) != GA_OK || !has_left ||
        !departure.may_return)
        return GA_OK;
    const enum ga_rc rc = ga_session_bring_back(session, &record->existing, err);
    *ret_is_back = rc == GA_OK;
    return rc;
}

static void say_opened(struct ga_screen *screen, bool is_back, bool is_kept)
{
    static const char *const sentences[2][2] = {
        {NULL, GA_N_("What was typed for a new file is kept as a draft; the first page offers it")},
        {GA_N_("Here again from today on; the file is in force with all its records."),
         GA_N_("Here again from today on, all records in force. What was typed is kept as a draft on the first page")}};
    if (sentences[is_back][is_kept] != NULL)
        ga_ui_say(screen->ui, GA_STYLE_OK, ga_screen_tr(screen, sentences[is_back][is_kept]));
}

/* The file opens in place of this page. */
static void open_existing(struct ga_screen *screen, bool drops)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_error err = {0};
    bool is_back = false;
    enum ga_rc rc = GA_OK;
    if (drops)
        rc = ga_entry_drop_draft(record->entry, &err);
    else
        record_keep_draft(screen);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    rc = bring_back(record, &is_back, &err);
    ga_screen_child_open(screen, &record->existing, screen->result.tag);
    if (ga_ui_top(screen->ui) == screen)
        return;
    if (rc == GA_OK)
        say_opened(screen, is_back, record->entry->draft_no != 0);
    else
        ga_ui_say_error(screen->ui, &err);
    ga_screen_close(screen);
}

void record_ask_existing(struct ga_screen *screen)
{
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str losses = {0};
    char sentence[GA_MESSAGE_BYTES];
    struct ga_message msg;
    const char *const ways[] = {ga_tr(lang, "open it; keep what was typed as a draft"),
                                ga_tr(lang, "open it; throw away what was typed"),
                                ga_tr(lang, "do not open it: go on here")};
    list_losses(screen, &losses);
    ga_message_set(&msg, "The file that is there will be opened. It does not have what you typed for: %1",
                   ga_str_text(&losses));
    if (losses.len > 0)
        ga_dialog_choose(screen, ga_tr(lang, "What was typed"),
                         ga_message_text(&msg, lang, sentence, sizeof(sentence)), ways,
                         GA_COUNT(ways), TAG_EXISTING);
    else
        open_existing(screen, false);
    ga_str_finish(&losses);
}

void record_take_existing(struct ga_screen *screen, const struct ga_tui_result *result)
{
    enum { KEEP, DROP };
    if (result->is_done && (result->code == KEEP || result->code == DROP))
        open_existing(screen, result->code == DROP);
}

/* As if nothing had been asked; nothing was passed, so saving asks again. */
void record_type_on(struct ga_screen *screen, const char *text)
{
    const size_t len = strlen(text);
    struct ga_event event = {.kind = GA_EVENT_PASTE, .text = text, .len = len};
    uint32_t cp;
    if (ga_utf8_decode(text, len, &cp) == len)
        event = (struct ga_event){.kind = GA_EVENT_TEXT, .key = cp};
    record_ops.event(screen, &event);
}

void record_take_double(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    if (!result->is_done) { /* back to where it was asked: the number may be mistyped */
        record_focus_field(record, record->looked_at, NULL);
        record_renew(screen);
    } else if (result->code == GA_DIALOG_TYPED) {
        record_type_on(screen, result->text);
    } else if (result->code == 0) {
        go_on_after(screen);
    } else if (ga_uuid_parse(record->labels[result->code - 1], &record->existing)) {
        record_ask_existing(screen);
    }
}
