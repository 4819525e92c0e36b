/* What happened, newest first, day by day. */
#include "guanai/tui/widget/timeline.h"

#include <string.h>

enum { DAY, WHAT, TEXT, WHO };

static void fetch_rows(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct ga_tui_timeline *timeline = ctx;
    char last_day[64] = "";
    for (size_t i = 0; i < count; i++) {
        struct ga_tui_moment moment = {0};
        timeline->fetch(timeline->ctx, first + i, &moment);
        const char *day = moment.day != NULL ? moment.day : "";
        ga_tui_cells_put(cells, i, DAY, strcmp(day, last_day) == 0 ? "" : day);
        ga_str_copy(last_day, sizeof(last_day), day);
        ga_tui_cells_put(cells, i, WHAT, moment.what);
        ga_tui_cells_put(cells, i, TEXT, moment.text);
        ga_tui_cells_put(cells, i, WHO, moment.who);
        ga_tui_cells_style(cells, i, moment.style);
    }
}

void ga_tui_timeline_init(struct ga_tui_timeline *timeline, ga_tui_timeline_fetch *fetch, void *ctx,
                          enum ga_lang lang)
{
    timeline->fetch = fetch;
    timeline->ctx = ctx;
    ga_tui_list_init(&timeline->list, fetch_rows, timeline);
    timeline->list.has_header = false;
    timeline->list.empty = ga_tr(lang, "nothing yet");
    ga_tui_list_column(&timeline->list, &(struct ga_tui_column){.title = "", .cols = 10});
    ga_tui_list_column(&timeline->list, &(struct ga_tui_column){.title = "", .cols = 17, .min_cols = 8});
    ga_tui_list_column(&timeline->list,
                       &(struct ga_tui_column){.title = "", .cols = 30, .min_cols = 10, .grows = true});
    ga_tui_list_column(&timeline->list, &(struct ga_tui_column){.title = "", .cols = 8, .priority = 1});
}

void ga_tui_timeline_finish(struct ga_tui_timeline *timeline)
{
    ga_tui_list_finish(&timeline->list);
}
