/* Opens a form to fill in: new, stored, or left as a draft. */
#include "record/record_group.h"

#include "guanai/app/ticks.h"
#include "guanai/store/record.h"
#include "guanai/tui/dialog.h"

#include <string.h>

enum { GO_ON, BEGIN_ANEW };

bool record_push(struct ga_screen *screen, struct ga_entry *entry, size_t page, const char *field,
                 int tag)
{
    const struct record_arg arg = {.entry = entry, .page = page, .field = field, .row = entry->row};
    return ga_screen_push(screen, &record_ops, &arg, tag) == GA_OK;
}

bool record_about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_entry *entry = GA_STATE(struct record, screen)->entry;
    const bool has_child = !ga_uuid_is_zero(&entry->now.child);
    if (!has_child && entry->is_new)
        return false;
    *ret_id = has_child ? entry->now.child : entry->now.id;
    return true;
}

/*
 * A form that names nobody yet: what is typed with the eyes on the keys is meant for a new one, and would else go
 * into what was begun about somebody else.
 */
static bool may_be_about_another(const struct ga_entry *entry)
{
    return entry->is_new && ga_uuid_is_zero(&entry->now.child);
}

void record_ask_draft(struct ga_screen *screen)
{
    enum ga_lang lang = ga_screen_lang(screen);
    const char *const ways[] = {ga_tr(lang, "go on with it"),
                                ga_tr(lang, "throw it away, begin anew")};
    if (may_be_about_another(GA_STATE(struct record, screen)->entry)) {
        ga_dialog_interrupt(screen, ga_tr(lang, "Left unfinished"),
                            ga_tr(lang, "This was begun before and not saved. Up and Down choose, Enter takes it. Typing "
                                        "begins anew. Ctrl-Z on the first page brings back what was thrown away."),
                            ways, 2, TAG_DRAFT);
        return;
    }
    ga_dialog_choose(
        screen, ga_tr(lang, "Left unfinished"),
        ga_tr(lang, "This was begun before and not saved. It stands here as it was left."), ways, 2,
        TAG_DRAFT);
}

/* The page on which the draft is gone on with; NULL: it could not be opened, which was said. */
static struct ga_screen *resume(struct ga_screen *screen, int64_t draft_no, int tag)
{
    struct ga_entry *entry;
    char field[64] = "";
    struct ga_error err = {0};
    if (ga_entry_resume(ga_screen_session(screen), draft_no, &entry, field, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return NULL;
    }
    const struct ga_field *at = ga_form_field(entry->form, field);
    return record_push(screen, entry, at != NULL && at->parent == NULL ? at->page : 0, field, tag)
               ? ga_ui_top(screen->ui)
               : NULL;
}

/* The page of a draft of this form that was opened again, and whether to go on with it is asked; NULL: there is none. */
static struct ga_screen *resume_draft(struct ga_screen *screen, const char *form, const struct ga_uuid *record,
                         const struct ga_uuid *child, int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    int64_t draft = 0;
    if (ga_draft_find(session->store, form, record, child, ga_store_user(session->store), &draft,
                      NULL) != GA_OK ||
        draft == 0)
        return NULL;
    struct ga_screen *top = resume(screen, draft, tag);
    if (top != NULL)
        record_ask_draft(top);
    return top;
}

void ga_screen_record_new(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                          int tag)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (resume_draft(screen, form, NULL, child, tag) != NULL)
        return;
    if (ga_entry_new(ga_screen_session(screen), form, child, &entry, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        record_push(screen, entry, 0, NULL, tag);
}

static void fill(struct ga_screen *screen, struct ga_entry *entry, const struct ga_screen_fill *fill)
{
    struct ga_error err = {0};
    const struct ga_field *field = ga_form_field(entry->form, fill->field);
    if (field != NULL && fill->typed[0] != '\0' && ga_entry_set(entry, field, NULL, fill->typed, NULL, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err); /* a list of the school's own without this word: it is chosen by hand */
}

static void fill_all(struct ga_screen *screen, struct ga_entry *entry, const struct ga_screen_fill *fills, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fill(screen, entry, &fills[i]);
}

/* For one that is thrown away and begun anew. */
static void keep_given(struct ga_screen *page, const struct ga_screen_fill *fills, size_t count)
{
    struct ga_screen_fill *given = ga_arena_array(&page->arena, count + 1, sizeof(*given));
    struct record *record = GA_STATE(struct record, page);
    for (size_t i = 0; i < count; i++)
        given[i] = (struct ga_screen_fill){ga_arena_strdup(&page->arena, fills[i].field), ga_arena_strdup(&page->arena, fills[i].typed)};
    record->given = (struct record_given){given, count};
}

static void open_filled(struct ga_screen *screen, const char *form, const struct ga_uuid *child, const struct ga_screen_fill *fills,
                        size_t count, const char *next, int tag)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (ga_entry_new(ga_screen_session(screen), form, child, &entry, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    fill_all(screen, entry, fills, count);
    entry->is_changed = false; /* what nobody typed is no draft */
    const struct ga_field *at = next != NULL ? ga_form_field(entry->form, next) : NULL;
    if (record_push(screen, entry, at != NULL ? at->page : 0, next, tag))
        keep_given(ga_ui_top(screen->ui), fills, count);
}

void ga_screen_record_offered(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                              const struct ga_screen_fill *fills, size_t count, const char *next, int tag)
{
    struct ga_screen *draft = resume_draft(screen, form, NULL, child, tag);
    if (draft != NULL)
        keep_given(draft, fills, count);
    else
        open_filled(screen, form, child, fills, count, next, tag);
}

void ga_screen_record_given(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                            const struct ga_screen_given *given, int tag)
{
    const struct ga_screen_fill fills[] = {{given->field, given->typed}};
    ga_screen_record_offered(screen, form, child, fills, 1, given->next, tag);
}

void ga_screen_record_filled(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                             const struct ga_screen_fill *fills, size_t count, const char *next, int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    int64_t draft = 0;
    if (ga_draft_find(session->store, form, NULL, child, ga_store_user(session->store), &draft, NULL) == GA_OK && draft != 0)
        ga_draft_set_aside(session->store, draft, NULL);
    open_filled(screen, form, child, fills, count, next, tag);
}

/* These children and no others, whom a prefill may have brought. */
static enum ga_rc name_children(struct ga_entry *entry, const struct ga_field *repeat, const struct ga_uuid *children,
                                size_t count, struct ga_error *err)
{
    const struct ga_rows *rows = &entry->now.repeats[repeat->index];
    char id[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = GA_OK;
    for (size_t i = rows->count; i > 0; i--)
        ga_entry_drop_row(entry, &rows->rows[i - 1]);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = ga_entry_set(entry, ga_ticks_names(repeat), ga_entry_add_row(entry, repeat), ga_uuid_text(&children[i], id),
                          NULL, err);
    return rc;
}

void ga_screen_record_group(struct ga_screen *screen, const char *form, const char *repeat, const struct ga_uuid *children,
                            size_t count, int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    const struct ga_form *group = ga_forms_get(session->forms, form, NULL);
    const size_t first = group != NULL && group->of.text != NULL && count > 0; /* whom the record itself is of */
    const struct ga_uuid *child = first > 0 ? &children[0] : NULL;
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (resume_draft(screen, form, NULL, child, tag) != NULL)
        return;
    if (ga_entry_new(session, form, child, &entry, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    const struct ga_field *field = ga_form_field(entry->form, repeat);
    const bool is_list = field != NULL && ga_ticks_names(field) != NULL;
    if (is_list && name_children(entry, field, children + first, count - first, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    if (record_push(screen, entry, 0, NULL, tag) && is_list && child == NULL)
        record_open_group(ga_ui_top(screen->ui), field, NULL, NULL);
}

void ga_screen_record_open(struct ga_screen *screen, const struct ga_uuid *id, size_t page,
                           const char *field, int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    const struct ga_form *form;
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (ga_store_form_of(session->store, id, &form, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    if (resume_draft(screen, form->name, id, NULL, tag) != NULL)
        return;
    if (ga_entry_open(session, id, &entry, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        record_push(screen, entry, page, field, tag);
}

/* A draft of it is asked about first, and stands where it was left. */
void ga_screen_record_at(struct ga_screen *screen, const struct ga_uuid *id, const char *field,
                         const struct ga_uuid *row, int tag)
{
    ga_screen_record_open(screen, id, 0, field, tag);
    struct ga_screen *top = ga_ui_top(screen->ui);
    if (top == screen || top->ops != &record_ops)
        return;
    struct record *record = GA_STATE(struct record, top);
    const struct ga_field *at = ga_form_field(record->entry->form, field);
    if (at == NULL || at->parent == NULL)
        return;
    record_focus_field(record, at, row);
    if (ga_ticks_names(at->parent) != NULL)
        record_open_group(top, at->parent, at, row);
}

void ga_screen_record_resume(struct ga_screen *screen, int64_t draft_no, int tag)
{
    struct ga_screen *top = resume(screen, draft_no, tag);
    if (top != NULL)
        record_go_into_group(top);
}

/* The same form without what the draft held, which can be brought back on the first page. */
static enum ga_rc begin_anew(struct record *record, struct ga_entry **ret_entry,
                             struct ga_error *err)
{
    struct ga_entry *old = record->entry;
    bool has_child = !ga_uuid_is_zero(&old->now.child);
    enum ga_rc rc = old->draft_no != 0 ? ga_draft_set_aside(old->session->store, old->draft_no, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    old->draft_no = 0;
    return old->is_new ? ga_entry_new(old->session, old->form->name,
                                      has_child ? &old->now.child : NULL, ret_entry, err)
                       : ga_entry_open(old->session, &old->now.id, ret_entry, err);
}

void record_take_draft(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_entry *entry;
    struct ga_error err = {0};
    const bool is_typed = result->is_done && result->code == GA_DIALOG_TYPED;
    if (!result->is_done || (result->code != BEGIN_ANEW && !is_typed)) {
        record_go_into_group(screen);
        return;
    }
    if (begin_anew(record, &entry, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    fill_all(screen, entry, record->given.items, record->given.count);
    box_close(&record->box);
    ga_vec_clear(&record->items);
    ga_entry_destroy(record->entry);
    record->entry = record->box.entry = entry;
    record->resumed_at = NULL;
    record_read_conflicts(screen);
    record_read_notes(screen);
    record_turn_to(record, 0, false);
    record_renew(screen);
    if (is_typed)
        record_type_on(screen, result->text);
}
