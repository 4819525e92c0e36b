/* Whose names stand on the list to tick. */
#include "grid/ticks_state.h"

#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"

#include <string.h>

/* What was picked lives no longer than the dialog. */
static void keep_whom(struct ticks *list, const struct ga_whom *whom, const char *title)
{
    struct ga_arena arena;
    struct ga_whom kept = {0};
    ga_arena_init(&arena);
    if (whom->village != NULL)
        kept.village = ga_arena_strdup(&arena, whom->village);
    if (whom->class != NULL) {
        list->class = (struct ga_roster_class){.site = ga_arena_strdup(&arena, whom->class->site),
                                               .grade = ga_arena_strdup(&arena, whom->class->grade),
                                               .class_no = ga_arena_strdup(&arena, whom->class->class_no)};
        kept.class = &list->class;
    }
    ga_str_copy(list->whom_title, sizeof(list->whom_title), title);
    ga_arena_finish(&list->whom_arena);
    list->whom_arena = arena;
    list->whom = kept;
    list->has_whom = true;
}

void ticks_show(struct ga_screen *screen)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    struct ga_error err = {0};
    ticks_forget_find(list);
    if (ga_ticks_show(&list->ticks, list->has_whom ? &list->whom : NULL, list->only_left_behind, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    list->row = list->first_row = 0;
    ticks_lay_out(screen);
    ticks_set_title(screen);
}

/* The class of the first one ticked: groups mostly are of one class. */
static bool take_class_of_first(struct ga_screen *screen)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    struct ga_roster_row row;
    if (list->ticks.lines.len == 0 ||
        ga_roster_row(ga_screen_session(screen)->store, &ga_ticks_line(&list->ticks, 0)->child, ga_screen_lang(screen),
                      &screen->arena, &row, NULL) != GA_OK)
        return false;
    const struct ga_roster_class class = {.site = row.site, .grade = row.grade, .class_no = row.class_no};
    keep_whom(list, &(struct ga_whom){.class = &class}, row.class_shown);
    return true;
}

void ticks_begin(struct ga_screen *screen)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    bool is_known = take_class_of_first(screen);
    ticks_show(screen);
    if (!is_known)
        ga_whom_pick_open(&list->pick, screen, TICKS_WHOM);
}

void ticks_take_whom(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    struct ga_whom whom;
    const char *title;
    if (ga_whom_pick_take(&list->pick, screen, result, &whom, &title) == GA_WHOM_PICKED) {
        keep_whom(list, &whom, title);
        ticks_show(screen);
    } else if (!result->is_done && list->ticks.lines.len == 0) {
        ga_screen_close(screen); /* nobody to tick, nobody wanted */
    }
}

/* Girls, boys, all again. */
void ticks_turn_sex(struct ga_screen *screen)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    if (!ticks_leave_cell(screen))
        return;
    list->ticks.sex = list->ticks.sex == NULL ? "female" : strcmp(list->ticks.sex, "female") == 0 ? "male" : NULL;
    ticks_show(screen);
}

void ticks_toggle_left_behind(struct ga_screen *screen)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    if (!ticks_leave_cell(screen))
        return;
    list->only_left_behind = !list->only_left_behind;
    ticks_show(screen);
}
