/* What proves that left-behind children came first: every occasion of a month. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/priorities.h"
#include "guanai/screen/priorities.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>

enum { OPEN = 1, BEFORE, AFTER };

struct proof {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    const struct ga_priorities *rule;
    struct ga_date month;
    struct ga_priority_occasion *occasions;
    size_t count;
};

static struct proof *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct proof, screen);
}

/* First the sum of each priority, then the occasions. */
static bool is_sum(const struct proof *p, size_t row)
{
    return row < p->rule->priorities.count;
}

static const char *share_text(int64_t part, int64_t all, struct ga_arena *arena)
{
    char share[16];
    return all == 0 ? "" : ga_arena_printf(arena, "%s %%", ga_share_text((size_t)part, (size_t)all, share));
}

static void put_counts(struct ga_tui_cells *cells, size_t row, int64_t part, int64_t all, struct ga_arena *arena)
{
    ga_tui_cells_put(cells, row, 4, ga_arena_printf(arena, "%lld/%lld", (long long)part, (long long)all));
    ga_tui_cells_put(cells, row, 5, share_text(part, all, arena));
}

static void put_sum(struct ga_screen *screen, size_t priority, struct ga_tui_cells *cells, size_t row, struct ga_arena *arena)
{
    const struct proof *p = state_of(screen);
    int64_t part = 0, all = 0, asked = 0, occasions = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->occasions[i].priority == priority) {
            occasions++;
            asked += p->occasions[i].asked_on.year != 0;
            part += p->occasions[i].left_behind;
            all += p->occasions[i].left_behind + p->occasions[i].others;
        }
    ga_tui_cells_put(cells, row, 0, ga_label_text(&p->rule->priorities.items[priority].title, ga_screen_lang(screen)));
    ga_tui_cells_put(cells, row, 1, ga_screen_tr(screen, "Total"));
    if (occasions > 0)
        ga_tui_cells_put(cells, row, 2, ga_arena_printf(arena, "%lld/%lld", (long long)asked, (long long)occasions));
    put_counts(cells, row, part, all, arena);
    ga_tui_cells_style(cells, row, GA_STYLE_STRONG);
}

static void put_occasion(struct ga_screen *screen, const struct ga_priority_occasion *o, struct ga_tui_cells *cells, size_t row,
                         struct ga_arena *arena)
{
    const struct proof *p = state_of(screen);
    ga_tui_cells_put(cells, row, 0, ga_label_text(&p->rule->priorities.items[o->priority].title, ga_screen_lang(screen)));
    ga_tui_cells_put(cells, row, 1, GA_DATE_ISO(o->on));
    ga_tui_cells_put(cells, row, 2, o->asked_on.year == 0 ? ga_screen_tr(screen, GA_N_("not written down")) : GA_DATE_ISO(o->asked_on));
    ga_tui_cells_put(cells, row, 3, o->seats < 0 ? "" : GA_NUM(o->seats));
    put_counts(cells, row, o->left_behind, o->left_behind + o->others, arena);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    const struct proof *p = state_of(screen);
    const size_t sums = p->rule->priorities.count;
    struct ga_arena arena = {0};
    for (size_t i = 0; i < count && first + i < sums + p->count; i++)
        if (is_sum(p, first + i))
            put_sum(screen, first + i, cells, i, &arena);
        else
            put_occasion(screen, &p->occasions[first + i - sums], cells, i, &arena);
    ga_arena_finish(&arena);
}

static void show_title(struct ga_screen *screen)
{
    const struct proof *p = state_of(screen);
    struct ga_arena arena = {0};
    char month[GA_WINDOW_LABEL_SIZE], title[160];
    snprintf(month, sizeof(month), "%04d-%02d", p->month.year, p->month.month);
    snprintf(title, sizeof(title), "%s · %s · %s", ga_screen_tr(screen, "Proof of coming first"), ga_screen_tr(screen, "the whole school"),
             ga_window_text(ga_care_calendar(p->care), month, ga_screen_lang(screen), &arena));
    ga_screen_set_title(screen, title);
    ga_arena_finish(&arena);
}

/* The sums stand above the occasions. */
static enum ga_rc read_list(struct ga_screen *screen, struct ga_error *err)
{
    struct proof *p = state_of(screen);
    p->count = 0;
    const enum ga_rc rc = ga_priority_proof(p->care, ga_days_of_month(p->month), &p->shown.arena, &p->occasions, &p->count, err);
    p->shown.count = p->rule->priorities.count + p->count;
    return rc;
}

static const struct ga_tui_column columns[] = {
    {.title = GA_N_("Priority"), .cols = 14, .min_cols = 10},
    {.title = GA_N_("Day"), .cols = 10},
    {.title = GA_N_("Asked first on"), .cols = 14, .min_cols = 10, .priority = 2},
    {.title = GA_N_("Seats"), .cols = 6, .is_right = true, .priority = 3},
    {.title = GA_N_("Left-behind/all"), .cols = 15, .min_cols = 9, .is_right = true},
    {.title = GA_N_("Their share"), .cols = 11, .is_right = true},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = "",
    .fetch = fetch, .read = read_list, .title = show_title, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct proof *p = state_of(screen);
    ga_list_page_begin(screen, &kind);
    p->month = *(const struct ga_date *)arg;
    enum ga_rc rc = ga_care_open(screen, &p->care, err);
    return rc == GA_OK ? ga_care_priorities(p->care, NULL, &p->rule, err) : rc;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct proof *p = state_of(screen);
    return id != OPEN || !is_sum(p, p->shown.list.selected);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct proof *p = state_of(screen);
    struct ga_uuid record;
    struct ga_error err = {0};
    if (id != OPEN) {
        p->month.day = 1;
        p->month = ga_date_add_months(p->month, id == BEFORE ? -1 : 1);
        ga_list_page_read(screen);
    } else if (ga_store_id_of(p->shown.session->store, p->occasions[p->shown.list.selected - p->rule->priorities.count].record, &record, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
    } else {
        ga_screen_record_open(screen, &record, 0, NULL, OPEN);
    }
    return GA_REDRAW;
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the record of this occasion"), GA_COMMAND_IN_BAR},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Earlier"), GA_N_("the month before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Next month"), GA_N_("the month after"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops proof_ops = {
    .name = "proof",
    .title = GA_N_("Proof of coming first"),
    .help = GA_N_("Every lesson, care and activity of a month: when the left-behind children were asked first, how many seats there were, "
                  "how many of those who took part are left behind. The first lines are the sums: of how many it is written down. Records that hold one child are one "
                  "line a day. Enter opens the record."),
    .state_bytes = sizeof(struct proof),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = ga_list_page_resumed,
};

void ga_screen_proof_open(struct ga_screen *screen, struct ga_date month, int tag)
{
    ga_screen_push(screen, &proof_ops, &month, tag);
}
