/* Asks whose names stand in a list. */
#include "parts/whom_pick.h"

#include "guanai/app/care.h"
#include "guanai/base/num.h"
#include "guanai/care/whose.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/class_pick.h"
#include "parts/words.h"

#include <string.h>

void ga_whom_pick_init(struct ga_whom_pick *pick, struct ga_session *session)
{
    *pick = (struct ga_whom_pick){.session = session};
    ga_arena_init(&pick->arena);
}

void ga_whom_pick_finish(struct ga_whom_pick *pick)
{
    ga_arena_finish(&pick->arena);
}

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct ga_whom_pick *)ctx)->labels[i];
}

/* NULL: a village, or a line that is no class. */
static const struct ga_roster_class *class_at(const struct ga_whom_pick *pick, size_t i)
{
    const size_t first = pick->first != NULL ? 1 : 0;
    return !pick->is_village && i >= first && i - first < pick->classes_count ? &pick->classes[i - first] : NULL;
}

/* The line that leads to the villages. */
static bool leads_to_villages(const struct ga_whom_pick *pick, size_t i)
{
    return !pick->is_village && i == pick->classes_count + (pick->first != NULL ? 1 : 0);
}

static bool is_village_meant(const struct ga_whom_pick *pick, const char *typed)
{
    bool is = false;
    for (size_t i = 0; i < pick->villages_count && !is; i++)
        is = ga_words_match(&(struct ga_label){.zh = pick->villages[i].name}, typed);
    return is;
}

/* Digits are the number in the list alone. Whoever types a village is led to the villages. */
static bool is_meant(void *ctx, size_t i, const char *typed)
{
    const struct ga_whom_pick *pick = ctx;
    const struct ga_roster_class *class = class_at(pick, i);
    int64_t number;
    if (class != NULL)
        return ga_class_pick_means(pick->session, class, typed);
    if (leads_to_villages(pick, i) && !ga_num_parse(typed, &number) && is_village_meant(pick, typed))
        return true;
    return !ga_num_parse(typed, &number) && ga_words_match(&(struct ga_label){.zh = label_at(ctx, i)}, typed);
}

/* Where the list begins: with the class of who is its only class teacher. −1: at the top. */
static int own_line(const struct ga_whom_pick *pick)
{
    struct ga_care *care;
    size_t own = pick->classes_count;
    const char *user = ga_store_user(pick->session->store);
    if (pick->first == NULL && ga_session_care(pick->session, NULL, &care, NULL) == GA_OK)
        ga_care_own_class(care, user, pick->classes, pick->classes_count, &own, NULL);
    return own < pick->classes_count ? (int)own : -1;
}

static void open_pick(struct ga_whom_pick *pick, struct ga_screen *screen, const char *title, size_t count, int picked,
                      int tag)
{
    pick->options = (struct ga_tui_options){.ctx = pick, .count = count, .label = label_at, .matches = is_meant};
    const struct ga_tui_pick dialog = {.title = ga_screen_tr(screen, title), .options = &pick->options, .picked = picked,
                                       .picks_by_digit = count <= 9};
    ga_tui_pick_open(screen, &dialog, tag);
}

static const char *say_count(struct ga_whom_pick *pick, enum ga_lang lang, const char *who, int64_t children)
{
    return ga_words_say(&pick->arena, lang, children == 1 ? GA_N_("%1 · %2 child") : GA_N_("%1 · %2 children"), who,
                        GA_NUM(children));
}

void ga_whom_pick_open(struct ga_whom_pick *pick, struct ga_screen *screen, int tag)
{
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_error err = {0};
    size_t count = 0;
    pick->is_village = false;
    ga_arena_reset(&pick->arena);
    if (ga_whom_classes(pick->session, lang, &pick->arena, &pick->classes, &pick->classes_count, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        pick->classes_count = 0;
    }
    if (ga_whom_villages(pick->session, &pick->arena, &pick->villages, &pick->villages_count, NULL) != GA_OK)
        pick->villages_count = 0; /* asked for again, and said, where they are listed */
    pick->labels = ga_arena_array(&pick->arena, pick->classes_count + 3, sizeof(*pick->labels));
    if (pick->first != NULL)
        pick->labels[count++] = ga_tr(lang, pick->first);
    for (size_t i = 0; i < pick->classes_count; i++)
        pick->labels[count++] = say_count(pick, lang, pick->classes[i].shown, pick->classes[i].children);
    pick->labels[count++] = ga_tr(lang, "a village …");
    if (pick->with_everybody)
        pick->labels[count++] = ga_tr(lang, "the whole school");
    open_pick(pick, screen, GA_N_("For which children?"), count, own_line(pick), tag);
}

static void ask_village(struct ga_whom_pick *pick, struct ga_screen *screen, int tag)
{
    struct ga_error err = {0};
    pick->is_village = true;
    ga_arena_reset(&pick->arena);
    if (ga_whom_villages(pick->session, &pick->arena, &pick->villages, &pick->villages_count, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        pick->villages_count = 0;
    }
    pick->labels = ga_arena_array(&pick->arena, pick->villages_count + 1, sizeof(*pick->labels));
    for (size_t i = 0; i < pick->villages_count; i++)
        pick->labels[i] = say_count(pick, ga_screen_lang(screen), pick->villages[i].name, pick->villages[i].children);
    open_pick(pick, screen, GA_N_("Which village?"), pick->villages_count, -1, tag);
}

void ga_whom_pick_reword(struct ga_whom_pick *pick, struct ga_screen *screen, int tag)
{
    if (pick->is_village)
        ask_village(pick, screen, tag);
    else
        ga_whom_pick_open(pick, screen, tag);
}

static enum ga_whom_picked take_line(struct ga_whom_pick *pick, struct ga_screen *screen, size_t line, int tag,
                                     struct ga_whom *ret_whom, const char **ret_title)
{
    const size_t first = pick->first != NULL ? 1 : 0;
    if (line < first)
        return GA_WHOM_FIRST;
    if (line - first == pick->classes_count) {
        ask_village(pick, screen, tag);
        return GA_WHOM_ASKED;
    }
    const struct ga_roster_class *class = class_at(pick, line);
    *ret_whom = (struct ga_whom){.class = class};
    *ret_title = class != NULL ? class->shown : ga_screen_tr(screen, "the whole school");
    return GA_WHOM_PICKED;
}

enum ga_whom_picked ga_whom_pick_take(struct ga_whom_pick *pick, struct ga_screen *screen,
                                      const struct ga_tui_result *result, struct ga_whom *ret_whom,
                                      const char **ret_title)
{
    if (!result->is_done)
        return GA_WHOM_NOBODY;
    if (!pick->is_village)
        return take_line(pick, screen, (size_t)result->code, result->tag, ret_whom, ret_title);
    *ret_whom = (struct ga_whom){.village = pick->villages[result->code].name};
    *ret_title = ret_whom->village;
    return GA_WHOM_PICKED;
}
