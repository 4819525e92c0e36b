/* Asks what to write to which file, then writes it. */
#include "guanai/screen/export.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/file_places.h"
#include "parts/form_menu.h"
#include "parts/menu.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

enum { FORM = 1, FORMAT, COLUMNS, WORDS, ENCODING, PATH, GO, OVERWRITE };

enum format { FORMAT_XLSX, FORMAT_CSV, FORMAT_JSON, FORMAT_COUNT };

static const char *const endings[FORMAT_COUNT] = {".xlsx", ".csv", ".json"};

struct export {
    struct ga_session *session;
    const struct ga_form *form;
    enum format format;
    enum ga_encoding encoding;
    bool with_labels;
    const char **columns; /* ids, in the screen's arena; count 0: all */
    size_t columns_count;
    const char *folder, *path; /* path NULL: made of the form's title and the day */
    bool is_going;
    struct ga_menu menu;
    struct ga_arena arena;
    struct ga_form_menu forms;
    struct ga_tui_options fields;
    bool *is_on;
};

static struct export *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct export, screen);
}

static const char *path_of(struct ga_screen *screen, struct ga_arena *arena)
{
    const struct export *export = state_of(screen);
    if (export->path != NULL)
        return export->path;
    return ga_arena_printf(arena, "%s/%s-%s%s", export->folder, ga_label_text(&export->form->title, ga_screen_lang(screen)),
                           GA_DATE_ISO(export->session->today), endings[export->format]);
}

static void list_again(struct ga_screen *screen)
{
    static const char *const formats[] = {GA_N_("XLSX, for WPS and Excel"), GA_N_("CSV, for any table program"),
                                          GA_N_("JSON, for programs")};
    struct export *export = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_menu *menu = &export->menu;
    int selected = ga_menu_selected(menu);
    ga_menu_clear(menu);
    ga_arena_reset(&export->arena);
    ga_menu_add(menu, FORM, '1', ga_tr(lang, "What"), ga_label_text(&export->form->title, lang));
    ga_menu_add(menu, FORMAT, '2', ga_tr(lang, "Kind of file"), ga_tr(lang, formats[export->format]));
    ga_menu_add(menu, COLUMNS, '3', ga_tr(lang, "Columns"),
                export->columns_count == 0
                    ? ga_tr(lang, "all but what is restricted")
                    : ga_words_say(&export->arena, lang, GA_N_("%1 chosen"), GA_NUM(export->columns_count)));
    ga_menu_add(menu, WORDS, '4', ga_tr(lang, "Choices as"),
                export->with_labels ? ga_tr(lang, "words, for people") : ga_tr(lang, "codes, for programs"));
    if (export->format == FORMAT_CSV)
        ga_menu_add(menu, ENCODING, '5', ga_tr(lang, "Characters"),
                    export->encoding == GA_ENCODING_UTF8 ? "UTF-8" : "GB18030");
    ga_menu_add(menu, PATH, '6', ga_tr(lang, "File"), path_of(screen, &export->arena));
    ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
    ga_menu_add(menu, GO, 'y', ga_tr(lang, "Write it"), NULL);
    if (export->session->helper == NULL) {
        ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
        ga_menu_say(menu, GA_STYLE_WARNING,
                    ga_tr(lang, "! guanai-paper is not installed: no XLSX. WPS and Excel open CSV as well."), NULL);
    }
    ga_menu_settle(menu, selected != 0 ? selected : GO);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct export *export = state_of(screen);
    export->session = ga_screen_session(screen);
    ga_menu_init(&export->menu);
    ga_arena_init(&export->arena);
    export->form = ga_forms_get(export->session->forms, "child", err);
    if (export->form == NULL)
        return GA_NOT_FOUND;
    export->format = export->session->helper != NULL ? FORMAT_XLSX : FORMAT_CSV;
    export->with_labels = true;
    export->folder = ga_file_places_target(export->session->options->io, getenv("HOME"), &screen->arena);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_form_menu_finish(&state_of(screen)->forms);
    ga_menu_finish(&state_of(screen)->menu);
    ga_arena_finish(&state_of(screen)->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    list_again(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct ga_area area = screen->area;
    ga_area_cut_top(&area, area.rows > 12 ? 1 : 0);
    ga_menu_paint(&state_of(screen)->menu, canvas, area, true, ga_screen_lang(screen));
}

static void ask_form(struct ga_screen *screen)
{
    struct export *export = state_of(screen);
    ga_form_menu_open_all(&export->forms, screen, ga_screen_tr(screen, "What shall be written?"), export->form->name, FORM);
}

static const char *field_label(void *ctx, size_t i)
{
    struct ga_screen *screen = ctx;
    return ga_label_text(&state_of(screen)->form->all[i]->label, ga_screen_lang(screen));
}

static void ask_columns(struct ga_screen *screen)
{
    struct export *export = state_of(screen);
    const struct ga_form *form = export->form;
    export->fields = (struct ga_tui_options){.ctx = screen, .count = form->all_count, .label = field_label};
    export->is_on = ga_arena_array(&screen->arena, form->all_count + 1, sizeof(bool));
    for (size_t i = 0; i < form->all_count; i++)
        for (size_t k = 0; k < export->columns_count; k++)
            export->is_on[i] |= strcmp(export->columns[k], form->all[i]->name) == 0;
    const struct ga_tui_pick pick = {.title = ga_screen_tr(screen, "Which columns? Space ticks, none: all"),
                                     .options = &export->fields,
                                     .picked = -1,
                                     .is_on = export->is_on,
                                     .is_multiple = true};
    ga_tui_pick_open(screen, &pick, COLUMNS);
}

/* "0 3 7": the places of what was ticked. */
static void take_columns(struct ga_screen *screen, const char *picked)
{
    struct export *export = state_of(screen);
    export->columns = ga_arena_array(&screen->arena, export->form->all_count + 1, sizeof(*export->columns));
    export->columns_count = 0;
    for (const char *at = picked; *at != '\0' && export->columns_count < export->form->all_count;) {
        char *end;
        unsigned long i = strtoul(at, &end, 10);
        if (end == at)
            return;
        if (i < export->form->all_count)
            export->columns[export->columns_count++] = export->form->all[i]->name;
        at = end;
    }
}

static void ask_format(struct ga_screen *screen)
{
    const char *ways[] = {ga_screen_tr(screen, "XLSX, for WPS and Excel"), ga_screen_tr(screen, "CSV, for any table program"),
                          ga_screen_tr(screen, "JSON, for programs")};
    /* Enter belongs to this step: a digit that closed it would leave the habitual Enter to write the file. */
    ga_dialog_mark(screen, ga_screen_tr(screen, "Kind of file"),
                   state_of(screen)->session->helper == NULL
                       ? ga_screen_tr(screen, "XLSX needs the helper guanai-paper, which is not installed here.")
                       : ga_screen_tr(screen, "What will open it?"),
                   ways, GA_COUNT(ways), state_of(screen)->format, FORMAT);
}

static void ask_path(struct ga_screen *screen)
{
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "File"),
        .text = ga_screen_tr(screen, "Where shall it be written? The ending says the kind: .xlsx, .csv or .json."),
        .initial = path_of(screen, &state_of(screen)->arena),
        .max_chars = 400};
    ga_dialog_ask(screen, &ask, PATH);
}

static void take_path(struct ga_screen *screen, const char *typed)
{
    struct export *export = state_of(screen);
    const char *path = ga_file_places_typed(getenv("HOME"), typed, &screen->arena);
    export->path = *path != '\0' ? path : NULL;
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (ga_str_ends(path, endings[i]))
            export->format = (enum format)i;
}

static void go(struct ga_screen *screen)
{
    state_of(screen)->is_going = true;
    ga_screen_set_status(screen, ga_screen_tr(screen, " writing … Esc stops"));
    ga_screen_start_work(screen);
}

static void ask_overwrite(struct ga_screen *screen)
{
    struct export *export = state_of(screen);
    ga_dialog_confirm(screen, ga_screen_tr(screen, "This file is there already"),
                      ga_words_say(&export->arena, ga_screen_lang(screen), GA_N_("Replace %1?"), export->path), false,
                      OVERWRITE);
}

/* From here on the name stands, whatever language follows: what is asked about is what is written. */
static void begin(struct ga_screen *screen)
{
    struct export *export = state_of(screen);
    struct ga_io_stat stat;
    const struct ga_io_ops *io = export->session->options->io;
    const char *path = path_of(screen, &export->arena);
    if (io->stat(io->ctx, path, &stat) != 0) {
        go(screen);
        return;
    }
    export->path = ga_arena_strdup(&screen->arena, path);
    ask_overwrite(screen);
}

static bool step(void *ctx, int64_t done, int64_t total)
{
    struct ga_screen *screen = ctx;
    return !ga_ui_progress(screen->ui, ga_screen_tr(screen, "Writing"), done, total);
}

static bool work(struct ga_screen *screen)
{
    struct export *export = state_of(screen);
    struct ga_error err = {0};
    int64_t rows = 0;
    const struct ga_progress progress = {step, screen};
    const char *path = path_of(screen, &export->arena);
    const struct ga_export_options options = {.form = export->form,
                                              .path = path,
                                              .columns = export->columns_count > 0 ? export->columns : NULL,
                                              .columns_count = export->columns_count,
                                              .with_labels = export->with_labels,
                                              .encoding = export->encoding,
                                              .lang = ga_screen_lang(screen),
                                              .helper = export->session->helper};
    export->is_going = false;
    ga_screen_set_status(screen, "");
    enum ga_rc rc = ga_export_run(&export->session->tools, &options, &progress, &rows, &err);
    if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 rows were written to %2"), GA_NUM(rows), path);
    else if (rc == GA_CANCELLED)
        ga_ui_say(screen->ui, GA_STYLE_NORMAL, ga_screen_tr(screen, "Stopped. No file was written."));
    else
        ga_ui_say_error(screen->ui, &err);
    return false;
}

static void set_format(struct ga_screen *screen, enum format format)
{
    struct export *export = state_of(screen);
    export->format = format;
    export->path = NULL; /* the usual name with the new ending */
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    struct export *export = state_of(screen);
    static void (*const asking[])(struct ga_screen *) = {
        [FORM] = ask_form, [FORMAT] = ask_format, [COLUMNS] = ask_columns, [PATH] = ask_path, [GO] = begin};
    if (export->is_going)
        return GA_HANDLED;
    if (id == WORDS)
        export->with_labels = !export->with_labels;
    else if (id == ENCODING)
        export->encoding = export->encoding == GA_ENCODING_UTF8 ? GA_ENCODING_GB18030 : GA_ENCODING_UTF8;
    else if (id > 0 && id <= GO)
        asking[id](screen);
    list_again(screen);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return run(screen, ga_menu_selected(&state_of(screen)->menu));
    return ga_menu_event(&state_of(screen)->menu, event);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct export *export = state_of(screen);
    if (!result->is_done)
        return;
    if (result->tag == FORM) {
        export->form = export->forms.forms[result->code];
        export->columns_count = 0;
        export->path = NULL;
        ga_menu_settle(&export->menu, FORMAT); /* not on Write: an Enter out of habit goes on, no more */
    } else if (result->tag == FORMAT) {
        set_format(screen, (enum format)result->code);
        ga_menu_settle(&export->menu, GO);
    } else if (result->tag == COLUMNS) {
        take_columns(screen, result->text != NULL ? result->text : "");
    } else if (result->tag == PATH) {
        take_path(screen, result->text);
    } else if (result->tag == OVERWRITE && result->code == 1) {
        go(screen);
    }
    list_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    static void (*const asking[])(struct ga_screen *) = {
        [FORM] = ask_form, [FORMAT] = ask_format, [COLUMNS] = ask_columns, [PATH] = ask_path, [OVERWRITE] = ask_overwrite};
    if (tag > 0 && (size_t)tag < GA_COUNT(asking) && asking[tag] != NULL)
        asking[tag](screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id != ENCODING || state_of(screen)->format == FORMAT_CSV;
}

static const struct ga_tui_command commands[] = {
    {GO, {GA_CTRL('S'), 'y', GA_KEY_F(2)}, GA_N_("Write"), GA_N_("write the file; it appears whole or not at all"),
     GA_COMMAND_IN_BAR},
    {FORM, {'1', GA_KEY_F(3)}, GA_N_("What"), GA_N_("children, visits, talks …"), 0},
    {FORMAT, {'2', GA_KEY_F(4)}, GA_N_("Kind"), GA_N_("XLSX, CSV or JSON"), 0},
    {COLUMNS, {'3', GA_KEY_F(5)}, GA_N_("Columns"), GA_N_("all columns or some; sensitive ones leave only when asked for"),
     0},
    {WORDS, {'4', GA_KEY_F(6)}, GA_N_("Choices"), GA_N_("choices as words or as codes"), 0},
    {ENCODING, {'5', GA_KEY_F(7)}, GA_N_("Characters"), GA_N_("UTF-8, or GB18030 for old programs"), 0},
    {PATH, {'6'}, GA_N_("File"), GA_N_("where it is written"), 0},
};

const struct ga_screen_ops ga_screen_export = {
    .name = "export",
    .title = GA_N_("Export"),
    .help = GA_N_("Writes one row a record to a file for others. ID numbers and phones stay text, so that no digit is "
                  "lost. A stick that is in is offered first. What is restricted never leaves. Open notes on fields stand in a "
                  "last column of their own."),
    .state_bytes = sizeof(struct export),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .work = work,
};
