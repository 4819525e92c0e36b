/* How far every class is this month. */
#include "guanai/screen/checklist.h"

#include "care_open.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/due.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

enum { OPEN = 1, BEFORE, AFTER };
enum { DUTIES_SHOWN = GA_LIST_COLUMNS - 2 };

struct overview {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_tui_list list;
    struct ga_arena arena; /* anew whenever things are counted */
    struct ga_date month;
    struct ga_roster_class *classes;
    size_t classes_count;
    size_t duties[DUTIES_SHOWN]; /* the columns behind the class and its sum */
    size_t duties_count;
    struct share *shares; /* of each class all duties together, then each of `duties` */
};

/* Over the windows of the month. */
struct share {
    int64_t owed, done, unconfirmed;
};

static struct overview *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct overview, screen);
}

static const struct share *shares_of(const struct overview *o, size_t class)
{
    return &o->shares[class * (1 + o->duties_count)];
}

static const char *share_text(const struct share *share, struct ga_arena *arena)
{
    return share->owed == 0 ? "" : ga_arena_printf(arena, "%lld/%lld", (long long)share->done, (long long)share->owed);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct overview *o = state_of(ctx);
    struct ga_arena arena = {0};
    for (size_t i = 0; i < count && first + i < o->classes_count; i++) {
        const struct share *shares = shares_of(o, first + i);
        char per_cent[16];
        ga_tui_cells_put(cells, i, 0, o->classes[first + i].shown);
        if (shares->owed > 0)
            ga_tui_cells_put(cells, i, 1, ga_arena_printf(&arena, "%s %%", ga_share_text((size_t)shares->done, (size_t)shares->owed, per_cent)));
        for (size_t k = 0; k < o->duties_count; k++)
            ga_tui_cells_put(cells, i, 2 + k, share_text(&shares[1 + k], &arena));
        ga_arena_reset(&arena);
    }
    ga_arena_finish(&arena);
}

/* Only duties of classes' children that are owed at all this month have a column. */
static void find_duties(struct overview *o, const struct ga_due_tally *tallies, size_t count)
{
    bool is_owed[GA_DUTIES_MAX] = {false};
    o->duties_count = 0;
    for (size_t i = 0; i < count; i++)
        is_owed[tallies[i].duty] |= *tallies[i].grade != '\0';
    for (size_t duty = 0; duty < GA_DUTIES_MAX && o->duties_count < DUTIES_SHOWN; duty++)
        if (is_owed[duty])
            o->duties[o->duties_count++] = duty;
}

/* Both are in roster order: the search goes on where the last one was found. The count of them: it is of no class. */
static size_t class_at(const struct overview *o, const struct ga_due_tally *tally, size_t from)
{
    for (size_t k = 0; k < o->classes_count; k++) {
        const size_t i = (from + k) % o->classes_count;
        const struct ga_roster_class *class = &o->classes[i];
        if (strcmp(tally->class_no, class->class_no) == 0 && strcmp(tally->grade, class->grade) == 0 &&
            strcmp(tally->site, class->site) == 0)
            return i;
    }
    return o->classes_count;
}

static void add_tally(struct share *share, const struct ga_due_tally *tally)
{
    share->owed += tally->owed;
    share->done += tally->done;
    share->unconfirmed += tally->unconfirmed;
}

static void sum_up(struct overview *o, const struct ga_due_tally *tallies, size_t count)
{
    size_t class = 0;
    o->shares = ga_arena_array(&o->arena, o->classes_count * (1 + o->duties_count) + 1, sizeof(*o->shares));
    for (size_t i = 0; i < count; i++) {
        const size_t found = class_at(o, &tallies[i], class);
        if (found == o->classes_count)
            continue;
        class = found;
        struct share *shares = &o->shares[class * (1 + o->duties_count)];
        add_tally(&shares[0], &tallies[i]);
        for (size_t k = 0; k < o->duties_count; k++)
            if (o->duties[k] == tallies[i].duty)
                add_tally(&shares[1 + k], &tallies[i]);
    }
}

static enum ga_rc count(struct ga_screen *screen, struct ga_error *err)
{
    struct overview *o = state_of(screen);
    const struct ga_due_ask ask = {.span = ga_days_of_month(o->month)};
    struct ga_due_tally *tallies = NULL;
    size_t count = 0;
    ga_arena_reset(&o->arena);
    o->classes_count = 0;
    enum ga_rc rc = ga_store_classes(o->session->store, ga_screen_lang(screen), &o->arena, &o->classes,
                                     &o->classes_count, err);
    if (rc == GA_OK)
        rc = ga_due_tallies(o->care, &ask, &o->arena, &tallies, &count, err);
    find_duties(o, tallies, count);
    sum_up(o, tallies, count);
    return rc;
}

/* Where the mark stands, and what of that class waits for the headteacher. */
static void show_status(struct ga_screen *screen)
{
    const struct overview *o = state_of(screen);
    struct ga_arena arena = {0};
    const size_t at = o->list.selected;
    const int64_t waiting = at < o->classes_count ? shares_of(o, at)->unconfirmed : 0;
    ga_words_show_place(screen, &o->list);
    if (waiting > 0)
        ga_screen_set_status(screen, ga_arena_printf(&arena, "%s%s", screen->status,
                                                     ga_words_say(&arena, ga_screen_lang(screen),
                                                                  GA_N_(" · %1 to confirm"), GA_NUM(waiting))));
    ga_arena_finish(&arena);
}

static void show_title(struct ga_screen *screen)
{
    const struct overview *o = state_of(screen);
    char title[160], month[GA_WINDOW_LABEL_SIZE];
    struct ga_arena arena = {0};
    snprintf(month, sizeof(month), "%04d-%02d", o->month.year, o->month.month);
    snprintf(title, sizeof(title), "%s · %s", ga_screen_tr(screen, "Checklists"),
             ga_window_text(ga_care_calendar(o->care), month, ga_screen_lang(screen), &arena));
    ga_screen_set_title(screen, title);
    show_status(screen);
    ga_arena_finish(&arena);
}

static void set_columns(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    const struct ga_duties *duties = ga_care_duties(o->care);
    o->list.columns_count = 0;
    ga_tui_list_column(&o->list, &(struct ga_tui_column){.title = ga_screen_tr(screen, "Class"), .cols = 14, .min_cols = 12});
    ga_tui_list_column(&o->list,
                       &(struct ga_tui_column){.title = ga_screen_tr(screen, "Done"), .cols = 8, .is_right = true});
    for (size_t k = 0; k < o->duties_count; k++)
        ga_tui_list_column(&o->list, &(struct ga_tui_column){
                                         .title = ga_label_text(&duties->items[o->duties[k]]->title, ga_screen_lang(screen)),
                                         .cols = 10, .min_cols = 8, .priority = (short)k, .is_right = true});
}

static void read_again(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    struct ga_error err = {0};
    if (count(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    set_columns(screen);
    ga_tui_list_layout(&o->list, screen->area);
    ga_tui_list_reload(&o->list, o->classes_count);
    show_title(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct overview *o = state_of(screen);
    o->session = ga_screen_session(screen);
    o->month = o->session->today;
    ga_tui_list_init(&o->list, fetch, screen);
    enum ga_rc rc = ga_care_open(screen, &o->care, err);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    ga_tui_list_finish(&o->list);
    ga_arena_finish(&o->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    state_of(screen)->list.empty = ga_screen_tr(screen, "No children here.");
    read_again(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_list_paint(&state_of(screen)->list, canvas, true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    const enum ga_reply answer = ga_tui_list_event(&state_of(screen)->list, event);
    if (answer != GA_IGNORED)
        show_status(screen);
    return answer;
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct overview *o = state_of(screen);
    if (id == OPEN) {
        ga_screen_checklist_open(screen, &o->classes[o->list.selected], o->month, OPEN);
        return GA_REDRAW;
    }
    o->month.day = 1;
    o->month = ga_date_add_months(o->month, id == BEFORE ? -1 : 1);
    read_again(screen);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id != OPEN || state_of(screen)->classes_count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    read_again(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the sheet of this class"), GA_COMMAND_IN_BAR},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Month before"), GA_N_("the month before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Next month"), GA_N_("the month after"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_checklists = {
    .name = "checklists",
    .title = GA_N_("Checklists"),
    .help = GA_N_("How far each class is this month: done of owed, of all duties together and of each. Enter opens the sheet "
                  "of a class, where every cell leads to its record."),
    .state_bytes = sizeof(struct overview),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
};
