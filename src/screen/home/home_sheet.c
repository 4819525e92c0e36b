/* Says on the first screen where a class is typed in, form beside form. */
#include "guanai/screen/grid.h"
#include "home/home_lines.h"

/* Of those who owe something: the others find it in a class's checklist. */
void ga_home_add_sheet(struct ga_home_lines *lines)
{
    if (lines->brief->count > 0)
        ga_home_lines_add_run(lines, ga_tr(lines->lang, GA_N_("Class month sheet")),
                              ga_tr(lines->lang, GA_N_("talks, calls, tutoring of a class")),
                              ga_screen_grid_any_sheet);
}
