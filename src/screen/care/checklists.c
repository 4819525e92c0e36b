/* How far every class is this month. */
#include "guanai/screen/checklist.h"

#include "care/checklists_state.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/whose.h"
#include "guanai/screen/appraisals.h"
#include "guanai/tui/loop.h"
#include "parts/care_open.h"
#include "parts/class_pick.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { OPEN = 1, BEFORE, AFTER, SIGN, SIGN_ALL, CONFIRM, APPRAISE, DUTIES_LEFT, DUTIES_RIGHT };
enum { A_YEAR = 12 }; /* of months */
enum { COL_CLASS, COL_DONE, COL_OPEN, COL_SIGNED, COL_DUTIES };

static struct overview *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct overview, screen);
}

static const char *share_text(const struct overview_share *share, struct ga_arena *arena)
{
    return share->owed == 0 ? "" : ga_arena_printf(arena, "%lld/%lld", (long long)share->done, (long long)share->owed);
}

/* What the headteacher has to know of the class first: it waits, was signed, changed since. */
static const char *signed_text(const struct overview_line *line, size_t changes, enum ga_lang lang, struct ga_arena *arena)
{
    if (changes > 0)
        return ga_words_say(arena, lang, GA_N_("changed %1"), GA_NUM(changes));
    if (line->signature != NULL)
        return ga_arena_printf(arena, "✓ %s", line->signature->by);
    return line->shares->unconfirmed > 0 ? ga_words_say(arena, lang, GA_N_("%1 to confirm"), GA_NUM(line->shares->unconfirmed)) : "";
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct overview *o = state_of(ctx);
    struct ga_arena arena = {0};
    for (size_t i = 0; i < count && first + i < o->classes_count; i++) {
        const struct overview_line *line = &o->lines[first + i];
        char per_cent[16];
        ga_tui_cells_put(cells, i, COL_CLASS, line->class->shown);
        if (line->shares->owed > 0)
            ga_tui_cells_put(cells, i, COL_DONE, ga_arena_printf(&arena, "%s %%", ga_share_text((size_t)line->shares->done, (size_t)line->shares->owed, per_cent)));
        if (line->open > 0)
            ga_tui_cells_put(cells, i, COL_OPEN, GA_NUM(line->open));
        ga_tui_cells_put(cells, i, COL_SIGNED, signed_text(line, overview_changes(o, line), ga_screen_lang(ctx), &arena));
        if (overview_changes(o, line) > 0)
            ga_tui_cells_style(cells, i, GA_STYLE_WARNING);
        for (size_t k = o->first_duty; k < o->duties_count; k++)
            ga_tui_cells_put(cells, i, COL_DUTIES + k - o->first_duty, share_text(&line->shares[1 + k], &arena));
        ga_arena_reset(&arena);
    }
    ga_arena_finish(&arena);
}

static const struct overview_line *marked(const struct overview *o)
{
    return o->list.selected < o->classes_count ? &o->lines[o->list.selected] : NULL;
}

/* Behind the class and its sum. */
static size_t duties_in_sight(const struct overview *o)
{
    size_t shown = 0;
    for (size_t column = COL_DUTIES; column < o->list.columns_count; column++)
        shown += o->list.shown_cols[column] > 0;
    return shown;
}

static const char *duty_title(const struct overview *o, size_t k, enum ga_lang lang)
{
    return ga_label_text(&ga_care_duties(o->care)->items[o->duties[k]]->title, lang);
}

/* "": all are in sight. Their columns cut the names, here they are whole. */
static const char *duties_text(const struct ga_screen *screen, struct ga_arena *arena)
{
    const struct overview *o = state_of(screen);
    const size_t shown = duties_in_sight(o);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *names = "";
    for (size_t k = 0; k < shown; k++)
        names = ga_arena_printf(arena, "%s%s%s", names, k == 0 ? "" : lang == GA_ZH ? "、" : ", ", duty_title(o, o->first_duty + k, lang));
    return shown == o->duties_count ? "" : ga_words_say(arena, lang, GA_N_(" · duties %1–%2 of %3: ← → · %4"), GA_NUM(o->first_duty + 1),
                                                        GA_NUM(o->first_duty + shown), GA_NUM(o->duties_count), names);
}

/* Where the mark stands, who signed that class, what of it waits for the headteacher. */
static void show_status(struct ga_screen *screen)
{
    const struct overview *o = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    const struct overview_line *line = marked(o);
    const int64_t waiting = line != NULL ? line->shares->unconfirmed : 0;
    const char *confirm = waiting > 0 ? ga_words_say(&arena, lang, GA_N_(" · %1 to confirm"), GA_NUM(waiting)) : "";
    const char *sign = line != NULL && line->signature != NULL ? ga_sign_words(line->signature, overview_changes(o, line), lang, &arena) : "";
    ga_words_show_place(screen, &o->list);
    ga_screen_set_status(screen, ga_arena_printf(&arena, "%s%s%s%s", screen->status, confirm, sign, duties_text(screen, &arena)));
    ga_arena_finish(&arena);
}

static void show_title(struct ga_screen *screen)
{
    const struct overview *o = state_of(screen);
    struct ga_arena arena = {0};
    const char *month = ga_arena_printf(&arena, "%04d-%02d", o->month.year, o->month.month);
    ga_screen_set_title(screen, ga_arena_printf(&arena, "%s · %s", ga_screen_tr(screen, "Checklists"),
                                                ga_window_text(ga_care_calendar(o->care), month, ga_screen_lang(screen), &arena)));
    show_status(screen);
    ga_arena_finish(&arena);
}

static void set_columns(struct ga_screen *screen)
{
    static const struct ga_tui_column columns[] = {
        {.title = GA_N_("Class"), .cols = 15, .min_cols = 12},
        {.title = GA_N_("Done"), .cols = 7, .is_right = true},
        {.title = GA_N_("Undone"), .cols = 6, .is_right = true},
        {.title = GA_N_("Signature"), .cols = 11, .priority = 1}, /* the status line says it as well */
    };
    struct overview *o = state_of(screen);
    ga_words_columns(&o->list, columns, GA_COUNT(columns), ga_screen_lang(screen));
    for (size_t k = o->first_duty; k < o->duties_count; k++)
        ga_tui_list_column(&o->list, &(struct ga_tui_column){duty_title(o, k, ga_screen_lang(screen)), 10, 8, (short)(k - o->first_duty), true, false});
}

/* The page is full wherever it can be. */
static void turn_duties(struct ga_screen *screen, bool is_right)
{
    struct overview *o = state_of(screen);
    const size_t shown = duties_in_sight(o), last = o->duties_count - shown;
    if (is_right)
        o->first_duty = o->first_duty + shown < last ? o->first_duty + shown : last;
    else
        o->first_duty = o->first_duty > shown ? o->first_duty - shown : 0;
    set_columns(screen);
    ga_tui_list_layout(&o->list, screen->area);
    show_status(screen);
}

static bool is_class(const struct ga_roster_class *a, const struct ga_roster_class *b)
{
    return strcmp(a->site, b->site) == 0 && strcmp(a->grade, b->grade) == 0 && strcmp(a->class_no, b->class_no) == 0;
}

static void mark_class(struct overview *o, const struct ga_roster_class *class_of)
{
    for (size_t i = 0; i < o->classes_count; i++)
        if (is_class(o->lines[i].class, class_of))
            ga_tui_list_select(&o->list, i);
}

/* The mark stays on its class: what was done there may have moved it. */
static void read_again(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    struct ga_arena arena = {0};
    struct ga_roster_class before = {0};
    struct ga_error err = {0};
    const bool had_mark = marked(o) != NULL;
    if (had_mark)
        before = ga_class_pick_keep(&arena, marked(o)->class);
    if (overview_count(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    set_columns(screen);
    ga_tui_list_layout(&o->list, screen->area);
    ga_tui_list_reload(&o->list, o->classes_count);
    if (had_mark)
        mark_class(o, &before);
    show_title(screen);
    ga_screen_start_work(screen);
    ga_arena_finish(&arena);
}

/* A class teacher begins with the own class; the headteacher, and who has several, with the one furthest behind. */
static void mark_own(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    const char *user = ga_store_user(o->session->store), *scope = NULL;
    size_t own = o->classes_count;
    if (ga_care_scope_of(o->care, user, &scope, NULL) == GA_OK && scope != NULL)
        ga_care_own_class(o->care, user, o->classes, o->classes_count, &own, NULL);
    if (own < o->classes_count)
        mark_class(o, &o->classes[own]);
}

static void mark_reasons(struct overview *o)
{
    size_t i = 0;
    while (i < o->classes_count && o->lines[i].shares->unconfirmed == 0)
        i++;
    if (i < o->classes_count)
        ga_tui_list_select(&o->list, i);
}

static void begin(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    o->has_begun = true;
    if (o->at_reasons)
        mark_reasons(o);
    else
        mark_own(screen);
    show_status(screen);
}

static bool work(struct ga_screen *screen)
{
    const bool has_more = overview_look_at_next(screen);
    show_status(screen);
    return has_more;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    const struct ga_screen_checklists_arg *asked = arg;
    struct overview *o = state_of(screen);
    o->at_reasons = asked != NULL && asked->at_reasons;
    o->session = o->sign.session = o->confirm.session = ga_screen_session(screen);
    o->month = o->session->today;
    ga_tui_list_init(&o->list, fetch, screen);
    ga_vec_init(&o->changes, sizeof(size_t));
    const enum ga_rc rc = ga_care_open(screen, &o->care, err);
    if (rc == GA_OK)
        o->month = asked != NULL && asked->month.year != 0
                       ? asked->month
                       : ga_due_confirm_month(o->care, o->session->today, o->at_reasons ? A_YEAR : 1);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    ga_tui_list_finish(&o->list);
    ga_vec_finish(&o->changes);
    ga_sign_ask_finish(&o->sign);
    ga_due_confirm_finish(&o->confirm);
    ga_arena_finish(&o->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    state_of(screen)->list.empty = ga_screen_tr(screen, "No children here.");
    state_of(screen)->first_duty = 0; /* more may be in sight now */
    read_again(screen);
    if (!state_of(screen)->has_begun)
        begin(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    const enum ga_reply answer = ga_tui_list_event(&state_of(screen)->list, event);
    if (answer != GA_IGNORED)
        show_status(screen);
    return answer;
}

/* What is owed by the school or a site, not by a class. */
static const struct ga_roster_class *whole_school(void)
{
    static const struct ga_roster_class school = {.site = NULL};
    return &school;
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct overview *o = state_of(screen);
    if (id == OPEN)
        ga_screen_checklist_open(screen, marked(o)->class, o->month, OPEN);
    else if (id == SIGN)
        ga_sign_ask_open(&o->sign, screen, marked(o)->class, o->month, SIGN);
    else if (id == SIGN_ALL)
        ga_sign_ask_all(&o->sign, screen, o->classes, o->classes_count, o->month, SIGN_ALL);
    else if (id == CONFIRM)
        ga_due_confirm_open(&o->confirm, screen, o->care, whole_school(), o->month, CONFIRM);
    else if (id == APPRAISE)
        ga_screen_push(screen, &ga_screen_appraisals, NULL, APPRAISE);
    else if (id == DUTIES_LEFT || id == DUTIES_RIGHT)
        turn_duties(screen, id == DUTIES_RIGHT);
    else {
        o->month.day = 1;
        o->month = ga_date_add_months(o->month, id == BEFORE ? -1 : 1);
        read_again(screen);
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct overview *o = state_of(screen);
    if (id == DUTIES_LEFT || id == DUTIES_RIGHT)
        return duties_in_sight(o) < o->duties_count;
    return id == BEFORE || id == AFTER || o->classes_count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct overview *o = state_of(screen);
    if (result->tag == SIGN || result->tag == SIGN_ALL) {
        if (!ga_sign_ask_take(&o->sign, screen, result))
            return;
    } else if (result->tag == CONFIRM && !ga_due_confirm_take(&o->confirm, screen, result)) {
        return;
    }
    read_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    const bool is_sign = tag == SIGN || tag == SIGN_ALL;
    if (!is_sign || state_of(screen)->sign.is_asked) /* an error puts itself into the other language */
        run_command(screen, tag);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the sheet of this class"), GA_COMMAND_IN_BAR},
    {SIGN, {'s', GA_KEY_F(10)}, GA_N_("Sign"), GA_N_("sign the month of this class, with what is open; sign again, take back"),
     GA_COMMAND_IN_BAR},
    {SIGN_ALL, {'a', GA_KEY_F(11)}, GA_N_("Sign all"), GA_N_("sign every class that is complete, at once"), GA_COMMAND_IN_BAR},
    {CONFIRM, {'y', GA_KEY_F(7)}, GA_N_("Confirm"), GA_N_("confirm all reasons given in the school in this month"), 0},
    {APPRAISE, {'t', GA_KEY_F(12)}, GA_N_("Appraisal"), GA_N_("how the classes and teachers did over the term"), 0},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Month before"), GA_N_("the month before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Next month"), GA_N_("the month after"), GA_COMMAND_IN_BAR},
    {DUTIES_RIGHT, {GA_KEY_RIGHT}, GA_N_("More duties"), GA_N_("the duties that the page has no room for"), 0},
    {DUTIES_LEFT, {GA_KEY_LEFT}, GA_N_("Duties before"), GA_N_("back to the first duties"), 0},
};

const struct ga_screen_ops ga_screen_checklists = {
    .name = "checklists",
    .title = GA_N_("Checklists"),
    .help = GA_N_("How far each class is this month: done of owed by its end, of all duties together (what is done before its time counts), and of each; the class furthest behind "
                  "stands first, the mark begins on a class teacher's own. Undone: what was to be done by the end of the month "
                  "and is open. Enter opens the sheet of a class, where every cell leads to its record. Sign: the month of a "
                  "class, which confirms the reasons given in it as well; Sign all: every complete class at once. Nobody signs "
                  "own work. What changed after signing is said here, and the class can be signed again. t: the appraisal of "
                  "classes and teachers over the term."),
    .state_bytes = sizeof(struct overview),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .work = work,
};
