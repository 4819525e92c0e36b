/* A key child, in its file: made one with its plan, looked at again, ended. */
#include "child/child_state.h"

#include "guanai/app/key_child.h"
#include "guanai/screen/record.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

enum { WRITE_OR_OPEN, CLOSE_PLAN, END };

static const struct ga_list *reasons(const struct child *child)
{
    const struct ga_field *field = ga_form_field(child->form, "key_reason");
    return field == NULL ? NULL : field->list;
}

bool child_may_be_key(const struct child *child)
{
    return reasons(child) != NULL && !child->row.has_left;
}

static bool find_plan(const struct child *child, struct ga_uuid *ret_plan)
{
    bool has = false;
    return ga_key_child_plan(ga_screen_session(child->screen), &child->id, ret_plan, &has, NULL) == GA_OK && has;
}

static void ask_reason(struct child *child)
{
    const enum ga_lang lang = ga_screen_lang(child->screen);
    const struct ga_list *list = reasons(child);
    const char *options[GA_DIALOG_CHOICES];
    size_t count = 0;
    for (size_t i = 0; i < list->choices.count && count < GA_DIALOG_CHOICES; i++)
        if (!list->choices.items[i].is_retired)
            options[count++] = ga_label_text(&list->choices.items[i].label, lang);
    ga_dialog_choose(child->screen, ga_tr(lang, "Make a key child"),
                     ga_words_say(&child->screen->arena, lang, GA_N_("Why %1? The mark ★ and a weekly contact begin at once; the plan opens next."),
                                  child->row.name),
                     options, count, CHILD_TAG_KEY);
}

static void ask_way(struct child *child)
{
    const enum ga_lang lang = ga_screen_lang(child->screen);
    struct ga_uuid plan;
    const bool has_plan = find_plan(child, &plan);
    const char *const with[] = {ga_tr(lang, "open the plan: write a review, change it"), ga_tr(lang, "close the plan with its outcome"),
                                ga_tr(lang, "no longer a key child")};
    const char *const without[] = {ga_tr(lang, "write the plan"), with[END]};
    ga_dialog_choose(child->screen, ga_tr(lang, "Key child"), child->row.name, has_plan ? with : without, has_plan ? 3 : 2,
                     CHILD_TAG_KEY);
}

void child_ask_key(struct child *child)
{
    if (child->row.is_key_child)
        ask_way(child);
    else
        ask_reason(child);
}

/* The owner by whom the rest is owed, oneself as the one who leads; the problem comes next. */
static void write_plan(struct child *child, const char *reason)
{
    struct ga_session *session = ga_screen_session(child->screen);
    struct ga_arena arena = {0};
    const char *owner = "";
    ga_key_child_owner(session, &child->id, &arena, &owner, NULL);
    const struct ga_screen_fill fills[] = {{"reasons", reason}, {"owner", owner}, {"lead", ga_store_user(session->store)}};
    ga_screen_record_filled(child->screen, GA_CARE_PLAN_FORM, &child->id, fills, 3, "problem", CHILD_TAG_EDITED);
    ga_arena_finish(&arena);
}

static bool make_key(struct child *child, int picked)
{
    const struct ga_list *list = reasons(child);
    struct ga_error err = {0};
    const char *reason = NULL;
    for (size_t i = 0; i < list->choices.count && reason == NULL; i++)
        if (!list->choices.items[i].is_retired && picked-- == 0)
            reason = list->choices.items[i].code;
    if (reason == NULL)
        return false;
    if (ga_key_child_make(ga_screen_session(child->screen), &child->id, reason, &err) != GA_OK) {
        ga_ui_say_error(child->screen->ui, &err);
        return false;
    }
    write_plan(child, reason);
    return true;
}

static bool end_key(struct child *child)
{
    struct ga_error err = {0};
    if (ga_key_child_end(ga_screen_session(child->screen), &child->id, &err) != GA_OK) {
        ga_ui_say_error(child->screen->ui, &err);
        return false;
    }
    ga_words_tell(child->screen->ui, GA_STYLE_OK, GA_N_("%1 is no longer a key child; plan and records stay in the file."),
                  child->row.name);
    return true;
}

bool child_take_key(struct child *child, const struct ga_tui_result *result)
{
    struct ga_uuid plan;
    if (!result->is_done)
        return false;
    if (!child->row.is_key_child)
        return make_key(child, result->code);
    const bool has_plan = find_plan(child, &plan);
    const int way = has_plan || result->code == WRITE_OR_OPEN ? result->code : END;
    if (way == END)
        return end_key(child);
    if (!has_plan)
        write_plan(child, "");
    else
        ga_screen_record_open(child->screen, &plan, 0, way == CLOSE_PLAN ? "closed_on" : "reviews", CHILD_TAG_EDITED);
    return false;
}
