/* Asks where a class or child goes when the school year turns. */
#include "care/year_goal.h"

#include "guanai/base/str.h"
#include "guanai/screen/session.h"
#include "guanai/text/class_name.h"
#include "parts/words.h"

#include <string.h>

static const char *class_text(const struct ga_year_goal *goal, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), goal->grade);
    ga_str_copy(name.number, sizeof(name.number), goal->class_no);
    return ga_arena_strdup(arena, ga_class_name_text(&name, lang, text));
}

const char *ga_year_goal_text(struct ga_screen *screen, const struct ga_year_goal *goal, const char *own_site,
                              struct ga_arena *arena)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    switch (goal->fate) {
    case GA_YEAR_PLACED:
        return ga_tr(lang, "stands there already");
    case GA_YEAR_UNKNOWN:
        return ga_tr(lang, "grade not known");
    case GA_YEAR_REPEATS:
    case GA_YEAR_FINISHES:
        return ga_words_choice(ga_screen_session(screen), "year_fate", ga_year_fate_code(goal->fate), lang);
    default:
        break;
    }
    const char *class = class_text(goal, lang, arena);
    if (goal->site[0] == '\0' || strcmp(goal->site, own_site) == 0)
        return class;
    return ga_arena_printf(arena, "%s %s", ga_words_choice(ga_screen_session(screen), "site", goal->site, lang), class);
}

static void offer(struct ga_year_asking *asking, enum ga_year_fate fate, const char *site, const char *grade, const char *class_no)
{
    if (asking->count < GA_DIALOG_CHOICES)
        asking->goals[asking->count++] = (struct ga_year_goal){fate, site, grade, class_no};
}

/* The second way on asks for the number of the class. */
enum { OTHER_CLASS = 1 };

static void make_goals(struct ga_year_asking *asking, const struct ga_config *config)
{
    const struct ga_year_class *class = &asking->class;
    bool ends_stage;
    const bool has_next = ga_class_name_next_grade(class->grade, asking->next_grade, &ends_stage);
    asking->count = 0;
    if (has_next) {
        offer(asking, GA_YEAR_UP, class->site, asking->next_grade, class->class_no);
        offer(asking, GA_YEAR_UP, class->site, asking->next_grade, "");
    }
    offer(asking, GA_YEAR_REPEATS, "", "", "");
    offer(asking, GA_YEAR_FINISHES, "", "", "");
    for (size_t i = 0; has_next && i < config->sites_count; i++)
        if (strcmp(config->sites[i].code, class->site) != 0)
            offer(asking, GA_YEAR_MOVES, config->sites[i].code, asking->next_grade,
                  strcmp(config->sites[i].code, class->goal.site) == 0 ? class->goal.class_no : "");
}

static void open_ways(struct ga_year_asking *asking, struct ga_screen *screen)
{
    struct ga_arena arena = {0};
    const char *labels[GA_DIALOG_CHOICES];
    const bool has_next = asking->next_grade[0] != '\0';
    for (size_t i = 0; i < asking->count; i++)
        labels[i] = has_next && i == OTHER_CLASS ? ga_screen_tr(screen, "One grade up, into another class …")
                                                 : ga_year_goal_text(screen, &asking->goals[i], asking->class.site, &arena);
    ga_dialog_choose(screen, asking->title, ga_screen_tr(screen, "Where to in the new school year?"), labels, asking->count,
                     asking->tag);
    ga_arena_finish(&arena);
}

static void open_number(struct ga_year_asking *asking, struct ga_screen *screen)
{
    const struct ga_dialog_ask ask = {.title = asking->title,
                                      .text = ga_screen_tr(screen, "Number of the class there (empty: there is only one)"),
                                      .initial = asking->goals[asking->picked].class_no, .max_chars = 12};
    ga_dialog_ask(screen, &ask, asking->tag + 1);
}

void ga_year_ask(struct ga_year_asking *asking, struct ga_screen *screen, const struct ga_year_class *class,
                 const char *title, int tag)
{
    struct ga_arena *arena = &screen->arena;
    *asking = (struct ga_year_asking){.class = *class, .tag = tag};
    asking->class.site = ga_arena_strdup(arena, class->site);
    asking->class.grade = ga_arena_strdup(arena, class->grade);
    asking->class.class_no = ga_arena_strdup(arena, class->class_no);
    asking->class.shown = ga_arena_strdup(arena, class->shown);
    asking->class.goal.site = ga_arena_strdup(arena, class->goal.site);
    asking->class.goal.class_no = ga_arena_strdup(arena, class->goal.class_no);
    ga_str_copy(asking->title, sizeof(asking->title), title);
    make_goals(asking, &ga_screen_session(screen)->config);
    open_ways(asking, screen);
}

void ga_year_ask_reword(struct ga_year_asking *asking, struct ga_screen *screen, int tag)
{
    if (tag == asking->tag)
        open_ways(asking, screen);
    else if (tag == asking->tag + 1)
        open_number(asking, screen);
}

bool ga_year_ask_take(struct ga_year_asking *asking, struct ga_screen *screen, const struct ga_tui_result *result,
                      struct ga_year_goal *ret_goal)
{
    if (!result->is_done || asking->count == 0)
        return false;
    if (result->tag == asking->tag + 1) {
        ga_str_copy(asking->typed, sizeof(asking->typed), result->text == NULL ? "" : result->text);
        asking->goals[asking->picked].class_no = asking->typed;
        *ret_goal = asking->goals[asking->picked];
        return true;
    }
    if (result->tag != asking->tag || result->code < 0 || (size_t)result->code >= asking->count)
        return false;
    asking->picked = (size_t)result->code;
    const struct ga_year_goal *goal = &asking->goals[asking->picked];
    if (goal->fate == GA_YEAR_MOVES || (goal->fate == GA_YEAR_UP && asking->picked == OTHER_CLASS)) {
        open_number(asking, screen);
        return false;
    }
    *ret_goal = *goal;
    return true;
}
