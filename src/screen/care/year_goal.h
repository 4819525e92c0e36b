/* Asks where a class or child goes when the school year turns. */
#ifndef GUANAI_SRC_SCREEN_YEAR_GOAL_H
#define GUANAI_SRC_SCREEN_YEAR_GOAL_H

#include "guanai/app/year_end.h"
#include "guanai/tui/dialog.h"

/* In the state of the screen that asks. `tag` is of the ways on, `tag` + 1 of the class number that may be asked then. */
struct ga_year_asking {
    struct ga_year_class class; /* a copy: the plan may be read again meanwhile */
    char title[96];
    struct ga_year_goal goals[GA_DIALOG_CHOICES];
    size_t count, picked;
    char next_grade[4];
    char typed[48]; /* class number */
    int tag;
};

void ga_year_ask(struct ga_year_asking *asking, struct ga_screen *screen, const struct ga_year_class *class,
                 const char *title, int tag);
void ga_year_ask_reword(struct ga_year_asking *asking, struct ga_screen *screen, int tag);

/* What a result of one of its tags means: true with the goal when it is answered; texts live as long as the screen. */
bool ga_year_ask_take(struct ga_year_asking *asking, struct ga_screen *screen, const struct ga_tui_result *result,
                      struct ga_year_goal *ret_goal);

/* "四年级(2)班", "大湾教学点 四年级", "留级", "毕业离校"; in `arena`. `own_site`: not said. */
const char *ga_year_goal_text(struct ga_screen *screen, const struct ga_year_goal *goal, const char *own_site,
                              struct ga_arena *arena);

#endif
