/* The child's way through the school, in its file. */
#include "child/child_state.h"

#include "guanai/app/life.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/store/life.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

#include <string.h>

static void read_away(struct child *child)
{
    char from[11], until[11];
    bool is_away = false;
    if (ga_store_away(ga_screen_session(child->screen)->store, &child->id, &is_away, from, until, NULL) != GA_OK || !is_away)
        return;
    child->away = ga_arena_printf(&child->stored, "%s – %s", from, until);
    child->may_return = true;
}

/* The form may be read, the school may have left the word out of its list. */
static const struct ga_field *kind_field(const struct child *child)
{
    const struct ga_form *form = ga_forms_get(ga_screen_session(child->screen)->forms, "status_change", NULL);
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, "kind");
    return field == NULL || field->list == NULL ? NULL : field;
}

/* How a child left is read only of one who is gone. */
void child_read_departure(struct child *child)
{
    struct ga_session *session = ga_screen_session(child->screen);
    struct ga_departure departure;
    bool has_left = false;
    child->departure = child->away = "";
    child->may_return = false;
    if (!child->has_row || kind_field(child) == NULL)
        return;
    if (!child->row.has_left) {
        read_away(child);
        return;
    }
    if (ga_store_departure(session->store, &child->id, &has_left, &departure, NULL) != GA_OK || !has_left)
        return;
    child->departure = ga_store_departure_text(session->store, &child->id, ga_screen_lang(child->screen), &child->stored);
    child->may_return = departure.may_return;
}

void child_ask_return(struct child *child)
{
    struct ga_screen *screen = child->screen;
    enum ga_lang lang = ga_screen_lang(screen);
    const bool is_away = child->away[0] != '\0';
    ga_dialog_confirm(screen, ga_tr(lang, "Here again"),
                      is_away ? ga_words_say(&screen->arena, lang,
                                             GA_N_("%1 is away (%2). Here again, with a record of today?"),
                                             child->row.name, child->away)
                              : ga_words_say(&screen->arena, lang,
                                             GA_N_("%1 left on %2. Put the file in force again, with a record of today?"),
                                             child->row.name, child->departure),
                      true, CHILD_TAG_RETURN);
}

/* What happens to children most often; the form has all of it. */
struct change {
    const char *kind, *next;
};
static const struct change changes[] = {
    {"with_parents", "from_on"}, {"transfer", "from_on"}, {"moved", "to_site"},      {"away", "until_on"},
    {"gone", "from_on"},         {"dropped", "from_on"},  {"suspended", "from_on"}, {"finished", "from_on"},
};

/* A school of one site moves nobody. */
static bool is_offered(const struct child *child, const struct change *change)
{
    const struct ga_choice *choice = ga_list_choice(kind_field(child)->list, change->kind);
    const bool is_move = strcmp(change->kind, "moved") == 0;
    return choice != NULL && !choice->is_retired && !(is_move && ga_screen_session(child->screen)->config.sites_count < 2);
}

bool child_may_change(const struct child *child)
{
    return child->departure[0] == '\0' && !child->row.has_left && kind_field(child) != NULL;
}

void child_ask_change(struct child *child)
{
    enum ga_lang lang = ga_screen_lang(child->screen);
    const char *options[GA_DIALOG_CHOICES];
    size_t count = 0;
    for (size_t i = 0; i < GA_COUNT(changes); i++)
        if (is_offered(child, &changes[i]))
            options[count++] = ga_label_text(&ga_list_choice(kind_field(child)->list, changes[i].kind)->label, lang);
    options[count++] = ga_tr(lang, "another change …");
    ga_dialog_choose(child->screen, ga_tr(lang, "Leaves, moves"), child->row.name, options, count, CHILD_TAG_CHANGE);
}

void child_take_change(struct child *child, const struct ga_tui_result *result)
{
    int at = 0;
    if (!result->is_done)
        return;
    for (size_t i = 0; i < GA_COUNT(changes); i++) {
        if (!is_offered(child, &changes[i]) || at++ != result->code)
            continue;
        const struct ga_screen_given given = {.field = "kind", .typed = changes[i].kind, .next = changes[i].next};
        ga_screen_record_given(child->screen, "status_change", &child->id, &given, CHILD_TAG_EDITED);
        return;
    }
    ga_screen_record_new(child->screen, "status_change", &child->id, CHILD_TAG_EDITED);
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
