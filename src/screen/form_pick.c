/* Asks which form is meant. */
#include "form_pick.h"

#include "guanai/screen/session.h"
#include "guanai/tui/widget/picker.h"
#include "words.h"

static const char *label(void *ctx, size_t i)
{
    const struct ga_form_pick *pick = ctx;
    return ga_words_form(pick->session, pick->session->forms->names[i], pick->lang);
}

void ga_form_pick_open(struct ga_form_pick *pick, struct ga_screen *screen, const char *title, const char *form,
                       int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    *pick = (struct ga_form_pick){.session = session, .lang = ga_screen_lang(screen)};
    pick->options = (struct ga_tui_options){.ctx = pick, .count = session->forms->names_count, .label = label};
    struct ga_tui_pick dialog = {.title = title, .options = &pick->options, .picked = -1};
    for (size_t i = 0; i < session->forms->names_count; i++)
        if (ga_str_equal(session->forms->names[i], form))
            dialog.picked = (int)i;
    ga_tui_pick_open(screen, &dialog, tag);
}

const char *ga_form_pick_name(const struct ga_form_pick *pick, const struct ga_tui_result *result)
{
    return pick->session->forms->names[result->code];
}
