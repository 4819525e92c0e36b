/* Lists the forms that can be filled in. */
#include "parts/form_menu.h"

#include "guanai/app/form_choice.h"
#include "guanai/screen/session.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <string.h>

static void add(struct ga_form_menu *menu, struct ga_session *session, enum ga_lang lang, const char *name,
                ga_form_suits *suits)
{
    for (size_t i = 0; i < menu->count; i++)
        if (strcmp(menu->forms[i]->name, name) == 0)
            return;
    const struct ga_form *form = ga_forms_get(session->forms, name, NULL);
    if (form == NULL || form->is_by_program || (suits != NULL && !suits(form)))
        return;
    menu->labels[menu->count] = ga_label_text(&form->title, lang);
    menu->forms[menu->count++] = form;
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
    const char *const *first, *const *all;
    size_t first_count, all_count;
    ga_arena_reset(&menu->arena);
    menu->forms = ga_arena_array(&menu->arena, session->forms->names_count + 1, sizeof(*menu->forms));
    menu->labels = ga_arena_array(&menu->arena, session->forms->names_count + 1, sizeof(*menu->labels));
    menu->count = 0;
    ga_forms_first(session, &menu->arena, &first, &first_count);
    for (size_t i = 0; i < first_count; i++)
        add(menu, session, lang, first[i], suits);
    const size_t usual = menu->count;
    ga_forms_looked_for(session, &menu->arena, &all, &all_count);
    for (size_t i = 0; i < all_count; i++)
        add(menu, session, lang, all[i], suits);
    menu->first = count_first(menu->count, usual);
    menu->more = ga_tr(lang, "more …");
}

static void move(struct ga_form_menu *menu, size_t from, size_t to)
{
    const struct ga_form *form = menu->forms[from];
    const char *label = menu->labels[from];
    const size_t low = from < to ? from : to, count = from < to ? to - from : from - to;
    memmove(&menu->forms[low + (to == low)], &menu->forms[low + (from == low)], count * sizeof(*menu->forms));
    memmove(&menu->labels[low + (to == low)], &menu->labels[low + (from == low)], count * sizeof(*menu->labels));
    menu->forms[to] = form;
    menu->labels[to] = label;
}

void ga_form_menu_keep_first(struct ga_form_menu *menu, ga_form_suits *suits)
{
    size_t at = 0;
    for (size_t i = menu->first; i > 0; i--)
        if (suits(menu->forms[at]))
            at++;
        else
            move(menu, at, menu->first - 1);
    menu->first = at;
}

void ga_form_menu_put_first(struct ga_form_menu *menu, const struct ga_form *form)
{
    size_t at = menu->first;
    while (at < menu->count && menu->forms[at] != form)
        at++;
    if (at == menu->count || menu->first + 1 >= GA_OPTIONS_NUMBERED)
        return;
    move(menu, at, menu->first++);
}

void ga_form_menu_finish(struct ga_form_menu *menu)
{
    ga_arena_finish(&menu->arena);
}

bool ga_form_menu_has_more(const struct ga_form_menu *menu)
{
    return menu->count > menu->first;
}

static const char *label_at(void *ctx, size_t i)
{
    const struct ga_form_menu *menu = ctx;
    return menu->labels[menu->from + i];
}

static bool is_meant(void *ctx, size_t i, const char *filter)
{
    const struct ga_form_menu *menu = ctx;
    return ga_words_hold(label_at(ctx, i), filter) || ga_words_match(&menu->forms[menu->from + i]->title, filter);
}

static const char *first_label(void *ctx, size_t i)
{
    const struct ga_form_menu *menu = ctx;
    return i < menu->first ? menu->labels[i] : menu->more;
}

/* Whoever types a form's name that is behind "more …" is led there. */
static bool is_first_meant(void *ctx, size_t i, const char *filter)
{
    const struct ga_form_menu *menu = ctx;
    return i >= menu->first || ga_words_hold(menu->labels[i], filter) || ga_words_match(&menu->forms[i]->title, filter);
}

void ga_form_menu_open(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag)
{
    menu->options = (struct ga_tui_options){
        .ctx = menu, .count = menu->first + ga_form_menu_has_more(menu), .label = first_label,
        .matches = is_first_meant};
    const struct ga_tui_pick pick = {.title = title, .options = &menu->options, .picked = -1, .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, tag);
}

static void open_from(struct ga_form_menu *menu, size_t from, struct ga_screen *screen, const char *title, int picked,
                      int tag)
{
    menu->from = from;
    menu->options =
        (struct ga_tui_options){.ctx = menu, .count = menu->count - from, .label = label_at, .matches = is_meant};
    const struct ga_tui_pick pick = {
        .title = title, .options = &menu->options, .picked = picked, .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, tag);
}

void ga_form_menu_open_rest(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag)
{
    open_from(menu, menu->first, screen, title, -1, tag);
}

void ga_form_menu_open_all(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, const char *form,
                           int tag)
{
    int picked = -1;
    ga_form_menu_list(menu, ga_screen_session(screen), ga_screen_lang(screen), NULL);
    for (size_t i = 0; i < menu->count; i++)
        if (strcmp(menu->forms[i]->name, form) == 0)
            picked = (int)i;
    open_from(menu, 0, screen, title, picked, tag);
}
