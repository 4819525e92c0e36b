/* Shows what changed forms would do to records, lets an administrator take them into force. */
#include "guanai/screen/form_changes.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/weigh.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/viewer.h"
#include "words.h"

enum { ACCEPT = 1, ASKED = 1 };

struct changes {
    struct ga_str text;
    struct ga_tui_viewer viewer;
};

static struct changes *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct changes, screen);
}

struct telling {
    struct ga_screen *screen;
    struct ga_str *text;
};

static void tell_effect(struct telling *telling, const struct ga_weighing *weighing, const struct ga_effect *effect)
{
    const enum ga_lang lang = ga_screen_lang(telling->screen);
    const struct ga_field *field = ga_form_field(weighing->form, effect->field);
    struct ga_message what;
    char buf[GA_MESSAGE_BYTES];
    if (field == NULL)
        field = ga_form_field(weighing->old, effect->field);
    ga_effect_describe(effect, field != NULL ? ga_label_text(&field->label, lang) : effect->field, &what);
    ga_str_addf(telling->text, "· %s\n", ga_message_text(&what, lang, buf, sizeof(buf)));
}

/* Harmless forms are in force already: only those that wait are told about. */
static void tell_form(void *ctx, const struct ga_weighing *weighing)
{
    struct telling *telling = ctx;
    if (weighing->effects.len == 0)
        return;
    ga_str_addf(telling->text, "%s# %s\n", telling->text->len > 0 ? "\n" : "",
                ga_label_text(&weighing->form->title, ga_screen_lang(telling->screen)));
    for (size_t i = 0; i < weighing->effects.len; i++)
        tell_effect(telling, weighing, GA_VEC_AT(const struct ga_effect, &weighing->effects, i));
}

/* Weighed anew whenever it is laid out: another language, a file that was mended meanwhile. */
static void read_changes(struct ga_screen *screen)
{
    struct ga_session *session = ga_screen_session(screen);
    struct changes *changes = state_of(screen);
    struct telling telling = {screen, &changes->text};
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_str_clear(&changes->text);
    ga_problems_init(&problems);
    if (ga_store_weigh_folders(session->store, &session->forms_folders, tell_form, &telling, &problems, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_problems_finish(&problems);
    if (changes->text.len == 0)
        ga_str_add(&changes->text, ga_screen_tr(screen, "No changed form waits."));
    else
        ga_str_addf(&changes->text, "\n%s\n",
                    ga_screen_tr(screen, "Until then the forms of before stay in force. What is stored is kept in "
                                         "any case. Ctrl-S takes the changed forms into force."));
    ga_tui_viewer_finish(&changes->viewer);
    ga_tui_viewer_init(&changes->viewer, ga_str_text(&changes->text));
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_tui_viewer_init(&state_of(screen)->viewer, "");
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_viewer_finish(&state_of(screen)->viewer);
    ga_str_finish(&state_of(screen)->text);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    read_changes(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_viewer_paint(&state_of(screen)->viewer, canvas, ga_area_inset(screen->area, 0, 1));
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_tui_viewer_event(&state_of(screen)->viewer, event);
}

static bool has_waiting(const struct ga_screen *screen)
{
    return ga_store_waiting_forms(ga_screen_session(screen)->store)[0] != '\0';
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

static void take_answer(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    if (result->tag != ASKED || !result->is_done || result->code != 1)
        return;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_confirm_forms(ga_screen_session(screen), "", &problems, &err);
    ga_problems_finish(&problems);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("the changed forms are in force"));
    ga_screen_close(screen);
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
                  "nothing changes."),
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
