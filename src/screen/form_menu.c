/* Lists the forms that can be filled in. */
#include "form_menu.h"

#include "guanai/screen/session.h"
#include "guanai/text/pinyin.h"
#include "guanai/tui/widget/picker.h"

#include <string.h>

static void add(struct ga_form_menu *menu, struct ga_session *session, enum ga_lang lang, const char *name,
                ga_form_suits *suits)
{
    for (size_t i = 0; i < menu->count; i++)
        if (strcmp(menu->forms[i]->name, name) == 0)
            return;
    const struct ga_form *form = ga_forms_get(session->forms, name, NULL);
    if (form == NULL || form->is_by_program || !suits(form))
        return;
    menu->labels[menu->count] = ga_label_text(&form->title, lang);
    menu->forms[menu->count++] = form;
}

static bool is_installed(const struct ga_session *session, const char *name)
{
    for (size_t i = 0; i < session->forms->names_count; i++)
        if (strcmp(session->forms->names[i], name) == 0)
            return true;
    return false;
}

/* All of them while a digit is the whole answer, else those that are usual. */
static size_t count_first(size_t count, size_t usual)
{
    if (count <= GA_OPTIONS_NUMBERED)
        return count;
    return usual > 0 && usual < GA_OPTIONS_NUMBERED ? usual : GA_OPTIONS_NUMBERED - 1;
}

void ga_form_menu_list(struct ga_form_menu *menu, struct ga_session *session, enum ga_lang lang, ga_form_suits *suits)
{
    const struct ga_config *config = &session->config;
    ga_arena_reset(&menu->arena);
    menu->forms = ga_arena_array(&menu->arena, session->forms->names_count + 1, sizeof(*menu->forms));
    menu->labels = ga_arena_array(&menu->arena, session->forms->names_count + 1, sizeof(*menu->labels));
    menu->count = 0;
    for (size_t i = 0; i < config->forms_shown_count; i++)
        if (is_installed(session, config->forms_shown[i]))
            add(menu, session, lang, config->forms_shown[i], suits);
    const size_t usual = menu->count;
    for (size_t i = 0; i < session->forms->names_count; i++)
        add(menu, session, lang, session->forms->names[i], suits);
    menu->first = count_first(menu->count, usual);
    menu->more = ga_tr(lang, "more …");
}

void ga_form_menu_finish(struct ga_form_menu *menu)
{
    ga_arena_finish(&menu->arena);
}

bool ga_form_menu_has_more(const struct ga_form_menu *menu)
{
    return menu->count > menu->first;
}

static const char *rest_label(void *ctx, size_t i)
{
    const struct ga_form_menu *menu = ctx;
    return menu->labels[menu->first + i];
}

static bool rest_matches(void *ctx, size_t i, const char *filter)
{
    const struct ga_form_menu *menu = ctx;
    const struct ga_form *form = menu->forms[menu->first + i];
    struct ga_pinyin_query query;
    if (strcasestr(rest_label(ctx, i), filter) != NULL)
        return true;
    ga_pinyin_query_init(&query, filter, 0);
    return form->title.zh != NULL && ga_pinyin_match(&query, form->title.zh, NULL);
}

static const char *first_label(void *ctx, size_t i)
{
    const struct ga_form_menu *menu = ctx;
    return i < menu->first ? menu->labels[i] : menu->more;
}

static void open_pick(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag)
{
    const struct ga_tui_pick pick = {
        .title = title, .options = &menu->options, .picked = -1, .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, tag);
}

void ga_form_menu_open(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag)
{
    menu->options = (struct ga_tui_options){
        .ctx = menu, .count = menu->first + ga_form_menu_has_more(menu), .label = first_label};
    open_pick(menu, screen, title, tag);
}

void ga_form_menu_open_rest(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag)
{
    menu->options = (struct ga_tui_options){
        .ctx = menu, .count = menu->count - menu->first, .label = rest_label, .matches = rest_matches};
    open_pick(menu, screen, title, tag);
}
