/* The list of all notes on fields that are still open. */
#include "guanai/screen/notes.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/list_page.h"
#include "parts/words.h"

enum command { OPEN = 1, DONE };
enum column { CHILD, CLASS, FORM, FIELD, TEXT, BY, DAY };

struct note_list {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_note *notes; /* newest last, as they are read; shown the other way round */
};

static struct note_list *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct note_list, screen);
}

static const struct ga_note *note_at(const struct note_list *notes, size_t i)
{
    return &notes->notes[notes->shown.count - 1 - i];
}

/* Whom it is about: the record's child, or the child whose file it is. */
static void put_child(struct ga_screen *screen, const struct ga_note *note, struct ga_tui_cells *cells, size_t row)
{
    struct note_list *notes = state_of(screen);
    struct ga_roster_row child_row;
    struct ga_uuid child;
    if (!ga_about_record(screen, &note->record, &child) ||
        ga_roster_row(notes->shown.session->store, &child, ga_screen_lang(screen), &notes->shown.row, &child_row, NULL) != GA_OK)
        return;
    ga_tui_cells_put(cells, row, CHILD, child_row.name);
    ga_tui_cells_put(cells, row, CLASS, child_row.class_shown);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct note_list *notes = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count; i++) {
        const struct ga_note *note = note_at(notes, first + i);
        const struct ga_form *form = NULL;
        if (ga_store_form_of(notes->shown.session->store, &note->record, &form, NULL) != GA_OK)
            continue;
        const struct ga_field *field = ga_form_field(form, note->field);
        put_child(screen, note, cells, i);
        ga_tui_cells_put(cells, i, FORM, ga_label_text(&form->title, lang));
        ga_tui_cells_put(cells, i, FIELD, field != NULL ? ga_label_text(&field->label, lang) : note->field);
        ga_tui_cells_put(cells, i, TEXT, note->text);
        ga_tui_cells_put(cells, i, BY, ga_words_who(&notes->shown.row, lang, note->user, note->typist));
        ga_tui_cells_put(cells, i, DAY, ga_arena_printf(&notes->shown.row, "%.5s", note->when + 5));
        ga_arena_reset(&notes->shown.row);
    }
}

static enum ga_rc read_notes(struct ga_screen *screen, struct ga_error *err)
{
    struct note_list *notes = state_of(screen);
    const struct ga_note_filter open = {0};
    return ga_notes_list(notes->shown.session->store, &open, &notes->shown.arena, &notes->notes, &notes->shown.count, err);
}

static void show_count(struct ga_screen *screen)
{
    struct note_list *notes = state_of(screen);
    ga_screen_set_status(screen, notes->shown.count == 0 ? ""
                                                   : ga_words_say(&notes->shown.row, ga_screen_lang(screen),
                                                                  GA_N_("%1 open notes, the newest first"),
                                                                  GA_NUM((int64_t)notes->shown.count)));
    ga_arena_reset(&notes->shown.row);
}

static const struct ga_tui_column columns[] = {
    [CHILD] = {.title = GA_N_("Child"), .cols = 8, .min_cols = 6},
    [CLASS] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 2},
    [FORM] = {.title = GA_N_("Form"), .cols = 8, .min_cols = 8, .priority = 3},
    [FIELD] = {.title = GA_N_("Field"), .cols = 10, .min_cols = 8, .priority = 1},
    [TEXT] = {.title = GA_N_("Note"), .cols = 16, .min_cols = 12, .grows = true},
    [BY] = {.title = GA_N_("By"), .cols = 8, .min_cols = 6, .priority = 4},
    [DAY] = {.title = GA_N_("Day"), .cols = 5, .min_cols = 5, .priority = 4},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No note is open."),
    .fetch = fetch, .read = read_notes, .status = show_count, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_list_page_begin(screen, &kind);
    return GA_OK;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct note_list *notes = state_of(screen);
    struct ga_error err = {0};
    if (notes->shown.count == 0)
        return GA_HANDLED;
    const struct ga_note *note = note_at(notes, notes->shown.list.selected);
    if (id == OPEN)
        ga_screen_record_at(screen, &note->record, note->field, &note->row, OPEN);
    else if (ga_store_settle_note(notes->shown.session->store, note, true, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Done: %1"), note->text);
    if (id == DONE)
        ga_list_page_read(screen);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->shown.count > 0;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct note_list *notes = state_of(screen);
    return notes->shown.count > 0 && ga_about_record(screen, &note_at(notes, notes->shown.list.selected)->record, ret_id);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open the record at the field and row the note is on"), GA_COMMAND_IN_BAR},
    {DONE, {GA_KEY_F(5), 'd'}, GA_N_("Done"), GA_N_("the note is dealt with; it stays in the field's history"),
     GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_note_list = {
    .name = "note_list",
    .title = GA_N_("Open notes"),
    .help = GA_N_("Every note on a field that nobody has marked as done, the newest first, with the child and the record it "
                  "is on. Enter opens the record at that field; F11 there shows and answers its notes. F5 marks the note as "
                  "done. Notes on restricted fields stand in their record only. guanai notes lists the same for scripts."),
    .state_bytes = sizeof(struct note_list),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = command,
    .offers = offers,
    .resumed = ga_list_page_resumed,
    .about = about,
};
