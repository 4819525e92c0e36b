/* How far every class is this month. */
#include "guanai/screen/checklist.h"

#include "care/due_confirm.h"
#include "care/sign_ask.h"
#include "guanai/app/whom.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/care/due.h"
#include "guanai/screen/appraisals.h"
#include "guanai/screen/session.h"
#include "guanai/store/touched.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN = 1, BEFORE, AFTER, SIGN, SIGN_ALL, CONFIRM, APPRAISE, DUTIES_LEFT, DUTIES_RIGHT };
enum { COL_CLASS, COL_DONE, COL_OPEN, COL_SIGNED, COL_DUTIES };

static const size_t UNKNOWN = (size_t)-1;

/* Over the windows of the month. */
struct share {
    int64_t owed, done, unconfirmed;
};

struct line {
    const struct ga_roster_class *class;
    size_t order;         /* in the roster */
    struct share *shares; /* of all duties together, then of each of `duties` */
    int64_t open;         /* of what was to be done by the end of the month */
    const struct ga_signature *signature; /* NULL: nobody signed */
};

struct overview {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena; /* anew whenever things are counted */
    struct ga_date month;
    struct ga_roster_class *classes; /* in roster order */
    size_t classes_count;
    struct line *lines; /* the least complete first */
    struct ga_vec changes; /* size_t: of each class in roster order, UNKNOWN till looked at */
    int64_t changes_op;    /* when they were looked at: another operation, another month makes them unknown */
    struct ga_date changes_month;
    size_t duties[GA_DUTIES_MAX]; /* the columns behind the class and its sum */
    size_t duties_count;
    size_t first_duty; /* in sight: there may be more than the page has room for */
    struct share *shares; /* of each class in roster order */
    struct ga_sign_ask sign;
    struct ga_due_confirm confirm; /* of what the school itself owes */
};

static struct overview *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct overview, screen);
}

static const char *share_text(const struct share *share, struct ga_arena *arena)
{
    return share->owed == 0 ? "" : ga_arena_printf(arena, "%lld/%lld", (long long)share->done, (long long)share->owed);
}

/* Since it was signed, as far as that is known. */
static size_t changes_of(const struct overview *o, const struct line *line)
{
    const size_t changes = *GA_VEC_AT(const size_t, &o->changes, line->order);
    return line->signature == NULL || changes == UNKNOWN ? 0 : changes;
}

/* What the headteacher has to know of the class first: it waits, was signed, changed since. */
static const char *signed_text(const struct line *line, size_t changes, enum ga_lang lang, struct ga_arena *arena)
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
        const struct line *line = &o->lines[first + i];
        char per_cent[16];
        ga_tui_cells_put(cells, i, COL_CLASS, line->class->shown);
        if (line->shares->owed > 0)
            ga_tui_cells_put(cells, i, COL_DONE, ga_arena_printf(&arena, "%s %%", ga_share_text((size_t)line->shares->done, (size_t)line->shares->owed, per_cent)));
        if (line->open > 0)
            ga_tui_cells_put(cells, i, COL_OPEN, GA_NUM(line->open));
        ga_tui_cells_put(cells, i, COL_SIGNED, signed_text(line, changes_of(o, line), ga_screen_lang(ctx), &arena));
        if (changes_of(o, line) > 0)
            ga_tui_cells_style(cells, i, GA_STYLE_WARNING);
        for (size_t k = o->first_duty; k < o->duties_count; k++)
            ga_tui_cells_put(cells, i, COL_DUTIES + k - o->first_duty, share_text(&line->shares[1 + k], &arena));
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
    for (size_t duty = 0; duty < GA_DUTIES_MAX; duty++)
        if (is_owed[duty])
            o->duties[o->duties_count++] = duty;
    if (o->first_duty >= o->duties_count)
        o->first_duty = 0;
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

/* As signing counts it (app/sign.h). */
static enum ga_rc count_open(struct overview *o, struct line *line, struct ga_error *err)
{
    const struct ga_days month = ga_days_of_month(o->month);
    const struct ga_due_ask ask = {.site = line->class->site, .grade = line->class->grade, .class_no = line->class->class_no,
                                   .span = month, .states = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_MISSED};
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    const enum ga_rc rc = ga_due_list(o->care, &ask, &arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        line->open += ga_date_compare(dues[i].window.due_on, month.to) <= 0;
    ga_arena_finish(&arena);
    return rc;
}

/* Whoever is furthest behind stands first; a class that owes nothing last. */
static int by_completion(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    const int64_t left = x->shares->done * y->shares->owed, right = y->shares->done * x->shares->owed;
    if ((x->shares->owed == 0) != (y->shares->owed == 0))
        return x->shares->owed == 0 ? 1 : -1;
    if (left != right)
        return left < right ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void forget_changes(struct overview *o)
{
    const int64_t op = ga_store_last_op(o->session->store);
    if (o->changes.len == o->classes_count && o->changes_op == op && ga_date_compare(o->changes_month, o->month) == 0)
        return;
    ga_vec_clear(&o->changes);
    for (size_t i = 0; i < o->classes_count; i++)
        *(size_t *)ga_vec_push(&o->changes) = UNKNOWN;
    o->changes_op = op;
    o->changes_month = o->month;
}

static enum ga_rc make_lines(struct overview *o, struct ga_error *err)
{
    struct ga_signature *signatures = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_signatures_read(o->session, o->month, &o->arena, &signatures, &count, err);
    o->lines = ga_arena_array(&o->arena, o->classes_count + 1, sizeof(*o->lines));
    for (size_t i = 0; i < o->classes_count; i++) {
        struct line *line = &o->lines[i];
        *line = (struct line){.class = &o->classes[i], .order = i, .shares = &o->shares[i * (1 + o->duties_count)]};
        line->signature = ga_signature_of(o->care, signatures, count, line->class);
        if (rc == GA_OK && line->shares->owed > line->shares->done)
            rc = count_open(o, line, err);
    }
    if (o->classes_count > 1)
        qsort(o->lines, o->classes_count, sizeof(*o->lines), by_completion);
    forget_changes(o);
    return rc;
}

static enum ga_rc count(struct ga_screen *screen, struct ga_error *err)
{
    struct overview *o = state_of(screen);
    const struct ga_due_ask ask = {.span = ga_days_of_month(o->month)};
    struct ga_due_tally *tallies = NULL;
    size_t count = 0;
    ga_arena_reset(&o->arena);
    o->classes_count = 0;
    enum ga_rc rc = ga_whom_classes_in(o->session, ask.span.to, ga_screen_lang(screen), &o->arena, &o->classes, &o->classes_count, err);
    if (rc == GA_OK)
        rc = ga_due_tallies(o->care, &ask, &o->arena, &tallies, &count, err);
    find_duties(o, tallies, count);
    sum_up(o, tallies, count);
    return rc == GA_OK ? make_lines(o, err) : rc;
}

static const struct line *next_unknown(const struct overview *o)
{
    for (size_t i = 0; i < o->classes_count; i++)
        if (o->lines[i].signature != NULL && *GA_VEC_AT(const size_t, &o->changes, o->lines[i].order) == UNKNOWN)
            return &o->lines[i];
    return NULL;
}

/* What changed since a class was signed: its records are read again, so one class at a time, while no key waits. */
static bool look_at_next(struct ga_screen *screen)
{
    struct overview *o = state_of(screen);
    const struct line *line = next_unknown(o);
    struct ga_arena arena = {0};
    struct ga_month month;
    const char *const *lines;
    size_t count = 0;
    if (line == NULL)
        return false;
    if (ga_month_read(o->session, line->class, o->month, ga_screen_lang(screen), &arena, &month, NULL) == GA_OK)
        ga_month_changes(o->session, &month, ga_screen_lang(screen), &lines, &count, NULL);
    *GA_VEC_AT(size_t, &o->changes, line->order) = count;
    ga_arena_finish(&arena);
    ga_tui_list_reload(&o->list, o->classes_count);
    return next_unknown(o) != NULL;
}

static const struct line *marked(const struct overview *o)
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

/* "": all are in sight. */
static const char *duties_text(const struct ga_screen *screen, struct ga_arena *arena)
{
    const struct overview *o = state_of(screen);
    const size_t shown = duties_in_sight(o);
    if (shown == o->duties_count)
        return "";
    return ga_words_say(arena, ga_screen_lang(screen), GA_N_(" · duties %1–%2 of %3: ← →"), GA_NUM(o->first_duty + 1),
                        GA_NUM(o->first_duty + shown), GA_NUM(o->duties_count));
}

/* Where the mark stands, who signed that class, what of it waits for the headteacher. */
static void show_status(struct ga_screen *screen)
{
    const struct overview *o = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    const struct line *line = marked(o);
    const int64_t waiting = line != NULL ? line->shares->unconfirmed : 0;
    const char *confirm = waiting > 0 ? ga_words_say(&arena, lang, GA_N_(" · %1 to confirm"), GA_NUM(waiting)) : "";
    const char *sign = line != NULL && line->signature != NULL ? ga_sign_words(line->signature, changes_of(o, line), lang, &arena) : "";
    ga_words_show_place(screen, &o->list);
    ga_screen_set_status(screen, ga_arena_printf(&arena, "%s%s%s%s", screen->status, confirm, sign, duties_text(screen, &arena)));
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
    static const struct ga_tui_column columns[] = {
        {.title = GA_N_("Class"), .cols = 15, .min_cols = 12},
        {.title = GA_N_("Done"), .cols = 7, .is_right = true},
        {.title = GA_N_("Undone"), .cols = 6, .is_right = true},
        {.title = GA_N_("Signature"), .cols = 11, .priority = 1}, /* the status line says it as well */
    };
    struct overview *o = state_of(screen);
    const struct ga_duties *duties = ga_care_duties(o->care);
    ga_words_columns(&o->list, columns, GA_COUNT(columns), ga_screen_lang(screen));
    for (size_t k = o->first_duty; k < o->duties_count; k++)
        ga_tui_list_column(&o->list, &(struct ga_tui_column){
                                         .title = ga_label_text(&duties->items[o->duties[k]]->title, ga_screen_lang(screen)),
                                         .cols = 10, .min_cols = 8, .priority = (short)(k - o->first_duty), .is_right = true});
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
    ga_screen_start_work(screen);
}

static bool work(struct ga_screen *screen)
{
    const bool has_more = look_at_next(screen);
    show_status(screen);
    return has_more;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct overview *o = state_of(screen);
    o->session = o->sign.session = o->confirm.session = ga_screen_session(screen);
    o->month = o->session->today;
    ga_tui_list_init(&o->list, fetch, screen);
    ga_vec_init(&o->changes, sizeof(size_t));
    const enum ga_rc rc = ga_care_open(screen, &o->care, err);
    if (rc == GA_OK)
        o->month = ga_due_confirm_month(o->care, o->session->today);
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
    .help = GA_N_("How far each class is this month: done of owed, of all duties together and of each; the class furthest behind "
                  "stands first. Undone: what was to be done by the end of the month and is open. Enter opens the sheet of a "
                  "class, where every cell leads to its record. Sign: the month of a class, which confirms the reasons given in it "
                  "as well; Sign all: every complete class at once. Nobody signs own work. What changed after signing is said "
                  "here, and the class can be signed again. t: the appraisal of classes and teachers over the term."),
    .state_bytes = sizeof(struct overview),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_list_page_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .work = work,
};
