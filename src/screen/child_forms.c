/* Choosing the form of a new record about a child. */
#include "child_state.h"

#include "guanai/screen/record.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/picker.h"

#include <string.h>

static bool is_listed(const struct child *child, const struct ga_form *form)
{
    for (size_t i = 0; i < child->forms.len; i++)
        if (*GA_VEC_AT(const struct ga_form *, &child->forms, i) == form)
            return true;
    return false;
}

/* Forms that are not installed, or are of no child, are not offered. */
static void list_form(struct child *child, const char *name)
{
    struct ga_forms *forms = ga_screen_session(child->screen)->forms;
    bool is_known = false;
    for (size_t i = 0; i < forms->names_count; i++)
        is_known |= strcmp(forms->names[i], name) == 0;
    const struct ga_form *form = is_known ? ga_forms_get(forms, name, NULL) : NULL;
    bool is_of_child = form != NULL && ga_str_equal(form->of.text, child->form->name);
    if (is_of_child && !is_listed(child, form))
        *(const struct ga_form **)ga_vec_push(&child->forms) = form;
}

static const char *title_of(const struct child *child, size_t i)
{
    return ga_label_text(&(*GA_VEC_AT(const struct ga_form *, &child->forms, i))->title,
                         ga_screen_lang(child->screen));
}

static const char *other_title(void *ctx, size_t i)
{
    const struct child *child = ctx;
    return title_of(child, child->forms_offered + i);
}

/* The configuration says which come first; without it all do. */
static void list_forms(struct child *child)
{
    struct ga_session *session = ga_screen_session(child->screen);
    ga_vec_clear(&child->forms);
    for (size_t i = 0; i < session->config.forms_shown_count; i++)
        list_form(child, session->config.forms_shown[i]);
    size_t shown = child->forms.len;
    for (size_t i = 0; i < session->forms->names_count; i++)
        list_form(child, session->forms->names[i]);
    if (shown == 0)
        shown = child->forms.len;
    child->forms_offered = shown < GA_DIALOG_CHOICES - 1 ? shown : GA_DIALOG_CHOICES - 1;
}

void child_offer_forms(struct child *child)
{
    enum ga_lang lang = ga_screen_lang(child->screen);
    const char *options[GA_DIALOG_CHOICES];
    list_forms(child);
    size_t count = child->forms_offered;
    for (size_t i = 0; i < count; i++)
        options[i] = title_of(child, i);
    if (child->forms.len > count)
        options[count++] = ga_tr(lang, "more …");
    if (count == 0)
        ga_message_set(ga_screen_note(child->screen), "no form about a child is installed");
    else
        ga_dialog_choose(child->screen, ga_tr(lang, "New record"),
                         ga_tr(lang, "What is to be written down?"), options, count,
                         CHILD_TAG_FORM);
}

static void open_form(struct child *child, size_t i)
{
    const struct ga_form *form = *GA_VEC_AT(const struct ga_form *, &child->forms, i);
    ga_screen_record_new(child->screen, form->name, &child->id, CHILD_TAG_EDITED);
}

void child_offer_rest(struct child *child)
{
    child->options = (struct ga_tui_options){
        .ctx = child, .count = child->forms.len - child->forms_offered, .label = other_title};
    struct ga_tui_pick pick = {.title = ga_tr(ga_screen_lang(child->screen), "New record"),
                               .options = &child->options,
                               .picked = -1,
                               .picks_by_digit = true};
    ga_tui_pick_open(child->screen, &pick, CHILD_TAG_MORE);
}

void child_take_form(struct child *child, const struct ga_tui_result *result)
{
    if (!result->is_done)
        return;
    size_t picked = (size_t)result->code;
    if (result->tag == CHILD_TAG_MORE)
        open_form(child, child->forms_offered + picked);
    else if (picked < child->forms_offered)
        open_form(child, picked);
    else
        child_offer_rest(child);
}
