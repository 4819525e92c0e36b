/* Asks which form is meant. */
#include "form_pick.h"

#include "guanai/screen/session.h"
#include "guanai/store/undo.h"
#include "guanai/tui/widget/picker.h"
#include "words.h"

/* What the program alone writes down is on no menu. */
static const char *name_at(const struct ga_form_pick *pick, size_t i)
{
    return pick->session->forms->names[i < pick->left_out ? i : i + 1];
}

static const char *label(void *ctx, size_t i)
{
    const struct ga_form_pick *pick = ctx;
    return ga_words_form(pick->session, name_at(pick, i), pick->lang);
}

void ga_form_pick_open(struct ga_form_pick *pick, struct ga_screen *screen, const char *title, const char *form,
                       int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    *pick = (struct ga_form_pick){.session = session, .lang = ga_screen_lang(screen)};
    for (pick->left_out = 0; pick->left_out < session->forms->names_count; pick->left_out++)
        if (ga_str_equal(session->forms->names[pick->left_out], GA_IMPORT_FILE_FORM))
            break;
    const size_t count = session->forms->names_count - (pick->left_out < session->forms->names_count);
    pick->options = (struct ga_tui_options){.ctx = pick, .count = count, .label = label};
    struct ga_tui_pick dialog = {.title = title, .options = &pick->options, .picked = -1};
    for (size_t i = 0; i < count; i++)
        if (ga_str_equal(name_at(pick, i), form))
            dialog.picked = (int)i;
    ga_tui_pick_open(screen, &dialog, tag);
}

const char *ga_form_pick_name(const struct ga_form_pick *pick, const struct ga_tui_result *result)
{
    return name_at(pick, (size_t)result->code);
}
