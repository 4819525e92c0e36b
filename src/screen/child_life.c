/* The child's way through the school, in its file. */
#include "child_state.h"

#include "guanai/app/life.h"
#include "guanai/base/num.h"
#include "guanai/store/life.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "words.h"

/* Only of a child who is gone: reading it costs the others nothing. */
void child_read_departure(struct child *child)
{
    struct ga_session *session = ga_screen_session(child->screen);
    struct ga_departure departure;
    bool has_left = false;
    child->departure = "";
    child->may_return = false;
    if (!child->has_row || !child->row.has_left ||
        ga_store_departure(session->store, &child->id, &has_left, &departure, NULL) != GA_OK || !has_left)
        return;
    child->departure = ga_store_departure_text(session->store, &child->id, ga_screen_lang(child->screen), &child->stored);
    child->may_return = departure.may_return;
}

void child_ask_return(struct child *child)
{
    struct ga_screen *screen = child->screen;
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Here again"),
                      ga_words_say(&screen->arena, ga_screen_lang(screen),
                                   GA_N_("%1 left on %2. Put the file in force again, with a record of today?"),
                                   child->row.name, child->departure),
                      true, CHILD_TAG_RETURN);
}

bool child_take_return(struct child *child)
{
    struct ga_screen *screen = child->screen;
    struct ga_error err = {0};
    if (ga_session_bring_back(ga_screen_session(screen), &child->id, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    ga_ui_say(screen->ui, GA_STYLE_OK, ga_screen_tr(screen, "Here again from today on; the file is in force with all its records."));
    return true;
}

/* "2025-09-01 – 2026-09-01  三年级(2)班 (entered 2023)  中心校" */
static void add_stay(const struct ga_stay *stay, enum ga_lang lang, struct ga_str *out)
{
    struct ga_message msg;
    char text[2 * GA_MESSAGE_BYTES];
    ga_str_addf(out, "%s – %s  ", stay->from_on, stay->until_on[0] != '\0' ? stay->until_on : ga_tr(lang, "until now"));
    ga_str_add(out, stay->class_shown[0] != '\0' ? stay->class_shown : ga_tr(lang, "class not known"));
    if (stay->entry_year > 0) {
        ga_message_set(&msg, " (entered in %1)", GA_NUM(stay->entry_year));
        ga_str_add(out, ga_message_text(&msg, lang, text, sizeof(text)));
    }
    ga_str_addf(out, "  %s\n", stay->site);
}

void child_show_classes(struct child *child)
{
    struct ga_screen *screen = child->screen;
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    struct ga_stay *stays;
    struct ga_error err = {0};
    struct ga_str text = {0};
    size_t count = 0;
    enum ga_rc rc = ga_store_stays(ga_screen_session(screen)->store, &child->id, lang, &arena, &stays, &count, &err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        add_stay(&stays[i], lang, &text);
    if (child->departure[0] != '\0')
        ga_str_addf(&text, "%s %s\n", ga_tr(lang, "has left"), child->departure);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_dialog_show(screen, ga_tr(lang, "Classes and sites"),
                       text.len > 0 ? ga_str_text(&text) : ga_tr(lang, "No class has been written down yet."), CHILD_TAG_CLASSES);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
}
