/* Looks for a child that is there already before a second one is made. */
#include "record_state.h"

#include "guanai/screen/child.h"
#include "guanai/store/search.h"
#include "guanai/tui/dialog.h"

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

/* Why they may be the same, in words; `why` as ga_store_lookalikes() answers it. */
static const char *reason(const char *why, enum ga_lang lang)
{
    if (strcmp(why, "id_number") == 0)
        return ga_tr(lang, "same ID number");
    if (strcmp(why, "birth_date") == 0)
        return ga_tr(lang, "same sounding name, same birth date");
    return ga_tr(lang, "same name, same class");
}

static bool was_passed(const struct record *record, const struct ga_uuid *id)
{
    char text[GA_UUID_TEXT_SIZE];
    return strstr(ga_str_text(&record->seen), ga_uuid_text(id, text)) != NULL;
}

static const char *label_of(struct record *record, const struct ga_search_hit *hit,
                            enum ga_lang lang)
{
    return ga_arena_printf(&record->lists, "%s (%s) %s %s %s", hit->name, reason(hit->why, lang),
                           hit->class_shown, hit->birth_month, hit->village);
}

static void show_doubles(struct ga_screen *screen, const struct ga_search_hit *hits, size_t count)
{
    struct record *record = GA_STATE(struct record, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const char *options[DOUBLES_MAX + 1];
    size_t shown = 0;
    record->labels = ga_arena_array(&record->lists, DOUBLES_MAX, sizeof(*record->labels));
    for (size_t i = 0; i < count && shown < DOUBLES_MAX; i++) {
        char id[GA_UUID_TEXT_SIZE];
        if (was_passed(record, &hits[i].id))
            continue;
        record->labels[shown] = ga_arena_strdup(&record->lists, ga_uuid_text(&hits[i].id, id));
        options[shown++] = label_of(record, &hits[i], lang);
    }
    if (shown == 0)
        return;
    record->options.count = shown;
    options[shown] = ga_tr(lang, "another child: go on with the new file");
    ga_dialog_choose(
        screen, ga_tr(lang, "Is it one of these?"),
        ga_tr(lang,
              "A child like this has a file already. Open it instead of making a second one:"),
        options, shown + 1, TAG_LOOKALIKE);
}

void record_look_for_doubles(struct ga_screen *screen, const struct ga_field *left)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_search_hit *hits;
    size_t count = 0;
    if (!is_time_to_look(record->entry, left))
        return;
    ga_arena_reset(&record->lists);
    if (ga_store_lookalikes(record->entry->session->store, &record->entry->now, &record->lists,
                            &hits, &count, NULL) == GA_OK)
        show_doubles(screen, hits, count);
}

void record_take_double(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_uuid id;
    size_t shown = record->options.count;
    for (size_t i = 0; i < shown; i++)
        ga_str_addf(&record->seen, "%s ", record->labels[i]);
    if (result->is_done && (size_t)result->code < shown &&
        ga_uuid_parse(record->labels[result->code], &id))
        ga_screen_child_open(screen, &id,
                             TAG_EXISTING); /* over this page: what was typed waits below */
}
