/* Says what stands in the way of taking an import back. */
#include "guanai/exchange/import_bars.h"

#include "guanai/base/map.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/text/translate.h"

#include <string.h>

/* An import that stands, with what it wrote. */
struct later {
    const struct ga_import_past *past;
    struct ga_reach reach;
    bool bars;
};

static enum ga_rc list_later(struct ga_store *store, struct ga_arena *arena, struct later **ret_later, size_t *ret_count,
                             struct ga_error *err)
{
    struct ga_import_past *list = NULL;
    size_t count = 0, kept = 0;
    enum ga_rc rc = ga_import_list_past(store, arena, &list, &count, err);
    struct later *later = ga_arena_array(arena, count, sizeof(*later));
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        if (list[i].undone_on[0] != '\0')
            continue;
        later[kept] = (struct later){.past = &list[i]};
        rc = ga_store_reach_made(store, &list[i].id, &later[kept++].reach, err);
    }
    *ret_later = later;
    *ret_count = kept;
    return rc;
}

static struct later *writer_of(struct later *later, size_t count, int64_t op)
{
    for (size_t i = 0; op != 0 && i < count; i++)
        if (op >= later[i].reach.first_op && op - later[i].reach.first_op < later[i].reach.count)
            return &later[i];
    return NULL;
}

static void gather_imports(const struct later *later, size_t count, struct ga_arena *arena, struct ga_import_bars *bars)
{
    bars->imports = ga_arena_array(arena, count, sizeof(struct ga_import_past *));
    for (size_t i = 0; i < count; i++)
        if (later[i].bars)
            bars->imports[bars->imports_count++] = later[i].past;
}

/* However often, or in how many fields, a record was touched: it is one to look at. */
static void gather_records(struct ga_arena *arena, struct ga_import_bars *bars)
{
    struct ga_map met = {0};
    bars->records = ga_arena_array(arena, bars->all_count, sizeof(struct ga_undo_finding *));
    for (size_t i = 0; i < bars->all_count; i++) {
        const struct ga_import_bar *bar = &bars->all[i];
        const char *id = ga_uuid_text(&bar->finding->record, ga_arena_alloc(arena, GA_UUID_TEXT_SIZE));
        if (bar->by_import != NULL || ga_map_get(&met, id) != NULL)
            continue;
        ga_map_put(&met, id, bars);
        bars->records[bars->records_count++] = bar->finding;
    }
    ga_map_finish(&met);
}

enum ga_rc ga_import_sort_bars(struct ga_store *store, const struct ga_undo *undo, struct ga_arena *arena,
                               struct ga_import_bars *ret_bars, struct ga_error *err)
{
    struct ga_import_bars bars = {0};
    struct later *later;
    size_t later_count;
    const struct ga_undo_finding *findings = ga_undo_findings(undo, &bars.all_count);
    enum ga_rc rc = list_later(store, arena, &later, &later_count, err);
    if (rc != GA_OK)
        return rc;
    bars.all = ga_arena_array(arena, bars.all_count, sizeof(*bars.all));
    for (size_t i = 0; i < bars.all_count; i++) {
        struct later *by = writer_of(later, later_count, findings[i].op);
        bars.all[i] = (struct ga_import_bar){&findings[i], by == NULL ? NULL : by->past};
        if (by != NULL)
            by->bars = true;
    }
    gather_imports(later, later_count, arena, &bars);
    gather_records(arena, &bars);
    *ret_bars = bars;
    return GA_OK;
}

/* The child a record is, or is of. */
static void tell_child(struct ga_store *store, const struct ga_undo_finding *finding, enum ga_lang lang,
                       struct ga_arena *arena, struct ga_import_bar_words *words)
{
    struct ga_roster_row row;
    struct ga_answers answers;
    words->child = finding->record;
    if (finding->form != NULL && finding->form->of.text != NULL) {
        words->child = (struct ga_uuid){0};
        if (ga_store_read(store, finding->form, &finding->record, &answers, NULL, NULL) == GA_OK) {
            words->child = answers.child;
            ga_answers_finish(&answers);
        }
    }
    words->name = words->class_shown = "";
    if (ga_roster_row(store, &words->child, lang, arena, &row, NULL) == GA_OK) {
        words->name = row.name;
        words->class_shown = row.class_shown;
    } else {
        words->child = (struct ga_uuid){0};
    }
}

/* The label of a field, else of the first of a group that merges as one; "" when no form knows it. */
static const char *label_of(const struct ga_form *form, const char *group, enum ga_lang lang)
{
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, group);
    for (size_t i = 0; field == NULL && form != NULL && i < form->all_count; i++)
        if (ga_str_equal(form->all[i]->group, group))
            field = form->all[i];
    return field == NULL ? "" : ga_label_text(&field->label, lang);
}

static const char *say(struct ga_arena *arena, enum ga_lang lang, const struct ga_message *message)
{
    char text[2 * GA_MESSAGE_BYTES];
    return ga_arena_strdup(arena, ga_message_text(message, lang, text, sizeof(text)));
}

static const char *title_of(struct ga_store *store, const char *form, enum ga_lang lang)
{
    const struct ga_label *title = ga_forms_title(ga_store_forms(store), form);
    return title == NULL ? form : ga_label_text(title, lang);
}

static const char *say_what(struct ga_store *store, const struct ga_undo_finding *finding, enum ga_lang lang,
                            struct ga_arena *arena)
{
    static const char *const words[] = {
        [GA_UNDO_CHANGED] = GA_N_("'%1' was changed"),        [GA_UNDO_NOTED] = GA_N_("'%1' has a note"),
        [GA_UNDO_VERIFIED] = GA_N_("'%1' was typed a second time"), [GA_UNDO_HANGS] = GA_N_("has a record '%1'"),
        [GA_UNDO_DRAFT] = GA_N_("has an unfinished form '%1'")};
    struct ga_message message;
    const char *about = finding->other != NULL   ? title_of(store, finding->other, lang)
                        : finding->group != NULL ? label_of(finding->form, finding->group, lang)
                                                 : "";
    if (about[0] == '\0')
        ga_message_set(&message, GA_N_("was changed"));
    else
        ga_message_set(&message, words[finding->bar], about);
    return say(arena, lang, &message);
}

void ga_import_tell_bar(struct ga_store *store, const struct ga_undo_finding *finding, enum ga_lang lang,
                        struct ga_arena *arena, struct ga_import_bar_words *ret_words)
{
    *ret_words = (struct ga_import_bar_words){.form = "", .user = finding->user, .day = finding->day};
    tell_child(store, finding, lang, arena, ret_words);
    if (finding->form != NULL)
        ret_words->form = ga_label_text(&finding->form->title, lang);
    ret_words->what = say_what(store, finding, lang, arena);
}

const char *ga_import_say_bar(struct ga_store *store, const struct ga_undo_finding *finding, enum ga_lang lang,
                              struct ga_arena *arena)
{
    struct ga_import_bar_words words;
    struct ga_message message;
    struct ga_str whose = {0};
    ga_import_tell_bar(store, finding, lang, arena, &words);
    const char *const parts[] = {words.name, words.class_shown, words.form};
    for (size_t i = 0; i < 3; i++)
        if (parts[i][0] != '\0')
            ga_str_addf(&whose, "%s%s", whose.len > 0 ? " " : "", parts[i]);
    ga_message_set(&message, GA_N_("%1: %2, %3 %4"), ga_str_text(&whose), words.what, words.user, words.day);
    ga_str_finish(&whose);
    return say(arena, lang, &message);
}

int64_t ga_import_rows_written(const struct ga_import_past *past)
{
    return past->rows[GA_VERDICT_NEW] + past->rows[GA_VERDICT_FILLS] + past->rows[GA_VERDICT_CHANGES];
}

const char *ga_import_say_past(struct ga_store *store, const struct ga_import_past *past, enum ga_lang lang,
                               struct ga_arena *arena)
{
    struct ga_message message;
    ga_message_set(&message, GA_N_("the import of '%1' on %2 (%3, %4 rows)"), title_of(store, past->form, lang), past->day,
                   past->file, GA_NUM(ga_import_rows_written(past)));
    return say(arena, lang, &message);
}
