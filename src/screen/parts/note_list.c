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
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_note *notes; /* newest last, as they are read; shown the other way round */
    size_t count;
    struct ga_arena arena; /* of the notes */
    struct ga_arena row;   /* of the rows being fetched */
};

static struct note_list *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct note_list, screen);
}

static const struct ga_note *note_at(const struct note_list *notes, size_t i)
{
    return &notes->notes[notes->count - 1 - i];
}

/* Whom it is about: the record's child, or the child whose file it is. */
static void put_child(struct ga_screen *screen, const struct ga_note *note, struct ga_tui_cells *cells, size_t row)
{
    struct note_list *notes = state_of(screen);
    struct ga_roster_row child_row;
    struct ga_uuid child;
    if (!ga_about_record(screen, &note->record, &child) ||
        ga_roster_row(notes->session->store, &child, ga_screen_lang(screen), &notes->row, &child_row, NULL) != GA_OK)
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
        if (ga_store_form_of(notes->session->store, &note->record, &form, NULL) != GA_OK)
            continue;
        const struct ga_field *field = ga_form_field(form, note->field);
        put_child(screen, note, cells, i);
        ga_tui_cells_put(cells, i, FORM, ga_label_text(&form->title, lang));
        ga_tui_cells_put(cells, i, FIELD, field != NULL ? ga_label_text(&field->label, lang) : note->field);
        ga_tui_cells_put(cells, i, TEXT, note->text);
        ga_tui_cells_put(cells, i, BY, ga_words_who(&notes->row, lang, note->user, note->typist));
        ga_tui_cells_put(cells, i, DAY, ga_arena_printf(&notes->row, "%.5s", note->when + 5));
        ga_arena_reset(&notes->row);
    }
}

static void look(struct ga_screen *screen)
{
    struct note_list *notes = state_of(screen);
    const struct ga_note_filter open = {0};
    struct ga_error err = {0};
    notes->count = 0;
    ga_arena_reset(&notes->arena);
    if (ga_notes_list(notes->session->store, &open, &notes->arena, &notes->notes, &notes->count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&notes->list, notes->count);
    ga_screen_set_status(screen, notes->count == 0 ? ""
                                                   : ga_words_say(&notes->arena, ga_screen_lang(screen),
                                                                  GA_N_("%1 open notes, the newest first"),
                                                                  GA_NUM((int64_t)notes->count)));
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct note_list *notes = state_of(screen);
    notes->session = ga_screen_session(screen);
    ga_tui_list_init(&notes->list, fetch, screen);
    notes->list.has_header = true;
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct note_list *notes = state_of(screen);
    ga_tui_list_finish(&notes->list);
    ga_arena_finish(&notes->arena);
    ga_arena_finish(&notes->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [CHILD] = {.title = GA_N_("Child"), .cols = 8, .min_cols = 6},
        [CLASS] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 2},
        [FORM] = {.title = GA_N_("Form"), .cols = 8, .min_cols = 8, .priority = 3},
        [FIELD] = {.title = GA_N_("Field"), .cols = 10, .min_cols = 8, .priority = 1},
        [TEXT] = {.title = GA_N_("Note"), .cols = 16, .min_cols = 12, .grows = true},
        [BY] = {.title = GA_N_("By"), .cols = 8, .min_cols = 6, .priority = 4},
        [DAY] = {.title = GA_N_("Day"), .cols = 5, .min_cols = 5, .priority = 4},
    };
    struct note_list *notes = state_of(screen);
    ga_words_list_layout(screen, &notes->list, columns, GA_COUNT(columns), GA_N_("No note is open."), area);
    look(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_tui_list_event(&state_of(screen)->list, event);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct note_list *notes = state_of(screen);
    struct ga_error err = {0};
    if (notes->count == 0)
        return GA_HANDLED;
    const struct ga_note *note = note_at(notes, notes->list.selected);
    if (id == OPEN)
        ga_screen_record_at(screen, &note->record, note->field, &note->row, OPEN);
    else if (ga_store_settle_note(notes->session->store, note, true, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Done: %1"), note->text);
    if (id == DONE)
        look(screen);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    look(screen);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct note_list *notes = state_of(screen);
    return notes->count > 0 && ga_about_record(screen, &note_at(notes, notes->list.selected)->record, ret_id);
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
    .leave = leave,
    .layout = layout,
    .paint = ga_list_page_paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
};
