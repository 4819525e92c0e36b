/* Asks which window of a cell is meant. */
#include "care/checklist_windows.h"

#include "care/due_words.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"

void ga_checklist_windows_finish(struct ga_checklist_windows *windows)
{
    ga_arena_finish(&windows->arena);
}

enum ga_rc ga_checklist_windows_read(struct ga_checklist_windows *windows, struct ga_care *care, const struct ga_due *due,
                                     struct ga_date month, struct ga_error *err)
{
    ga_arena_reset(&windows->arena);
    windows->dues = NULL;
    windows->count = 0;
    if (due == NULL)
        return GA_OK;
    struct ga_roster_class class_of = {0};
    if (due->child == 0)
        ga_due_class_of(due, &windows->arena, &class_of);
    const struct ga_due_ask ask = {.child = due->child, .site = class_of.site, .grade = class_of.grade, .class_no = class_of.class_no, .duty = ga_care_duties(care)->items[due->duty]->name,
                                   .span = ga_days_of_month(month), .states = (1u << GA_DUE_STATE_COUNT) - 1};
    return ga_due_list(care, &ask, &windows->arena, &windows->dues, &windows->count, err);
}

/* "第45周  11月3日 完成 (11月2日 – 11月8日)"; one that hangs on a record of the child has no name: its days say which. */
static const char *way_text(struct ga_care *care, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena)
{
    char from[GA_DATE_SIZE], to[GA_DATE_SIZE];
    const char *days = ga_arena_printf(arena, "%s – %s", ga_date_text_short(due->window.opens, lang, from),
                                       ga_date_text_short(due->window.due_on, lang, to));
    const char *stands = ga_due_words_when(due, lang, arena);
    if (due->window.label[0] == '\0')
        return ga_arena_printf(arena, "%s  %s", days, stands);
    return ga_arena_printf(arena, "%s  %s (%s)", ga_window_text(ga_care_calendar(care), due->window.label, lang, arena), stands, days);
}

static size_t offered(const struct ga_checklist_windows *windows)
{
    return windows->count < GA_DIALOG_CHOICES ? windows->count : GA_DIALOG_CHOICES;
}

void ga_checklist_windows_ask(const struct ga_checklist_windows *windows, struct ga_screen *screen, struct ga_care *care, const char *name,
                              int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *ways[GA_DIALOG_CHOICES];
    struct ga_arena arena = {0};
    for (size_t i = 0; i < offered(windows); i++)
        ways[i] = way_text(care, &windows->dues[i], lang, &arena);
    ga_dialog_choose(screen, name, ga_label_text(&ga_care_duties(care)->items[windows->dues[0].duty]->title, lang), ways, offered(windows), tag);
    ga_arena_finish(&arena);
}

const struct ga_due *ga_checklist_windows_take(const struct ga_checklist_windows *windows, const struct ga_tui_result *result)
{
    return result->is_done && (size_t)result->code < offered(windows) ? &windows->dues[result->code] : NULL;
}
