/* Shows what changed forms would do to records, lets an administrator take them into force. */
#include "guanai/screen/form_changes.h"

#include "guanai/app/own_files.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/weigh.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/viewer.h"
#include "parts/words.h"

#include <string.h>

enum { ACCEPT = 1, ASKED = 1 };

struct changes {
    struct ga_str text;
    struct ga_tui_viewer viewer;
    struct ga_vec files;   /* struct ga_own_file */
    struct ga_arena arena; /* of the files */
};

static struct changes *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct changes, screen);
}

struct telling {
    struct ga_screen *screen;
    struct ga_str *text;
    enum ga_lang lang;
    struct ga_arena arena; /* of what is said */
};

#define SAY(telling, ...) ga_words_say(&(telling)->arena, (telling)->lang, __VA_ARGS__)

/* ---- what changed forms do to records ---- */

static void tell_effect(struct telling *telling, const struct ga_weighing *weighing, const struct ga_effect *effect)
{
    const enum ga_lang lang = telling->lang;
    const struct ga_field *field = ga_form_field(weighing->form, effect->field);
    struct ga_message what;
    char buf[GA_MESSAGE_BYTES];
    if (field == NULL)
        field = ga_form_field(weighing->old, effect->field);
    ga_effect_describe(effect, field != NULL ? ga_label_text(&field->label, lang) : effect->field, &what);
    ga_str_addf(telling->text, "· %s\n", ga_message_text(&what, lang, buf, sizeof(buf)));
}

static void begin_part(struct telling *telling, const char *heading)
{
    ga_str_addf(telling->text, "%s# %s\n", telling->text->len > 0 ? "\n" : "", heading);
}

/* Harmless forms are in force already, or come into force without a word: only harm is told. */
static void tell_form(void *ctx, const struct ga_weighing *weighing)
{
    struct telling *telling = ctx;
    if (weighing->effects.len == 0)
        return;
    begin_part(telling, ga_label_text(&weighing->form->title, telling->lang));
    for (size_t i = 0; i < weighing->effects.len; i++)
        tell_effect(telling, weighing, GA_VEC_AT(const struct ga_effect, &weighing->effects, i));
}

/* ---- the school's own files ---- */

static const char *label_of(struct telling *telling, const struct ga_shared_text *text)
{
    return text->site_label[0] != '\0' ? text->site_label : SAY(telling, GA_N_("a computer without a name"));
}

static void tell_finding(struct telling *telling, const struct ga_own_file *file)
{
    char buf[GA_MESSAGE_BYTES];
    if (file->finding.id == NULL)
        return;
    const char *what = ga_message_text(&file->finding, telling->lang, buf, sizeof(buf));
    ga_str_addf(telling->text, "  ! %s\n", file->finding_line > 0 ? SAY(telling, GA_N_("not as it is: line %1: %2"), GA_NUM(file->finding_line), what)
                                                                 : SAY(telling, GA_N_("not as it is: %1"), what));
}

static void tell_file(struct telling *telling, const struct ga_own_file *file)
{
    const char *title = ga_label_text(&file->title, telling->lang);
    const bool is_gone = file->pick == GA_OWN_PICK_OURS ? file->text == NULL : file->pick >= 0 && file->texts[file->pick].text == NULL;
    ga_str_addf(telling->text, "· %s", title);
    if (strcmp(title, file->name) != 0 && strcmp(file->name, GA_OWN_CALENDAR) != 0)
        ga_str_addf(telling->text, "  %s", file->name);
    ga_str_addf(telling->text, "%s\n", is_gone && file->finding.id == NULL ? SAY(telling, GA_N_("  (taken away)")) : "");
    tell_finding(telling, file);
}

static bool is_from(struct telling *telling, const struct ga_own_file *file, const char *label)
{
    return file->state == GA_OWN_FILE_THEIRS && strcmp(label_of(telling, &file->texts[0]), label) == 0;
}

/* 来自 石桥教学点 的 3 个文件 */
static void tell_theirs(struct telling *telling, const struct ga_vec *files)
{
    const struct ga_own_file *all = files->items;
    for (size_t i = 0; i < files->len; i++) {
        size_t count = 0;
        bool was_told = false;
        if (all[i].state != GA_OWN_FILE_THEIRS)
            continue;
        const char *label = label_of(telling, &all[i].texts[0]);
        for (size_t k = 0; k < files->len; k++) {
            count += is_from(telling, &all[k], label);
            was_told |= k < i && is_from(telling, &all[k], label);
        }
        if (was_told)
            continue;
        begin_part(telling, SAY(telling, GA_N_("From %1: %2 files"), label, GA_NUM(count)));
        for (size_t k = i; k < files->len; k++)
            if (is_from(telling, &all[k], label))
                tell_file(telling, &all[k]);
    }
}

static void tell_ours(struct telling *telling, const struct ga_vec *files)
{
    bool has_any = false;
    for (size_t i = 0; i < files->len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, files, i);
        if (file->state != GA_OWN_FILE_OURS)
            continue;
        if (!has_any)
            begin_part(telling, SAY(telling, GA_N_("Changed here, not handed on to the other computers yet")));
        has_any = true;
        tell_file(telling, file);
    }
}

/* The one that digits are for: the first nobody has picked of. NULL: none. */
static struct ga_own_file *asked_file(const struct changes *changes)
{
    for (size_t i = 0; i < changes->files.len; i++) {
        struct ga_own_file *file = ga_vec_at(&changes->files, i);
        if (file->state == GA_OWN_FILE_BOTH && file->pick == GA_OWN_PICK_NONE)
            return file;
    }
    return NULL;
}

static void tell_texts(struct telling *telling, const struct ga_own_file *file)
{
    const char *const mark[] = {"  ", "✓ "};
    for (size_t i = 0; i < file->texts_count && i < 8; i++) {
        const struct ga_shared_text *text = &file->texts[i];
        char day[GA_DATE_SIZE];
        ga_str_addf(telling->text, "  %s%zu  %s  %s  %s%s\n", mark[file->pick == (int)i], i + 1, label_of(telling, text), text->user,
                    ga_date_text_short(ga_date_from_days(text->local_day), telling->lang, day),
                    text->text == NULL ? SAY(telling, GA_N_("  (taken away)")) : "");
    }
    if (file->text != NULL)
        ga_str_addf(telling->text, "  %s9  %s\n", mark[file->pick == GA_OWN_PICK_OURS], SAY(telling, GA_N_("as it lies on this computer")));
}

static void tell_both(struct telling *telling, const struct changes *changes)
{
    bool has_any = false;
    for (size_t i = 0; i < changes->files.len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, &changes->files, i);
        if (file->state != GA_OWN_FILE_BOTH)
            continue;
        if (!has_any)
            begin_part(telling, SAY(telling, GA_N_("Changed on several computers: a digit says which counts")));
        has_any = true;
        tell_file(telling, file);
        if (file->pick != GA_OWN_PICK_NONE || file == asked_file(changes))
            tell_texts(telling, file);
    }
}

/* ---- the text ---- */

/* What was picked stays picked while the page is laid out anew. */
static void read_files(struct ga_screen *screen)
{
    struct changes *changes = state_of(screen);
    struct ga_vec files;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    bool has_carried = false;
    ga_vec_init(&files, sizeof(struct ga_own_file));
    enum ga_rc rc = ga_own_files_list(ga_screen_session(screen), &arena, &files, &err);
    for (size_t i = 0; i < files.len; i++) {
        struct ga_own_file *file = ga_vec_at(&files, i);
        for (size_t k = 0; k < changes->files.len; k++) {
            const struct ga_own_file *old = ga_vec_at(&changes->files, k);
            if (file->state != GA_OWN_FILE_BOTH || strcmp(file->name, old->name) != 0 || file->texts_count != old->texts_count)
                continue;
            file->pick = old->pick;
            has_carried |= old->pick != GA_OWN_PICK_NONE;
        }
    }
    if (rc == GA_OK && has_carried)
        rc = ga_own_files_check(ga_screen_session(screen), &files, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_vec_finish(&changes->files);
    ga_arena_finish(&changes->arena);
    changes->files = files;
    changes->arena = arena;
}

static bool has_waiting(const struct ga_screen *screen)
{
    const struct ga_vec *files = &state_of(screen)->files;
    bool has_any = ga_store_waiting_forms(ga_screen_session(screen)->store)[0] != '\0';
    for (size_t i = 0; i < files->len; i++)
        has_any |= GA_VEC_AT(const struct ga_own_file, files, i)->pick != GA_OWN_PICK_NONE;
    return has_any;
}

/* Weighed anew whenever it is laid out: another language, records saved meanwhile. */
static void tell_changes(struct ga_screen *screen)
{
    struct changes *changes = state_of(screen);
    struct telling telling = {.screen = screen, .text = &changes->text, .lang = ga_screen_lang(screen)};
    struct ga_error err = {0};
    ga_str_clear(&changes->text);
    tell_theirs(&telling, &changes->files);
    tell_both(&telling, changes);
    tell_ours(&telling, &changes->files);
    if (ga_own_files_weigh(ga_screen_session(screen), &changes->files, tell_form, &telling, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    if (changes->text.len == 0)
        ga_str_add(&changes->text, ga_screen_tr(screen, "No changed form waits."));
    else
        ga_str_addf(&changes->text, "\n%s\n",
                    ga_screen_tr(screen, "Until then the forms of before stay in force. What is stored is kept in "
                                         "any case. Ctrl-S takes the changed forms into force."));
    ga_tui_viewer_finish(&changes->viewer);
    ga_tui_viewer_init(&changes->viewer, ga_str_text(&changes->text));
    ga_arena_finish(&telling.arena);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_tui_viewer_init(&state_of(screen)->viewer, "");
    ga_vec_init(&state_of(screen)->files, sizeof(struct ga_own_file));
    read_files(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_viewer_finish(&state_of(screen)->viewer);
    ga_str_finish(&state_of(screen)->text);
    ga_vec_finish(&state_of(screen)->files);
    ga_arena_finish(&state_of(screen)->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    tell_changes(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_viewer_paint(&state_of(screen)->viewer, canvas, ga_area_inset(screen->area, 0, 1));
}

/* 1 … 8: a text of another computer; 9: the one here. */
static bool pick(struct ga_screen *screen, const struct ga_event *event)
{
    enum { HERE = 9 };
    struct ga_own_file *file = asked_file(state_of(screen));
    const int digit = ga_event_digit(event);
    if (file == NULL || digit < 1 || (digit == HERE ? file->text == NULL : (size_t)digit > file->texts_count))
        return false;
    file->pick = digit == HERE ? GA_OWN_PICK_OURS : digit - 1;
    read_files(screen);
    tell_changes(screen);
    return true;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (pick(screen, event))
        return GA_REDRAW;
    return ga_tui_viewer_event(&state_of(screen)->viewer, event);
}

static void ask(struct ga_screen *screen)
{
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Changed forms"),
                      ga_screen_tr(screen, "Take the changed forms into force now?"), false, ASKED);
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    (void)id;
    ask(screen);
    return GA_REDRAW;
}

static void tell_done(struct ga_screen *screen, const struct ga_own_files_done *done)
{
    if (done->refused > 0)
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("handed on: %1, taken: %2, refused: %3"), GA_NUM(done->handed_on),
                      GA_NUM(done->taken), GA_NUM(done->refused));
    else if (done->handed_on > 0)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("in force; the other computers get it with the next exchange"));
    else
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("the changed forms are in force"));
}

static void take_answer(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_problems problems;
    struct ga_own_files_done done;
    struct ga_error err = {0};
    if (result->tag != ASKED || !result->is_done || result->code != 1)
        return;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_own_files_accept(ga_screen_session(screen), &state_of(screen)->files, true, &problems, &done, &err);
    ga_problems_finish(&problems);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    tell_done(screen, &done);
    if (done.refused == 0 && asked_file(state_of(screen)) == NULL) {
        ga_screen_close(screen);
        return;
    }
    read_files(screen);
    tell_changes(screen);
}

static const struct ga_tui_command commands[] = {
    {ACCEPT, {GA_CTRL('S'), GA_KEY_F(2)}, GA_N_("Accept"), GA_N_("take the changed forms into force"), GA_COMMAND_IN_BAR},
};

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return has_waiting(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == ASKED)
        ask(screen);
}

const struct ga_screen_ops ga_screen_form_changes = {
    .name = "form_changes",
    .title = GA_N_("Changed forms"),
    .help = GA_N_("Somebody changed a form so that something already filled in would be hidden, refused or left "
                  "without a place. What is listed here happens when the administrator accepts it; until then "
                  "nothing changes. The school's own forms, duties and dates of terms go to its other computers when "
                  "they were accepted here, with the next exchange by stick; what was accepted there is listed here. "
                  "Where two computers changed one file a digit says which counts."),
    .commands = GA_KEYMAP(commands),
    .state_bytes = sizeof(struct changes),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run,
    .offers = offers,
    .resumed = take_answer,
    .reword = reword,
};
