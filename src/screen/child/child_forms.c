/* Choosing the form of a new record about a child. */
#include "child/child_state.h"

#include "guanai/app/ticks.h"
#include "guanai/screen/record.h"
#include "guanai/tui/dialog.h"

static bool is_of_child(const struct ga_form *form)
{
    return ga_str_equal(form->of.text, "child");
}

/* Of several, on a list to tick, whatever else is answered: this child can be the first of them. */
static bool takes_child(const struct ga_form *form)
{
    const struct ga_field *children = form->of.text == NULL ? ga_ticks_repeat(form) : NULL;
    return is_of_child(form) || (children != NULL && children->relevant.text == NULL);
}

/* What the child has records of is written again: it is offered at once, switched on or not. */
static void list_forms(struct child *child)
{
    struct ga_form_menu *menu = &child->forms;
    ga_form_menu_list(menu, ga_screen_session(child->screen), ga_screen_lang(child->screen), takes_child);
    ga_form_menu_keep_first(menu, is_of_child);
    for (size_t i = 0; i < child->entries_count; i++)
        ga_form_menu_put_first(menu, child->entries[i].form);
}

void child_offer_forms(struct child *child)
{
    enum ga_lang lang = ga_screen_lang(child->screen);
    struct ga_form_menu *menu = &child->forms;
    const char *options[GA_DIALOG_CHOICES];
    list_forms(child);
    size_t count = menu->first;
    for (size_t i = 0; i < count; i++)
        options[i] = menu->labels[i];
    if (ga_form_menu_has_more(menu))
        options[count++] = ga_tr(lang, "more …");
    if (count == 0)
        ga_message_set(ga_screen_note(child->screen), "no form about a child is installed");
    else
        ga_dialog_choose(child->screen, ga_tr(lang, "New record"),
                         ga_tr(lang, "What is to be written down?"), options, count,
                         CHILD_TAG_FORM);
}

void child_offer_rest(struct child *child)
{
    const char *title = ga_screen_tr(child->screen, "New record");
    list_forms(child);
    ga_form_menu_open_rest(&child->forms, child->screen, title, CHILD_TAG_MORE);
}

static void open_form(struct child *child, const struct ga_form *form)
{
    if (is_of_child(form))
        ga_screen_record_new(child->screen, form->name, &child->id, CHILD_TAG_EDITED);
    else
        ga_screen_record_group(child->screen, form->name, ga_ticks_repeat(form)->name, &child->id, 1, CHILD_TAG_EDITED);
}

void child_take_form(struct child *child, const struct ga_tui_result *result)
{
    const struct ga_form_menu *menu = &child->forms;
    if (!result->is_done)
        return;
    const size_t picked = (size_t)result->code + (result->tag == CHILD_TAG_MORE ? menu->first : 0);
    if (result->tag == CHILD_TAG_FORM && picked == menu->first)
        child_offer_rest(child);
    else
        open_form(child, menu->forms[picked]);
}
